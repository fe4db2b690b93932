"""The system's own notifier is started, or says why it cannot be."""

import pytest

from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.notifier.choice import start_system_notifier
from tests.fakes.errors import raises_saying
from tests.fakes.notification_daemons import PrivateBus, scripted_daemon


def _ignore(*_: object) -> None:
    """Take anything."""


async def test_gives_a_started_notifier_that_says_which_it_is(
    bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    async with scripted_daemon(bus.address):
        notifier = await start_system_notifier(spawn=Tasks(_ignore).spawn, on_activated=_ignore)
        await notifier.aclose()

    assert notifier.description == "org.freedesktop.Notifications (scripted)"


async def test_leaves_nothing_open_when_there_is_no_daemon(
    bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    with raises_saying(NotifierUnavailable, match="No notification daemon"):
        await start_system_notifier(spawn=Tasks(_ignore).spawn, on_activated=_ignore)
