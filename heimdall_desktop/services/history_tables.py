"""Reads and writes the tables of the history. Blocking: for its connection's thread.

A scan is kept as facts, which are folded again to restore it. Moments of our monotonic clock are
converted to wall-clock seconds, which outlive the session. A row that is unreadable is skipped.
"""

import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from math import isfinite
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, InboxLine, NotifiedRecord
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts import snooze
from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed, Observation
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.facts.recorded import KeptHistory, PastScan, for_later_session
from heimdall_desktop.domain.facts.seen import KeptSeen, SeenState
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.domain.pairing import KEY_BYTES, KeptDecision, Owner, Trace
from heimdall_desktop.domain.proposals import DECIDED
from heimdall_desktop.domain.stages.stage_times import MOST_SCANS, ScanTimes
from heimdall_desktop.services import fact_codec
from heimdall_desktop.services.envelope import Latest, within_reach

#: Overwrites secrets that must be in no file, and keeps the length.
Mask = Callable[[bytes], bytes]

OLD_S = 30 * 86_400.0
OLD_TIMES_S = 365 * 86_400.0  # a repository not scanned for a year counts as another one
OLD_DECISIONS_S = 365 * 86_400.0
DECISIONS_LIMIT = 50_000  # of one repository; the newest stay
THREAT_MODEL_BYTES = 2_000_000  # a larger one is read from the server only
FREED_PAGES = 5000  # maximum released at once; the rest will be used again
FINDING, ACTIVITY, THREAT_MODEL, SNOOZE = "finding", "activity", "threat_model", "snooze"
SEEN = "seen"
_LATEST_S = Latest.timestamp()
_LISTED = FindingsListed.__name__

_SCAN = "(SELECT id FROM scans WHERE scan_id = ?)"
_GET_ROWS = f"""
    SELECT key, at, fact FROM facts WHERE scan = {_SCAN} AND kind = '{FINDING}' AND key > ?
    ORDER BY key LIMIT ?
"""  # noqa: S608 - of constants
_GET_FACTS = f"SELECT at, fact FROM facts WHERE scan = {_SCAN} AND kind = ?"  # noqa: S608
_GET_SEEN = f"SELECT key, fact FROM facts WHERE scan = {_SCAN} AND kind = '{SEEN}'"  # noqa: S608
_GET_SNOOZES = f"""
    SELECT scan_id, key, fact FROM scans CROSS JOIN facts
    WHERE facts.scan = scans.id AND kind = '{SNOOZE}'
"""  # noqa: S608 - of constants
_GET_TIMES = "SELECT server, repo_id, scan_id, ended_at, stage, duration_s FROM stage_times"

#: The newer answer stays, of any instance; a future one is from a clock that was set back.
_PUT_HEAD = """
    INSERT INTO scans (scan_id, server, asked_at, head) VALUES (:scan_id, :server, :asked, :head)
    ON CONFLICT (scan_id) DO UPDATE SET asked_at = excluded.asked_at, head = excluded.head
    WHERE NOT :is_partial AND (excluded.asked_at >= asked_at OR asked_at > :now)
"""
_PUT_FACT = """
    INSERT INTO facts (scan, kind, key, at, fact)
    SELECT id, :kind, :key, :at, :fact FROM scans WHERE scan_id = :scan_id
    ON CONFLICT (scan, kind, key) DO UPDATE SET at = excluded.at, fact = excluded.fact
    WHERE excluded.at >= at OR at > :now
"""
_DROP_ROWS = f"DELETE FROM facts WHERE scan = {_SCAN} AND kind IN ('{FINDING}', '{THREAT_MODEL}')"  # noqa: S608
_DROP_SNOOZE = f"DELETE FROM facts WHERE scan = {_SCAN} AND kind = '{SNOOZE}' AND key = ?"  # noqa: S608
_PUT_LINE = """
    INSERT INTO inbox (key, raised_at, line) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET line = excluded.line
"""
_TRIM_TIMES = """
    DELETE FROM stage_times WHERE server = ? AND repo_id = ? AND scan_id NOT IN (
        SELECT scan_id FROM stage_times WHERE server = ? AND repo_id = ?
        GROUP BY scan_id ORDER BY max(ended_at) DESC LIMIT ?
    )
"""

