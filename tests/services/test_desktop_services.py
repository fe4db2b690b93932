"""What the desktop reports of sleep, colours and the screen lock, over real buses."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import jeepney
import pytest
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.choices import FileQuestion
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
            with suppress(EOFError):  # the bus has ended
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


Setting = int | tuple[float, float, float]


def variant(value: Setting) -> tuple[str, Setting]:
    return ("u" if isinstance(value, int) else "(ddd)", value)


@asynccontextmanager
async def fake_portal(
    address: str, tasks: Tasks, *, is_old: bool = False, **settings: Setting
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
        inner = variant(value)
        return jeepney.new_method_return(call, "v", (("v", inner) if is_old else inner,))

    async with owner_of(PORTAL, address, tasks, answer) as bus:
        yield partial(report_change, bus)


async def report_change(
    bus: DBusConnection, key: str, value: Setting, namespace: str = APPEARANCE
) -> None:
    body = (namespace, key, variant(value))
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
        await change("contrast", 2)
        await change("color-scheme", 2)
        assert await heard.next() == DesktopAppearance(are_dark=False)
        await change("contrast", 1)
        assert await heard.next() == DesktopAppearance(are_dark=False, have_high_contrast=True)
        await change("color-scheme", 0)
        await change("contrast", 0)
        assert await heard.next() == DesktopAppearance(have_high_contrast=True)
        assert await heard.next() == DesktopAppearance()


@pytest.mark.parametrize("is_old", [False, True])
async def test_the_accent_is_a_colour_or_none(bus: PrivateBus, tasks: Tasks, is_old: bool) -> None:
    blue, none = (0.125, 0.5, 1.0), (-1.0, -1.0, -1.0)
    async with fake_portal(bus.address, tasks, is_old=is_old, accent_color=blue) as change:
        heard = await listen_to_portal(bus.address, tasks)
        assert await heard.next() == DesktopAppearance(accent=blue)
        await change("accent-color", none)
        assert await heard.next() == DesktopAppearance()
        await change("accent-color", (0.0, 0.0, 0.0))
        assert await heard.next() == DesktopAppearance(accent=(0.0, 0.0, 0.0))


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


# -- dialogs for files --

REQUEST = "org.freedesktop.portal.Request"
Answer = str | NotifierUnavailable


class ChoosingPortal:
    """Owns the portal's name, opens no dialog, and answers what a test says."""

    def __init__(self, version: int = 4) -> None:
        self._version = version
        self.calls = Heard[jeepney.Message]()

    def answer(self, call: jeepney.Message) -> jeepney.Message:
        method = call.header.fields[jeepney.HeaderFields.member]
        if call.body[:1] == (desktop_services.CHOOSER,) and self._version:
            return jeepney.new_method_return(call, "v", (("u", self._version),))
        if method not in ("OpenFile", "SaveFile"):
            return jeepney.new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")
        self.calls.take(call)
        return jeepney.new_method_return(call, "o", (self.handle(call),))

    @staticmethod
    def handle(call: jeepney.Message) -> str:
        sender = call.header.fields[jeepney.HeaderFields.sender][1:].replace(".", "_")
        return f"{SETTINGS.object_path}/request/{sender}/{call.body[2]['handle_token'][1]}"


@asynccontextmanager
async def choosing_portal(
    bus: PrivateBus, tasks: Tasks, version: int = 4
) -> AsyncIterator[tuple[desktop_services.FileChooser, ChoosingPortal, DBusConnection]]:
    portal = ChoosingPortal(version)
    async with owner_of(PORTAL, bus.address, tasks, portal.answer) as line:
        chooser = desktop_services.FileChooser(spawn=tasks.spawn, bus_address=bus.address)
        await chooser.start()
        yield chooser, portal, line


async def respond(line: DBusConnection, path: str, code: int, *addresses: str) -> None:
    source = jeepney.DBusAddress(path, PORTAL, REQUEST)
    results = {"uris": ("as", list(addresses))} if addresses else {}
    await line.send(jeepney.new_signal(source, "Response", "ua{sv}", (code, results)))


