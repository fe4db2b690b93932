"""What logind says of sleep is heard; a system without it is no trouble."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.services.desktop_services import Logind
from tests.fakes.notification_daemons import PrivateBus, forge

LOGIN1 = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", LOGIN1, f"{LOGIN1}.Manager")


class Heard:
    """What a listener was told."""

    def __init__(self) -> None:
        self.words: asyncio.Queue[str] = asyncio.Queue()

    def logind(self, address: str, tasks: Tasks) -> Logind:
        return Logind(
            spawn=tasks.spawn,
            on_falling_asleep=lambda: self.words.put_nowait("falling asleep"),
            on_woken=lambda: self.words.put_nowait("woken"),
            bus_address=address,
        )

    async def next(self) -> str:
        async with asyncio.timeout(10):
            return await self.words.get()


class FakeLogind:
    """Owns logind's name on a bus and says what it is told to say."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    async def say(self, signature: str, *values: object, member: str = "PrepareForSleep") -> None:
        """Send a signal, and wait until the bus has taken it."""
        await self._bus.send(new_signal(MANAGER, member, signature, values))
        await self._bus.send(message_bus.ListNames())
        await self._bus.receive()

    async def is_heard(self, heard: Heard) -> None:
        """Repeat that the machine falls asleep until somebody hears it."""
        async with asyncio.timeout(10):
            while heard.words.empty():
                await self.say("b", True)
        assert await heard.next() == "falling asleep"


@asynccontextmanager
async def fake_logind(address: str) -> AsyncIterator[FakeLogind]:
    async with await open_dbus_connection(address) as bus:
        await bus.send(message_bus.RequestName(LOGIN1))
        yield FakeLogind(bus)


async def test_sleep_and_its_end_are_heard(bus: PrivateBus, tasks: Tasks) -> None:
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


async def test_a_system_without_the_bus_is_no_trouble(tmp_path: Path, tasks: Tasks) -> None:
    heard = Heard()
    await heard.logind(f"unix:path={tmp_path / 'nobody'}", tasks).start()
    await heard.logind("no address", tasks).start()
    assert heard.words.empty()


async def guests(other: DBusConnection) -> int:
    """How many connections a bus has, this one included."""
    await other.send(message_bus.ListNames())
    answer = await other.receive()
    return sum(name.startswith(":") for name in answer.body[0])


async def test_a_bus_without_logind_is_no_trouble(bus: PrivateBus, tasks: Tasks) -> None:
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


async def test_a_bus_that_goes_away_is_no_trouble(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    await heard.logind(bus.address, tasks).start()
    async with fake_logind(bus.address) as logind:
        await logind.is_heard(heard)
        [reading] = [each for each in asyncio.all_tasks() if each.get_name().startswith("read")]
        bus.stop()
        async with asyncio.timeout(10):
            await reading
