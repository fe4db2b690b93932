"""Reasoning in parts: told by the form of the divider, never by what it says."""

import pytest

from heimdall_desktop.domain.detail.reasoning import ReasoningPart, reasoning_parts
from heimdall_desktop.local.journal import VIDARR_DIVIDER


def test_each_attempt_has_its_part() -> None:
    text = f"Found so.{VIDARR_DIVIDER}Checked.\n\nTwice.{VIDARR_DIVIDER}And again."
    assert reasoning_parts(text) == (
        ReasoningPart("Found so.", 0),
        ReasoningPart("Checked.\n\nTwice.", 1),
        ReasoningPart("And again.", 2),
    )


@pytest.mark.parametrize(
    "divider", ["--- Víðarr ---", "## Víðarr verification", "=== VIDARR", "**Víðarr's check:**"]
)
def test_a_divider_is_a_rule_that_names_him(divider: str) -> None:
    assert [part.text for part in reasoning_parts(f"a\n{divider}\nb")] == ["a", "b"]


@pytest.mark.parametrize(
    "line", ["Víðarr should look at this.", "- Víðarr disagrees", "---", "--- somebody ---"]
)
def test_naming_him_alone_divides_nothing(line: str) -> None:
    assert len(reasoning_parts(f"a\n{line}\nb")) == 1


def test_nothing_stays_nothing() -> None:
    assert reasoning_parts(None) == reasoning_parts(" \n") == ()
    assert reasoning_parts(f"{VIDARR_DIVIDER}x") == (ReasoningPart("x", 1),)
