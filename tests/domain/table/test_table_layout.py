"""The looks of the table come back as they were kept, and nothing foreign harms them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, By, Column, Order
from heimdall_desktop.domain.table.table_layout import (
    ZOOM_STEPS,
    Density,
    TableLayout,
    read_table_layout,
)

ARRANGED = TableLayout(
    sequence=(COLUMNS[0], *reversed(COLUMNS[1:])),
    on=frozenset({Column.CWE}),
    off=frozenset({Column.STATUS}),
    widths_px={Column.LOCATION: 300},
    order=Order(Column.SEVERITY, is_descending=True, further=(By(Column.CWE),)),
    group=GroupBy.FILE,
    density=Density.COMPACT,
    zoom=125,
)


def test_comes_back_as_it_was_kept() -> None:
    assert read_table_layout(ARRANGED.text) == ARRANGED
    assert read_table_layout("") == TableLayout()


@pytest.mark.parametrize("text", ["{", "[]", "null", '"x"', "\x00", "1e999", "[" * 100_000])
def test_a_damaged_text_means_the_first_looks(text: str) -> None:
    assert read_table_layout(text) == TableLayout()


words = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))
named = st.sampled_from([*Column.__members__, *GroupBy.__members__, *Density.__members__])
values = st.recursive(
    st.one_of(words, named),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(named, inner, max_size=3)),
    max_leaves=8,
)
keys = st.sampled_from(list(json.loads(ARRANGED.text)))


@given(st.dictionaries(keys, values))
def test_a_foreign_text_never_fails_and_always_means_something(told: dict[str, object]) -> None:
    table_layout = read_table_layout(json.dumps(told))
    assert set(table_layout.sequence) == set(COLUMNS)
    assert len(table_layout.sequence) == len(COLUMNS)
    assert table_layout.sequence[0] is Column.SEVERITY
    assert not table_layout.on & table_layout.off
    assert read_table_layout(table_layout.text) == table_layout


def test_a_column_that_is_not_named_stands_where_it_belongs() -> None:
    names = [column.name for column in COLUMNS if column is not Column.CWE]
    table_layout = read_table_layout(json.dumps({"columns": [*reversed(names), "GONE"]}))
    place = table_layout.sequence.index(Column.SOURCE)
    assert table_layout.sequence[place + 1] is Column.CWE


def test_columns_are_switched_on_and_off_but_for_the_fixed_ones() -> None:
    table_layout = TableLayout().with_column(Column.CWE, is_on=True)
    assert (set(table_layout.on), set(table_layout.off)) == ({Column.CWE}, set())
    table_layout = table_layout.with_column(Column.CWE, is_on=False)
    assert (set(table_layout.on), set(table_layout.off)) == (set(), {Column.CWE})
    assert table_layout.with_column(Column.FINDING, is_on=False) == table_layout
    assert table_layout.with_default_columns() == TableLayout()


def test_a_column_moves_past_those_that_are_shown() -> None:
    shown = (Column.SEVERITY, Column.FINDING, Column.LOCATION, Column.STATUS)
    table_layout = TableLayout().moved(Column.LOCATION, 1, shown)
    assert [column for column in table_layout.sequence if column in shown] == [
        Column.SEVERITY,
        Column.FINDING,
        Column.STATUS,
        Column.LOCATION,
    ]
    assert table_layout.moved(Column.LOCATION, 1, shown) == table_layout
    assert table_layout.moved(Column.LOCATION, -1, shown).moved(Column.LOCATION, -9).sequence[
        1:3
    ] == (
        Column.LOCATION,
        Column.FINDING,
    )
    assert table_layout.moved(Column.SEVERITY, 1, shown) == table_layout


def test_widths_stay_within_reason() -> None:
    table_layout = TableLayout().with_width(Column.CWE, 3).with_width(Column.SOURCE, 120)
    assert table_layout.widths_px == {Column.CWE: 40, Column.SOURCE: 120}


def test_zoom_goes_by_steps_and_ends() -> None:
    table_layout, seen = TableLayout(zoom=80), []
    for _ in ZOOM_STEPS:
        seen.append(table_layout.zoom)
        table_layout = table_layout.zoomed(1)
    assert tuple(seen) == ZOOM_STEPS
    assert table_layout.zoom == 200
    assert table_layout.zoomed(0).zoom == 100
    assert TableLayout(zoom=104).zoomed(-1).zoom == 100
    assert TableLayout(zoom=80).zoomed(-1).zoom == 80
