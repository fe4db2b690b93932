"""Hears from the desktop whether its screen is locked, from whatever tells it.

Source: org.freedesktop.login1(5), LockedHint of a session; org.freedesktop.ScreenSaver of the Idle
Inhibition Service Draft, and org.gnome.ScreenSaver, which tells the same.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from jeepney import DBusAddress

from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.bus_service import BusService
from heimdall_desktop.services.notifier.protocol import Spawn

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

log = logging.getLogger("heimdall.privacy")


class ScreenLock:
    """Listens on both buses. What is not there tells nothing, until it comes.

    Args:
        spawn: starts the tasks that read the buses; it ends when they are cancelled.
        on_lock: told whether the screen is locked, and None once nothing tells of it any more.
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
        self._told: dict[str, bool] = {}
        self._state: bool | None = None
        buses = {_SESSION: system_bus} | dict.fromkeys(_SAVERS, session_bus)
        self._services = {address: self._service(bus, address) for address, bus in buses.items()}

    def _service(self, bus: str, address: DBusAddress) -> BusService:
        return BusService(
            bus,
            address,
            spawn=self._spawn,
            on_signal=partial(self._hear, address),
            on_owner_changed=partial(self._ask_later, address),
        )

    async def start(self) -> None:
        """Ask how it stands, and hear of each change from now on."""
        for address, service in self._services.items():
            try:
                await service.open()
            except NotifierUnavailable:
                log.info("no bus for %s; screen lock not reported", address.bus_name)
            else:
                await self._ask(address)

    async def _ask(self, address: DBusAddress) -> None:
        """Ask a service that runs; no question starts one."""
        service, answer = self._services[address], None
        if service.has_owner:
            try:
                if address is _SESSION:
                    answer = await service.ask_property(_SESSION_INTERFACE, _HINT)
                else:
                    answer, *_ = await service.call("GetActive", answer="b")
            except NotifierUnavailable:
                log.info("%s doesn't report the screen lock", address.bus_name)
        self._take(address, answer)

    def _ask_later(self, address: DBusAddress) -> None:
        self._spawn(self._ask(address), name=f"ask {address.bus_name} for the lock")

    def _hear(self, address: DBusAddress, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "ActiveChanged", (bool(is_active),) if address is not _SESSION:
                self._take(address, is_active)
            case "PropertiesChanged", (str(name), dict(changed), _) if address is _SESSION:
                if name == _SESSION_INTERFACE and _HINT in changed:
                    self._ask_later(address)  # it may be the session of another user
            case _:
                pass  # of another kind, or of a later version

    def _take(self, address: DBusAddress, answer: object) -> None:
        self._told.pop(address.bus_name, None)
        if isinstance(answer, bool):
            self._told[address.bus_name] = answer
        state = any(self._told.values()) if self._told else None
        if state is not self._state:
            self._state = state
            self._on_lock(state)
