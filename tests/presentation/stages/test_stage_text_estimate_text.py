"""Estimates are rounded to what they are worth, and missing ones are said to be missing."""

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.stages.stage_times import UsualTime
from heimdall_desktop.presentation.stages.stage_text import (
    left_text,
    no_estimate_text,
    scans_text,
    short_usual_text,
    usual_sentence,
    usual_text,
)
from tests.fakes.board_scans import FakeTime, ScanStory

PAST = [30.0, 90, 60, 30, 15, 400, 200, 20, 10]


@pytest.mark.parametrize(
    ("usual", "short", "words", "sentence"),
    [
        (
            UsualTime(240, 125, 410),
            "~4 m",
            "~4 min (2 to 7)",
            "Usually 4 min, shortest 2, longest 7",
        ),
        (
            UsualTime(40, 30, 95),
            "~40 s",
            "~40 s (30 to 95)",
            "Usually 40 s, shortest 30, longest 95",
        ),
        (
            UsualTime(9000, 7200, 14400),
            "~2 h",
            "~2 h (2 to 4)",
            "Usually 2 h, shortest 2, longest 4",
        ),
        (UsualTime(62, 58, 64), "~1 m", "~1 min", "Usually 1 min, shortest 1, longest 1"),
    ],
)
def test_usual_times(usual: UsualTime, short: str, words: str, sentence: str) -> None:
    assert short_usual_text(usual) == short
    assert usual_text(usual) == words
    assert usual_sentence(usual) == sentence


def story(*past: list[float]) -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90, 60, 30, 15], 100).remember(*past)


def left(story: ScanStory, elapsed_s: float = 100) -> str:
    return left_text(story.scan, story.pace().usual, elapsed_s)


def test_what_is_left_is_the_rest_of_this_stage_and_all_to_come() -> None:
    assert left(story(PAST, PAST, [time_s * 2 for time_s in PAST])) == "about 9 min left (9 to 19)"


def test_without_enough_scans_nothing_is_promised() -> None:
    assert left(story(PAST, PAST)) == "no estimate yet"
    assert no_estimate_text() == "No estimate (needs 3 past scans)"


def test_nothing_is_promised_while_one_stage_is_unknown() -> None:
    assert left(story(*[PAST[:7]] * 3)) == "no estimate yet"


def test_a_stage_that_takes_longer_than_ever_says_so() -> None:
    assert left(story(PAST, PAST, PAST), 401) == "Hunt is taking longer than ever"


def test_the_last_seconds_are_not_counted() -> None:
    shown = ScanStory(Store(), FakeTime(), "shop").run(PAST[:8], 2).remember(PAST, PAST, PAST)
    assert left(shown, 2) == "less than a minute left"


def test_between_two_stages_only_what_comes_is_left() -> None:
    shown = ScanStory(Store(), FakeTime(), "shop").run(PAST[:6]).remember(PAST, PAST, PAST)
    shown.live("hunted", shown.scan.stage_rows[:6])
    assert left_text(shown.scan, shown.pace().usual, None) == "about 4 min left"


def test_how_much_an_estimate_rests_on() -> None:
    assert scans_text(story(PAST, PAST).pace().usual) == "Based on 2 past scans of this repository."
    assert scans_text(story(PAST).pace().usual) == "Based on 1 past scan of this repository."
