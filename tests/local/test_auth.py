"""Password hashes and tokens."""

import re
from datetime import timedelta

from heimdall_desktop.local import auth
from heimdall_desktop.local.database import Database


def test_a_hash_knows_its_password_only() -> None:
    stored = auth.hash_password("päßword")
    assert "word" not in stored
    assert auth.hash_password("päßword") != stored
    assert auth.is_password("päßword", stored)
    assert not auth.is_password("password", stored)
    assert not auth.is_password("", None)


def test_the_database_never_sees_a_token(database: Database) -> None:
    user = database.add_user("a@b", "hash")
    token = auth.new_session(database, user.id)
    assert re.fullmatch("[0-9a-f]{64}", token)
    stored = [cells[0] for cells in database.cells("SELECT token_hash FROM sessions")]
    assert stored == [auth.token_hash(token)]
    assert token not in stored


def test_a_session_lasts_as_long_as_it_was_made_for(database: Database) -> None:
    user = database.add_user("a@b", "hash")
    over = auth.new_session(database, user.id, timedelta(0))
    assert database.user_of_session(auth.token_hash(over)) is None
