"""Groups of findings: what their findings have in common, and one such group."""

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from enum import Enum, auto
from operator import attrgetter

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    Severity,
    cwe_number,
    one_line,
    severities_of,
)

# Groups rows by what they have in common, slice by slice: all at once takes too long.


SLICE = 20_000  # rows processed in one turn of the window's loop: about 10 ms

GroupKey = Hashable
Together = dict[GroupKey, list[Finding]]

_fingerprint = attrgetter("fingerprint")


def slices(rows: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    for first in range(0, len(rows), SLICE):
        yield rows[first : first + SLICE]


def put_together(
    rows: Sequence[Finding], key: Callable[[Finding], GroupKey]
) -> Generator[None, None, Together]:
    """Group rows by a key in their order, a slice per step; return the groups at the end."""
    found: defaultdict[GroupKey, list[Finding]] = defaultdict(list)
    for part in slices(rows):
        for common, finding in zip(map(key, part), part, strict=True):
            found[common].append(finding)
        yield
    return found


class Fingerprints:
    """Knows which fingerprints several findings share: only those make groups worth a head."""

    def __init__(self) -> None:
        self._shared: set[str] = set()
        self._alone: dict[str, Finding] = {}

    def put_together(self, rows: Sequence[Finding]) -> Generator[None, None, Together]:
        """Read all findings, slice by slice; return them by their keys, in their order."""
        alone: dict[str, Finding] = {}
        shared: set[str] = set()
        self._alone, self._shared = alone, shared
        for part in slices(rows):
            alone.update(zip(map(_fingerprint, part), part, strict=True))
            yield
        if len(alone) < len(rows):  # of several that share one, the last is in there
            for part in slices(rows):
                shared.update(row.fingerprint for row in part if alone[row.fingerprint] is not row)
                yield
        shared.discard("")
        if not shared and "" not in alone:
            return {None: list(rows)} if rows else {}
        for fingerprint in (*shared, ""):
            alone.pop(fingerprint, None)
        return (yield from put_together(rows, self.key))

    def key(self, finding: Finding) -> str | None:
        """Return the fingerprint, "" if there is none, None for a finding alone with its own."""
        fingerprint = finding.fingerprint
        return fingerprint if fingerprint in self._shared or not fingerprint else None

    def alone(self, fingerprint: str) -> FindingId | None:
        """Return the finding that is alone with a fingerprint; None if there is none."""
        finding = self._alone.get(fingerprint)
        return None if finding is None else finding.id

    def be_alone(self, finding: Finding) -> None:
        if finding.fingerprint:
            self._shared.discard(finding.fingerprint)
            self._alone[finding.fingerprint] = finding

    def share(self, fingerprint: str) -> None:
        self._alone.pop(fingerprint, None)
        self._shared.add(fingerprint)

    def leave(self, finding: Finding) -> None:
        """Forget a finding that was alone with its fingerprint, if it was."""
        if self.alone(finding.fingerprint) == finding.id:
            del self._alone[finding.fingerprint]


UNKNOWN_CWE = -1  # common to announced findings: it is unknown
NAMED_SEVERITIES = tuple(severity for severity in Severity if severity is not Severity.OTHER)


class GroupBy(Enum):
    """What findings of one group have in common. It is stored by its name."""

    FILE = auto()
    CWE = auto()
    SOURCE = auto()
    SCAN = auto()
    FINGERPRINT = auto()


class Group(Struct, eq=False):
    """One group. It is a row of its own in the table, above its findings.

    Attributes:
        key: what its findings have in common; two groups never share one. None for those that share
            it with no other.
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
        return 1 + len(self.rows) if self.is_open else 1

    @property
    def severities(self) -> Counter[Severity]:
        """The number of findings that count under each severity; counted when requested."""
        if self._severities is None:
            self._severities = severities_of(self.rows)
        return self._severities

    def moved(self) -> None:
        self._severities = None


def _cwe_key(finding: Finding) -> GroupKey:
    if finding.is_announced:
        return UNKNOWN_CWE
    number = cwe_number(finding.cwe_text)
    return one_line(finding.cwe_text or "") if number is None else number


#: What a group has in common. Files of two scans are two files.
GROUP_KEYS: dict[GroupBy, Callable[[Finding], GroupKey]] = {
    GroupBy.FILE: attrgetter("scan_id", "file_path"),
    GroupBy.CWE: _cwe_key,
    GroupBy.SOURCE: attrgetter("source_text"),
    GroupBy.SCAN: attrgetter("scan_id"),
    GroupBy.FINGERPRINT: attrgetter("fingerprint"),
}
