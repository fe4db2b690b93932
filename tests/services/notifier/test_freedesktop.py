"""Notifications at the real daemon dunst, and what happens without one."""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from html import escape
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotifierUnavailable
from heimdall_desktop.services.notifier.freedesktop import FreedesktopNotifier
from heimdall_desktop.services.notifier.protocol import DEFAULT_ACTION, Action, Notification
from tests.fakes import notification_daemons
from tests.fakes.desk_parts import raises_saying
from tests.fakes.notification_daemons import Dunst, PrivateBus
from tests.fakes.notification_monitor import NotificationMonitor

NORMAL, CRITICAL = 1, 2
INHIBITED = (notification_daemons.NOTIFICATIONS, "Inhibited")  # of Plasma
FOUND = Notification(
    "finding 1",
    "Critical: SQL injection in orders.py",
    "payments-api, hunt stage. Not yet verified.",
    is_urgent=True,
    actions=(Action(DEFAULT_ACTION, "Show finding"), Action("mute", "Mute scan for 1 h")),
)


class Desk:
    """A bus, a notifier on it, and a record of what was clicked."""

    notifier: FreedesktopNotifier

    def __init__(self, bus: PrivateBus, folder: Path) -> None:
        self.bus = bus
        self.memory = folder / "notifications.json"
        self.clicks: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    async def click(self) -> tuple[str, str]:
        async with asyncio.timeout(10):
            return await self.clicks.get()

    @asynccontextmanager
    async def open(
        self, address: str = "", *, call_limit_s: float = 10, memory: Path | None = None
    ) -> AsyncIterator[FreedesktopNotifier]:
        """Make a notifier on this bus; an error in its task fails the test."""
        errors: list[BaseException] = []
        tasks = Tasks(lambda _name, error: errors.append(error))
        notifier = FreedesktopNotifier(
            spawn=tasks.spawn,
            on_activated=lambda key, action: self.clicks.put_nowait((key, action)),
            memory=memory,
            bus_address=address or self.bus.address,
            call_limit_s=call_limit_s,
        )
        yield notifier
        await notifier.aclose()
        await tasks.aclose()
        assert errors == []

    def daemon(
        self, *capabilities: str, is_silent: bool = False
    ) -> AbstractAsyncContextManager[notification_daemons.ScriptedDaemon]:
        scripted_daemon = notification_daemons.scripted_daemon
        return scripted_daemon(self.bus.address, *capabilities, is_silent=is_silent)

    async def forge(self, member: str, signature: str, *values: object) -> None:
        """Send a signal in the daemon's name."""
        daemon = notification_daemons.DAEMON
        await notification_daemons.forge(self.bus.address, daemon, member, signature, *values)


