"""Password hashes, session tokens, and the account behind a request.

A token is 64 hex characters, two UUIDv7 in a row, known to the database by its SHA-256 only, and
good for seven days from sign-in, never prolonged. Source: heimdall-api.md §1.2.
"""

import hashlib
import hmac
import secrets
import time
from datetime import timedelta

from starlette.requests import HTTPConnection

from heimdall_desktop.local import moments
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import UserId, UserRow

SESSION_COOKIE = "heimdall_session"
SESSION_LIFETIME = timedelta(days=7)
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**14, 8, 1  # 16 MiB and some 50 ms for each try
_BEARER = "Bearer "


def hash_password(password: str) -> str:
    """Return a salted hash to be stored. Takes some 50 ms on purpose."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def is_password(password: str, stored_hash: str | None) -> bool:
    """Say whether this is the password; an unknown account takes as long as a wrong password."""
    salt, _, digest = (stored_hash or hash_password("")).partition(":")
    matches = hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(digest))
    return matches and stored_hash is not None


def new_session(database: Database, user_id: UserId, lifetime: timedelta = SESSION_LIFETIME) -> str:
    """Open a session and return its token, which is stored nowhere."""
    token = _uuid7_hex() + _uuid7_hex()
    database.delete_expired_sessions()
    database.add_session(token_hash(token), user_id, moments.now() + lifetime)
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
    """Say whether the Authorization header is of the Bearer kind; the word is case-sensitive."""
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
