"""A stand-in for the library desktop-notifier, which is only installed on Windows and macOS.

It has the few names that `services/notifier/native.py` uses, and behaves as version 6.2 does: an
error in sending is logged and not raised, and `on_dispatched` is called only for what was sent.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from types import ModuleType
from typing import Any

import pytest


class Urgency(Enum):
    """How urgent a notification is."""

    Critical = "critical"
    Normal = "normal"


@dataclass
class Button:
    """A button of a notification."""

    title: str
    identifier: str


@dataclass
class Notification:
    """What the library is given."""

    title: str
    message: str
    urgency: Urgency
    buttons: tuple[Button, ...]
    on_dispatched: Callable[[], None]
    sound: object
    identifier: str


@dataclass
class NativeSystem:
    """A desktop of Windows or macOS, as the library finds it.

    Attributes:
        constructor_error: raised as the library looks for the notifications of the system.
        capabilities: none where the library has only a stand-in, as for Python outside a bundle.
    """

    constructor_error: Exception | None = None
    capabilities: frozenset[str] = frozenset({"title", "message"})
    permits: bool = True
    is_sending: bool = True
    sent: list[str] = field(default_factory=list)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let `import desktop_notifier` find this one, also where it was imported before."""
        library: Any = ModuleType("desktop_notifier")
        library.DEFAULT_SOUND = object()
        library.Button, library.Notification, library.Urgency = Button, Notification, Urgency
        library.DesktopNotifier = self._notifier
        monkeypatch.setitem(sys.modules, "desktop_notifier", library)
        monkeypatch.delitem(sys.modules, "heimdall_desktop.services.notifier.native", False)

    def _notifier(self, app_name: str, app_icon: object) -> "DesktopNotifier":
        del app_name, app_icon
        if self.constructor_error is not None:
            raise self.constructor_error
        return DesktopNotifier(self)


class DesktopNotifier:
    """The library's entrance."""

    def __init__(self, system: NativeSystem) -> None:
        self._system = system

    async def get_capabilities(self) -> frozenset[str]:
        """Return what the system can show."""
        return self._system.capabilities

    async def request_authorisation(self) -> bool:
        return self._system.permits

    async def send_notification(self, notification: Notification) -> str:
        """Send it; whether it arrived shows only in `on_dispatched`."""
        if self._system.is_sending:
            self._system.sent.append(notification.title)
            notification.on_dispatched()
        return notification.identifier

    async def clear(self, identifier: str) -> None:
        """Remove a notification."""
