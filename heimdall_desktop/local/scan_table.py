"""Scans in the database: their status, stage rows, execution log, agent calls, threat models."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from heimdall_desktop.local import rows
from heimdall_desktop.local.connection import Connection
from heimdall_desktop.local.rows import (
    ActivityRow,
    AgentCallRow,
    Counts,
    FilesSeenRow,
    Json,
    RepoId,
    RepoRow,
    ScanId,
    ScanRow,
    StageRow,
    StageRowId,
    ThreatModelRow,
    UserId,
    UserRow,
)

_FINISHED_STAGE = frozenset({"completed", "failed", "skipped"})


class ScanTable(Connection):
    """Reads and writes scans. Every write to a scan's row moves its `updated_at` (contract §4.2).

    Writes raise `RowGone` when the scan was deleted with its repository.
    """

    def add_scan(self, repo_id: RepoId, triggered_by: UserId | None = None) -> ScanRow:
        """Create a queued scan of a repository."""
        made_at = rows.now()
        scan = ScanRow(
            ScanId(str(uuid4())),
            repo_id,
            "full",
            "queued",
            commit_sha=None,
            base_commit_sha=None,
            parent_scan_id=None,
            triggered_by=triggered_by,
            finding_count=0,
            critical_count=0,
            high_count=0,
            medium_count=0,
            low_count=0,
            started_at=None,
            completed_at=None,
            error_message=None,
            created_at=made_at,
            updated_at=made_at,
        )
        self.insert(scan)
        return scan

    def scan(self, scan_id: ScanId) -> ScanRow | None:
        """Return one scan."""
        return self.first(ScanRow, "WHERE id = ?", (scan_id,))

    def scans_of_repo(self, repo_id: RepoId) -> list[ScanRow]:
        """Return the scans of a repository, newest first."""
        return self.select(
            ScanRow, "WHERE repo_id = ? ORDER BY created_at DESC, rowid DESC", (repo_id,)
        )

    def newest_scans(self, user_id: UserId, limit: int) -> list[ScanRow]:
        """Return the newest scans over all repositories of an account, newest first."""
        return self.select(
            ScanRow,
            "WHERE repo_id IN (SELECT id FROM repos WHERE user_id = ?)"
            " ORDER BY created_at DESC, rowid DESC LIMIT ?",
            (user_id, limit),
        )

    def live_scans(self) -> list[ScanRow]:
        """Return queued and running scans, oldest first; after a restart no worker has them."""
        return self.select(
            ScanRow,
            "WHERE status NOT IN ('completed', 'failed', 'cancelled') ORDER BY created_at, rowid",
        )

    def set_scan_status(
        self, scan_id: ScanId, status: str, error_message: str | None = None
    ) -> None:
        """Write the status and the error message: a status without one clears the old message."""
        self.update_scan(scan_id, status=status, error_message=error_message)

    def set_scan_started(self, scan_id: ScanId) -> None:
        """Write the start; a retry overwrites it."""
        self.update_scan(scan_id, started_at=rows.now())

    def set_scan_commit(self, scan_id: ScanId, sha: str | None) -> None:
        """Write the scanned commit."""
        self.update_scan(scan_id, commit_sha=sha)

    def set_scan_completed_at(self, scan_id: ScanId) -> None:
        """Write the end; only a successful scan has one."""
        self.update_scan(scan_id, completed_at=rows.now())

    def refresh_counters(self, scan_id: ScanId) -> Counts:
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

    def update_scan(self, scan_id: ScanId, **changes: object) -> None:
        """Write fields of a scan."""
        self.update(ScanRow, scan_id, **changes, updated_at=rows.now())

    def counts(self, scan_id: ScanId) -> Counts:
        """Count the scan's current findings, whatever their status."""
        found = self.cells(
            "SELECT severity, COUNT(*) FROM findings WHERE scan_id = ? GROUP BY severity",
            (scan_id,),
        )
        by_severity = {str(severity): int(count or 0) for severity, count in found}
        return Counts(
            total=sum(by_severity.values()),
            critical=by_severity.get("critical", 0),
            high=by_severity.get("high", 0),
            medium=by_severity.get("medium", 0),
            low=by_severity.get("low", 0),
        )

    def count(self, scan_id: ScanId, severity: str | None = None) -> int:
        """Count the scan's findings, of one severity if given, with one statement."""
        values = [scan_id] if severity is None else [scan_id, severity]
        narrowed = "" if severity is None else " AND severity = ?"
        sql = f"SELECT COUNT(*) FROM findings WHERE scan_id = ?{narrowed}"  # noqa: S608 - fixed text
        return int(self.cells(sql, values)[0][0] or 0)

    def add_stage(self, scan_id: ScanId, stage: str) -> StageRowId:
        """Add a pending row for one run of a stage."""
        row_id = StageRowId(str(uuid4()))
        self.insert(StageRow(row_id, scan_id, stage, "pending", None, rows.now(), None, None))
        return row_id

    def set_stage(self, stage_row_id: StageRowId, status: str, error: str | None = None) -> None:
        """Write a stage's status; `running` sets its start, an end sets its end.

        A cancelled stage gets none: its start remains its time (contract §3.8).
        """
        stamp: dict[str, object] = {}
        if status == "running":
            stamp = {"started_at": rows.now()}
        elif status in _FINISHED_STAGE:
            stamp = {"completed_at": rows.now()}
        self.update(StageRow, stage_row_id, status=status, error=error, **stamp)

    def set_files_seen(self, scan_id: ScanId, unlooked: int, not_taken: int) -> None:
        """Write how far the files were scanned; the newest attempt counts."""
        with self.transaction():
            self.execute("DELETE FROM files_seen WHERE scan_id = ?", (scan_id,))
            self.insert(FilesSeenRow(scan_id, unlooked, not_taken))

    def files_seen(self, scan_id: ScanId) -> FilesSeenRow | None:
        """Return how far the files were scanned; None if unknown."""
        return self.first(FilesSeenRow, "WHERE scan_id = ?", (scan_id,))

    def latest_stages(self, scan_id: ScanId) -> dict[str, StageRow]:
        """Return the latest row of each stage that has any."""
        rows = self.select(StageRow, "WHERE scan_id = ? ORDER BY created_at, rowid", (scan_id,))
        return {row.stage: row for row in rows}

    def add_activity(
        self,
        scan_id: ScanId,
        *,
        event_type: str,
        status: str,
        stage: str | None,
        task_key: str,
        title: str,
        detail: str | None = None,
        progress_pct: int | None = None,
    ) -> str:
        """Append a line to the execution log and return its unique key."""
        key = str(uuid4())
        self.insert(
            ActivityRow(
                key,
                scan_id,
                event_type,
                status,
                stage,
                task_key,
                title,
                detail,
                progress_pct,
                rows.now(),
            )
        )
        return key

    def newest_activity(self, scan_id: ScanId, limit: int) -> list[ActivityRow]:
        """Return lines of the execution log, newest first."""
        return self.select(
            ActivityRow,
            "WHERE scan_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?",
            (scan_id, limit),
        )

    def newest_running_activity(self, scan_id: ScanId) -> ActivityRow | None:
        """Return the newest line that says `running`, though its task may have ended since."""
        return self.first(
            ActivityRow,
            "WHERE scan_id = ? AND status = 'running' ORDER BY created_at DESC, rowid DESC",
            (scan_id,),
        )

    def add_agent_call(
        self,
        scan_id: ScanId,
        *,
        stage: str,
        tool_name: str,
        duration_ms: int | None = None,
        error: str | None = None,
    ) -> str:
        """Record a tool call of an AI stage and return its id."""
        call_id = str(uuid4())
        self.insert(
            AgentCallRow(call_id, scan_id, stage, tool_name, duration_ms, error, rows.now())
        )
        return call_id

    def newest_agent_calls(self, scan_id: ScanId, limit: int) -> list[AgentCallRow]:
        """Return tool calls, newest first."""
        return self.select(
            AgentCallRow,
            "WHERE scan_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?",
            (scan_id, limit),
        )

    def add_threat_model(
        self,
        scan: ScanRow,
        *,
        summary: str,
        boundaries: Sequence[Json],
        surfaces: Sequence[Json],
        data_flows: Sequence[Json],
    ) -> str:
        """Store a threat model as Tyr created it and return its id; a retry replaces the last one.

        Source: heimdall-api.md §4.11.
        """
        if earlier := self.newest_threat_model(scan.id):
            self.update_threat_model(
                earlier.id,
                summary=summary,
                boundaries_json=boundaries,
                surfaces_json=surfaces,
                data_flows_json=data_flows,
            )
            return earlier.id
        made_at = rows.now()
        model_id = str(uuid4())
        self.insert(
            ThreatModelRow(
                model_id,
                scan.id,
                scan.repo_id,
                summary,
                tuple(boundaries),
                tuple(surfaces),
                tuple(data_flows),
                model_version=1,
                edited_by=None,
                created_at=made_at,
                updated_at=made_at,
            )
        )
        return model_id

    def threat_model(self, model_id: str) -> ThreatModelRow | None:
        """Return one threat model."""
        return self.first(ThreatModelRow, "WHERE id = ?", (model_id,))

    def update_threat_model(self, model_id: str, **changes: object) -> None:
        """Write fields of a threat model and move its `updated_at`."""
        self.update(ThreatModelRow, model_id, **changes, updated_at=rows.now())

    def newest_threat_model(self, scan_id: ScanId) -> ThreatModelRow | None:
        """Return the threat model of a scan."""
        return self.first(
            ThreatModelRow, "WHERE scan_id = ? ORDER BY created_at DESC, rowid DESC", (scan_id,)
        )


