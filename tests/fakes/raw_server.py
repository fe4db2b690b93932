"""A loopback server that answers with raw bytes: half frames, resets, wrong lengths."""

import asyncio
import copy
import hashlib
import json
import socket
import ssl
import struct
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

from hypothesis import strategies as st

from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.local import auth, rows
from heimdall_desktop.local.broadcaster import Broadcaster, Subscription
from heimdall_desktop.local.rows import ScanId, ScanRow
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer


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
    """

    script: Script
    keeps_alive: bool = False
    asked: list[Asked] = field(default_factory=list)
    url: ServerUrl = field(default=ServerUrl(""), init=False)
    serving: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set, init=False)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)  # at once, or the end of the test may not see it
        task = asyncio.get_running_loop().create_task(self.serve(reader, writer))
        self.serving.add(task)
        task.add_done_callback(self.serving.discard)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
        for writer in list(self._writers):
            writer.close()


@asynccontextmanager
async def raw_server(
    script: Script, *, keeps_alive: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[RawServer]:
    """Run a server on an ephemeral loopback port, if wanted with TLS."""
    server = RawServer(script, keeps_alive)
    listening = await asyncio.start_server(server.accept, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    server.url = server_url(f"http{'' if tls is None else 's'}://127.0.0.1:{port}")
    try:
        yield server
    finally:
        listening.close()
        for _ in range(3):  # asyncio takes as many turns to hand over an accepted connection
            await asyncio.sleep(0)
        server.drop_connections()
        serving = list(server.serving)
        for task in serving:  # a script may wait for ever
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
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


PASSWORD = "long enough, and nowhere else"  # noqa: S105 - of accounts that live for one test
SEVERITIES = ("critical", "high", "medium", "low")


class AttendedBroadcaster(Broadcaster):
    """Lets other threads wait until a client listens to a scan."""

    def __init__(self) -> None:
        super().__init__()
        self._attended: defaultdict[ScanId, threading.Event] = defaultdict(threading.Event)

    def subscribe(self, scan_id: ScanId) -> Subscription:
        """Listen, and let those know who wait for that."""
        subscription = super().subscribe(scan_id)
        self._attended[scan_id].set()
        return subscription

    def until_attended(self, scan_id: ScanId) -> None:
        """Wait for a listener that was not waited for before; any thread may call this."""
        assert self._attended[scan_id].wait(WAIT_LIMIT_S), "no client listens"
        self._attended[scan_id].clear()


class AttendedServer(LabServer):
    """An embedded server that a test shares with a program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.broadcaster: AttendedBroadcaster = AttendedBroadcaster()
        self._numbers = count(1)

    def new_account(self) -> tuple[str, str]:
        """Make an account for one user; return its e-mail and a token."""
        email = f"analyst{next(self._numbers)}@example.test"
        self.add_account(email, PASSWORD)
        return email, self.new_session(email)

    def knows(self, token: str) -> bool:
        return self.database.user_of_session(auth.token_hash(token)) is not None

    def until_attended(self, scan: ScriptedScan) -> None:
        self.broadcaster.until_attended(scan.id)

    def age(self, scan: ScriptedScan) -> None:
        """Let the scan's end lie so far back that it is believed at once."""
        long_ago = rows.now() - timedelta(hours=1)
        self.database.update(ScanRow, scan.id, updated_at=long_ago)

    def reported(self, scan_id: ScanId) -> dict[str, Any]:
        """What a program is to print of a scan, counted from the rows themselves."""
        row, findings = self.database.scan(scan_id), self.database.findings_of(scan_id)
        assert row is not None
        severities = {finding.id: finding.severity for finding in findings}
        seen = self.database.files_seen(scan_id)
        files = {} if seen is None else {"unlooked": seen.not_scanned}
        return reported(scan_id, row.status, severities) | files


def reported(scan_id: str, status: str, findings: dict[Any, str]) -> dict[str, Any]:
    """What a program is to print of a scan with these severities by finding id."""
    severities = Counter(findings.values())
    known = {severity: severities[severity] for severity in SEVERITIES}
    counts = {"total": len(findings), **known, "other": len(findings) - sum(known.values())}
    digest = hashlib.sha256("\n".join(sorted(findings)).encode()).hexdigest()
    return {
        "id": scan_id,
        "status": status,
        "source": "live",
        "findings": counts,
        "ids_sha256": digest,
    }


class _Echo(BaseHTTPRequestHandler):
    """Answers each request with the next kind of fault."""

    _numbers = count()

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "")
        message = f"Cannot serve {token}"
        envelope = json.dumps({"success": False, "error": {"code": 500, "message": message}})
        kinds = (
            (500, "application/json", envelope),
            (502, "text/html", f"<html>{token}</html>"),
            (400, "text/plain", message),
            (302, "text/plain", ""),
            (200, "application/json", f'{{"success": true, "data": "{token}'),
            (200, "application/json", json.dumps({"success": True, "data": {token: token}})),
            (200, "text/event-stream", f"event: error\ndata: {token}\n\n"),
        )
        status, content_type, body = kinds[next(self._numbers) % len(kinds)]
        self.send_response(status, message)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", f"/login?next={token.replace(' ', '+')}")
        self.send_header("Set-Cookie", f"heimdall_session={token[7:]}; Path=/")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def echoing_server() -> Iterator[str]:
    """Run one; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


_TOKENS = [
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"NaN", b"-Infinity",
    b"1e999", b"-0", b"9" * 400, b"\\ud800", b"\\u0000", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf",
    b"[" * 3000, b'{"a":' * 3000,
]  # fmt: skip

#: Values that a row should not have.
odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["", "2026-13-40T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59"
                     "-23:59", "2026-07-04T08:00:00.123456789012Z", -1, 2**31, 2**64, 10**400]),
    st.lists(st.none() | st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none() | st.text(max_size=3), max_size=3),
)  # fmt: skip


@st.composite
def bent_bytes(draw: st.DrawFn, body: bytes) -> bytes:
    bent = bytearray(body)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(bent)))
        match draw(st.integers(0, 3)):
            case 0:
                bent[place:place] = draw(st.sampled_from(_TOKENS))
            case 1:
                del bent[place : place + draw(st.integers(1, 40))]
            case 2:
                bent[place : place + 1] = draw(st.binary(min_size=1, max_size=2))
            case _:
                end = place + draw(st.integers(1, 60))
                bent[place:place] = bent[place:end]
    return bytes(bent)


@st.composite
def bent_values(draw: st.DrawFn, reported: Any) -> bytes:
    """The JSON of a value in which a few parts are others, or missing."""
    bent = {"data": copy.deepcopy(reported)}
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = bent
        key: Any = "data"
        while isinstance(holder[key], dict | list) and holder[key] and draw(st.integers(0, 3)):
            holder, places = holder[key], holder[key]
            keys = list(places) if isinstance(places, dict) else range(len(places))
            key = draw(st.sampled_from(keys))
        if draw(st.integers(0, 4)):
            holder[key] = draw(odd_values)
        elif isinstance(holder, dict) and holder is not bent:
            holder[draw(st.text(max_size=4))] = holder.pop(key)
    return json.dumps(bent["data"] if bent.keys() != {"data"} else bent).encode()


def bent(reported: Any) -> st.SearchStrategy[bytes]:
    whole = json.dumps({"success": True, "data": reported}).encode()
    return bent_bytes(whole) | bent_values(reported)
