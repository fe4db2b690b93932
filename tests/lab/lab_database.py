"""The database of the laboratory: what only its routes and tests need, and listings that drift."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from heimdall_desktop.local import rows
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.steps import ThreatModelDrawn

_MOMENTS = {
    rows.ScanRow.TABLE: ("created_at", "updated_at", "started_at", "completed_at"),
    rows.StageRow.TABLE: ("created_at", "started_at", "completed_at"),
    rows.ActivityRow.TABLE: ("created_at",),
    rows.AgentCallRow.TABLE: ("created_at",),
    rows.FindingRow.TABLE: ("created_at", "updated_at"),
}


class LabDatabase(Database):
    """A database that can be changed in every way that a real server's database changes.

    Attributes:
        shuffle_ties: whether rows that are equal in list order swap between pages (§4.4).
        moves_rows: whether rows move while pages are read: after a page of a long listing its first
            row is confirmed, and after the next page it is as before. So one row is skipped and one
            comes twice. Ended after an odd page, this leaves one row confirmed.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.shuffle_ties = self.moves_rows = False
        self._moved: tuple[rows.FindingId, str] | None = None

    @property
    def _order(self) -> str:
        return f"{super()._order}, random()" if self.shuffle_ties else super()._order

    def findings_page(self, *args: Any, **filters: Any) -> tuple[list[rows.FindingRow], int]:
        """Return a page, and move its first row if `moves_rows` is set."""
        with self.transaction():
            page, total = super().findings_page(*args, **filters)
            is_filtered = filters.get("severity") is not None or filters.get("status") is not None
            if self.moves_rows and page and not is_filtered and total > filters["limit"] > 1:
                self._move_a_row(page[0])
        return page, total

    def _move_a_row(self, first: rows.FindingRow) -> None:
        if self._moved is None:
            self._moved = first.id, first.status
            self.update_finding(first.id, status="confirmed")
            return
        (finding_id, status), self._moved = self._moved, None
        if self.finding(finding_id):
            self.update_finding(finding_id, status=status)

    def first_user(self) -> rows.UserRow | None:
        return self.first(rows.UserRow, "ORDER BY created_at, rowid", ())

    def expire_sessions(self, user_id: rows.UserId) -> None:
        self.execute("UPDATE sessions SET expires_at = 0 WHERE user_id = ?", (user_id,))

    def has_session(self, token_hash: str) -> bool:
        return bool(self.cells("SELECT 1 FROM sessions WHERE token_hash = ?", (token_hash,)))

    def update_repo(self, repo_id: rows.RepoId, **changes: object) -> None:
        self.update(rows.RepoRow, repo_id, **changes, updated_at=rows.now())

    def delete_repo(self, repo_id: rows.RepoId) -> None:
        self.execute("DELETE FROM repos WHERE id = ?", (repo_id,))

    def set_scan_commit(self, scan_id: rows.ScanId, sha: str | None) -> None:
        self.update_scan(scan_id, commit_sha=sha)

    def set_scan_completed_at(self, scan_id: rows.ScanId) -> None:
        self.update_scan(scan_id, completed_at=rows.now())

    def add_threat_model(
        self,
        scan: rows.ScanRow,
        *,
        summary: str,
        boundaries: Sequence[rows.Json],
        surfaces: Sequence[rows.Json],
        data_flows: Sequence[rows.Json],
    ) -> str:
        parts = (tuple(boundaries), tuple(surfaces), tuple(data_flows))
        return self.store_threat_model(scan, ThreatModelDrawn(summary, *parts))

    def threat_model(self, model_id: str) -> rows.ThreatModelRow | None:
        return self.first(rows.ThreatModelRow, "WHERE id = ?", (model_id,))

    def update_threat_model(self, model_id: str, **changes: object) -> None:
        self.update(rows.ThreatModelRow, model_id, **changes, updated_at=rows.now())

    def events_of_fingerprint(
        self, repo_id: rows.RepoId, fingerprint: str
    ) -> list[rows.FindingEventRow]:
        """Return the audit of all findings of a repository with this fingerprint, oldest first."""
        return self.select(
            rows.FindingEventRow,
            "WHERE finding_id IN (SELECT id FROM findings WHERE repo_id = ? AND fingerprint = ?)"
            " ORDER BY created_at, rowid",
            (repo_id, fingerprint),
        )

    def set_patch_applied(self, patch_id: rows.PatchId) -> None:
        self.update(rows.PatchRow, patch_id, applied=True)


def age_scan(database: Database, scan_id: rows.ScanId, by: timedelta) -> None:
    """Move all moments of a scan into the past, as if nothing had happened in it for long."""
    micros = by // timedelta(microseconds=1)
    with database.transaction():
        for table, columns in _MOMENTS.items():
            assignments = ", ".join(f"{name} = {name} - {micros}" for name in columns)
            key = "id" if table == rows.ScanRow.TABLE else "scan_id"
            sql = f"UPDATE {table} SET {assignments} WHERE {key} = ?"  # noqa: S608 - our names
            database.execute(sql, (scan_id,))
