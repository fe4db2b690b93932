"""The palette finds every command of the window, runs it, and gives the keyboard back."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.text_labels import KeyCap
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.palette.palette import MEMORY_NAME, Palette
from heimdall_desktop.widgets.palette.shortcut_sheet import ShortcutSheet
from heimdall_desktop.widgets.window.window_actions import WindowActions
from heimdall_desktop.widgets.window.workspace import LETTERS
from tests.fakes.accessible_tree import select
from tests.fakes.board_scans import SERVER
from tests.fakes.hands import click, part
from tests.fakes.pixels import places
from tests.fakes.shown_window import ShownWindow

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Shown:
    """A window with a field, some commands and their palette."""

    def __init__(self, memory: WindowMemory, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.obstacle = "no one is signed in"
        self.window = QtWidgets.QWidget()
        self.window.resize(1000, 800)
        qtbot.addWidget(self.window)
        self.field = QtWidgets.QLineEdit(self.window)
        column = QtWidgets.QVBoxLayout(self.window)
        column.addWidget(self.field)
        self.actions = WindowActions(self.window)
        self.palette = Palette(self.actions, memory, self.window)
        add = self.done.append
        self.actions.add(
            Command("command-palette", "Command palette", self.palette.open, ("Ctrl+K",)),
            Command("full-screen", "Full screen", lambda: add("full"), ("F11",)),
            Command("filter", "Filter", lambda: add("filter"), ("Ctrl+F",), group=Group.FINDINGS),
            Command("add-scans", "Add scans", lambda: add("scans"), ("Ctrl+N",), group=Group.SCANS),
            Command(
                "sign-out", "Sign out", lambda: add("out"),
                group=Group.ACCOUNT, obstacle=lambda: self.obstacle,
            ),
        )  # fmt: skip
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.field.setFocus()
        self.press(KEY.Key_K, CONTROL)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QtWidgets.QApplication.focusWidget() or self.window, key, modifier)

    @property
    def input(self) -> QtWidgets.QLineEdit:
        return part(self.window, QtWidgets.QLineEdit, "palette-input")

    @property
    def list(self) -> QtWidgets.QListView:
        return part(self.window, QtWidgets.QListView, "palette-list")

    def type(self, text: str) -> None:
        QTest.keyClicks(self.input, text)

    def current(self) -> str:
        return str(self.list.currentIndex().data())

    def count(self) -> str:
        return part(self.window, QtWidgets.QLabel, "palette-count").text()


@pytest.fixture
def memory() -> WindowMemory:
    return WindowMemory()


@pytest.fixture
def shown(theme: Theme, memory: WindowMemory, qtbot: QtBot) -> Iterator[Shown]:
    shown = Shown(memory, qtbot)
    yield shown
    shown.window.close()


def test_letters_find_a_command_and_enter_runs_it(shown: Shown) -> None:
    assert shown.palette.isVisible()
    assert shown.count() == "4 actions"
    shown.type("add")
    assert (shown.current(), shown.count()) == ("Add scans", "1 of 4 actions")
    shown.press(KEY.Key_Return)
    assert shown.done == ["scans"]
    assert not shown.palette.isVisible()
    assert shown.field.hasFocus()
    for text in ("add", "full"):
        shown.press(KEY.Key_K, CONTROL)  # which keeps it open for other words
        shown.type(text)
    assert shown.palette.isVisible()
    assert shown.input.text() == "full"
    assert shown.current() == "Full screen"


def test_arrows_and_ends_move_over_the_commands(shown: Shown) -> None:
    assert shown.current() == "Filter"
    for key, reached in (
        (KEY.Key_Down, "Add scans"),
        (KEY.Key_Up, "Filter"),
        (KEY.Key_Up, "Filter"),
        (KEY.Key_End, "Full screen"),
        (KEY.Key_Home, "Filter"),
        (KEY.Key_PageDown, "Full screen"),
        (KEY.Key_PageUp, "Filter"),
    ):
        shown.press(key)
        assert shown.current() == reached


def test_escape_and_a_click_beside_it_close_and_one_on_a_command_runs_it(shown: Shown) -> None:
    for is_by_key in (True, False):
        if is_by_key:
            shown.press(KEY.Key_Escape)
        else:
            QTest.mouseClick(shown.palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert (shown.palette.isVisible(), shown.field.hasFocus()) == (False, True)
        shown.press(KEY.Key_K, CONTROL)
    assert shown.done == []
    view = shown.list
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown.done == ["filter"]


def test_keys_of_the_window_rest_and_what_cannot_be_done_is_not_run(shown: Shown) -> None:
    shown.press(KEY.Key_N, CONTROL)
    shown.press(KEY.Key_Tab)
    assert shown.done == []
    assert shown.input.hasFocus()
    shown.type("sign")
    shown.press(KEY.Key_Return)
    assert shown.done == []
    assert shown.palette.isVisible()
    shown.obstacle = ""
    shown.press(KEY.Key_Return)
    assert shown.done == ["out"]


def test_what_was_used_lately_is_first_next_time(shown: Shown, memory: WindowMemory) -> None:
    shown.type("add")
    shown.press(KEY.Key_Return)
    shown.press(KEY.Key_K, CONTROL)
    assert shown.current() == "Add scans"
    assert memory.text(MEMORY_NAME) == '["add-scans"]'


@pytest.mark.parametrize("damaged", ["[", "{}", "[1, null]", "[" * 5000])
def test_bad_memory_is_none(theme: Theme, memory: WindowMemory, qtbot: QtBot, damaged: str) -> None:
    memory.keep(MEMORY_NAME, damaged)
    assert Shown(memory, qtbot).current() == "Filter"


def test_it_says_that_nothing_matches(shown: Shown) -> None:
    shown.type("palette")  # it does not offer itself
    assert part(shown.window, QtWidgets.QLabel, "palette-none").isVisible()
    shown.press(KEY.Key_Return)
    shown.press(KEY.Key_Down)
    assert shown.done == []
    shown.press(KEY.Key_Backspace)
    assert shown.count() == "0 of 4 actions"


def test_it_fits_into_small_windows_and_follows_their_size(shown: Shown, theme: Theme) -> None:
    card = part(shown.window, QtWidgets.QWidget, "palette-card")
    assert card.width() == theme.scale(640)
    for width, height in ((600, 400), (1440, 900)):
        shown.window.resize(width, height)
        QtWidgets.QApplication.processEvents()
        assert shown.palette.size() == shown.window.size()
        assert shown.palette.rect().contains(card.geometry())
    assert card.y() == theme.scale(140)


def test_it_is_drawn_from_the_other_side_where_people_read_so(shown: Shown, theme: Theme) -> None:
    shown.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QtWidgets.QApplication.processEvents()
    image = part(shown.window, QtWidgets.QWidget, "palette-card").grab().toImage()
    half = image.width() // 2
    sides = (QRect(x, 0, half, image.height()) for x in (0, half))
    left, right = (places(image, theme.tokens.text, side, near=40) for side in sides)
    assert len(left) < len(right)


# -- in the whole window --


@pytest.fixture
def whole(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    yield shown
    shown.close()


def lines(shown: ShownWindow) -> list[Any]:
    """Return what the palette lists at the moment."""
    model = part(shown.window, QtWidgets.QListView, "palette-list").model()
    return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]


def test_every_action_of_the_window_is_found_by_its_name(whole: ShownWindow) -> None:
    whole.press(KEY.Key_K, CONTROL)
    field = part(whole.window, QtWidgets.QLineEdit, "palette-input")
    actions = [action for action in whole.window.findChildren(QAction) if action.shortcuts()]
    assert len(actions) > 20
    names = {scan.id: scan.name for scan in whole.store}
    by_place = {f"Alt+{n}": names[each] for n, each in enumerate(whole.board.scan_ids[:9], 1)}
    for action in actions:
        title, keys = action.text(), action.shortcuts()[0].toString()
        if title == "Command palette":
            continue  # it is open
        field.clear()
        QTest.keyClicks(field, by_place.get(keys, title))
        found = lines(whole)[:5]
        assert any(isinstance(line, Command) and keys in line.keys for line in found), title


def test_scans_themes_and_unread_alerts_are_found(whole: ShownWindow) -> None:
    run_in_palette(whole, "web-shop")
    assert whole.scope() == whole.id("web-shop")
    run_in_palette(whole, "refresh web-shop")
    assert ("again", whole.id("web-shop")) in whole.requests.asked
    run_in_palette(whole, "theme dark")
    assert whole.requests.preferences.settings.theme is ThemeMode.DARK


def run_in_palette(shown: ShownWindow, typed: str) -> None:
    click(part(shown.window, QtWidgets.QPushButton, "palette-button"))
    field = part(shown.window, QtWidgets.QLineEdit, "palette-input")
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, KEY.Key_Return)


def test_of_local_scans_nothing_is_remembered(whole: ShownWindow) -> None:
    whole.stories["payments-api"].scan.is_local = True
    for typed in ("payments-api", "refresh payments-api", "refresh web-shop"):
        run_in_palette(whole, typed)
    assert whole.scope() == whole.id("payments-api")
    assert json.loads(whole.memory.text(MEMORY_NAME)) == [f"refresh-scan {whole.id('web-shop')}"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("about", "About Heimdall Desktop"),
        ("version", "About Heimdall Desktop"),
        ("licence", "About Heimdall Desktop"),
        ("license", "About Heimdall Desktop"),
        ("manual", "Manual"),
        ("report", "Report a problem"),
        ("bug", "Report a problem"),
        ("diagnostics", "Self-test"),
        ("log file", "Open log folder"),
        ("syntax", "Filter syntax"),
    ],
)
def test_help_is_found_by_the_words_that_people_try(
    whole: ShownWindow, typed: str, first: str
) -> None:
    names = found_by(whole, typed)
    assert names[0] == first
    assert found_by(whole, "help")[:7] == [
        "Manual", "Keyboard shortcuts", "Filter syntax", "Self-test", "Open log folder",
        "Report a problem", "About Heimdall Desktop",
    ]  # fmt: skip


def found_by(whole: ShownWindow, typed: str) -> list[str]:
    whole.window.command_palette.open()
    field = part(whole.window, QtWidgets.QLineEdit, "palette-input")
    field.selectAll()
    QTest.keyClicks(field, typed)
    model = part(whole.window, QtWidgets.QListView, "palette-list").model()
    rows = (model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount()))
    return [row.title for row in rows if isinstance(row, Command)]


def test_assistive_technology_runs_a_command_by_selecting_it(shown: Shown) -> None:
    view = shown.list
    titles = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    select(view, titles.index("Add scans"))
    assert shown.done == ["scans"]
    assert not shown.palette.isVisible()


# -- Whatever the palette lists, it can be run from there, and something comes of it --


TURNS = 10  # of the loop, for what is copied slice by slice
SKIPPED = ("quit", "close", "command-palette")
AS_IT_IS = ("all-scans", "zoom-reset", "detail beside")  # lead to what is there already
OF_NO_SCAN = {
    "next-finding": "No findings are shown.",
    "next-new-finding": "Nothing is new or has changed since you looked.",
    "next-flow-step": "Select a finding first.",
    "copy-link": "Select a finding first.",
    "set-confirmed": "Select a finding first.",
    "explain-finding": "Select a finding first.",
    "pin-scan": "No scan is selected.",
    "mute-scan": "No scan is selected.",
    "refresh": "No scans watched yet.",
    "detail": "No scans watched yet.",
}


class Tour:
    """A window that is brought back to the same state before each command."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.shown = ShownWindow(1200).unpainted().watch_twelve().show()
        self.found = self.shown.read("payments-api")
        self.shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
        self.table_layout = self.shown.findings.table_state.table_layout

    def begin(self) -> None:
        shown = self.shown
        for window in visible_windows() - {shown.window}:
            window.close()
        shown.window.setWindowState(Qt.WindowState.WindowNoState)
        shown.window.activateWindow()
        shown.findings.table_state.change(lambda _looks: self.table_layout)
        shown.requests.preferences.change(Settings(theme=ThemeMode.LIGHT))
        self.theme.set_mode(ThemeMode.LIGHT)
        shown.findings.filter_state.clear()
        shown.board.view.set_scope(None)
        shown.board.view.scan_scoped.emit("")
        shown.window.open_finding(self.found[5].id)
        shown.panel.open_stages()
        shown.findings.table.setFocus()
        QGuiApplication.clipboard().setText("")
        QtWidgets.QApplication.processEvents()

    def run(self, wanted: Command) -> None:
        """Find a command by its name, go to it by keys, and run it."""
        self.shown.press(Qt.Key.Key_K, CONTROL)
        field = part(self.shown.window, QtWidgets.QLineEdit, "palette-input")
        field.setText(wanted.title)
        field.textEdited.emit(wanted.title)
        for _ in range([line.id for line in lines(self.shown)].index(wanted.id)):
            QTest.keyClick(field, Qt.Key.Key_Down)
        QTest.keyClick(field, Qt.Key.Key_Return)
        for _ in range(TURNS):
            QtWidgets.QApplication.processEvents()

    def seen(self) -> tuple[object, ...]:
        """What people could notice, as far as it is visible without a picture."""
        shown, model = self.shown, self.shown.findings.model
        table = shown.findings.table
        parts = [
            (each, each.geometry(), each.property("text"), each.property("checked"))
            for each in shown.window.findChildren(QtWidgets.QWidget)
            if each.isVisible()
        ]
        return (
            visible_windows(),
            QtWidgets.QApplication.focusWidget(),
            shown.window.windowState(),
            (len(shown.requests.asked), shown.requests.preferences.settings),
            QGuiApplication.clipboard().text(),
            parts,
            (table.rowHeight(0), table.selected_id, model.counts.new, model.grouped_by),
            [card.mute for card in map(shown.board.model.card, shown.board.scan_ids) if card],
            shown.board.model.pins,
        )


