"""The messages of the server: reads requests, writes answers and refusals.

It refuses like the framework of the real server: what cannot be parsed in one line of plain text,
everything else in a JSON envelope. Source: protocol.md 2.1, 2.2 (E1, E5, E6, E8-E10), 6.
"""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from heimdall_desktop.local.rows import Row, UserRow, moment_form

JSON_LIMIT_BYTES = 2 * 1024 * 1024

_U32_MAX = 4_294_967_295
_U32 = re.compile(r"\+?0*([0-9]{1,10})")
_UUID = re.compile(
    r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}"
    r"|[0-9a-f]{32}",
    re.IGNORECASE,
)
_JSON_TYPE = re.compile(r"application/(?:[\w.-]+\+)?json")
_NOT_FOUND_PAGE = (
    "<!DOCTYPE html><html><head><title>Not found</title></head>"
    "<body><h1>Not found</h1><p>This page does not exist.</p></body></html>"
)

Body = dict[str, object]
Handler = Callable[[Request], Awaitable[Response]]

_log = logging.getLogger("heimdall.local.messages")


def exact_route(method: str, path: str, handler: Handler) -> Route:
    """Route one method; Starlette would answer HEAD for every GET route, the contract does not."""
    route = Route(path, handler, methods=[method])
    if route.methods:
        route.methods.discard("HEAD")
    return route


def success(data: object, status: int = 200) -> JSONResponse:
    """Wrap data into the envelope of success, which has no key `error`."""
    return JSONResponse({"success": True, "data": data}, status_code=status)


def envelope_error(status: int, message: str) -> Response:
    """Wrap a message into the envelope of failure, which has no key `data`."""
    error = {"code": status, "message": message}
    return JSONResponse({"success": False, "error": error}, status_code=status)


def model(row: Row) -> dict[str, object]:
    """Return a row in its REST form: every column by its name, moments with `Z`."""
    values = ((field.name, getattr(row, field.name)) for field in fields(row))
    return {
        name: moment_form(value, "Z") if isinstance(value, datetime) else value
        for name, value in values
    }


def showing(read: Callable[[Request], Row | Sequence[Row]]) -> Handler:
    """Return a handler that responds with the row, or the rows, that a function reads."""

    async def show(request: Request) -> Response:
        found = read(request)
        return success(model(found) if isinstance(found, Row) else list(map(model, found)))

    return show


class Refusal(Exception):
    """The request is refused, with this status and this one line."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Refused(Refusal):
    """A handler refuses: E1, the JSON envelope."""


class Malformed(Refusal):
    """The request cannot be parsed: E5, E8, E9 and E10, one line of plain text.

    After E10, for a body over the limit (413), the connection closes.
    """


def not_found_page() -> Response:
    """Return E6, for an unknown route, a wrong method or a trailing slash."""
    return HTMLResponse(_NOT_FOUND_PAGE, status_code=404)


async def _refused(_request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return envelope_error(error.status, error.message)
    if not isinstance(error, Malformed):
        raise error
    headers = {"connection": "close"} if error.status == 413 else None
    return PlainTextResponse(error.message, error.status, headers)


async def _no_route(request: Request, _error: Exception) -> Response:
    """Handle an unknown path or method; only `/health` responds with 405."""
    if request.scope["path"] == "/health":
        return Response(status_code=405, headers={"allow": "GET"})
    return not_found_page()


ERROR_HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    Refusal: _refused,
    HTTPException: _no_route,
}
"""For Starlette; its router reports an unknown path and a wrong method as HTTPException."""


def last_resort(app: ASGIApp) -> ASGIApp:
    """Convert any internal error into E1 with 500 and a log line; the server keeps running.

    Starlette's own would raise the error again, and uvicorn would close the connection. A response
    that has started can only be aborted.
    """

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await app(scope, receive, send_and_note)
        except Exception as error:
            if has_started:
                raise
            _log.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            await envelope_error(500, "Internal server error")(scope, receive, send)

    return run


def signed_in_user(request: Request) -> UserRow:
    user: object = request.state.user
    if not isinstance(user, UserRow):
        raise TypeError("no request passes the session check without an account")
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
    number = _U32.fullmatch(text)
    if number is None or int(number[1]) > _U32_MAX:
        raise Malformed(400, f"Query deserialize error: {name} is no unsigned 32-bit number")
    return int(number[1])


def query_text(request: Request, name: str) -> str | None:
    """Read a value from the query; an empty one is not a missing one.

    Raises:
        Malformed: E9, it occurs more than once.
    """
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise Malformed(400, f"Query deserialize error: duplicate field `{name}`")
    return values[0] if values else None


def content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_bytes(request: Request, limit_bytes: int) -> bytes:
    """Read the whole body but keep no more than allowed, so that the client gets the response.

    Raises:
        Malformed: E10, it is too long, or the client stopped sending.
    """
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
        raise Malformed(413, f"The body is larger than allowed (limit: {limit_bytes} bytes).")
    return bytes(kept)


async def json_body(request: Request) -> Body:
    """Read a JSON object.

    Raises:
        Malformed: E8, the content type or the JSON is wrong; E10, it is too long.
    """
    if not _JSON_TYPE.fullmatch(content_type(request)):
        raise Malformed(400, "Content type error")
    raw = await body_bytes(request, JSON_LIMIT_BYTES)
    try:
        value = json.loads(raw.decode("utf-8"))
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # no halves of surrogate pairs
    except (ValueError, RecursionError):
        raise Malformed(400, "Json deserialize error: this is no JSON") from None
    if not isinstance(value, dict):
        raise Malformed(400, "Json deserialize error: expected an object")
    return value


def required_text(body: Body, name: str) -> str:
    """Read a string from a body.

    Raises:
        Malformed: E8, it is missing or something else.
    """
    text = optional_text(body, name)
    if text is None:
        problem = "is null, expected a string" if name in body else "is missing"
        raise Malformed(400, f"Json deserialize error: `{name}` {problem}")
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
    """Refuse texts with U+0000, which the real server's database cannot hold (4.6, T-76).

    Raises:
        Refused: 500.
    """
    if any("\x00" in text for text in texts if text):
        raise Refused(500, "The text cannot be stored")
