"""Views are shown, saved, changed, deleted and brought back, and remembered at once."""

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import Column, Order
from heimdall_desktop.models.filter_state import FilterState, TableState, ViewsState


@pytest.fixture
def memory() -> WindowMemory:
    return WindowMemory()


@pytest.fixture
def state(qapp: object) -> FilterState:
    return FilterState()


@pytest.fixture
def views(state: FilterState, memory: WindowMemory) -> ViewsState:
    return ViewsState(state, memory)


def current(views: ViewsState) -> str:
    return "" if views.current is None else views.current.name


def names(views: ViewsState) -> list[str]:
    return [view.name for view in views.views]


def test_a_view_is_shown_and_known_until_the_filter_is_cleared(
    views: ViewsState, state: FilterState
) -> None:
    views.show("Confirmed")
    assert (state.text, views.is_changed) == ("is:confirmed", False)
    state.set_text("is:confirmed sql")
    assert (current(views), views.is_changed) == ("Confirmed", True)
    state.clear()
    assert not views.is_changed
    assert current(views) == ""
    views.show("nobody")
    assert current(views) == ""


def test_what_is_looked_at_becomes_a_view_and_is_remembered(
    views: ViewsState, state: FilterState, memory: WindowMemory, qtbot: QtBot
) -> None:
    state.set_text("sql")
    state.set_scope(ScanId("one"))
    views.add("New", has_scope=True)
    assert (current(views), views.is_changed) == ("New 2", False)
    state.set_scope(None)
    assert views.is_changed
    with qtbot.waitSignal(views.scope_wanted) as caught:
        views.show("New 2")
    assert caught.args == [ScanId("one")]
    again = ViewsState(FilterState(), memory)
    assert (names(again), current(again)) == (names(views), "")


def test_a_view_is_updated(views: ViewsState, state: FilterState) -> None:
    views.show("Confirmed")
    state.set_text("is:confirmed sql")
    views.update()
    assert not views.is_changed
    views.show("New")
    views.show("Confirmed")
    assert state.text == "is:confirmed sql"


def test_views_are_renamed_moved_deleted_and_brought_back(views: ViewsState) -> None:
    before = names(views)
    views.show("New")
    views.rename("New", "Fresh")
    assert (current(views), names(views)[1]) == ("Fresh", "Fresh")
    views.move("Fresh", -1)
    assert names(views)[0] == "Fresh"
    views.delete("Fresh")
    assert (views.deleted, len(views.views), current(views)) == ("Fresh", 3, "")
    views.undo()
    assert (names(views)[0], views.deleted) == ("Fresh", "")
    views.undo()
    assert len(names(views)) == len(before)


def test_a_view_may_keep_how_rows_stand(state: FilterState, memory: WindowMemory) -> None:
    table = TableState()
    views = ViewsState(state, memory, table)
    by_severity = Order(Column.SEVERITY, is_descending=True)
    table.change(lambda table_layout: replace(table_layout, order=by_severity, group=GroupBy.FILE))
    state.set_text("sql")
    views.add("Mine", has_scope=False, has_table_layout=True)
    table.change(lambda table_layout: replace(table_layout, group=None, zoom=150))
    assert views.is_changed
    views.show("Confirmed")
    assert (table.table_layout.group, views.is_changed) == (None, False)
    views.show("Mine")
    assert (table.table_layout.order, table.table_layout.group) == (by_severity, GroupBy.FILE)
    assert (table.table_layout.zoom, views.is_changed) == (150, False)
    assert ViewsState(FilterState(), memory).views == views.views
