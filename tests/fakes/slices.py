"""Does work that pauses now and then without a pause."""

from typing import TypeVar

from heimdall_desktop.services.envelope import Slices

T = TypeVar("T")


def at_once(work: Slices[T]) -> T:
    """Return what comes of the work."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # typeshed has no type of it
