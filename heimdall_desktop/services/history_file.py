"""Opens the file of the local history, sets a damaged one aside, and describes its problems."""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from heimdall_desktop.domain.facts.errors import HistoryError, NoSpaceForHistory, Reason
from heimdall_desktop.services import regular_file

APPLICATION_ID = 0x4865_696D  # "Heim": the file is a history of this program
#: Raise it with every change of the tables or of what their blobs contain. A file of a lower
#: version is set aside, until a release makes migrations necessary.
VERSION = 8
_LATER_VERSIONS = 100  # a number beyond these is damaged
_TABLES = {
    "scans": """(
        id INTEGER PRIMARY KEY,
        scan_id TEXT NOT NULL UNIQUE,
        server TEXT NOT NULL,
        asked_at REAL NOT NULL,
        head BLOB NOT NULL
    ) STRICT""",
    # What is known of a scan beside its head, one row per finding, line of the log and so on.
    "facts": """(
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        at REAL NOT NULL,
        fact BLOB NOT NULL,
        UNIQUE (scan, kind, key)
    ) STRICT""",
    # An alert is recorded before the first save of its scan, so this table refers to no scan.
    "notified": """(
        scan_id TEXT NOT NULL,
        finding_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        PRIMARY KEY (scan_id, finding_id)
    ) STRICT, WITHOUT ROWID""",
    "inbox": "(key TEXT PRIMARY KEY, raised_at REAL NOT NULL, line BLOB NOT NULL) STRICT",
    # The basis of estimates; it contains nothing about findings, so it outlives its scan.
    "stage_times": """(
        server TEXT NOT NULL,
        repo_id TEXT NOT NULL,
        scan_id TEXT NOT NULL,
        stage TEXT NOT NULL,
        ended_at REAL NOT NULL,
        duration_s REAL NOT NULL,
        PRIMARY KEY (server, repo_id, scan_id, stage)
    ) STRICT, WITHOUT ROWID""",
    # Hashes and words, so it outlives its scan too.
    "decisions": """(
        server TEXT NOT NULL,
        account TEXT NOT NULL,
        repo TEXT NOT NULL,
        finding TEXT NOT NULL,
        place TEXT NOT NULL,
        code TEXT NOT NULL,
        is_unique INTEGER NOT NULL,
        status TEXT NOT NULL,
        severity TEXT NOT NULL,
        reason TEXT NOT NULL,
        was TEXT NOT NULL,
        was_proven INTEGER NOT NULL,
        at REAL NOT NULL,
        scan_at REAL NOT NULL,
        is_here INTEGER NOT NULL,
        is_rejection INTEGER NOT NULL,
        PRIMARY KEY (server, account, repo, finding)
    ) STRICT, WITHOUT ROWID""",
    "decision_key": "(key BLOB NOT NULL) STRICT",  # of the hashes; at most one
}
_EARLIER_TABLES = {"scans", "inbox"}  # every version has these

BUSY_S = 2.0  # how long another program may lock the file
LIMIT_BYTES = 2 * 2**30  # a server that sends ever more findings must not fill the disk
_PAGE_BYTES = 4096
_TRIES_GAP_S = 0.05
#: Errors that do not concern the file's content. After any other error it is unreadable.
_OUTSIDE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_AUTH,
}
_WRITE_VERSION_AT, _WRITE_VERSIONS = 18, (1, 2)  # SQLite, "Database File Format", 1.3.3
_SIDE_FILES = ("-wal", "-shm", "")  # the file last: it must never be beside another file's log


class DamagedHistory(HistoryError):
    """The file can't be used: no history, a damaged one, or one of an earlier version."""


class NewerHistory(HistoryError):
    """A later version of the program has written the file."""


class HistoryBusy(HistoryError):
    """Another program has locked the file for too long."""


