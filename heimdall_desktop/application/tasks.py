"""The one door for asyncio tasks: each is named, kept alive and its error reported."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

log = logging.getLogger("heimdall.tasks")

LOOK_AGAIN_S = 0.05  # how long it may go on that a task cancels itself
FRAMES_TOLD = 20  # the innermost; a recursion without end has a thousand

T = TypeVar("T")


class Tasks:
    """Owns every task of the program.

    The event loop holds its tasks only weakly: one that is not kept may vanish half-way and
    take its error along. Here each is kept until it ends. An unexpected error is
    logged and handed to the error sink; being cancelled is not an error.
    """

    def __init__(self, on_error: Callable[[str, BaseException], None]) -> None:
        self._on_error = on_error
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Start a coroutine as a task; its name stands in the log when it fails."""
        task = asyncio.create_task(coroutine, name=name)  # noqa: TID251 - this is the one door
        self._running.add(task)
        task.add_done_callback(self._finish)
        return task

    async def aclose(self) -> None:
        """Cancel every task and wait for each to clean up, those it starts meanwhile included.

        A second cancel would break into its cleaning up, so one that is being cancelled is left
        alone. But a library that connects cancels its own task for a moment, and then goes on:
        so those that are left are looked at again.
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
            log.error("task %s failed", task.get_name(), exc_info=error)
            self._on_error(task.get_name(), error)


def traces(error: BaseException) -> str:
    """Return where an error and those it came from were raised, but not what they say.

    The words of an error may repeat what a server sent, and no log may hold that.
    """
    if isinstance(error, BaseExceptionGroup):
        return "".join(traces(each) for each in error.exceptions)
    origin = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.format_tb(error.__traceback__, limit=-FRAMES_TOLD)
    return "".join(["" if origin is None else traces(origin), f"{type(error).__name__}\n", *frames])
