"""Errors as people read them: what is raised is looked at through its words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.error_text import error_text

E = TypeVar("E", bound=HeimdallError)


@contextmanager
def raises_saying(kind: type[E], *, match: str) -> Iterator[pytest.ExceptionInfo[E]]:
    """As `pytest.raises`, of an error whose words match a pattern."""
    with pytest.raises(kind) as caught:
        yield caught
    words = error_text(caught.value)
    assert re.search(match, words), words
