"""Blocking calls in daemon threads: result, error, and being abandoned."""

import asyncio
import threading

import pytest

from heimdall_desktop.services.worker_thread import in_daemon_thread


async def test_returns_what_the_call_returns_from_a_named_daemon_thread() -> None:
    thread = await in_daemon_thread(threading.current_thread, name="keyring")

    assert thread.name == "keyring"
    assert thread.daemon
    assert thread is not threading.current_thread()


async def test_raises_what_the_call_raises() -> None:
    def fail() -> None:
        raise LookupError("no such entry")

    with pytest.raises(LookupError, match="no such entry"):
        await in_daemon_thread(fail, name="failing")


async def test_the_loop_goes_on_while_the_call_blocks() -> None:
    released = threading.Event()
    asyncio.get_running_loop().call_soon(released.set)

    assert await in_daemon_thread(released.wait, name="blocked")


async def test_cancelling_abandons_the_call() -> None:
    started, released, ended = threading.Event(), threading.Event(), threading.Event()

    def block() -> None:
        started.set()
        released.wait()
        ended.set()

    waiting = asyncio.ensure_future(in_daemon_thread(block, name="blocked"))  # noqa: TID251
    await asyncio.to_thread(started.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    released.set()
    await asyncio.to_thread(ended.wait)
