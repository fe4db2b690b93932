"""What a listing counts beside its rows: what is in scope, new, mendable or hidden, and how severe.

The counts are kept up finding by finding, so that none of them needs a look at 100,000 findings.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity, severities_of
from heimdall_desktop.domain.filters.filter import EITHER, Filter
from heimdall_desktop.domain.table.new_marks import NewMarks


class ListingCounts:
    """Counts the findings of one filter.

    Args:
        wanted: the filter.
        marks: which findings are new.

    Attributes:
        severities: findings that pass the filter but for its severities, by what they count as.
        former: those of them that are withdrawn or fixed, by the severity they had.
        new: new findings that pass the filter but for its word about that.
        fixes: findings with a fix that pass the filter but for its word about that.
    """

    def __init__(self, wanted: Filter, marks: NewMarks) -> None:
        self._wanted, self._marks = wanted, marks
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
        """Repeats in scope that are folded into their newest row, whatever else is asked for."""
        return self.repeats if self._wanted.folds_repeats else 0

    @property
    def hidden_criticals(self) -> int:
        """How many critical findings in scope the filter hides; folded repeats apart."""
        shown = Severity.CRITICAL in self._wanted.severities
        return self._unfolded(self._criticals) - shown * self.severities[Severity.CRITICAL]

    @property
    def hidden_closed(self) -> int:
        """How many withdrawn or fixed findings in scope the filter hides, without repeats."""
        wanted = self._wanted.severities if self._wanted.goes_by_former else ()
        return self._unfolded(self._closed) - sum(self.former[severity] for severity in wanted)

    @property
    def snoozed(self) -> int:
        """Snoozed findings in scope, shown or not; repeats too."""
        return sum(map(self._in_scope, self._snoozed.values()))

    @property
    def hidden_snoozed(self) -> int:
        """How many findings in scope are hidden as they are snoozed; folded repeats apart."""
        return self._unfolded(self._snoozed) if self._wanted.hides_snoozed else 0

    # -- one by one --

    def count(self, finding: Finding, step: int) -> None:
        """Count a finding that has come, or no more one that leaves.

        Args:
            finding: as it is, or was.
            step: 1 or -1.
        """
        wanted, scan_id = self._wanted, finding.scan_id
        self._totals[scan_id] += step
        self._repeats[scan_id] += step * finding.is_repeat
        if finding.snoozed_until is not None:
            self._snoozed[finding.is_repeat][scan_id] += step
        if finding.counts_as is None:
            self._closed[finding.is_repeat][scan_id] += step
        elif finding.counts_as is Severity.CRITICAL:
            self._criticals[finding.is_repeat][scan_id] += step
        if not (wanted.is_in_scope(finding) and wanted.matches_others(finding)):
            return
        fits_fixes = wanted.fits_fix(finding)
        fits_news = self._marks.fit(finding.id, wanted.news)
        if fits_fixes and fits_news:
            self._count_severity(finding, step)
        if wanted.fits_severity(finding):
            self.fixes += step * (finding.has_fix and fits_news)
            self.new += step * (finding.id in self._marks and fits_fixes)

    def count_staying(self, finding: Finding) -> None:
        """Count a finding by its own mark again, which counted as new while it was looked at."""
        wanted = self._wanted
        step = self._marks.fit(finding.id, wanted.news) - (True in wanted.news)
        if wanted.is_in_scope(finding) and wanted.matches_others(finding):
            self._count_severity(finding, step * wanted.fits_fix(finding))
            self.fixes += step * (finding.has_fix and wanted.fits_severity(finding))

    def _count_severity(self, finding: Finding, step: int) -> None:
        counts = self.severities if finding.counts_as else self.former
        counts[finding.severity] += step

    def see(self, findings: Iterable[Finding]) -> None:
        """Count findings no more as new."""
        self.new -= sum(map(self._wanted.matches, findings))

    # -- all of them --

    def use(self, wanted: Filter) -> None:
        """Count by another filter from now on; what was counted stays as it is."""
        self._wanted = wanted

    def count_new(self, marked: Iterable[Finding]) -> None:
        """Count all that is marked as new."""
        self.new = sum(map(self._wanted.matches, marked))

    def count_severities(self, passing: Sequence[Finding]) -> None:
        """Count all that passes but for its severity."""
        self.severities = severities_of(passing)
        self.former = Counter([each.severity for each in passing if each.counts_as is None])

    def count_fixes(self, rows: Sequence[Finding], scope: Callable[[], Sequence[Finding]]) -> None:
        """Count all fixes: among the rows, or, where they are not to have any, in scope."""
        wanted, fit = self._wanted, self._marks.fit
        if True in wanted.fixes:
            self.fixes = sum([finding.has_fix for finding in rows])
            return
        passes = replace(wanted, fixes=EITHER).matches
        with_fix = [finding for finding in scope() if finding.has_fix]
        self.fixes = sum([passes(row) and fit(row.id, wanted.news) for row in with_fix])

    def _unfolded(self, counts: dict[bool, Counter[ScanId]]) -> int:
        """Return what was counted in scope, of repeats only while they are not folded."""
        repeats = 0 if self._wanted.folds_repeats else self._in_scope(counts[True])
        return self._in_scope(counts[False]) + repeats

    def _in_scope(self, counts: Counter[ScanId]) -> int:
        """Return what was counted of the scan that is looked at, or of all of them."""
        scan_id = self._wanted.scan_id
        return sum(counts.values()) if scan_id is None else counts[scan_id]
