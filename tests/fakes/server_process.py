"""The embedded server as a process that is killed and started again at the same place."""

import asyncio
import json
import signal
import subprocess
import sys
import threading
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

from tests.fakes.second_story import Generation, Story
from tests.fakes.waiting import WAIT_LIMIT_S


class ServerThread:
    """Serves from entering its context to leaving it."""

    _loop: asyncio.AbstractEventLoop
    _over: asyncio.Event

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(WAIT_LIMIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        await self._serve()

    @abstractmethod
    async def _serve(self) -> None:
        """Listen, say so by `_ready`, and serve until `_over`."""


EMAIL = "analyst@example.test"
PASSWORD = "long enough, and nowhere else"  # noqa: S105 - of an account that lives for one test


class ServerProcess:
    """Replays a recording, used as a context manager.

    Args:
        folder: its database outlives it there.
        recording: what its repository replays.
        speed: how much faster than recorded, until it is started again.

    Attributes:
        url: where it listens, before and after.
        token: of a session that outlives it too.
    """

    def __init__(self, folder: Path, recording: str, speed: float) -> None:
        self._arguments = ["--folder", str(folder)]
        self.url = self._start(port=0, speed=speed)
        self.token = ""
        account = {"email": EMAIL, "password": PASSWORD}
        self.token = self._answer("POST", "/test/accounts", account)["token"]
        repo = {"name": recording, "owner": EMAIL}
        self._repo_id = self._answer("POST", "/test/recordings", repo)["repo_id"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end(signal.SIGTERM)

    def scan(self) -> str:
        return str(self.ask("POST", f"/api/repos/{self._repo_id}/scan")["id"])

    def kill(self) -> None:
        """End it as a machine does that loses its power."""
        self._end(signal.SIGKILL)

    def restart(self, speed: float) -> None:
        assert self._start(int(self.url.rpartition(":")[2]), speed) == self.url

    def status(self, scan_id: str) -> str:
        return str(self.ask("GET", f"/api/scans/{scan_id}")["status"])

    def severities(self, scan_id: str) -> dict[str, str]:
        """Severity by id of all findings of a scan that is over."""
        found: dict[str, str] = {}
        page, pages = 0, 1
        while page < pages:
            page += 1
            path = f"/api/scans/{scan_id}/findings?per_page=100&page={page}"
            listed = self.ask("GET", path)
            pages = listed["total_pages"]
            found |= {row["id"]: row["severity"] for row in listed["items"]}
        return found

    def ask(self, method: str, path: str, body: object = None) -> Any:
        return self._answer(method, path, body)["data"]

    def _answer(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        asked = Request(f"{self.url}{path}", data, headers, method=method)  # noqa: S310 - our own
        with urlopen(asked, timeout=WAIT_LIMIT_S) as answer:  # noqa: S310
            return json.load(answer)

    def _start(self, port: int, speed: float) -> str:
        place = (*self._arguments, "--port", str(port), "--speed", str(speed))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lab", "server", *place], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        return str(json.loads(self._process.stdout.readline())["url"])

    def _end(self, number: signal.Signals) -> None:
        self._process.send_signal(number)
        self._process.communicate()


TOKEN = "c0ffee".ljust(64, "0")
MakeStory = Callable[[Generation, Callable[[str], None]], Story]
_CSRF = f"set-cookie: _csrf={64 * 'a'}; Path=/; SameSite=Strict; Max-Age=86400\r\n"
_STREAM_HEAD = (
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
    f"x-accel-buffering: no\r\n{_CSRF}transfer-encoding: chunked\r\n\r\n"
)


class SecondServer(ServerThread):
    """Serves in a thread of its own, used as a context manager.

    Args:
        generation: which server it is.
        make_story: makes what it plays, out of the generation and a way into all open streams.

    Attributes:
        story: what it knows; to be looked at once the client has ended.
    """

    def __init__(self, generation: Generation, make_story: MakeStory = Story) -> None:
        super().__init__()
        self.story = make_story(generation, self._send)
        self._streams: list[asyncio.Queue[str | None]] = []
        self._playing: asyncio.Task[None] | None = None

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._connection, "127.0.0.1", 0) as listening:
            self.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
            self._ready.set()
            await self._over.wait()
            self._end_streams()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        over = asyncio.CancelledError  # the server ends while a client is kept waiting
        with suppress(asyncio.IncompleteReadError, ConnectionError, over):
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *rest = head.decode("latin-1").strip().split("\r\n")
                headers = dict(line.split(": ", 1) for line in rest)
                await self._request(first.split(" ")[1], headers, writer)
                await writer.drain()
        writer.close()

    async def _request(
        self, target: str, headers: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        parts = urlsplit(target)
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return await self._give(_answer(401, None), parts.path, writer)
        if parts.path == f"/api/scans/{self.story.scan_id}/progress/stream":
            return await self._stream(writer)
        try:
            data = self.story.answer(parts.path, parse_qs(parts.query))
        except LookupError:
            return await self._give(_answer(404, None), parts.path, writer)
        return await self._give(_answer(200, data), parts.path, writer)

    async def _give(self, answer: bytes, _path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        writer.write(_STREAM_HEAD.encode())
        async with self._subscribed() as queue:
            while (text := await queue.get()) is not None:
                await self._give_chunk(chunk(text), writer)
                await writer.drain()
        writer.write(b"0\r\n\r\n")

    async def _give_chunk(self, content: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(content)

    @asynccontextmanager
    async def _subscribed(self) -> AsyncIterator[asyncio.Queue[str | None]]:
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        queue.put_nowait(self.story.initial_state())
        self._streams.append(queue)
        if self._playing is None:
            self._playing = self._loop.create_task(self._play())
        try:
            yield queue
        finally:
            self._streams.remove(queue)

    async def _play(self) -> None:
        await self.story.play()
        self._end_streams()

    def _send(self, text: str) -> None:
        for queue in self._streams:
            queue.put_nowait(text)

    def _end_streams(self) -> None:
        for queue in self._streams:
            queue.put_nowait(None)


def chunk(text: str) -> bytes:
    content = text.encode()
    return b"%x\r\n%b\r\n" % (len(content), content)


def _answer(status: int, data: object) -> bytes:
    error = {"success": False, "error": {"code": status, "message": "No"}}
    body = json.dumps({"success": True, "data": data} if status == 200 else error).encode()
    head = f"HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\n{_CSRF}"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
