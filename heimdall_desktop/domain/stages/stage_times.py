"""How long the stages of a repository usually take, out of its completed scans.

Only what was seen is counted: a stage of a completed scan, in its last attempt, whose start was
told. Below three scans there is no estimate, and that is said. Source: ux.md 1 (25), 2.2.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from statistics import median

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import Stage, StageState

LEAST_SCANS = 3  # before that there is no estimate
MOST_SCANS = 20  # of one repository; older ones say little of what it is now
SURE_S = 10.0  # a start that lies between two ends so close to each other is as good as seen


class ScanTimes(Struct, frozen=True):
    """How long the stages of one completed scan took.

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
    """How long a stage usually takes, in seconds."""

    median_s: float
    shortest_s: float
    longest_s: float

    @classmethod
    def of(cls, durations_s: Iterable[float]) -> "UsualTime":
        """Return what some durations, at least one, have in common."""
        durations = sorted(durations_s)
        return cls(median(durations), durations[0], durations[-1])


class UsualTimes(Struct, frozen=True):
    """What is usual for a repository.

    Attributes:
        stages: the usual time of each stage that has one.
        scans: how many past scans are known; stages may have been seen in fewer.
    """

    stages: Mapping[str, UsualTime]
    scans: int = 0

    def of(self, stage: str) -> UsualTime | None:
        """Return the usual time of a stage."""
        return self.stages.get(stage)


NO_TIMES = UsualTimes({})


def time_left(scan: Scan, usual: UsualTimes, elapsed_s: float | None) -> UsualTime | None:
    """Return how long the scan will still take; None if that of one of its stages is not known."""
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
    """Return how long the stages of a scan took; None before it is completed, and if none is known.

    A failed or cancelled scan tells nothing, and of a retried one only the attempt that got
    through counts (heimdall-api.md T-29).
    """
    if scan.outcome is not Outcome.COMPLETED or scan.repo_id is None:
        return None
    timed = [(stage.name, stage.duration_s) for stage in scan.stages if _is_timed(stage)]
    durations = tuple((name, took_s) for name, took_s in timed if took_s is not None)
    ends = [stage.ended_at for stage in scan.stages if stage.ended_at is not None]
    if not durations:
        return None
    return ScanTimes(scan.server, scan.repo_id, scan.id, max(ends), durations)


def _is_timed(stage: Stage) -> bool:
    if stage.state is not StageState.COMPLETED:
        return False
    return not stage.is_start_inferred or (stage.duration_s or 0.0) <= SURE_S


class StageTimes:
    """The times of all repositories; learns with each scan that completes.

    Attributes:
        on_learnt: called when they say something else.
    """

    def __init__(self) -> None:
        self.on_learnt: Callable[[], None] = lambda: None
        self._repos: dict[tuple[ServerUrl, RepoId], dict[ScanId, ScanTimes]] = {}
        self._usual: dict[tuple[ServerUrl, RepoId, ScanId], UsualTimes] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._repos.clear()
        self._usual.clear()

    def learn(self, times: ScanTimes) -> bool:
        """Take the times of a scan in; return whether they are news."""
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
        """Return what is known of the scans of a repository, in the order they were learnt in."""
        return tuple(self._repos.get((server, repo_id), {}).values())

    def usual(self, scan: Scan) -> UsualTimes:
        """Return what is usual for the repository of a scan; the scan itself does not count."""
        if scan.repo_id is None:
            return NO_TIMES
        key = (scan.server, scan.repo_id, scan.id)
        known = self._usual.get(key)
        if known is None:
            scans = self._repos.get(key[:2], {})
            known = self._usual[key] = _usual([t for t in scans.values() if t.scan_id != scan.id])
        return known


def _usual(scans: Iterable[ScanTimes]) -> UsualTimes:
    durations: dict[str, list[float]] = {}
    count = 0
    for times in scans:
        count += 1
        for name, took_s in times.durations_s:
            durations.setdefault(name, []).append(took_s)
    enough = {name: took for name, took in durations.items() if len(took) >= LEAST_SCANS}
    return UsualTimes({name: UsualTime.of(took) for name, took in enough.items()}, count)
