"""The columns of the findings table: how each sorts. What they say is `presentation/table`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from operator import attrgetter

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Source,
    cwe_number,
    one_line,
)

ScanNames = dict[ScanId, str]
ColumnKey = int | str | datetime | tuple[str, int] | tuple[str, str]
Key = Callable[[Finding], ColumnKey]


class SortSpec(Struct, frozen=True):
    """How a column sorts.

    Attributes:
        key: by what, ties left open.
        passes: by what findings are sorted one after the other to stand as by the key, where two
            passes over texts and numbers take two thirds of the time of one over pairs of them.
        descends_first: the first click puts the largest on top.
        is_fixed: it is never switched off.
    """

    key: Key
    passes: tuple[Key, ...] = ()
    descends_first: bool = False
    is_fixed: bool = False


def _cwe(finding: Finding) -> int:
    number = cwe_number(finding.cwe_text)
    return -1 if number is None else number


def _source(finding: Finding) -> str:
    """By our words for sources, and unknown ones among them; those not told stand behind all."""
    if finding.is_announced:
        return "unknown"
    word = finding.source_text if finding.source is Source.OTHER else finding.source.value
    return "AI" if finding.source is Source.AI else one_line(word).capitalize()


_CONFIDENCES = {Confidence.HIGH: 3, Confidence.MEDIUM: 2, Confidence.LOW: 1}
_STATUSES = {status: rank for rank, status in enumerate(FindingStatus)}


class Column(Enum):
    """A column, in the order they stand. What is remembered of it goes by its name."""

    _value_: SortSpec

    SEVERITY = SortSpec(lambda row: -row.severity.rank, descends_first=True, is_fixed=True)
    FINDING = SortSpec(lambda row: row.title_line.casefold(), is_fixed=True)
    LOCATION = SortSpec(
        attrgetter("file_path", "line_start"),
        passes=(attrgetter("line_start"), attrgetter("file_path")),
    )
    SCAN = SortSpec(attrgetter("scan_id"))  # and before that by its name, which may change
    SOURCE = SortSpec(_source)
    CWE = SortSpec(_cwe)
    CONFIDENCE = SortSpec(lambda row: _CONFIDENCES.get(row.confidence, 0), descends_first=True)
    STATUS = SortSpec(lambda row: _STATUSES[row.status])
    FIRST_SEEN = SortSpec(attrgetter("created_at"))

    @property
    def spec(self) -> SortSpec:
        """How it sorts."""
        return self._value_


COLUMNS = tuple(Column)


def column_key(column: Column, names: ScanNames) -> Key:
    """Return by what a column sorts, ties left open; names may change afterwards."""
    if column is Column.SCAN:
        return lambda finding: (names.get(finding.scan_id, "").casefold(), finding.scan_id)
    return column.spec.key


def sort_passes(column: Column, names: ScanNames) -> Sequence[Key]:
    """Return by what findings are sorted one after the other to stand as by the column's key."""
    if column is Column.SCAN:
        return (attrgetter("scan_id"), lambda finding: names.get(finding.scan_id, "").casefold())
    return column.spec.passes or (column.spec.key,)
