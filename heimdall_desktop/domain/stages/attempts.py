"""The earlier attempts of a scan, out of its log: which stages ran, how long, what failed.

`/live` tells the newest row of each stage only, and no number of an attempt. Source:
heimdall-api.md 3.8, 5.11, T-28, T-29.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.activity_log import ATTEMPT_START
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.observation import Activity
from heimdall_desktop.domain.facts.scan import Scan


class EarlierRun(Struct, frozen=True):
    """A stage in an attempt before this one.

    Attributes:
        attempt: which one, counted from 1.
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
    """Return when each attempt we know of began, oldest first.

    The log tells it where its rows reach so far back, the scan's own row where we were there.
    """
    rows = [row.timestamp for row in scan.activity_rows if row.task_key == ATTEMPT_START]
    return tuple(rows if len(rows) >= scan.attempt else sorted(scan.attempt_starts))


def earlier_runs(
    rows: Sequence[Activity], starts: Sequence[datetime], attempt: int
) -> Mapping[str, tuple[EarlierRun, ...]]:
    """Return what ran in earlier attempts, by stage, oldest first.

    Args:
        rows: the log, oldest first.
        starts: when the attempts began, the newest one last.
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
        last = _last_of(stages)
        for name, stage_rows in stages.items():
            runs.setdefault(name, []).append(_run(max(number, 1), stage_rows, is_last=name == last))
    return {name: tuple(found) for name, found in runs.items()}


def _run(attempt: int, rows: Sequence[Activity], *, is_last: bool) -> EarlierRun:
    """Only the last stage of an attempt can have ended it."""
    failed = [row for row in rows if row.status == "failed"] if is_last else []
    cancelled = [row for row in rows if _says_stage_is(row, "cancelled")]
    began, ended = rows[0].timestamp, (cancelled or rows)[-1].timestamp
    return EarlierRun(attempt, began, ended, bool(failed), _reason(failed), bool(cancelled))


def _last_of(stages: Mapping[str, Sequence[Activity]]) -> str:
    """Return the stage an attempt ended in: the one that says so, else the one heard of last."""

    def key(name: str) -> tuple[bool, datetime]:
        rows = stages[name]
        has_stopped = any(_says_stage_is(row, "failed", "cancelled") for row in rows)
        return has_stopped, rows[-1].timestamp

    return max(stages, key=key)


def _says_stage_is(row: Activity, *statuses: str) -> bool:
    return row.event_type == "stage" and row.status in statuses


def _reason(failed: Iterable[Activity]) -> str:
    row = next(iter(sorted(failed, key=lambda row: row.event_type != "stage")), None)
    return "" if row is None else one_line(row.detail or row.title)
