"""What an attack is made of: a name, the kind of request it meets, the bytes it answers with."""

import gzip
import json
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

JSON = "application/json"
PIECE = 1 << 16

Parts = bytes | Iterable[bytes] | AsyncIterator[bytes]


@dataclass(frozen=True)
class Sane:
    """The answer that a sane server would give.

    Attributes:
        data: what stands in the envelope; of a stream its first frames.
        foreign: the address of another server, which the program has no business with.
        server: the address of this one.
        path: what was asked for.
        other: the answer that another scan would get, in its envelope; None where there is none.
    """

    data: Any
    foreign: str
    server: str
    path: str
    other: Any = None

    @property
    def body(self) -> bytes:
        """The JSON of the answer; of a stream its first frames."""
        return self.data.encode() if isinstance(self.data, str) else enveloped(self.data)


Give = Callable[[Sane], Parts]
Body = bytes | Callable[[], bytes]  # one that takes long to make is made when it is needed


@dataclass(frozen=True)
class Attack:
    """What one kind of request of one scan is answered with.

    Attributes:
        name: its class and what it does: "time: the year 1 in a row".
        on: the kind of request: live, scan, repo, findings, finding, events, patches or stream;
            or "row", where the finding itself is hostile and shown in the window.
        give: makes the bytes; of a "row" nothing.
        times: how often, before the server is sane again.
        is_core: whether it is in the suite.
        keeps_open: whether the connection stays open behind the bytes.
        is_held: whether it goes on for ever, of a scan that is completed from the start.
        fields: of a "row", in place of the usual ones.
        rows: how many such rows there are; the last of them is opened.
    """

    name: str
    on: str
    give: Give = lambda _sane: b""
    times: int = 1
    is_core: bool = True
    keeps_open: bool = False
    is_held: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    rows: int = 1


def enveloped(data: Any) -> bytes:
    """The JSON of a success."""
    return json.dumps({"success": True, "data": data}).encode()


def raw(*parts: bytes) -> Give:
    """These bytes and nothing else."""
    return lambda _sane: parts


