"""Lets a scan look as if nothing had happened in it for long: one that is stuck."""

from datetime import timedelta

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import (
    ActivityRow,
    AgentCallRow,
    FindingRow,
    ScanId,
    ScanRow,
    StageRow,
)

_MOMENTS = {
    ScanRow.TABLE: ("created_at", "updated_at", "started_at", "completed_at"),
    StageRow.TABLE: ("created_at", "started_at", "completed_at"),
    ActivityRow.TABLE: ("created_at",),
    AgentCallRow.TABLE: ("created_at",),
    FindingRow.TABLE: ("created_at", "updated_at"),
}


def age_scan(database: Database, scan_id: ScanId, by: timedelta) -> None:
    """Let all that is stored of a scan lie further back; moments that are not set stay so."""
    micros = by // timedelta(microseconds=1)
    with database.transaction():
        for table, columns in _MOMENTS.items():
            assignments = ", ".join(f"{name} = {name} - {micros}" for name in columns)
            key = "id" if table == ScanRow.TABLE else "scan_id"
            sql = f"UPDATE {table} SET {assignments} WHERE {key} = ?"  # noqa: S608 - no text of others
            database.execute(sql, (scan_id,))
