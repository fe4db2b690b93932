"""The real daemon on the private bus of a test."""

from collections.abc import Iterator

import pytest

from tests.fakes.notification_daemons import Dunst, PrivateBus


@pytest.fixture
def dunst(bus: PrivateBus) -> Iterator[Dunst]:
    """The real daemon, running on the private bus."""
    dunst = Dunst(bus.address)
    dunst.start()
    yield dunst
    dunst.stop()
