"""Incidents of the machine are recognised by three clocks."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heimdall_desktop.application.servers import suspend_monitor

NOON = datetime(2026, 7, 4, 12, tzinfo=UTC)


class Machine:
    """Three clocks, turned by hand, and what is reported about them."""

    def __init__(self, *, counts_sleep: bool = True) -> None:
        self.steady_s = self.running_s = 100.0
        self.now = NOON
        self.counts_sleep = counts_sleep
        self.reported: list[tuple[float, suspend_monitor.WakeReason]] = []
        self.suspend_monitor = suspend_monitor.SuspendMonitor(
            clock=lambda: self.steady_s,
            running=lambda: self.running_s,
            now=lambda: self.now,
            counts_sleep=counts_sleep,
        )
        self.suspend_monitor.on_woken = lambda away_s, reason: self.reported.append(
            (away_s, reason)
        )

    def run(self, seconds: float, *, beats: bool = True) -> None:
        """Let time pass, with a beat each second."""
        while seconds > 0:
            step_s = min(suspend_monitor.BEAT_S, seconds) if beats else seconds
            self.steady_s += step_s
            self.running_s += step_s
            self.now += timedelta(seconds=step_s)
            seconds -= step_s
            self.suspend_monitor.beat()

    def stop(self, seconds: float) -> None:
        """Let time pass without the program, as SIGSTOP does, until a late beat."""
        self.steady_s += seconds
        self.running_s += seconds
        self.now += timedelta(seconds=seconds)
        self.suspend_monitor.beat()

    def sleep(self, seconds: float) -> None:
        """Suspend the machine."""
        self.now += timedelta(seconds=seconds)
        if self.counts_sleep:
            self.steady_s += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


def set_wall_clock(hours: float) -> Callable[[Machine], None]:
    def change(machine: Machine) -> None:
        machine.now += timedelta(hours=hours)

    return change


A_LITTLE_S = suspend_monitor.LATE_S
SUSPENDED = [(601, suspend_monitor.WakeReason.SUSPENDED)]
CLOCK_SET = [(0, suspend_monitor.WakeReason.CLOCK_SET)]


@pytest.mark.parametrize(
    ("happens", "counts_sleep", "reported"),
    [
        (lambda machine: machine.run(3600), True, []),
        (lambda machine: machine.stop(suspend_monitor.BEAT_S + A_LITTLE_S), True, []),
        (lambda machine: machine.stop(12), True, [(12, suspend_monitor.WakeReason.STOPPED)]),
        (lambda machine: machine.sleep(600), True, SUSPENDED),
        (lambda machine: machine.sleep(600), False, SUSPENDED),  # the wall clock shows it
        (set_wall_clock(-1), True, CLOCK_SET),
        (set_wall_clock(1), True, CLOCK_SET),
        (set_wall_clock(-1), False, CLOCK_SET),
        (set_wall_clock(A_LITTLE_S / 3600), True, []),
    ],
)
def test_an_incident_is_reported_with_its_length(
    happens: Callable[[Machine], None],
    counts_sleep: bool,
    reported: list[tuple[float, suspend_monitor.WakeReason]],
) -> None:
    machine = Machine(counts_sleep=counts_sleep)
    happens(machine)
    machine.run(60)
    assert machine.reported == reported


def test_logind_reports_a_short_sleep_too(machine: Machine) -> None:
    machine.suspend_monitor.fall_asleep()
    machine.sleep(4)
    machine.suspend_monitor.wake_up()
    assert machine.reported == [(4, suspend_monitor.WakeReason.SUSPENDED)]


def test_a_sleep_logind_did_not_announce_began_at_the_last_beat(machine: Machine) -> None:
    machine.run(5)
    machine.sleep(4)
    machine.suspend_monitor.wake_up()
    assert machine.reported == [(4, suspend_monitor.WakeReason.SUSPENDED)]


def test_clocks_logind_and_network_report_one_incident(machine: Machine) -> None:
    machine.suspend_monitor.fall_asleep()
    machine.sleep(600)
    machine.suspend_monitor.wake_up()
    machine.run(2)
    machine.now += timedelta(hours=2)
    machine.run(1)
    assert machine.reported == [(600, suspend_monitor.WakeReason.SUSPENDED)]


def test_another_network_is_reported_at_once(machine: Machine) -> None:
    machine.suspend_monitor.change_network()
    assert machine.reported == [(0, suspend_monitor.WakeReason.NETWORK)]


def test_a_network_that_returns_later_is_reported_after_the_incident(machine: Machine) -> None:
    """What was tried at once may have been tried without a network."""
    machine.sleep(600)
    machine.run(1)
    machine.suspend_monitor.change_network()
    machine.suspend_monitor.change_network()
    machine.run(suspend_monitor.INCIDENT_S - 1.5)
    assert machine.reported == [(601, suspend_monitor.WakeReason.SUSPENDED)]
    machine.run(60)
    assert machine.reported[1:] == [(0, suspend_monitor.WakeReason.NETWORK)]


def test_a_network_report_does_not_hide_the_sleep(machine: Machine) -> None:
    machine.sleep(600)
    machine.suspend_monitor.change_network()
    assert machine.reported == [(600, suspend_monitor.WakeReason.SUSPENDED)]


def test_each_incident_is_reported(machine: Machine) -> None:
    for _ in range(2):
        machine.stop(20)
        machine.run(suspend_monitor.INCIDENT_S)
    assert machine.reported == [(20, suspend_monitor.WakeReason.STOPPED)] * 2


def test_it_never_goes_back() -> None:
    moments = [suspend_monitor.steady_s() for _ in range(1000)]
    assert moments == sorted(moments)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reports its uptime")
def test_it_counts_sleep_as_the_uptime_of_the_machine_does() -> None:
    before_s = suspend_monitor.steady_s()
    uptime_s = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    assert before_s - 0.02 <= uptime_s <= suspend_monitor.steady_s()
    assert suspend_monitor.COUNTS_SLEEP
