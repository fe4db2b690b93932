"""How fast recorded time passes."""

import asyncio
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplayClock:
    """Recorded seconds per real second; 0 and infinity mean: as fast as possible."""

    speed: float = 1.0

    async def wait(self, recorded_s: float) -> None:
        """Let so many recorded seconds pass; at the least, give the loop back once."""
        await asyncio.sleep(self.real_s(recorded_s))

    def real_s(self, recorded_s: float) -> float:
        """Return how long so many recorded seconds take."""
        if self.speed <= 0 or math.isinf(self.speed):
            return 0.0
        return recorded_s / self.speed
