"""The one place that starts asyncio tasks: each is named, kept alive and its error reported."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from heimdall_desktop.domain.facts.errors import HeimdallError, LogText, Reason

log = logging.getLogger("heimdall.tasks")

LOOK_AGAIN_S = 0.05  # how long a task that cancels itself may take

T = TypeVar("T")


async def rest(step_s: float, news: asyncio.Event | None = None) -> None:
    """Sleep until the loop's clock is a multiple of so many seconds, or until there is news.

    Several tasks that rest like this wake the computer up once.
    """
    end_s = (math.floor(asyncio.get_running_loop().time() / step_s) + 1) * step_s
    with suppress(TimeoutError):
        async with asyncio.timeout_at(end_s):
            await (news or asyncio.Event()).wait()


class Tasks:
    """Owns every task of the program.

    The event loop holds its tasks only weakly: one that is not kept may vanish half-way and
    take its error along. Here each is kept until it ends. An unexpected error is
    logged and passed to the error sink; being cancelled is not an error.
    """

    def __init__(self, on_error: Callable[[str, BaseException], None]) -> None:
        self._on_error = on_error
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Start a coroutine as a task; its name, which holds no id, is logged when it fails."""
        task = asyncio.create_task(coroutine, name=name)  # noqa: TID251 - the only place
        self._running.add(task)
        task.add_done_callback(self._finish)
        return task

    async def aclose(self) -> None:
        """Cancel every task and wait for each to clean up, including those it starts meanwhile.

        A second cancel would interrupt its cleanup, so one that is being cancelled is left alone.
        But a library that connects cancels its own task for a moment, and then continues: so the
        remaining ones are checked again.
        """
        while others := self._running - {asyncio.current_task()}:
            for task in others:
                if not task.cancelling():
                    task.cancel()
            await asyncio.wait(others, timeout=LOOK_AGAIN_S)

    def _finish(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            log.error("task %s failed", LogText(task.get_name()), exc_info=error)
            self._on_error(task.get_name(), error)


Reply = Callable[[T | HeimdallError], None]
"""Receives what a request has read, or why it could not be read."""
Answer = Reply[None]
"""Receives None if a request succeeded, or why it did not."""
CallOff = Callable[[], object]
"""Cancels an active request; it gives no answer then."""


class RequestTasks:
    """Owns the active requests.

    An answer comes whatever happens, so that nothing in the window stays busy forever; only
    cancelling and `aclose` end a request without one.
    """

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._running: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(self, work: Callable[[], Awaitable[T]], on_answer: Reply[T], *, name: str) -> CallOff:
        """Start a request, and return what cancels it: then no answer comes, nor after `aclose`.

        The result of `work`, or an error of ours, becomes the answer; `name` is for the log.
        """
        if self._is_closed:  # what it would use is closed next
            return lambda: None

        async def answered() -> None:
            try:
                answer = await work()
            except HeimdallError as error:
                log.info("%s: %s", LogText(name), error)
                on_answer(error)
            except Exception:
                on_answer(HeimdallError(Reason.DEFECT_IN_REQUEST))
                raise
            else:
                on_answer(answer)

        task = self._tasks.spawn(answered(), name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task.cancel

    async def aclose(self) -> None:
        """End every request, and wait for them; no other is started."""
        self._is_closed = True
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
