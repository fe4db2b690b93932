"""A policy of alerts whose clock and scans are the test's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from heimdall_desktop.domain.alerts.alert import Action, Alert, LogEntry
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.change import Change, FindingAdded, FindingReplaced, ScanMoved
from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.stages.stage_display import STEADY
from heimdall_desktop.presentation.alerts.alert_text import title_of
from heimdall_desktop.presentation.alerts.inbox import Inbox
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding

OTHER_SCAN = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
THIRD_SCAN = ScanId("10000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
SERVER = server_url("http://127.0.0.1:8080")


class Alerts:
    """A policy, its clock, its scans, its inbox, and what is said of them."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.log: list[LogEntry] = []
        self.inbox = Inbox(lambda: FOUND_AT)
        self.listed: set[ScanId] = set()
        self.scans: dict[ScanId, Scan] = {}
        self.pace = STEADY
        self.local_now = FOUND_AT
        self.attempt_starts: list[datetime] = []
        self.policy = AlertPolicy(
            self.clock,
            lambda scan_id: f"repo-{scan_id[:1]}",
            self.listed.__contains__,
            self.scans.values(),
            lambda _scan_id: self.attempt_starts,
            pace=lambda _scan: self.pace,
            local_now=lambda: self.local_now,
        )
        self.delivery = self.policy.delivery

    def clock(self) -> float:
        return self.now_s

    def take(self, *changes: Change) -> list[Action]:
        return self._actions(self.policy.take(changes))

    def add(self, *findings: Finding, is_first_read: bool = False) -> list[Action]:
        return self.take(*(FindingAdded(each, is_first_read=is_first_read) for each in findings))

    def turn(self, after: Finding, before: Finding) -> list[Action]:
        return self.take(FindingReplaced(after, before))

    def find(self, *numbers: int, scan_id: ScanId = SCAN_ID) -> list[Action]:
        return self.add(*(critical(number, scan_id=scan_id) for number in numbers))

    def hold(self, *numbers: int) -> list[Action]:
        """Read critical findings that a scan holds when it is added."""
        return self.add(*map(critical, numbers), is_first_read=True)

    def end_listing(self, scan_id: ScanId = SCAN_ID) -> list[Action]:
        """End the first listing of a scan."""
        self.listed.add(scan_id)
        return self.take(ScanMoved(scan_id))

    def change(self, number: int, **fields: Any) -> list[Action]:
        return self.turn(critical(number, **fields), critical(number))

    def after(self, seconds: float) -> list[Action]:
        self.now_s += seconds
        return self._actions(self.policy.tick())

    def _actions(self, emitted: Iterable[LogEntry | Action]) -> list[Action]:
        emitted = list(emitted)
        self.inbox.take(emitted)
        self.log += [each for each in emitted if not isinstance(each, Action)]
        return [each for each in emitted if isinstance(each, Action)]

    def fail(self, scan: Scan, **fields: Any) -> list[Action]:
        """Let an attempt of a scan fail, a second later."""
        self.now_s += 1
        return self.take(*fail(scan, self.now_s, **fields))

    def run_again(self, scan: Scan) -> list[Action]:
        """Let the server report that a scan runs, a second later."""
        self.now_s += 1
        self.answer(scan)
        return self.take(*scan.observe(observation.Settled(scan.id, is_settled=False)))

    def scan(self, scan_id: ScanId) -> Scan:
        """Watch a scan: it runs, is live and was listed just now."""
        scan = self.scans[scan_id] = Scan(scan_id, SERVER)
        self.answer(scan)
        self.list_rows(scan)
        self.hear(scan, observation.Connection.LIVE)
        return scan

    def watch(self, scan_id: ScanId = SCAN_ID) -> Scan:
        scan = self.scan(scan_id)
        self.take()
        return scan

    def sleep(self) -> None:
        """Let the computer wake up at 600 s."""
        self.now_s = 600
        self.policy.wake()

    def hear(self, scan: Scan, connection: observation.Connection) -> None:
        scan.observe(observation.ConnectionSeen(scan.id, connection, self.now_s))

    def answer(self, scan: Scan, status: str = "hunting", total: int = 0) -> None:
        """Let the server say how a scan is shown, now."""
        counts = observation.Counts(total, total)
        scan.observe(
            observation.LiveRead(scan.id, self.now_s, status, None, FOUND_AT, counts, (), ())
        )

    def settle(self, scan: Scan) -> list[Action]:
        return self.take(*scan.observe(observation.Settled(scan.id, is_settled=True)))

    def list_rows(self, scan: Scan, *findings: Finding) -> list[Action]:
        """Read all rows of a scan, now, and take what that changes."""
        changes = scan.observe(observation.FindingsListed(scan.id, self.now_s, findings))
        known = len(scan.findings)
        changes += scan.observe(
            observation.ListingEnded(scan.id, self.now_s, known, known, is_whole=True)
        )
        return self.take(*changes, ScanMoved(scan.id))


def fail(
    scan: Scan,
    at_s: float,
    *,
    error: str | None = None,
    stages: tuple[observation.StageRow, ...] = (),
    started_at: datetime = FOUND_AT,
    is_settled: bool = False,
) -> list[Change]:
    """Let REST say that an attempt has failed; return what that changes."""
    moments = (FOUND_AT, started_at, None, FOUND_AT)
    changes = scan.observe(
        observation.ScanRead(scan.id, at_s, REPO_ID, "failed", None, error, *moments)
    )
    alerts = observation.LiveRead(
        scan.id, at_s, "failed", error, FOUND_AT, observation.Counts(0), stages, ()
    )
    return [
        *changes,
        *scan.observe(alerts),
        *scan.observe(observation.Settled(scan.id, is_settled=is_settled)),
    ]


def critical(number: int = 1, **fields: Any) -> Finding:
    return make_finding(
        number, **({"severity": Severity.CRITICAL, "title": f"Hole {number}"} | fields)
    )


def titles(actions: Sequence[Action]) -> list[str]:
    return [title_of(action) if isinstance(action, Alert) else "withdrawn" for action in actions]


def only(actions: Sequence[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert
