"""Killed at any moment and started again: nothing is lost, nothing is told twice."""

import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Start
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.notification_monitor import NotificationMonitor
from tests.fakes.past_scans import kept_ids, until_kept
from tests.fakes.program import Program
from tests.fakes.raw_server import SEVERITIES, AttendedServer
from tests.lab.scripting import ScriptedScan

LOOK_S = 0.05
FIRST, SECOND = "SQL injection in the order search", "Key of the payment gateway in the code"


@contextmanager
def pouring(scan: ScriptedScan) -> Iterator[None]:
    """Let findings pour in, announced and not."""
    ended = threading.Event()

    def pour() -> None:
        for severity in SEVERITIES * 1000:
            scan.add_findings(5, severity)
            scan.burst()
            if ended.wait(LOOK_S):
                return

    thread = threading.Thread(target=pour)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def kill(program: Program) -> None:
    program.send(signal.SIGKILL)
    assert program.ended().status == -signal.SIGKILL


def test_killed_while_findings_pour_in_it_shows_them_offline_and_catches_up(
    start: Start, tmp_path: Path
) -> None:
    with AttendedServer() as server:
        email, token = server.new_account()
        scan = server.script_scan("shop", email).run_until("hunt").add_findings(50)
        ours = ("--server", server.url, "--watch", scan.id, "--profile-dir", tmp_path)
        unattended = (*ours, "--quit-when-done")
        for round_ in range(2):
            program = start(*ours, token=token, is_temporary=False)
            server.until_attended(scan)
            with pouring(scan):
                until_kept(tmp_path, 50 + 50 * round_)
                kill(program)
        kept = kept_ids(tmp_path)
        assert kept <= set(scan.finding_ids)

        program = start(*unattended, token=token, is_temporary=False)
        server.until_attended(scan)
        scan.complete()
        server.age(scan)
        ended = program.ended()
        assert (ended.status, ended.err) == (0, "")
        assert ended.scans == [server.reported(scan.id)]
        reported = server.reported(scan.id)

    offline = start(*unattended, "--timeout", "3", token=token, is_temporary=False).ended()
    assert offline.status == 5
    assert offline.scans == [reported | {"source": None}], "the server is gone"
    assert not list(tmp_path.glob("*.damaged-*"))


def test_what_was_kept_when_it_was_killed_is_shown_without_a_server(
    start: Start, tmp_path: Path
) -> None:
    with AttendedServer() as server:
        email, token = server.new_account()
        scan = server.script_scan("shop", email).run_until("hunt").add_findings(80)
        ours = ("--server", server.url, "--watch", scan.id, "--profile-dir", tmp_path)
        program = start(*ours, token=token, is_temporary=False)
        server.until_attended(scan)
        with pouring(scan):
            until_kept(tmp_path, 100)
            kill(program)
    kept = kept_ids(tmp_path)

    ended = start(
        *ours, "--quit-when-done", "--timeout", "3", token=token, is_temporary=False
    ).ended()

    assert ended.status == 5
    [reported] = ended.scans
    assert reported["findings"]["total"] == len(kept) >= 100
    assert reported["status"] == "hunting"


def test_two_programs_on_one_profile_agree_and_leave_a_sound_history(
    server: AttendedServer, start: Start, tmp_path: Path
) -> None:
    email, token = server.new_account()
    scan = server.script_scan("shop", email).run_until("hunt").add_findings(50)
    ours = ("--server", server.url, "--watch", scan.id, "--profile-dir", tmp_path)
    programs = []
    for _ in range(2):
        programs.append(start(*ours, "--quit-when-done", token=token, is_temporary=False))
        server.until_attended(scan)
    with pouring(scan):
        until_kept(tmp_path, 150)
    scan.complete()
    server.age(scan)
    for program in programs:
        ended = program.ended()
        assert (ended.status, ended.err) == (0, "")
        assert ended.scans == [server.reported(scan.id)]

    assert kept_ids(tmp_path) == {*scan.finding_ids}
    with closing(sqlite3.connect(tmp_path / "heimdall.sqlite3")) as history:
        assert history.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_temporary_profile_keeps_no_history(server: AttendedServer, start: Start) -> None:
    email, token = server.new_account()
    scan = server.script_scan("shop", email).run_until("hunt").add_findings(1).complete()
    server.age(scan)
    program = start("--server", server.url, "--watch", scan.id, "--quit-when-done", token=token)
    assert program.ended().status == 0
    assert list(program.folder.rglob("*sqlite*")) == []


@pytest.fixture
def monitor(real_window: dict[str, str]) -> Iterator[NotificationMonitor]:
    with NotificationMonitor(real_window["DBUS_SESSION_BUS_ADDRESS"]) as monitor:
        yield monitor


def test_a_finding_told_just_before_a_kill_is_not_told_again(
    server: AttendedServer,
    start: Start,
    tmp_path: Path,
    real_window: dict[str, str],
    monitor: NotificationMonitor,
    look_away: Callable[[Program], None],
) -> None:
    email, token = server.new_account()
    scan = server.script_scan("shop", email).run_until("hunt").add_findings(1, "low")
    ours = ("--server", server.url, "--watch", scan.id, "--profile-dir", tmp_path)
    program = start(*ours, token=token, desktop=real_window, is_temporary=False)
    server.until_attended(scan)
    until_kept(tmp_path, 1)
    look_away(program)
    scan.add_findings(1, "critical", title=FIRST).burst()
    assert FIRST in monitor.next().title
    kill(program)

    scan.add_findings(1, "critical", title=SECOND)
    program = start(*ours, token=token, desktop=real_window, is_temporary=False)

    window = AccessibleWindow(program.pid)
    window.shows(f"Critical: {SECOND}")
    assert f"Critical: {FIRST}" not in window.texts("Problems")
    with closing(sqlite3.connect(tmp_path / "heimdall.sqlite3")) as history:
        lines = history.execute("SELECT count(*) FROM inbox").fetchone()
    assert lines == (2,)
    program.terminate()
    assert program.ended().status == 0
