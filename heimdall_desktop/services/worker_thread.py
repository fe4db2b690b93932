"""Runs blocking calls in threads that the program need not wait for when it ends."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class WorkerThread:
    """Runs calls one after the other, for objects of a single thread, like a database connection.

    It starts with the first call. The interpreter never waits for it when the program ends.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], T]) -> T:
        """Return the call's result, or raise its error; the loop continues meanwhile.

        Cancelling withdraws a call that has not started, and abandons one that has.
        """
        outcome: Future[T] = Future()

        def carry_out() -> None:
            if not outcome.set_running_or_notify_cancel():
                return
            try:
                outcome.set_result(call())
            except BaseException as error:  # noqa: BLE001 - handed over, whatever it is
                outcome.set_exception(error)

        self._calls.put(carry_out)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        return await asyncio.wrap_future(outcome)

    def close(self) -> None:
        """End the thread once it has done all calls requested before."""
        if self._thread is not None:
            self._calls.put(None)
            self._thread = None

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()
            del call  # its objects must not live until the next call


async def in_daemon_thread(call: Callable[[], T], *, name: str) -> T:
    """Return the call's result, or raise its error; the loop continues meanwhile.

    For calls that may hang, like a keyring waiting for its prompt: each has its own thread.
    The interpreter joins the threads of an executor when it ends, but never this one. Cancelling
    abandons the call.
    """
    thread = WorkerThread(name)
    try:
        return await thread.run(call)
    finally:
        thread.close()
