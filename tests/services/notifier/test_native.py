"""The notifiers of Windows and macOS fail in one way, so that the fallbacks are used."""

import importlib
from typing import TYPE_CHECKING

import pytest

from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.notifier.protocol import Notification
from tests.fakes.errors import raises_saying
from tests.fakes.native_notifications import NativeSystem

if TYPE_CHECKING:
    from heimdall_desktop.services.notifier.native import NativeNotifier

NEWS = Notification("key", "New critical in payments-api")


def _ignore(*_: object) -> None:
    """Take anything."""


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
async def test_notification_that_nobody_sees_is_an_error(
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
