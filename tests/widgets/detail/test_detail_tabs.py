"""The tabs of a finding: which there are, what stays open, where each was scrolled to."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import Proof
from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs, Tab
from heimdall_desktop.widgets.detail.reasoning_view import FlowView
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import SCAN_ID, make_event, make_finding
from tests.fakes.hands import opened, part, press_key
from tests.fakes.requests import RecordedRequests

LONG = "\n".join(f"line {number}" for number in range(300))
FULL = make_finding(
    1,
    description=LONG,
    code_snippet="x = 1",
    suggested_patch="Do this.",
    proof=Proof("confirmed", "python", "print(1)", 0, "", "", ""),
    agent_reasoning="Because.",
)
BARE = make_finding(2)


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def tabs(theme: Theme, requests: RecordedRequests, qtbot: QtBot) -> DetailTabs:
    return opened(qtbot, DetailTabs(Store(), requests, WindowMemory()), 416, 400)


def bar(tabs: DetailTabs) -> QTabBar:
    return part(tabs, QTabBar, "detail-tabs")


def shown_tabs(tabs: DetailTabs) -> list[str]:
    found = bar(tabs)
    indices = [i for i in range(found.count()) if found.isTabVisible(i)]
    return [found.accessibleTabName(i) for i in indices]


def choose(tabs: DetailTabs, tab: Tab) -> None:
    place = bar(tabs).tabRect(tuple(Tab).index(tab)).center()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(bar(tabs), left, Qt.KeyboardModifier.NoModifier, place)


def test_a_full_finding_has_every_tab(tabs: DetailTabs) -> None:
    tabs.show_finding(FULL)
    assert shown_tabs(tabs) == ["Evidence", "Fix", "Proof", "Reasoning", "History", "Fields"]


def test_tabs_without_content_are_hidden_and_leave_no_gap(tabs: DetailTabs) -> None:
    tabs.show_finding(FULL)
    tabs.show_finding(make_finding(3, description="x"))
    assert shown_tabs(tabs) == ["Evidence", "History", "Fields"]
    history = bar(tabs).tabRect(tuple(Tab).index(Tab.HISTORY))
    assert history.left() == bar(tabs).tabRect(0).right() + 1


def test_a_finding_without_evidence_opens_on_what_it_has(tabs: DetailTabs) -> None:
    tabs.show_finding(BARE)
    assert tabs.current is Tab.HISTORY


def test_the_chosen_tab_stays_and_comes_back(tabs: DetailTabs) -> None:
    tabs.show_finding(FULL)
    choose(tabs, Tab.REASONING)
    opened = []
    for finding in (FULL, BARE, FULL):
        tabs.show_finding(finding)
        opened.append(tabs.current)
    assert opened == [Tab.REASONING, Tab.HISTORY, Tab.REASONING]


def test_arrow_keys_change_the_tab(tabs: DetailTabs) -> None:
    tabs.show_finding(FULL)
    press_key(bar(tabs), Qt.Key.Key_Right)
    assert tabs.current is Tab.FIX


def test_the_history_is_counted(tabs: DetailTabs, requests: RecordedRequests, qtbot: QtBot) -> None:
    tabs.show_finding(FULL)
    qtbot.waitUntil(lambda: bool(requests.waiting))
    requests.answer((make_event(1), make_event(2)))
    assert "History, 2" in shown_tabs(tabs)
    tabs.show_finding(BARE)
    assert "History" in shown_tabs(tabs)


def test_each_finding_keeps_its_place_until_its_scan_ends(tabs: DetailTabs, qtbot: QtBot) -> None:
    tabs.show_finding(FULL)
    bar = part(tabs, QScrollArea, "page-evidence").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    bar.setSliderPosition(700)
    tabs.show_finding(make_finding(1, description=LONG, code_snippet="y = 2"))
    assert (tabs.current, bar.value()) == (Tab.EVIDENCE, 700), "another version moves nothing"
    tabs.show_finding(make_finding(4, description=LONG))
    assert bar.value() == 0
    tabs.show_finding(FULL)
    qtbot.waitUntil(lambda: bar.value() == 700)
    choose(tabs, Tab.REASONING)
    assert part(tabs, QScrollArea, "page-reasoning").verticalScrollBar().value() == 0
    choose(tabs, Tab.EVIDENCE)
    assert bar.value() == 700
    tabs.clear()
    tabs.scrolls.pop(SCAN_ID)
    tabs.show_finding(FULL)
    assert bar.value() == 0


def test_below_the_table_evidence_and_fix_share_a_tab(tabs: DetailTabs) -> None:
    tabs.resize(670, 263)
    tabs.set_wide(is_wide=True)
    tabs.show_finding(FULL)
    names = ["Evidence and fix", "Proof", "Reasoning", "History", "Fields"]
    assert shown_tabs(tabs) == names
    assert not part(tabs, QWidget, "description").isVisible()
    tabs.set_wide(is_wide=False)
    assert shown_tabs(tabs)[:2] == ["Evidence", "Fix"]


def test_where_type_is_large_all_tabs_fit_uncounted(tabs: DetailTabs, theme: Theme) -> None:
    theme.set_zoom(1.15)
    tabs.resize(415, 400)
    tabs.show_finding(replace(FULL, description="1. `a.py:1` in\n2. `b.py:2` out"))
    assert "Flow, 2" in shown_tabs(tabs)
    QApplication.processEvents()
    assert bar(tabs).width() >= bar(tabs).tabRect(bar(tabs).count() - 1).right()
    assert not [arrow for arrow in bar(tabs).findChildren(QToolButton) if arrow.isVisible()]


def test_the_flow_is_counted_and_walked_from_any_tab(tabs: DetailTabs) -> None:
    tabs.show_finding(make_finding(5, description="- a.py:1 x\n- b.py:2 y"))
    assert "Flow, 2" in shown_tabs(tabs)
    tabs.step_flow(1)
    opened = [tabs.current]
    flow = next(iter(tabs.findChildren(FlowView)))
    assert flow.chosen == 0
    tabs.step_flow(1)
    assert flow.chosen == 1
    tabs.show_finding(BARE)
    tabs.step_flow(1)
    assert [*opened, tabs.current] == [Tab.FLOW, Tab.HISTORY]


def test_where_room_is_short_the_first_tab_has_a_short_name(tabs: DetailTabs, qtbot: QtBot) -> None:
    tabs.set_wide(is_wide=True)
    tabs.show_finding(FULL)
    for width, name in ((400, "Evidence"), (500, "Evidence and fix")):
        tabs.resize(width, 263)
        qtbot.waitUntil(lambda name=name: shown_tabs(tabs)[0] == name)  # type: ignore[misc]
        assert bar(tabs).tabRect(tuple(Tab).index(Tab.FIELDS)).right() <= width


def test_the_tab_key_goes_from_the_tabs_through_the_open_page(tabs: DetailTabs) -> None:
    diff = "@@ -1,2 +1,2 @@\n-a\n+b\n c\n"
    page = "https://why.example/x"
    fields = {"code_snippet": "a", "suggested_patch": diff, "references": (page,)}
    tabs.show_finding(make_finding(3, description="Why.", **fields))
    tabs.take_keyboard()
    passed = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused.accessibleName())
        press_key(focused, Qt.Key.Key_Tab)
    assert passed == [
        "Finding sections",
        "Description",
        "Copy",
        "Code, lines 88 to 88",
        "Unified",
        "Copy patch",
        "Save patch\u2026",
        "Suggested patch",
        page,
    ]


def test_the_keyboard_does_not_stay_in_a_page_that_goes(tabs: DetailTabs) -> None:
    tabs.show_finding(make_finding(4, description="1. `a.py:1` in\n2. `b.py:2` out"))
    tabs.step_flow(1)
    choose(tabs, Tab.EVIDENCE)
    tabs.take_keyboard()
    press_key(bar(tabs), Qt.Key.Key_Tab)
    assert not bar(tabs).hasFocus()
    tabs.step_flow(1)
    assert bar(tabs).hasFocus()
    assert tabs.current is Tab.FLOW
