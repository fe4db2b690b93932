"""A program that was stopped or killed: what came meanwhile is there at once, and told once."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from heimdall_desktop.local.scripting import ScriptedScan
from tests.end_to_end.conftest import Start
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.attended_server import AttendedServer
from tests.fakes.notification_daemons import NOTIFICATIONS
from tests.fakes.notification_monitor import NotificationMonitor
from tests.fakes.program import Program

LAST = "That is all"
STOPPED_S = 12.5  # a beat that is more than 10 s late
LIMIT_S = 20.0


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
            unwrap_msg(connection.send_and_get_reply(call, timeout=LIMIT_S))
        titles: list[str] = []
        while (title := self.next()) != LAST:
            titles.append(title)
        return titles


@pytest.fixture
def ear(real_window: dict[str, str]) -> Iterator[Ear]:
    bus = real_window["DBUS_SESSION_BUS_ADDRESS"]
    with NotificationMonitor(bus) as monitor:
        yield Ear(bus, monitor)


@pytest.fixture
def account(server: AttendedServer) -> tuple[str, str]:
    return server.new_account()


@pytest.fixture
def scan(server: AttendedServer, account: tuple[str, str]) -> ScriptedScan:
    scan = server.script_scan("shop", account[0])
    return scan.run_until("hunt").add_findings(1, "high", title="Weak hash")


def test_what_came_while_the_program_was_stopped_is_one_notification(
    server: AttendedServer,
    account: tuple[str, str],
    scan: ScriptedScan,
    start: Start,
    real_window: dict[str, str],
    ear: Ear,
) -> None:
    watched = ("--server", server.url, "--watch", scan.id)
    program = start(*watched, token=account[1], desktop=real_window)
    server.until_attended(scan)
    window = AccessibleWindow(program.pid)
    window.shows("Findings")

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
    server: AttendedServer,
    account: tuple[str, str],
    scan: ScriptedScan,
    start: Start,
    real_window: dict[str, str],
    tmp_path: Path,
    ear: Ear,
) -> None:
    def started(*arguments: str) -> Program:
        own = ("--server", server.url, "--profile-dir", tmp_path)
        options = {"token": account[1], "desktop": real_window, "is_temporary": False}
        program = start(*own, *arguments, **options)
        server.until_attended(scan)
        return program

    first = started("--watch", scan.id)
    scan.add_findings(3, "critical").burst()
    told = ear.next()
    first.kill()
    scan.add_findings(2, "critical").burst()

    second = started()

    assert ear.next() == "While you were away: 2 critical"
    second.terminate()
    assert second.ended().status == 0
    assert ear.rest() == []
    assert told == "3 new critical findings in shop"
