"""Opens the server's JSON: its bounds, the envelope, tolerant decoding and time stamps.

The size of an answer is limited before it is decoded; see `bounded`.
Source: protocol.md 2.1 (envelope), 6 (time stamps), T-51 (missing, extra and unknown things).
"""

import asyncio
import json
import re
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

import msgspec

from heimdall_desktop.domain.facts.errors import Reason, WireError

T = TypeVar("T")

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]  # the maximum of Qt's models
ID_LIMIT = 200  # characters; the server's have 36
Id = Annotated[str, msgspec.Meta(max_length=ID_LIMIT)]
WORD_LIMIT = 200  # characters of a name or a word that are kept
LINE_LIMIT = 4_000  # of a title, a path or an error, twice the longest line shown
TEXT_LIMIT = 200_000  # of a full text; the longest from a stage has 10,000
VALUES_LIMIT = 2_000_000  # of one answer; a page of 100 findings has some thousands
DEPTH_LIMIT = 100  # of a repaired answer; the server's are nested about eight deep
REPAIRED_LIMIT_BYTES = 4 << 20  # of one row; a longer one that is unsound is not repaired
SLICE_S = 0.008  # half of a window's time for one frame
TOKENS_AT_ONCE = 4_096  # checked in about 4 ms
ROWS_AT_ONCE = 50  # read in about 3 ms
LARGE_BYTES = 1 << 20  # of a row that is read separately
Earliest = datetime(1971, 1, 1, tzinfo=UTC)  # before it, some systems cannot compute local time
Latest = datetime(3000, 1, 1, tzinfo=UTC)
LongAgo = Earliest
"""Used for a moment that the server left out of a finding."""


class Envelope(msgspec.Struct, Generic[T]):
    """A success: `{"success": true, "data": …}`. A failure has no `data` and does not decode."""

    data: T


def opened(decode: Callable[[bytes], Envelope[T]], body: bytes) -> T:
    """Return the data of an answer; without an envelope, the whole answer (protocol.md 13).

    Raises:
        WireError: it is not JSON, or something in it has the wrong type.
    """
    try:
        return decoded(decode, body).data
    except WireError:
        try:
            top = _TOP.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            top = {"error": msgspec.Raw()}
        if isinstance(top, dict) and not (
            top.keys() & _OF_THE_DATA and not top.keys() & {"data", "success", "error"}
        ):
            raise
    return decoded(decode, b'{"data":' + body + b"}").data


def decoded(decode: Callable[[bytes], T], text: bytes | str) -> T:
    """Decode JSON; ill-formed Unicode or numbers lose only themselves.

    Raises:
        WireError: it is not JSON, or something in it has the wrong type.
    """
    body = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        try:
            return decode(body)
        except msgspec.ValidationError:
            raise
        except (msgspec.DecodeError, UnicodeDecodeError):
            return decode(_with_sound_text(body))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        if isinstance(error, msgspec.DecodeError):
            raise WireError(Reason.ANSWER_UNREADABLE, problem=str(error)) from None
        raise WireError(Reason.ANSWER_NO_JSON) from None


def fitting(row: type[T], body: bytes) -> T:
    """Decode a row without values of the wrong type, so that one bad field hides no finding.

    Raises:
        WireError: it is not a JSON object, or lacks a field that has no default.
    """
    try:
        return msgspec.json.decode(body, type=row)
    except (msgspec.DecodeError, ValueError, RecursionError):
        if len(body) > REPAIRED_LIMIT_BYTES:
            raise WireError(Reason.ROW_TOO_LONG) from None
        reported, kept = decoded(_DICT.decode, body), dict[str, object]()
        for field in msgspec.structs.fields(row):  # type: ignore[arg-type]  # every row is a Struct
            with suppress(KeyError, msgspec.ValidationError):
                kept[field.encode_name] = msgspec.convert(reported[field.encode_name], field.type)
        try:
            return msgspec.convert(kept, row)
        except msgspec.ValidationError as error:
            raise WireError(Reason.ROW_UNREADABLE, problem=str(error)) from None


def cut(text: str) -> str:
    """Return a name or a word, cut to its limit."""
    return text[:WORD_LIMIT]


def cut_line(text: str) -> str:
    """Return a title, a path or an error, cut to its limit."""
    return text if len(text) <= LINE_LIMIT else text.lstrip()[:LINE_LIMIT]


def cut_text(text: str) -> str:
    """Return a full text, cut to its limit; a cut one ends with its rest, as in "(+12,345)"."""
    if len(text) <= TEXT_LIMIT:
        return text
    return f"{text[:TEXT_LIMIT]}\n\n… (+{len(text) - TEXT_LIMIT:,})"


Slices = Generator[None, None, T]
"""Work that pauses now and then, and returns its result."""


async def in_slices(work: Slices[T]) -> T:
    """Do work on the loop without blocking it for long.

    A thread would not help: decoding holds the interpreter lock in a thread as well.
    """
    began_s = time.perf_counter()
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # typeshed has no type of it
        if time.perf_counter() - began_s > SLICE_S:
            await asyncio.sleep(0)
            began_s = time.perf_counter()


def rows_in_slices(raws: list[msgspec.Raw], read: Callable[[bytes], T]) -> Slices[list[T]]:
    """Return the rows of a list, without unreadable ones, for which `read` raises WireError."""
    rows = []
    for number, raw in enumerate(raws):
        body = bytes(raw)
        if number % ROWS_AT_ONCE == 0 or len(body) > LARGE_BYTES:
            yield
        try:
            rows.append(read(body))
        except WireError:
            continue
    return rows


