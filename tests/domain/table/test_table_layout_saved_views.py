"""Views have names of their own, stand where people put them, and survive their memory."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table.table_layout import (
    LONGEST_NAME,
    MOST_VIEWS,
    SavedView,
    read_views,
    renamed,
    with_place,
    with_view,
    without,
    write_views,
)

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
def test_any_memory_gives_views_with_names_of_their_own(told: Any) -> None:
    views, current = read_views(json.dumps(told))
    names = [view.name for view in views or ()]
    assert len({name.casefold() for name in names}) == len(names)
    assert current == "" or current in names
