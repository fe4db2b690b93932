"""A filtered, ordered list of findings over an id-keyed store, and how it changes.

The list is not the table: what is shown, in which order and where a change lands is decided here,
without Qt. A change of a few rows is found by bisection and told as edits, which a view replays in
order on its own rows; a new filter or order rebuilds the list.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from heimdall_desktop.domain.change import (
    Change,
    FindingAdded,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.columns import Column, ScanNames, column_key, sort_key
from heimdall_desktop.domain.edit import (
    Edit,
    RowMoved,
    RowsInserted,
    RowsRemoved,
    RowsReplaced,
    RowsReset,
)
from heimdall_desktop.domain.filters import Filter
from heimdall_desktop.domain.finding import Finding, FindingId, ScanId, Severity

EDIT_LIMIT = 500  # more edits in one batch cost a view more than showing the list anew


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the rows stand."""

    column: Column = Column.FIRST_SEEN
    is_descending: bool = False


NEWEST_LAST = Order()


class Listing:
    """Owns every finding it was told of, and the order of those that pass the filter.

    Invariant: the findings that pass the filter, and no others, stand in `_rows` in the order of
    their sort keys. A key is made when it is compared: a bisection needs few of them, and a list of
    all of them would have to be made anew for each order.
    """

    def __init__(self, wanted: Filter | None = None, order: Order = NEWEST_LAST) -> None:
        self._filter = wanted or Filter()
        self._order = order
        self._names: ScanNames = {}
        self._key = sort_key(order.column, self._names)
        self._all: dict[FindingId, Finding] = {}
        self._rows: list[Finding] = []
        self._total = self._repeats = 0
        self._severities: Counter[Severity] = Counter()

    @property
    def rows(self) -> Sequence[Finding]:
        """What is shown, in order."""
        return self._rows

    @property
    def total(self) -> int:
        """Rows in scope, shown, hidden or folded."""
        return self._total

    @property
    def repeats(self) -> int:
        """Repeats in scope, shown or not."""
        return self._repeats

    @property
    def folded(self) -> int:
        """Repeats in scope that are folded into their newest row, whatever else is asked for."""
        return self._repeats if self._filter.folds_repeats else 0

    @property
    def severities(self) -> Counter[Severity]:
        """Findings in scope that pass the filter but for its severities, by severity."""
        return self._severities

    @property
    def filter(self) -> Filter:
        """What findings must fulfil to be shown."""
        return self._filter

    @property
    def order(self) -> Order:
        """How the rows stand."""
        return self._order

    def row_of(self, finding_id: FindingId) -> int | None:
        """Return where a finding is shown, None if it is hidden or unknown."""
        return self._row_of(self._all.get(finding_id))

    def set_filter(self, wanted: Filter) -> RowsReset | None:
        """Show other findings; None if that is what is shown already."""
        if wanted == self._filter:
            return None
        is_another_scope = wanted.scan_id != self._filter.scan_id
        self._filter = wanted
        scope = list(self._all.values())
        if wanted.scan_id is not None:
            scope = [finding for finding in scope if finding.scan_id == wanted.scan_id]
        passing = [finding for finding in scope if wanted.matches_but_for_severity(finding)]
        if is_another_scope:
            self._total = len(scope)
            self._repeats = sum([finding.is_repeat for finding in scope])
        self._severities = Counter([finding.severity for finding in passing])
        severities = wanted.severities
        return self._stand([finding for finding in passing if finding.severity in severities])

    def set_order(self, order: Order) -> RowsReset | None:
        """Let the rows stand otherwise; None if they stand so already."""
        if order == self._order:
            return None
        self._order = order
        self._key = sort_key(order.column, self._names)
        return self._stand(self._rows)

    def set_name(self, scan_id: ScanId, name: str) -> RowsReset | None:
        """Take the name of a scan; it moves rows only in a list ordered by scan."""
        if self._names.get(scan_id) == name:
            return None
        self._names[scan_id] = name
        return self._stand(self._rows) if self._order.column is Column.SCAN else None

    def apply(self, changes: Iterable[Change]) -> list[Edit]:
        """Take changes in and return what they did to the rows, to be replayed in order."""
        edits: list[Edit] = []
        replaced: list[FindingId] = []
        arrived: dict[FindingId, Finding] = {}
        for change in changes:
            match change:
                case ScanRemoved() | ScanEmptied():
                    arrived = _without_scan(arrived, change.scan_id)
                    edits += self._drop_scan(change.scan_id)
                case FindingAdded() | FindingReplaced():
                    edits += self._take(change.finding, arrived, replaced)
                case _:
                    pass
        edits += self._insert(arrived, EDIT_LIMIT - len(edits))
        edits += self._replacements(replaced)
        if len(edits) > EDIT_LIMIT or any(isinstance(edit, RowsReset) for edit in edits):
            return [RowsReset(tuple(self._rows))]
        return edits

    # -- single rows --

    def _take(
        self,
        finding: Finding,
        arrived: dict[FindingId, Finding],
        replaced: list[FindingId],
    ) -> Iterator[Edit]:
        """Keep a finding, and bring its row up to date if it is shown.

        Args:
            finding: the news.
            arrived: takes findings that are to be shown and have no row yet.
            replaced: takes findings that keep their row.
        """
        known = self._all.get(finding.id)
        if known == finding:
            return
        self._all[finding.id] = finding
        if known is not None:
            self._count(known, -1)
        self._count(finding, 1)
        old_row = None if finding.id in arrived else self._row_of(known)
        is_shown = self._filter.matches(finding)
        if old_row is None:
            arrived.pop(finding.id, None)
            if is_shown:
                arrived[finding.id] = finding
        elif not is_shown:
            yield self._delete(old_row, 1)
        elif self._key(finding) == self._key(self._rows[old_row]):
            self._rows[old_row] = finding
            replaced.append(finding.id)
        else:
            self._delete(old_row, 1)
            yield RowMoved(old_row, self._put(self._position(finding), [finding]).first, finding)

    def _row_of(self, finding: Finding | None) -> int | None:
        if finding is None or not self._filter.matches(finding):
            return None
        return self._position(finding)

    def _count(self, finding: Finding, step: int) -> None:
        if not self._filter.is_in_scope(finding):
            return
        self._total += step
        self._repeats += step * finding.is_repeat
        if self._filter.matches_but_for_severity(finding):
            self._severities[finding.severity] += step

    def _position(self, finding: Finding) -> int:
        """Return where a finding stands, or would stand."""
        key, rows, is_descending = self._key, self._rows, self._order.is_descending
        wanted, low, high = key(finding), 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            here = key(rows[middle])
            if here > wanted if is_descending else here < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    # -- runs of rows --

    def _delete(self, first: int, count: int) -> RowsRemoved:
        del self._rows[first : first + count]
        return RowsRemoved(first, count)

    def _put(self, first: int, findings: Sequence[Finding]) -> RowsInserted:
        self._rows[first:first] = findings
        return RowsInserted(first, findings)

    def _insert(self, arrived: Mapping[FindingId, Finding], limit: int) -> Iterator[Edit]:
        """Put new rows in, those that come to stand together as one edit."""
        if not arrived:
            return
        findings = self._in_order(arrived.values())
        places = [self._position(finding) for finding in findings]
        cuts = [n for n in range(1, len(places)) if places[n] != places[n - 1]]
        if len(cuts) >= limit:
            yield self._merge(findings, places)
            return
        for start, stop in pairwise([0, *cuts, len(places)]):
            if stop > start:
                yield self._put(places[start] + start, findings[start:stop])

    def _drop_scan(self, scan_id: ScanId) -> Iterator[Edit]:
        for finding in [known for known in self._all.values() if known.scan_id == scan_id]:
            self._count(finding, -1)
            del self._all[finding.id]
        gone = [row for row, finding in enumerate(self._rows) if finding.scan_id == scan_id]
        runs = list(_runs_of(gone))
        if len(runs) > EDIT_LIMIT:
            self._rows = [row for row in self._rows if row.scan_id != scan_id]
            yield RowsReset(tuple(self._rows))
            return
        for start, stop in reversed(runs):
            yield self._delete(start, stop - start)

    def _replacements(self, replaced: Sequence[FindingId]) -> Iterator[Edit]:
        """Tell which rows say something new, neighbours as one edit."""
        rows = {row for row in map(self.row_of, replaced) if row is not None}
        for start, stop in _runs_of(sorted(rows)):
            yield RowsReplaced(start, tuple(self._rows[start:stop]))

    # -- the whole list --

    def _merge(self, findings: Sequence[Finding], places: Sequence[int]) -> RowsReset:
        """Put each finding in front of the row at its place."""
        merged: list[Finding] = []
        for finding, start, stop in zip(findings, [0, *places], places, strict=False):
            merged += self._rows[start:stop]
            merged.append(finding)
        self._rows = merged + self._rows[places[-1] :]
        return RowsReset(tuple(self._rows))

    def _stand(self, findings: Iterable[Finding]) -> RowsReset:
        """Let these findings, and no others, stand in order."""
        self._rows = self._in_order(findings)
        return RowsReset(tuple(self._rows))

    def _in_order(self, findings: Iterable[Finding]) -> list[Finding]:
        """Sort by one thing after the other, which takes half as long as sorting by whole keys."""
        ordered = sorted(findings, key=attrgetter("id"))
        ordered.sort(key=attrgetter("created_at"))
        ordered.sort(key=column_key(self._order.column, self._names))
        if self._order.is_descending:
            ordered.reverse()
        return ordered


def _without_scan(arrived: dict[FindingId, Finding], scan_id: ScanId) -> dict[FindingId, Finding]:
    return {key: finding for key, finding in arrived.items() if finding.scan_id != scan_id}


def _runs_of(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and stop of each run of neighbours in rising numbers."""
    first = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index] != rows[index - 1] + 1:
            yield rows[first], rows[index - 1] + 1
            first = index
