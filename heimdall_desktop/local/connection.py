"""One SQLite connection behind a lock, and the conversion of rows to and from it.

All SQL that is built from names is created here, and the names come only from the row classes.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TypeVar, get_args

from heimdall_desktop.local import rows
from heimdall_desktop.local.rows import Row

Cell = str | int | None
R = TypeVar("R", bound=Row)

_ROW_CLASSES: tuple[type[Row], ...] = (
    rows.UserRow,
    rows.RepoRow,
    rows.ScanRow,
    rows.StageRow,
    rows.FilesSeenRow,
    rows.ActivityRow,
    rows.AgentCallRow,
    rows.ThreatModelRow,
    rows.FindingRow,
    rows.FindingEventRow,
    rows.PatchRow,
    rows.AnswerRow,
)
_PARENTS: dict[object, str] = {
    rows.UserId: rows.UserRow.TABLE,
    rows.RepoId: rows.RepoRow.TABLE,
    rows.ScanId: rows.ScanRow.TABLE,
    rows.FindingId: rows.FindingRow.TABLE,
}
"""The tables that a required id refers to; a row is deleted with its parent."""

_MORE_COLUMNS = {
    rows.UserRow.TABLE: ", password_hash TEXT NOT NULL",
    # the list order of protocol.md 4.4: pages of large and of small scans cost the same
    rows.FindingRow.TABLE: """,
        status_rank INTEGER GENERATED ALWAYS AS (CASE status
            WHEN 'open' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'fixed' THEN 2
            WHEN 'dismissed' THEN 3 WHEN 'false_positive' THEN 4 ELSE 5 END) VIRTUAL,
        severity_rank INTEGER GENERATED ALWAYS AS (CASE severity
            WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2
            WHEN 'low' THEN 3 ELSE 4 END) VIRTUAL""",
}
_MORE_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS users_by_email ON users(email);
CREATE INDEX IF NOT EXISTS scans_of_repo ON scans(repo_id, created_at);
CREATE INDEX IF NOT EXISTS stages_of_scan ON stages(scan_id);
CREATE INDEX IF NOT EXISTS activity_of_scan ON activity(scan_id, created_at);
CREATE INDEX IF NOT EXISTS agent_calls_of_scan ON agent_calls(scan_id, created_at);
CREATE INDEX IF NOT EXISTS threat_models_of_scan ON threat_models(scan_id);
CREATE INDEX IF NOT EXISTS findings_in_list_order
    ON findings(scan_id, status_rank, severity_rank, created_at DESC);
CREATE INDEX IF NOT EXISTS findings_by_severity ON findings(scan_id, severity);
CREATE INDEX IF NOT EXISTS findings_of_repo ON findings(repo_id);
CREATE INDEX IF NOT EXISTS events_of_finding ON finding_events(finding_id);
CREATE INDEX IF NOT EXISTS patches_of_finding ON patches(finding_id);
CREATE INDEX IF NOT EXISTS answers_of_finding ON answers(finding_id);
"""


class RowGone(LookupError):
    """The row to write to, or its parent row, does not exist or no longer exists."""


