"""Counts kept up one by one are those of a count of everything."""

from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.filters.filter import ONLY_NEW, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.finding_index import ListingCounts
from heimdall_desktop.domain.table.ordered_rows import NewMarks
from tests.fakes.findings import SCAN_ID, finding_id, make_finding

FINDINGS = (
    make_finding(0, severity=Severity.CRITICAL, suggested_patch="+"),
    make_finding(1, severity=Severity.CRITICAL, is_repeat=True),
    make_finding(2, severity=Severity.HIGH),
    make_finding(3, severity=Severity.LOW, suggested_patch="+"),
    make_finding(4, severity=Severity.LOW, scan_id=ScanId("another")),
)
WITHDRAWN = (
    make_finding(5, severity=Severity.CRITICAL, status=FindingStatus.FALSE_POSITIVE),
    make_finding(6, severity=Severity.HIGH, status=FindingStatus.DISMISSED, suggested_patch="+"),
)


def marks_of(*numbers: int) -> NewMarks:
    marks = NewMarks()
    for number in numbers:
        marks.read(finding_id(number), SCAN_ID, is_news=True)
    return marks


def told(counts: ListingCounts) -> dict[str, Any]:
    names = ("total", "repeats", "folded", "new", "fixes", "hidden_criticals", "hidden_closed")
    by = {"by": +counts.severities, "by former": +counts.former}
    return {name: getattr(counts, name) for name in names} | by


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(scan_id=SCAN_ID),
        Filter(news=ONLY_NEW),
        *map(parse_filter, ("sev>=high", "-has:fix", "has:fix sev:low", "show:repeats", "nowhere")),
        *map(
            parse_filter, ("is:withdrawn", "is:withdrawn sev:critical", "status:open", "sev!=low")
        ),
    ],
)
def test_one_by_one_as_all_at_once(wanted: Filter) -> None:
    marks, rows = marks_of(0, 3), (*FINDINGS, *WITHDRAWN)
    kept, anew = ListingCounts(wanted, marks), ListingCounts(Filter(), marks)
    for finding in (*rows, FINDINGS[0]):
        kept.count(finding, 1)
        anew.count(finding, 1)
    kept.count(FINDINGS[0], -1)
    anew.count(FINDINGS[0], -1)
    anew.use(wanted)
    scope = [finding for finding in rows if wanted.is_in_scope(finding)]

    def is_fitting(finding: Finding) -> bool:
        return marks.fit(finding.id, wanted.news)

    passing = list(filter(is_fitting, filter(wanted.matches_but_for_severity, scope)))
    anew.count_severities(passing)
    anew.count_new([FINDINGS[0], FINDINGS[3]])
    anew.count_fixes([row for row in passing if wanted.matches(row)], lambda: scope)
    assert told(kept) == told(anew)


def test_scopes_are_counted_each() -> None:
    counts = ListingCounts(Filter(), NewMarks())
    for finding in FINDINGS:
        counts.count(finding, 1)
    assert (counts.total, counts.repeats) == (5, 1)
    counts.use(Filter(scan_id=ScanId("another")))
    assert (counts.total, counts.repeats) == (1, 0)


def test_hidden_criticals_are_those_in_scope_that_do_not_pass() -> None:
    counts = ListingCounts(parse_filter("sev:low"), NewMarks())
    for finding in FINDINGS:
        counts.count(finding, 1)
    assert (counts.hidden_criticals, counts.folded) == (1, 1)
    counts.use(parse_filter("sev:low show:repeats"))
    assert (counts.hidden_criticals, counts.folded) == (2, 0)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        *(("", 0), ("sev:critical", 2), ("sev>=low", 2), ("has:fix", 1), ("is:withdrawn", 0)),
        *(("is:withdrawn sev:critical", 1), ("status:dismissed sev:critical", 2)),
    ],
)
def test_withdrawn_findings_count_under_no_severity(text: str, hidden: int) -> None:
    counts = ListingCounts(parse_filter(text), NewMarks())
    for finding in (FINDINGS[0], *WITHDRAWN):
        counts.count(finding, 1)
    assert counts.hidden_closed == hidden
    assert set(+counts.severities) <= {Severity.CRITICAL}
    assert counts.severities[Severity.CRITICAL] == ("is:" not in text and "status" not in text)


def test_what_is_seen_is_new_no_more() -> None:
    counts = ListingCounts(Filter(), marks_of(0, 3))
    counts.count_new([FINDINGS[0], FINDINGS[3]])
    counts.see([FINDINGS[3]])
    assert counts.new == 1
