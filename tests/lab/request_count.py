"""Counts the requests that reach the server, so that a load is measured where it arrives."""

import threading
import time
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.lab.request_kinds import STREAM

WAIT_LIMIT_S = 20.0
_MOMENTS = 200_000
"""How many requests are remembered with their moment, for rates."""


class RequestCount:
    """Requests by kind, and how many were in flight at once; streams are counted apart.

    Counting happens on the server's loop; any thread may read. A request counts when it arrives,
    whatever a fault makes of it, and is in flight until its answer is handed to the socket.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moved = threading.Condition()
        self.in_flight = 0
        """Requests under way now, without streams."""
        self.open_streams = 0
        """Streams open now."""
        self.reset()

    def reset(self) -> None:
        """Count from now on; what is under way stays so."""
        self.by_kind: Counter[str] = Counter()
        """How many came, by the words of `request_kinds`."""
        self.most_in_flight = self.in_flight
        """The highest number of requests under way at once, without streams."""
        self.most_open_streams = self.open_streams
        """The highest number of streams open at once."""
        self._moments: deque[float] = deque(maxlen=_MOMENTS)
        self._since = self._clock()

    @property
    def age_s(self) -> float:
        """How long counting has gone on."""
        return self._clock() - self._since

    @contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        """Count a request that is under way while the context lasts."""
        self.by_kind[kind] += 1
        self._moments.append(self._clock())
        self._enter(kind, 1)
        try:
            yield
        finally:
            self._enter(kind, -1)

    def until(self, condition: Callable[[], bool], limit_s: float = WAIT_LIMIT_S) -> None:
        """Wait, in any thread but the server's, until something about these numbers is true.

        Raises:
            TimeoutError: it did not come true.
        """
        with self._moved:
            if not self._moved.wait_for(condition, limit_s):
                raise TimeoutError(f"waited {limit_s} s, and it is {self.told()}")

    def busiest_per_s(self, window_s: float = 10.0) -> float:
        """Return the highest rate of requests a second, averaged over a window of this length."""
        moments = list(self._moments)
        most = 0
        for first, start in enumerate(moments):
            most = max(most, bisect_right(moments, start + window_s) - first)
        return most / window_s

    def told(self) -> dict[str, object]:
        """Tell all of it, for JSON."""
        return {
            "by_kind": dict(self.by_kind),
            "total": sum(dict(self.by_kind).values()),
            "in_flight": self.in_flight,
            "most_in_flight": self.most_in_flight,
            "open_streams": self.open_streams,
            "most_open_streams": self.most_open_streams,
            "age_s": round(self.age_s, 3),
            "busiest_per_s": self.busiest_per_s(),
        }

    def _enter(self, kind: str, step: int) -> None:
        with self._moved:
            if kind == STREAM:
                self.open_streams += step
                self.most_open_streams = max(self.most_open_streams, self.open_streams)
            else:
                self.in_flight += step
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
            self._moved.notify_all()