@pytest.fixture
async def desk(bus: PrivateBus, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(bus, tmp_path)
    async with desk.open() as desk.notifier:
        yield desk


@pytest.fixture
def monitor(bus: PrivateBus) -> Iterator[NotificationMonitor]:
    with NotificationMonitor(bus.address) as monitor:
        yield monitor


async def test_a_notification_arrives_once_and_stays(
    dunst: Dunst, desk: Desk, monitor: NotificationMonitor
) -> None:
    await desk.notifier.start()
    await desk.notifier.show(FOUND)

    assert "dunst" in desk.notifier.description
    [shown] = dunst.history()
    assert shown["appname"] == "Heimdall"
    assert shown["summary"] == "Critical: SQL injection in orders.py"
    assert shown["body"] == "payments-api, hunt stage. Not yet verified."
    assert shown["timeout"] == 0
    assert monitor.next().urgency == CRITICAL


async def test_an_ordinary_one_goes(dunst: Dunst, desk: Desk, monitor: NotificationMonitor) -> None:
    await desk.notifier.show(Notification("scan 1", "Scan of payments-api finished"))

    [shown] = dunst.history()
    assert shown["timeout"] > 0
    assert monitor.next().urgency == NORMAL


async def test_markup_from_a_server_is_shown_as_it_was_written(dunst: Dunst, desk: Desk) -> None:
    hostile = "<b>bold</b> <img src='file:///etc/hostname'/> & <a href='x'>more</a>"
    await desk.notifier.show(Notification("key", hostile, hostile))

    [shown] = dunst.history()
    heading, body = shown["message"].split("\n")
    assert "<b>&lt;b&gt;bold&lt;/b&gt; " in heading
    assert body == escape(hostile, quote=False)
    assert shown.get("urls", "") == ""  # dunst 1.9, of Debian 12, does not report it


async def test_a_click_names_the_notification_and_the_action(dunst: Dunst, desk: Desk) -> None:
    await desk.notifier.show(FOUND)
    await asyncio.to_thread(dunst.control, "action")

    assert await desk.click() == ("finding 1", DEFAULT_ACTION)


async def test_the_same_key_is_replaced(dunst: Dunst, desk: Desk) -> None:
    await desk.notifier.show(FOUND)
    await desk.notifier.show(Notification("finding 1", "Confirmed critical: SQL injection"))

    assert dunst.displayed() == 1
    [shown] = dunst.history()
    assert shown["summary"] == "Confirmed critical: SQL injection"


async def test_withdrawing_takes_it_off_the_screen(dunst: Dunst, desk: Desk) -> None:
    await desk.notifier.show(FOUND)
    await desk.notifier.show(Notification("finding 2", "Critical: path traversal in files.py"))
    await desk.notifier.withdraw("finding 1")

    assert dunst.displayed() == 1
    await desk.notifier.withdraw("finding 1")
    await desk.notifier.withdraw("never shown")
    assert dunst.displayed() == 1


async def test_a_daemon_that_restarts_shows_the_next_one(dunst: Dunst, desk: Desk) -> None:
    await desk.notifier.show(FOUND)
    dunst.stop()
    with raises_saying(NotifierUnavailable, match="No notification daemon"):
        await desk.notifier.show(FOUND)

    dunst.start()
    await desk.notifier.withdraw("finding 1")
    await desk.notifier.show(FOUND)
    assert dunst.displayed() == 1


async def test_closed_or_with_its_daemon_a_notification_goes(dunst: Dunst, desk: Desk) -> None:
    await desk.notifier.show(FOUND)
    await asyncio.to_thread(dunst.control, "close")
    await desk.notifier.show(Notification("scan 1", "Scan finished"))  # a round trip
    assert not desk.notifier.is_shown(FOUND.key)
    await desk.notifier.show(FOUND)
    assert dunst.displayed() == 2
    dunst.stop()
    with pytest.raises(NotifierUnavailable):
        await desk.notifier.show(Notification("scan 1", "Scan finished"))  # a round trip
    assert not desk.notifier.is_shown(FOUND.key)


async def test_without_a_daemon_it_says_so(desk: Desk) -> None:
    with raises_saying(NotifierUnavailable, match="No notification daemon"):
        await desk.notifier.start()


@pytest.mark.parametrize(
    "address", ["unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "no address", "SESSION"]
)
async def test_without_a_bus_it_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    words = "The desktop's session bus can't be reached."
    async with desk.open(address) as notifier:
        with raises_saying(NotifierUnavailable, match=words):
            await notifier.start()


async def test_a_stopped_start_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda seen: left.append(str(seen.exc_value)))
    for turns in range(12):
        tasks = Tasks(lambda _name, error: left.append(str(error)))
        notifier = FreedesktopNotifier(
            spawn=tasks.spawn, on_activated=lambda *_: None, bus_address=desk.bus.address
        )
        tasks.spawn(notifier.start(), name="start")
        for _ in range(turns):
            await asyncio.sleep(0)
        await tasks.aclose()
        del notifier, tasks
        gc.collect()
    assert left == []


async def test_a_bus_that_goes_away_is_noticed(dunst: Dunst, desk: Desk) -> None:
    await desk.notifier.show(FOUND)
    desk.bus.stop()

    with pytest.raises(NotifierUnavailable):
        await desk.notifier.show(FOUND)
    await desk.notifier.withdraw("finding 1")


async def test_a_daemon_that_hangs_is_given_up(desk: Desk) -> None:
    async with desk.daemon(is_silent=True), desk.open(call_limit_s=0.2) as notifier:
        with raises_saying(NotifierUnavailable, match=r"didn't respond within 0\.2 s"):
            await notifier.start()


async def test_a_daemon_without_markup_and_actions_gets_neither(desk: Desk) -> None:
    async with desk.daemon() as daemon:
        await desk.notifier.show(Notification("key", "title", "a < b", actions=FOUND.actions))

    [(_app, _replaces, _icon, title, body, actions, _hints, _expires)] = daemon.shown
    assert (title, body, actions) == ("title", "a < b", [])


async def test_an_error_of_the_daemon_is_named(desk: Desk) -> None:
    async with desk.daemon():
        await desk.notifier.show(FOUND)
        with raises_saying(NotifierUnavailable, match="refused"):
            await desk.notifier.withdraw(FOUND.key)


@pytest.mark.parametrize("member", ["GetCapabilities", "GetServerInformation", "Notify"])
async def test_an_answer_of_another_kind_is_a_refusal(desk: Desk, member: str) -> None:
    async with desk.daemon() as daemon:
        daemon.says_nothing_to = {member}
        with raises_saying(NotifierUnavailable, match="refused"):
            await desk.notifier.show(FOUND)


async def test_a_property_without_a_value_is_none(desk: Desk) -> None:
    async with desk.daemon() as daemon:
        daemon.says_nothing_to = {"Get"}
        assert await desk.notifier.show(FOUND)
        assert len(daemon.shown) == 1


async def test_no_other_process_can_press_or_dismiss(desk: Desk) -> None:
    async with desk.daemon("actions") as daemon:
        await desk.notifier.show(FOUND)
        await desk.forge("ActionInvoked", "us", 1, "forged")
        await desk.forge("NotificationClosed", "uu", 1, 2)

        await daemon.act(1, "mute")
        assert await desk.click() == (FOUND.key, "mute")
        assert desk.notifier.is_shown(FOUND.key)
        await daemon.close(1)
        await daemon.act(1, "mute")
        await desk.notifier.show(Notification("scan 1", "Scan finished"))  # a round trip
        assert not desk.notifier.is_shown(FOUND.key)
        assert desk.clicks.empty()


async def test_a_click_lets_a_window_show(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = "XDG_ACTIVATION_TOKEN"
    monkeypatch.setenv(variable, "")
    async with desk.daemon("actions") as daemon:
        await desk.notifier.show(FOUND)
        await desk.forge("ActivationToken", "us", 1, "forged")
        await daemon.give_token(7, "of another")
        await daemon.act(1, "mute")
        assert await desk.click() == (FOUND.key, "mute")
        assert os.environ[variable] == ""

        await daemon.give_token(1, "gnome-shell/1")
        await daemon.act(1, "mute")
        assert await desk.click() == (FOUND.key, "mute")
        assert os.environ[variable] == "gnome-shell/1"


async def test_only_the_bus_reports_the_owner_of_the_daemon(desk: Desk) -> None:
    async with desk.daemon("actions") as daemon:
        await desk.notifier.show(FOUND)
        changed = ("NameOwnerChanged", "sss", notification_daemons.NOTIFICATIONS, ":1.0", "")
        await notification_daemons.forge(desk.bus.address, notification_daemons.BUS, *changed)
        await daemon.act(1, "mute")
        assert await desk.click() == (FOUND.key, "mute")
        assert desk.notifier.is_shown(FOUND.key)


async def test_the_daemon_that_comes_after_another_is_believed(desk: Desk) -> None:
    async with desk.daemon("actions"):
        await desk.notifier.show(FOUND)
    async with desk.daemon("actions") as second:
        await desk.notifier.show(Notification("finding 2", "Critical: path traversal"))
        await second.act(1, "mute")
        assert await desk.click() == ("finding 2", "mute")


@pytest.mark.parametrize("has_sound", [True, False])
async def test_a_daemon_with_sounds_is_asked_to_play_one(desk: Desk, *, has_sound: bool) -> None:
    async with desk.daemon("sound") as daemon:
        await desk.notifier.show(Notification("key", "title", has_sound=has_sound))

    hints = daemon.shown[0][6]
    assert ("sound-name" in hints, "suppress-sound" in hints) == (has_sound, not has_sound)


async def test_a_daemon_without_sounds_is_asked_for_none(desk: Desk) -> None:
    async with desk.daemon() as daemon:
        await desk.notifier.show(Notification("key", "title", has_sound=True))

    assert set(daemon.shown[0][6]) == {"urgency", "desktop-entry"}
    assert daemon.shown[0][2] == "heimdall-desktop", "the icon of the installed entry"


async def test_a_daemon_that_is_not_to_disturb_is_not_gone_round(desk: Desk) -> None:
    loud = replace(FOUND, has_sound=True)
    async with desk.daemon("sound") as daemon:
        daemon.properties[INHIBITED] = ("b", True)
        assert not await desk.notifier.show(loud)
        daemon.properties[INHIBITED] = ("b", False)
        assert await desk.notifier.show(loud)

    quiet, plain = (shown[6] for shown in daemon.shown)
    assert (quiet["urgency"], "suppress-sound" in quiet) == (("y", NORMAL), True)
    assert (plain["urgency"], "sound-name" in plain) == (("y", CRITICAL), True)


@pytest.mark.parametrize(("reported", "is_held"), [("false", True), ("true", False), ("", False)])
async def test_gnome_is_asked_by_its_settings(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, reported: str, is_held: bool
) -> None:
    command = tmp_path / "gsettings"
    wanted = "get org.gnome.desktop.notifications show-banners"
    command.write_text(f'#!/bin/sh\n[ "$*" = "{wanted}" ] && echo {reported}\n', encoding="utf-8")
    command.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path) if reported else "/nowhere")
    async with desk.daemon() as daemon:
        daemon.name = "gnome-shell"
        assert await desk.notifier.show(FOUND) is not is_held
    assert daemon.shown[0][6]["urgency"] == ("y", NORMAL if is_held else CRITICAL)


