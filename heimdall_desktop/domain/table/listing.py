"""A filtered, ordered list of findings over an id-keyed store, and how it changes.

The list is not the table: it decides, without Qt, what is shown, in which order, and where a change
goes. A change of a few rows is located by bisection and reported as edits, which a view replays in
order on its own rows. A new filter or order rebuilds the list.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeVar

from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.repeats import is_same_place
from heimdall_desktop.domain.filters.filter import (
    ALL_ROWS,
    ALL_SEVERITIES,
    ANY_NEWS,
    AWAKE,
    EITHER,
    Filter,
)
from heimdall_desktop.domain.table.finding_index import FilterCache, FindingIndex, ListingCounts
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.grouping import Grouping, Preparation
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order, ScanNames, Sorting
from heimdall_desktop.domain.table.ordered_rows import Edit, NewMarks, OrderedRows, RowsReset

W = TypeVar("W")

_moment = attrgetter("created_at")
EDIT_LIMIT = 500  # more edits in one batch cost a view more than showing the whole list


class Listing:
    """Owns all received findings, and the order of those that pass the filter.

    Invariant: `_shown` holds exactly the findings that pass the filter.

    Attributes:
        filter, order: what is shown now, and how it is sorted.
        names: the names of the scans.
        marks: which findings are new, in all scans.
        counts: the counts beside the rows.
    """

    def __init__(
        self,
        wanted: Filter | None = None,
        order: Order = NEWEST_LAST,
        marks: NewMarks | None = None,
    ) -> None:
        self.filter = wanted or Filter()
        self.order = order
        self.names: ScanNames = {}
        self._all = FindingIndex()
        self._shown = OrderedRows(Sorting(order, self.names))
        self.marks = NewMarks() if marks is None else marks
        self.counts = ListingCounts(self.filter, self.marks)
        self._news_version = self.marks.seen.version
        self._filter_cache = FilterCache(self.filter)
        self._prepared: Preparation | None = None

    @property
    def rows(self) -> Sequence[Finding]:
        return self._shown.rows

    @property
    def sorting(self) -> Sorting:
        return self._shown.sorting

    def get(self, finding_id: FindingId) -> Finding | None:
        return self._all.get(finding_id)

    def knows(self, finding_id: FindingId) -> bool:
        return self._all.get(finding_id) is not None

    def row_of(self, finding_id: FindingId) -> int | None:
        return self._row_of(self._all.get(finding_id))

    def show(self, wanted: Filter | None = None, order: Order | None = None) -> bool:
        """Show what passes a filter, in an order; return False if that is what is shown."""
        wanted, order = wanted or self.filter, order or self.order
        if (wanted, order) == (self.filter, self.order):
            return False
        self.order = order
        if wanted == self.filter:
            self._put_in_order()
            return True
        ready, self.filter = self._prepared, wanted
        is_usable = ready is not None and ready.wanted == wanted and ready.passing.is_whole
        self._filter_cache = ready.passing if ready and is_usable else FilterCache(wanted)
        self.counts.wanted = wanted
        self._count_new()
        self._rebuild()
        self._prepared = None
        return True

    def prepare(
        self, wanted: Filter | None = None, order: Order | None = None, by: GroupBy | None = None
    ) -> Iterator[None]:
        """Prepare, slice by slice, most of what showing a filter, order and grouping takes.

        Changes made meanwhile are applied when the rows are shown. It is safe to abandon this;
        starting another preparation abandons it.
        """
        wanted, order = wanted or self.filter, order or self.order
        passing = self._filter_cache if wanted == self.filter else FilterCache(wanted)
        ready = self._prepared = Preparation(wanted, order, passing, self._all.get)
        is_as_now = (wanted, order) == (self.filter, self.order)
        if not (is_as_now or passing.is_whole or self._lets_all_pass(wanted)):
            yield from passing.test(self._scope_of(wanted))
        if self._prepared is not ready:
            return  # another one was started and received the later changes
        if wanted.news == ANY_NEWS:  # else rows appear and disappear as they are seen
            sorting = Sorting(order, self.names)
            rows = self.rows if is_as_now else self._fitting(self._passing_others(passing), wanted)
            yield from ready.put_in_order(rows, sorting, is_in_order=is_as_now)
            if by is not None:
                yield from ready.put_together(by)

    def prepared_groups(self, wanted: Filter, order: Order, by: GroupBy | None) -> Grouping | None:
        """Hand over groups prepared for this, brought up to date; None if there are none."""
        return None if self._prepared is None else self._prepared.groups(wanted, order, by)

    def let_time_pass(self, wanted: Filter) -> list[Edit]:
        """Update the filter to a later moment; check only findings between the two moments."""
        edits = self._follow_news()
        between: dict[FindingId, Finding] = {}
        oldest_first = self._all.oldest_first()
        for turn in zip(self.filter.begins(), wanted.begins(), strict=True):
            first, last = (bisect_left(oldest_first, at, key=_moment) for at in sorted(turn))
            between |= {finding.id: finding for finding in oldest_first[first:last]}
        shown = [finding for finding in between.values() if self._row_of(finding) is not None]
        for step in (-1, 1):
            for finding in between.values():
                self.counts.count(finding, step)
            self.filter = wanted
            self.counts.wanted = wanted
        self._filter_cache = FilterCache(wanted)
        self._forget_prepared_rows()
        gone = sorted(self._shown.position(row) for row in shown if not self._matches(row))
        edits += self._shown.delete_all(gone, EDIT_LIMIT)
        for finding in shown:
            del between[finding.id]
        come = filter(self._matches, between.values())
        edits += self._shown.insert(come, EDIT_LIMIT - len(edits))
        return self._few(edits)

    def count_words(self, wanted: Filter, word_of: Callable[[Finding], W]) -> Counter[W]:
        passing = self._filter_cache if wanted == self.filter else FilterCache(wanted)
        return Counter(map(word_of, self._fitting(self._passing_others(passing), wanted)))

    def set_names(self, names: ScanNames) -> list[Edit]:
        """Set the names of scans; rows only move in a list ordered by scan."""
        self.names |= names
        self._forget_prepared_rows()
        if self.order.place_of(Column.SCAN) is None:
            return []
        self._put_in_order()
        return [self._shown.reset()]

    def _forget_prepared_rows(self) -> None:
        if self._prepared is not None:
            self._prepared.forget_rows()

    def apply(self, changes: Iterable[change.Change]) -> list[Edit]:
        """Apply changes and return the resulting edits of the rows, to be replayed in order."""
        edits = self._follow_news()
        replaced: dict[FindingId, Finding] = {}
        arrived: dict[FindingId, Finding] = {}
        changes = list(changes)
        self._mark(changes)
        for each in changes:
            match each:
                case change.ScanRemoved(scan_id) | change.ScanEmptied(scan_id):
                    arrived = {i: row for i, row in arrived.items() if row.scan_id != scan_id}
                    self._filter_cache, self._prepared = FilterCache(self.filter), None
                    for finding in self._all.drop_scan(scan_id):
                        self.counts.count(finding, -1)
                    self.marks.drop_scan(scan_id)
                    gone = [n for n, row in enumerate(self.rows) if row.scan_id == scan_id]
                    edits += self._shown.delete_all(gone, EDIT_LIMIT)
                case change.FindingDropped(finding):
                    is_shown = arrived.pop(finding.id, None) is None
                    row = self.row_of(finding.id) if is_shown else None
                    dropped = self._all.drop(finding.id)
                    if dropped is not None:
                        self._filter_cache, self._prepared = FilterCache(self.filter), None
                        self.counts.count(dropped, -1)
                        self.marks.drop(finding.id)
                        edits += self._shown.delete_all([] if row is None else [row], EDIT_LIMIT)
                case change.FindingAdded() | change.FindingReplaced():
                    edits += self._take(each.finding, arrived, replaced)
                case _:
                    pass
        edits += self._shown.insert(arrived.values(), EDIT_LIMIT - len(edits))
        rows = [row for row in map(self.row_of, replaced) if row is not None]
        edits += self._shown.replaced(rows, replaced)
        self._news_version = self.marks.seen.version
        return self._few(edits)

    # -- new findings --

    def see(self, finding_id: FindingId) -> list[Edit]:
        """Mark a finding as opened; the one opened before may now be hidden."""
        edits = self._follow_news()
        before, finding = self.marks.staying, self._all.get(finding_id)
        did_fit = self.marks.stays_in(self.filter.news)
        if self.marks.see(finding_id) and finding is not None:
            self.counts.see([finding])
        self._news_version = self.marks.seen.version
        earlier = None if before in (None, finding_id) else self._all.get(before)
        if earlier is None or self.filter.news == ANY_NEWS:
            return edits
        self.counts.count_staying(earlier, did_fit=did_fit)
        row, rows = self._shown.position(earlier), self.rows
        is_shown = row < len(rows) and rows[row].id == before
        if is_shown != self._matches(earlier):
            edits.append(
                self._shown.delete(row, 1) if is_shown else self._shown.put(row, [earlier])
            )
        return edits

    def see_all(self) -> list[Edit]:
        self.marks.see_all(row.id for row in self.rows if row.id in self.marks.seen)
        self._count_new()
        if self.filter.news == ANY_NEWS:
            return []
        self._rebuild()
        return [self._shown.reset()]

    def _follow_news(self) -> list[Edit]:
        """Show what is new or has changed by now: another window, or the time, may decide it."""
        if self._news_version == self.marks.seen.version:
            return []
        self._count_new()
        if self.filter.news == ANY_NEWS:
            return []
        self._rebuild()
        return [self._shown.reset()]

    def _count_new(self) -> None:
        self._news_version = self.marks.seen.version
        self.counts.count_new(filter(None, map(self._all.get, self.marks)))

    def _mark(self, changes: Iterable[change.Change]) -> None:
        """Mark findings that are read for the first time, but none that was seen before.

        A retry finds findings again under other ids; their older rows become repeats at once.
        """
        seen = [
            each.finding
            for each in changes
            if isinstance(each, change.FindingReplaced)
            and each.finding.is_repeat
            and not each.previous.is_repeat
            and each.finding.id not in self.marks
        ]
        for each in changes:
            if isinstance(each, change.FindingAdded) and self._all.get(each.finding.id) is None:
                found = each.finding
                is_news = not each.is_first_read
                if is_news and seen:
                    is_news = not any(is_same_place(found, other) for other in seen)
                self.marks.read(found.id, found.scan_id, is_news=is_news)

    # -- single rows --

    def _take(
        self,
        finding: Finding,
        arrived: dict[FindingId, Finding],
        replaced: dict[FindingId, Finding],
    ) -> list[Edit]:
        """Store a finding, and update its row if it is shown.

        Args:
            finding: the new version.
            arrived: receives findings that will be shown and have no row yet.
            replaced: receives the earlier versions of findings that keep their row.
        """
        known = self._all.get(finding.id)
        if known == finding:
            return []
        self._all.put(finding)
        self._filter_cache.note(finding.id, known)
        if self._prepared is not None:
            self._prepared.note(finding.id, known)
        was_shown = known is not None and self.counts.count(known, -1)
        has_row = was_shown and finding.id not in arrived
        if finding.is_back and not (known is not None and known.is_back):
            self.marks.read(finding.id, finding.scan_id, is_news=True)
        if finding.is_repeat and known is not None and not known.is_repeat:
            self.marks.drop(finding.id)  # its newer row has the mark
        is_shown = self.counts.count(finding, 1)
        if known is None or not has_row:
            arrived.pop(finding.id, None)
            if is_shown:
                arrived[finding.id] = finding
            return []
        old_row = self._shown.position(known)
        if not is_shown:
            return [self._shown.delete(old_row, 1)]
        before = self._shown.rows[old_row]
        moved = self._shown.renew(old_row, finding)
        if moved is None:
            replaced.setdefault(finding.id, before)
        return [] if moved is None else [moved]

    def _matches(self, finding: Finding) -> bool:
        return self.filter.matches(finding) and self.marks.fit(finding.id, self.filter.news)

    def _row_of(self, finding: Finding | None) -> int | None:
        if finding is None or not self._matches(finding):
            return None
        row, rows = self._shown.position(finding), self.rows
        if self.filter.news != ANY_NEWS and not (row < len(rows) and rows[row].id == finding.id):
            return None  # it has changed, which is shown with the next changes
        return row

    def _few(self, edits: list[Edit]) -> list[Edit]:
        if len(edits) > EDIT_LIMIT or any(isinstance(edit, RowsReset) for edit in edits):
            return [self._shown.reset()]
        return edits

    # -- the whole list --

    def _scope_of(self, wanted: Filter) -> Sequence[Finding]:
        if wanted.scan_id is None:
            return self._all.oldest_first()
        return self._all.oldest_first_of(wanted.scan_id)

    def _lets_all_pass(self, wanted: Filter) -> bool:
        """Whether all in scope pass apart from severity, fix and news, without testing each."""
        is_other_scope, counts = wanted.scan_id != self.filter.scan_id, self.counts
        has_repeats = counts.repeats > 0 or is_other_scope
        has_snoozed = counts.snoozed > 0 or is_other_scope
        is_any_kind = wanted.repeats == ALL_ROWS or (wanted.folds_repeats and not has_repeats)
        is_awake = wanted.snoozed == AWAKE and not has_snoozed
        return is_any_kind and is_awake and wanted.asks_little

    def _passing_but_for_severity(self) -> Sequence[Finding]:
        """Return the findings in scope that pass the filter apart from severity, oldest first."""
        passing, fixes = self._passing_others(self._filter_cache), self.filter.fixes
        if fixes != EITHER:
            passing = [finding for finding in passing if self.filter.fits_fix(finding)]
        fit, news = self.marks.fit, self.filter.news
        return passing if news == ANY_NEWS else [row for row in passing if fit(row.id, news)]

    def _passing_others(self, passing: FilterCache) -> Sequence[Finding]:
        """Return the findings that pass apart from severity, fix and news, oldest first."""
        scope = partial(self._scope_of, passing.wanted)
        if self._lets_all_pass(passing.wanted):
            return scope()
        return passing.rows(scope, self._all.get)

    def _fitting(self, rows: Sequence[Finding], wanted: Filter) -> Sequence[Finding]:
        """Return those of the otherwise passing rows whose severity, fix and news pass too."""
        if wanted.severities != ALL_SEVERITIES or wanted.fixes != EITHER:
            fits = wanted.fits_severity
            rows = [row for row in rows if fits(row) and wanted.fits_fix(row)]
        fit, news = self.marks.fit, wanted.news
        return rows if news == ANY_NEWS else [row for row in rows if fit(row.id, news)]

    def _rebuild(self) -> None:
        passing = self._passing_but_for_severity()
        self._put_in_order(passing)
        self.counts.count_all(passing, self.rows, partial(self._scope_of, self.filter))

    def _put_in_order(self, passing: Sequence[Finding] | None = None) -> None:
        """Put the rows in order, as prepared, or sorted now.

        Args:
            passing: the findings that pass apart from severity, oldest first, if already known.
        """
        sorting, ready = Sorting(self.order, self.names), self._prepared
        if ready is not None and ready.is_for(self.filter, self.order):
            self._prepared, rows = None, ready.rows()
        else:
            if passing is None:
                passing = self._passing_but_for_severity()
            if self.filter.severities != ALL_SEVERITIES:
                passing = list(filter(self.filter.fits_severity, passing))
            rows = sorting.sorted(passing)
        self._shown.rows, self._shown.sorting = rows, sorting
