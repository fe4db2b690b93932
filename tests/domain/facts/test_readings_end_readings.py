"""Ends of a scan: since when one is told, and which one it has come back from."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from heimdall_desktop.domain.facts.readings import EndReadings


def readings(*told: tuple[float, str]) -> EndReadings:
    made = EndReadings()
    for asked_at_s, status in told:
        made.read_status(asked_at_s, status)
    return made


def test_an_end_holds_since_it_was_told_without_a_break() -> None:
    assert readings((1, "hunting")).since_s("failed") is None
    assert readings((1, "hunting"), (2, "failed"), (3, "failed")).since_s("failed") == 2
    assert readings((2, "failed"), (3, "hunting"), (4, "failed")).since_s("failed") == 4
    assert readings((2, "failed"), (3, "cancelled")).since_s("failed") is None


def test_a_scan_returns_from_the_end_told_last() -> None:
    assert readings().returned_from is None
    assert readings((1, "cancelled")).returned_from is None
    assert readings((1, "failed"), (2, "cancelled"), (3, "ingesting")).returned_from == "cancelled"
    assert readings((1, "ingesting"), (2, "cancelled")).returned_from is None


def test_the_newest_moment_of_an_end_counts_in_any_order() -> None:
    made, at = EndReadings(), datetime(2026, 7, 4, 12, 4, tzinfo=UTC)
    made.note("cancelled", at)
    made.note("cancelled", at - timedelta(minutes=3))
    made.note("cancelled", None)
    made.note("hunting", at + timedelta(minutes=1))
    assert made.ended_at("cancelled") == at
    assert made.ended_at("hunting") is None


def test_the_order_of_arrival_does_not_matter() -> None:
    told = [(1.0, "cancelled"), (2.0, "hunting"), (3.0, "failed"), (4.0, "failed")]
    made = [readings(*order) for order in permutations(told)]
    assert {each.since_s("failed") for each in made} == {3.0}
    assert {each.since_s("cancelled") for each in made} == {None}
    assert {each.returned_from for each in made} == {None}
