"""Shows notifications through the desktop's notification daemon on Linux.

Source: Desktop Notifications Specification 1.2 (freedesktop.org).
"""

import asyncio
import html
import logging
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec
from jeepney import DBusAddress

from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.autostart import DESKTOP_ID, ICON
from heimdall_desktop.services.bus_service import CALL_LIMIT_S, BusService
from heimdall_desktop.services.notifier.protocol import Activated, Notification, Spawn
from heimdall_desktop.services.regular_file import open_regular, replace_file

log = logging.getLogger("heimdall.notify")

_DAEMON: Final = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
_NORMAL, _CRITICAL = ("y", 1), ("y", 2)  # the hint "urgency"
_SOUND: Final = ("s", "message-new-instant")  # of the Sound Naming Specification
_ACTIVATION_VARIABLE: Final = "XDG_ACTIVATION_TOKEN"
"""Where Qt reads the token that lets its window come to the front on Wayland, once; it is sent
before a click.
"""
_NEVER, _AS_THE_DAEMON_LIKES = 0, -1  # when a notification closes without user action
#: The properties by which daemons report that they hold notifications back. Plasma's belongs to
#: the specification's own interface.
_HOLDING_BACK: Final = (
    ("org.freedesktop.Notifications", "Inhibited"),
    ("org.dunstproject.cmd0", "paused"),
)
#: GNOME reports it only in its settings.
_GNOME: Final = "gnome-shell"
_SHOWS_BANNERS: Final = ("gsettings", "get", "org.gnome.desktop.notifications", "show-banners")
_LONGEST_MEMORY: Final = 65_536  # bytes


class _Shown(msgspec.Struct, frozen=True):
    """The notifications shown at the time of the record, by the numbers of one daemon."""

    daemon: str
    numbers: tuple[int, ...] = ()


