"""The strip reads as one phrase: which stage of how many, and how it stands."""

import pytest

from heimdall_desktop.domain.stages.stage_looks import StageLook
from heimdall_desktop.domain.stages.strip_words import next_stage, stage_words, strip_words

DONE, PENDING = StageLook.DONE, StageLook.PENDING


def nine(*looks: StageLook) -> list[StageLook]:
    return [*looks, *[PENDING] * (9 - len(looks))]


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        (nine(*[DONE] * 5, StageLook.RUNNING), "stage 6 of 9, hunt, running 4:12"),
        (nine(*[DONE] * 5, StageLook.QUIET), "stage 6 of 9, hunt, running, no news 4:12"),
        (nine(DONE, StageLook.FAILED), "stage 2 of 9, tyr, failed"),
        (nine(DONE, StageLook.CANCELLED), "stage 2 of 9, tyr, cancelled"),
        (nine(), "0 of 9 stages over"),
        ([DONE] * 8 + [StageLook.SKIPPED], "9 of 9 stages over"),
    ],
)
def test_where_a_scan_stands(looks: list[StageLook], words: str) -> None:
    assert strip_words(looks, "4:12") == words


def test_walking_begins_at_the_running_stage_and_ends_at_the_ends() -> None:
    looks = nine(DONE, StageLook.RUNNING)
    assert [next_stage(looks, None, step) for step in (-1, 1)] == [1, 1]
    assert [next_stage(nine(), None, step) for step in (-1, 1)] == [8, 0]
    assert [next_stage(looks, *walk) for walk in ((0, -1), (0, 1), (8, 1))] == [0, 1, 8]


def test_each_look_has_words() -> None:
    told = {stage_words(0, [look]) for look in StageLook}
    assert len(told) == len(StageLook)
