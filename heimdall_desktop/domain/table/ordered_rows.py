"""Findings in the order of their sort keys, and their changes as edits.

A key is made when it is compared: a bisection needs few of them, and a list of all keys would have
to be rebuilt for each order.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.seen import News, SeenFindings
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import Column, Order, Sorting

# Changes to the rows of a listing, as edits that a view can replay on its own rows.
#
# Each edit refers to the rows as the edits before it left them.


Row = Finding | Group


class RowsInserted(Struct, frozen=True):
    """New rows are inserted at `first`."""

    first: int
    rows: Sequence[Row]


class RowsRemoved(Struct, frozen=True):
    """`count` rows from `first` on are removed; `rows` are the removed ones."""

    first: int
    count: int
    rows: Sequence[Row] = ()


class RowMoved(Struct, frozen=True):
    """The row at `start` moves to `end`, counted after its removal, and has new content.

    `previous` is its earlier content.
    """

    start: int
    end: int
    finding: Finding
    previous: Finding | None = None


class RowsReplaced(Struct, frozen=True):
    """Rows from `first` on have new content at the same places; `previous` is the earlier one."""

    first: int
    rows: Sequence[Row]
    previous: Sequence[Finding] = ()


class RowsReset(Struct, frozen=True):
    """All rows are replaced."""

    rows: Sequence[Row]


Edit = RowsInserted | RowsRemoved | RowMoved | RowsReplaced | RowsReset


class OrderedRows:
    """Owns the rows of a list. Invariant: they are in the order of `sorting`.

    Attributes:
        rows: all of them, changed only here.
        sorting: the active order.
    """

    def __init__(self, sorting: Sorting) -> None:
        self.sorting = sorting
        self.rows: list[Finding] = []

    def position(self, finding: Finding) -> int:
        return self.sorting.position(self.rows, finding)

    # -- all rows --

    def reset(self) -> RowsReset:
        return RowsReset(tuple(self.rows))

    # -- single rows --

    def delete(self, first: int, count: int) -> RowsRemoved:
        gone = self.rows[first : first + count]
        del self.rows[first : first + count]
        return RowsRemoved(first, count, gone)

    def put(self, first: int, findings: Sequence[Finding]) -> RowsInserted:
        self.rows[first:first] = findings
        return RowsInserted(first, findings)

    def renew(self, row: int, finding: Finding) -> RowMoved | None:
        before, key = self.rows[row], self.sorting.key
        if key(finding) == key(before):
            self.rows[row] = finding
            return None
        del self.rows[row]
        end = self.position(finding)
        self.rows.insert(end, finding)
        return RowMoved(row, end, finding, before)

    # -- many rows --

    def insert(self, arrived: Iterable[Finding], limit: int) -> Iterator[Edit]:
        """Insert findings; those that end up next to each other make one edit.

        Args:
            arrived: the findings, in any order.
            limit: with more edits than this, one edit resets all rows.
        """
        findings = self.sorting.sorted(sorted(arrived, key=attrgetter("created_at", "id")))
        places: list[int] = []
        for finding in findings:  # in order, so each comes after the one before it
            start = places[-1] if places else 0
            places.append(self.sorting.position(self.rows, finding, start))
        if not places:
            return
        first = places[0]
        merged: list[Finding] = []
        for finding, start, stop in zip(findings, [first, *places], places, strict=False):
            merged += self.rows[start:stop]
            merged.append(finding)
        self.rows[first : places[-1]] = merged  # all rows behind a new one move only once
        cuts = [n for n in range(1, len(places)) if places[n] != places[n - 1]]
        if len(cuts) >= limit:
            yield self.reset()
            return
        for start, stop in pairwise([0, *cuts, len(places)]):
            yield RowsInserted(places[start] + start, findings[start:stop])

    def delete_all(self, rows: Sequence[int], limit: int) -> Iterator[Edit]:
        """Remove rows, given in rising order; neighbours make one edit."""
        runs = list(_runs_of(rows))
        if len(runs) > limit:
            gone = set(rows)
            self.rows = [finding for row, finding in enumerate(self.rows) if row not in gone]
            yield self.reset()
            return
        for start, stop in reversed(runs):
            yield self.delete(start, stop - start)

    def replaced(
        self, rows: Iterable[int], before: Mapping[FindingId, Finding]
    ) -> Iterator[RowsReplaced]:
        """Yield edits for rows with new content; neighbours make one edit."""
        for start, stop in _runs_of(sorted(set(rows))):
            news = tuple(self.rows[start:stop])
            yield RowsReplaced(start, news, tuple([before[row.id] for row in news]))


def _runs_of(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index] != rows[index - 1] + 1:
            yield rows[first], rows[index - 1] + 1
            first = index


# Periods in which announcements were lost, as rows among the findings, sorted by time.
#
# They don't count as findings, are never selected and never copied. Source: protocol.md 13,
# look.md 5 (What a server doesn't report).


class GapRow(Struct, frozen=True):
    """One gap of one scan."""

    scan_id: ScanId
    gap: Gap


Entry = Finding | Group | GapRow
"""The content of a table row."""


def gaps_of(scans: Iterable[Scan], order: Order) -> list[GapRow]:
    """Return the gaps that have a place among the rows; none unless these are by arrival time."""
    if order.column is not Column.FIRST_SEEN:
        return []
    found = [GapRow(scan.id, gap) for scan in scans if scan.is_stream_only for gap in scan.gaps]
    return sorted(found, key=lambda row: row.gap.began_at)


def placed(
    gaps: Sequence[GapRow], rows: Sequence[Finding], order: Order
) -> list[tuple[int, GapRow]]:
    """Return the index of the row before which each gap is, in display order.

    Args:
        gaps: oldest first.
        rows: the findings that are shown, by arrival time.
        order: the direction of that.
    """
    if not order.is_descending:
        key = lambda finding: finding.created_at  # noqa: E731 - as `bisect` wants it
        return [(bisect_right(rows, row.gap.began_at, key=key), row) for row in gaps]
    age = lambda finding: -finding.created_at.timestamp()  # noqa: E731 - the newest one leads
    return [
        (bisect_right(rows, -row.gap.began_at.timestamp(), key=age), row) for row in reversed(gaps)
    ]


# The marks of new and changed findings, as one table shows them.
#
# What is new or has changed is known once for all windows (`SeenFindings`). Selecting a new finding
# removes its mark at once, being in view does so after a while. The last selected finding stays
# with the new or changed ones until another one is selected: a filter for them must not remove a
# row while the user reads it. Source: behaviour.md 2.2, 2.7; look.md 5 ("Findings table").


REMEMBERED_LIMIT = 2000  # marks that outlive a session: 80 kB, more than is ever read


class NewMarks:
    """The marks of all watched scans.

    Args:
        remembered: findings that were new when the last session ended; they are marked again once
            they have been read.
        seen: what is new for all windows; its own without one.

    Attributes:
        seen: what is new or has changed, for all windows.
        staying: the selected finding, which a filter still treats as new or changed.
    """

    def __init__(
        self, remembered: Iterable[FindingId] = (), seen: SeenFindings | None = None
    ) -> None:
        self.seen = SeenFindings() if seen is None else seen
        self._waiting = dict.fromkeys(remembered)
        self.staying: FindingId | None = None
        self._stays_as = News.NEW

    def __contains__(self, finding_id: object) -> bool:
        return finding_id in self.seen.new

    def __len__(self) -> int:
        return len(self.seen.new)

    def __iter__(self) -> Iterator[FindingId]:
        return iter(self.seen.new)

    def remembered(self, left_out: Container[ScanId] = ()) -> list[FindingId]:
        """Return the marks for the next session, except for these scans; the newest at the end."""
        found = (each for each, scan_id in self.seen.new.items() if scan_id not in left_out)
        return [*self._waiting, *found][-REMEMBERED_LIMIT:]

    def fit(self, finding_id: FindingId, news: frozenset[News]) -> bool:
        if len(news) == len(News):
            return True
        is_staying = finding_id == self.staying
        return (self._stays_as if is_staying else self.seen.kind(finding_id)) in news

    def stays_in(self, news: frozenset[News]) -> bool:
        """Return whether the finding that stays fits as it was when it was selected."""
        return self._stays_as in news

    def read(self, finding_id: FindingId, scan_id: ScanId, *, is_news: bool) -> bool:
        """Add a finding read for the first time; return whether it is marked as new."""
        was_new = finding_id in self._waiting
        if was_new:
            del self._waiting[finding_id]
        if was_new or is_news:
            self.seen.mark(finding_id, scan_id)
        return was_new or is_news

    def see(self, finding_id: FindingId) -> bool:
        """Mark a finding as opened; return whether it was new.

        The finding that was opened before no longer stays. A changed one remains so until it has
        been in view for a while.
        """
        kind = self.seen.kind(finding_id)
        was_new = self.seen.unmark(finding_id, lingers=True)
        if kind is not News.SEEN or finding_id != self.staying:
            if self.staying is not None:
                self.seen.leave([self.staying])
            self.staying = None if kind is News.SEEN else finding_id
            self._stays_as = kind
        return was_new

    def see_all(self, finding_ids: Iterable[FindingId]) -> None:
        self.staying = None
        self.seen.see_all(finding_ids)

    def drop(self, finding_id: FindingId) -> None:
        self.seen.drop(finding_id)

    def drop_scan(self, scan_id: ScanId) -> None:
        self.seen.drop_scan(scan_id)
