"""A service on a D-Bus message bus: calls with a limit, and signals checked for their sender."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import jeepney
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_bus
from jeepney.io.asyncio import DBusConnection
from jeepney.wrappers import unwrap_msg

from heimdall_desktop.domain.facts.errors import LogText, NotifierUnavailable, Reason
from heimdall_desktop.services.notifier.protocol import Spawn

# A hanging daemon must not hang us; architecture.md "Desktop notifications"
CALL_LIMIT_S: Final = 2.0
_ANSWER_BYTES: Final = 1024
_BUS: Final = "org.freedesktop.DBus"
_OWNER_CHANGED: Final = "NameOwnerChanged"
_OTHER_KIND: Final = "org.freedesktop.DBus.Error.InvalidSignature"
_NO_OWNER: Final = ""  # as the bus writes it; no sender has this name

log = logging.getLogger("heimdall.notify")


class BusService:
    """A service on a message bus, over its own connection, which can be opened again.

    Any process on the bus may send any signal, straight to this connection too. So a signal
    counts only if it comes from the present owner of the service's name. A change of that owner
    counts only if the bus itself reports it: the bus writes the sender, no process can forge it.
    A reply needs no such check, since the bus lets no unrequested reply through.
    Source: D-Bus Specification 0.43, "Message Bus Message Routing" and "NameOwnerChanged".

    It reads in its own task, so that it notices a lost bus at once, not at the next call.

    Args:
        bus: the address of the bus, or SESSION or SYSTEM.
        service: the name of the service, with the path and the interface to use.
        spawn: starts the task that reads.
        on_signal: receives the member and the body of each signal of this interface.
        on_owner_changed: called when the service starts, ends or changes its owner.
        call_limit_s: how long a call may take.

    Attributes:
        own_name: our unique name on the bus, once it is open.
        source: the path of the only object whose signals count; "" for all of the service.
        on_lost: called once the connection is closed, by either side.
    """

    own_name = source = ""
    on_lost: Callable[[], None] = staticmethod(lambda: None)

    def __init__(
        self,
        bus: str,
        service: jeepney.DBusAddress,
        *,
        spawn: Spawn,
        on_signal: Callable[[str, tuple[Any, ...]], None],
        on_owner_changed: Callable[[], None] = lambda: None,
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        self._bus = bus
        self._service = service
        self._name: str = service.bus_name
        self._spawn = spawn
        self._on_signal = on_signal
        self._on_owner_changed = on_owner_changed
        self._limit_s = call_limit_s
        self._connection: DBusConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._replies: dict[int, asyncio.Future[jeepney.Message | None]] = {}
        self._owner: str | None = None

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    @property
    def has_owner(self) -> bool:
        """Whether the service runs, as far as the bus has reported."""
        return self.is_open and bool(self._owner)

    async def open(self) -> None:
        """Connect and receive the service's signals from now on, whether it runs yet or not.

        Raises:
            NotifierUnavailable: there is no bus, or it refuses the connection.
        """
        self._connection = connection = await self._connect()
        self._owner = None
        self._reader = self._spawn(self._read(connection), name=f"read the bus, {self._name}")
        signals = jeepney.MatchRule(
            type="signal", sender=self._name, interface=self._service.interface
        )
        owner_changed = jeepney.MatchRule(type="signal", sender=_BUS, member=_OWNER_CHANGED)
        owner_changed.add_arg_condition(0, self._name)
        try:
            # first, or the bus hangs up
            (self.own_name,) = _body(await self._send(jeepney.message_bus.Hello()), "s")
            for rule in (signals, owner_changed):
                _body(await self._send(jeepney.message_bus.AddMatch(rule)))
            reply = await self._send(jeepney.message_bus.GetNameOwner(self._name))
        except BaseException:  # it may have been cancelled
            await self.aclose()
            raise
        if self._owner is None:  # else the bus has reported a change since, which is newer
            is_owned = reply.header.message_type is jeepney.MessageType.method_return
            self._owner = reply.body[0] if is_owned else _NO_OWNER

    async def call(
        self,
        member: str,
        signature: str | None = None,
        *arguments: object,
        answer: str = "",
        interface: str = "",
    ) -> tuple[Any, ...]:
        """Call a method of the service and return its result.

        Args:
            member: the method.
            signature: of the arguments.
            *arguments: as they are.
            answer: the required start of the answer's signature.
            interface: of the method, if it is another one than that of the signals.

        Raises:
            NotifierUnavailable: no connection, no such service, an error, an answer of another
                kind, or none in time.
        """
        service = self._service.with_interface(interface) if interface else self._service
        called = jeepney.new_method_call(service, member, signature, arguments)
        return _body(await self._send(called), answer)

    async def ask_property(self, interface: str, name: str) -> object:
        """Return the current value of a property of the service.

        Raises:
            NotifierUnavailable: as of `call`; it has no such property.
        """
        asked = jeepney.Properties(self._service.with_interface(interface)).get(name)
        (_, value), *_ = _body(await self._send(asked), "v")
        return value

    async def identity(self) -> str:
        """Return a name of the running service that is unique on this bus and all others.

        Raises:
            NotifierUnavailable: as of `call`.
        """
        (bus,) = _body(await self._send(jeepney.message_bus.GetId()))
        return f"{bus} {self._owner}"

    async def aclose(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.wait([self._reader])
        connection, self._connection = self._connection, None
        if connection is not None:  # its reader was cancelled before it started
            await _close(connection)

    async def _connect(self) -> DBusConnection:
        """Open a connection and authenticate; jeepney's own function leaks it when cancelled."""
        try:
            async with asyncio.timeout(self._limit_s):
                reader, writer = await asyncio.open_unix_connection(get_bus(self._bus))
                connection, is_in = DBusConnection(reader, writer), False
                try:
                    authenticator = Authenticator()
                    for request in authenticator:
                        writer.write(request)
                        await writer.drain()
                        answer = await reader.read(_ANSWER_BYTES)
                        if not answer:
                            raise EOFError
                        authenticator.feed(answer)
                    writer.write(BEGIN)
                    await writer.drain()
                    is_in = True
                finally:
                    if not is_in:
                        writer.close()
        except (OSError, EOFError, LookupError, ValueError, RuntimeError, AuthenticationError) as e:
            raise NotifierUnavailable(Reason.NO_SESSION_BUS) from e
        return connection

    async def _send(self, message: jeepney.Message) -> jeepney.Message:
        connection = self._connection
        if connection is None:
            raise NotifierUnavailable(Reason.SESSION_BUS_LOST)
        serial = next(connection.outgoing_serial)
        self._replies[serial] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._limit_s):
                await connection.send(message, serial=serial)
                reply = await self._replies[serial]
        except TimeoutError:
            raise NotifierUnavailable(Reason.DESKTOP_SILENT, limit_s=self._limit_s) from None
        except OSError as error:
            self._connection = None
            raise NotifierUnavailable(Reason.SESSION_BUS_LOST) from error
        finally:
            del self._replies[serial]
        if reply is None:
            raise NotifierUnavailable(Reason.SESSION_BUS_LOST)
        return reply

    async def _read(self, connection: DBusConnection) -> None:
        try:
            while True:
                message = await connection.receive()
                if message.header.message_type is jeepney.MessageType.signal:
                    # Later, so that a caller has processed the reply read before it.
                    asyncio.get_running_loop().call_soon(self._handle_signal, message)
                    continue
                reply = self._replies.get(
                    message.header.fields.get(jeepney.HeaderFields.reply_serial)
                )
                if reply is not None and not reply.done():
                    reply.set_result(message)
        except (EOFError, OSError):
            log.info("the bus closed the connection to %s", LogText(self._name))
        finally:
            self._connection = None
            for waiting in self._replies.values():
                if not waiting.done():
                    waiting.set_result(None)
            self.on_lost()
            await _close(connection)

    def _handle_signal(self, signal: jeepney.Message) -> None:
        fields = signal.header.fields
        names = jeepney.HeaderFields
        sender, interface = fields.get(names.sender), fields.get(names.interface)
        member = fields.get(names.member)
        match sender, signal.body:
            case (str(owner), body) if owner == self._owner:
                is_source = self.source in ("", fields.get(names.path))
                if interface == self._service.interface and is_source:
                    self._on_signal(member, body)
            case (str(bus), (self._name, str(), str(owner))) if bus == _BUS:
                if member == _OWNER_CHANGED:
                    self._owner = owner
                    self._on_owner_changed()
            case _:
                pass  # from a process that is not the service


async def _close(connection: DBusConnection) -> None:
    connection.writer.close()
    with suppress(OSError):
        await connection.writer.wait_closed()


def _body(reply: jeepney.Message, wanted: str = "") -> tuple[Any, ...]:
    try:
        body: tuple[Any, ...] = unwrap_msg(reply)
    except jeepney.DBusErrorResponse as error:
        if error.name == "org.freedesktop.DBus.Error.ServiceUnknown":
            raise NotifierUnavailable(Reason.NO_NOTIFIER) from error
        raise NotifierUnavailable(Reason.NOTIFIER_REFUSED, problem=error.name) from error
    if not reply.header.fields.get(jeepney.HeaderFields.signature, "").startswith(wanted):
        raise NotifierUnavailable(Reason.NOTIFIER_REFUSED, problem=_OTHER_KIND)
    return body
