"""The tables of the local history, and which files are one."""

import sqlite3
from enum import Enum, auto

APPLICATION_ID = 0x4865_696D  # "Heim": the file is a history of this program
#: Raise it with every change of the tables or of what their blobs contain. A file of a lower
#: version is set aside, until a release makes migrations necessary.
VERSION = 6
_LATER_VERSIONS = 100  # a number beyond these is damaged
_TABLES = (
    """CREATE TABLE scans (
        id INTEGER PRIMARY KEY,
        scan_id TEXT NOT NULL UNIQUE,
        server TEXT NOT NULL,
        asked_at REAL NOT NULL,
        head BLOB NOT NULL
    ) STRICT""",
    # `readings`: earlier values of a finding, which the server doesn't keep.
    """CREATE TABLE findings (
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        finding_id TEXT NOT NULL,
        asked_at REAL NOT NULL,
        finding BLOB NOT NULL,
        readings BLOB,
        UNIQUE (scan, finding_id)
    ) STRICT""",
    """CREATE TABLE activities (
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        activity BLOB NOT NULL,
        UNIQUE (scan, key)
    ) STRICT""",
    # An alert is recorded before the first save of its scan, so this table refers to no scan.
    """CREATE TABLE told (
        scan_id TEXT NOT NULL,
        finding_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        PRIMARY KEY (scan_id, finding_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE inbox (
        key TEXT PRIMARY KEY,
        raised_at REAL NOT NULL,
        line BLOB NOT NULL
    ) STRICT""",
    # The basis of estimates; it contains nothing about findings, so it outlives its scan.
    """CREATE TABLE stage_times (
        server TEXT NOT NULL,
        repo_id TEXT NOT NULL,
        scan_id TEXT NOT NULL,
        stage TEXT NOT NULL,
        ended_at REAL NOT NULL,
        duration_s REAL NOT NULL,
        PRIMARY KEY (server, repo_id, scan_id, stage)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE threat_models (
        scan INTEGER PRIMARY KEY REFERENCES scans (id) ON DELETE CASCADE,
        read_at REAL NOT NULL,
        model BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE snoozes (
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        finding_id TEXT NOT NULL,
        until REAL NOT NULL,
        rank INTEGER NOT NULL,
        confirmation INTEGER NOT NULL,
        PRIMARY KEY (scan, finding_id)
    ) STRICT, WITHOUT ROWID""",
)
_NAMES = {"scans", "findings", "activities", "told", "inbox"}  # every version has these


class Kind(Enum):
    """What a database file is to us."""

    EMPTY = auto()
    OURS = auto()
    OLDER = auto()
    NEWER = auto()
    FOREIGN = auto()  # or too damaged to tell


def kind_of(connection: sqlite3.Connection) -> Kind:
    """Return what a file is; reads only."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    application_id, version = _number(connection, "application_id"), version_of(connection)
    if not names and application_id == version == 0:
        return Kind.EMPTY
    if application_id != APPLICATION_ID or version > VERSION + _LATER_VERSIONS:
        return Kind.FOREIGN
    if version > VERSION:
        return Kind.NEWER
    if version < 1 or not names >= _NAMES:
        return Kind.FOREIGN
    return Kind.OURS if version == VERSION else Kind.OLDER


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version a file was written by."""
    return _number(connection, "user_version")


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file, all or none."""
    if version_of(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # ends the transaction either way
        if version_of(connection) == VERSION:  # another program was faster
            return
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    [number] = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
