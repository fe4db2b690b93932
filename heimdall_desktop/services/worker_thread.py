"""Runs blocking calls in threads that the program need not wait for when it ends."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class WorkerThread:
    """Runs calls one after the other, for what must stay in one thread, like a database connection.

    It starts with the first call. The interpreter never waits for it at its end.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], T]) -> T:
        """Return what the call returns, or raise what it raises; the loop goes on meanwhile.

        Cancelling takes back a call that has not begun, and abandons one that has.
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
        """Let the thread end once it has done what was asked for until now."""
        if self._thread is not None:
            self._calls.put(None)
            self._thread = None

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()
            del call  # what it holds must not live until the next one comes


async def in_daemon_thread(call: Callable[[], T], *, name: str) -> T:
    """Return what the call returns, or raise what it raises; the loop goes on meanwhile.

    For calls that may hang, like a keyring waiting for its prompt: each has a thread of its own.
    The interpreter joins the threads of an executor at its end, but never this one. Cancelling
    abandons the call.
    """
    thread = WorkerThread(name)
    try:
        return await thread.run(call)
    finally:
        thread.close()
