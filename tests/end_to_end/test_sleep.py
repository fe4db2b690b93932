"""A program that was stopped or killed shows at once what came, and reports it once."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, message_bus, new_method_call, new_signal
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.end_to_end.conftest import Bench
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.notification_daemons import NOTIFICATIONS, PrivateBus
from tests.fakes.notification_monitor import NotificationMonitor
from tests.fakes.program import Program
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.scripting import ScriptedScan

BUS = "org.freedesktop.DBus"
LOGIN1 = "org.freedesktop.login1"
LAST = "That is all"
STOPPED_S = 12.5  # a beat that is more than 10 s late


class Ear:
    """Hears what the daemon of the private desktop is asked to show."""

    def __init__(self, bus: str, monitor: NotificationMonitor) -> None:
        self._bus = bus
        self._monitor = monitor

    def next(self) -> str:
        return self._monitor.next().title

    def rest(self) -> list[str]:
        """Return all that was asked since, and is not heard of yet."""
        place = DBusAddress("/org/freedesktop/Notifications", NOTIFICATIONS, NOTIFICATIONS)
        call = new_method_call(place, "Notify", "susssasa{sv}i", ("", 0, "", LAST, "", [], {}, 1))
        with open_dbus_connection(self._bus) as connection:
            unwrap_msg(connection.send_and_get_reply(call, timeout=WAIT_LIMIT_S))
        titles: list[str] = []
        while (title := self.next()) != LAST:
            titles.append(title)
        return titles


@pytest.fixture
def ear(real_window: dict[str, str]) -> Iterator[Ear]:
    bus = real_window["DBUS_SESSION_BUS_ADDRESS"]
    with NotificationMonitor(bus) as monitor:
        yield Ear(bus, monitor)


def test_what_came_while_the_program_was_stopped_is_one_notification(
    bench: Bench,
    scan: ScriptedScan,
    real_window: dict[str, str],
    ear: Ear,
    look_away: Callable[[Program], None],
) -> None:
    program = bench.attend(scan, desktop=real_window)
    window = AccessibleWindow(program.pid)
    window.shows("Findings")
    look_away(program)

    program.send(signal.SIGSTOP)
    for _ in range(10):
        scan.add_findings(2, "critical", title="Came in the night").burst()
        time.sleep(STOPPED_S / 10)  # it is time itself that has to pass here
    program.send(signal.SIGCONT)

    assert ear.next() == "While you were away: 20 critical"
    assert "Came in the night" in str(window.texts("Findings"))
    scan.finish_stage()
    program.terminate()
    assert program.ended().status == 0
    assert ear.rest() == []


def test_a_program_that_was_killed_tells_nothing_twice(
    bench: Bench,
    scan: ScriptedScan,
    real_window: dict[str, str],
    tmp_path: Path,
    ear: Ear,
    look_away: Callable[[Program], None],
) -> None:
    profile = ("--profile-dir", tmp_path)
    first = bench.attend(scan, *profile, desktop=real_window, is_temporary=False)
    look_away(first)
    scan.add_findings(1, "critical").burst()  # one: of several the first may be reported alone
    reported = ear.next()
    first.kill()
    scan.add_findings(2, "critical").burst()

    second = bench.start(*profile, desktop=real_window, is_temporary=False)
    bench.server.until_attended(scan)

    AccessibleWindow(second.pid).shows("While you were away: 2 critical")
    second.terminate()
    assert second.ended().status == 0
    assert ear.rest() == []
    assert reported == "Critical: Finding 2"


class FakeLogind:
    """Owns logind's name on a bus, and sees who begins to listen."""

    def __init__(self, bus: PrivateBus) -> None:
        self._own = open_dbus_connection(bus.address)
        unwrap_msg(
            self._own.send_and_get_reply(message_bus.RequestName(LOGIN1), timeout=WAIT_LIMIT_S)
        )
        self._monitor = open_dbus_connection(bus.address)
        place = DBusAddress("/org/freedesktop/DBus", BUS, f"{BUS}.Monitoring")
        call = new_method_call(place, "BecomeMonitor", "asu", (["type='method_call'"], 0))
        unwrap_msg(self._monitor.send_and_get_reply(call, timeout=WAIT_LIMIT_S))

    def until_listened_to(self) -> None:
        """Wait for the last call with which a listener to sleep begins: who owns the name."""
        listener = self._called("AddMatch", f"interface='{LOGIN1}.Manager'")
        while self._called("GetNameOwner", LOGIN1) != listener:
            pass

    def _called(self, member: str, part: str) -> str:
        """Wait for a call with this part in its first argument, and return who made it."""
        while True:
            call = self._monitor.receive(timeout=WAIT_LIMIT_S)
            fields = call.header.fields
            if fields.get(HeaderFields.member) == member and part in call.body[0]:
                return str(fields[HeaderFields.sender])

    def say(self, is_falling_asleep: bool) -> None:
        place = DBusAddress("/org/freedesktop/login1", LOGIN1, f"{LOGIN1}.Manager")
        self._own.send(new_signal(place, "PrepareForSleep", "b", (is_falling_asleep,)))

    def close(self) -> None:
        self._own.close()
        self._monitor.close()


@pytest.fixture
def logind(tmp_path: Path, private_desktop: None) -> Iterator[tuple[FakeLogind, PrivateBus]]:
    with PrivateBus(tmp_path) as bus:
        logind = FakeLogind(bus)
        yield logind, bus
        logind.close()


def test_logind_is_listened_to(
    logind: tuple[FakeLogind, PrivateBus], scan: ScriptedScan, bench: Bench
) -> None:
    fake, bus = logind
    where = {"DBUS_SYSTEM_BUS_ADDRESS": bus.address}
    program = bench.watch(scan, also=("--quit-when-done", "--debug"), environment=where)
    fake.until_listened_to()
    program.send(signal.SIGSTOP)  # so that it reads the owner and the signals together
    fake.say(True)
    fake.say(False)
    program.send(signal.SIGCONT)
    bench.server.until_attended(scan)
    bench.server.age(scan.complete())
    ended = program.ended()
    assert ended.status == 0
    assert ended.err.count("the machine was suspended") == 1
