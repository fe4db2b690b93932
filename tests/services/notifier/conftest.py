"""A private bus for each test, and the real daemon on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.notification_daemons import Dunst, PrivateBus


@pytest.fixture
def bus(tmp_path: Path, private_desktop: None) -> Iterator[PrivateBus]:
    """A bus on which nothing starts by itself."""
    with PrivateBus(tmp_path) as bus:
        yield bus


@pytest.fixture
def dunst(bus: PrivateBus) -> Iterator[Dunst]:
    """The real daemon, running on the private bus."""
    dunst = Dunst(bus.address)
    dunst.start()
    yield dunst
    dunst.stop()
