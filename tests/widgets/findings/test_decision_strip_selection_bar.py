"""From two selected findings on a bar says how many, how severe, and how many more are hidden."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.widgets.controls import action_bar
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.hands import part, press
from tests.fakes.shown_window import ShownTable, ShownWindow, aged

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SEVERITIES = (Severity.CRITICAL, Severity.HIGH, Severity.LOW)


@pytest.fixture
def shown(shown: ShownTable) -> ShownTable:
    shown.read(aged(n, severity=SEVERITIES[n % 3]) for n in range(30))
    return shown


def reported(pane: FindingsPane) -> list[str]:
    """Return what the bar says; nothing where it is not there."""
    bar = pane.selection_bar.bar
    if not bar.isVisible():
        return []
    labels = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    return [*labels, part(bar, action_bar.SeverityCounts, "severity_counts").accessibleName()]


def test_it_is_there_from_two_findings_on(shown: ShownTable) -> None:
    shown.press(Qt.Key.Key_Home)
    assert reported(shown.pane) == []
    shown.press(Qt.Key.Key_Down, SHIFT)
    assert reported(shown.pane) == ["2 selected", "1 critical, 1 high"]
    shown.press(Qt.Key.Key_Up, SHIFT)
    assert reported(shown.pane) == []


def test_it_counts_apart_what_the_filter_hides(shown: ShownTable) -> None:
    shown.press(Qt.Key.Key_A, CONTROL)
    shown.pane.filter_state.set_text("sev:high")
    shown.settle()
    assert reported(shown.pane) == ["10 selected", "20 more hidden", "10 high"]
    shown.pane.filter_state.set_text("sev:medium")
    shown.settle()
    assert reported(shown.pane) == ["30 selected", "hidden by the filter", ""]


def test_it_follows_what_happens_to_the_selected_rows(shown: ShownTable, qtbot: QtBot) -> None:
    shown.pane.filter_state.set_text("status:open")
    shown.press(Qt.Key.Key_A, CONTROL)
    with qtbot.waitSignal(shown.pane.selection_bar.chosen_changed):
        shown.read([aged(0, severity=Severity.HIGH), aged(1, status=FindingStatus.FIXED)])
    assert reported(shown.pane) == ["29 selected", "1 more hidden", "9 critical, 10 high, 10 low"]


def test_clearing_leaves_the_cursors_row_and_the_keyboard_in_the_table(shown: ShownTable) -> None:
    shown.pane.activateWindow()
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_A, CONTROL)
    bar = shown.pane.selection_bar.bar
    clear = next(b for b in bar.findChildren(action_bar.InverseButton) if b.label == "Clear")
    clear.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(clear, Qt.Key.Key_Space)
    shown.settle()
    assert (reported(shown.pane), shown.pane.chosen().shown) == ([], (finding_id(0),))
    assert QApplication.focusWidget() is shown.table


def test_actions_are_offered_and_something_else_may_take_its_place(shown: ShownTable) -> None:
    done: list[str] = []
    shown.pane.selection_bar.offer(
        [action_bar.BarAction("Dismiss", lambda: done.append("Dismiss"), "D")]
    )
    shown.press(Qt.Key.Key_A, CONTROL)
    press(shown.pane.selection_bar.bar, "Dismiss")
    assert done == ["Dismiss"]
    shown.pane.selection_bar.show_instead(action_bar.BarState("Dismissing 3 of 30", progress=0.1))
    assert reported(shown.pane)[0] == "Dismissing 3 of 30"
    shown.pane.selection_bar.show_instead(None)
    assert reported(shown.pane)[0] == "30 selected"


@pytest.mark.parametrize("scrolled", [0.0, 0.5, 1.0])
def test_the_bar_lies_below_all_rows_that_can_be_seen(shown: ShownTable, scrolled: float) -> None:
    shown.press(Qt.Key.Key_A, CONTROL)
    along = shown.table.verticalScrollBar()
    along.setValue(round(along.maximum() * scrolled))
    bar, viewport = shown.pane.selection_bar.bar, shown.table.viewport()
    rows = viewport.rect().translated(viewport.mapTo(shown.pane, viewport.rect().topLeft()))
    assert bar.isVisible()
    assert rows.bottom() < bar.geometry().top()
    assert bar.geometry().bottom() < shown.pane.rect().bottom()


def lower_edge(shown: ShownTable, row: int) -> int:
    rect = shown.table.visualRect(shown.model.index(row, 1))
    return shown.table.viewport().mapTo(shown.pane, rect.bottomLeft()).y()


def test_no_row_stays_under_the_bar(shown: ShownTable) -> None:
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_Down, SHIFT)
    bar = shown.pane.selection_bar.bar
    for _ in range(28):
        shown.press(Qt.Key.Key_Down, SHIFT)
        assert lower_edge(shown, shown.table.currentIndex().row()) < bar.geometry().top()
    assert shown.table.currentIndex().row() == 29
    shown.press(Qt.Key.Key_Home)
    assert shown.table.verticalScrollBar().value() == 0


def test_a_view_at_its_tail_shows_its_newest_row_over_the_bar(shown: ShownTable) -> None:
    shown.press(Qt.Key.Key_A, CONTROL)
    shown.read([aged(40)])
    assert shown.table.anchor.is_following
    assert lower_edge(shown, 30) < shown.pane.selection_bar.bar.geometry().top()


# -- in the window --


@pytest.fixture
def window(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api", 30)
    shown.findings.take_keyboard()
    yield shown
    shown.close()


def test_escape_clears_the_selection_before_anything_else(window: ShownWindow) -> None:
    window.findings.filter_state.set_text("sev>=low")
    QApplication.processEvents()
    window.press(Qt.Key.Key_Home)
    window.press(Qt.Key.Key_A, CONTROL)
    assert window.findings.chosen().total > 2
    window.press(Qt.Key.Key_Escape)
    assert len(window.findings.chosen().shown) == 1
    assert (window.findings.filter_state.text, window.visible("detail_pane")) == ("sev>=low", True)
    window.press(Qt.Key.Key_Escape)
    assert window.findings.filter_state.text == ""


def test_commands_select_and_clear(window: ShownWindow) -> None:
    commands = {command.id: command for command in window.window.commands.commands()}
    everything, clear = commands["select-all"], commands["clear-selection"]
    assert clear.obstacle() == "Fewer than two findings are selected."
    everything.act()
    assert window.findings.chosen().total == window.findings.model.shown
    assert not clear.obstacle()
    clear.act()
    assert window.findings.chosen().total == 0


def test_a_screen_reader_hears_of_many_once_they_rest(window: ShownWindow, qtbot: QtBot) -> None:
    said: list[str] = []
    window.findings.selection_bar.said.connect(said.append)
    window.press(Qt.Key.Key_Home)
    for _ in range(4):
        window.press(Qt.Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["5 selected"]
    window.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said == ["5 selected", "1 selected"]
