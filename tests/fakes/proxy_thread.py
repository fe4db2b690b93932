"""A fault proxy in a thread of its own, for tests that wait for programs."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Self, TypeVar

from tests.fakes.fault_proxy import Fault, FaultProxy

START_LIMIT_S = 10.0
T = TypeVar("T")


class ProxyThread:
    """Stands before a server, used as a context manager.

    Attributes:
        url: where a program finds it.
    """

    def __init__(self, server_url: str) -> None:
        self._proxy = FaultProxy(int(server_url.rpartition(":")[2]))
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.result(START_LIMIT_S)
        self.url = self._proxy.url
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def arm(self, fault: Fault) -> None:
        """Let something go wrong once."""
        self._call(lambda: self._proxy.arm(fault))

    @property
    def hits(self) -> dict[str, int]:
        """How often each fault has really been met, without "out of order" answers."""
        hits = self._call(lambda: dict(self._proxy.hits))
        hits.pop("out of order", None)
        return hits

    def _call(self, function: Callable[[], T]) -> T:
        answer: Future[T] = Future()
        self._loop.call_soon_threadsafe(lambda: answer.set_result(function()))
        return answer.result(START_LIMIT_S)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        await self._proxy.up()
        self._ready.set_result(None)
        await self._over.wait()
        await self._proxy.down()
