"""A second Heimdall, written from protocol.md alone, for programs to be tried on.

It shares no code with the embedded server, so that a misreading common to that one and the client
shows here. It answers whoever has its one token; its story begins with the first subscriber.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qs, urlsplit

from tests.fakes.second_story import Generation, Story
from tests.fakes.server_thread import ServerThread

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
        """Send the answer of a path."""
        writer.write(answer)

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        writer.write(_STREAM_HEAD.encode())
        async with self._subscribed() as queue:
            while (text := await queue.get()) is not None:
                await self._give_chunk(chunk(text), writer)
                await writer.drain()
        writer.write(b"0\r\n\r\n")

    async def _give_chunk(self, content: bytes, writer: asyncio.StreamWriter) -> None:
        """Send a piece of a stream."""
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
    """A piece of a body of unknown length."""
    content = text.encode()
    return b"%x\r\n%b\r\n" % (len(content), content)


def _answer(status: int, data: object) -> bytes:
    error = {"success": False, "error": {"code": status, "message": "No"}}
    body = json.dumps({"success": True, "data": data} if status == 200 else error).encode()
    head = f"HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\n{_CSRF}"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
