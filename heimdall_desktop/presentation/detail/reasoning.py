"""Splits a finding's reasoning into its finder's part and those of Víðarr, one for each attempt.

Where Víðarr came to a row without a text there is no divider, and the first part is its own.
Source: heimdall-api.md 4.5 (appended once per attempt).
"""

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.review import parts_between


class ReasoningPart(Struct, frozen=True):
    """What one of them wrote.

    Attributes:
        attempt: Víðarr's, counted from 1; 0 for who found it.
    """

    text: str
    attempt: int = 0


def reasoning_parts(finding: Finding) -> tuple[ReasoningPart, ...]:
    """Return the parts of a reasoning in order, without the dividers; empty ones are left out."""
    parts = parts_between(finding.agent_reasoning or "")
    first = int(finding.is_finder_silent)
    told = (ReasoningPart(part.strip("\n"), attempt) for attempt, part in enumerate(parts, first))
    return tuple(part for part in told if part.text.strip())
