"""Changes of status and severity that the histories of findings have shown, as far as read.

No list of a server says who decided a finding, and when: one request for each finding does.
Source: protocol.md 4.6, 5.9.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.decision import SAME_WRITE, Field, OwnWrite
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingEvent,
    FindingId,
    FindingStatus,
    ScanId,
    one_line,
)

DECIDABLE = (Field.STATUS, Field.SEVERITY)
CHANGES_KEPT = 50  # of one finding, the newest
WORD_LIMIT = 40  # characters of a word of the server that are kept
_FIELDS = {what.event_type: what for what in DECIDABLE}


class DecidedBy(Enum):
    """Who made a change."""

    HERE = "here"
    """This program, since it was started."""
    OWN = "own"
    """The signed-in account, in another program or earlier."""
    OTHER = "other"
    """Another account."""
    SCAN = "scan"


class DecisionChange(Struct, frozen=True):
    """One change of a finding.

    Attributes:
        old, new: the server's words.
        at: when it was made; for one that was made here and not read back, when that was confirmed.
    """

    what: Field
    old: str
    new: str
    at: datetime
    by: DecidedBy


def changes_in(events: Iterable[FindingEvent]) -> tuple[DecisionChange, ...]:
    """Return the changes of status and severity in a history, oldest first."""
    found = []
    for event in sorted(events, key=lambda event: event.created_at):
        what = _FIELDS.get(event.event_type)
        if what is not None:
            by = DecidedBy.OTHER if event.user_id else DecidedBy.SCAN
            old, new = (
                one_line(word or "")[:WORD_LIMIT] for word in (event.old_value, event.new_value)
            )
            found.append(
                DecisionChange(
                    what, old, new, event.created_at, DecidedBy.OWN if event.is_own else by
                )
            )
    return tuple(found[-CHANGES_KEPT:])


class KnownHistories:
    """The histories that have been read; two objects are equal only if they are the same."""

    def __init__(self, known: Mapping[FindingId, tuple[DecisionChange, ...]]) -> None:
        self._known = known

    @property
    def finding_ids(self) -> Set[FindingId]:
        return self._known.keys()

    def of(self, finding_id: FindingId) -> tuple[DecisionChange, ...] | None:
        """Return the changes of a finding; None if its history has not been read."""
        return self._known.get(finding_id)

    def shows(self, finding: Finding, what: Field) -> bool:
        """Whether it shows how a finding got its present value.

        An empty history shows nothing: a server may keep none. Source: protocol.md 13, D15.
        """
        changes = [each for each in self._known.get(finding.id, ()) if each.what is what]
        return bool(changes) and changes[-1].new == what.of(finding)


class Histories:
    """Owns what has been read.

    Attributes:
        known: all of it, a new object after each change.
    """

    def __init__(self) -> None:
        self._scans: dict[ScanId, dict[FindingId, tuple[DecisionChange, ...]]] = {}
        self._all: dict[FindingId, tuple[DecisionChange, ...]] = {}
        self.known = KnownHistories({})

    def put(self, finding: Finding, events: Iterable[FindingEvent]) -> bool:
        """Keep what a history shows, and return whether that was not known."""
        changes = changes_in(events)
        if self._all.get(finding.id) == changes:
            return False
        self._scans.setdefault(finding.scan_id, {})[finding.id] = changes
        self._all[finding.id] = changes
        self.known = KnownHistories(self._all)
        return True

    def read_in(self, scan_id: ScanId) -> int:
        """Return of how many findings of a scan the history has been read."""
        return len(self._scans.get(scan_id, ()))

    def drop(self, scan_id: ScanId) -> None:
        gone = self._scans.pop(scan_id, None)
        if gone:
            self._all = {key: kept for key, kept in self._all.items() if key not in gone}
            self.known = KnownHistories(self._all)


OwnWrites = Callable[[FindingId, Field], Sequence[OwnWrite]]
"""Returns the changes of a field of a finding that were made here, oldest first."""


class Decided(Struct, frozen=True):
    """How a finding was decided since a moment.

    Attributes:
        old, new: the server's words before the first change since then, and after the last.
        at: when the last one was made.
        by: who made it.
    """

    finding: Finding
    what: Field
    old: str
    new: str
    at: datetime
    by: DecidedBy


def decided_since(
    findings: Iterable[Finding], own: OwnWrites, known: KnownHistories, since: datetime
) -> list[Decided]:
    """Return the decisions of persons since a moment, the newest first.

    A decision that was undone since is none. Whatever the scan itself has set is none either.
    """
    found = []
    for finding in findings:
        for what in DECIDABLE:
            changes = [
                each for each in person_changes(finding, what, own, known) if each.at >= since
            ]
            if changes and changes[0].old != changes[-1].new:
                last = changes[-1]
                found.append(Decided(finding, what, changes[0].old, last.new, last.at, last.by))
    return sorted(found, key=lambda each: (each.at, each.finding.id), reverse=True)


def person_changes(
    finding: Finding, what: Field, own: OwnWrites, known: KnownHistories
) -> list[DecisionChange]:
    """Return the changes of a field that persons made, as far as known, oldest first."""
    read = known.of(finding.id) or ()
    changes = [each for each in read if each.what is what and each.by is not DecidedBy.SCAN]
    for write in own(finding.id, what):
        at = write.written_at or write.confirmed_at or finding.updated_at
        ours = DecisionChange(what, write.old, write.new, at, DecidedBy.HERE)
        place = next((n for n, each in enumerate(changes) if _is_same(each, ours)), None)
        if place is None:
            changes.append(ours)
        else:
            changes[place] = replace(changes[place], by=DecidedBy.HERE)
    return sorted(changes, key=lambda each: each.at)


def _is_same(read: DecisionChange, ours: DecisionChange) -> bool:
    is_alike = (read.old, read.new) == (ours.old, ours.new) and read.by is not DecidedBy.HERE
    return is_alike and abs(read.at - ours.at) <= SAME_WRITE


def is_decided(finding: Finding) -> bool:
    """Whether it has another status than it was found with, whoever has set it."""
    return finding.status is not FindingStatus.OPEN and not finding.is_announced


def knows_decision(finding: Finding, own: OwnWrites, known: KnownHistories) -> bool:
    """Whether it is known when the status of a decided finding was set, and by whom."""
    writes = own(finding.id, Field.STATUS)
    is_here = bool(writes) and writes[-1].new == finding.status_text
    return is_here or known.shows(finding, Field.STATUS)
