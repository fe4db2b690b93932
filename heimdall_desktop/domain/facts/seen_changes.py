"""What was seen to change of a row while it was watched; the server keeps no record of most of it.

Kept are the distinct readings of a row, not steps in the order they arrived: a step lies between
two readings that are next to each other by the server's own clock, so that repeated answers change
nothing and late ones find their place. Source: heimdall-api.md 4.5 (validation writes no event).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from itertools import pairwise

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId

#: When a row was last changed, by the server, and what its fields in `Watched` said then.
Reading = tuple[datetime, str, str, str, bool]
READINGS_KEPT = 50  # of one row, for later sessions: the newest


class Watched(Enum):
    """The fields whose changes are told, in the order in which they stand in a reading."""

    STATUS = "status"
    SEVERITY = "severity"
    CONFIDENCE = "confidence"
    PROOF = "proof"


class SeenChange(Struct, frozen=True):
    """One field said something else in a later reading.

    Attributes:
        at: when the later reading was last changed, by the server: the latest it can have been.
        old, new: the server's words; "yes" and "" for a proof that succeeded or not.
    """

    field: Watched
    old: str
    new: str
    at: datetime


class SeenChanges:
    """The readings of the rows that were not always the same; the others cost nothing."""

    def __init__(self) -> None:
        self._readings: dict[FindingId, set[Reading]] = {}

    def note(self, known: Finding, row: Finding) -> None:
        """Take note of a row that is read again."""
        if known.updated_at != row.updated_at and _words(known) != _words(row):
            self._readings.setdefault(row.id, {_reading(known)}).add(_reading(row))

    def of(self, finding_id: FindingId) -> tuple[SeenChange, ...]:
        """Return what changed of a row, oldest first."""
        return tuple(_steps(sorted(self._readings.get(finding_id, ()))))

    def readings_of(self, finding_id: FindingId) -> tuple[Reading, ...]:
        """Return what is to be kept of a row; nothing if it was always the same."""
        return tuple(sorted(self._readings.get(finding_id, ())))[-READINGS_KEPT:]

    def all_readings(self) -> dict[FindingId, tuple[Reading, ...]]:
        """Return what is to be kept of each row that was not always the same."""
        return {finding_id: self.readings_of(finding_id) for finding_id in self._readings}

    def recall(self, finding_id: FindingId, readings: Iterable[Reading]) -> None:
        """Take in what an earlier session has kept of a row."""
        self._readings.setdefault(finding_id, set()).update(readings)

    def clear(self) -> None:
        """Forget everything."""
        self._readings.clear()


def _steps(readings: Iterable[Reading]) -> Iterator[SeenChange]:
    for (_, *before), (at, *after) in pairwise(readings):
        for field, old, new in zip(Watched, before, after, strict=True):
            if old != new:
                yield SeenChange(field, _text(old), _text(new), at)


def _text(value: object) -> str:
    return value if isinstance(value, str) else "yes" if value else ""


def _words(row: Finding) -> tuple[str, str, str, bool]:
    return (row.status_text, row.severity_text, row.confidence_text, row.poc_validated)


def _reading(row: Finding) -> Reading:
    return (row.updated_at, *_words(row))
