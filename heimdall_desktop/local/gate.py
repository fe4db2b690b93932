"""The checks before all routes: host names, the secret of this run, CSRF and the session.

`OwnAddressCheck` and `SecretCheck` come first and are deviations (`server`); the CSRF check with
its cookie and the session follow heimdall-api.md §1.4, 1.6 and §2.2 (E2, E3, E4, E7).
"""

import hmac
import re
import secrets
from collections.abc import MutableMapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heimdall_desktop.local import auth
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import envelope_error

CSRF_COOKIE = "_csrf"
_CSRF_ATTRIBUTES = "Path=/; SameSite=Strict; Max-Age=86400"
_CHECKED_METHODS = frozenset({"POST", "PATCH", "DELETE"})
_UNCHECKED_PATHS = frozenset({"/health", "/api/auth/login", "/api/auth/register"})
_OPEN_PATHS = frozenset({"/health", "/login"})

SECRET_HEADER = "X-Heimdall-Run-Secret"  # noqa: S105 - the name, not the value
SECRET_MIN_CHARS = 32
_OWN_HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::([0-9]{1,5}))?", re.IGNORECASE)


class OwnAddressCheck:
    """Refuses requests from web pages, under their own name (DNS rebinding) or under ours.

    A foreign `Host` gets 421: the request is meant for another server (RFC 9110, 15.5.20). A
    foreign `Origin` gets 403: it is meant for us, and we refuse. The parser itself responds with
    400 to a missing or a second `Host` (RFC 9112, 3.2), except for HTTP/1.0 without one.

    Args:
        app: the next handler.
        port: the one in our address; None for any, as a proxy before us has another.
    """

    def __init__(self, app: ASGIApp, port: int | None) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 or 403, or pass the request on."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        answer: ASGIApp = self._app
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            answer = envelope_error(421, "This server has another name")
        elif origins not in ([], [f"http://{hosts[0].lower()}"]):
            answer = envelope_error(403, "Another web page may not ask this server")
        await answer(scope, receive, send)

    def _is_own(self, host: str) -> bool:
        match = _OWN_HOST.fullmatch(host)
        return match is not None and self._port in (None, int(match[1] or 80))


class SecretCheck:
    """Refuses requests without the secret of this run; only `/health` needs none.

    Args:
        app: the next handler.
        secret: at least `SECRET_MIN_CHARS` characters of ASCII.
    """

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self._app = app
        self._secret = secret.encode("ascii")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond with 401, or pass the request on; the comparison takes constant time."""
        given = Headers(scope=scope).getlist(SECRET_HEADER)
        is_owner = len(given) == 1 and hmac.compare_digest(given[0].encode("latin-1"), self._secret)
        is_open = scope["path"] == "/health"
        answer = (
            self._app if is_owner or is_open else envelope_error(401, "Authentication required")
        )
        await answer(scope, receive, send)


class CsrfCheck:
    """Refuses writes that a foreign web page could have sent, and sets the `_csrf` cookie."""

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
    """Passes a request on with the account of its token; see `reading.signed_in_user`."""

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
