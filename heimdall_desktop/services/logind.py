"""Hears from systemd-logind when the machine goes to sleep and when it has slept.

Source: org.freedesktop.login1(5), the signal PrepareForSleep of the Manager.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

from jeepney import DBusAddress

from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.bus_service import BusService
from heimdall_desktop.services.notifier.protocol import Spawn

CALL_LIMIT_S: Final = 5.0
_MANAGER: Final = DBusAddress(
    "/org/freedesktop/login1",
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.login1.Manager",
)

log = logging.getLogger("heimdall.sleep")


class Logind:
    """Listens on the system's bus. Without one, or without logind, it hears nothing: that is fine.

    Args:
        spawn: starts the task that reads the bus; it ends when that is cancelled.
        on_falling_asleep: called when the machine is about to sleep.
        on_woken: called when it has slept.
        bus_address: where the bus is; the system's own by default.
    """

    def __init__(
        self,
        *,
        spawn: Spawn,
        on_falling_asleep: Callable[[], None],
        on_woken: Callable[[], None],
        bus_address: str = "SYSTEM",
    ) -> None:
        self._manager = BusService(
            bus_address, _MANAGER, spawn=spawn, on_signal=self._hear, call_limit_s=CALL_LIMIT_S
        )
        self._on_falling_asleep = on_falling_asleep
        self._on_woken = on_woken

    async def start(self) -> None:
        """Hear of each sleep from now on."""
        try:
            await self._manager.open()
        except NotifierUnavailable:
            log.info("no system bus; sleep is detected by the clocks only")

    def _hear(self, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "PrepareForSleep", (True,):
                self._on_falling_asleep()
            case "PrepareForSleep", (False,):
                self._on_woken()
            case _:
                pass  # another signal, or one of a later version
