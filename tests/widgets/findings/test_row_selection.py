"""Selecting rows, and dragging them."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, Column, Order
from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings.findings_header import FindingsHeader
from heimdall_desktop.widgets.findings.row_selection import MOST
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import SCAN_ID, finding_id, make_finding
from tests.fakes.hands import part
from tests.fakes.shown_window import LEFT, ShownTable, ShownWindow, aged

KEY, ROLE = Qt.Key, Qt.ItemDataRole
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BOTH = SHIFT | CONTROL
FLAGS = QItemSelectionModel.SelectionFlag


def middle(shown: ShownTable, row: int) -> QPoint:
    return shown.table.visualRect(shown.model.index(row, 1)).center()


def click(shown: ShownTable, row: int, modifier: Any = NONE, button: Any = LEFT) -> None:
    QTest.mouseClick(shown.table.viewport(), button, modifier, middle(shown, row))
    shown.settle()


def click_box(shown: ShownTable, row: int | None = None) -> None:
    """Click the box of a row, or that of all in the header."""
    header = part(shown.table, FindingsHeader, "findings_header")
    if row is None:
        QTest.mouseClick(header.viewport(), LEFT, pos=header.check_rect().center())
    else:
        place = QPoint(header.check_rect().center().x(), middle(shown, row).y())
        QTest.mouseClick(shown.table.viewport(), LEFT, pos=place)


def chosen(shown: ShownTable) -> list[int]:
    """Return the numbers of the selected findings that pass the filter, in the table's order."""
    return numbers(shown.pane.chosen().shown)


def numbers(finding_ids: Sequence[str]) -> list[int]:
    return [int(found[-12:], 16) for found in finding_ids]


def filled(shown: ShownTable) -> list[int]:
    """Return the rows that Qt was told of, which are painted as selected."""
    return sorted(index.row() for index in shown.table.selectionModel().selectedRows())


def cursor(shown: ShownTable) -> int:
    return shown.table.currentIndex().row()


def test_shift_selects_a_range_and_plain_keys_one_row(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(10))
    click(shown, 3)
    shown.press(KEY.Key_Down, SHIFT)
    shown.press(KEY.Key_Down, SHIFT)
    assert (chosen(shown), filled(shown), cursor(shown)) == ([3, 4, 5], [3, 4, 5], 5)
    for _ in range(3):
        shown.press(KEY.Key_Up, SHIFT)
    assert (chosen(shown), cursor(shown)) == ([2, 3], 2)
    shown.press(KEY.Key_Down)
    assert (chosen(shown), cursor(shown)) == ([3], 3)
    shown.press(KEY.Key_End, SHIFT)
    assert chosen(shown) == [3, 4, 5, 6, 7, 8, 9]
    shown.press(KEY.Key_Home, SHIFT)
    assert chosen(shown) == [0, 1, 2, 3]


def test_a_page_is_added_with_shift(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(100))
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_PageDown, SHIFT)
    assert 5 < cursor(shown) < 20
    assert chosen(shown) == list(range(cursor(shown) + 1))
    for _ in range(2):  # the bar of the selection makes the page lower
        shown.press(KEY.Key_PageUp, SHIFT)
    assert chosen(shown) == [0]


def test_control_moves_the_cursor_alone_and_space_selects_there(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(10))
    click(shown, 2)
    for _ in range(2):
        shown.press(KEY.Key_Down, CONTROL)
    assert (chosen(shown), cursor(shown), shown.table.selected_id) == ([2], 4, finding_id(4))
    shown.press(KEY.Key_Space, CONTROL)
    assert chosen(shown) == [2, 4]
    shown.press(KEY.Key_Down, BOTH)
    assert chosen(shown) == [2, 4, 5]
    shown.press(KEY.Key_Space, CONTROL)
    assert (chosen(shown), cursor(shown)) == ([2, 4], 5)


def test_the_mouse_selects_as_the_keys_do(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(10))
    click(shown, 1)
    click(shown, 4, CONTROL)
    assert chosen(shown) == [1, 4]
    click(shown, 6, SHIFT)
    assert chosen(shown) == [4, 5, 6]
    click(shown, 1, CONTROL)
    click(shown, 2, BOTH)
    assert chosen(shown) == [1, 2, 4, 5, 6]
    click(shown, 4, CONTROL)
    assert (chosen(shown), filled(shown), cursor(shown)) == ([1, 2, 5, 6], [1, 2, 5, 6], 4)
    click(shown, 5)
    assert chosen(shown) == [5]


