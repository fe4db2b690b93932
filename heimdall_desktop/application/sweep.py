"""Reads many things of a server one after the other, and goes on past those that fail.

What failed is asked for again once all else is read, a few times and after growing waits. What has
given no good answer by then is named, so that a list without it is not taken for a complete one.
Source: heimdall-api.md T-56.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NotVisible,
    PageUnreadable,
    ServerBusy,
    ServerUnreachable,
    SignedOut,
)

AGAIN_AFTER_S = (1.0, 4.0)  # before each further round over what failed
LOST_IN_A_ROW = 4  # without an answer between them a round ends: each may have hung for long
BUSY_LIMIT_S = 10.0  # a longer wait that the server asks for ends the sweep

FINAL = (NotVisible, PageUnreadable)  # answers that stay the same, so that none is asked again

Item = TypeVar("Item", bound=Hashable)
Pause = Callable[[float], Awaitable[object]]


class Sweep(Generic[Item]):
    """Reads items, each as often as it takes within bounds.

    Args:
        read: reads one; its errors say that it gave no good answer.
        at_once: how many are read at a time.
        pause: waits so many seconds.
        is_there: the server has answered a moment ago; else a first round without any answer ends
            it, since more rounds would only hide for long that there is no server.

    Attributes:
        unread: those that gave no good answer, each with its newest trouble or that of the server.
    """

    def __init__(
        self,
        read: Callable[[Item], Awaitable[object]],
        *,
        at_once: int = 1,
        pause: Pause = asyncio.sleep,
        is_there: bool = True,
    ) -> None:
        self._read, self._at_once, self._pause = read, at_once, pause
        self._end: HeimdallError | None = None
        self._lost = 0
        self._busy_s = 0.0
        self._is_there = is_there
        self.unread: dict[Item, HeimdallError] = {}

    async def run(self, items: Iterable[Item]) -> None:
        """Read all of them; what is left of them stands in `unread`.

        Raises:
            SignedOut: at once.
            ServerBusy: the server asks for a long wait.
            ServerUnreachable: there is no server, see `is_there`.
        """
        await self._round(list(dict.fromkeys(items)))
        for wait_s in AGAIN_AFTER_S:
            items = [each for each, why in self.unread.items() if not isinstance(why, FINAL)]
            if not items:
                return
            await self._pause(max(wait_s, self._busy_s))
            await self._round(items)

    async def _round(self, items: list[Item]) -> None:
        """Read each item once."""
        self._lost, self._busy_s = 0, 0.0
        waiting = iter(items)
        async with asyncio.TaskGroup() as group:
            for _ in range(self._at_once):
                group.create_task(self._work(waiting))
        if rest := list(waiting):  # the round was given up: they are the first of the next one
            self.unread = dict.fromkeys(rest, self._newest_trouble()) | self.unread
        if self._end is not None:
            raise self._end
        if not self._is_there and self.unread:
            trouble = self._newest_trouble()
            if isinstance(trouble, ServerUnreachable):
                raise trouble

    def _newest_trouble(self) -> HeimdallError:
        return next(reversed(self.unread.values()))

    async def _work(self, waiting: Iterator[Item]) -> None:
        for each in waiting:
            try:
                await self._read(each)
            except HeimdallError as error:
                self._fail(each, error)
            else:
                self._lost, self._is_there = 0, True
                self.unread.pop(each, None)
            if self._end is not None or self._busy_s or self._lost >= LOST_IN_A_ROW:
                return

    def _fail(self, item: Item, error: HeimdallError) -> None:
        self.unread.pop(item, None)  # to the end of them
        self.unread[item] = error
        self._lost = self._lost + 1 if isinstance(error, ServerUnreachable) else 0
        if isinstance(error, ServerBusy):
            self._busy_s = max(self._busy_s, error.wait_s)
        is_long = self._busy_s > BUSY_LIMIT_S
        if self._end is None and (isinstance(error, SignedOut) or is_long):
            self._end = error
