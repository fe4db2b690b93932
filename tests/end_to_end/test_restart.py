"""Killed at any moment and started again: nothing is lost or reported twice."""

import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
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
        bench = Bench(server, server.new_account(), start)
        scan = bench.scan().add_findings(50)
        profile = ("--profile-dir", tmp_path)
        for round_ in range(2):
            program = bench.attend(scan, *profile, is_temporary=False)
            with pouring(scan):
                until_kept(tmp_path, 50 + 50 * round_)
                kill(program)
        kept = kept_ids(tmp_path)
        assert kept <= set(scan.finding_ids)

        program = bench.attend(scan, *profile, "--quit-when-done", is_temporary=False)
        server.age(scan.complete())
        ended = program.ended()
        assert (ended.status, ended.err) == (0, "")
        assert ended.scans == bench.reported(scan)

    offline = bench.see(scan, also=(*profile, "--timeout", "3"), is_temporary=False)
    assert offline.status == 5
    assert offline.scans == [ended.scans[0] | {"source": None}], "the server is gone"
    assert not list(tmp_path.glob("*.damaged-*"))


def test_what_was_kept_when_it_was_killed_is_shown_without_a_server(
    start: Start, tmp_path: Path
) -> None:
    with AttendedServer() as server:
        bench = Bench(server, server.new_account(), start)
        scan, profile = bench.scan().add_findings(80), ("--profile-dir", tmp_path)
        program = bench.attend(scan, *profile, is_temporary=False)
        with pouring(scan):
            until_kept(tmp_path, 100)
            kill(program)
    kept = kept_ids(tmp_path)

    ended = bench.see(scan, also=(*profile, "--timeout", "3"), is_temporary=False)

    assert ended.status == 5
    [reported] = ended.scans
    assert reported["findings"]["total"] == len(kept) >= 100
    assert reported["status"] == "hunting"


def test_two_programs_on_one_profile_agree_and_leave_a_sound_history(
    bench: Bench, tmp_path: Path
) -> None:
    scan = bench.scan().add_findings(50)
    ours = ("--profile-dir", tmp_path, "--quit-when-done")
    programs = [bench.attend(scan, *ours, is_temporary=False) for _ in range(2)]
    with pouring(scan):
        until_kept(tmp_path, 150)
    bench.server.age(scan.complete())
    for program in programs:
        ended = program.ended()
        assert (ended.status, ended.err) == (0, "")
        assert ended.scans == bench.reported(scan)

    assert kept_ids(tmp_path) == {*scan.finding_ids}
    with closing(sqlite3.connect(tmp_path / "heimdall.sqlite3")) as history:
        assert history.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_temporary_profile_keeps_no_history(bench: Bench) -> None:
    scan = bench.scan().add_findings(1).complete()
    bench.server.age(scan)
    program = bench.watch(scan, also=("--quit-when-done",))
    assert program.ended().status == 0
    assert list(program.folder.rglob("*sqlite*")) == []


def test_after_a_restart_it_leads_through_what_changed_since_it_was_seen(
    bench: Bench, tmp_path: Path, real_window: dict[str, str]
) -> None:
    scan, ours = bench.scan(), ("--profile-dir", tmp_path)
    for title in (FIRST, SECOND, "Weak hash of tokens"):
        scan.add_findings(1, "high", title=title)
    program = bench.attend(scan, *ours, desktop=real_window, is_temporary=False)
    window = AccessibleWindow(program.pid)
    window.rows(3, "Findings")
    until_kept(tmp_path, 3, "seen")
    program.terminate()
    assert program.ended().status == 0

    settings = tmp_path / "settings.toml"  # reading the rows from outside takes seconds
    settings.write_text(settings.read_text().replace('seen = "passing"', 'seen = "opening"'))
    first, second, _ = scan.finding_ids
    scan.change_finding(second, severity="critical")
    scan.change_finding(first, status="dismissed")
    scan.add_findings(1, "low", title="Verbose error page")
    bench.server.age(scan.complete())  # it ended meanwhile
    program = bench.watch(scan, also=ours, desktop=real_window, is_temporary=False)
    window = AccessibleWindow(program.pid)
    rows = {row.split(". ")[1]: row for row in window.rows(4, "Findings")}
    assert "severity high \u2192 critical." in rows[SECOND]
    assert "dismissed elsewhere." in rows[FIRST]
    assert "New since" in rows["Verbose error page"]
    [card] = (card for card in window.rows(2, "Scans") if card.startswith("shop"))
    assert "3 new or changed." in card
    window.focus("Findings")
    opened, news = list[str](), list[str]()
    for _ in range(3):
        window.keys("n")
        shown = window.texts("Finding detail")
        opened += [title for title in rows if title in shown]
        news += [text for text in shown if text.startswith("Since ")]
    assert sorted(opened) == sorted(title for title in rows if not title.startswith("Weak"))
    assert len(set(news)) == 2
    window.keys("n")
    window.shows("No other finding is new or has changed.")
    program.terminate()
    assert program.ended().status == 0


@pytest.fixture
def monitor(real_window: dict[str, str]) -> Iterator[NotificationMonitor]:
    with NotificationMonitor(real_window["DBUS_SESSION_BUS_ADDRESS"]) as monitor:
        yield monitor


def test_a_finding_told_just_before_a_kill_is_not_told_again(
    bench: Bench,
    tmp_path: Path,
    real_window: dict[str, str],
    monitor: NotificationMonitor,
    look_away: Callable[[Program], None],
) -> None:
    scan, ours = bench.scan().add_findings(1, "low"), ("--profile-dir", tmp_path)
    program = bench.attend(scan, *ours, desktop=real_window, is_temporary=False)
    until_kept(tmp_path, 1)
    look_away(program)
    scan.add_findings(1, "critical", title=FIRST).burst()
    assert FIRST in monitor.next().title
    kill(program)

    scan.add_findings(1, "critical", title=SECOND)
    program = bench.watch(scan, also=ours, desktop=real_window, is_temporary=False)

    window = AccessibleWindow(program.pid)
    window.shows(f"Critical: {SECOND}")
    assert f"Critical: {FIRST}" not in window.texts("Problems")
    with closing(sqlite3.connect(tmp_path / "heimdall.sqlite3")) as history:
        lines = history.execute("SELECT count(*) FROM inbox").fetchone()
    assert lines == (2,)
    program.terminate()
    assert program.ended().status == 0
