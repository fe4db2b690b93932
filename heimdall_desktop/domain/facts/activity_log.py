"""The server's execution log of one scan, longer than the server itself tells it.

Source: heimdall-api.md 4.3 (80 rows, append-only, keys are unique), T-28, T-30.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from heimdall_desktop.domain.facts.observation import Activity

ATTEMPT_START = "scan-start"  # the task key of the row each attempt begins with


@dataclass(slots=True)
class ActivityLog:
    """Rows merged by key.

    Attributes:
        newest_at: when the newest row was written.
        attempt_starts: how many attempts began, as far as the log tells.
    """

    rows: dict[str, Activity] = field(default_factory=dict)
    newest_at: datetime | None = None
    attempt_starts: int = 0
    _oldest_first: list[Activity] = field(default_factory=list)
    _current: Activity | None = None

    def merge(self, rows: Iterable[Activity]) -> list[Activity]:
        """Take rows in, newest first as the server tells them, and return those that are new."""
        added = {row.key: row for row in rows if row.key not in self.rows}
        self.rows.update(added)
        for row in reversed(added.values()):
            self.attempt_starts += row.task_key == ATTEMPT_START
            self.newest_at = max(self.newest_at or row.timestamp, row.timestamp)
            insort(self._oldest_first, row, key=lambda known: known.timestamp)
        if added:
            self._current = self._find_current()
        return list(added.values())

    def oldest_first(self) -> Sequence[Activity]:
        """Return all rows, oldest first."""
        return self._oldest_first

    def newest_first(self) -> list[Activity]:
        """Return all rows, newest first."""
        return self._oldest_first[::-1]

    @property
    def current_task(self) -> Activity | None:
        """The newest task of this attempt that runs and of which no newer row says otherwise."""
        return self._current

    def _find_current(self) -> Activity | None:
        ended: set[tuple[str | None, str | None]] = set()
        for row in reversed(self._oldest_first):
            if row.task_key == ATTEMPT_START:
                return None
            task = (row.stage, row.task_key)
            if row.status == "running" and task not in ended:
                return row
            ended.add(task)
        return None
