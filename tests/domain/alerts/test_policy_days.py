"""Days that chance makes up, through the real policy and inbox, against the oracle of the policy.

More of them, as long as wanted: `python -m tests.domain.alerts.test_policy_days 10000`.
"""

import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.choices import QuietSpan
from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity
from tests.domain.alerts.day_oracle import Oracle
from tests.fakes.simulated_day import LATE_S, SCANS, Day, server_of

BERLIN = ZoneInfo("Europe/Berlin")
BEGINNINGS = (
    datetime(2026, 7, 4, 8, tzinfo=UTC),
    datetime(2026, 3, 28, 20, tzinfo=UTC),  # the clock is set forward in the night
    datetime(2026, 10, 24, 19, tzinfo=UTC),  # and back
)
WAITS_S = (1.0, 3.0, 8.0, 12.0, 45.0, 90.0, 200.0, 900.0, 3600.0)
SLEEPS_S = (5.0, 30.0, 600.0, 8 * 3600.0)
COUNTS = (1, 1, 2, 3, 25)
STATUSES = ("open", "dismissed", "fixed", "confirmed", "false_positive")
LEVELS = (Severity.CRITICAL, Severity.CRITICAL, Severity.HIGH, Severity.LOW)
ENDINGS = ("failed", "completed", "cancelled", "failed")
SPANS = (QuietSpan(), QuietSpan((5, 6), 30, 150), QuietSpan(start_min=600, end_min=660))

MOST_STEPS = 30
MOST_NUMBER = 20  # with each step, that chooses among what it may do

Step = tuple[str, int, int]


