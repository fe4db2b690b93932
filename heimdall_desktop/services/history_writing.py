"""Writes new data into the tables of the history. Blocking: for its connection's thread."""

import sqlite3
from collections.abc import Callable, Iterable

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, InboxLine, ToldRecord
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.past import PastScan
from heimdall_desktop.domain.facts.snooze import KeptSnooze
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import MOST_SCANS, ScanTimes
from heimdall_desktop.services.history_moments import BothClocks, moved
from heimdall_desktop.services.history_reading import (
    decoded_line,
    encoded,
    encoded_finding,
    encoded_head,
    encoded_readings,
)

#: Changes bytes before they are written.
Mask = Callable[[bytes], bytes]

OLD_S = 30 * 86_400.0
OLD_TIMES_S = 365 * 86_400.0  # a repository not scanned for a year counts as another one
THREAT_MODEL_BYTES = 2_000_000  # a larger one is read from the server only
FREED_PAGES = 5000  # maximum released at once; the rest will be used again

#: The newer answer stays, of any instance; a future one is from a clock that was set back.
_IF_NEWER = "WHERE excluded.asked_at >= asked_at OR asked_at > :now"
_PUT_HEAD = f"""
    INSERT INTO scans (scan_id, server, asked_at, head) VALUES (:scan_id, :server, :asked, :head)
    ON CONFLICT (scan_id) DO UPDATE
    SET server = excluded.server, asked_at = excluded.asked_at, head = excluded.head
    {_IF_NEWER}
"""  # noqa: S608 - of constants
_PUT_FIRST_HEAD = """
    INSERT OR IGNORE INTO scans (scan_id, server, asked_at, head)
    VALUES (:scan_id, :server, :asked, :head)
"""
_PUT_FINDING = f"""
    INSERT INTO findings (scan, finding_id, asked_at, finding, readings)
    VALUES (:scan, :id, :asked, :blob, :readings)
    ON CONFLICT (scan, finding_id) DO UPDATE
    SET asked_at = excluded.asked_at, finding = excluded.finding, readings = excluded.readings
    {_IF_NEWER}
"""  # noqa: S608 - of constants
_PUT_ACTIVITY = "INSERT OR IGNORE INTO activities (scan, key, activity) VALUES (?, ?, ?)"
_PUT_TOLD = "INSERT OR REPLACE INTO told (scan_id, finding_id, fingerprint) VALUES (?, ?, ?)"
_DROP_OF_SCAN = "DELETE FROM {table} WHERE scan = (SELECT id FROM scans WHERE scan_id = ?)"
_PUT_THREAT_MODEL = """
    INSERT OR REPLACE INTO threat_models (scan, read_at, model)
    SELECT id, ?, ? FROM scans WHERE scan_id = ?
"""
_DROP_SNOOZE = """
    DELETE FROM snoozes
    WHERE scan = (SELECT id FROM scans WHERE scan_id = ?) AND finding_id = ?
"""
_PUT_SNOOZE = """
    INSERT OR REPLACE INTO snoozes (scan, finding_id, until, rank, confirmation)
    SELECT id, ?, ?, ?, ? FROM scans WHERE scan_id = ?
"""
_PUT_LINE = """
    INSERT INTO inbox (key, raised_at, line) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET line = excluded.line
"""
_DROP_TIMES = "DELETE FROM stage_times WHERE server = ? AND repo_id = ? AND scan_id = ?"
_PUT_TIME = "INSERT OR REPLACE INTO stage_times VALUES (?, ?, ?, ?, ?, ?)"
_TRIM_TIMES = """
    DELETE FROM stage_times WHERE server = ? AND repo_id = ? AND scan_id NOT IN (
        SELECT scan_id FROM stage_times WHERE server = ? AND repo_id = ?
        GROUP BY scan_id ORDER BY max(ended_at) DESC LIMIT ?
    )
"""


