"""What the desktop reports of sleep, colours and the screen lock, over real buses."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import jeepney
import pytest
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.services import desktop_services
from tests.fakes.notification_daemons import PrivateBus, forge

LOGIN1 = "org.freedesktop.login1"
MANAGER = jeepney.DBusAddress("/org/freedesktop/login1", LOGIN1, f"{LOGIN1}.Manager")


class Heard:
    """What a listener received."""

    def __init__(self) -> None:
        self.words: asyncio.Queue[str] = asyncio.Queue()

    def logind(self, address: str, tasks: Tasks) -> desktop_services.Logind:
        return desktop_services.Logind(
            spawn=tasks.spawn,
            on_falling_asleep=lambda: self.words.put_nowait("falling asleep"),
            on_woken=lambda: self.words.put_nowait("woken"),
            bus_address=address,
        )

    async def next(self) -> str:
        async with asyncio.timeout(10):
            return await self.words.get()


class FakeLogind:
    """Owns logind's name on a bus and sends what a test asks for."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    async def say(self, signature: str, *values: object, member: str = "PrepareForSleep") -> None:
        """Send a signal, and wait until the bus has taken it."""
        await self._bus.send(jeepney.new_signal(MANAGER, member, signature, values))
        await self._bus.send(jeepney.message_bus.ListNames())
        await self._bus.receive()

    async def is_heard(self, heard: Heard) -> None:
        """Repeat that the machine falls asleep until it is heard."""
        async with asyncio.timeout(10):
            while heard.words.empty():
                await self.say("b", True)
        assert await heard.next() == "falling asleep"


@asynccontextmanager
async def fake_logind(address: str) -> AsyncIterator[FakeLogind]:
    async with await open_dbus_connection(address) as bus:
        await bus.send(jeepney.message_bus.RequestName(LOGIN1))
        yield FakeLogind(bus)


