"""The keys of a finding: they act from the table and inside the detail."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QTabBar

from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs
from heimdall_desktop.widgets.detail.reasoning_view import FlowView
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import SERVER
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
SHIFT_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    scan_id = shown.watch("payments-api")
    steps = "- a.py:1 reads\n- b.py:2 runs"
    found = make_finding(1, scan_id=scan_id, description=steps, updated_at=datetime.now(UTC))
    shown.store.observe(FindingsListed(scan_id, shown.time.clock_s, (found,)))
    shown.ticker.flush()
    shown.window.open_finding(finding_id(1))
    yield shown
    shown.close()


@pytest.mark.parametrize("is_inside", [False, True], ids=["table", "detail"])
def test_the_page_is_copied_and_asked_for_by_key(shown: ShownWindow, *, is_inside: bool) -> None:
    if is_inside:
        shown.press(KEY.Key_Return)
        assert "detail_pane" in shown.focused_names()
    QGuiApplication.clipboard().clear()
    shown.press(KEY.Key_C, SHIFT_CONTROL)
    page = f"{SERVER}/findings/{finding_id(1)}"
    assert QGuiApplication.clipboard().text() == page
    shown.press(KEY.Key_B)
    assert part(shown.detail, QLabel, "link-address").text() == page
    assert part(shown.detail, QLabel, "link-address").isVisible()


def test_flow_steps_are_walked_by_key_from_the_table(shown: ShownWindow) -> None:
    tabs = part(shown.detail, QTabBar, "detail-tabs")
    shown.press(KEY.Key_Down, ALT)
    assert tabs.accessibleTabName(tabs.currentIndex()) == "Flow, 2"
    flow = next(iter(shown.detail.findChildren(FlowView)))
    shown.press(KEY.Key_Down, ALT)
    assert flow.chosen == 1
    shown.press(KEY.Key_Up, ALT)
    assert flow.chosen == 0
    assert "findings_table" in shown.focused_names()


@pytest.mark.parametrize("is_early", [True, False], ids=["in time", "on first use"])
def test_the_detail_is_whole_whenever_it_is_made(theme: Theme, *, is_early: bool) -> None:
    """Made late, it keeps its position in the Tab order."""
    shown = ShownWindow().show()
    scan_id = shown.watch("payments-api")
    found = make_finding(1, scan_id=scan_id, code_snippet="query = text\n")
    shown.store.observe(FindingsListed(scan_id, shown.time.clock_s, (found,)))
    shown.ticker.flush()
    assert shown.detail.findChildren(DetailTabs) == []
    if is_early:
        shown.detail.prepare()
    shown.window.open_finding(found.id)
    assert len(shown.detail.findChildren(DetailTabs)) == 1
    shown.press(KEY.Key_Return)
    assert "detail-tabs" in shown.focused_names()
    shown.press(KEY.Key_Tab)
    assert "page-evidence" in shown.focused_names()
    shown.press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert "detail-tabs" in shown.focused_names()
    shown.press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert {"detail_pane", "detail-tabs"} & set(shown.focused_names()) == {"detail_pane"}
    shown.close()


def test_a_detail_that_opens_without_a_finding_is_whole(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.press(KEY.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert shown.detail.isVisible()
    assert len(shown.detail.findChildren(DetailTabs)) == 1
    shown.close()
