"""Servers to fall into traps with, and a desk with watches on each."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.odd_server import OddServer, odd_server
from tests.fakes.watch_desk import WatchDesk, desk, server

__all__ = ["desk", "odd", "odd_desk", "server"]


@pytest.fixture
async def odd() -> AsyncIterator[OddServer]:
    """A server whose every answer is set by hand."""
    async with odd_server() as made:
        yield made


@pytest.fixture
async def odd_desk(odd: OddServer) -> AsyncIterator[WatchDesk]:
    """A desk on that one."""
    made = WatchDesk(odd.url, "token")
    yield made
    await made.aclose()
