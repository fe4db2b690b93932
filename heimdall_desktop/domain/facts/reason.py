"""Why a finding was decided as it was: a comment in a fixed form, written and read.

No list of a server holds comments, so a reason is known only once the history of its finding was
read. The form is English whatever the language of the window: `[reason: test-code] only in tests`.
Source: behaviour.md feature 41.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingEvent,
    FindingId,
    FindingStatus,
    one_line,
)

COMMENT = "comment"  # type of an event. Source: protocol.md 5.9
_FORM = re.compile(r"\[reason: ([a-z-]{1,40})\](?:[ \n](.*))?", re.DOTALL)
TEXT_LIMIT = 500  # characters of a text that are kept; a whole history may hold thousands of them


class Reason(Enum):
    """A reason for a decision; the value is its word in comments, filters and JSON."""

    TEST_CODE = "test-code"
    NOT_REACHABLE = "not-reachable"
    MITIGATED = "mitigated-elsewhere"
    ACCEPTED = "accepted-risk"
    DUPLICATE = "duplicate"
    OTHER = "other"


_WORDS = {reason.value: reason for reason in Reason}
_OPEN = FindingStatus.OPEN
_DISMISSED, _FALSE_POSITIVE = FindingStatus.DISMISSED, FindingStatus.FALSE_POSITIVE
#: The statuses that need a reason: those that end the work on a finding without a fix.
NEEDING = frozenset({_DISMISSED, _FALSE_POSITIVE})


class GivenReason(Struct, frozen=True):
    """A reason that was given for a decision.

    Attributes:
        text: the rest of the comment in one line; "" for none.
        at: when the comment was made, by the server.
    """

    reason: Reason
    text: str
    at: datetime


def comment_of(reason: Reason, text: str = "") -> str:
    return f"[reason: {reason.value}] {text}".rstrip()


def reason_in(comment: str) -> tuple[Reason, str] | None:
    """Return the reason of a comment and the rest of its text; None for another comment."""
    form = _FORM.fullmatch(comment)
    if form is None or form[1] not in _WORDS:
        return None
    return _WORDS[form[1]], (form[2] or "").strip()


def since_decided(events: Iterable[FindingEvent], what: Field = Field.STATUS) -> list[FindingEvent]:
    """Return what has happened to a finding since it was decided last, oldest first.

    Of entries of the same moment, the later in the list is the newer one (protocol.md 13, D20).
    """
    since: list[FindingEvent] = []
    for event in sorted(events, key=lambda event: event.created_at):
        if event.event_type == what.event_type:
            since.clear()
        else:
            since.append(event)
    return since


def reason_of(events: Iterable[FindingEvent]) -> GivenReason | None:
    """Return the reason that this account gave for the status a finding has now.

    Only its own comments count that are newer than the newest change of the status; of several
    reasons, the newest.
    """
    for event in reversed(since_decided(events)):
        if event.event_type == COMMENT and event.is_own:
            found = reason_in(event.comment or "")
            if found is not None:
                return GivenReason(found[0], one_line(found[1])[:TEXT_LIMIT], event.created_at)
    return None


class ReadReason(Struct, frozen=True):
    """What the history of a finding said about its reason, when it was read.

    Attributes:
        given: the reason; None if there is none.
        row_updated_at: `updated_at` of the row that the history was read for.
        is_whole: False if the server may keep no history, so that nothing follows from an empty
            one. Source: protocol.md 13, D15.
    """

    given: GivenReason | None
    row_updated_at: datetime
    is_whole: bool = True


class Known(Enum):
    """What is known of a reason besides the reason itself; the values are used in filters."""

    NONE = "none"
    UNKNOWN = "unknown"


class KnownReasons:
    """The reasons that have been read; two objects are equal only if they are the same."""

    def __init__(self, known: Mapping[FindingId, ReadReason]) -> None:
        self._known = known

    def __len__(self) -> int:
        return len(self._known)

    def of(self, finding: Finding) -> ReadReason | None:
        """Return what is known of the reason of a row; None if it has changed since, or unread."""
        read = self._known.get(finding.id)
        is_current = read is not None and read.row_updated_at == finding.updated_at
        return read if is_current else None

    def word(self, finding: Finding) -> Reason | Known | None:
        """Return the reason of a row, or what is known of it; None for one that needs none.

        A finding that is not closed needs none, but it may have been given one all the same.
        """
        status = finding.status
        if status is _OPEN:  # first: most are
            return None
        read = self.of(finding)
        if read is not None and read.given is not None:
            return read.given.reason
        if (status is not _DISMISSED and status is not _FALSE_POSITIVE) or finding.is_announced:
            return None
        return Known.NONE if read is not None and read.is_whole else Known.UNKNOWN

    def is_unread(self, finding: Finding) -> bool:
        """Whether a row needs a reason and its history has not been read since it changed."""
        status = finding.status  # compared by identity: to hash it takes three times as long
        if status is not _DISMISSED and status is not _FALSE_POSITIVE:
            return False
        return not finding.is_announced and self.of(finding) is None


class ReadReasons:
    """Owns the reasons that have been read.

    Attributes:
        known: all of them, a new object after each change.
    """

    def __init__(self) -> None:
        self._read: dict[FindingId, ReadReason] = {}
        self.known = KnownReasons({})

    def put(self, read: Mapping[FindingId, ReadReason]) -> None:
        self._read = {**self._read, **read}
        self.known = KnownReasons(self._read)

    def drop(self, finding_ids: Iterable[FindingId]) -> None:
        """Forget what was read of some findings."""
        left = {each: self._read[each] for each in self._read.keys() - set(finding_ids)}
        if len(left) < len(self._read):
            self._read = left
            self.known = KnownReasons(left)
