"""Work that is done a step at a time, done to its end."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")


def all_steps(work: Generator[None, None, T]) -> T:
    """Do every step and return what the work gives back."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
