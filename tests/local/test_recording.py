"""Replaying what was written down."""

from heimdall_desktop.local.steps import Failure, Pause, Recording, Step

RECORDING = Recording("two", "shop", ({"hunt": (Failure("cut off"),)}, {"hunt": (Pause(1),)}))


async def _steps(stage: str, attempt: int) -> list[Step]:
    return [step async for step in RECORDING.steps(stage, attempt)]


async def test_each_attempt_has_its_steps_and_the_last_one_repeats() -> None:
    assert await _steps("hunt", 1) == [Failure("cut off")]
    assert await _steps("hunt", 2) == [Pause(1)]
    assert await _steps("hunt", 3) == [Pause(1)]


async def test_a_stage_without_steps_is_passed_through() -> None:
    assert await _steps("tyr", 1) == []
