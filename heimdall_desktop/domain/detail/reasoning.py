"""Splits a finding's reasoning at Víðarr's dividers: first its finder's, then each attempt's.

A divider is known by its form alone: a line that begins with a run of rule or heading characters
and names Víðarr. Source: heimdall-api.md 4.5 (appended once per attempt).
"""

import re
from dataclasses import dataclass

_NAME = "(?:V\u00ed\u00f0arr|V\u00ed\u00f0ar|Vidarr|Vithar)"
_DIVIDER = re.compile(
    rf"^[ \t]*[-=*_~#\u2013\u2014]{{2,80}}[^\n]{{0,60}}?{_NAME}[^\n]{{0,60}}$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """What one of them wrote.

    Attributes:
        attempt: Víðarr's, counted from 1; 0 for who found it.
    """

    text: str
    attempt: int = 0


def reasoning_parts(text: str | None) -> tuple[ReasoningPart, ...]:
    """Return the parts of a reasoning in order, without the dividers; empty ones are left out."""
    parts = _DIVIDER.split((text or "").replace("\r\n", "\n"))
    told = (ReasoningPart(part.strip("\n"), attempt) for attempt, part in enumerate(parts))
    return tuple(part for part in told if part.text.strip())
