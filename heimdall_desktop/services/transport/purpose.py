"""The purpose of requests, so that those of one purpose can be aborted together."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PURPOSE: ContextVar[Hashable] = ContextVar("purpose", default=None)


@contextmanager
def asking_for(purpose: Hashable) -> Iterator[None]:
    """Let requests of this block, and of tasks started in it, be aborted together."""
    token = PURPOSE.set(purpose)
    try:
        yield
    finally:
        PURPOSE.reset(token)
