"""Findings in the order of their sort keys, and what happens to them, told as edits.

A key is made when it is compared: a bisection needs few of them, and a list of all of them would
have to be made again for each order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.table.edit import (
    Edit,
    RowMoved,
    RowsInserted,
    RowsRemoved,
    RowsReplaced,
    RowsReset,
)
from heimdall_desktop.domain.table.order import Sorting


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