def require_ours(path: Path, connection: sqlite3.Connection, *, is_read_only: bool = False) -> None:
    """Check that a file is a history of this version, or is empty and can become one.

    Raises:
        HistoryError: it is neither.
        sqlite3.Error: it cannot be read.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    [[application_id, version]] = connection.execute(
        "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
    )
    if not names and application_id == version == 0:
        if is_read_only:
            raise HistoryError(Reason.HISTORY_FOREIGN, path=str(path))
        return
    required = _TABLES.keys() if version == VERSION else _EARLIER_TABLES
    is_known = application_id == APPLICATION_ID and 0 < version <= VERSION + _LATER_VERSIONS
    if is_known and version > VERSION:
        # A damaged number looks the same, but a later version's history must never be lost.
        raise NewerHistory(Reason.HISTORY_NEWER, path=str(path), version=version)
    if not is_known or not names >= required:
        raise DamagedHistory(Reason.HISTORY_FOREIGN, path=str(path))
    if version < VERSION:
        raise DamagedHistory(Reason.HISTORY_OLDER, path=str(path))


def create(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty file, all or none."""
    version = "PRAGMA user_version"
    if connection.execute(version).fetchone() == (VERSION,):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # ends the transaction either way
        if connection.execute(version).fetchone() == (VERSION,):  # another program was faster
            return
        for name, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE {name} {columns}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def opened(
    path: Path, limit_bytes: int = LIMIT_BYTES, *, is_read_only: bool = False
) -> sqlite3.Connection:
    """Return a connection to a history of this version, created if there is none.

    A file that is not ours or of a later version is not changed, nor is a read-only one.

    Raises:
        HistoryError: the file cannot be used.
    """
    place: Path | str = path
    try:
        if is_read_only:
            regular_file.require_regular(path)
            is_at_rest = not os.path.exists(f"{path}-wal")  # else SQLite would make side files
            place = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' * is_at_rest}"
        else:  # unreadable for other users; SQLite gives its side files the same mode
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, regular_file.PRIVATE))
            except FileExistsError:
                regular_file.require_regular(path)
                if os.name == "posix" and path.stat().st_mode & 0o077:
                    path.chmod(regular_file.PRIVATE)
        connection = sqlite3.connect(place, timeout=BUSY_S, isolation_level=None, uri=is_read_only)
    except (OSError, sqlite3.Error) as error:
        raise history_error(path, error) from None
    try:
        require_ours(path, connection, is_read_only=is_read_only)
        if not is_read_only:
            _set_up(connection, limit_bytes)
            create(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error | UnicodeDecodeError):
            raise history_error(path, error) from None
        raise
    return connection


def newer(path: Path, connection: sqlite3.Connection) -> NewerHistory | None:
    """Return an error if a later version of the program has changed the file meanwhile."""
    try:
        require_ours(path, connection)
    except NewerHistory as error:
        return error
    except (sqlite3.Error, UnicodeDecodeError, HistoryError):
        pass
    return None


def set_aside(path: Path, opened_as: tuple[int, int] | None) -> Path | None:
    """Move a damaged file away, with its side files.

    Args:
        path: the file.
        opened_as: the result of `identity` when the file was opened. Another program may have
            set it aside already; the file now in its place is sound.

    Returns:
        The new path; None if there was no need.

    Raises:
        HistoryError: it cannot be moved.
    """
    if opened_as is not None and identity(path) != opened_as:
        return None
    place = regular_file.free_place(path)
    try:
        for side in _SIDE_FILES:
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{path}{side}", f"{place}{side}")
    except OSError as error:
        raise history_error(path, error) from None
    return place


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file is at a path; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def history_error(path: Path, error: OSError | sqlite3.Error | UnicodeDecodeError) -> HistoryError:
    """Convert an error of a library to one of ours."""
    if isinstance(error, OSError) and not regular_file.lacks_space(error):
        problem = regular_file.problem_of(error)
        return HistoryError(Reason.HISTORY_FOLDER, path=str(path), problem=problem)
    match error:  # SQLite's code of an error; for those found by Python, the nearest one
        case OSError():
            code = sqlite3.SQLITE_FULL
        case sqlite3.ProgrammingError() | sqlite3.InterfaceError():
            code = sqlite3.SQLITE_MISUSE
        case _:  # values that are not text, or not of their column's type
            code = int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT))
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return HistoryBusy(Reason.HISTORY_BUSY, path=str(path))
        case sqlite3.SQLITE_FULL:
            return NoSpaceForHistory(Reason.HISTORY_NO_SPACE, path=str(path))
        case outside if outside in _OUTSIDE and not _is_damage(path, code):
            return HistoryError(Reason.HISTORY_UNUSABLE, path=str(path), problem=str(error))
        case _:
            return DamagedHistory(Reason.HISTORY_DAMAGED, path=str(path))


def _is_damage(path: Path, code: int) -> bool:
    """Return whether an error that usually has an outside cause comes from the file itself.

    The file ends too soon, or its header names a format that must not be written.
    """
    if code & 0xFF != sqlite3.SQLITE_READONLY:
        return code in (sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS)
    try:
        with path.open("rb") as file:
            file.seek(_WRITE_VERSION_AT)
            return file.read(1)[0] not in _WRITE_VERSIONS
    except (OSError, IndexError):
        return False


def _set_up(connection: sqlite3.Connection, limit_bytes: int) -> None:
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # works before the first table only
    until_s = time.monotonic() + BUSY_S
    while True:  # SQLite itself does not wait for a lock here
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            break
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > until_s:
                raise
            time.sleep(_TRIES_GAP_S)
    for pragma in (
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = FAST",  # forgotten data is code of third parties
        "journal_size_limit = 8388608",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    limit(connection, limit_bytes)


def limit(connection: sqlite3.Connection, limit_bytes: int) -> None:
    pages = limit_bytes // _PAGE_BYTES
    connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
