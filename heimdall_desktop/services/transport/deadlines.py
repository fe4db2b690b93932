"""Bounds how long an answer may take in all, with one timer for all requests of a server.

A timeout of each request would leave its timer behind under qasync until it is due, minutes after
the answer. So nothing is armed but the end that comes first.
"""

import asyncio
from collections.abc import AsyncIterator, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import httpx

_purpose: ContextVar[Hashable] = ContextVar("purpose", default=None)


@contextmanager
def asking_for(purpose: Hashable) -> Iterator[None]:
    """Let requests that are made within, and by tasks that begin within, be hung up together."""
    token = _purpose.set(purpose)
    try:
        yield
    finally:
        _purpose.reset(token)


class BrokenOff(httpx.ReadError):
    """A connection broke, but not for want of a free thread: in mid-answer, or by `hang_up`."""


@dataclass(eq=False, slots=True)
class _Wait:
    """A request that waits for its answer; `is_hung_up` once it was broken off."""

    scope: asyncio.Timeout
    due_s: float
    is_repeatable: bool
    purpose: Hashable
    is_hung_up: bool = False


class Deadlines:
    """The ends of all requests under way; times are the loop's own."""

    def __init__(self) -> None:
        self._waits: set[_Wait] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._looks_at_s = 0.0

    @asynccontextmanager
    async def bound(self, longest_s: float, *, is_repeatable: bool) -> AsyncIterator[None]:
        """Break off what is done within if it takes longer.

        Args:
            longest_s: how long it may take.
            is_repeatable: whether `hang_up` breaks it off too.

        Raises:
            httpx.ReadTimeout: it took longer.
            BrokenOff: it was hung up.
        """
        scope = asyncio.timeout(None)
        wait = _Wait(scope, _loop().time() + longest_s, is_repeatable, _purpose.get())
        try:
            async with scope:
                self._waits.add(wait)
                self._look_at(wait.due_s)
                try:
                    yield
                finally:
                    self._waits.discard(wait)
        except TimeoutError:
            if wait.is_hung_up:
                raise BrokenOff("hung up") from None
            raise httpx.ReadTimeout("too long in all") from None

    def hang_up(self, purpose: Hashable = None) -> None:
        """Break off what may be repeated: all of it, or what is asked for one purpose."""
        now_s = _loop().time()
        for wait in self._waits:
            is_meant = wait.is_repeatable and purpose in (None, wait.purpose)
            if is_meant and not wait.scope.expired():
                wait.is_hung_up = True
                wait.scope.reschedule(now_s)

    def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look_at(self, due_s: float) -> None:
        """See to it that there is a look at this moment at the latest."""
        if self._timer is not None:
            if self._looks_at_s <= due_s:
                return
            self._timer.cancel()
        self._looks_at_s = due_s
        self._timer = _loop().call_at(due_s, self._look)

    def _look(self) -> None:
        self._timer = None
        now_s = _loop().time()
        waits = [wait for wait in self._waits if not wait.scope.expired()]
        for wait in waits:
            if wait.due_s <= now_s:
                wait.scope.reschedule(now_s)
        later_s = [wait.due_s for wait in waits if wait.due_s > now_s]
        if later_s:
            self._look_at(min(later_s))


def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
