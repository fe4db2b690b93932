"""Opens the server's JSON: the envelope, tolerant decoding and time stamps.

Source: heimdall-api.md 2.1 (envelope), 6 (time stamps), T-51 (missing, extra and unknown things).
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

import msgspec

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.words.wording import tr

T = TypeVar("T")

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]  # what Qt's models can hold
ID_LIMIT = 200  # characters; the server's have 36
Id = Annotated[str, msgspec.Meta(max_length=ID_LIMIT)]
WORD_LIMIT = 200  # characters of a name or a word that are kept
VALUES_LIMIT = 2_000_000  # of one answer; a page of 100 findings has some thousands
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
        WireError: it is no JSON, or something in it has the wrong type, or it holds too much.
    """
    if _holds_too_much(body):
        raise WireError(tr("The server's answer holds more than any should."))
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
        told = str(error) if isinstance(error, msgspec.DecodeError) else tr("no sound JSON")
        raise WireError(
            tr("The server's answer cannot be understood: {told}.").format(told=told)
        ) from None


def fitting(row: type[T], body: bytes) -> T:
    """Decode a row and leave out what has the wrong type, so that one odd field hides no finding.

    Raises:
        WireError: it is no JSON object, or lacks a field that has no default.
    """
    try:
        return msgspec.json.decode(body, type=row)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _salvaged(row, decoded(_DICT.decode, body))


def cut(text: str) -> str:
    """Return what is kept of a name or a word."""
    return text[:WORD_LIMIT]


def _holds_too_much(body: bytes) -> bool:
    """Whether JSON has more than `VALUES_LIMIT` values; each takes some 100 bytes once decoded."""
    if body.count(b",") <= VALUES_LIMIT:
        return False
    commas = end = 0
    for number, text in enumerate(_TEXT.finditer(body)):
        commas += body.count(b",", end, text.start())
        end = text.end()
        if commas > VALUES_LIMIT or number > 2 * VALUES_LIMIT:
            return True
    return commas + body.count(b",", end) > VALUES_LIMIT


#: An unclosed one reaches to the end, so that no byte is looked at twice.
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)


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
        raise WireError(
            tr("A row of the server cannot be understood: {error}.").format(error=error)
        ) from None


def moment(text: str) -> datetime:
    """Return the aware UTC moment of a server's time stamp; nine digits are cut to six.

    One before 1971 or beyond 3000 is moved there: what comes after can reckon with every moment.

    Raises:
        WireError: it is no time stamp.
    """
    try:
        told = datetime.fromisoformat(text)
        aware = told if told.tzinfo else told.replace(tzinfo=UTC)
        return min(max(aware, Earliest), Latest).astimezone(UTC)
    except ValueError:
        raise WireError(tr("The server's answer holds a time that cannot be understood.")) from None


def moment_or_none(text: str | None) -> datetime | None:
    """Return the moment, None where there is none.

    Raises:
        WireError: it is no time stamp.
    """
    return None if text is None else moment(text)


#: One of these keys is in all that a server hands out bare, and in no error of it.
_OF_THE_DATA = frozenset({"id", "items", "email", "status"})


def _is_bare(body: bytes) -> bool:
    """Whether it is JSON without an envelope around it."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    if not isinstance(told, dict):
        return isinstance(told, list)
    return not told.keys() & {"data", "success", "error"} and bool(told.keys() & _OF_THE_DATA)


_DICT = msgspec.json.Decoder(dict[str, object])


def _with_sound_text(body: bytes) -> bytes:
    """The JSON with U+FFFD or "?" for ill-formed text, and null for NaN and the infinities."""
    told = json.loads(body.decode("utf-8", "replace"), parse_constant=lambda _: None)
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
