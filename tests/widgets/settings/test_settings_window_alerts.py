"""The page Alerts: what is switched there holds at once, by pointer and by keys."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from heimdall_desktop.domain.facts.choices import AlertChoices, PrivacyChoices, QuietSpan, Redaction
from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.domain.facts.self_test import SelfTestAnswer, SelfTestPart
from heimdall_desktop.presentation.window.setting import Page
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.settings.editor_rows import HoursRow
from heimdall_desktop.widgets.settings.setting_rows import LinkRow, SettingRow
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from tests.fakes.hands import click, part, press_key, type_text
from tests.fakes.shown_window import ShownWindow

DESKTOP, INBOX, SOUND = range(3)


@pytest.fixture(autouse=True)
def page(settings: SettingsWindow) -> None:
    settings.turn_to(Page.ALERTS)


def alerts(shown: ShownWindow) -> AlertChoices:
    return shown.requests.preferences.settings.alerts


def privacy(shown: ShownWindow) -> PrivacyChoices:
    return shown.requests.preferences.settings.privacy


def choose(shown: ShownWindow, choices: AlertChoices) -> None:
    shown.requests.preferences.change_setting("alerts", choices)
    shown.window.refresh_settings()


def switch(settings: SettingsWindow, event: str, column: int) -> Switch:
    return part(settings, Switch, f"set-event-{event}-{column}")


def says(settings: SettingsWindow, setting: str) -> str:
    row = part(settings, SettingRow, f"setting-{setting}")
    return " ".join(label.text() for label in row.findChildren(QLabel))


def test_an_event_is_told_where_its_switches_say(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    desktop, sound = switch(settings, "critical", DESKTOP), switch(settings, "critical", SOUND)
    assert (desktop.accessibleName(), sound.accessibleName()) == (
        "New critical finding: Desktop",
        "New critical finding: Sound",
    )
    assert sound.isChecked()
    desktop.setFocus()
    press_key(desktop, Qt.Key.Key_Space)
    choice = alerts(shown).of("critical")
    assert (choice.on_desktop, choice.is_unread, choice.has_sound) == (False, True, True)
    assert not sound.isEnabled()
    assert not sound.isChecked()
    assert sound.accessibleDescription().endswith("Sound requires a desktop notification.")
    click(desktop)
    assert sound.isEnabled()
    assert sound.isChecked()  # as it was chosen before
    click(switch(settings, "finished", INBOX))
    assert alerts(shown).of("finished").is_unread


def test_quiet_hours_have_lines_of_days_and_times(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    click(part(settings, Switch, "set-quiet-hours"))
    assert alerts(shown).is_quiet
    saturday = part(settings, QPushButton, "set-quiet-hours-0-day-5")
    assert saturday.accessibleName() == "Quiet hours, line 1: Saturday"
    click(saturday)
    click(part(settings, QPushButton, "set-quiet-hours-0-day-6"))
    assert alerts(shown).quiet_hours == (QuietSpan((0, 1, 2, 3, 4)),)
    assert "the next day" in says(settings, "quiet-hours-0")
    click(part(settings, QPushButton, "set-add-quiet-hours"))
    for name, typed in (("start", "0"), ("end", "24:00")):
        field = part(settings, QLineEdit, f"set-quiet-hours-1-{name}")
        field.setFocus()
        field.selectAll()
        type_text(field, typed)
        press_key(field, Qt.Key.Key_Return)
    assert alerts(shown).quiet_hours[1] == QuietSpan(start_min=0, end_min=1440)
    assert "all day" in says(settings, "quiet-hours-1")
    press_key(part(settings, QLineEdit, "set-quiet-hours-1-end"), Qt.Key.Key_Down)
    assert alerts(shown).quiet_hours[1].end_min == 1410
    click(part(settings, QPushButton, "remove-quiet-hours-0"))
    assert alerts(shown).quiet_hours == (QuietSpan(start_min=0, end_min=1410),)
    click(part(settings, QPushButton, "remove-quiet-hours-0"))
    assert alerts(shown).quiet_hours == ()
    assert [row for row in settings.findChildren(HoursRow) if row.isVisible()] == []
    assert "No days are selected." in says(settings, "quiet-hours")


def test_what_is_no_time_changes_nothing_and_is_not_taken_away_while_it_is_typed(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    field = part(settings, QLineEdit, "set-quiet-hours-0-start")
    field.setFocus()
    field.selectAll()
    type_text(field, "25:00")
    press_key(field, Qt.Key.Key_Return)
    settings.refresh()
    assert field.text() == "25:00"
    assert alerts(shown) == AlertChoices()
    field.clearFocus()
    settings.refresh()
    assert field.text() == "22:00"


def test_a_time_stays_selected_and_as_it_is_typed_while_seconds_pass(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    field = part(settings, QLineEdit, "set-quiet-hours-0-end")
    field.setFocus()
    field.selectAll()
    settings.refresh()
    assert field.selectedText() == "07:00"
    for letter, text in (("7", "7"), (":", "7:"), ("3", "7:3"), ("0", "7:30")):
        type_text(field, letter)
        settings.refresh()
        assert field.text() == text
    press_key(field, Qt.Key.Key_Return)
    assert (field.text(), alerts(shown).quiet_hours[0].end_min) == ("07:30", 450)


def test_content_is_hidden(shown: ShownWindow, settings: SettingsWindow) -> None:
    control = part(settings, QWidget, "set-redaction")
    [always] = [b for b in control.findChildren(QWidget) if b.accessibleName() == "Always"]
    click(always)
    assert privacy(shown).redaction is Redaction.ALWAYS


def test_a_scan_is_muted_by_a_menu_and_its_mute_ended(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    scan_id = shown.id("shop")
    click(part(settings, SettingRow, "setting-muted").control)
    [opened] = [menu for menu in settings.findChildren(QMenu) if menu.isVisible()]
    ways = opened.actions()[0].menu()
    assert isinstance(ways, QMenu)
    assert opened.actions()[0].text() == "shop"
    ways.actions()[0].trigger()
    opened.close()
    now = shown.time.now()
    assert alerts(shown).muted_until(scan_id, now) == now + timedelta(hours=1)
    [row] = [row for row in settings.findChildren(LinkRow) if row.setting.id == f"muted {scan_id}"]
    assert "until " in says(settings, f"muted {scan_id}")
    assert row.control.accessibleName() == "shop: Unmute"
    assert not part(settings, SettingRow, "setting-muted").control.isEnabled()
    choose(shown, alerts(shown).with_mute_to_the_end(scan_id))
    assert "until it ends" in says(settings, f"muted {scan_id}")
    row.control.setFocus()
    press_key(row.control, Qt.Key.Key_Space)
    assert alerts(shown).muted_to_the_end == ()
    assert QApplication.focusWidget() is not None


def test_delivery_says_who_shows_notifications_and_tests_it(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    assert "org.freedesktop.Notifications." in says(settings, "delivery")
    click(part(settings, SettingRow, "setting-delivery").control)
    assert shown.asked("self_test") == [(SelfTestPart.NOTIFICATIONS,)]
    now, test = shown.time.now(), shown.requests.self_test
    test.answers = (
        SelfTestAnswer(SelfTestPart.NOTIFICATIONS, "org.freedesktop.Notifications", 0.004, at=now),
    )
    shown.requests.waiting[-1](None)
    assert "accepted in 4 ms." in says(settings, "delivery")
    no = NotifierUnavailable(Reason.NO_SESSION_BUS)
    test.answers = (replace(test.answers[0], error=no),)
    settings.refresh()
    assert "not shown. The desktop's session bus can't be reached." in says(settings, "delivery")
    stays = part(settings, Switch, "set-stays")
    assert stays.isChecked()
    click(stays)
    assert not alerts(shown).stays


def test_its_rows_are_found_by_their_words(settings: SettingsWindow) -> None:
    head = next(label for label in settings.findChildren(QLabel) if label.text() == "Sound")
    for wanted, expected, has_head in (
        ("sound failed", ["event-failed"], True),
        ("still counted", ["muted"], False),
        ("all when locked", [], False),
        ("never", ["redaction"], False),
    ):
        settings.search.edit.setText(wanted)
        found = [row.setting.id for row in settings.findChildren(SettingRow) if row.isVisible()]
        assert (found, head.isVisible()) == (expected, has_head)
