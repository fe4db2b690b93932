"""A server that is killed in the middle of a scan, and what the program makes of that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.end_to_end.conftest import Start
from tests.fakes.notification_daemons import NOTIFICATIONS
from tests.fakes.notification_monitor import NotificationMonitor
from tests.fakes.program import Program
from tests.fakes.raw_server import reported
from tests.fakes.server_process import ServerProcess
from tests.fakes.waiting import WAIT_LIMIT_S

SLOW = 10.0  # so that the scan goes on until the server is killed, on any machine
SPEED = 80.0
LAST = "That is all"
ENDED = {"completed", "failed", "cancelled"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path, "ordinary", SLOW) as server:
        yield server


def titles(monitor: NotificationMonitor, bus: str) -> list[str]:
    """What the daemon has been asked to show so far."""
    show(bus, LAST)
    asked: list[str] = []
    while (title := monitor.next().title) != LAST:
        asked.append(title)
    return asked


def show(bus: str, title: str) -> None:
    """Ask the daemon for a notification of our own."""
    place = DBusAddress("/org/freedesktop/Notifications", NOTIFICATIONS, NOTIFICATIONS)
    call = new_method_call(place, "Notify", "susssasa{sv}i", ("", 0, "", title, "", [], {}, 1))
    with open_dbus_connection(bus) as connection:
        unwrap_msg(connection.send_and_get_reply(call, timeout=WAIT_LIMIT_S))


@pytest.mark.timeout(120)
def test_the_watch_goes_on_when_the_server_is_back_and_nobody_is_bothered(
    server: ServerProcess,
    start: Start,
    real_window: dict[str, str],
    look_away: Callable[[Program], None],
) -> None:
    bus = real_window["DBUS_SESSION_BUS_ADDRESS"]
    scan_id = server.scan()
    with NotificationMonitor(bus) as monitor:
        program = start(
            "--server", server.url, "--watch", scan_id, "--quit-when-done",
            token=server.token, desktop=real_window,
        )  # fmt: skip
        look_away(program)
        assert server.status(scan_id) not in ENDED
        server.kill()
        server.restart(SPEED)
        run = program.ended()
        asked = titles(monitor, bus)

    assert (run.status, run.err) == (0, "")
    assert run.scans == [reported(scan_id, "completed", server.severities(scan_id))]
    other = [title for title in asked if "critical" not in title.lower()]
    assert other in ([], ["Scan of harbor-market finished"])  # the program may have ended before
