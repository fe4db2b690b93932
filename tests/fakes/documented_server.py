"""A Heimdall that does what the published documentation says, and nothing else.

Written from protocol.md 7 (left column) and 13; shares no code with the embedded server. By
hand: `python -m tests.documented_server --help`.
"""

import asyncio
import json
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qs, urlsplit

from heimdall_desktop.local.local_server import stop_accepting
from tests.fakes.documented_story import SEVERITIES, STORIES, DocumentedStory, Row, frame
from tests.fakes.raw_server import Asked, answer, read_request
from tests.fakes.server_process import ServerThread, chunk

TOKEN = "7f3a9".ljust(69, "c")  # D10: the documentation's has 69 digits
KEEPALIVE_S = 15.0
FINDING_STATUSES = ("open", "confirmed", "fixed", "dismissed", "false_positive")
HTML = "<!DOCTYPE html><html><body><h1>Not found</h1></body></html>"
_STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
_ME = {  # D11
    "id": "5f0c7f0e-6f5b-4f6b-9d53-0d3c2d7f7a11",
    "email": "mira@example.test",
    "display_name": "Mira",
    "role": "user",
    "github_username": None,
    "gitlab_username": None,
    "created_at": "2026-07-01T09:12:44Z",
    "updated_at": "2026-07-02T10:00:00Z",
}


class Kind(Enum):
    """How much of the documentation it does (protocol.md 13)."""

    STREAM = "stream"
    DOCUMENTED = "documented"


class Lack(Enum):
    """How it answers a route that it does not have."""

    JSON = "json"
    TEXT = "text"
    HTML = "html"
    PAGE_200 = "page-200"
    """A page for everything, as a server of one web page does."""
    METHOD = "405"
    UNBUILT = "501"


class Listing(Enum):
    """The form of its listings."""

    PAGED = "paged"
    WITHOUT_TOTAL = "without-total"
    BARE = "bare"
    """An array of all rows."""


@dataclass
class Refused(Exception):
    """A request that is answered by an error."""

    status: int
    message: str


