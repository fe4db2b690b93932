"""Many scans as the store hears of them: pages of a listing, decoded like those of a server."""

import asyncio
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.services.finding_rows import findings_page
from tests.fakes.desk_parts import at_once

PAGE_ROWS = 100
LOG_ROWS = 80
ANSWER_S = 0.003  # from page to page, as a server gives them that answers one request at a time
SERVER = ServerUrl("http://localhost:8080")
BEGAN_AT = datetime(2026, 7, 4, 8, 6, 10, tzinfo=UTC)
_SNIPPET = "\n".join(f"    total = total + price_of(item_{n}, session)" for n in range(12))
_MARK = "PAGEMARK"  # stands in a page's text where each page differs


class ManyScans:
    """Scans of one store, each with the same number of findings.

    Args:
        store: takes everything in.
        scans: how many.
        findings: of each scan, a multiple of `PAGE_ROWS`.
        clock: monotonic seconds.
    """

    def __init__(self, store: Store, scans: int, findings: int, clock: Callable[[], float]) -> None:
        self.ids = [ScanId(f"10000000-0000-4000-8000-{number:012x}") for number in range(scans)]
        self._store = store
        self._clock = clock
        self._pages = findings // PAGE_ROWS
        self._chance = random.Random(7)
        self._page = json.dumps(_page(self._chance)).encode()
        self._wire = asyncio.Lock()
        self._news = 0

    @property
    def total(self) -> int:
        """How many findings there are once all are listed."""
        return len(self.ids) * self._pages * PAGE_ROWS

    def watch(self) -> None:
        """Put the scans on the board; all run."""
        for number, scan_id in enumerate(self.ids):
            self._store.add(Scan(scan_id, SERVER))
            self._observe_scan(number, scan_id)

    async def list_all(self) -> None:
        """Read all pages of all scans, every scan by itself."""
        async with asyncio.TaskGroup() as group:
            for number in range(len(self.ids)):
                group.create_task(self._list(number))

    async def make_news(self, every_s: float) -> None:
        """Let something happen at a steady pace until cancelled."""
        while True:
            self.happen()
            await asyncio.sleep(every_s)

    def happen(self) -> None:
        """Let one thing happen: rows change, rows come, a task begins."""
        self._news += 1
        number = self._news % len(self.ids)
        scan_id, page = self.ids[number], self._news % max(self._pages, 1)
        match self._news % 4:
            case 0 | 1:
                body = self._body(number, page)
                listed = at_once(
                    findings_page(body.replace(b'"open"', b'"confirmed"'), scan_id)
                ).findings
                row = listed[self._news % PAGE_ROWS]
                self._store.observe(observation.FindingsListed(scan_id, self._clock(), (row,)))
            case 2:
                row = at_once(
                    findings_page(self._body(number, 9_000 + self._news), scan_id)
                ).findings[0]
                self._store.observe(observation.FindingsListed(scan_id, self._clock(), (row,)))
            case _:
                self._store.observe(self._live(scan_id, 1 + self._news))

    def _observe_scan(self, number: int, scan_id: ScanId) -> None:
        observe, asked_at_s = self._store.observe, self._clock()
        observe(observation.RepoRead(scan_id, f"service-{number}", "main"))
        moments = (BEGAN_AT, BEGAN_AT, None, BEGAN_AT)
        observe(
            observation.ScanRead(
                scan_id, asked_at_s, RepoId("repo"), "hunting", "c0ffee", None, *moments
            )
        )
        observe(self._live(scan_id, 0))
        observe(observation.ConnectionSeen(scan_id, observation.Connection.LIVE, asked_at_s))

    def _live(self, scan_id: ScanId, newest: int) -> observation.LiveRead:
        done = [observation.StageRow(name, "completed", None, BEGAN_AT) for name in STAGE_NAMES[:5]]
        stages = (*done, observation.StageRow(STAGE_NAMES[5], "running", None, BEGAN_AT))
        activities = tuple(_activity(scan_id, newest - n) for n in range(LOG_ROWS))
        counts = observation.Counts(total=self._pages * PAGE_ROWS)
        asked_at_s = self._clock()
        return observation.LiveRead(
            scan_id, asked_at_s, "hunting", None, BEGAN_AT, counts, stages, activities
        )

    async def _list(self, number: int) -> None:
        scan_id, began_s = self.ids[number], self._clock()
        for page in range(self._pages):
            async with self._wire:
                await asyncio.sleep(ANSWER_S)
            asked_at_s = self._clock()
            listed = at_once(findings_page(self._body(number, page), scan_id))
            self._store.observe(observation.FindingsListed(scan_id, asked_at_s, listed.findings))
        rows = self._pages * PAGE_ROWS
        self._store.observe(observation.ListingEnded(scan_id, began_s, rows, rows, is_whole=True))

    def _body(self, number: int, page: int) -> bytes:
        return self._page.replace(_MARK.encode(), f"{number:04x}{page:04x}".encode())


def _page(chance: random.Random) -> dict[str, Any]:
    rows = [_row(number, chance) for number in range(PAGE_ROWS)]
    return {"success": True, "data": {"items": rows, "total": 0, "page": 1, "per_page": PAGE_ROWS}}


def _row(number: int, chance: random.Random) -> dict[str, Any]:
    found_at = BEGAN_AT + timedelta(seconds=chance.randint(0, 3600))
    return {
        "id": f"{_MARK}-0000-4000-8000-{number:012x}",
        "source": chance.choice(("ai", "static", "config", "dependencies")),
        "status": "open",
        "severity": chance.choice(("critical", "high", "high", "medium", "medium", "low")),
        "confidence": chance.choice(("high", "medium", "low")),
        "title": f"Finding {_MARK} {chance.randint(0, 9999)} of an sql statement",
        "description": f"{_MARK}: the value reaches the statement as it came. " * 6,
        "cwe_id": f"CWE-{chance.randint(1, 999)}",
        "file_path": f"shop/part{chance.randint(0, 99)}/file{chance.randint(0, 999)}.py",
        "line_start": chance.randint(1, 999),
        "code_snippet": f"# {_MARK}\n{_SNIPPET}",
        "fingerprint": f"{_MARK}{number:056x}",
        "created_at": found_at.isoformat(),
        "updated_at": found_at.isoformat(),
    }


def _activity(scan_id: ScanId, number: int) -> observation.Activity:
    return observation.Activity(
        key=f"{scan_id} {number}",
        event_type="task",
        tone="neutral",
        status="completed" if number % 2 else "running",
        stage="hunt",
        task_key=f"task-{number // 2}",
        title=f"Reads file {number}",
        detail="shop/api/orders.py",
        progress_pct=number % 100,
        timestamp=BEGAN_AT + timedelta(seconds=number),
    )
