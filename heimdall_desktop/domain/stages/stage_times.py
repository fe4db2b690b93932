"""The usual durations of a repository's stages, from its completed scans.

Only observed times count: a stage of a completed scan, in its last attempt, whose start was
reported. Below three scans there is no estimate, and the user sees that. Source: behaviour.md 1
(25), 2.2.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.activity_log import ATTEMPT_START
from heimdall_desktop.domain.facts.finding import RepoId, ScanId, one_line
from heimdall_desktop.domain.facts.observation import Activity
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import StageState

LEAST_SCANS = 3  # before that there is no estimate
MOST_SCANS = 20  # of one repository; older ones say little about its current state
SURE_S = 10.0  # a start between two ends this close to each other is as good as seen


class ScanTimes(Struct, frozen=True):
    """The durations of the stages of one completed scan.

    Attributes:
        ended_at: when its last stage ended, by the server's clock.
        durations_s: of the stages whose start was seen, by name.
    """

    server: ServerUrl
    repo_id: RepoId
    scan_id: ScanId
    ended_at: datetime
    durations_s: tuple[tuple[str, float], ...]


class UsualTime(Struct, frozen=True):
    """The usual duration of a stage, in seconds."""

    median_s: float
    shortest_s: float
    longest_s: float

    @classmethod
    def of(cls, durations_s: Iterable[float]) -> "UsualTime":
        durations = sorted(durations_s)
        middle = len(durations) // 2
        median_s = (durations[middle] + durations[~middle]) / 2
        return cls(median_s, durations[0], durations[-1])


class UsualTimes(Struct, frozen=True):
    """The usual times of a repository.

    Attributes:
        stages: the usual time of each stage that has one.
        scans: the number of known past scans; stages may have been seen in fewer.
    """

    stages: Mapping[str, UsualTime]
    scans: int = 0

    def of(self, stage: str) -> UsualTime | None:
        return self.stages.get(stage)


NO_TIMES = UsualTimes({})


def time_left(scan: Scan, usual: UsualTimes, elapsed_s: float | None) -> UsualTime | None:
    """Return the remaining time of the scan; None if that of one of its stages is unknown."""
    left = [0.0, 0.0, 0.0]
    running = scan.running_stage
    names = [stage.name for stage in scan.stages]
    touched = [n for n, stage in enumerate(scan.stages) if stage.state.has_begun]
    first = max(touched, default=-1) + (0 if running else 1)
    for name in names[max(first, 0) :]:
        known = usual.of(name)
        if known is None:
            return None
        passed_s = (elapsed_s or 0.0) if running and name == running.name else 0.0
        for number, time_s in enumerate((known.median_s, known.shortest_s, known.longest_s)):
            left[number] += max(time_s - passed_s, 0.0)
    return UsualTime(*left)


def times_of(scan: Scan) -> ScanTimes | None:
    """Return the durations of a scan's stages; None if it isn't completed or none is known.

    A failed or cancelled scan gives no times, and of a retried one only the successful attempt
    counts (protocol.md T-29).
    """
    if scan.outcome is not Outcome.COMPLETED or scan.repo_id is None:
        return None
    completed = [stage for stage in scan.stages if stage.state is StageState.COMPLETED]
    durations = tuple(
        (stage.name, took_s)
        for stage in completed
        if (took_s := stage.duration_s) is not None
        and (took_s <= SURE_S or not stage.is_start_inferred)
    )
    ends = [stage.ended_at for stage in scan.stages if stage.ended_at is not None]
    if not durations:
        return None
    return ScanTimes(scan.server, scan.repo_id, scan.id, max(ends), durations)


class StageTimes:
    """The times of all repositories; learns with each scan that completes.

    Attributes:
        on_learnt: called when the times change.
    """

    def __init__(self) -> None:
        self.on_learnt: Callable[[], None] = lambda: None
        self._repos: dict[tuple[ServerUrl, RepoId], dict[ScanId, ScanTimes]] = {}
        self._usual: dict[tuple[ServerUrl, RepoId, ScanId], UsualTimes] = {}

    def clear(self) -> None:
        self._repos.clear()
        self._usual.clear()

    def learn(self, times: ScanTimes) -> bool:
        """Add the times of a scan; return whether they are new."""
        scans = self._repos.setdefault((times.server, times.repo_id), {})
        if scans.get(times.scan_id) == times:
            return False
        scans[times.scan_id] = times
        if len(scans) > MOST_SCANS:
            del scans[min(scans.values(), key=lambda known: known.ended_at).scan_id]
        self._usual.clear()
        self.on_learnt()
        return True

    def of_repo(self, server: ServerUrl, repo_id: RepoId) -> tuple[ScanTimes, ...]:
        return tuple(self._repos.get((server, repo_id), {}).values())

    def usual(self, scan: Scan) -> UsualTimes:
        """Return the usual times of the scan's repository, without the scan itself."""
        if scan.repo_id is None:
            return NO_TIMES
        key = (scan.server, scan.repo_id, scan.id)
        known = self._usual.get(key)
        if known is None:
            scans = self._repos.get(key[:2], {})
            others = [times for times in scans.values() if times.scan_id != scan.id]
            durations: dict[str, list[float]] = {}
            for times in others:
                for name, took_s in times.durations_s:
                    durations.setdefault(name, []).append(took_s)
            enough = {name: took for name, took in durations.items() if len(took) >= LEAST_SCANS}
            usual = {name: UsualTime.of(took) for name, took in enough.items()}
            known = self._usual[key] = UsualTimes(usual, len(others))
        return known


