"""From a critical finding to the desktop's daemon, and from there back into the window."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.end_to_end.conftest import Bench
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.notification_daemons import Dunst
from tests.fakes.notification_monitor import NotificationMonitor
from tests.fakes.program import Program
from tests.fakes.tray_host import TrayHost, tray_on
from tests.lab.scripting import ScriptedScan

URGENT = 2  # of the Desktop Notifications Specification: it stays until it is dismissed


class Desktop(NamedTuple):
    """The private desktop: its daemon, what it is asked to show, and what takes the focus."""

    variables: dict[str, str]
    dunst: Dunst
    monitor: NotificationMonitor
    look_away: Callable[[Program], None]


@pytest.fixture
def desktop(real_window: dict[str, str], look_away: Callable[[Program], None]) -> Iterator[Desktop]:
    address = real_window["DBUS_SESSION_BUS_ADDRESS"]
    dunst = Dunst(address)
    dunst.forget()  # what earlier tests left
    with NotificationMonitor(address) as monitor:
        yield Desktop(real_window, dunst, monitor, look_away)


@pytest.fixture
def tray(real_window: dict[str, str]) -> Iterator[TrayHost]:
    """A tray; there is none unless a test asks for it, before its program starts."""
    with tray_on(real_window["DBUS_SESSION_BUS_ADDRESS"]) as tray:
        yield tray


@pytest.fixture
def program(bench: Bench, scan: ScriptedScan, real_window: dict[str, str]) -> Program:
    """A program with a real window that watches the scan."""
    return bench.attend(scan, desktop=real_window)


def end(program: Program) -> None:
    program.terminate()
    assert program.ended().status == 0


def test_with_its_window_closed_a_critical_finding_is_told_once_and_opens_from_there(
    scan: ScriptedScan, tray: TrayHost, program: Program, desktop: Desktop
) -> None:
    icon, window = tray.next(), AccessibleWindow(program.pid)
    window.shows("Command palette")
    window.close()
    explained = desktop.monitor.next()
    assert explained.title == "Heimdall is still watching"
    scan.add_findings(1, "critical", title="SQL injection in order_search").burst()

    asked = desktop.monitor.next()
    assert asked.title == "Critical: SQL injection in order_search"
    assert asked.body.startswith("shop, module_2.py:2")
    assert icon.tip() == "(1) Heimdall, 1 scan"
    assert "Critical: SQL injection in order__search" in icon.menu()

    desktop.dunst.control("action")
    assert "SQL injection in order_search" in window.texts("Finding detail")

    window.hand("search", "--pid", program.pid, "--name", "Heimdall", "windowactivate")
    window.close()
    icon.activate()
    window.shows("Finding detail")

    scan.complete()
    icon.choose("Quit")
    assert program.ended().status == 0
    assert {shown["summary"] for shown in desktop.dunst.history()} == {explained.title, asked.title}


def test_without_a_tray_closing_the_window_is_explained_by_a_notification_that_leads_back(
    program: Program, desktop: Desktop
) -> None:
    window = AccessibleWindow(program.pid)
    window.shows("Command palette")
    window.close()
    explained = desktop.monitor.next()
    assert explained.title == "Heimdall is still watching, minimised"
    desktop.dunst.control("action")
    window.shows("Command palette")
    end(program)


def test_a_start_in_the_background_reports_a_session_that_ended_and_what_it_lacks(
    bench: Bench, scan: ScriptedScan, tmp_path: Path, desktop: Desktop
) -> None:
    start = partial(Program, tmp_path, token=bench.token, desktop=desktop.variables)
    signed_out = f"Signed out of {bench.server.url.removeprefix('http://')}"
    hidden = ("--background", "--server", bench.server.url)
    first = start(*hidden, "--watch", scan.id)
    bench.server.until_attended(scan)
    end(first)
    bench.server.expire_sessions(bench.email)
    [history] = tmp_path.rglob("heimdall.sqlite3")
    [settings] = tmp_path.rglob("settings.toml")

    def titles_of_next_start(*wanted: str) -> None:
        again = start(*hidden)
        reported = [desktop.monitor.next() for _ in wanted]
        assert {each.title for each in reported} == set(wanted)
        bodies = {each.title: each.body for each in reported}
        assert bodies.get(signed_out) in (None, "1 scan is not being watched.")
        end(again)

    titles_of_next_start(signed_out)
    for file in history.parent.glob("heimdall.sqlite3*"):
        file.unlink()
    titles_of_next_start(signed_out, "The history is missing")
    settings.write_text("= broken", encoding="utf-8")
    titles_of_next_start("The settings can't be read")


def test_a_focused_wallboard_shows_the_news_in_its_tile_alone(
    bench: Bench, scan: ScriptedScan, desktop: Desktop
) -> None:
    running = bench.attend(scan, "--wallboard", desktop=desktop.variables)
    window = AccessibleWindow(running.pid)
    window.shows("Wallboard")
    scan.add_findings(1, "critical", title="Told on the wall").burst()
    window.shows("Inbox, 1 unread")
    desktop.look_away(running)
    scan.finish_stage()
    scan.add_findings(1, "critical", title="Told by the desktop").burst()
    while "Told by the desktop" not in (asked := desktop.monitor.next()).title + asked.body:
        assert "critical" not in asked.title.lower(), "with or without its name"
    end(running)
    assert "Critical: Told on the wall" not in {
        shown["summary"] for shown in desktop.dunst.history()
    }


def test_a_focused_window_that_shows_all_scans_tells_it_in_a_strip(
    scan: ScriptedScan, program: Program, desktop: Desktop
) -> None:
    """Rule 5 of behaviour.md 2.5."""
    window = AccessibleWindow(program.pid)
    scan.add_findings(1, "critical", title="Told in the window").burst()
    window.shows("Critical: Told in the window")
    desktop.look_away(program)
    scan.finish_stage()
    scan.add_findings(1, "critical", title="Told by the desktop").burst()

    while "Told by the desktop" not in (asked := desktop.monitor.next()).title + asked.body:
        assert "Told in the window" not in asked.title
    end(program)
    assert "Critical: Told in the window" not in {
        shown["summary"] for shown in desktop.dunst.history()
    }


def test_a_burst_of_critical_findings_is_told_in_a_sentence(
    scan: ScriptedScan, program: Program, desktop: Desktop
) -> None:
    desktop.look_away(program)
    scan.add_findings(10, "critical").complete()

    while "10 new critical findings" not in desktop.monitor.next().title:
        pass
    end(program)
    assert len(desktop.dunst.history()) <= 2


def test_a_scan_that_failed_is_told_once_and_opens_from_there(
    bench: Bench, scan: ScriptedScan, desktop: Desktop
) -> None:
    other = bench.scan("web").add_findings(1, "low")
    running = bench.watch(scan, other, desktop=desktop.variables)
    window = AccessibleWindow(running.pid)
    window.shows("High, 1", "Low, 1")
    bench.server.until_attended(scan)
    desktop.look_away(running)
    bench.server.age(scan.fail("Out of memory\nin the worker"))

    asked = desktop.monitor.next()
    assert asked.title == "Scan of shop stopped in hunt"
    assert asked.body == "Attempt 1. Out of memory in the worker."
    assert asked.urgency == URGENT
    window.shows("Inbox, 1")
    desktop.dunst.control("action")
    window.shows("High, 1", "Low, 0", "Inbox")
    end(running)
    assert [shown["summary"] for shown in desktop.dunst.history()] == [asked.title]


def test_every_part_of_the_window_has_a_name(program: Program) -> None:
    window = AccessibleWindow(program.pid)

    window.shows("Scans", "Stages", "Findings", "Filter", "Activity", "Connection")
    window.press("Inbox")
    window.shows("Inbox", "No alerts yet.")
