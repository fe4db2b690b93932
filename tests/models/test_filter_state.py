"""The filter in use keeps the last valid meaning of what is typed."""

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.filter_language import parse_filter
from heimdall_desktop.domain.filters import ALL_ROWS, Filter
from heimdall_desktop.domain.finding import ScanId, Severity
from heimdall_desktop.models.filter_state import FilterState


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


def test_scope_survives_the_text_and_its_clearing(state: FilterState) -> None:
    state.set_scope(ScanId("one"))
    state.set_text("sql")
    state.clear()
    assert state.filter == Filter(scan_id=ScanId("one"))


def test_words_are_written_into_the_text(state: FilterState) -> None:
    state.set_text("sql")
    state.set_words("sev", {Severity.CRITICAL})
    assert (state.text, state.asks_by("sev")) == ("sql sev:critical", True)
    state.set_words("sev", ())
    assert (state.text, state.asks_by("sev")) == ("sql", False)


def test_t09_repeats_are_shown_and_folded_in_the_text(state: FilterState) -> None:
    state.set_text("sql")
    state.show_repeats(are_shown=True)
    assert (state.text, state.filter.repeats) == ("sql show:repeats", ALL_ROWS)
    state.show_repeats(are_shown=False)
    assert (state.text, state.filter) == ("sql", parse_filter("sql"))
    state.show_repeats(are_shown=True)
    state.clear()
    assert state.filter == Filter()


def test_nothing_new_is_told_once(state: FilterState, qtbot: QtBot) -> None:
    state.set_text("sql")
    with qtbot.assertNotEmitted(state.changed):
        state.set_text("sql")
        state.set_scope(None)