def endless(*parts: bytes, last: bytes) -> Give:
    """Some bytes, and others again and again until the client hangs up, 1 GB at the most."""

    def give(_: Sane) -> Iterator[bytes]:
        yield from parts
        block = last * max(PIECE // len(last), 1)
        for _number in range((1 << 30) // len(block)):
            yield block

    return give


def repeated(first: bytes, part: bytes, times: int, last: bytes = b"") -> Give:
    """A sound answer whose body is a part many times between two ends."""
    return lambda _sane: _long(first, part, times, last)


def _long(first: bytes, part: bytes, times: int, last: bytes) -> Iterator[bytes]:
    yield head(f"Content-Length: {len(first) + len(part) * times + len(last)}") + first
    at_once = max(PIECE // len(part), 1)
    for start in range(0, times, at_once):
        yield part * min(at_once, times - start)
    yield last


def head(*lines: str, status: str = "200 OK", kind: str = JSON) -> bytes:
    """The head of an answer."""
    kinds = [f"Content-Type: {kind}"] if kind else []
    return "\r\n".join([f"HTTP/1.1 {status}", *kinds, *lines, "", ""]).encode("latin-1")


def framed(*lines: str, status: str = "200 OK", kind: str = JSON) -> Give:
    """The sane body behind another head; `{n}` in a line is its length."""
    return lambda sane: (
        head(
            *(line.replace("{n}", str(len(sane.body))) for line in lines), status=status, kind=kind
        )
        + (sane.body)
    )


def said(body: Body, *lines: str, status: str = "200 OK", kind: str = JSON) -> Give:
    """Another body, with a right length."""

    def give(_: Sane) -> bytes:
        reported = body if isinstance(body, bytes) else body()
        return head(f"Content-Length: {len(reported)}", *lines, status=status, kind=kind) + reported

    return give


def refused(status: str, *lines: str, body: Body = b"", kind: str = "text/plain") -> Give:
    """A refusal."""
    return said(body, *lines, status=status, kind=kind)


def moved(location: str, status: str = "302 Found") -> Give:
    """A redirect; `{foreign}`, `{server}` are addresses in the place, `{path}` what was asked."""

    def give(sane: Sane) -> bytes:
        place = location.replace("{foreign}", sane.foreign).replace("{server}", sane.server)
        place = place.replace("{host}", sane.server.partition("://")[2])
        return head(
            f"Location: {place.replace('{path}', sane.path)}", "Content-Length: 0", status=status
        )

    return give


def coded(coding: str, *bodies: Callable[[bytes], bytes]) -> Give:
    """The sane body with a content coding, put through some functions first."""

    def give(sane: Sane) -> bytes:
        body = sane.body
        for each in bodies:
            body = each(body)
        return head(f"Content-Encoding: {coding}", f"Content-Length: {len(body)}") + body

    return give


@cache
def bomb(size: int, byte: bytes = b" ") -> bytes:
    """A gzip of some bytes many times, so long in all; its sum at the end is wrong."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    megabyte = packer.compress(byte * ((1 << 20) // len(byte))) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08" + bytes(7) + megabyte * (size >> 20) + packer.flush() + bytes(8)


def deflated(body: bytes) -> bytes:
    """The body as zlib has it."""
    return zlib.compress(body)


gzipped = gzip.compress


def bent(path: str, value: Any) -> Give:
    """The sane answer with another value at a place, `counts.total` or `items.0.title`."""
    return changed(lambda data: _put(data, path.split("."), value))


def changed(change: Callable[[Any], Any]) -> Give:
    """The sane answer, its data put through a function that may change them in place."""

    def give(sane: Sane) -> bytes:
        data = deepcopy(sane.data)
        reported = change(data)
        return said(enveloped(data if reported is None else reported))(sane)  # type: ignore[return-value]

    return give


def spliced(path: str, text: bytes) -> Give:
    """The sane answer with these bytes as they are at a place, for what no encoder would write."""

    def give(sane: Sane) -> bytes:
        data = deepcopy(sane.data)
        _put(data, path.split("."), "@@")
        return said(enveloped(data).replace(b'"@@"', text))(sane)  # type: ignore[return-value]

    return give


def leaves(value: Any) -> Give:
    """The sane answer with every leaf another value, but for ids and statuses."""
    return changed(lambda data: _leaves(data, value))


def timed(stamp: str, *keys: str) -> Give:
    """The sane answer with this time stamp under some keys, wherever they stand."""
    return changed(lambda data: _timed(data, stamp, keys))


def without(key: str) -> Give:
    """The sane answer without a key, wherever it stands."""
    return changed(lambda data: _without(data, key))


def row(**fields: Any) -> Give:
    """The sane listing with other fields in all its rows."""
    return changed(lambda data: [each.update(fields) for each in data["items"]] and data)


def _put(data: Any, keys: list[str], value: Any) -> None:
    *way, last = keys
    holder = data
    for key in way:
        holder = holder[int(key)] if isinstance(holder, list) else holder[key]
    holder[last] = value


def _leaves(data: Any, value: Any) -> Any:
    if isinstance(data, dict):
        return {
            key: part if key in ("id", "status", "scan_id") else _leaves(part, value)
            for key, part in data.items()
        }
    return [_leaves(part, value) for part in data] if isinstance(data, list) else value


def _timed(data: Any, stamp: str, keys: tuple[str, ...]) -> Any:
    if isinstance(data, dict):
        return {
            key: stamp if key in keys else _timed(part, stamp, keys) for key, part in data.items()
        }
    return [_timed(part, stamp, keys) for part in data] if isinstance(data, list) else data


def _without(data: Any, key: str) -> Any:
    if isinstance(data, dict):
        return {name: _without(part, key) for name, part in data.items() if name != key}
    return [_without(part, key) for part in data] if isinstance(data, list) else data


def streamed(*parts: bytes | Iterator[bytes]) -> Give:
    """A stream that begins sanely, says this, and ends."""

    def give(sane: Sane) -> Iterator[bytes]:
        yield head(kind="text/event-stream") + sane.body
        for part in parts:
            yield from [part] if isinstance(part, bytes) else part

    return give


def event(name: str, data: Any) -> bytes:
    """One frame."""
    reported = data if isinstance(data, str) else json.dumps(data)
    return f"event: {name}\ndata: {reported}\n\n".encode("utf-8", "surrogatepass")
