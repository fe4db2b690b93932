"""What the desktop reports of sleep, colours and the screen lock, over real buses."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import jeepney
import pytest
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.services import desktop_services
from heimdall_desktop.services.desktop_services import DesktopAppearance
from tests.fakes.notification_daemons import PrivateBus, forge

T = TypeVar("T")

LOGIN1 = "org.freedesktop.login1"
MANAGER = jeepney.DBusAddress("/org/freedesktop/login1", LOGIN1, f"{LOGIN1}.Manager")


class Heard(Generic[T]):
    """What a listener has received, in order."""

    def __init__(self) -> None:
        self._values: asyncio.Queue[T] = asyncio.Queue()
        self.take = self._values.put_nowait
        self.is_silent = self._values.empty

    async def next(self) -> T:
        async with asyncio.timeout(10):
            return await self._values.get()


@asynccontextmanager
async def owner_of(
    name: str, address: str, tasks: Tasks, answer: Callable[[jeepney.Message], jeepney.Message]
) -> AsyncIterator[DBusConnection]:
    """Own a name on a bus, and answer the calls to it."""
    async with await open_dbus_connection(address) as bus:

        async def serve() -> None:
            while True:
                message = await bus.receive()
                if message.header.message_type is jeepney.MessageType.method_call:
                    await bus.send(answer(message))

        await bus.send(jeepney.message_bus.RequestName(name))
        serving = tasks.spawn(serve(), name=f"serve {name}")
        yield bus
        serving.cancel()
        await asyncio.wait([serving])


# -- sleep --


class FakeLogind:
    """Owns logind's name on a bus and sends what a test asks for."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    async def say(self, signature: str, *values: object, member: str = "PrepareForSleep") -> None:
        """Send a signal, and wait until the bus has taken it."""
        await self._bus.send(jeepney.new_signal(MANAGER, member, signature, values))
        await self._bus.send(jeepney.message_bus.ListNames())
        await self._bus.receive()

    async def is_heard(self, heard: Heard[str]) -> None:
        """Repeat that the machine falls asleep until it is heard."""
        async with asyncio.timeout(10):
            while heard.is_silent():
                await self.say("b", True)
        assert await heard.next() == "falling asleep"


@asynccontextmanager
async def fake_logind(address: str) -> AsyncIterator[FakeLogind]:
    async with await open_dbus_connection(address) as bus:
        await bus.send(jeepney.message_bus.RequestName(LOGIN1))
        yield FakeLogind(bus)


async def listen_to_sleep(address: str, tasks: Tasks, heard: Heard[str]) -> None:
    await desktop_services.listen_to_logind(
        spawn=tasks.spawn,
        on_falling_asleep=partial(heard.take, "falling asleep"),
        on_woken=partial(heard.take, "woken"),
        bus_address=address,
    )


