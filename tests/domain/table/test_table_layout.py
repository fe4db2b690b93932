"""The looks of the table come back as they were kept, and nothing foreign harms them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, By, Column, Order
from heimdall_desktop.domain.table.table_layout import (
    LONGEST_NAME,
    MOST_VIEWS,
    ZOOM_STEPS,
    Density,
    SavedView,
    TableLayout,
    read_table_layout,
    read_views,
    renamed,
    with_place,
    with_view,
    without,
    write_views,
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
def test_a_foreign_text_never_fails_and_always_means_something(stored: dict[str, object]) -> None:
    table_layout = read_table_layout(json.dumps(stored))
    assert set(table_layout.sequence) == set(COLUMNS)
    assert len(table_layout.sequence) == len(COLUMNS)
    assert table_layout.sequence[0] is Column.SEVERITY
    assert not table_layout.on & table_layout.off
    assert read_table_layout(table_layout.text) == table_layout


def test_an_unnamed_column_goes_to_its_default_place() -> None:
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
    ] == (Column.LOCATION, Column.FINDING)
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


A, B = SavedView("a", "sql"), SavedView("b", "cwe:89", has_scope=True, scan_id=ScanId("one"))


def test_names_are_never_the_same_and_never_harmful() -> None:
    views = with_view(with_view((A,), SavedView("A", "x")), SavedView("a", "y"))
    assert [view.name for view in views] == ["a", "A 2", "a 3"]
    hostile = with_view((), SavedView("<b>\u202ex\n" + "y" * 200, ""))[0].name
    assert "\n" not in hostile
    assert "\u202e" not in hostile
    assert len(hostile) <= LONGEST_NAME


def test_views_are_renamed_moved_and_left_out() -> None:
    assert [view.name for view in renamed((A, B), "b", "A")] == ["a", "A 2"]
    assert renamed((A, B), "b", "  ") == (A, B)
    assert with_place((A, B), B, 0) == (B, A)
    assert with_place((A, B), A, 9) == (B, A)
    assert without((A, B), "a") == (B,)


def test_views_come_back_from_their_memory() -> None:
    assert read_views(write_views((A, B), "b")) == ((A, B), "b")
    assert read_views(write_views(())) == ((), "")
    notifying = (replace(A, notifies=True), replace(B, notifies=True))
    assert read_views(write_views(notifying)) == (notifying, "")


@pytest.mark.parametrize("kept", ["", "{", "7", "[]", '{"views": 7}', "[" * 100_000])
def test_a_damaged_memory_gives_no_views(kept: str) -> None:
    assert read_views(kept) == (None, "")


def test_what_is_no_view_is_left_out() -> None:
    rows: list[Any] = [7, {"name": "a"}, {"name": 1, "text": ""}, {"name": "b", "text": "sql"}]
    rows += [{"name": "c", "text": "x" * 5000}, {"name": "b", "text": "", "scope": 7}]
    views, current = read_views(json.dumps({"views": rows, "current": "nobody"}))
    assert (views, current) == ((SavedView("b", "sql"), SavedView("b 2", "")), "")
    many = json.dumps({"views": [{"name": "x", "text": ""}] * 500})
    assert len(read_views(many)[0] or ()) == MOST_VIEWS
    unnamed = json.dumps({"views": [{"name": " \t", "text": ""}]})
    assert read_views(unnamed) == ((), "")


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["views", "name", "text", "scope", "current"]), inner)
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_memory_gives_views_with_names_of_their_own(stored: Any) -> None:
    views, current = read_views(json.dumps(stored))
    names = [view.name for view in views or ()]
    assert len({name.casefold() for name in names}) == len(names)
    assert current == "" or current in names
