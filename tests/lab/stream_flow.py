"""How the bytes of open streams get out: as they come, held back by a proxy, frozen, or cut off.

Also uvicorn's HTTP connection with a way to close it under a request, which ASGI does not offer.
"""

import asyncio
import itertools
from collections.abc import Callable
from enum import Enum
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_STATE_KEY = "transport"
_NUMBER_KEY = "connection_number"
_numbers = itertools.count()


class HttpConnection(H11Protocol):
    """Leaves its transport and its number in the state of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        marks = {_STATE_KEY: transport, _NUMBER_KEY: next(_numbers)}
        self.app_state: dict[str, Any] = {**self.app_state, **marks}


def connection_number(scope: Scope) -> int:
    """Return the number of a request's connection, in the order in which they were taken."""
    number: int = scope["state"][_NUMBER_KEY]
    return number


def close_connection(scope: Scope) -> None:
    """Close the connection of a request after what was sent, wherever in the answer that is."""
    transport: asyncio.Transport = scope["state"][_STATE_KEY]
    transport.close()


async def until_gone(receive: Receive) -> None:
    """Wait until the connection of a request is gone: uvicorn minds an answer that just stops."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Flow(Enum):
    """What happens to the bytes of all streams."""

    FLOWING = "flowing"
    HELD = "held"
    """Something on the way keeps them, and hands all of them on in one piece when they flow again.
    The headers of a new stream come at once."""
    FROZEN = "frozen"
    """Nothing gets through, headers neither, and nothing is closed; the server, too, is held up, so
    that a ring may overrun."""


class StreamFlow:
    """The open streams and how they flow. Lives on the server's loop."""

    def __init__(self) -> None:
        self._flow = Flow.FLOWING
        self._changed = asyncio.Event()
        self._open: set[OpenStream] = set()

    @property
    def flow(self) -> Flow:
        return self._flow

    @property
    def is_flowing(self) -> bool:
        return self._flow is Flow.FLOWING

    def set(self, flow: Flow) -> None:
        self._flow = flow
        self._changed.set()
        self._changed = asyncio.Event()

    def drop(self, after_bytes: int) -> None:
        """Break all that are open, once so many more bytes of each have been sent."""
        for stream in list(self._open):
            stream.cut_after(after_bytes)

    async def until(self, *flows: Flow) -> None:
        while self._flow not in flows:
            await self._changed.wait()

    async def send_through(
        self, app: ASGIApp, scope: Scope, receive: Receive, send: Send, cut: "Cut | None" = None
    ) -> None:
        stream = OpenStream(self, scope, send, cut)
        self._open.add(stream)
        try:
            await stream.run(app, receive)
        finally:
            self._open.discard(stream)


class Cut:
    """Where a stream or an answer ends before its time.

    Args:
        after_bytes: of its body; half of the first piece if None.
        is_clean: whether its framing ends well, as if this had been all.
        note: called when it comes about.
    """

    def __init__(
        self, after_bytes: int | None, *, is_clean: bool, note: Callable[[], None] = lambda: None
    ) -> None:
        self._left = after_bytes
        self.is_clean = is_clean
        self._note = note

    def take(self, body: bytes) -> bytes | None:
        """Return the part to send of the piece with the cut; None for a piece before it."""
        if self._left is None:
            self._left = len(body) // 2
        if len(body) < self._left:
            self._left -= len(body)
            return None
        self._note()
        return body[: self._left]


class OpenStream:
    """One stream on its way out: what the server has sent and the peer has not got yet."""

    def __init__(self, streams: StreamFlow, scope: Scope, send: Send, cut: Cut | None) -> None:
        self._streams = streams
        self._scope = scope
        self._peer = send
        self._cut = cut
        self._kept: list[Message] = []
        self._news = asyncio.Event()
        self._delivered = asyncio.Event()
        self._is_over = False
        self._is_broken = False

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        delivery = asyncio.get_running_loop().create_task(self._deliver(), name="stream delivery")
        try:
            await app(self._scope, receive, self._send)
            if self._is_broken:
                await until_gone(receive)
        finally:
            delivery.cancel()

    def cut_after(self, after_bytes: int) -> None:
        """Break the connection once so many more bytes have been sent; immediately for 0."""
        if after_bytes:
            self._cut = Cut(after_bytes, is_clean=False)
        else:
            self._break()

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._streams.until(Flow.FLOWING, Flow.HELD)
            await self._peer(message)
        elif self._streams.is_flowing and not self._kept:
            await self._pass_on(message)
        else:
            await self._keep(message)

    async def _keep(self, message: Message) -> None:
        """Leave a piece to the delivery; wait for it unless something on the way takes it."""
        self._kept.append(message)
        self._delivered.clear()
        self._news.set()
        is_last = not message.get("more_body", False)
        if is_last or self._streams.flow is not Flow.HELD:
            await self._delivered.wait()

    async def _deliver(self) -> None:
        while True:
            await self._news.wait()
            await self._streams.until(Flow.FLOWING)
            self._news.clear()
            kept, self._kept = self._kept, []
            body = b"".join(piece.get("body", b"") for piece in kept)
            await self._pass_on({**kept[-1], "body": body})
            if not self._kept:
                self._delivered.set()

    async def _pass_on(self, message: Message) -> None:
        if self._is_over:
            return
        rest = self._cut.take(message.get("body", b"")) if self._cut else None
        if self._cut is None or rest is None:
            await self._peer(message)
            return
        self._is_over = True
        await self._peer({**message, "body": rest, "more_body": not self._cut.is_clean})
        if not self._cut.is_clean:
            self._break()

    def _break(self) -> None:
        self._is_over = self._is_broken = True
        close_connection(self._scope)
