"""Shows notifications through the desktop's notification daemon on Linux.

Source: Desktop Notifications Specification 1.2 (freedesktop.org).
"""

import asyncio
import html
import os
from typing import Any, Final

from jeepney import DBusAddress

from heimdall_desktop.services.bus_service import CALL_LIMIT_S, BusService
from heimdall_desktop.services.notifier.protocol import Activated, Notification, Spawn

_DAEMON: Final = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
_NORMAL, _CRITICAL = ("y", 1), ("y", 2)  # the hint "urgency"
_ACTIVATION_VARIABLE: Final = "XDG_ACTIVATION_TOKEN"
"""Where Qt looks for what lets its window come in front on Wayland, once; it comes before a click.
"""
_NEVER, _AS_THE_DAEMON_LIKES = 0, -1  # when a notification goes by itself


class FreedesktopNotifier:
    """A `Notifier` over org.freedesktop.Notifications.

    The daemon numbers notifications and forgets them when it ends, so the numbers known here
    are dropped whenever it, or the bus, goes away.
    """

    def __init__(
        self,
        *,
        spawn: Spawn,
        on_activated: Activated,
        bus_address: str = "SESSION",
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        self._daemon = BusService(
            bus_address,
            _DAEMON,
            spawn=spawn,
            on_signal=self._hear,
            on_owner_changed=self._forget_daemon,
            call_limit_s=call_limit_s,
        )
        self._on_activated = on_activated
        self._one_at_a_time = asyncio.Lock()
        self._ids: dict[str, int] = {}
        self._capabilities: frozenset[str] | None = None
        self._daemon_name = "no daemon"

    @property
    def description(self) -> str:
        """Name the daemon."""
        return f"org.freedesktop.Notifications ({self._daemon_name})"

    async def start(self) -> None:
        """Connect and ask the daemon what it can do.

        Raises:
            NotifierUnavailable: there is no session bus or no notification daemon.
        """
        async with self._one_at_a_time:
            await self._ask_capabilities()

    async def show(self, notification: Notification, *, replaces: str | None = None) -> None:
        """Show a notification in place of the one of the same key, or of the key given.

        Raises:
            NotifierUnavailable: no bus, no daemon, or it does not answer.
        """
        async with self._one_at_a_time:
            capabilities = await self._ask_capabilities()
            old = self._ids.get(replaces or notification.key, 0)
            buttons = notification.actions if "actions" in capabilities else ()
            body = notification.body
            (new,) = await self._daemon.call(
                "Notify",
                "susssasa{sv}i",
                "Heimdall",
                old,
                "",
                notification.title,
                html.escape(body, quote=False) if "body-markup" in capabilities else body,
                [text for action in buttons for text in (action.key, action.label)],
                {
                    "urgency": _CRITICAL if notification.is_urgent else _NORMAL,
                    "desktop-entry": ("s", "heimdall-desktop"),
                },
                _NEVER if notification.is_urgent else _AS_THE_DAEMON_LIKES,
            )
            self._ids.pop(replaces or notification.key, None)
            self._ids[notification.key] = new

    async def withdraw(self, key: str) -> None:
        """Take a notification back; one that is gone already is fine.

        Raises:
            NotifierUnavailable: the daemon does not answer.
        """
        async with self._one_at_a_time:
            number = self._ids.pop(key, None)
            if number is not None and self._daemon.is_open:
                await self._daemon.call("CloseNotification", "u", number)

    def is_shown(self, key: str) -> bool:
        """Whether the daemon has it and has not said that it was closed."""
        return key in self._ids

    async def aclose(self) -> None:
        """Leave the bus; what is shown stays."""
        await self._daemon.aclose()

    async def _ask_capabilities(self) -> frozenset[str]:
        if not self._daemon.is_open:
            self._forget_daemon()
            await self._daemon.open()
        if self._capabilities is None:
            (capabilities,) = await self._daemon.call("GetCapabilities")
            self._daemon_name = (await self._daemon.call("GetServerInformation"))[0]
            self._capabilities = frozenset(capabilities)
        return self._capabilities

    def _forget_daemon(self) -> None:
        self._ids.clear()
        self._capabilities = None

    def _hear(self, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "ActivationToken", (int(number), str(token)):
                if self._keys(number) and "\0" not in token:
                    os.environ[_ACTIVATION_VARIABLE] = token
            case "ActionInvoked", (int(number), str(action)):
                for key in self._keys(number):
                    self._on_activated(key, action)
            case "NotificationClosed", (int(number), _):
                for key in self._keys(number):
                    del self._ids[key]
            case _:
                pass  # a signal of a later version of the specification

    def _keys(self, number: int) -> list[str]:
        return [key for key, known in self._ids.items() if known == number]
