"""Reads what earlier sessions left in the history. Blocking: for the thread of its connection."""

import logging
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from math import isfinite
from types import NoneType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import InboxLine, ToldRecord
from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed, Observation
from heimdall_desktop.domain.facts.past import KeptHistory, PastScan
from heimdall_desktop.domain.facts.seen_changes import Reading
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.facts.snooze import (
    CONFIRMATIONS,
    LONGEST,
    WITHDRAWN_RANK,
    KeptSnooze,
    Snooze,
)
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

log = logging.getLogger("heimdall.history")

_GET_SCANS = "SELECT scan_id, server, asked_at, head FROM scans"
_GET_ASKED_AT = "SELECT asked_at FROM scans WHERE scan_id = ?"
_GET_LINES = "SELECT key, line FROM inbox ORDER BY raised_at, rowid"
_GET_TOLD = "SELECT scan_id, finding_id, fingerprint FROM told"
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
_GET_SNOOZES = """
    SELECT scan_id, finding_id, until, rank, confirmation
    FROM snoozes JOIN scans ON scans.id = snoozes.scan
"""
_GET_TIMES = "SELECT server, repo_id, scan_id, ended_at, stage, duration_s FROM stage_times"


class Past(Struct, frozen=True):
    """What earlier sessions knew, but for the findings of the scans and their logs.

    Attributes:
        lines: of the inbox, oldest first.
        times: how long the stages of completed scans took, also of scans watched no longer.
        snoozes: of findings, also of those whose time has come meanwhile.
    """

    scans: tuple[PastScan, ...] = ()
    told: tuple[ToldRecord, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    times: tuple[ScanTimes, ...] = ()
    snoozes: tuple[KeptSnooze, ...] = ()


class RowsPage(Struct, frozen=True):
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
    scans = _found(connection, _GET_SCANS, (), str, str, float, bytes)
    lines = _found(connection, _GET_LINES, (), str, bytes)
    told = _found(connection, _GET_TOLD, (), str, str, str)
    return Past(
        tuple(
            PastScan(url, ScanId(scan_id), _decoded_head(head, asked_at, clocks))
            for scan_id, server, asked_at, head in scans
            if (url := _server(server)) is not None
        ),
        tuple(ToldRecord(*row) for row in told),
        tuple(
            replace(line, key=key)
            for key, blob in lines
            if (line := decoded_line(blob)) is not None
        ),
        read_times(connection),
        _snoozes(connection, clocks),
    )


def read_rows(
    connection: sqlite3.Connection, scan_id: ScanId, after: str, count: int, clocks: BothClocks
) -> RowsPage:
    """Read some findings of a scan, those behind a place.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    kinds = (str, float, bytes, (bytes, NoneType))
    found = _found(connection, _GET_ROWS, (scan_id, after, count), *kinds)
    if not all(one[0] < two[0] for one, two in pairwise([(after,), *found])):
        raise sqlite3.DatabaseError("its rows have no order")  # it would be read without an end
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
    kinds = (str, str, str, float, str, float)
    for *scan, stage, duration_s in _found(connection, _GET_TIMES, (), *kinds):
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


def _snoozes(connection: sqlite3.Connection, clocks: BothClocks) -> tuple[KeptSnooze, ...]:
    """Read what is snoozed; what this program would not have written hides nothing.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    latest = clocks.wall_s + LONGEST.total_seconds()
    found = _found(connection, _GET_SNOOZES, (), str, str, float, int, int)
    sound = [
        KeptSnooze(
            ScanId(scan_id),
            FindingId(finding_id),
            Snooze(kept_moment(until), rank, confirmation),
        )
        for scan_id, finding_id, until, rank, confirmation in found
        if 0 <= until <= latest and 0 <= rank <= WITHDRAWN_RANK and confirmation in CONFIRMATIONS
    ]
    if len(sound) < len(found):
        log.warning("%d invalid snoozes ignored", len(found) - len(sound))
    return tuple(sound)


def read_threat_model(connection: sqlite3.Connection, scan_id: ScanId) -> KeptThreatModel | None:
    """Read the threat model of a scan; None if none was kept, or none that makes sense.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    for read_at, blob in _found(connection, _GET_THREAT_MODEL, (scan_id,), float, bytes):
        if (model := decoded_threat_model(blob)) is not None:
            return KeptThreatModel(replace(model, scan_id=scan_id), kept_moment(read_at))
    return None


def read_size(connection: sqlite3.Connection) -> KeptHistory:
    """Return how much is kept.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    [[scans, findings, pages, page_bytes]] = connection.execute(
        "SELECT (SELECT COUNT(*) FROM scans), (SELECT COUNT(*) FROM findings), page_count, "
        "page_size FROM pragma_page_count, pragma_page_size"
    )
    return KeptHistory(int(scans), int(findings), int(pages * page_bytes))


def read_activities(connection: sqlite3.Connection, scan_id: ScanId) -> tuple[Activity, ...]:
    """Read the log of a scan.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    blobs = _found(connection, _GET_ACTIVITIES, (scan_id,), bytes)
    return tuple(line for (blob,) in blobs if (line := decoded_activity(blob)) is not None)


def _found(
    connection: sqlite3.Connection,
    query: str,
    values: tuple[object, ...],
    *kinds: type | tuple[type, ...],
) -> list[tuple[Any, ...]]:
    """All rows of a query, each value of the kind that is due: a damaged page may hold any.

    Raises:
        sqlite3.Error: they cannot be read, or are others.
    """
    rows = connection.execute(query, values).fetchall()
    if not all(all(map(isinstance, row, kinds)) for row in rows):
        raise sqlite3.DatabaseError("its rows hold values of other kinds")
    return rows


def _server(address: str) -> ServerUrl | None:
    try:
        return server_url(address)
    except LinkError:
        return None


def _seen(
    finding: Finding, blob: bytes | None
) -> tuple[tuple[FindingId, tuple[Reading, ...]], ...]:
    readings = decoded_readings(blob)
    return ((finding.id, readings),) if readings else ()


def _asked_at(connection: sqlite3.Connection, scan_id: ScanId) -> float:
    found = _found(connection, _GET_ASKED_AT, (scan_id,), float)
    return max([asked_at for (asked_at,) in found], default=0.0)


def _decoded_head(blob: bytes, asked_at: float, clocks: BothClocks) -> tuple[Observation, ...]:
    to_clock = _to_clock(asked_at, clocks)
    return tuple(moved(observation, to_clock) for observation in decoded_head(blob))


def _to_clock(newest_at: float, clocks: BothClocks) -> Callable[[float], float]:
    """How the moments of one scan are told by our clock, in their order, none in the future."""
    excess_s = clocks.excess_s(newest_at)
    return lambda at: clocks.to_clock(at - excess_s)
