"""Reasoning in parts: told by the form of the divider, never by what it says."""

import pytest

from heimdall_desktop.local.pipeline import VIDARR_DIVIDER
from heimdall_desktop.presentation.detail.verdict_text import ReasoningPart, reasoning_parts
from tests.fakes.findings import make_finding


def test_each_attempt_has_its_part() -> None:
    text = f"Found so.{VIDARR_DIVIDER}Checked.\n\nTwice.{VIDARR_DIVIDER}And again."
    assert reasoning_parts(make_finding(agent_reasoning=text)) == (
        ReasoningPart("Found so.", 0),
        ReasoningPart("Checked.\n\nTwice.", 1),
        ReasoningPart("And again.", 2),
    )


@pytest.mark.parametrize(
    "divider", ["--- Víðarr ---", "## Víðarr verification", "=== VIDARR", "**Víðarr's check:**"]
)
def test_a_divider_is_a_rule_that_names_him(divider: str) -> None:
    finding = make_finding(agent_reasoning=f"a\n{divider}\nb")
    assert [part.text for part in reasoning_parts(finding)] == ["a", "b"]


@pytest.mark.parametrize(
    "line", ["Víðarr should look at this.", "- Víðarr disagrees", "---", "--- somebody ---"]
)
def test_naming_him_alone_divides_nothing(line: str) -> None:
    assert len(reasoning_parts(make_finding(agent_reasoning=f"a\n{line}\nb"))) == 1


def test_nothing_stays_nothing() -> None:
    blank = make_finding(agent_reasoning=" \n")
    assert reasoning_parts(make_finding()) == reasoning_parts(blank) == ()
    divided = make_finding(agent_reasoning=f"{VIDARR_DIVIDER}x")
    assert reasoning_parts(divided) == (ReasoningPart("x", 1),)


def test_where_the_finder_wrote_nothing_the_first_part_is_a_review() -> None:
    text = f"Checked.{VIDARR_DIVIDER}And again."
    finding = make_finding(agent_reasoning=text, is_reviewed=True, is_finder_silent=True)
    assert reasoning_parts(finding) == (
        ReasoningPart("Checked.", 1),
        ReasoningPart("And again.", 2),
    )
