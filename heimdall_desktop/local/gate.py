"""Stands before all routes: first the CSRF check and its cookie, then the session.

Source: heimdall-api.md §1.4, 1.6 and §2.2 (E2, E3, E4, E7).
"""

import hmac
import secrets
from collections.abc import MutableMapping

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heimdall_desktop.local import auth
from heimdall_desktop.local.answers import envelope_error
from heimdall_desktop.local.database import Database

CSRF_COOKIE = "_csrf"
_CSRF_ATTRIBUTES = "Path=/; SameSite=Strict; Max-Age=86400"
_CHECKED_METHODS = frozenset({"POST", "PATCH", "DELETE"})
_UNCHECKED_PATHS = frozenset({"/health", "/api/auth/login", "/api/auth/register"})
_OPEN_PATHS = frozenset({"/health", "/login"})


class CsrfCheck:
    """Refuses writes that a foreign web page could have sent, and hands out the `_csrf` cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, or pass the request on."""
        connection = HTTPConnection(scope)
        if not _passes(connection):
            answer = JSONResponse(
                {"success": False, "error": "CSRF token mismatch"}, status_code=403
            )
            await answer(scope, receive, send)
        elif CSRF_COOKIE in connection.cookies:
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, _handing_out_cookie(send))


class SessionCheck:
    """Lets a request pass with the account behind its token; see `reading.signed_in_user`."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self._app = app
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or 302, or pass the request on."""
        connection = HTTPConnection(scope)
        path: str = scope["path"]
        if path in _OPEN_PATHS or path.startswith("/api/auth/"):
            await self._app(scope, receive, send)
        elif user := auth.user_of(self._database, connection):
            state: MutableMapping[str, object] = scope.setdefault("state", {})
            state["user"] = user
            await self._app(scope, receive, send)
        else:
            await _stranger(path)(scope, receive, send)


def _stranger(path: str) -> Response:
    """Answer a request without a valid token: E2 for the API, E3 for pages."""
    if path.startswith(("/api/", "/auth/")):
        return envelope_error(401, "Authentication required")
    return Response(status_code=302, headers={"location": "/login"})


def _passes(connection: HTTPConnection) -> bool:
    scope = connection.scope
    if scope["method"] not in _CHECKED_METHODS or scope["path"] in _UNCHECKED_PATHS:
        return True
    if auth.has_bearer(connection):
        return True
    cookie = connection.cookies.get(CSRF_COOKIE, "").encode()
    by_query = connection.query_params.get(CSRF_COOKIE, "")
    given = connection.headers.get("x-csrf-token", by_query)
    return bool(cookie) and hmac.compare_digest(cookie, given.encode())


def _handing_out_cookie(send: Send) -> Send:
    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookie = f"{CSRF_COOKIE}={secrets.token_hex(32)}; {_CSRF_ATTRIBUTES}"
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return send_with_cookie
