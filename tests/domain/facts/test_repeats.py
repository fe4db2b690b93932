"""Readings of one finding are grouped, newest last; nothing else is."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.repeats import (
    Repeats,
    RetryDuplicates,
    is_same_place,
    is_similar,
    newest_readings,
    readings_of,
)
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding


def put(repeats: Repeats, *rows: Finding) -> None:
    known: dict[FindingId, Finding] = {}
    for row in rows:
        repeats.put(row, known)
        known[row.id] = row


def test_only_rows_that_share_a_fingerprint_are_rechecked() -> None:
    repeats, first = Repeats(), make_finding(1, fingerprint="f")
    rows = {first.id: first}
    assert not repeats.put(first, {})
    assert not repeats.put(make_finding(2, fingerprint="g"), rows)
    assert not repeats.put(make_finding(3, fingerprint="f", line_start=5), rows)
    assert list(repeats.put(make_finding(4, fingerprint="f"), rows)) == [first.id]


def test_the_newest_that_leaves_is_followed_by_the_one_before() -> None:
    repeats = Repeats()
    rows = [make_finding(number, fingerprint="f") for number in (1, 2, 3)]
    put(repeats, *rows)
    assert [repeats.has_newer(row) for row in rows] == [True, True, False]
    assert list(repeats.drop(rows[2])) == [rows[1].id]
    assert [repeats.has_newer(row) for row in rows[:2]] == [True, False]
    assert list(repeats.drop(rows[0])) == [rows[1].id]
    assert not repeats.drop(rows[1])


def test_a_row_without_a_fingerprint_is_never_in() -> None:
    repeats, rows = Repeats(), [make_finding(number, fingerprint="") for number in (1, 2)]
    put(repeats, *rows)
    assert not repeats.drop(rows[0])
    assert not repeats.has_newer(rows[1])
    assert not is_same_place(*rows)
    assert readings_of(rows[0], rows) == [rows[0]]


def test_readings_of_one_finding_share_fingerprint_title_and_place() -> None:
    one = make_finding(1, fingerprint="f")
    assert is_same_place(one, make_finding(2, fingerprint="f", description="Told otherwise"))
    assert not is_same_place(one, make_finding(2, fingerprint="g"))
    assert not is_same_place(one, make_finding(2, fingerprint="f", line_end=93))


def test_similar_is_what_shares_a_fingerprint_or_rule_and_file() -> None:
    one = make_finding(1, fingerprint="f", title="SQL", file_path="a.py", source_text="ai")
    far = {"title": "Other", "file_path": "b.py"}
    rule = {"fingerprint": "g", "title": "SQL", "file_path": "a.py", "source_text": "ai"}
    assert is_similar(one, make_finding(2, fingerprint="f", **far))
    assert is_similar(one, make_finding(2, **rule))
    assert not is_similar(one, make_finding(2, **rule | {"file_path": "b.py"}))
    assert not is_similar(one, make_finding(2, **rule | {"title": "XSS"}))
    assert not is_similar(one, make_finding(2, **rule | {"source_text": "static"}))
    assert not is_similar(one, make_finding(2, fingerprint="f", scan_id=ScanId("another")))
    assert not is_similar(one, one)
    nowhere = make_finding(3, fingerprint="", title="SQL", file_path="")
    assert not is_similar(nowhere, make_finding(4, fingerprint="", title="SQL", file_path=""))


def test_readings_come_newest_first() -> None:
    rows = [make_finding(number, fingerprint="f") for number in (2, 3, 1)]
    other = make_finding(9, fingerprint="f", title="Another")
    read = readings_of(rows[0], [*rows, other])
    assert [row.id for row in read] == [finding_id(number) for number in (3, 2, 1)]


def test_the_newest_of_many_is_found_with_one_look_at_all_rows() -> None:
    rows = [make_finding(number, fingerprint=f"f{number % 3}") for number in range(9)]
    moved = make_finding(20, fingerprint="f1", line_start=5)
    alone = make_finding(21, fingerprint="g")
    found = newest_readings([rows[0], rows[1], alone], [alone, moved, *reversed(rows)])
    newest = {rows[0].id: rows[6].id, rows[1].id: rows[7].id, alone.id: alone.id}
    assert found == newest
    assert newest_readings([rows[0]], [moved]) == {}


# -- a retried scan finds again what it had found (protocol.md T-9, 3.8) --


RETRIED_AT = FOUND_AT + timedelta(minutes=1)


class Attempts(RetryDuplicates):
    """The findings of a scan whose attempts started when this says."""

    def __init__(self) -> None:
        self.starts: list[datetime] = []
        super().__init__(lambda _scan_id: self.starts)


@pytest.fixture
def attempts() -> Attempts:
    return Attempts()


def found(number: int, minutes: float = 0, **fields: Any) -> Finding:
    created_at = FOUND_AT + timedelta(minutes=minutes)
    return make_finding(number, **({"fingerprint": "abc", "created_at": created_at} | fields))


def test_what_a_later_attempt_finds_again_is_known(attempts: Attempts) -> None:
    attempts.put(found(1))
    attempts.starts.append(RETRIED_AT)
    assert attempts.has_older(found(2, minutes=2))


def test_within_one_attempt_a_fingerprint_is_not_unique(attempts: Attempts) -> None:
    attempts.starts.append(FOUND_AT - timedelta(minutes=1))
    attempts.put(found(1))
    assert not attempts.has_older(found(2, minutes=0.5))


def test_a_finding_is_no_duplicate_of_itself(attempts: Attempts) -> None:
    attempts.put(found(1))
    attempts.recall(SCAN_ID, "def", finding_id(2))
    assert not attempts.has_older(found(1))
    assert not attempts.has_older(found(2, fingerprint="def"))


def test_of_an_earlier_session_the_fingerprint_is_enough(attempts: Attempts) -> None:
    attempts.recall(SCAN_ID, "abc", finding_id(1))
    assert attempts.has_older(found(2))
    assert not attempts.has_older(found(2, scan_id=ScanId("another")))
    assert not attempts.has_older(found(2, fingerprint="def"))


def test_no_fingerprint_is_none(attempts: Attempts) -> None:
    attempts.recall(SCAN_ID, "", finding_id(1))
    attempts.starts.append(RETRIED_AT)
    attempts.put(found(1, fingerprint=""))
    assert not attempts.has_older(found(2, minutes=2, fingerprint=""))


def test_what_is_forgotten_leaves_its_place_to_the_next(attempts: Attempts) -> None:
    attempts.starts.append(RETRIED_AT)
    attempts.put(found(1))
    attempts.forget(found(3))
    assert attempts.has_older(found(2, minutes=2))
    attempts.forget(found(1))
    assert not attempts.has_older(found(2, minutes=2))
