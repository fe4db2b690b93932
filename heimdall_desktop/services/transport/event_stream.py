"""Splits bytes into server-sent events: frames, comments and overlong frames, in order.

httpx-sse decodes the lines of a frame. Its `EventSource` would read the whole response, but drops
comments, loses the first line after a byte order mark and has no limits. So the bytes are cut at
blank lines here, and the lines of each frame go to its decoder. Event ids and `retry` are ignored:
Heimdall sends neither, and we choose the wait ourselves.
Source: protocol.md 3.2, T-41, T-42; WHATWG HTML, server-sent events.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator

import httpx
from httpx_sse._decoders import SSEDecoder  # of 0.4.3; nothing public decodes lines
from msgspec import Struct

from heimdall_desktop.domain.facts.errors import Reason, WireError
from heimdall_desktop.domain.facts.server import Peer
from heimdall_desktop.services.transport.answers import Decoder, unescaped
from heimdall_desktop.services.transport.failures import translated

FRAME_LIMIT_BYTES = 1 << 20  # a longer frame is skipped; real ones have some 300 bytes
ENDLESS_LIMIT_BYTES = 8 << 20  # so many without a blank line: this is not an event stream
FLOOD_LIMIT_BYTES = 16 << 20  # at once; about 30,000 findings take as much
FLOOD_BYTES_S = 1 << 17  # and in the long run: 200 events a second
WORK_BYTES = 256  # counted for the work of each piece or part, however short

_BOM = b"\xef\xbb\xbf"


class Frame(Struct, frozen=True):
    """One event: its name ("message" if it has none) and its data, never empty."""

    event: str
    data: str


class Comment(Struct, frozen=True):
    """A comment line: a sign of life or, if `is_lagged`, the notice of dropped events."""

    is_lagged: bool


class BadFrame(Struct, frozen=True):
    """A frame that was skipped."""

    reason: str


StreamPart = Frame | Comment | BadFrame


class FrameCutter:
    """Cuts a byte stream into its parts; how the bytes are chunked makes no difference.

    Args:
        mask: removes secrets from a whole frame.
    """

    def __init__(self, mask: Callable[[bytes], bytes] = bytes) -> None:
        self._mask = mask
        self._start: bytes | None = b""  # a possible start of a byte order mark; None once decided
        self._ends_in_cr = False
        self._pending = bytearray()
        self._searched = 0
        self._skipped_bytes = 0

    def push(self, chunk: bytes) -> Iterator[StreamPart]:
        """Yield the parts that this chunk completes. Iterate to the end before the next push.

        Raises:
            WireError: no frame ends within `ENDLESS_LIMIT_BYTES`.
        """
        self._pending += self._normalised(chunk)
        for frame in self._frames():
            if frame is None:
                yield BadFrame(f"a frame of more than {FRAME_LIMIT_BYTES} bytes")
                continue
            lines = frame.split(b"\n") if frame.startswith(b":") or b"\n:" in frame else []
            comments = [line[1:].lstrip() for line in lines if line.startswith(b":")]
            yield from (Comment(is_lagged=each.startswith(b"lagged")) for each in comments)
            if len(comments) <= frame.count(b"\n"):  # a burst brings thousands without any data
                decoder = SSEDecoder()
                masked = self._mask(unescaped(frame, "text/event-stream"))
                for text in masked.decode("utf-8", "replace").split("\n"):
                    decoder.decode(text)
                sse = decoder.decode("")  # the blank line that ends the frame
                if sse is not None and sse.data:  # no data, no event
                    yield Frame(sse.event, sse.data)
        if len(self._pending) + self._skipped_bytes > FRAME_LIMIT_BYTES + 1:
            self._skipped_bytes += len(self._pending) - 1
            del self._pending[:-1]  # the last byte may be half of the blank line
            self._searched = 0
            self._refuse_endless(self._skipped_bytes)

    def _normalised(self, chunk: bytes) -> bytes:
        """Return the chunk without a byte order mark, and with CR and CRLF as LF.

        Also if a mark or a CRLF is split over two chunks.
        """
        if self._start is not None:
            chunk = self._start + chunk
            if len(chunk) < len(_BOM) and _BOM.startswith(chunk):
                self._start = chunk
                return b""
            self._start = None
            chunk = chunk.removeprefix(_BOM)
        if self._ends_in_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._ends_in_cr = False
        if chunk:
            self._ends_in_cr = chunk.endswith(b"\r")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk

    def _frames(self) -> Iterator[bytes | None]:
        """Yield each whole frame, None in place of one that is too long."""
        while (end := self._pending.find(b"\n\n", self._searched)) >= 0:
            size = self._skipped_bytes + end
            if not size:  # blank lines between frames, perhaps millions of them
                self._pending = self._pending.lstrip(b"\n")
                continue
            self._refuse_endless(size)
            frame = bytes(self._pending[:end])
            del self._pending[: end + 2]
            self._searched = self._skipped_bytes = 0
            yield frame if size <= FRAME_LIMIT_BYTES else None
        self._searched = max(0, len(self._pending) - 1)

    def _refuse_endless(self, size: int) -> None:
        if size > ENDLESS_LIMIT_BYTES:
            raise WireError(Reason.STREAM_ENDLESS)


class EventStream:
    """One open event stream.

    Attributes:
        last_byte_at_s: when the newest bytes came, by the given clock.

    Raises:
        WireError: its compression is not accepted.
    """

    def __init__(
        self,
        peer: Peer,
        response: httpx.Response,
        clock: Callable[[], float],
        mask: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self._mask = mask
        self.last_byte_at_s = clock()
        self._peer = peer
        self._response = response
        self._decoder = Decoder(response.headers, peer)
        self._clock = clock
        self._flood_bytes = 0.0

    async def __aiter__(self) -> AsyncGenerator[StreamPart, None]:
        """Yield the parts until the server ends the stream. Iterate it once.

        Raises:
            ServerUnreachable: the connection broke.
            WireError: the bytes are not an event stream, their compression is broken, or there are
                more of them than any server needs to send.
        """
        cutter = FrameCutter(self._mask)
        with translated(self._peer):
            async for chunk in self._response.aiter_raw():
                now_s = self._clock()
                forgotten = (now_s - self.last_byte_at_s) * FLOOD_BYTES_S
                self._flood_bytes = max(self._flood_bytes - forgotten, 0.0)
                self.last_byte_at_s = now_s
                for number, piece in enumerate(self._decoder.push(chunk)):
                    if number:  # a few compressed bytes may be work for minutes
                        await asyncio.sleep(0)
                    self._count(len(piece))
                    for part in cutter.push(piece):
                        self._count(0)
                        yield part
            self._decoder.end()

    def _count(self, size: int) -> None:
        self._flood_bytes += size + WORK_BYTES
        if self._flood_bytes > FLOOD_LIMIT_BYTES:
            raise WireError(Reason.STREAM_FLOODS)

    async def aclose(self) -> None:
        with translated(self._peer):
            await self._response.aclose()
