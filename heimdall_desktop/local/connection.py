"""One SQLite connection behind a lock, and the conversion of rows to and from it.

All SQL that is built from names is created here, and the names come only from the row classes.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from heimdall_desktop.local import rows
from heimdall_desktop.local.rows import Row

# The tables of the server's SQLite file.
#
# The two rank columns put the list order of heimdall-api.md §4.4 into an index, so that a page of
# a large scan costs the same as a page of a small one.


SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, display_name TEXT, avatar_url TEXT,
    role TEXT NOT NULL DEFAULT 'user', created_at INTEGER NOT NULL,
    password_hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS repos (
    id TEXT PRIMARY KEY, org_id TEXT,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name TEXT NOT NULL, source_type TEXT NOT NULL, remote_url TEXT, default_branch TEXT,
    last_commit_sha TEXT, oauth_connection_id TEXT, issue_auto_create_enabled INTEGER NOT NULL,
    issue_auto_create_min_severity TEXT NOT NULL, created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE TABLE IF NOT EXISTS scans (
    id TEXT PRIMARY KEY,
    repo_id TEXT NOT NULL REFERENCES repos(id) ON DELETE CASCADE,
    scan_type TEXT NOT NULL, status TEXT NOT NULL, commit_sha TEXT, base_commit_sha TEXT,
    parent_scan_id TEXT, triggered_by TEXT, finding_count INTEGER NOT NULL,
    critical_count INTEGER NOT NULL, high_count INTEGER NOT NULL, medium_count INTEGER NOT NULL,
    low_count INTEGER NOT NULL, started_at INTEGER, completed_at INTEGER, error_message TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS scans_of_repo ON scans(repo_id, created_at);
CREATE TABLE IF NOT EXISTS stages (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    stage TEXT NOT NULL, status TEXT NOT NULL, error TEXT, created_at INTEGER NOT NULL,
    started_at INTEGER, completed_at INTEGER
);
CREATE INDEX IF NOT EXISTS stages_of_scan ON stages(scan_id);
CREATE TABLE IF NOT EXISTS files_seen (
    scan_id TEXT PRIMARY KEY REFERENCES scans(id) ON DELETE CASCADE,
    unlooked INTEGER NOT NULL, not_taken INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS activity (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    event_type TEXT NOT NULL, status TEXT NOT NULL, stage TEXT, task_key TEXT NOT NULL,
    title TEXT NOT NULL, detail TEXT, progress_pct INTEGER, created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS activity_of_scan ON activity(scan_id, created_at);
CREATE TABLE IF NOT EXISTS agent_calls (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    stage TEXT NOT NULL, tool_name TEXT NOT NULL, duration_ms INTEGER, error TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS agent_calls_of_scan ON agent_calls(scan_id, created_at);
CREATE TABLE IF NOT EXISTS threat_models (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    repo_id TEXT NOT NULL REFERENCES repos(id) ON DELETE CASCADE,
    summary TEXT, boundaries_json TEXT, surfaces_json TEXT, data_flows_json TEXT,
    model_version INTEGER NOT NULL, edited_by TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS threat_models_of_scan ON threat_models(scan_id);
CREATE TABLE IF NOT EXISTS findings (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    repo_id TEXT NOT NULL REFERENCES repos(id) ON DELETE CASCADE,
    source TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL, confidence TEXT NOT NULL,
    title TEXT NOT NULL, description TEXT, cwe_id TEXT, cve_id TEXT, file_path TEXT,
    line_start INTEGER NOT NULL, line_end INTEGER, code_snippet TEXT, suggested_patch TEXT,
    fix_type TEXT, fix_summary TEXT, references_json TEXT, manifest_coordinates_json TEXT,
    poc_exploit_json TEXT, poc_validated INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    agent_reasoning TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    status_rank INTEGER GENERATED ALWAYS AS (CASE status
        WHEN 'open' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'fixed' THEN 2
        WHEN 'dismissed' THEN 3 WHEN 'false_positive' THEN 4 ELSE 5 END) VIRTUAL,
    severity_rank INTEGER GENERATED ALWAYS AS (CASE severity
        WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2
        WHEN 'low' THEN 3 ELSE 4 END) VIRTUAL
);
CREATE INDEX IF NOT EXISTS findings_in_list_order
    ON findings(scan_id, status_rank, severity_rank, created_at DESC);
CREATE INDEX IF NOT EXISTS findings_by_severity ON findings(scan_id, severity);
CREATE INDEX IF NOT EXISTS findings_of_repo ON findings(repo_id);
CREATE TABLE IF NOT EXISTS finding_events (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
    user_id TEXT, event_type TEXT NOT NULL, old_value TEXT, new_value TEXT, comment TEXT,
    metadata TEXT, created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS events_of_finding ON finding_events(finding_id);
CREATE TABLE IF NOT EXISTS patches (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
    file_path TEXT NOT NULL, diff_content TEXT NOT NULL, applied INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS patches_of_finding ON patches(finding_id);
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
    action TEXT NOT NULL, body_json TEXT
);
CREATE INDEX IF NOT EXISTS answers_of_finding ON answers(finding_id);
"""


Cell = str | int | None
_JSON_COLUMNS = frozenset({"metadata"})


R = TypeVar("R", bound=Row)


class RowGone(LookupError):
    """The row to write to, or its parent row, does not exist or no longer exists."""


