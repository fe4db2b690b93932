"""Two scans compared: each row is in one class, and what is the same is not new."""

from datetime import timedelta
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison, compare
from heimdall_desktop.domain.facts import finding
from tests.fakes.findings import FOUND_AT, make_finding

LATER = 1000
WITHDRAWN: dict[str, Any] = {"status": finding.FindingStatus.FALSE_POSITIVE}


def of_b(number: int, **overrides: Any) -> finding.Finding:
    """Return a finding of the later scan, like that of the same number in the first."""
    return make_finding(LATER + number, **{"code_snippet": code(number)} | overrides)


def of_a(number: int, **overrides: Any) -> finding.Finding:
    return make_finding(number, **{"code_snippet": code(number)} | overrides)


def code(number: int) -> str:
    return f"run({number}, shell=True)"


def only(compared: Comparison) -> Compared:
    """Return the one row there is."""
    (row,) = compared.rows
    return row


def test_one_with_the_same_code_is_still_there() -> None:
    row = only(compare([of_a(1)], [of_b(1)]))
    assert (row.kind, row.is_probable, row.is_moved) == (ChangeKind.STILL, False, False)
    assert not row.is_alarming
    row = only(compare([of_a(1)], [of_b(1, line_start=96, code_snippet=f"  {code(1)}\n")]))
    assert (row.kind, row.is_probable, row.is_moved) == (ChangeKind.STILL, False, True)


def scanned(*lines: str, first: int, path: str = "shop.py") -> list[finding.Finding]:
    """Return what a scan finds in a file: in each line whose code isn't blank, by one rule.

    The fingerprint is that of a server: of rule, path and line.
    """
    return [
        make_finding(
            first + number,
            file_path=path,
            line_start=number,
            code_snippet=line,
            fingerprint=blake2b(f"shell {path} {number}".encode()).hexdigest()[:64],
            severity=finding.Severity.CRITICAL if "critical" in line else finding.Severity.LOW,
        )
        for number, line in enumerate(lines, 1)
        if line
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", "a1-1 b2-2 c3-3"),
        ("ab", " ab", "a1-2 b2-3"),  # a line is inserted: b has the fingerprint that a had
        ("abc", "ac", "a1-1 b2- c3-2"),
        ("ab", "ba", "a1-2 b2-1"),
        ("ab", "axb", "a1-1 b2-3 x-2"),
        ("ab", "ax", "a1-1 x2-2?"),  # the code of one was edited
        ("a", "aa", "a1-1? a-2"),  # duplicated
        ("aa", "a", "a1-1? a2-"),
        ("aab", " aab", "a1-3? a2-2? b3-4"),  # alike: that in the same line is taken first
    ],
)
def test_edited_code_is_compared_as_by_hand(old: str, new: str, expected: str) -> None:
    compared = compare(
        scanned(*map(str.strip, old), first=1), scanned(*map(str.strip, new), first=LATER)
    )
    found = {
        f"{row.shown.code_snippet}{row.before.line_start if row.before else ''}"
        f"-{row.after.line_start if row.after else ''}{'?' if row.is_probable else ''}"
        for row in compared.rows
    }
    assert found == set(expected.split())


def test_a_neighbour_that_takes_its_line_does_not_make_it_an_alarm() -> None:
    old = scanned("minor()", "critical()", first=1)
    new = scanned("", "minor()", "critical()", first=LATER)
    assert old[1].fingerprint == new[0].fingerprint
    assert [row.kind for row in compare(old, new).rows] == [ChangeKind.STILL] * 2
    assert not any(row.is_alarming for row in compare(old, new).rows)


def test_the_same_code_in_another_file_is_probably_the_same() -> None:
    old, new = scanned("a", first=1), scanned("a", first=LATER, path="lib/shop.py")
    row = only(compare(old, new))
    assert (row.kind, row.is_probable, row.is_moved) == (ChangeKind.STILL, True, True)


def test_without_code_the_only_one_of_its_place_is_the_same() -> None:
    for count, is_probable in ((1, False), (2, True)):
        old = [make_finding(n, code_snippet=None) for n in range(count)]
        new = [make_finding(LATER + n, code_snippet=None) for n in range(count)]
        assert {row.is_probable for row in compare(old, new).rows} == {is_probable}