class Play:
    """Plays steps on a day, and reports the oracle of those that delay news."""

    def __init__(self, beginning: int) -> None:
        self.day = Day(BEGINNINGS[beginning], BERLIN)
        self.oracle = Oracle(self.day)
        is_night = beginning > 0
        self.day.choose(replace(self.day.choices, is_quiet=is_night))
        for scan_id in SCANS[:2]:
            self.day.add(scan_id)
        self.day.wait(2)

    def play(self, steps: list[Step]) -> None:
        for name, chosen, number in steps:
            getattr(self, name)(SCANS[chosen % len(SCANS)], number)
            self.day.look()
        self.day.lost.clear()
        self.day.down.clear()
        self.day.signed_out.clear()
        self.oracle.disturb()
        self.day.wait(600)

    # -- steps: each with a scan and a number --

    def wait(self, _scan_id: ScanId, number: int) -> None:
        self.day.wait(WAITS_S[number % len(WAITS_S)])

    def find(self, scan_id: ScanId, number: int) -> None:
        self.day.find(scan_id, COUNTS[number % len(COUNTS)])

    def find_high(self, scan_id: ScanId, number: int) -> None:
        self.day.find(scan_id, COUNTS[number % 4], Severity.HIGH)

    def find_everywhere(self, _scan_id: ScanId, number: int) -> None:
        for scan_id in SCANS:
            self.find(scan_id, number % 4)
            self.day.wait(number % 3)

    def find_on(self, scan_id: ScanId, number: int) -> None:
        for _ in range(3):
            self.find(scan_id, 0)
            self.day.wait(1 + number % 5)

    def retry(self, scan_id: ScanId, number: int) -> None:
        self.day.end(scan_id, ENDINGS[number % len(ENDINGS)])
        self.day.wait(number % 3)
        self.day.run_again(scan_id)
        self.day.find_again(scan_id, number // 3)

    def announce_nothing(self, scan_id: ScanId, _number: int) -> None:
        self.day.announce_nothing(scan_id)

    def triage(self, scan_id: ScanId, number: int) -> None:
        status = FindingStatus(STATUSES[number % len(STATUSES)])
        self.day.change(scan_id, number // 5, status=status, status_text=status.value)

    def rate(self, scan_id: ScanId, number: int) -> None:
        level = LEVELS[number % len(LEVELS)]
        self.day.change(scan_id, number // 4, severity=level, severity_text=level.value)

    def confirm(self, scan_id: ScanId, number: int) -> None:
        self.day.change(scan_id, number // 3, poc_validated=number % 3 > 0)

    def rename(self, scan_id: ScanId, number: int) -> None:
        self.day.change(scan_id, number, description=f"changed {number}")

    def end(self, scan_id: ScanId, number: int) -> None:
        self.day.end(scan_id, ENDINGS[number % len(ENDINGS)])

    def run_again(self, scan_id: ScanId, _number: int) -> None:
        self.day.run_again(scan_id)

    def stall(self, scan_id: ScanId, number: int) -> None:
        self.day.runs[scan_id].is_stalled = number % 2 == 0

    def lose(self, scan_id: ScanId, number: int) -> None:
        if number % 2:
            self.day.lost.add(scan_id)
        else:
            self.day.down.add(server_of(scan_id))

    def heal(self, scan_id: ScanId, _number: int) -> None:
        self.day.lost.clear()
        self.day.down.clear()
        self.day.signed_out.clear()

    def sign_out(self, scan_id: ScanId, _number: int) -> None:
        self.day.signed_out.add(server_of(scan_id))

    def sleep(self, _scan_id: ScanId, number: int) -> None:
        seconds = SLEEPS_S[number % len(SLEEPS_S)]
        if seconds >= LATE_S:
            self.oracle.miss(each for each in self.day.known if self.day.is_reached(each))
            self.oracle.wake(seconds)
        self.day.sleep(seconds)
        self.oracle.disturb()

    def find_in_sleep(self, scan_id: ScanId, number: int) -> None:
        for each in SCANS:
            self.day.find(each, COUNTS[number % 4])
        self.sleep(scan_id, number // 4)

    def find_slowly(self, scan_id: ScanId, number: int) -> None:
        for _ in range(3 + number % 3):
            self.find(scan_id, 0)
            self.day.wait(70)

    def restart(self, scan_id: ScanId, number: int) -> None:
        self.day.find(scan_id, number % 2)
        self.oracle.restart()
        self.day.restart()

    def add(self, scan_id: ScanId, _number: int) -> None:
        self.day.add(scan_id)

    def remove(self, scan_id: ScanId, _number: int) -> None:
        self.day.remove(scan_id)

    def mute(self, scan_id: ScanId, number: int) -> None:
        choices = self.day.choices
        if number % 3 == 0:
            self.day.mute(scan_id)
        elif number % 3 == 1:
            self.day.choose(replace(choices, muted_to_the_end=(scan_id,)))
        else:
            self.day.choose(replace(choices, muted=(), muted_to_the_end=()))

    def quiet(self, _scan_id: ScanId, number: int) -> None:
        is_on, span = number % 4 > 0, SPANS[number // 4 % len(SPANS)]
        self.day.choose(replace(self.day.choices, is_quiet=is_on, quiet_hours=(span,)))

    def view_scan(self, scan_id: ScanId, number: int) -> None:
        self.day.looked_at = scan_id if number % 2 else None

    def close_notification(self, _scan_id: ScanId, number: int) -> None:
        self.day.close_notification(number)

    def lose_daemon(self, _scan_id: ScanId, number: int) -> None:
        self.day.has_daemon = number % 2 == 0
        if not self.day.has_daemon:
            self.day.desktop.clear()


NAMES = sorted(
    name for name, each in vars(Play).items() if callable(each) and name not in ("__init__", "play")
)
#: What happens most comes more often.
WEIGHTED = (*NAMES, "find", "find", "find", "wait", "wait", "wait", "wait", "triage", "find_on")
STEP = st.tuples(
    st.sampled_from(WEIGHTED), st.integers(0, len(SCANS) - 1), st.integers(0, MOST_NUMBER)
)
STEPS = st.integers(1, MOST_STEPS).flatmap(lambda n: st.lists(STEP, min_size=n, max_size=n))


@given(beginning=st.integers(0, len(BEGINNINGS) - 1), steps=STEPS)
@settings(max_examples=15, deadline=None, derandomize=True, database=None)
def test_whatever_happens_the_policy_holds(beginning: int, steps: list[Step]) -> None:
    Play(beginning).play(steps)


def main(trials: int) -> None:
    """Try as many days as wanted; the smallest that breaks the policy is reported."""

    @given(beginning=st.integers(0, len(BEGINNINGS) - 1), steps=STEPS)
    @settings(
        max_examples=trials,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    def try_days(beginning: int, steps: list[Step]) -> None:
        Play(beginning).play(steps)
        tried.append(len(steps))
        if len(tried) % 100 == 0:
            print(f"{len(tried)} days with {sum(tried)} events")  # noqa: T201

    tried: list[int] = []
    try_days()
    print("the policy held")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
