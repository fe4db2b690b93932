"""Opens the server's JSON: its bounds, the envelope, tolerant decoding and time stamps.

What an answer may hold is bounded before anything is made of it; see `bounded`.
Source: heimdall-api.md 2.1 (envelope), 6 (time stamps), T-51 (missing, extra and unknown things).
"""

import asyncio
import json
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

import msgspec

from heimdall_desktop.domain.facts.errors import Reason, WireError

T = TypeVar("T")

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]  # what Qt's models can hold
ID_LIMIT = 200  # characters; the server's have 36
Id = Annotated[str, msgspec.Meta(max_length=ID_LIMIT)]
WORD_LIMIT = 200  # characters of a name or a word that are kept
LINE_LIMIT = 4_000  # of a title, a path or an error, twice what is ever shown in one line
TEXT_LIMIT = 200_000  # of a text in full; the longest that a stage writes has 10,000
VALUES_LIMIT = 2_000_000  # of one answer; a page of 100 findings has some thousands
DEPTH_LIMIT = 100  # of what is mended; what the server sends is nested some eight deep
MENDED_LIMIT_BYTES = 4 << 20  # of one row; a longer one that is not sound is not looked into
SLICE_S = 0.008  # half of the time a window has for a picture
TOKENS_AT_ONCE = 4_096  # looked through in about 4 ms
ROWS_AT_ONCE = 50  # read in about 3 ms
LARGE_BYTES = 1 << 20  # of a row that is read by itself
Earliest = datetime(1971, 1, 1, tzinfo=UTC)  # before it, some systems cannot reckon local time
Latest = datetime(3000, 1, 1, tzinfo=UTC)
LongAgo = Earliest
"""Stands for a moment the server left out of a finding."""


class Envelope(msgspec.Struct, Generic[T]):
    """A success: `{"success": true, "data": …}`. A failure has no `data` and does not fit."""

    data: T


def opened(decode: Callable[[bytes], Envelope[T]], body: bytes) -> T:
    """Return the data of an answer; one without an envelope is its own data (heimdall-api.md 13).

    Raises:
        WireError: it is no JSON, or something in it has the wrong type.
    """
    try:
        return decoded(decode, body).data
    except WireError:
        if not _is_bare(body):
            raise
    return decoded(decode, b'{"data":' + body + b"}").data


def decoded(decode: Callable[[bytes], T], text: bytes | str) -> T:
    """Decode JSON; ill-formed Unicode or numbers in it lose nothing but themselves.

    Raises:
        WireError: it is no JSON, or something in it has the wrong type.
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
    """Decode a row and leave out what has the wrong type, so that one odd field hides no finding.

    Raises:
        WireError: it is no JSON object, or lacks a field that has no default.
    """
    try:
        return msgspec.json.decode(body, type=row)
    except (msgspec.DecodeError, ValueError, RecursionError):
        if len(body) > MENDED_LIMIT_BYTES:
            raise WireError(Reason.ROW_TOO_LONG) from None
        return _salvaged(row, decoded(_DICT.decode, body))


def cut(text: str) -> str:
    """Return what is kept of a name or a word."""
    return text[:WORD_LIMIT]


def cut_line(text: str) -> str:
    """Return what is kept of a title, a path or an error."""
    return text if len(text) <= LINE_LIMIT else text.lstrip()[:LINE_LIMIT]


def cut_text(text: str) -> str:
    """Return what is kept of a text that is read in full; where it is cut "(+12,345)" is left."""
    if len(text) <= TEXT_LIMIT:
        return text
    return f"{text[:TEXT_LIMIT]}\n\n… (+{len(text) - TEXT_LIMIT:,})"


Slices = Generator[None, None, T]
"""Work that pauses now and then, and what comes of it."""


async def in_slices(work: Slices[T]) -> T:
    """Do work on the loop without holding it for long.

    A thread would be no help: decoding keeps the interpreter for itself in a thread as well.
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
    """Return the rows of a list; those that cannot be read, by a WireError, are left out."""
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
    """Return an answer that is sound JSON and not nested too deep.

    Texts that are no Unicode lose what is wrong with them, NaN and the infinities become null, and
    so does what is nested too deep, so that one odd row hides no others.

    Raises:
        WireError: it is no JSON, or has more than `VALUES_LIMIT` values: each takes some 100 bytes
            once decoded.
    """
    if body.count(b",") > VALUES_LIMIT:
        yield
        yield from _require_few_values(body)
    yield
    if _is_sound(body):
        yield
        return body
    yield
    mended = yield from _mended(body)
    if _is_sound(mended):
        return mended
    raise WireError(Reason.ANSWER_NO_JSON)


