"""The clock for ages goes on, whatever happens to the other clocks."""

import sys
from pathlib import Path

import pytest

from heimdall_desktop.application.suspend_monitor import COUNTS_SLEEP, steady_s


def test_it_never_goes_back() -> None:
    moments = [steady_s() for _ in range(1000)]
    assert moments == sorted(moments)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long it runs")
def test_it_counts_sleep_as_the_uptime_of_the_machine_does() -> None:
    before_s = steady_s()
    uptime_s = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    assert before_s - 0.02 <= uptime_s <= steady_s()
    assert COUNTS_SLEEP
