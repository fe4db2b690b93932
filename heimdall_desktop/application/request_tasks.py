"""Carries out what the window asked for, each request as a task that always gives its answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason

T = TypeVar("T")

Reply = Callable[[T | HeimdallError], None]
"""Takes what a request has read, or why it could not be read."""
Answer = Reply[None]
"""Takes None where a request is done, or why it is not."""
CallOff = Callable[[], object]
"""Ends a request that is under way; nothing comes of it any more."""


class RequestTasks:
    """Owns the requests that are under way.

    An answer comes whatever happens, so that nothing in the window stays busy for ever; only
    calling off and `aclose` end a request without one.
    """

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Callable[[], Awaitable[T]], on_answer: Reply[T], *, name: str) -> CallOff:
        """Begin a request, and return what calls it off: then no answer comes.

        Args:
            work: what is to be done; what it returns or an error of ours becomes the answer.
            on_answer: takes the answer.
            name: stands in the log.
        """
        task = self._tasks.spawn(_answered(work, on_answer), name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task.cancel

    async def aclose(self) -> None:
        """End every request, and wait for them."""
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)


async def _answered(work: Callable[[], Awaitable[T]], on_answer: Reply[T]) -> None:
    try:
        answer = await work()
    except HeimdallError as error:
        on_answer(error)
    except Exception:
        on_answer(HeimdallError(Reason.DEFECT_IN_REQUEST))
        raise
    else:
        on_answer(answer)
