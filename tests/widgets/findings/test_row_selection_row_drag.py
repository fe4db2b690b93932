"""What a press selects that may begin to drag, and how far the pointer must go.

Another program takes what is dragged in end_to_end/test_dragging.py.
"""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.findings.row_selection import MOST
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.shown_table import ShownTable, aged
from tests.fakes.shown_window import ShownWindow

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALL = {finding_id(number) for number in range(3)}


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    """Three rows, all of them selected."""
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
    shown.read(aged(number) for number in range(3))
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    return shown


def middle(shown: ShownTable, row: int) -> QPoint:
    return shown.table.visualRect(shown.model.index(row, 1)).center()


def move(shown: ShownTable, at: QPoint) -> None:
    """Move the pointer with the button held."""
    viewport = shown.table.viewport()
    place, on_screen = QPointF(at), QPointF(viewport.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, LEFT, LEFT, NOTHING)
    QApplication.sendEvent(viewport, event)


def test_one_of_many_is_selected_alone_once_the_button_is_let_go(shown: ShownTable) -> None:
    QTest.mousePress(shown.table.viewport(), LEFT, pos=middle(shown, 1))
    assert shown.table.selection.ids == ALL
    QTest.mouseRelease(shown.table.viewport(), LEFT, pos=middle(shown, 1))
    assert shown.table.selection.ids == {finding_id(1)}
    assert shown.table.selected_id == finding_id(1)


@pytest.mark.parametrize(("way", "left"), [(0.5, 1), (2, 3)], ids=["a little", "far enough"])
def test_what_is_dragged_stays_selected(shown: ShownTable, way: float, left: int) -> None:
    start = middle(shown, 1)
    QTest.mousePress(shown.table.viewport(), LEFT, pos=start)
    move(shown, start + QPoint(round(way * QApplication.startDragDistance()), 0))
    QTest.mouseRelease(shown.table.viewport(), LEFT, pos=start)
    assert len(shown.table.selection.ids) == left


def test_more_rows_than_can_be_made_at_once_are_not_dragged(shown: ShownTable) -> None:
    shown.read(aged(number) for number in range(MOST + 1))
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    start = middle(shown, 1)
    QTest.mousePress(shown.table.viewport(), LEFT, pos=start)
    move(shown, start + QPoint(2 * QApplication.startDragDistance(), 0))
    assert "You can drag at most 500 rows. Export them instead." in QToolTip.text()
    QToolTip.hideText()


def test_a_drag_has_a_table_for_texts_and_one_for_spreadsheets(theme: Theme) -> None:
    shown = ShownWindow().show()
    shown.watch("shop")
    shown.read("shop", 2)
    table = shown.window.findings.table
    table.setFocus()
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    data: QMimeData = table.drag.make()
    assert data.text().startswith("| Severity |")
    assert bytes(data.data("text/csv").data()).startswith(b"Severity,")
    assert data.formats() == ["text/plain", "text/csv"]  # these scans have no pages to link to
    shown.close()