def test_a_second_click_with_control_is_no_double_click(shown: ShownTable, qtbot: QtBot) -> None:
    shown.read(aged(n) for n in range(4))
    click(shown, 0)
    with qtbot.assertNotEmitted(shown.table.finding_activated):
        click(shown, 2, CONTROL)
        QTest.mouseDClick(shown.table.viewport(), LEFT, CONTROL, middle(shown, 2))
    assert chosen(shown) == [0]


def test_all_that_passes_is_selected_in_closed_groups_too(shown: ShownTable) -> None:
    shown.read(aged(n, file_path=f"shop/{n // 20}.py") for n in range(60))
    shown.pane.filter_state.set_text("-file:1.py")
    shown.model.group_by(GroupBy.FILE)
    shown.model.set_groups_open(are_open=False)
    shown.press(KEY.Key_A, CONTROL)
    assert chosen(shown) == [*range(20), *range(40, 60)]
    assert filled(shown) == [0, 1]
    shown.pane.filter_state.clear()
    shown.settle()
    assert (len(chosen(shown)), shown.pane.chosen().hidden) == (40, 0)
    assert filled(shown) == [0, 2]


def test_the_head_of_a_group_means_its_rows(shown: ShownTable) -> None:
    shown.read(aged(n, file_path=f"shop/{n // 3}.py") for n in range(9))
    shown.model.group_by(GroupBy.FILE)
    shown.press(KEY.Key_Home)
    assert (chosen(shown), filled(shown)) == ([0, 1, 2], [0, 1, 2, 3])
    shown.read([aged(20, file_path="shop/0.py")])
    assert (chosen(shown), filled(shown)) == ([0, 1, 2], [1, 2, 3])
    click(shown, 9, CONTROL)  # of the last group, without opening or closing it
    assert chosen(shown) == [0, 1, 2, 6, 7, 8]
    assert shown.model.rowCount() == 13
    shown.press(KEY.Key_Left)
    shown.press(KEY.Key_Up, SHIFT)
    assert chosen(shown) == [5, 6, 7, 8]


def test_a_range_over_a_closed_group_has_all_its_rows(shown: ShownTable) -> None:
    shown.read(aged(n, file_path=f"shop/{n // 3}.py") for n in range(9))
    shown.model.group_by(GroupBy.FILE)
    shown.press(KEY.Key_Home)
    for _ in range(4):
        shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Left)  # closes the group in the middle
    click(shown, 3)
    for _ in range(3):
        shown.press(KEY.Key_Down, SHIFT)
    assert chosen(shown) == [2, 3, 4, 5, 6]


def test_a_selection_stands_through_sort_filter_groups_and_news(shown: ShownTable) -> None:
    shown.read(aged(n, severity=Severity.LOW if n % 2 else Severity.HIGH) for n in range(8))
    for row in (2, 5, 6):
        click(shown, row, CONTROL)
    shown.model.set_order(Order(Column.FIRST_SEEN, is_descending=True))
    shown.settle()
    assert (chosen(shown), filled(shown)) == ([6, 5, 2], [1, 2, 5])
    shown.model.set_order(NEWEST_LAST)
    shown.pane.filter_state.set_text("sev:high")
    shown.settle()
    assert (chosen(shown), shown.pane.chosen().hidden) == ([2, 6], 1)
    shown.read([aged(30)])
    assert (chosen(shown), shown.pane.chosen().hidden) == ([2, 6], 1)
    shown.pane.filter_state.clear()
    shown.model.group_by(GroupBy.SOURCE)
    shown.settle()
    assert (chosen(shown), filled(shown)) == ([2, 5, 6], [3, 6, 7])
    assert shown.table.selected_id == finding_id(6)


