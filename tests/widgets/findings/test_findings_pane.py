"""The pane joins filter, table and the reasons for an empty table."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes import findings
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownTable, ShownWindow, aged
from tests.widgets.conftest import Owned

CLOCK_S = 500.0
OTHER_SCAN = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


class Shown:
    """A pane over findings, of no scan yet."""

    def __init__(self, qtbot: QtBot) -> None:
        self.watched = findings.WatchedFindings()
        self.pane = FindingsPane(self.watched.store, self.watched.ticker, clock=lambda: CLOCK_S)
        qtbot.addWidget(self.pane)
        qtbot.addWidget(self.pane.filter_field)
        self.pane.resize(860, 500)
        self.pane.show()
        qtbot.waitExposed(self.pane)

    def list(self, rows: Iterable[Finding]) -> None:
        self.watched.watch("payments-api")
        self.watched.list(rows)

    def end_listing(self, rows: int, at_s: float = 1.0) -> None:
        self.watched.store.observe(ListingEnded(findings.SCAN_ID, at_s, rows, rows, is_whole=True))
        self.watched.ticker.flush()

    def empty_texts(self) -> Sequence[str]:
        empty = part(self.pane, EmptyState, "findings_empty")
        if not empty.isVisible():
            return []
        return [label.text() for label in empty.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def press(pane: FindingsPane, text: str) -> None:
    buttons = pane.findChildren(QPushButton)
    button = next(b for b in buttons if b.accessibleName() == text and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_only_where_new_rows_could_be_followed_it_says_that_they_are_not(owned: Owned) -> None:
    shown = ShownTable()
    owned(shown.pane)
    shown.read(aged(n) for n in range(100))
    shown.table.verticalScrollBar().setValue(0)
    paused = part(shown.pane, QLabel, "findings_foot_state")
    assert paused.text() == "Following paused"
    shown.table.sort_by(Column.SEVERITY)
    assert paused.text() == ""
    shown.table.sort_by(Column.FIRST_SEEN)
    shown.table.verticalScrollBar().setValue(0)
    assert paused.text() == "Following paused"
    shown.model.group_by(GroupBy.FILE)
    assert paused.text() == ""


def test_nothing_watched_leads_to_adding(shown: Shown, qtbot: QtBot) -> None:
    assert shown.empty_texts()[0] == "No scans watched yet."
    with qtbot.waitSignal(shown.pane.add_scans_requested):
        press(shown.pane, "Add scans")


def test_reasons_follow_the_scan(shown: Shown) -> None:
    shown.watched.watch("payments-api")
    shown.watched.ticker.flush()
    assert shown.empty_texts()[0] == "Loading findings for payments-api"
    shown.end_listing(0)
    assert shown.empty_texts()[0] == "The scan is waiting for its turn."
    shown.watched.list(findings.realistic_findings(3))
    assert shown.empty_texts() == []
    assert shown.pane.table.isVisible()


def test_a_filter_that_hides_all_can_be_cleared(shown: Shown) -> None:
    shown.list(findings.realistic_findings(60))
    shown.pane.filter_field.edit.setText("sev:critical nowhere")
    assert shown.empty_texts()[0].startswith("60 findings are hidden by this filter, ")
    press(shown.pane, "Clear filter")
    assert (shown.pane.model.shown, shown.pane.filter_field.edit.text()) == (60, "")


def test_an_empty_table_quotes_the_filter_in_use_however_it_was_typed(shown: Shown) -> None:
    shown.list([findings.make_finding(1), findings.make_finding(2)])
    edit = shown.pane.filter_field.edit
    for typed in ("has:fl", "has:flo", "has:flow"):  # each means the same
        edit.setText(typed)
        assert shown.empty_texts()[1] == f"Nothing matches {typed}"
    edit.setText("has:flow sev>")  # a mistake: the last valid filter stays
    assert shown.empty_texts()[1] == "Nothing matches has:flow"


def test_how_far_the_rows_are_checked_stands_under_them(shown: Shown) -> None:
    sync_status = part(shown.pane, QLabel, "findings_foot_ledger")
    assert sync_status.isHidden()
    shown.list([findings.make_finding(1), findings.make_finding(2)])
    shown.end_listing(2, CLOCK_S - 3)
    assert sync_status.text() == "2 of 2 findings checked against the server 3 s ago"


def test_a_scope_shows_one_scan_and_ends_with_it(shown: Shown, qtbot: QtBot) -> None:
    shown.watched.watch("payments-api")
    shown.watched.watch("web-shop", OTHER_SCAN)
    shown.watched.list([findings.make_finding(1), findings.make_finding(2)])
    shown.watched.list([findings.make_finding(3, scan_id=OTHER_SCAN)], OTHER_SCAN)
    with qtbot.waitSignal(shown.pane.scope_changed):
        shown.pane.set_scope(OTHER_SCAN)
    assert (shown.pane.model.shown, shown.pane.model.counts.total) == (1, 1)
    shown.watched.store.remove(OTHER_SCAN)
    with qtbot.waitSignal(shown.pane.scope_changed) as caught:
        shown.watched.ticker.flush()
    assert caught.args == [None]
    assert (shown.pane.scope, shown.pane.model.shown) == (None, 2)


def test_findings_are_shown_selected_and_opened(shown: Shown, qtbot: QtBot) -> None:
    shown.list(findings.realistic_findings(60))
    with qtbot.waitSignal(shown.pane.table.finding_selected) as caught:
        assert shown.pane.show_finding(findings.finding_id(9))
    assert caught.args == [findings.finding_id(9)]
    with qtbot.waitSignal(shown.pane.table.finding_activated):
        QTest.keyClick(shown.pane.table, Qt.Key.Key_Return)
    shown.pane.filter_state.set_text("nowhere")
    assert not shown.pane.show_finding(findings.finding_id(9))


def read_twice(number: int, seconds: int = 0, **fields: Any) -> Finding:
    """Return a reading of one finding: all of them have the same title, place and fingerprint."""
    created_at = findings.FOUND_AT + timedelta(seconds=seconds)
    return findings.make_finding(number, fingerprint="f", created_at=created_at, **fields)


def test_t09_repeats_are_counted_in_sight_shown_and_folded(shown: Shown) -> None:
    shown.list([findings.make_finding(9), read_twice(1), read_twice(2), read_twice(3)])
    assert shown.pane.model.shown == 2
    press(shown.pane, "Show them")
    assert (shown.pane.model.shown, shown.pane.filter_field.edit.text()) == (4, "show:repeats")
    press(shown.pane, "Collapse them")
    assert (shown.pane.model.shown, shown.pane.filter_field.edit.text()) == (2, "")


def test_t09_a_repeat_that_someone_asks_for_is_revealed(shown: Shown) -> None:
    shown.list([read_twice(1, severity=Severity.LOW), read_twice(2), findings.make_finding(9)])
    state, first = shown.pane.filter_state, findings.finding_id(1)
    state.set_text("sev:low")
    assert not shown.pane.show_finding(first)
    assert shown.pane.reveal(first)
    assert (state.text, shown.pane.table.selected_id) == ("sev:low show:repeats", first)
    state.set_text("sev:critical")
    for wanted in (first, findings.finding_id(9)):
        assert shown.pane.reveal(wanted)
        assert state.text == "show:repeats"


@pytest.mark.parametrize(
    "text",
    [
        *("new:1s", "since:14:00", "has:proof", "is:proven", "is:new", "stage:taint", "conf:other"),
        *("scan:nobody", "title:nothing", "desc:nothing", "line:7", "fp:nothing", "id:x", "cwe:1"),
    ],
)
def test_no_filter_word_lets_an_empty_table_look_like_an_all_clear(shown: Shown, text: str) -> None:
    shown.list([findings.make_finding(1, severity=Severity.CRITICAL), findings.make_finding(2)])
    shown.pane.filter_state.set_text(f"{text} sev:critical line:7")
    fact, consequence = shown.empty_texts()[:2]
    assert fact == "2 findings are hidden by this filter, 1 of them critical."
    assert consequence.startswith(f"Nothing matches {text}")


def test_hidden_rows_are_counted_in_sight_and_criticals_among_them(shown: Shown) -> None:
    clear, hidden = part(shown.pane, QPushButton, "findings_foot_clear"), "3 findings are hidden"
    shown.list(findings.make_finding(n, severity=severity) for n, severity in enumerate(Severity))
    assert clear.isHidden()
    for text, words in (
        ("sev:low,high", f"{hidden} by this filter, 1 of them critical."),
        ("sev>=high", f"{hidden} by this filter."),
    ):
        shown.pane.filter_state.set_text(text)
        assert clear.isVisible()
        assert words in [label.text() for label in shown.pane.findChildren(QLabel)]
    press(shown.pane, "Clear filter")
    assert clear.isHidden()


def test_the_report_of_a_scan_without_findings_opens_only_after_asking(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.stories["docs-site"].list_again()
    shown.findings.set_scope(shown.id("docs-site"))
    shown.ticker.flush()
    press(shown.findings, "Open report")
    host = part(shown.findings, QLabel, "link-host")
    assert (host.isVisible(), host.text()) == (True, "Open heimdall.corp.example in the browser?")
    address = part(shown.findings, QLabel, "link-address").text()
    assert address == f"https://heimdall.corp.example/scans/{shown.id('docs-site')}"
    shown.findings.set_scope(shown.id("search-indexer"))
    shown.ticker.flush()
    assert not host.isVisible()
    shown.close()


def test_the_keyboard_stays_where_people_are_when_the_table_empties_and_fills(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    shown.findings.table.setFocus()
    shown.findings.filter_state.set_text("file:nowhere")
    assert "findings_empty" in shown.focused_names()
    shown.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is shown.findings.table
    for name in list(shown.stories):
        if name != "search-indexer":
            shown.stop(name)
    empty = part(shown.window, EmptyState, "findings_empty")
    assert QApplication.focusWidget() is empty  # nothing was found yet, and nothing can be done
    assert empty.accessibleName()
    part(shown.window, QLineEdit, "filter_edit").setFocus()
    shown.findings.filter_state.set_text("file:nowhere")
    assert "filter_edit" in shown.focused_names()
    shown.close()
