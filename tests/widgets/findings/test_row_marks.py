"""The row under the pointer is marked, and the one with the keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings.group_row import StickyHead
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.hands import part
from tests.fakes.pixels import longest_line, places
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    return shown


def scroll(shown: ShownTable, row: int) -> None:
    shown.table.verticalScrollBar().setValue(row * shown.table.rowHeight(0))


def hovered(shown: ShownTable) -> int:
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    return delegate.hovered_row


def test_the_row_under_a_resting_pointer_is_marked_while_rows_move(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(100))
    place = shown.table.visualRect(shown.model.index(96, 1)).center()
    QTest.mouseMove(shown.table.viewport(), place)
    assert hovered(shown) == 96
    shown.read(aged(n) for n in range(100, 130))
    assert hovered(shown) == 126
    scroll(shown, 20)
    assert hovered(shown) == shown.table.rowAt(place.y())


def test_no_row_is_marked_once_the_pointer_is_on_a_column_head(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(100))
    viewport = shown.table.viewport()
    QTest.mouseMove(viewport, shown.table.visualRect(shown.model.index(94, 1)).center())
    assert hovered(shown) == 94
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert hovered(shown) == -1


def test_the_ring_is_where_the_keyboard_is(shown: ShownTable, theme: Theme) -> None:
    shown.read(aged(n) for n in range(9))
    shown.table.activateWindow()
    shown.table.setFocus(Qt.FocusReason.OtherFocusReason)
    shown.table.show_finding(finding_id(2))
    by_code, accent = shown.table.grab().toImage(), theme.tokens.accent
    assert longest_line(places(by_code, accent)) < shown.table.width() / 2
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Up)
    by_key = shown.table.grab().toImage()
    place = shown.table.visualRect(shown.table.currentIndex()).center()
    QTest.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert longest_line(places(by_key, accent)) > shown.table.width() / 2
    assert shown.table.grab().toImage() == by_code
    shown.press(Qt.Key.Key_Shift)  # alone it goes nowhere; with it a click on a head sorts
    assert shown.table.grab().toImage() == by_code


def test_a_click_on_a_head_that_sticks_to_the_top_draws_no_ring(shown: ShownTable) -> None:
    shown.read(aged(n, file_path=f"shop/{n // 30}.py") for n in range(90))
    shown.model.group_by(GroupBy.FILE)
    shown.table.activateWindow()
    shown.table.setFocus(Qt.FocusReason.OtherFocusReason)
    shown.press(Qt.Key.Key_Down)
    scroll(shown, 40)
    QTest.mouseClick(part(shown.pane, StickyHead, "sticky_head"), Qt.MouseButton.LeftButton)
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    assert (shown.table.currentIndex().row(), delegate.ringed_row) == (31, -1)


def test_the_keyboard_comes_in_where_it_can_be_seen(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(100))
    shown.table.activateWindow()
    shown.table.show_finding(finding_id(98))
    shown.table.clearFocus()
    scroll(shown, 10)
    shown.table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert shown.table.rowAt(0) == 10
    shown.table.clearFocus()
    shown.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert shown.table.sight.holds(shown.table.currentIndex().row())
    assert not shown.table.is_following  # though that is the tail
