"""Moments of our monotonic clock <-> seconds of the wall clock, which outlive the session."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from heimdall_desktop.domain.facts.observation import (
    EndSeen,
    FindingsListed,
    GapsSeen,
    ListingEnded,
    LiveRead,
    Observation,
    ScanRead,
    SourceSeen,
    StageSeen,
    StatusSeen,
)


@dataclass(frozen=True, slots=True)
class BothClocks:
    """What both clocks show at one moment. The wall clock may be set, so ask anew each time."""

    wall_s: float
    clock_s: float

    @classmethod
    def read(cls, now: Callable[[], datetime], clock: Callable[[], float]) -> Self:
        """Look at both."""
        return cls(now().timestamp(), clock())

    def to_wall(self, at_s: float) -> float:
        """Return a monotonic moment as wall-clock seconds."""
        return self.wall_s - (self.clock_s - at_s)

    def to_clock(self, wall_s: float) -> float:
        """Return wall-clock seconds as a monotonic moment, never in the future.

        It is below 0 if it lies before the machine started.
        """
        return min(self.clock_s - (self.wall_s - wall_s), self.clock_s)

    def excess_s(self, wall_s: float) -> float:
        """Return how far a moment lies in the future, because the clock was set back; else 0."""
        return max(wall_s - self.wall_s, 0.0)


def moved(observation: Observation, to: Callable[[float], float]) -> Observation:
    """Return an observation with its moment told by the other clock."""
    match observation:
        case ScanRead() | LiveRead() | FindingsListed():
            return replace(observation, asked_at_s=to(observation.asked_at_s))
        case ListingEnded():
            return replace(observation, asked_at_s=to(observation.asked_at_s), retry_at_s=None)
        case StageSeen() | StatusSeen() | EndSeen() | GapsSeen():
            return replace(observation, heard_at_s=to(observation.heard_at_s))
        case SourceSeen():
            return replace(observation, found_at_s=to(observation.found_at_s))
        case _:
            return observation
