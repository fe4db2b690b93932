"""Filters as values, made by the filter language or by code: which findings are shown.

All conditions of a filter must hold; unknown properties of an announced finding pass. Closed sets
hold the words that pass; patterns search in a finding. A filter receives what a finding doesn't
know itself through `under`: the time, the names of scans, their changes, proposals, reasons and
disagreements. The `Listing` knows which findings are new, and it alone tests `news`.
Source: behaviour.md 2.1, 2.2; look.md 5 ("Filter field").
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
    Source,
    Verdict,
)
from heimdall_desktop.domain.facts.seen import News
from heimdall_desktop.domain.filters.filter_terms import (
    NOTHING_KNOWN,
    TESTS,
    Circumstances,
    Knowledge,
    Place,
    Test,
    begin_of,
    is_unknown,
    pace_s,
)

ALL_SEVERITIES = frozenset(Severity)
ALL_STATUSES = frozenset(FindingStatus)
ALL_CONFIDENCES = frozenset(Confidence)
ALL_SOURCES = frozenset(Source)
ALL_VERDICTS = frozenset(Verdict)
_WITHDRAWN = frozenset({Verdict.WITHDRAWN})
_CLOSED_STATUSES = frozenset(
    {FindingStatus.FALSE_POSITIVE, FindingStatus.DISMISSED, FindingStatus.FIXED}
)


class FindingStage(Enum):
    """A stage that finds something; the value is its name. Source: behaviour.md 2.2."""

    HUNT = "hunt"
    STATIC_ANALYSIS = "static_analysis"
    TAINT_ANALYSIS = "taint_analysis"
    CONFIG_SCAN = "config_scan"


ALL_STAGES = frozenset(FindingStage)
FINDING_STAGES = frozenset(stage.value for stage in FindingStage)

EITHER = frozenset({False, True})  # either state passes
ONLY = frozenset({True})
NONE_OF_THEM = frozenset({False})

# Whether a finding that passes is new, or has changed since it was seen; the listing knows that.
ANY_NEWS = frozenset(News)
ONLY_NEW = frozenset({News.NEW})
ONLY_CHANGED = frozenset({News.CHANGED})
UNSEEN = ONLY_NEW | ONLY_CHANGED

# Values of `Finding.is_repeat` that pass. Source: protocol.md T-9.
FOLDED = NONE_OF_THEM  # each finding as its newest row
ONLY_REPEATS = ONLY
ALL_ROWS = EITHER

# Whether a finding that passes is snoozed.
ONLY_SNOOZED = ONLY
AWAKE = NONE_OF_THEM


class Pattern(Struct, frozen=True):
    """A text that a finding must hold at some place, or must not.

    Attributes:
        alternatives: one of them is enough; case is ignored.
        is_excluded: findings that hold it are excluded.
    """

    place: Place
    alternatives: tuple[str, ...]
    is_excluded: bool = False

    def test(self, circumstances: Circumstances) -> Test:
        tests = [TESTS[self.place](text.casefold(), circumstances) for text in self.alternatives]
        excluded, first = self.is_excluded, tests[0]

        def holds_any(finding: Finding) -> bool:
            for holds in tests:  # `any` of a generator takes three times as long
                if holds(finding):
                    return not excluded
            return excluded

        known: Test = holds_any
        if len(tests) == 1:
            known = (lambda finding: not first(finding)) if excluded else first
        if is_unknown(self.place, self.alternatives):
            return lambda finding: finding.is_announced or known(finding)
        return known


class _Tests(Struct, frozen=True, eq=False):
    """The tests of a filter. They follow from its other fields, so filters compare without them."""

    fits_severity: Test
    left_out: bool | None
    left_out_awake: bool | None
    others: tuple[Test, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tests)

    def __hash__(self) -> int:
        return hash(_Tests)


_NOT_MADE = _Tests(lambda _finding: True, None, None, ())


class Filter(Struct, frozen=True):
    """All conditions that a finding must fulfil to be shown.

    Attributes:
        severities, statuses, confidences, sources, verdicts, stages: words that pass; all of them
            by default. Withdrawn and fixed findings count under no severity; their earlier one
            finds them only if the filter shows nothing else.
        patterns: each must hold.
        fixes: whether findings with a fix pass, or those without, or both.
        news: whether new, changed and seen findings pass. The listing tests this: it knows which
            are (`NewMarks`), a finding does not.
        repeats: whether repeats pass, or others, or both; only others by default.
        snoozed: whether snoozed findings pass, or others, or both; only others by default.
        scan_id: the only scan whose findings are checked, or None for all of them.
        circumstances: the values from `under`; empty if nothing here depends on them.
    """

    severities: frozenset[Severity] = ALL_SEVERITIES
    statuses: frozenset[FindingStatus] = ALL_STATUSES
    confidences: frozenset[Confidence] = ALL_CONFIDENCES
    sources: frozenset[Source] = ALL_SOURCES
    verdicts: frozenset[Verdict] = ALL_VERDICTS
    stages: frozenset[FindingStage] = ALL_STAGES
    patterns: tuple[Pattern, ...] = ()
    fixes: frozenset[bool] = EITHER
    news: frozenset[News] = ANY_NEWS
    repeats: frozenset[bool] = FOLDED
    snoozed: frozenset[bool] = AWAKE
    scan_id: ScanId | None = None
    circumstances: Circumstances = Circumstances()
    _tests: _Tests = _NOT_MADE  # follows from the fields above; any given value is replaced

    def __post_init__(self) -> None:
        """Make the tests once, only for the given conditions."""
        left_out = next(iter(ALL_ROWS - self.repeats), None)
        awake = {ONLY_SNOOZED: True, AWAKE: False}.get(self.snoozed)
        wanted, others = self.severities, tuple(self._make_other_tests())
        fits_severity: Test = (
            (lambda finding: finding.severity in wanted)
            if self.goes_by_former
            else (lambda finding: finding.counts_as in wanted)
        )
        force_setattr(self, "_tests", _Tests(fits_severity, left_out, awake, others))

    @property
    def goes_by_former(self) -> bool:
        """Whether only withdrawn or fixed findings can be meant, or any severity passes."""
        is_all_closed = self.statuses <= _CLOSED_STATUSES or self.verdicts <= _WITHDRAWN
        return is_all_closed or self.severities == ALL_SEVERITIES

    @property
    def fits_severity(self) -> Test:
        return self._tests.fits_severity

    @property
    def asks_little(self) -> bool:
        """Whether all pass apart from severity, fix, news, being a repeat and being snoozed."""
        return not self._tests.others

    @property
    def folds_repeats(self) -> bool:
        """Whether only the newest of several readings of one finding passes."""
        return True not in self.repeats

    def matches_but_for_severity(self, finding: Finding) -> bool:
        """Whether a finding in scope would be shown without the condition on severity."""
        return self.fits_fix(finding) and self.matches_others(finding)

    def is_in_scope(self, finding: Finding) -> bool:
        return self.scan_id is None or finding.scan_id == self.scan_id

    def matches(self, finding: Finding) -> bool:
        """Whether the finding is shown, as far as that is known without the marks of new ones."""
        return (
            self._tests.fits_severity(finding)
            and self.is_in_scope(finding)
            and self.fits_fix(finding)
            and self.matches_others(finding)
        )

    def fits_fix(self, finding: Finding) -> bool:
        """Whether it passes the condition on a fix; if that is unknown, it does."""
        return finding.has_fix in self.fixes or finding.is_announced

    def matches_others(self, finding: Finding) -> bool:
        """Whether a finding in scope would be shown apart from its severity and its fix."""
        tests = self._tests
        if finding.is_repeat is tests.left_out:  # a test among the others takes twice as long
            return False
        if (finding.snoozed_until is None) is tests.left_out_awake:
            return False
        for test in tests.others:  # noqa: SIM110, a generator makes it twice as slow
            if not test(finding):
                return False
        return True

    # -- time and names --

    @property
    def asks_for_changes(self) -> bool:
        return any(pattern.place is Place.CHANGE for pattern in self.patterns)

    @property
    def asks_for_proposals(self) -> bool:
        return any(pattern.place is Place.PROPOSED for pattern in self.patterns)

    @property
    def asks_for_reasons(self) -> bool:
        return any(pattern.place is Place.REASON for pattern in self.patterns)

    @property
    def asks_for_disagreements(self) -> bool:
        return any(pattern.place is Place.DISAGREES for pattern in self.patterns)

    def under(
        self, now: datetime, names: Mapping[ScanId, str], known: Knowledge = NOTHING_KNOWN
    ) -> "Filter":
        places = {pattern.place for pattern in self.patterns}
        circumstances = Circumstances(
            known.changes if Place.CHANGE in places else None,
            known.proposals if Place.PROPOSED in places else None,
            known.reasons if Place.REASON in places else None,
            known.disagreements if Place.DISAGREES in places else None,
            now if places & _TIMED else None,
            tuple(sorted(names.items())) if Place.SCAN in places else (),
        )
        return (
            self
            if circumstances == self.circumstances
            else replace(self, circumstances=circumstances)
        )

    @property
    def pace_s(self) -> float | None:
        """How often it needs the current time; None if it doesn't depend on it."""
        texts = [text for pattern in self._timed() for text in pattern.alternatives]
        return min(map(pace_s, texts), default=None)

    def is_later(self, other: "Filter") -> bool:
        """Whether this is another filter with the same conditions at another moment."""
        at_that_time = replace(self.circumstances, now=other.circumstances.now)
        return self != other and replace(self, circumstances=at_that_time) == other

    def begins(self) -> list[datetime]:
        """Return the moments at which its time conditions begin, in a fixed order."""
        now = self.circumstances.now
        if now is None:
            return []
        timed = self._timed()
        return [begin_of(text, now) for pattern in timed for text in pattern.alternatives]

    def _timed(self) -> Iterator[Pattern]:
        return (pattern for pattern in self.patterns if pattern.place in _TIMED)

    def _make_other_tests(self) -> Iterator[Test]:
        if not (self.repeats and self.snoozed):
            yield lambda _finding: False
        if self.statuses != ALL_STATUSES:
            yield lambda finding: finding.status in self.statuses or finding.is_announced
        if self.confidences != ALL_CONFIDENCES:
            yield lambda finding: finding.confidence in self.confidences or finding.is_announced
        if self.sources != ALL_SOURCES:
            yield lambda finding: finding.source in self.sources or finding.is_announced
        if self.verdicts != ALL_VERDICTS:
            yield lambda finding: finding.verdict in self.verdicts
        if self.stages != ALL_STAGES:
            names = frozenset(stage.value for stage in self.stages)
            yield (
                lambda finding: (
                    finding.stage in names
                    or (finding.is_announced and finding.stage not in FINDING_STAGES)
                )
            )
        for pattern in self.patterns:
            yield pattern.test(self.circumstances)


_TIMED = frozenset({Place.NEW, Place.SINCE})