def test_a_frozen_list_keeps_the_selection_and_counts_what_passes_now(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(4))
    shown.pane.filter_state.set_text("status:open")
    shown.press(KEY.Key_A, CONTROL)
    shown.pane.toggle_freeze()
    shown.read([aged(1, status=FindingStatus.FIXED), aged(9)])
    assert (chosen(shown), filled(shown)) == ([0, 2, 3], [0, 1, 2, 3])
    assert shown.pane.chosen().hidden == 1
    shown.press(KEY.Key_A, CONTROL)
    assert shown.pane.chosen().total == 4
    shown.pane.toggle_freeze()
    shown.settle()
    assert (chosen(shown), shown.pane.chosen().hidden, filled(shown)) == ([0, 2, 3], 1, [0, 1, 2])


def test_rows_that_leave_go_out_of_the_selection(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(4))
    shown.press(KEY.Key_A, CONTROL)
    shown.watched.store.remove(SCAN_ID)
    shown.watched.ticker.flush()
    assert (shown.pane.chosen().total, shown.table.selected_id) == (0, None)


def test_a_selection_of_all_ends_no_tail_and_rows_that_come_do_not_join(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(40))
    assert shown.table.anchor.is_following
    shown.table.setFocus()
    shown.press(KEY.Key_A, CONTROL)
    shown.read(aged(n) for n in range(40, 43))
    assert shown.table.anchor.is_following
    assert shown.pane.chosen().total == 40
    assert max(filled(shown)) == 39


def test_only_rows_in_sight_are_reported_to_qt(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(500))
    shown.press(KEY.Key_A, CONTROL)
    assert filled(shown) == list(shown.table.sight.rows)
    shown.table.verticalScrollBar().setValue(100 * shown.table.rowHeight(0))
    assert filled(shown) == list(shown.table.sight.rows)
    shown.pane.resize(shown.pane.width(), 700)
    shown.settle()
    assert filled(shown) == list(shown.table.sight.rows)
    shown.read([aged(600)])
    assert filled(shown) == [row for row in shown.table.sight.rows if row < 500]


def test_the_sentence_of_a_row_says_that_it_is_one_of_several(shown: ShownTable) -> None:
    shown.read(aged(n, file_path="shop/a.py") for n in range(3))

    def said(row: int) -> str:
        return str(shown.model.index(row, 0).data(ROLE.AccessibleTextRole))

    click(shown, 0)
    assert not said(0).endswith("Selected.")
    click(shown, 2, CONTROL)
    assert [said(row).endswith(" Selected.") for row in range(3)] == [True, False, True]
    shown.model.group_by(GroupBy.FILE)
    assert said(0).endswith(" 2 selected.")


def test_assistive_technology_adds_takes_away_and_begins_again(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(6))
    click(shown, 1)
    model, index = shown.table.selectionModel(), shown.model.index
    model.select(index(3, 0), FLAGS.Select | FLAGS.Rows)
    QApplication.processEvents()
    assert (chosen(shown), cursor(shown)) == ([1, 3], 3)
    model.select(index(1, 0), FLAGS.Deselect | FLAGS.Rows)
    QApplication.processEvents()
    assert chosen(shown) == [3]
    shown.press(KEY.Key_A, CONTROL)
    model.clearSelection()
    model.select(index(5, 0), FLAGS.Select | FLAGS.Rows)
    QApplication.processEvents()
    assert (chosen(shown), filled(shown), cursor(shown)) == ([5], [5], 5)


def test_assistive_technology_reads_which_rows_are_selected(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(500))
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_A, CONTROL)
    shown.press(KEY.Key_Down, CONTROL)
    shown.press(KEY.Key_Space, CONTROL)
    table = QAccessible.queryAccessibleInterface(shown.table)
    width = 1 + len(COLUMNS)  # the heads of rows and columns are counted, seen or not
    cells = [table.child((row + 1) * width + 1) for row in range(4)]
    states = [cell.state() for cell in cells]
    assert [bool(state.selected) for state in states] == [True, False, True, True]
    assert all(state.extSelectable for state in states)


def test_a_menu_is_about_all_that_is_selected_or_about_another_row_alone(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(6))
    click(shown, 1)
    click(shown, 3, SHIFT)
    click(shown, 2, button=Qt.MouseButton.RightButton)
    assert (chosen(shown), cursor(shown)) == ([1, 2, 3], 2)
    assert shown.table.menu.make().actions()[0].text() == "Copy 3 rows"
    click(shown, 5, button=Qt.MouseButton.RightButton)
    assert chosen(shown) == [5]
    assert shown.table.menu.make().actions()[0].text() == "Copy row"


