"""How fast recorded time passes."""

import math

import pytest

from heimdall_desktop.local.steps import ReplayClock


@pytest.mark.parametrize(
    ("speed", "real_s"), [(1.0, 10.0), (20.0, 0.5), (0.0, 0.0), (-1.0, 0.0), (math.inf, 0.0)]
)
def test_speed_shortens_recorded_time(speed: float, real_s: float) -> None:
    assert ReplayClock(speed).real_s(10) == real_s


async def test_waiting_as_fast_as_possible_returns() -> None:
    await ReplayClock(0).wait(3600)
