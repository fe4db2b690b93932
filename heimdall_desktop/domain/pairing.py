"""Which rows of two scans of a repository are one finding, and hashes by which that is found later.

The server's fingerprint is a hash of rule or title, path and line number: after one inserted line
it may belong to the neighbouring finding, so it is not used at all. Source: protocol.md 4.5.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    NO_CODE,
    Finding,
    FindingId,
    FindingStatus,
    Severity,
    code_mark,
    cwe_number,
)
from heimdall_desktop.domain.facts.reason import Reason

HASH_BYTES = 16
KEY_BYTES = 32

_Place = tuple[str, object, str]  # path, CWE and title
_Code = tuple[str, object, str, str, str]  # and source and `code_mark`
_NO_CODE = ("", NO_CODE)

Pair = tuple[Finding, bool]
"""The row of an earlier scan that a row of a later one is, and whether that is exact."""


class ScanRows(NamedTuple):
    """The rows of a scan by what identifies them.

    Attributes:
        by_code: by place, source and code.
        unsure: the places with a row of unknown code.
        is_whole: it has ended and was read to the end; otherwise no row is known to be unique.
    """

    by_code: dict[_Code, list[Finding]]
    unsure: set[_Place]
    is_whole: bool

    def unique(self) -> set[FindingId]:
        """Return the rows with code that no other row has in its place."""
        if not self.is_whole:
            return set()
        return {
            rows[0].id
            for key, rows in self.by_code.items()
            if len(rows) == 1 and key[4] not in _NO_CODE and key[:3] not in self.unsure
        }


def scan_rows(rows: Iterable[Finding], *, is_whole: bool = True) -> ScanRows:
    """Return all rows of a scan by what identifies them."""
    found: dict[_Code, list[Finding]] = {}
    unsure: set[_Place] = set()
    for row in rows:
        if row.is_announced or not (row.title or row.file_path):
            continue
        key = _code_of(row)
        alike = found.get(key)
        if alike is None:
            found[key] = [row]
        else:
            alike.append(row)
        if not key[4]:
            unsure.add(key[:3])
    return ScanRows(found, unsure, is_whole)


def _code_of(row: Finding) -> _Code:
    cwe = cwe_number(row.cwe_text) or row.cwe_text
    return (row.file_path, cwe, row.title, row.source_text, code_mark(row))


def pair_rows(
    earlier: ScanRows, later: ScanRows, *, needs_code: bool = True
) -> dict[FindingId, Pair]:
    """Return which row of an earlier scan each row of a later one is; each row is in one pair.

    Decided or not, all rows take part. If one of the scans may lack rows, no pair is exact.

    Args:
        earlier: all rows of one scan.
        later: all rows of the other.
        needs_code: rows without code, such as those of dependencies, are never paired exactly.
    """
    former_rows, are_whole = dict(earlier.by_code), earlier.is_whole and later.is_whole
    pairs: dict[FindingId, Pair] = {}
    left: list[tuple[_Code, Finding]] = []
    for key, rows in later.by_code.items():
        was = former_rows.pop(key, None) if key[4] else None
        if was is None:
            left += [(key, row) for row in rows]
        elif len(was) == len(rows) == 1:
            is_known = are_whole and not (needs_code and key[4] == NO_CODE)
            if is_known and (earlier.unsure or later.unsure):
                is_known = key[:3] not in earlier.unsure and key[:3] not in later.unsure
            pairs[rows[0].id] = (was[0], is_known)
        else:
            rest, more = _pair_in_order(was, rows, pairs)
            left += [(key, row) for row in more]
            if rest:
                former_rows[key] = rest
    former = [(key, row) for key, rows in former_rows.items() for row in rows]
    if former and left:  # first the code under another path, then another code in its place
        for kind in (_moved, _edited):
            former, left = _pair_alike(former, left, kind, pairs)
    return pairs


def _moved(key: _Code) -> object:
    path, cwe, title, source, mark = key
    return (cwe, _without(path, title), source, mark) if mark not in _NO_CODE else None


def _without(path: str, title: str) -> str:
    """Return a title without the path, which some titles have."""
    return title.replace(path, "") if path and path in title else title


def _edited(key: _Code) -> object:
    return key[:3] if key[0] and key[2] else None


def _pair_alike(
    former: list[tuple[_Code, Finding]],
    left: list[tuple[_Code, Finding]],
    kind: Callable[[_Code], object],
    pairs: dict[FindingId, Pair],
) -> tuple[list[tuple[_Code, Finding]], list[tuple[_Code, Finding]]]:
    """Pair rows that are of one kind; return those of each scan that are left."""
    both: defaultdict[object, tuple[list[Finding], list[Finding]]]
    both = defaultdict(lambda: ([], []))
    for side, rows in enumerate((former, left)):
        for key, row in rows:
            both[kind(key)][side].append(row)
    unkind = both.pop(None, ([], []))
    old, new = {row.id for row in unkind[0]}, {row.id for row in unkind[1]}
    for was, now in both.values():
        rest, more = _pair_in_order(was, now, pairs) if was and now else (was, now)
        old.update(row.id for row in rest)
        new.update(row.id for row in more)
    return [each for each in former if each[1].id in old], [
        each for each in left if each[1].id in new
    ]


def _pair_in_order(
    was: list[Finding], now: list[Finding], pairs: dict[FindingId, Pair]
) -> tuple[list[Finding], list[Finding]]:
    """Pair rows that look alike: those in the same line first, the others in order.

    None of these pairs is exact.
    """
    if len(was) > 1 or len(now) > 1:
        at: defaultdict[tuple[str, int], list[Finding]] = defaultdict(list)
        for row in sorted(was, key=_by_line):
            at[row.file_path, row.line_start].append(row)
        moved = []
        for row in sorted(now, key=_by_line):
            same = at.get((row.file_path, row.line_start))
            if same:
                pairs[row.id] = (same.pop(0), False)
            else:
                moved.append(row)
        was, now = [row for rows in at.values() for row in rows], moved
    for before, after in zip(was, now, strict=False):
        pairs[after.id] = (before, False)
    count = min(len(was), len(now))
    return was[count:], now[count:]


def _by_line(row: Finding) -> tuple[str, int, FindingId]:
    return row.file_path, row.line_start, row.id


# Decisions that outlive their scans: hashes with a key of the profile, so that no one can look up
# of which code or place they are.


class Owner(NamedTuple):
    """Whose decisions these are.

    Attributes:
        server: its address; "" for folders of this computer.
        account: a hash of the account.
        repo: its id there, or a hash of a folder's path.
    """

    server: str
    account: str
    repo: str


class Trace(NamedTuple):
    """Hashes of a row: of its place, and with its code; "" where that has none or is unknown.

    Attributes:
        is_unique: no other row of its scan has both.
    """

    place: str
    code: str
    is_unique: bool


class KeptDecision(Struct, frozen=True, gc=False):
    """A decision as it is kept after its scan: no title, no path, no code.

    Attributes:
        finding: hash of the finding's id; for a rejection, of what it was rejected for.
        trace: hashes of place and code.
        status: None if only the severity was decided, or nothing any longer (`is_open`).
        severity: one that was set by hand.
        was, was_proven: the severity that the scan gave it, and whether it was proven.
        at: when it was decided; for a rejection, decisions up to then are rejected.
        scan_at: when its scan was created.
        is_here: this program made it.
        is_rejection: proposals for these hashes were rejected.
    """

    owner: Owner
    finding: str
    trace: Trace
    status: FindingStatus | None
    severity: Severity | None
    reason: Reason | None
    was: Severity
    was_proven: bool
    at: datetime
    scan_at: datetime
    is_here: bool = False
    is_rejection: bool = False

    def agrees(self, row: Finding) -> bool:
        """Return whether a row of its finding still has what was decided."""
        is_decided = row.status not in (FindingStatus.OPEN, FindingStatus.OTHER)
        if self.status is not (row.status if is_decided else None):
            return False
        return self.severity in (None, row.severity)

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided any longer, so that it is deleted."""
        return self.status is None and self.severity is None and not self.is_rejection


