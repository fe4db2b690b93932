"""A filter passes what it asks for, and counts severities apart from the rest."""

import pytest

from heimdall_desktop.domain.filters import (
    ALL_ROWS,
    ALL_SEVERITIES,
    FOLDED,
    ONLY_REPEATS,
    Filter,
    Pattern,
    Place,
)
from heimdall_desktop.domain.finding import FindingStatus, ScanId, Severity, Source, Verdict
from tests.fakes.findings import SCAN_ID, make_finding

FINDING = make_finding(
    7,
    title="SQL built from Request",
    file_path="shop/api/orders.py",
    cwe_text="cwe-89: SQL Injection",
    fingerprint="AbCd",
)


def anywhere(*texts: str, is_excluded: bool = False) -> Filter:
    return Filter(patterns=(Pattern(Place.ANYWHERE, texts, is_excluded),))


def test_a_new_filter_passes_everything() -> None:
    assert Filter().matches(FINDING)
    assert Filter().asks_nothing
    assert Filter(scan_id=SCAN_ID).asks_nothing


@pytest.mark.parametrize("text", ["sql built", "ORDERS.PY", "cwe-89", "abcd", FINDING.id[-6:]])
def test_text_is_found_in_title_path_cwe_fingerprint_and_id(text: str) -> None:
    assert anywhere(text).matches(FINDING)


def test_text_that_is_nowhere_hides_unless_excluded() -> None:
    assert not anywhere("xss").matches(FINDING)
    assert anywhere("xss", is_excluded=True).matches(FINDING)
    assert not anywhere("sql", is_excluded=True).matches(FINDING)


def test_alternatives_are_one_of() -> None:
    assert anywhere("xss", "sql").matches(FINDING)


@pytest.mark.parametrize(
    ("pattern", "passes"),
    [
        ("*.py", True),
        ("orders.py", True),
        ("orders.*", True),
        ("shop/*/orders.py", True),
        ("API", True),
        ("*.js", False),
        ("[", False),
    ],
)
def test_a_file_is_matched_by_wildcards_or_as_a_part(pattern: str, passes: bool) -> None:
    assert Filter(patterns=(Pattern(Place.FILE, (pattern,)),)).matches(FINDING) is passes


@pytest.mark.parametrize(("number", "passes"), [("89", True), ("089", True), ("8", False)])
def test_a_cwe_is_matched_as_a_number(number: str, passes: bool) -> None:
    wanted = Filter(patterns=(Pattern(Place.CWE, (number,)),))
    assert wanted.matches(FINDING) is passes
    assert not wanted.matches(make_finding(cwe_text=None))


def test_closed_sets_hold_what_passes() -> None:
    assert not Filter(severities=frozenset({Severity.LOW})).matches(FINDING)
    assert not Filter(severities=frozenset()).matches(FINDING)
    assert not Filter(statuses=frozenset({FindingStatus.FIXED})).matches(FINDING)
    assert not Filter(sources=frozenset({Source.CONFIG})).matches(FINDING)
    assert Filter(verdicts=frozenset({Verdict.UNVERIFIED})).matches(FINDING)


def test_severity_does_not_count_where_it_is_left_out() -> None:
    only_low = Filter(severities=frozenset({Severity.LOW}))
    assert only_low.matches_but_for_severity(FINDING)
    assert not only_low.asks_nothing


@pytest.mark.parametrize(
    ("repeats", "passes", "passes_repeat", "folds"),
    [
        (FOLDED, True, False, True),
        (ALL_ROWS, True, True, False),
        (ONLY_REPEATS, False, True, False),
        (frozenset(), False, False, True),
    ],
)
def test_t09_repeats_are_folded_unless_asked_for(
    repeats: frozenset[bool], passes: bool, passes_repeat: bool, folds: bool
) -> None:
    wanted = Filter(repeats=repeats)
    assert wanted.matches(FINDING) is passes
    assert wanted.matches(make_finding(8, is_repeat=True)) is passes_repeat
    assert wanted.folds_repeats is folds
    assert wanted.asks_nothing is (repeats == FOLDED)
    assert Filter().repeats == FOLDED


def test_scope_is_one_scan_or_all() -> None:
    assert Filter(scan_id=SCAN_ID).matches(FINDING)
    assert not Filter(scan_id=ScanId("another")).matches(FINDING)


def test_equal_filters_are_equal() -> None:
    assert anywhere("sql") == anywhere("sql")
    assert Filter(severities=ALL_SEVERITIES) == Filter()
