"""The switch with its words."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import NotAllRead, PageUnreadable, Reason
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.time_text import minute_text
from heimdall_desktop.widgets.board.new_scans_switch import NewScansSwitch
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part, press_key
from tests.fakes.requests import RecordedRequests

NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
SERVER = ServerUrl("https://heimdall.corp.example")


@pytest.mark.parametrize("is_foot", [True, False])
def test_key_and_click_on_the_words_switch_it(theme: Theme, qtbot: QtBot, is_foot: bool) -> None:
    switched, preferences = list[bool](), RecordedRequests().preferences
    widget = NewScansSwitch(preferences, is_foot=is_foot)
    qtbot.addWidget(widget)
    widget.show()
    preferences.follow(lambda settings: switched.append(settings.watches_new))
    switch = part(widget, QCheckBox, "watch-new-scans")
    assert switch.accessibleName() == "Auto-watch new scans"
    press_key(switch, Qt.Key.Key_Space)
    words = QPoint(20, 8) if is_foot else QPoint(widget.width() - 20, 8)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=words)
    assert switched == [False, True, False]


def checked(widget: NewScansSwitch) -> QLabel:
    return part(widget, QLabel, "last-looked")


def test_the_last_check_is_shown_and_in_little_room_only_a_problem(
    theme: Theme, qtbot: QtBot
) -> None:
    widget = NewScansSwitch(RecordedRequests().preferences, is_foot=True)
    qtbot.addWidget(widget)
    widget.resize(600, 24)
    widget.show()
    widget.show_checks(ServerState(SERVER, looked_at=NOW), NOW)
    assert not checked(widget).isVisible()  # it is off
    widget.show_on(is_on=True)
    assert checked(widget).isVisible()
    assert checked(widget).text() == f"Checked {minute_text(NOW)}"
    widget.resize(240, 24)
    assert not checked(widget).isVisible()
    widget.show_checks(ServerState(SERVER, Standing.SIGNED_OUT, NOW, looked_at=NOW), NOW)
    assert checked(widget).isVisible()
    assert checked(widget).geometry().right() <= widget.width()
    switch = part(widget, QCheckBox, "watch-new-scans")
    shown = f"Checked {minute_text(NOW)}. Can't check now: signed out"
    assert switch.accessibleDescription() == shown


def test_pages_that_cannot_be_read_are_a_reason_too(theme: Theme, qtbot: QtBot) -> None:
    widget = NewScansSwitch(RecordedRequests().preferences, is_foot=False)
    qtbot.addWidget(widget)
    widget.show_on(is_on=True)
    error = PageUnreadable(Reason.PAGE_MISSING, host="h.test")
    widget.show_checks(ServerState(SERVER, error=error), NOW)
    assert checked(widget).text() == "Can't check"
    assert cause(error) in checked(widget).toolTip()


def test_an_incomplete_check_shows_what_is_missing(theme: Theme, qtbot: QtBot) -> None:
    widget = NewScansSwitch(RecordedRequests().preferences, is_foot=False)
    qtbot.addWidget(widget)
    widget.show_on(is_on=True)
    lacks = NotAllRead(Reason.REPOS_UNREAD, missing=2, total=40)
    widget.show_checks(ServerState(SERVER, looked_at=NOW, lacks=lacks), NOW)
    shown = f"Checked {minute_text(NOW)}"
    assert checked(widget).text() == shown
    switch = part(widget, QCheckBox, "watch-new-scans")
    assert switch.accessibleDescription() == f"{shown}. Couldn't load everything: {cause(lacks)}"


def test_showing_a_state_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    preferences = RecordedRequests().preferences
    widget = NewScansSwitch(preferences, is_foot=True)
    qtbot.addWidget(widget)
    widget.show_on(is_on=True)
    assert part(widget, QCheckBox, "watch-new-scans").isChecked()
    assert not preferences.settings.watches_new
