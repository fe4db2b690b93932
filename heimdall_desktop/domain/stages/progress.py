"""For how long nothing was heard of a scan's work, and when that is worth a mark.

Source: ux.md 1 (26), 2.6 (quiet), heimdall-api.md T-23.
"""

from collections.abc import Callable, Hashable
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_times import NO_TIMES, UsualTimes

TIMES_USUAL = 2.0  # silent for so many times as long as it usually takes
LEAST_S = 20.0  # polls and events of the shortest stages are not closer to each other
LONGEST_S = 600.0  # after that nothing counts as at work any more, however long it usually takes
HEALTHY = (Connection.LIVE, Connection.QUIET, Connection.POLLING_ONLY)


class _Heard(Struct):
    """What was last heard of a scan, and when by our monotonic clock."""

    newest_at: datetime | None
    counts: Hashable
    at_s: float


class Silence:
    """Notes when each scan last had news, by our own clock."""

    def __init__(self) -> None:
        self._heard: dict[ScanId, _Heard] = {}

    def listen(self, scan: Scan, clock_s: float, now: datetime) -> float:
        """Return for how long a scan has had no news.

        What had passed before we first listened is taken from the server's stamps. While no answer
        comes, or the machine sleeps, nothing is known of silence: it counts to the newest answer.
        """
        newest_at = scan.newest_at
        counts = (scan.status, len(scan.activities), len(scan.findings), scan.told_counts)
        heard = self._heard.get(scan.id)
        if heard is None or heard.newest_at is None:
            standing_s = 0.0 if newest_at is None else max((now - newest_at).total_seconds(), 0.0)
            heard = self._heard[scan.id] = _Heard(newest_at, counts, clock_s - standing_s)
        elif (heard.newest_at, heard.counts) != (newest_at, counts):
            self._heard[scan.id] = heard = _Heard(newest_at, counts, clock_s)
        answered_s = clock_s if scan.last_answer_at_s is None else scan.last_answer_at_s
        return max(min(answered_s, clock_s) - heard.at_s, 0.0)

    def forget(self, scan_id: ScanId) -> None:
        """Drop what was noted of a scan."""
        self._heard.pop(scan_id, None)


class ScanProgress(Struct, frozen=True):
    """How a scan gets on.

    Attributes:
        usual: what is usual for its repository.
        quiet_s: for how long its running stage is quiet; None while that is nothing to speak of.
    """

    usual: UsualTimes = NO_TIMES
    quiet_s: float | None = None

    def is_longer_than_usual(self, stage: str) -> bool:
        """Whether a stage is quiet for longer than it takes; unknown without past scans."""
        usual = self.usual.of(stage)
        if usual is None or self.quiet_s is None:
            return False
        return self.quiet_s >= TIMES_USUAL * usual.median_s


STEADY = ScanProgress()


class Paces:
    """Tells how scans get on at the present moment.

    Args:
        usual: what is usual for the repository of a scan.
        clock: monotonic seconds.
        now: the clock on the wall, aware UTC.
    """

    def __init__(
        self,
        usual: Callable[[Scan], UsualTimes],
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._usual, self._clock, self._now = usual, clock, now
        self._silence = Silence()

    def of(self, scan: Scan) -> ScanProgress:
        """Return how a scan gets on."""
        clock_s = self._clock()
        silent_s = self._silence.listen(scan, clock_s, self._now())
        return progress_of(scan, self._usual(scan), silent_s, clock_s)

    def forget(self, scan_id: ScanId) -> None:
        """Drop what was noted of a scan."""
        self._silence.forget(scan_id)


def progress_of(scan: Scan, usual: UsualTimes, silent_s: float, clock_s: float) -> ScanProgress:
    """Return how a scan gets on.

    A connection that is down says nothing of the stage. Without an estimate the connection's own
    word counts: it is quiet after two minutes.

    Args:
        scan: what is known.
        usual: what is usual for its repository.
        silent_s: for how long there was no news.
        clock_s: the moment on the monotonic clock.
    """
    stage, seen = scan.running_stage, scan.connection
    if not scan.is_live or stage is None or seen is None or seen.connection not in HEALTHY:
        return ScanProgress(usual)
    is_quiet = seen.connection is Connection.QUIET
    if is_quiet:
        silent_s = max(silent_s, clock_s - seen.since_s)
    known = usual.of(stage.name)
    if known is None:
        is_marked = is_quiet or silent_s >= LONGEST_S
    else:
        limit_s = min(max(TIMES_USUAL * known.median_s, LEAST_S), LONGEST_S)
        is_marked = silent_s > limit_s
    return ScanProgress(usual, silent_s if is_marked else None)
