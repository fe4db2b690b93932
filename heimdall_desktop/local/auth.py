"""Who may use the server: its own addresses, the secret of this run, the account and its sessions.

`own_address_check` and `secret_check` come before everything and are deviations (`local_server`). A
token is 64 hex characters, two UUIDv7 in a row; the database stores only its SHA-256. It is valid
for seven days from sign-in and never extended. Source: protocol.md 1.2-1.4, 2.2 (E2, E3, E7).
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import MutableMapping
from datetime import timedelta
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from heimdall_desktop.local import messages, rows
from heimdall_desktop.local.database import Database

SECRET_HEADER = "X-Heimdall-Run-Secret"  # noqa: S105 - the name, not the value
SECRET_MIN_CHARS = 32
SESSION_LIFETIME = timedelta(days=7)
_OWN_HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::([0-9]{1,5}))?", re.IGNORECASE)
_OPEN_PATHS = ("/health", "/login")
_BEARER = "Bearer "
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # 16 MiB and some 50 ms for each attempt
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
T = TypeVar("T")


def own_address_check(app: ASGIApp, port: int | None) -> ASGIApp:
    """Refuse requests from web pages, under their own name (DNS rebinding) or under ours.

    A foreign `Host` gets 421: the request is meant for another server (RFC 9110, 15.5.20). A
    foreign `Origin` gets 403: it is meant for us, and we refuse. The parser itself responds with
    400 to a missing or a second `Host` (RFC 9112, 3.2), except for HTTP/1.0 without one.

    Args:
        app: the next handler.
        port: the one in our address; None for any, as a proxy before us has another.
    """

    async def check(scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        match = _OWN_HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        answer: ASGIApp = app
        if match is None or port not in (None, int(match[1] or 80)):
            answer = messages.envelope_error(421, "This server has another name")
        elif origins not in ([], [f"http://{hosts[0].lower()}"]):
            answer = messages.envelope_error(403, "Another web page may not ask this server")
        await answer(scope, receive, send)

    return check


def secret_check(app: ASGIApp, secret: str) -> ASGIApp:
    """Refuse requests without the secret of this run with 401; only `/health` needs none.

    Args:
        app: the next handler.
        secret: at least `SECRET_MIN_CHARS` characters of ASCII; compared in constant time.
    """
    expected = secret.encode("ascii")

    async def check(scope: Scope, receive: Receive, send: Send) -> None:
        given = Headers(scope=scope).getlist(SECRET_HEADER)
        is_owner = len(given) == 1 and hmac.compare_digest(given[0].encode("latin-1"), expected)
        is_open = is_owner or scope["path"] == "/health"
        answer = app if is_open else messages.envelope_error(401, "Authentication required")
        await answer(scope, receive, send)

    return check


def session_check(app: ASGIApp, database: Database) -> ASGIApp:
    """Pass a request on with the account of its token; see `messages.signed_in_user`.

    Without one, the API answers as E2 and pages as E3.
    """

    async def check(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        answer: ASGIApp = app
        if path not in _OPEN_PATHS and not path.startswith("/api/auth/"):
            user = user_of(database, HTTPConnection(scope))
            state: MutableMapping[str, object] = scope.setdefault("state", {})
            state["user"] = user
            if user is None and path.startswith(("/api/", "/auth/")):
                answer = messages.envelope_error(401, "Authentication required")
            elif user is None:
                answer = Response(status_code=302, headers={"location": "/login"})
        await answer(scope, receive, send)

    return check


def hash_password(password: str) -> str:
    """Return a salted hash for storage. Takes some 50 ms on purpose."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{hashlib.scrypt(password.encode(), salt=salt, **_SCRYPT).hex()}"


def is_password(password: str, stored_hash: str | None) -> bool:
    """Return whether the password is correct; unknown accounts take as long as wrong passwords."""
    salt, _, digest = (stored_hash or hash_password("")).partition(":")
    computed = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), **_SCRYPT)
    return hmac.compare_digest(computed, bytes.fromhex(digest)) and stored_hash is not None


