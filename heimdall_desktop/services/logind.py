"""Hears from systemd-logind when the machine goes to sleep and when it has slept.

Source: org.freedesktop.login1(5), the signal PrepareForSleep of the Manager.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from jeepney import HeaderFields, MatchRule, Message, MessageType, message_bus
from jeepney.auth import AuthenticationError
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

CONNECT_LIMIT_S: Final = 5.0
_SERVICE: Final = "org.freedesktop.login1"
_INTERFACE: Final = "org.freedesktop.login1.Manager"
_PATH: Final = "/org/freedesktop/login1"
_MEMBER: Final = "PrepareForSleep"

log = logging.getLogger("heimdall.sleep")


class Logind:
    """Listens on the system's bus. Without one, or without logind, it hears nothing: that is fine.

    Args:
        on_falling_asleep: called when the machine is about to sleep.
        on_woken: called when it has slept.
        bus_address: where the bus is; the system's own by default.
    """

    def __init__(
        self,
        *,
        on_falling_asleep: Callable[[], None],
        on_woken: Callable[[], None],
        bus_address: str = "SYSTEM",
    ) -> None:
        self._on_falling_asleep = on_falling_asleep
        self._on_woken = on_woken
        self._address = bus_address

    async def listen(self) -> None:
        """Listen until cancelled, or until the bus closes the connection."""
        try:
            async with asyncio.timeout(CONNECT_LIMIT_S):
                connection = await open_dbus_connection(self._address)
        except (OSError, EOFError, LookupError, ValueError, RuntimeError, AuthenticationError):
            log.info("no system bus, so sleep is told by the clocks alone")
            return
        try:
            _give_way()
            await self._hear_all(connection)
        except (OSError, EOFError):
            log.info("the system bus closed the connection")
        finally:
            connection.writer.close()
            with suppress(OSError):
                await connection.writer.wait_closed()

    async def _hear_all(self, connection: DBusConnection) -> None:
        rule = MatchRule(
            type="signal", sender=_SERVICE, interface=_INTERFACE, member=_MEMBER, path=_PATH
        )
        await connection.send(message_bus.AddMatch(rule))
        while True:
            self._hear(await connection.receive())

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        is_signal = message.header.message_type is MessageType.signal
        if not is_signal or fields.get(HeaderFields.member) != _MEMBER:
            return
        match message.body:
            case (True,):
                self._on_falling_asleep()
            case (False,):
                self._on_woken()
            case _:
                pass  # a signal of a later version


def _give_way() -> None:
    """End here if this task was cancelled while it connected.

    WORKAROUND: jeepney 0.9 connects under asyncio.wait_for, which may lose a cancellation before
    Python 3.12, CPython issue 37658; remove when 3.11 is not supported any more.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
