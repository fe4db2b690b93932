"""A loopback server that answers with raw bytes: half frames, resets, wrong lengths."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from heimdall_desktop.domain.facts.server import ServerUrl, server_url


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Script = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class RawServer:
    """A server under a test's control; answers each request by its script, then closes.

    Attributes:
        script: writes the answer; with `keeps_alive` the connection stays open for more.
        asked: all requests so far.
    """

    script: Script
    keeps_alive: bool = False
    asked: list[Asked] = field(default_factory=list)
    url: ServerUrl = field(default=ServerUrl(""), init=False)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        self._writers.add(writer)
        try:
            while (asked := await read_request(reader)) is not None:
                self.asked.append(asked)
                await self.script(asked, writer)
                await writer.drain()
                if not self.keeps_alive:
                    break
        except ConnectionError:
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    def drop_connections(self) -> None:
        """Close whatever is open."""
        for writer in list(self._writers):
            writer.close()


@asynccontextmanager
async def raw_server(script: Script, *, keeps_alive: bool = False) -> AsyncIterator[RawServer]:
    """Run a server on an ephemeral loopback port."""
    server = RawServer(script, keeps_alive)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    server.url = server_url(f"http://127.0.0.1:{port}")
    try:
        yield server
    finally:
        listening.close()
        server.drop_connections()
        await listening.wait_closed()


def answering(*parts: bytes) -> Script:
    """A script that writes the same bytes to everybody, one part after the other."""

    async def write(_: Asked, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return write


def answer(
    status: int, content_type: str, body: bytes | str, headers: dict[str, str] | None = None
) -> bytes:
    """The bytes of an answer with a right length."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(content)}"]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection with an RST instead of an orderly end."""
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def read_request(reader: asyncio.StreamReader) -> Asked | None:
    """Return the next request of a connection; None once it has ended."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *rest = head.decode("latin-1").strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, target, headers, body)
