"""Notifications name nothing while that is chosen, locked or presented, those that stand too."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.preferences import Preferences, Privacy
from heimdall_desktop.domain.facts.change import FindingReplaced
from heimdall_desktop.domain.facts.choices import PrivacyChoices, Redaction, Settings
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.services.settings import SettingsFile
from tests.application.test_alerting import Desk, critical
from tests.fakes.notification_daemons import PrivateBus, ScriptedDaemon, scripted_daemon

OPEN = "Open Heimdall to see it"


def words(daemon: ScriptedDaemon) -> list[tuple[str, str, list[str]]]:
    """Title, body and buttons of each notification, in order."""
    return [(shown[3], shown[4], shown[5]) for shown in daemon.shown]


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(SettingsFile(tmp_path / "settings.toml", Settings))


def test_content_is_hidden_by_choice_lock_and_presenting(preferences: Preferences) -> None:
    privacy, reported = Privacy(preferences), list[tuple[bool, bool]]()
    privacy.on_hidden = lambda *hidden: reported.append(hidden)
    privacy.see_lock(True)
    preferences.change_setting("privacy.is_presenting", True)
    preferences.change_setting("privacy.is_presenting", False)
    privacy.see_lock(False)
    preferences.change_setting("privacy.redaction", Redaction.NEVER)
    privacy.see_lock(True)
    preferences.change_setting("privacy.redaction", Redaction.ALWAYS)
    privacy.see_lock(None)
    preferences.change_setting("privacy", PrivacyChoices(Redaction.NEVER, is_presenting=True))
    hidden = [(True, False), (True, True), (True, False), (False, False), (True, False)]
    assert reported == [*hidden, (True, True)]
    assert not privacy.knows_lock


def test_a_focused_wallboard_redacts_notifications(preferences: Preferences) -> None:
    privacy, reported = Privacy(preferences), list[tuple[bool, bool]]()
    privacy.on_hidden = lambda *hidden: reported.append(hidden)
    privacy.see_wallboard(is_in_focus=True)
    preferences.change_setting("privacy.redaction", Redaction.NEVER)
    privacy.see_wallboard(is_in_focus=False)
    assert reported == [(True, False), (False, False)]


def test_presenting_outlives_a_restart(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", Settings)
    file.save(replace(Settings(), privacy=PrivacyChoices(is_presenting=True)))
    preferences, told = Preferences(file), []
    privacy = Privacy(preferences)
    privacy.on_hidden = lambda *hidden: told.append(hidden)
    preferences.load()
    assert told == [(True, True)]


async def test_redacted_notifications_of_one_kind_are_one_and_open_the_inbox(
    bus: PrivateBus,
) -> None:
    desk = Desk()
    opened = asyncio.Queue[str]()
    desk.alerting.on_inbox_wanted = lambda: opened.put_nowait("inbox")
    async with scripted_daemon(bus.address, "actions") as daemon, asyncio.timeout(10):
        daemon.can_close = True
        await desk.alerting.start()
        desk.find(1)
        desk.find_elsewhere(2)
        await desk.until_newest("Shown on the desktop")
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.fail()
        await desk.until_newest("Shown on the desktop")
        changed = replace(critical(1), severity=Severity.LOW)
        desk.alerting.take([FindingReplaced(changed, critical(1))])
        desk.now_s += 100
        desk.alerting.tick()
        desk.find(3)
        await desk.until_newest("Shown on the desktop")
        assert [(shown[1], *shown[3:6:2]) for shown in daemon.shown[2:]] == [
            (1, "2 new critical findings", ["default", "Show inbox"]),
            (0, "A scan failed", ["default", "Open", "mute", "Mute for 1 h"]),
            (3, "New critical finding", ["default", "Open", "mute", "Mute for 1 h"]),
            (5, "2 new critical findings", ["default", "Show inbox"]),
        ]
        assert daemon.closed == [2]
        await daemon.act(6, "default")
        assert await opened.get() == "inbox"
        await desk.aclose()
    assert sorted(daemon.closed) == [2, 4, 6]
    assert desk.opened == []


async def test_notifications_that_stand_are_replaced_as_hiding_begins(bus: PrivateBus) -> None:
    desk = Desk()
    async with scripted_daemon(bus.address, "actions", "sound") as daemon:
        await desk.alerting.start()
        desk.find(1)
        await desk.until_newest("Shown on the desktop")
        desk.fail()
        await desk.until_newest("Shown on the desktop")
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.find_elsewhere(2)  # is told after that
        await desk.until_newest("Shown on the desktop")
        button = ["default", "Open", "mute", "Mute for 1 h"]
        hidden = [
            ("New critical finding", OPEN, button),
            ("A scan failed", OPEN, button),
            ("2 new critical findings", OPEN, ["default", "Show inbox"]),
        ]
        assert words(daemon)[2:] == hidden
        assert [shown[1] for shown in daemon.shown] == [0, 0, 1, 2, 3], "in place of the others"
        sounds = ["sound-name" in shown[6] for shown in daemon.shown]
        assert sounds == [True, True, False, False, True], "what was heard is not heard again"
        desk.alerting.hide(on_desktop=True, in_window=True)
        desk.alerting.hide(on_desktop=False, in_window=False)
        desk.now_s += 20
        desk.alerting.tick()
        desk.find(3)
        await desk.until_newest("Shown on the desktop")
        assert len(daemon.shown) == 7, "what is hidden stays so"
        assert daemon.shown[5][3] == "New critical finding", "the other one"
        assert "payments-api" in daemon.shown[6][3] + daemon.shown[6][4]
        await desk.aclose()


async def test_what_is_on_its_way_as_hiding_begins_is_replaced_too(bus: PrivateBus) -> None:
    desk = Desk()
    async with scripted_daemon(bus.address) as daemon:
        await desk.alerting.start()
        desk.find(1)
        async with asyncio.timeout(10):
            await daemon.has_shown.wait()
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.find(2)
        desk.find_elsewhere(3)
        await desk.until_newest("Shown on the desktop")
        titles = [title for title, _, _ in words(daemon)]
        assert titles[0].startswith("Critical: ")
        assert titles[1:] == ["New critical finding", "2 new critical findings"]
        assert [shown[1] for shown in daemon.shown] == [0, 1, 2]
        await desk.aclose()


async def test_a_notification_that_cannot_be_replaced_is_taken_back(bus: PrivateBus) -> None:
    desk = Desk()
    async with scripted_daemon(bus.address) as daemon:
        daemon.can_close = True
        await desk.alerting.start()
        desk.find(1)
        await desk.until_newest("Shown on the desktop")
        daemon.can_show = False
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.find_elsewhere(2)
        await desk.until_newest("Window only: refused by the desktop")
        assert daemon.closed == [1]
        await desk.aclose()


async def test_a_strip_in_the_window_follows_presenting_both_ways(bus: PrivateBus) -> None:
    desk = Desk()
    desk.alerting.is_looked_at = lambda _scan_id: True
    desk.has_strip = True
    async with scripted_daemon(bus.address) as daemon:
        await desk.alerting.start()
        desk.find(1)
        await desk.until_newest("Held back: scan in view")
        full = desk.strips[0]
        desk.alerting.hide(on_desktop=True, in_window=False)
        assert desk.strips == [full], "only whoever has unlocked the screen sees it"
        desk.alerting.hide(on_desktop=True, in_window=True)
        desk.alerting.hide(on_desktop=True, in_window=False)
        assert desk.strips == [full, "New critical finding", full]
        assert daemon.shown == []
        await desk.aclose()