class DocumentedServer(ServerThread):
    """Serves one scan in a thread of its own, used as a context manager.

    Args:
        kind: how much it can.
        lack: how it answers what it does not have.
        lacks: routes a documented one is to be without: scan, findings, finding, events, me.
        token: the one it accepts, of any form.
        prefix: path before all routes, "/heimdall".
        listing: the form of its listings.
        is_bare: whether what it answers has no envelope around it.
        has_health: whether there is a `/health`.
        keepalive_s: how often a stream has a comment, whatever else it says; None for never.
        port: where it listens; 0 for any.

    Attributes:
        story: what it knows and says; moved by the test.
        asked: method and path of every request, in order.
        url: where it listens, with the prefix.
    """

    def __init__(
        self,
        kind: Kind = Kind.STREAM,
        *,
        lack: Lack = Lack.JSON,
        lacks: Collection[str] = (),
        token: str = TOKEN,
        prefix: str = "",
        listing: Listing = Listing.PAGED,
        is_bare: bool = False,
        has_health: bool = False,
        keepalive_s: float | None = KEEPALIVE_S,
        port: int = 0,
    ) -> None:
        super().__init__()
        self.story = DocumentedStory()
        self.story.on_news = self._tell_news
        self.asked: list[str] = []
        self.token = token
        self._kind, self._lack, self._lacks = kind, lack, lacks
        self._prefix, self._port = prefix, port
        self._listing, self._is_bare, self._has_health = listing, is_bare, has_health
        self._keepalive_s = keepalive_s
        self._connections: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._news = asyncio.Event()

    def play(self, name: str, pace_s: float = 0.0) -> None:
        """Play a ready story to its end, with a rest after each step."""
        for _ in STORIES[name](self.story):
            time.sleep(pace_s)

    def _tell_news(self) -> None:
        if self._ready.is_set():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _serve(self) -> None:
        listening = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        self.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}{self._prefix}"
        self._ready.set()
        await self._over.wait()
        await stop_accepting([listening])
        listening.close()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:  # also of what it accepts
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()  # a client that reads no more would keep it open
        closing = (writer.wait_closed() for writer in self._writers)
        await asyncio.gather(*closing, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Keep the connection from the start: a task that is cancelled early closes nothing."""
        self._writers.add(writer)
        task = self._loop.create_task(self._connection(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            while (asked := await read_request(reader)) is not None:
                await self._answer(asked, writer)
                await writer.drain()
        writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        parts = urlsplit(asked.target)
        self.asked.append(f"{asked.method} {parts.path}")
        name, wanted = self._route(asked.method, parts.path)
        if not name:
            writer.write(_nothing_there(self._lack))
            return
        status = 200
        try:
            if name != "health":
                self._see_token(asked)
            if name == "stream":
                self._see_scan(wanted)
                await self._stream(writer)
                return
            body = self._data(name, wanted, parse_qs(parts.query), asked.body)
        except Refused as refused:
            status = refused.status
            body = {"success": False, "code": status, "message": refused.message}
        writer.write(answer(status, "application/json", json.dumps(body)))

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        """Send the story as far as it has come, and each step of it, until it ends or breaks."""
        began_at, place = len(self.story.frames), self.story.listen()
        writer.write(_STREAM_HEAD)
        comment_at_s = self._next_comment_s()
        while True:
            news = self._news
            while place < len(self.story.frames):
                reported = self.story.frames[place]
                place += 1
                if reported is not None:
                    writer.write(chunk(frame(*reported)))
                elif place > began_at:
                    raise ConnectionError
            await writer.drain()
            if self.story.is_over_at(place):
                writer.write(chunk(""))
                return
            with suppress(TimeoutError):
                async with asyncio.timeout_at(comment_at_s):
                    await news.wait()
                    continue
            writer.write(chunk(": keepalive\n\n"))
            comment_at_s = self._next_comment_s()

    def _next_comment_s(self) -> float | None:
        return None if self._keepalive_s is None else self._loop.time() + self._keepalive_s

    def _route(self, method: str, path: str) -> tuple[str, str]:
        """Name what is asked for, and of which scan or finding; "" for what is not there."""
        if not path.startswith(f"{self._prefix}/"):
            return "", ""
        name, wanted = "", ""
        match method, *path.removeprefix(self._prefix).split("/")[1:]:
            case "GET", "api", "scans", wanted, "progress", "stream":
                return "stream", wanted
            case _ if self._kind is Kind.STREAM:
                return "", ""
            case "GET", "health" if self._has_health:
                name = "health"
            case "GET", "api", "auth", "me":
                name = "me"
            case "GET", "api", "scans", wanted:
                name = "scan"
            case "GET", "api", "scans", wanted, "findings":
                name = "findings"
            case "GET", "api", "findings", wanted:
                name = "finding"
            case "GET", "api", "findings", wanted, "events":
                name = "events"
            case "PATCH", "api", "findings", wanted, ("status" | "severity") as name:
                pass
            case _:
                wanted = ""
        return ("", "") if name in self._lacks else (name, wanted)

    def _data(self, name: str, wanted: str, query: dict[str, list[str]], body: bytes) -> object:
        """Return the body of a good answer.

        Raises:
            Refused: there is no such thing, or the question makes no sense.
        """
        match name:
            case "health":
                return {"status": "ok"}
            case "me":
                return {"status": "ok", "data": _ME}
            case "scan":
                self._see_scan(wanted)
                data: object = self.story.scan()
            case "findings":
                self._see_scan(wanted)
                data = self._listed(query)
            case "events":
                data = self.story.events.get(wanted, [])
            case "finding":
                data = self._finding(wanted)
            case _:
                data = self._triaged(name, wanted, body)
        return data if self._is_bare else {"success": True, "data": data}

    def _see_token(self, asked: Asked) -> None:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            raise Refused(401, "Authentication required")

    def _see_scan(self, scan_id: str) -> None:
        if scan_id != self.story.scan_id:
            raise Refused(404, f"Scan '{scan_id}' not found")

    def _finding(self, finding_id: str) -> Row:
        try:
            return self.story.rows[finding_id]
        except KeyError:
            raise Refused(404, f"Finding '{finding_id}' not found") from None

    def _listed(self, query: dict[str, list[str]]) -> object:
        asked = {key: values[-1] for key, values in query.items()}
        rows = self.story.listed(asked.get("severity"), asked.get("status"))
        if self._listing is Listing.BARE:
            return rows
        page, per_page = int(asked.get("page", 1)), min(int(asked.get("per_page", 25)), 100)
        first = (page - 1) * per_page
        reported = {"items": rows[first : first + per_page], "page": page, "per_page": per_page}
        if self._listing is Listing.PAGED:
            reported |= {"total": len(rows), "total_pages": max(-(-len(rows) // per_page), 1)}
        return reported

    def _triaged(self, key: str, finding_id: str, body: bytes) -> Row:
        self._finding(finding_id)
        try:
            reported = json.loads(body)
            value, comment = reported[key], reported.get("comment")
        except (ValueError, TypeError, KeyError):
            raise Refused(400, f"{key} is missing") from None
        if value not in (SEVERITIES if key == "severity" else FINDING_STATUSES):
            raise Refused(400, f"'{value}' is no {key}")
        return self.story.triage(finding_id, key, value, comment)


def _nothing_there(lack: Lack) -> bytes:
    flat = json.dumps({"success": False, "code": 404, "message": "Not found"})
    match lack:
        case Lack.JSON:
            return answer(404, "application/json", flat)
        case Lack.TEXT:
            return answer(404, "text/plain", "Not found")
        case Lack.HTML:
            return answer(404, "text/html", HTML)
        case Lack.PAGE_200:
            return answer(200, "text/html", HTML)
        case Lack.METHOD:
            return answer(405, "text/plain", "Method not allowed", {"Allow": "POST"})
        case Lack.UNBUILT:
            return answer(501, "text/plain", "Not implemented")


Serve = Callable[..., DocumentedServer]


@contextmanager
def documented_servers() -> Iterator[Serve]:
    """Start servers with these arguments, which end with the context."""
    with ExitStack() as stack:
        yield lambda *arguments, **options: stack.enter_context(
            DocumentedServer(*arguments, **options)
        )