# The earlier attempts of a scan, from its log: which stages ran, how long, what failed.
#
# `/live` reports only the newest row of each stage, and no attempt number. Source:
# protocol.md 3.8, 5.11, T-28, T-29.


class EarlierRun(Struct, frozen=True):
    """A stage in an attempt before this one.

    Attributes:
        attempt: its number, counted from 1.
        was_cancelled: the attempt was cancelled here.
        reason: why the attempt ended here, in one line; "" if the stage did not fail.
    """

    attempt: int
    started_at: datetime
    ended_at: datetime
    has_failed: bool = False
    reason: str = ""
    was_cancelled: bool = False


def attempt_starts(scan: Scan) -> tuple[datetime, ...]:
    """Return when each known attempt started, oldest first.

    The log has the starts if its rows reach back far enough, otherwise the scan's own row has those
    we observed.
    """
    rows = [row.timestamp for row in scan.activity_rows if row.task_key == ATTEMPT_START]
    return tuple(rows if len(rows) >= scan.attempt else sorted(scan.attempt_starts))


def earlier_runs(
    rows: Sequence[Activity], starts: Sequence[datetime], attempt: int
) -> Mapping[str, tuple[EarlierRun, ...]]:
    """Return the runs in earlier attempts, by stage, oldest first.

    Args:
        rows: the log, oldest first.
        starts: when the attempts started, the newest one last.
        attempt: the number of the newest.
    """
    by_attempt: dict[int, dict[str, list[Activity]]] = {}
    for row in rows:
        place = bisect_right(starts, row.timestamp)
        if row.stage is not None and place < len(starts):
            number = attempt - len(starts) + place
            by_attempt.setdefault(number, {}).setdefault(row.stage, []).append(row)
    runs: dict[str, list[EarlierRun]] = {}
    for number, stages in sorted(by_attempt.items()):
        ends = {
            row.stage
            for stage_rows in stages.values()
            for row in stage_rows
            if row.event_type == "stage" and row.status in ("failed", "cancelled")
        }
        # it ended in the stage that reports it, else in the one that was last updated
        last = max(stages, key=lambda name: (name in ends, stages[name][-1].timestamp))
        for name, stage_rows in stages.items():
            runs.setdefault(name, []).append(_run(max(number, 1), stage_rows, is_last=name == last))
    return {name: tuple(found) for name, found in runs.items()}


