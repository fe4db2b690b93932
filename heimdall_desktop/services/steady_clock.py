"""A clock for ages: nobody can set it, and it goes on while the machine sleeps.

Sources: Linux clock_gettime(2), CLOCK_BOOTTIME "is identical to CLOCK_MONOTONIC, except that it
also includes any time that the system is suspended". macOS clock_gettime(3): CLOCK_MONOTONIC_RAW is
like CLOCK_MONOTONIC, which "will continue to increment while the system is asleep"; Python's own
time.monotonic stands still then (CPython issue 41303). Windows: GetTickCount64 and
QueryPerformanceCounter, one of which time.monotonic reads, count sleep and hibernation.
"""

import sys
import time

COUNTS_SLEEP = sys.platform in ("linux", "darwin", "win32")


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
