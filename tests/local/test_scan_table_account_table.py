"""Accounts, sessions, repositories."""

from datetime import timedelta

import pytest

from heimdall_desktop.local import rows
from heimdall_desktop.local.database import EmailTaken
from tests.lab.lab_database import LabDatabase


def test_an_address_belongs_to_one_account(database: LabDatabase) -> None:
    database.add_user("a@b", "hash")
    with pytest.raises(EmailTaken):
        database.add_user("a@b", "other")
    assert database.password_hash("a@b") == "hash"
    assert database.password_hash("b@b") is None


def test_a_session_ends_by_time_or_by_sign_out(database: LabDatabase) -> None:
    user = database.add_user("a@b", "hash")
    in_an_hour = rows.now() + timedelta(hours=1)
    for token_hash in ("one", "two"):
        database.add_session(token_hash, user.id, in_an_hour)
    database.add_session("over", user.id, rows.now())
    assert database.user_of_session("one") == user
    assert database.user_of_session("over") is None
    database.delete_session("one")
    assert database.user_of_session("one") is None
    database.expire_sessions(user.id)
    assert database.user_of_session("two") is None


def test_repositories_are_newest_first_and_updates_are_dated(database: LabDatabase) -> None:
    user = database.add_user("a@b", "hash")
    old = database.add_repo(user.id, "old", None)
    new = database.add_repo(user.id, "new", None)
    assert [repo.id for repo in database.repos_of(user.id)] == [new.id, old.id]
    database.update_repo(old.id, default_branch="dev")
    changed = database.repo(old.id)
    assert changed is not None
    assert changed.default_branch == "dev"
    assert changed.updated_at > old.updated_at