_OWNER = "server = ? AND account = ? AND repo = ?"
_GET_DECISIONS = f"""
    SELECT finding, place, code, is_unique, status, severity, reason, was, was_proven, at, scan_at,
    is_here, is_rejection FROM decisions WHERE {_OWNER} ORDER BY at DESC LIMIT ?
"""  # noqa: S608 - of constants
_DROP_DECISION = f"DELETE FROM decisions WHERE {_OWNER} AND finding = ?"  # noqa: S608
_TRIM_DECISIONS = f"""
    DELETE FROM decisions WHERE {_OWNER} AND finding NOT IN (
        SELECT finding FROM decisions WHERE {_OWNER} ORDER BY at DESC LIMIT ?
    )
"""  # noqa: S608 - of constants

_REASONS = {reason.value: reason for reason in Reason}

log = logging.getLogger("heimdall.history")


class BothClocks(Struct, frozen=True):
    """Both clocks at one moment. The wall clock may be set, so read it each time."""

    wall_s: float
    clock_s: float

    @classmethod
    def read(cls, now: Callable[[], datetime], clock: Callable[[], float]) -> Self:
        return cls(now().timestamp(), clock())

    def to_wall(self, at_s: float) -> float:
        """Return a monotonic moment as wall-clock seconds."""
        return self.wall_s - (self.clock_s - at_s)

    def to_clock(self, wall_s: float) -> float:
        """Return wall-clock seconds as a monotonic moment, never in the future.

        It is below 0 if it is before the machine started.
        """
        return min(self.clock_s - (self.wall_s - kept_s(wall_s)), self.clock_s)

    def excess_s(self, wall_s: float) -> float:
        """Return how far a moment is in the future, because the clock was set back; else 0."""
        return max(kept_s(wall_s) - self.wall_s, 0.0)


def kept_s(wall_s: float) -> float:
    """Return wall-clock seconds of the history, moved into range; NaN becomes the minimum."""
    return min(max(0.0, wall_s), _LATEST_S)  # in this order for NaN


def kept_moment(wall_s: float) -> datetime:
    return within_reach(datetime.fromtimestamp(kept_s(wall_s), UTC))


