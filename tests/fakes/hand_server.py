"""A Heimdall with one scan, whose every answer a test sets by hand, also odd and broken ones."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerUrl
from tests.fakes.raw_server import STREAM_HEAD, Asked, answer, raw_server

SCAN_ID = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
REPO_ID = "2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"
AT = "2026-07-04T08:00:09.551020Z"
ENDS = ("completed", "failed", "cancelled")
NOT_FOUND = answer(404, "application/json", '{"success": false, "error": {"code": 404}}')
UNAUTHORIZED = answer(401, "application/json", '{"success": false, "error": {"code": 401}}')
FAULT = answer(500, "application/json", '{"success": false, "error": {"code": 500}}')
KEEPALIVE = b": keepalive\n\n"


def busy(wait_s: int) -> bytes:
    """A 429 that asks to wait."""
    return answer(429, "text/plain", "Too many requests", {"Retry-After": str(wait_s)})


@dataclass
class HandServer:
    """Answers by what its attributes say at that moment.

    Attributes:
        updated_at: of the scan; None for long ago if it has ended, for just now if it runs.
        apart: rows that are there, though listings lack them.
        total: what the listing and the counts say; None for the number of rows.
        counted: what the counts alone say; None for the same as the listing.
        per_page: what it makes of every page size.
        refusals: raw answers in place of a kind of request: scan, repo, live, findings, finding,
            stream.
        holds: kinds of requests that are not answered until `release`.
    """

    status: str = "hunting"
    updated_at: str | None = None
    scan_at: str = AT
    reason: str | None = None
    stages: list[dict[str, Any]] = field(default_factory=list)
    activity: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    apart: list[dict[str, Any]] = field(default_factory=list)
    total: int | None = None
    counted: int | None = None
    per_page: int = 100
    refusals: dict[str, bytes] = field(default_factory=dict)
    refused_pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ignores_page: bool = False
    is_mute: bool = False
    holds: set[str] = field(default_factory=set)
    streams: list[asyncio.StreamWriter] = field(default_factory=list)
    url: ServerUrl = field(default=ServerUrl(""), init=False)
    targets: list[str] = field(default_factory=list)
    _let_go: asyncio.Event = field(default_factory=asyncio.Event)
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)
    _answering: set[asyncio.Task[Any]] = field(default_factory=set)

    def release(self) -> None:
        self.holds.clear()
        self._let_go.set()
        self._let_go = asyncio.Event()

    async def until_asked(self, times: int) -> None:
        """Wait until so many requests have come."""
        async with self._came:
            await self._came.wait_for(lambda: len(self.asked) >= times)

    async def aclose(self) -> None:
        """Let everybody go and wait until they are gone."""
        self._let_go.set()
        if self._answering:
            await asyncio.wait(self._answering)

    def add_rows(self, *ids: str, **fields: object) -> None:
        self.rows += [
            {"id": each, "scan_id": SCAN_ID, "severity": "high", **fields} for each in ids
        ]

    def polls(self, scan_id: ScanId) -> int:
        """How often the snapshot of a scan was asked for."""
        return self.targets.count(f"/api/scans/{scan_id}/live")

    async def send(self, text: str) -> None:
        for writer in self.streams:
            writer.write(text.encode())
            await writer.drain()

    def end_streams(self) -> None:
        """Close every open stream in order."""
        for writer in self.streams:
            writer.close()
        self.streams.clear()

    async def serve(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        kind, parameters = _kind(asked.target)
        self.asked.append(kind)
        self.targets.append(asked.target)
        self._keep(asyncio.current_task())
        async with self._came:
            self._came.notify_all()
        if kind in self.holds:
            await self._let_go.wait()
        refused = self.refused_pages.get(parameters.get("page", "")) if kind == "findings" else None
        if kind in self.refusals:
            writer.write(self.refusals[kind])
        elif refused is not None:
            writer.write(refused)
        elif kind == "stream":
            writer.write(STREAM_HEAD if self.is_mute else STREAM_HEAD + KEEPALIVE)
            await writer.drain()
            self.streams.append(writer)
            await self._let_go.wait()
        elif kind == "finding" and self._row(asked.target) is None:
            writer.write(NOT_FOUND)
        else:
            body = json.dumps({"success": True, "data": self._data(kind, asked.target, parameters)})
            writer.write(answer(200, "application/json", body, {"Connection": "close"}))

    def _keep(self, task: asyncio.Task[Any] | None) -> None:
        if task is not None:
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    def _data(self, kind: str, target: str, parameters: Mapping[str, str]) -> object:
        match kind:
            case "scan":
                moments = {"created_at": self.scan_at, "started_at": self.scan_at}
                moments["updated_at"] = self._updated_at()
                moments |= {} if self.reason is None else {"error_message": self.reason}
                return {"id": SCAN_ID, "repo_id": REPO_ID, "status": self.status, **moments}
            case "repo":
                return {"id": REPO_ID, "name": "shop", "default_branch": "main"}
            case "live":
                scan = {"status": self.status, "updated_at": self._updated_at()}
                scan |= {} if self.reason is None else {"error_message": self.reason}
                counts = {"total": self._total() if self.counted is None else self.counted}
                reported = {"stages": self.stages, "activity": self.activity}
                return {"scan": scan, "counts": counts, **reported}
            case "findings" if "status" in parameters:
                wanted = parameters["status"]
                total = sum(row.get("status") == wanted for row in self.rows)
                return {"items": [], "total": total, "page": 1, "per_page": 1}
            case "findings":
                return self._page(1 if self.ignores_page else int(parameters["page"]))
            case _:
                return self._row(target)

    def _row(self, target: str) -> dict[str, Any] | None:
        wanted = target.rpartition("/")[2]
        rows = (*self.rows, *self.apart)
        return next((row for row in rows if row.get("id") == wanted), None)

    def _page(self, page: int) -> dict[str, object]:
        first = (page - 1) * self.per_page
        items = self.rows[first : first + self.per_page]
        return {"items": items, "total": self._total(), "page": page, "per_page": self.per_page}

    def _updated_at(self) -> str:
        if self.updated_at is None:
            return AT if self.status in ENDS else datetime.now(UTC).isoformat()
        return self.updated_at

    def _total(self) -> int:
        return len(self.rows) if self.total is None else self.total


@asynccontextmanager
async def hand_server(**fields: Any) -> AsyncIterator[HandServer]:
    hand = HandServer(**fields)
    async with raw_server(hand.serve) as raw:
        hand.url = raw.url
        yield hand
        await hand.aclose()


def _kind(target: str) -> tuple[str, dict[str, str]]:
    path, _, query = target.partition("?")
    parameters = dict(part.split("=") for part in query.split("&") if part)
    last = path.rpartition("/")[2]
    if last in {"live", "findings", "stream"}:
        return last, parameters
    return {"scans": "scan", "repos": "repo", "findings": "finding"}[path.split("/")[2]], parameters