def whole_rows(body: bytes) -> Slices[bytes]:
    """Return the start of a list, as far as its rows are whole, as sound JSON.

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
        told = token[0]
        if told in (b"[", b"{"):
            open_ones += told
            if told == b"[" and not depth and (last in _ROWS or len(open_ones) == 1):
                depth, end = len(open_ones), token.end()
                closing = bytes(open_ones[::-1].translate(_CLOSING))
        elif told in (b"]", b"}"):
            del open_ones[-1:]
            if depth and len(open_ones) == depth:
                end = token.end()
            elif depth and len(open_ones) < depth:
                break
        last = told
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


def _mended(body: bytes) -> Slices[bytes]:
    parts: list[bytes] = []
    depth = done = 0  # so many bytes are in the parts, or left out
    for number, token in enumerate(_TOKEN.finditer(body)):
        if number > 2 * VALUES_LIMIT:
            raise WireError(Reason.ANSWER_TOO_MANY_VALUES)
        if number % TOKENS_AT_ONCE == 0:
            yield
        told, before = token[0], depth
        depth += (told in b"[{") - (told in b"]}")
        if depth > DEPTH_LIMIT:
            new = b"null" if before == DEPTH_LIMIT else b""
        elif before > DEPTH_LIMIT:
            done, new = token.end(), b""
        else:
            new = _sound_token(told)
        if new not in (b"", told):
            parts += [body[done : token.start()], new]
            done = token.end()
    return b"".join(parts) + (body[done:] if depth <= DEPTH_LIMIT else b"")


def _sound_token(told: bytes) -> bytes:
    if told[:1] != b'"':
        return told if len(told) == 1 else b"null"
    if b"\\u" not in told:
        return told
    try:
        return _with_sound_text(told)
    except ValueError:
        return told


#: A text that is not closed reaches to the end, so that no byte is looked at twice.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]|-?(?:NaN|Infinity)', re.DOTALL)
_ROWS = (b'"items"', b'"data"')
_CLOSING = bytes.maketrans(b"[{", b"]}")
_RAW = msgspec.json.Decoder(msgspec.Raw)


def _salvaged(row: type[T], told: Mapping[str, object]) -> T:
    kept: dict[str, object] = {}
    for field in msgspec.structs.fields(row):  # type: ignore[arg-type]  # every row is a Struct
        try:
            kept[field.encode_name] = msgspec.convert(told[field.encode_name], field.type)
        except (KeyError, msgspec.ValidationError):
            continue
    try:
        return msgspec.convert(kept, row)
    except msgspec.ValidationError as error:
        raise WireError(Reason.ROW_UNREADABLE, problem=str(error)) from None


def moment(text: str) -> datetime:
    """Return the aware UTC moment of a server's time stamp; nine digits are cut to six.

    One before 1971 or beyond 3000 is moved there.

    Raises:
        WireError: it is no time stamp.
    """
    try:
        return within_reach(datetime.fromisoformat(text))
    except ValueError:
        raise WireError(Reason.TIME_UNREADABLE) from None


def within_reach(at: datetime) -> datetime:
    """Return a moment in UTC, moved to where every moment can be reckoned with."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(aware, Earliest), Latest).astimezone(UTC)


def moment_or_none(text: str | None) -> datetime | None:
    """Return the moment, None where there is none.

    Raises:
        WireError: it is no time stamp.
    """
    return None if text is None else moment(text)


def sound_moment(text: str | None) -> datetime | None:
    """Return the moment, None where there is none or it is no time stamp."""
    try:
        return moment_or_none(text)
    except WireError:
        return None


#: One of these keys is in all that a server hands out bare, and in no error of it.
_OF_THE_DATA = frozenset({"id", "items", "email", "status"})


def _is_bare(body: bytes) -> bool:
    """Whether it is JSON without an envelope around it."""
    try:
        told = _TOP.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    if not isinstance(told, dict):
        return True
    return not told.keys() & {"data", "success", "error"} and bool(told.keys() & _OF_THE_DATA)


_TOP = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_DICT = msgspec.json.Decoder(dict[str, object])


def _with_sound_text(body: bytes) -> bytes:
    """The JSON with U+FFFD or "?" for ill-formed text, and null for NaN and the infinities."""
    told = json.loads(body.decode("utf-8", "replace"), parse_constant=lambda _: None)
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
