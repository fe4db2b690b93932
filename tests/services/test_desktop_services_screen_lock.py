"""The lock of the screen is heard from whatever tells of it, and from nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.services.desktop_services import ScreenLock
from tests.fakes.notification_daemons import PrivateBus, forge

SAVER, GNOME = "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"
LOGIN1, PROPERTIES = "org.freedesktop.login1", "org.freedesktop.DBus.Properties"
MINE = DBusAddress("/org/freedesktop/login1/session/_31", LOGIN1, PROPERTIES)


class FakeLocker:
    """Owns a name on a bus, answers how it stands, and tells of changes."""

    def __init__(self, bus: DBusConnection, name: str) -> None:
        self._bus, self._name = bus, name
        self.is_locked = False

    async def serve(self) -> None:
        """Answer calls until cancelled."""
        while True:
            call = await self._bus.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            asked = (call.header.fields[HeaderFields.member], *call.body)
            if asked == ("GetActive",):
                answer = new_method_return(call, "b", (self.is_locked,))
            elif asked == ("Get", f"{LOGIN1}.Session", "LockedHint"):
                answer = new_method_return(call, "v", (("b", self.is_locked),))
            else:
                answer = new_error(call, f"{self._name}.Error")
            await self._bus.send(answer)

    async def turn(self, *, is_locked: bool) -> None:
        """Lock, or unlock, and say so."""
        self.is_locked = is_locked
        if self._name == LOGIN1:
            changed: tuple[object, ...] = (
                f"{LOGIN1}.Session",
                {"LockedHint": ("b", is_locked)},
                [],
            )
            await self._bus.send(new_signal(MINE, "PropertiesChanged", "sa{sv}as", changed))
        else:
            await self._bus.send(
                new_signal(_address(self._name), "ActiveChanged", "b", (is_locked,))
            )


def _address(name: str) -> DBusAddress:
    return DBusAddress(f"/{name.replace('.', '/')}", name, name)


@asynccontextmanager
async def locker(bus: PrivateBus, tasks: Tasks, name: str) -> AsyncIterator[FakeLocker]:
    async with await open_dbus_connection(bus.address) as connection:
        fake = FakeLocker(connection, name)
        await connection.send(message_bus.RequestName(name))
        serving = tasks.spawn(fake.serve(), name=f"serve {name}")
        yield fake
        serving.cancel()
        await asyncio.wait([serving])


class Heard:
    """What was told of the lock."""

    def __init__(self, bus: PrivateBus, tasks: Tasks) -> None:
        self._told: asyncio.Queue[bool | None] = asyncio.Queue()
        self.lock = ScreenLock(
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


@pytest.mark.parametrize("name", [SAVER, GNOME, LOGIN1])
async def test_each_that_tells_of_the_lock_is_heard(
    bus: PrivateBus, tasks: Tasks, name: str
) -> None:
    heard = Heard(bus, tasks)
    async with locker(bus, tasks, name) as fake:
        await heard.lock.start()
        assert await heard.next() is False
        await fake.turn(is_locked=True)
        assert await heard.next() is True
        await fake.turn(is_locked=False)
        assert await heard.next() is False
    assert await heard.next() is None, "it has left the bus"


async def test_a_lock_that_stood_before_is_known(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard(bus, tasks)
    async with locker(bus, tasks, SAVER) as fake:
        fake.is_locked = True
        await heard.lock.start()
        assert await heard.next() is True


async def test_one_that_comes_later_is_asked(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard(bus, tasks)
    await heard.lock.start()
    assert heard.is_silent(), "nothing tells of the lock"
    async with locker(bus, tasks, GNOME):
        assert await heard.next() is False


async def test_of_two_one_is_enough(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard(bus, tasks)
    async with locker(bus, tasks, SAVER) as saver, locker(bus, tasks, LOGIN1) as session:
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
    heard = Heard(bus, tasks)
    async with locker(bus, tasks, SAVER) as fake:
        fake.is_locked = True
        await heard.lock.start()
        assert await heard.next() is True
        await forge(bus.address, _address(SAVER), "ActiveChanged", "b", False)
        await forge(bus.address, _address(SAVER), "ActiveChanged", "s", "soon")
        await fake.turn(is_locked=False)
        assert await heard.next() is False
        assert heard.is_silent()


async def test_systems_without_a_bus_are_no_trouble(tmp_path: Path, tasks: Tasks) -> None:
    nowhere = f"unix:path={tmp_path / 'nothing'}"
    told: list[bool | None] = []
    lock = ScreenLock(
        spawn=tasks.spawn, on_lock=told.append, session_bus=nowhere, system_bus="no address"
    )
    await lock.start()
    assert told == []
