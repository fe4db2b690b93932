"""Desks for watches: on a server that is set by hand, and on the lab server."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.hand_server import HandServer
from tests.fakes.watch_desk import HandDesk, LabDesk
from tests.lab.server import LabServer


@pytest.fixture
async def desk(hand: HandServer) -> AsyncIterator[HandDesk]:
    made = HandDesk(hand)
    yield made
    await made.aclose()


@pytest.fixture
async def lab(server: LabServer) -> AsyncIterator[LabDesk]:
    made = LabDesk(server)
    yield made
    await made.aclose()
