"""Commands have keys, a menu, and letters that act in some widgets only; the whole table works."""

from collections.abc import Iterator

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices, KeyChoice
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import By, Column
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.board.card import Card
from heimdall_desktop.presentation.window.command import Group, KeyNote
from heimdall_desktop.widgets.controls.buttons import GhostButton
from heimdall_desktop.widgets.controls.scan_marks import MUTE_KEYS
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.finding_commands import arranging, moving
from heimdall_desktop.widgets.window.scan_window import ScanHead
from heimdall_desktop.widgets.window.window_actions import Command, WindowActions
from heimdall_desktop.widgets.window.window_commands import board_keys
from tests.fakes.board_scans import ScanStory
from tests.fakes.hands import click, part, press
from tests.fakes.inbox_lines import make_failed_line
from tests.fakes.shown_window import ShownWindow, web_shop_window

CONTROL = Qt.KeyboardModifier.ControlModifier


class Shown:
    """A window with a field and a table."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.window = QtWidgets.QWidget()
        qtbot.addWidget(self.window)
        self.field, self.table = (
            QtWidgets.QLineEdit(self.window),
            QtWidgets.QTableWidget(2, 2, self.window),
        )
        column = QtWidgets.QVBoxLayout(self.window)
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

    def press_first_keys(self) -> None:
        """Press the keys of the commands at first, in the field."""
        self.field.setFocus()
        QTest.keyClick(self.field, Qt.Key.Key_N, CONTROL)
        QTest.keyClick(self.field, Qt.Key.Key_F5)
        QTest.keyClick(self.field, Qt.Key.Key_F6)

    def keys(self) -> dict[str, tuple[str, ...]]:
        return {command.id: command.keys for command in self.actions.commands()}


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_keys_work_wherever_the_focus_is(shown: Shown) -> None:
    shown.press_first_keys()
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


def test_the_help_is_a_menu_of_its_own_and_one_of_a_menu_bar(shown: Shown) -> None:
    done = shown.done.append
    shown.actions.add(
        Command("sheet", "Sheet", lambda: done("sheet"), group=Group.HELP),
        Command("about", "About", lambda: done("about"), group=Group.HELP),
    )
    whole = shown.actions.make_menu()
    assert [action.text() for action in whole.actions()] == ["Add", "", "Quit", "Help"]
    whole.actions()[3].menu().actions()[1].trigger()  # type: ignore[attr-defined]
    whole.close()
    menu = shown.actions.make_menu(Group.HELP)
    assert (menu.accessibleName(), menu.objectName()) == ("Help", "help-menu")
    assert [action.text() for action in menu.actions()] == ["Sheet", "About"]
    menu.actions()[0].trigger()
    menu.close()
    assert shown.done == ["about", "sheet"]


def test_a_menu_bar_has_a_menu_for_each_group_and_roles_for_a_mac(shown: Shown) -> None:
    obstacles = ["not now"]
    shown.actions.add(
        Command("settings", "Settings", lambda: None),
        Command("sheet", "Sheet", lambda: None, group=Group.HELP),
        Command("about", "About", lambda: None, group=Group.HELP),
        Command("end", "End", lambda: None, group=Group.SCANS, writes=True),
        Command("stop", "Stop", lambda: None, group=Group.SCANS, obstacle=lambda: obstacles[0]),
        Command("tail", "Tail", lambda: None, group=Group.SCANS, is_on=lambda: True),
    )
    bar = QtWidgets.QMenuBar()
    shown.actions.fill_menu_bar(bar)
    menus = {action.text(): action.menu() for action in bar.actions()}
    texts = {name: [each.text() for each in menu.actions()] for name, menu in menus.items()}  # type: ignore[attr-defined]
    assert texts == {
        "Scans": ["End", "Stop", "Tail"],
        "Window": ["Add", "", "Quit", "Settings"],
        "Help": ["Sheet", "About"],
    }
    every = [action for menu in menus.values() for action in menu.actions()]  # type: ignore[attr-defined]
    roles = {action.text(): action.menuRole() for action in every if action.text()}
    moved = {name: role for name, role in roles.items() if role is not QAction.MenuRole.NoRole}
    assert moved == {
        "About": QAction.MenuRole.AboutRole,
        "Settings": QAction.MenuRole.PreferencesRole,
        "Quit": QAction.MenuRole.QuitRole,
    }
    shown.actions.is_read_only = lambda: True
    scans = menus["Scans"]
    end, stop, tail = scans.actions()  # type: ignore[attr-defined]
    scans.popup(shown.window.mapToGlobal(shown.window.rect().center()))  # type: ignore[attr-defined]
    assert (end.isVisible(), stop.isEnabled(), tail.isChecked()) == (False, False, True)
    scans.close()  # type: ignore[attr-defined]
    assert stop.isEnabled(), "its key says why it can't run"


def test_commands_of_one_name_stay_apart_and_those_of_one_id_share_their_keys(shown: Shown) -> None:
    shown.actions.add_hidden(
        Command("find-scan", "Find", lambda: None, ("F7",)),
        Command("find", "Search", lambda: None, ("F8",)),
    )
    keys = shown.keys()
    assert keys["find-scan"] == ("F7",)
    assert keys["find"] == ("/", "F8")


def test_keys_that_are_chosen_act_in_place_of_those_at_first(shown: Shown) -> None:
    shown.actions.use_keys([KeyChoice("add", ("Ctrl+J",)), KeyChoice("next", ())])
    shown.press_first_keys()
    assert shown.done == []
    QTest.keyClick(shown.field, Qt.Key.Key_J, CONTROL)
    assert shown.done == ["add"]
    assert shown.actions.instead() == {"Ctrl+N": "Ctrl+J", "F5": "Ctrl+J", "F6": ""}
    keys = shown.keys()
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


def test_one_row_of_the_sheet_names_commands_until_their_keys_change(shown: Shown) -> None:
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


@pytest.fixture
def started(theme: Theme) -> Iterator[ShownWindow]:
    started = ShownWindow().show()
    yield started
    started.close()


def titles(started: ShownWindow, text: str) -> list[str]:
    started.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = part(started.window, QtWidgets.QLineEdit, "palette-input")
    field.setText(text)
    field.textEdited.emit(text)
    model = part(started.window, QtWidgets.QListView, "palette-list").model()
    lines = [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]
    started.press(Qt.Key.Key_Escape)
    return [line.title for line in lines]


def test_scans_of_one_repository_are_distinguished_as_on_the_board(started: ShownWindow) -> None:
    started.watch("auth")
    started.watch("shop")
    started.stories["shop"].run([30, 90], 48)
    assert titles(started, "new window shop") == ["Open in new window: shop"]
    other = ScanStory(started.store, started.time, "shop", number=3)
    other.run([30], 5, end="failed", status="failed")
    started.ticker.flush()
    cards = [*filter(None, map(started.board.model.card, started.board.scan_ids))]
    marks = [card.mark for card in cards if card.mark]
    expected = [f"Open in new window: shop {mark}" for mark in marks]
    assert len(marks) == 2
    assert sorted(titles(started, "new window shop")) == sorted(expected)
    assert titles(started, "new window auth") == ["Open in new window: auth"]


def test_keys_of_the_board_do_what_the_sheet_says(started: ShownWindow) -> None:
    started.watch_twelve()
    reported = {note.keys for note in board_keys() if note.group is Group.SCANS}
    assert reported == {("Space",), ("Return",), ("Left", "Right"), ("Menu",)}
    view = started.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Space)
    scope = started.findings.scope
    assert scope == started.board.scan_ids[0]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert started.findings.scope is None
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert started.panel.shown_scan_id == scope
    QTest.keyClick(view, Qt.Key.Key_Right)  # to the running one, which finds nothing by itself
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert started.findings.filter_state.text.startswith("stage:")


def test_a_key_mutes_the_scan_in_scope_and_its_card_says_so(started: ShownWindow) -> None:
    auth, shop = started.watch("auth"), started.watch("shop")
    started.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    scope = started.scope()
    assert scope in (auth, shop)
    assert scope is not None
    QTest.keySequence(started.window, QKeySequence(MUTE_KEYS))

    def card(scan_id: ScanId) -> Card:
        found = started.board.model.card(scan_id)
        assert found is not None
        return found

    reported = f"Muted until {(started.time.at + MUTE_FOR).astimezone():%H:%M}"
    assert card(scope).mute[0] == reported
    assert reported in card(scope).sentence
    assert card(shop if scope == auth else auth).mute == ()
    assert f"Unmute this scan: {card(scope).name}" in titles(started, "unmute")
    started.time.pass_s(MUTE_FOR.total_seconds())
    started.ticker.second.emit()
    assert card(scope).mute == ()


def test_the_key_mutes_the_only_scan_or_the_one_in_view(started: ShownWindow) -> None:
    preferences = started.requests.preferences

    def muted() -> list[ScanId]:
        preferences.change_setting("alerts", AlertChoices())
        QTest.keySequence(started.window, QKeySequence(MUTE_KEYS))
        return [each.scan_id for each in preferences.settings.alerts.muted]

    shop = started.watch("shop")
    assert muted() == [shop]
    auth = started.watch("auth")
    assert muted() == [], "which one is not said"
    started.inbox.put(make_failed_line(scan_id=auth))
    started.window.show_inbox()
    started.press(Qt.Key.Key_I, CONTROL)
    assert muted() == [auth]
    started.window.open_finding(started.read("shop")[0].id)
    started.findings.table.setFocus()
    assert muted() == [shop]


def test_a_torn_off_scan_is_muted_by_the_key_and_says_so(started: ShownWindow) -> None:
    scan_id = started.watch("auth")
    started.window.scan_windows.tear_off(scan_id)
    [window] = started.window.scan_windows
    QTest.qWaitForWindowActive(window)
    QTest.keySequence(window, QKeySequence(MUTE_KEYS))
    assert "Muted until" in part(window, ScanHead, "scan_head").accessibleDescription()


def test_the_palette_cancels_repeats_and_stops_a_scan(started: ShownWindow) -> None:
    started.watch("shop")
    started.stories["shop"].run([30, 90], 48)
    scan_id = started.id("shop")
    assert titles(started, "cancel scan") == ["Cancel scan: shop\u2026"]
    assert titles(started, "scan again") == ["Scan again: shop"]
    assert titles(started, "stop watching") == ["Stop watching: shop"]
    commands = {command.id: command for command in started.window.commands.commands()}
    assert commands[f"scan-again {scan_id}"].obstacle() == "This scan hasn't ended yet."
    commands[f"cancel-scan {scan_id}"].act()
    press(part(started.window, QtWidgets.QDialog, "question"), "Cancel scan")
    assert started.asked("cancel") == [(scan_id,)]
    commands[f"stop-watching {scan_id}"].act()
    assert started.asked("stop") == [(scan_id,)]


KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def web_shop(theme: Theme) -> Iterator[ShownWindow]:
    with web_shop_window(30) as shown:
        yield shown


def test_p_and_the_button_freeze(web_shop: ShownWindow) -> None:
    button = part(web_shop.window, GhostButton, "freeze")
    web_shop.press(KEY.Key_P)
    assert (button.isChecked(), button.label) == (True, "Frozen")
    state = part(web_shop.window, Label, "findings_foot_state")
    assert state.text().startswith("Frozen at ")
    web_shop.read("web-shop", 42)
    assert state.text().endswith(", 42 changes held. 2 new critical")
    click(button)
    assert (button.isChecked(), button.label) == (False, "Freeze")
    assert not state.isVisible()
    assert web_shop.findings.model.rowCount() == 42


def test_the_window_is_zoomed_by_keys_and_stays_so(web_shop: ShownWindow, theme: Theme) -> None:
    usual = theme.scale(100)
    web_shop.press(KEY.Key_Plus, CTRL)
    assert theme.scale(100) == round(usual * 1.1)
    for key in (KEY.Key_0, KEY.Key_Minus):
        web_shop.press(key, CTRL)
    assert theme.scale(100) == round(usual * 0.9)
    theme.set_zoom(1)
    again = ShownWindow(memory=web_shop.memory)
    assert theme.scale(100) == round(usual * 0.9)
    again.close()


@pytest.mark.parametrize("zoom", [80, 200])
def test_every_control_is_reachable_at_every_size(theme: Theme, zoom: int) -> None:
    memory = WindowMemory()
    memory.keep("findings-table", f'{{"zoom": {zoom}}}')
    web_shop = ShownWindow(1366, 768, memory)
    web_shop.watch("web-shop")
    web_shop.show()
    web_shop.read("web-shop", 30)
    QtWidgets.QApplication.processEvents()
    assert (web_shop.window.width(), web_shop.window.height()) == (1366, 768)
    web_shop.panel.set_collapsed(True)
    QtWidgets.QApplication.processEvents()
    for name in ("freeze", "views-button", "group_button", "columns_button"):
        button = part(web_shop.window, QtWidgets.QPushButton, name)
        assert button.isVisible(), name
        place = button.mapTo(web_shop.window, button.rect().bottomRight())
        assert web_shop.window.rect().contains(place), name
    assert web_shop.findings.table.viewport().height() > web_shop.findings.table.rowHeight(0)
    web_shop.close()


def test_commands_know_what_is_on_and_what_cannot_be_done(web_shop: ShownWindow) -> None:
    pane = web_shop.findings
    commands = {command.title: command for command in arranging(pane)}
    assert (
        commands["Mark all as seen"].obstacle() == "Nothing is new or has changed since you looked."
    )
    commands["Group by: CWE"].act()
    commands["Row height: compact"].act()
    assert pane.model.grouped_by is GroupBy.CWE
    assert pane.table_state.table_layout.density is Density.COMPACT
    for is_descending in (False, True):
        commands["Sort by: Location"].act()
        assert pane.model.order.keys[0] == By(Column.LOCATION, is_descending)
    on = [title for title, command in commands.items() if command.is_on and command.is_on()]
    assert on == ["Row height: compact", "Sort by: Location", "Group by: CWE"]
    letters = ("/", "J", "K", "N", "Shift+N", "P")
    assert [command.keys for command in moving(pane)] == [(letter,) for letter in letters]
