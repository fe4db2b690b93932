"""The selection goes to the newest row of its finding, and tells nobody."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
    return shown


def read_twice(number: int, seconds: int = 0, **fields: Any) -> Finding:
    """Return a reading of one finding: all of them have the same title, place and fingerprint."""
    return aged(seconds, id=finding_id(number), fingerprint="f", **fields)


def test_t09_the_selection_goes_to_the_newest_row_and_tells_nobody(
    shown: ShownTable, qtbot: QtBot
) -> None:
    shown.read([read_twice(1), *(make_finding(n) for n in range(10, 99))])
    shown.pane.show_finding(finding_id(1))
    top = shown.table.rowAt(0)
    with qtbot.assertNotEmitted(shown.pane.finding_selected):
        shown.read([read_twice(2, 60)])
    assert shown.table.selected_id == finding_id(2)
    assert shown.table.selected_row == shown.table.currentIndex().row() == shown.model.shown - 1
    assert shown.table.rowAt(0) == top
    with qtbot.waitSignal(shown.pane.finding_selected):
        shown.table.step(-1)


def test_t09_a_selected_repeat_stays_selected(shown: ShownTable) -> None:
    shown.read([read_twice(1), read_twice(2)])
    shown.pane.reveal(finding_id(1))
    shown.read([read_twice(1, status=FindingStatus.DISMISSED), read_twice(3, 60)])
    assert shown.table.selected_id == finding_id(1)


def test_t09_a_newest_row_that_the_filter_hides_is_not_selected(shown: ShownTable) -> None:
    shown.read([read_twice(1, severity=Severity.LOW), make_finding(9, severity=Severity.LOW)])
    shown.pane.filter_state.set_text("sev:low")
    shown.pane.show_finding(finding_id(1))
    shown.read([read_twice(2, 60)])
    assert (shown.table.selected_id, shown.table.selected_row) == (finding_id(1), None)
