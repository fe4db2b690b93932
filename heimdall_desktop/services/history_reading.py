"""Reads earlier sessions' data from the history. Blocking: for its connection's thread."""

import logging
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import isfinite
from types import MappingProxyType, NoneType
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from heimdall_desktop.domain.alerts.alert import InboxLine, ToldRecord
from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.finding import (
    DERIVED_FIELDS,
    SNOOZE_FIELDS,
    Finding,
    FindingId,
    RepoId,
    ScanId,
)
from heimdall_desktop.domain.facts.observation import (
    Activity,
    EndSeen,
    FindingsListed,
    GapsSeen,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanRead,
    Settled,
    SourceSeen,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.past import KeptHistory, PastScan
from heimdall_desktop.domain.facts.readings import Reading
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.facts.snooze import (
    CONFIRMATIONS,
    LONGEST,
    WITHDRAWN_RANK,
    KeptSnooze,
    Snooze,
)
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.services.envelope import within_reach
from heimdall_desktop.services.history_moments import BothClocks, kept_moment, moved, within

# Converts history entries to bytes and back, so that other versions of the program can read them.
#
# Fields are matched by name: a new one takes its default, an unknown one is skipped, and a row that
# is no longer readable is skipped as a whole. None of this is ever an error.


T = TypeVar("T")

_HEAD_KINDS: Mapping[str, type[Observation]] = {
    kind.__name__: kind
    for kind in (
        ScanRead,
        RepoRead,
        LiveRead,
        SourceSeen,
        StageSeen,
        StatusSeen,
        EndSeen,
        GapsSeen,
        ListingEnded,
        Settled,
    )
}
#: The fields that define a finding, with the value that need not be written; others come after.
_MADE_OF = [field for field in fields(Finding) if field.name not in DERIVED_FIELDS | SNOOZE_FIELDS]
KeptFinding = msgspec.defstruct(
    "KeptFinding",
    [
        (each.name, each.type) if each.required else (each.name, each.type, each.default)
        for each in _MADE_OF
    ],
)
#: The positions of the few texts that thousands of findings share.
_SHARED = {
    number
    for number, name in enumerate(each.name for each in _MADE_OF)
    if name in ("scan_id", "repo_id", "file_path", "cwe_text", "fix_type") or name.endswith("_text")
}
_MOMENTS = [number for number, each in enumerate(_MADE_OF) if each.type is datetime]
_MANIFEST = [each.name for each in _MADE_OF].index("manifest")


def plain(value: object) -> object:
    """Return the written form of a value that msgspec does not know."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise NotImplementedError(type(value).__name__)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=plain)
_FINDING = msgspec.msgpack.Decoder(KeptFinding)
_ACTIVITY = msgspec.msgpack.Decoder(Activity)
_LINE = msgspec.msgpack.Decoder(InboxLine)
_READINGS = msgspec.msgpack.Decoder(
    list[tuple[Annotated[datetime, msgspec.Meta(tz=True)], str, str, str, bool]]
)
_THREAT_MODEL = msgspec.msgpack.Decoder(ThreatModel)
_HEAD = msgspec.msgpack.Decoder(list[tuple[str, msgspec.Raw]])
#: Errors that decoding may raise for bytes from any writer.
_NONSENSE = (msgspec.MsgspecError, ValueError, TypeError, RecursionError)


def encoded(value: Activity | InboxLine | ThreatModel) -> bytes | None:
    """Return a value as bytes; None if it contains a text that cannot be written."""
    return _bytes(value)


def told_of(finding: Finding) -> dict[str, object]:
    """Return the fields of a finding, without those that follow from others."""
    return {
        each.name: value
        for each in _MADE_OF
        if (value := getattr(finding, each.name)) is not each.default and value != each.default
    }


def encoded_finding(finding: Finding) -> bytes | None:
    """Return a finding as bytes, without fields that follow from others."""
    return _bytes(told_of(finding))


def encoded_readings(readings: Sequence[Reading]) -> bytes | None:
    """Return the earlier readings of a row as bytes; None if it never changed."""
    return _bytes(readings) if readings else None


def encoded_head(head: Iterable[Observation]) -> bytes | None:
    """Return observations as bytes."""
    return _bytes([(type(observation).__name__, observation) for observation in head])


def decoded_finding(blob: bytes) -> Finding | None:
    """Return the finding in some bytes, None if they are unreadable."""
    kept = _decoded(_FINDING, blob)
    return None if kept is None else finding_of(kept)


def finding_of(kept: msgspec.Struct) -> Finding:
    """Return the finding of a `KeptFinding`."""
    values = list(msgspec.structs.astuple(kept))
    for number in _MOMENTS:
        values[number] = within_reach(values[number])
    for number in _SHARED:
        if values[number] is not None:
            values[number] = sys.intern(values[number])
    if values[_MANIFEST] is not None:
        values[_MANIFEST] = MappingProxyType(values[_MANIFEST])
    return Finding(*values)


def decoded_readings(blob: bytes | None) -> tuple[Reading, ...]:
    """Return the earlier readings of a row in some bytes; nothing if they are unreadable."""
    kept = _decoded(_READINGS, blob) if blob else None
    return within(tuple(kept)) if kept else ()


def decoded_activity(blob: bytes) -> Activity | None:
    """Return the line of the server's log in some bytes, None if they are unreadable."""
    return within(_decoded(_ACTIVITY, blob))


def decoded_line(blob: bytes) -> InboxLine | None:
    """Return the line of the inbox in some bytes, None if they are unreadable."""
    return within(_decoded(_LINE, blob))


def decoded_threat_model(blob: bytes) -> ThreatModel | None:
    """Return the threat model in some bytes, None if they are unreadable."""
    return within(_decoded(_THREAT_MODEL, blob))


def decoded_head(blob: bytes) -> tuple[Observation, ...]:
    """Return the observations in some bytes that this version can read."""
    entries = _decoded(_HEAD, blob) or []
    known = ((_HEAD_KINDS.get(name), raw) for name, raw in entries)
    read = (_decoded(msgspec.msgpack.Decoder(kind), bytes(raw)) for kind, raw in known if kind)
    return tuple(within(observation) for observation in read if observation is not None)


def _bytes(value: Any) -> bytes | None:
    try:
        return _ENCODER.encode(value)
    except (UnicodeError, msgspec.MsgspecError, OverflowError, ValueError):
        return None


def _decoded(decoder: "msgspec.msgpack.Decoder[T]", blob: bytes) -> T | None:
    try:
        return decoder.decode(blob)
    except _NONSENSE:
        return None


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
    """What earlier sessions knew, without the findings of the scans and their logs.

    Attributes:
        lines: of the inbox, oldest first.
        times: durations of the stages of completed scans, also of scans no longer watched.
        snoozes: of findings, also of those that have expired since.
    """

    scans: tuple[PastScan, ...] = ()
    told: tuple[ToldRecord, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    times: tuple[ScanTimes, ...] = ()
    snoozes: tuple[KeptSnooze, ...] = ()


class RowsPage(Struct, frozen=True):
    """Findings of one scan.

    Attributes:
        last: where the next page starts; None if this is the last one.
        unreadable: rows of this page that this version cannot read.
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
    records = _found(connection, _GET_TOLD, (), str, str, str)
    return Past(
        tuple(
            PastScan(url, ScanId(scan_id), _decoded_head(head, asked_at, clocks))
            for scan_id, server, asked_at, head in scans
            if (url := _server(server)) is not None
        ),
        tuple(ToldRecord(*row) for row in records),
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
    """Read some findings of a scan, those after a position.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    kinds = (str, float, bytes, (bytes, NoneType))
    found = _found(connection, _GET_ROWS, (scan_id, after, count), *kinds)
    if not all(one[0] < two[0] for one, two in pairwise([(after,), *found])):
        raise sqlite3.DatabaseError("its rows have no order")  # it would be read without end
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
    """Read the durations of stages of completed scans, without invalid ones.

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
    """Read the snoozes; those that this program would not have written hide nothing.

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
    """Read the threat model of a scan; None if none is stored or readable.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    for read_at, blob in _found(connection, _GET_THREAT_MODEL, (scan_id,), float, bytes):
        if (model := decoded_threat_model(blob)) is not None:
            return KeptThreatModel(replace(model, scan_id=scan_id), kept_moment(read_at))
    return None


def read_size(connection: sqlite3.Connection) -> KeptHistory:
    """Return the size of the stored history.

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
    """Return all rows of a query, with checked types: a damaged page may contain any.

    Raises:
        sqlite3.Error: they cannot be read, or have other types.
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
    """Return the function that converts one scan's moments to our clock, in order, none future."""
    excess_s = clocks.excess_s(newest_at)
    return lambda at: clocks.to_clock(at - excess_s)
