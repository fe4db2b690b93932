"""Servers and desks for tests of watches; those that need others make their own.

A bus for tests of desktop notifications.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.notification_daemons import PrivateBus
from tests.fakes.watch_desk import desk, hand, server

__all__ = ["desk", "hand", "server"]


@pytest.fixture
def bus(
    tmp_path: Path, private_desktop: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PrivateBus]:
    """A bus of the session on which nothing starts automatically."""
    with PrivateBus(tmp_path) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus
