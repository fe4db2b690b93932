"""Spans and moments begin where people mean them to."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.filters.filter_terms import begin_of, is_moment, is_span, pace_s

NOW = datetime(2026, 7, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hours"), [("90m", 1.5), ("2h", 2), ("1d", 24), ("1W", 168), ("3600s", 1)]
)
def test_spans_go_back_from_now(text: str, hours: float) -> None:
    assert is_span(text)
    assert begin_of(text, NOW) == NOW - timedelta(hours=hours)


def test_a_span_without_end_is_cut() -> None:
    assert begin_of("99999w", NOW).year > 1970


def test_a_time_of_day_is_the_last_one() -> None:
    local = NOW.astimezone()
    earlier, later = (local + timedelta(minutes=n) for n in (-1, 1))
    assert begin_of(f"{earlier:%H:%M}", NOW) == earlier
    assert begin_of(f"{later:%H:%M}", NOW) == later - timedelta(days=1)


def test_days_begin_at_midnight_of_this_computer() -> None:
    midnight = NOW.astimezone().replace(hour=0, minute=0)
    assert begin_of("today", NOW) == begin_of(f"{midnight:%Y-%m-%d}", NOW) == midnight
    assert begin_of("yesterday", NOW) == midnight - timedelta(days=1)
    assert begin_of("2026-07-04T09:15", NOW) == midnight + timedelta(hours=9, minutes=15)


@pytest.mark.parametrize("text", ["", "24:00", "7", "1:5", "2026-13-01", "0001-01-01", "later"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert not is_moment(text)
    assert not is_span(text)


def test_short_spans_are_reckoned_every_second_and_long_ones_seldom() -> None:
    assert (pace_s("10m"), pace_s("1d"), pace_s("14:00")) == (1.0, 144.0, 30.0)
