"""Whether Víðarr has reviewed a finding: it leaves its words in the reasoning, and no event.

A divider stands before them only where there was a text already; else they are the whole text. So
a text that comes to a row which had none is a review, and so is one on a row of a producer that
writes none. What the words say is never looked at. Source: heimdall-api.md 4.5.
"""

import re

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import Finding, FindingId, Source, has_text

_NAME = "(?:V\u00ed\u00f0arr|V\u00ed\u00f0ar|Vidarr|Vithar)"
#: Known by its form: a line that begins with a run of rule or heading characters and names Víðarr.
#: It begins at a line break, which is found ten times as fast as the beginning of a line.
_DIVIDER = re.compile(
    rf"\n[ \t]*[-=*_~#\u2013\u2014]{{2,80}}[^\n]{{0,60}}?{_NAME}[^\n]{{0,60}}$",
    re.MULTILINE | re.IGNORECASE,
)


def parts_between(text: str) -> list[str]:
    """Return what stands before, between and behind the dividers of a reasoning."""
    return _DIVIDER.split("\n" + text.replace("\r\n", "\n"))


class Reviews:
    """Knows which rows of a scan have been reviewed, whatever order their readings come in."""

    def __init__(self) -> None:
        self._once_silent: set[FindingId] = set()
        self._with_own_text: set[FindingId] = set()

    def note(self, known: Finding | None, row: Finding) -> None:
        """Take note of a reading of a row; of an announced one the reasoning is unknown.

        Args:
            known: another reading of it; None if this is the first.
            row: the reading.
        """
        if row.is_announced:
            return
        is_told = has_text(row.agent_reasoning)
        is_read = known is not None and not known.is_announced
        is_turned = is_read and has_text(known.agent_reasoning if known else None) != is_told
        if is_turned or row.is_finder_silent:  # an earlier session has seen that
            self._once_silent.add(row.id)
        if is_told and row.source is Source.STATIC and row.updated_at <= row.created_at:
            self._with_own_text.add(row.id)

    def judged(self, newest: Finding, known: Finding | None) -> Finding:
        """Return the newest reading of a row with what is known of its reasoning.

        Args:
            newest: the reading.
            known: what was returned for the row before.
        """
        is_told = has_text(newest.agent_reasoning) and not newest.is_announced
        is_silent = is_told and self._is_finder_silent(newest)
        is_reviewed = is_silent or (is_told and _is_divided(newest, known))
        if (newest.is_reviewed, newest.is_finder_silent) == (is_reviewed, is_silent):
            return newest
        return replace(newest, is_reviewed=is_reviewed, is_finder_silent=is_silent)

    def clear(self) -> None:
        """Forget everything."""
        self._once_silent.clear()
        self._with_own_text.clear()

    def _is_finder_silent(self, newest: Finding) -> bool:
        """Whether none of a reasoning is its finder's.

        Some of the static rules write one. It is there as the row is made, so it cannot be told
        from a review only where the row had been changed before it was first read.
        """
        if newest.id in self._once_silent:
            return True
        if newest.source in (Source.DEPENDENCIES, Source.CONFIG):
            return True
        if newest.source is not Source.STATIC:
            return False
        is_changed = newest.updated_at > newest.created_at
        is_taint = newest.fingerprint.startswith("taint-")
        return is_taint or (is_changed and newest.id not in self._with_own_text)


def _is_divided(newest: Finding, known: Finding | None) -> bool:
    """Whether a divider stands in a reasoning; a text that is known is not searched again."""
    text = newest.agent_reasoning or ""
    is_read = known is not None and not (known.is_announced or known.is_finder_silent)
    if known is not None and is_read and known.agent_reasoning == text:
        return known.is_reviewed
    return _DIVIDER.search(f"\n{text}") is not None
