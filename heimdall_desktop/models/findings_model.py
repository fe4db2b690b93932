"""The Qt model of the findings table: translates edits of the listing, decides nothing itself."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar, cast

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanAdded,
    ScanEmptied,
    ScanMoved,
    ScanRemoved,
    SeenMoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.repeats import newest_readings
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.proposals import Certainty
from heimdall_desktop.domain.table import ordered_rows
from heimdall_desktop.domain.table.finding_index import ListingCounts
from heimdall_desktop.domain.table.group import Group, GroupBy, GroupKey
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import COLUMNS, Column, Order
from heimdall_desktop.models import incremental_work
from heimdall_desktop.models.cell_text import CellText
from heimdall_desktop.models.rows_model import DISPLAY_ROLE, Index, RowsModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation import table_text

Word = TypeVar("Word")

_id = attrgetter("id")


class FindingsModel(RowsModel):
    """Shows the findings of all watched scans that pass a filter, optionally in groups.

    Owns the rows of the table.

    Args:
        marks: Which findings are new, from an earlier session; without it, as the store knows.

    Attributes:
        frozen_at: since when the rows are frozen; None while they are not.
        mask: what of the rows may be seen.
        seen: what is new or has changed since it was seen, for all windows.
        listing, grouped: the findings and their groups, for reading; changes go through the model.
        words: the texts of the rows.

    Signals:
        counts_changed: the number of findings shown, hidden, folded, new or in scope, or of scans,
            may have changed.
        arrived: ids of new findings that pass the filter, whether or not they are shown.
        order_changed, grouping_changed: rows have another order, or other groups.
        row_released: a kept row is shown as it is now.
        freeze_changed: rows are frozen, or no longer, or more of them is held back.
    """

    counts_changed = Signal()
    arrived = Signal(list)
    order_changed = Signal()
    grouping_changed = Signal()
    freeze_changed = Signal()
    row_released = Signal()

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        marks: ordered_rows.NewMarks | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._now = now
        self.grouped = GroupedListing(
            ordered_rows.NewMarks(seen=store.seen) if marks is None else marks
        )
        self.listing = self.grouped.listing
        self.mask, self.seen = store.mask, self.listing.marks.seen
        self.words = CellText(
            self.listing.names, now, lambda: self.has_many_scans, self.mask, self.seen
        )
        self.words.proposals = lambda: store.proposals.known
        self.words.reasons = lambda: store.reasons.known
        self.words.disagreements = lambda: store.disagreements.known
        self._staying: dict[FindingId, FindingReplaced | None] = {}
        self.frozen_at: datetime | None = None
        self._gaps: list[ordered_rows.GapRow] = []
        self._gap_places: list[int] = []  # the index of the finding that follows each
        self._is_announced = False
        self._name_scans()
        listing = self.listing
        asked = incremental_work.TableQuestion(listing.filter, listing.order, by=None)
        self._preparation = incremental_work.TablePreparation(
            asked, listing.prepare, self._show_asked, self
        )
        self._first = incremental_work.InitialLoad(store, self._take_first, self)
        ticker.changed.connect(self.take)

    # -- shown data --

    @property
    def shown(self) -> int:
        """Findings that pass the filter, including those in closed groups and held-back ones."""
        return len(self.listing.rows)

    @property
    def counts(self) -> ListingCounts:
        return self.listing.counts

    @property
    def severities(self) -> Counter[Severity]:
        """The counts of the chips; rows kept unchanged count with their current values."""
        counts, wanted = Counter(self.counts.severities), self.filter
        for change in filter(None, self._staying.values()):
            shown = self.listing.get(change.finding.id)
            for row, step in ((change.finding, 1), (shown, -1)):
                if row is None or row.counts_as is None or not wanted.is_in_scope(row):
                    continue
                if wanted.matches_but_for_severity(row) and self.listing.marks.fit(
                    row.id, wanted.news
                ):
                    counts[row.counts_as] += step
        return counts

    @property
    def waiting(self) -> int:
        return self._first.waiting

    @property
    def hidden(self) -> int:
        """Findings in scope that the filter hides, without folded repeats."""
        return self.counts.total - self.counts.folded - self.shown

    @property
    def order(self) -> Order:
        return self._preparation.asked.order

    @property
    def filter(self) -> Filter:
        return self.listing.filter

    @property
    def has_many_scans(self) -> bool:
        return self.filter.scan_id is None and len(self._store) > 1

    @property
    def grouped_by(self) -> GroupBy | None:
        """What the rows are grouped by, or will be once groups are built; None for none."""
        return self._preparation.asked.by

    def mark_of(self, scan_id: ScanId) -> str:
        return self._store.mark_of(scan_id)

    @property
    def proposed(self) -> Counter[Certainty]:
        """How many findings in scope have an open proposal, whatever the filter shows."""
        known = self._store.proposals.certainties
        return sum((known.count(scan.id) for scan in self._scans_in_scope()), Counter())

    @property
    def has_kept_rows(self) -> bool:
        """Whether a row that was just decided stays as it was; see `keep_row`."""
        return bool(self._staying)

    @property
    def has_gap_rows(self) -> bool:
        return bool(self._gap_places)

    def row_of(self, finding_id: FindingId) -> int | None:
        """Return the row of a finding; None if it is hidden, unknown or in a closed group."""
        row = self.grouped.row_of(finding_id)
        return None if row is None else row + bisect_right(self._gap_places, row)

    def newest_readings(self, older: Iterable[Finding]) -> dict[FindingId, FindingId]:
        """Return the newest row of each of some findings that a retry has found again."""
        by_scan: defaultdict[ScanId, list[Finding]] = defaultdict(list)
        for finding in older:
            by_scan[finding.scan_id].append(finding)
        found: dict[FindingId, FindingId] = {}
        for scan_id, rows in by_scan.items():
            scan = self._store.scan(scan_id)
            if scan is not None:
                found |= newest_readings(rows, scan.findings.values())
        return found

    def all_ids(self) -> Iterator[FindingId]:
        """Return the ids of all findings in the table, including those of closed groups."""
        return map(_id, self.grouped.rows())

    def rows_between(self, start: int, end: int) -> Sequence[ordered_rows.Entry]:
        """Return the rows from one to another, both included, in this direction."""
        return self._rows[start : end + 1] if start <= end else self._rows[end : start + 1][::-1]

    def next_news(self, row: int, step: int, passed: Container[FindingId] = ()) -> FindingId | None:
        """Return the nearest new or changed finding before or after a row, wrapping around.

        Args:
            row: where to start; its own finding is not returned.
            step: 1 for the next one, -1 for the previous one.
            passed: findings to skip.
        """
        seen, rows = self.seen, self._rows
        if not (seen.new or seen.changed):
            return None
        behind, before = range(row + 1, len(rows)), range(min(row, len(rows)))
        places = (behind, before) if step > 0 else (before[::-1], behind[::-1])
        for place in chain(*places):
            entry = rows[place]
            if isinstance(entry, ordered_rows.GapRow):
                continue
            if isinstance(entry, Group):
                found = [] if entry.is_open else [f.id for f in entry.rows[::step]]
            else:
                found = [entry.id]
            for finding_id in found:
                if finding_id in seen and finding_id not in passed:
                    return finding_id
        return None

    @property
    def shows_news(self) -> bool:
        return any(self.grouped.position_of(found) is not None for found in self.seen)

    def news_shown(self) -> int:
        """Return how many new or changed findings the table shows, also in closed groups."""
        return sum(self.grouped.position_of(found) is not None for found in self.seen)

    def in_order(self) -> list[Finding]:
        """Return the shown findings in row order, those of closed groups in their place.

        If rows are frozen, these are the frozen ones.
        """
        found: list[Finding] = []
        for entry in self._rows:
            if isinstance(entry, Finding):
                found.append(entry)
            elif isinstance(entry, Group) and not entry.is_open:
                found += entry.rows
        return found

    # -- changes --

    def set_filter(self, wanted: Filter, *, is_typed: bool = False) -> None:
        """Apply another filter; a typed one among many findings once the typing rests."""
        asked = replace(self._preparation.asked, filter=wanted)
        rows = self.counts.total if is_typed else 0  # any other one applies at once
        self._preparation.ask(asked, rows, incremental_work.TYPING_REST_MS)

    def set_order(self, order: Order) -> None:
        """Sort the rows; many of them after some turns, as that takes time."""
        if order != self.order:
            self._preparation.ask(replace(self._preparation.asked, order=order), self.shown)

    def group_by(self, by: GroupBy | None) -> None:
        """Group the rows, or ungroup them; many of them after some turns as well."""
        if by is not self.grouped_by:
            self._preparation.ask(replace(self._preparation.asked, by=by), self.shown)

    def _show_asked(self) -> None:
        """Show what passes the requested filter, in the requested order and groups."""
        asked, before = self._preparation.asked, self.listing.order
        grouped_before = self.grouped.grouped_by
        if asked.filter.is_later(self.filter):
            self.replay(self.grouped.follow(self.listing.let_time_pass(asked.filter)))
        edits = self.grouped.show(asked.filter, asked.order, asked.by)
        self._show_query(edits)
        if not edits:
            self.counts_changed.emit()
        if asked.order != before:
            self.order_changed.emit()
        if asked.by is not grouped_before:
            self.grouping_changed.emit()

    def toggle_group(self, key: GroupKey) -> None:
        self.replay(self.grouped.toggle(key))

    def open_group_of(self, finding_id: FindingId) -> None:
        self.replay(self.grouped.open_for(finding_id))

    def set_groups_open(self, *, are_open: bool) -> None:
        self.replay(self.grouped.set_all_open(are_open=are_open))

    def set_frozen(self, *, is_frozen: bool) -> None:
        """Freeze the rows, or show what was held back and continue."""
        if is_frozen == self.grouped.is_frozen:
            return
        self.frozen_at = self._now() if is_frozen else None
        if is_frozen:
            self.grouped.freeze()
        else:
            self.replay(self.grouped.thaw())
        self.freeze_changed.emit()

    def renew(self) -> None:
        """Show the current rows; frozen ones are frozen again from now on."""
        self._show_query(self.grouped.renew())

    def see(self, finding_id: FindingId) -> None:
        """Remove the mark as new from an opened finding."""
        was_new = finding_id in self.listing.marks
        self.replay(self.grouped.follow(self.listing.see(finding_id)))
        self.seen.report()
        if was_new:
            row = self.row_of(finding_id)
            self.tell_replaced(row or 0, 0 if row is None else 1)
            self.counts_changed.emit()

    def see_all(self) -> None:
        """Remove the marks as new or changed from everything shown."""
        self.replay(self.grouped.see_all())
        self.seen.report()
        self.tell_replaced(0, len(self._rows))
        self.counts_changed.emit()

    def keep_row(self, finding_id: FindingId) -> None:
        """Keep a row as it is and where it is, whatever its finding becomes, until its release.

        So a finding that was just decided does not jump away because of the filter or the order.
        """
        self._staying.setdefault(finding_id, None)

    def release_row(self, finding_id: FindingId) -> None:
        """Release a kept row: it shows the current state of its finding."""
        was_kept = finding_id in self._staying
        change = self._staying.pop(finding_id, None)
        if change is not None:
            self.take([change])
        if was_kept:
            self.row_released.emit()

    def _without_staying(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Hold back the changes of kept rows, and return the rest."""
        if not self._staying:
            return changes
        others: list[Change] = []
        for change in changes:
            if isinstance(change, FindingReplaced) and change.finding.id in self._staying:
                first = self._staying[change.finding.id]
                previous = change.previous if first is None else first.previous
                self._staying[change.finding.id] = FindingReplaced(change.finding, previous)
                continue
            if isinstance(change, ScanRemoved | ScanEmptied):
                self._staying = {
                    finding_id: kept
                    for finding_id, kept in self._staying.items()
                    if kept is None or kept.finding.scan_id != change.scan_id
                }
            elif isinstance(change, FindingDropped):
                self._staying.pop(change.finding.id, None)
            others.append(change)
        return others

    def take(self, changes: Sequence[Change]) -> None:
        changes = self._without_staying(changes)
        edits: list[ordered_rows.Edit] = []
        if any(isinstance(change, ScanAdded | ScanMoved | ScanRemoved) for change in changes):
            edits += self._name_scans()
        edits += self.grouped.apply(changes)
        if not self.grouped.is_frozen or edits:
            self.replay(edits)
        self.seen.report()
        if any(isinstance(change, SeenMoved) for change in changes):
            self.tell_replaced(0, len(self._rows))
        self._follow_sources()
        passes = self.filter.matches
        came = [
            change.finding.id
            for change in changes
            if isinstance(change, FindingAdded) and passes(change.finding)
        ]
        if came:
            self.arrived.emit(came)
        self.counts_changed.emit()
        if self.grouped.is_frozen:
            self.freeze_changed.emit()

    def _take_first(self, findings: Sequence[Finding]) -> None:
        added = [FindingAdded(finding, is_first_read=True) for finding in findings]
        self.replay(self.grouped.apply(added))
        self.seen.report()
        self.counts_changed.emit()

    def _show_query(self, edits: list[ordered_rows.Edit]) -> None:
        """Apply another query; frozen rows are frozen again from now on."""
        if not edits:
            return
        self.replay(edits)
        self._follow_sources()
        self.counts_changed.emit()
        if self.grouped.is_frozen:
            self.frozen_at = self._now()
            self.freeze_changed.emit()

    def _name_scans(self) -> list[ordered_rows.Edit]:
        """Apply the current names of scans; another scan may have changed the name of one."""
        names = {scan.id: self._store.name_of(scan.id) for scan in self._store}
        if names.items() <= self.listing.names.items():
            return []
        edits = self.grouped.follow(self.listing.set_names(names))
        rows = tuple(row for row in self._rows if not isinstance(row, ordered_rows.GapRow))
        return edits or [ordered_rows.RowsReplaced(0, rows)]

    # -- gaps in the stream --

    def replay(self, edits: Iterable[ordered_rows.Edit]) -> None:
        """Apply edits to the rows, and put gaps in their places among them."""
        edits, order = list(edits), self.listing.order
        is_grouped = self.grouped.grouped_by is not None
        wanted = [] if is_grouped else ordered_rows.gaps_of(self._scans_in_scope(), order)
        if not wanted and not self._gaps:
            super().replay(edits)
            return
        if not edits and (wanted == self._gaps or not self._rows):
            return
        self.about_to_change.emit()
        for number, place in reversed([*enumerate(self._gap_places)]):
            self._remove(place + number, 1)
        self._gaps, self._gap_places = [], []
        for edit in edits:
            self._replay_one(edit)
        findings = cast("list[Finding]", self._rows)  # without groups there are only findings
        places = ordered_rows.placed(wanted, findings, order) if wanted and findings else []
        for number, (place, row) in enumerate(places):
            self._insert(place + number, (row,))
        self._gaps = wanted if places else []
        self._gap_places = [place for place, _ in places]
        self.changed.emit()

    def _scans_in_scope(self) -> list[Scan]:
        return [scan for scan in self._store if self.filter.scan_id in (None, scan.id)]

    def _follow_sources(self) -> None:
        """Name the time column by the kind of its times."""
        scans = self._scans_in_scope()
        is_announced = bool(scans) and all(scan.is_stream_only for scan in scans)
        if is_announced != self._is_announced:
            self._is_announced = is_announced
            section = COLUMNS.index(Column.FIRST_SEEN)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, section, section)

    # -- Qt interface --

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        if not index.isValid():
            return None
        return self.words.answer(self._rows[index.row()], COLUMNS[index.column()], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == DISPLAY_ROLE:
            return table_text.column_title(column, is_announced=self._is_announced)
        if role == Qt.ItemDataRole.InitialSortOrderRole and column.spec.descends_first:
            return Qt.SortOrder.DescendingOrder
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_gap = isinstance(self.row_at(index.row()), ordered_rows.GapRow)
        return Qt.ItemFlag.NoItemFlags if is_gap else super().flags(index)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS) and COLUMNS[column].spec.is_sorted:
            is_descending = order is Qt.SortOrder.DescendingOrder
            self.set_order(Order(COLUMNS[column], is_descending))
