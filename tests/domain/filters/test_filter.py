"""A filter passes what it asks for, and counts severities apart from the rest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.comparison import KnownChanges, compare
from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.reason import GivenReason, KnownReasons, ReadReason, Reason
from heimdall_desktop.domain.filters import filter
from heimdall_desktop.domain.filters.filter_language import FilterError, parse_filter
from heimdall_desktop.domain.filters.filter_terms import (
    Knowledge,
    Place,
    begin_of,
    is_moment,
    is_span,
    pace_s,
)
from heimdall_desktop.domain.proposals import Certainty, Proposals
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding
from tests.fakes.proposals import make_proposal, proposals_for

FINDING = make_finding(
    7,
    title="SQL built from Request",
    file_path="shop/api/orders.py",
    cwe_text="cwe-89: SQL Injection",
    fingerprint="AbCd",
)


def anywhere(*texts: str, is_excluded: bool = False) -> filter.Filter:
    return filter.Filter(patterns=(filter.Pattern(Place.ANYWHERE, texts, is_excluded),))


@pytest.mark.parametrize("text", ["sql built", "ORDERS.PY", "cwe-89", "abcd", FINDING.id[-6:]])
def test_text_is_found_in_title_path_cwe_fingerprint_and_id(text: str) -> None:
    assert anywhere(text).matches(FINDING)
    assert anywhere("xss", text).matches(FINDING), "one of them"
    assert not anywhere(text, is_excluded=True).matches(FINDING)


def test_text_that_is_nowhere_hides_unless_excluded() -> None:
    assert not anywhere("xss").matches(FINDING)
    assert anywhere("xss", is_excluded=True).matches(FINDING)
    assert filter.Filter().matches(FINDING)


@pytest.mark.parametrize(
    ("pattern", "passes"),
    [
        *(("*.py", True), ("orders.py", True), ("orders.*", True), ("shop/*/orders.py", True)),
        *(("API", True), ("*.js", False), ("[", False)),
    ],
)
def test_a_file_is_matched_by_wildcards_or_as_a_part(pattern: str, passes: bool) -> None:
    wanted = filter.Filter(patterns=(filter.Pattern(Place.FILE, (pattern,)),))
    assert wanted.matches(FINDING) is passes


@pytest.mark.parametrize(("number", "passes"), [("89", True), ("089", True), ("8", False)])
def test_a_cwe_is_matched_as_a_number(number: str, passes: bool) -> None:
    wanted = filter.Filter(patterns=(filter.Pattern(Place.CWE, (number,)),))
    assert wanted.matches(FINDING) is passes
    assert not wanted.matches(make_finding(cwe_text=None))


def test_closed_sets_hold_what_passes() -> None:
    assert not filter.Filter(severities=frozenset({finding.Severity.LOW})).matches(FINDING)
    assert not filter.Filter(severities=frozenset()).matches(FINDING)
    assert not filter.Filter(statuses=frozenset({finding.FindingStatus.FIXED})).matches(FINDING)
    assert not filter.Filter(sources=frozenset({finding.Source.CONFIG})).matches(FINDING)
    assert filter.Filter(verdicts=frozenset({finding.Verdict.UNVERIFIED})).matches(FINDING)


def test_severity_does_not_count_where_it_is_left_out() -> None:
    only_low = filter.Filter(severities=frozenset({finding.Severity.LOW}))
    assert only_low.matches_others(FINDING)
    assert only_low != filter.Filter() == filter.Filter(severities=filter.ALL_SEVERITIES)
    assert anywhere("sql") == anywhere("sql")


@pytest.mark.parametrize(
    ("repeats", "passes", "passes_repeat", "folds"),
    [
        (filter.FOLDED, True, False, True),
        (filter.ALL_ROWS, True, True, False),
        (filter.ONLY_REPEATS, False, True, False),
        (frozenset(), False, False, True),
    ],
)
def test_t09_repeats_are_folded_unless_requested(
    repeats: frozenset[bool], passes: bool, passes_repeat: bool, folds: bool
) -> None:
    wanted = filter.Filter(repeats=repeats)
    assert wanted.matches(FINDING) is passes
    assert wanted.matches(make_finding(8, is_repeat=True)) is passes_repeat
    assert wanted.folds_repeats is folds
    assert (wanted == filter.Filter()) is (repeats == filter.FOLDED)
    assert filter.Filter().repeats == filter.FOLDED


def test_scope_is_one_scan_or_all() -> None:
    assert filter.Filter(scan_id=SCAN_ID).matches(FINDING)
    assert not filter.Filter(scan_id=finding.ScanId("another")).matches(FINDING)


NOW = datetime(2026, 7, 4, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIXED = {"status": finding.FindingStatus.FIXED}


def passes(text: str, **fields: Any) -> bool:
    wanted = parse_filter(text).under(NOW, {SCAN_ID: "payments-api"})
    return wanted.matches(make_finding(1, **fields))


@pytest.mark.parametrize(
    ("text", "fields", "others"),
    [
        ("stage:taint", {"fingerprint": "taint-a-1-2", "source": finding.Source.STATIC}, {}),
        (
            "conf:low",
            {"confidence": finding.Confidence.LOW},
            {"confidence": finding.Confidence.OTHER},
        ),
        ("title:sql", {"title": "An SQL query"}, {"title": "x", "file_path": "sql.py"}),
        ("desc:request", {"description": "A Request parameter"}, {"description": None}),
        ("line:80-92", {"line_start": 70, "line_end": 80}, {"line_start": 93, "line_end": None}),
        ("line>=80", {"line_start": 92, "line_end": 12}, {"line_start": 79, "line_end": None}),
        ("line<20", {"line_start": 19}, {"line_start": 20, "line_end": 20}),
        ("fp:taint-", {"fingerprint": "taint-a"}, {"fingerprint": "a-taint-"}),
        ("is:open,proven", {"poc_validated": True, "status": finding.FindingStatus.FIXED}, FIXED),
        ("has:patch", {"suggested_patch": "+"}, {"suggested_patch": ""}),
        ("has:fix", {"fix_summary": "Bind it."}, {"fix_summary": "x", "fix_type": "manual_review"}),
        ("has:fix", {"suggested_patch": "x"}, {"suggested_patch": "\n", "fix_summary": " "}),
        ("has:fix", {"manifest": {"recommended_version": "2"}}, {"manifest": {"name": "a"}}),
        ("has:reference", {"references": ("https://a",)}, {"references": ()}),
        ("has:reasoning", {"agent_reasoning": "x"}, {}),
        ("has:advisory", {"manifest": {"aliases": "CVE-1"}}, {"manifest": {"name": "a"}}),
        (
            "has:flow",
            {"fingerprint": "taint-a", "source": finding.Source.STATIC},
            {"fingerprint": "a"},
        ),
        ("has:cwe", {"cwe_text": "cwe-1"}, {"cwe_text": "none"}),
        ("has:proof,code", {"code_snippet": "x"}, {"code_snippet": None}),
        ("scan:PAYMENTS", {}, {"scan_id": finding.ScanId("another")}),
        ("scan:pay*api", {}, {"scan_id": finding.ScanId("another")}),
        ("new:10m", {"created_at": NOW - timedelta(minutes=9)}, {"created_at": NOW - HOUR}),
        ("since:2026-07-03", {"created_at": NOW}, {"created_at": NOW - 48 * HOUR}),
    ],
)
def test_each_field_looks_where_it_says(
    text: str, fields: dict[str, Any], others: dict[str, Any]
) -> None:
    assert passes(text, **fields)
    assert not passes(text, **others)
    assert not passes(f"-{text}", **fields)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        *(("", True), ("sev:critical", False), ("sev>=low", False), ("sev!=low", False)),
        *(("is:withdrawn sev:critical", True), ("status:fp,dismissed sev:critical", True)),
        *(("is:withdrawn sev:high", False), ("status:open,fp sev:critical", False)),
        ("-status:dismissed sev:critical", False),
    ],
)
def test_a_severity_finds_what_counts_under_it(text: str, is_found: bool) -> None:
    """What is withdrawn has a former severity, which counts only where nothing else is listed."""
    critical = {"severity": finding.Severity.CRITICAL, "title": "x"}
    assert passes(text, **critical, status=finding.FindingStatus.FALSE_POSITIVE) is is_found


def test_time_and_names_matter_only_to_those_who_ask() -> None:
    assert parse_filter("sql").under(NOW, {SCAN_ID: "a"}) == parse_filter("sql")
    timed = parse_filter("new:10m").under(NOW, {SCAN_ID: "a"})
    assert timed == parse_filter("new:10m").under(NOW, {})
    assert (timed.pace_s, parse_filter("sql").pace_s) == (1.0, None)
    later = timed.under(NOW + HOUR, {})
    assert later.is_later(timed)
    assert not later.is_later(parse_filter("new:5m").under(NOW, {}))
    assert not timed.is_later(timed)


def test_what_has_changed_is_known_of_compared_scans_only() -> None:
    new, still = (make_finding(number, scan_id=finding.ScanId("b")) for number in (1, 2))
    other = make_finding(3, scan_id=finding.ScanId("c"))
    before = make_finding(9, scan_id=finding.ScanId("a"), fingerprint=still.fingerprint)
    new = replace(new, title="Another")
    comparison = compare([before], [new, still])
    changes = KnownChanges({finding.ScanId("b"): comparison.known})
    now = FOUND_AT

    def passing(text: str) -> list[finding.Finding]:
        wanted = parse_filter(text).under(now, {}, Knowledge(changes))
        assert wanted.asks_for_changes
        return [row for row in (new, still, other) if wanted.matches(row)]

    assert passing("change:new,changed") == [new]
    assert passing("change:still") == [still]
    assert passing("-change:still") == [new, other], "of the other nothing is known"
    assert parse_filter("change:new").under(now, {}).matches(new) is False
    assert parse_filter("sql").under(now, {}, Knowledge(changes)).circumstances.changes is None
    announced = replace(new, is_announced=True, id=finding.FindingId("x"))
    assert parse_filter("change:new").under(now, {}, Knowledge(changes)).matches(announced)
    with pytest.raises(FilterError):
        parse_filter("change:fixed")  # the later scan has none


# -- spans and moments begin where people mean them to --


NOW_MOMENTS = datetime(2026, 7, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hours"), [("90m", 1.5), ("2h", 2), ("1d", 24), ("1W", 168), ("3600s", 1)]
)
def test_spans_go_back_from_now(text: str, hours: float) -> None:
    assert is_span(text)
    assert begin_of(text, NOW_MOMENTS) == NOW_MOMENTS - timedelta(hours=hours)


def test_a_span_without_end_is_cut() -> None:
    assert begin_of("99999w", NOW_MOMENTS).year > 1970


def test_a_time_of_day_is_the_last_one() -> None:
    local = NOW_MOMENTS.astimezone()
    earlier, later = (local + timedelta(minutes=n) for n in (-1, 1))
    assert begin_of(f"{earlier:%H:%M}", NOW_MOMENTS) == earlier
    assert begin_of(f"{later:%H:%M}", NOW_MOMENTS) == later - timedelta(days=1)


def test_days_begin_at_midnight_of_this_computer() -> None:
    midnight = NOW_MOMENTS.astimezone().replace(hour=0, minute=0)
    assert begin_of("today", NOW_MOMENTS) == midnight
    assert begin_of(f"{midnight:%Y-%m-%d}", NOW_MOMENTS) == midnight
    assert begin_of("yesterday", NOW_MOMENTS) == midnight - timedelta(days=1)
    assert begin_of("2026-07-04T09:15", NOW_MOMENTS) == midnight + timedelta(hours=9, minutes=15)


@pytest.mark.parametrize("text", ["", "24:00", "7", "1:5", "2026-13-01", "0001-01-01", "later"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert not is_moment(text)
    assert not is_span(text)


def test_short_spans_are_reckoned_every_second_and_long_ones_seldom() -> None:
    assert (pace_s("10m"), pace_s("1d"), pace_s("14:00")) == (1.0, 144.0, 30.0)


def test_findings_pass_by_the_decisions_that_are_proposed_for_them() -> None:
    rows = [make_finding(number) for number in range(1, 5)]
    proposals = Proposals()
    proposals.put(SCAN_ID, proposals_for(rows[:3], probable=(1,)))

    def passing(text: str) -> list[int]:
        wanted = parse_filter(text).under(FOUND_AT, {}, Knowledge(None, proposals.certainties))
        assert wanted.asks_for_proposals
        return [number for number, row in enumerate(rows) if wanted.matches(row)]

    assert passing("proposed:any") == [0, 1, 2]
    assert passing("proposed:certain") == [0, 2]
    assert passing("proposed:prob") == [1]
    assert passing("proposed:certain,probable") == [0, 1, 2]
    assert passing("-proposed:any") == [3]
    assert parse_filter("proposed:any").under(FOUND_AT, {}).matches(rows[0]) is False
    announced = replace(rows[3], is_announced=True)
    wanted = parse_filter("proposed:any").under(
        FOUND_AT, {}, Knowledge(None, proposals.certainties)
    )
    assert not wanted.matches(announced), "it has none, which is known"
    assert not parse_filter("sql").asks_for_proposals
    with pytest.raises(FilterError):
        parse_filter("proposed:maybe")


def test_a_filter_by_proposals_is_new_only_if_one_comes_goes_or_changes_its_certainty() -> None:
    rows, proposals = [make_finding(1), make_finding(2)], Proposals()
    proposals.put(SCAN_ID, proposals_for(rows))
    before, known = proposals.certainties, proposals.known
    proposals.put(SCAN_ID, {row.id: make_proposal(row.id, text="read since") for row in rows})
    assert proposals.certainties is before
    assert proposals.known is not known
    assert before.count(SCAN_ID) == {Certainty.CERTAIN: 2}
    for changed in (proposals_for(rows, probable=(0,)), proposals_for(rows[:1]), {}):
        before = proposals.certainties
        proposals.put(SCAN_ID, changed)
        assert proposals.certainties is not before
    assert not proposals.certainties.count(SCAN_ID)


def test_a_reason_is_known_only_of_what_was_read() -> None:
    closed = [
        make_finding(number, status=status)
        for number, status in enumerate(
            [*[finding.FindingStatus.DISMISSED] * 3, finding.FindingStatus.FALSE_POSITIVE], 1
        )
    ]
    others = [make_finding(5), make_finding(6, status=finding.FindingStatus.CONFIRMED)]
    given = GivenReason(Reason.NOT_REACHABLE, "", datetime(2026, 7, 4, tzinfo=UTC))
    known = KnownReasons(
        {
            closed[0].id: ReadReason(given, closed[0].updated_at),
            closed[1].id: ReadReason(None, closed[1].updated_at),
            closed[2].id: ReadReason(None, closed[2].updated_at, is_whole=False),
        }
    )
    now = datetime(2026, 7, 4, tzinfo=UTC)

    def passing(text: str, reasons: KnownReasons | None = known) -> list[int]:
        wanted = parse_filter(text).under(now, {}, Knowledge(reasons=reasons))
        rows = [*closed, *others]
        return [number for number, row in enumerate(rows) if wanted.matches(row)]

    assert passing("reason:not-reachable") == passing("reason:not") == [0]
    assert passing("reason:not_reachable") == passing('reason:"Not reachable"') == [0]
    assert passing("reason:none") == [1]
    assert passing("reason:unknown") == [2, 3]
    assert passing("reason:test-code,none") == [1]
    assert passing("-reason:none") == [0, 2, 3, 4, 5]
    assert passing("-reason:unknown status:dismissed") == [0, 1]
    assert passing("reason:unknown", None) == [0, 1, 2, 3]
    assert parse_filter("reason:none").asks_for_reasons
    assert not parse_filter("is:open reasoned").asks_for_reasons
    assert (
        parse_filter("sql").under(now, {}, Knowledge(reasons=known)).circumstances.reasons is None
    )
    announced = make_finding(7, is_announced=True)
    assert parse_filter("reason:none").under(now, {}, Knowledge(reasons=known)).matches(announced)
    with pytest.raises(FilterError) as wrong:
        parse_filter("reason:tests")
    assert wrong.value.remedy == "test-code"
    with pytest.raises(FilterError):
        parse_filter("reason>=none")
