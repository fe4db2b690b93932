"""Commands have keys, a menu, and letters that act in some widgets only."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.window.command import Group, KeyNote
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
        self.actions.letter_places = (self.table,)
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


def test_letters_act_only_where_no_one_types(shown: Shown) -> None:
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


def test_keys_that_are_chosen_act_in_place_of_those_at_first(shown: Shown) -> None:
    shown.actions.use_keys([KeyChoice("add", ("Ctrl+J",)), KeyChoice("next", ())])
    shown.field.setFocus()
    QTest.keyClick(shown.field, Qt.Key.Key_N, CONTROL)
    QTest.keyClick(shown.field, Qt.Key.Key_F5)
    QTest.keyClick(shown.field, Qt.Key.Key_F6)
    assert shown.done == []
    QTest.keyClick(shown.field, Qt.Key.Key_J, CONTROL)
    assert shown.done == ["add"]
    assert shown.actions.instead() == {"Ctrl+N": "Ctrl+J", "F5": "Ctrl+J", "F6": ""}
    keys = {command.id: command.keys for command in shown.actions.commands()}
    assert (keys["add"], keys["next"]) == (("Ctrl+J",), ())
    shown.actions.use_keys([])
    QTest.keyClick(shown.field, Qt.Key.Key_N, CONTROL)
    assert shown.done == ["add", "add"]


def test_a_letter_that_is_chosen_acts_only_where_nothing_is_typed(shown: Shown) -> None:
    shown.actions.use_keys([KeyChoice("add", ("A",)), KeyChoice("find", ("Ctrl+J",))])
    shown.field.setFocus()
    QTest.keyClick(shown.field, Qt.Key.Key_A)
    assert (shown.done, shown.field.text()) == ([], "a")
    shown.table.setFocus()
    QTest.keyClick(shown.table, Qt.Key.Key_A)
    QTest.keyClick(shown.table, Qt.Key.Key_J, CONTROL)
    assert shown.done == ["add", "find"]
    menu = shown.actions.make_menu()
    assert menu.actions()[0].text() == "Add\tA"
    menu.close()
    shown.actions.use_letters(is_wanted=False)
    QTest.keyClick(shown.table, Qt.Key.Key_A)
    assert shown.done == ["add", "find"]


def test_one_row_of_the_sheet_stands_for_commands_until_their_keys_are_changed(
    shown: Shown,
) -> None:
    for place in (1, 2):
        command = Command(f"go {place}", f"Go {place}", lambda: None, (f"Alt+{place}",))
        shown.actions.add_hidden(command)
    row = KeyNote(Group.GO_TO, "Go", ("Alt+1…2",), ("go 1", "go 2"))
    shown.actions.note(row, KeyNote(Group.FINDINGS, "Copy", ("Ctrl+C",)))
    reported = {note.text: note.keys for note in shown.actions.shortcuts()}
    assert reported["Go"] == ("Alt+1…2",)
    assert "Go 1" not in reported
    shown.actions.use_keys([KeyChoice("go 1", ("Ctrl+1",))])
    reported = {note.text: note.keys for note in shown.actions.shortcuts()}
    assert (reported["Go 1"], reported["Go 2"]) == (("Ctrl+1",), ("Alt+2",))
    assert "Go" not in reported
    fixed = shown.actions.fixed("Ctrl+C")
    assert fixed is not None
    assert fixed.text == "Copy"
    assert shown.actions.fixed("Alt+1…2") is None
