"""Compares the findings of two scans of one repository: new, fixed, changed, still present.

Findings are paired by fingerprint. The rest is paired by file, CWE and title, and is
"probably the same": fingerprints of taint findings hold line numbers, and those of the AI change.
Source: protocol.md 4.5, T-9.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import zip_longest

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
    Verdict,
    cwe_number,
    severities_of,
)
from heimdall_desktop.domain.facts.readings import as_first_read

State = Verdict | FindingStatus
_Group = list[Finding]  # rows of one scan with one fingerprint

ROWS_KEPT = 200_000  # of all comparisons together

ALARMING = (Severity.CRITICAL, Severity.HIGH)


class ChangeKind(Enum):
    """How a finding changed from the earlier scan to the later; the values are used in JSON."""

    NEW = "new"
    CHANGED = "changed"
    FIXED = "fixed"
    STILL = "still"


class PairedBy(Enum):
    """How two rows of different scans are identified as the same finding."""

    FINGERPRINT = "fingerprint"
    PLACE = "place"
    """File, CWE and title: probably the same."""


class Compared(Struct, frozen=True, gc=False):  # it holds no reference cycles
    """One finding in both scans or in one of them.

    Attributes:
        before: its row in the earlier scan; None for a new finding.
        after: its row in the later scan; None for a fixed finding.
        paired_by: None for a finding that only one of the scans has.
        is_moved: both have it, in other lines or another file; that does not make it new.
    """

    kind: ChangeKind
    before: Finding | None
    after: Finding | None
    paired_by: PairedBy | None = None
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
        duplicates: rows of both scans that are left out, because another has their fingerprint.
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

    def pairs(self, paired_by: PairedBy) -> list[Compared]:
        """Return the findings of both scans that were paired in this way."""
        return [row for row in self.rows if row.paired_by is paired_by]


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

    Findings that were only announced are left out: their fingerprint and place are unknown.
    """
    old, old_rows = _groups(before)
    new, new_rows = _groups(after)
    rows: list[Compared] = []
    known: dict[FindingId, Compared] = {}
    both = [each for each in old if each in new]
    pairs: list[tuple[_Group | None, _Group | None, PairedBy]] = [
        (old.pop(each), new.pop(each), PairedBy.FINGERPRINT) for each in both
    ]
    rest = _pairs_by_place(old.values(), new.values())
    pairs += ((was, now, PairedBy.PLACE) for was, now in rest)
    for was, now, by in pairs:
        compared = _compared(was, now, by)
        rows.append(compared)
        known.update((row.id, compared) for row in now or ())
    rows.sort(key=_order)
    return Comparison(
        tuple(rows),
        severities_of(row.before for row in rows if row.before is not None),
        severities_of(row.after for row in rows if row.after is not None),
        old_rows + new_rows - sum((r.before is not None) + (r.after is not None) for r in rows),
        known,
        Counter(row.kind for row in rows if row.counts),
    )


def verdict_of(finding: Finding) -> Verdict:
    """Return the verdict of a finding, whether or not its scan was watched.

    One scan may have been watched, and the other read at its end.
    """
    return as_first_read(finding).verdict


def _groups(rows: Iterable[Finding]) -> tuple[dict[str, _Group], int]:
    """Return rows by fingerprint, the representative row first, and how many rows there are.

    If several findings share one, the most severe represents all, so that none hides a rise.
    """
    groups: defaultdict[str, _Group] = defaultdict(list)
    count = 0
    for row in rows:
        if not row.is_announced:
            groups[row.fingerprint or f"\0{row.id}"].append(row)  # none: its own group
            count += 1
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda row: (row.created_at, row.id), reverse=True)
            group.sort(
                key=lambda row: (row.is_repeat, 9 if row.counts_as is None else row.counts_as.rank)
            )
    return dict(groups), count


def _compared(was: _Group | None, now: _Group | None, by: PairedBy) -> Compared:
    if was is None or now is None:
        kind = ChangeKind.NEW if was is None else ChangeKind.FIXED
        return Compared(kind, None if was is None else was[0], None if now is None else now[0])
    before, after = was[0], now[0]
    is_same = (before.counts_as, _mark(before)) == (after.counts_as, _mark(after))
    is_moved = _place(before) != _place(after)
    if is_moved and len(was) + len(now) > 2:
        is_moved = {_place(row) for row in was}.isdisjoint(map(_place, now))
    return Compared(
        ChangeKind.STILL if is_same else ChangeKind.CHANGED, before, after, by, is_moved
    )


def _mark(row: Finding) -> State:
    return FindingStatus.FIXED if row.status is FindingStatus.FIXED else verdict_of(row)


def _place(row: Finding) -> tuple[str, int]:
    return row.file_path, row.line_start


def _pairs_by_place(
    old: Iterable[_Group], new: Iterable[_Group]
) -> Iterator[tuple[_Group | None, _Group | None]]:
    """Pair rows that have file, CWE and title in common; yield the rest unpaired.

    Among several similar rows, those in the same line are paired first, then the others in order.
    Rows without a title must be in the same line.
    """
    both: defaultdict[tuple[object, ...], tuple[list[_Group], list[_Group]]]
    both = defaultdict(lambda: ([], []))
    for side, groups in enumerate((old, new)):
        for group in groups:
            row = group[0]
            cwe = cwe_number(row.cwe_text) or row.cwe_text
            alike = row.title_line or row.line_start
            both[row.file_path, cwe, alike][side].append(group)
    for was, now in both.values():
        if not (was and now):
            yield from zip_longest(was, now)
            continue
        lines = Counter(group[0].line_start for group in was)
        lines &= Counter(group[0].line_start for group in now)
        kept_was, moved_was = _parted(was, lines)
        kept_now, moved_now = _parted(now, lines)
        yield from zip(kept_was, kept_now, strict=True)
        yield from zip_longest(moved_was, moved_now)


def _parted(groups: list[_Group], lines: Counter[int]) -> tuple[list[_Group], list[_Group]]:
    """Return the groups in lines that the other scan also has, and the others, by line."""
    left = Counter(lines)
    kept: list[_Group] = []
    moved: list[_Group] = []
    for group in sorted(groups, key=lambda group: (group[0].line_start, group[0].id)):
        line = group[0].line_start
        (kept if left[line] > 0 else moved).append(group)
        left[line] -= 1
    return kept, moved


def _order(row: Compared) -> tuple[object, ...]:
    shown = row.shown
    is_closed, rank = shown.counts_as is None, shown.severity.rank
    place = (shown.file_path, shown.line_start, shown.title, shown.id)
    return (_KINDS[row.kind], is_closed, rank, *place)


_KINDS = {kind: place for place, kind in enumerate(ChangeKind)}
