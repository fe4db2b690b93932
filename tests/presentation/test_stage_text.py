"""The texts of stages: estimates, and all stages in a line."""

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.domain.stages.stage_times import UsualTime
from heimdall_desktop.presentation.stage_text import (
    left_text,
    next_stage,
    no_estimate_text,
    scans_text,
    stage_text,
    strip_text,
    time_words,
    usual_sentence,
    usual_text,
)
from tests.fakes.board_scans import FakeTime, ScanStory

PAST = [30.0, 90, 60, 30, 15, 400, 200, 20, 10]


@pytest.mark.parametrize(
    ("usual", "short", "words", "sentence"),
    [
        (UsualTime(240, 125, 410), "~4 m", "~4 min (2 to 7)",
         "Usually 4 min, shortest 2, longest 7"),
        (UsualTime(40, 30, 95), "~40 s", "~40 s (30 to 95)",
         "Usually 40 s, shortest 30, longest 95"),
        (UsualTime(9000, 7200, 14400), "~2 h", "~2 h (2 to 4)",
         "Usually 2 h, shortest 2, longest 4"),
        (UsualTime(62, 58, 64), "~1 m", "~1 min", "Usually 1 min, shortest 1, longest 1"),
    ],
)  # fmt: skip
def test_usual_times(usual: UsualTime, short: str, words: str, sentence: str) -> None:
    assert time_words(usual, is_short=True) == short
    assert usual_text(usual) == words
    assert usual_sentence(usual) == sentence


def story(*past: list[float]) -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90, 60, 30, 15], 100).remember(*past)


def left(story: ScanStory, elapsed_s: float) -> str:
    return left_text(story.scan, story.pace().usual, elapsed_s)


@pytest.mark.parametrize(
    ("past", "elapsed_s", "words"),
    [
        ([PAST, PAST, [time_s * 2 for time_s in PAST]], 100, "about 9 min left (9 to 19)"),
        ([PAST, PAST], 100, "no estimate yet"),
        ([PAST[:7]] * 3, 100, "no estimate yet"),  # one stage to come is unknown
        ([PAST, PAST, PAST], 401, "Hunt is taking longer than ever"),
    ],
)
def test_the_rest_of_this_stage_and_all_to_come_is_left(
    past: list[list[float]], elapsed_s: float, words: str
) -> None:
    assert left(story(*past), elapsed_s) == words


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
    assert no_estimate_text() == "No estimate (needs 3 past scans)"


# -- The strip reads as one phrase: which stage of how many, and its state --


DONE, PENDING = StageDisplay.DONE, StageDisplay.PENDING


def nine(*displays: StageDisplay) -> list[StageDisplay]:
    return [*displays, *[PENDING] * (9 - len(displays))]


@pytest.mark.parametrize(
    ("displays", "words"),
    [
        (nine(*[DONE] * 5, StageDisplay.RUNNING), "stage 6 of 9, hunt, running 4:12"),
        (nine(*[DONE] * 5, StageDisplay.QUIET), "stage 6 of 9, hunt, running, no updates 4:12"),
        (nine(DONE, StageDisplay.FAILED), "stage 2 of 9, tyr, failed"),
        (nine(DONE, StageDisplay.CANCELLED), "stage 2 of 9, tyr, cancelled"),
        (nine(), "0 of 9 stages finished"),
        ([DONE] * 8 + [StageDisplay.SKIPPED], "9 of 9 stages finished"),
    ],
)
def test_how_far_a_scan_is(displays: list[StageDisplay], words: str) -> None:
    assert strip_text(displays, "4:12") == words


def test_walking_begins_at_the_running_stage_and_ends_at_the_ends() -> None:
    displays = nine(DONE, StageDisplay.RUNNING)
    assert [next_stage(displays, None, step) for step in (-1, 1)] == [1, 1]
    assert [next_stage(nine(), None, step) for step in (-1, 1)] == [8, 0]
    assert [next_stage(displays, *walk) for walk in ((0, -1), (0, 1), (8, 1))] == [0, 1, 8]


def test_each_look_has_words() -> None:
    reported = {stage_text(0, [display]) for display in StageDisplay}
    assert len(reported) == len(StageDisplay)
