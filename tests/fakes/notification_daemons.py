"""A private D-Bus, the real daemon dunst on it, and daemons that misbehave."""

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Self

import jeepney
from jeepney.io import blocking
from jeepney.io.asyncio import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from heimdall_desktop.application.base.tasks import Tasks
from tests.fakes.waiting import WAIT_LIMIT_S

NOTIFICATIONS = "org.freedesktop.Notifications"
DAEMON = jeepney.DBusAddress("/org/freedesktop/Notifications", NOTIFICATIONS, NOTIFICATIONS)
#: The bus itself, which alone may tell who owns a name.
BUS = jeepney.DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")

_BUS_CONFIGURATION = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A D-Bus session that starts no service by itself."""

    def __init__(self, folder: Path) -> None:
        configuration = folder / "bus.conf"
        configuration.write_text(_BUS_CONFIGURATION.format(folder=folder), encoding="utf-8")
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


async def forge(
    address: str, source: jeepney.DBusAddress, member: str, signature: str, *body: object
) -> None:
    """Send a signal that claims to be of a service, to all and straight to each who listens.

    Return when the bus has it in the queue of each.
    """
    async with await open_dbus_connection(address) as forger:

        async def names() -> list[str]:
            await forger.send(jeepney.message_bus.ListNames())
            while True:
                answer = await forger.receive()
                if answer.header.message_type is jeepney.MessageType.method_return:
                    return [name for name in answer.body[0] if name.startswith(":")]

        for destination in (None, *await names()):
            signal = jeepney.new_signal(source, member, signature, body)
            if destination is not None:
                signal.header.fields[jeepney.HeaderFields.destination] = destination
            await forger.send(signal)
        await names()


@contextmanager
def owned(address: str, name: str) -> Iterator[None]:
    """Wait, at the end of the block, until what it started owns a name on the bus."""
    rule = jeepney.MatchRule(type="signal", member="NameOwnerChanged")
    rule.add_arg_condition(0, name)
    with blocking.open_dbus_connection(address) as bus, bus.filter(rule) as owners:
        unwrap_msg(bus.send_and_get_reply(jeepney.message_bus.AddMatch(rule), timeout=10))
        yield
        bus.recv_until_filtered(owners, timeout=20)


class Dunst:
    """The real daemon on a bus."""

    def __init__(self, address: str) -> None:
        self._environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
        self._address = address
        self._process: subprocess.Popen[bytes] | None = None
        self._forgotten: set[int] = set()

    def start(self) -> None:
        """Start it and wait until it owns its name."""
        with owned(self._address, NOTIFICATIONS):
            self._process = subprocess.Popen(
                ["dunst"], env=self._environment, stderr=subprocess.DEVNULL
            )

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def control(self, *arguments: str) -> str:
        command = ["dunstctl", *arguments]
        return subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=True
        ).stdout

    def displayed(self) -> int:
        return int(self.control("count", "displayed"))

    def history(self) -> list[dict[str, Any]]:
        """Close everything and list it, the newest first, each field by its name."""
        self.control("close-all")
        [entries] = json.loads(self.control("history"))["data"]
        reported = [{name: field["data"] for name, field in entry.items()} for entry in entries]
        return [shown for shown in reported if shown["id"] not in self._forgotten]

    def forget(self) -> None:
        """Close everything, and leave it out of the history from now on.

        The daemon cannot be asked to: 1.9, of Debian 12, has no `history-clear`.
        """
        self._forgotten |= {shown["id"] for shown in self.history()}


class ScriptedDaemon:
    """Owns the name of the daemon, answers as told and remembers what it was asked to show."""

    def __init__(self, bus: DBusConnection, capabilities: list[str], *, is_silent: bool) -> None:
        self.name = "scripted"
        self._bus = bus
        self._capabilities = capabilities
        self._is_silent = is_silent
        self.shown: list[tuple[Any, ...]] = []
        self.closed: list[int] = []
        self.can_close = False
        self.properties: dict[tuple[str, str], tuple[str, object]] = {}
        self.can_show = True
        self.says_nothing_to: set[str] = set()
        self.has_shown = asyncio.Event()  # the answer is still to come then

    async def serve(self) -> None:
        while True:
            message = await self._bus.receive()
            if (
                message.header.message_type is jeepney.MessageType.method_call
                and not self._is_silent
            ):
                await self._bus.send(self._answer(message))

    async def give_token(self, number: int, token: str) -> None:
        """Let a window come in front once; told before `act`, as the specification has it."""
        await self._bus.send(jeepney.new_signal(DAEMON, "ActivationToken", "us", (number, token)))

    async def close(self, number: int) -> None:
        await self._bus.send(jeepney.new_signal(DAEMON, "NotificationClosed", "uu", (number, 2)))

    async def act(self, number: int, action: str) -> None:
        await self._bus.send(jeepney.new_signal(DAEMON, "ActionInvoked", "us", (number, action)))

    async def until_shown(self, count: int) -> None:
        """Wait until it was asked to show this many notifications."""
        async with asyncio.timeout(WAIT_LIMIT_S):
            while len(self.shown) < count:
                self.has_shown.clear()
                await self.has_shown.wait()

    def _answer(self, call: jeepney.Message) -> jeepney.Message:
        match call.header.fields[jeepney.HeaderFields.member]:
            case member if member in self.says_nothing_to:
                return jeepney.new_method_return(call)
            case "GetCapabilities":
                return jeepney.new_method_return(call, "as", (self._capabilities,))
            case "GetServerInformation":
                return jeepney.new_method_return(call, "ssss", (self.name, "us", "1", "1.2"))
            case "Notify" if self.can_show:
                self.shown.append(call.body)
                self.has_shown.set()
                return jeepney.new_method_return(call, "u", (len(self.shown),))
            case "Get" if call.body in self.properties:
                return jeepney.new_method_return(call, "v", (self.properties[call.body],))
            case "CloseNotification" if self.can_close:
                self.closed.append(call.body[0])
                return jeepney.new_method_return(call)
            case _:
                return jeepney.new_error(call, f"{NOTIFICATIONS}.Error")


@asynccontextmanager
async def scripted_daemon(
    address: str, *capabilities: str, is_silent: bool = False
) -> AsyncIterator[ScriptedDaemon]:
    """Run a daemon with these capabilities; a silent one answers no call at all."""
    tasks = Tasks(on_error=lambda _name, _error: None)  # its log line fails the test
    async with await open_dbus_connection(address) as bus:
        daemon = ScriptedDaemon(bus, list(capabilities), is_silent=is_silent)
        await bus.send(jeepney.message_bus.RequestName(NOTIFICATIONS))
        tasks.spawn(daemon.serve(), name="scripted daemon")
        yield daemon
        await tasks.aclose()
