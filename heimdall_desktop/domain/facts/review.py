"""Whether Víðarr has reviewed a finding: it leaves its words in the reasoning, and no event.

Its words follow a divider that names it where there was a text before; otherwise they are the
whole text. So a divider is a review, and so is a text that appears on a row which had none. A text
on the first reading of a row proves a review only where the producer never writes one. What the
words say is never read, and `updated_at` proves nothing: triage, Garmr and Report move it too.
Source: heimdall-api.md 4.5.
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
    """Return the parts of a reasoning before, between and after its dividers."""
    return _DIVIDER.split("\n" + text.replace("\r\n", "\n"))


def may_write_reasoning(finding: Finding) -> bool:
    """Return whether the producer of a finding may have written a reasoning itself."""
    if finding.source is Source.STATIC:
        return not finding.fingerprint.startswith("taint-")
    return finding.source not in (Source.DEPENDENCIES, Source.CONFIG)


def as_first_read(row: Finding) -> Finding:
    """Return a row as someone who has never read it before knows it."""
    if not (row.has_risen or row.is_finder_silent):
        return row
    return Reviews().judged(replace(row, has_risen=False, is_finder_silent=False), None)


class Reviews:
    """Knows which rows of a scan have been reviewed, in whatever order their readings arrive."""

    def __init__(self) -> None:
        self._once_silent: set[FindingId] = set()

    def note(self, known: Finding | None, row: Finding) -> None:
        """Take note of a reading of a row; the reasoning of an announced one is unknown.

        Args:
            known: another reading of it; None if this is the first.
            row: the reading.
        """
        if row.is_announced:
            return
        was_read = known is not None and not known.is_announced
        has_reasoning = has_text(row.agent_reasoning)
        has_appeared = (
            was_read and has_text(known.agent_reasoning if known else "") != has_reasoning
        )
        if has_appeared or row.is_finder_silent:  # an earlier session has seen it appear
            self._once_silent.add(row.id)

    def judged(self, newest: Finding, known: Finding | None) -> Finding:
        """Return the newest reading of a row with what is known of its reasoning.

        Args:
            newest: the reading.
            known: what was returned for the row before.
        """
        has_reasoning = has_text(newest.agent_reasoning) and not newest.is_announced
        was_silent = newest.id in self._once_silent or not may_write_reasoning(newest)
        is_silent = has_reasoning and was_silent
        is_reviewed = is_silent or (has_reasoning and _is_divided(newest, known))
        if (newest.is_reviewed, newest.is_finder_silent) == (is_reviewed, is_silent):
            return newest
        return replace(newest, is_reviewed=is_reviewed, is_finder_silent=is_silent)

    def clear(self) -> None:
        """Forget everything."""
        self._once_silent.clear()


def _is_divided(newest: Finding, known: Finding | None) -> bool:
    """Whether a reasoning has a divider; a text that is known is not searched again."""
    if newest.is_cut:  # it was searched when it was read, and no server sends a cut row
        return newest.is_reviewed
    text = newest.agent_reasoning or ""
    is_read = known is not None and not (known.is_announced or known.is_finder_silent)
    if known is not None and is_read and known.agent_reasoning == text:
        return known.is_reviewed
    return _DIVIDER.search(f"\n{text}") is not None
