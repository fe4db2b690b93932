"""Compares the findings of two scans of one repository: new, fixed, changed, still present.

Which rows are one finding is said by `pairing`, as it is for proposals. Older readings of a finding
(T-9) are not compared. Source: behaviour.md 2.2.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
    Verdict,
    severities_of,
)
from heimdall_desktop.domain.facts.readings import as_first_read
from heimdall_desktop.domain.facts.repeats import newest_readings
from heimdall_desktop.domain.pairing import pair_rows, scan_rows

State = Verdict | FindingStatus

ROWS_KEPT = 200_000  # of all comparisons together

ALARMING = (Severity.CRITICAL, Severity.HIGH)


class ChangeKind(Enum):
    """How a finding changed from the earlier scan to the later; the values are used in JSON."""

    NEW = "new"
    CHANGED = "changed"
    FIXED = "fixed"
    STILL = "still"


class Compared(Struct, frozen=True, gc=False):  # it holds no reference cycles
    """One finding in both scans or in one of them.

    Attributes:
        before: its row in the earlier scan; None for a new finding.
        after: its row in the later scan; None for a fixed finding.
        is_probable: both have it, but its code differs, or others look alike.
        is_moved: both have it, in other lines or another file; that does not make it new.
    """

    kind: ChangeKind
    before: Finding | None
    after: Finding | None
    is_probable: bool = False
    is_moved: bool = False

    @property
    def shown(self) -> Finding:
        row = self.after or self.before
        if row is None:
            raise AssertionError("a finding is in one of the scans")
        return row

    @property
    def counts(self) -> bool:
        """Whether counts of findings include it: it was open in one of the scans."""
        before, after = self.before, self.after  # a loop over both takes three times as long
        counted_before = before is not None and before.counts_as is not None
        return counted_before or (after is not None and after.counts_as is not None)

    @property
    def is_alarming(self) -> bool:
        """Whether it is critical or high, and was absent or less severe before.

        A finding that was withdrawn or fixed before, and no longer is, counts as new too.
        """
        now = None if self.after is None else self.after.counts_as
        if now not in ALARMING:
            return False
        was = None if self.before is None else self.before.counts_as
        return was is None or was.rank > now.rank

    @property
    def verdicts(self) -> tuple[Verdict | None, Verdict | None]:
        before = None if self.before is None else verdict_of(self.before)
        return before, None if self.after is None else verdict_of(self.after)

    @property
    def states(self) -> tuple[State | None, State | None]:
        before = None if self.before is None else _mark(self.before)
        return before, None if self.after is None else _mark(self.after)


class Comparison(Struct, frozen=True):
    """Two scans compared.

    Attributes:
        rows: each finding once: by kind, most severe first, then by place.
        before: how many findings of the earlier scan count under each severity, and
        after: the same of the later.
        duplicates: older readings of findings in both scans, which are left out.
        known: the change of each row of the later scan, duplicates included.
        counts: how many findings there are of each kind, without those closed in both scans.
    """

    rows: tuple[Compared, ...]
    before: Counter[Severity]
    after: Counter[Severity]
    duplicates: int
    known: Mapping[FindingId, Compared]
    counts: Counter[ChangeKind]

    def of(self, kind: ChangeKind) -> list[Compared]:
        return [row for row in self.rows if row.kind is kind]

    @property
    def pairs(self) -> list[Compared]:
        """The findings that both scans have."""
        return [row for row in self.rows if row.before is not None and row.after is not None]


class ScanComparison(Struct, frozen=True):
    """A scan compared with an earlier one of its repository.

    Attributes:
        is_whole: both completed and were read to the end, so a missing finding does not exist.
        is_usual: the earlier one is the last that completed before it.
    """

    before: ScanId
    after: ScanId
    findings: Comparison
    is_whole: bool
    is_usual: bool


class KnownChanges:
    """The changes of findings, for all scans that are currently compared.

    Two objects are equal only if they are the same, so that filters need not compare contents.
    """

    def __init__(self, known: Mapping[ScanId, Mapping[FindingId, Compared]]) -> None:
        self._known = known

    def of(self, finding: Finding) -> Compared | None:
        known = self._known.get(finding.scan_id)
        return None if known is None else known.get(finding.id)


class Comparisons:
    """The known comparisons, the newest of each later scan.

    Attributes:
        changes: the changes of the findings in them.
        since_last: how many findings of a scan are new, changed, fixed and still present since the
            last one before it; kept when the rest of a comparison is removed.
    """

    def __init__(self) -> None:
        self._known: dict[ScanId, ScanComparison] = {}
        self.changes = KnownChanges({})
        self.since_last: dict[ScanId, Counter[ChangeKind]] = {}

    def of(self, after: ScanId) -> ScanComparison | None:
        return self._known.get(after)

    def put(self, comparison: ScanComparison) -> None:
        """Keep a comparison; remove the oldest if all together are too large."""
        self._known.pop(comparison.after, None)
        self._known[comparison.after] = comparison
        if comparison.is_usual and comparison.is_whole:
            self.since_last[comparison.after] = comparison.findings.counts
        rows = sum(len(each.findings.rows) for each in self._known.values())
        while len(self._known) > 1 and rows > ROWS_KEPT:
            rows -= len(next(iter(self._known.values())).findings.rows)
            del self._known[next(iter(self._known))]
        self._renew_changes()

    def drop(self, scan_id: ScanId) -> None:
        self.since_last.pop(scan_id, None)
        if self._known.pop(scan_id, None) is not None:
            self._renew_changes()

    def _renew_changes(self) -> None:
        self.changes = KnownChanges({a: each.findings.known for a, each in self._known.items()})


def compare(before: Iterable[Finding], after: Iterable[Finding]) -> Comparison:
    """Compare the findings of an earlier scan with those of a later one.

    Findings that were only announced are left out: their place and code are unknown.
    """
    old, old_repeats = _parted(before)
    new, new_repeats = _parted(after)
    pairs = pair_rows(scan_rows(old), scan_rows(new), needs_code=False)
    nameless = (filter(_is_nameless, rows) for rows in (old, new))
    by_line = (sorted(rows, key=lambda row: (row.line_start, row.id)) for rows in nameless)
    pairs |= {now.id: (was, False) for was, now in zip(*by_line, strict=False)}
    missing = {row.id: row for row in old}
    rows = []
    for row in new:
        was, is_exact = pairs.get(row.id, (None, False))
        if was is not None:
            del missing[was.id]
        rows.append(_compared(was, row, is_probable=not is_exact))
    rows += [_compared(row, None) for row in missing.values()]
    rows.sort(key=_order)
    known = {row.after.id: row for row in rows if row.after is not None}
    for older, newest in newest_readings(new_repeats, new).items():
        known[older] = known[newest]
    return Comparison(
        tuple(rows),
        severities_of(old),
        severities_of(new),
        len(old_repeats) + len(new_repeats),
        known,
        Counter(row.kind for row in rows if row.counts),
    )


def verdict_of(finding: Finding) -> Verdict:
    """Return the verdict of a finding, whether or not its scan was watched.

    One scan may have been watched, and the other read at its end.
    """
    return as_first_read(finding).verdict


def _parted(rows: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return the newest readings of findings, and the older ones."""
    newest, older = list[Finding](), list[Finding]()
    for row in rows:
        if not row.is_announced:
            (older if row.is_repeat else newest).append(row)
    return newest, older


def _is_nameless(row: Finding) -> bool:
    """Return whether nothing identifies a row, so that it is paired with any other such row."""
    return not (row.title or row.file_path)


def _compared(
    before: Finding | None, after: Finding | None, *, is_probable: bool = False
) -> Compared:
    if before is None or after is None:
        return Compared(ChangeKind.NEW if before is None else ChangeKind.FIXED, before, after)
    is_same = (before.counts_as, _mark(before)) == (after.counts_as, _mark(after))
    kind = ChangeKind.STILL if is_same else ChangeKind.CHANGED
    return Compared(kind, before, after, is_probable, _place(before) != _place(after))


def _mark(row: Finding) -> State:
    return FindingStatus.FIXED if row.status is FindingStatus.FIXED else verdict_of(row)


def _place(row: Finding) -> tuple[str, int]:
    return row.file_path, row.line_start


def _order(row: Compared) -> tuple[object, ...]:
    shown = row.shown
    is_closed, rank = shown.counts_as is None, shown.severity.rank
    place = (shown.file_path, shown.line_start, shown.title, shown.id)
    return (_KINDS[row.kind], is_closed, rank, *place)


_KINDS = {kind: place for place, kind in enumerate(ChangeKind)}
