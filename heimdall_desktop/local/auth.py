"""Password hashes, session tokens, and the account behind a request.

A token is 64 hex characters, two UUIDv7 in a row. The database stores only its SHA-256. It is valid
for seven days from sign-in and never extended. Source: heimdall-api.md §1.2.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from heimdall_desktop.local import rows
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused, model, success
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.reading import (
    json_body,
    optional_text,
    path_uuid,
    refuse_nul,
    required_text,
    signed_in_user,
)
from heimdall_desktop.local.rows import (
    FindingId,
    FindingRow,
    RepoId,
    RepoRow,
    ScanId,
    ScanRow,
    UserId,
    UserRow,
)
from heimdall_desktop.local.scan_table import EmailTaken

SESSION_COOKIE = "heimdall_session"
SESSION_LIFETIME = timedelta(days=7)
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**14, 8, 1  # 16 MiB and some 50 ms for each attempt
_BEARER = "Bearer "


def hash_password(password: str) -> str:
    """Return a salted hash for storage. Takes some 50 ms on purpose."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def is_password(password: str, stored_hash: str | None) -> bool:
    """Return whether the password is correct; unknown accounts take as long as wrong passwords."""
    salt, _, digest = (stored_hash or hash_password("")).partition(":")
    matches = hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(digest))
    return matches and stored_hash is not None


def new_session(database: Database, user_id: UserId, lifetime: timedelta = SESSION_LIFETIME) -> str:
    """Open a session and return its token, which is stored nowhere."""
    token = _uuid7_hex() + _uuid7_hex()
    database.delete_expired_sessions()
    database.add_session(token_hash(token), user_id, rows.now() + lifetime)
    return token


def _uuid7_hex() -> str:
    """Return a UUIDv7 without hyphens: 48 bits of Unix milliseconds, 74 random bits."""
    millis = time.time_ns() // 1_000_000
    head = f"{millis:012x}7{secrets.randbits(12):03x}"
    return f"{head}{secrets.randbits(62) | 1 << 63:016x}"