# Accounts, their sessions and their repositories in the database.


class EmailTaken(ValueError):
    """An account with this e-mail address exists."""


class AccountTable(Connection):
    """Reads and writes accounts. `auth` computes password and token hashes."""

    def add_user(self, email: str, password_hash: str, display_name: str | None = None) -> UserRow:
        """Create an account.

        Raises:
            EmailTaken: there is one with this address.
        """
        user = UserRow(UserId(str(uuid4())), email, display_name, None, "user", rows.now())
        with self.transaction():
            if self.user_by_email(email):
                raise EmailTaken(email)
            self.execute(
                "INSERT INTO users (id, email, display_name, role, created_at, password_hash)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    user.id,
                    email,
                    display_name,
                    user.role,
                    rows.to_micros(user.created_at),
                    password_hash,
                ),
            )
        return user

    def user_by_email(self, email: str) -> UserRow | None:
        """Return the account with exactly this address."""
        return self.first(UserRow, "WHERE email = ?", (email,))

    def first_user(self) -> UserRow | None:
        """Return the account that was created first."""
        return self.first(UserRow, "ORDER BY created_at, rowid", ())

    def password_hash(self, email: str) -> str | None:
        """Return the stored hash of this account's password."""
        found = self.cells("SELECT password_hash FROM users WHERE email = ?", (email,))
        return str(found[0][0]) if found else None

    def set_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Change the password of an account; its sessions stay."""
        self.execute("UPDATE users SET password_hash = ? WHERE id = ?", (password_hash, user_id))

    def add_session(self, token_hash: str, user_id: UserId, expires_at: datetime) -> None:
        """Store a session under the hash of its token."""
        self.execute(
            "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (?, ?, ?)",
            (token_hash, user_id, rows.to_micros(expires_at)),
        )

    def user_of_session(self, token_hash: str) -> UserRow | None:
        """Return the account of this session, unless it has expired."""
        return self.first(
            UserRow,
            "WHERE id = (SELECT user_id FROM sessions WHERE token_hash = ? AND expires_at > ?)",
            (token_hash, rows.to_micros(rows.now())),
        )

    def delete_session(self, token_hash: str) -> bool:
        """End one session and return whether there was one."""
        return self.execute("DELETE FROM sessions WHERE token_hash = ?", (token_hash,)) > 0

    def expire_sessions(self, user_id: UserId) -> None:
        """Expire all sessions of an account now."""
        self.execute("UPDATE sessions SET expires_at = 0 WHERE user_id = ?", (user_id,))

    def delete_expired_sessions(self) -> None:
        """Delete expired sessions."""
        self.execute("DELETE FROM sessions WHERE expires_at <= ?", (rows.to_micros(rows.now()),))

    def add_repo(
        self,
        user_id: UserId,
        name: str,
        remote_url: str | None,
        *,
        source_type: str = "git_url",
        default_branch: str | None = None,
    ) -> RepoRow:
        """Create a repository of an account.

        Raises:
            RowGone: the account does not exist.
        """
        made_at = rows.now()
        repo = RepoRow(
            RepoId(str(uuid4())),
            None,
            user_id,
            name,
            source_type,
            remote_url,
            default_branch,
            last_commit_sha=None,
            oauth_connection_id=None,
            issue_auto_create_enabled=True,
            issue_auto_create_min_severity="high",
            created_at=made_at,
            updated_at=made_at,
            deleted_at=None,
        )
        self.insert(repo)
        return repo

    def repo(self, repo_id: RepoId) -> RepoRow | None:
        """Return one repository."""
        return self.first(RepoRow, "WHERE id = ?", (repo_id,))

    def repos_of(self, user_id: UserId) -> list[RepoRow]:
        """Return the repositories of an account, newest first."""
        return self.select(
            RepoRow, "WHERE user_id = ? ORDER BY created_at DESC, rowid DESC", (user_id,)
        )

    def update_repo(self, repo_id: RepoId, **changes: object) -> None:
        """Write fields of a repository and move its `updated_at`.

        Raises:
            RowGone: there is no such repository.
        """
        self.update(RepoRow, repo_id, **changes, updated_at=rows.now())

    def delete_repo(self, repo_id: RepoId) -> None:
        """Delete a repository with its scans and findings."""
        self.execute("DELETE FROM repos WHERE id = ?", (repo_id,))
