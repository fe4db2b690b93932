"""Fixtures for tests of watches: a good server, one whose answers are set by hand, a desk on each.

A conftest takes those it wants by importing them.
"""

from collections.abc import AsyncIterator, Iterator

import pytest

from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.hand_server import HandServer, hand_server
from tests.fakes.watch_desk import WatchDesk, connection
from tests.lab.server import LabServer

EMAIL = "analyst@example.test"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    """A good server whose scans are moved by hand."""
    with LabServer() as running:
        running.add_account(EMAIL, "long enough")
        yield running


@pytest.fixture
async def desk(server: LabServer) -> AsyncIterator[WatchDesk]:
    """A desk on the good server."""
    made = WatchDesk(server.url, server.new_session(EMAIL))
    yield made
    await made.aclose()


@pytest.fixture
async def hand() -> AsyncIterator[HandServer]:
    """A server with one scan, whose every answer is set by hand."""
    async with hand_server() as made:
        yield made


@pytest.fixture
async def hand_desk(hand: HandServer) -> AsyncIterator[WatchDesk]:
    """A desk on that one."""
    made = WatchDesk(hand.url, "token")
    yield made
    await made.aclose()


async def rested(desk: WatchDesk, scan: Scan) -> None:
    """Wait until a scan is live and listed once, and let the pauses after that pass."""
    await desk.until(lambda: connection(scan) is Connection.LIVE and scan.has_listed_once)
    desk.turn(6)
