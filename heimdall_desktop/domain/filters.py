"""Which findings are shown: a filter as a value, made by the filter language or by code.

Everything a filter asks for must hold. Closed sets hold the words that pass; patterns look into the
texts of a finding. Source: ux.md 2.1, design.md 5 ("Filter field").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from fnmatch import fnmatchcase

from heimdall_desktop.domain.finding import (
    Finding,
    FindingStatus,
    ScanId,
    Severity,
    Source,
    Verdict,
    cwe_number,
)

Test = Callable[[Finding], bool]

ALL_SEVERITIES = frozenset(Severity)
ALL_STATUSES = frozenset(FindingStatus)
ALL_SOURCES = frozenset(Source)
ALL_VERDICTS = frozenset(Verdict)

# Values of `Finding.is_repeat` that pass. Source: heimdall-api.md T-9.
FOLDED = frozenset({False})  # each finding as its newest row
ONLY_REPEATS = frozenset({True})
ALL_ROWS = FOLDED | ONLY_REPEATS

# Whether a finding that passes has a mark as new; who has one is known to the listing.
NEW_OR_SEEN = frozenset({True, False})
ONLY_NEW = frozenset({True})
ONLY_SEEN = frozenset({False})


class Place(Enum):
    """Where a pattern looks."""

    ANYWHERE = "anywhere"
    FILE = "file"
    CWE = "cwe"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a text of a finding must hold, or must not.

    Attributes:
        alternatives: one of them is enough; upper and lower case are the same.
        is_excluded: findings that hold it are left out.
    """

    place: Place
    alternatives: tuple[str, ...]
    is_excluded: bool = False

    def test(self) -> Test:
        """Return the pattern as a function of a finding."""
        wanted = tuple(text.casefold() for text in self.alternatives)
        holds, excluded = _HOLDS[self.place], self.is_excluded
        if len(wanted) == 1:
            text = wanted[0]
            return lambda finding: holds(finding, text) is not excluded
        return lambda finding: any(holds(finding, text) for text in wanted) is not excluded


@dataclass(frozen=True, slots=True)
class Filter:
    """All that a finding must fulfil to be shown.

    Attributes:
        severities, statuses, sources, verdicts: words that pass; all of them by default.
        patterns: each must hold.
        repeats: whether repeats pass, or others, or both; only others by default.
        news: whether new findings pass, or others, or both. The listing tests this: it knows the
            marks (`NewMarks`), a finding does not.
        scan_id: the only scan whose findings are looked at, or None for all of them.
    """

    severities: frozenset[Severity] = ALL_SEVERITIES
    statuses: frozenset[FindingStatus] = ALL_STATUSES
    sources: frozenset[Source] = ALL_SOURCES
    verdicts: frozenset[Verdict] = ALL_VERDICTS
    patterns: tuple[Pattern, ...] = ()
    repeats: frozenset[bool] = FOLDED
    news: frozenset[bool] = NEW_OR_SEEN
    scan_id: ScanId | None = None
    _left_out: bool | None = field(init=False, compare=False, repr=False)
    _other_tests: tuple[Test, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Make the tests once, of what is asked for only."""
        object.__setattr__(self, "_left_out", next(iter(ALL_ROWS - self.repeats), None))
        object.__setattr__(self, "_other_tests", tuple(self._tests_but_severity()))

    @property
    def asks_nothing(self) -> bool:
        """Whether every finding in scope passes, each as its newest row."""
        return self == Filter(scan_id=self.scan_id)

    @property
    def folds_repeats(self) -> bool:
        """Whether of several readings of one finding only the newest passes."""
        return True not in self.repeats

    def is_in_scope(self, finding: Finding) -> bool:
        """Whether the finding belongs to the scan that is looked at."""
        return self.scan_id is None or finding.scan_id == self.scan_id

    def matches(self, finding: Finding) -> bool:
        """Whether the finding is shown."""
        return (
            finding.severity in self.severities
            and self.is_in_scope(finding)
            and self.matches_but_for_severity(finding)
        )

    def matches_but_for_severity(self, finding: Finding) -> bool:
        """Whether a finding in scope would be shown if its severity were not asked for."""
        if finding.is_repeat is self._left_out:  # a test among the others takes twice as long
            return False
        for test in self._other_tests:  # noqa: SIM110, a generator makes it twice as slow
            if not test(finding):
                return False
        return True

    def _tests_but_severity(self) -> Iterator[Test]:
        if not self.repeats:
            yield lambda _finding: False
        if self.statuses != ALL_STATUSES:
            yield lambda finding: finding.status in self.statuses
        if self.sources != ALL_SOURCES:
            yield lambda finding: finding.source in self.sources
        if self.verdicts != ALL_VERDICTS:
            yield lambda finding: finding.verdict in self.verdicts
        for pattern in self.patterns:
            yield pattern.test()


def _holds_anywhere(finding: Finding, text: str) -> bool:
    row = finding
    cwe = row.cwe_text or ""
    return text in f"{row.title}\n{row.file_path}\n{cwe}\n{row.fingerprint}\n{row.id}".casefold()


def _holds_file(finding: Finding, text: str) -> bool:
    path = finding.file_path.casefold()
    if not any(wild in text for wild in "*?["):
        return text in path
    return fnmatchcase(path, text) or fnmatchcase(path.rpartition("/")[2], text)


def _holds_cwe(finding: Finding, text: str) -> bool:
    return cwe_number(finding.cwe_text) == int(text)


_HOLDS: dict[Place, Callable[[Finding, str], bool]] = {
    Place.ANYWHERE: _holds_anywhere,
    Place.FILE: _holds_file,
    Place.CWE: _holds_cwe,
}
