"""Commands have keys, a menu, and letters that act in some widgets only."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.window_actions import Command, WindowActions

CONTROL = Qt.KeyboardModifier.ControlModifier


class Shown:
    """A window with a field and a table."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field, self.table = QLineEdit(self.window), QTableWidget(2, 2, self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.table)
        self.actions = WindowActions(self.window)
        self.actions.add(
            Command("add", "Add", lambda: self.done.append("add"), ("Ctrl+N", "F5"), "ui-plus"),
            Command("quit", "Quit", lambda: self.done.append("quit"), begins_group=True),
        )
        self.actions.add_hidden(Command("next", "Next", lambda: self.done.append("next"), ("F6",)))
        self.actions.add_inside(
            (self.table,), Command("find", "Find", lambda: self.done.append("find"), ("/",))
        )
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_keys_work_wherever_the_focus_is(shown: Shown) -> None:
    shown.field.setFocus()
    QTest.keyClick(shown.field, Qt.Key.Key_N, CONTROL)
    QTest.keyClick(shown.field, Qt.Key.Key_F5)
    QTest.keyClick(shown.field, Qt.Key.Key_F6)
    assert shown.done == ["add", "add", "next"]


def test_letters_act_only_where_nobody_types(shown: Shown) -> None:
    shown.field.setFocus()
    QTest.keyClick(shown.field, Qt.Key.Key_Slash)
    assert shown.done == []
    assert shown.field.text() == "/"
    shown.table.setFocus()
    QTest.keyClick(shown.table, Qt.Key.Key_Slash)
    assert shown.done == ["find"]


def test_the_menu_has_groups_and_icons_in_every_theme(shown: Shown, theme: Theme) -> None:
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
        theme.set_mode(mode)
        menu = shown.actions.make_menu()
        assert [action.text() for action in menu.actions()] == ["Add", "", "Quit"]
        add, line, quits = menu.actions()
        assert line.isSeparator()
        assert not add.icon().isNull()
        quits.trigger()
        menu.close()
    assert shown.done == ["quit", "quit"]


def test_commands_of_one_name_stay_apart_and_those_of_one_id_share_their_keys(
    shown: Shown,
) -> None:
    shown.actions.add_hidden(
        Command("find-scan", "Find", lambda: None, ("F7",)),
        Command("find", "Search", lambda: None, ("F8",)),
    )
    keys = {command.id: command.keys for command in shown.actions.commands()}
    assert keys["find-scan"] == ("F7",)
    assert keys["find"] == ("/", "F8")
