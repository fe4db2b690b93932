"""What is said of actions on findings: whole sentences for every action in every phase."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import finding_action
from heimdall_desktop.domain.facts.errors import OutcomeUnknown, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import ScanSource
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation import action_text
from heimdall_desktop.services.action_rows import details

NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
NO_OBSTACLE = {"is_not_offered": False, "is_under_way": False, "is_given_up": False}


@pytest.mark.parametrize("action", finding_action.FindingAction)
@pytest.mark.parametrize("phase", finding_action.Phase)
def test_every_action_has_sentences_in_every_phase(
    action: finding_action.FindingAction, phase: finding_action.Phase
) -> None:
    error = OutcomeUnknown(Reason.ANSWER_LOST, host="h.test")
    line = action_text.action_line(
        finding_action.ActionState(FindingId("1"), action, phase, 0.0, NOW, error=error), 71.0
    )
    assert all(text.endswith(".") for text in (line.fact, line.consequence) if text)
    assert "{" not in line.fact + line.consequence
    assert bool(line.leave) is (phase is not finding_action.Phase.LEFT)
    if phase in (
        finding_action.Phase.WAITING,
        finding_action.Phase.LEFT,
        finding_action.Phase.LOOKING,
        finding_action.Phase.FOLLOWED,
    ):
        assert "1:11" in line.fact


def test_t78_findings_without_an_issue_are_named_up_to_a_number() -> None:
    without = tuple((f"Title\n{number}", number) for number in range(1, 6))
    fact, more = action_text.seen_text(finding_action.IssuesSeen(7, without, unread=3))
    assert fact == "7 of 25 open findings known here now have an issue."
    assert more == (
        "No known issue for: Title 1; Title 2; Title 3; 9 more findings. 3 couldn't be checked."
    )
    assert action_text.seen_text(finding_action.IssuesSeen(2)) == (
        "2 of 2 open findings known here now have an issue.",
        "",
    )


def test_what_stays_is_asked_about_and_titles_are_one_short_line() -> None:
    asked = {
        action
        for action in finding_action.FindingAction
        if action_text.question(action, "h.test", "a\nb" * 500)
    }
    assert asked == set(finding_action.FindingAction) - {
        finding_action.FindingAction.EXPLAIN,
        finding_action.FindingAction.VERIFY,
    }
    for action in asked:
        reported = action_text.question(action, "h.test", "a\nb" * 500)
        assert reported is not None
        assert "\n" not in reported.question
        assert len(reported.question) < 200


def test_what_a_kind_of_server_lacks_is_no_action_there() -> None:
    scan = Scan(ScanId("1"), ServerUrl("https://h.test"))
    for action in finding_action.FindingAction:
        assert action_text.obstacle_text(scan, action, **NO_OBSTACLE) == ""
    scan.source = ScanSource.LISTING
    lacking = {
        a for a in finding_action.FindingAction if action_text.obstacle_text(scan, a, **NO_OBSTACLE)
    }
    assert lacking == {
        finding_action.FindingAction.FIX,
        finding_action.FindingAction.ALL_ISSUES,
        finding_action.FindingAction.MARK_APPLIED,
    }
    scan.source = ScanSource.STREAM
    assert all(
        action_text.obstacle_text(scan, action, **NO_OBSTACLE)
        for action in finding_action.FindingAction
    )
    assert (
        action_text.obstacle_text(None, finding_action.FindingAction.FIX, **NO_OBSTACLE)
        == "Its scan isn't watched."
    )


def test_a_local_scan_has_no_code_host() -> None:
    scan = Scan(ScanId("1"), ServerUrl("http://127.0.0.1:1"), is_local=True)
    lacking = {
        a for a in finding_action.FindingAction if action_text.obstacle_text(scan, a, **NO_OBSTACLE)
    }
    assert lacking == {
        finding_action.FindingAction.ISSUE,
        finding_action.FindingAction.ALL_ISSUES,
        finding_action.FindingAction.FIX,
    }


def test_known_parts_of_an_answer_come_first_and_words_of_the_server_are_translated() -> None:
    reported = details({"z": 1, "recommended_status": "open", "verdict": "false_positive_likely"})
    assert action_text.answer_parts(reported) == (
        ("Verdict", "Likely a false positive"),
        ("Recommended status", "Open"),
        ("Z", "1"),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(JSON)
def test_whatever_a_model_answers_is_read_as_names_and_lines(value: object) -> None:
    for name, lines in details(value):
        assert isinstance(name, str)
        assert all(isinstance(line, str) for line in lines)
    for heading, body in action_text.answer_parts(details(value)):
        assert heading
        assert body.strip()
