"""Servers to fall into traps with, and a desk with watches on each."""

from collections.abc import AsyncIterator, Iterator

import pytest

from heimdall_desktop.local.server import EmbeddedServer
from tests.fakes.odd_server import OddServer, odd_server
from tests.fakes.watch_desk import WatchDesk
from tests.traps.waiting import EMAIL


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """A good server whose scans are moved by hand."""
    with EmbeddedServer() as running:
        running.add_account(EMAIL, "long enough")
        yield running


@pytest.fixture
async def desk(server: EmbeddedServer) -> AsyncIterator[WatchDesk]:
    """A desk on the good server."""
    made = WatchDesk(server.url, server.new_session(EMAIL))
    yield made
    await made.aclose()


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
