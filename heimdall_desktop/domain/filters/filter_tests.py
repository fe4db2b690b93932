"""How a filter looks into a finding: one test for each place a pattern can name."""

import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from fnmatch import fnmatchcase, translate

from msgspec import Struct

from heimdall_desktop.domain.comparison import ChangeKind, KnownChanges
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    ScanId,
    Verdict,
    cwe_number,
)
from heimdall_desktop.domain.filters.filter_moments import begin_of

Test = Callable[[Finding], bool]
LAST_LINE = 10**9


class Place(Enum):
    """Where a pattern looks; the value is its field in the filter language."""

    ANYWHERE = ""
    TITLE = "title"
    DESCRIPTION = "desc"
    FILE = "file"
    LINE = "line"
    CWE = "cwe"
    FINGERPRINT = "fp"
    ID = "id"
    SCAN = "scan"
    IS = "is"
    HAS = "has"
    NEW = "new"
    SINCE = "since"
    CHANGE = "change"


class Circumstances(Struct, frozen=True):
    """What no finding knows: the time, what scans are called, what has changed in them."""

    now: datetime | None = None
    names: tuple[tuple[ScanId, str], ...] = ()
    changes: KnownChanges | None = None


Maker = Callable[[str, Circumstances], Test]


def _has_advisory(finding: Finding) -> bool:
    manifest = finding.manifest or {}
    return bool(finding.cve_id or manifest.get("advisory_id") or manifest.get("aliases"))


# What `is:` says of a finding beside its verdict.
STATES: dict[str, Test] = {
    "open": lambda finding: finding.status is FindingStatus.OPEN,
    "proven": lambda finding: finding.poc_validated,
    "unverified": lambda finding: finding.verdict is Verdict.UNVERIFIED,
    "confirmed": lambda finding: finding.verdict is Verdict.CONFIRMED,
    "withdrawn": lambda finding: finding.verdict is Verdict.WITHDRAWN,
}

# What a finding may hold.
PARTS: dict[str, Test] = {
    "fix": lambda finding: finding.has_fix,
    "patch": lambda finding: bool(finding.suggested_patch),
    "proof": lambda finding: finding.proof is not None,
    "cwe": lambda finding: cwe_number(finding.cwe_text) is not None,
    "reference": lambda finding: bool(finding.references),
    "reasoning": lambda finding: bool(finding.agent_reasoning),
    "advisory": _has_advisory,
    "flow": lambda finding: finding.stage == "taint_analysis",
    "code": lambda finding: bool(finding.code_snippet),
}


# What may have become of a finding since an earlier scan; what is fixed is none of the later one.
CHANGES = {kind.value: kind for kind in (ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.STILL)}

#: Where an announced finding has nothing to look into (heimdall-api.md 13).
_UNTOLD = frozenset(
    {
        *(Place.DESCRIPTION, Place.FILE, Place.LINE, Place.CWE, Place.FINGERPRINT),
        *(Place.HAS, Place.CHANGE),
    }
)
_UNTOLD_STATES = frozenset({"open", "proven"})


def is_untold(place: Place, texts: tuple[str, ...]) -> bool:
    """Whether a pattern asks for what is unknown of a finding that was only announced."""
    is_state = place is Place.IS and not _UNTOLD_STATES.isdisjoint(texts)
    return is_state or place in _UNTOLD


def line_range(text: str) -> tuple[int, int] | None:
    """Return first and last line of "88", "80-92", "80-" or "-92"; None if it is none of these."""
    first, dash, last = text.partition("-")
    if not dash:
        last = first
    if not all(bound.isdecimal() and bound.isascii() for bound in (first, last) if bound):
        return None
    if not (first or last) or max(len(first), len(last)) > len(str(LAST_LINE)):
        return None
    return int(first or 0), int(last or LAST_LINE)


def has_wildcard(text: str) -> bool:
    """Whether a text is matched as a whole, with wildcards, and not as a part."""
    return any(wild in text for wild in "*?[")


def _anywhere(text: str, _: Circumstances) -> Test:
    def holds(f: Finding) -> bool:
        if text in f.title.casefold():
            return True
        return text in f"{f.file_path}\n{f.cwe_text or ''}\n{f.fingerprint}\n{f.id}".casefold()

    return holds


def _file(text: str, _: Circumstances) -> Test:
    if not has_wildcard(text):
        return lambda finding: text in finding.file_path.casefold()

    fits = re.compile(translate(text)).match

    def holds(finding: Finding) -> bool:
        path = finding.file_path.casefold()
        return fits(path) is not None or fits(path.rpartition("/")[2]) is not None

    return holds


def _line(text: str, _: Circumstances) -> Test:
    first, last = line_range(text) or (1, 0)

    def holds(finding: Finding) -> bool:
        start, end = finding.line_start, finding.line_end
        if end is None:
            return first <= start <= last
        return (start if start < end else end) <= last and (end if start < end else start) >= first

    return holds


def _cwe(text: str, _: Circumstances) -> Test:
    number = int(text)
    return lambda finding: cwe_number(finding.cwe_text) == number


def _scan(text: str, circumstances: Circumstances) -> Test:
    is_wild = has_wildcard(text)
    meant = frozenset(
        scan_id
        for scan_id, name in circumstances.names
        if (fnmatchcase(name.casefold(), text) if is_wild else text in name.casefold())
    )
    return lambda finding: finding.scan_id in meant or finding.scan_id.startswith(text)


def _since(text: str, circumstances: Circumstances) -> Test:
    if circumstances.now is None:
        return lambda _finding: True
    begin = begin_of(text, circumstances.now)
    return lambda finding: finding.created_at >= begin


def _change(text: str, circumstances: Circumstances) -> Test:
    known, kind = circumstances.changes, CHANGES[text]

    def passes(finding: Finding) -> bool:
        row = None if known is None else known.of(finding)
        return row is not None and row.kind is kind

    return passes


TESTS: dict[Place, Maker] = {
    Place.ANYWHERE: _anywhere,
    Place.TITLE: lambda text, _: lambda finding: text in finding.title.casefold(),
    Place.DESCRIPTION: lambda text, _: lambda f: text in (f.description or "").casefold(),
    Place.FILE: _file,
    Place.LINE: _line,
    Place.CWE: _cwe,
    Place.FINGERPRINT: lambda text, _: lambda f: f.fingerprint.casefold().startswith(text),
    Place.ID: lambda text, _: lambda finding: finding.id.casefold().startswith(text),
    Place.SCAN: _scan,
    Place.IS: lambda text, _: STATES[text],
    Place.HAS: lambda text, _: PARTS[text],
    Place.NEW: _since,
    Place.SINCE: _since,
    Place.CHANGE: _change,
}
