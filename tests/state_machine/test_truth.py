"""The schedules can fail: an app that loses, invents or repeats something is found out."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change, FindingAdded
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, Observation, Settled
from tests.state_machine.house import House
from tests.state_machine.player import play
from tests.state_machine.steps import Alter, Complete, Find, Pass, Schedule
from tests.state_machine.tally import Tally
from tests.state_machine.turned_time import TurnedLoop

SCHEDULE = Schedule(
    (6,),
    silent=0,
    drifts=False,
    steps=(Find(0, 3, "critical"), Pass(10), Alter(0, 1, "title", "New"), Complete(0, stops=False)),
)


class LosingStore(Store):
    """Loses what is critical, as a ring does."""

    def observe(self, observation: Observation) -> bool:
        if isinstance(observation, FindingsListed):
            kept = [row for row in observation.findings if row.severity is not Severity.CRITICAL]
            observation = replace(observation, findings=tuple(kept))
        return super().observe(observation)


class StubbornStore(Store):
    """Keeps the first reading of each row."""

    def observe(self, observation: Observation) -> bool:
        if isinstance(observation, FindingsListed):
            kept = [row for row in observation.findings if self.finding(row.id) is None]
            observation = replace(observation, findings=tuple(kept))
        return super().observe(observation)


class DoubtingStore(Store):
    """Never believes that a scan has ended."""

    def observe(self, observation: Observation) -> bool:
        return not isinstance(observation, Settled) and super().observe(observation)


class RepeatingStore(Store):
    """Tells of each new row twice."""

    def drain(self) -> list[Change]:
        changes = super().drain()
        return changes + [each for each in changes if isinstance(each, FindingAdded)]


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (LosingStore, "3 rows missing"),
        (StubbornStore, "title of"),
        (DoubtingStore, "settled: False"),
        (RepeatingStore, "added twice"),
    ],
)
def test_a_broken_app_is_found_out(
    broken: Callable[[], Store], complaint: str, tmp_path: Path
) -> None:
    house = House(tmp_path)
    try:
        with (
            asyncio.Runner(loop_factory=TurnedLoop) as runner,
            pytest.raises(AssertionError, match=complaint),
        ):
            runner.run(play(SCHEDULE, house, Tally(), broken(), recovery_s=100.0))
    finally:
        house.close()
