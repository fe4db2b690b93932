"""How many requests of ours one server has at once, and whose turn is next.

A small server drops a request that reaches a thread which is still at work on another one, and
tells nobody. So the limit adapts as TCP's window does: one more after a minute without a loss, half
as many after one. Source: heimdall-api.md 1.7, T-50, T-54, T-55.
"""

import asyncio
from bisect import insort
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_AT_ONCE = 4  # the server has 5 database connections for all (T-50)
FIRST_AT_ONCE = 2
GROWS_AFTER_S = 60.0
QUEUE_S = 60.0  # so long a request waits for its turn before it fails
WRITE_ALONE_S = 1.0  # so long a write waits for the reads before it to be answered


class QueueTooLong(Exception):
    """A request has waited for its turn for `QUEUE_S`, and it is still not there."""


@dataclass(eq=False, slots=True)
class _Waiter:
    """A request that waits for its turn; `is_patient` once it may not be alone any more."""

    is_write: bool
    since_s: float
    due_s: float
    is_patient: bool = True
    turn: asyncio.Future[None] = field(default_factory=lambda: _loop().create_future())


class Limiter:
    """Gives places to the requests of one server, to those that came first before the others.

    What is patient lets those pass that come a little later, but nothing passes it for ever.

    A write goes before all reads, and waits a moment for those that are under way: of two requests
    on one thread the later is dropped, and a read that is lost costs less than a write. For the
    same reason no read begins while a write is young.

    Args:
        clock: monotonic seconds.

    Attributes:
        writes: how many writes of ours are under way; while there are any, a lost read is no sign
            of too many requests, for they may take minutes and drop all others on their thread.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._limit = FIRST_AT_ONCE
        self._quiet_since_s = clock()
        self._halved_at_s = float("-inf")
        self._taken = 0
        self._young_writes = 0
        self._waiting: list[_Waiter] = []
        self.writes = 0

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        now_s = self._clock()
        if now_s - self._quiet_since_s >= GROWS_AFTER_S:
            self._quiet_since_s = now_s
            self._limit = min(self._limit + 1, MOST_AT_ONCE)
        return self._limit

    @property
    def free(self) -> int:
        """How many places nobody has or waits for."""
        waiting = sum(not waiter.turn.done() for waiter in self._waiting)
        return max(self.limit - self._taken - waiting, 0)

    def lost(self, asked_at_s: float) -> None:
        """A connection closed without an answer: ask for less at once.

        Args:
            asked_at_s: when the request was sent; of those sent together one loss counts.
        """
        self._quiet_since_s = self._clock()
        if asked_at_s >= self._halved_at_s:
            self._limit = max(self._limit // 2, 1)
            self._halved_at_s = self._quiet_since_s

    @asynccontextmanager
    async def place(
        self,
        *,
        is_write: bool = False,
        is_repeat: bool = False,
        patience_s: float = 0.0,
        longest_s: float | None = None,
    ) -> AsyncIterator[None]:
        """Hold a place, once it is this request's turn.

        Args:
            is_write: goes before all reads, and alone for a while.
            is_repeat: was sent before, and goes before those that were not.
            patience_s: lets those pass that come within so long.
            longest_s: the place is for others again after so long, whatever comes of the request.

        Raises:
            QueueTooLong: its turn did not come in time.
        """
        await self._turn(is_write, float("-inf") if is_write or is_repeat else patience_s)
        self.writes += is_write
        timer: asyncio.TimerHandle | None = None
        is_held = True

        def give_back() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._free_place(is_write=is_write)

        if longest_s is not None:
            timer = _loop().call_later(longest_s, give_back)
        try:
            yield
        finally:
            self.writes -= is_write
            if timer is not None:
                timer.cancel()
            give_back()

    async def _turn(self, is_write: bool, patience_s: float) -> None:
        now_s = self._clock()
        waiter = _Waiter(is_write, now_s, now_s + patience_s)
        insort(self._waiting, waiter, key=lambda each: each.due_s)
        self._hand_out()
        if waiter.turn.done():
            return
        timer = _loop().call_later(WRITE_ALONE_S, self._go_on, waiter) if is_write else None
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled() and not waiter.turn.exception():
                self._free_place(is_write=is_write)
            raise
        finally:
            if timer is not None:
                timer.cancel()

    def _go_on(self, waiter: _Waiter) -> None:
        """A write has waited long enough for the reads before it."""
        waiter.is_patient = False
        self._hand_out()

    def _free_place(self, *, is_write: bool) -> None:
        self._taken -= 1
        self._young_writes -= is_write
        self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            if first.turn.done():
                self._waiting.pop(0)
                continue
            if self._may_begin(first):
                self._taken += 1
                self._young_writes += first.is_write
                first.turn.set_result(None)
            elif self._clock() - first.since_s >= QUEUE_S:  # a timer for each would live as long
                first.turn.set_exception(QueueTooLong())
            else:
                return
            self._waiting.pop(0)

    def _may_begin(self, waiter: _Waiter) -> bool:
        if waiter.is_write:
            return self._taken == 0 or not waiter.is_patient
        return self._young_writes == 0 and self._taken < self.limit


def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
