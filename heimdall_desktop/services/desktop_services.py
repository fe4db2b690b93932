"""The desktop's own services: sleep, the screen lock, the colour scheme, dialogs for files.

Source: systemd-logind, org.freedesktop.ScreenSaver, org.freedesktop.portal.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from jeepney import DBusAddress
from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.choices import FileQuestion
from heimdall_desktop.domain.facts.errors import LogText, NotifierUnavailable, Reason
from heimdall_desktop.services.bus_service import BusService
from heimdall_desktop.services.notifier.protocol import Spawn

# Receives from the desktop whether its screen is locked, from every source.
#
# Source: org.freedesktop.login1(5), LockedHint of a session; org.freedesktop.ScreenSaver of the
# Idle Inhibition Service Draft, and org.gnome.ScreenSaver, which reports the same.


_SESSION: Final = DBusAddress(
    "/org/freedesktop/login1/session/auto",  # ours, or else the one the user sees
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.DBus.Properties",
)
_SESSION_INTERFACE, _HINT = "org.freedesktop.login1.Session", "LockedHint"
_SAVERS: Final = tuple(
    DBusAddress(f"/{name.replace('.', '/')}", bus_name=name, interface=name)
    for name in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
)

_lock_log = logging.getLogger("heimdall.privacy")


class ScreenLock:
    """Listens on both buses. A missing service reports nothing until it starts.

    Args:
        spawn: starts the tasks that read the buses; it ends when they are cancelled.
        on_lock: receives whether the screen is locked, and None once no service reports it.
        session_bus: where the session's bus is.
        system_bus: where the system's bus is.
    """

    def __init__(
        self,
        *,
        spawn: Spawn,
        on_lock: Callable[[bool | None], None],
        session_bus: str = "SESSION",
        system_bus: str = "SYSTEM",
    ) -> None:
        self._spawn = spawn
        self._on_lock = on_lock
        self._reported: dict[str, bool] = {}
        self._state: bool | None = None
        buses = {_SESSION: system_bus} | dict.fromkeys(_SAVERS, session_bus)
        self._services = {
            address: BusService(
                bus,
                address,
                spawn=spawn,
                on_signal=partial(self._handle_signal, address),
                on_owner_changed=partial(self._ask_later, address),
            )
            for address, bus in buses.items()
        }

    async def start(self) -> None:
        """Read the current state, and receive each change from now on."""
        for address, service in self._services.items():
            try:
                await service.open()
            except NotifierUnavailable:
                _lock_log.info("no bus for %s; screen lock not reported", LogText(address.bus_name))
            else:
                await self._ask(address)

    async def _ask(self, address: DBusAddress) -> None:
        """Query a service that runs; a query never starts one."""
        service, answer = self._services[address], None
        if service.has_owner:
            try:
                if address is _SESSION:
                    answer = await service.ask_property(_SESSION_INTERFACE, _HINT)
                else:
                    answer, *_ = await service.call("GetActive", answer="b")
            except NotifierUnavailable:
                _lock_log.info("%s doesn't report the screen lock", LogText(address.bus_name))
        self._take(address, answer)

    def _ask_later(self, address: DBusAddress) -> None:
        self._spawn(self._ask(address), name=f"ask {address.bus_name} for the lock")

    def _handle_signal(self, address: DBusAddress, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "ActiveChanged", (bool(is_active),) if address is not _SESSION:
                self._take(address, is_active)
            case "PropertiesChanged", (str(name), dict(changed), _) if address is _SESSION:
                if name == _SESSION_INTERFACE and _HINT in changed:
                    self._ask_later(address)  # it may be the session of another user
            case _:
                pass  # of another kind, or of a later version

    def _take(self, address: DBusAddress, answer: object) -> None:
        self._reported.pop(address.bus_name, None)
        if isinstance(answer, bool):
            self._reported[address.bus_name] = answer
        state = any(self._reported.values()) if self._reported else None
        if state is not self._state:
            self._state = state
            self._on_lock(state)


# Receives from systemd-logind when the machine goes to sleep and when it wakes.
#
# Source: org.freedesktop.login1(5), the signal PrepareForSleep of the Manager.


_SLEEP_CALL_LIMIT_S: Final = 5.0
_MANAGER: Final = DBusAddress(
    "/org/freedesktop/login1",
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.login1.Manager",
)

_sleep_log = logging.getLogger("heimdall.sleep")


async def listen_to_logind(
    *,
    spawn: Spawn,
    on_falling_asleep: Callable[[], None],
    on_woken: Callable[[], None],
    bus_address: str = "SYSTEM",
) -> None:
    """Receive each sleep from now on. Without a bus or logind, there is none: no error.

    Args:
        spawn: starts the task that reads the bus; it ends when that is cancelled.
        on_falling_asleep: called when the machine is about to sleep.
        on_woken: called when the machine has woken.
        bus_address: where the bus is; the system's own by default.
    """

    def handle_signal(member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "PrepareForSleep", (True,):
                on_falling_asleep()
            case "PrepareForSleep", (False,):
                on_woken()
            case _:
                pass  # another signal, or one of a later version

    limit_s = _SLEEP_CALL_LIMIT_S
    manager = BusService(
        bus_address, _MANAGER, spawn=spawn, on_signal=handle_signal, call_limit_s=limit_s
    )
    try:
        await manager.open()
    except NotifierUnavailable:
        _sleep_log.info("no system bus; sleep is detected by the clocks only")


# Receives from the desktop portal the colours that the user wants.
#
# Source: XDG Desktop Portal, org.freedesktop.portal.Settings, namespace org.freedesktop.appearance.


CALL_LIMIT_S: Final = 20.0  # the first call may have to start the portal
_PORTAL: Final = DBusAddress(
    "/org/freedesktop/portal/desktop",
    bus_name="org.freedesktop.portal.Desktop",
    interface="org.freedesktop.portal.Settings",
)
_NAMESPACE: Final = "org.freedesktop.appearance"
_KEYS: Final = ("color-scheme", "contrast", "accent-color")
_ARE_DARK = {1: True, 2: False}  # every other number means no preference
_MORE_CONTRAST: Final = 1

_looks_log = logging.getLogger("heimdall.looks")


async def ask_portal(*, spawn: Spawn, bus_address: str = "SESSION") -> str:
    """Return which version of its settings the portal offers; errors as `portal_version`."""
    version = await portal_version(_PORTAL.interface, spawn=spawn, bus_address=bus_address)
    return f"{_PORTAL.interface} {version}"


async def portal_version(interface: str, *, spawn: Spawn, bus_address: str = "SESSION") -> int:
    """Return the version of an interface of the portal; uses its own connection.

    Raises:
        NotifierUnavailable: there is no session bus, no portal on it, or no such interface.
    """
    portal = BusService(
        bus_address,
        _PORTAL,
        spawn=spawn,
        on_signal=lambda _member, _body: None,
        call_limit_s=CALL_LIMIT_S,
    )
    await portal.open()
    try:
        version = await portal.ask_property(interface, "version")
    except NotifierUnavailable:
        raise NotifierUnavailable(Reason.NO_PORTAL) from None
    finally:
        await portal.aclose()
    return version if isinstance(version, int) else 0


class DesktopAppearance(Struct, frozen=True):
    """The user's settings on the desktop.

    Attributes:
        are_dark: None without a preference.
        accent: red, green and blue, from 0 to 1; None without a preference.
    """

    are_dark: bool | None = None
    have_high_contrast: bool = False
    accent: tuple[float, float, float] | None = None


class DesktopPortal:
    """Listens on the session bus. Without one, or without a portal, it receives nothing: no error.

    Args:
        spawn: starts the task that reads the bus; it ends when that is cancelled.
        on_appearance: receives the appearance when it is first known, and each change.
        bus_address: where the bus is; the session's own by default.
    """

    def __init__(
        self,
        *,
        spawn: Spawn,
        on_appearance: Callable[[DesktopAppearance], None],
        bus_address: str = "SESSION",
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        self._portal = BusService(
            bus_address,
            _PORTAL,
            spawn=spawn,
            on_signal=self._handle_signal,
            call_limit_s=call_limit_s,
        )
        self._on_appearance = on_appearance
        self._appearance = DesktopAppearance()

    async def start(self) -> None:
        """Read the current appearance, and receive changes from now on."""
        try:
            await self._portal.open()
        except NotifierUnavailable:
            _looks_log.info("no session bus; using Qt's colours")
            return
        for key in _KEYS:
            for method in ("ReadOne", "Read"):  # the older one, which wraps its answer once more
                try:
                    (value,) = await self._portal.call(method, "ss", _NAMESPACE, key)
                except (NotifierUnavailable, ValueError):
                    continue
                self._take(key, value)
                break

    def _handle_signal(self, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "SettingChanged", (str(namespace), str(key), value) if namespace == _NAMESPACE:
                self._take(key, value)
            case _:
                pass  # of another namespace, or of a later version

    def _take(self, key: str, value: object) -> None:
        while isinstance(value, tuple) and len(value) == 2:  # a variant: its signature, its value
            value = value[1]
        appearance = self._appearance
        match key, value:
            case "color-scheme", int(scheme):
                appearance = replace(appearance, are_dark=_ARE_DARK.get(scheme))
            case "contrast", int(wanted):
                appearance = replace(appearance, have_high_contrast=wanted == _MORE_CONTRAST)
            case "accent-color", (float(red), float(green), float(blue)):
                is_colour = all(0 <= each <= 1 for each in (red, green, blue))  # else no preference
                appearance = replace(appearance, accent=(red, green, blue) if is_colour else None)
            case _:
                return  # of another kind, or of a later version
        if appearance != self._appearance:
            self._appearance = appearance
            self._on_appearance(appearance)


# Asks for a file or folder with the desktop's own dialog, which runs in another process.
#
# Source: XDG Desktop Portal, org.freedesktop.portal.FileChooser 4, org.freedesktop.portal.Request.


CHOOSER: Final = "org.freedesktop.portal.FileChooser"
FOLDERS_SINCE: Final = 3
_REQUEST: Final = "org.freedesktop.portal.Request"
_CHOSEN: Final = 0

_files_log = logging.getLogger("heimdall.files")


class FileChooser:
    """The file dialogs of the desktop; without a portal that has them, it asks nothing.

    Each question has its own connection: the portal closes a dialog when the one who asked is gone
    from the bus.

    Args:
        spawn: starts the tasks that ask; their dialogs close when they are cancelled.
        bus_address: where the bus is; the session's own by default.
    """

    def __init__(self, *, spawn: Spawn, bus_address: str = "SESSION") -> None:
        self._spawn, self._bus_address = spawn, bus_address
        self._numbers = count(1)
        self._version = 0

    async def start(self) -> None:
        """Find out whether the portal has such dialogs."""
        with suppress(NotifierUnavailable):
            self._version = await portal_version(
                CHOOSER, spawn=self._spawn, bus_address=self._bus_address
            )

    def request(
        self, question: FileQuestion, on_answer: Callable[[str | NotifierUnavailable], None]
    ) -> Callable[[], object] | None:
        """Open the desktop's dialog.

        Args:
            question: what it asks.
            on_answer: called once, with the chosen path, "" for none, or why there is no dialog.

        Returns:
            What closes the dialog without an answer; None if the desktop has no such dialog.
        """
        if self._version < (FOLDERS_SINCE if question.is_folder else 1):
            return None

        async def ask() -> None:
            answer: str | NotifierUnavailable
            try:
                answer = await self._answer(question)
            except NotifierUnavailable as error:
                _files_log.info("the portal opened no dialog")
                answer = error
            on_answer(answer)

        return self._spawn(ask(), name="ask for a file").cancel

    async def _answer(self, question: FileQuestion) -> str:
        ended = asyncio.Event()
        result: list[tuple[int, dict[str, Any]]] = []

        def take(member: str, body: tuple[Any, ...]) -> None:
            match member, body:
                case "Response", (int(code), dict(facts)):
                    result.append((code, facts))
                    ended.set()
                case _:
                    pass  # of a later version

        def end_without_portal() -> None:
            if not portal.has_owner:  # it may have started just now
                ended.set()

        portal = BusService(
            self._bus_address,
            _PORTAL.with_interface(_REQUEST),
            spawn=self._spawn,
            on_signal=take,
            on_owner_changed=end_without_portal,
            call_limit_s=CALL_LIMIT_S,
        )
        portal.on_lost = ended.set
        await portal.open()
        try:
            token = f"heimdall{next(self._numbers)}"
            sender = portal.own_name.removeprefix(":").replace(".", "_")
            portal.source = f"{_PORTAL.object_path}/request/{sender}/{token}"
            await portal.call(
                "SaveFile" if question.is_new else "OpenFile",
                "ssa{sv}",
                question.window,
                question.title,
                _options(question, token),
                answer="o",
                interface=CHOOSER,
            )
            await ended.wait()
        finally:
            await portal.aclose()
        match result:
            case [(code, {"uris": (_, [str(address), *_])}), *_] if code == _CHOSEN:
                return unquote(urlsplit(address).path, errors="surrogateescape")
            case []:
                raise NotifierUnavailable(Reason.NO_PORTAL)
            case _:
                return ""  # it was closed


def _options(question: FileQuestion, token: str) -> dict[str, tuple[str, object]]:
    """Return the options of a call as the portal takes them; unknown ones are ignored there."""
    options: dict[str, tuple[str, object]] = {"handle_token": ("s", token), "modal": ("b", True)}
    if question.action:
        options["accept_label"] = ("s", question.action)
    if question.folder:
        options["current_folder"] = ("ay", os.fsencode(question.folder) + b"\0")
    if question.is_folder:
        options["directory"] = ("b", True)
    if question.is_new:
        options["current_name"] = ("s", question.name)
    if question.filters:
        kinds = [(name, [(0, each) for each in patterns]) for name, patterns in question.filters]
        options["filters"] = ("a(sa(us))", kinds)
    return options
