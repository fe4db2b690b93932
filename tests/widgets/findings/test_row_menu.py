"""A row is copied, and its menu does what the detail does."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    return shown


def opened(shown: ShownTable) -> QMenu:
    """Open the menu by its key, and return it."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(shown.table.viewport(), event)
    menu = shown.table.findChild(QMenu, "findings_menu")
    assert menu is not None
    return menu


def test_a_row_is_copied_as_text(shown: ShownTable) -> None:
    shown.read([aged(1, title="SQL injection")])
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "\tSQL injection\t" in QGuiApplication.clipboard().text()


def test_the_menu_copies_the_row_and_what_the_detail_copies(shown: ShownTable) -> None:
    shown.read([aged(1)])
    shown.press(Qt.Key.Key_Home)
    menu = opened(shown)
    copy_row, *others = menu.actions()
    copy_row.trigger()
    assert QGuiApplication.clipboard().text().startswith("High\t")
    next(action for action in others if action.text() == "Copy finding id").trigger()
    assert QGuiApplication.clipboard().text() == finding_id(1)
    menu.close()


def test_a_group_is_copied_as_text(shown: ShownTable) -> None:
    shown.read(aged(n, file_path="shop/a.py") for n in range(2))
    shown.model.group_by(GroupBy.FILE)
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a.py\tshop\t2 findings"


def test_all_that_is_shown_is_marked_as_seen_by_the_menu(shown: ShownTable) -> None:
    shown.end_listing()
    shown.read(aged(n) for n in range(10, 13))
    shown.press(Qt.Key.Key_Home)
    menu = opened(shown)
    menu.actions()[-1].trigger()
    menu.close()
    assert (shown.model.new, list(shown.model.news)) == (0, [])
