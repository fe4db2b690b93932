"""Every finding by id, and all of them oldest first, which is the tie-break of each other order.

Sorting 100,000 rows by id and age takes longer than by any column, so that is done once and kept.
New findings are merged in when the order is requested, not while they arrive.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    ScanId,
    Severity,
    severities_of,
)
from heimdall_desktop.domain.filters.filter import EITHER, Filter
from heimdall_desktop.domain.table.order import place_by_age
from heimdall_desktop.domain.table.ordered_rows import NewMarks

FEW = 64  # this many are inserted one by one; for more, the rows behind move only once
MANY = 2000  # at most this many wait: to merge them into 100,000 takes 20 ms

_age = attrgetter("created_at", "id")


def put_in(rows: list[Finding], late: Iterable[Finding]) -> None:
    """Insert findings by age into a list that is sorted oldest first.

    Their places are found by bisection: sorting everything again would make a key for every row.
    """
    late = sorted(late, key=_age)
    if len(late) <= FEW:
        for finding in late:
            rows.insert(place_by_age(rows, finding), finding)
        return
    merged: list[Finding] = []
    start = 0
    for finding in late:
        place = place_by_age(rows, finding, start)
        merged += rows[start:place]
        merged.append(finding)
        start = place
    rows[:start] = merged


def take_out(rows: list[Finding], gone: Iterable[Finding]) -> None:
    """Remove findings from a list that is sorted oldest first; ignore those not in it."""
    for finding in gone:
        place = place_by_age(rows, finding)
        if place < len(rows) and rows[place].id == finding.id:
            del rows[place]


class FindingIndex:
    """Owns findings. Invariant: each is in `_aged` in order of age, or waits in `_late`."""

    def __init__(self) -> None:
        self._by_id: dict[FindingId, Finding] = {}
        self._aged: list[Finding] = []
        self._late: dict[FindingId, Finding] = {}

    def get(self, finding_id: FindingId) -> Finding | None:
        return self._by_id.get(finding_id)

    def put(self, finding: Finding) -> None:
        known = self._by_id.get(finding.id)
        self._by_id[finding.id] = finding
        if known is None or finding.id in self._late:
            self._late[finding.id] = finding
            if len(self._late) >= MANY:
                self._settle()
            return
        place = place_by_age(self._aged, known)
        if known.created_at == finding.created_at:
            self._aged[place] = finding
        else:
            del self._aged[place]
            self._late[finding.id] = finding

    def drop(self, finding_id: FindingId) -> Finding | None:
        """Remove a finding and return its last stored version; None if it is unknown."""
        gone = self._by_id.pop(finding_id, None)
        if gone is not None:
            self._settle()
            take_out(self._aged, [gone])
        return gone

    def drop_scan(self, scan_id: ScanId) -> Sequence[Finding]:
        gone = self.oldest_first_of(scan_id)
        if gone:
            self._aged = [finding for finding in self._aged if finding.scan_id != scan_id]
            for finding in gone:
                del self._by_id[finding.id]
        return gone

    def oldest_first(self) -> Sequence[Finding]:
        """Return all findings in order of age, read-only."""
        self._settle()
        return self._aged

    def oldest_first_of(self, scan_id: ScanId) -> Sequence[Finding]:
        return [finding for finding in self.oldest_first() if finding.scan_id == scan_id]

    def _settle(self) -> None:
        put_in(self._aged, self._late.values())
        self._late.clear()


# The counts of a listing beside its rows: in scope, new, fixable or hidden, and by severity.
#
# The counts are updated finding by finding, so that none has to scan 100,000 findings.


class ListingCounts:
    """Counts the findings of one filter.

    Attributes:
        severities: findings that pass the filter apart from its severities, by their effective
            severity.
        former: those of them that are withdrawn or fixed, by their earlier severity.
        new: new findings that pass the filter apart from its condition on news.
        fixes: findings with a fix that pass the filter apart from its condition on fixes.
    """

    def __init__(self, wanted: Filter, marks: NewMarks) -> None:
        self.wanted, self._marks = wanted, marks  # another filter needs new counts
        self.new = self.fixes = 0
        self.severities: Counter[Severity] = Counter()
        self.former: Counter[Severity] = Counter()
        self._totals: Counter[ScanId] = Counter()
        self._repeats: Counter[ScanId] = Counter()
        self._criticals: dict[bool, Counter[ScanId]] = {False: Counter(), True: Counter()}
        self._closed: dict[bool, Counter[ScanId]] = {False: Counter(), True: Counter()}
        self._snoozed: dict[bool, Counter[ScanId]] = {False: Counter(), True: Counter()}

    @property
    def total(self) -> int:
        """Findings in scope, shown, hidden or folded."""
        return self._in_scope(self._totals)

    @property
    def repeats(self) -> int:
        """Repeats in scope, shown or not."""
        return self._in_scope(self._repeats)

    @property
    def folded(self) -> int:
        """Repeats in scope that are folded into their newest row, whatever else is requested."""
        return self.repeats if self.wanted.folds_repeats else 0

    @property
    def hidden_criticals(self) -> int:
        """How many critical findings in scope the filter hides, without folded repeats."""
        shown = Severity.CRITICAL in self.wanted.severities
        return self._unfolded(self._criticals) - shown * self.severities[Severity.CRITICAL]

    @property
    def hidden_closed(self) -> int:
        """How many withdrawn or fixed findings in scope the filter hides, without repeats."""
        wanted = self.wanted.severities if self.wanted.goes_by_former else ()
        return self._unfolded(self._closed) - sum(self.former[severity] for severity in wanted)

    @property
    def snoozed(self) -> int:
        """Snoozed findings in scope, shown or not, including repeats."""
        return sum(map(self._in_scope, self._snoozed.values()))

    @property
    def hidden_snoozed(self) -> int:
        """How many findings in scope are hidden as they are snoozed, without folded repeats."""
        return 0 if True in self.wanted.snoozed else self._unfolded(self._snoozed)

    # -- one by one --

    def count(self, finding: Finding, step: int) -> bool:
        """Add a finding to the counts, or subtract one that leaves, with a step of -1.

        Returns:
            Whether it is shown.
        """
        wanted, scan_id = self.wanted, finding.scan_id
        self._totals[scan_id] += step
        self._repeats[scan_id] += step * finding.is_repeat
        if finding.snoozed_until is not None:
            self._snoozed[finding.is_repeat][scan_id] += step
        if finding.counts_as is None:
            self._closed[finding.is_repeat][scan_id] += step
        elif finding.counts_as is Severity.CRITICAL:
            self._criticals[finding.is_repeat][scan_id] += step
        if not (wanted.is_in_scope(finding) and wanted.matches_others(finding)):
            return False
        fits_fixes = wanted.fits_fix(finding)
        fits_news = self._marks.fit(finding.id, wanted.news)
        if fits_fixes and fits_news:
            self._count_severity(finding, step)
        if not wanted.fits_severity(finding):
            return False
        self.fixes += step * (finding.has_fix and fits_news)
        self.new += step * (finding.id in self._marks and fits_fixes)
        return fits_fixes and fits_news

    def count_staying(self, finding: Finding, *, did_fit: bool) -> None:
        """Count a finding by its own mark again; while it was selected, it counted as before."""
        wanted = self.wanted
        step = self._marks.fit(finding.id, wanted.news) - did_fit
        if wanted.is_in_scope(finding) and wanted.matches_others(finding):
            self._count_severity(finding, step * wanted.fits_fix(finding))
            self.fixes += step * (finding.has_fix and wanted.fits_severity(finding))

    def _count_severity(self, finding: Finding, step: int) -> None:
        counts = self.severities if finding.counts_as else self.former
        counts[finding.severity] += step

    def see(self, findings: Iterable[Finding]) -> None:
        self.new -= sum(map(self.wanted.matches, findings))

    # -- all of them --

    def count_new(self, marked: Iterable[Finding]) -> None:
        self.new = sum(map(self.wanted.matches, marked))

    def count_all(
        self,
        passing: Sequence[Finding],
        rows: Sequence[Finding],
        scope: Callable[[], Sequence[Finding]],
    ) -> None:
        """Count severities and fixes again.

        Args:
            passing: the findings that pass apart from severity.
            rows: those that are shown; the fixes among them are counted.
            scope: returns where fixes are counted if the rows must not have any.
        """
        self.severities = severities_of(passing)
        self.former = Counter([each.severity for each in passing if each.counts_as is None])
        wanted, fit = self.wanted, self._marks.fit
        if True in wanted.fixes:
            self.fixes = sum([finding.has_fix for finding in rows])
            return
        passes = replace(wanted, fixes=EITHER).matches
        with_fix = [finding for finding in scope() if finding.has_fix]
        self.fixes = sum([passes(row) and fit(row.id, wanted.news) for row in with_fix])

    def _unfolded(self, counts: dict[bool, Counter[ScanId]]) -> int:
        """Return a count in scope, with repeats only while they are not folded."""
        repeats = 0 if self.wanted.folds_repeats else self._in_scope(counts[True])
        return self._in_scope(counts[False]) + repeats

    def _in_scope(self, counts: Counter[ScanId]) -> int:
        scan_id = self.wanted.scan_id
        return sum(counts.values()) if scan_id is None else counts[scan_id]


# The findings that pass the tests of a filter: tested slice by slice, and again when changed.
#
# A test takes up to 2 us, so 100,000 of them block a window. A list in another order, or with a
# few new findings, doesn't need to be tested again as a whole.


SLICE = 8_000  # findings tested at once
FEW_FILTERS = 200  # changed findings found by bisection; for more, scanning all is faster
MANY_FILTERS = 10_000  # changed findings whose old versions would fill the memory: test all again


class FilterCache:
    """Knows what passes one filter apart from severity, fix and news, which are counted separately.

    `_rows` holds the findings that passed, oldest first. For changed findings it holds the earlier
    versions, which `_changed` remembers while there are few.

    Attributes:
        wanted: the filter.
        is_whole: everything has been tested once.
    """

    def __init__(self, wanted: Filter) -> None:
        self.wanted = wanted
        self._has_begun = self.is_whole = False
        self._rows: list[Finding] = []
        self._changed: dict[FindingId, Finding | None] = {}

    def test(self, scope: Sequence[Finding]) -> Iterator[None]:
        """Test findings, oldest first, slice by slice.

        It is safe to abandon this, and to continue when others have been tested meanwhile.
        """
        scope, passes = tuple(scope), self.wanted.matches_others
        self._forget()
        self._has_begun, rows = True, self._rows
        for first in range(0, len(scope), SLICE):
            rows += filter(passes, scope[first : first + SLICE])
            yield
            if self._rows is not rows:
                return
        self.is_whole = True

    def note(self, finding_id: FindingId, before: Finding | None) -> None:
        """Record that a finding has changed, with its earlier version; None if it is new."""
        if self._has_begun:
            is_known = len(self._changed) < FEW_FILTERS
            self._changed.setdefault(finding_id, before if is_known else None)
            if len(self._changed) > MANY_FILTERS:
                self._forget()

    def rows(
        self, scope: Callable[[], Sequence[Finding]], find: Callable[[FindingId], Finding | None]
    ) -> Sequence[Finding]:
        """Return the findings that pass now, oldest first, read-only; all are tested if needed."""
        if not self.is_whole:
            for _ in self.test(scope()):
                pass
        changed, wanted = self._changed, self.wanted
        if not changed:
            return self._rows
        if len(changed) <= FEW_FILTERS:
            take_out(self._rows, filter(None, changed.values()))
        else:
            self._rows = [finding for finding in self._rows if finding.id not in changed]
        now = filter(None, map(find, changed))
        put_in(self._rows, [f for f in now if wanted.is_in_scope(f) and wanted.matches_others(f)])
        changed.clear()
        return self._rows

    def _forget(self) -> None:
        self._has_begun = self.is_whole = False
        self._rows = []
        self._changed.clear()
