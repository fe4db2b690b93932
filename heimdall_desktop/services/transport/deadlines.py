"""Does things in time, with one timer for all requests of a server: above all, breaks off.

A timer of each request would stay behind under qasync until it is due, minutes after the answer.
So there is a look now and then while anything is under way, and nothing else is armed.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial

import httpx
from msgspec import Struct

from heimdall_desktop.services.transport.purpose import PURPOSE

LOOK_S = 0.25  # from one look to the next: what is due is done so much later at the most


class BrokenOff(httpx.ReadError):
    """A connection broke, but not for want of a free thread: in mid-answer, or by `hang_up`."""


class Due(Struct, eq=False):
    """What is done at each look from a moment on; the moment, by the loop's clock, may be moved."""

    at_s: float
    act: Callable[[], object]


class _Wait(Struct, eq=False):
    """A request that waits for its answer; `is_hung_up` once it was broken off."""

    scope: asyncio.Timeout
    is_repeatable: bool
    purpose: Hashable
    is_hung_up: bool = False


class Deadlines:
    """The ends of all requests under way, and whatever else has its time."""

    def __init__(self) -> None:
        self._dues: set[Due] = set()
        self._waits: set[_Wait] = set()
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def later(self, after_s: float, act: Callable[[], object]) -> Iterator[Due]:
        """Do something after so long, and at each look from then on, until the block ends."""
        due = Due(_loop().time() + after_s, act)
        self._dues.add(due)
        self._look_soon()
        try:
            yield due
        finally:
            self._dues.discard(due)

    @asynccontextmanager
    async def bound(self, longest_s: float, *, is_repeatable: bool) -> AsyncIterator[Due]:
        """Break off what is done within if it takes longer.

        Args:
            longest_s: how long it may take, unless what is yielded is moved.
            is_repeatable: whether `hang_up` breaks it off too.

        Raises:
            httpx.ReadTimeout: it took longer.
            BrokenOff: it was hung up.
        """
        scope = asyncio.timeout(None)
        wait = _Wait(scope, is_repeatable, PURPOSE.get())
        try:
            async with scope:
                self._waits.add(wait)
                try:
                    with self.later(longest_s, partial(_end, scope)) as due:
                        yield due
                finally:
                    self._waits.discard(wait)
        except TimeoutError:
            if wait.is_hung_up:
                raise BrokenOff("hung up") from None
            raise httpx.ReadTimeout("too long in all") from None

    def hang_up(self, purpose: Hashable = None) -> None:
        """Break off what may be repeated: all of it, or what is asked for one purpose."""
        for wait in self._waits:
            is_meant = wait.is_repeatable and purpose in (None, wait.purpose)
            if is_meant and not wait.scope.expired():
                wait.is_hung_up = True
                _end(wait.scope)

    def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look_soon(self) -> None:
        if self._timer is None:
            self._timer = _loop().call_later(LOOK_S, self._look)

    def _look(self) -> None:
        self._timer = None
        now_s = _loop().time()
        for due in sorted((each for each in self._dues if each.at_s <= now_s), key=_moment):
            due.act()
        if self._dues:
            self._look_soon()


def _moment(due: Due) -> float:
    return due.at_s


def _end(scope: asyncio.Timeout) -> None:
    if not scope.expired():
        scope.reschedule(_loop().time())


def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
