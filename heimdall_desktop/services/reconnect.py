"""How long to wait before a stream is reopened: growing, jittered, reset after a healthy one.

Source: protocol.md T-45.
"""

from random import Random

STEPS_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
HEALTHY_AFTER_S = 20.0  # a server that answers and closes at once must not be hammered


class Reconnect:
    """The delays of one stream; `random` spreads many streams apart."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._step = 0

    def delay_s(self, lived_s: float) -> float:
        """Return the wait before the next attempt.

        Args:
            lived_s: how long the connection that just ended had lived; 0 if it never opened.
        """
        if lived_s >= HEALTHY_AFTER_S:
            self.reset()
        longest_s = STEPS_S[self._step]
        self._step = min(self._step + 1, len(STEPS_S) - 1)
        return self._random.uniform(longest_s / 2, longest_s)

    def reset(self) -> None:
        """Start with the shortest wait again: after resume, on a new network, or by user action."""
        self._step = 0