def test_rows_have_boxes_while_several_are_selected(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(6))
    header = part(shown.table, FindingsHeader, "findings_header")
    before = header.sectionSize(0)
    click(shown, 1)
    assert header.check_rect().isEmpty()
    click(shown, 3, CONTROL)
    assert header.sectionSize(0) - before == header.check_rect().width() == 36
    for row in (5, 1):
        click_box(shown, row)
    assert (chosen(shown), cursor(shown)) == ([3, 5], 1)
    click_box(shown)
    assert chosen(shown) == [0, 1, 2, 3, 4, 5]
    assert shown.model.order == NEWEST_LAST
    click_box(shown)
    assert (chosen(shown), header.sectionSize(0)) == ([1], before)


def test_the_box_of_all_rows_follows_what_arrives(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(3))
    shown.press(KEY.Key_A, CONTROL)
    header = part(shown.table, FindingsHeader, "findings_header")
    of_all = header.grab().toImage()
    shown.read([aged(3)])
    assert header.grab().toImage() != of_all
    shown.press(KEY.Key_A, CONTROL)
    assert header.grab().toImage() == of_all


def test_a_head_that_is_passed_by_the_keyboard_moves_no_column(shown: ShownTable) -> None:
    shown.read(aged(n, file_path=f"shop/{n // 3}.py") for n in range(9))
    shown.model.group_by(GroupBy.FILE)
    shown.press(KEY.Key_Home)
    assert len(chosen(shown)) == 3
    assert part(shown.table, FindingsHeader, "findings_header").check_rect().isEmpty()


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_the_ring_shows_for_the_mouse_too(shown: ShownTable, direction: Qt.LayoutDirection) -> None:
    shown.pane.setLayoutDirection(direction)
    shown.read(aged(n) for n in range(6))
    shown.pane.activateWindow()
    shown.table.setFocus(Qt.FocusReason.MouseFocusReason)
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    click(shown, 1)
    assert delegate.ringed_row == -1
    click(shown, 4, CONTROL)
    assert delegate.ringed_row == 4
    click_box(shown, 2)
    assert (chosen(shown), delegate.ringed_row) == ([1, 2, 4], 2)


def test_the_selected_rows_are_copied_in_the_order_of_the_table(shown: ShownTable) -> None:
    shown.read(aged(n, title=f"Finding {n}") for n in range(6))
    click(shown, 4)
    click(shown, 1, CONTROL)
    shown.table.menu.copy()
    rows = QGuiApplication.clipboard().text().split("\n")
    assert [row.split("\t")[1] for row in rows] == ["Finding 1", "Finding 4"]


def test_very_many_rows_are_copied_after_some_turns(shown: ShownTable, qtbot: QtBot) -> None:
    shown.read(aged(n) for n in range(1200))
    QGuiApplication.clipboard().clear()
    QTest.keyClick(shown.table, KEY.Key_A, CONTROL)
    shown.table.menu.copy()
    assert QGuiApplication.clipboard().text() == ""
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    assert QGuiApplication.clipboard().text().count("\n") == 1199


# -- T-9: a retry writes a finding again under another id --


def read_twice(number: int, seconds: int = 0, **fields: Any) -> Finding:
    """Return a reading of one finding: all of them have the same title, place and fingerprint."""
    return aged(seconds, id=finding_id(number), fingerprint="f", **fields)


def test_t09_the_cursor_goes_to_the_newest_row_silently(shown: ShownTable, qtbot: QtBot) -> None:
    shown.read([read_twice(1), *(make_finding(n) for n in range(10, 99))])
    shown.pane.show_finding(finding_id(1))
    top = shown.table.rowAt(0)
    with qtbot.assertNotEmitted(shown.pane.table.finding_selected):
        shown.read([read_twice(2, 60)])
    assert shown.table.selected_id == finding_id(2)
    assert shown.table.selected_row == shown.table.currentIndex().row() == shown.model.shown - 1
    assert shown.table.rowAt(0) == top
    with qtbot.waitSignal(shown.pane.table.finding_selected):
        shown.table.step(-1)


