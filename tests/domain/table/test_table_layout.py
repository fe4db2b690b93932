"""The looks of the table come back as they were kept, and nothing foreign harms them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table import table_layout
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, USUAL_COLUMNS, By, Column, Order

ARRANGED = table_layout.TableLayout(
    sequence=(COLUMNS[0], *reversed(COLUMNS[1:])),
    on=frozenset({Column.CWE}),
    off=frozenset({Column.STATUS}),
    widths_px={Column.LOCATION: 300},
    order=Order(Column.SEVERITY, is_descending=True, further=(By(Column.CWE),)),
    group=GroupBy.FILE,
    density=table_layout.Density.COMPACT,
    zoom=125,
)


def test_comes_back_as_it_was_kept() -> None:
    assert table_layout.read_table_layout(ARRANGED.text) == ARRANGED
    assert table_layout.read_table_layout("") == table_layout.TableLayout()


@pytest.mark.parametrize("text", ["{", "[]", "null", '"x"', "\x00", "1e999", "[" * 100_000])
def test_a_damaged_text_means_the_first_looks(text: str) -> None:
    assert table_layout.read_table_layout(text) == table_layout.TableLayout()


words = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))
named = st.sampled_from(
    [*Column.__members__, *GroupBy.__members__, *table_layout.Density.__members__]
)
values = st.recursive(
    st.one_of(words, named),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(named, inner, max_size=3)),
    max_leaves=8,
)
keys = st.sampled_from(list(json.loads(ARRANGED.text)))


@given(st.dictionaries(keys, values))
def test_a_foreign_text_never_fails_and_always_means_something(stored: dict[str, object]) -> None:
    layout = table_layout.read_table_layout(json.dumps(stored))
    assert set(layout.sequence) == set(COLUMNS)
    assert len(layout.sequence) == len(COLUMNS)
    assert layout.sequence[0] is Column.SEVERITY
    assert not layout.on & layout.off
    assert table_layout.read_table_layout(layout.text) == layout


def test_an_unnamed_column_goes_to_its_default_place() -> None:
    names = [column.name for column in COLUMNS if column is not Column.CWE]
    layout = table_layout.read_table_layout(json.dumps({"columns": [*reversed(names), "GONE"]}))
    place = layout.sequence.index(Column.SOURCE)
    assert layout.sequence[place + 1] is Column.CWE


def test_columns_are_switched_on_and_off_but_for_the_fixed_ones() -> None:
    layout = table_layout.TableLayout().with_column(Column.CWE, is_on=True)
    assert (set(layout.on), set(layout.off)) == ({Column.CWE}, set())
    layout = layout.with_column(Column.CWE, is_on=False)
    assert (set(layout.on), set(layout.off)) == (set(), {Column.CWE})
    assert layout.with_column(Column.FINDING, is_on=False) == layout
    assert layout.with_column(Column.CWE, is_on=None) == table_layout.TableLayout()
    assert layout.with_default_columns() == table_layout.TableLayout()


def test_a_column_moves_past_those_that_are_shown() -> None:
    shown = (Column.SEVERITY, Column.FINDING, Column.LOCATION, Column.STATUS)
    layout = table_layout.TableLayout().moved(Column.LOCATION, 1, shown)
    moved = [column for column in layout.sequence if column in shown]
    assert moved == [*shown[:2], Column.STATUS, Column.LOCATION]
    assert layout.moved(Column.LOCATION, 1, shown) == layout
    back = layout.moved(Column.LOCATION, -1, shown).moved(Column.LOCATION, -9)
    assert back.sequence[1:3] == (Column.LOCATION, Column.FINDING)
    assert layout.moved(Column.SEVERITY, 1, shown) == layout


def test_widths_stay_within_reason() -> None:
    layout = table_layout.TableLayout().with_width(Column.CWE, 3).with_width(Column.SOURCE, 120)
    assert layout.widths_px == {Column.CWE: 40, Column.SOURCE: 120}


def test_zoom_goes_by_steps_and_ends() -> None:
    layout, seen = table_layout.TableLayout(zoom=80), []
    for _ in table_layout.ZOOM_STEPS:
        seen.append(layout.zoom)
        layout = layout.zoomed(1)
    assert tuple(seen) == table_layout.ZOOM_STEPS
    assert layout.zoom == 200
    assert layout.zoomed(0).zoom == 100
    assert table_layout.TableLayout(zoom=104).zoomed(-1).zoom == 100
    assert table_layout.TableLayout(zoom=80).zoomed(-1).zoom == 80


A, B = (
    table_layout.SavedView("a", "sql"),
    table_layout.SavedView("b", "cwe:89", has_scope=True, scan_id=ScanId("one")),
)


def test_names_are_never_the_same_and_never_harmful() -> None:
    views = table_layout.with_view(
        table_layout.with_view((A,), table_layout.SavedView("A", "x")),
        table_layout.SavedView("a", "y"),
    )
    assert [view.name for view in views] == ["a", "A 2", "a 3"]
    hostile = table_layout.with_view((), table_layout.SavedView("<b>\u202ex\n" + "y" * 200, ""))[
        0
    ].name
    assert "\n" not in hostile
    assert "\u202e" not in hostile
    assert len(hostile) <= table_layout.LONGEST_NAME


def test_views_are_renamed_moved_and_left_out() -> None:
    assert [view.name for view in table_layout.renamed((A, B), "b", "A")] == ["a", "A 2"]
    assert table_layout.renamed((A, B), "b", "  ") == (A, B)
    assert table_layout.with_place((A, B), B, 0) == (B, A)
    assert table_layout.with_place((A, B), A, 9) == (B, A)
    assert table_layout.without((A, B), "a") == (B,)


def test_views_come_back_from_their_memory() -> None:
    assert table_layout.read_views(table_layout.write_views((A, B), "b")) == ((A, B), "b")
    assert table_layout.read_views(table_layout.write_views(())) == ((), "")
    notifying = (replace(A, notifies=True), replace(B, notifies=True))
    assert table_layout.read_views(table_layout.write_views(notifying)) == (notifying, "")


@pytest.mark.parametrize("kept", ["", "{", "7", "[]", '{"views": 7}', "[" * 100_000])
def test_a_damaged_memory_gives_no_views(kept: str) -> None:
    assert table_layout.read_views(kept) == (None, "")


def test_what_is_no_view_is_left_out() -> None:
    rows: list[Any] = [7, {"name": "a"}, {"name": 1, "text": ""}, {"name": "b", "text": "sql"}]
    rows += [{"name": "c", "text": "x" * 5000}, {"name": "b", "text": "", "scope": 7}]
    views, current = table_layout.read_views(json.dumps({"views": rows, "current": "nobody"}))
    assert (views, current) == (
        (table_layout.SavedView("b", "sql"), table_layout.SavedView("b 2", "")),
        "",
    )
    many = json.dumps({"views": [{"name": "x", "text": ""}] * 500})
    assert len(table_layout.read_views(many)[0] or ()) == table_layout.MOST_VIEWS
    unnamed = json.dumps({"views": [{"name": " \t", "text": ""}]})
    assert table_layout.read_views(unnamed) == ((), "")


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
    views, current = table_layout.read_views(json.dumps(stored))
    names = [view.name for view in views or ()]
    assert len({name.casefold() for name in names}) == len(names)
    assert current == "" or current in names


def test_the_reasons_are_off_until_they_are_switched_on() -> None:
    layout = table_layout.TableLayout()
    assert Column.REASON not in layout.exported
    shown = layout.with_column(Column.REASON, is_on=True)
    assert Column.REASON in shown.exported
    assert table_layout.read_table_layout(shown.text) == shown
    assert Column.REASON not in shown.with_column(Column.REASON, is_on=False).exported
    assert set(COLUMNS) - {Column.REASON, Column.DISAGREEMENT} == set(USUAL_COLUMNS)
    ordered = json.dumps({"order": [["REASON", False], ["STATUS", True]]})
    assert table_layout.read_table_layout(ordered).order == Order(Column.STATUS, is_descending=True)
    older = [each.name for each in USUAL_COLUMNS]  # of a version without reasons
    assert table_layout.read_table_layout(json.dumps({"columns": older})).sequence == COLUMNS
