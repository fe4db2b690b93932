"""What a scan tells once more makes the same scan, whatever has become of it."""

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.observation import FindingsListed, ScanGone, Snoozed
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.recorded_life import SERVER, Life

SHOWN = (
    "source",
    "status",
    "outcome",
    "stages",
    "findings",
    "announced",
    "counted",
    "not_counted",
    "ledger",
    "told_counts",
    "activities",
    "log_gaps",
    "attempt_starts",
    "has_listed_once",
    "lost_rows",
    "gaps",
    "is_settled",
    "looks_until_s",
    "is_cancelling",
    "is_checked_to_the_end",
    "is_resynchronising",
    "unread_events",
    "returned_from",
    "completed_at",
    "updated_at",
    "error",
    "last_answer_at_s",
    "connection",
)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 80))
def test_what_is_retold_makes_the_same_scan(seed: int, steps: int) -> None:
    life = Life(Random(seed))
    for _ in range(steps):
        life.step()
    scan, again = life.store.scan(SCAN_ID), Scan(SCAN_ID, SERVER)
    assert scan is not None
    for fact in scan.retold():
        again.observe(fact)

    for name in SHOWN:
        now, then = getattr(again, name), getattr(scan, name)
        assert now == then, name


def test_what_comes_while_it_is_retold_is_not_in_it() -> None:
    life = Life(Random(7))
    for _ in range(60):
        life.step()
    scan, again = life.store.scan(SCAN_ID), Scan(SCAN_ID, SERVER)
    assert scan is not None
    assert scan.findings
    then, told = dict(scan.findings), scan.retold()
    for _ in range(60):
        life.step()

    for fact in told:
        again.observe(fact)
    assert again.findings == then
    assert scan.findings != then


def test_a_snooze_outlives_the_rows_of_a_scan_that_was_gone_for_a_while() -> None:
    until = FOUND_AT + timedelta(hours=1)
    scan, again = Scan(SCAN_ID, SERVER), Scan(SCAN_ID, SERVER)
    scan.observe(FindingsListed(SCAN_ID, 1.0, (make_finding(1),)))
    scan.observe(Snoozed(SCAN_ID, (finding_id(1),), until))
    scan.observe(ScanGone(SCAN_ID, 2.0))
    for fact in scan.retold():
        again.observe(fact)

    for each in (scan, again):
        each.observe(FindingsListed(SCAN_ID, 3.0, (make_finding(1),)))
    assert scan.findings[finding_id(1)].snoozed_until == until
    assert again.findings == scan.findings
