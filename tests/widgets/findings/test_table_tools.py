"""Groups and columns are arranged by two buttons and their menus."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, By, Column, Order
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_window import LEFT, ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
    shown.read(aged(n) for n in range(3))
    return shown


def opened(shown: ShownTable, button: str, name: str) -> QMenu:
    QTest.mouseClick(part(shown.pane, QPushButton, button), LEFT)
    return part(shown.pane, QMenu, name)


def actions(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        yield action
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from actions(submenu)


def choose(menu: QMenu, text: str) -> None:
    found = next(action for action in actions(menu) if action.text() == text)
    assert found.isEnabled(), text
    found.trigger()
    menu.close()


def names(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_rows_are_grouped_by_the_menu(shown: ShownTable) -> None:
    button = part(shown.pane, QPushButton, "group_button")
    assert (button.accessibleName(), button.isChecked()) == ("Group rows", False)
    menu = opened(shown, "group_button", "group_menu")
    assert names(menu)[:3] == ["No groups", "Group by file", "Group by CWE"]
    choose(menu, "Group by file")
    assert shown.model.grouped_by is GroupBy.FILE
    assert button.isChecked()
    shown.settle()
    choose(opened(shown, "group_button", "group_menu"), "Collapse all groups")
    assert shown.outline() == ["orders.py"]
    shown.settle()
    choose(opened(shown, "group_button", "group_menu"), "No groups")
    assert shown.model.grouped_by is None


def test_columns_are_switched_moved_and_sorted_by_the_menu(shown: ShownTable) -> None:
    menu = opened(shown, "columns_button", "columns_menu")
    fixed = [action.text() for action in menu.actions()[:9] if not action.isEnabled()]
    assert fixed == ["Severity", "Finding"]
    choose(menu, "CWE")
    shown.settle()
    assert not shown.table.isColumnHidden(COLUMNS.index(Column.CWE))
    tools = shown.pane.tools
    tools.open_column(Column.LOCATION, tools.mapToGlobal(tools.rect().topLeft()))
    choose(part(tools, QMenu, "column_menu"), "Move towards the start")
    shown.settle()
    assert shown.table.columns.shown[1:3] == [Column.LOCATION, Column.FINDING]
    for text in ("Sort descending", "Add to sort order"):
        column = Column.LOCATION if text == "Sort descending" else Column.STATUS
        tools.open_column(column, tools.mapToGlobal(tools.rect().topLeft()))
        choose(part(tools, QMenu, "column_menu"), text)
        shown.settle()
    further = (By(Column.STATUS),)
    assert shown.model.order == Order(Column.LOCATION, is_descending=True, further=further)
    choose(opened(shown, "columns_button", "columns_menu"), "Reset columns")
    assert shown.table.columns.shown[1:3] == [Column.FINDING, Column.LOCATION]


def test_a_column_is_hidden_and_fitted_by_its_menu(shown: ShownTable) -> None:
    tools, location = shown.pane.tools, COLUMNS.index(Column.LOCATION)
    place = tools.mapToGlobal(tools.rect().topLeft())
    tools.open_column(Column.LOCATION, place)
    choose(part(tools, QMenu, "column_menu"), "Fit to visible rows")
    assert Column.LOCATION in shown.pane.table_state.table_layout.widths_px
    shown.settle()
    tools.open_column(Column.LOCATION, place)
    choose(part(tools, QMenu, "column_menu"), "Hide column")
    assert shown.table.isColumnHidden(location)


def test_rows_become_higher_by_the_menu(shown: ShownTable) -> None:
    choose(opened(shown, "columns_button", "columns_menu"), "Comfortable")
    assert shown.pane.table_state.table_layout.density is Density.COMFORTABLE
    assert shown.table.rowHeight(0) == 36
