"""Findings in the database: in list order, with their audit trail and patches."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from uuid import uuid4

from heimdall_desktop.local import rows
from heimdall_desktop.local.connection import Cell, Connection
from heimdall_desktop.local.rows import (
    AnswerRow,
    FindingEventRow,
    FindingId,
    FindingRow,
    Json,
    NewFinding,
    PatchId,
    PatchRow,
    RepoId,
    ScanId,
    UserId,
)

DEFAULT_FIX_TYPE = "manual_review"
"""The column's value if no producer set one. Source: heimdall-api.md §4.5."""

_LIST_ORDER = "ORDER BY status_rank, severity_rank, created_at DESC"


class FindingTable(Connection):
    """Reads and writes findings. Every write to one moves its `updated_at` (contract §4.5)."""

    def add_findings(
        self, scan_id: ScanId, repo_id: RepoId, findings: Iterable[NewFinding]
    ) -> list[FindingId]:
        """Store many findings in one transaction and return their ids in the same order.

        Raises:
            RowGone: the scan was deleted.
        """
        rows = [_stored(scan_id, repo_id, finding) for finding in findings]
        self.insert_many(rows)
        return [row.id for row in rows]

    def finding(self, finding_id: FindingId) -> FindingRow | None:
        """Return one finding."""
        return self.first(FindingRow, "WHERE id = ?", (finding_id,))

    def update_finding(self, finding_id: FindingId, **changes: object) -> None:
        """Write fields of a finding, without a finding event.

        Raises:
            RowGone: there is no such finding.
            ValueError: a field is unknown.
        """
        self.update(FindingRow, finding_id, **changes, updated_at=rows.now())

    def findings_of(self, scan_id: ScanId) -> list[FindingRow]:
        """Return all findings of a scan in list order."""
        return self.select(FindingRow, f"WHERE scan_id = ? {self._order}", (scan_id,))

    def findings_page(
        self,
        scan_id: ScanId,
        *,
        severity: str | None = None,
        status: str | None = None,
        limit: int,
        offset: int,
    ) -> tuple[list[FindingRow], int]:
        """Return one page of a scan's findings in list order, and how many there are in all."""
        where = "WHERE scan_id = ?"
        values: list[Cell] = [scan_id]
        for column, wanted in (("severity", severity), ("status", status)):
            if wanted is not None:
                where, values = f"{where} AND {column} = ?", [*values, wanted]
        with self.transaction():
            total = self.cells(f"SELECT COUNT(*) FROM findings {where}", values)[0][0]  # noqa: S608
            cells: list[Cell] = [*values, limit, offset]
            page = self.select(FindingRow, f"{where} {self._order} LIMIT ? OFFSET ?", cells)
        return page, int(total or 0)

    def add_finding_event(
        self,
        finding_id: FindingId,
        user_id: UserId | None,
        event_type: str,
        *,
        old_value: str | None = None,
        new_value: str | None = None,
        comment: str | None = None,
        metadata: Json | None = None,
    ) -> FindingEventRow:
        """Append to the audit trail of a finding.

        Raises:
            RowGone: there is no such finding.
        """
        event = FindingEventRow(
            str(uuid4()),
            finding_id,
            user_id,
            event_type,
            old_value,
            new_value,
            comment,
            metadata,
            rows.now(),
        )
        self.insert(event)
        return event

    def finding_events(self, finding_id: FindingId) -> list[FindingEventRow]:
        """Return the audit trail of a finding, oldest first."""
        return self.select(
            FindingEventRow, "WHERE finding_id = ? ORDER BY created_at, rowid", (finding_id,)
        )

    def events_of_fingerprint(self, repo_id: RepoId, fingerprint: str) -> list[FindingEventRow]:
        """Return the audit of all findings of a repository with this fingerprint, oldest first."""
        return self.select(
            FindingEventRow,
            "WHERE finding_id IN (SELECT id FROM findings WHERE repo_id = ? AND fingerprint = ?)"
            " ORDER BY created_at, rowid",
            (repo_id, fingerprint),
        )

    def add_answers(self, finding_id: FindingId, answers: Mapping[str, Json | None]) -> None:
        """Store the responses to actions on a finding; the newest one counts.

        Raises:
            RowGone: there is no such finding.
        """
        self.insert(
            *(AnswerRow(str(uuid4()), finding_id, action, body) for action, body in answers.items())
        )

    def answer(self, finding_id: FindingId, action: str) -> AnswerRow | None:
        """Return the response to an action."""
        return self.first(
            AnswerRow,
            "WHERE finding_id = ? AND action = ? ORDER BY rowid DESC",
            (finding_id, action),
        )

    def add_patch(self, finding_id: FindingId, file_path: str, diff_content: str) -> PatchId:
        """Store a unified diff for a finding; the caller writes its `suggested_patch`.

        Raises:
            RowGone: there is no such finding.
        """
        patch = PatchRow(
            PatchId(str(uuid4())),
            finding_id,
            file_path,
            diff_content,
            applied=False,
            created_at=rows.now(),
        )
        self.insert(patch)
        return patch.id

    def patches_of_scan(self, scan_id: ScanId) -> list[PatchRow]:
        """Return all patches of a scan, newest first."""
        return self.select(
            PatchRow,
            "WHERE finding_id IN (SELECT id FROM findings WHERE scan_id = ?)"
            " ORDER BY created_at DESC, rowid DESC",
            (scan_id,),
        )

    def newest_patch(self, finding_id: FindingId) -> PatchRow | None:
        """Return the patch that counts for a finding."""
        return self.first(
            PatchRow, "WHERE finding_id = ? ORDER BY created_at DESC, rowid DESC", (finding_id,)
        )

    def set_patch_applied(self, patch_id: PatchId) -> None:
        """Record that a patch was applied."""
        self.update(PatchRow, patch_id, applied=True)

    @property
    def _order(self) -> str:
        return _LIST_ORDER


_GIVEN = tuple(field.name for field in fields(NewFinding) if field.name != "fix_type")


def _stored(scan_id: ScanId, repo_id: RepoId, finding: NewFinding) -> FindingRow:
    made_at = rows.now()
    return FindingRow(
        id=FindingId(str(uuid4())),
        scan_id=scan_id,
        repo_id=repo_id,
        cve_id=None,
        created_at=made_at,
        updated_at=made_at,
        fix_type=finding.fix_type or DEFAULT_FIX_TYPE,
        **{name: getattr(finding, name) for name in _GIVEN},
    )
