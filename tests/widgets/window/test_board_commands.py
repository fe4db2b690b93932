"""Commands for scans tell which scan they are about."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QListView

from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.palette_model import LINE_ROLE
from heimdall_desktop.presentation.board.card import Card
from heimdall_desktop.presentation.window.command import Group
from heimdall_desktop.widgets.controls.scan_marks import MUTE_KEYS
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.board_commands import board_keys
from heimdall_desktop.widgets.window.scan_window import ScanHead
from tests.fakes.board_scans import ScanStory
from tests.fakes.hands import part, press
from tests.fakes.inbox_lines import make_failed_line
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    yield shown
    shown.close()


def titles(shown: ShownWindow, text: str) -> list[str]:
    shown.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = part(shown.window, QLineEdit, "palette-input")
    field.setText(text)
    field.textEdited.emit(text)
    model = part(shown.window, QListView, "palette-list").model()
    lines = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    shown.press(Qt.Key.Key_Escape)
    return [line.title for line in lines]


def test_scans_of_one_repository_are_distinguished_as_on_the_board(shown: ShownWindow) -> None:
    shown.watch("auth")
    shown.watch("shop")
    shown.stories["shop"].run([30, 90], 48)
    assert titles(shown, "new window shop") == ["Open in new window: shop"]
    other = ScanStory(shown.store, shown.time, "shop", number=3)
    other.run([30], 5, end="failed", status="failed")
    shown.ticker.flush()
    cards = [*filter(None, map(shown.board.model.card, shown.board.scan_ids))]
    marks = [card.mark for card in cards if card.mark]
    expected = [f"Open in new window: shop {mark}" for mark in marks]
    assert len(marks) == 2
    assert sorted(titles(shown, "new window shop")) == sorted(expected)
    assert titles(shown, "new window auth") == ["Open in new window: auth"]


def test_keys_of_the_board_do_what_the_sheet_says(shown: ShownWindow) -> None:
    shown.watch_twelve()
    reported = {note.keys for note in board_keys() if note.group is Group.SCANS}
    assert reported == {("Space",), ("Return",), ("Left", "Right"), ("Menu",)}
    view = shown.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Space)
    scope = shown.findings.scope
    assert scope == shown.board.scan_ids[0]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert shown.findings.scope is None
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.panel.shown_scan_id == scope
    QTest.keyClick(view, Qt.Key.Key_Right)  # to the running one, which finds nothing by itself
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.findings.filter_state.text.startswith("stage:")


def test_a_key_mutes_the_scan_in_scope_and_its_card_says_so(shown: ShownWindow) -> None:
    auth, shop = shown.watch("auth"), shown.watch("shop")
    shown.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    scope = shown.scope()
    assert scope in (auth, shop)
    assert scope is not None
    QTest.keySequence(shown.window, QKeySequence(MUTE_KEYS))

    def card(scan_id: ScanId) -> Card:
        found = shown.board.model.card(scan_id)
        assert found is not None
        return found

    reported = f"Muted until {(shown.time.at + MUTE_FOR).astimezone():%H:%M}"
    assert card(scope).mute[0] == reported
    assert reported in card(scope).sentence
    assert card(shop if scope == auth else auth).mute == ()
    assert f"Unmute this scan: {card(scope).name}" in titles(shown, "unmute")
    shown.time.pass_s(MUTE_FOR.total_seconds())
    shown.ticker.second.emit()
    assert card(scope).mute == ()


def test_on_a_line_of_the_inbox_the_key_mutes_its_scan(shown: ShownWindow) -> None:
    scan_id = shown.watch("auth")
    shown.watch("shop")
    shown.inbox.put(make_failed_line(scan_id=scan_id))
    shown.window.show_inbox()
    shown.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keySequence(shown.window, QKeySequence(MUTE_KEYS))
    card = shown.board.model.card(scan_id)
    assert card is not None
    assert card.mute[0].startswith("Muted until")


def test_the_key_mutes_the_scan_of_the_open_finding_or_the_only_one(shown: ShownWindow) -> None:
    shop = shown.watch("shop")
    mute = QKeySequence(MUTE_KEYS)
    QTest.keySequence(shown.window, mute)
    assert [each.scan_id for each in shown.requests.preferences.settings.alerts.muted] == [shop]
    auth = shown.watch("auth")
    shown.requests.preferences.change_setting("alerts", AlertChoices())
    QTest.keySequence(shown.window, mute)
    assert shown.requests.preferences.settings.alerts == AlertChoices(), "which one is not said"
    shown.window.open_finding(shown.read("auth")[0].id)
    QTest.keySequence(shown.window, mute)
    assert [each.scan_id for each in shown.requests.preferences.settings.alerts.muted] == [auth]


def test_a_torn_off_scan_is_muted_by_the_key_and_says_so(shown: ShownWindow) -> None:
    scan_id = shown.watch("auth")
    shown.window.scan_windows.tear_off(scan_id)
    [window] = shown.window.scan_windows
    QTest.qWaitForWindowActive(window)
    QTest.keySequence(window, QKeySequence(MUTE_KEYS))
    head = part(window, ScanHead, "scan_head")
    assert "Muted until" in head.accessibleDescription()


def test_the_palette_cancels_repeats_and_stops_a_scan(shown: ShownWindow) -> None:
    shown.watch("shop")
    shown.stories["shop"].run([30, 90], 48)
    scan_id = shown.id("shop")
    assert titles(shown, "cancel scan") == ["Cancel scan: shop\u2026"]
    assert titles(shown, "scan again") == ["Scan again: shop"]
    assert titles(shown, "stop watching") == ["Stop watching: shop"]
    commands = {command.id: command for command in shown.window.commands.commands()}
    assert commands[f"scan-again {scan_id}"].obstacle() == "This scan hasn't ended yet."
    commands[f"cancel-scan {scan_id}"].act()
    press(part(shown.window, QDialog, "question"), "Cancel scan")
    assert shown.asked("cancel") == [(scan_id,)]
    commands[f"stop-watching {scan_id}"].act()
    assert shown.asked("stop") == [(scan_id,)]
