"""The pane joins filter, table and the reasons for an empty table."""

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

CLOCK_S = 500.0
OTHER_SCAN = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


@pytest.fixture
def watched(qapp: QApplication) -> findings.WatchedFindings:
    return findings.WatchedFindings()


@pytest.fixture
def pane(theme: Theme, watched: findings.WatchedFindings, qtbot: QtBot) -> FindingsPane:
    pane = FindingsPane(watched.store, watched.ticker, clock=lambda: CLOCK_S)
    qtbot.addWidget(pane)
    qtbot.addWidget(pane.filter_field)
    pane.resize(860, 500)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def empty_texts(pane: FindingsPane) -> list[str]:
    empty = pane.findChild(EmptyState)
    assert empty is not None
    if not empty.isVisible():
        return []
    return [label.text() for label in empty.findChildren(QLabel) if label.isVisible()]


def press(pane: FindingsPane, text: str) -> None:
    buttons = pane.findChildren(QPushButton)
    button = next(b for b in buttons if b.accessibleName() == text and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_only_where_new_rows_could_be_followed_it_says_that_they_are_not(
    theme: Theme, qtbot: QtBot
) -> None:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
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


def test_nothing_watched_leads_to_adding(pane: FindingsPane, qtbot: QtBot) -> None:
    assert empty_texts(pane)[0] == "No scans watched yet."
    with qtbot.waitSignal(pane.add_scans_requested):
        press(pane, "Add scans")


def test_reasons_follow_the_scan(pane: FindingsPane, watched: findings.WatchedFindings) -> None:
    watched.watch("payments-api")
    watched.ticker.flush()
    assert empty_texts(pane)[0] == "Loading findings for payments-api"
    watched.store.observe(ListingEnded(findings.SCAN_ID, 1.0, 0, 0, is_whole=True))
    watched.ticker.flush()
    assert empty_texts(pane)[0] == "The scan is waiting for its turn."
    watched.list(findings.realistic_findings(3))
    assert empty_texts(pane) == []
    assert pane.table.isVisible()


def test_a_filter_that_hides_all_can_be_cleared(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    watched.watch("payments-api")
    watched.list(findings.realistic_findings(60))
    pane.filter_field.edit.setText("sev:critical nowhere")
    assert empty_texts(pane)[0].startswith("60 findings are hidden by this filter, ")
    press(pane, "Clear filter")
    assert (pane.model.shown, pane.filter_field.edit.text()) == (60, "")


def test_an_empty_table_quotes_the_filter_in_use_however_it_was_typed(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    watched.watch("payments-api")
    watched.list([findings.make_finding(1), findings.make_finding(2)])
    edit = pane.filter_field.edit
    for typed in ("has:fl", "has:flo", "has:flow"):  # each means the same
        edit.setText(typed)
        assert empty_texts(pane)[1] == f"Nothing matches {typed}"
    edit.setText("has:flow sev>")  # a mistake: the last valid filter stays
    assert empty_texts(pane)[1] == "Nothing matches has:flow"


def test_hidden_rows_are_counted_in_sight(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    clear = pane.findChild(QPushButton, "findings_foot_clear")
    assert clear is not None
    watched.watch("payments-api")
    watched.list(findings.make_finding(n, severity=severity) for n, severity in enumerate(Severity))
    assert clear.isHidden()
    pane.filter_state.set_text("sev>=high")
    assert clear.isVisible()
    press(pane, "Clear filter")
    assert clear.isHidden()


def test_how_far_the_rows_are_checked_stands_under_them(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    ledger = pane.findChild(QLabel, "findings_foot_ledger")
    assert ledger is not None
    assert ledger.isHidden()
    watched.watch("payments-api")
    watched.list([findings.make_finding(1), findings.make_finding(2)])
    watched.store.observe(ListingEnded(findings.SCAN_ID, CLOCK_S - 3, 2, 2, is_whole=True))
    watched.ticker.flush()
    assert ledger.text() == "2 of 2 findings checked against the server 3 s ago"


def test_a_scope_shows_one_scan_and_ends_with_it(
    pane: FindingsPane, watched: findings.WatchedFindings, qtbot: QtBot
) -> None:
    watched.watch("payments-api")
    watched.watch("web-shop", OTHER_SCAN)
    watched.list([findings.make_finding(1), findings.make_finding(2)])
    watched.list([findings.make_finding(3, scan_id=OTHER_SCAN)], OTHER_SCAN)
    with qtbot.waitSignal(pane.scope_changed):
        pane.set_scope(OTHER_SCAN)
    assert (pane.model.shown, pane.model.counts.total) == (1, 1)
    watched.store.remove(OTHER_SCAN)
    with qtbot.waitSignal(pane.scope_changed) as caught:
        watched.ticker.flush()
    assert caught.args == [None]
    assert (pane.scope, pane.model.shown) == (None, 2)


def test_findings_are_shown_selected_and_opened(
    pane: FindingsPane, watched: findings.WatchedFindings, qtbot: QtBot
) -> None:
    watched.watch("payments-api")
    watched.list(findings.realistic_findings(60))
    with qtbot.waitSignal(pane.table.finding_selected) as caught:
        assert pane.show_finding(findings.finding_id(9))
    assert caught.args == [findings.finding_id(9)]
    with qtbot.waitSignal(pane.table.finding_activated):
        QTest.keyClick(pane.table, Qt.Key.Key_Return)
    pane.filter_state.set_text("nowhere")
    assert not pane.show_finding(findings.finding_id(9))


def read_twice(number: int, seconds: int = 0, **fields: Any) -> Finding:
    """Return a reading of one finding: all of them have the same title, place and fingerprint."""
    created_at = findings.FOUND_AT + timedelta(seconds=seconds)
    return findings.make_finding(number, fingerprint="f", created_at=created_at, **fields)


def test_t09_repeats_are_counted_in_sight_shown_and_folded(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    watched.watch("payments-api")
    watched.list([findings.make_finding(9), read_twice(1), read_twice(2), read_twice(3)])
    assert pane.model.shown == 2
    press(pane, "Show them")
    assert (pane.model.shown, pane.filter_field.edit.text()) == (4, "show:repeats")
    press(pane, "Collapse them")
    assert (pane.model.shown, pane.filter_field.edit.text()) == (2, "")


def test_t09_a_repeat_that_someone_asks_for_is_revealed(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    watched.watch("payments-api")
    watched.list([read_twice(1, severity=Severity.LOW), read_twice(2), findings.make_finding(9)])
    pane.filter_state.set_text("sev:low")
    assert not pane.show_finding(findings.finding_id(1))
    assert pane.reveal(findings.finding_id(1))
    assert (pane.filter_state.text, pane.table.selected_id) == (
        "sev:low show:repeats",
        findings.finding_id(1),
    )
    pane.filter_state.set_text("sev:critical")
    assert pane.reveal(findings.finding_id(1))
    assert pane.filter_state.text == "show:repeats"
    assert pane.reveal(findings.finding_id(9))
    assert pane.filter_state.text == "show:repeats"


@pytest.mark.parametrize(
    "text",
    [
        *("new:1s", "since:14:00", "has:proof", "is:proven", "is:new", "stage:taint", "conf:other"),
        *("scan:nobody", "title:nothing", "desc:nothing", "line:7", "fp:nothing", "id:x", "cwe:1"),
    ],
)
def test_no_word_of_the_filter_lets_an_empty_table_look_like_an_all_clear(
    pane: FindingsPane, watched: findings.WatchedFindings, text: str
) -> None:
    watched.watch("payments-api")
    watched.list([findings.make_finding(1, severity=Severity.CRITICAL), findings.make_finding(2)])
    pane.filter_state.set_text(f"{text} sev:critical line:7")
    fact, consequence = empty_texts(pane)[:2]
    assert fact == "2 findings are hidden by this filter, 1 of them critical."
    assert consequence.startswith(f"Nothing matches {text}")


def test_hidden_criticals_are_shown_under_the_table(
    pane: FindingsPane, watched: findings.WatchedFindings
) -> None:
    watched.watch("payments-api")
    watched.list(findings.make_finding(n, severity=severity) for n, severity in enumerate(Severity))
    pane.filter_state.set_text("sev:low,high")
    labels = [label.text() for label in pane.findChildren(QLabel)]
    assert "3 findings are hidden by this filter, 1 of them critical." in labels
    pane.filter_state.set_text("sev>=high")
    labels = [label.text() for label in pane.findChildren(QLabel)]
    assert "3 findings are hidden by this filter." in labels


def test_the_report_of_a_scan_without_findings_opens_only_after_asking(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.stories["docs-site"].list_again()
    shown.findings.set_scope(shown.id("docs-site"))
    shown.ticker.flush()
    press(shown.findings, "Open report")
    host = part(shown.findings, QLabel, "link-host")
    assert host.isVisible()
    assert host.text() == "Open heimdall.corp.example in the browser?"
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
