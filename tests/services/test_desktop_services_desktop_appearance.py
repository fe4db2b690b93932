"""What the desktop portal says of colours is heard; a desktop without it is no trouble."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.services.desktop_services import (
    DesktopAppearance,
    DesktopPortal,
    ask_portal,
)
from tests.fakes.notification_daemons import PrivateBus, forge

PORTAL = "org.freedesktop.portal.Desktop"
APPEARANCE = "org.freedesktop.appearance"
SETTINGS = DBusAddress("/org/freedesktop/portal/desktop", PORTAL, "org.freedesktop.portal.Settings")


class FakePortal:
    """Owns the portal's name on a bus, answers for its settings and tells of changes."""

    def __init__(self, bus: DBusConnection, settings: dict[str, int], *, is_old: bool) -> None:
        self._bus, self._settings, self._is_old = bus, settings, is_old

    async def serve(self) -> None:
        while True:
            message = await self._bus.receive()
            if message.header.message_type is MessageType.method_call:
                await self._bus.send(self._answer(message))

    async def change(self, key: str, value: int, namespace: str = APPEARANCE) -> None:
        body = (namespace, key, ("u", value))
        await self._bus.send(new_signal(SETTINGS, "SettingChanged", "ssv", body))

    def _answer(self, call: Message) -> Message:
        method = call.header.fields[HeaderFields.member]
        if method == "Get":  # of the properties
            return new_method_return(call, "v", (("u", 2),))
        value = self._settings.get(call.body[1])
        if value is None or method != ("Read" if self._is_old else "ReadOne"):
            return new_error(call, "org.freedesktop.portal.Error.NotFound")
        inner = ("u", value)
        return new_method_return(call, "v", (("v", inner) if self._is_old else inner,))


@asynccontextmanager
async def fake_portal(
    address: str, tasks: Tasks, *, is_old: bool = False, **settings: int
) -> AsyncIterator[FakePortal]:
    named = {key.replace("_", "-"): value for key, value in settings.items()}
    async with await open_dbus_connection(address) as bus:
        portal = FakePortal(bus, named, is_old=is_old)
        await bus.send(message_bus.RequestName(PORTAL))
        serving = tasks.spawn(portal.serve(), name="fake portal")
        yield portal
        serving.cancel()
        await asyncio.wait([serving])


class Heard:
    """The looks a listener was told of."""

    def __init__(self) -> None:
        self.appearance: asyncio.Queue[DesktopAppearance] = asyncio.Queue()

    async def next(self) -> DesktopAppearance:
        async with asyncio.timeout(10):
            return await self.appearance.get()

    async def listen(self, address: str, tasks: Tasks) -> None:
        portal = DesktopPortal(
            spawn=tasks.spawn, on_appearance=self.appearance.put_nowait, bus_address=address
        )
        async with asyncio.timeout(10):
            await portal.start()


@pytest.mark.parametrize("is_old", [False, True])
async def test_the_looks_are_asked_for(bus: PrivateBus, tasks: Tasks, is_old: bool) -> None:
    heard = Heard()
    async with fake_portal(bus.address, tasks, is_old=is_old, color_scheme=1, contrast=1):
        await heard.listen(bus.address, tasks)
        assert await heard.next() == DesktopAppearance(are_dark=True)
        assert await heard.next() == DesktopAppearance(are_dark=True, have_high_contrast=True)


async def test_changes_are_heard_while_it_runs(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    async with fake_portal(bus.address, tasks, color_scheme=0, contrast=0) as portal:
        await heard.listen(bus.address, tasks)
        await portal.change("color-scheme", 1, namespace="org.example.other")
        await portal.change("accent-color", 7)
        await portal.change("color-scheme", 2)
        assert await heard.next() == DesktopAppearance(are_dark=False)
        await portal.change("contrast", 1)
        assert await heard.next() == DesktopAppearance(are_dark=False, have_high_contrast=True)
        await portal.change("color-scheme", 0)
        await portal.change("contrast", 0)
        assert await heard.next() == DesktopAppearance(have_high_contrast=True)
        assert await heard.next() == DesktopAppearance()


async def test_a_portal_that_comes_later_is_heard(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    await heard.listen(bus.address, tasks)
    async with fake_portal(bus.address, tasks) as portal:
        await portal.change("color-scheme", 1)
        assert await heard.next() == DesktopAppearance(are_dark=True)


async def test_no_other_process_can_change_the_looks(bus: PrivateBus, tasks: Tasks) -> None:
    heard = Heard()
    async with fake_portal(bus.address, tasks, color_scheme=2) as portal:
        await heard.listen(bus.address, tasks)
        assert await heard.next() == DesktopAppearance(are_dark=False)
        forged = (APPEARANCE, "contrast", ("u", 1))
        await forge(bus.address, SETTINGS, "SettingChanged", "ssv", *forged)
        await portal.change("color-scheme", 1)
        assert await heard.next() == DesktopAppearance(are_dark=True)


async def test_a_desktop_without_a_bus_is_no_trouble(tmp_path: Path, tasks: Tasks) -> None:
    heard = Heard()
    await heard.listen(f"unix:path={tmp_path / 'nobody'}", tasks)
    assert heard.appearance.empty()


async def test_a_self_test_tells_the_portal_from_a_bus_without_one(
    bus: PrivateBus, tasks: Tasks, tmp_path: Path
) -> None:
    async with fake_portal(bus.address, tasks):
        name = await ask_portal(spawn=tasks.spawn, bus_address=bus.address)
        assert name == "org.freedesktop.portal.Settings 2"
    for address, reason in (
        (bus.address, Reason.NO_PORTAL),
        (f"unix:path={tmp_path}/none", Reason.NO_SESSION_BUS),
    ):
        with pytest.raises(NotifierUnavailable) as refused:
            await ask_portal(spawn=tasks.spawn, bus_address=address)
        assert refused.value.reason is reason
