"""The tables: made once, whoever makes them; files of other versions and of others are known."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from heimdall_desktop.services import history_file
from heimdall_desktop.services.history_file import VERSION, Kind, create, kind_of, version_of


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
    create(connection)
    assert kind_of(connection) is Kind.OURS
    assert version_of(connection) == VERSION
    assert not connection.in_transaction


def test_creating_again_writes_nothing(connection: sqlite3.Connection) -> None:
    create(connection)
    before = connection.total_changes
    connection.execute("PRAGMA query_only = ON")
    create(connection)
    assert connection.total_changes == before


def test_tables_that_cannot_all_be_made_leave_the_file_empty(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_file, "_TABLES", ("CREATE TABLE a (b TEXT) STRICT", "nonsense"))
    with pytest.raises(sqlite3.OperationalError):
        create(connection)
    assert kind_of(connection) is Kind.EMPTY


def test_several_programs_that_begin_at_once_make_the_tables_once(file: Path) -> None:
    troubles: list[BaseException] = []

    def begin() -> None:
        try:
            connection = sqlite3.connect(file, isolation_level=None, timeout=10)
            create(connection)
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
    create(connection)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    assert kind_of(connection) is Kind.NEWER


@pytest.mark.parametrize(
    "statement", ["PRAGMA application_id = 7", "DROP TABLE findings", "PRAGMA application_id = 0"]
)
def test_a_file_of_another_program_or_without_its_tables_is_foreign(
    connection: sqlite3.Connection, statement: str
) -> None:
    create(connection)
    connection.execute(statement)
    assert kind_of(connection) is Kind.FOREIGN


def test_a_file_of_an_earlier_version_is_recognized(connection: sqlite3.Connection) -> None:
    create(connection)
    connection.execute(f"PRAGMA user_version = {VERSION - 1}")
    assert kind_of(connection) is Kind.OLDER
