"""Random scans, random faults, random time: in the end the app knows what the server knows.

A few schedules, always the same, run with the suite. Many more, new ones each time:

    HEIMDALL_SCHEDULES=2000 python -m pytest tests/state_machine -s
"""

import asyncio
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.lab.generations import PRESENT
from tests.state_machine.house import House
from tests.state_machine.player import play
from tests.state_machine.steps import (
    Alter,
    Burst,
    Cancel,
    Complete,
    Crowd,
    Fail,
    Find,
    Forward,
    Pass,
    Restart,
    Return,
    Schedule,
    Step,
    calm_schedules,
    schedules,
)
from tests.state_machine.tally import Tally
from tests.state_machine.turned_time import TurnedLoop

PROMISED_S = 10.0
BY_HAND = int(os.environ.get("HEIMDALL_SCHEDULES", "0"))
SEED = int(os.environ.get("HEIMDALL_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tally(capsys: pytest.CaptureFixture[str]) -> Iterator[Tally]:
    made = Tally()
    yield made
    if BY_HAND:
        with capsys.disabled():
            sys.stdout.write(f"\nseed {SEED}\n{made.text()}\n")


def many(few: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many schedules in the suite, always the same; by hand as many as wanted."""
    given_settings = settings(
        max_examples=BY_HAND or few,
        derandomize=not BY_HAND,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if BY_HAND else [Phase.generate],
    )
    return lambda test: seed(SEED)(given_settings(test)) if BY_HAND else given_settings(test)


def played(schedule: Schedule, house: House, tally: Tally, prompt_s: float | None = None) -> None:
    """Play on a loop of its own; by hand, tell at once of a schedule that fails."""
    try:
        with asyncio.Runner(loop_factory=TurnedLoop) as runner:
            runner.run(play(schedule, house, tally, prompt_s=prompt_s))
    except BaseException:
        if BY_HAND:
            sys.stdout.write(f"\nschedule {tally.schedules} failed: {schedule!r}\n")
            sys.stdout.flush()
        raise


@pytest.mark.timeout(0 if BY_HAND else 60)
@many(few=8)
@given(schedule=schedules)
def test_in_the_end_the_app_knows_what_the_server_knows(
    house: House, tally: Tally, schedule: Schedule
) -> None:
    played(schedule, house, tally)


@pytest.mark.timeout(0 if BY_HAND else 60)
@many(few=3)
@given(schedule=calm_schedules)
def test_what_shows_anywhere_is_known_within_ten_seconds(
    house: House, tally: Tally, schedule: Schedule
) -> None:
    played(schedule, house, tally, PROMISED_S)


def test_t54_requests_that_break_each_other_leave_nothing_unknown(
    house: House, tally: Tally
) -> None:
    news = (Forward(0, 1), Find(1, 220, "high"), Find(2, 5, "low"), Burst(1), Pass(10))
    steps = (Crowd(1), *news, Restart(PRESENT), *news, Crowd(2), *news)
    played(Schedule((3, 4, 5), 0, drifts=False, steps=steps), house, tally)
    assert sum(n for what, n in tally.faults.items() if what.startswith("second_of_two")) > 0


def test_t28_an_attempt_that_began_between_two_polls_is_noticed(house: House, tally: Tally) -> None:
    steps = (Pass(1), Forward(0, 4), Pass(10), Fail(0), Return(0), Forward(0, 1))
    played(Schedule((1,), 0, drifts=False, steps=steps), house, tally)


@pytest.mark.parametrize("end", [Fail(0), Cancel(0, stage_first=True), Complete(0, stops=True)])
def test_rows_in_view_are_read_again_while_an_end_is_doubted(
    house: House, tally: Tally, end: Step
) -> None:
    silent = Alter(0, 0, "agent_reasoning", "Not reachable.")
    steps = (Forward(0, 1), Find(0, 1, "critical"), end, Pass(3), silent)
    played(Schedule((1,), 0, drifts=False, steps=steps), house, tally, PROMISED_S)
