"""Scans as a history keeps them, and a history in a file with a wall clock to be set."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from heimdall_desktop.application.memory.replay import Marks, Player, ReplayClock
from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import (
    Activity,
    Counts,
    FindingsListed,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanRead,
)
from heimdall_desktop.domain.facts.recorded import PastScan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.table import ordered_rows
from heimdall_desktop.services.history import FILE_NAME, History
from heimdall_desktop.services.history_file import LIMIT_BYTES
from heimdall_desktop.services.history_tables import Past
from heimdall_desktop.services.recording import VERSION, Recording, RecordingHead
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID
from tests.fakes.shown_window import ShownWindow
from tests.fakes.waiting import block_until

PAGE_BYTES = 4096
SERVER = server_url("http://127.0.0.1:8080")


class HistoryDesk:
    """Sessions one after the other, each with a history on the same file."""

    def __init__(self, folder: Path) -> None:
        self.clock_s = 1000.0
        self.now = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
        self.path = folder / FILE_NAME

    def pass_time(self, seconds: float) -> None:
        self.clock_s += seconds
        self.now += timedelta(seconds=seconds)

    def history(self, *, limit_bytes: int = LIMIT_BYTES, is_read_only: bool = False) -> History:
        clock, now = lambda: self.clock_s, lambda: self.now
        return History(
            self.path, clock=clock, now=now, limit_bytes=limit_bytes, is_read_only=is_read_only
        )

    async def loaded(self, *, is_read_only: bool = False) -> Past:
        """What a new session finds."""
        history = self.history(is_read_only=is_read_only)
        try:
            return await history.load()
        finally:
            await history.aclose()

    async def notified(self) -> list[NotifiedRecord]:
        """Which findings a new session knows as reported."""
        history = self.history()
        try:
            return await history.notified()
        finally:
            await history.aclose()

    async def rows(self, scan_id: ScanId = SCAN_ID) -> dict[str, Finding]:
        """The findings a new session finds, by title."""
        history = self.history()
        try:
            await history.load()
            return {
                finding.title: finding
                for listed in (await history.rows(scan_id, "", 10_000)).rows
                for finding in listed.findings
            }
        finally:
            await history.aclose()

    def damage(self) -> None:
        """Write nonsense over all pages but the first, below the program that has it open."""
        connection = sqlite3.connect(self.path)
        connection.execute("INSERT INTO inbox VALUES ('', 0, x'')")  # so that nobody's cache holds
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        with self.path.open("r+b") as file:
            size = file.seek(0, 2)
            file.seek(PAGE_BYTES)
            file.write(b"\xff" * (size - PAGE_BYTES))

    def damaged(self) -> list[str]:
        """The names of what was set aside."""
        return sorted(file.name for file in self.path.parent.glob("*.damaged-*"))


def head(
    asked_at_s: float, *, scan_id: ScanId = SCAN_ID, status: str = "hunting", listed: bool = True
) -> tuple[Observation, ...]:
    moments = (FOUND_AT, FOUND_AT, None, FOUND_AT)
    read = ScanRead(scan_id, asked_at_s, REPO_ID, status, None, None, *moments)
    live = LiveRead(scan_id, asked_at_s, status, None, FOUND_AT, Counts(2), (), ())
    ended = ListingEnded(scan_id, asked_at_s, 2, 2, is_whole=True)
    return (read, RepoRead(scan_id, "shop", "main"), live, *((ended,) if listed else ()))


def past_scan(
    findings: Iterable[Finding] = (),
    asked_at_s: float = 990.0,
    *,
    scan_id: ScanId = SCAN_ID,
    activities: tuple[Activity, ...] = (),
    is_partial: bool = False,
) -> PastScan:
    rows = tuple(FindingsListed(scan_id, asked_at_s, (finding,)) for finding in findings)
    return PastScan(
        SERVER, scan_id, asked_at_s, head(asked_at_s, scan_id=scan_id), rows, activities, is_partial
    )


def was_listed(past: PastScan) -> bool:
    return any(isinstance(observation, ListingEnded) for observation in past.head)


def activity(number: int) -> Activity:
    return Activity(
        f"key {number}", "task", "neutral", "running", "hunt", "t", "Reads", None, None, FOUND_AT
    )


def kept_ids(profile: Path, kind: str = "finding") -> set[str]:
    try:
        uri = f"{(profile / 'heimdall.sqlite3').as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            query = "SELECT key FROM facts WHERE kind = ?"
            return {row for (row,) in connection.execute(query, (kind,))}
    except sqlite3.OperationalError:  # it is not there yet
        return set()


def until_kept(profile: Path, count: int, kind: str = "finding") -> None:
    """Wait until a history has so many findings, or other facts about findings."""
    block_until(lambda: len(kept_ids(profile, kind)) >= count)


def replay(
    rows: Sequence[ordered_rows.Row], edits: Sequence[ordered_rows.Edit]
) -> list[ordered_rows.Row]:
    shown = list(rows)
    for edit in edits:
        match edit:
            case ordered_rows.RowsInserted(first, came):
                shown[first:first] = came
            case ordered_rows.RowsRemoved(first, count):
                assert not edit.rows or list(edit.rows) == shown[first : first + count]
                del shown[first : first + count]
            case ordered_rows.RowMoved(start, end, finding):
                del shown[start]
                shown.insert(end, finding)
            case ordered_rows.RowsReplaced(first, same):
                assert [_key(row) for row in shown[first : first + len(same)]] == [
                    _key(row) for row in same
                ]
                shown[first : first + len(same)] = same
            case ordered_rows.RowsReset(all_rows):
                shown = list(all_rows)
    return shown


def _key(row: ordered_rows.Row) -> object:
    return row.id if isinstance(row, Finding) else row.key


DURATION_S, POSITION_S = 1900.0, 1148.0
MARKS = Marks(
    (590.0, 712.0, 790.0, 850.0, 1080.0, 1385.0), (0.0, 41.0, 197.0, 305.0, 370.0, 392.0, 956.0)
)


def show_replay(shown: ShownWindow, name: str) -> Player:
    scan = shown.store.scan(shown.id(name)) if shown.stories else next(iter(shown.store))
    assert scan is not None
    began_at = shown.time.now() - timedelta(seconds=POSITION_S)
    head = RecordingHead(VERSION, "1.0", scan.id, scan.server, name, scan.is_local, began_at)
    clock = ReplayClock(began_at, DURATION_S, shown.time.clock)
    clock.move_to(POSITION_S)
    player = Player(Recording(head, (), DURATION_S), clock, shown.store, shown.inbox)
    player.use_pace(10.0)
    player.marks = MARKS
    shown.window.show_replay(player)
    shown.ticker.flush()
    return player
