"""The server's execution log of one scan, longer than the server itself tells it.

Source: heimdall-api.md 4.3 (80 rows, append-only, keys are unique), T-28, T-30.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from heimdall_desktop.domain.observation import Activity

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

    def merge(self, rows: Iterable[Activity]) -> list[Activity]:
        """Take rows in and return those that are new."""
        added = {row.key: row for row in rows if row.key not in self.rows}
        self.rows.update(added)
        for row in added.values():
            self.attempt_starts += row.task_key == ATTEMPT_START
            self.newest_at = max(self.newest_at or row.timestamp, row.timestamp)
        return list(added.values())

    def newest_first(self) -> list[Activity]:
        """Return all rows, newest first."""
        return sorted(self.rows.values(), key=lambda row: row.timestamp, reverse=True)

    @property
    def current_task(self) -> Activity | None:
        """The newest task that runs and of which no newer row says otherwise."""
        ended: set[tuple[str | None, str | None]] = set()
        for row in self.newest_first():
            task = (row.stage, row.task_key)
            if row.status == "running" and task not in ended:
                return row
            ended.add(task)
        return None
