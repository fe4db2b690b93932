"""The system's own notifier is started, or says why it cannot be."""

import importlib
from typing import TYPE_CHECKING

import pytest

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.notifier.choice import start_system_notifier
from heimdall_desktop.services.notifier.protocol import Notification
from tests.fakes.desk_parts import raises_saying
from tests.fakes.native_notifications import NativeSystem
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


if TYPE_CHECKING:
    from heimdall_desktop.services.notifier.native import NativeNotifier
NEWS = Notification("key", "New critical in payments-api")


def notifier_on(system: NativeSystem, monkeypatch: pytest.MonkeyPatch) -> "NativeNotifier":
    system.install(monkeypatch)
    native = importlib.import_module("heimdall_desktop.services.notifier.native")
    notifier: NativeNotifier = native.NativeNotifier(
        spawn=Tasks(_ignore).spawn, on_activated=_ignore
    )
    return notifier


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (NativeSystem(constructor_error=RuntimeError("no ToastNotifier")), "no ToastNotifier"),
        (NativeSystem(constructor_error=OSError()), "OSError"),
        (NativeSystem(constructor_error=ImportError("winrt")), "winrt"),
        (NativeSystem(capabilities=frozenset()), "doesn't allow"),
        (NativeSystem(permits=False), "doesn't allow"),
    ],
)
async def test_start_fails_where_the_system_shows_nothing(
    system: NativeSystem, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with raises_saying(NotifierUnavailable, match=words):
        await notifier_on(system, monkeypatch).start()


@pytest.mark.parametrize(("permits", "is_sending"), [(False, True), (True, False)])
async def test_a_notification_that_is_not_shown_is_an_error(
    permits: bool, is_sending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = NativeSystem()
    notifier = notifier_on(system, monkeypatch)
    await notifier.start()
    assert await notifier.show(NEWS)
    assert notifier.is_shown("key")

    system.permits, system.is_sending = permits, is_sending
    with pytest.raises(NotifierUnavailable):
        await notifier.show(NEWS)
    assert not notifier.is_shown("key")
    assert system.sent == [NEWS.title]
