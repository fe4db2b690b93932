"""What is looked for is in sight, and the row at the top is whole."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    return shown


def top(shown: ShownTable) -> int:
    """Return how far the row at the top begins above the edge."""
    return shown.table.rowViewportPosition(shown.table.rowAt(0))


def is_selected_in_sight(shown: ShownTable) -> bool:
    rect = shown.table.visualRect(shown.table.currentIndex())
    return shown.table.viewport().rect().contains(rect)


def resize(shown: ShownTable, height: int) -> None:
    shown.pane.resize(shown.pane.width(), height)
    shown.settle()


def scroll(shown: ShownTable, row: int) -> None:
    shown.table.verticalScrollBar().setValue(row * shown.table.rowHeight(0))


@pytest.mark.parametrize("height", [400, 413, 427])
def test_jumps_end_at_the_edge_of_a_row(shown: ShownTable, height: int) -> None:
    shown.read(aged(n) for n in range(300))
    resize(shown, height)
    edges = [top(shown)]
    shown.read(aged(n) for n in range(300, 310))
    edges.append(top(shown))
    assert shown.table.is_following
    for number in (150, 9, 301):
        assert shown.table.show_finding(finding_id(number))
        assert is_selected_in_sight(shown)
        edges.append(top(shown))
    shown.press(Qt.Key.Key_End)
    edges.append(top(shown))
    assert edges == [0] * 6


def test_the_selected_row_stays_in_sight_when_the_table_gets_lower(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(200))
    scroll(shown, 100)
    shown.table.show_finding(finding_id(108))
    for height in (240, 160, 500):
        resize(shown, height)
        assert is_selected_in_sight(shown)
        assert top(shown) == 0
    scroll(shown, 20)
    resize(shown, 260)
    assert shown.table.rowAt(0) == 20, "it was out of sight, and stays there"


def test_a_finding_far_away_is_brought_into_sight(shown: ShownTable, qtbot: QtBot) -> None:
    shown.read(aged(n) for n in range(500))
    with qtbot.waitSignal(shown.table.finding_selected) as caught:
        assert shown.table.show_finding(finding_id(7))
    assert caught.args == [finding_id(7)]
    assert is_selected_in_sight(shown)


@pytest.mark.parametrize("height", [400, 413])
def test_keys_scroll_from_row_to_row(shown: ShownTable, height: int) -> None:
    shown.read(aged(n) for n in range(200))
    resize(shown, height)
    scroll(shown, 0)
    for key in [Qt.Key.Key_Down] * 14 + [Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp]:
        shown.press(key)
        assert is_selected_in_sight(shown)
        assert top(shown) == 0
    shown.table.step(20)
    assert is_selected_in_sight(shown)
    assert top(shown) == 0


def test_a_table_that_is_scrolled_sideways_stays_so(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(300))
    wide = partial(TableLayout.with_width, column=Column.FINDING, width_px=1500)
    shown.pane.table_state.change(wide)
    shown.settle()
    across = shown.table.horizontalScrollBar()
    across.setValue(300)
    scroll(shown, 100)
    assert shown.table.sight.holds(101)
    shown.table.sight.show(101)
    assert shown.table.rowAt(0) == 100
    shown.table.sight.show(200)
    assert shown.table.sight.holds(200)
    assert across.value() == 300


def test_the_row_at_the_top_is_whole_after_an_error_too(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(300))
    shown.table.verticalScrollBar().setValue(0)
    with pytest.raises(ZeroDivisionError):
        _fail_while_scrolling(shown)
    assert top(shown) == 0


def _fail_while_scrolling(shown: ShownTable) -> None:
    with shown.table.sight.whole_rows():
        shown.table.verticalScrollBar().setValue(11)
        raise ZeroDivisionError