def token_hash(token: str) -> str:
    """Return the form in which a token is stored and looked up."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def has_bearer(connection: HTTPConnection) -> bool:
    """Return whether the Authorization header is of the Bearer kind; the word is case-sensitive."""
    return connection.headers.get("authorization", "").startswith(_BEARER)


def presented_token(connection: HTTPConnection) -> str | None:
    """Return the token of a request: from the header, else from the cookie."""
    header = connection.headers.get("authorization", "")
    token = header.removeprefix(_BEARER).strip() if header.startswith(_BEARER) else ""
    return token or connection.cookies.get(SESSION_COOKIE) or None


def user_of(database: Database, connection: HTTPConnection) -> UserRow | None:
    """Return the account whose valid session token the request carries."""
    token = presented_token(connection)
    return database.user_of_session(token_hash(token)) if token else None


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8"), salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, dklen=32
    )


# The token bucket before `/api/auth/*`, one for each peer.
#
# On loopback all users of the machine are one peer. It is behind `gate.SecretCheck`, so that
# requests refused there take nothing from the owner's bucket. Source: heimdall-api.md §1.5: a burst
# of ten, one more every six seconds, 429 as plain text.


AUTH_BURST = 10
AUTH_REFILL_S = 6.0


class TokenBucket:
    """Limits the requests of each peer."""

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


class AuthRateLimit:
    """Lets requests to `/api/auth/*` pass while their peer's bucket has tokens."""

    def __init__(self, app: ASGIApp, bucket: TokenBucket) -> None:
        self._app = app
        self._bucket = bucket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 429, or pass the request on."""
        connection = HTTPConnection(scope)
        wait_s = 0.0
        if scope["path"].startswith("/api/auth/"):
            wait_s = self._bucket.take(connection.client.host if connection.client else "")
        answer = too_many(wait_s) if wait_s > 0 else self._app
        await answer(scope, receive, send)


def too_many(wait_s: float) -> PlainTextResponse:
    """Answer 429; the wait is rounded down, so it may say 0."""
    whole_s = int(wait_s)
    return PlainTextResponse(
        f"Too many requests, retry in {whole_s}s",
        status_code=429,
        headers={"retry-after": str(whole_s), "x-ratelimit-after": str(whole_s)},
    )


# Finds the target of a request, if it belongs to the requesting account.
#
# "Not yours" and "does not exist" are the same 404. Source: heimdall-api.md §2.2.


T = TypeVar("T")


def owned_repo(database: Database, request: Request) -> RepoRow:
    """Return the repository that the path names.

    Raises:
        Malformed: the path holds no UUID.
        Refused: 404.
    """
    repo_id = RepoId(path_uuid(request))
    repo = database.repo(repo_id)
    return _if_owned(request, repo, repo, f"Repository '{repo_id}'")


def owned_scan(database: Database, request: Request) -> ScanRow:
    """Return the scan that the path names; raises as `owned_repo`."""
    scan_id = ScanId(path_uuid(request))
    scan = database.scan(scan_id)
    repo = database.repo(scan.repo_id) if scan else None
    return _if_owned(request, scan, repo, f"Scan '{scan_id}'")


def owned_finding(database: Database, request: Request) -> FindingRow:
    """Return the finding that the path names; raises as `owned_repo`."""
    finding_id = FindingId(path_uuid(request))
    finding = database.finding(finding_id)
    repo = database.repo(finding.repo_id) if finding else None
    return _if_owned(request, finding, repo, f"Finding '{finding_id}'")


def _if_owned(request: Request, row: T | None, repo: RepoRow | None, named: str) -> T:
    if row is None or repo is None or repo.user_id != signed_in_user(request).id:
        raise Refused(404, f"{named} not found")
    return row


# Register, sign in, sign out, and the current account.
#
# Source: heimdall-api.md §1.3 and 1.4.


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PASSWORD_MIN_CHARS = 8


class AuthRoutes:
    """The endpoints under `/api/auth/`, which need no session.

    Args:
        database: contains the accounts.
        takes_accounts: whether registration is open.
    """

    def __init__(self, database: Database, *, takes_accounts: bool) -> None:
        self._database = database
        self._takes_accounts = takes_accounts

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("POST", "/api/auth/register", self.register),
            exact_route("POST", "/api/auth/login", self.login),
            exact_route("POST", "/api/auth/logout", self.logout),
            exact_route("GET", "/api/auth/me", self.me),
        ]

    async def register(self, request: Request) -> Response:
        """Create an account and sign it in."""
        if not self._takes_accounts:
            raise Refused(403, "This server takes no new accounts")
        body = await json_body(request)
        email, password = required_text(body, "email"), required_text(body, "password")
        display_name = optional_text(body, "display_name")
        refuse_nul(email, display_name)
        _refuse_unless_valid(email, password, _PASSWORD_MIN_CHARS)
        password_hash = await run_in_threadpool(hash_password, password)
        try:
            user = self._database.add_user(email, password_hash, display_name)
        except EmailTaken:
            raise Refused(409, "This e-mail address is in use") from None
        return self._signed_in(user, status=201)

    async def login(self, request: Request) -> Response:
        """Sign in; an unknown address and a wrong password get the same answer."""
        body = await json_body(request)
        email, password = required_text(body, "email"), required_text(body, "password")
        _refuse_unless_valid(email, password, 1)
        stored_hash = self._database.password_hash(email)
        is_right = await run_in_threadpool(is_password, password, stored_hash)
        user = self._database.user_by_email(email)
        if not is_right or user is None:
            raise Refused(401, "Wrong e-mail address or password")
        return self._signed_in(user, status=200)

    async def logout(self, request: Request) -> Response:
        """End this session; an expired one is no error."""
        token = presented_token(request)
        if token is None:
            raise Refused(401, "Authentication required")
        has_ended = self._database.delete_session(token_hash(token))
        answer = success({"message": "Signed out"})
        if has_ended:
            answer.delete_cookie(SESSION_COOKIE, samesite=None)
        return answer

    async def me(self, request: Request) -> Response:
        """Return the account of the session."""
        user = user_of(self._database, request)
        if user is None:
            raise Refused(401, "Authentication required")
        return success(model(user))

    def _signed_in(self, user: UserRow, status: int) -> Response:
        token = new_session(self._database, user.id)
        account = {name: value for name, value in model(user).items() if name != "avatar_url"}
        answer = success({"token": token, "user": account}, status)
        answer.set_cookie(
            SESSION_COOKIE,
            token,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            httponly=True,
            samesite="lax",
        )
        return answer


def _refuse_unless_valid(email: str, password: str, password_min_chars: int) -> None:
    """Refuse with one message that names all invalid fields."""
    bad = []
    if not _EMAIL.fullmatch(email):
        bad.append("email: not an e-mail address")
    if len(password) < password_min_chars:
        bad.append(f"password: at least {password_min_chars} characters")
    if bad:
        raise Refused(400, "\n".join(bad))
