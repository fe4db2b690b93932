"""What is looked for is in sight, and the row at the top is whole."""

from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings.group_row import StickyHead
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.hands import part
from tests.fakes.pixels import longest_line, places
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
    return shown


def top(shown: ShownTable) -> int:
    """Return how far the row at the top begins above the edge."""
    return shown.table.rowViewportPosition(shown.table.rowAt(0))


def is_selected_in_sight(shown: ShownTable) -> bool:
    rect = shown.table.visualRect(shown.table.currentIndex())
    return shown.table.viewport().rect().contains(rect)


def resize(shown: ShownTable, height: int) -> None:
    shown.pane.resize(shown.pane.width(), height)
    shown.settle()


def scroll(shown: ShownTable, row: int) -> None:
    shown.table.verticalScrollBar().setValue(row * shown.table.rowHeight(0))


@pytest.mark.parametrize("height", [400, 413, 427])
def test_jumps_end_at_the_edge_of_a_row(shown: ShownTable, height: int) -> None:
    shown.read(aged(n) for n in range(300))
    resize(shown, height)
    edges = [top(shown)]
    shown.read(aged(n) for n in range(300, 310))
    edges.append(top(shown))
    assert shown.table.is_following
    for number in (150, 9, 301):
        assert shown.table.show_finding(finding_id(number))
        assert is_selected_in_sight(shown)
        edges.append(top(shown))
    shown.press(Qt.Key.Key_End)
    edges.append(top(shown))
    assert edges == [0] * 6


def test_the_selected_row_stays_in_sight_when_the_table_gets_lower(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(200))
    scroll(shown, 100)
    shown.table.show_finding(finding_id(108))
    for height in (240, 160, 500):
        resize(shown, height)
        assert is_selected_in_sight(shown)
        assert top(shown) == 0
    scroll(shown, 20)
    resize(shown, 260)
    assert shown.table.rowAt(0) == 20, "it was out of sight, and stays there"


def test_a_finding_far_away_is_brought_into_sight(shown: ShownTable, qtbot: QtBot) -> None:
    shown.read(aged(n) for n in range(500))
    with qtbot.waitSignal(shown.table.finding_selected) as caught:
        assert shown.table.show_finding(finding_id(7))
    assert caught.args == [finding_id(7)]
    assert is_selected_in_sight(shown)


@pytest.mark.parametrize("height", [400, 413])
def test_keys_scroll_from_row_to_row(shown: ShownTable, height: int) -> None:
    shown.read(aged(n) for n in range(200))
    resize(shown, height)
    scroll(shown, 0)
    for key in [Qt.Key.Key_Down] * 14 + [Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp]:
        shown.press(key)
        assert is_selected_in_sight(shown)
        assert top(shown) == 0
    shown.table.step(20)
    assert is_selected_in_sight(shown)
    assert top(shown) == 0


def test_a_table_that_is_scrolled_sideways_stays_so(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(300))
    wide = partial(TableLayout.with_width, column=Column.FINDING, width_px=1500)
    shown.pane.table_state.change(wide)
    shown.settle()
    across = shown.table.horizontalScrollBar()
    across.setValue(300)
    scroll(shown, 100)
    assert shown.table.sight.holds(101)
    shown.table.sight.show(101)
    assert shown.table.rowAt(0) == 100
    shown.table.sight.show(200)
    assert shown.table.sight.holds(200)
    assert across.value() == 300


def test_the_row_at_the_top_is_whole_after_an_error_too(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(300))
    shown.table.verticalScrollBar().setValue(0)
    with pytest.raises(ZeroDivisionError):
        _fail_while_scrolling(shown)
    assert top(shown) == 0


def _fail_while_scrolling(shown: ShownTable) -> None:
    with shown.table.sight.whole_rows():
        shown.table.verticalScrollBar().setValue(11)
        raise ZeroDivisionError


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


def test_the_row_under_the_pointer_is_marked_while_keys_scroll(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(90))
    shown.press(Qt.Key.Key_End)
    shown.press(Qt.Key.Key_PageUp)
    pointer = shown.table.visualRect(shown.model.index(shown.table.rowAt(0) + 2, 1)).center()
    QTest.mouseMove(shown.table.viewport(), pointer)
    shown.settle()
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    assert delegate.hovered_row == shown.table.rowAt(pointer.y())
    for _ in range(12):
        shown.press(Qt.Key.Key_Up)
        assert delegate.hovered_row == shown.table.rowAt(pointer.y())