def bounded(body: bytes) -> Slices[bytes]:
    """Return an answer as sound JSON that is not nested too deep.

    Invalid Unicode in texts is replaced. NaN, the infinities and parts that are nested too deep
    become null, so that one bad row hides no others.

    Raises:
        WireError: it is not JSON, or has more than `VALUES_LIMIT` values: each takes about 100
            bytes once decoded.
    """
    if body.count(b",") > VALUES_LIMIT:
        yield
        yield from _require_few_values(body)
    yield
    if _is_sound(body):
        yield
        return body
    yield
    repaired = yield from _repaired(body)
    if _is_sound(repaired):
        return repaired
    raise WireError(Reason.ANSWER_NO_JSON)


def whole_rows(body: bytes) -> Slices[bytes]:
    """Return the start of a list up to its last whole row, as sound JSON.

    Raises:
        WireError: no list starts in it, or it has too many values.
    """
    last, open_ones, closing = b"", bytearray(), b""
    depth = end = 0  # depth of the rows; 0 before they start
    for number, token in enumerate(_TOKEN.finditer(body)):
        if number > 4 * VALUES_LIMIT:
            raise WireError(Reason.ANSWER_TOO_MANY_VALUES)
        if number % TOKENS_AT_ONCE == 0:
            yield
        text = token[0]
        if text in (b"[", b"{"):
            open_ones += text
            if text == b"[" and not depth and (last in _ROWS or len(open_ones) == 1):
                depth, end = len(open_ones), token.end()
                closing = bytes(open_ones[::-1].translate(_CLOSING))
        elif text in (b"]", b"}"):
            del open_ones[-1:]
            if depth and len(open_ones) == depth:
                end = token.end()
            elif depth and len(open_ones) < depth:
                break
        last = text
    if not depth:
        raise WireError(Reason.ANSWER_NO_JSON)
    return body[:end] + closing


def _is_sound(body: bytes) -> bool:
    try:
        _RAW.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _require_few_values(body: bytes) -> Iterator[None]:
    commas = end = quotes = 0
    is_inside = False
    while (quote := body.find(b'"', end)) >= 0:
        if not is_inside:
            commas += body.count(b",", end, quote)
            is_inside = True
        else:
            before = body[end:quote]
            is_inside = bool((len(before) - len(before.rstrip(b"\\"))) % 2)  # it is escaped
        end, quotes = quote + 1, quotes + 1
        if commas > VALUES_LIMIT or quotes > 4 * VALUES_LIMIT:
            raise WireError(Reason.ANSWER_TOO_MANY_VALUES)
        if quotes % TOKENS_AT_ONCE == 0:
            yield
    if is_inside:
        return
    if commas + body.count(b",", end) > VALUES_LIMIT:
        raise WireError(Reason.ANSWER_TOO_MANY_VALUES)


def _repaired(body: bytes) -> Slices[bytes]:
    parts: list[bytes] = []
    depth = done = 0  # how many bytes are in the parts, or left out
    for number, token in enumerate(_TOKEN.finditer(body)):
        if number > 2 * VALUES_LIMIT:
            raise WireError(Reason.ANSWER_TOO_MANY_VALUES)
        if number % TOKENS_AT_ONCE == 0:
            yield
        mark, before = token[0], depth
        depth += (mark in b"[{") - (mark in b"]}")
        if depth > DEPTH_LIMIT:
            new = b"null" if before == DEPTH_LIMIT else b""
        elif before > DEPTH_LIMIT:
            done, new = token.end(), b""
        elif mark[:1] != b'"':
            new = mark if len(mark) == 1 else b"null"
        elif b"\\u" in mark:
            try:
                new = _with_sound_text(mark)
            except ValueError:
                new = mark
        else:
            new = mark
        if new not in (b"", mark):
            parts += [body[done : token.start()], new]
            done = token.end()
    return b"".join(parts) + (body[done:] if depth <= DEPTH_LIMIT else b"")


#: A text that is not closed reaches to the end, so that no byte is scanned twice.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]|-?(?:NaN|Infinity)', re.DOTALL)
_ROWS = (b'"items"', b'"data"')
_CLOSING = bytes.maketrans(b"[{", b"]}")
_RAW = msgspec.json.Decoder(msgspec.Raw)


def moment(text: str) -> datetime:
    """Return the aware UTC moment of a server's time stamp; nine digits are cut to six.

    A moment before 1971 or after 3000 is moved to that limit.

    Raises:
        WireError: it is not a time stamp.
    """
    try:
        return within_reach(datetime.fromisoformat(text))
    except ValueError:
        raise WireError(Reason.TIME_UNREADABLE) from None


def within_reach(at: datetime) -> datetime:
    """Return a moment in UTC, moved into the range that every system can compute."""
    if at.tzinfo is UTC and Earliest <= at <= Latest:
        return at
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(aware, Earliest), Latest).astimezone(UTC)


def moment_or_none(text: str | None) -> datetime | None:
    """Return the moment, None for None.

    Raises:
        WireError: it is not a time stamp.
    """
    return None if text is None else moment(text)


def sound_moment(text: str | None) -> datetime | None:
    """Return the moment, None for None or an invalid time stamp."""
    try:
        return moment_or_none(text)
    except WireError:
        return None


#: All bare answers of a server have one of these keys, and none of its errors does.
_OF_THE_DATA = frozenset({"id", "items", "email", "status"})
_TOP = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_DICT = msgspec.json.Decoder(dict[str, object])


def _with_sound_text(body: bytes) -> bytes:
    """Return the JSON with U+FFFD or "?" for ill-formed text, and null for NaN and infinities."""
    value = json.loads(body.decode("utf-8", "replace"), parse_constant=lambda _: None)
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
