"""The rows of the findings table: a listing, grouped or not, live or frozen.

While it is frozen, the rows don't change and the listing continues, so that counts stay true. The
changes made meanwhile are shown at once when it thaws. Another filter, order or grouping shows the
current rows, which are then frozen in turn.
"""

from collections.abc import Hashable, Iterable, Set
from operator import itemgetter

from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import Finding, FindingId, Severity
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table.group import Group, GroupBy, GroupKey
from heimdall_desktop.domain.table.grouping import Grouping
from heimdall_desktop.domain.table.listing import Listing
from heimdall_desktop.domain.table.order import Order
from heimdall_desktop.domain.table.ordered_rows import Edit, NewMarks, RowsReset

FEW = 200  # among this many rows, bisection finds one faster than a scan of all of them


class GroupedListing:
    """Owns the listing, its grouping, and the changes held back while `is_frozen`.

    Every change is returned as edits of the rows on screen.
    """

    def __init__(self, marks: NewMarks | None = None) -> None:
        self.listing = Listing(marks=marks)
        self._grouping: Grouping | None = None
        self._still: dict[FindingId, int] | None = None  # rows of a frozen list without groups
        self.is_frozen = self._is_stale = False
        self._held: set[Hashable] = set()
        self._criticals: set[FindingId] = set()

    # -- positions --

    @property
    def held(self) -> int:
        return len(self._held)

    @property
    def held_criticals(self) -> int:
        return len(self._criticals)

    @property
    def grouped_by(self) -> GroupBy | None:
        return None if self._grouping is None else self._grouping.by

    def row_of(self, finding_id: FindingId) -> int | None:
        if self._grouping is not None:
            return self._grouping.row_of(finding_id)
        if self._still is not None:
            return self._still.get(finding_id)
        return self.listing.row_of(finding_id)

    def group_of(self, finding_id: FindingId) -> Group | None:
        return None if self._grouping is None else self._grouping.group_of(finding_id)

    @property
    def largest_group(self) -> int:
        """The number of findings in the largest group, at least; 0 without groups."""
        return 0 if self._grouping is None else self._grouping.largest

    def row_of_group(self, key: GroupKey) -> int | None:
        return None if self._grouping is None else self._grouping.row_of_group(key)

    def position_of(self, finding_id: FindingId) -> int | None:
        """Return the index of a finding among all shown ones, from 0; groups do not count."""
        if self._grouping is not None:
            return self._grouping.position_of(finding_id)
        return self.row_of(finding_id)

    def rows(self) -> Iterable[Finding]:
        """Return all findings that still exist, in display order, also those of closed groups."""
        rows = self.listing.rows if self._grouping is None else self._grouping.findings()
        if not self.is_frozen:
            return rows
        ids = (row.id for row in rows) if self._still is None else self._still
        return filter(None, map(self.listing.get, ids))

    def passing(self, wanted: Set[FindingId]) -> list[Finding]:
        """Return those of some findings that pass the filter now, in the order of the table.

        A frozen list may still show others; later arrivals are not included.
        """
        if self._are_few(wanted):
            passing = filter(None, map(self._shown, wanted))
            places = [(self.position_of(row.id), row) for row in passing]
            known = [(place, row) for place, row in places if place is not None]
            return [row for _, row in sorted(known, key=itemgetter(0))]
        if not self.is_frozen:
            return [row for row in self.rows() if row.id in wanted]
        now = {row.id: row for row in self.listing.rows if row.id in wanted}
        return [now[row.id] for row in self.rows() if row.id in now]

    def first_passing(self, wanted: Set[FindingId]) -> Finding | None:
        """Return the first of `passing`, or None; among many it is found before the others."""
        if self._are_few(wanted):
            return next(iter(self.passing(wanted)), None)
        rows = (row for row in self.rows() if row.id in wanted)
        return next(filter(None, (self._shown(row.id) for row in rows)), None)

    def _are_few(self, wanted: Set[FindingId]) -> bool:
        each = FEW if self._grouping is None else FEW + self._grouping.number
        return len(wanted) < 2 or len(wanted) * each < len(self.listing.rows)

    def _shown(self, finding_id: FindingId) -> Finding | None:
        """Return the current version of a finding, if it passes the filter now."""
        place = self.listing.row_of(finding_id)
        return None if place is None else self.listing.rows[place]

    # -- requests --

    def show(self, wanted: Filter, order: Order, by: GroupBy | None) -> list[Edit]:
        """Show the findings that pass a filter, in an order, grouped or not."""
        ready = self.listing.prepared_groups(wanted, order, by)
        is_other = by is not self.grouped_by
        if is_other:
            self._grouping = None if by is None else Grouping(by, self.listing.get)
        return self.renew(ready) if self.listing.show(wanted, order) or is_other else []

    def toggle(self, key: GroupKey) -> list[Edit]:
        return [] if self._grouping is None else self._grouping.toggle(key)

    def open_for(self, finding_id: FindingId) -> list[Edit]:
        group = self.group_of(finding_id)
        return [] if group is None or group.is_open else self.toggle(group.key)

    def set_all_open(self, *, are_open: bool) -> list[Edit]:
        if self._grouping is None:
            return []
        return [self._grouping.set_all_open(are_open=are_open)]

    def see_all(self) -> list[Edit]:
        return self.renew() if self.listing.see_all() else []

    def freeze(self) -> None:
        if not self.is_frozen:
            self.is_frozen = True
            self._hold()

    def thaw(self) -> list[Edit]:
        if not self.is_frozen:
            return []
        had_news = self._is_stale or bool(self._held)
        self.is_frozen, self._still = False, None
        self._forget_held()
        return self.renew() if had_news else []

    # -- changes --

    def follow(self, edits: list[Edit]) -> list[Edit]:
        if self.is_frozen:
            self._is_stale = self._is_stale or bool(edits)
            return []
        if self._grouping is None or not edits:
            return edits
        return self._grouping.replay(edits, self.listing.rows)

    def apply(self, changes: Iterable[change.Change]) -> list[Edit]:
        changes = list(changes)
        edits = self.listing.apply(changes)
        if not self.is_frozen:
            return self.follow(edits)
        if any(isinstance(each, change.ScanRemoved) for each in changes):
            return self.renew()  # the scan was removed: its rows would be of no use
        wanted = self.listing.filter
        for each in changes:
            if isinstance(each, change.FindingAdded | change.FindingReplaced):
                finding = each.finding
                if wanted.matches(finding) or self.row_of(finding.id) is not None:
                    self._held.add(finding.id)
                is_critical = finding.counts_as is Severity.CRITICAL  # even if the filter hides it
                is_added = isinstance(each, change.FindingAdded)
                if is_added and is_critical and wanted.is_in_scope(finding):
                    self._criticals.add(finding.id)
            elif isinstance(each, change.FindingDropped | change.ScanEmptied):
                self._held.add(each)
                if isinstance(each, change.FindingDropped):
                    self._criticals.discard(each.finding.id)
        return []

    def renew(self, ready: Grouping | None = None) -> list[Edit]:
        """Show the current rows, also prepared groups; a frozen list freezes them in turn."""
        rows = self.listing.rows
        if self._grouping is None:
            reset = RowsReset(tuple(rows))
        elif ready is None:
            reset = self._grouping.build(rows, self.listing.sorting)
        else:
            ready.open_like(self._grouping)
            self._grouping = ready
            reset = ready.all_rows()
        if self.is_frozen:
            self._hold()
        return [reset]

    def _hold(self) -> None:
        self._forget_held()
        if self._grouping is None:
            rows = self.listing.rows
            self._still = {finding.id: row for row, finding in enumerate(rows)}
        else:
            self._still = None
            self._grouping.hold()

    def _forget_held(self) -> None:
        self._is_stale = False
        self._held.clear()
        self._criticals.clear()