class Hasher:
    """Makes the hashes of one profile.

    Args:
        key: random, `KEY_BYTES` long.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, *parts: str) -> str:
        text = "".join([f"{len(part)}:{part}" for part in parts])
        hashed = blake2b(text.encode("utf-8", "replace"), key=self._key, digest_size=HASH_BYTES)
        return hashed.hexdigest()

    def trace(self, row: Finding, *, is_unique: bool) -> Trace:
        """Return the hashes of a row; `is_unique` if `ScanRows.unique` has it."""
        return self._trace_of(_code_of(row), is_unique=is_unique)

    def traces(self, rows: ScanRows) -> dict[FindingId, Trace]:
        """Return the hashes of all rows of a scan that can be identified."""
        unique, found = rows.unique(), dict[FindingId, Trace]()
        for key, alike in rows.by_code.items():
            trace = self._trace_of(key, is_unique=alike[0].id in unique)
            found.update((row.id, trace) for row in alike)
        return found

    def _trace_of(self, key: _Code, *, is_unique: bool) -> Trace:
        path, cwe, title, source, mark = key
        place, code = self.of("place", path, str(cwe), title), ""
        if mark not in _NO_CODE:
            code = self.of("code", source, str(cwe), _without(path, title), mark)
        return Trace(place, code, is_unique and bool(code))


def pair_kept(
    kept: Collection[KeptDecision], traces: Mapping[FindingId, Trace]
) -> dict[FindingId, tuple[KeptDecision, bool]]:
    """Return the newest kept decision about each row, and whether it is exact.

    A decision whose own code is there is about no other row. What has another code, or is under
    another path, is paired only if that is unambiguous: not more rows than decisions, which agree.

    Args:
        kept: decisions of earlier scans of the repository.
        traces: of all rows of the later scan.
    """
    newest: dict[tuple[str, str], KeptDecision] = {}
    for each in sorted(kept, key=lambda each: each.at):
        newest[each.trace[:2]] = each
    rows: defaultdict[tuple[str, str], list[FindingId]] = defaultdict(list)
    for finding_id, trace in traces.items():
        rows[trace[:2]].append(finding_id)
    pairs: dict[FindingId, tuple[KeptDecision, bool]] = {}
    left = {}
    for key, each in newest.items():
        same = rows.pop(key, [])
        for finding_id in same:
            is_exact = each.trace.is_unique and traces[finding_id].is_unique
            pairs[finding_id] = (each, is_exact)
        if not same:
            left[key] = each
    for part in (1, 0):  # the code under another path, then another code in its place
        former: defaultdict[str, list[KeptDecision]] = defaultdict(list)
        for key, each in left.items():
            former[key[part]].append(each)
        later: defaultdict[str, list[FindingId]] = defaultdict(list)
        for key, found in rows.items():
            if key[part] in former:
                later[key[part]] += found
        for word, found in later.items():
            decided = former[word]
            agree = len({(each.status, each.severity) for each in decided}) == 1
            if word and agree and len(found) <= len(decided):
                for finding_id, each in zip(found, reversed(decided), strict=False):
                    pairs[finding_id] = (each, False)
                    left.pop(each.trace[:2], None)
        rows = defaultdict(
            list, {key: [e for e in found if e not in pairs] for key, found in rows.items()}
        )
    return pairs