class FreedesktopNotifier:
    """A `Notifier` over org.freedesktop.Notifications.

    The daemon numbers notifications and forgets them when it ends, so the numbers known here
    are dropped whenever the daemon or the bus ends.

    Args:
        spawn: starts the tasks.
        on_activated: receives each click.
        memory: the file that records the shown notifications; None for none.
        bus_address: the bus of the daemon.
        call_limit_s: how long a call may take.
    """

    def __init__(
        self,
        *,
        spawn: Spawn,
        on_activated: Activated,
        memory: Path | None = None,
        bus_address: str = "SESSION",
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        self._daemon = BusService(
            bus_address,
            _DAEMON,
            spawn=spawn,
            on_signal=self._handle_signal,
            on_owner_changed=self._forget_daemon,
            call_limit_s=call_limit_s,
        )
        self._spawn, self._on_activated, self._memory = spawn, on_activated, memory
        self._one_at_a_time = asyncio.Lock()
        self._ids: dict[str, int] = {}
        self._capabilities: frozenset[str] | None = None
        self._daemon_name, self._identity = "no daemon", ""
        self._holding_back: tuple[str, str] | None = None
        self._recorded = b""
        self._recording: asyncio.Task[None] | None = None

    @property
    def description(self) -> str:
        return f"org.freedesktop.Notifications ({self._daemon_name})"

    async def start(self) -> None:
        """Connect, query the daemon's capabilities, and withdraw notifications of a killed session.

        Raises:
            NotifierUnavailable: there is no session bus or no notification daemon.
        """
        async with self._one_at_a_time:
            await self._ask_capabilities()
            if self._memory is not None:
                left = await asyncio.to_thread(_read, self._memory)
                for number in left.numbers if left.daemon == self._identity else ():
                    with suppress(NotifierUnavailable):  # it is already gone
                        await self._daemon.call("CloseNotification", "u", number)

    async def show(self, notification: Notification) -> bool:
        async with self._one_at_a_time:
            capabilities = await self._ask_capabilities()
            if self._daemon_name == _GNOME:
                is_held = await asyncio.to_thread(_hides_banners)
            elif self._holding_back is not None:
                is_held = bool(await self._daemon.ask_property(*self._holding_back))
            else:
                is_held = False
            buttons = notification.actions if "actions" in capabilities else ()
            body = notification.body
            (new,) = await self._daemon.call(
                "Notify",
                "susssasa{sv}i",
                "Heimdall",
                self._ids.get(notification.key, 0),
                ICON,
                notification.title,
                html.escape(body, quote=False) if "body-markup" in capabilities else body,
                [text for action in buttons for text in (action.key, action.label)],
                _hints(notification, capabilities, is_held=is_held),
                _NEVER if notification.is_urgent else _AS_THE_DAEMON_LIKES,
                answer="u",
            )
            self._ids[notification.key] = new
            self._record_shown()
        return not is_held

    async def withdraw(self, key: str) -> None:
        async with self._one_at_a_time:
            number = self._ids.pop(key, None)
            if number is not None and self._daemon.is_open:
                await self._daemon.call("CloseNotification", "u", number)
                self._record_shown()

    def is_shown(self, key: str) -> bool:
        return key in self._ids

    async def aclose(self) -> None:
        """Leave the bus; shown notifications stay."""
        if self._recording is not None:
            await asyncio.wait([self._recording], timeout=CALL_LIMIT_S)  # a disk may hang
        await self._daemon.aclose()

    async def _ask_capabilities(self) -> frozenset[str]:
        if not self._daemon.is_open:
            self._forget_daemon()
            await self._daemon.open()
        if self._capabilities is None:
            (capabilities,) = await self._daemon.call("GetCapabilities", answer="as")
            facts = await self._daemon.call("GetServerInformation", answer="s")
            self._daemon_name = facts[0]
            self._identity = await self._daemon.identity()
            self._holding_back = None
            for interface, name in _HOLDING_BACK:
                with suppress(NotifierUnavailable):
                    await self._daemon.ask_property(interface, name)
                    self._holding_back = interface, name
                    break
            self._capabilities = frozenset(capabilities)
        return self._capabilities

    def _forget_daemon(self) -> None:
        self._ids.clear()
        self._capabilities = None

    # -- notifications of a killed session --

    def _record_shown(self) -> None:
        """Record the shown notifications, without blocking anything."""
        noted = msgspec.json.encode(_Shown(self._identity, tuple(self._ids.values())))
        if self._memory is None or noted == self._recorded:
            return
        self._recorded = noted
        if self._recording is None or self._recording.done():
            self._recording = self._spawn(self._note(self._memory), name="note what is shown")

    async def _note(self, memory: Path) -> None:
        written = b""
        while written != self._recorded:
            written = self._recorded
            try:
                await asyncio.to_thread(replace_file, memory, written)
            except OSError as error:
                log.warning("can't record the shown notifications: %s", error.strerror)

    def _handle_signal(self, member: str, body: tuple[Any, ...]) -> None:
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


def _hints(
    notification: Notification, capabilities: frozenset[str], *, is_held: bool
) -> dict[str, tuple[str, object]]:
    """Return the hints of a notification.

    Many desktops show a critical one even in do-not-disturb mode. So in that mode none is
    critical. The sound hints are set only if the daemon supports sounds.
    """
    is_critical = notification.is_urgent and not is_held
    hints: dict[str, tuple[str, object]] = {
        "urgency": _CRITICAL if is_critical else _NORMAL,
        "desktop-entry": ("s", DESKTOP_ID),
    }
    if "sound" in capabilities:
        has_sound = notification.has_sound and not is_held
        hints |= {"sound-name": _SOUND} if has_sound else {"suppress-sound": ("b", True)}
    return hints


def _hides_banners() -> bool:
    """Return whether GNOME is in do-not-disturb mode, as far as its settings can be read."""
    try:
        query = subprocess.run(  # noqa: S603 - nothing of it comes from outside
            _SHOWS_BANNERS, capture_output=True, timeout=CALL_LIMIT_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return query.stdout.strip() == b"false"


def _read(memory: Path) -> _Shown:
    """Return the record; an empty one if it cannot be read."""
    try:
        with os.fdopen(open_regular(memory, os.O_RDONLY), "rb") as file:
            return msgspec.json.decode(file.read(_LONGEST_MEMORY), type=_Shown)
    except (OSError, ValueError, RecursionError):  # msgspec's own errors are ValueErrors too
        return _Shown("")
