"""What takes long to show, done beforehand slice by slice, and kept right until it is asked for.

To test 100,000 findings, to sort them and to put them into groups takes too long for one turn of
the window's loop, so each is done some turns before the rows are shown. What changes in between is
few rows.
"""

from collections.abc import Callable, Iterator, Sequence

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table.filter_cache import FilterCache
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.grouping import Grouping
from heimdall_desktop.domain.table.order import Order, Sorting

FEW = 200  # rows that change in between; for more of them, sorting again is faster


class Preparation:
    """Owns what passes one filter, the rows in one order, and these in groups.

    Args:
        wanted: the filter.
        order: how the rows are to stand.
        passing: what passes the filter, as far as it has been tested.
        find: tells how a finding is now.
    """

    def __init__(
        self,
        wanted: Filter,
        order: Order,
        passing: FilterCache,
        find: Callable[[FindingId], Finding | None],
    ) -> None:
        self.wanted, self.order, self.passing = wanted, order, passing
        self._find = find
        self._sorting: Sorting | None = None  # of the rows; None while there are none to be had
        self._rows: list[Finding] | None = None
        self._grouping: Grouping | None = None
        self._changed: dict[FindingId, Finding | None] = {}

    # -- slice by slice --

    def put_in_order(
        self, rows: Sequence[Finding], sorting: Sorting, *, is_in_order: bool = False
    ) -> Iterator[None]:
        """Put rows in order.

        Args:
            rows: those that pass, oldest first.
            sorting: the order at work.
            is_in_order: whether they stand in it already.
        """
        self._sorting = sorting
        ordered = list(rows) if is_in_order else (yield from sorting.sorted_in_steps(rows))
        if self._sorting is sorting:
            self._rows = ordered
        yield

    def put_together(self, by: GroupBy) -> Iterator[None]:
        """Put the rows into groups, if they stand in order and few of them have changed."""
        if self._sorting is not None and self._rows is not None and len(self._changed) <= FEW:
            grouping = Grouping(by, self._find)
            yield from grouping.put_together(tuple(self._rows), self._sorting)
            self._grouping = grouping

    # -- while it waits --

    def note(self, finding_id: FindingId, before: Finding | None) -> None:
        """Take note that a finding has changed: it was another one before, or had not come."""
        self.passing.note(finding_id, before)
        if self._sorting is not None and len(self._changed) <= FEW:
            self._changed.setdefault(finding_id, before)

    def forget_rows(self) -> None:
        """Let the rows be of no use any more, as they would have to stand otherwise."""
        self._sorting = self._rows = self._grouping = None

    # -- when it is asked for --

    def is_for(self, wanted: Filter, order: Order) -> bool:
        """Whether these are the rows of a filter in an order, and few have changed."""
        is_ready = self._rows is not None and len(self._changed) <= FEW
        return is_ready and (self.wanted, self.order) == (wanted, order)

    def groups(self, wanted: Filter, order: Order, by: GroupBy | None) -> Grouping | None:
        """Hand over the groups for this, as they are now; None if there are none."""
        grouping, self._grouping = self._grouping, None
        if grouping is None or grouping.by is not by or not self.is_for(wanted, order):
            return None
        return grouping if grouping.catch_up(self._changed, wanted.matches) else None

    def rows(self) -> list[Finding]:
        """Return the rows as they stand now, to be kept by the caller."""
        assert self._rows is not None  # noqa: S101 - see `is_for`
        assert self._sorting is not None  # noqa: S101
        rows, position = self._rows, self._sorting.position
        for before in filter(None, self._changed.values()):
            place = position(rows, before)
            if place < len(rows) and rows[place].id == before.id:
                del rows[place]
        for finding in filter(None, map(self._find, self._changed)):
            if self.wanted.matches(finding):
                rows.insert(position(rows, finding), finding)
        return rows
