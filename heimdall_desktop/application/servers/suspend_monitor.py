"""Notices that the machine or this program was away, or that the network or clock has changed.

No system reports reliably to a program that it was suspended or stopped, so this compares three
clocks about once a second and evaluates their differences. Signals of logind and the network are
used as well. Whatever happens within a few seconds is one incident.

Ages use a clock that cannot be set and continues while the machine sleeps. Linux
clock_gettime(2): CLOCK_BOOTTIME "is identical to CLOCK_MONOTONIC, except that it also includes any
time that the system is suspended". macOS clock_gettime(3): CLOCK_MONOTONIC_RAW is like
CLOCK_MONOTONIC, which "will continue to increment while the system is asleep"; Python's own
time.monotonic stops then (CPython issue 41303). Windows: GetTickCount64 and
QueryPerformanceCounter, one of which time.monotonic reads, count sleep and hibernation.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from enum import Enum

from msgspec import Struct

COUNTS_SLEEP = sys.platform in ("linux", "darwin", "win32")
BEAT_S = 1.0
LATE_S = 10.0  # a beat this late, or clocks this far apart, are no coincidence
INCIDENT_S = 5.0

if sys.platform == "linux":

    def steady_s() -> float:
        """Return seconds since the machine was started, asleep or awake."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

elif sys.platform == "darwin":

    def steady_s() -> float:
        """Return seconds since some moment, the machine asleep or awake."""
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)

else:

    def steady_s() -> float:
        """Return seconds since some moment, without sleep where the system counts none."""
        return time.monotonic()


class WakeReason(Enum):
    """The kind of incident, as logged."""

    SUSPENDED = "the machine was suspended"
    STOPPED = "the program was stopped"
    CLOCK_SET = "the clock on the wall was set"
    NETWORK = "the network is another one"


class _Beat(Struct, frozen=True):
    """The readings of the clocks at one moment, all in seconds."""

    steady_s: float
    running_s: float
    wall_s: float


class SuspendMonitor:
    """Compares clocks, and reports each incident once.

    Args:
        clock: monotonic seconds, including sleep where the system can.
        running: monotonic seconds, excluding sleep where the system does.
        now: the wall clock, aware UTC.
        counts_sleep: whether `clock` includes sleep. If not, only a wall clock that jumps ahead
            shows it.

    Attributes:
        on_woken: called once for each incident with the seconds in which nothing could happen, 0
            if there were none, and the reason. A network that changes during an incident is
            reported after it: attempts at its start may have been too early.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        running: Callable[[], float],
        now: Callable[[], datetime],
        counts_sleep: bool,
    ) -> None:
        self._clock, self._running, self._now = clock, running, now
        self._counts_sleep = counts_sleep
        self._last = self._read_clocks()
        self._fell_asleep_at_s: float | None = None
        self._reported_at_s = float("-inf")
        self._is_network_pending = False
        self.on_woken: Callable[[float, WakeReason], None] = lambda _away_s, _reason: None

    def beat(self) -> None:
        """Compare the clocks. Call this about once a second; more often does no harm."""
        self._compare()
        if self._is_network_pending and not self._is_in_incident():
            self._is_network_pending = False
            self._report(0.0, WakeReason.NETWORK)

    def fall_asleep(self) -> None:
        """Handle the system's notice that the machine is about to sleep."""
        self._fell_asleep_at_s = self._clock()

    def wake_up(self) -> None:
        """Handle the system's notice that the machine has slept, however short that was."""
        asleep_since_s, self._fell_asleep_at_s = self._fell_asleep_at_s, None
        since_s = self._last.steady_s if asleep_since_s is None else asleep_since_s
        self._compare()
        self._report(self._clock() - since_s, WakeReason.SUSPENDED)

    def change_network(self) -> None:
        """Handle the system's notice that the network has changed, or is back."""
        self._compare()
        if self._is_in_incident():
            self._is_network_pending = True
        else:
            self._report(0.0, WakeReason.NETWORK)

    def _read_clocks(self) -> _Beat:
        return _Beat(self._clock(), self._running(), self._now().timestamp())

    def _compare(self) -> None:
        """Report for how long nothing could happen since the last beat, and why, if so."""
        last, self._last = self._last, self._read_clocks()
        passed_s = self._last.steady_s - last.steady_s
        slept_s = passed_s - (self._last.running_s - last.running_s)
        ahead_s = self._last.wall_s - last.wall_s - passed_s
        if slept_s > LATE_S:
            self._report(passed_s, WakeReason.SUSPENDED)
        elif passed_s > BEAT_S + LATE_S:
            self._report(passed_s, WakeReason.STOPPED)
        elif ahead_s > LATE_S and not self._counts_sleep:
            self._report(passed_s + ahead_s, WakeReason.SUSPENDED)
        elif abs(ahead_s) > LATE_S:
            self._report(0.0, WakeReason.CLOCK_SET)

    def _is_in_incident(self) -> bool:
        return self._clock() - self._reported_at_s < INCIDENT_S

    def _report(self, away_s: float, reason: WakeReason) -> None:
        if not self._is_in_incident():
            self._reported_at_s = self._clock()
            self.on_woken(away_s, reason)