def visible_windows() -> set[QtWidgets.QWidget]:
    return {each for each in QtWidgets.QApplication.topLevelWidgets() if each.isVisible()}


def listed(shown: ShownWindow) -> list[Command]:
    """Return what the palette lists; of what it lists for each scan, the first two."""
    shown.press(Qt.Key.Key_K, CONTROL)
    found = lines(shown)
    shown.press(Qt.Key.Key_Escape)
    skipped = (*SKIPPED, *shown.board.scan_ids[2:])
    commands = [line for line in found if isinstance(line, Command)]
    return [each for each in commands if not each.id.endswith(skipped)]


@pytest.fixture
def tour(theme: Theme) -> Iterator[Tour]:
    tour = Tour(theme)
    yield tour
    tour.begin()
    tour.shown.close()


def test_each_command_does_something_or_says_why_not(tour: Tour) -> None:
    tour.begin()
    commands = listed(tour.shown)
    assert len(commands) > 60
    for command in commands:
        tour.begin()
        before, was_on = tour.seen(), command.is_on is not None and command.is_on()
        obstacle = command.obstacle()
        tour.run(command)
        is_on = command.is_on is not None and command.is_on()
        is_open = part(tour.shown.window, QtWidgets.QWidget, "palette").isVisible()
        assert is_open == bool(obstacle), command.title
        if is_open:
            tour.shown.press(Qt.Key.Key_Escape)
        elif command.id not in AS_IT_IS and not (was_on and is_on):
            assert before != tour.seen() or was_on != is_on, command.title


