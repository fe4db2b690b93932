"""Columns vanish one by one as the table grows narrow, and never squeeze the titles."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.widgets.findings.column_plan import plan_columns
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_window import LEFT, ShownTable, aged

ALWAYS = {Column.SEVERITY, Column.FINDING, Column.LOCATION}
USUAL = ALWAYS | {Column.STATUS, Column.FIRST_SEEN}

LOCATION, FINDING = COLUMNS.index(Column.LOCATION), COLUMNS.index(Column.FINDING)


@pytest.mark.parametrize(
    ("width", "has_many_scans", "columns"),
    [
        (300, False, ALWAYS),
        (559, False, ALWAYS),
        (560, False, ALWAYS | {Column.STATUS}),
        (640, False, USUAL),
        (899, False, USUAL),
        (900, False, USUAL | {Column.SOURCE}),
        (1060, False, USUAL | {Column.SOURCE, Column.CWE}),
        (1140, False, USUAL | {Column.SOURCE, Column.CWE, Column.CONFIDENCE}),
        (583, True, ALWAYS | {Column.STATUS}),
        # The table at 1440 x 900 with the detail open, at 150 % and without the detail:
        (704, True, ALWAYS | {Column.STATUS, Column.SCAN}),
        (714, True, ALWAYS | {Column.STATUS, Column.SCAN}),
        (652, True, ALWAYS | {Column.STATUS}),
        (860, True, USUAL | {Column.SCAN}),
    ],
)
def test_columns_vanish_with_the_width_and_the_status_outlives_the_scan(
    width: int, has_many_scans: bool, columns: set[Column]
) -> None:
    plan = plan_columns(width, round, has_many_scans=has_many_scans)
    assert plan.keys() == columns
    assert plan[Column.FINDING] >= 200
    assert sum(plan.values()) == width or (width < 559 and plan[Column.FINDING] == 200)


def test_status_and_scan_have_room_beside_the_widest_severity() -> None:
    plan = plan_columns(702, round, badge_px=128, has_many_scans=True)
    assert plan.keys() == ALWAYS | {Column.STATUS, Column.SCAN}
    selecting = plan_columns(666, round, badge_px=128, has_many_scans=True)
    assert selecting.keys() == ALWAYS | {Column.STATUS}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("width", [300, 714, 1440])
def test_every_column_that_is_switched_on_is_shown(column: Column, width: int) -> None:
    table_layout = TableLayout().with_column(column, is_on=True)
    assert plan_columns(width, round, table_layout=table_layout)[column] >= 40


def test_a_scroll_bar_takes_no_column_away() -> None:
    plan = plan_columns(630, round, outer_width=640)
    assert set(plan) == USUAL
    assert sum(plan.values()) == 630


def test_severity_shrinks_to_its_shape_and_grows_with_its_words() -> None:
    assert plan_columns(479, round)[Column.SEVERITY] == 40
    assert plan_columns(480, round)[Column.SEVERITY] == 112
    assert plan_columns(480, round, badge_px=120)[Column.SEVERITY] == 120


@pytest.mark.parametrize("width", range(560, 1600, 37))
def test_titles_keep_their_room(width: int) -> None:
    plan = plan_columns(width, round, has_many_scans=True)
    assert plan[Column.FINDING] >= 200
    assert 136 <= plan[Column.LOCATION] <= 220
    assert sum(plan.values()) == width


def test_measures_scale() -> None:
    assert plan_columns(559 * 2, lambda px: round(px * 2)).keys() == ALWAYS


@pytest.mark.parametrize("column", [Column.FINDING, Column.LOCATION, Column.STATUS, Column.SCAN])
def test_a_column_that_was_widened_takes_no_other_away(column: Column) -> None:
    usual = plan_columns(760, round, has_many_scans=True)
    table_layout = TableLayout().with_width(column, 500)
    plan = plan_columns(760, round, has_many_scans=True, table_layout=table_layout)
    assert plan.keys() == usual.keys()
    assert plan[column] == 500
    assert sum(plan.values()) > 760


def test_a_column_that_was_narrowed_makes_room() -> None:
    table_layout = TableLayout().with_width(Column.LOCATION, 60)
    assert Column.SCAN not in plan_columns(660, round, badge_px=160, has_many_scans=True)
    plan = plan_columns(660, round, badge_px=160, has_many_scans=True, table_layout=table_layout)
    assert Column.SCAN in plan


@pytest.fixture
def shown(shown: ShownTable) -> ShownTable:
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
    first = ShownTable(memory)
    qtbot.addWidget(first.pane)
    drag(first, divider(first, LOCATION), 40)
    first.click_head(Column.SEVERITY)
    first.table.horizontalHeader().moveSection(2, 1)
    second = ShownTable(memory)
    qtbot.addWidget(second.pane)
    assert second.table.columnWidth(LOCATION) == first.table.columnWidth(LOCATION)
    assert second.model.order == first.model.order
    assert second.table.columns.shown == first.table.columns.shown
    assert second.table.horizontalHeader().visualIndex(LOCATION) == 1


def test_larger_letters_are_no_width_someone_dragged(shown: ShownTable, theme: Theme) -> None:
    shown.pane.resize(400, 400)
    shown.settle()
    theme.set_zoom(1.5)
    shown.settle()
    assert not shown.pane.table_state.table_layout.widths_px
