"""The server's execution log of one scan, longer than the part the server itself reports.

An answer holds the newest rows without a gap, so rows that are adjacent in an answer are adjacent
in the log. Between others, rows may be missing: more came between two polls than an answer holds.
Source: protocol.md 4.3 (80 rows, append-only, keys are unique), T-28, T-30,
T-61.
"""

from bisect import insort
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct, field

from heimdall_desktop.domain.facts.observation import Activity

ATTEMPT_START = "scan-start"  # the task key of the row each attempt starts with
RUN_END = "scan-finished"  # of the very last row of a successful run
LAST_STAGE = "report"
CLOCK_SLACK = timedelta(seconds=1)  # one clock stamps starts and ends, another rows; section 6
_NO_STAGES = frozenset({"remediation"})  # work on findings, also long after the scan
#: How many rows an answer holds at most; fewer in the oldest servers. Source: protocol.md 4.3.
MOST_ROWS, MOST_ROWS_ONCE = 80, 30
KEPT_LIMIT = 20_000  # the newest rows are kept; a long scan has a few thousand
KEPT_THEN = 18_000  # when more arrive, so that not every poll removes some
KEPT_CHARACTERS = 4_000_000  # of all rows; an ordinary one has about 100


class LogGap(Struct, frozen=True):
    """A place in the log where rows may be missing.

    Attributes:
        newer: the row after it.
        older: the row before it; None if our log starts there.
        likely: how many are missing, estimated from the rate of the others; None if unknown.
    """

    newer: Activity
    older: Activity | None
    likely: int | None


class ActivityLog(Struct):
    """Rows merged by key.

    Attributes:
        newest_at: when the newest row was written.
        oldest_first: all rows, oldest first; changed only here.
        attempt_starts: how many attempts started, as far as the log shows.
        gaps: where rows may be missing, oldest first.
        open_tasks: tasks that run in this attempt, unless a newer row contradicts it, newest first.
        former_end: the row with which a stage ended the previous attempt: failed, cancelled.
        finished_at: when the newest successful run wrote its last row.
    """

    rows: dict[str, Activity] = field(default_factory=dict)
    newest_at: datetime | None = None
    attempt_starts: int = 0
    gaps: tuple[LogGap, ...] = ()
    open_tasks: tuple[Activity, ...] = ()
    former_end: Activity | None = None
    finished_at: datetime | None = None
    oldest_first: list[Activity] = field(default_factory=list)
    _with_older: set[str] = field(default_factory=set)
    _characters: int = 0

    def merge(
        self, rows: Sequence[Activity], cut_at: Collection[str] | None = None
    ) -> list[Activity]:
        """Merge rows, newest first as the server sends them, and return those that are new.

        Args:
            rows: one answer.
            cut_at: the keys of rows before which some may be missing, if an earlier session
                knew that; None for an answer of the server.
        """
        known = len(self._with_older)
        added = {row.key: row for row in rows if row.key not in self.rows}
        self.rows.update(added)
        for row in reversed(added.values()):
            self._characters += _length(row)
            self.attempt_starts += row.task_key == ATTEMPT_START
            if row.task_key == RUN_END:
                self.finished_at = max(self.finished_at or row.timestamp, row.timestamp)
            self.newest_at = max(self.newest_at or row.timestamp, row.timestamp)
            insort(self.oldest_first, row, key=lambda known: known.timestamp)
        if cut_at is None:
            is_whole = len(rows) < MOST_ROWS and len(rows) != MOST_ROWS_ONCE
            cut_at = () if is_whole else (rows[-1].key,)
        self._with_older.update(row.key for row in rows if row.key not in cut_at)
        if len(self.rows) > KEPT_LIMIT:
            self._remove_oldest(len(self.rows) - KEPT_THEN)
        if self._characters > KEPT_CHARACTERS:
            self._remove_oldest(len(self.rows) // 2)
        if added:
            self._sum_up()
        if added or len(self._with_older) != known:
            self.gaps = tuple(self._find_gaps())
        return list(added.values())

    def goes_on_after(self, completed_at: datetime | None) -> bool:
        """Return whether there was work after a run had ended successfully (T-61).

        The last row of a run is `scan-finished`. If a server writes none, only work of the report
        stage can follow the completion.
        """
        for row in reversed(self.oldest_first):
            if row.stage in _NO_STAGES or row.task_key == RUN_END:
                continue
            if self.finished_at is not None:
                return row.timestamp > self.finished_at
            if row.stage != LAST_STAGE:
                return completed_at is not None and row.timestamp > completed_at + CLOCK_SLACK
        return False

    def _remove_oldest(self, count: int) -> None:
        """Remove the oldest rows; the log then starts after a gap."""
        for row in self.oldest_first[:count]:
            del self.rows[row.key]
            self._with_older.discard(row.key)
            self._characters -= _length(row)
        del self.oldest_first[:count]
        self._with_older.discard(self.oldest_first[0].key)

    def _sum_up(self) -> None:
        newer: set[tuple[str | None, str | None]] = set()
        running: list[Activity] = []
        has_start, self.former_end = False, None
        for row in reversed(self.oldest_first):
            if not has_start and row.task_key == ATTEMPT_START:
                has_start = True
            elif has_start:
                if row.event_type == "stage" and row.status in ("failed", "cancelled"):
                    self.former_end = row
                    break
            else:
                task = (row.stage, row.task_key)
                if row.status == "running" and task not in newer:
                    running.append(row)
                newer.add(task)
        self.open_tasks = tuple(running)

    def _find_gaps(self) -> Iterator[LogGap]:
        rows = self.oldest_first
        places = [n for n, row in enumerate(rows) if row.key not in self._with_older]
        lasted = {n: rows[n].timestamp - rows[n - 1].timestamp for n in places if n}
        covered = rows[-1].timestamp - rows[0].timestamp - sum(lasted.values(), timedelta())
        steps = len(rows) - 1 - len(lasted)
        for place in places:
            if place:
                expected = lasted[place] / covered * steps if covered else None
                likely = None if expected is None else max(round(expected) - 1, 1)
                yield LogGap(rows[place], rows[place - 1], likely)
            elif rows[0].task_key != ATTEMPT_START:
                yield LogGap(rows[0], None, None)


def _length(row: Activity) -> int:
    words = (row.key, row.title, row.detail, row.stage, row.status, row.tone, row.event_type)
    return sum(len(word) for word in (*words, row.task_key) if word)
