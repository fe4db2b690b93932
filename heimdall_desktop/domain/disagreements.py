"""Findings about which two judgements differ: of a proof, of Víðarr, of a person, of two sources.

Most follows from a finding alone. That a person has overridden Víðarr follows from its history,
where that was read. Two findings of one place are found by a search of their whole scan.
Source: protocol.md 3.5, 4.5, 4.6; behaviour.md 2.3.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from heapq import merge

from msgspec import Struct

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Source,
    Verdict,
    cwe_number,
)
from heimdall_desktop.domain.histories import DecidedBy, DecisionChange, KnownHistories

SLICE = 1_000  # findings searched at once: some two milliseconds
_UNCONFIRMED = "unconfirmed"  # Source: protocol.md 4.5, `verdict` of a proof
_OPPOSITE = {Source.AI: Source.STATIC, Source.STATIC: Source.AI}
_FALSE_POSITIVE = FindingStatus.FALSE_POSITIVE.value
_CLOSED = frozenset({_FALSE_POSITIVE, FindingStatus.DISMISSED.value})
_STANDING = frozenset(
    {FindingStatus.OPEN.value, FindingStatus.CONFIRMED.value, FindingStatus.FIXED.value}
)


class Disagreement(Enum):
    """What differs; the values are used in filters."""

    PROOF = "proof"
    """Its proof has succeeded, and yet it is dismissed or a false positive."""
    UNPROVEN = "unproven"
    """Its proof has failed, and yet it is confirmed or of high confidence."""
    OVERRIDE = "override"
    """A person has decided otherwise than Víðarr."""
    OVERLAP = "overlap"
    """The model and static analysis found one weakness in the same lines, with other verdicts."""


class Found(Struct, frozen=True):
    """One disagreement about a finding.

    Attributes:
        change: the person's decision, of `OVERRIDE`.
        other: the finding of the other source, of `OVERLAP`.
    """

    kind: Disagreement
    change: DecisionChange | None = None
    other: Finding | None = None


def is_proven_and_closed(finding: Finding) -> bool:
    return finding.poc_validated and finding.verdict is Verdict.WITHDRAWN


def is_unproven_and_upheld(finding: Finding) -> bool:
    """Whether its proof ran and failed; one that could not run to its end proves nothing."""
    proof = finding.proof
    if proof is None or finding.poc_validated or finding.verdict is Verdict.WITHDRAWN:
        return False
    is_upheld = finding.status is FindingStatus.CONFIRMED or finding.confidence is Confidence.HIGH
    return is_upheld and proof.verdict.strip().lower() == _UNCONFIRMED


def override_of(
    finding: Finding, changes: Iterable[DecisionChange] | None
) -> DecisionChange | None:
    """Return the decision by which a person has overridden Víðarr; None for none, or if unread.

    Víðarr's decisions have no entry: its false positive is the status before the first entry, and
    what it has confirmed has a high confidence. It reviews nothing after a person has decided.

    Args:
        changes: of its history, oldest first; None if that has not been read.
    """
    by_field: dict[Field, list[DecisionChange]] = {Field.STATUS: [], Field.SEVERITY: []}
    for change in changes or ():
        by_field[change.what].append(change)
    statuses, severities = by_field[Field.STATUS], by_field[Field.SEVERITY]
    if statuses and statuses[-1].new == finding.status_text and _is_person(statuses[-1]):
        if statuses[0].old == _FALSE_POSITIVE and statuses[-1].new in _STANDING:
            return statuses[-1]
        if statuses[-1].new in _CLOSED and _is_upheld(finding):
            return statuses[-1]
    if severities and severities[-1].new == finding.severity_text and _is_person(severities[-1]):
        has_moved = severities[0].old != severities[-1].new
        if has_moved and finding.is_reviewed and _is_upheld(finding):
            return severities[-1]
    return None


def _is_person(change: DecisionChange) -> bool:
    return change.by is not DecidedBy.SCAN


def _is_upheld(finding: Finding) -> bool:
    """Whether Víðarr has confirmed it, as `Finding.rests_on_confidence` while it was open."""
    is_reviewed = finding.starts_lower or finding.has_risen or finding.is_reviewed
    return finding.confidence is Confidence.HIGH and is_reviewed


# -- two findings of one place --

Overlaps = Mapping[FindingId, Finding]
"""For findings of one scan, that of the other source with another verdict."""
_Lines = tuple[int, int, int]  # first line, last line, and place in the group


def search_overlaps(findings: Iterable[Finding]) -> Iterator[Overlaps | None]:
    """Search a scan slice by slice: yield None after each, and the result at the end."""
    groups: defaultdict[tuple[str, int], list[Finding]] = defaultdict(list)
    every = tuple(findings)
    for start in range(0, len(every), SLICE):
        for finding in every[start : start + SLICE]:
            source = finding.source
            if source is not Source.AI and source is not Source.STATIC:
                continue
            if finding.is_repeat or finding.is_announced or not finding.file_path:
                continue
            number = cwe_number(finding.cwe_text)
            if number is not None and finding.lines[0] > 0:  # T-39
                groups[finding.file_path, number].append(finding)
        yield None
    found: dict[FindingId, Finding] = {}
    searched = 0
    for group in groups.values():
        searched += len(group)
        if len(group) > 1:
            for _ in _search_group(group, found):
                searched = 0
                yield None
        if searched >= SLICE:
            searched = 0
            yield None
    yield found


def _search_group(group: list[Finding], found: dict[FindingId, Finding]) -> Iterator[None]:
    """Search findings of one file and weakness, a slice with each step."""
    classes: defaultdict[tuple[Source, Verdict], list[_Lines]] = defaultdict(list)
    for place, finding in enumerate(group):
        classes[finding.source, finding.verdict].append((*finding.lines, place))
    sources = {source for source, _ in classes}
    if len(sources) < 2 or len({verdict for _, verdict in classes}) < 2:
        return
    steps: dict[tuple[Source, Verdict], tuple[list[int], list[tuple[int, int]]]] = {}
    for key, lines in classes.items():
        parts = [sorted(lines[at : at + SLICE]) for at in range(0, len(lines), SLICE)]
        starts, reaches = list[int](), list[tuple[int, int]]()
        for number, (first, last, place) in enumerate(merge(*parts), 1):
            starts.append(first)
            reaches.append(max(reaches[-1], (last, place)) if reaches else (last, place))
            if number % SLICE == 0:
                yield
        steps[key] = starts, reaches
    for number, finding in enumerate(group, 1):
        first, last = finding.lines
        for (source, verdict), (starts, reaches) in steps.items():
            if source is not _OPPOSITE[finding.source] or verdict is finding.verdict:
                continue
            before = bisect_right(starts, last)
            if before and reaches[before - 1][0] >= first:
                found[finding.id] = group[reaches[before - 1][1]]
                break
        if number % SLICE == 0:
            yield


# -- all of them --


class KnownDisagreements:
    """What is known of all scans; two objects are equal only if they are the same."""

    def __init__(
        self, overlaps: Mapping[ScanId, Overlaps], histories: KnownHistories | None = None
    ) -> None:
        self._overlaps, self._histories = overlaps, histories or KnownHistories({})

    def override(self, finding: Finding) -> DecisionChange | None:
        changes = self._histories.of(finding.id)
        return None if not changes else override_of(finding, changes)

    def overlap(self, finding: Finding) -> Finding | None:
        known = self._overlaps.get(finding.scan_id)
        return None if known is None else known.get(finding.id)

    def of(self, finding: Finding) -> tuple[Found, ...]:
        """Return what differs about a finding, in the order of the kinds."""
        if finding.is_announced:
            return ()
        found = []
        if is_proven_and_closed(finding):
            found.append(Found(Disagreement.PROOF))
        if is_unproven_and_upheld(finding):
            found.append(Found(Disagreement.UNPROVEN))
        if (change := self.override(finding)) is not None:
            found.append(Found(Disagreement.OVERRIDE, change=change))
        other = self.overlap(finding)
        if other is not None and other.verdict is not finding.verdict:
            found.append(Found(Disagreement.OVERLAP, other=other))
        return tuple(found)


class Disagreements:
    """Owns the overlaps of all scans.

    Attributes:
        known: all that is known, a new object after each change.
    """

    def __init__(self) -> None:
        self._overlaps: dict[ScanId, Overlaps] = {}
        self._histories = KnownHistories({})
        self.known = KnownDisagreements({})

    def use(self, histories: KnownHistories) -> None:
        self._histories = histories
        self.known = KnownDisagreements(self._overlaps, histories)

    def put(self, scan_id: ScanId, overlaps: Overlaps) -> bool:
        """Keep the overlaps of a scan, and return whether they differ from those before."""
        if self._overlaps.get(scan_id, {}) == overlaps:
            return False
        self._overlaps = {**self._overlaps, scan_id: overlaps}
        if not overlaps:
            del self._overlaps[scan_id]
        self.use(self._histories)
        return True

    def drop(self, scan_id: ScanId) -> None:
        self.put(scan_id, {})
