"""What browsers and strangers need of a server: cookies, the CSRF check, registration, rate limit.

The embedded server has none of it: it knows one client, which sends a Bearer token.
Source: protocol.md 1.3-1.6, 2.2 (E4, E11).
"""

import hmac
import json
import secrets
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heimdall_desktop.local import auth, messages
from heimdall_desktop.local.auth import SESSION_LIFETIME, database_of, presented_token, token_hash
from heimdall_desktop.local.database import EmailTaken
from tests.lab.lab_database import LabDatabase

SESSION_COOKIE = "heimdall_session"
CSRF_COOKIE = "_csrf"
AUTH_BURST = 10
AUTH_REFILL_S = 6.0
_CSRF_ATTRIBUTES = "Path=/; SameSite=Strict; Max-Age=86400"
_CHECKED_METHODS = frozenset({"POST", "PATCH", "DELETE"})
_UNCHECKED_PATHS = frozenset({"/health", "/api/auth/login", "/api/auth/register"})
_PASSWORD_MIN_CHARS = 8


def csrf_check(app: ASGIApp) -> ASGIApp:
    """Refuse writes that a foreign web page could have sent, and set the `_csrf` cookie."""

    async def check(scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookie = f"{CSRF_COOKIE}={secrets.token_hex(32)}; {_CSRF_ATTRIBUTES}"
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        if not _passes(connection):
            body = {"success": False, "error": "CSRF token mismatch"}
            await JSONResponse(body, status_code=403)(scope, receive, send)
        else:
            is_known = CSRF_COOKIE in connection.cookies
            await app(scope, receive, send if is_known else send_with_cookie)

    return check


def _passes(connection: HTTPConnection) -> bool:
    scope = connection.scope
    if scope["method"] not in _CHECKED_METHODS or scope["path"] in _UNCHECKED_PATHS:
        return True
    if connection.headers.get("authorization", "").startswith("Bearer "):
        return True
    cookie = connection.cookies.get(CSRF_COOKIE, "").encode()
    by_query = connection.query_params.get(CSRF_COOKIE, "")
    given = connection.headers.get("x-csrf-token", by_query)
    return bool(cookie) and hmac.compare_digest(cookie, given.encode())


def session_cookie(app: ASGIApp) -> ASGIApp:
    """Turn the session cookie into a Bearer token, for requests that have none."""

    async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        cookie = connection.cookies.get(SESSION_COOKIE)
        if cookie and not presented_token(connection):
            MutableHeaders(scope=scope)["authorization"] = f"Bearer {cookie}"
        await app(scope, receive, send)

    return pass_on


class TokenBucket:
    """Limits the requests of each peer: a burst of ten, one more every six seconds (1.5)."""

    def __init__(
        self,
        burst: int = AUTH_BURST,
        refill_s: float = AUTH_REFILL_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst = burst
        self._refill_s = refill_s
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def take(self, peer: str) -> float:
        """Take one token and return 0, or take none and return the seconds until there is one."""
        now = self._clock()
        full_at = max(self._full_at.get(peer, now), now) + self._refill_s
        wait_s = full_at - now - self._burst * self._refill_s
        if wait_s > 0:
            return wait_s
        self._full_at[peer] = full_at
        return 0.0


def auth_rate_limit(app: ASGIApp, bucket: TokenBucket) -> ASGIApp:
    """Pass requests to `/api/auth/*` on while their peer's bucket has tokens."""

    async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
        client, wait_s = HTTPConnection(scope).client, 0.0
        if scope["path"].startswith("/api/auth/"):
            wait_s = bucket.take(client.host if client else "")
        answer = too_many(wait_s) if wait_s > 0 else app
        await answer(scope, receive, send)

    return pass_on


def too_many(wait_s: float) -> PlainTextResponse:
    """Answer 429; the wait is rounded down, so it may say 0."""
    whole_s = int(wait_s)
    return PlainTextResponse(
        f"Too many requests, retry in {whole_s}s",
        status_code=429,
        headers={"retry-after": str(whole_s), "x-ratelimit-after": str(whole_s)},
    )


async def _register(request: Request) -> Response:
    """Create an account and sign it in; not on a server with a secret."""
    if request.app.state.folders is not None:
        raise messages.Refused(403, "This server takes no new accounts")
    body = await messages.json_body(request)
    email = messages.required_text(body, "email")
    password = messages.required_text(body, "password")
    display_name = messages.optional_text(body, "display_name")
    messages.refuse_nul(email, display_name)
    auth.refuse_invalid_account(email, password, _PASSWORD_MIN_CHARS)
    password_hash = await run_in_threadpool(auth.hash_password, password)
    try:
        user = database_of(request).add_user(email, password_hash, display_name)
    except EmailTaken:
        raise messages.Refused(409, "This e-mail address is in use") from None
    return _with_session_cookie(auth.signed_in(request, user, status=201))


async def _login(request: Request) -> Response:
    return _with_session_cookie(await auth.login(request))


def _with_session_cookie(answer: Response) -> Response:
    answer.set_cookie(
        SESSION_COOKIE,
        json.loads(bytes(answer.body))["data"]["token"],
        max_age=int(SESSION_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
    )
    return answer


async def _logout(request: Request) -> Response:
    database = database_of(request)
    assert isinstance(database, LabDatabase)
    had_session = database.has_session(token_hash(presented_token(request)))
    answer = await auth.logout(request)
    if had_session:
        answer.delete_cookie(SESSION_COOKIE, samesite=None)
    return answer


BROWSER_ROUTES = (
    messages.exact_route("POST", "/api/auth/register", _register),
    messages.exact_route("POST", "/api/auth/login", _login),
    messages.exact_route("POST", "/api/auth/logout", _logout),
)
