"""The error responses of the server, except those of the gate and the rate limiter.

Source: heimdall-api.md §2.2: E1 (envelope), E5, E8, E9, E10 (plain text), E6 (the not-found page).
"""

import logging
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from heimdall_desktop.local.rows import Row, z_form

# The success responses of the server, and their envelope.
#
# Source: heimdall-api.md §2.1 and §6.


def success(data: object, status: int = 200) -> JSONResponse:
    """Wrap data into the envelope of success, which has no key `error`."""
    return JSONResponse({"success": True, "data": data}, status_code=status)


def envelope_error(status: int, message: str) -> Response:
    """Wrap a message into the envelope of failure, which has no key `data`."""
    error = {"code": status, "message": message}
    return JSONResponse({"success": False, "error": error}, status_code=status)


def model(row: Row) -> dict[str, object]:
    """Return a row in its REST form: every column by its name, moments with `Z`."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def models(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return rows in their REST form."""
    return [model(row) for row in rows]


def _plain(value: object) -> object:
    return z_form(value) if isinstance(value, datetime) else value


_NOT_FOUND_PAGE = (
    "<!DOCTYPE html><html><head><title>Not found</title></head>"
    "<body><h1>Not found</h1><p>This page does not exist.</p></body></html>"
)

_log = logging.getLogger("heimdall.local.errors")


class Refusal(Exception):
    """The request is refused, with this status and this one line."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    def response(self) -> Response:
        """Return the response to send."""
        raise NotImplementedError


class Refused(Refusal):
    """A handler refuses: E1, the JSON envelope."""

    def response(self) -> Response:
        """Return the envelope."""
        return envelope_error(self.status, self.message)


class Malformed(Refusal):
    """The request cannot be parsed: E5, E8, E9 and E10, one line of plain text."""

    def response(self) -> Response:
        """Return the line."""
        return PlainTextResponse(self.message, status_code=self.status)


class TooLong(Malformed):
    """The body is over the limit: E10, after which the connection closes."""

    def __init__(self, message: str) -> None:
        super().__init__(413, message)

    def response(self) -> Response:
        """Return the line, the last on its connection."""
        answer = super().response()
        answer.headers["connection"] = "close"
        return answer


def not_found_page() -> Response:
    """Return E6, for an unknown route, a wrong method or a trailing slash."""
    return HTMLResponse(_NOT_FOUND_PAGE, status_code=404)


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return error.response()


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


class LastResort:
    """Converts any internal error into E1 with 500 and a log line; the server keeps running.

    Starlette's own would raise the error again, and uvicorn would close the connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a response that has started can only be aborted."""
        has_begun = False

        async def noting_send(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except Exception as error:
            if has_begun:
                raise
            _log.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            await envelope_error(500, "Internal server error")(scope, receive, send)
