"""How properties are tested on machines with much else to do: no limits in time but the suite's."""

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services.envelope import Slices

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


T = TypeVar("T")


def at_once(work: Slices[T]) -> T:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # typeshed has no type of it


@contextmanager
def small_files(most_bytes: int) -> Iterator[None]:
    """Let no file of this process get larger than that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


E = TypeVar("E", bound=HeimdallError)


@contextmanager
def raises_saying(kind: type[E], *, match: str) -> Iterator[pytest.ExceptionInfo[E]]:
    """As `pytest.raises`, of an error whose words match a pattern."""
    with pytest.raises(kind) as caught:
        yield caught
    words = error_text(caught.value)
    assert re.search(match, words), words
