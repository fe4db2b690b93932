"""The filter in use keeps the last valid meaning of what is typed."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.comparison import KnownChanges, compare
from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.reason import ReadReason, ReadReasons
from heimdall_desktop.domain.filters.filter import ALL_ROWS, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_terms import Knowledge
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import Column, Order
from heimdall_desktop.domain.table.ordered_rows import NewMarks
from heimdall_desktop.domain.table.table_layout import SavedView, TableLayout, write_views
from heimdall_desktop.models import filter_state
from heimdall_desktop.models.filter_state import FilterState, TableState, ViewsState
from tests.fakes.findings import SCAN_ID, finding_id, make_finding


@pytest.fixture
def state(qapp: object) -> FilterState:
    return FilterState()


def test_a_mistake_keeps_the_last_valid_filter(state: FilterState) -> None:
    state.set_text("sev>=high")
    state.set_text("sev>=high fil:x")
    assert state.error is not None
    assert state.error.position == 10
    assert state.filter == parse_filter("sev>=high")
    state.set_text("sev>=high file:x")
    assert state.error is None


@pytest.mark.parametrize("field", ["fil:x", "sev>", "-status:", "has:f", "cwe!=x"])
def test_a_word_that_grows_into_a_field_was_never_meant_as_a_word(
    state: FilterState, field: str
) -> None:
    state.set_scope(ScanId("one"))
    for end in range(1, len(typed := f"sev>=high {field}") + 1):
        state.set_text(typed[:end])
    assert state.error is not None
    assert state.filter == replace(parse_filter("sev>=high"), scan_id=ScanId("one"))


def test_what_stood_before_a_mistake_stays_when_nothing_grew(state: FilterState) -> None:
    for text in ("sev>=high sql", "sev>=high sql fil:x", "sev>=high sq:x"):
        state.set_text(text)
    assert state.error is not None
    assert state.filter == parse_filter("sev>=high sql")


def test_scope_survives_the_text_and_its_clearing(state: FilterState) -> None:
    state.set_scope(ScanId("one"))
    state.set_text("sql")
    state.clear()
    assert state.filter == Filter(scan_id=ScanId("one"))


def test_words_are_written_into_the_text_and_read_from_it(state: FilterState) -> None:
    state.set_text("sql")
    state.set_words("sev", {Severity.CRITICAL})
    assert state.text == "sql sev:critical"
    assert state.asked("sev") == {Severity.CRITICAL}
    state.toggle_word("sev", Severity.HIGH)
    assert state.asked("sev") == {Severity.CRITICAL, Severity.HIGH}
    state.set_words("sev", ())
    assert state.text == "sql"
    assert not state.asked("sev")


def test_what_is_asked_is_that_of_the_last_valid_filter(state: FilterState) -> None:
    state.set_text("sev>=high")
    state.set_text("sev>=high has:fix status:")
    assert state.asked("sev") == {Severity.CRITICAL, Severity.HIGH}
    assert not state.has_term("has:fix")
    state.set_text("")
    state.set_text("sev>=hgh")
    assert not state.asked("sev")


def test_one_stage_alone_is_known_as_such(state: FilterState) -> None:
    for text, stage in {
        "stage:config": "Config scan",
        "stage:hunt": "Hunt",
        "stage:hunt sev>=high": "",
        "stage:hunt,config": "",
        "": "",
    }.items():
        state.set_text(text)
        assert state.only_stage == stage


def test_t09_repeats_are_shown_and_folded_in_the_text(state: FilterState) -> None:
    state.set_text("sql")
    state.show_repeats(are_shown=True)
    assert (state.text, state.filter.repeats) == ("sql show:repeats", ALL_ROWS)
    state.show_repeats(are_shown=False)
    assert (state.text, state.filter) == ("sql", parse_filter("sql"))
    state.show_repeats(are_shown=True)
    state.clear()
    assert state.filter == Filter()


def test_no_change_is_not_announced(state: FilterState, qtbot: QtBot) -> None:
    state.set_text("sql")
    with qtbot.assertNotEmitted(state.changed):
        state.set_text("sql")
        state.set_scope(None)


def test_what_is_asked_for_by_time_moves_with_it(qapp: object, qtbot: QtBot) -> None:
    moments = [datetime(2026, 7, 4, 14, 0, tzinfo=UTC)]
    state = FilterState(now=lambda: moments[-1])
    state.set_text("new:10m")
    with qtbot.assertNotEmitted(state.moved):
        state.let_time_pass()
    before = state.filter
    moments.append(moments[-1] + timedelta(seconds=1))
    with qtbot.waitSignal(state.moved):
        state.let_time_pass()
    assert state.filter.is_later(before)
    state.set_text("sql")
    moments.append(moments[-1] + timedelta(hours=1))
    with qtbot.assertNotEmitted(state.moved):
        state.let_time_pass()


def test_names_of_scans_matter_to_those_who_ask_for_them(qapp: object, qtbot: QtBot) -> None:
    scan_id, names = ScanId("one"), dict[ScanId, str]()
    state = FilterState(names=lambda: names)
    names[scan_id] = "payments-api"
    with qtbot.assertNotEmitted(state.changed):
        state.follow_scans()
    state.set_text("scan:pay")
    finding = make_finding(scan_id=scan_id)
    assert state.filter.matches(finding)
    with qtbot.waitSignal(state.changed):
        names[scan_id] = "web-shop"
        state.follow_scans()
    assert not state.filter.matches(finding)


def test_what_has_changed_is_asked_for_again_once_more_is_known(qapp: object) -> None:
    finding = make_finding()
    known = [KnownChanges({})]
    state = FilterState(known=lambda: Knowledge(known[-1]))
    state.set_text("change:new")
    assert not state.filter.matches(finding)
    known.append(KnownChanges({finding.scan_id: compare([], [finding]).known}))
    state.follow_scans()
    assert state.filter.matches(finding)


def test_a_term_is_switched(state: FilterState) -> None:
    state.toggle_term("has:fix")
    assert (state.text, state.has_term("has:fix")) == ("has:fix", True)
    state.toggle_term("has:fix")
    assert state.text == ""


def test_what_was_arranged_comes_back(qtbot: QtBot) -> None:
    memory = WindowMemory()
    state = TableState(memory)
    with qtbot.waitSignal(state.changed):
        state.change(lambda table_layout: table_layout.with_column(Column.CWE, is_on=True))
    with qtbot.assertNotEmitted(state.changed):
        state.change(lambda table_layout: table_layout)
    assert TableState(memory).table_layout.on == {Column.CWE}


def test_a_damaged_memory_is_no_harm(qtbot: QtBot) -> None:
    memory = WindowMemory()
    memory.keep(filter_state.NAME, '{"columns": 7')
    assert TableState(memory).table_layout == TableLayout()


def test_what_was_new_is_remembered() -> None:
    memory, marks = WindowMemory(), NewMarks()
    marks.read(finding_id(1), SCAN_ID, is_news=True)
    filter_state.remember_marks(memory, marks, [])
    assert filter_state.remembered_marks(memory).remembered() == [finding_id(1)]


@pytest.mark.parametrize("text", ["", "{", "{}", "7", '[1, null, {"a": 2}]', "[" * 100_000])
def test_a_foreign_text_marks_nothing(text: str) -> None:
    memory = WindowMemory()
    memory.keep(filter_state.MARKS, text)
    assert filter_state.remembered_marks(memory).remembered() == []


# -- Views are shown, saved, changed, deleted and brought back, and remembered at once. --


class KeptViews(ViewsState):
    """Views with the filter and the table they are made of, and what they are kept in."""

    def __init__(self, memory: WindowMemory | None = None) -> None:
        self.state, self.table, self.memory = FilterState(), TableState(), memory or WindowMemory()
        super().__init__(self.state, self.memory, self.table)

    @property
    def name(self) -> str:
        return "" if self.current is None else self.current.name

    @property
    def names(self) -> list[str]:
        return [view.name for view in self.views]


@pytest.fixture
def views(qapp: object) -> KeptViews:
    return KeptViews()


def test_a_view_is_shown_and_known_until_the_filter_is_cleared(views: KeptViews) -> None:
    views.show("Confirmed")
    assert (views.state.text, views.is_changed) == ("is:confirmed", False)
    views.state.set_text("is:confirmed sql")
    assert (views.name, views.is_changed) == ("Confirmed", True)
    views.state.clear()
    assert not views.is_changed
    assert views.name == ""
    views.show("nobody")
    assert views.name == ""


def test_the_current_filter_becomes_a_view_and_is_kept(views: KeptViews, qtbot: QtBot) -> None:
    views.state.set_text("sql")
    views.state.set_scope(ScanId("one"))
    views.add("New", has_scope=True)
    assert (views.name, views.is_changed) == ("New 2", False)
    views.state.set_scope(None)
    assert views.is_changed
    with qtbot.waitSignal(views.scope_wanted) as caught:
        views.show("New 2")
    assert caught.args == [ScanId("one")]
    again = KeptViews(views.memory)
    assert (again.names, again.name) == (views.names, "")


def test_a_view_is_updated(views: KeptViews) -> None:
    views.show("Confirmed")
    views.state.set_text("is:confirmed sql")
    views.update()
    assert not views.is_changed
    views.show("New")
    views.show("Confirmed")
    assert views.state.text == "is:confirmed sql"


def test_views_are_renamed_moved_deleted_and_brought_back(views: KeptViews) -> None:
    before = views.names
    views.show("New")
    views.rename("New", "Fresh")
    assert (views.name, views.names[1]) == ("Fresh", "Fresh")
    views.move("Fresh", -1)
    assert views.names[0] == "Fresh"
    views.delete("Fresh")
    assert (views.deleted, len(views.views), views.name) == ("Fresh", 4, "")
    views.undo()
    assert (views.names[0], views.deleted) == ("Fresh", "")
    views.undo()
    assert len(views.names) == len(before)


def test_a_view_may_keep_the_order_of_rows(views: KeptViews) -> None:
    table = views.table
    by_severity = Order(Column.SEVERITY, is_descending=True)
    table.change(lambda table_layout: replace(table_layout, order=by_severity, group=GroupBy.FILE))
    views.state.set_text("sql")
    views.add("Mine", has_scope=False, has_table_layout=True)
    table.change(lambda table_layout: replace(table_layout, group=None, zoom=150))
    assert views.is_changed
    views.show("Confirmed")
    assert (table.table_layout.group, views.is_changed) == (None, False)
    views.show("Mine")
    assert (table.table_layout.order, table.table_layout.group) == (by_severity, GroupBy.FILE)
    assert (table.table_layout.zoom, views.is_changed) == (150, False)
    assert KeptViews(views.memory).views == views.views


def test_a_reason_is_asked_for_again_once_more_is_known(qapp: object) -> None:
    finding, owner = make_finding(status=FindingStatus.DISMISSED), ReadReasons()
    state = FilterState(known=lambda: Knowledge(reasons=owner.known))
    state.set_text("reason:none")
    assert not state.filter.matches(finding)
    owner.put({finding.id: ReadReason(None, finding.updated_at)})
    state.follow_scans()
    assert state.filter.matches(finding)


def test_views_of_an_earlier_version_get_the_new_one_once(qapp: object) -> None:
    memory = WindowMemory()
    memory.keep(filter_state.VIEWS, write_views([SavedView("Mine", "sql")]))
    views = KeptViews(memory)
    assert views.names == ["Mine", "Disagreements"]
    views.delete("Disagreements")
    assert KeptViews(memory).names == ["Mine"]