def test_what_only_one_of_them_has_is_new_or_fixed() -> None:
    old, new = of_a(1, file_path="a.py"), of_b(2, file_path="b.py")
    is_new, is_fixed = Compared(ChangeKind.NEW, None, new), Compared(ChangeKind.FIXED, old, None)
    assert compare([old], [new]).rows == (is_new, is_fixed)


def test_a_severity_that_rises_to_high_is_an_alarm_and_one_that_falls_is_none() -> None:
    for was, now, is_alarming in (
        (finding.Severity.MEDIUM, finding.Severity.HIGH, True),
        (finding.Severity.HIGH, finding.Severity.CRITICAL, True),
        (finding.Severity.OTHER, finding.Severity.HIGH, True),
        (finding.Severity.CRITICAL, finding.Severity.HIGH, False),
        (finding.Severity.LOW, finding.Severity.MEDIUM, False),
    ):
        row = only(compare([of_a(1, severity=was)], [of_b(1, severity=now)]))
        assert (row.kind, row.is_alarming) == (ChangeKind.CHANGED, is_alarming)


def test_a_new_one_is_an_alarm_if_it_is_severe_and_not_withdrawn() -> None:
    assert only(compare([], [of_b(1)])).is_alarming
    assert not only(compare([], [of_b(1, severity=finding.Severity.MEDIUM)])).is_alarming
    withdrawn = compare([], [of_b(1, **WITHDRAWN)])
    assert not only(withdrawn).is_alarming
    assert not withdrawn.counts
    assert len(withdrawn.of(ChangeKind.NEW)) == 1


def test_one_that_was_withdrawn_and_is_no_longer_is_an_alarm() -> None:
    row = only(compare([of_a(1, **WITHDRAWN)], [of_b(1)]))
    assert (row.kind, row.is_alarming) == (ChangeKind.CHANGED, True)
    assert row.verdicts == (finding.Verdict.WITHDRAWN, finding.Verdict.UNVERIFIED)


def test_another_verdict_is_a_change_without_an_alarm() -> None:
    row = only(compare([of_a(1)], [of_b(1, confidence=finding.Confidence.HIGH)]))
    assert (row.kind, row.is_alarming) == (ChangeKind.CHANGED, False)
    assert row.verdicts == (finding.Verdict.UNVERIFIED, finding.Verdict.CONFIRMED)


def test_a_former_severity_of_what_is_withdrawn_in_both_is_no_change() -> None:
    low = of_b(1, severity=finding.Severity.LOW, **WITHDRAWN)
    compared = compare([of_a(1, **WITHDRAWN)], [low])
    assert only(compared).kind is ChangeKind.STILL
    assert not compared.counts


def test_that_we_watched_one_of_them_makes_no_difference() -> None:
    static = {"source": finding.Source.STATIC, "confidence": finding.Confidence.HIGH}
    watched = of_a(1, has_risen=True, **static)
    assert watched.verdict is finding.Verdict.CONFIRMED
    assert only(compare([watched], [of_b(1, **static)])).kind is ChangeKind.STILL


def test_other_code_in_the_same_place_is_probably_the_same() -> None:
    taint = of_a(1, cwe_text="CWE-89: SQL", line_start=3)
    moved: dict[str, Any] = {"cwe_text": "CWE-89", "line_start": 5}
    row = only(compare([taint], [of_b(2, **moved)]))
    assert (row.kind, row.is_probable, row.is_moved) == (ChangeKind.STILL, True, True)
    for other in ({"file_path": "b.py"}, {"cwe_text": "CWE-79"}, {"title": "Another"}):
        assert len(compare([taint], [of_b(2, **moved | other)]).rows) == 2


def test_of_several_alike_those_in_the_same_line_belong_together() -> None:
    old = [make_finding(line, line_start=line, code_snippet=None) for line in (10, 50, 70)]
    new = [of_b(line, line_start=line, code_snippet=None) for line in (10, 30, 50, 90)]
    sides = [(row.before, row.after) for row in compare(old, new).rows]
    pairs = {tuple(side and side.line_start for side in pair) for pair in sides}
    assert pairs == {(10, 10), (50, 50), (70, 30), (None, 90)}


