"""What is to be told under one key, and when its window ends (ux.md 2.5, rule 2)."""

from datetime import timedelta

from heimdall_desktop.domain.alerts.alert import PendingAlert
from heimdall_desktop.domain.alerts.rules import CRITICAL, Event
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, critical
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding


def pending(*scans: str) -> PendingAlert:
    made = PendingAlert("alert-1", CRITICAL, 0.0)
    for number, scan_id in enumerate(scans, 1):
        made.put(Event.CRITICAL, critical(number, scan_id=scan_id))
    return made


def test_the_newest_is_the_youngest_in_whatever_order_a_listing_tells_them() -> None:
    """The server lists the youngest of one severity first (heimdall-api.md 4.4)."""
    made = pending()
    for age_min in (0, 1, 2):
        made.put(
            Event.CRITICAL, critical(3 - age_min, created_at=FOUND_AT - timedelta(minutes=age_min))
        )
    assert made.newest == (Event.CRITICAL, made.findings[finding_id(3)])


def test_without_a_finding_the_scan_that_came_last_is_the_newest() -> None:
    made = pending()
    scans = [Scan(scan_id, SERVER) for scan_id in (SCAN_ID, OTHER_SCAN)]
    for scan in scans:
        made.put(Event.FAILED, scan)
    assert made.newest == (Event.FAILED, scans[1])
    assert made.scan_ids == [SCAN_ID, OTHER_SCAN]


def test_it_speaks_after_10_s_then_as_the_burst_ends_or_after_a_minute() -> None:
    made = pending(SCAN_ID)
    assert made.speaks_at_s() == 10
    made.is_updated = True
    speaks = []
    for made.news_at_s in (3.0, 12.0, 49.0, 55.0):
        speaks.append(made.speaks_at_s())
    assert speaks == [13, 22, 59, 60]


def test_a_scan_can_be_left_out() -> None:
    made = pending(SCAN_ID, OTHER_SCAN)
    made.put(Event.FAILED, Scan(SCAN_ID, SERVER))
    made.highs = {each.id: each for each in map(make_finding, (500, 501))}
    made.drop(SCAN_ID)
    assert made.scan_ids == [OTHER_SCAN]
    assert (made.highs, made.states) == ({}, {})
