"""The display of each of the nine stages: its state, with details from the server's log.

`/live` reports neither warnings, nor reasons for skipping, nor what happened in earlier attempts;
the log does (protocol.md 5.11). Reading the log is the slow part, so `notes_of` is called when
it has grown and the result is kept.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from enum import Enum, auto

from msgspec import Struct, field

from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import Stage, StageState
from heimdall_desktop.domain.stages import stage_times

# How long a scan has sent no news of its work, and when that deserves a mark.
#
# Source: behaviour.md 1 (26), 2.6 (quiet), protocol.md T-23.


TIMES_USUAL = 2.0  # silent for this many times its usual duration
LEAST_S = 20.0  # polls and events of the shortest stages are no closer together
LONGEST_S = 600.0  # after that nothing counts as at work, however long it usually takes
HEALTHY = (Connection.LIVE, Connection.QUIET, Connection.POLLING_ONLY)


class _Heard(Struct):
    """The last update of a scan, and when it arrived by our monotonic clock."""

    newest_at: datetime | None
    counts: Hashable
    at_s: float


class ScanProgress(Struct, frozen=True):
    """The progress of a scan.

    Attributes:
        usual: the usual times of its repository.
        quiet_s: for how long its running stage has been quiet; None while that isn't notable.
    """

    usual: stage_times.UsualTimes = stage_times.NO_TIMES
    quiet_s: float | None = None

    def is_longer_than_usual(self, stage: str) -> bool:
        """Whether a stage is quiet for longer than it usually takes; unknown without past scans."""
        usual = self.usual.of(stage)
        if usual is None or self.quiet_s is None:
            return False
        return self.quiet_s >= TIMES_USUAL * usual.median_s


STEADY = ScanProgress()


class Paces:
    """Returns the current progress of scans; records when each last had news, by our own clock.

    Args:
        usual: the usual times of a scan's repository.
        clock: monotonic seconds.
        now: the wall clock, aware UTC.
    """

    def __init__(
        self,
        usual: Callable[[Scan], stage_times.UsualTimes],
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._usual, self._clock, self._now = usual, clock, now
        self._heard: dict[ScanId, _Heard] = {}

    def of(self, scan: Scan) -> ScanProgress:
        return progress_of(scan, self._usual(scan), self.silent_s(scan), self._clock())

    def silent_s(self, scan: Scan) -> float:
        """Return for how long a scan has had no news.

        The time before our first call is taken from the server's timestamps. While no answer
        arrives, or the machine sleeps, silence is unknown: it counts up to the newest answer.
        """
        clock_s, newest_at = self._clock(), scan.newest_at
        counts = (scan.status, len(scan.activities), len(scan.findings), scan.reported_counts)
        heard = self._heard.get(scan.id)
        if heard is None or heard.newest_at is None:
            before = None if newest_at is None else self._now() - newest_at
            before_s = 0.0 if before is None else max(before.total_seconds(), 0.0)
            heard = self._heard[scan.id] = _Heard(newest_at, counts, clock_s - before_s)
        elif (heard.newest_at, heard.counts) != (newest_at, counts):
            self._heard[scan.id] = heard = _Heard(newest_at, counts, clock_s)
        answered_s = clock_s if scan.last_answer_at_s is None else scan.last_answer_at_s
        return max(min(answered_s, clock_s) - heard.at_s, 0.0)

    def forget(self, scan_id: ScanId) -> None:
        self._heard.pop(scan_id, None)


def progress_of(
    scan: Scan, usual: stage_times.UsualTimes, silent_s: float, clock_s: float
) -> ScanProgress:
    """Return the progress of a scan.

    A connection that is down says nothing about the stage. Without an estimate the state of the
    connection counts: it is quiet after two minutes.
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


PROBLEM_STATUSES = frozenset({"warning", "completed_with_errors", "failed"})
FALLBACK_EVENT = "provider_fallback"


class StageDisplay(Enum):
    """How a stage is drawn, in the strip of a card and on the time axis. Source: look.md 5."""

    __hash__ = object.__hash__  # a third of the time of Enum's own, every second

    DONE = auto()
    WARNING = auto()
    RUNNING = auto()
    QUIET = auto()
    PENDING = auto()
    FAILED = auto()
    FAILED_BEFORE = auto()
    CANCELLED_BEFORE = auto()
    SKIPPED = auto()
    CANCELLED = auto()
    ENDED = auto()
    """Failed or cancelled: a stream alone does not report which (protocol.md 13)."""
    NOT_REPORTED = auto()

    @property
    def is_waiting(self) -> bool:
        return self in (
            StageDisplay.PENDING,
            StageDisplay.FAILED_BEFORE,
            StageDisplay.CANCELLED_BEFORE,
        )

    @property
    def is_running(self) -> bool:
        return self in (StageDisplay.RUNNING, StageDisplay.QUIET)


