"""The ring follows the keyboard, and no mouse; the hover follows the pointer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import RowDelegate
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """Three rows, of which the first cannot be chosen."""

    def __init__(self) -> None:
        self.view = QListView()
        self.model = QStandardItemModel(self.view)
        for name in ("head", "one", "two"):
            self.model.appendRow(QStandardItem(name))
        self.model.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.view.setModel(self.model)
        self.delegate = RowDelegate(self.view)
        self.marks = ListMarks(self.view, self.delegate, QPalette.ColorRole.Light)
        self.view.resize(200, 200)
        self.view.show()
        self.view.activateWindow()
        QTest.qWaitForWindowActive(self.view)
        self.view.clearFocus()

    def place(self, row: int) -> QPoint:
        return self.view.visualRect(self.model.index(row, 0)).center()


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.view.close()
    shown.view.deleteLater()


def test_keyboard_focus_selects_a_row_and_shows_a_ring(shown: Shown) -> None:
    shown.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert (shown.view.currentIndex().row(), shown.delegate.ringed_row) == (1, 1)
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    assert shown.delegate.ringed_row == 2
    shown.view.clearFocus()
    assert shown.delegate.ringed_row == -1


def test_a_click_shows_no_ring_and_removes_it(shown: Shown) -> None:
    QTest.mouseClick(shown.view.viewport(), LEFT, pos=shown.place(2))
    assert (shown.view.currentIndex().row(), shown.delegate.ringed_row) == (2, -1)
    QTest.keyClick(shown.view, Qt.Key.Key_Up)
    assert shown.delegate.ringed_row == 1
    QTest.mouseClick(shown.view.viewport(), LEFT, pos=shown.place(2))
    assert shown.delegate.ringed_row == -1


def test_returning_to_the_window_restores_the_ring(shown: Shown) -> None:
    shown.view.setFocus(Qt.FocusReason.TabFocusReason)
    shown.view.clearFocus()
    shown.view.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert shown.delegate.ringed_row == 1


def test_hover_follows_the_pointer_until_it_leaves_or_rows_change(shown: Shown) -> None:
    moves: list[int] = []
    shown.marks.moved.connect(lambda: moves.append(shown.delegate.hovered_row))
    QTest.mouseMove(shown.view.viewport(), shown.place(1))
    QTest.mouseMove(shown.view.viewport(), shown.place(2))
    QApplication.sendEvent(shown.view.viewport(), QEvent(QEvent.Type.Leave))
    assert moves == [1, 2, -1]
    QTest.mouseMove(shown.view.viewport(), shown.place(1))
    shown.model.insertRow(0, QStandardItem("more"))
    assert shown.delegate.hovered_row == -1


def test_a_menu_belongs_to_the_row_of_the_pointer_or_of_the_keyboard(shown: Shown) -> None:
    shown.view.setCurrentIndex(shown.model.index(1, 0))
    for reason, row in (
        (QContextMenuEvent.Reason.Mouse, 2),
        (QContextMenuEvent.Reason.Keyboard, 1),
    ):
        place = shown.place(2)
        event = QContextMenuEvent(reason, place, shown.view.viewport().mapToGlobal(place))
        index, spot = shown.marks.menu_place(event)
        assert index.row() == row
        assert shown.view.visualRect(index).contains(shown.view.viewport().mapFromGlobal(spot))


def test_the_ground_follows_the_theme(shown: Shown, theme: Theme, qtbot: QtBot) -> None:
    def ground() -> QColor:
        viewport = shown.view.viewport()
        return viewport.grab().toImage().pixelColor(viewport.rect().bottomRight())

    for mode in (ThemeMode.DARK, ThemeMode.LIGHT):
        theme.set_mode(mode)
        qtbot.waitUntil(lambda: ground() == theme.tokens.raised)
