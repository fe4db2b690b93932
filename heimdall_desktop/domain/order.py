"""In which order findings stand: by one column, where that ties by further ones, then by age.

Directions may differ from column to column, and texts cannot be negated as numbers can. So a key is
made of runs: columns of one direction in a row, compared as one tuple.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from heimdall_desktop.domain.columns import Column, ColumnKey, ScanNames, column_key
from heimdall_desktop.domain.finding import Finding

KEYS_LIMIT = 4  # by more columns nobody sorts, and each costs time

Run = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class By:
    """One column that rows are sorted by."""

    column: Column
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the rows stand, and by which further ones where it leaves a tie."""

    column: Column = Column.FIRST_SEEN
    is_descending: bool = False
    further: tuple[By, ...] = ()

    @property
    def keys(self) -> tuple[By, ...]:
        """All columns, the weightiest first."""
        return (By(self.column, self.is_descending), *self.further)

    def place_of(self, column: Column) -> int | None:
        """Return which key a column is, from 0; None if rows are not sorted by it."""
        columns = [key.column for key in self.keys]
        return columns.index(column) if column in columns else None

    def by(self, column: Column, *, descends_first: bool = False) -> "Order":
        """Return the order after a click on a column: by it, or the other way round if it was."""
        if self.column is column:
            return Order(column, not self.is_descending)
        return Order(column, descends_first)

    def also_by(self, column: Column, *, descends_first: bool = False) -> "Order":
        """Return the order with a further column, which is turned round if it is there already."""
        place = self.place_of(column)
        if place == 0:
            return replace(self, is_descending=not self.is_descending)
        further = list(self.further)
        if place is None:
            further.append(By(column, descends_first))
        else:
            key = further[place - 1]
            further[place - 1] = By(column, not key.is_descending)
        return replace(self, further=tuple(further[: KEYS_LIMIT - 1]))


NEWEST_LAST = Order()


class Sorting:
    """An order at work.

    Args:
        order: by what.
        names: what scans are called; may change afterwards, and rows have to be sorted anew then.
    """

    def __init__(self, order: Order, names: ScanNames) -> None:
        runs = [
            (is_descending, [column_key(by.column, names) for by in run])
            for is_descending, run in groupby(order.keys, lambda by: by.is_descending)
        ]
        self._runs: list[tuple[bool, list[Callable[[Finding], ColumnKey]]]] = runs
        self._is_by_age_alone = order.keys[-1].column is Column.FIRST_SEEN

    def key(self, finding: Finding) -> tuple[Run, ...]:
        """Return by what a finding stands; equal keys are those of one finding."""
        runs = [tuple([key(finding) for key in keys]) for _, keys in self._runs]
        runs[-1] += (finding.created_at, finding.id)
        return tuple(runs)

    def position(self, rows: Sequence[Finding], finding: Finding) -> int:
        """Return where a finding stands among sorted rows, or would stand."""
        wanted, low, high = self.key(finding), 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            if self._is_before(self.key(rows[middle]), wanted):
                low = middle + 1
            else:
                high = middle
        return low

    def sorted(self, oldest_first: Iterable[Finding]) -> list[Finding]:
        """Return findings in order; they come in order of age, so that need not be sorted."""
        ordered = list(oldest_first)
        if self._runs[-1][0]:
            ordered.reverse()  # a stable sort leaves ties as they are, also a descending one
        passes = [(key, is_descending) for is_descending, keys in self._runs for key in keys]
        if self._is_by_age_alone:
            passes.pop()
        for key, is_descending in reversed(passes):
            ordered.sort(key=key, reverse=is_descending)
        return ordered

    def _is_before(self, one: tuple[Run, ...], other: tuple[Run, ...]) -> bool:
        for mine, others, (is_descending, _) in zip(one, other, self._runs, strict=True):
            if mine != others:
                return mine > others if is_descending else mine < others
        return False