class Connection:
    """A database file that any thread may use; each call is one short transaction."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._sqlite = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        self._sqlite.execute("PRAGMA synchronous = NORMAL")  # safe under WAL, no fsync per write
        self._sqlite.execute("PRAGMA foreign_keys = ON")
        self._sqlite.executescript(";".join(map(_table_sql, _ROW_CLASSES)) + ";" + _MORE_TABLES)

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
        columns = _COLUMNS[row_class.TABLE]
        sql = f"SELECT {', '.join(columns)} FROM {row_class.TABLE} {tail}"  # noqa: S608
        readers = [(name, read) for name, (read, _) in columns.items()]
        return [
            row_class(
                **{name: read(cell) for (name, read), cell in zip(readers, cells, strict=True)}
            )
            for cells in self.cells(sql, values)
        ]

    def first(self, row_class: type[R], tail: str, values: Sequence[Cell]) -> R | None:
        """Read the first of the rows that `select` would return."""
        return next(iter(self.select(row_class, f"{tail} LIMIT 1", values)), None)

    def insert(self, *rows: Row) -> None:
        """Write rows of one table, all or none.

        Raises:
            RowGone: a parent row does not exist.
        """
        if not rows:
            return
        columns = _COLUMNS[rows[0].TABLE]
        writers = [(name, write) for name, (_, write) in columns.items()]
        marks = ", ".join("?" * len(writers))
        sql = f"INSERT INTO {rows[0].TABLE} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
        cells = ([write(getattr(row, name)) for name, write in writers] for row in rows)
        with self.transaction(), _gone_for_broken_reference():
            self._sqlite.executemany(sql, cells)

    def update(self, row_class: type[Row], row_id: str, **changes: object) -> None:
        """Write the given fields of one row.

        Raises:
            RowGone: the row does not exist.
            ValueError: the row has no such field.
        """
        columns = _COLUMNS[row_class.TABLE]
        if unknown := changes.keys() - columns.keys():
            raise ValueError(f"{row_class.__name__} has no {', '.join(sorted(unknown))}")
        assignments = ", ".join(f"{name} = ?" for name in changes)
        sql = f"UPDATE {row_class.TABLE} SET {assignments} WHERE id = ?"  # noqa: S608
        cells = [columns[name][1](value) for name, value in changes.items()]
        if self.execute(sql, [*cells, row_id]) == 0:
            raise RowGone(f"no {row_class.TABLE} row {row_id}")

    def execute(self, sql: str, values: Sequence[Cell] = ()) -> int:
        """Run one writing statement and return the number of affected rows."""
        with self._lock, _gone_for_broken_reference():
            return self._sqlite.execute(sql, values).rowcount

    def cells(self, sql: str, values: Sequence[Cell] = ()) -> list[tuple[Cell, ...]]:
        with self._lock:
            return self._sqlite.execute(sql, values).fetchall()


@contextmanager
def _gone_for_broken_reference() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise RowGone("the row that this one belongs to is gone") from error
        raise


def _table_sql(row_class: type[Row]) -> str:
    """Return the statement that creates the table of a row class; the first field is its key."""
    columns = []
    for number, field in enumerate(fields(row_class)):
        kinds = get_args(field.type) or (field.type,)
        is_whole_number = not {int, bool, datetime}.isdisjoint(kinds)
        column = f"{field.name} {'INTEGER' if is_whole_number else 'TEXT'}"
        if field.name == "id" or (number == 0 and row_class is rows.FilesSeenRow):
            column += " PRIMARY KEY"
        elif type(None) not in kinds:
            column += " NOT NULL"
        if parent := _PARENTS.get(field.type) if field.name != "id" else None:
            column += f" REFERENCES {parent}(id) ON DELETE CASCADE"
        columns.append(column)
    more = _MORE_COLUMNS.get(row_class.TABLE, "")
    return f"CREATE TABLE IF NOT EXISTS {row_class.TABLE} ({', '.join(columns)}{more})"


def _converters(
    name: str, kind: object
) -> tuple[Callable[[Cell], object], Callable[[object], Cell]]:
    """Return the functions that convert a column's value from and to its cell."""
    if name.endswith("_json") or name == "metadata":
        return _from_json, _to_json
    if name.endswith("_at"):
        return lambda cell: rows.from_micros(cell) if isinstance(cell, int) else None, _to_cell
    return bool if kind is bool else lambda cell: cell, _to_cell


def _from_json(cell: Cell) -> object:
    value = json.loads(cell) if isinstance(cell, str) else None
    return tuple(value) if isinstance(value, list) else value


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


_COLUMNS = {
    row_class.TABLE: {
        field.name: _converters(field.name, field.type) for field in fields(row_class)
    }
    for row_class in _ROW_CLASSES
}
"""By table and column: how its values are converted."""
