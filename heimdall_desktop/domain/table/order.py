"""The order of findings: by one column, for ties by further ones, then by age.

Directions may differ from column to column, and texts can't be negated as numbers can. So a key
consists of runs: consecutive columns with the same direction, compared as one tuple.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from itertools import groupby
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Source,
    cwe_number,
    one_line,
)
from heimdall_desktop.domain.table.group import slices

# The columns of the findings table: how each sorts. Their texts are in `presentation/table`.


ScanNames = dict[ScanId, str]
ColumnKey = int | str | datetime | tuple[str, int] | tuple[str, str]
Key = Callable[[Finding], ColumnKey]


class SortSpec(Struct, frozen=True):
    """How a column sorts.

    Attributes:
        key: the sort key, which leaves ties open.
        passes: the keys to sort by one after the other for the same result as `key`, where two
            passes over texts and numbers take two thirds of the time of one over pairs of them.
        descends_first: the first click puts the largest on top.
        is_fixed: it is never switched off.
        is_usual: it is shown unless it is switched off; others only once they are switched on.
        is_sorted: rows can be sorted by it; a finding does not know its reason.
    """

    key: Key
    passes: tuple[Key, ...] = ()
    descends_first: bool = False
    is_fixed: bool = False
    is_usual: bool = True
    is_sorted: bool = True


def _source(finding: Finding) -> str:
    """Return our word for a source; unknown ones sort among them, and missing ones come last."""
    if finding.is_announced:
        return "unknown"
    word = finding.source_text if finding.source is Source.OTHER else finding.source.value
    return "AI" if finding.source is Source.AI else one_line(word).capitalize()


_CONFIDENCES = {Confidence.HIGH: 3, Confidence.MEDIUM: 2, Confidence.LOW: 1}
_STATUSES = {status: rank for rank, status in enumerate(FindingStatus)}


class Column(Enum):
    """A column, in display order. It is stored by its name."""

    _value_: SortSpec

    SEVERITY = SortSpec(lambda row: -row.severity.rank, descends_first=True, is_fixed=True)
    FINDING = SortSpec(lambda row: row.title_line.casefold(), is_fixed=True)
    LOCATION = SortSpec(
        attrgetter("file_path", "line_start"),
        passes=(attrgetter("line_start"), attrgetter("file_path")),
    )
    SCAN = SortSpec(attrgetter("scan_id"))  # after its name, which may change
    SOURCE = SortSpec(_source)
    CWE = SortSpec(lambda row: -1 if (n := cwe_number(row.cwe_text)) is None else n)
    CONFIDENCE = SortSpec(lambda row: _CONFIDENCES.get(row.confidence, 0), descends_first=True)
    REASON = SortSpec(lambda row: 0, is_usual=False, is_sorted=False)
    DISAGREEMENT = SortSpec(lambda row: 1, is_usual=False, is_sorted=False)
    STATUS = SortSpec(lambda row: _STATUSES[row.status])
    FIRST_SEEN = SortSpec(attrgetter("created_at"))

    @property
    def spec(self) -> SortSpec:
        return self._value_


COLUMNS = tuple(Column)
USUAL_COLUMNS = tuple(column for column in COLUMNS if column.spec.is_usual)


def column_key(column: Column, names: ScanNames) -> Key:
    """Return the sort key of a column, which leaves ties open; names may change afterwards."""
    if column is Column.SCAN:
        return lambda finding: (names.get(finding.scan_id, "").casefold(), finding.scan_id)
    return column.spec.key


KEYS_LIMIT = 4  # more columns are not needed, and each costs time

Run = tuple[object, ...]


class By(Struct, frozen=True):
    """One column that rows are sorted by."""

    column: Column
    is_descending: bool = False


class Order(Struct, frozen=True):
    """The column that the rows are sorted by, and further ones for ties."""

    column: Column = Column.FIRST_SEEN
    is_descending: bool = False
    further: tuple[By, ...] = ()

    @property
    def keys(self) -> tuple[By, ...]:
        return (By(self.column, self.is_descending), *self.further)

    def place_of(self, column: Column) -> int | None:
        columns = [key.column for key in self.keys]
        return columns.index(column) if column in columns else None

    def by(self, column: Column, *, descends_first: bool = False) -> "Order":
        """Return the order after a click on a column: by it, or reversed if it already was."""
        if self.column is column:
            return Order(column, not self.is_descending)
        return Order(column, descends_first)

    def also_by(self, column: Column, *, descends_first: bool = False) -> "Order":
        """Return the order with a further column, which is reversed if it is already in use."""
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

_moment, _id = attrgetter("created_at"), attrgetter("id")


def place_by_age(oldest_first: Sequence[Finding], finding: Finding, start: int = 0) -> int:
    """Return where a finding is among those before and behind it by age, or would be.

    Ids are compared only if moments are equal: a key of both takes three times as long.
    """
    at = finding.created_at
    place = bisect_left(oldest_first, at, start, key=_moment)
    if place == len(oldest_first) or oldest_first[place].created_at != at:
        return place
    end = bisect_right(oldest_first, at, place, key=_moment)
    return bisect_left(oldest_first, finding.id, place, end, key=_id)


class Sorting:
    """An active order.

    Args:
        order: the columns.
        names: the names of scans; they may change afterwards, and then rows must be sorted again.
    """

    def __init__(self, order: Order, names: ScanNames) -> None:
        runs = [
            (is_descending, [column_key(by.column, names) for by in run])
            for is_descending, run in groupby(order.keys, lambda by: by.is_descending)
        ]
        self._runs: list[tuple[bool, list[Callable[[Finding], ColumnKey]]]] = runs
        self._order, self._names = order, names
        self._ends_by_age = order.keys[-1].column is Column.FIRST_SEEN
        self._is_by_age = order == NEWEST_LAST
        #: Makes the sort key of a finding; equal keys belong to the same finding.
        self.key = self._whole_key() if len(runs) == 1 else self._key_of_runs

    def position(self, rows: Sequence[Finding], finding: Finding, start: int = 0) -> int:
        """Return where a finding is among sorted rows, or would be.

        Args:
            rows: in this order.
            finding: one of them, or another one.
            start: it is known to be here or behind.
        """
        if self._is_by_age:
            return place_by_age(rows, finding, start)
        key, runs, low, high = self.key, self._runs, start, len(rows)
        wanted = key(finding)
        if len(runs) == 1 and not runs[0][0]:
            return bisect_left(rows, wanted, low, high, key=key)
        while low < high:
            middle = (low + high) // 2
            if self._is_before(key(rows[middle]), wanted):
                low = middle + 1
            else:
                high = middle
        return low

    def sorted(self, oldest_first: Iterable[Finding]) -> list[Finding]:
        """Return findings in order; the input is in order of age, so that need not be sorted."""
        ordered = self._in_order_of_ties(oldest_first)
        for key, is_descending in self._passes():
            ordered.sort(key=key, reverse=is_descending)
        return ordered

    def sorted_in_steps(
        self, oldest_first: Iterable[Finding]
    ) -> Generator[None, None, list[Finding]]:
        """Sort findings as `sorted` does, a slice per step; return them at the end.

        Rows may change meanwhile, so keys are made from the findings as they were at the start.
        """
        ordered = self._in_order_of_ties(oldest_first)
        for key, is_descending in self._passes():
            keys: list[Any] = []
            for part in slices(ordered):
                keys += map(key, part)
                yield
            places = sorted(range(len(keys)), key=keys.__getitem__, reverse=is_descending)
            ordered = list(map(ordered.__getitem__, places))
            yield
        return ordered

    def _in_order_of_ties(self, oldest_first: Iterable[Finding]) -> list[Finding]:
        ordered = list(oldest_first)
        if self._runs[-1][0]:
            ordered.reverse()  # a stable sort leaves ties as they are, also a descending one
        return ordered

    def _passes(self) -> Iterator[tuple[Callable[[Finding], Any], bool]]:
        """Yield the keys to sort by, one after the other, and whether each descends."""
        columns, names = self._order.keys, self._names
        for by in reversed(columns[:-1] if self._ends_by_age else columns):
            passes = by.column.spec.passes or (by.column.spec.key,)
            if by.column is Column.SCAN:
                passes = (*passes, lambda finding: names.get(finding.scan_id, "").casefold())
            for key in passes:
                yield key, by.is_descending

    def _whole_key(self) -> Callable[[Finding], Run]:
        """Return the key function for columns of one direction: flat, and as fast as possible."""
        keys = self._runs[0][1]
        if self._ends_by_age and len(keys) == 1:
            return attrgetter("created_at", "id")
        if len(keys) == 1:
            only = keys[0]
            return lambda finding: (only(finding), finding.created_at, finding.id)
        return lambda finding: (*[key(finding) for key in keys], finding.created_at, finding.id)

    def _key_of_runs(self, finding: Finding) -> Run:
        runs = [tuple([key(finding) for key in keys]) for _, keys in self._runs]
        runs[-1] += (finding.created_at, finding.id)
        return tuple(runs)

    def _is_before(self, one: Any, other: Any) -> bool:
        if len(self._runs) == 1:
            return bool(one > other if self._runs[0][0] else one < other)
        for mine, others, (is_descending, _) in zip(one, other, self._runs, strict=True):
            if mine != others:
                return bool(mine > others if is_descending else mine < others)
        return False
