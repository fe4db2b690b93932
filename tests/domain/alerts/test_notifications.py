"""What is reported under one key, and when its window ends (ux.md 2.5, rule 2)."""

from datetime import timedelta

import pytest

from heimdall_desktop.domain.alerts.notifications import PendingAlert
from heimdall_desktop.domain.alerts.rules import CRITICAL, Event, Subject
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, critical
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding


def pending(*subjects: tuple[Event, Subject]) -> PendingAlert:
    made = PendingAlert("alert-1", CRITICAL, 0.0)
    made.subjects |= {(event, subject.id): subject for event, subject in subjects}
    return made


def test_the_newest_is_the_youngest_in_any_order_of_a_listing() -> None:
    """The server lists the youngest of one severity first (heimdall-api.md 4.4)."""
    made = pending(
        *(
            (Event.CRITICAL, critical(3 - age, created_at=FOUND_AT - timedelta(minutes=age)))
            for age in (0, 1, 2)
        )
    )
    assert made.newest == (Event.CRITICAL, made.finding(Event.CRITICAL, finding_id(3)))


def test_without_a_finding_the_last_scan_is_the_newest() -> None:
    scans = [Scan(scan_id, SERVER) for scan_id in (SCAN_ID, OTHER_SCAN)]
    made = pending(*((Event.FAILED, scan) for scan in scans))
    assert made.newest == (Event.FAILED, scans[1])
    assert made.scan_ids == [SCAN_ID, OTHER_SCAN]


@pytest.mark.parametrize(
    ("news_at_s", "updates_at_s"), [(3.0, 13), (12.0, 22), (49.0, 59), (55.0, 60)]
)
def test_a_window_ends_10_s_after_its_last_news_or_after_a_minute(
    news_at_s: float, updates_at_s: float
) -> None:
    made = pending((Event.CRITICAL, critical(1)))
    assert made.updates_at_s() == 10
    made.is_updated, made.news_at_s = True, news_at_s
    assert made.updates_at_s() == updates_at_s


def test_a_scan_can_be_dropped() -> None:
    findings = (critical(1), critical(2, scan_id=OTHER_SCAN))
    made = pending(
        *((Event.CRITICAL, each) for each in findings), (Event.FAILED, Scan(SCAN_ID, SERVER))
    )
    made.counted[Event.HIGH] = {each.id: each for each in map(make_finding, (500, 501))}
    made.drop(SCAN_ID)
    assert list(made.subjects.values()) == [findings[1]]
    assert made.counted[Event.HIGH] == {}
