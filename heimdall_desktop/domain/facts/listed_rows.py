"""The findings of one scan, merged by id out of listings of any age and order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from heimdall_desktop.domain.facts.finding import Confidence, Finding, FindingId, Severity
from heimdall_desktop.domain.facts.repeats import Repeats, moves
from heimdall_desktop.domain.facts.review import Reviews
from heimdall_desktop.domain.facts.seen_changes import Reading, SeenChange, SeenChanges

RowChange = tuple[Finding, Finding | None]

ROWS_LIMIT = 200_000  # of one scan that are kept; they take some 250 MB


@dataclass(slots=True)
class ListedRows:
    """Every row ever read; none of those is dropped because a listing missed it (T-4).

    Attributes:
        findings: the newest reading of each row, by id.
        severities: how many rows have each severity now.
        announced: the rows that were announced and never read, in the order they came.
    """

    findings: dict[FindingId, Finding] = field(default_factory=dict)
    severities: Counter[Severity] = field(default_factory=Counter)
    announced: dict[FindingId, None] = field(default_factory=dict)
    _asked: dict[FindingId, float] = field(default_factory=dict)
    _once_lower: set[FindingId] = field(default_factory=set)
    _repeats: Repeats = field(default_factory=Repeats)
    _seen: SeenChanges = field(default_factory=SeenChanges)
    _reviews: Reviews = field(default_factory=Reviews)

    def read(self, asked_at_s: float, row: Finding) -> Sequence[RowChange]:
        """Take a row in; return each row that is another now, with the one it replaces.

        The row itself comes first, if it is news. Behind it may come one that has become a repeat
        of it, or is none any more. A new row beyond `ROWS_LIMIT` is not taken: whoever lists rows
        counts those that were (see `Scan.findings`).
        """
        known = self.findings.get(row.id)
        if known is None and len(self.findings) >= ROWS_LIMIT:
            return ()
        if known is not None and known.is_announced != row.is_announced:
            if row.is_announced:
                return ()  # an announcement says less than the row
            self._asked[row.id] = float("-inf")
        elif known is not None:
            self._seen.note(known, row)
        self._reviews.note(known, row)
        newest = row if known is None or asked_at_s >= self._asked[row.id] else known
        newest = self._reviews.judged(self._with_rise(row, newest), known)
        if known is not None and newest.is_repeat != known.is_repeat:
            newest = replace(newest, is_repeat=known.is_repeat)
        self._asked[row.id] = max(asked_at_s, self._asked.get(row.id, asked_at_s))
        if newest == known:
            return ()
        others: Iterable[FindingId] = ()
        if known is None:
            others = self._repeats.put(newest, self.findings)
        elif moves(known, newest):
            left = self._repeats.drop(known)
            others = (*left, *self._repeats.put(newest, self.findings))
        if others or newest.is_repeat:
            newest = _standing(newest, is_repeat=self._repeats.has_newer(newest))
        self.findings[row.id] = newest
        if newest.is_announced:
            self.announced[row.id] = None
        else:
            self.announced.pop(row.id, None)
        self.severities[newest.severity] += 1
        if known is not None:
            self.severities[known.severity] -= 1
        change = (newest, known)
        return (change, *self._turned(others)) if others else (change,)

    def drop_announced(self, finding_id: FindingId, asked_at_s: float) -> Finding | None:
        """Let a row go that was announced before a moment and never read; None for any other."""
        known = self.findings.get(finding_id)
        if known is None or not known.is_announced or self._asked[finding_id] >= asked_at_s:
            return None
        del self.findings[finding_id], self._asked[finding_id], self.announced[finding_id]
        self.severities[known.severity] -= 1
        return known

    def clear(self) -> None:
        """Let all rows go."""
        for kept in (self.findings, self.severities, self.announced, self._asked):
            kept.clear()
        self._once_lower.clear()
        self._repeats.clear()
        self._seen.clear()
        self._reviews.clear()

    def changes_of(self, finding_id: FindingId) -> tuple[SeenChange, ...]:
        """Return what was seen to change of a row, oldest first."""
        return self._seen.of(finding_id)

    def readings_of(self, finding_id: FindingId) -> tuple[Reading, ...]:
        """Return what a later session needs to tell the same changes of a row."""
        return self._seen.readings_of(finding_id)

    def recall(self, finding_id: FindingId, readings: Iterable[Reading]) -> None:
        """Take in what an earlier session has kept of a row."""
        self._seen.recall(finding_id, readings)

    def asked_at_s(self, finding_id: FindingId) -> float:
        """Return when a row was last asked for.

        Raises:
            KeyError: there is no such row.
        """
        return self._asked[finding_id]

    def _with_rise(self, row: Finding, newest: Finding) -> Finding:
        """The newest row, with whether its confidence was lower in any reading of it.

        An earlier session may have seen it rise; of an announced row it is unknown, not lower.
        """
        is_lower = row.confidence is not Confidence.HIGH and not row.is_announced
        if row.has_risen or is_lower:
            self._once_lower.add(row.id)
        has_risen = newest.confidence is Confidence.HIGH and row.id in self._once_lower
        return newest if newest.has_risen == has_risen else replace(newest, has_risen=has_risen)

    def _turned(self, others: Iterable[FindingId]) -> Iterator[RowChange]:
        """Yield those of other rows that have become repeats, or have ceased to be."""
        for each in others:
            known = self.findings[each]
            newest = _standing(known, is_repeat=self._repeats.has_newer(known))
            if newest is not known:
                self.findings[each] = newest
                yield newest, known


def _standing(row: Finding, *, is_repeat: bool) -> Finding:
    return row if row.is_repeat == is_repeat else replace(row, is_repeat=is_repeat)
