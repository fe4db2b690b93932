"""The server's database: one SQLite file that holds everything but the live streams."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from heimdall_desktop.local import rows
from heimdall_desktop.local.connection import Cell, Connection, RowGone
from heimdall_desktop.local.steps import Activity, AgentCall, ThreatModelDrawn

__all__ = ["Database", "EmailTaken", "RowGone"]

DEFAULT_FIX_TYPE = "manual_review"
"""The column's value if no producer set one. Source: protocol.md 4.5."""

_NEWEST_FIRST = "ORDER BY created_at DESC, rowid DESC"
_COPIED = tuple(field.name for field in fields(rows.NewFinding) if field.name != "fix_type")


class EmailTaken(ValueError):
    """An account with this e-mail address exists."""


class Database(Connection):
    """All tables behind one lock: `Database(path)`; any thread may call any method.

    Writes raise `RowGone` when the row, or the row that it belongs to, does not exist. Every write
    to a scan or a finding moves its `updated_at` (contract 4.2, 4.5).

    Attributes:
        now: the moment that is written into rows.
    """

    def __init__(self, path: Path | str, now: Callable[[], datetime] = rows.now) -> None:
        super().__init__(path)
        self.now = now

    # Accounts, their sessions and their repositories; `auth` computes the hashes.

    def add_user(
        self, email: str, password_hash: str, display_name: str | None = None
    ) -> rows.UserRow:
        """Create an account.

        Raises:
            EmailTaken: there is one with this address.
        """
        user = rows.UserRow(
            rows.UserId(str(uuid4())), email, display_name, None, "user", self.now()
        )
        with self.transaction():
            if self.user_by_email(email):
                raise EmailTaken(email)
            self.execute(
                "INSERT INTO users (id, email, display_name, role, created_at, password_hash)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    *(user.id, email, display_name, user.role),
                    *(rows.to_micros(user.created_at), password_hash),
                ),
            )
        return user

    def user_by_email(self, email: str) -> rows.UserRow | None:
        return self.first(rows.UserRow, "WHERE email = ?", (email,))

    def password_hash(self, email: str) -> str | None:
        found = self.cells("SELECT password_hash FROM users WHERE email = ?", (email,))
        return str(found[0][0]) if found else None

    def set_password_hash(self, user_id: rows.UserId, password_hash: str) -> None:
        self.execute("UPDATE users SET password_hash = ? WHERE id = ?", (password_hash, user_id))

    def add_session(self, token_hash: str, user_id: rows.UserId, expires_at: datetime) -> None:
        """Store a session under the hash of its token, and delete expired ones."""
        now = rows.to_micros(self.now())
        with self.transaction():
            self.execute("DELETE FROM sessions WHERE expires_at <= ?", (now,))
            self.execute(
                "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (?, ?, ?)",
                (token_hash, user_id, rows.to_micros(expires_at)),
            )

    def user_of_session(self, token_hash: str) -> rows.UserRow | None:
        return self.first(
            rows.UserRow,
            "WHERE id = (SELECT user_id FROM sessions WHERE token_hash = ? AND expires_at > ?)",
            (token_hash, rows.to_micros(self.now())),
        )

    def delete_session(self, token_hash: str) -> bool:
        return self.execute("DELETE FROM sessions WHERE token_hash = ?", (token_hash,)) > 0

    def add_repo(
        self,
        user_id: rows.UserId,
        name: str,
        remote_url: str | None,
        *,
        source_type: str = "git_url",
        default_branch: str | None = None,
    ) -> rows.RepoRow:
        made_at = self.now()
        repo = rows.RepoRow(
            id=rows.RepoId(str(uuid4())),
            user_id=user_id,
            name=name,
            source_type=source_type,
            remote_url=remote_url,
            default_branch=default_branch,
            created_at=made_at,
            updated_at=made_at,
        )
        self.insert(repo)
        return repo

    def repo(self, repo_id: rows.RepoId) -> rows.RepoRow | None:
        return self.first(rows.RepoRow, "WHERE id = ?", (repo_id,))

    def repos_of(self, user_id: rows.UserId) -> list[rows.RepoRow]:
        return self.select(rows.RepoRow, f"WHERE user_id = ? {_NEWEST_FIRST}", (user_id,))

    # Scans: their status, stage rows, execution log, agent calls and threat models.

    def add_scan(
        self, repo_id: rows.RepoId, triggered_by: rows.UserId | None = None
    ) -> rows.ScanRow:
        made_at = self.now()
        scan = rows.ScanRow(
            id=rows.ScanId(str(uuid4())),
            repo_id=repo_id,
            triggered_by=triggered_by,
            created_at=made_at,
            updated_at=made_at,
        )
        self.insert(scan)
        return scan

    def scan(self, scan_id: rows.ScanId) -> rows.ScanRow | None:
        return self.first(rows.ScanRow, "WHERE id = ?", (scan_id,))

    def scans_of_repo(self, repo_id: rows.RepoId) -> list[rows.ScanRow]:
        return self.select(rows.ScanRow, f"WHERE repo_id = ? {_NEWEST_FIRST}", (repo_id,))

    def newest_scans(self, user_id: rows.UserId, limit: int) -> list[rows.ScanRow]:
        """Return the newest scans over all repositories of an account, newest first."""
        where = "WHERE repo_id IN (SELECT id FROM repos WHERE user_id = ?)"
        return self.select(rows.ScanRow, f"{where} {_NEWEST_FIRST} LIMIT ?", (user_id, limit))

    def live_scans(self) -> list[rows.ScanRow]:
        """Return queued and running scans, oldest first; after a restart no worker has them."""
        return self.select(
            rows.ScanRow,
            "WHERE status NOT IN ('completed', 'failed', 'cancelled') ORDER BY created_at, rowid",
        )

    def update_scan(self, scan_id: rows.ScanId, **changes: object) -> None:
        self.update(rows.ScanRow, scan_id, **changes, updated_at=self.now())

    def set_scan_status(
        self, scan_id: rows.ScanId, status: str, error_message: str | None = None
    ) -> None:
        """Write the status and the error message: a status without one clears the old message."""
        self.update_scan(scan_id, status=status, error_message=error_message)

    def refresh_counters(self, scan_id: rows.ScanId) -> rows.Counts:
        """Copy the current counts into the scan's row and return them."""
        counts = self.counts(scan_id)
        self.update_scan(
            scan_id,
            finding_count=counts.total,
            critical_count=counts.critical,
            high_count=counts.high,
            medium_count=counts.medium,
            low_count=counts.low,
        )
        return counts

    def counts(self, scan_id: rows.ScanId) -> rows.Counts:
        """Count the scan's current findings, whatever their status."""
        sql = "SELECT severity, COUNT(*) FROM findings WHERE scan_id = ? GROUP BY severity"
        found = {str(word): int(count or 0) for word, count in self.cells(sql, (scan_id,))}
        return rows.Counts(sum(found.values()), *(found.get(word, 0) for word in rows.SEVERITIES))

    def count(self, scan_id: rows.ScanId, severity: str | None = None) -> int:
        """Count the scan's findings, of one severity if given, with one statement."""
        values = [scan_id] if severity is None else [scan_id, severity]
        narrowed = "" if severity is None else " AND severity = ?"
        sql = f"SELECT COUNT(*) FROM findings WHERE scan_id = ?{narrowed}"  # noqa: S608 - fixed text
        return int(self.cells(sql, values)[0][0] or 0)

    def add_stage(self, scan_id: rows.ScanId, stage: str) -> rows.StageRowId:
        """Add a pending row for one run of a stage."""
        row_id = rows.StageRowId(str(uuid4()))
        self.insert(rows.StageRow(row_id, scan_id, stage, "pending", None, self.now(), None, None))
        return row_id

    def set_stage(
        self, stage_row_id: rows.StageRowId, status: str, error: str | None = None
    ) -> None:
        """Write a stage's status; `running` sets its start, an end sets its end.

        A cancelled stage gets none: its start remains its time (contract 3.8).
        """
        stamp: dict[str, object] = {}
        if status == "running":
            stamp = {"started_at": self.now()}
        elif status in ("completed", "failed", "skipped"):
            stamp = {"completed_at": self.now()}
        self.update(rows.StageRow, stage_row_id, status=status, error=error, **stamp)

    def latest_stages(self, scan_id: rows.ScanId) -> dict[str, rows.StageRow]:
        where = "WHERE scan_id = ? ORDER BY created_at, rowid"
        return {row.stage: row for row in self.select(rows.StageRow, where, (scan_id,))}

    def set_files_seen(self, scan_id: rows.ScanId, not_scanned: int, not_taken: int) -> None:
        """Write how far the files were scanned; the newest attempt counts."""
        with self.transaction():
            self.execute("DELETE FROM files_seen WHERE scan_id = ?", (scan_id,))
            self.insert(rows.FilesSeenRow(scan_id, not_scanned, not_taken))

    def files_seen(self, scan_id: rows.ScanId) -> rows.FilesSeenRow | None:
        """Return how far the files were scanned; None if unknown."""
        return self.first(rows.FilesSeenRow, "WHERE scan_id = ?", (scan_id,))

    def add_activity(self, scan_id: rows.ScanId, stage: str | None, activity: Activity) -> None:
        """Append a line to the execution log."""
        row = rows.ActivityRow(
            str(uuid4()),
            scan_id,
            activity.event_type,
            activity.status,
            stage,
            activity.task_key,
            activity.title,
            activity.detail,
            activity.progress_pct,
            self.now(),
        )
        self.insert(row)

    def newest_activity(
        self, scan_id: rows.ScanId, limit: int, status: str | None = None
    ) -> list[rows.ActivityRow]:
        """Return the newest lines of the execution log, of one status if given."""
        where, values = "WHERE scan_id = ?", list[Cell]([scan_id])
        if status is not None:
            where, values = f"{where} AND status = ?", [scan_id, status]
        return self.select(rows.ActivityRow, f"{where} {_NEWEST_FIRST} LIMIT ?", [*values, limit])

    def add_agent_call(self, scan_id: rows.ScanId, stage: str, call: AgentCall) -> None:
        words = (call.tool_name, call.duration_ms, call.error)
        self.insert(rows.AgentCallRow(str(uuid4()), scan_id, stage, *words, self.now()))

    def newest_agent_calls(self, scan_id: rows.ScanId, limit: int) -> list[rows.AgentCallRow]:
        return self.select(
            rows.AgentCallRow, f"WHERE scan_id = ? {_NEWEST_FIRST} LIMIT ?", (scan_id, limit)
        )

    def store_threat_model(self, scan: rows.ScanRow, drawn: ThreatModelDrawn) -> str:
        """Store a threat model as Tyr created it, and return its id; a retry replaces the last one.

        Source: protocol.md 4.11.
        """
        earlier, made_at = self.newest_threat_model(scan.id), self.now()
        row = rows.ThreatModelRow(
            id=earlier.id if earlier else str(uuid4()),
            scan_id=scan.id,
            repo_id=scan.repo_id,
            summary=drawn.summary,
            boundaries_json=drawn.boundaries,
            surfaces_json=drawn.surfaces,
            data_flows_json=drawn.data_flows,
            created_at=earlier.created_at if earlier else made_at,
            updated_at=made_at,
        )
        with self.transaction():
            self.execute("DELETE FROM threat_models WHERE id = ?", (row.id,))
            self.insert(row)
        return row.id

    def newest_threat_model(self, scan_id: rows.ScanId) -> rows.ThreatModelRow | None:
        return self.first(rows.ThreatModelRow, f"WHERE scan_id = ? {_NEWEST_FIRST}", (scan_id,))

    # Findings in list order, with their audit trail, prepared answers and patches.

    @property
    def _order(self) -> str:
        return "ORDER BY status_rank, severity_rank, created_at DESC"

    def add_findings(
        self, scan_id: rows.ScanId, repo_id: rows.RepoId, findings: Iterable[rows.NewFinding]
    ) -> list[rows.FindingId]:
        """Store many findings in one transaction and return their ids in the same order."""
        made = [
            rows.FindingRow(
                id=rows.FindingId(str(uuid4())),
                scan_id=scan_id,
                repo_id=repo_id,
                fix_type=finding.fix_type or DEFAULT_FIX_TYPE,
                created_at=(made_at := self.now()),
                updated_at=made_at,
                **{name: getattr(finding, name) for name in _COPIED},
            )
            for finding in findings
        ]
        self.insert(*made)
        return [row.id for row in made]

    def finding(self, finding_id: rows.FindingId) -> rows.FindingRow | None:
        return self.first(rows.FindingRow, "WHERE id = ?", (finding_id,))

    def update_finding(self, finding_id: rows.FindingId, **changes: object) -> None:
        """Write fields of a finding, without a finding event."""
        self.update(rows.FindingRow, finding_id, **changes, updated_at=self.now())

    def findings_of(self, scan_id: rows.ScanId) -> list[rows.FindingRow]:
        return self.select(rows.FindingRow, f"WHERE scan_id = ? {self._order}", (scan_id,))

    def findings_page(
        self,
        scan_id: rows.ScanId,
        *,
        severity: str | None = None,
        status: str | None = None,
        limit: int,
        offset: int,
    ) -> tuple[list[rows.FindingRow], int]:
        """Return one page of a scan's findings in list order, and how many there are in all."""
        where = "WHERE scan_id = ?"
        values: list[Cell] = [scan_id]
        for column, wanted in (("severity", severity), ("status", status)):
            if wanted is not None:
                where, values = f"{where} AND {column} = ?", [*values, wanted]
        with self.transaction():
            total = self.cells(f"SELECT COUNT(*) FROM findings {where}", values)[0][0]  # noqa: S608
            cells: list[Cell] = [*values, limit, offset]
            page = self.select(rows.FindingRow, f"{where} {self._order} LIMIT ? OFFSET ?", cells)
        return page, int(total or 0)

    def add_finding_event(
        self,
        finding_id: rows.FindingId,
        user_id: rows.UserId | None,
        event_type: str,
        *,
        old_value: str | None = None,
        new_value: str | None = None,
        comment: str | None = None,
        metadata: rows.Json | None = None,
    ) -> rows.FindingEventRow:
        values = (old_value, new_value, comment, metadata)
        key = (str(uuid4()), finding_id, user_id, event_type)
        event = rows.FindingEventRow(*key, *values, self.now())
        self.insert(event)
        return event

    def finding_events(self, finding_id: rows.FindingId) -> list[rows.FindingEventRow]:
        return self.select(
            rows.FindingEventRow, "WHERE finding_id = ? ORDER BY created_at, rowid", (finding_id,)
        )

    def add_answers(
        self, finding_id: rows.FindingId, answers: Mapping[str, rows.Json | None]
    ) -> None:
        """Store the responses to actions on a finding; the newest one counts."""
        self.insert(
            *(
                rows.AnswerRow(str(uuid4()), finding_id, action, body)
                for action, body in answers.items()
            )
        )

    def answer(self, finding_id: rows.FindingId, action: str) -> rows.AnswerRow | None:
        where = "WHERE finding_id = ? AND action = ? ORDER BY rowid DESC"
        return self.first(rows.AnswerRow, where, (finding_id, action))

    def add_patch(
        self, finding_id: rows.FindingId, file_path: str, diff_content: str
    ) -> rows.PatchId:
        """Store a unified diff for a finding; the caller writes its `suggested_patch`."""
        patch_id = rows.PatchId(str(uuid4()))
        made_at = self.now()
        self.insert(rows.PatchRow(patch_id, finding_id, file_path, diff_content, False, made_at))
        return patch_id

    def patches_of_scan(self, scan_id: rows.ScanId) -> list[rows.PatchRow]:
        where = "WHERE finding_id IN (SELECT id FROM findings WHERE scan_id = ?)"
        return self.select(rows.PatchRow, f"{where} {_NEWEST_FIRST}", (scan_id,))

    def newest_patch(self, finding_id: rows.FindingId) -> rows.PatchRow | None:
        return self.first(rows.PatchRow, f"WHERE finding_id = ? {_NEWEST_FIRST}", (finding_id,))
