"""An iterator run in a thread, slice by slice."""

import threading
import time
from collections.abc import Iterator

import pytest

from heimdall_desktop.local.source_tree import in_slices


async def test_all_items_come_in_order_from_another_thread() -> None:
    threads = set()

    def items() -> Iterator[int]:
        for number in range(1000):
            threads.add(threading.current_thread())
            yield number

    seen = [item async for some in in_slices(items()) for item in some]
    assert seen == list(range(1000))
    assert threading.current_thread() not in threads


async def test_long_work_comes_in_pieces() -> None:
    def items() -> Iterator[int]:
        for number in range(3):
            time.sleep(0.25)
            yield number

    assert [some async for some in in_slices(items())] == [[0], [1], [2]]


async def test_nothing_yields_nothing_and_errors_come_through() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    assert [some async for some in in_slices(iter(()))] == []
    with pytest.raises(ValueError, match="broken"):
        async for _ in in_slices(broken()):
            pass
