"""Runs an iterator in a thread, a short while at a time, for a loop that must not wait."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from typing import TypeVar

SLICE_S = 0.2

T = TypeVar("T")


async def in_slices(items: Iterator[T]) -> AsyncGenerator[list[T], None]:
    """Yield what an iterator gives within a slice of time, again and again until it ends.

    An iterator that works long for one item should yield something in between. Only one slice runs
    at a time. Closing the generator waits for no thread: a running slice ends by itself.
    """
    while True:
        taken, has_ended = await asyncio.to_thread(_take, items)
        if taken:
            yield taken
        if has_ended:
            return


def _take(items: Iterator[T]) -> tuple[list[T], bool]:
    leave_at = time.monotonic() + SLICE_S
    taken: list[T] = []
    for item in items:
        taken.append(item)
        if time.monotonic() >= leave_at:
            return taken, False
    return taken, True
