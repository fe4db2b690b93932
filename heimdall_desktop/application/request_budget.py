"""Shares a few extra requests a second among all watches of a server, in the order they asked.

Polls and listings of many scans leave little room below what a server should bear (T-50), so the
cheap extra looks wait for their turn: none of fifty watches is looked after twice before all are.
"""

from collections.abc import Callable, Hashable

WAITS_S = 1.0  # who has not asked again for so long does not wait any more


class RequestBudget:
    """A queue before a bucket of tokens.

    Args:
        clock: monotonic seconds.
        per_second: how many turns there are, and how many at once after a rest.
    """

    def __init__(self, clock: Callable[[], float], per_second: float) -> None:
        self._clock = clock
        self._per_second = per_second
        self._tokens = per_second
        self._filled_at_s = clock()
        self._waiting: dict[Hashable, float] = {}

    def take(self, who: Hashable) -> bool:
        """Return whether it is somebody's turn; if not, ask again soon to keep the place."""
        now_s = self._clock()
        self._fill(now_s)
        if now_s - self._waiting.get(who, now_s) >= WAITS_S:
            del self._waiting[who]
        self._waiting[who] = now_s
        if who not in self._first(int(self._tokens), now_s):
            return False
        del self._waiting[who]
        self._tokens -= 1
        return True

    def _first(self, count: int, now_s: float) -> list[Hashable]:
        """Return those whose turn it is; the others are not looked through, there may be many."""
        first: list[Hashable] = []
        gone: list[Hashable] = []
        for other, at_s in self._waiting.items():
            if len(first) == count:
                break
            (first if now_s - at_s < WAITS_S else gone).append(other)
        for other in gone:
            del self._waiting[other]
        return first

    def _fill(self, now_s: float) -> None:
        gained = (now_s - self._filled_at_s) * self._per_second
        self._tokens = min(self._tokens + max(gained, 0.0), self._per_second)
        self._filled_at_s = now_s
