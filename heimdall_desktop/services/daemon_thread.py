"""Runs a blocking call in a thread that the program need not wait for when it ends."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_daemon_thread(call: Callable[[], T], *, name: str) -> T:
    """Return what the call returns, or raise what it raises; the loop goes on meanwhile.

    For calls that may hang, like a keyring waiting for its prompt: the interpreter joins the
    threads of an executor at its end, but never this one. Cancelling abandons the call.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        outcome.set_running_or_notify_cancel()  # from here on the waiting side cannot cancel it
        try:
            outcome.set_result(call())
        except BaseException as error:  # noqa: BLE001 - handed over, whatever it is
            outcome.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await asyncio.wrap_future(outcome)
