"""Whatever the palette lists, it can be run from there, and something comes of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from heimdall_desktop.domain.facts.choices import Settings, ThemeMode
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.palette_model import LINE_ROLE
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import SERVER
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TURNS = 10  # of the loop, for what is copied slice by slice
SKIPPED = ("quit", "close", "command-palette")
AS_IT_IS = ("all-scans", "zoom-reset", "detail beside")  # lead to what is there already
OF_NO_SCAN = {
    "next-finding": "No findings are shown.",
    "next-new-finding": "No new findings.",
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
        shown.board.set_scope(None)
        shown.board.view.scan_scoped.emit("")
        shown.window.open_finding(self.found[5].id)
        shown.panel.open_stages()
        shown.findings.table.setFocus()
        QGuiApplication.clipboard().setText("")
        QApplication.processEvents()

    def run(self, wanted: Command) -> None:
        """Find a command by its name, go to it by keys, and run it."""
        self.shown.press(Qt.Key.Key_K, CONTROL)
        field = part(self.shown.window, QLineEdit, "palette-input")
        model = part(self.shown.window, QListView, "palette-list").model()
        field.setText(wanted.title)
        field.textEdited.emit(wanted.title)
        lines = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
        for _ in range([line.id for line in lines].index(wanted.id)):
            QTest.keyClick(field, Qt.Key.Key_Down)
        QTest.keyClick(field, Qt.Key.Key_Return)
        for _ in range(TURNS):
            QApplication.processEvents()

    def seen(self) -> tuple[object, ...]:
        """What people could notice, as far as it can be told without a picture."""
        shown, model = self.shown, self.shown.findings.model
        table = shown.findings.table
        parts = [
            (each, each.geometry(), each.property("text"), each.property("checked"))
            for each in shown.window.findChildren(QWidget)
            if each.isVisible()
        ]
        return (
            visible_windows(),
            QApplication.focusWidget(),
            shown.window.windowState(),
            (len(shown.requests.asked), shown.requests.preferences.settings),
            QGuiApplication.clipboard().text(),
            parts,
            (table.rowHeight(0), table.selected_id, model.new, model.grouped_by),
            [card.mute for card in map(shown.board.model.card, shown.board.scan_ids) if card],
        )


def visible_windows() -> set[QWidget]:
    return {each for each in QApplication.topLevelWidgets() if each.isVisible()}


def listed(shown: ShownWindow) -> list[Command]:
    """Return what the palette lists; of what it lists for each scan, the first two."""
    shown.press(Qt.Key.Key_K, CONTROL)
    model = part(shown.window, QListView, "palette-list").model()
    lines = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    shown.press(Qt.Key.Key_Escape)
    skipped = (*SKIPPED, *shown.board.scan_ids[2:])
    commands = [line for line in lines if isinstance(line, Command)]
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
        is_open = part(tour.shown.window, QWidget, "palette").isVisible()
        assert is_open == bool(obstacle), command.title
        if is_open:
            tour.shown.press(Qt.Key.Key_Escape)
        elif command.id not in AS_IT_IS and not (was_on and is_on):
            assert before != tour.seen() or was_on != is_on, command.title


def test_where_nothing_is_watched_commands_say_what_they_miss(theme: Theme) -> None:
    shown = ShownWindow(1200).show()
    told = {command.id: command.obstacle() for command in listed(shown)}
    assert OF_NO_SCAN.items() <= told.items()
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
    assert not part(shown.window, QWidget, "problem-strip").isVisible()
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