class Connection:
    """A database file that any thread may use; each call is one short transaction."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._sqlite = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        self._sqlite.execute(
            "PRAGMA synchronous = NORMAL"
        )  # safe under WAL, no fsync for each write
        self._sqlite.execute("PRAGMA foreign_keys = ON")
        self._sqlite.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file; call nothing afterwards."""
        with self._lock:
            self._sqlite.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock and run all writes inside as one transaction: all of them or none."""
        with self._lock:
            if self._sqlite.in_transaction:
                yield
                return
            self._sqlite.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sqlite.execute("ROLLBACK")
                raise
            self._sqlite.execute("COMMIT")

    def select(self, row_class: type[R], tail: str = "", values: Sequence[Cell] = ()) -> list[R]:
        """Read rows; `tail` is the SQL after the table's name: WHERE, ORDER BY, LIMIT."""
        shape = _shape(row_class)
        sql = f"SELECT {', '.join(shape.columns)} FROM {row_class.TABLE} {tail}"  # noqa: S608
        return [
            row_class(*(read(cell) for read, cell in zip(shape.readers, cells, strict=True)))
            for cells in self.cells(sql, values)
        ]

    def first(self, row_class: type[R], tail: str, values: Sequence[Cell]) -> R | None:
        """Read the first of the rows that `select` would return."""
        rows = self.select(row_class, f"{tail} LIMIT 1", values)
        return rows[0] if rows else None

    def insert(self, *rows: Row) -> None:
        """Write rows, possibly of several tables, in one transaction.

        Raises:
            RowGone: a parent row does not exist.
        """
        with self.transaction():
            for row in rows:
                self._write(_shape(type(row)).insert_sql, _cells(row))

    def insert_many(self, rows: Sequence[Row]) -> None:
        """Write many rows of one table quickly, all or none.

        Raises:
            RowGone: a parent row does not exist.
        """
        if not rows:
            return
        with self.transaction(), _gone_for_broken_reference():
            self._sqlite.executemany(_shape(type(rows[0])).insert_sql, map(_cells, rows))

    def update(self, row_class: type[Row], row_id: str, **changes: object) -> None:
        """Write the given fields of one row.

        Raises:
            RowGone: the row does not exist.
            ValueError: the row has no such field.
        """
        if unknown := changes.keys() - set(_shape(row_class).columns):
            raise ValueError(f"{row_class.__name__} has no {', '.join(sorted(unknown))}")
        assignments = ", ".join(f"{name} = ?" for name in changes)
        sql = f"UPDATE {row_class.TABLE} SET {assignments} WHERE id = ?"  # noqa: S608
        cells = [_writer(name)(value) for name, value in changes.items()]
        if self._write(sql, [*cells, row_id]) == 0:
            raise RowGone(f"no {row_class.TABLE} row {row_id}")

    def execute(self, sql: str, values: Sequence[Cell] = ()) -> int:
        """Run one writing statement and return the number of affected rows."""
        return self._write(sql, values)

    def cells(self, sql: str, values: Sequence[Cell] = ()) -> list[tuple[Cell, ...]]:
        """Run one query and return its rows as they are stored."""
        with self._lock:
            return self._sqlite.execute(sql, values).fetchall()

    def _write(self, sql: str, values: Sequence[Cell]) -> int:
        with self._lock, _gone_for_broken_reference():
            return self._sqlite.execute(sql, values).rowcount


@contextmanager
def _gone_for_broken_reference() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise RowGone("the row that this one belongs to is gone") from error
        raise


@dataclass(frozen=True, slots=True)
class _Shape:
    """The SQL data of a row class, computed once."""

    columns: tuple[str, ...]
    readers: tuple[Callable[[Cell], object], ...]
    writers: tuple[Callable[[object], Cell], ...]
    insert_sql: str


_shapes: dict[str, _Shape] = {}


def _shape(row_class: type[Row]) -> _Shape:
    if known := _shapes.get(row_class.TABLE):
        return known
    columns = tuple(field.name for field in fields(row_class))
    readers = tuple(_reader(field.name, field.type) for field in fields(row_class))
    writers = tuple(map(_writer, columns))
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {row_class.TABLE} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    return _shapes.setdefault(row_class.TABLE, _Shape(columns, readers, writers, sql))


def _cells(row: Row) -> list[Cell]:
    shape = _shape(type(row))
    return [
        write(getattr(row, name)) for name, write in zip(shape.columns, shape.writers, strict=True)
    ]


def _reader(name: str, kind: object) -> Callable[[Cell], object]:
    if name.endswith("_at"):
        return lambda cell: rows.from_micros(cell) if isinstance(cell, int) else None
    if _holds_json(name):
        return _from_json
    return bool if kind is bool else _as_stored


def _as_stored(cell: Cell) -> object:
    return cell


def _from_json(cell: Cell) -> object:
    value = json.loads(cell) if isinstance(cell, str) else None
    return tuple(value) if isinstance(value, list) else value


def _holds_json(column: str) -> bool:
    return column.endswith("_json") or column in _JSON_COLUMNS


def _writer(column: str) -> Callable[[object], Cell]:
    return _to_json if _holds_json(column) else _to_cell


def _to_json(value: object) -> Cell:
    return None if value is None else _storable(json.dumps(value, ensure_ascii=False))


def _to_cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return rows.to_micros(value)
    if isinstance(value, str):
        return _storable(value)
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"no column holds a {type(value).__name__}")


def _storable(text: str) -> str:
    """Replace characters that UTF-8 cannot encode: lone surrogates of file names with odd bytes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
