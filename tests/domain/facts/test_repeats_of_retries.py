"""A retried scan finds again what it had found (protocol.md T-9, 3.8)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.repeats import RetryDuplicates
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

RETRIED_AT = FOUND_AT + timedelta(minutes=1)


class Attempts:
    """The findings of a scan whose attempts began when this says."""

    def __init__(self) -> None:
        self.starts: list[datetime] = []
        self.duplicates = RetryDuplicates(lambda _scan_id: self.starts)


@pytest.fixture
def attempts() -> Attempts:
    return Attempts()


def found(number: int, minutes: float = 0, **fields: Any) -> Finding:
    created_at = FOUND_AT + timedelta(minutes=minutes)
    return make_finding(number, **({"fingerprint": "abc", "created_at": created_at} | fields))


def test_what_a_later_attempt_finds_again_is_known(attempts: Attempts) -> None:
    attempts.duplicates.put(found(1))
    attempts.starts.append(RETRIED_AT)
    assert attempts.duplicates.has_older(found(2, minutes=2))


def test_within_one_attempt_a_fingerprint_is_not_unique(attempts: Attempts) -> None:
    attempts.starts.append(FOUND_AT - timedelta(minutes=1))
    attempts.duplicates.put(found(1))
    assert not attempts.duplicates.has_older(found(2, minutes=0.5))


def test_a_finding_is_no_duplicate_of_itself(attempts: Attempts) -> None:
    attempts.duplicates.put(found(1))
    attempts.duplicates.recall(SCAN_ID, "def", finding_id(2))
    assert not attempts.duplicates.has_older(found(1))
    assert not attempts.duplicates.has_older(found(2, fingerprint="def"))


def test_of_an_earlier_session_the_fingerprint_is_enough(attempts: Attempts) -> None:
    attempts.duplicates.recall(SCAN_ID, "abc", finding_id(1))
    assert attempts.duplicates.has_older(found(2))
    assert not attempts.duplicates.has_older(found(2, scan_id=ScanId("another")))
    assert not attempts.duplicates.has_older(found(2, fingerprint="def"))


def test_no_fingerprint_is_none(attempts: Attempts) -> None:
    attempts.duplicates.recall(SCAN_ID, "", finding_id(1))
    attempts.starts.append(RETRIED_AT)
    attempts.duplicates.put(found(1, fingerprint=""))
    assert not attempts.duplicates.has_older(found(2, minutes=2, fingerprint=""))


def test_what_is_forgotten_leaves_its_place_to_the_next(attempts: Attempts) -> None:
    attempts.starts.append(RETRIED_AT)
    attempts.duplicates.put(found(1))
    attempts.duplicates.forget(found(3))
    assert attempts.duplicates.has_older(found(2, minutes=2))
    attempts.duplicates.forget(found(1))
    assert not attempts.duplicates.has_older(found(2, minutes=2))
