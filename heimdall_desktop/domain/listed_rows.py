"""The findings of one scan, merged by id out of listings of any age and order."""

from collections import Counter
from dataclasses import dataclass, field, replace

from heimdall_desktop.domain.finding import Confidence, Finding, FindingId, Severity


@dataclass(slots=True)
class ListedRows:
    """Every row ever read; one is never dropped because a listing missed it (T-4).

    Attributes:
        findings: the newest reading of each row, by id.
        severities: how many rows have each severity now.
    """

    findings: dict[FindingId, Finding] = field(default_factory=dict)
    severities: Counter[Severity] = field(default_factory=Counter)
    _asked: dict[FindingId, float] = field(default_factory=dict)
    _once_lower: set[FindingId] = field(default_factory=set)

    def read(self, asked_at_s: float, row: Finding) -> tuple[Finding, Finding | None] | None:
        """Take a row in; return it with the one it replaces, or None if nothing is new."""
        known = self.findings.get(row.id)
        newest = row if known is None or asked_at_s >= self._asked[row.id] else known
        newest = self._with_rise(row, newest)
        self._asked[row.id] = max(asked_at_s, self._asked.get(row.id, asked_at_s))
        if newest == known:
            return None
        self.findings[row.id] = newest
        self.severities[newest.severity] += 1
        if known is not None:
            self.severities[known.severity] -= 1
        return newest, known

    def clear(self) -> None:
        """Let all rows go."""
        for kept in (self.findings, self.severities, self._asked, self._once_lower):
            kept.clear()

    def asked_at_s(self, finding_id: FindingId) -> float:
        """Return when a row was last asked for.

        Raises:
            KeyError: there is no such row.
        """
        return self._asked[finding_id]

    def _with_rise(self, row: Finding, newest: Finding) -> Finding:
        """The newest row, with whether its confidence was lower in any reading of it."""
        if row.has_risen or row.confidence is not Confidence.HIGH:  # an earlier session saw it rise
            self._once_lower.add(row.id)
        has_risen = newest.confidence is Confidence.HIGH and row.id in self._once_lower
        return newest if newest.has_risen == has_risen else replace(newest, has_risen=has_risen)
