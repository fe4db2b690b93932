"""Durations, ages and moments read as the pictures show them."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import heimdall_desktop
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.i18n import translate_with
from heimdall_desktop.presentation.time_text import DAY_S, HOUR_S

PACKAGE = Path(heimdall_desktop.__file__).parent
NOON = datetime(2026, 7, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("say", "cases"),
    [
        (time_text.clock_text,
         {0: "0:00", 9.9: "0:09", 252: "4:12", 700: "11:40", 3729: "1:02:09", -3: "0:00"}),
        # never more than has passed
        (time_text.rough_text,
         {0.4: "0 s", 59.9: "59 s", 60: "1 min", 3599: "59 min", 7200: "2 h", 2e5: "2 d"}),
        # never less than is left to wait
        (time_text.wait_text, {7.2: "8 s", 8: "8 s", 0.1: "1 s"}),
        # never more than is left
        (time_text.left_text,
         {6.9 * DAY_S: "6 d", DAY_S: "1 d", DAY_S - 1: "23 h 59 min", HOUR_S - 1: "59 min",
          3 * HOUR_S + 659: "3 h 10 min", 3 * HOUR_S + 59: "3 h", 42: "42 s", -5: "0 s"}),
        (time_text.number_text,
         {0: "0", 999: "999", 1000: "1.0k", 1290: "1.2k", 56_789: "56k", 2_400_000: "2.4M"}),
    ],
)  # fmt: skip
def test_durations_and_numbers_stay_short_and_honest(
    say: Callable[[float], str], cases: dict[float, str]
) -> None:
    assert {number: say(number) for number in cases} == cases


@pytest.mark.parametrize(
    ("days", "words", "narrow"),
    [(0, "12:00", "12:00"), (2, "2 Jul", "2 Jul"), (400, "30 May 2025", "May 2025")],
)
def test_another_day_is_named(days: int, words: str, narrow: str) -> None:
    noon = NOON.astimezone().replace(hour=12)
    at = noon - timedelta(days=days)
    assert time_text.day_text(at, noon) == words
    assert time_text.day_text(at, noon, is_narrow=True) == narrow


def test_yesterdays_times_have_their_day_however_near_they_are() -> None:
    at = NOON.astimezone().replace(hour=23, minute=40)
    soon, long_after = at + timedelta(minutes=40), at + timedelta(hours=9)
    for now in (soon, long_after):
        assert time_text.moment_text(at, now) == f"{at.day} Jul 23:40"
        assert time_text.at_text(at, now, "\u2248 ") == f"on \u2248 {at.day} Jul 23:40"
        assert time_text.second_text(at, now) == f"{at.day} Jul 23:40:00"
    assert time_text.moment_text(at, at) == time_text.minute_text(at)
    assert time_text.at_text(at, at) == "at 23:40"
    assert time_text.second_text(at, at) == time_text.second_text(at) == "23:40:00"


def test_where_there_is_room_for_one_the_hour_before_midnight_keeps_its_time() -> None:
    at = NOON.astimezone().replace(hour=23, minute=40)
    soon, long_after = at + timedelta(minutes=40), at + timedelta(hours=9)
    for is_narrow in (False, True):
        assert time_text.day_text(at, soon, is_narrow=is_narrow) == "23:40"
        assert time_text.day_text(at, long_after, is_narrow=is_narrow) == f"{at.day} Jul"
    assert time_text.day_text(soon, at) == f"{soon.day} Jul", "what lies ahead needs its day"


@pytest.mark.parametrize("hours", [2, -5, 0])
def test_a_full_moment_names_its_zone(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    monkeypatch.setenv("TZ", f"XYZ{-hours}")
    time.tzset()
    assert time_text.full_words(NOON) == f"2026-07-04 {12 + hours:02d}:00:00 {hours:+03d}:00"
    assert time_text.minute_text(NOON) == f"{12 + hours:02d}:00"
    monkeypatch.undo()
    time.tzset()


def test_no_other_module_knows_how_a_moment_is_written() -> None:
    sources = [path for path in PACKAGE.rglob("*.py") if "local" not in path.parts]
    knowing = [path.name for path in sources if re.search(r"%[HMbBY]\b|strftime", path.read_text())]
    assert knowing == ["time_text.py"]


def test_months_and_units_are_in_the_language_of_the_texts() -> None:
    words = {"Jul": "Juli", "{day} {month}": "{day}. {month}", "{number} d": "{number} T."}
    translate_with(lambda text, _disambiguation, _number: words.get(text, text))
    try:
        at = datetime(2026, 7, 4, 12).astimezone()
        assert time_text.day_text(at, at + timedelta(days=3)) == "4. Juli"
        assert time_text.rough_text(3 * DAY_S) == "3 T."
    finally:
        translate_with(None)
