"""Answers of a real server, read from the files they were recorded in and played on loopback.

A file begins with a line `# curl -X METHOD TARGET …` or with the head itself; a stream may have
several connections, each line of it with the second in which it came. The folder is that of
`HEIMDALL_RECORDED`, else `../shared/recorded` beside the checkout; a dozen small recordings of the
same form are kept in `tests/recorded` for where there is neither.
"""

import asyncio
import json
import os
import re
from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.fakes.raw_server import Asked

_ROOT = Path(__file__).resolve().parents[2]
KEPT = _ROOT / "tests" / "recorded"

_ASKED = re.compile(r"# curl -X (\w+) (\S+)(?: {2}body: (.*?))?(?: \(exit \d+\))?")
_TIMED = re.compile(rb"^ {0,3}\d+\.\d{3} ?")
_ENDED = re.compile(rb"#.* end of connection \d+, curl exit (-?\d+)")
_SNAPSHOT = re.compile(
    r" *\d+\.\d{3} (?P<status>\w+) +counts=(?P<counts>\{.*?\}) started=(?P<started>\S+)"
    r" completed=(?P<completed>\S+) stored=(?P<stored>\d+)"
    r" error=(?P<error>.*) stages=(?P<stages>.*)"
)


class Ending(Enum):
    """How a connection ended."""

    WHOLE = "the body is complete"
    BROKEN = "the server went away in mid-body"
    OPEN = "the client went away; the server would have gone on"


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream."""

    name: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Connection:
    """One answer: head and body as they came, chunks put together."""

    head: tuple[str, ...]
    body: bytes
    ending: Ending = Ending.WHOLE

    @property
    def status(self) -> int:
        """The status of the answer itself, not of a `100 Continue` before it."""
        return int([line for line in self.head if line.startswith("HTTP/")][-1].split()[1])

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        pairs = (line.split(": ", 1) for line in self.head if ": " in line)
        return [(name.lower(), value) for name, value in pairs]

    def header(self, name: str) -> str:
        """The value of a header; "" where it is missing."""
        return dict(self.headers).get(name, "")

    @property
    def is_chunked(self) -> bool:
        """Whether the length was not told beforehand."""
        return self.header("transfer-encoding") == "chunked"

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def frames(self) -> list[Event | str]:
        """What a stream carried, in order: events, and comments as they stand."""
        return list(_frames(self.body.decode()))

    @property
    def wire(self) -> bytes:
        """The bytes that a server sends for it, chunked again where they were."""
        head = "\r\n".join([*self.head, "", ""]).encode()
        if not self.is_chunked:
            return head + self.body
        frames = [frame + b"\n\n" for frame in self.body.split(b"\n\n") if frame.strip()]
        chunks = b"".join(f"{len(frame):x}\r\n".encode() + frame + b"\r\n" for frame in frames)
        return head + chunks + (b"0\r\n\r\n" if self.ending is Ending.WHOLE else b"")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A line of a timeline: what `/live` and the scan said at one moment."""

    status: str
    counts: dict[str, int]
    started: str | None
    completed: str | None
    stored: int
    error: str | None
    stages: tuple[tuple[str, str], ...]


