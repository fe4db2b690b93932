"""Random scans, random faults, random time: in the end the app knows what the server knows.

A few schedules, always the same, run with the suite. Many more, new ones each time:

    HEIMDALL_SCHEDULES=2000 python -m pytest tests/state_machine -s
"""

import asyncio
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.state_machine.house import House
from tests.state_machine.play import Tally, play
from tests.state_machine.steps import Schedule, schedules
from tests.state_machine.turned_time import TurnedLoop

FEW = 8
BY_HAND = int(os.environ.get("HEIMDALL_SCHEDULES", "0"))
SEED = int(os.environ.get("HEIMDALL_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


@pytest.mark.timeout(0 if BY_HAND else 60)
def test_the_app_knows_what_the_server_knows(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = Tally()

    @seed(SEED if BY_HAND else 1)
    @settings(
        max_examples=BY_HAND or FEW,
        derandomize=not BY_HAND,
        database=None,
        deadline=None,
        print_blob=bool(BY_HAND),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if BY_HAND else [Phase.generate],
    )
    @given(schedules)
    def run(schedule: Schedule) -> None:
        try:
            with asyncio.Runner(loop_factory=TurnedLoop) as runner:
                runner.run(play(schedule, house, tally))
        except BaseException:
            if BY_HAND:
                with capsys.disabled():
                    sys.stdout.write(f"\nschedule {tally.schedules} failed: {schedule!r}\n")
            raise

    try:
        run()
    finally:
        if BY_HAND:
            with capsys.disabled():
                sys.stdout.write(f"\nseed {SEED}\n{tally.text()}\n")
