"""Findings in the order of their sort keys, and what happens to them, told as edits.

A key is made when it is compared: a bisection needs few of them, and a list of all of them would
have to be made again for each order.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import Column, Order, Sorting

# What happened to the rows of a listing, told so that a view can replay it on its own rows.
#
# Each edit speaks of the rows as the edits before it left them.


Row = Finding | Group


class RowsInserted(Struct, frozen=True):
    """Rows stand at `first` that were not there before."""

    first: int
    rows: Sequence[Row]


class RowsRemoved(Struct, frozen=True):
    """`count` rows from `first` on are gone; these were they."""

    first: int
    count: int
    rows: Sequence[Row] = ()


class RowMoved(Struct, frozen=True):
    """The row at `start` stands at `end` now, once it is taken out, and says something new.

    `previous` is what it said.
    """

    start: int
    end: int
    finding: Finding
    previous: Finding | None = None


class RowsReplaced(Struct, frozen=True):
    """Rows from `first` on say something new at the same places; `previous` is what they said."""

    first: int
    rows: Sequence[Row]
    previous: Sequence[Finding] = ()


class RowsReset(Struct, frozen=True):
    """All rows are others now."""

    rows: Sequence[Row]


Edit = RowsInserted | RowsRemoved | RowMoved | RowsReplaced | RowsReset


class OrderedRows:
    """Owns the rows of a list. Invariant: they stand in the order of `sorting`.

    Args:
        sorting: the order at work.
    """

    def __init__(self, sorting: Sorting) -> None:
        self._sorting = sorting
        self._rows: list[Finding] = []

    @property
    def rows(self) -> Sequence[Finding]:
        """All of them, to be read only."""
        return self._rows

    @property
    def sorting(self) -> Sorting:
        """The order at work."""
        return self._sorting

    def position(self, finding: Finding) -> int:
        """Return where a finding stands, or would stand."""
        return self._sorting.position(self._rows, finding)

    def is_at(self, row: int, finding_id: FindingId) -> bool:
        """Return whether a finding stands in a row."""
        return row < len(self._rows) and self._rows[row].id == finding_id

    # -- all of them --

    def stand(self, rows: list[Finding], sorting: Sorting) -> None:
        """Let other rows stand, in an order they are in already."""
        self._rows, self._sorting = rows, sorting

    def reset(self) -> RowsReset:
        """Return all of them as one edit."""
        return RowsReset(tuple(self._rows))

    # -- single ones --

    def delete(self, first: int, count: int) -> RowsRemoved:
        """Take rows out."""
        gone = self._rows[first : first + count]
        del self._rows[first : first + count]
        return RowsRemoved(first, count, gone)

    def put(self, first: int, findings: Sequence[Finding]) -> RowsInserted:
        """Put findings in where they belong."""
        self._rows[first:first] = findings
        return RowsInserted(first, findings)

    def renew(self, row: int, finding: Finding) -> RowMoved | None:
        """Let a row say something new; return how it moves, None if it stands where it stood."""
        before, key = self._rows[row], self._sorting.key
        if key(finding) == key(before):
            self._rows[row] = finding
            return None
        del self._rows[row]
        end = self.position(finding)
        self._rows.insert(end, finding)
        return RowMoved(row, end, finding, before)

    # -- many at once --

    def insert(self, arrived: Iterable[Finding], limit: int) -> Iterator[Edit]:
        """Put findings in, those that come to stand together as one edit.

        Args:
            arrived: in any order.
            limit: with more edits than this all rows are told at once.
        """
        findings = self._sorting.sorted(sorted(arrived, key=attrgetter("created_at", "id")))
        places: list[int] = []
        for finding in findings:  # in order, so each stands behind the one before it
            start = places[-1] if places else 0
            places.append(self._sorting.position(self._rows, finding, start))
        if not places:
            return
        self._merge(findings, places)
        cuts = [n for n in range(1, len(places)) if places[n] != places[n - 1]]
        if len(cuts) >= limit:
            yield self.reset()
            return
        for start, stop in pairwise([0, *cuts, len(places)]):
            yield RowsInserted(places[start] + start, findings[start:stop])

    def delete_all(self, rows: Sequence[int], limit: int) -> Iterator[Edit]:
        """Take rows out, given in rising order, neighbours as one edit."""
        runs = list(_runs_of(rows))
        if len(runs) > limit:
            gone = set(rows)
            self._rows = [finding for row, finding in enumerate(self._rows) if row not in gone]
            yield self.reset()
            return
        for start, stop in reversed(runs):
            yield self.delete(start, stop - start)

    def drop_scan(self, scan_id: ScanId, limit: int) -> Iterator[Edit]:
        """Take the rows of a scan out."""
        gone = [row for row, finding in enumerate(self._rows) if finding.scan_id == scan_id]
        return self.delete_all(gone, limit)

    def replaced(
        self, rows: Iterable[int], before: Mapping[FindingId, Finding]
    ) -> Iterator[RowsReplaced]:
        """Tell which rows say something new, neighbours as one edit.

        Args:
            rows: those.
            before: what they said.
        """
        for start, stop in _runs_of(sorted(set(rows))):
            news = tuple(self._rows[start:stop])
            yield RowsReplaced(start, news, tuple([before[row.id] for row in news]))

    def _merge(self, findings: Sequence[Finding], places: Sequence[int]) -> None:
        """Put each finding in front of the row at its place; all rows behind it move once only."""
        first = places[0]
        merged: list[Finding] = []
        for finding, start, stop in zip(findings, [first, *places], places, strict=False):
            merged += self._rows[start:stop]
            merged.append(finding)
        self._rows[first : places[-1]] = merged


def _runs_of(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and stop of each run of neighbours in rising numbers."""
    first = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index] != rows[index - 1] + 1:
            yield rows[first], rows[index - 1] + 1
            first = index


