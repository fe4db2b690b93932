"""Blocking calls one after the other in one thread."""

import asyncio
import threading
from functools import partial

import pytest

from heimdall_desktop.services.worker_thread import WorkerThread, in_daemon_thread


async def test_all_calls_run_in_one_thread_in_order() -> None:
    worker = WorkerThread("history")
    said: list[int] = []

    def say(number: int) -> int:
        said.append(number)
        return threading.get_ident()

    idents = await asyncio.gather(*(worker.run(partial(say, number)) for number in range(5)))
    assert said == [0, 1, 2, 3, 4]
    assert len(set(idents)) == 1
    assert threading.get_ident() not in idents
    worker.close()


async def test_what_a_call_raises_comes_out_and_the_next_one_runs() -> None:
    worker = WorkerThread("history")
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 // 0)
    assert await worker.run(lambda: 7) == 7
    worker.close()


async def test_a_call_that_was_cancelled_before_its_turn_never_runs() -> None:
    worker = WorkerThread("history")
    may_go_on, said = threading.Event(), []
    async with asyncio.TaskGroup() as group:
        first = group.create_task(worker.run(may_go_on.wait))
        second = group.create_task(worker.run(lambda: said.append("second")))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        may_go_on.set()
    assert first.result()
    assert await worker.run(lambda: "third") == "third"
    assert said == []
    worker.close()


async def test_closed_it_ends_its_thread_after_what_was_asked_for() -> None:
    worker = WorkerThread("history of a test")
    thread = await worker.run(threading.current_thread)
    assert thread.daemon
    worker.close()
    await asyncio.to_thread(thread.join, 10)
    assert not thread.is_alive()


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


async def test_the_loop_continues_while_the_call_blocks() -> None:
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
