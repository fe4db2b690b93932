"""A small sane Heimdall of raw sockets, each scan of which meets one attack, then is sane again.

A scan runs with one finding until its attack is spent and a listing and a snapshot were sane again.
Then it gets a critical finding, and once that was listed it is completed. The stream is sane too,
and hints at what is new, so that nothing waits longer than it must.
"""

import asyncio
import hashlib
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from tests.fakes.raw_server import STREAM_HEAD, Asked, answer, read_request
from tests.fakes.server_process import ServerThread
from tests.hostile.attack import Attack, Sane

TOKEN = "beef".ljust(64, "0")
AT = "2026-07-04T08:00:09.551020Z"
SEVERITIES = ("critical", "high", "medium", "low")


@dataclass
class Story:
    """A scan and how far it has got."""

    number: int
    attack: Attack
    rows: list[dict[str, Any]] = field(default_factory=list)
    status: str = "hunting"
    given: int = 0
    was_listed: bool = False
    is_listed: bool = False
    is_told_live: bool = False
    streams: list[asyncio.StreamWriter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = str(UUID(int=0x5CA0 << 112 | self.number))
        self.repo_id = str(UUID(int=0x4E90 << 112 | self.number))
        for _ in range(self.attack.rows):
            self.add_row("high")
            self.rows[-1] |= self.attack.fields
        if self.attack.is_held:
            self.status = "completed"

    @property
    def is_spent(self) -> bool:
        """Whether the attack was given as often as it should be."""
        return self.given >= self.attack.times and not self.attack.is_held

    @property
    def ids(self) -> set[str]:
        """The ids of its findings."""
        return {row["id"] for row in self.rows}

    @property
    def ids_sha256(self) -> str:
        """What an unattended run says of the ids."""
        return hashlib.sha256("\n".join(sorted(self.ids)).encode()).hexdigest()

    @property
    def findings(self) -> dict[str, int]:
        """What an unattended run says of the numbers."""
        other = sum(row["severity"] not in SEVERITIES for row in self.rows)
        return {**self.counts, "other": other}

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are, in all and by severity."""
        reported = Counter(row["severity"] for row in self.rows)
        return {"total": len(self.rows), **{name: reported[name] for name in SEVERITIES}}

    def add_row(self, severity: str) -> None:
        """Find something more."""
        number = self.number << 16 | len(self.rows)
        self.rows.append(
            {
                "id": str(UUID(int=0xF1D0 << 112 | number)),
                "scan_id": self.id,
                "repo_id": self.repo_id,
                "severity": severity,
                "status": "open",
                "title": f"Finding {len(self.rows)} of {self.attack.name}",
                "file_path": "shop/orders.py",
                "line_start": 88,
                "fingerprint": f"f{number}",
                "created_at": AT,
                "updated_at": AT,
            }
        )


class HostileServer(ServerThread):
    """Serves in a thread of its own, used as a context manager.

    Args:
        attacks: one scan is made for each.

    Attributes:
        stories: the scans, in the order of their attacks.
        given: the moment by the monotonic clock, and the attack, of each hostile answer sent.
        foreign: what came in at the address of another server.
        mistakes: attacks that could not be made.
    """

    def __init__(self, attacks: Sequence[Attack]) -> None:
        super().__init__()
        self.stories = [Story(number, attack) for number, attack in enumerate(attacks, 1)]
        self.given: list[tuple[float, str]] = []
        self.asked: Counter[str] = Counter()
        self.foreign: list[bytes] = []
        self.mistakes: list[str] = []
        self._of = {story.id: story for story in self.stories}
        self._of |= {story.repo_id: story for story in self.stories}
        self._moved = threading.Condition()

    def until(self, is_so: Callable[[], bool], limit_s: float) -> bool:
        """Wait until something is so; it is looked at behind each answer."""
        with self._moved:
            return self._moved.wait_for(is_so, limit_s)

    def note(self) -> None:
        """Let those look again who wait."""
        with self._moved:
            self._moved.notify_all()

    async def _serve(self) -> None:
        async with (
            await asyncio.start_server(self._connection, "127.0.0.1", 0) as ours,
            await asyncio.start_server(self._stranger, "127.0.0.1", 0) as foreign,
        ):
            self.url = f"http://127.0.0.1:{ours.sockets[0].getsockname()[1]}"
            self.foreign_url = f"http://127.0.0.1:{foreign.sockets[0].getsockname()[1]}"
            self._ready.set()
            await self._over.wait()
            ends = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
            for task in ends:
                task.cancel()
            await asyncio.gather(*ends, return_exceptions=True)

    async def _stranger(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.foreign.append(await reader.read(1 << 16))
        writer.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError, asyncio.LimitOverrunError):
            while (asked := await read_request(reader)) is not None:
                is_open = await self._answer(asked, writer)
                self.note()
                if not is_open:
                    break
        writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection stays open."""
        kind, story = self._kind(urlsplit(asked.target).path)
        self.asked[kind] += 1
        if asked.headers.get("authorization") != f"Bearer {TOKEN}" and kind != "health":
            writer.write(answer(401, "application/json", '{"success": false, "error": "no"}'))
            return True
        try:
            data = self._data(kind, story, asked.target)
        except LookupError:
            writer.write(answer(404, "application/json", '{"success": false, "error": "no"}'))
            return True
        other = self._other(kind, story, asked.target)
        sane = Sane(data, self.foreign_url, self.url, asked.target, other)
        if story is not None and kind == story.attack.on and not story.is_spent:
            return await self._attack(story, sane, writer)
        if kind == "stream" and story is not None:
            await self._stream(story, sane, writer)
            return False
        if kind == "events" and story is not None and story.attack.on == "row":
            story.given += 1
            self.given.append((time.monotonic(), story.attack.name))
        writer.write(answer(200, "application/json", sane.body))
        await writer.drain()
        if story is not None:
            self._go_on(story, kind, sane.data)
        return True

    async def _attack(self, story: Story, sane: Sane, writer: asyncio.StreamWriter) -> bool:
        story.given += 1
        self.given.append((time.monotonic(), story.attack.name))
        try:
            parts = story.attack.give(sane)
            if isinstance(parts, bytes):
                writer.write(parts)
            elif isinstance(parts, AsyncIterator):
                async for part in parts:
                    await _written(writer, part)
            else:
                for part in parts:
                    await _written(writer, part)
            await writer.drain()
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - a mistake of the table
            self.mistakes.append(f"{story.attack.name}: {error!r}")
        finally:
            self.given.append((time.monotonic(), story.attack.name))
            if story.attack.on != "stream":
                self._hint(story)
        return story.attack.keeps_open

    async def _stream(self, story: Story, sane: Sane, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + sane.body)
        await writer.drain()
        story.streams.append(writer)
        try:
            await self._over.wait()
        finally:
            story.streams.remove(writer)

    def _go_on(self, story: Story, kind: str, reported: Any) -> None:
        """Let the scan go on behind a sane answer."""
        if kind == "findings":
            story.was_listed = True
        if kind == "findings" and story.is_spent and reported["total"] == len(story.rows):
            story.is_listed = True
            if len(story.rows) > story.attack.rows and story.status == "hunting":
                story.status = "completed"
                self._send(story, "status_change", status="completed")
        if kind == "live" and story.is_spent:
            story.is_told_live = True
        is_ready = story.is_listed and story.is_told_live
        if story.attack.on == "finding":  # what is hinted at is read singly
            is_ready = story.was_listed
        elif story.attack.on in ("row", "events"):  # no list is read because a row was opened
            is_ready = story.was_listed and story.is_spent
        if is_ready and len(story.rows) == story.attack.rows:
            story.add_row("critical")
            self._hint(story)

    def _hint(self, story: Story) -> None:
        self._send(story, "finding_added", finding_id=story.rows[-1]["id"], title="x", severity="")

    def _send(self, story: Story, event: str, **data: object) -> None:
        reported = json.dumps({"scan_id": story.id, **data})
        for writer in story.streams:
            with suppress(ConnectionError):
                writer.write(f"event: {event}\ndata: {reported}\n\n".encode())

    def _kind(self, path: str) -> tuple[str, Story | None]:
        parts = path.strip("/").split("/")
        match parts:
            case ["api", "scans", scan_id]:
                return "scan", self._of.get(scan_id)
            case ["api", "scans", scan_id, *_, last]:
                return last, self._of.get(scan_id)
            case ["api", "repos", repo_id]:
                return "repo", self._of.get(repo_id)
            case ["api", "findings", finding_id]:
                return "finding", self._holder(finding_id)
            case ["api", "findings", finding_id, last]:
                return last, self._holder(finding_id)
            case ["api", "auth", last] | [last]:
                return last or "page", None
            case _:
                return "page", None

    def _holder(self, finding_id: str) -> Story | None:
        return next((story for story in self.stories if finding_id in story.ids), None)

    def _other(self, kind: str, story: Story | None, target: str) -> Any:
        others = [other for other in self.stories if other is not story]
        try:
            return self._data(kind, others[0], target)
        except LookupError:
            return None

    def _data(self, kind: str, story: Story | None, target: str) -> Any:
        if kind == "me":
            return {"id": "u", "email": "analyst@example.test"}
        if kind == "health":
            return {"status": "healthy", "version": "0.1.0"}
        if story is None:
            raise LookupError(kind)
        updated_at = AT if story.status == "completed" else _now()
        match kind:
            case "scan":
                moments = {"created_at": AT, "started_at": AT, "updated_at": updated_at}
                return {"id": story.id, "repo_id": story.repo_id, "status": story.status, **moments}
            case "repo":
                return {"id": story.repo_id, "name": f"shop-{story.number}", "default_branch": "x"}
            case "live":
                scan = {"id": story.id, "status": story.status, "updated_at": updated_at}
                stage = {"stage": "hunt", "label": "Hunt", "status": "running", "timestamp": AT}
                done = {"key": "a", "event_type": "task", "timestamp": AT, "title": "Looking"}
                reported = {"scan": scan, "counts": story.counts, "stages": [stage]}
                return {**reported, "activity": [done], "agent_calls": []}
            case "findings":
                return _page(story, parse_qs(urlsplit(target).query))
            case "finding":
                wanted = urlsplit(target).path.rpartition("/")[2]
                return next((row for row in story.rows if row["id"] == wanted), story.rows[0])
            case "events":
                return [{"id": "e", "event_type": "comment", "comment": "Seen.", "created_at": AT}]
            case "patches":
                return []
            case "stream":
                head = {"scan_id": story.id, "status": story.status, "timestamp": updated_at}
                return f"event: status_change\ndata: {json.dumps(head)}\n\n"
            case _:
                raise LookupError(kind)


async def _written(writer: asyncio.StreamWriter, part: bytes) -> None:
    writer.write(part)
    await writer.drain()


def _page(story: Story, query: dict[str, list[str]]) -> dict[str, Any]:
    listed = story.rows
    if story.attack.on == "finding" and not story.is_spent:
        listed = listed[: story.attack.rows]  # else a listing may make the single read needless
    rows = [row for row in listed if row["status"] in query.get("status", [row["status"]])]
    page, per_page = int(query["page"][0]), int(query["per_page"][0])
    items = list(itertools.islice(rows, (page - 1) * per_page, page * per_page))
    pages = max(-(-len(rows) // per_page), 1)
    return {"items": items, "total": len(rows), "page": page, "per_page": per_page,
            "total_pages": pages}  # fmt: skip


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
