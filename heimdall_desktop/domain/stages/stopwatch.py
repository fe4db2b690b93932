"""How long things have been running, by our own clock.

The server tells when a stage began, by its clock, which may go wrong by any amount. So the time is
counted on our monotonic clock from when we first saw the stage run. What had passed before that is
taken from the server's stamp as far as it can be true: not before we last saw it not running.
"""

from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import StageState

LONGEST_S = 7 * 24 * 3600.0  # a start before that is a clock that goes wrong
SAME_START_S = 5.0  # a start is stamped twice, by the database and for the stream
SCAN, QUEUE, TASK = " scan", " queue", " task"  # no stage has such a name


class _Run(Struct):
    """Something that runs: the server's start, and the moment of our clock that stands for it."""

    started_at: datetime | None
    began_at_s: float
    mark: str = ""


class Stopwatch:
    """Measures the running stages, current task and whole time of every scan it is shown."""

    def __init__(self) -> None:
        self._runs: dict[tuple[ScanId, str], _Run] = {}
        self._idle_at_s: dict[tuple[ScanId, str], float] = {}

    def see(self, scan: Scan, clock_s: float, now: datetime) -> None:
        """Take note of what runs. To be called whenever a scan has changed.

        Args:
            scan: as it is now.
            clock_s: the moment on our monotonic clock.
            now: the same moment in UTC.
        """
        is_told = scan.told_counts is not None  # before the first `/live` nothing runs for us
        idle_at_s = min(scan.last_answer_at_s or clock_s, clock_s) if is_told else None
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
        """Drop everything noted of a scan."""
        self._runs = {key: run for key, run in self._runs.items() if key[0] != scan_id}
        self._idle_at_s = {key: at for key, at in self._idle_at_s.items() if key[0] != scan_id}

    def elapsed_s(self, scan_id: ScanId, what: str, clock_s: float) -> float | None:
        """Return how long a stage, by name, or `SCAN`, `QUEUE` or `TASK` has run by now."""
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
        if run is None or run.mark != mark or not _is_same_start(run.started_at, started_at):
            longest_s = clock_s - self._idle_at_s.get(key, clock_s - LONGEST_S)
            before_s = _plausible_s(started_at, now, longest_s)
            self._runs[key] = _Run(started_at, clock_s - before_s, mark)


def _is_same_start(known: datetime | None, told: datetime | None) -> bool:
    if known is None or told is None:
        return known is told
    return abs((known - told).total_seconds()) <= SAME_START_S


def _plausible_s(started_at: datetime | None, now: datetime, longest_s: float) -> float:
    if started_at is None:
        return 0.0
    told_s = (now - started_at).total_seconds()
    if longest_s >= LONGEST_S and told_s > longest_s:
        return 0.0
    return min(max(told_s, 0.0), max(longest_s, 0.0))