def test_where_nothing_is_watched_commands_say_what_they_miss(theme: Theme) -> None:
    shown = ShownWindow(1200).show()
    reported = {command.id: command.obstacle() for command in listed(shown)}
    assert OF_NO_SCAN.items() <= reported.items()
    shown.close()


@pytest.mark.parametrize(
    ("key", "modifier", "why"),
    [
        (KEY.Key_M, CONTROL, "No scan is selected."),
        (KEY.Key_P, CONTROL, "No scan is selected."),
        (KEY.Key_E, CONTROL, "No findings are shown."),
        (KEY.Key_R, CONTROL, "No scans watched yet."),
        (KEY.Key_Z, CONTROL, "Nothing to undo."),
        (KEY.Key_3, Qt.KeyboardModifier.AltModifier, "No scan at position 3."),
    ],
)
def test_a_key_that_does_nothing_says_why(
    theme: Theme, key: Qt.Key, modifier: Qt.KeyboardModifier, why: str
) -> None:
    shown = ShownWindow(1200).show()
    shown.window.setFocus()
    shown.press(key, modifier)
    assert why in shown.strips()[0]
    shown.press(Qt.Key.Key_F6)
    assert not part(shown.window, QtWidgets.QWidget, "problem-strip").isVisible()
    shown.close()