@pytest.mark.parametrize(
    ("code", "addresses", "chosen"),
    [
        (0, ("file:///a/b%20c/%C3%A4.csv",), "/a/b c/ä.csv"),
        (0, ("file:///a/%FF",), "/a/\udcff"),
        (1, (), ""),
        (2, (), ""),
    ],
)
async def test_the_dialog_of_the_desktop_answers(
    bus: PrivateBus, tasks: Tasks, code: int, addresses: tuple[str, ...], chosen: str
) -> None:
    heard = Heard[Answer]()
    async with choosing_portal(bus, tasks) as (chooser, portal, line):
        question = FileQuestion("Save it", "Save", is_new=True, folder="/a", name="b.csv")
        assert chooser.request(question, heard.take)
        call = await portal.calls.next()
        assert call.header.fields[jeepney.HeaderFields.member] == "SaveFile"
        window, title, options = call.body
        assert (window, title) == ("", "Save it")
        assert options == {
            "handle_token": ("s", "heimdall1"),
            "modal": ("b", True),
            "accept_label": ("s", "Save"),
            "current_folder": ("ay", b"/a\0"),
            "current_name": ("s", "b.csv"),
        }
        await respond(line, f"{SETTINGS.object_path}/request/other/1", 0, "file:///wrong")
        await respond(line, portal.handle(call), code, *addresses)
        assert await heard.next() == chosen


async def test_folders_and_kinds_of_files_are_asked_for(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard[Answer]()
    async with choosing_portal(bus, tasks) as (chooser, portal, _line):
        kinds = (("Tables", ("*.csv", "*.tsv")),)
        for question in (
            FileQuestion("Scan", is_folder=True, window="x11:1f"),
            FileQuestion("Play", filters=kinds),
        ):
            chooser.request(question, heard.take)
        folder, file = [(await portal.calls.next()).body for _ in range(2)]
        assert folder[0] == "x11:1f"
        assert folder[2]["directory"] == ("b", True)
        assert file[2]["filters"] == ("a(sa(us))", [("Tables", [(0, "*.csv"), (0, "*.tsv")])])
        assert heard.is_silent()


async def test_an_older_portal_is_asked_for_no_folder_and_none_for_nothing(
    bus: PrivateBus, tasks: Tasks
) -> None:
    heard = Heard[Answer]()
    for version, can_files in ((2, True), (0, False)):
        async with choosing_portal(bus, tasks, version) as (chooser, _portal, _line):
            assert chooser.request(FileQuestion("Scan", is_folder=True), heard.take) is None
            assert bool(chooser.request(FileQuestion("Play"), heard.take)) is can_files
    chooser = desktop_services.FileChooser(spawn=tasks.spawn, bus_address=bus.address)
    await chooser.start()
    assert chooser.request(FileQuestion("Play"), heard.take) is None


@pytest.mark.parametrize("what", ["portal", "bus"])
async def test_a_portal_that_ends_meanwhile_is_reported(
    bus: PrivateBus, tasks: Tasks, what: str
) -> None:
    heard = Heard[Answer]()
    async with choosing_portal(bus, tasks) as (chooser, portal, _line):
        chooser.request(FileQuestion("Play"), heard.take)
        await portal.calls.next()
        if what == "bus":
            bus.stop()
            assert isinstance(await heard.next(), NotifierUnavailable)
    if what == "portal":
        assert isinstance(await heard.next(), NotifierUnavailable)


async def test_who_withdraws_the_question_leaves_the_bus(bus: PrivateBus, tasks: Tasks) -> None:
    """So that the portal closes its dialog."""
    heard = Heard[Answer]()
    async with choosing_portal(bus, tasks) as (chooser, portal, _line):
        withdraw = chooser.request(FileQuestion("Play"), heard.take)
        call = await portal.calls.next()
        assert withdraw is not None
        withdraw()
        sender = call.header.fields[jeepney.HeaderFields.sender]
        async with asyncio.timeout(10), await open_dbus_connection(bus.address) as other:
            names = [sender]
            while sender in names:
                await other.send(jeepney.message_bus.ListNames())
                names = (await other.receive()).body[0]
        assert heard.is_silent()


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