def new_session(
    database: Database, user_id: rows.UserId, lifetime: timedelta = SESSION_LIFETIME
) -> str:
    """Open a session and return its token, which is stored nowhere.

    Each half is a UUIDv7 without hyphens: 48 bits of Unix milliseconds, 74 random bits.
    """
    millis = time.time_ns() // 1_000_000
    token = "".join(
        f"{millis:012x}7{secrets.randbits(12):03x}{secrets.randbits(62) | 1 << 63:016x}"
        for _ in range(2)
    )
    database.add_session(token_hash(token), user_id, rows.now() + lifetime)
    return token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def presented_token(connection: HTTPConnection) -> str:
    """Return the token in the Authorization header, or nothing; `Bearer` is case-sensitive."""
    header = connection.headers.get("authorization", "")
    return header.removeprefix(_BEARER).strip() if header.startswith(_BEARER) else ""


def user_of(database: Database, connection: HTTPConnection) -> rows.UserRow | None:
    """Return the account whose valid session token the request carries."""
    token = presented_token(connection)
    return database.user_of_session(token_hash(token)) if token else None


def database_of(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def owned_repo(request: Request) -> rows.RepoRow:
    """Return the repository that the path names, if it belongs to the requesting account.

    "Not yours" and "does not exist" are the same 404. Source: protocol.md 2.2.

    Raises:
        Malformed: the path holds no UUID.
        Refused: 404.
    """
    repo_id = rows.RepoId(messages.path_uuid(request))
    return if_owned(request, database_of(request).repo(repo_id), repo_id, f"Repository '{repo_id}'")


def owned_scan(request: Request) -> rows.ScanRow:
    """Return the scan that the path names; raises as `owned_repo`."""
    scan_id = rows.ScanId(messages.path_uuid(request))
    scan = database_of(request).scan(scan_id)
    return if_owned(request, scan, scan.repo_id if scan else None, f"Scan '{scan_id}'")


def owned_finding(request: Request) -> rows.FindingRow:
    """Return the finding that the path names; raises as `owned_repo`."""
    finding_id = rows.FindingId(messages.path_uuid(request))
    finding = database_of(request).finding(finding_id)
    repo_id = finding.repo_id if finding else None
    return if_owned(request, finding, repo_id, f"Finding '{finding_id}'")


def if_owned(request: Request, row: T | None, repo_id: rows.RepoId | None, named: str) -> T:
    """Return a row if its repository belongs to the requesting account; raises as `owned_repo`."""
    repo = database_of(request).repo(repo_id) if repo_id else None
    if row is None or repo is None or repo.user_id != messages.signed_in_user(request).id:
        raise messages.Refused(404, f"{named} not found")
    return row


async def _register(_request: Request) -> Response:
    raise messages.Refused(403, "This server takes no new accounts")


async def login(request: Request) -> Response:
    """Sign in; an unknown address and a wrong password get the same answer."""
    body = await messages.json_body(request)
    email = messages.required_text(body, "email")
    password = messages.required_text(body, "password")
    refuse_invalid_account(email, password, 1)
    stored_hash = database_of(request).password_hash(email)
    is_right = await run_in_threadpool(is_password, password, stored_hash)
    user = database_of(request).user_by_email(email)
    if not is_right or user is None:
        raise messages.Refused(401, "Wrong e-mail address or password")
    return signed_in(request, user, status=200)


def refuse_invalid_account(email: str, password: str, password_min_chars: int) -> None:
    """Refuse with one message that names all invalid fields.

    Raises:
        Refused: 400.
    """
    problems = [] if _EMAIL.fullmatch(email) else ["email: not an e-mail address"]
    if len(password) < password_min_chars:
        problems.append(f"password: at least {password_min_chars} characters")
    if problems:
        raise messages.Refused(400, "\n".join(problems))


def signed_in(request: Request, user: rows.UserRow, status: int) -> Response:
    account = {name: value for name, value in messages.model(user).items() if name != "avatar_url"}
    token = new_session(database_of(request), user.id)
    return messages.success({"token": token, "user": account}, status)


async def logout(request: Request) -> Response:
    """End this session; an expired one is no error."""
    token = presented_token(request)
    if not token:
        raise messages.Refused(401, "Authentication required")
    database_of(request).delete_session(token_hash(token))
    return messages.success({"message": "Signed out"})


async def _me(request: Request) -> Response:
    user = user_of(database_of(request), request)
    if user is None:
        raise messages.Refused(401, "Authentication required")
    return messages.success(messages.model(user))


AUTH_ROUTES = (
    messages.exact_route("POST", "/api/auth/register", _register),
    messages.exact_route("POST", "/api/auth/login", login),
    messages.exact_route("POST", "/api/auth/logout", logout),
    messages.exact_route("GET", "/api/auth/me", _me),
)
"""The endpoints under `/api/auth/`, which need no session."""