def test_letters_and_copying_say_why_where_nothing_is_listed(theme: Theme) -> None:
    shown = ShownWindow(1200).watch_twelve().show()
    shown.window.findings.take_keyboard()
    shown.press(KEY.Key_C)
    assert "Select a finding first." in shown.strips()[0]
    shown.read("payments-api")
    shown.findings.table.setFocus()
    shown.press(KEY.Key_F6)
    shown.findings.table.setFocus()
    shown.press(KEY.Key_C, CONTROL)
    assert "Select a finding first." in shown.strips()[0]
    shown.requests.preferences.change_setting("privacy.is_presenting", True)
    shown.press(KEY.Key_J)
    shown.press(KEY.Key_C, CONTROL)
    assert shown.window.findings.model.mask.obstacle in shown.strips()[0]
    shown.close()


@pytest.fixture
def web_shop(theme: Theme, memory: WindowMemory) -> Iterator[ShownWindow]:
    web_shop = ShownWindow(memory=memory)
    web_shop.watch("shop")
    web_shop.show().read("shop", 9)
    yield web_shop
    web_shop.close()


def opened_sheet(shown: ShownWindow) -> ShortcutSheet:
    shown.press(KEY.Key_F1)
    return part(shown.window, ShortcutSheet, "shortcut-sheet")


