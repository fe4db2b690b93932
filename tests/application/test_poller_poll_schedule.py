"""How often a scan is asked for, and how long its end is doubted."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from heimdall_desktop.application.poller import (
    LISTING_REST_LIMIT_S,
    doubt_s,
    first_interval_s,
    is_looked_at,
    listing_rest_s,
    poll_interval_s,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts, LiveRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
NOW = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


def scan(status: str, *, created_s_ago: float = 0, updated_s_ago: float | None = 0) -> Scan:
    made = Scan(SCAN, server_url("http://127.0.0.1:8080"))
    made.created_at = NOW - timedelta(seconds=created_s_ago)
    updated = None if updated_s_ago is None else NOW - timedelta(seconds=updated_s_ago)
    made.observe(LiveRead(SCAN, 1.0, status, None, updated, Counts(), (), ()))
    return made


@pytest.mark.parametrize(
    ("watched", "is_in_view", "usual_s"),
    [
        (scan("hunting"), True, 2.5),
        (scan("hunting"), False, 8.0),
        (scan("queued"), False, 8.0),
        (scan("queued", created_s_ago=301), False, 30.0),
        (scan("queued", created_s_ago=301), True, 2.5),
        (scan("failed"), False, 3.0),
    ],
)
def test_t50_intervals(watched: Scan, is_in_view: bool, usual_s: float) -> None:
    drawn = [poll_interval_s(watched, is_in_view, NOW, Random(seed)) for seed in range(50)]
    assert 0.95 * usual_s <= min(drawn) < max(drawn) <= 1.05 * usual_s


def test_watches_that_begin_together_are_asked_for_apart() -> None:
    drawn = [first_interval_s(scan("hunting"), False, NOW, Random(seed)) for seed in range(50)]
    assert min(drawn) < 1.0
    assert max(drawn) > 7.0


@pytest.mark.parametrize(
    ("watched", "expected_s"),
    [
        (scan("completed"), 5.0),
        (scan("failed"), 30.0),
        (scan("cancelled"), 60.0),
        (scan("failed", updated_s_ago=601), 0.0),
        (scan("cancelled", updated_s_ago=601), 0.0),
        (scan("completed", updated_s_ago=601), 0.0),
        (scan("failed", updated_s_ago=None), 30.0),
    ],
)
def test_t26_t38_an_end_is_doubted(watched: Scan, expected_s: float) -> None:
    assert doubt_s(watched, NOW) == expected_s


def test_never_more_than_half_of_the_time_is_spent_listing() -> None:
    assert listing_rest_s(0.5) == 4.5
    assert listing_rest_s(20.0) == 20.0


def test_a_listing_that_the_machine_slept_through_is_no_reason_to_rest_as_long() -> None:
    assert listing_rest_s(3600.0) == LISTING_REST_LIMIT_S


@pytest.mark.parametrize(
    ("status", "minutes", "do_others_run", "is_worth_it"),
    [
        ("completed", 34, False, True),
        ("completed", 36, True, False),
        ("failed", 34, False, True),
        ("failed", 36, False, False),
        ("cancelled", 59, False, True),
        ("cancelled", 61, False, False),
        ("cancelled", 600, True, True),
    ],
)
def test_t61_what_has_settled_is_looked_at_for_a_while(
    status: str, minutes: int, do_others_run: bool, is_worth_it: bool
) -> None:
    settled = scan(status, updated_s_ago=60 * minutes)
    assert is_looked_at(settled, NOW, do_others_run=do_others_run) is is_worth_it
