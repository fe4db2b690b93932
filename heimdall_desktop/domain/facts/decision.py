"""Decisions about findings, their results, and whether anyone else has changed them since.

A decision is requested here, but the value of a row comes only from the server's rows. Until one of
them shows it, the decision is only noted beside the row.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingStatus, Severity

UNDO_DEPTH = 100
MIXED = ""  # value of an action that sets several: each finding has its own
SAME_WRITE = timedelta(seconds=2)  # of the server's clock; it may change a row twice in a batch


class Field(Enum):
    """A field of a finding that can be decided; the value is the server's word for it.

    A snooze is ours alone and never written to a server (`SETTABLE`). Its own value is the moment
    the finding comes back, in ISO 8601 form, and "" if it is not snoozed.
    """

    STATUS = "status"
    SEVERITY = "severity"
    SNOOZE = "snooze"

    @property
    def event_type(self) -> str:
        """The name for a change of it in the history of a finding. Source: protocol.md 5.9."""
        return f"{self.value}_change"

    def of(self, finding: Finding) -> str:
        if self is Field.SNOOZE:
            return snooze_value(finding.snoozed_until)
        return finding.status_text if self is Field.STATUS else finding.severity_text


def snooze_value(until: datetime | None) -> str:
    return "" if until is None else until.astimezone(UTC).isoformat()


def snooze_end(value: str) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


#: The words a server accepts; a row may have others. Source: protocol.md 5.4, 5.6.
SETTABLE = {
    Field.STATUS: tuple(each.value for each in FindingStatus if each is not FindingStatus.OTHER),
    Field.SEVERITY: tuple(each.value for each in Severity if each is not Severity.OTHER),
}


class Act(Enum):
    """How an action relates to the actions before it."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class WriteState(Enum):
    """The state of a write of a finding."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """Its response was lost, and the finding cannot be read; it is checked again."""
    SAVED = "saved"
    """Changed, as the server has confirmed."""
    SAME = "same"
    """The finding had the value already; nothing was sent."""
    TOUCHED = "touched"
    """The finding was changed elsewhere since, and so was left as it is."""
    REFUSED = "refused"
    UNSENT = "unsent"


class WriteNote(Struct, frozen=True):
    """The note beside a row about which something was decided.

    Attributes:
        value: the server's word for the requested value.
        error: why it was refused, or why the result is unknown.
        is_reason: the decision is saved, but not its reason.
    """

    field: Field
    value: str
    state: WriteState
    error: HeimdallError | None = None
    is_reason: bool = False

    @property
    def may_arrive(self) -> bool:
        """Whether the server may still make the change, or has made it without our knowing."""
        is_late = self.error is not None and self.error.reason is Reason.NOT_CHANGED
        return is_late or self.state in (WriteState.SENDING, WriteState.UNKNOWN)


class OwnWrite(Struct, frozen=True):
    """A change of a finding that was made here and that the server has confirmed.

    Attributes:
        old, new: the server's words.
        written_at: `updated_at` of the row as it was read back; None if it could not be read, or if
            the server had not changed it.
        confirmed_at: when that was confirmed, by our clock.
    """

    old: str
    new: str
    written_at: datetime | None
    confirmed_at: datetime | None = None


class Touch(Struct, frozen=True):
    """A change of a finding made elsewhere since it was last changed here.

    Attributes:
        value: the server's word for the current value.
        at: when it was changed, by the server; None if no entry shows it.
        user_id: the account that made it; None for the scan itself.
        is_own: made by the signed-in account, in another program.
    """

    value: str
    at: datetime | None = None
    user_id: str | None = None
    is_own: bool = False


def newest_touch(field: Field, value: str, events: Iterable[FindingEvent]) -> Touch:
    """Return who gave a finding its current value, as far as its history, oldest first, shows."""
    reported = [each for each in events if each.event_type == field.event_type]
    if not reported or reported[-1].new_value != value:
        return Touch(value)
    last = reported[-1]
    return Touch(value, last.created_at, last.user_id, last.is_own)


def touched_since(
    field: Field,
    left_as: str,
    own: Sequence[OwnWrite],
    row: Finding,
    events: Iterable[FindingEvent],
    *,
    knows_self: bool = True,
) -> Touch | None:
    """Return how a finding was changed elsewhere since a write of ours; None if it was not.

    The value and the history are compared, so that a change that was reverted counts as well.

    Args:
        field: the field that was written.
        left_as: the server's word that our writes have set.
        own: our write and all that followed it, oldest first.
        row: the finding as it is now.
        events: its history, oldest first; empty if the server keeps none.
        knows_self: whether the entries show which are by the signed-in account.
    """
    reported = [each for each in events if each.event_type == field.event_type]

    def is_of(event: FindingEvent, write: OwnWrite) -> bool:
        may_be_ours = not knows_self or event.is_own or event.user_id is None
        return may_be_ours and (event.old_value, event.new_value) == (write.old, write.new)

    left, written_at = list(own), own[0].written_at
    if written_at is not None:  # an entry is made after its row was changed
        reported = [event for event in reported if event.created_at >= written_at]
    ours = [number for number, event in enumerate(reported) if is_of(event, own[0])]
    if ours:
        reported = reported[ours[-1 if written_at is None else 0] :]
    elif written_at is None:
        reported = []
    other: FindingEvent | None = None
    for event in reported:  # some writes of ours may have made no entry (4.6)
        place = next((number for number, write in enumerate(left) if is_of(event, write)), None)
        if place is None:
            other = event
        else:
            del left[: place + 1]
    now = field.of(row)
    if other is not None:
        return Touch(now, other.created_at, other.user_id, other.is_own)
    return None if now == left_as else Touch(now)


class Result(Struct, frozen=True):
    """The result of an action on findings.

    Attributes:
        what, value: the decision, also for an action that undoes it; `MIXED` for several.
        total: how many findings it covered.
        done: how many were changed, or already had the value.
        same: how many of those already had the value.
        reasons: why others failed, and how many for each reason.
        touches: how others were changed elsewhere, and so were left unchanged here.
        unsent: for how many nothing was sent.
        unknown: for how many the server has not reported the result.
        unlogged: how many were changed, but may have no entry in their history.
    """

    act: Act
    what: Field
    value: str
    total: int
    done: int
    same: int = 0
    reasons: tuple[tuple[HeimdallError, int], ...] = ()
    touches: tuple[Touch, ...] = ()
    unsent: int = 0
    unknown: int = 0
    unlogged: int = 0

    @property
    def failed(self) -> int:
        """How many were not changed, though the change was sent."""
        return sum(count for _, count in self.reasons)

    @property
    def is_whole(self) -> bool:
        return self.done == self.total
