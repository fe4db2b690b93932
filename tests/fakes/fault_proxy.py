"""A proxy on loopback between the app and a server, which breaks what passes and counts it.

Each armed fault waits for an answer, or for a frame of a stream, that it can break, and breaks one.
What it counts has really reached the app. It runs on the test's own loop, so that a loop whose time
can be turned turns its delays too.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum

from tests.fakes.raw_server import Asked, answer, read_request, reset

LAGGED = ": lagged — events were dropped\n\n".encode()
KEEPALIVE = b": keepalive\n\n"
KEEPALIVE_S = 15.0  # the server's own come by a clock that nobody turns
PIECES = 20  # of a trickling answer
_HTML = "<!DOCTYPE html><html><body><h1>It is not you</h1></body></html>"
_CHUNK_END = b"\r\n"
_LAST_CHUNK = b"0\r\n\r\n"


class FaultKind(Enum):
    """What can go wrong with an answer or a stream."""

    DROP = "closed at a byte"
    RESET = "RST at a byte"
    STALL = "silent from a byte on"
    LAG = "request held back"
    LATE = "answer held back"
    TRICKLE = "answer in small pieces"
    FAULT_500 = "500 with envelope"
    BUSY_503 = "503 with a wait"
    HTML_502 = "502 as HTML"
    NOT_FOUND = "404 with envelope"
    HTML_404 = "404 as HTML"
    HTML_200 = "200 as HTML"
    UNAUTHORIZED = "401 once"
    RATE_LIMITED = "429 with a wait"
    CUT_JSON = "truncated JSON, right length"
    WRONG_LENGTH = "truncated JSON, wrong length"
    DUPLICATE = "frame sent twice"
    SKIPPED = "lagged notice"
    GARBLED = "frame cut in the middle"


FRAME_KINDS = frozenset({FaultKind.DUPLICATE, FaultKind.SKIPPED, FaultKind.GARBLED})
CUT_KINDS = frozenset({FaultKind.DROP, FaultKind.RESET, FaultKind.STALL})
#: What a frame of an open stream can meet.
STREAM_KINDS = FRAME_KINDS | CUT_KINDS | {FaultKind.LATE, FaultKind.TRICKLE}
ANSWER_KINDS = frozenset(FaultKind) - FRAME_KINDS
_BODY_KINDS = frozenset({FaultKind.CUT_JSON, FaultKind.WRONG_LENGTH})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is to go wrong once.

    Attributes:
        on: the kind of request: scan, repo, live, findings, finding, cancel, stream (its
            opening), any of them, or frame (of an open stream).
        amount: seconds for what waits, else the byte, counted around the end of what is sent.
    """

    kind: FaultKind
    on: str
    amount: int = 0


