"""A database whose listings drift while they are paged. Source: heimdall-api.md §4.4."""

from typing import Any

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import FindingId, FindingRow


class DriftingDatabase(Database):
    """The database of the embedded server; nothing drifts until it is told to.

    Attributes:
        shuffle_ties: whether rows that are equal in list order swap between pages.
        moves_rows: whether rows move while pages are read: after a page of a long listing its first
            row is confirmed, and after the next page that row is what it was. So one row is skipped
            and one comes twice. Ended after an odd page, this leaves one row confirmed.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.shuffle_ties = self.moves_rows = False
        self._moved: tuple[FindingId, str] | None = None

    def findings_page(self, *args: Any, **filters: Any) -> tuple[list[FindingRow], int]:
        """Return a page, and let its first row move."""
        with self.transaction():
            page, total = super().findings_page(*args, **filters)
            is_filtered = filters.get("severity") is not None or filters.get("status") is not None
            if self.moves_rows and page and not is_filtered and total > filters["limit"] > 1:
                self._move_a_row(page[0])
        return page, total

    def _move_a_row(self, first: FindingRow) -> None:
        if self._moved is None:
            self._moved = first.id, first.status
            self.update_finding(first.id, status="confirmed")
            return
        (finding_id, status), self._moved = self._moved, None
        if self.finding(finding_id):
            self.update_finding(finding_id, status=status)

    @property
    def _order(self) -> str:
        return f"{super()._order}, random()" if self.shuffle_ties else super()._order
