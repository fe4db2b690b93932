"""Limits our simultaneous requests to one server, and decides which is next.

A small server drops a request that reaches a thread which is still busy with another one, and
informs no client. So the limit adapts as TCP's window does: one more after a minute without a loss,
half as many after one. Where nothing was ever lost, many good reads in a row count as a minute.
Source: protocol.md 1.7, T-50, T-54, T-55.

The thread is free again as soon as the head of its answer is sent. So an answer whose body trickles
does not keep its place, and one whose head does not come keeps it only for a while. A few of both
may continue beside the requests that have a place.
"""

import asyncio
from asyncio import get_running_loop
from bisect import insort
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import partial

import httpx
from msgspec import Struct, field

from heimdall_desktop.services.transport.purpose import PURPOSE

# Runs timed actions, mainly aborts, with one timer for all requests of a server.
#
# Under qasync, a timer for each request would remain until it is due, minutes after the answer.
# So the due times are checked periodically while anything is running; no other timer is set.


LOOK_S = 0.25  # between two checks: the maximum delay of a due action


class BrokenOff(httpx.ReadError):
    """A connection broke, but not for want of a free thread: in mid-answer, or by `hang_up`."""


class Due(Struct, eq=False):
    """An action at each check from a moment on; the moment, by the loop's clock, may be moved."""

    at_s: float
    act: Callable[[], object]


class _Wait(Struct, eq=False):
    """A request that waits for its answer; `is_hung_up` once it was aborted."""

    scope: asyncio.Timeout
    is_repeatable: bool
    purpose: Hashable
    is_hung_up: bool = False


