"""Columns stay as people have dragged them, and the finding takes the rest."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.table.columns import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_table import LEFT, ShownTable, aged

LOCATION, FINDING = COLUMNS.index(Column.LOCATION), COLUMNS.index(Column.FINDING)


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    shown.read(aged(n) for n in range(5))
    return shown


def divider(shown: ShownTable, section: int) -> QPoint:
    header = shown.table.horizontalHeader()
    end = header.sectionViewportPosition(section) + header.sectionSize(section)
    return QPoint(end - 1, 10)


def drag(shown: ShownTable, place: QPoint, by_px: int) -> None:
    viewport = shown.table.horizontalHeader().viewport()
    QTest.mouseMove(viewport, place)
    QTest.mousePress(viewport, LEFT, pos=place)
    QTest.mouseMove(viewport, place + QPoint(by_px, 0))
    QTest.mouseRelease(viewport, LEFT, pos=place + QPoint(by_px, 0))


def test_a_dragged_width_is_kept_and_the_finding_gives_way(shown: ShownTable) -> None:
    widths = (shown.table.columnWidth(LOCATION), shown.table.columnWidth(FINDING))
    drag(shown, divider(shown, LOCATION), 60)
    assert shown.table.columnWidth(LOCATION) == widths[0] + 60
    assert shown.table.columnWidth(FINDING) == widths[1] - 60
    assert shown.pane.table_state.table_layout.widths_px == {Column.LOCATION: widths[0] + 60}


def test_a_double_click_fits_a_column_to_what_is_in_sight(shown: ShownTable) -> None:
    drag(shown, divider(shown, LOCATION), 90)
    wide = shown.table.columnWidth(LOCATION)
    place = divider(shown, LOCATION)
    viewport = shown.table.horizontalHeader().viewport()
    QTest.mouseDClick(viewport, LEFT, pos=place)
    fitted = shown.table.columnWidth(LOCATION)
    assert 80 < fitted < wide
    path = "a/much/longer/folder/with/many/parts/in/it"
    shown.read([aged(9, file_path=f"{path}/and_a_long_file_name.py")])
    QTest.mouseDClick(viewport, LEFT, pos=divider(shown, LOCATION))
    assert shown.table.columnWidth(LOCATION) > wide


def test_a_column_that_was_switched_on_stays_and_the_table_scrolls(shown: ShownTable) -> None:
    shown.pane.resize(520, 400)
    shown.settle()
    confidence = COLUMNS.index(Column.CONFIDENCE)
    assert shown.table.isColumnHidden(confidence)
    for column in (Column.CONFIDENCE, Column.CWE, Column.SOURCE):
        shown.pane.table_state.change(partial(TableLayout.with_column, column=column, is_on=True))
    shown.settle()
    assert not shown.table.isColumnHidden(confidence)
    assert shown.table.columnWidth(FINDING) >= 200
    assert shown.table.horizontalScrollBar().maximum() > 0
    shown.pane.table_state.change(
        lambda table_layout: table_layout.with_column(Column.LOCATION, is_on=False)
    )
    assert shown.table.isColumnHidden(LOCATION)


def test_everything_is_there_again_in_the_next_session(theme: Theme, qtbot: QtBot) -> None:
    memory = WindowMemory()
    first = ShownTable(theme, memory)
    qtbot.addWidget(first.pane)
    drag(first, divider(first, LOCATION), 40)
    first.click_head(Column.SEVERITY)
    first.table.horizontalHeader().moveSection(2, 1)
    second = ShownTable(theme, memory)
    qtbot.addWidget(second.pane)
    assert second.table.columnWidth(LOCATION) == first.table.columnWidth(LOCATION)
    assert second.model.order == first.model.order
    assert second.table.columns.shown == first.table.columns.shown
    assert second.table.horizontalHeader().visualIndex(LOCATION) == 1


def test_larger_letters_are_no_width_that_somebody_has_dragged(
    shown: ShownTable, theme: Theme
) -> None:
    shown.pane.resize(400, 400)
    shown.settle()
    theme.set_zoom(1.5)
    shown.settle()
    assert not shown.pane.table_state.table_layout.widths_px