def sentences(sheet: ShortcutSheet) -> list[str]:
    """What assistive technology reads of the rows that can be seen."""
    rows = [row for row in sheet.findChildren(QtWidgets.QWidget) if type(row).__name__ == "_Row"]
    return [row.accessibleName() for row in rows if row.isVisible()]


def test_it_shows_the_keys_of_commands_and_of_parts(web_shop: ShownWindow) -> None:
    sheet = opened_sheet(web_shop)
    reported = sentences(sheet)
    assert "Filter: Ctrl+F or /" in reported
    assert "Keyboard shortcuts: F1 or ?" in reported
    assert "Open detail: Enter" in reported
    assert "Scan at that position on the board: Alt+1\u20269" in reported
    labels = sheet.findChildren(QtWidgets.QLabel)
    heads, texts = ["Findings", "Scans", "Go to", "Window"], [each.text() for each in labels]
    assert [text for text in texts if text in heads] == heads


def test_it_finds_a_shortcut_by_its_name_or_its_key(web_shop: ShownWindow) -> None:
    sheet = opened_sheet(web_shop)
    field = sheet.search.edit
    for typed in ("add", "ctrl+n"):
        field.clear()
        QTest.keyClicks(field, typed)
        assert sentences(sheet) == ["Add scans: Ctrl+N"]
    QTest.keyClicks(field, "xyz")
    assert sentences(sheet) == []
    assert part(sheet, QtWidgets.QLabel, "shortcuts-none").isVisible()


