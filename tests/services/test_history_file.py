"""The file of the history: private, never mistaken, set aside when damaged."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services import history_file
from heimdall_desktop.services.history_file import VERSION, DamagedHistory, identity, opened
from tests.fakes.desk_parts import raises_saying


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folder" / "h.sqlite3"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_no_other_user_can_read_it(file: Path) -> None:
    connection = opened(file)
    connection.execute("INSERT INTO notified VALUES ('a', 'b', 'c')")
    assert mode(file.parent) == 0o700
    assert {path.name: mode(path) for path in file.parent.iterdir()} == {
        "h.sqlite3": 0o600,
        "h.sqlite3-wal": 0o600,
        "h.sqlite3-shm": 0o600,
    }
    connection.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_file_that_others_could_read_becomes_private(file: Path) -> None:
    opened(file).close()
    file.chmod(0o644)
    opened(file).close()
    assert mode(file) == 0o600


def test_the_log_is_written_ahead_without_waiting_for_the_disk(file: Path) -> None:
    connection = opened(file)
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    values = [connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
    assert values == ["wal", 1, 1]
    connection.close()


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_damaged(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(DamagedHistory):
        opened(file)
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    ("statement", "error", "words"),
    [
        ("CREATE TABLE recipes (name TEXT)", DamagedHistory, "isn't a Heimdall Desktop history."),
        ("PRAGMA application_id = 7", DamagedHistory, "isn't a Heimdall Desktop history."),
        ("PRAGMA application_id = 0", DamagedHistory, "isn't a Heimdall Desktop history."),
        ("DROP TABLE facts", DamagedHistory, "isn't a Heimdall Desktop history."),
        (f"PRAGMA user_version = {VERSION - 1}", DamagedHistory, "earlier version"),
        (f"PRAGMA user_version = {VERSION + 1}", history_file.NewerHistory, "later version"),
        ("PRAGMA user_version = 99", history_file.NewerHistory, "99"),
    ],
)
def test_a_file_of_another_program_or_version_is_recognized_and_not_changed(
    file: Path, statement: str, error: type[HistoryError], words: str
) -> None:
    is_of_another_program = statement.startswith("CREATE")
    if is_of_another_program:
        file.parent.mkdir(parents=True)
    else:
        opened(file).close()
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.close()
    before = file.read_bytes()
    with raises_saying(error, match=words):
        opened(file)
    assert file.read_bytes() == before


def test_creating_the_tables_again_writes_nothing(file: Path) -> None:
    connection = opened(file)
    before = connection.total_changes
    connection.execute("PRAGMA query_only = ON")
    history_file.create(connection)
    assert connection.total_changes == before
    assert not connection.in_transaction
    connection.close()


def test_a_failed_start_leaves_the_file_empty(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "_TABLES", {"a": "(b TEXT) STRICT", "c": "nonsense"})
    with pytest.raises(HistoryError):
        opened(file)
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()


def test_several_programs_that_start_at_once_create_the_tables_once(tmp_path: Path) -> None:

    def begin(_: int) -> None:
        with closing(
            sqlite3.connect(tmp_path / "h", isolation_level=None, timeout=10)
        ) as connection:
            history_file.create(connection)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(begin, range(6))) == [None] * 6


def test_a_long_locked_file_is_busy(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "BUSY_S", 0.05)
    opened(file).close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with raises_saying(history_file.HistoryBusy, match="another program"):
        opened(file)
    other.close()


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with raises_saying(HistoryError, match="Can't save history") as caught:
        opened(tmp_path / "file" / "h.sqlite3")
    assert "Live view continues" in remedy(caught.value)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for the superuser"
)
def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with raises_saying(HistoryError, match="Can't save history"):
        opened(tmp_path / "h.sqlite3")


def test_a_damaged_file_is_set_aside_with_its_side_files(file: Path) -> None:
    file.parent.mkdir(parents=True)
    for number in (1, 2):
        for side in ("", "-wal", "-shm"):
            Path(f"{file}{side}").write_text(f"{number}{side}")
        assert history_file.set_aside(file, identity(file)) == Path(f"{file}.damaged-{number}")
    kept = {path.name: path.read_text() for path in file.parent.iterdir()}
    assert kept == {
        f"h.sqlite3.damaged-{number}{side}": f"{number}{side}"
        for number in (1, 2)
        for side in ("", "-wal", "-shm")
    }


def test_a_file_that_another_program_has_replaced_stays(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text("damaged")
    seen = identity(file)
    os.replace(file, f"{file}.damaged-1")
    opened(file).close()
    assert history_file.set_aside(file, seen) is None
    opened(file).close()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "no space left"),
        (sqlite3.SQLITE_IOERR, "h.sqlite3"),
        (sqlite3.SQLITE_READONLY, "h.sqlite3"),
        (sqlite3.SQLITE_IOERR_WRITE, "h.sqlite3"),
    ],
)
def test_an_error_names_its_cause_and_the_live_view(file: Path, code: int, words: str) -> None:
    error = sqlite3.OperationalError("it went wrong")
    error.sqlite_errorcode = code
    reported = history_file.history_error(file, error)
    assert "Can't save history" in cause(reported)
    assert words in cause(reported)
    assert "Live view continues" in remedy(reported)


def test_an_error_in_a_page_is_damage(file: Path) -> None:
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_INDEX
    assert isinstance(history_file.history_error(file, error), DamagedHistory)
