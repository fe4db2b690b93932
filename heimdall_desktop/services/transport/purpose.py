"""What requests are made for, so that those of one purpose can be hung up together."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PURPOSE: ContextVar[Hashable] = ContextVar("purpose", default=None)


@contextmanager
def asking_for(purpose: Hashable) -> Iterator[None]:
    """Let requests that are made within, and by tasks that begin within, be hung up together."""
    token = PURPOSE.set(purpose)
    try:
        yield
    finally:
        PURPOSE.reset(token)
