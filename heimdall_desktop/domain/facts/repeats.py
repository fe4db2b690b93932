"""Which rows of a scan are repeats: a retry finds a finding again and writes it under another id.

Two rows are readings of one finding if fingerprint, title and place are the same. The fingerprint
alone is not enough: several findings of a scan may share it, and hiding a real finding would be
worse than showing one twice. Source: protocol.md T-9, 4.5.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId

_Place = tuple[str, str, str, int, int | None]
_Age = tuple[datetime, FindingId]


class Repeats:
    """The newest reading of each finding of one scan.

    Almost every fingerprint belongs to one row, which costs only one dict entry. Only rows that
    share a fingerprint are in groups, by place and in order of age.
    """

    def __init__(self) -> None:
        self._alone: dict[str, FindingId | None] = {}  # None: shared, its rows are in `_groups`
        self._groups: dict[_Place, list[_Age]] = {}

    def put(self, row: Finding, rows: Mapping[FindingId, Finding]) -> Iterable[FindingId]:
        """Insert a row beside the others; return the rows whose state may have changed."""
        if not row.fingerprint:
            return ()
        first = self._alone.setdefault(row.fingerprint, row.id)
        if first == row.id:
            return ()
        if first is not None:
            self._alone[row.fingerprint] = None
            self._insert(rows[first])
        return self._insert(row)

    def drop(self, row: Finding) -> Iterable[FindingId]:
        """Remove a row, as it was inserted; return the rows whose state may have changed."""
        if self._alone.get(row.fingerprint) == row.id:
            del self._alone[row.fingerprint]
            return ()
        group = self._groups.get(place_of(row))
        if group is None:
            return ()
        del group[bisect_left(group, _age(row))]
        if not group:
            del self._groups[place_of(row)]
        return [age[1] for age in group[-1:]]

    def has_newer(self, row: Finding) -> bool:
        if not self._groups or self._alone.get(row.fingerprint) == row.id:
            return False
        group = self._groups.get(place_of(row))
        return group is not None and group[-1][1] != row.id

    def _insert(self, row: Finding) -> Iterable[FindingId]:
        group = self._groups.setdefault(place_of(row), [])
        before = [age[1] for age in group[-1:]]
        insort(group, _age(row))
        return before


class RetryDuplicates:
    """The inserted findings that a retry has found again, across sessions.

    Of an earlier session only the fingerprint is known, so nothing else is compared.

    Args:
        attempt_starts: when each attempt of a scan started, by the server's clock.
    """

    def __init__(self, attempt_starts: Callable[[ScanId], Iterable[datetime]]) -> None:
        self._attempt_starts = attempt_starts
        self._first: defaultdict[ScanId, dict[str, tuple[datetime | None, FindingId]]]
        self._newest: defaultdict[ScanId, dict[_Place, _Age]]
        self._first, self._newest = defaultdict(dict), defaultdict(dict)

    def recall(self, scan_id: ScanId, fingerprint: str, finding_id: FindingId) -> None:
        if fingerprint:
            self._first[scan_id][fingerprint] = (None, finding_id)

    def put(self, finding: Finding) -> None:
        if finding.fingerprint:
            age, place, newest = _age(finding), place_of(finding), self._newest[finding.scan_id]
            self._first[finding.scan_id].setdefault(finding.fingerprint, age)
            newest[place] = max(newest.get(place, age), age)

    def forget(self, finding: Finding) -> None:
        """Forget a finding, so that a later one with its fingerprint becomes the first."""
        of_scan = self._first[finding.scan_id]
        first = of_scan.get(finding.fingerprint)
        if first is not None and first[1] == finding.id:
            del of_scan[finding.fingerprint]

    def forget_scans(self, scan_ids: Iterable[ScanId]) -> None:
        for scan_id in scan_ids:
            self._first.pop(scan_id, None)
            self._newest.pop(scan_id, None)

    def newest_of(self, finding: Finding, *, is_older: bool = False) -> FindingId | None:
        """Return the newest inserted row of a finding, or only one that is older than this row."""
        of_scan = self._newest.get(finding.scan_id)
        newest = of_scan.get(place_of(finding)) if of_scan else None
        if newest is None or (is_older and newest >= _age(finding)):
            return None
        return newest[1]

    def has_older(self, finding: Finding) -> bool:
        """Return whether an earlier attempt had already found a finding.

        Within one attempt several findings may share a fingerprint (4.5), so an attempt must have
        started between the two. Of an earlier session only the fingerprint is known.
        """
        first = self._first[finding.scan_id].get(finding.fingerprint)
        if first is None or first[1] == finding.id:
            return False
        created_at = first[0]
        starts = self._attempt_starts(finding.scan_id)
        return created_at is None or any(
            created_at < start <= finding.created_at for start in starts
        )


def is_similar(finding: Finding, other: Finding) -> bool:
    """Return whether two findings have one cause: the same fingerprint, or the same rule and file.

    This includes repeats that are folded away. A rule is identified by its source and title.
    """
    if finding.id == other.id or finding.scan_id != other.scan_id:
        return False
    if finding.fingerprint and finding.fingerprint == other.fingerprint:
        return True
    is_of_rule = finding.source_text == other.source_text and finding.title == other.title
    return is_of_rule and bool(finding.file_path) and finding.file_path == other.file_path


def is_same_place(one: Finding, other: Finding) -> bool:
    if not one.fingerprint or one.fingerprint != other.fingerprint:
        return False
    return place_of(one) == place_of(other)


def moves(before: Finding, after: Finding) -> bool:
    """Return whether two versions of one row differ in place or in order."""
    return (  # field by field, which takes a quarter as long as making two keys
        before.fingerprint != after.fingerprint
        or before.created_at != after.created_at
        or before.line_start != after.line_start
        or before.line_end != after.line_end
        or before.file_path != after.file_path
        or before.title != after.title
    )


def readings_of(finding: Finding, rows: Iterable[Finding]) -> list[Finding]:
    """Return all rows of a scan that are readings of a finding, itself included, newest first."""
    fingerprint, place = finding.fingerprint, place_of(finding)
    if not fingerprint:
        return [finding]
    same = [row for row in rows if row.fingerprint == fingerprint and place_of(row) == place]
    return sorted(same, key=_age, reverse=True)


def newest_readings(
    older: Iterable[Finding], rows: Iterable[Finding]
) -> dict[FindingId, FindingId]:
    """Return the newest row of each of some findings of a scan that a retry has found again."""
    wanted = {row.id: place_of(row) for row in older}
    places, prints = set(wanted.values()), {place[0] for place in wanted.values()}
    newest: dict[_Place, _Age] = {}
    for row in rows:
        if row.fingerprint in prints and (place := place_of(row)) in places:
            newest[place] = max(newest.get(place, _age(row)), _age(row))
    return {found: newest[place][1] for found, place in wanted.items() if place in newest}


def place_of(row: Finding) -> _Place:
    """Return what two rows share if they are readings of one finding; it needs a fingerprint."""
    return (row.fingerprint, row.title, row.file_path, row.line_start, row.line_end)


def _age(row: Finding) -> _Age:
    return (row.created_at, row.id)