async def test_what_dunst_holds_back_is_said_to_be_held_back(dunst: Dunst, desk: Desk) -> None:
    await asyncio.to_thread(dunst.control, "set-paused", "true")
    assert not await desk.notifier.show(FOUND)
    assert desk.notifier.is_shown(FOUND.key)
    assert dunst.displayed() == 0

    await asyncio.to_thread(dunst.control, "set-paused", "false")
    assert await desk.notifier.show(FOUND)
    assert dunst.displayed() == 1


# -- what a session leaves that was killed --


async def test_a_killed_sessions_rest_is_removed(dunst: Dunst, desk: Desk, tmp_path: Path) -> None:
    async with desk.open() as stranger, desk.open(memory=desk.memory) as killed:
        await stranger.show(Notification("other", "Of another program"))
        await killed.show(FOUND)
        await killed.show(Notification("finding 2", "Critical: path traversal"))
    assert dunst.displayed() == 3

    async with desk.open(memory=desk.memory) as next_one:
        await next_one.start()
        assert dunst.displayed() == 1
        await next_one.show(FOUND)
        assert dunst.displayed() == 2
        await next_one.withdraw(FOUND.key)
    assert b'"numbers":[]' in desk.memory.read_bytes()
    assert dunst.displayed() == 1
    assert dunst.history()[0]["summary"] == "Of another program", "the one that was closed last"


async def test_the_numbers_of_another_daemon_are_left_alone(desk: Desk) -> None:
    async with desk.daemon(), desk.open(memory=desk.memory) as killed:
        await killed.show(FOUND)
    async with desk.daemon() as second, desk.open(memory=desk.memory) as next_one:
        second.can_close = True
        await next_one.start()
        assert second.closed == []


@pytest.mark.parametrize("content", [b"", b"[" * 5000, b'{"daemon": 7}', b"\xff"])
async def test_a_damaged_memory_closes_nothing(desk: Desk, content: bytes) -> None:
    desk.memory.write_bytes(content)
    async with desk.daemon() as daemon, desk.open(memory=desk.memory) as notifier:
        daemon.can_close = True
        await notifier.start()
        await notifier.show(FOUND)
    assert daemon.closed == []
    assert b'"numbers":[1]' in desk.memory.read_bytes()


async def test_without_notes_all_is_shown(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.memory = desk.memory.parent / "no folder" / "notifications.json"
    with caplog.at_level(logging.CRITICAL, "heimdall.notify"):
        async with desk.daemon() as daemon, desk.open(memory=desk.memory) as notifier:
            await notifier.start()
            await notifier.show(FOUND)
    assert len(daemon.shown) == 1
