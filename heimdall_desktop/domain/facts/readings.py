"""What is kept of earlier readings: newest values, ends, changes and reviews."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from itertools import pairwise
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import Finding, FindingId, Source, has_text

# What REST and the stream report of one value, and which of the two counts.
#
# Source: protocol.md 3.10, T-27, T-35; architecture.md "Order by age" (order by age, never by
# arrival).


T = TypeVar("T")


class LatestValue(Struct, Generic[T]):
    """The newest value of each source; `value` is the one to use.

    Of two REST answers, the one requested later wins. Of two stream events, the one the server
    stamped later wins, or the one received later if both have the same stamp (D20: whole seconds).
    A REST answer wins over an event if it was requested after the event was received.
    """

    initial: T
    asked_at_s: float = float("-inf")
    rest: T | None = None
    stamped_at: datetime | None = None
    heard_at_s: float = float("-inf")
    event: T | None = None

    def by_rest(self, asked_at_s: float, value: T) -> None:
        if asked_at_s > self.asked_at_s:
            self.asked_at_s, self.rest = asked_at_s, value

    def by_stream(self, stamped_at: datetime, heard_at_s: float, value: T) -> None:
        known_at = self.stamped_at
        if known_at is None or (stamped_at, heard_at_s) > (known_at, self.heard_at_s):
            self.stamped_at, self.heard_at_s, self.event = stamped_at, heard_at_s, value

    @property
    def value(self) -> T:
        if self.event is not None and (self.rest is None or self.heard_at_s > self.asked_at_s):
            return self.event
        return self.initial if self.rest is None else self.rest


# Since when an end of a scan has been reported, and which end the scan returned from.
#
# Only REST counts. Answers may be folded in any order; of two, the one requested later is newer.


TERMINAL_STATUSES = frozenset({"completed", "failed", "cancelled"})


class EndReadings(Struct):
    """The statuses REST reported; moments are monotonic seconds when they were requested."""

    _ended_at: dict[str, datetime] = field(default_factory=dict)
    _latest: dict[str, float] = field(default_factory=dict)
    _ends: dict[str, set[float]] = field(default_factory=dict)

    def note(self, status: str, at: datetime | None) -> None:
        """Note when a status was written, by the server's clock; the newest moment counts."""
        if at is not None and status in TERMINAL_STATUSES:
            self._ended_at[status] = max(self._ended_at.get(status, at), at)

    def ended_at(self, end: str) -> datetime | None:
        return self._ended_at.get(end)

    def read_status(self, asked_at_s: float, status: str) -> None:
        self._latest[status] = max(self._latest.get(status, asked_at_s), asked_at_s)
        if status in TERMINAL_STATUSES:
            self._ends.setdefault(status, set()).add(asked_at_s)
        for end, moments in self._ends.items():
            cut_s = max((at for other, at in self._latest.items() if other != end), default=None)
            if cut_s is not None:
                moments -= {at for at in moments if at <= cut_s}

    def readings(self) -> list[tuple[float, str]]:
        firsts = ((min(moments), end) for end, moments in self._ends.items() if moments)
        return sorted({*firsts, *((at_s, status) for status, at_s in self._latest.items())})

    def since_s(self, end: str) -> float | None:
        """Return when an end was first reported, if nothing has contradicted it since."""
        return min(self._ends.get(end) or (), default=None)

    @property
    def returned_from(self) -> str | None:
        if not self._latest:
            return None
        ends = [(at, status) for status, at in self._latest.items() if status in TERMINAL_STATUSES]
        newest = max((at, status) for status, at in self._latest.items())
        return max(ends)[1] if ends and max(ends) < newest else None


# Changes seen in a row while it was watched; the server keeps no record of most of them.
#
# The distinct readings of a row are kept, not the steps in order of arrival. A step lies between
# two readings that are adjacent by the server's own clock. So repeated answers change nothing, and
# late ones fall into place. Source: protocol.md 4.5 (validation writes no event).


#: When a row was last changed, by the server, and the values of its `Watched` fields then.
Reading = tuple[datetime, str, str, str, bool]
READINGS_KEPT = 50  # the newest of one row, for later sessions


class Watched(Enum):
    """The fields whose changes are shown, in their order in a reading."""

    STATUS = "status"
    SEVERITY = "severity"
    CONFIDENCE = "confidence"
    PROOF = "proof"


