"""Two scans compared: each row is in one class, and what is the same is not new."""

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison, PairedBy, compare
from heimdall_desktop.domain.facts import finding
from tests.fakes.findings import FOUND_AT, make_finding

LATER = 1000
WITHDRAWN: dict[str, Any] = {"status": finding.FindingStatus.FALSE_POSITIVE}


def of_b(number: int, **overrides: Any) -> finding.Finding:
    """Return a finding of the later scan, with the fingerprint of the same number in the first."""
    return make_finding(LATER + number, **{"fingerprint": f"{number:064x}"} | overrides)


def only(compared: Comparison) -> Compared:
    """Return the one row there is."""
    (row,) = compared.rows
    return row


def test_one_with_the_fingerprint_is_still_there() -> None:
    row = only(compare([make_finding(1)], [of_b(1)]))
    assert (row.kind, row.paired_by) == (ChangeKind.STILL, PairedBy.FINGERPRINT)
    assert not row.is_moved
    assert not row.is_alarming
    row = only(compare([make_finding(1)], [of_b(1, line_start=96, title="Said otherwise")]))
    assert (row.kind, row.is_moved) == (ChangeKind.STILL, True)


def test_what_only_one_of_them_has_is_new_or_fixed() -> None:
    old, new = make_finding(1, file_path="a.py"), of_b(2, file_path="b.py")
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
        row = only(compare([make_finding(1, severity=was)], [of_b(1, severity=now)]))
        assert (row.kind, row.is_alarming) == (ChangeKind.CHANGED, is_alarming)


def test_a_new_one_is_an_alarm_if_it_is_severe_and_not_withdrawn() -> None:
    assert only(compare([], [of_b(1)])).is_alarming
    assert not only(compare([], [of_b(1, severity=finding.Severity.MEDIUM)])).is_alarming
    withdrawn = compare([], [of_b(1, **WITHDRAWN)])
    assert not only(withdrawn).is_alarming
    assert not withdrawn.counts
    assert len(withdrawn.of(ChangeKind.NEW)) == 1


def test_one_that_was_withdrawn_and_is_no_longer_is_an_alarm() -> None:
    row = only(compare([make_finding(1, **WITHDRAWN)], [of_b(1)]))
    assert (row.kind, row.is_alarming) == (ChangeKind.CHANGED, True)
    assert row.verdicts == (finding.Verdict.WITHDRAWN, finding.Verdict.UNVERIFIED)


def test_another_verdict_is_a_change_without_an_alarm() -> None:
    row = only(compare([make_finding(1)], [of_b(1, confidence=finding.Confidence.HIGH)]))
    assert (row.kind, row.is_alarming) == (ChangeKind.CHANGED, False)
    assert row.verdicts == (finding.Verdict.UNVERIFIED, finding.Verdict.CONFIRMED)


def test_a_former_severity_of_what_is_withdrawn_in_both_is_no_change() -> None:
    low = of_b(1, severity=finding.Severity.LOW, **WITHDRAWN)
    compared = compare([make_finding(1, **WITHDRAWN)], [low])
    assert only(compared).kind is ChangeKind.STILL
    assert not compared.counts


def test_that_we_watched_one_of_them_makes_no_difference() -> None:
    static = {"source": finding.Source.STATIC, "confidence": finding.Confidence.HIGH}
    watched = make_finding(1, has_risen=True, **static)
    assert watched.verdict is finding.Verdict.CONFIRMED
    assert only(compare([watched], [of_b(1, **static)])).kind is ChangeKind.STILL


def test_what_fingerprints_leave_over_is_paired_by_file_cwe_and_title() -> None:
    taint = make_finding(1, fingerprint="taint-a.py-3-9", cwe_text="CWE-89: SQL", line_start=3)
    moved = {"fingerprint": "taint-a.py-5-11", "cwe_text": "CWE-89", "line_start": 5}
    row = only(compare([taint], [of_b(1, **moved)]))
    assert (row.kind, row.paired_by) == (ChangeKind.STILL, PairedBy.PLACE)
    assert row.is_moved
    for other in ({"file_path": "b.py"}, {"cwe_text": "CWE-79"}, {"title": "Another"}):
        assert len(compare([taint], [of_b(1, **moved | other)]).rows) == 2


def test_of_several_alike_those_in_the_same_line_belong_together() -> None:
    old = [make_finding(n, line_start=line) for n, line in ((1, 10), (2, 50), (3, 70))]
    lines = enumerate((10, 30, 50, 90), 1)
    new = [of_b(n, line_start=line, fingerprint=f"b{n}") for n, line in lines]
    sides = [(row.before, row.after) for row in compare(old, new).rows]
    pairs = {tuple(side and side.line_start for side in pair) for pair in sides}
    assert pairs == {(10, 10), (50, 50), (70, 30), (None, 90)}


def test_without_a_title_only_what_is_in_one_line_is_probably_the_same() -> None:
    old, same = make_finding(1, title=" "), of_b(2, title=" ")
    assert len(compare([old], [same]).pairs(PairedBy.PLACE)) == 1
    assert not compare([old], [replace(same, line_start=5)]).pairs(PairedBy.PLACE)


def test_rows_of_one_fingerprint_are_counted_once_and_the_most_severe_speaks() -> None:
    old = [make_finding(1, severity=finding.Severity.LOW)]
    new = [of_b(1, severity=finding.Severity.LOW), of_b(2, fingerprint=f"{1:064x}", line_start=5)]
    compared = compare(old, new)
    assert only(compared).after is new[1]
    assert only(compared).is_alarming
    assert not only(compared).is_moved  # the other is still where it was
    assert compared.duplicates == 1
    assert compared.after == Counter({finding.Severity.HIGH: 1})
    assert compared.known == dict.fromkeys((row.id for row in new), only(compared))


def test_t09_the_newest_reading_of_a_retry_speaks_whatever_an_older_one_said() -> None:
    older = of_b(1, severity=finding.Severity.CRITICAL, is_repeat=True)
    newer = of_b(2, fingerprint=older.fingerprint, created_at=FOUND_AT + timedelta(hours=1))
    compared = compare([make_finding(1)], [older, newer])
    assert only(compared).after is newer
    assert (only(compared).kind, compared.duplicates) == (ChangeKind.STILL, 1)


def test_rows_without_a_fingerprint_are_no_duplicates() -> None:
    old = [make_finding(n, fingerprint="", line_start=n) for n in (1, 2)]
    new = [of_b(n, fingerprint="", line_start=n) for n in (1, 2)]
    compared = compare(old, new)
    assert len(compared.pairs(PairedBy.PLACE)) == 2
    assert compared.duplicates == 0


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
    shown = [row.shown for row in compare([make_finding(6)], new).rows]
    assert shown == [new[3], new[2], new[1], new[0], new[4], new[5]]


findings = st.builds(
    lambda **fields: fields,
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