@dataclass
class FaultProxy:
    """Passes requests on to a port, each over a connection of its own; keeps the app's alive.

    Attributes:
        armed: what is still to go wrong.
        hits: how often each fault has really been met, and "out of order" answers.
        moved_at_s: when bytes last moved; real monotonic seconds.
        meets: called with the target of each request, before it is passed on.
    """

    upstream: int
    armed: list[Fault] = field(default_factory=list)
    hits: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    moved_at_s: float = 0.0
    meets: Callable[[str], None] = lambda _target: None
    port: int = 0
    _listening: asyncio.Server | None = None
    _busy: int = 0
    _serving: set[asyncio.Task[None]] = field(default_factory=set)
    _streams: dict["_Stream", None] = field(default_factory=dict)
    _last_answered: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_up(self) -> bool:
        """Whether it takes connections."""
        return self._listening is not None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way that no fault holds back."""
        return self._busy > 0

    def arm(self, fault: Fault) -> None:
        """Let something go wrong with the next thing it fits; an idle stream is met at once."""
        if fault.on == "frame" and fault.kind in (FaultKind.STALL, FaultKind.SKIPPED):
            for stream in self._streams:
                if not stream.is_stalled:
                    stream.meet(fault)
                    return
        self.armed.append(fault)

    def disarm(self) -> None:
        """Let nothing more go wrong; what is stalled stays so, what is held back comes."""
        self.armed.clear()

    async def up(self) -> None:
        """Take connections, at the same port as before."""
        self._listening = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, reuse_address=True
        )
        self.port = self._listening.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Break all connections and refuse new ones, as a server that was killed."""
        if self._listening is None:
            return
        loop = asyncio.get_running_loop()
        for listening in self._listening.sockets:
            loop.remove_reader(listening.fileno())
        await asyncio.sleep(0)  # asyncio leaves a socket open that it accepts while it closes
        await asyncio.sleep(0)
        self._listening.close()
        self._listening = None
        serving = list(self._serving)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    def hit(self, kind: FaultKind, on: str) -> None:
        self.hits[f"{kind.value} ({_place(on)})"] += 1

    def take(self, on: str, kinds: frozenset[FaultKind]) -> Fault | None:
        for fault in self.armed:
            fits = fault.on == on or (fault.on == "any" and on != "frame")
            if fits and fault.kind in kinds:
                self.armed.remove(fault)
                return fault
        return None

    def moved(self) -> None:
        self.moved_at_s = time.monotonic()

    @contextmanager
    def held(self) -> Iterator[None]:
        """While something is held back on purpose, nobody need wait for it."""
        self._busy -= 1
        try:
            yield
        finally:
            self._busy += 1

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if not self.is_up:  # accepted, but not yet begun, when it went down
            writer.transport.abort()
            return
        self._serving.add(task)
        try:
            while (asked := await read_request(reader)) is not None:
                if not await self._pass_on(asked, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._serving.discard(task)
            writer.close()

    async def _pass_on(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; return whether the connection can be used again."""
        self._busy += 1
        try:
            kind = request_kind(asked.target)
            self.asked[kind] += 1
            number = self.asked.total()
            self.moved()
            fault = self.take(kind, ANSWER_KINDS)
            if fault is not None and fault.kind is FaultKind.LAG:
                with self.held():
                    await asyncio.sleep(fault.amount)
                self.hit(fault.kind, kind)
            self.meets(asked.target)
            if kind == "stream":
                return await self._pass_stream(asked, reader, writer, fault)
            whole = await self._answer(asked)
            is_reusable = await self._send(whole, kind, fault, reader, writer)
            if number < self._last_answered:
                self.hits["out of order"] += 1
            self._last_answered = max(number, self._last_answered)
            return is_reusable
        finally:
            self._busy -= 1
            self.moved()

    async def _answer(self, asked: Asked) -> bytes:
        async with self._upstream(asked) as reader:
            head = await reader.readuntil(b"\r\n\r\n")
            return head + await reader.readexactly(int(_header(head, b"content-length") or b"0"))

    @asynccontextmanager
    async def _upstream(self, asked: Asked) -> AsyncIterator[asyncio.StreamReader]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            lines = [f"{asked.method} {asked.target} HTTP/1.1"]
            headers = asked.headers | {"host": f"127.0.0.1:{self.upstream}"}
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + asked.body)
            yield reader
        finally:
            writer.close()

    async def _send(
        self,
        whole: bytes,
        kind: str,
        fault: Fault | None,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Send an answer, broken if there is a fault; return whether the connection lives on."""
        if fault is None or fault.kind is FaultKind.LAG:
            writer.write(whole)
            await writer.drain()
            return True
        self.hit(fault.kind, kind)
        match fault.kind:
            case FaultKind.LATE:
                with self.held():
                    await asyncio.sleep(fault.amount)
                writer.write(whole)
                await writer.drain()
                return True
            case FaultKind.TRICKLE:
                with self.held():
                    await self.trickle(whole, fault.amount, writer)
                return True
            case _ if fault.kind in _BODY_KINDS:
                writer.write(_with_cut_body(whole, fault))
                await writer.drain()
                return fault.kind is FaultKind.CUT_JSON
            case _ if fault.kind in CUT_KINDS:
                with self.held():
                    await cut(whole, fault, reader, writer)
                return False
            case _:
                writer.write(refusal(fault))
                await writer.drain()
                return True

    async def trickle(self, whole: bytes, seconds: int, writer: asyncio.StreamWriter) -> None:
        size = len(whole) // PIECES + 1
        for start in range(0, len(whole), size):
            writer.write(whole[start : start + size])
            await writer.drain()
            self.moved()
            await asyncio.sleep(seconds / PIECES)

    async def _pass_stream(
        self,
        asked: Asked,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        fault: Fault | None,
    ) -> bool:
        async with self._upstream(asked) as upstream:
            head = await upstream.readuntil(b"\r\n\r\n")
            if b"text/event-stream" not in head or (
                fault and fault.kind not in (FaultKind.LAG, FaultKind.LATE, FaultKind.TRICKLE)
            ):
                size = int(_header(head, b"content-length") or b"0")
                whole = head + await upstream.readexactly(size)
                fault = None if fault and fault.kind in _BODY_KINDS and not size else fault
                return await self._send(whole, "stream", fault, reader, writer)
            await self._send(head, "stream", fault, reader, writer)
            stream = _Stream(self, upstream, reader, writer)
            self._streams[stream] = None
            try:
                with self.held():
                    await stream.run()
            finally:
                self._streams.pop(stream, None)
        return False


class _Stream:
    """An open stream: frames in, frames out, and a sign of life when the turned clock wants one."""

    def __init__(
        self,
        proxy: FaultProxy,
        upstream: asyncio.StreamReader,
        client: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._proxy = proxy
        self._upstream = upstream
        self._client = client
        self._writer = writer
        self._writing = asyncio.Lock()
        self.is_stalled = False

    async def run(self) -> None:
        """Pass frames on until either side ends."""
        async with asyncio.TaskGroup() as group:
            lives = [group.create_task(work) for work in (self._pump(), _end_of(self._client))]
            beating = group.create_task(self._keep_alive())
            await asyncio.wait(lives, return_when=asyncio.FIRST_COMPLETED)
            for task in (*lives, beating):
                task.cancel()

    def meet(self, fault: Fault) -> None:
        self._proxy.hit(fault.kind, "frame")
        if fault.kind is FaultKind.STALL:
            self.is_stalled = True
        else:
            self._writer.write(_chunk(LAGGED))

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEPALIVE_S)
            async with self._writing:
                if not self.is_stalled:
                    self._writer.write(_chunk(KEEPALIVE))

    async def _pump(self) -> None:
        try:
            async for frame in _frames(self._upstream):
                async with self._writing:
                    if not (self.is_stalled or await self._send(frame)):
                        return
            if self.is_stalled:
                await asyncio.Event().wait()  # until the app ends it
            self._writer.write(_LAST_CHUNK)
            await self._writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            self._writer.transport.abort()

    async def _send(self, frame: bytes) -> bool:
        """Send a frame, or what a fault makes of it; return whether the stream goes on."""
        self._proxy.moved()
        fault = self._proxy.take("frame", STREAM_KINDS)
        if fault is None:
            self._writer.write(_chunk(frame))
            await self._writer.drain()
            return True
        self._proxy.hit(fault.kind, "frame")
        chunk = _chunk(frame)
        match fault.kind:
            case FaultKind.DUPLICATE:
                self._writer.write(chunk * 2)
            case FaultKind.SKIPPED:
                self._writer.write(_chunk(LAGGED) + chunk)
            case FaultKind.GARBLED:
                kept = frame.rstrip(b"\n")
                self._writer.write(_chunk(kept[: fault.amount % len(kept)] + b"\n\n"))
            case FaultKind.STALL:
                self.is_stalled = True
                self._writer.write(chunk[: fault.amount % len(chunk)])
            case FaultKind.LATE:
                await asyncio.sleep(fault.amount)
                self._writer.write(chunk)
            case FaultKind.TRICKLE:
                await self._proxy.trickle(chunk, fault.amount, self._writer)
            case _:
                await cut(chunk, fault, self._client, self._writer)
                return False
        await self._writer.drain()
        return True


@asynccontextmanager
async def fault_proxy(upstream: int) -> AsyncIterator[FaultProxy]:
    proxy = FaultProxy(upstream)
    await proxy.up()
    try:
        yield proxy
    finally:
        await proxy.down()


async def cut(
    whole: bytes, fault: Fault, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Send the bytes before the fault's, then close, reset, or say nothing until the peer ends."""
    writer.write(whole[: fault.amount % len(whole)])
    await writer.drain()
    if fault.kind is FaultKind.RESET:
        reset(writer)
    elif fault.kind is FaultKind.STALL:
        await _end_of(reader)
    else:
        writer.close()


async def _end_of(reader: asyncio.StreamReader) -> None:
    """Wait until a peer closes or resets."""
    with suppress(ConnectionError):
        await reader.read()


def refusal(fault: Fault) -> bytes:
    """The answer of a server, or of a proxy before it, that refuses."""
    wait = {"Retry-After": str(fault.amount)}
    match fault.kind:
        case FaultKind.FAULT_500:
            return answer(500, "application/json", _envelope(500))
        case FaultKind.BUSY_503:
            return answer(503, "application/json", _envelope(503), wait)
        case FaultKind.UNAUTHORIZED:
            return answer(401, "application/json", _envelope(401))
        case FaultKind.RATE_LIMITED:
            text = f"Too many requests, retry in {fault.amount}s"
            return answer(429, "text/plain", text, {"x-ratelimit-after": str(fault.amount)})
        case FaultKind.NOT_FOUND:
            return answer(404, "application/json", _envelope(404))
        case FaultKind.HTML_404:
            return answer(404, "text/html", _HTML)
        case FaultKind.HTML_200:
            return answer(200, "text/html", _HTML)
        case _:
            return answer(502, "text/html", _HTML)


def request_kind(target: str) -> str:
    """Return what a request asks for: scan, repo, live, findings, finding, stream or cancel."""
    path = target.partition("?")[0]
    last = path.rpartition("/")[2]
    if last in {"live", "findings", "stream", "cancel"}:
        return last
    kinds = {"scans": "scan", "repos": "repo", "findings": "finding"}
    return kinds.get(path.split("/")[2] if path.count("/") > 1 else "", "other")


def _place(on: str) -> str:
    return on if on in {"stream", "frame"} else "answer"


def _envelope(code: int) -> str:
    return f'{{"success": false, "error": {{"code": {code}, "message": "Not now"}}}}'


def _with_cut_body(whole: bytes, fault: Fault) -> bytes:
    head, _, body = whole.partition(b"\r\n\r\n")
    cut_body = body[: fault.amount % len(body)] if body else body
    if fault.kind is FaultKind.WRONG_LENGTH:
        return head + b"\r\n\r\n" + cut_body
    old = _header(head + b"\r\n", b"content-length") or b"0"
    new = str(len(cut_body)).encode()
    head = head.replace(b"content-length: " + old, b"content-length: " + new)
    return head + b"\r\n\r\n" + cut_body


def _chunk(frame: bytes) -> bytes:
    return f"{len(frame):x}\r\n".encode() + frame + _CHUNK_END


async def _frames(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    pending = b""
    while size := int(await reader.readuntil(_CHUNK_END), 16):
        pending += await reader.readexactly(size)
        await reader.readexactly(len(_CHUNK_END))
        while b"\n\n" in pending:
            frame, _, pending = pending.partition(b"\n\n")
            yield frame + b"\n\n"


def _header(head: bytes, name: bytes) -> bytes | None:
    for line in head.split(b"\r\n")[1:]:
        found, _, value = line.partition(b": ")
        if found.lower() == name:
            return value
    return None
