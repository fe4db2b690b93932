"""Accounts, their sessions and their repositories in the database."""

from datetime import datetime
from uuid import uuid4

from heimdall_desktop.local import moments
from heimdall_desktop.local.connection import Connection
from heimdall_desktop.local.rows import RepoId, RepoRow, UserId, UserRow


class EmailTaken(ValueError):
    """An account with this e-mail address exists."""


class AccountTable(Connection):
    """Reads and writes accounts. Password and token hashes come ready made from `auth`."""

    def add_user(self, email: str, password_hash: str, display_name: str | None = None) -> UserRow:
        """Make an account.

        Raises:
            EmailTaken: there is one with this address.
        """
        user = UserRow(UserId(str(uuid4())), email, display_name, None, "user", moments.now())
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
                    moments.to_micros(user.created_at),
                    password_hash,
                ),
            )
        return user

    def user_by_email(self, email: str) -> UserRow | None:
        """Return the account with exactly this address."""
        return self.first(UserRow, "WHERE email = ?", (email,))

    def first_user(self) -> UserRow | None:
        """Return the account that was made first."""
        return self.first(UserRow, "ORDER BY created_at, rowid", ())

    def password_hash(self, email: str) -> str | None:
        """Return the stored hash of this account's password."""
        found = self.cells("SELECT password_hash FROM users WHERE email = ?", (email,))
        return str(found[0][0]) if found else None

    def set_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Give an account another password; its sessions stay."""
        self.execute("UPDATE users SET password_hash = ? WHERE id = ?", (password_hash, user_id))

    def add_session(self, token_hash: str, user_id: UserId, expires_at: datetime) -> None:
        """Store a session under the hash of its token."""
        self.execute(
            "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (?, ?, ?)",
            (token_hash, user_id, moments.to_micros(expires_at)),
        )

    def user_of_session(self, token_hash: str) -> UserRow | None:
        """Return whose session this is, unless it has expired."""
        return self.first(
            UserRow,
            "WHERE id = (SELECT user_id FROM sessions WHERE token_hash = ? AND expires_at > ?)",
            (token_hash, moments.to_micros(moments.now())),
        )

    def delete_session(self, token_hash: str) -> bool:
        """End one session and return whether there was one."""
        return self.execute("DELETE FROM sessions WHERE token_hash = ?", (token_hash,)) > 0

    def expire_sessions(self, user_id: UserId) -> None:
        """Let all sessions of an account run out now."""
        self.execute("UPDATE sessions SET expires_at = 0 WHERE user_id = ?", (user_id,))

    def delete_expired_sessions(self) -> None:
        """Forget sessions that have run out."""
        self.execute(
            "DELETE FROM sessions WHERE expires_at <= ?", (moments.to_micros(moments.now()),)
        )

    def add_repo(
        self,
        user_id: UserId,
        name: str,
        remote_url: str | None,
        *,
        source_type: str = "git_url",
        default_branch: str | None = None,
    ) -> RepoRow:
        """Make a repository of an account.

        Raises:
            RowGone: the account does not exist.
        """
        made_at = moments.now()
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
        self.update(RepoRow, repo_id, **changes, updated_at=moments.now())

    def delete_repo(self, repo_id: RepoId) -> None:
        """Delete a repository with its scans and findings."""
        self.execute("DELETE FROM repos WHERE id = ?", (repo_id,))