class SeenChange(Struct, frozen=True):
    """One field that has a different value in a later reading.

    Attributes:
        at: when the later reading was last changed, by the server: the latest possible moment.
        old, new: the server's words; "yes" and "" for a proof that succeeded or not.
    """

    field: Watched
    old: str
    new: str
    at: datetime


class SeenChanges:
    """The readings of the rows that have changed; other rows cost nothing."""

    def __init__(self) -> None:
        self._readings: dict[FindingId, set[Reading]] = {}

    def note(self, known: Finding, row: Finding) -> None:
        if known.updated_at == row.updated_at:
            return
        old, new = _words(known), _words(row)
        if old != new:
            readings = self._readings.setdefault(row.id, {(known.updated_at, *old)})
            readings.add((row.updated_at, *new))

    def of(self, finding_id: FindingId) -> tuple[SeenChange, ...]:
        changes = []
        for (_, *before), (at, *after) in pairwise(sorted(self._readings.get(finding_id, ()))):
            for watched, old, new in zip(Watched, before, after, strict=True):
                if old != new:
                    changes.append(SeenChange(watched, _text(old), _text(new), at))
        return tuple(changes)

    def readings_of(self, finding_id: FindingId) -> tuple[Reading, ...]:
        return tuple(sorted(self._readings.get(finding_id, ())))[-READINGS_KEPT:]

    def all_readings(self) -> dict[FindingId, tuple[Reading, ...]]:
        return {finding_id: self.readings_of(finding_id) for finding_id in self._readings}

    def recall(self, finding_id: FindingId, readings: Iterable[Reading]) -> None:
        self._readings.setdefault(finding_id, set()).update(readings)


def _text(value: object) -> str:
    return value if isinstance(value, str) else "yes" if value else ""


def _words(row: Finding) -> tuple[str, str, str, bool]:
    return (row.status_text, row.severity_text, row.confidence_text, row.poc_validated)


# Whether Víðarr has reviewed a finding: it writes to the reasoning, and sends no event.
#
# If there was a text before, its words follow a divider that names it; otherwise they are the whole
# text. So a divider means a review, and so does a text that appears on a row that had none. A text
# on the first reading of a row proves a review only if the producer never writes one. The meaning
# of the words is never read, and `updated_at` proves nothing: triage, Garmr and Report change it
# too. Source: protocol.md 4.5.


_NAME = "(?:V\u00ed\u00f0arr|V\u00ed\u00f0ar|Vidarr|Vithar)"
#: Recognized by its form: a line that starts with rule or heading characters and names Víðarr.
#: The pattern starts at a line break, which is found ten times as fast as the start of a line.
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
    """Return a row as if it were read for the first time."""
    if not (row.has_risen or row.is_finder_silent):
        return row
    return Reviews().judged(replace(row, has_risen=False, is_finder_silent=False), None)


class Reviews:
    """The reviewed rows of a scan; their readings may arrive in any order."""

    def __init__(self) -> None:
        self._once_silent: set[FindingId] = set()

    def note(self, known: Finding | None, row: Finding) -> None:
        """Note a reading of a row, and another if known; an announced row has no reasoning."""
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
        """Return a reading with what is known of its reasoning; `known` was returned before."""
        has_reasoning = has_text(newest.agent_reasoning) and not newest.is_announced
        was_silent = newest.id in self._once_silent or not may_write_reasoning(newest)
        is_silent = has_reasoning and was_silent
        is_reviewed = is_silent or (has_reasoning and _is_divided(newest, known))
        if (newest.is_reviewed, newest.is_finder_silent) == (is_reviewed, is_silent):
            return newest
        return replace(newest, is_reviewed=is_reviewed, is_finder_silent=is_silent)


def _is_divided(newest: Finding, known: Finding | None) -> bool:
    """Return whether a reasoning has a divider; a known text is not searched again."""
    if newest.is_cut:  # it was searched when it was read, and no server sends a cut row
        return newest.is_reviewed
    text = newest.agent_reasoning or ""
    is_read = known is not None and not (known.is_announced or known.is_finder_silent)
    if known is not None and is_read and known.agent_reasoning == text:
        return known.is_reviewed
    return _DIVIDER.search(f"\n{text}") is not None
