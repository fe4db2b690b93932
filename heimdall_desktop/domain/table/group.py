"""Findings that have something in common: by what they are put together, and one such group."""

from collections import Counter
from collections.abc import Callable
from enum import Enum, auto
from operator import attrgetter

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    Severity,
    cwe_number,
    one_line,
    severities_of,
)
from heimdall_desktop.domain.table.bucketing import GroupKey

UNTOLD_CWE = -1  # what announced findings have in common: it is unknown
NAMED_SEVERITIES = tuple(severity for severity in Severity if severity is not Severity.OTHER)


class GroupBy(Enum):
    """What findings of one group have in common. It is remembered by its name."""

    FILE = auto()
    CWE = auto()
    SOURCE = auto()
    SCAN = auto()
    FINGERPRINT = auto()


class Group(Struct, eq=False):
    """One group. It stands in the table as a row of its own, above its findings.

    Attributes:
        key: what its findings have in common; two groups never share one. None for those that
            share it with no other.
        rows: its findings in the order of the table, at least one.
        is_open: whether they are shown.
    """

    by: GroupBy
    key: GroupKey
    rows: list[Finding]
    is_open: bool = True
    _severities: Counter[Severity] | None = None

    @property
    def size(self) -> int:
        """How many rows of the table it takes, its head included."""
        return 1 + len(self.rows) if self.is_open else 1

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings count under each severity; counted when asked for."""
        if self._severities is None:
            self._severities = severities_of(self.rows)
        return self._severities

    def moved(self) -> None:
        """Its findings are others now."""
        self._severities = None


def group_key(by: GroupBy) -> Callable[[Finding], GroupKey]:
    """Return what findings of one group have in common. Files of two scans are two files."""
    return _KEYS[by]


def _cwe_key(finding: Finding) -> GroupKey:
    if finding.is_announced:
        return UNTOLD_CWE
    number = cwe_number(finding.cwe_text)
    return one_line(finding.cwe_text or "") if number is None else number


_KEYS: dict[GroupBy, Callable[[Finding], GroupKey]] = {
    GroupBy.FILE: attrgetter("scan_id", "file_path"),
    GroupBy.CWE: _cwe_key,
    GroupBy.SOURCE: attrgetter("source_text"),
    GroupBy.SCAN: attrgetter("scan_id"),
    GroupBy.FINGERPRINT: attrgetter("fingerprint"),
}
