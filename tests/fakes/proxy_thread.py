"""A fault proxy in a thread of its own, for tests that wait for programs."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.fakes.server_thread import START_LIMIT_S, ServerThread

T = TypeVar("T")


class ProxyThread(ServerThread):
    """Relay connections to a server, used as a context manager.

    Attributes:
        url: where a program finds it.
    """

    def __init__(self, server_url: str) -> None:
        super().__init__()
        self._proxy = FaultProxy(int(server_url.rpartition(":")[2]))

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
        await self._proxy.up()
        self.url = self._proxy.url
        self._ready.set()
        await self._over.wait()
        await self._proxy.down()