def test_t09_the_newest_reading_of_a_retry_speaks_whatever_an_older_one_said() -> None:
    older = of_b(1, severity=finding.Severity.CRITICAL, is_repeat=True)
    newer = of_b(2, fingerprint=older.fingerprint, created_at=FOUND_AT + timedelta(hours=1))
    compared = compare([of_a(1)], [older, newer])
    assert only(compared).after is newer
    assert (only(compared).kind, compared.duplicates) == (ChangeKind.STILL, 1)


def test_what_was_only_announced_is_left_out() -> None:
    assert not compare([], [of_b(1, is_announced=True)]).rows


def test_rows_come_by_kind_then_most_severe_then_by_place() -> None:
    new = [
        of_b(1, severity=finding.Severity.LOW),
        of_b(2, file_path="z.py"),
        of_b(3, file_path="b.py", line_start=7),
        of_b(4, file_path="b.py", line_start=5),
        of_b(5, severity=finding.Severity.CRITICAL, **WITHDRAWN),
        of_b(6),
    ]
    shown = [row.shown for row in compare([of_a(6)], new).rows]
    assert shown == [new[3], new[2], new[1], new[0], new[4], new[5]]


findings = st.builds(
    lambda **fields: fields,
    code_snippet=st.sampled_from([None, "", "a()", "b()", " a() "]),
    fingerprint=st.sampled_from(["", "f", "g", "h", "taint-1", "taint-2"]),
    title=st.sampled_from(["", "One", "Another"]),
    file_path=st.sampled_from(["", "a.py", "b.py"]),
    line_start=st.integers(1, 4),
    cwe_text=st.sampled_from([None, "CWE-89", "cwe-89: SQL"]),
    severity=st.sampled_from(finding.Severity),
    status=st.sampled_from(finding.FindingStatus),
    confidence=st.sampled_from(finding.Confidence),
)
scans = st.lists(findings, max_size=12)


def made(rows_given: list[dict[str, Any]], first: int) -> list[finding.Finding]:
    return [make_finding(first + number, **each) for number, each in enumerate(rows_given)]


@given(scans)
def test_a_scan_compared_with_itself_has_changed_nothing(rows_given: list[dict[str, Any]]) -> None:
    rows = made(rows_given, 1)
    compared = compare(rows, made(rows_given, LATER))
    assert {row.kind for row in compared.rows} <= {ChangeKind.STILL}
    assert not any(row.is_alarming or row.is_moved for row in compared.rows)
    assert compared.before == compared.after
    itself = compare(rows, rows)
    assert all(row.before is row.after for row in itself.rows)


@given(scans, scans)
def test_the_other_way_round_what_was_new_is_fixed(
    old_rows: list[dict[str, Any]], new_rows: list[dict[str, Any]]
) -> None:
    old, new = made(old_rows, 1), made(new_rows, LATER)
    there, back = compare(old, new), compare(new, old)
    swapped = {ChangeKind.NEW: ChangeKind.FIXED, ChangeKind.FIXED: ChangeKind.NEW}
    turned = [
        replace(row, kind=swapped.get(row.kind, row.kind), before=row.after, after=row.before)
        for row in back.rows
    ]
    assert sorted(map(repr, turned)) == sorted(map(repr, there.rows))
    assert (there.before, there.after) == (back.after, back.before)
    assert there.duplicates == back.duplicates


@given(scans, scans, st.randoms())
def test_every_row_is_in_one_class_whatever_their_order(
    old_rows: list[dict[str, Any]], new_rows: list[dict[str, Any]], random: Any
) -> None:
    old, new = made(old_rows, 1), made(new_rows, LATER)
    compared = compare(old, new)
    shown = [row.id for each in compared.rows for row in (each.before, each.after) if row]
    assert len(shown) == len(set(shown))
    assert len(shown) + compared.duplicates == len(old) + len(new)
    assert set(compared.known) == {row.id for row in new}
    assert sum(len(compared.of(kind)) for kind in ChangeKind) == len(compared.rows)
    for side in (old, new):
        random.shuffle(side)
    assert compare(old, new) == compared
