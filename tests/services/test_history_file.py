"""The file of the history: private, never mistaken, set aside when damaged."""

import os
import sqlite3
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services import history_file
from heimdall_desktop.services.history_file import (
    DamagedHistory,
    HistoryBusy,
    NewerHistory,
    identity,
    opened,
    set_aside,
    trouble,
)
from tests.fakes.errors import raises_saying


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folder" / "h.sqlite3"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_nobody_else_can_read_any_of_it(file: Path) -> None:
    connection = opened(file)
    connection.execute("INSERT INTO told VALUES ('a', 'b', 'c')")
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


def test_it_is_written_ahead_and_does_not_wait_for_the_disk(file: Path) -> None:
    connection = opened(file)
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    told = [connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
    assert told == ["wal", 1, 1]
    connection.close()


def test_a_file_of_a_later_version_is_not_touched(file: Path) -> None:
    connection = opened(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = file.read_bytes()
    with raises_saying(NewerHistory, match="99"):
        opened(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_damaged(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(DamagedHistory):
        opened(file)
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_not_written_to(file: Path) -> None:
    file.parent.mkdir(parents=True)
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = file.read_bytes()
    with raises_saying(DamagedHistory, match="isn't a Heimdall Desktop history."):
        opened(file)
    assert file.read_bytes() == before


def test_a_file_that_is_locked_for_long_is_busy(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_file, "BUSY_S", 0.05)
    opened(file).close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with raises_saying(HistoryBusy, match="another program"):
        opened(file)
    other.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with raises_saying(HistoryError, match="Can't save history") as caught:
        opened(tmp_path / "file" / "h.sqlite3")
    assert "Live view continues" in remedy(caught.value)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for the superuser"
)
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with raises_saying(HistoryError, match="Can't save history"):
        opened(tmp_path / "h.sqlite3")


def test_a_damaged_file_is_set_aside_with_all_that_belongs_to_it(file: Path) -> None:
    file.parent.mkdir(parents=True)
    for number in (1, 2):
        for side in ("", "-wal", "-shm"):
            Path(f"{file}{side}").write_text(f"{number}{side}")
        assert set_aside(file, identity(file)) == Path(f"{file}.damaged-{number}")
    kept = {path.name: path.read_text() for path in file.parent.iterdir()}
    assert kept == {
        f"h.sqlite3.damaged-{number}{side}": f"{number}{side}"
        for number in (1, 2)
        for side in ("", "-wal", "-shm")
    }


def test_what_another_program_has_put_in_its_place_stays(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text("damaged")
    seen = identity(file)
    os.replace(file, f"{file}.damaged-1")
    opened(file).close()
    assert set_aside(file, seen) is None
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
def test_trouble_names_its_cause_and_that_the_live_view_goes_on(
    file: Path, code: int, words: str
) -> None:
    error = sqlite3.OperationalError("it went wrong")
    error.sqlite_errorcode = code
    told = trouble(file, error)
    assert "Can't save history" in cause(told)
    assert words in cause(told)
    assert "Live view continues" in remedy(told)


def test_trouble_of_pages_is_damage(file: Path) -> None:
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_INDEX
    assert isinstance(trouble(file, error), DamagedHistory)
