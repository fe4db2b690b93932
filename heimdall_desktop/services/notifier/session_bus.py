"""A connection to the desktop's D-Bus session: calls with a limit, and signals."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.auth import AuthenticationError
from jeepney.io.asyncio import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.domain.words.wording import tr
from heimdall_desktop.services.notifier.protocol import Spawn

CALL_LIMIT_S: Final = 2.0  # a hanging daemon must not hang us; platform.md 4

log = logging.getLogger("heimdall.notify")


class SessionBus:
    """One connection, opened again after it broke.

    It reads in a task of its own, so that a lost bus is noticed at once and not by the next call.
    """

    def __init__(
        self,
        address: str,
        *,
        spawn: Spawn,
        on_signal: Callable[[Message], None],
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        self._address = address
        self._spawn = spawn
        self._on_signal = on_signal
        self._limit_s = call_limit_s
        self._connection: DBusConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._replies: dict[int, asyncio.Future[Message | None]] = {}

    @property
    def is_open(self) -> bool:
        """Whether calls can be made."""
        return self._connection is not None

    async def open(self) -> None:
        """Connect.

        Raises:
            NotifierUnavailable: there is no bus, or it does not let us in.
        """
        try:
            async with asyncio.timeout(self._limit_s):
                connection = await open_dbus_connection(self._address)
        except (OSError, EOFError, LookupError, ValueError, RuntimeError, AuthenticationError) as e:
            raise NotifierUnavailable(tr("The desktop's session bus cannot be reached.")) from e
        self._connection = connection
        self._reader = self._spawn(self._read(connection), name="session bus")

    async def listen(self, rule: MatchRule) -> None:
        """Ask the bus for the signals that match a rule."""
        await self.send(message_bus.AddMatch(rule))

    async def call(
        self, address: DBusAddress, member: str, signature: str | None = None, *arguments: object
    ) -> tuple[Any, ...]:
        """Call a method and return what it returns.

        Raises:
            NotifierUnavailable: no connection, no such service, an error or no answer in time.
        """
        return await self.send(new_method_call(address, member, signature, arguments))

    async def send(self, message: Message) -> tuple[Any, ...]:
        """Send a method call and return what it returns; errors as in `call`."""
        connection = self._connection
        if connection is None:
            raise _lost()
        serial = next(connection.outgoing_serial)
        self._replies[serial] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._limit_s):
                await connection.send(message, serial=serial)
                reply = await self._replies[serial]
        except TimeoutError:
            raise NotifierUnavailable(
                tr("No answer within {limit_s:g} s.").format(limit_s=self._limit_s)
            ) from None
        except OSError as error:
            self._connection = None
            raise _lost() from error
        finally:
            del self._replies[serial]
        return _body(reply)

    async def aclose(self) -> None:
        """Close the connection."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.wait([self._reader])

    async def _read(self, connection: DBusConnection) -> None:
        try:
            while True:
                self._dispatch(await connection.receive())
        except (EOFError, OSError):
            log.info("the session bus closed the connection")
        finally:
            self._connection = None
            for reply in self._replies.values():
                if not reply.done():
                    reply.set_result(None)
            connection.writer.close()
            with suppress(OSError):
                await connection.writer.wait_closed()

    def _dispatch(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            # Later, so that a caller learns the id in its reply before it hears a signal about it.
            asyncio.get_running_loop().call_soon(self._on_signal, message)
            return
        reply = self._replies.get(message.header.fields.get(HeaderFields.reply_serial))
        if reply is not None and not reply.done():
            reply.set_result(message)


def _lost() -> NotifierUnavailable:
    return NotifierUnavailable(tr("The connection to the desktop's session bus is lost."))


def _body(reply: Message | None) -> tuple[Any, ...]:
    if reply is None:
        raise _lost()
    try:
        body: tuple[Any, ...] = unwrap_msg(reply)
    except DBusErrorResponse as error:
        if error.name == "org.freedesktop.DBus.Error.ServiceUnknown":
            raise NotifierUnavailable(tr("No notification daemon runs on this desktop.")) from error
        raise NotifierUnavailable(
            tr("The notification daemon refused ({reason}).").format(reason=error.name)
        ) from error
    return body