async def test_only_words_of_sleep_and_waking_are_received(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard[str]()
    await listen_to_sleep(bus.address, tasks, heard)
    async with fake_logind(bus.address) as logind:
        await logind.is_heard(heard)
        await logind.say("b", False, member="PrepareForShutdown")
        await logind.say("s", "soon")
        await logind.say("bs", False, "and more")
        await logind.say("b", False)
        while (word := await heard.next()) != "woken":
            assert word == "falling asleep"
        assert heard.is_silent()
        await logind.say("b", True)
        assert await heard.next() == "falling asleep"


async def test_no_other_process_can_put_it_to_sleep(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard[str]()
    async with fake_logind(bus.address) as logind:
        await listen_to_sleep(bus.address, tasks, heard)
        await forge(bus.address, MANAGER, "PrepareForSleep", "b", True)
        await logind.say("b", False)
        assert await heard.next() == "woken"
        assert heard.is_silent()


async def test_no_bus_or_logind_is_no_error(bus: PrivateBus, tmp_path: Path, tasks: Tasks) -> None:
    heard = Heard[str]()
    async with asyncio.timeout(10):
        for address in (f"unix:path={tmp_path / 'none'}", "no address", bus.address):
            await listen_to_sleep(address, tasks, heard)
    assert heard.is_silent()


async def test_it_ends_when_it_is_cancelled_while_it_connects(bus: PrivateBus) -> None:
    for steps in range(18):
        tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
        tasks.spawn(listen_to_sleep(bus.address, tasks, Heard()), name="listen to logind")
        async with asyncio.timeout(10):
            async with await open_dbus_connection(bus.address) as other:
                connections = 0
                while connections < 2:  # this one included
                    await other.send(jeepney.message_bus.ListNames())
                    names = (await other.receive()).body[0]
                    connections = sum(name.startswith(":") for name in names)
            for _ in range(steps % 6):
                await asyncio.sleep(0)
            await tasks.aclose()
    gc.collect()  # a line left open is found here, not in another test


async def test_a_lost_bus_is_no_error(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard[str]()
    await listen_to_sleep(bus.address, tasks, heard)
    async with fake_logind(bus.address) as logind:
        await logind.is_heard(heard)
        [reading] = [each for each in asyncio.all_tasks() if each.get_name().startswith("read")]
        bus.stop()
        async with asyncio.timeout(10):
            await reading


# -- colours --

PORTAL = "org.freedesktop.portal.Desktop"
APPEARANCE = "org.freedesktop.appearance"
SETTINGS = jeepney.DBusAddress(
    "/org/freedesktop/portal/desktop", PORTAL, "org.freedesktop.portal.Settings"
)


@asynccontextmanager
async def fake_portal(
    address: str, tasks: Tasks, *, is_old: bool = False, **settings: int
) -> AsyncIterator[Callable[..., Awaitable[None]]]:
    """Own the portal's name, answer for its settings, and yield what reports a change."""
    named = {key.replace("_", "-"): value for key, value in settings.items()}

    def answer(call: jeepney.Message) -> jeepney.Message:
        method = call.header.fields[jeepney.HeaderFields.member]
        if method == "Get":  # of the properties
            return jeepney.new_method_return(call, "v", (("u", 2),))
        value = named.get(call.body[1])
        if value is None or method != ("Read" if is_old else "ReadOne"):
            return jeepney.new_error(call, "org.freedesktop.portal.Error.NotFound")
        inner = ("u", value)
        return jeepney.new_method_return(call, "v", (("v", inner) if is_old else inner,))

    async with owner_of(PORTAL, address, tasks, answer) as bus:
        yield partial(report_change, bus)


async def report_change(
    bus: DBusConnection, key: str, value: int, namespace: str = APPEARANCE
) -> None:
    body = (namespace, key, ("u", value))
    await bus.send(jeepney.new_signal(SETTINGS, "SettingChanged", "ssv", body))


async def listen_to_portal(address: str, tasks: Tasks) -> Heard[DesktopAppearance]:
    heard = Heard[DesktopAppearance]()
    async with asyncio.timeout(10):
        await desktop_services.DesktopPortal(
            spawn=tasks.spawn, on_appearance=heard.take, bus_address=address
        ).start()
    return heard


@pytest.mark.parametrize("is_old", [False, True])
async def test_the_looks_are_asked_for(bus: PrivateBus, tasks: Tasks, is_old: bool) -> None:
    async with fake_portal(bus.address, tasks, is_old=is_old, color_scheme=1, contrast=1):
        heard = await listen_to_portal(bus.address, tasks)
        assert await heard.next() == DesktopAppearance(are_dark=True)
        assert await heard.next() == DesktopAppearance(are_dark=True, have_high_contrast=True)


async def test_changes_are_received_while_it_runs(bus: PrivateBus, tasks: Tasks) -> None:
    async with fake_portal(bus.address, tasks, color_scheme=0, contrast=0) as change:
        heard = await listen_to_portal(bus.address, tasks)
        await change("color-scheme", 1, namespace="org.example.other")
        await change("accent-color", 7)
        await change("color-scheme", 2)
        assert await heard.next() == DesktopAppearance(are_dark=False)
        await change("contrast", 1)
        assert await heard.next() == DesktopAppearance(are_dark=False, have_high_contrast=True)
        await change("color-scheme", 0)
        await change("contrast", 0)
        assert await heard.next() == DesktopAppearance(have_high_contrast=True)
        assert await heard.next() == DesktopAppearance()


async def test_a_portal_that_starts_later_is_received(bus: PrivateBus, tasks: Tasks) -> None:
    heard = await listen_to_portal(bus.address, tasks)
    async with fake_portal(bus.address, tasks) as change:
        await change("color-scheme", 1)
        assert await heard.next() == DesktopAppearance(are_dark=True)


async def test_no_other_process_can_change_the_looks(bus: PrivateBus, tasks: Tasks) -> None:
    async with fake_portal(bus.address, tasks, color_scheme=2) as change:
        heard = await listen_to_portal(bus.address, tasks)
        assert await heard.next() == DesktopAppearance(are_dark=False)
        forged = (APPEARANCE, "contrast", ("u", 1))
        await forge(bus.address, SETTINGS, "SettingChanged", "ssv", *forged)
        await change("color-scheme", 1)
        assert await heard.next() == DesktopAppearance(are_dark=True)


async def test_a_desktop_without_a_bus_is_no_error(tmp_path: Path, tasks: Tasks) -> None:
    assert (await listen_to_portal(f"unix:path={tmp_path / 'none'}", tasks)).is_silent()


async def test_a_self_test_distinguishes_a_portal_from_a_bus_without_one(
    bus: PrivateBus, tasks: Tasks, tmp_path: Path
) -> None:
    async with fake_portal(bus.address, tasks):
        name = await desktop_services.ask_portal(spawn=tasks.spawn, bus_address=bus.address)
        assert name == "org.freedesktop.portal.Settings 2"
    for address, reason in (
        (bus.address, Reason.NO_PORTAL),
        (f"unix:path={tmp_path}/none", Reason.NO_SESSION_BUS),
    ):
        with pytest.raises(NotifierUnavailable) as refused:
            await desktop_services.ask_portal(spawn=tasks.spawn, bus_address=address)
        assert refused.value.reason is reason


# -- the screen lock --

SAVER, GNOME = "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"
SESSION = jeepney.DBusAddress(
    "/org/freedesktop/login1/session/_31", LOGIN1, "org.freedesktop.DBus.Properties"
)


class FakeLocker:
    """Owns a name on a bus, answers with its state, and reports changes."""

    bus: DBusConnection

    def __init__(self, name: str, *, is_locked: bool = False) -> None:
        self._name, self._is_locked = name, is_locked

    def answer(self, call: jeepney.Message) -> jeepney.Message:
        asked = (call.header.fields[jeepney.HeaderFields.member], *call.body)
        if asked == ("GetActive",):
            return jeepney.new_method_return(call, "b", (self._is_locked,))
        if asked == ("Get", f"{LOGIN1}.Session", "LockedHint"):
            return jeepney.new_method_return(call, "v", (("b", self._is_locked),))
        return jeepney.new_error(call, f"{self._name}.Error")

    async def turn(self, *, is_locked: bool) -> None:
        """Lock or unlock, and report it."""
        self._is_locked = is_locked
        if self._name == LOGIN1:
            body = (f"{LOGIN1}.Session", {"LockedHint": ("b", is_locked)}, list[str]())
            signal = jeepney.new_signal(SESSION, "PropertiesChanged", "sa{sv}as", body)
        else:
            signal = jeepney.new_signal(_address(self._name), "ActiveChanged", "b", (is_locked,))
        await self.bus.send(signal)


def _address(name: str) -> jeepney.DBusAddress:
    return jeepney.DBusAddress(f"/{name.replace('.', '/')}", name, name)


@asynccontextmanager
async def locker(
    bus: PrivateBus, tasks: Tasks, name: str, *, is_locked: bool = False
) -> AsyncIterator[FakeLocker]:
    fake = FakeLocker(name, is_locked=is_locked)
    async with owner_of(name, bus.address, tasks, fake.answer) as fake.bus:
        yield fake


async def listen_to_lock(
    tasks: Tasks, session_bus: str, system_bus: str | None = None
) -> Heard[bool | None]:
    heard = Heard[bool | None]()
    await desktop_services.ScreenLock(
        spawn=tasks.spawn,
        on_lock=heard.take,
        session_bus=session_bus,
        system_bus=system_bus or session_bus,
    ).start()
    return heard


@pytest.mark.parametrize("name", [SAVER, GNOME, LOGIN1])
async def test_every_lock_source_is_received(bus: PrivateBus, tasks: Tasks, name: str) -> None:
    async with locker(bus, tasks, name) as fake:
        heard = await listen_to_lock(tasks, bus.address)
        assert await heard.next() is False
        await fake.turn(is_locked=True)
        assert await heard.next() is True
        await fake.turn(is_locked=False)
        assert await heard.next() is False
    assert await heard.next() is None, "it has left the bus"


async def test_one_that_comes_later_is_asked(bus: PrivateBus, tasks: Tasks) -> None:
    heard = await listen_to_lock(tasks, bus.address)
    assert heard.is_silent(), "nothing reports the lock"
    async with locker(bus, tasks, GNOME):
        assert await heard.next() is False


async def test_of_two_one_is_enough(bus: PrivateBus, tasks: Tasks) -> None:
    async with locker(bus, tasks, SAVER) as saver, locker(bus, tasks, LOGIN1) as session:
        heard = await listen_to_lock(tasks, bus.address)
        assert await heard.next() is False
        await session.turn(is_locked=True)
        assert await heard.next() is True
        await saver.turn(is_locked=True)
        await saver.turn(is_locked=False)
        await session.turn(is_locked=False)
        assert await heard.next() is False
        assert heard.is_silent()


async def test_no_other_process_can_unlock(bus: PrivateBus, tasks: Tasks) -> None:
    async with locker(bus, tasks, SAVER, is_locked=True) as fake:
        heard = await listen_to_lock(tasks, bus.address)
        assert await heard.next() is True, "a lock from before is known"
        await forge(bus.address, _address(SAVER), "ActiveChanged", "b", False)
        await forge(bus.address, _address(SAVER), "ActiveChanged", "s", "soon")
        await fake.turn(is_locked=False)
        assert await heard.next() is False
        assert heard.is_silent()


async def test_systems_without_a_bus_report_no_lock(tmp_path: Path, tasks: Tasks) -> None:
    heard = await listen_to_lock(tasks, f"unix:path={tmp_path / 'nothing'}", "no address")
    assert heard.is_silent()