def test_t09_a_selected_repeat_stays_selected(shown: ShownTable) -> None:
    shown.read([read_twice(1), read_twice(2)])
    shown.pane.reveal(finding_id(1))
    shown.read([read_twice(1, status=FindingStatus.DISMISSED), read_twice(3, 60)])
    assert shown.table.selected_id == finding_id(1)


def test_t09_a_newest_row_that_the_filter_hides_is_selected_too(shown: ShownTable) -> None:
    shown.read([read_twice(1, severity=Severity.LOW), make_finding(9, severity=Severity.LOW)])
    shown.pane.filter_state.set_text("sev:low")
    shown.pane.show_finding(finding_id(1))
    shown.read([read_twice(2, 60)])
    assert (shown.table.selected_id, shown.table.selected_row) == (finding_id(2), None)
    shown.pane.filter_state.clear()
    shown.settle()
    assert (chosen(shown), filled(shown)) == ([2], [1])


def test_t09_each_selected_row_makes_way_for_its_newest_one(shown: ShownTable) -> None:
    shown.read(aged(n, title=f"Finding {n}", fingerprint=f"f{n}") for n in range(6))
    click(shown, 1)
    click(shown, 3, SHIFT)
    again = [aged(n + 100, title=f"Finding {n}", fingerprint=f"f{n}") for n in range(5)]
    shown.read(again)
    assert (chosen(shown), cursor(shown)) == ([101, 102, 103], 4)
    assert shown.table.selected_id == finding_id(103)


def test_t09_rows_that_stay_make_way_once_they_go_on(shown: ShownTable) -> None:
    shown.read(aged(n, title=f"Finding {n}", fingerprint=f"f{n}") for n in range(4))
    shown.press(KEY.Key_A, CONTROL)
    shown.pane.toggle_freeze()
    shown.read(aged(n + 100, title=f"Finding {n}", fingerprint=f"f{n}") for n in range(2))
    shown.read([aged(200, title="Finding 0", fingerprint="f0")])
    assert filled(shown) == [0, 1, 2, 3]
    assert (chosen(shown), shown.pane.chosen().hidden) == ([2, 3], 2)
    shown.pane.toggle_freeze()
    shown.settle()
    assert (chosen(shown), shown.pane.chosen().hidden) == ([2, 3, 101, 200], 0)


# -- What a press selects that may begin to drag, and how far the pointer must go --


def drag(shown: ShownTable, rows: int, way: float) -> QPoint:
    """Select all rows, press on one of them, and move so much of the way that begins to drag."""
    shown.read(aged(number) for number in range(rows))
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_A, CONTROL)
    viewport, start = shown.table.viewport(), middle(shown, 1)
    QTest.mousePress(viewport, LEFT, pos=start)
    at = start + QPoint(round(way * QApplication.startDragDistance()), 0)
    place, on_screen = QPointF(at), QPointF(viewport.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, LEFT, LEFT, NONE)
    QApplication.sendEvent(viewport, event)
    return start


@pytest.mark.parametrize(
    ("way", "left"), [(0, [1]), (0.5, [1]), (2, [0, 1, 2])], ids=["click", "a little", "far enough"]
)
def test_what_is_dragged_stays_selected_and_what_is_clicked_is_selected_alone(
    shown: ShownTable, way: float, left: list[int]
) -> None:
    start = drag(shown, 3, way)
    assert chosen(shown) == [0, 1, 2]
    QTest.mouseRelease(shown.table.viewport(), LEFT, pos=start)
    assert chosen(shown) == left
    assert way or shown.table.selected_id == finding_id(1)


def test_more_rows_than_can_be_made_at_once_are_not_dragged(shown: ShownTable) -> None:
    drag(shown, MOST + 1, 2)
    assert "You can drag at most 500 rows. Export them instead." in QToolTip.text()
    QToolTip.hideText()


def test_a_drag_has_a_table_for_texts_and_one_for_spreadsheets(theme: Theme) -> None:
    draggable = ShownWindow().show()
    draggable.watch("shop")
    draggable.read("shop", 2)
    table = draggable.window.findings.table
    table.setFocus()
    draggable.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    data: QMimeData = table.drag.make()
    assert data.text().startswith("| Severity |")
    assert bytes(data.data("text/csv").data()).startswith(b"Severity,")
    assert data.formats() == ["text/plain", "text/csv"]  # these scans have no pages to link to
    draggable.close()
