"""Every finding by id, and all of them oldest first: the order in which each other order ties.

Sorting 100,000 rows by id and age takes longer than by any column, so that is done once and kept.
What is new is merged in when the order is asked for, not while it pours in.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from operator import attrgetter

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId

FEW = 64  # so many are put in one by one; for more, all that stands behind moves once only
MANY = 2000  # so many wait at most: to merge them into 100,000 takes 20 ms

_age = attrgetter("created_at", "id")


def put_in(rows: list[Finding], late: Iterable[Finding]) -> None:
    """Put findings into a list of others, oldest first, where they belong by age.

    Their places are found by bisection: to sort everything again would make a key of every row.
    """
    late = sorted(late, key=_age)
    if len(late) <= FEW:
        for finding in late:
            insort(rows, finding, key=_age)
        return
    merged: list[Finding] = []
    start = 0
    for finding in late:
        place = bisect_left(rows, _age(finding), start, key=_age)
        merged += rows[start:place]
        merged.append(finding)
        start = place
    rows[:start] = merged


def take_out(rows: list[Finding], gone: Iterable[Finding]) -> None:
    """Take findings out of a list of them, oldest first; those that are not in it are no matter."""
    for finding in gone:
        place = bisect_left(rows, _age(finding), key=_age)
        if place < len(rows) and rows[place].id == finding.id:
            del rows[place]


class FindingIndex:
    """Owns findings. Invariant: each stands in `_aged` in order of age, or waits in `_late`."""

    def __init__(self) -> None:
        self._by_id: dict[FindingId, Finding] = {}
        self._aged: list[Finding] = []
        self._late: dict[FindingId, Finding] = {}

    def get(self, finding_id: FindingId) -> Finding | None:
        """Return a finding as it was put in last."""
        return self._by_id.get(finding_id)

    def put(self, finding: Finding) -> None:
        """Take a finding in, in the place of an older version of it if there is one."""
        known = self._by_id.get(finding.id)
        self._by_id[finding.id] = finding
        if known is None or finding.id in self._late:
            self._late[finding.id] = finding
            if len(self._late) >= MANY:
                self._settle()
            return
        place = bisect_left(self._aged, _age(known), key=_age)
        if known.created_at == finding.created_at:
            self._aged[place] = finding
        else:
            del self._aged[place]
            self._late[finding.id] = finding

    def drop(self, finding_id: FindingId) -> Finding | None:
        """Let a finding go, and return it as it was put in last; None if it is not there."""
        gone = self._by_id.pop(finding_id, None)
        if gone is not None:
            self._settle()
            take_out(self._aged, [gone])
        return gone

    def drop_scan(self, scan_id: ScanId) -> Sequence[Finding]:
        """Let the findings of a scan go, and return them."""
        gone = self.oldest_first_of(scan_id)
        if gone:
            self._aged = [finding for finding in self._aged if finding.scan_id != scan_id]
            for finding in gone:
                del self._by_id[finding.id]
        return gone

    def oldest_first(self) -> Sequence[Finding]:
        """Return all of them in order of age, to be read only."""
        self._settle()
        return self._aged

    def oldest_first_of(self, scan_id: ScanId) -> Sequence[Finding]:
        """Return those of one scan in order of age."""
        return [finding for finding in self.oldest_first() if finding.scan_id == scan_id]

    def _settle(self) -> None:
        put_in(self._aged, self._late.values())
        self._late.clear()