class Deadlines:
    """The deadlines of all running requests, and all other timed actions."""

    def __init__(self) -> None:
        self._dues: set[Due] = set()
        self._waits: set[_Wait] = set()
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def later(self, after_s: float, act: Callable[[], object]) -> Iterator[Due]:
        """Act after `after_s` seconds, and at each check from then on, until the block ends."""
        due = Due(get_running_loop().time() + after_s, act)
        self._dues.add(due)
        if self._timer is None:
            self._timer = get_running_loop().call_later(LOOK_S, self._look)
        try:
            yield due
        finally:
            self._dues.discard(due)

    @asynccontextmanager
    async def bound(self, longest_s: float, *, is_repeatable: bool) -> AsyncIterator[Due]:
        """Abort the block if it takes longer.

        Args:
            longest_s: how long it may take, unless the yielded deadline is moved.
            is_repeatable: whether `hang_up` aborts it too.

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
        """Abort requests that may be retried: all of them, or those for one purpose."""
        for wait in self._waits:
            is_meant = wait.is_repeatable and purpose in (None, wait.purpose)
            if is_meant and not wait.scope.expired():
                wait.is_hung_up = True
                _end(wait.scope)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self._timer = None
        now_s = get_running_loop().time()
        due_now = [each for each in self._dues if each.at_s <= now_s]
        for due in sorted(due_now, key=lambda each: each.at_s):
            due.act()
        if self._dues and self._timer is None:
            self._timer = get_running_loop().call_later(LOOK_S, self._look)


def _end(scope: asyncio.Timeout) -> None:
    if not scope.expired():
        scope.reschedule(get_running_loop().time())


MOST_AT_ONCE = 4  # the server has 5 database connections for all (T-50)
FIRST_AT_ONCE = 2
GROWS_AFTER_S = 60.0
GROWS_AFTER_READS = 50  # good ones in a row, where nothing was ever lost
QUEUE_S = 60.0  # how long a request waits for its turn before it fails
WRITE_ALONE_S = 1.0  # how long a write waits for earlier reads to be answered
WRITE_AHEAD_S = 5.0  # a write passes reads, except those that have waited so long
HEADLESS_S = 10.0  # how long a read without a head keeps its place: longer, and all scans hang
BODY_S = 2.0  # how long a read keeps its place after its head: the rest comes soon
SLOW_AT_ONCE = MOST_AT_ONCE  # reads that continue without a place: their bodies take memory


class QueueTooLong(httpx.PoolTimeout):
    """A request has waited for its turn for `QUEUE_S` seconds without getting it."""


class _Waiter(Struct, eq=False):
    """A request that waits for its turn; a write that is not `is_patient` need not run alone."""

    is_write: bool
    since_s: float
    due_s: float
    is_patient: bool = True
    turn: asyncio.Future["Place"] = field(
        default_factory=lambda: get_running_loop().create_future()
    )


class Place:
    """A place that a request holds.

    Attributes:
        is_kept: no other request has it yet.
        is_slow: the request is one of the few that continue without a place.
        has_head: the server has started to answer.
    """

    due: Due

    def __init__(self, *, is_write: bool) -> None:
        self.is_write = is_write
        self.is_kept = True
        self.is_slow = False
        self.has_head = False

    def note_head(self) -> None:
        self.has_head = True
        self.due.at_s = min(self.due.at_s, get_running_loop().time() + BODY_S)


class Limiter:
    """Gives places to the requests of one server, in the order of their arrival.

    A patient request lets slightly later ones pass, but nothing passes it forever.

    A write passes recent reads, and waits for the running ones: of two requests on one thread the
    later is dropped, and a lost read costs less than a lost write. For the same reason no read
    starts while a write is young. Two writes run at once only if the server has not dropped
    anything yet. So between many writes the due reads get their turn.

    Args:
        clock: monotonic seconds.
        deadlines: has the one timer.

    Attributes:
        has_lost: the server has dropped a request of ours before, a read or a write.
    """

    def __init__(self, clock: Callable[[], float], deadlines: Deadlines) -> None:
        self._clock = clock
        self._deadlines = deadlines
        self._limit = FIRST_AT_ONCE
        self._quiet_since_s = clock()
        self._good_reads = 0  # in a row
        self._halved_at_s = float("-inf")
        self._waiting: list[_Waiter] = []
        self._under_way: set[Place] = set()
        self.has_lost = False

    @property
    def limit(self) -> int:
        """How many requests may run at once now."""
        now_s = self._clock()
        if now_s - self._quiet_since_s >= GROWS_AFTER_S:
            self._quiet_since_s = now_s
            self._limit = min(self._limit + 1, MOST_AT_ONCE)
        return self._limit

    @property
    def writes(self) -> int:
        """How many writes of ours are running.

        While there are any, a lost read is no sign of too many requests: writes may take minutes
        and drop all other requests on their thread.
        """
        return sum(place.is_write for place in self._under_way)

    @property
    def _taken(self) -> int:
        return sum(place.is_kept for place in self._under_way)

    @property
    def free(self) -> int:
        """How many places are free, less the waiting requests."""
        waiting = sum(not waiter.turn.done() for waiter in self._waiting)
        return max(self.limit - self._taken - waiting, 0)

    def note_read(self, *, is_good: bool) -> None:
        """Raise the limit after many good reads in a row, where nothing was ever lost."""
        self._good_reads = self._good_reads + 1 if is_good and not self.has_lost else 0
        if self._good_reads == GROWS_AFTER_READS:
            self._good_reads = 0
            self._limit = min(self._limit + 1, MOST_AT_ONCE)

    def lost(self, asked_at_s: float) -> None:
        """Lower the limit: a connection closed without an answer.

        Args:
            asked_at_s: when the request was sent; one loss counts for all sent together.
        """
        self.has_lost = True
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
        alone_s: float | None = None,
    ) -> AsyncIterator[Place]:
        """Hold a place, once it is this request's turn.

        Args:
            is_write: passes recent reads, and runs alone for a while.
            is_repeat: was sent before, and passes requests that were not.
            patience_s: lets requests pass that come within so many seconds.
            longest_s: the place is released after so many seconds, whatever the request's state;
                None to release it if the request is slow, where allowed.
            alone_s: how long a write waits for the running reads; by default `WRITE_ALONE_S`.

        Raises:
            QueueTooLong: its turn did not come in time.
        """
        if is_write:
            patience_s = -WRITE_AHEAD_S
        elif is_repeat:
            patience_s = float("-inf")
        alone_s = WRITE_ALONE_S if alone_s is None else alone_s
        place = await self._turn(is_write, patience_s, alone_s)
        if longest_s is None:
            due = self._deadlines.later(HEADLESS_S, partial(self._release_if_slow, place))
        else:
            due = self._deadlines.later(longest_s, partial(self._release, place))
        try:
            with due as place.due:
                yield place
        finally:
            self._end(place)

    def _release_if_slow(self, place: Place) -> None:
        """Release a read's place to others, unless too many already continue without one."""
        slow = sum(each.is_slow for each in self._under_way)
        others = slow if place.has_head else slow + self._taken
        if place.is_kept and others < SLOW_AT_ONCE:
            place.is_slow = True
            self._release(place)

    def _release(self, place: Place) -> None:
        if place.is_kept:
            place.is_kept = False
            self._hand_out()

    def _end(self, place: Place) -> None:
        self._under_way.remove(place)
        self._release(place)

    async def _turn(self, is_write: bool, patience_s: float, alone_s: float) -> Place:
        now_s = self._clock()
        waiter = _Waiter(is_write, now_s, now_s + patience_s)
        insort(self._waiting, waiter, key=lambda each: each.due_s)
        self._hand_out()
        if waiter.turn.done():
            return waiter.turn.result()

        def go_on() -> None:
            """Stop a write's wait for the earlier reads."""
            waiter.is_patient = False
            self._hand_out()

        try:
            with self._deadlines.later(alone_s, go_on) if is_write else nullcontext():
                return await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled() and not waiter.turn.exception():
                self._end(waiter.turn.result())
            raise

    def _hand_out(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            if first.turn.done():
                self._waiting.pop(0)
                continue
            kept = [each for each in self._under_way if each.is_kept]
            if first.is_write:
                is_second = len(kept) == 1 and kept[0].is_write and not self.has_lost
                may_begin = not kept or is_second or not first.is_patient
            else:
                has_young_write = any(each.is_write for each in kept)
                may_begin = not has_young_write and len(kept) < self.limit
            if may_begin:
                place = Place(is_write=first.is_write)
                self._under_way.add(place)
                first.turn.set_result(place)
            elif self._clock() - first.since_s >= QUEUE_S:  # a timer for each would live as long
                first.turn.set_exception(QueueTooLong("no turn"))
            else:
                return
            self._waiting.pop(0)
