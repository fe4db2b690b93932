"""Reads the parts of a request: the id in its path, its query values, its body.

It refuses like the framework of the real server: in plain text, before any handler runs.
Source: heimdall-api.md §2.2, E5 and E8-E10.
"""

import json
import re
from urllib.parse import parse_qs
from uuid import UUID

from starlette.requests import ClientDisconnect, Request

from heimdall_desktop.local.errors import Malformed, Refused, TooLong
from heimdall_desktop.local.rows import UserRow

JSON_LIMIT_BYTES = 2 * 1024 * 1024
FORM_LIMIT_BYTES = 256 * 1024
"""The limit for endpoints that take JSON or a form."""

_U32_MAX = 4_294_967_295
_U32_DIGITS = 10
_U32 = re.compile(r"\+?[0-9]+")
_UUID = re.compile(
    r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}"
    r"|[0-9a-f]{32}",
    re.IGNORECASE,
)
_JSON_TYPE = re.compile(r"application/(?:[\w.-]+\+)?json")
_FORM_TYPE = "application/x-www-form-urlencoded"

Body = dict[str, object]


def signed_in_user(request: Request) -> UserRow:
    """Return the account that the gate found for this request."""
    user: object = request.state.user
    if not isinstance(user, UserRow):
        raise TypeError("the gate lets no request pass without an account")
    return user


def path_uuid(request: Request) -> str:
    """Read the id in the path, in its usual form.

    Raises:
        Malformed: E5, it is no UUID.
    """
    text = str(request.path_params["id"])
    if not _UUID.fullmatch(text):
        raise Malformed(404, f"UUID parsing failed: {len(text)} characters that are no UUID")
    return str(UUID(text))


def query_u32(request: Request, name: str, default: int) -> int:
    """Read an unsigned 32-bit number from the query.

    Raises:
        Malformed: E9, it is not one.
    """
    text = query_text(request, name)
    if text is None:
        return default
    if not _U32.fullmatch(text):
        raise Malformed(400, f"Query deserialize error: {name} is not a whole number")
    digits = text.lstrip("+0") or "0"
    if len(digits) > _U32_DIGITS or int(digits) > _U32_MAX:
        raise Malformed(400, f"Query deserialize error: {name} is too large")
    return int(digits)


def query_text(request: Request, name: str) -> str | None:
    """Read a value from the query; an empty one is not a missing one.

    Raises:
        Malformed: E9, it occurs more than once.
    """
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise Malformed(400, f"Query deserialize error: duplicate field `{name}`")
    return values[0] if values else None


async def json_body(request: Request) -> Body:
    """Read a JSON object.

    Raises:
        Malformed: E8, the content type or the JSON is wrong; E10, it is too long.
    """
    if not _JSON_TYPE.fullmatch(_content_type(request)):
        raise Malformed(400, "Content type error")
    return _parsed(await _bytes(request, JSON_LIMIT_BYTES))


async def json_or_form_body(request: Request) -> Body:
    """Read a JSON object or a form, depending on the content type.

    Raises:
        Malformed: as `json_body`.
    """
    if _content_type(request) == _FORM_TYPE:
        text = (await _bytes(request, FORM_LIMIT_BYTES)).decode("utf-8", "replace")
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}
    if not _JSON_TYPE.fullmatch(_content_type(request)):
        raise Malformed(400, "Content type error")
    return _parsed(await _bytes(request, FORM_LIMIT_BYTES))


def required_text(body: Body, name: str) -> str:
    """Read a string from a body.

    Raises:
        Malformed: E8, it is missing or something else.
    """
    if name not in body:
        raise Malformed(400, f"Json deserialize error: missing field `{name}`")
    text = optional_text(body, name)
    if text is None:
        raise Malformed(400, f"Json deserialize error: `{name}` is null, expected a string")
    return text


def optional_text(body: Body, name: str) -> str | None:
    """Read a string that may be missing or null.

    Raises:
        Malformed: E8, it is something else.
    """
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise Malformed(400, f"Json deserialize error: `{name}` is no string")
    return value


def refuse_nul(*texts: str | None) -> None:
    """Refuse texts with U+0000, which the real server's database cannot hold (§4.6, T-76).

    Raises:
        Refused: 500.
    """
    if any("\x00" in text for text in texts if text):
        raise Refused(500, "The text cannot be stored")


def required_bool(body: Body, name: str) -> bool:
    """Read true or false from a body.

    Raises:
        Malformed: E8, it is missing or something else.
    """
    value = body.get(name)
    if not isinstance(value, bool):
        raise Malformed(400, f"Json deserialize error: `{name}` is no boolean")
    return value


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _bytes(request: Request, limit_bytes: int) -> bytes:
    """Read the whole body but keep no more than allowed, so that the client gets the response."""
    kept = bytearray()
    size_bytes = 0
    try:
        async for chunk in request.stream():
            size_bytes += len(chunk)
            if size_bytes <= limit_bytes:
                kept += chunk
    except ClientDisconnect:
        raise Malformed(400, "The request was broken off") from None
    if size_bytes > limit_bytes:
        raise TooLong(f"The body is larger than allowed (limit: {limit_bytes} bytes).")
    return bytes(kept)


def _parsed(raw: bytes) -> Body:
    try:
        value = json.loads(raw.decode("utf-8"))
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # no halves of surrogate pairs
    except (ValueError, RecursionError):
        raise Malformed(400, "Json deserialize error: this is no JSON") from None
    if not isinstance(value, dict):
        raise Malformed(400, "Json deserialize error: expected an object")
    return value