def _run(attempt: int, rows: Sequence[Activity], *, is_last: bool) -> EarlierRun:
    """Return the run of a stage. Only the last stage of an attempt can have ended it."""
    failed = [row for row in rows if row.status == "failed"] if is_last else []
    cancelled = [row for row in rows if row.event_type == "stage" and row.status == "cancelled"]
    began, ended = rows[0].timestamp, (cancelled or rows)[-1].timestamp
    failed.sort(key=lambda row: row.event_type != "stage")
    reason = one_line(failed[0].detail or failed[0].title) if failed else ""
    return EarlierRun(attempt, began, ended, bool(failed), reason, bool(cancelled))


# How long things have been running, by our own clock.
#
# The server reports when a stage started, by its clock, which may be wrong by any amount. So the
# time is counted on our monotonic clock from when we first saw the stage run. The time before
# that is taken from the server's timestamp as far as it can be true: not before we last saw it
# not running.


LONGEST_S = 7 * 24 * 3600.0  # an earlier start means a wrong clock
SAME_START_S = 5.0  # a start has two timestamps, from the database and for the stream
SCAN, QUEUE, TASK = " scan", " queue", " task"  # no stage has such a name


class _Run(Struct):
    """A running thing: the server's start, and the matching moment of our clock."""

    started_at: datetime | None
    began_at_s: float
    mark: str = ""


class Stopwatch:
    """Measures the running stages, current task and whole time of every scan passed to it."""

    def __init__(self) -> None:
        self._runs: dict[tuple[ScanId, str], _Run] = {}
        self._idle_at_s: dict[tuple[ScanId, str], float] = {}

    def see(self, scan: Scan, clock_s: float, now: datetime) -> None:
        """Record what is running. Call this whenever a scan has changed, with both clocks."""
        has_counts = scan.reported_counts is not None  # before the first `/live` nothing runs
        idle_at_s = min(scan.last_answer_at_s or clock_s, clock_s) if has_counts else None
        for stage in scan.stages:
            is_on = scan.is_live and stage.state is StageState.RUNNING
            self._note((scan.id, stage.name), is_on, stage.started_at, idle_at_s, clock_s, now)
        is_queued = scan.status == "queued" and scan.created_at is not None
        self._note((scan.id, QUEUE), is_queued, scan.created_at, None, clock_s, now)
        has_begun = scan.is_live and not is_queued and scan.started_at is not None
        self._note((scan.id, SCAN), has_begun, scan.started_at, idle_at_s, clock_s, now)
        task = scan.current_task
        self._note(
            (scan.id, TASK),
            task is not None,
            task.timestamp if task else None,
            None,
            clock_s,
            now,
            mark=task.key if task else "",
        )

    def forget(self, scan_id: ScanId) -> None:
        self._runs = {key: run for key, run in self._runs.items() if key[0] != scan_id}
        self._idle_at_s = {key: at for key, at in self._idle_at_s.items() if key[0] != scan_id}

    def elapsed_s(self, scan_id: ScanId, what: str, clock_s: float) -> float | None:
        run = self._runs.get((scan_id, what))
        return None if run is None else max(clock_s - run.began_at_s, 0.0)

    def _note(
        self,
        key: tuple[ScanId, str],
        is_on: bool,
        started_at: datetime | None,
        idle_at_s: float | None,
        clock_s: float,
        now: datetime,
        mark: str = "",
    ) -> None:
        if not is_on:
            self._runs.pop(key, None)
            if idle_at_s is not None:
                self._idle_at_s[key] = idle_at_s
            return
        run = self._runs.get(key)
        if run is not None and run.mark == mark:
            known = run.started_at
            if known is None or started_at is None:
                is_same = known is started_at
            else:
                is_same = abs((known - started_at).total_seconds()) <= SAME_START_S
            if is_same:
                return
        longest_s = clock_s - self._idle_at_s.get(key, clock_s - LONGEST_S)
        age_s = 0.0 if started_at is None else (now - started_at).total_seconds()
        is_wrong = longest_s >= LONGEST_S and age_s > longest_s
        before_s = 0.0 if is_wrong else min(max(age_s, 0.0), max(longest_s, 0.0))
        self._runs[key] = _Run(started_at, clock_s - before_s, mark)
