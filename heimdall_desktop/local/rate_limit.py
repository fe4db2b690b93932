"""The token bucket before `/api/auth/*`, one for each peer.

On loopback all users of the machine are one peer. It stands behind `gate.SecretCheck`, so that what
is refused there takes nothing from the owner's bucket.
Source: heimdall-api.md §1.5: a burst of ten, one more every six seconds, 429 as plain text.
"""

import time
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

AUTH_BURST = 10
AUTH_REFILL_S = 6.0


class TokenBucket:
    """Counts how much a peer may still ask."""

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
