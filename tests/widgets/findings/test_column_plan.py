"""Columns vanish one by one as the table grows narrow, and never squeeze the titles."""

import pytest

from heimdall_desktop.domain.table.columns import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.widgets.findings.column_plan import MEASURES_PX, plan_columns

ALWAYS = {Column.SEVERITY, Column.FINDING, Column.LOCATION}
USUAL = ALWAYS | {Column.STATUS, Column.FIRST_SEEN}


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (300, ALWAYS),
        (559, ALWAYS),
        (560, ALWAYS | {Column.STATUS}),
        (640, USUAL),
        (899, USUAL),
        (900, USUAL | {Column.SOURCE}),
        (1060, USUAL | {Column.SOURCE, Column.CWE}),
        (1140, USUAL | {Column.SOURCE, Column.CWE, Column.CONFIDENCE}),
    ],
)
def test_columns_vanish_with_the_width(width: int, columns: set[Column]) -> None:
    plan = plan_columns(width, round)
    assert set(plan) == columns
    assert sum(plan.values()) == width or plan[Column.FINDING] == 200


def test_the_scan_has_a_column_only_beside_others() -> None:
    assert Column.SCAN in plan_columns(860, round, has_many_scans=True)
    assert Column.SCAN not in plan_columns(860, round, has_many_scans=False)
    assert Column.SCAN not in plan_columns(583, round, has_many_scans=True)


@pytest.mark.parametrize("width", [704, 714, 652])
def test_many_scans_and_folders_have_their_room_before_other_columns(width: int) -> None:
    """So wide is the table at 1440 x 900 with the detail open, and at 150 %."""
    plan = plan_columns(width, round, has_many_scans=True)
    assert plan.keys() == ALWAYS | {Column.SCAN}
    assert plan[Column.LOCATION] == 220
    assert plan[Column.FINDING] == width - 112 - 220 - 120
    wide = plan_columns(860, round, has_many_scans=True)
    assert wide.keys() == ALWAYS | {Column.SCAN, Column.STATUS, Column.FIRST_SEEN}
    assert wide[Column.LOCATION] == 220


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("width", [300, 714, 1440])
def test_every_column_that_is_switched_on_is_shown(column: Column, width: int) -> None:
    table_layout = TableLayout().with_column(column, is_on=True)
    assert plan_columns(width, round, table_layout=table_layout)[column] >= 40
    assert column in MEASURES_PX


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
    assert 152 <= plan[Column.LOCATION] <= 220
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
    assert Column.SCAN not in plan_columns(600, round, badge_px=160, has_many_scans=True)
    plan = plan_columns(600, round, badge_px=160, has_many_scans=True, table_layout=table_layout)
    assert Column.SCAN in plan
