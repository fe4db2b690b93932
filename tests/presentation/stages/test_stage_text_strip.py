"""The strip reads as one phrase: which stage of how many, and how it stands."""

import pytest

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.stages.stage_text import next_stage, stage_text, strip_text

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
def test_where_a_scan_stands(displays: list[StageDisplay], words: str) -> None:
    assert strip_text(displays, "4:12") == words


def test_walking_begins_at_the_running_stage_and_ends_at_the_ends() -> None:
    displays = nine(DONE, StageDisplay.RUNNING)
    assert [next_stage(displays, None, step) for step in (-1, 1)] == [1, 1]
    assert [next_stage(nine(), None, step) for step in (-1, 1)] == [8, 0]
    assert [next_stage(displays, *walk) for walk in ((0, -1), (0, 1), (8, 1))] == [0, 1, 8]


def test_each_look_has_words() -> None:
    told = {stage_text(0, [display]) for display in StageDisplay}
    assert len(told) == len(StageDisplay)
