"""Delays stay in their steps, grow, and start anew after health."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.services.reconnect import HEALTHY_AFTER_S, STEPS_S, Reconnect

SEEDS = st.integers(0, 2**32)
LIVES_S = st.lists(st.floats(0, 100), max_size=30)


def seeded(seed: int) -> Reconnect:
    return Reconnect(Random(seed))


@given(SEEDS, LIVES_S)
def test_each_delay_is_in_the_upper_half_of_its_step(seed: int, lives_s: list[float]) -> None:
    reconnect = seeded(seed)
    step = 0
    for lived_s in lives_s:
        step = 0 if lived_s >= HEALTHY_AFTER_S else step
        delay_s = reconnect.delay_s(lived_s)
        assert STEPS_S[step] / 2 <= delay_s <= STEPS_S[step]
        step = min(step + 1, len(STEPS_S) - 1)


@given(SEEDS)
def test_reset_begins_anew(seed: int) -> None:
    reconnect = seeded(seed)
    for _ in range(9):
        reconnect.delay_s(0.0)
    reconnect.reset()
    assert reconnect.delay_s(0.0) <= STEPS_S[0]


def test_watches_spread_out() -> None:
    delays_s = {seeded(seed).delay_s(0.0) for seed in range(50)}
    assert len(delays_s) == 50