# Times in which announcements were lost, as rows among the findings, in their place by time.
#
# They count as no finding, are never selected and never copied. Source: heimdall-api.md 13,
# design.md 5 (What a server does not tell).


class GapRow(Struct, frozen=True):
    """One gap of one scan."""

    scan_id: ScanId
    gap: Gap


Stands = Finding | Group | GapRow
"""What stands in a row of the table."""


def gaps_of(scans: Iterable[Scan]) -> list[GapRow]:
    """Return the gaps of scans that nothing but a stream tells of, oldest first."""
    found = [GapRow(scan.id, gap) for scan in scans if scan.is_stream_only for gap in scan.gaps]
    return sorted(found, key=lambda row: row.gap.began_at)


def can_hold_gaps(order: Order) -> bool:
    """Whether rows stand by the moment they came, so that a gap has a place among them."""
    return order.column is Column.FIRST_SEEN


def placed(
    gaps: Sequence[GapRow], rows: Sequence[Finding], order: Order
) -> list[tuple[int, GapRow]]:
    """Return before which row each gap stands, in the order they stand.

    Args:
        gaps: oldest first.
        rows: the findings that are shown, by the moment they came.
        order: which way that runs.
    """
    if not order.is_descending:
        key = lambda finding: finding.created_at  # noqa: E731 - as `bisect` wants it
        return [(bisect_right(rows, row.gap.began_at, key=key), row) for row in gaps]
    age = lambda finding: -finding.created_at.timestamp()  # noqa: E731 - the newest one leads
    return [
        (bisect_right(rows, -row.gap.began_at.timestamp(), key=age), row) for row in reversed(gaps)
    ]


# Which findings have not been looked at yet: what came after a scan was first read, or while away.
#
# A mark goes when its finding is selected for the first time. Unless it matters most, it also goes
# when its row has passed by in a view that follows a scan as it fills: else all rows of a fresh
# scan would be marked, and no mark would say anything. The finding that was selected last stays
# beside the new ones until another one is: a filter for new findings must not take a row away under
# the eyes of its reader. Source: ux.md 2.2, 2.7; design.md 5 ("Findings table").


REMEMBERED_LIMIT = 2000  # marks that outlive a session: 80 kB, more than is ever read


class NewMarks:
    """The marks of all watched scans.

    Args:
        remembered: findings that were new when the last session ended; they are again once they
            have been read.
    """

    def __init__(self, remembered: Iterable[FindingId] = ()) -> None:
        self._scans: dict[FindingId, ScanId] = {}  # in the order they came
        self._waiting = dict.fromkeys(remembered)
        self._staying: FindingId | None = None

    def __contains__(self, finding_id: object) -> bool:
        """Whether a finding is new."""
        return finding_id in self._scans

    def __len__(self) -> int:
        """How many are new, in all scans."""
        return len(self._scans)

    def __iter__(self) -> Iterator[FindingId]:
        """Yield what is new, in the order it came."""
        return iter(self._scans)

    @property
    def staying(self) -> FindingId | None:
        """What a filter treats as new though it has been looked at: what is looked at now."""
        return self._staying

    def remembered(self, left_out: Container[ScanId] = ()) -> list[FindingId]:
        """Return what the next session must know, but for these scans; the newest at the end."""
        found = (each for each, scan_id in self._scans.items() if scan_id not in left_out)
        return [*self._waiting, *found][-REMEMBERED_LIMIT:]

    def fit(self, finding_id: FindingId, news: frozenset[bool]) -> bool:
        """Return whether a finding is as new as is asked for: new, or not, or either."""
        return len(news) > 1 or (finding_id in self._scans or finding_id == self._staying) in news

    def read(self, finding_id: FindingId, scan_id: ScanId, *, is_news: bool) -> bool:
        """Take a finding that was read for the first time; return whether it is new.

        Args:
            finding_id: which one.
            scan_id: whose it is.
            is_news: it came after its scan had been read once.
        """
        was_new = finding_id in self._waiting
        if was_new:
            del self._waiting[finding_id]
        if was_new or is_news:
            self._scans[finding_id] = scan_id
        return was_new or is_news

    def see(self, finding_id: FindingId) -> bool:
        """Look at a finding; return whether it was new.

        What was looked at before does not stay any longer.
        """
        was_new = self._scans.pop(finding_id, None) is not None
        if was_new or finding_id != self._staying:
            self._staying = finding_id if was_new else None
        return was_new

    def see_all(self, finding_ids: Iterable[FindingId]) -> None:
        """Let these be new no more."""
        self._staying = None
        for finding_id in finding_ids:
            self._scans.pop(finding_id, None)

    def let_pass(self, finding_ids: Iterable[FindingId]) -> list[FindingId]:
        """Let these be new no more, as others came after them; return which of them were."""
        return [found for found in finding_ids if self._scans.pop(found, None) is not None]

    def drop(self, finding_id: FindingId) -> None:
        """Forget the mark of a finding that has left."""
        self._scans.pop(finding_id, None)

    def drop_scan(self, scan_id: ScanId) -> None:
        """Forget the marks of a scan whose findings have left."""
        self._scans = {found: scan for found, scan in self._scans.items() if scan != scan_id}
