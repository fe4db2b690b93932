"""Converts moments of our monotonic clock to wall-clock seconds, which outlive the session.

A file may contain any number as a moment, so its moments are moved into range when read.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Self, TypeVar

from msgspec import Struct
from msgspec.structs import replace

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
from heimdall_desktop.services.envelope import Latest, within_reach

T = TypeVar("T")

_LATEST_S = Latest.timestamp()


class BothClocks(Struct, frozen=True):
    """Both clocks at one moment. The wall clock may be set, so read it each time."""

    wall_s: float
    clock_s: float

    @classmethod
    def read(cls, now: Callable[[], datetime], clock: Callable[[], float]) -> Self:
        """Read both clocks."""
        return cls(now().timestamp(), clock())

    def to_wall(self, at_s: float) -> float:
        """Return a monotonic moment as wall-clock seconds."""
        return self.wall_s - (self.clock_s - at_s)

    def to_clock(self, wall_s: float) -> float:
        """Return wall-clock seconds as a monotonic moment, never in the future.

        It is below 0 if it is before the machine started.
        """
        return min(self.clock_s - (self.wall_s - kept_s(wall_s)), self.clock_s)

    def excess_s(self, wall_s: float) -> float:
        """Return how far a moment is in the future, because the clock was set back; else 0."""
        return max(kept_s(wall_s) - self.wall_s, 0.0)


def kept_s(wall_s: float) -> float:
    """Return wall-clock seconds of the history, moved into range; NaN becomes the minimum."""
    return min(max(0.0, wall_s), _LATEST_S)  # in this order for NaN


def kept_moment(wall_s: float) -> datetime:
    """Return the moment of wall-clock seconds."""
    return within_reach(datetime.fromtimestamp(kept_s(wall_s), UTC))


def within(value: T) -> T:
    """Return a value from the history, with all its moments moved into range."""
    if isinstance(value, datetime):
        return within_reach(value)  # type: ignore[return-value]  # it is one
    if isinstance(value, tuple):
        return tuple(map(within, value))  # type: ignore[return-value]  # it is one
    if not isinstance(value, Struct):
        return value
    changed = {
        name: new
        for name in value.__struct_fields__
        if (new := within(old := getattr(value, name))) != old
    }
    return replace(value, **changed) if changed else value


def moved(observation: Observation, to: Callable[[float], float]) -> Observation:
    """Return an observation with its moment converted to the other clock."""
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