class Batch(Struct, frozen=True):
    """Data that is written together or not at all, in this order.

    Attributes:
        forgotten: scans to forget with all their data.
        emptied: scans whose findings and threat models are to be forgotten.
        scans: new data of scans.
        notified: findings that the user is about to be notified of.
        lines: lines of the inbox, new or changed.
        times: durations of the stages of completed scans; they outlive their scans.
        threat_models: of scans that are in the file or in this batch.
        snoozes: of findings of such scans.
        seen: what was seen of findings of such scans.
        decisions: they outlive their scans; those that are open again are deleted.
    """

    forgotten: tuple[ScanId, ...] = ()
    emptied: tuple[ScanId, ...] = ()
    scans: tuple[PastScan, ...] = ()
    notified: tuple[NotifiedRecord, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    times: tuple[ScanTimes, ...] = ()
    threat_models: tuple[KeptThreatModel, ...] = ()
    snoozes: tuple[snooze.KeptSnooze, ...] = ()
    seen: tuple[KeptSeen, ...] = ()
    decisions: tuple[KeptDecision, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in self.__struct_fields__)


class Past(Struct, frozen=True):
    """What earlier sessions knew, without the findings of the scans and their logs.

    Attributes:
        notified: events of scans; there are far more of findings, which are read separately.
        lines: of the inbox, oldest first.
        times: durations of the stages of completed scans, also of scans no longer watched.
        snoozes: of findings, also of those that have expired since.
    """

    scans: tuple[PastScan, ...] = ()
    notified: tuple[NotifiedRecord, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    times: tuple[ScanTimes, ...] = ()
    snoozes: tuple[snooze.KeptSnooze, ...] = ()


class RowsPage(Struct, frozen=True):
    """Findings of one scan.

    Attributes:
        rows: the findings that were requested at the same moment are one answer.
        last: where the next page starts; None if this is the last one.
        unreadable: rows of this page that this version cannot read.
    """

    rows: tuple[FindingsListed, ...]
    last: str | None
    unreadable: int = 0


# -- reading; each function raises sqlite3.Error if the file cannot be read --


def read(connection: sqlite3.Connection, clocks: BothClocks) -> Past:
    """Read everything but findings, logs and threat models."""
    scans, query = [], "SELECT scan_id, server, asked_at, head FROM scans"
    for scan_id, server, asked_at, head in _found(connection, query, (), str, str, float, bytes):
        try:
            url = server_url(server)
        except LinkError:
            continue
        to_clock = _to_clock(asked_at, clocks)
        facts = [
            fact_codec.moved(kept, to_clock)
            for fact in fact_codec.decode_facts(head)
            if isinstance(fact, Observation) and (kept := for_later_session(fact)) is not None
        ]
        scans.append(PastScan(url, ScanId(scan_id), to_clock(asked_at), tuple(facts)))
    notified = tuple(_notified(connection, "IN"))
    query = "SELECT key, line FROM inbox ORDER BY raised_at, rowid"
    lines = tuple(
        replace(line, key=key)
        for key, blob in _found(connection, query, (), str, bytes)
        if (line := fact_codec.decode_or_none(InboxLine, blob)) is not None
    )
    return Past(
        tuple(scans), notified, lines, _times(connection), tuple(_snoozes(connection, clocks))
    )


def read_notified(connection: sqlite3.Connection) -> list[NotifiedRecord]:
    """Read which findings were reported, by which events."""
    return _notified(connection, "NOT IN")


def _notified(connection: sqlite3.Connection, operator: str) -> list[NotifiedRecord]:
    """Return the records of scans (`IN`), which have the word of an event for an id, or others."""
    words = tuple(event.value for event in Event)
    marks = ", ".join("?" * len(words))
    columns = "SELECT scan_id, finding_id, fingerprint FROM notified"
    query = f"{columns} WHERE finding_id {operator} ({marks})"
    return list(map(NotifiedRecord._make, _found(connection, query, words, str, str, str)))


def read_rows(
    connection: sqlite3.Connection, scan_id: ScanId, after: str, count: int, clocks: BothClocks
) -> RowsPage:
    """Read some findings of a scan, those after a position."""
    found = _found(connection, _GET_ROWS, (scan_id, after, count), str, float, bytes)
    if not all(one[0] < two[0] for one, two in pairwise([(after,), *found])):
        raise sqlite3.DatabaseError("its rows have no order")  # it would be read without end
    query = "SELECT asked_at FROM scans WHERE scan_id = ?"
    newest = max([at for (at,) in _found(connection, query, (scan_id,), float)], default=0.0)
    answers: dict[float, list[FindingsListed]] = {}
    for _, at, blob in found:
        try:
            fact = fact_codec.decode_fact(_LISTED, blob)
        except fact_codec.UNREADABLE:
            continue
        if isinstance(fact, FindingsListed):
            answers.setdefault(at, []).append(fact)
    to_clock = _to_clock(newest, clocks)
    rows = tuple(
        FindingsListed(
            scan_id,
            to_clock(at),
            tuple(finding for fact in facts for finding in fact.findings),
            tuple(seen for fact in facts for seen in fact.seen_before),
            is_kept=True,
        )
        for at, facts in answers.items()
    )
    last = found[-1][0] if len(found) == count else None
    return RowsPage(rows, last, len(found) - sum(map(len, answers.values())))


def read_activities(connection: sqlite3.Connection, scan_id: ScanId) -> tuple[Activity, ...]:
    found = _found(connection, _GET_FACTS, (scan_id, ACTIVITY), float, bytes)
    lines = (fact_codec.decode_or_none(Activity, blob) for _, blob in found)
    return tuple(line for line in lines if line is not None)


def read_threat_model(connection: sqlite3.Connection, scan_id: ScanId) -> KeptThreatModel | None:
    """Read the threat model of a scan; None if none is stored or readable."""
    for read_at, blob in _found(connection, _GET_FACTS, (scan_id, THREAT_MODEL), float, bytes):
        if (model := fact_codec.decode_or_none(ThreatModel, blob)) is not None:
            return KeptThreatModel(replace(model, scan_id=scan_id), kept_moment(read_at))
    return None


def read_seen(
    connection: sqlite3.Connection, scan_id: ScanId, clocks: BothClocks
) -> dict[FindingId, SeenState]:
    """Read what was seen of the findings of a scan; never in the future of our clock."""
    latest, seen = kept_moment(clocks.wall_s), dict[FindingId, SeenState]()
    for key, blob in _found(connection, _GET_SEEN, (scan_id,), str, bytes):
        state = fact_codec.decode_or_none(SeenState, blob)
        if state is not None:
            at = min(state.at, latest)
            seen[FindingId(key)] = state if at == state.at else replace(state, at=at)
    return seen


def read_decision_key(connection: sqlite3.Connection, *, is_read_only: bool) -> bytes:
    """Read the key of the hashes of decisions, which is made at the first call; b"" for none."""
    query = "SELECT key FROM decision_key LIMIT 1"
    found = _found(connection, query, (), bytes)
    if not found and not is_read_only:
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            if not connection.execute(query).fetchall():  # another program was faster
                key = secrets.token_bytes(KEY_BYTES)
                connection.execute("INSERT INTO decision_key VALUES (?)", (key,))
        found = _found(connection, query, (), bytes)
    key = bytes(found[0][0]) if found else b""
    return key if len(key) == KEY_BYTES else b""


def read_decisions(connection: sqlite3.Connection, owner: Owner) -> tuple[KeptDecision, ...]:
    """Read the decisions about a repository; those this program would not have written are left."""
    kinds = (str, str, str, int, str, str, str, str, int, float, float, int, int)
    decisions = []
    for row in _found(connection, _GET_DECISIONS, (*owner, DECISIONS_LIMIT), *kinds):
        finding, place, code, is_unique, status_text, severity_text, reason, was, *rest = row
        was_proven, at, scan_at, is_here, is_rejection = rest
        status = FindingStatus.of(status_text) if status_text else None
        severity = Severity.of(severity_text) if severity_text else None
        if severity is Severity.OTHER or not (status is None or status in DECIDED):
            continue
        decisions.append(
            KeptDecision(
                owner,
                finding,
                Trace(place, code, bool(is_unique)),
                status,
                severity,
                _REASONS.get(reason),
                Severity.of(was),
                bool(was_proven),
                kept_moment(at),
                kept_moment(scan_at),
                is_here=bool(is_here),
                is_rejection=bool(is_rejection),
            )
        )
    return tuple(each for each in decisions if not each.is_open)


def read_size(connection: sqlite3.Connection) -> KeptHistory:
    [[scans, findings, decisions, pages, page_bytes]] = connection.execute(
        "SELECT (SELECT COUNT(*) FROM scans), (SELECT COUNT(*) FROM facts WHERE kind = ?), "
        "(SELECT COUNT(*) FROM decisions), page_count, page_size "
        "FROM pragma_page_count, pragma_page_size",
        (FINDING,),
    )
    size = int(pages * page_bytes)
    return KeptHistory(int(scans), int(findings), size, int(decisions))


def _times(connection: sqlite3.Connection) -> tuple[ScanTimes, ...]:
    """Read the durations of stages of completed scans, without invalid ones."""
    scans: dict[tuple[str, str, str, float], list[tuple[str, float]]] = {}
    kinds = (str, str, str, float, str, float)
    for *scan, stage, duration_s in _found(connection, _GET_TIMES, (), *kinds):
        if isfinite(duration_s) and duration_s >= 0:
            scans.setdefault(tuple(scan), []).append((stage, duration_s))
    return tuple(
        ScanTimes(
            ServerUrl(server), RepoId(repo_id), ScanId(scan_id), kept_moment(ended_at), tuple(took)
        )
        for (server, repo_id, scan_id, ended_at), took in scans.items()
    )


def _snoozes(connection: sqlite3.Connection, clocks: BothClocks) -> Iterator[snooze.KeptSnooze]:
    """Read the snoozes; those that this program would not have written hide nothing."""
    latest, invalid = kept_moment(clocks.wall_s + snooze.LONGEST.total_seconds()), 0
    for scan_id, finding_id, blob in _found(connection, _GET_SNOOZES, (), str, str, bytes):
        kept = fact_codec.decode_or_none(snooze.Snooze, blob)
        if (
            kept is not None
            and kept.until <= latest
            and 0 <= kept.rank <= snooze.WITHDRAWN_RANK
            and kept.confirmation in snooze.CONFIRMATIONS
        ):
            yield snooze.KeptSnooze(ScanId(scan_id), FindingId(finding_id), kept)
        else:
            invalid += 1
    if invalid:
        log.warning("%d invalid snoozes ignored", invalid)


def _found(
    connection: sqlite3.Connection, query: str, values: tuple[object, ...], *kinds: type
) -> list[tuple[Any, ...]]:
    """Return all rows of a query, with checked types: a damaged page may contain any."""
    rows = connection.execute(query, values).fetchall()
    columns = zip(kinds, zip(*rows, strict=True), strict=True) if rows else ()
    if not all(set(map(type, column)) == {kind} for kind, column in columns):
        raise sqlite3.DatabaseError("its rows hold values of other kinds")
    return rows


def _to_clock(newest_at: float, clocks: BothClocks) -> Callable[[float], float]:
    """Return the function that converts one scan's moments to our clock, in order, none future."""
    excess_s = clocks.excess_s(newest_at)
    return lambda at: clocks.to_clock(at - excess_s)


# -- writing --


def write(
    connection: sqlite3.Connection, batch: Batch, clocks: BothClocks, mask: Mask = bytes
) -> frozenset[ScanId]:
    """Write a batch in one transaction.

    Returns:
        The scans of the batch that the file did not contain before.

    Raises:
        sqlite3.Error: nothing was written.
    """

    def text(value: str) -> str:
        return mask(value.encode("utf-8", "replace")).decode()

    def row(scan_id: ScanId, kind: str, key: str, at: float, fact: bytes) -> dict[str, object]:
        return {
            "scan_id": scan_id,
            "kind": kind,
            "key": text(key),
            "at": at,
            "fact": mask(fact),
            "now": clocks.wall_s,
        }

    heads = list[tuple[PastScan, dict[str, object]]]()
    facts = list[dict[str, object]]()
    for past in batch.scans:
        if past.asked_at_s is None:
            continue
        observations = past.opening() if past.is_partial else past.head
        moments = (fact_codec.moved(each, clocks.to_wall) for each in observations)
        head = fact_codec.encode(
            [(type(each).__name__, fact_codec.fact_form(each)) for each in moments]
        )
        asked_at = clocks.to_wall(past.asked_at_s)
        stored = {"server": past.server, "asked": asked_at, "head": mask(head)}
        known = {"scan_id": past.scan_id, "is_partial": past.is_partial, "now": clocks.wall_s}
        heads.append((past, {**stored, **known}))
        for listed in past.rows:
            at, [finding] = clocks.to_wall(listed.asked_at_s), listed.findings
            form = fact_codec.RowsForm(at, (fact_codec.finding_form(finding),), listed.seen_before)
            facts.append(row(past.scan_id, FINDING, finding.id, at, fact_codec.encode(form)))
        for line in past.activities:
            facts.append(row(past.scan_id, ACTIVITY, line.key, asked_at, fact_codec.encode(line)))
    for model in batch.threat_models:
        blob, read_at = fact_codec.encode(model.model), model.read_at.timestamp()
        if len(blob) <= THREAT_MODEL_BYTES:
            facts.append(row(model.model.scan_id, THREAT_MODEL, "", read_at, blob))
    for each in batch.snoozes:
        if each.snooze is not None:
            blob = fact_codec.encode(each.snooze)
            facts.append(row(each.scan_id, SNOOZE, each.finding_id, clocks.wall_s, blob))
    for kept in batch.seen:
        blob = fact_codec.encode(kept.state)
        facts.append(row(kept.scan_id, SEEN, kept.finding_id, clocks.wall_s, blob))
    ended = [(each.scan_id, text(each.finding_id)) for each in batch.snoozes if not each.snooze]
    lines = [
        (text(each.key), each.raised_at.timestamp(), mask(fact_codec.encode(each)))
        for each in batch.lines
    ]
    notified = [
        (each.scan_id, text(each.finding_id), text(each.fingerprint)) for each in batch.notified
    ]
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for scan_id in batch.forgotten:
            connection.execute("DELETE FROM scans WHERE scan_id = ?", (scan_id,))
            connection.execute("DELETE FROM notified WHERE scan_id = ?", (scan_id,))
        connection.executemany(_DROP_ROWS, ((scan_id,) for scan_id in batch.emptied))
        missing, foreign = set[ScanId](), set[object]()
        for past, known in heads:
            query = "SELECT server FROM scans WHERE scan_id = ?"
            found = connection.execute(query, (past.scan_id,)).fetchone()
            if found in (None, (past.server,)):
                connection.execute(_PUT_HEAD, known)
            else:  # another program on this file keeps a scan of another server by this id
                foreign.add(past.scan_id)
            if found is None:
                missing.add(past.scan_id)
        connection.executemany(
            _PUT_FACT, (each for each in facts if each["scan_id"] not in foreign)
        )
        connection.executemany(_DROP_SNOOZE, ended)
        connection.executemany("INSERT OR REPLACE INTO notified VALUES (?, ?, ?)", notified)
        connection.executemany(_PUT_LINE, lines)
        if lines:
            _drop_surplus_lines(connection)
        for times in batch.times:
            _write_times(connection, times, text)
        _write_decisions(connection, batch.decisions, text)
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
    lines = ((key, fact_codec.decode_or_none(InboxLine, blob)) for key, blob in rows)
    worth = [(0 if line is None else line.worth, key) for key, line in lines]
    worth.sort(key=lambda each: each[0])
    surplus = [(key,) for _, key in worth[: count - LINE_LIMIT]]
    connection.executemany("DELETE FROM inbox WHERE key = ?", surplus)


def _write_times(
    connection: sqlite3.Connection, times: ScanTimes, text: Callable[[str], str]
) -> None:
    """Write the times of a scan in place of earlier ones, and remove the oldest scans'."""
    repo = (times.server, text(times.repo_id))
    scan, ended_at = (*repo, text(times.scan_id)), times.ended_at.timestamp()
    drop = "DELETE FROM stage_times WHERE server = ? AND repo_id = ? AND scan_id = ?"
    connection.execute(drop, scan)
    rows = ((*scan, text(stage), ended_at, took_s) for stage, took_s in times.durations_s)
    connection.executemany("INSERT OR REPLACE INTO stage_times VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.execute(_TRIM_TIMES, (*repo, *repo, MOST_SCANS))


def _write_decisions(
    connection: sqlite3.Connection, decisions: Iterable[KeptDecision], text: Callable[[str], str]
) -> None:
    """Write decisions, delete those that are open again, and the oldest of each repository."""
    owners = dict[tuple[str, ...], None]()
    for each in decisions:
        owner = tuple(map(text, each.owner))
        if each.is_open:
            connection.execute(_DROP_DECISION, (*owner, each.finding))
            continue
        owners[owner] = None
        status, severity, reason = (
            "" if word is None else word.value for word in (each.status, each.severity, each.reason)
        )
        moments = (each.at.timestamp(), each.scan_at.timestamp())
        values = (*owner, each.finding, *each.trace, status, severity, reason, each.was.value)
        values += (each.was_proven, *moments, each.is_here, each.is_rejection)
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT OR REPLACE INTO decisions VALUES ({marks})", values)  # noqa: S608
    for owner in owners:
        count = f"SELECT COUNT(*) FROM decisions WHERE {_OWNER}"  # noqa: S608 - of constants
        [(kept,)] = connection.execute(count, owner)
        if kept > DECISIONS_LIMIT:
            connection.execute(_TRIM_DECISIONS, (*owner, *owner, DECISIONS_LIMIT))


def forget_decisions(connection: sqlite3.Connection, owner: Owner | None = None) -> None:
    """Forget the decisions about a repository; all of them without one."""
    if owner is None:
        connection.execute("DELETE FROM decisions")
    else:
        connection.execute(f"DELETE FROM decisions WHERE {_OWNER}", owner)  # noqa: S608
    _shrink(connection)


def forget(
    connection: sqlite3.Connection,
    kept: Iterable[ScanId],
    clocks: BothClocks,
    keep_s: float | None = OLD_S,
    decisions_s: float = OLD_DECISIONS_S,
) -> frozenset[ScanId]:
    """Forget scans that are not in `kept` and were not requested for `keep_s` seconds; return them.

    Decisions made before `decisions_s` seconds are forgotten too. None forgets all scans that are
    not in `kept`, all stage durations and all decisions, and makes the file smaller.

    Raises:
        sqlite3.Error: nothing was forgotten; of None, the finished part stays.
    """
    if keep_s is None:
        before = float("inf")
        connection.execute("DELETE FROM stage_times")
        connection.execute("DELETE FROM decisions")
    else:
        made_before = clocks.wall_s - decisions_s
        connection.execute("DELETE FROM decisions WHERE at < ?", (made_before,))
        before, oldest = clocks.wall_s - keep_s, clocks.wall_s - OLD_TIMES_S
        connection.execute("DELETE FROM stage_times WHERE ended_at < ?", (oldest,))
    query = "SELECT scan_id FROM scans WHERE asked_at < ?"
    found = connection.execute(query, (before,)).fetchall()
    forgotten = frozenset(ScanId(scan_id) for (scan_id,) in found) - frozenset(kept)
    if forgotten:
        write(connection, Batch(forgotten=tuple(forgotten)), clocks)
    if keep_s is None:
        _shrink(connection)
    return forgotten


def _shrink(connection: sqlite3.Connection) -> None:
    """Make the file smaller by everything that was deleted."""
    connection.executescript("PRAGMA incremental_vacuum")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
