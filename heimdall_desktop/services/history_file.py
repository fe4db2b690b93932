"""Opens the file of the local history, sets a damaged one aside, and says what is wrong with it."""

import contextlib
import itertools
import os
import sqlite3
import time
from pathlib import Path

from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.domain.words.wording import later, tr
from heimdall_desktop.services.history_schema import Kind, kind_of, migrate, version_of

BUSY_S = 2.0  # so long another program may keep the file to itself
LIMIT_BYTES = 2 * 2**30  # a server that tells ever more findings must not fill the disk
_PAGE_BYTES = 4096
_TRIES_GAP_S = 0.05
_LIVE_VIEW = later("Live view goes on.")
_SIDE_FILES = ("-wal", "-shm", "")  # the file itself last: it must never meet a log of another


class DamagedHistory(HistoryError):
    """The file is no history, or one with pages that make no sense."""


class NewerHistory(HistoryError):
    """A later version of the program has written the file."""


class HistoryBusy(HistoryError):
    """Another program has kept the file to itself for too long."""


def opened(path: Path, limit_bytes: int = LIMIT_BYTES) -> sqlite3.Connection:
    """Return a connection to a history of this version, made if there is none.

    A file that is not ours or of a later version is not touched.

    Raises:
        HistoryError: it cannot be used.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise trouble(path, error) from None
    try:
        _check(path, kind_of(connection), connection)
        _set_up(connection, limit_bytes)
        migrate(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise trouble(path, error) from None
        raise
    return connection


def set_aside(path: Path, opened_as: tuple[int, int] | None) -> Path | None:
    """Put a damaged file out of the way, with all that belongs to it.

    Args:
        path: the file.
        opened_as: what `identity` said of it when it was opened; another program may have put it
            aside by now, and what stands in its place is sound.

    Returns:
        The new place; None if there was no need.

    Raises:
        HistoryError: it cannot be moved.
    """
    if opened_as is not None and identity(path) != opened_as:
        return None
    numbered = (path.with_name(f"{path.name}.damaged-{n}") for n in itertools.count(1))
    place = next(place for place in numbered if not os.path.lexists(place))
    try:
        for side in _SIDE_FILES:
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{path}{side}", f"{place}{side}")
    except OSError as error:
        raise trouble(path, error) from None
    return place


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a place; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def trouble(path: Path, error: OSError | sqlite3.Error) -> HistoryError:
    """Return an error of a library as one of ours."""
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        return _cannot(f"{path}: {reason}", tr("Check the folder."))
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedHistory(
                tr("The history {path} is damaged.").format(path=path), tr(_LIVE_VIEW)
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            reason = tr("another program has locked {path}").format(path=path)
            return _cannot(reason, tr("It is tried again."), HistoryBusy)
        case sqlite3.SQLITE_FULL:
            reason = tr("no space is left for {path}").format(path=path)
            return _cannot(reason, tr("Free some space; it is tried again."))
        case _:
            return _cannot(f"{path}: {error}", tr("Check its folder and the space left."))


def _cannot(reason: str, remedy: str, kind: type[HistoryError] = HistoryError) -> HistoryError:
    cause = tr("History cannot be saved: {reason}.").format(reason=reason)
    return kind(cause, f"{tr(_LIVE_VIEW)} {remedy}")


def _check(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    match kind:
        case Kind.NEWER:
            version = version_of(connection)
            cause = tr(
                "The history {path} was written by a later version of the program ({version})."
            )
            remedy = tr("Live view goes on without it; update Heimdall Desktop to use it again.")
            raise NewerHistory(cause.format(path=path, version=version), remedy)
        case Kind.FOREIGN:
            raise DamagedHistory(
                tr("{path} is no history of this program.").format(path=path), tr(_LIVE_VIEW)
            )
        case Kind.EMPTY | Kind.OURS:
            pass


def _make_private(path: Path) -> None:
    """Let nobody else read it; SQLite gives its side files the same mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _set_up(connection: sqlite3.Connection, limit_bytes: int) -> None:
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts before the first table only
    _use_wal(connection)
    for pragma in (
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = FAST",  # what is forgotten is code of other people
        "journal_size_limit = 8388608",
        f"max_page_count = {limit_bytes // _PAGE_BYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on; SQLite itself does not wait for a lock here."""
    until_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > until_s:
                raise
            time.sleep(_TRIES_GAP_S)
        else:
            return
