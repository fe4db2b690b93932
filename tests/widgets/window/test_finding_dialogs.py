"""Issues for all open findings of a scan: confirmed first, progress in the window's bar."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from heimdall_desktop.domain.facts.change import ActionMoved
from heimdall_desktop.domain.facts.errors import OutcomeUnknown, Reason
from heimdall_desktop.domain.facts.finding_action import (
    ActionState,
    FindingAction,
    IssueSums,
    Phase,
)
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part, press
from tests.fakes.shown_window import ShownWindow

ALL = FindingAction.ALL_ISSUES


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(1366, 768)
    shown.watch("web-shop")
    shown.show()
    shown.read("web-shop", 5)
    yield shown
    shown.close()


def stand(shown: ShownWindow, phase: Phase, **fields: object) -> StripText | None:
    """Show this state, and return the text of the bar."""
    scan_id = shown.id("web-shop")
    state = ActionState(scan_id, ALL, phase, 1.0, shown.time.now(), **fields)  # type: ignore[arg-type]
    shown.requests.actions.known = [state]
    shown.store.note([ActionMoved(scan_id, scan_id)])
    shown.ticker.flush()
    return part(shown.window, ProblemStrip, "problem-strip").problem


def dialog(shown: ShownWindow) -> QWidget:
    (found,) = [d for d in shown.window.findChildren(QuestionDialog) if d.isVisible()]
    return found


def test_from_the_menu_of_the_scan_it_asks_first(shown: ShownWindow) -> None:
    scan_id = shown.id("web-shop")
    for answer, asked in (("question-keep", []), ("question-do", [(scan_id, ALL)])):
        menu = shown.board.scans.make_menu(scan_id)
        next(a for a in menu.actions() if a.text() == "Create issues…").trigger()
        keep, do = (
            part(dialog(shown), QPushButton, name) for name in ("question-keep", "question-do")
        )
        assert keep.x() < do.x(), "nothing is lost, so this isn't the button of a deletion"
        click(part(dialog(shown), QPushButton, answer))
        assert shown.asked("action") == asked
    shown.requests.actions.obstacles[ALL] = "This server doesn't support creating issues."
    menu = shown.board.scans.make_menu(scan_id)
    assert not next(a for a in menu.actions() if a.text() == "Create issues…").isEnabled()


def test_the_command_is_about_the_scan_in_scope(shown: ShownWindow) -> None:
    command = command_of(shown, "create-issues")
    assert command.obstacle() == "Select a scan."
    shown.board.view.scan_scoped.emit(shown.id("web-shop"))
    assert command.obstacle() == ""
    command.act()
    click(part(dialog(shown), QPushButton, "question-do"))
    assert shown.asked("action") == [(shown.id("web-shop"), ALL)]


def test_progress_is_shown_and_no_issue_is_added_to_findings(shown: ShownWindow) -> None:
    tick = part(shown.window, QTimer, "all-issues-tick")
    told = stand(shown, Phase.WAITING)
    assert told is not None
    assert told.fact == "web-shop: Creating issues, 0:11."
    assert told.actions == ("Stop waiting",)
    assert tick.isActive()
    sums = IssueSums(created=4, linked=1, failed=2, covered=20, findings=22)
    told = stand(shown, Phase.DONE, made=sums)
    assert told is not None
    assert told.fact == "web-shop: 4 issues created, 1 linked, for 20 of 22 findings."
    assert told.consequence == "Failed for 2 findings."
    assert not tick.isActive()
    lost = OutcomeUnknown(Reason.ANSWER_LOST, host="h.test")
    told = stand(shown, Phase.UNKNOWN, error=OutcomeUnknown(Reason.ISSUES_UNSURE, error=lost))
    assert told is not None
    assert told.fact == "web-shop: Issues: result unknown."
    assert "Issues may have been created." in told.consequence
    strip = part(shown.window, ProblemStrip, "problem-strip")
    press(strip, "Close")
    assert shown.asked("leave") == [(shown.id("web-shop"), ALL)]


def test_finding_actions_are_in_the_palette(shown: ShownWindow) -> None:
    explain = command_of(shown, "explain-finding")
    assert explain.obstacle() == "Select a finding first."
    found = shown.read("web-shop", 5)[0]
    shown.window.reveal(found.id)
    assert explain.obstacle() == ""
    explain.act()
    assert shown.asked("action") == [(found.id, FindingAction.EXPLAIN)]
    shown.requests.actions.obstacles[FindingAction.EXPLAIN] = (
        "The server is already working on this."
    )
    assert explain.obstacle() == "The server is already working on this."


def test_an_issue_of_one_finding_is_in_the_menu_of_its_row(shown: ShownWindow) -> None:
    found = shown.read("web-shop", 5)[0]
    shown.window.reveal(found.id)
    menu = shown.findings.table.menu.make()
    next(a for a in menu.actions() if a.text() == "Create issue…").trigger()
    click(part(dialog(shown), QPushButton, "question-do"))
    assert shown.asked("action") == [(found.id, FindingAction.ISSUE)]


def command_of(shown: ShownWindow, command_id: str) -> Command:
    return next(each for each in shown.window.commands.commands() if each.id == command_id)