def test_a_question_mark_opens_it_except_while_typing(web_shop: ShownWindow) -> None:
    web_shop.findings.table.setFocus()
    web_shop.press(Qt.Key.Key_Question)
    click(part(web_shop.window, QtWidgets.QPushButton, "shortcuts-close"))
    QtWidgets.QApplication.sendPostedEvents(None, 0)
    web_shop.findings.filter_field.focus()
    for key in (Qt.Key.Key_Question, Qt.Key.Key_Slash, Qt.Key.Key_J):
        web_shop.press(key)
    assert web_shop.findings.filter_state.text.casefold() == "?/j"
    assert not any(sheet.isVisible() for sheet in web_shop.window.findChildren(ShortcutSheet))


def test_single_letters_can_be_switched_off_and_stay_so(
    web_shop: ShownWindow, theme: Theme, memory: WindowMemory
) -> None:
    table = web_shop.findings.table
    table.setFocus()
    web_shop.press(Qt.Key.Key_J)
    first = table.selected_id
    web_shop.press(Qt.Key.Key_J)
    assert first != table.selected_id
    web_shop.press(Qt.Key.Key_K)
    assert first == table.selected_id is not None
    sheet = opened_sheet(web_shop)
    click(part(sheet, QtWidgets.QCheckBox, "letters-switch"))
    click(part(sheet, QtWidgets.QPushButton, "shortcuts-close"))
    table.setFocus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_Slash, Qt.Key.Key_Question):
        web_shop.press(key)
    assert table.selected_id == first
    assert table.hasFocus()
    assert memory.text(LETTERS) == "off"
    later = ShownWindow(memory=memory).show()
    assert not part(opened_sheet(later), QtWidgets.QCheckBox, "letters-switch").isChecked()
    later.close()


def test_the_palette_switches_letters_too(web_shop: ShownWindow) -> None:
    for is_on in (False, True):
        run_in_palette(web_shop, "single")
        web_shop.findings.table.setFocus()
        before = web_shop.findings.table.selected_id
        web_shop.press(Qt.Key.Key_J)
        assert (web_shop.findings.table.selected_id != before) is is_on


def test_keys_scroll_it_while_one_types(web_shop: ShownWindow) -> None:
    sheet = opened_sheet(web_shop)
    sheet.resize(sheet.width(), 300)
    QtWidgets.QApplication.processEvents()
    bar = part(sheet, QtWidgets.QScrollArea, "shortcuts-page").verticalScrollBar()
    QTest.keyClick(sheet.search.edit, Qt.Key.Key_PageDown)
    reached = bar.value()
    QTest.keyClick(sheet.search.edit, Qt.Key.Key_Up)
    assert 0 < bar.value() < reached


@pytest.fixture
def right_to_left(qapp: QtWidgets.QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_chord_is_read_from_the_left_in_every_language(
    right_to_left: None, web_shop: ShownWindow
) -> None:
    rows = opened_sheet(web_shop).findChildren(QtWidgets.QWidget)
    row = next(row for row in rows if row.accessibleName() == "Log: Ctrl+L")
    caps = sorted(row.findChildren(KeyCap), key=KeyCap.x)
    assert [cap.accessibleName() for cap in caps] == ["Ctrl", "L"]


def test_with_large_fonts_only_the_keys_scroll(web_shop: ShownWindow, theme: Theme) -> None:
    theme.set_zoom(2.0)
    sheet = opened_sheet(web_shop)
    QtWidgets.QApplication.processEvents()
    pages = sheet.findChildren(QtWidgets.QScrollArea)
    scrolling = [page.objectName() for page in pages if page.verticalScrollBar().maximum()]
    theme.set_zoom(1.0)
    assert scrolling == ["shortcuts-page"]
