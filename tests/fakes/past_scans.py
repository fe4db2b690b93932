"""Scans as a history keeps them, and a history in a file with a wall clock to be set."""

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from heimdall_desktop.services.history import FILE_NAME, History
from heimdall_desktop.services.history_file import LIMIT_BYTES
from heimdall_desktop.services.history_tables import Past
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID

PAGE_BYTES = 4096
CHECK_S, KEPT_LIMIT_S = 0.05, 30.0
SERVER = server_url("http://127.0.0.1:8080")


class HistoryDesk:
    """Sessions one after the other, each with a history on the same file.

    Attributes:
        clock_s: the monotonic clock.
        now: the wall clock.
        path: the file.
    """

    def __init__(self, folder: Path) -> None:
        self.clock_s = 1000.0
        self.now = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
        self.path = folder / FILE_NAME

    def pass_time(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self.clock_s += seconds
        self.now += timedelta(seconds=seconds)

    def history(self, *, limit_bytes: int = LIMIT_BYTES, is_read_only: bool = False) -> History:
        """A history that begins now."""
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
    """What makes a running scan."""
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
    """A running scan with some findings."""
    rows = tuple(FindingsListed(scan_id, asked_at_s, (finding,)) for finding in findings)
    return PastScan(
        SERVER, scan_id, asked_at_s, head(asked_at_s, scan_id=scan_id), rows, activities, is_partial
    )


def was_listed(past: PastScan) -> bool:
    """Whether a listing had ended."""
    return any(isinstance(observation, ListingEnded) for observation in past.head)


def activity(number: int) -> Activity:
    """A line of the server's log."""
    return Activity(
        f"key {number}", "task", "neutral", "running", "hunt", "t", "Reads", None, None, FOUND_AT
    )


def kept_ids(profile: Path) -> set[str]:
    """The findings in the history of a profile."""
    try:
        uri = f"{(profile / 'heimdall.sqlite3').as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            query = "SELECT key FROM facts WHERE kind = 'finding'"
            return {row for (row,) in connection.execute(query)}
    except sqlite3.OperationalError:  # it is not there yet
        return set()


def until_kept(profile: Path, count: int) -> None:
    """Wait until a history has so many findings."""
    deadline = time.monotonic() + KEPT_LIMIT_S
    while len(kept_ids(profile)) < count:
        assert time.monotonic() < deadline, "nothing is kept"
        time.sleep(CHECK_S)
