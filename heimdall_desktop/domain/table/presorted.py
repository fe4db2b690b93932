"""Rows that were put in order before anybody shows them, kept right until then.

To sort 100,000 rows and to put them into groups takes too long for one turn of the window's loop,
so the one can be done a turn before the other. What changes in between is few rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table.order import Order, Sorting

FEW = 200  # rows that change in between; for more of them, sorting again is faster


class Presorted:
    """Owns rows in order, and what of them has changed since.

    Args:
        wanted: the filter that they pass.
        order: how they stand.
        sorting: that order at work.
    """

    def __init__(self, wanted: Filter, order: Order, sorting: Sorting) -> None:
        self.sorting = sorting
        self._wanted, self._order = wanted, order
        self._rows: list[Finding] = []
        self._is_ready = False
        self._changed: dict[FindingId, Finding | None] = {}

    def take(self, rows: Sequence[Finding]) -> None:
        """Take rows that stand in order already."""
        self._rows, self._is_ready = list(rows), True

    def put_in_order(self, passing: Iterable[Finding]) -> Iterator[None]:
        """Put the rows in order, slice by slice.

        Args:
            passing: those that pass, oldest first.
        """
        self._rows = yield from self.sorting.sorted_in_steps(passing)
        self._is_ready = True

    @property
    def changed(self) -> Mapping[FindingId, Finding | None]:
        """How findings were that have changed since; None for one that had not come."""
        return self._changed

    def as_they_stood(self) -> Sequence[Finding]:
        """Return the rows as they were put in order."""
        return tuple(self._rows)

    def is_for(self, wanted: Filter, order: Order) -> bool:
        """Whether these are the rows of a filter in an order, and few have changed."""
        is_as_it_was = len(self._changed) <= FEW
        return self._is_ready and is_as_it_was and (self._wanted, self._order) == (wanted, order)

    def note(self, finding_id: FindingId, before: Finding | None) -> None:
        """Take note that a finding has changed: it was another one before, or had not come."""
        if len(self._changed) <= FEW:
            self._changed.setdefault(finding_id, before)

    def rows(self, find: Callable[[FindingId], Finding | None]) -> list[Finding]:
        """Return the rows as they stand now, to be kept by whoever asks.

        Args:
            find: tells how a finding is now.
        """
        rows, position = self._rows, self.sorting.position
        for before in filter(None, self._changed.values()):
            place = position(rows, before)
            if place < len(rows) and rows[place].id == before.id:
                del rows[place]
        for finding in filter(None, map(find, self._changed)):
            if self._wanted.matches(finding):
                rows.insert(position(rows, finding), finding)
        return rows