async def test_sleep_and_waking_are_received(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    await heard.logind(bus.address, tasks).start()
    async with fake_logind(bus.address) as logind:
        await logind.is_heard(heard)
        await logind.say("b", False)
        while (word := await heard.next()) != "woken":
            assert word == "falling asleep"
        await logind.say("b", True)
        assert await heard.next() == "falling asleep"


async def test_what_is_no_word_of_sleep_is_passed_over(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    await heard.logind(bus.address, tasks).start()
    async with fake_logind(bus.address) as logind:
        await logind.is_heard(heard)
        await logind.say("b", False, member="PrepareForShutdown")
        await logind.say("s", "soon")
        await logind.say("bs", False, "and more")
        await logind.say("b", False)
        while (word := await heard.next()) != "woken":
            assert word == "falling asleep"
        assert heard.words.empty()


async def test_no_other_process_can_put_it_to_sleep(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    async with fake_logind(bus.address) as logind:
        await heard.logind(bus.address, tasks).start()
        await forge(bus.address, MANAGER, "PrepareForSleep", "b", True)
        await logind.say("b", False)
        assert await heard.next() == "woken"
        assert heard.words.empty()


async def test_a_system_without_the_bus_is_no_error(tmp_path: Path, tasks: Tasks) -> None:
    heard = Heard()
    await heard.logind(f"unix:path={tmp_path / 'nobody'}", tasks).start()
    await heard.logind("no address", tasks).start()
    assert heard.words.empty()


async def guests(other: DBusConnection) -> int:
    """How many connections a bus has, this one included."""
    await other.send(jeepney.message_bus.ListNames())
    answer = await other.receive()
    return sum(name.startswith(":") for name in answer.body[0])


async def test_a_bus_without_logind_is_no_error(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    async with asyncio.timeout(10):
        await heard.logind(bus.address, tasks).start()
    assert heard.words.empty()


async def test_it_ends_when_it_is_cancelled_while_it_connects(bus: PrivateBus) -> None:
    for steps in range(18):
        tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
        tasks.spawn(Heard().logind(bus.address, tasks).start(), name="listen to logind")
        async with asyncio.timeout(10):
            async with await open_dbus_connection(bus.address) as other:
                while await guests(other) < 2:
                    pass
            for _ in range(steps % 6):
                await asyncio.sleep(0)
            await tasks.aclose()
    gc.collect()  # a line left open is found here, not in another test


async def test_a_lost_bus_is_no_error(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    await heard.logind(bus.address, tasks).start()
    async with fake_logind(bus.address) as logind:
        await logind.is_heard(heard)
        [reading] = [each for each in asyncio.all_tasks() if each.get_name().startswith("read")]
        bus.stop()
        async with asyncio.timeout(10):
            await reading


PORTAL = "org.freedesktop.portal.Desktop"
APPEARANCE = "org.freedesktop.appearance"
SETTINGS = jeepney.DBusAddress(
    "/org/freedesktop/portal/desktop", PORTAL, "org.freedesktop.portal.Settings"
)


class FakePortal:
    """Owns the portal's name on a bus, answers for its settings and tells of changes."""

    def __init__(self, bus: DBusConnection, settings: dict[str, int], *, is_old: bool) -> None:
        self._bus, self._settings, self._is_old = bus, settings, is_old

    async def serve(self) -> None:
        while True:
            message = await self._bus.receive()
            if message.header.message_type is jeepney.MessageType.method_call:
                await self._bus.send(self._answer(message))

    async def change(self, key: str, value: int, namespace: str = APPEARANCE) -> None:
        body = (namespace, key, ("u", value))
        await self._bus.send(jeepney.new_signal(SETTINGS, "SettingChanged", "ssv", body))

    def _answer(self, call: jeepney.Message) -> jeepney.Message:
        method = call.header.fields[jeepney.HeaderFields.member]
        if method == "Get":  # of the properties
            return jeepney.new_method_return(call, "v", (("u", 2),))
        value = self._settings.get(call.body[1])
        if value is None or method != ("Read" if self._is_old else "ReadOne"):
            return jeepney.new_error(call, "org.freedesktop.portal.Error.NotFound")
        inner = ("u", value)
        return jeepney.new_method_return(call, "v", (("v", inner) if self._is_old else inner,))


@asynccontextmanager
async def fake_portal(
    address: str, tasks: Tasks, *, is_old: bool = False, **settings: int
) -> AsyncIterator[FakePortal]:
    named = {key.replace("_", "-"): value for key, value in settings.items()}
    async with await open_dbus_connection(address) as bus:
        portal = FakePortal(bus, named, is_old=is_old)
        await bus.send(jeepney.message_bus.RequestName(PORTAL))
        serving = tasks.spawn(portal.serve(), name="fake portal")
        yield portal
        serving.cancel()
        await asyncio.wait([serving])


class HeardPortal:
    """The colour schemes a listener received."""

    def __init__(self) -> None:
        self.appearance: asyncio.Queue[desktop_services.DesktopAppearance] = asyncio.Queue()

    async def next(self) -> desktop_services.DesktopAppearance:
        async with asyncio.timeout(10):
            return await self.appearance.get()

    async def listen(self, address: str, tasks: Tasks) -> None:
        portal = desktop_services.DesktopPortal(
            spawn=tasks.spawn, on_appearance=self.appearance.put_nowait, bus_address=address
        )
        async with asyncio.timeout(10):
            await portal.start()


@pytest.mark.parametrize("is_old", [False, True])
async def test_the_looks_are_asked_for(bus: PrivateBus, tasks: Tasks, is_old: bool) -> None:
    heard = HeardPortal()
    async with fake_portal(bus.address, tasks, is_old=is_old, color_scheme=1, contrast=1):
        await heard.listen(bus.address, tasks)
        assert await heard.next() == desktop_services.DesktopAppearance(are_dark=True)
        assert await heard.next() == desktop_services.DesktopAppearance(
            are_dark=True, have_high_contrast=True
        )


async def test_changes_are_received_while_it_runs(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardPortal()
    async with fake_portal(bus.address, tasks, color_scheme=0, contrast=0) as portal:
        await heard.listen(bus.address, tasks)
        await portal.change("color-scheme", 1, namespace="org.example.other")
        await portal.change("accent-color", 7)
        await portal.change("color-scheme", 2)
        assert await heard.next() == desktop_services.DesktopAppearance(are_dark=False)
        await portal.change("contrast", 1)
        assert await heard.next() == desktop_services.DesktopAppearance(
            are_dark=False, have_high_contrast=True
        )
        await portal.change("color-scheme", 0)
        await portal.change("contrast", 0)
        assert await heard.next() == desktop_services.DesktopAppearance(have_high_contrast=True)
        assert await heard.next() == desktop_services.DesktopAppearance()


async def test_a_portal_that_starts_later_is_received(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardPortal()
    await heard.listen(bus.address, tasks)
    async with fake_portal(bus.address, tasks) as portal:
        await portal.change("color-scheme", 1)
        assert await heard.next() == desktop_services.DesktopAppearance(are_dark=True)


async def test_no_other_process_can_change_the_looks(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardPortal()
    async with fake_portal(bus.address, tasks, color_scheme=2) as portal:
        await heard.listen(bus.address, tasks)
        assert await heard.next() == desktop_services.DesktopAppearance(are_dark=False)
        forged = (APPEARANCE, "contrast", ("u", 1))
        await forge(bus.address, SETTINGS, "SettingChanged", "ssv", *forged)
        await portal.change("color-scheme", 1)
        assert await heard.next() == desktop_services.DesktopAppearance(are_dark=True)


async def test_a_desktop_without_a_bus_is_no_error(tmp_path: Path, tasks: Tasks) -> None:
    heard = HeardPortal()
    await heard.listen(f"unix:path={tmp_path / 'nobody'}", tasks)
    assert heard.appearance.empty()


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


SAVER, GNOME = "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"
LOGIN_SERVICE, PROPERTIES = "org.freedesktop.login1", "org.freedesktop.DBus.Properties"
MINE = jeepney.DBusAddress("/org/freedesktop/login1/session/_31", LOGIN_SERVICE, PROPERTIES)


class FakeLocker:
    """Owns a name on a bus, answers with its state, and reports changes."""

    def __init__(self, bus: DBusConnection, name: str) -> None:
        self._bus, self._name = bus, name
        self.is_locked = False

    async def serve(self) -> None:
        """Answer calls until cancelled."""
        while True:
            call = await self._bus.receive()
            if call.header.message_type is not jeepney.MessageType.method_call:
                continue
            asked = (call.header.fields[jeepney.HeaderFields.member], *call.body)
            if asked == ("GetActive",):
                answer = jeepney.new_method_return(call, "b", (self.is_locked,))
            elif asked == ("Get", f"{LOGIN1}.Session", "LockedHint"):
                answer = jeepney.new_method_return(call, "v", (("b", self.is_locked),))
            else:
                answer = jeepney.new_error(call, f"{self._name}.Error")
            await self._bus.send(answer)

    async def turn(self, *, is_locked: bool) -> None:
        """Lock, or unlock, and say so."""
        self.is_locked = is_locked
        if self._name == LOGIN_SERVICE:
            changed: tuple[object, ...] = (
                f"{LOGIN1}.Session",
                {"LockedHint": ("b", is_locked)},
                [],
            )
            await self._bus.send(jeepney.new_signal(MINE, "PropertiesChanged", "sa{sv}as", changed))
        else:
            await self._bus.send(
                jeepney.new_signal(_address(self._name), "ActiveChanged", "b", (is_locked,))
            )


def _address(name: str) -> jeepney.DBusAddress:
    return jeepney.DBusAddress(f"/{name.replace('.', '/')}", name, name)


@asynccontextmanager
async def locker(bus: PrivateBus, tasks: Tasks, name: str) -> AsyncIterator[FakeLocker]:
    async with await open_dbus_connection(bus.address) as connection:
        fake = FakeLocker(connection, name)
        await connection.send(jeepney.message_bus.RequestName(name))
        serving = tasks.spawn(fake.serve(), name=f"serve {name}")
        yield fake
        serving.cancel()
        await asyncio.wait([serving])


class HeardLock:
    """The states of the lock, as received."""

    def __init__(self, bus: PrivateBus, tasks: Tasks) -> None:
        self._told: asyncio.Queue[bool | None] = asyncio.Queue()
        self.lock = desktop_services.ScreenLock(
            spawn=tasks.spawn,
            on_lock=self._told.put_nowait,
            session_bus=bus.address,
            system_bus=bus.address,
        )

    async def next(self) -> bool | None:
        async with asyncio.timeout(10):
            return await self._told.get()

    def is_silent(self) -> bool:
        return self._told.empty()


@pytest.mark.parametrize("name", [SAVER, GNOME, LOGIN_SERVICE])
async def test_every_source_of_the_lock_is_received(
    bus: PrivateBus, tasks: Tasks, name: str
) -> None:
    heard = HeardLock(bus, tasks)
    async with locker(bus, tasks, name) as fake:
        await heard.lock.start()
        assert await heard.next() is False
        await fake.turn(is_locked=True)
        assert await heard.next() is True
        await fake.turn(is_locked=False)
        assert await heard.next() is False
    assert await heard.next() is None, "it has left the bus"


async def test_a_lock_that_stood_before_is_known(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardLock(bus, tasks)
    async with locker(bus, tasks, SAVER) as fake:
        fake.is_locked = True
        await heard.lock.start()
        assert await heard.next() is True


async def test_one_that_comes_later_is_asked(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardLock(bus, tasks)
    await heard.lock.start()
    assert heard.is_silent(), "nothing tells of the lock"
    async with locker(bus, tasks, GNOME):
        assert await heard.next() is False


async def test_of_two_one_is_enough(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardLock(bus, tasks)
    async with locker(bus, tasks, SAVER) as saver, locker(bus, tasks, LOGIN_SERVICE) as session:
        await heard.lock.start()
        assert await heard.next() is False
        await session.turn(is_locked=True)
        assert await heard.next() is True
        await saver.turn(is_locked=True)
        await saver.turn(is_locked=False)
        await session.turn(is_locked=False)
        assert await heard.next() is False
        assert heard.is_silent()


async def test_no_other_process_can_unlock(bus: PrivateBus, tasks: Tasks) -> None:
    heard = HeardLock(bus, tasks)
    async with locker(bus, tasks, SAVER) as fake:
        fake.is_locked = True
        await heard.lock.start()
        assert await heard.next() is True
        await forge(bus.address, _address(SAVER), "ActiveChanged", "b", False)
        await forge(bus.address, _address(SAVER), "ActiveChanged", "s", "soon")
        await fake.turn(is_locked=False)
        assert await heard.next() is False
        assert heard.is_silent()


async def test_systems_without_a_bus_are_no_error(tmp_path: Path, tasks: Tasks) -> None:
    nowhere = f"unix:path={tmp_path / 'nothing'}"
    reported: list[bool | None] = []
    lock = desktop_services.ScreenLock(
        spawn=tasks.spawn, on_lock=reported.append, session_bus=nowhere, system_bus="no address"
    )
    await lock.start()
    assert reported == []
