"""The tables of the local history, and how a file of an earlier version becomes one of this."""

import sqlite3
from collections.abc import Sequence
from enum import Enum, auto

APPLICATION_ID = 0x4865_696D  # "Heim": the file is a history of this program
_LATER_VERSIONS = 100  # a number beyond these is one that was damaged
_FIRST_TABLES = {"scans", "findings", "activities", "told", "inbox"}  # every version has these

#: Each makes one version out of the one before. A version that was released never changes.
MIGRATIONS: Sequence[Sequence[str]] = (
    (
        """CREATE TABLE scans (
            id INTEGER PRIMARY KEY,
            scan_id TEXT NOT NULL UNIQUE,
            server TEXT NOT NULL,
            asked_at REAL NOT NULL,
            head BLOB NOT NULL
        ) STRICT""",
        """CREATE TABLE findings (
            scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
            finding_id TEXT NOT NULL,
            asked_at REAL NOT NULL,
            finding BLOB NOT NULL,
            UNIQUE (scan, finding_id)
        ) STRICT""",
        """CREATE TABLE activities (
            scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            activity BLOB NOT NULL,
            UNIQUE (scan, key)
        ) STRICT""",
        # A finding is told before the first save of its scan, so this one refers to no scan.
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
    ),
    (
        # What estimates come from; it holds nothing of what was found, so it outlives its scan.
        """CREATE TABLE stage_times (
            server TEXT NOT NULL,
            repo_id TEXT NOT NULL,
            scan_id TEXT NOT NULL,
            stage TEXT NOT NULL,
            ended_at REAL NOT NULL,
            duration_s REAL NOT NULL,
            PRIMARY KEY (server, repo_id, scan_id, stage)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        # What was seen to change of a finding, which the server keeps no record of.
        "ALTER TABLE findings ADD COLUMN readings BLOB",
    ),
    (
        """CREATE TABLE threat_models (
            scan INTEGER PRIMARY KEY REFERENCES scans (id) ON DELETE CASCADE,
            read_at REAL NOT NULL,
            model BLOB NOT NULL
        ) STRICT""",
    ),
    (
        """CREATE TABLE snoozes (
            scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
            finding_id TEXT NOT NULL,
            until REAL NOT NULL,
            rank INTEGER NOT NULL,
            confirmation INTEGER NOT NULL,
            PRIMARY KEY (scan, finding_id)
        ) STRICT, WITHOUT ROWID""",
    ),
)


class Kind(Enum):
    """What a database file is to us."""

    EMPTY = auto()
    OURS = auto()
    NEWER = auto()
    FOREIGN = auto()  # or too damaged to tell


def kind_of(connection: sqlite3.Connection) -> Kind:
    """Return what a file is; reads only."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    application_id, version = _number(connection, "application_id"), version_of(connection)
    if not names and application_id == version == 0:
        return Kind.EMPTY
    if application_id != APPLICATION_ID:
        return Kind.FOREIGN
    if version > len(MIGRATIONS) + _LATER_VERSIONS:
        return Kind.FOREIGN
    if version > len(MIGRATIONS):
        return Kind.NEWER
    return Kind.OURS if names >= _FIRST_TABLES else Kind.FOREIGN


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version a file was written by."""
    return _number(connection, "user_version")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file of ours, or an empty one, to this version, all at once or not at all."""
    if version_of(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # ends the transaction either way
        # Another program may have been faster: the version counts as it is now.
        for statements in MIGRATIONS[version_of(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        version = max(version_of(connection), len(MIGRATIONS))
        connection.execute(f"PRAGMA user_version = {version}")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    [number] = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