class StageNotes(Struct, frozen=True):
    """The log's information about a scan's stages.

    Attributes:
        warned: what went wrong in stages of this attempt, in one line; None if only the provider
            was switched.
        skip_reasons: why a stage was skipped, in one line.
        earlier: the runs in earlier attempts, by stage, oldest first.
        starts: when the attempts started, as far as that is known, the newest last.
        attempt: the number of this attempt.
    """

    warned: Mapping[str, str | None] = field(default_factory=dict)
    skip_reasons: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, tuple[stage_times.EarlierRun, ...]] = field(default_factory=dict)
    starts: tuple[datetime, ...] = ()
    attempt: int = 1

    def end_before(self, stage: str) -> stage_times.EarlierRun | None:
        """Return the newest earlier attempt that failed or was cancelled in this stage.

        A failure has priority over a cancel.
        """
        runs = [run for run in self.earlier.get(stage, ()) if run.has_failed or run.was_cancelled]
        return max(runs, key=lambda run: (run.has_failed, run.attempt), default=None)


def notes_of(scan: Scan) -> StageNotes:
    starts, rows = stage_times.attempt_starts(scan), scan.activity_rows
    began_at = starts[-1] if scan.attempt > 1 and starts else None
    warned: dict[str, str | None] = {}
    skipped: dict[str, str] = {}
    for row in rows:
        if row.stage is None or (began_at is not None and row.timestamp < began_at):
            continue
        if row.status == "skipped" and (
            row.event_type == "stage" or row.task_key in (None, row.stage)
        ):
            skipped[row.stage] = one_line(row.detail or row.title)
        elif row.event_type == FALLBACK_EVENT:
            warned[row.stage] = None
        elif row.status in PROBLEM_STATUSES or row.tone == "warning":
            warned.setdefault(row.stage, one_line(row.detail or row.title))
    switched_in = stage_at(scan, scan.fallback_at) if scan.fallback else None
    if switched_in is not None:
        warned[switched_in] = None
    earlier = stage_times.earlier_runs(rows, starts, scan.attempt) if scan.attempt > 1 else {}
    return StageNotes(warned, skipped, earlier, starts, scan.attempt)


def stage_displays(scan: Scan, notes: StageNotes, pace: ScanProgress) -> tuple[StageDisplay, ...]:
    return tuple(_display(scan, stage, notes, pace) for stage in scan.stages)


def failed_stage(scan: Scan) -> Stage | None:
    failed = [stage for stage in scan.stages if stage.state is StageState.FAILED]
    return failed[-1] if failed else None


def error_text(scan: Scan) -> str:
    stage = failed_stage(scan)
    error = stage.error if stage and stage.error else scan.error
    if not error and scan.is_stream_only and scan.end_seen is not None:
        error = scan.end_seen.error
    return error or ""


def last_touched_stage(scan: Scan) -> Stage | None:
    """Return the last stage that did anything in this attempt."""
    touched = [stage for stage in scan.stages if stage.state.has_begun]
    return touched[-1] if touched else None


def stage_at(scan: Scan, at: datetime | None) -> str | None:
    if at is None:
        return None
    for stage in scan.stages:
        began, ended = stage.started_at, stage.ended_at
        if began is not None and began <= at and (ended is None or at <= ended):
            return stage.name
    return None


#: The display of a stage that was never closed, by the scan's end.
_ENDS = {
    "completed": StageDisplay.DONE,
    "failed": StageDisplay.FAILED,
    "cancelled": StageDisplay.CANCELLED,
    "ended": StageDisplay.ENDED,
}


def _display(scan: Scan, stage: Stage, notes: StageNotes, pace: ScanProgress) -> StageDisplay:
    match stage.state:
        case StageState.COMPLETED:
            return StageDisplay.WARNING if stage.name in notes.warned else StageDisplay.DONE
        case StageState.RUNNING if scan.is_live:
            return StageDisplay.RUNNING if pace.quiet_s is None else StageDisplay.QUIET
        case StageState.RUNNING:
            return _ENDS.get(scan.status, StageDisplay.CANCELLED)
        case StageState.PENDING | StageState.OTHER:
            run = notes.end_before(stage.name) if scan.is_live else None
            if run is None:
                return StageDisplay.PENDING
            return StageDisplay.FAILED_BEFORE if run.has_failed else StageDisplay.CANCELLED_BEFORE
        case state:
            return StageDisplay[state.name]