class Batch(Struct, frozen=True):
    """Data that is written together or not at all, in this order.

    Attributes:
        forgotten: scans to forget with all their data.
        emptied: scans whose findings and threat models are to be forgotten.
        scans: new data of scans.
        told: findings that the user is about to be notified of.
        lines: lines of the inbox, new or changed.
        times: durations of the stages of completed scans; they outlive their scans.
        threat_models: of scans that are in the file or in this batch.
        snoozes: of findings of such scans.
    """

    forgotten: tuple[ScanId, ...] = ()
    emptied: tuple[ScanId, ...] = ()
    scans: tuple[PastScan, ...] = ()
    told: tuple[ToldRecord, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    times: tuple[ScanTimes, ...] = ()
    threat_models: tuple[KeptThreatModel, ...] = ()
    snoozes: tuple[KeptSnooze, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        new = (self.scans, self.told, self.lines, self.times, self.threat_models, self.snoozes)
        return not (self.forgotten or self.emptied or any(new))


class _WrittenScan(Struct):
    """A scan in the form that is written into the tables."""

    past: PastScan
    asked_at: float
    head: bytes
    findings: list[dict[str, object]] = field(default_factory=list)
    activities: list[tuple[str, bytes]] = field(default_factory=list)


def write(
    connection: sqlite3.Connection, batch: Batch, clocks: BothClocks, mask: Mask = bytes
) -> frozenset[ScanId]:
    """Write a batch in one transaction.

    Args:
        connection: to a history of this version.
        batch: what to write.
        clocks: as they are now.
        mask: overwrites secrets that must be in no file, and keeps the length.

    Returns:
        The scans of the batch that the file did not contain before.

    Raises:
        sqlite3.Error: nothing was written.
    """
    seen = [past for past in batch.scans if past.asked_at_s is not None]
    scans = [_encoded_scan(past, clocks, mask) for past in seen]
    lines = [
        (_text(line.key, mask), line.raised_at.timestamp(), mask(blob))
        for line in batch.lines
        if (blob := encoded(line)) is not None
    ]
    rows = [
        (each.scan_id, _text(each.finding_id, mask), _text(each.fingerprint, mask))
        for each in batch.told
    ]
    models = [
        (kept.read_at.timestamp(), mask(blob), kept.model.scan_id)
        for kept in batch.threat_models
        if (blob := encoded(kept.model)) is not None and len(blob) <= THREAT_MODEL_BYTES
    ]
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for scan_id in batch.forgotten:
            connection.execute("DELETE FROM scans WHERE scan_id = ?", (scan_id,))
            connection.execute("DELETE FROM told WHERE scan_id = ?", (scan_id,))
        for scan_id in batch.emptied:
            for table in ("findings", "threat_models"):
                connection.execute(_DROP_OF_SCAN.format(table=table), (scan_id,))
        missing = [scan.past.scan_id for scan in scans if _write_scan(connection, scan, clocks)]
        connection.executemany(_PUT_TOLD, rows)
        connection.executemany(_PUT_LINE, lines)
        if lines:
            _drop_surplus_lines(connection)
        for times in batch.times:
            _write_times(connection, times, mask)
        connection.executemany(_PUT_THREAT_MODEL, models)
        _write_snoozes(connection, batch.snoozes, mask)
    if batch.forgotten or batch.emptied:
        # As a script: `execute` takes only one step, which releases one page.
        connection.executescript(f"PRAGMA incremental_vacuum({FREED_PAGES})")
    return frozenset(missing)


def _drop_surplus_lines(connection: sqlite3.Connection) -> None:
    """Keep `LINE_LIMIT` lines: drop read ones first, then those that aren't critical."""
    [(count,)] = connection.execute("SELECT count(*) FROM inbox")
    if count <= LINE_LIMIT:
        return
    rows = connection.execute("SELECT key, line FROM inbox ORDER BY raised_at, rowid").fetchall()
    lines = ((key, decoded_line(blob)) for key, blob in rows)
    worth = [(0 if line is None else line.worth, key) for key, line in lines]
    worth.sort(key=lambda each: each[0])
    surplus = [(key,) for _, key in worth[: count - LINE_LIMIT]]
    connection.executemany("DELETE FROM inbox WHERE key = ?", surplus)


def forget_old(
    connection: sqlite3.Connection,
    kept: Iterable[ScanId],
    clocks: BothClocks,
    keep_s: float = OLD_S,
) -> frozenset[ScanId]:
    """Forget scans that are no longer on the board and were not requested for a long time.

    Args:
        connection: to a history of this version.
        kept: the scans on the board.
        clocks: as they are now.
        keep_s: that time in seconds.

    Returns:
        The forgotten scans.

    Raises:
        sqlite3.Error: nothing was forgotten.
    """
    connection.execute("DELETE FROM stage_times WHERE ended_at < ?", (clocks.wall_s - OLD_TIMES_S,))
    limit = clocks.wall_s - keep_s
    found = connection.execute("SELECT scan_id FROM scans WHERE asked_at < ?", (limit,)).fetchall()
    return _forget(connection, {ScanId(scan_id) for (scan_id,) in found} - set(kept), clocks)


def forget_all(
    connection: sqlite3.Connection, kept: Iterable[ScanId], clocks: BothClocks
) -> frozenset[ScanId]:
    """Forget all scans that are not on the board, and stage durations; release their space.

    Returns:
        The forgotten scans.

    Raises:
        sqlite3.Error: not everything is done; the finished part stays.
    """
    connection.execute("DELETE FROM stage_times")
    found = connection.execute("SELECT scan_id FROM scans").fetchall()
    forgotten = _forget(connection, {ScanId(scan_id) for (scan_id,) in found} - set(kept), clocks)
    connection.executescript("PRAGMA incremental_vacuum")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return forgotten


def _forget(
    connection: sqlite3.Connection, scan_ids: set[ScanId], clocks: BothClocks
) -> frozenset[ScanId]:
    if scan_ids:
        write(connection, Batch(forgotten=tuple(scan_ids)), clocks)
    return frozenset(scan_ids)


def _write_times(connection: sqlite3.Connection, times: ScanTimes, mask: Mask) -> None:
    """Write the times of a scan in place of earlier ones, and remove the oldest scans'."""
    repo = (times.server, _text(times.repo_id, mask))
    scan = (*repo, _text(times.scan_id, mask))
    ended_at = times.ended_at.timestamp()
    connection.execute(_DROP_TIMES, scan)
    connection.executemany(
        _PUT_TIME,
        ((*scan, _text(stage, mask), ended_at, took_s) for stage, took_s in times.durations_s),
    )
    connection.execute(_TRIM_TIMES, (*repo, *repo, MOST_SCANS))


def _write_snoozes(
    connection: sqlite3.Connection, snoozes: Iterable[KeptSnooze], mask: Mask
) -> None:
    for each in snoozes:
        finding_id, snooze = _text(each.finding_id, mask), each.snooze
        if snooze is None:
            connection.execute(_DROP_SNOOZE, (each.scan_id, finding_id))
        else:
            values = (snooze.until.timestamp(), snooze.rank, snooze.confirmation)
            connection.execute(_PUT_SNOOZE, (finding_id, *values, each.scan_id))


def _text(text: str, mask: Mask) -> str:
    return mask(text.encode("utf-8", "replace")).decode()


def _encoded_scan(past: PastScan, clocks: BothClocks, mask: Mask) -> _WrittenScan:
    observations = past.opening() if past.is_partial else iter(past.head)
    head = encoded_head(moved(observation, clocks.to_wall) for observation in observations)
    asked_at_s = past.asked_at_s
    asked_at = clocks.wall_s if asked_at_s is None else clocks.to_wall(asked_at_s)
    written = _WrittenScan(past, asked_at, mask(head or b""))
    for listed in past.rows:
        at, seen = clocks.to_wall(listed.asked_at_s), dict(listed.seen_before)
        for finding in listed.findings:
            blob = encoded_finding(finding)
            if blob is not None:
                readings = encoded_readings(seen.get(finding.id, ()))
                row = {"id": _text(finding.id, mask), "asked": at, "blob": mask(blob)}
                written.findings.append({**row, "readings": readings and mask(readings)})
    for activity in past.activities:
        line = encoded(activity)
        if line is not None:
            written.activities.append((_text(activity.key, mask), mask(line)))
    return written


def _write_scan(connection: sqlite3.Connection, scan: _WrittenScan, clocks: BothClocks) -> bool:
    """Write the new data of a scan; return whether the file had nothing of it."""
    scan_id, server = scan.past.scan_id, scan.past.server
    found = connection.execute("SELECT server FROM scans WHERE scan_id = ?", (scan_id,)).fetchone()
    if found not in (None, (server,)):
        return False  # another program on this file keeps a scan of another server by this id
    is_missing = found is None
    connection.execute(
        _PUT_FIRST_HEAD if scan.past.is_partial else _PUT_HEAD,
        {
            "scan_id": scan_id,
            "server": server,
            "asked": scan.asked_at,
            "head": scan.head,
            "now": clocks.wall_s,
        },
    )
    number = _number_of(connection, scan_id)
    more = {"scan": number, "now": clocks.wall_s}
    connection.executemany(_PUT_FINDING, ({**row, **more} for row in scan.findings))
    connection.executemany(_PUT_ACTIVITY, ((number, *line) for line in scan.activities))
    return is_missing


def _number_of(connection: sqlite3.Connection, scan_id: ScanId) -> int | None:
    row = connection.execute("SELECT id FROM scans WHERE scan_id = ?", (scan_id,)).fetchone()
    return None if row is None else int(row[0])
