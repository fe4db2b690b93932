"""Columns vanish one by one as the table grows narrow, and never squeeze the titles."""

import pytest

from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.table.table_looks import TableLooks
from heimdall_desktop.widgets.findings.column_plan import plan_columns

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
    assert Column.SCAN not in plan_columns(699, round, has_many_scans=True)


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
    looks = TableLooks().with_width(column, 500)
    plan = plan_columns(760, round, has_many_scans=True, looks=looks)
    assert plan.keys() == usual.keys()
    assert plan[column] == 500
    assert sum(plan.values()) > 760


def test_a_column_that_was_narrowed_makes_room() -> None:
    looks = TableLooks().with_width(Column.LOCATION, 60)
    assert Column.SCAN not in plan_columns(700, round, badge_px=160, has_many_scans=True)
    plan = plan_columns(700, round, badge_px=160, has_many_scans=True, looks=looks)
    assert Column.SCAN in plan
