"""What the program is measured beside: a bare listing, a bare poller.

`python -P bare.py list URL SCAN | poll URL SCAN...`

Each does only what can't be left out, with the same interpreter, Qt, loop and libraries. It
imports nothing of the program. A listing prints a line of JSON: when its last row was known, in
seconds of `time.monotonic`, and the hash of all ids.
"""

import asyncio
import hashlib
import json
import sys
import time
from datetime import datetime

import httpx
import msgspec
import qasync
from PySide6.QtWidgets import QApplication

IN_VIEW_S, OUT_OF_VIEW_S = 2.5, 8.0
HEADERS = {"Authorization": "Bearer token"}


class Row(msgspec.Struct):
    """All fields of a finding that the program keeps."""

    id: str
    scan_id: str
    repo_id: str
    source: str
    status: str
    severity: str
    confidence: str
    title: str
    description: str | None
    cwe_id: str | None
    cve_id: str | None
    file_path: str
    line_start: int
    line_end: int | None
    code_snippet: str | None
    suggested_patch: str | None
    fix_type: str | None
    fix_summary: str | None
    references_json: list[str] | None
    manifest_coordinates_json: dict[str, object] | None
    poc_exploit_json: dict[str, object] | None
    poc_validated: bool
    fingerprint: str
    agent_reasoning: str | None
    created_at: datetime
    updated_at: datetime


class Page(msgspec.Struct):
    """One page of a listing."""

    items: list[Row]
    total: int


class Activity(msgspec.Struct):
    """A line of the execution log."""

    key: str
    timestamp: datetime
    event_type: str
    tone: str
    status: str
    stage: str | None
    task_key: str | None
    title: str
    detail: str | None
    progress_pct: float | None


class Stage(msgspec.Struct):
    """A stage of a scan."""

    stage: str
    status: str
    timestamp: datetime | None = None


class Live(msgspec.Struct):
    """The snapshot of a scan."""

    scan: dict[str, str]
    counts: dict[str, int]
    stages: list[Stage]
    activity: list[Activity]


class ListingAnswer(msgspec.Struct):
    """The envelope of a page."""

    data: Page


class LiveAnswer(msgspec.Struct):
    """The envelope of a snapshot."""

    data: Live


async def list_all(url: str, scan_id: str) -> None:
    """List a scan page after page."""
    decode = msgspec.json.Decoder(ListingAnswer).decode
    rows: dict[str, Row] = {}
    total = page = 1
    async with httpx.AsyncClient(base_url=url, headers=HEADERS) as client:
        while len(rows) < total:
            params = {"page": page, "per_page": 100}
            answer = await client.get(f"/api/scans/{scan_id}/findings", params=params)
            listed = decode(answer.content).data
            rows.update((row.id, row) for row in listed.items)
            total, page = listed.total, page + 1
    known_s = time.monotonic()
    digest = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
    print(json.dumps({"known_s": known_s, "ids_sha256": digest}), flush=True)  # noqa: T201


async def poll_all(url: str, scan_ids: list[str]) -> None:
    """Keep a stream of each scan open and poll its snapshot; the first one is in view."""
    decode = msgspec.json.Decoder(LiveAnswer).decode
    known: dict[str, Live] = {}
    limits = httpx.Limits(max_connections=None)
    timeout = httpx.Timeout(30.0, read=None)

    async def stream(scan_id: str) -> None:
        async with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as answer:
            async for _ in answer.aiter_bytes():
                pass

    async def poll(number: int, scan_id: str) -> None:
        every_s = OUT_OF_VIEW_S if number else IN_VIEW_S
        await asyncio.sleep(every_s * number / len(scan_ids))
        while True:
            answer = await client.get(f"/api/scans/{scan_id}/live")
            known[scan_id] = decode(answer.content).data
            await asyncio.sleep(every_s)

    async with (
        httpx.AsyncClient(base_url=url, headers=HEADERS, limits=limits, timeout=timeout) as client,
        asyncio.TaskGroup() as group,
    ):
        for number, scan_id in enumerate(scan_ids):
            group.create_task(stream(scan_id))
            group.create_task(poll(number, scan_id))
        await asyncio.Event().wait()


def main(kind: str, url: str, *scan_ids: str) -> None:
    work = list_all(url, scan_ids[0]) if kind == "list" else poll_all(url, list(scan_ids))
    application = QApplication([])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        runner.run(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
