"""The looks of the table come back as they were kept, and nothing foreign harms them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.table.columns import COLUMNS, Column
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import By, Order
from heimdall_desktop.domain.table.table_looks import ZOOM_STEPS, Density, TableLooks, table_looks

ARRANGED = TableLooks(
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
    assert table_looks(ARRANGED.text) == ARRANGED
    assert table_looks("") == TableLooks()


@pytest.mark.parametrize("text", ["{", "[]", "null", '"x"', "\x00", "1e999", "[" * 100_000])
def test_a_damaged_text_means_the_first_looks(text: str) -> None:
    assert table_looks(text) == TableLooks()


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
    looks = table_looks(json.dumps(told))
    assert set(looks.sequence) == set(COLUMNS)
    assert len(looks.sequence) == len(COLUMNS)
    assert looks.sequence[0] is Column.SEVERITY
    assert not looks.on & looks.off
    assert table_looks(looks.text) == looks


def test_a_column_that_is_not_named_stands_where_it_belongs() -> None:
    names = [column.name for column in COLUMNS if column is not Column.CWE]
    looks = table_looks(json.dumps({"columns": [*reversed(names), "GONE"]}))
    place = looks.sequence.index(Column.SOURCE)
    assert looks.sequence[place + 1] is Column.CWE


def test_columns_are_switched_on_and_off_but_for_the_fixed_ones() -> None:
    looks = TableLooks().with_column(Column.CWE, is_on=True)
    assert (set(looks.on), set(looks.off)) == ({Column.CWE}, set())
    looks = looks.with_column(Column.CWE, is_on=False)
    assert (set(looks.on), set(looks.off)) == (set(), {Column.CWE})
    assert looks.with_column(Column.FINDING, is_on=False) == looks
    assert looks.with_default_columns() == TableLooks()


def test_a_column_moves_past_those_that_are_shown() -> None:
    shown = (Column.SEVERITY, Column.FINDING, Column.LOCATION, Column.STATUS)
    looks = TableLooks().moved(Column.LOCATION, 1, shown)
    assert [column for column in looks.sequence if column in shown] == [
        Column.SEVERITY,
        Column.FINDING,
        Column.STATUS,
        Column.LOCATION,
    ]
    assert looks.moved(Column.LOCATION, 1, shown) == looks
    assert looks.moved(Column.LOCATION, -1, shown).moved(Column.LOCATION, -9).sequence[1:3] == (
        Column.LOCATION,
        Column.FINDING,
    )
    assert looks.moved(Column.SEVERITY, 1, shown) == looks


def test_widths_stay_within_reason() -> None:
    looks = TableLooks().with_width(Column.CWE, 3).with_width(Column.SOURCE, 120)
    assert looks.widths_px == {Column.CWE: 40, Column.SOURCE: 120}


def test_zoom_goes_by_steps_and_ends() -> None:
    looks, seen = TableLooks(zoom=80), []
    for _ in ZOOM_STEPS:
        seen.append(looks.zoom)
        looks = looks.zoomed(1)
    assert tuple(seen) == ZOOM_STEPS
    assert looks.zoom == 200
    assert looks.zoomed(0).zoom == 100
    assert TableLooks(zoom=104).zoomed(-1).zoom == 100
    assert TableLooks(zoom=80).zoomed(-1).zoom == 80
