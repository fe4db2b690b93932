"""Why a finding was decided as it was: a comment in a fixed form, written and read.

No list of a server holds comments, so a reason is known only once the history of its finding was
read. The form is English whatever the language of the window: `[reason: test-code] only in tests`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId

COMMENT = "comment"  # type of an event. Source: protocol.md 5.9
_FORM = re.compile(r"\[reason: ([a-z-]{1,40})\](?: (.*))?", re.DOTALL)


class Reason(Enum):
    """A reason for a decision; the value is its word in comments and in JSON."""

    TEST_CODE = "test-code"
    NOT_REACHABLE = "not-reachable"
    MITIGATED = "mitigated-elsewhere"
    ACCEPTED = "accepted-risk"
    DUPLICATE = "duplicate"
    OTHER = "other"


_WORDS = frozenset(reason.value for reason in Reason)


class GivenReason(Struct, frozen=True):
    """A reason that was given for a decision.

    Attributes:
        text: the rest of the comment; "" for none.
        at: when the comment was made, by the server.
    """

    reason: Reason
    text: str
    at: datetime


def comment_of(reason: Reason, text: str = "") -> str:
    return f"[reason: {reason.value}] {text}".rstrip()


def reason_of(events: Iterable[FindingEvent]) -> GivenReason | None:
    """Return the reason that this account gave for the status a finding has now.

    Only its own comments count that are newer than the newest change of the status.
    """
    found: GivenReason | None = None
    for event in sorted(events, key=lambda event: event.created_at):
        if event.event_type == Field.STATUS.event_type:
            found = None
        elif event.event_type == COMMENT and event.is_own:
            form = _FORM.fullmatch(event.comment or "")
            if form is not None and form[1] in _WORDS:
                found = GivenReason(Reason(form[1]), (form[2] or "").strip(), event.created_at)
    return found


class ReadReason(Struct, frozen=True):
    """What the history of a finding said about its reason, when it was read.

    Attributes:
        given: the reason; None if there is none.
        row_updated_at: `updated_at` of the row that the history was read for.
    """

    given: GivenReason | None
    row_updated_at: datetime


class KnownReasons:
    """The reasons that have been read; two objects are equal only if they are the same."""

    def __init__(self, known: Mapping[FindingId, ReadReason]) -> None:
        self._known = known

    def of(self, finding: Finding) -> ReadReason | None:
        """Return what is known of the reason of a row; None if it has changed since, or unread."""
        read = self._known.get(finding.id)
        is_current = read is not None and read.row_updated_at == finding.updated_at
        return read if is_current else None