class Recording:
    """One file.

    Attributes:
        method, target: of its request; the target is "" where the file does not name it.
    """

    def __init__(self, path: Path, endings: tuple[Ending, ...] = ()) -> None:
        self.path = path
        self.name = path.name
        self._bytes = path.read_bytes()
        self._endings = endings
        first = self._bytes.partition(b"\n")[0].decode()
        asked = _ASKED.fullmatch(first)
        self.method, self.target = (asked[1], asked[2]) if asked else ("GET", "")
        self.request_body = (asked[3] or "") if asked else ""

    def __repr__(self) -> str:
        return f"{self.path.parent.name}/{self.name}"

    @cached_property
    def connections(self) -> tuple[Connection, ...]:
        return tuple(self._connections())

    @property
    def answer(self) -> Connection:
        (only,) = self.connections
        return only

    @property
    def snapshots(self) -> list[Snapshot]:
        """The lines of a timeline, without those that tell of a request."""
        lines = self._bytes.decode().splitlines()
        return [_snapshot(found) for line in lines if (found := _SNAPSHOT.fullmatch(line))]

    def _connections(self) -> Iterator[Connection]:
        lines = self._bytes.split(b"\n")
        if not _TIMED.match(lines[0]) and b" connection 1" not in lines[0]:
            text = self._bytes
            if lines[0].startswith(b"# curl"):
                text = text.partition(b"\n")[2]
            yield _connection(text, self._endings[0] if self._endings else Ending.WHOLE)
            return
        kept: list[bytes] = []
        for line in lines:
            if ended := _ENDED.match(line):
                ending = Ending.WHOLE if ended[1] == b"0" else Ending.OPEN
                yield _connection(b"\n".join([*kept, b""]), ending)
                kept = []
            elif not line.startswith(b"#"):
                kept.append(_TIMED.sub(b"", line, count=1))


def shared_folder() -> Path | None:
    """Return the folder of the recordings; None on a bare clone.

    Raises:
        FileNotFoundError: `HEIMDALL_RECORDED` names a folder that is not there.
    """
    if named := os.environ.get("HEIMDALL_RECORDED"):
        folder = Path(named)
        if not folder.is_dir():
            raise FileNotFoundError(f"HEIMDALL_RECORDED names no folder: {folder}")
        return folder
    folder = _ROOT.parent / "shared" / "recorded"
    return folder if folder.is_dir() else None


def recordings() -> list[Recording]:
    """Return the kept recordings, and those of the shared folder where there is one."""
    return [
        Recording(path, (ENDINGS[path.name],) if path.name in ENDINGS else ())
        for folder in (KEPT, shared_folder())
        if folder is not None
        for path in sorted(folder.iterdir())
        if path.suffix in {".json", ".txt"}
    ]


ENDINGS = {
    "stream-default-attached-long-after-20s.txt": Ending.OPEN,
    "stream-attached-to-cancelled.txt": Ending.OPEN,
    "stream-repo-deleted.txt": Ending.OPEN,
    "stream-server-killed.txt": Ending.BROKEN,
    "stream-server-stopped.txt": Ending.BROKEN,
    "stream-open.txt": Ending.OPEN,
}
"""How the streams ended whose files do not say it. Source: protocol.md 3.7."""


class Player:
    """Plays the connections of a recording, one for each request; for `raw_server`."""

    def __init__(self, *connections: Connection) -> None:
        self._left = list(connections)
        self._hung_up = asyncio.Event()

    async def serve(self, _: Asked, writer: asyncio.StreamWriter) -> None:
        """Answer the next request as it was answered then."""
        connection = self._left.pop(0)
        writer.write(connection.wire)
        await writer.drain()
        if connection.ending is Ending.OPEN:
            await self._hung_up.wait()

    def hang_up(self) -> None:
        self._hung_up.set()


def _connection(text: bytes, ending: Ending) -> Connection:
    head, _, body = text.partition(b"\n\n")
    if head.startswith(b"HTTP/1.1 100"):
        final, _, body = body.partition(b"\n\n")
        head += b"\n\n" + final
    return Connection(tuple(head.decode().split("\n")), body, ending)


def _frames(text: str) -> Iterator[Event | str]:
    for part in text.split("\n\n"):
        first, _, second = part.strip("\n").partition("\n")
        if first.startswith(":"):
            yield first
        elif first:
            yield Event(first.removeprefix("event: "), json.loads(second.removeprefix("data: ")))


def _snapshot(found: re.Match[str]) -> Snapshot:
    started, completed = found["started"], found["completed"]
    return Snapshot(
        found["status"],
        literal_eval(found["counts"]),
        None if started == "None" else started,
        None if completed == "None" else completed,
        int(found["stored"]),
        literal_eval(found["error"]),
        tuple(literal_eval(found["stages"])),
    )
