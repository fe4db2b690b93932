"""A server in a thread of its own, for tests and for programs that wait for it."""

import asyncio
import threading
from abc import abstractmethod
from typing import Self

START_LIMIT_S = 10.0


class ServerThread:
    """Serves from entering its context to leaving it."""

    _loop: asyncio.AbstractEventLoop
    _over: asyncio.Event

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(START_LIMIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        await self._serve()

    @abstractmethod
    async def _serve(self) -> None:
        """Listen, say so by `_ready`, and serve until `_over`."""
