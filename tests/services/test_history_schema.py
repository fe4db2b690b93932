"""The tables: made once, whoever makes them; files of other versions and of others are known."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from heimdall_desktop.services import history_schema
from heimdall_desktop.services.history_schema import MIGRATIONS, Kind, kind_of, migrate, version_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "h.sqlite3"


@pytest.fixture
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(file, isolation_level=None)
    yield made
    made.close()


def test_an_empty_file_becomes_one_of_this_version(connection: sqlite3.Connection) -> None:
    assert kind_of(connection) is Kind.EMPTY
    migrate(connection)
    assert kind_of(connection) is Kind.OURS
    assert version_of(connection) == len(MIGRATIONS)
    assert not connection.in_transaction


def test_migrating_again_writes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection)
    before = connection.total_changes
    connection.execute("PRAGMA query_only = ON")
    migrate(connection)
    assert connection.total_changes == before


def test_an_older_file_keeps_what_it_has(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection)
    connection.execute("INSERT INTO told VALUES ('scan', 'finding', 'print')")
    later = (*MIGRATIONS, ("ALTER TABLE told ADD COLUMN level TEXT NOT NULL DEFAULT ''",))
    monkeypatch.setattr(history_schema, "MIGRATIONS", later)
    migrate(connection)
    assert version_of(connection) == len(later)
    assert connection.execute("SELECT * FROM told").fetchall() == [("scan", "finding", "print", "")]


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection)
    later = (*MIGRATIONS, ("CREATE TABLE more (a TEXT) STRICT", "nonsense"))
    monkeypatch.setattr(history_schema, "MIGRATIONS", later)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection)
    assert version_of(connection) == len(MIGRATIONS)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall() == []


def test_several_programs_that_begin_at_once_make_the_tables_once(file: Path) -> None:
    troubles: list[BaseException] = []

    def begin() -> None:
        try:
            connection = sqlite3.connect(file, isolation_level=None, timeout=10)
            migrate(connection)
            connection.close()
        except BaseException as error:  # noqa: BLE001 - told by the test
            troubles.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def test_a_file_of_a_later_version_is_known(connection: sqlite3.Connection) -> None:
    migrate(connection)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert kind_of(connection) is Kind.NEWER


@pytest.mark.parametrize(
    "statement", ["PRAGMA application_id = 7", "DROP TABLE findings", "PRAGMA application_id = 0"]
)
def test_a_file_of_somebody_else_or_without_its_tables_is_foreign(
    connection: sqlite3.Connection, statement: str
) -> None:
    migrate(connection)
    connection.execute(statement)
    assert kind_of(connection) is Kind.FOREIGN


def test_a_file_of_the_second_version_gets_room_for_what_was_seen(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_schema, "MIGRATIONS", MIGRATIONS[:2])
    migrate(connection)
    connection.execute("INSERT INTO scans VALUES (1, 'scan', 'server', 0, x'')")
    connection.execute("INSERT INTO findings VALUES (1, 'finding', 0, x'80')")
    monkeypatch.setattr(history_schema, "MIGRATIONS", MIGRATIONS)
    migrate(connection)
    kept = connection.execute("SELECT finding_id, readings FROM findings").fetchall()
    assert kept == [("finding", None)]


def test_a_file_without_threat_models_gets_a_place_for_them(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(history_schema, "MIGRATIONS", MIGRATIONS[:3])
        migrate(connection)
    connection.execute("INSERT INTO scans VALUES (7, 'scan', 'server', 1.0, x'')")
    migrate(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("INSERT INTO threat_models VALUES (7, 1.0, x'')")
    connection.execute("DELETE FROM scans")
    assert connection.execute("SELECT * FROM threat_models").fetchall() == []
