"""Findings: verdicts, places, safe lines and patches."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import (
    TITLE_LIMIT,
    Confidence,
    Finding,
    FindingStatus,
    Severity,
    Source,
    Verdict,
    cwe_number,
    one_line,
    severities_of,
)
from heimdall_desktop.domain.facts.finding_action import Patch, patches_to_show
from tests.fakes.findings import FOUND_AT, finding_id, make_finding

ORDINARY = make_finding(
    source=Source.STATIC,
    confidence=Confidence.HIGH,
    file_path="shop/api/orders.py",
    line_start=88,
    fingerprint="3f1b",
)
AI = replace(ORDINARY, source=Source.AI, confidence=Confidence.MEDIUM)


def test_severities_are_ranked_and_an_unknown_word_is_another() -> None:
    words = ("critical", "high", "medium", "low", "blocker", "CRITICAL")
    assert [Severity.of(word).rank for word in words] == [0, 1, 2, 3, 4, 4]
    assert Severity.of("blocker") is Severity.OTHER


@pytest.mark.parametrize(
    ("finding", "verdict"),
    [
        (ORDINARY, Verdict.UNVERIFIED),
        (AI, Verdict.UNVERIFIED),
        (replace(AI, confidence=Confidence.HIGH), Verdict.CONFIRMED),
        (replace(ORDINARY, fingerprint="taint-x"), Verdict.CONFIRMED),
        (replace(ORDINARY, has_risen=True), Verdict.CONFIRMED),
        (replace(ORDINARY, poc_validated=True), Verdict.CONFIRMED),
        (replace(ORDINARY, status=FindingStatus.CONFIRMED), Verdict.CONFIRMED),
        (replace(ORDINARY, status=FindingStatus.FIXED), Verdict.UNVERIFIED),
        (replace(AI, status=FindingStatus.FALSE_POSITIVE), Verdict.WITHDRAWN),
        (replace(ORDINARY, status=FindingStatus.DISMISSED, poc_validated=True), Verdict.WITHDRAWN),
    ],
)
def test_verdict(finding: Finding, verdict: Verdict) -> None:
    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("finding", "stage"),
    [
        (AI, "hunt"),
        (ORDINARY, "static_analysis"),
        (replace(ORDINARY, fingerprint="taint-x"), "taint_analysis"),
        (replace(ORDINARY, source=Source.CONFIG), "config_scan"),
        (replace(ORDINARY, source=Source.DEPENDENCIES), "static_analysis"),
    ],
)
def test_stage_that_found_it(finding: Finding, stage: str) -> None:
    assert finding.stage == stage


def test_place_is_split_for_the_table() -> None:
    assert (ORDINARY.file_line, ORDINARY.folder) == ("orders.py:88", "shop/api")
    top = replace(ORDINARY, file_path="orders.py")
    assert (top.file_line, top.folder) == ("orders.py:88", "")
    nowhere = replace(ORDINARY, file_path="", title=" \n ")
    assert (nowhere.file_line, nowhere.title_line) == ("", "")


@pytest.mark.parametrize(
    ("start", "end", "lines"), [(88, 93, (88, 93)), (41, 12, (12, 41)), (7, None, (7, 7))]
)
def test_lines_are_in_order(start: int, end: int | None, lines: tuple[int, int]) -> None:
    assert replace(ORDINARY, line_start=start, line_end=end).lines == lines


@pytest.mark.parametrize(
    ("text", "cwe"),
    [
        ("CWE-89", "CWE-89"),
        ("cwe-89: Improper\nNeutralization", "CWE-89"),
        ("SQL injection\n(89)", "SQL injection (89)"),
        (None, ""),
    ],
)
def test_cwe_is_bare_where_it_can_be(text: str | None, cwe: str) -> None:
    assert replace(ORDINARY, cwe_text=text).cwe == cwe


def test_the_number_of_a_weakness() -> None:
    assert cwe_number("cwe-089: Improper\nNeutralization") == 89
    assert cwe_number("CWE-") is None
    assert cwe_number(None) is None


def test_only_open_and_confirmed_findings_count_under_a_severity() -> None:
    for status in (FindingStatus.OPEN, FindingStatus.CONFIRMED, FindingStatus.OTHER):
        assert replace(ORDINARY, status=status).counts_as is ORDINARY.severity
    for status in (FindingStatus.FALSE_POSITIVE, FindingStatus.DISMISSED, FindingStatus.FIXED):
        assert replace(ORDINARY, status=status).counts_as is None


def test_severities_are_counted() -> None:
    severities = (Severity.HIGH, Severity.LOW, Severity.HIGH)
    found = [replace(ORDINARY, severity=severity) for severity in severities]
    assert dict(severities_of(found)) == {Severity.HIGH: 2, Severity.LOW: 1}


def test_line_hides_and_reorders_nothing() -> None:
    assert one_line("a\u202eb\x00c\u2028d\te\r\nf") == "a\ufffdb\ufffdc d e f"
    whole = "SQL in " + "orders"
    assert one_line(whole) is whole, "kept once"
    harmless = "V\u00ed\u00f0arr \u4f60\u597d \U0001f469\u200d\U0001f4bb"
    assert one_line(harmless) == harmless


@given(st.text(max_size=200) | st.text(max_size=10).map(lambda text: text * 2000))
def test_any_text_becomes_one_short_line(text: str) -> None:
    line = one_line(text)
    assert len(line) <= TITLE_LIMIT
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


# -- which patches of a finding are shown, and which of them counts --


OLD = Patch("1", finding_id(1), "old\n", created_at=FOUND_AT)
NEW = Patch("2", finding_id(1), "new\n", created_at=FOUND_AT + timedelta(hours=1))
OTHER = Patch("3", finding_id(2), "other", created_at=FOUND_AT)


def test_the_newest_counts_and_the_others_follow() -> None:
    finding = make_finding(1, suggested_patch="new")
    assert patches_to_show(finding, (OLD, OTHER, NEW)) == (NEW, OLD)


def test_the_text_of_the_row_is_one_more_where_it_differs() -> None:
    finding = make_finding(1, suggested_patch="advice")
    assert [patch.diff for patch in patches_to_show(finding, (OLD,))] == ["old\n", "advice"]
    assert [patch.created_at for patch in patches_to_show(finding, ())] == [None]


def test_no_patch_is_shown_without_content() -> None:
    blank = Patch("4", finding_id(1), " \n", created_at=FOUND_AT)
    assert patches_to_show(make_finding(1, suggested_patch=" "), (blank,)) == ()
