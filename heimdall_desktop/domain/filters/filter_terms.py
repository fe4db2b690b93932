"""Split the text of a filter into terms and values, each with its position; never fails.

A term is an optional minus, an optional field with its operator, and values separated by commas.
Quotes keep blanks, commas and operators inside a value.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from fnmatch import fnmatchcase, translate

from msgspec import Struct

from heimdall_desktop.domain.comparison import ChangeKind, KnownChanges
from heimdall_desktop.domain.disagreements import (
    Disagreement,
    KnownDisagreements,
    is_proven_and_closed,
    is_unproven_and_upheld,
)
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    ScanId,
    Verdict,
    cwe_number,
)
from heimdall_desktop.domain.facts.reason import Known, KnownReasons, Reason
from heimdall_desktop.domain.proposals import Certainty, KnownCertainties

SYNONYMS = {
    "severity": "sev",
    "confidence": "conf",
    "verdict": "is",
    "path": "file",
    "description": "desc",
    "fingerprint": "fp",
    "repo": "scan",
}
REPEAT, NEW, SNOOZED = "repeat", "new", "snoozed"
CHANGED, UNSEEN = "changed", "unseen"
_TERM = re.compile(
    r"""(?=\S)(?P<minus>-)?(?:(?P<field>[A-Za-z_]+)(?P<operator>>=|<=|!=|>|<|:|=))?
    (?P<value>(?:"[^"]*"?|[^\s"])*)""",
    re.VERBOSE,
)
_VALUE = re.compile(r'(?:"[^"]*"?|[^,"])+')


class Value(Struct, frozen=True):
    """One of the values of a term, without its quotes, and its position in the whole text."""

    text: str
    position: int
    length: int


class Term(Struct, frozen=True):
    """One term and its position; `field` is "" if only a value was typed."""

    position: int
    text: str
    has_minus: bool
    field: str
    operator: str
    value: str

    @property
    def is_excluded(self) -> bool:
        """Whether it excludes what it names: by a minus, or by "!=", but not by both."""
        return self.has_minus is not (self.operator == "!=")

    @property
    def known_field(self) -> str:
        field = self.field.lower()
        return SYNONYMS.get(field, field)

    @property
    def value_position(self) -> int:
        return self.position + len(self.text) - len(self.value)

    @property
    def values(self) -> tuple[Value, ...]:
        """The values between commas outside quotes, without the quotes; empty ones are left out."""
        begin = self.value_position
        found = ((part, part[0].replace('"', "")) for part in _VALUE.finditer(self.value))
        return tuple(
            Value(text, begin + part.start(), len(part[0])) for part, text in found if text.strip()
        )

    @property
    def is_about_repeats(self) -> bool:
        return self.known_field == "show" or self.names(REPEAT)

    @property
    def is_separate(self) -> bool:
        """Whether its field says more than menus know; it stays when they rewrite the field."""
        if self.known_field != "is":
            return self.known_field == "show"
        typed = [value.text.strip().lower() for value in self.values]
        verdicts = ("unverified", "confirmed", "withdrawn")
        return not all(any(word.startswith(text) for word in verdicts) for text in typed)

    def names(self, word: str) -> bool:
        """Return whether it is an `is:` with this word, alone or beside others."""
        return self.known_field == "is" and any(is_word(v.text, word) for v in self.values)


def is_word(text: str, word: str) -> bool:
    return text.strip().lower() in (word, f"{word}s")


def terms_of(text: str) -> Iterator[Term]:
    for found in _TERM.finditer(text):
        minus, field, operator, value = found.groups(default="")
        yield Term(found.start(), found[0], bool(minus), field, operator, value)


# The moments of the filter language: how `new:10m` and `since:14:00` are read.
#
# A moment remains a text, because its meaning changes every minute. Times of day and days are
# those of this computer; findings carry the server's time.


TODAY, YESTERDAY = "today", "yesterday"
_SPAN = re.compile(r"([0-9]{1,5})([smhdw])")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_EARLIEST_YEAR = 1971  # before it, some systems can't compute local time
_LONGEST = timedelta(days=365 * 50)
_STEPS = 600  # of a span until it has passed
_DAY_PACE_S = 30.0
_ANY_DAY = datetime(2026, 7, 4, tzinfo=UTC)


def is_span(text: str) -> bool:
    """Whether a text is a span of time back from now, such as "10m"."""
    return _SPAN.fullmatch(text.casefold()) is not None


def is_moment(text: str) -> bool:
    """Whether a text is a time of day, a day, or both."""
    try:
        _moment_of(text.casefold(), _ANY_DAY)
    except ValueError:
        return False
    return True


def begin_of(text: str, now: datetime) -> datetime:
    """Return when a span or a moment begins; a time of day still to come was yesterday.

    Raises:
        ValueError: it is neither.
    """
    span = _SPAN.fullmatch(text.casefold())
    if span is not None:
        return now.astimezone(UTC) - min(int(span[1]) * _UNITS[span[2]], _LONGEST)
    return _moment_of(text.casefold(), now).astimezone(UTC)  # as in findings: compared much faster


def pace_s(text: str) -> float:
    """Return how often a span or a moment must be computed again to stay right."""
    span = _SPAN.fullmatch(text.casefold())
    if span is None:
        return _DAY_PACE_S
    return max(1.0, int(span[1]) * _UNITS[span[2]].total_seconds() / _STEPS)


def _moment_of(text: str, now: datetime) -> datetime:
    local = now.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if text == TODAY:
        return midnight.astimezone()
    if text == YESTERDAY:
        return (midnight - timedelta(days=1)).astimezone()
    found = _CLOCK.fullmatch(text)
    if found is not None:
        clock = time(int(found[1]), int(found[2]), int(found[3] or 0))
        moment = datetime.combine(midnight.date(), clock).astimezone()
        return moment if moment <= now else (moment - timedelta(days=1))
    if _DAY.match(text) is None:
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    if moment.year < _EARLIEST_YEAR:
        raise ValueError(text)
    return moment.astimezone()


# Tests of a finding: one for each place that a pattern can name.


Test = Callable[[Finding], bool]
LAST_LINE = 10**9


class Place(Enum):
    """The place where a pattern searches; the value is its field in the filter language."""

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
    PROPOSED = "proposed"
    REASON = "reason"
    DISAGREES = "disagrees"


class Knowledge(Struct, frozen=True):
    """What is known about findings that they don't know themselves; None for nothing.

    Attributes:
        changes: what has changed in scans that are compared with earlier ones.
        proposals: how certain the open proposals are.
        reasons: those of decisions, as far as they have been read.
        disagreements: the findings about which two judgements differ.
    """

    changes: KnownChanges | None = None
    proposals: KnownCertainties | None = None
    reasons: KnownReasons | None = None
    disagreements: KnownDisagreements | None = None


NOTHING_KNOWN = Knowledge()


class Circumstances(Knowledge, frozen=True):
    """What no finding knows: the same, the time, and the names of scans."""

    now: datetime | None = None
    names: tuple[tuple[ScanId, str], ...] = ()


Maker = Callable[[str, Circumstances], Test]


# The words of `is:` besides the verdict.
STATES: dict[str, Test] = {
    "open": lambda finding: finding.status is FindingStatus.OPEN,
    "proven": lambda finding: finding.poc_validated,
    "unverified": lambda finding: finding.verdict is Verdict.UNVERIFIED,
    "confirmed": lambda finding: finding.verdict is Verdict.CONFIRMED,
    "withdrawn": lambda finding: finding.verdict is Verdict.WITHDRAWN,
}

# The parts that a finding may have.
PARTS: dict[str, Test] = {
    "fix": lambda finding: finding.has_fix,
    "patch": lambda finding: bool(finding.suggested_patch),
    "proof": lambda finding: finding.proof is not None,
    "cwe": lambda finding: cwe_number(finding.cwe_text) is not None,
    "reference": lambda finding: bool(finding.references),
    "reasoning": lambda finding: bool(finding.agent_reasoning),
    "advisory": lambda finding: (
        bool(finding.cve_id) or any(map((finding.manifest or {}).get, ("advisory_id", "aliases")))
    ),
    "flow": lambda finding: finding.stage == "taint_analysis",
    "code": lambda finding: bool(finding.code_snippet),
}


# What may have happened to a finding since an earlier scan; the later scan has no fixed ones.
CHANGES = {kind.value: kind for kind in (ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.STILL)}

# How sure it is that a finding was decided before; an announced one never has a proposal.
PROPOSED = {
    "any": frozenset(Certainty),
    **{certainty.value: frozenset({certainty}) for certainty in Certainty},
}

#: The words of `reason:`: those of reasons, and what else may be known of one.
REASONS: dict[str, Reason | Known] = {
    str(word.value): word for kind in (Reason, Known) for word in kind
}

# The kinds of disagreements about a finding; an announced one has none.
ANY = "any"
DISAGREEMENTS = (ANY, *(kind.value for kind in Disagreement))

#: Places where an announced finding has no content to search (protocol.md 13).
_UNKNOWN = frozenset(
    {
        *(Place.DESCRIPTION, Place.FILE, Place.LINE, Place.CWE, Place.FINGERPRINT),
        *(Place.HAS, Place.CHANGE, Place.REASON),
    }
)
_UNKNOWN_STATES = frozenset({"open", "proven"})


def is_unknown(place: Place, texts: tuple[str, ...]) -> bool:
    """Whether a pattern is about what is unknown for a finding that was only announced."""
    is_state = place is Place.IS and not _UNKNOWN_STATES.isdisjoint(texts)
    return is_state or place in _UNKNOWN


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


def _proposed(text: str, circumstances: Circumstances) -> Test:
    known, wanted = circumstances.proposals, PROPOSED[text]
    return lambda finding: known is not None and known.of(finding) in wanted


def _reason(text: str, circumstances: Circumstances) -> Test:
    known = KnownReasons({}) if circumstances.reasons is None else circumstances.reasons
    word_of, wanted = known.word, REASONS[text]
    return lambda finding: word_of(finding) is wanted


def _disagrees(text: str, circumstances: Circumstances) -> Test:
    known = circumstances.disagreements
    tests: dict[str, Test] = {
        Disagreement.PROOF.value: is_proven_and_closed,
        Disagreement.UNPROVEN.value: is_unproven_and_upheld,
        Disagreement.OVERRIDE.value: lambda f: known is not None and known.override(f) is not None,
        Disagreement.OVERLAP.value: lambda f: known is not None and known.overlap(f) is not None,
    }
    if text != ANY:
        return tests[text]
    proof, unproven, override, overlap = tests.values()
    return lambda f: proof(f) or unproven(f) or override(f) or overlap(f)


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
    Place.PROPOSED: _proposed,
    Place.REASON: _reason,
    Place.DISAGREES: _disagrees,
}
