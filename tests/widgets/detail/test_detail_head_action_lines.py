"""Server actions on the open finding: how they are offered, requested and shown."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import HeimdallError, OutcomeUnknown, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.finding_action import (
    ActionState,
    FindingAction,
    IssueMade,
    Phase,
)
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.controller_desk import EMAIL, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.findings import FOUND_AT, finding_id, make_event, make_finding
from tests.fakes.hands import click, part, press
from tests.fakes.shown_detail import ShownDetail
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

EXPLAIN, ISSUE, MARK = FindingAction.EXPLAIN, FindingAction.ISSUE, FindingAction.MARK_APPLIED
PAGE = "https://host.example/shop/issues/4"
DETAILS = (("summary", ("Built <b>by hand</b>.",)), ("what_to_review", ("Who?", "When?")))
DIFF = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n c\n"


def shown_finding(qtbot: QtBot, diff: str | None) -> ShownDetail:
    shown = ShownDetail(qtbot, height_px=700)
    shown.open(make_finding(1, suggested_patch=diff, agent_reasoning=None))
    return shown


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownDetail:
    return shown_finding(qtbot, DIFF)


@pytest.fixture
def bare(theme: Theme, qtbot: QtBot) -> ShownDetail:
    """One whose finding has no patch, so that only its history is read."""
    return shown_finding(qtbot, None)


def state(action: FindingAction, phase: Phase, **fields: object) -> ActionState:
    known: dict[str, object] = {"began_at_s": 1.0, "at": FOUND_AT} | fields
    return ActionState(finding_id(1), action, phase, **known)  # type: ignore[arg-type]


def question(pane: DetailPane) -> QuestionDialog:
    (dialog,) = [d for d in pane.window().findChildren(QuestionDialog) if d.isVisible()]
    return dialog


def test_a_running_action_shows_its_time_and_waiting_can_be_stopped(shown: ShownDetail) -> None:
    assert shown.lines == []
    shown.set_states(state(EXPLAIN, Phase.WAITING, began_at_s=-30.0))
    assert shown.lines == ["Explaining with AI, 0:42. This may take several minutes."]
    tick = part(shown.pane, QTimer, "action-tick")
    assert tick.isActive()
    click(shown.button("action-leave"))
    assert shown.asked("leave") == [(finding_id(1), EXPLAIN)]
    shown.set_states(state(EXPLAIN, Phase.LEFT))
    assert "The server continues. The result appears here when it arrives." in shown.lines[0]
    shown.set_states()
    assert (shown.lines, tick.isActive()) == ([], False)


def test_an_answer_is_shown_beside_the_finding_as_plain_text(shown: ShownDetail) -> None:
    shown.set_states(state(EXPLAIN, Phase.DONE, details=DETAILS))
    click(shown.button("action-answer"))
    section = part(shown.pane, QWidget, "answer-0")
    assert section.isVisible()
    texts = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    assert [text for text in texts if text in ("AI explanation", "Summary", "What to review")] == [
        "AI explanation",
        "Summary",
        "What to review",
    ]
    press(part(section, QWidget, "answer-head"), "Copy")
    copied = QGuiApplication.clipboard().text()
    assert copied == "Summary\nBuilt <b>by hand</b>.\n\nWhat to review\n- Who?\n- When?"


def test_a_late_answer_is_taken_from_the_history(bare: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bare.asked("events")))
    older = make_event(1, event_type="ai_verification", details=(("verdict", ("confirmed",)),))
    newer = make_event(
        2,
        event_type="ai_verification",
        details=(("verdict", ("needs_review",)), ("odd_key", ("1",))),
        created_at=FOUND_AT + timedelta(minutes=5),
    )
    bare.requests.answer((older, newer))
    tabs = part(bare.pane, QTabBar, "detail-tabs")
    tabs.setCurrentIndex([tabs.tabText(n) for n in range(tabs.count())].index("Reasoning"))
    section = part(bare.pane, QWidget, "answer-0")
    words = [label.text() for label in section.findChildren(QLabel)]
    assert "AI verification" in words
    assert {"Verdict", "Odd key"} <= set(words)


def test_a_created_page_opens_only_after_its_host_was_shown(shown: ShownDetail) -> None:
    made = IssueMade(is_new=True, page=PAGE)
    shown.set_states(state(ISSUE, Phase.DONE, page=PAGE, made=made))
    assert shown.lines == ["An issue was created."]
    click(shown.button("action-page"))
    assert part(shown.pane, QLabel, "link-host").text() == "Open host.example in the browser?"
    hostile = "https://good.example@evil.example/"
    shown.set_states(state(ISSUE, Phase.DONE, page=hostile, made=made))
    assert not any(b.isVisible() for b in shown.pane.findChildren(QPushButton, "action-page"))


def test_an_entry_of_the_history_links_to_the_created_page(bare: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bare.asked("events")))
    bare.requests.answer((make_event(event_type="issue_linked", new_value=PAGE),))
    entry = part(bare.pane, QWidget, "history-0")
    link = part(entry, QPushButton, "history-page")
    assert link.accessibleName() == "Open on host.example…"
    link.click()
    assert part(bare.pane, QLabel, "link-address").text() == PAGE


def test_an_unknown_result_is_shown_and_only_the_history_is_reloaded(
    shown: ShownDetail, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(shown.asked("events")))
    lost: HeimdallError = OutcomeUnknown(Reason.ANSWER_LOST, host="h.test")
    shown.set_states(state(ISSUE, Phase.LOOKING, error=lost))
    assert shown.lines[0].startswith("Issue: result unknown, checking, 0:11.")
    error = OutcomeUnknown(Reason.ISSUE_UNSURE, error=lost)
    shown.set_states(state(ISSUE, Phase.UNKNOWN, error=error))
    shown.set_states(state(ISSUE, Phase.UNKNOWN, error=error))
    assert shown.lines[0].startswith("Issue: result unknown. The connection to h.test was lost")
    assert len(shown.asked("events")) == 2
    assert shown.asked("action") == []


def test_a_marked_patch_is_reloaded(shown: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(shown.asked("patches")))
    shown.set_states(state(MARK, Phase.DONE))
    assert len(shown.asked("patches")) == 2
    assert shown.lines == ["The patch is marked as applied. This can't be undone on the server."]


def test_only_permanent_actions_need_confirmation(shown: ShownDetail) -> None:
    shown.pane.request_action(EXPLAIN)
    assert shown.asked("action") == [(finding_id(1), EXPLAIN)]
    for action in (ISSUE, FindingAction.FIX, MARK):
        shown.requests.asked.clear()
        shown.pane.request_action(action)
        click(part(question(shown.pane), QPushButton, "question-keep"))
        assert shown.asked("action") == []
        shown.pane.request_action(action)
        do = part(question(shown.pane), QPushButton, "question-do")
        keep = part(question(shown.pane), QPushButton, "question-keep")
        assert keep.x() < do.x(), "nothing is lost, so this isn't the button of a deletion"
        click(do)
        assert shown.asked("action") == [(finding_id(1), action)]


def test_the_menu_explains_disabled_actions(shown: ShownDetail) -> None:
    head = part(shown.pane, QPushButton, "detail-more")
    shown.requests.actions.obstacles[FindingAction.FIX] = (
        "This server doesn't support fix requests."
    )
    click(head)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    offered = {action.text(): action.isEnabled() for action in menu.actions()}
    assert offered["Explain with AI"]
    assert offered["Create issue…"]
    assert not offered["Open fix request\u2026"]
    assert not offered["This server doesn't support fix requests."]
    menu.close()
    assert shown.pane.action_obstacle(FindingAction.FIX)
    shown.pane.show_finding(None)
    assert shown.pane.action_obstacle(EXPLAIN) == "No finding is open."


def test_below_the_table_there_is_room_for_the_newest_only(shown: ShownDetail) -> None:
    states = [state(action, Phase.LEFT) for action in FindingAction]
    shown.set_states(*states)
    assert len(shown.lines) == 3

    shown.pane.set_layout(Qt.Orientation.Horizontal)
    assert len(shown.lines) == 1


# -- over a real socket --


async def test_an_explanation_comes_from_the_server_and_survives_a_stop(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    with idle_server(EMAIL) as running:
        async with signed_in_desk(running, tmp_path) as desk:
            await explain_and_leave(qtbot, running, desk)


async def explain_and_leave(qtbot: QtBot, running: LabServer, desk: ControllerDesk) -> None:
    """Ask for an explanation, stop waiting for it, and see it all the same."""
    script = running.script_scan("shop", EMAIL).run_until("hunt").add_findings(1, "high")
    script.answer(script.finding_ids[0], "explain", {"summary": "Built by hand."})
    await desk.watch(script.id)
    await desk.until(lambda: desk.store.has_listed_once(ScanId(script.id)))
    found = FindingId(script.finding_ids[0])
    ticker = Ticker(desk.store)
    pane = DetailPane(desk.store, ticker, desk.controller)
    qtbot.addWidget(pane)
    pane.resize(416, 700)
    pane.show()
    pane.show_finding(found)
    running.faults.add(Fault(Shape.LATE, "triage", path_part="/explain", delay_s=3600))
    pane.request_action(EXPLAIN)

    def line() -> str:
        words = pane.findChildren(WrappedLabel, "action-words")
        return " ".join(label.text() for label in words if label.isVisible())

    news = asyncio.Event()
    ticker.changed.connect(news.set)

    async def until(holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                news.clear()
                await news.wait()

    await until(lambda: line().startswith("Explaining with AI,"))
    click(next(b for b in pane.findChildren(QPushButton, "action-leave") if b.isVisible()))
    await until(lambda: "The server continues. The result appears here when it arrives." in line())
    running.faults.clear()
    await until(lambda: line() == "AI explanation finished.")
    click(next(b for b in pane.findChildren(QPushButton, "action-answer") if b.isVisible()))
    section = part(pane, QWidget, "answer-0")
    assert any(label.text() == "Summary" for label in section.findChildren(QLabel))
    assert running.requests.by_kind["triage"] == 1
