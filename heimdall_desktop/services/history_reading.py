"""Reads what earlier sessions left in the history. Blocking: for the thread of its connection."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite

from heimdall_desktop.domain.alerts.desk import ToldFinding
from heimdall_desktop.domain.alerts.inbox import InboxLine
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed, Observation
from heimdall_desktop.domain.facts.past import PastScan
from heimdall_desktop.domain.facts.seen_changes import Reading
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.services.history_moments import BothClocks, kept_moment, moved
from heimdall_desktop.services.history_rows import (
    decoded_activity,
    decoded_finding,
    decoded_head,
    decoded_line,
    decoded_readings,
    decoded_threat_model,
)

_GET_ROWS = """
    SELECT finding_id, asked_at, finding, readings FROM findings
    WHERE scan = (SELECT id FROM scans WHERE scan_id = ?) AND finding_id > ?
    ORDER BY finding_id LIMIT ?
"""
_GET_ACTIVITIES = """
    SELECT activity FROM activities WHERE scan = (SELECT id FROM scans WHERE scan_id = ?)
"""
_GET_THREAT_MODEL = """
    SELECT read_at, model FROM threat_models
    WHERE scan = (SELECT id FROM scans WHERE scan_id = ?)
"""
_GET_TIMES = "SELECT server, repo_id, scan_id, ended_at, stage, duration_s FROM stage_times"


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier sessions knew, but for the findings of the scans and their logs.

    Attributes:
        lines: of the inbox, oldest first.
        times: how long the stages of completed scans took, also of scans watched no longer.
    """

    scans: tuple[PastScan, ...] = ()
    told: tuple[ToldFinding, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    times: tuple[ScanTimes, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Findings of one scan.

    Attributes:
        last: where the next page begins; None if this is the last one.
        unreadable: rows of this page that make no sense to this version.
    """

    rows: tuple[FindingsListed, ...]
    last: str | None
    unreadable: int = 0


def read(connection: sqlite3.Connection, clocks: BothClocks) -> Past:
    """Read everything but findings and logs.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    scans = connection.execute("SELECT scan_id, server, asked_at, head FROM scans").fetchall()
    lines = connection.execute("SELECT key, line FROM inbox ORDER BY raised_at, rowid").fetchall()
    told = connection.execute("SELECT scan_id, finding_id, fingerprint FROM told").fetchall()
    return Past(
        tuple(
            PastScan(ServerUrl(server), ScanId(scan_id), _decoded_head(head, asked_at, clocks))
            for scan_id, server, asked_at, head in scans
        ),
        tuple(ToldFinding(*row) for row in told),
        tuple(
            replace(line, key=key)
            for key, blob in lines
            if (line := decoded_line(blob)) is not None
        ),
        read_times(connection),
    )


def read_rows(
    connection: sqlite3.Connection, scan_id: ScanId, after: str, count: int, clocks: BothClocks
) -> RowsPage:
    """Read some findings of a scan, those behind a place.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    found = connection.execute(_GET_ROWS, (scan_id, after, count)).fetchall()
    to_clock = _to_clock(_asked_at(connection, scan_id), clocks)
    rows = [
        FindingsListed(
            scan_id, to_clock(asked_at), (finding,), _seen(finding, readings), is_kept=True
        )
        for _, asked_at, blob, readings in found
        if (finding := decoded_finding(blob)) is not None
    ]
    last = found[-1][0] if len(found) == count else None
    return RowsPage(tuple(rows), last, len(found) - len(rows))


def read_times(connection: sqlite3.Connection) -> tuple[ScanTimes, ...]:
    """Read how long the stages of completed scans took; what makes no sense is left out.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    scans: dict[tuple[str, str, str, float], list[tuple[str, float]]] = {}
    for *scan, stage, duration_s in connection.execute(_GET_TIMES):
        if isfinite(duration_s) and duration_s >= 0:
            scans.setdefault(tuple(scan), []).append((stage, duration_s))
    return tuple(
        ScanTimes(
            ServerUrl(server),
            RepoId(repo_id),
            ScanId(scan_id),
            kept_moment(ended_at),
            tuple(durations),
        )
        for (server, repo_id, scan_id, ended_at), durations in scans.items()
    )


def read_threat_model(connection: sqlite3.Connection, scan_id: ScanId) -> KeptThreatModel | None:
    """Read the threat model of a scan; None if none was kept, or none that makes sense.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    found = connection.execute(_GET_THREAT_MODEL, (scan_id,)).fetchone()
    model = None if found is None else decoded_threat_model(found[1])
    if model is None:
        return None
    return KeptThreatModel(replace(model, scan_id=scan_id), kept_moment(found[0]))


def read_activities(connection: sqlite3.Connection, scan_id: ScanId) -> tuple[Activity, ...]:
    """Read the log of a scan.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    blobs = connection.execute(_GET_ACTIVITIES, (scan_id,)).fetchall()
    return tuple(line for (blob,) in blobs if (line := decoded_activity(blob)) is not None)


def _seen(
    finding: Finding, blob: bytes | None
) -> tuple[tuple[FindingId, tuple[Reading, ...]], ...]:
    readings = decoded_readings(blob)
    return ((finding.id, readings),) if readings else ()


def _asked_at(connection: sqlite3.Connection, scan_id: ScanId) -> float:
    row = connection.execute("SELECT asked_at FROM scans WHERE scan_id = ?", (scan_id,)).fetchone()
    return 0.0 if row is None else float(row[0])


def _decoded_head(blob: bytes, asked_at: float, clocks: BothClocks) -> tuple[Observation, ...]:
    to_clock = _to_clock(asked_at, clocks)
    return tuple(moved(observation, to_clock) for observation in decoded_head(blob))


def _to_clock(newest_at: float, clocks: BothClocks) -> Callable[[float], float]:
    """How the moments of one scan are told by our clock, in their order, none in the future."""
    excess_s = clocks.excess_s(newest_at)
    return lambda at: clocks.to_clock(at - excess_s)
