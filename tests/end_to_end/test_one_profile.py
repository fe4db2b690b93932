"""One profile, several starts: one window, and runs beside it that leave all as it is."""

import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.end_to_end.conftest import Start
from tests.fakes.past_scans import until_kept
from tests.fakes.program import END_LIMIT_S, Ended, Program
from tests.fakes.raw_server import AttendedServer
from tests.lab.scripting import ScriptedScan

AT_ONCE = 8  # that one of two has the profile, test_single_instance.py sees twenty times


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and what stands in it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def until_one_runs(programs: Sequence[Program]) -> list[Program]:
    """Wait until all but one have ended, and return those that run."""
    gives_up_at_s = time.monotonic() + END_LIMIT_S
    running = list(programs)
    while len(running) > 1 and time.monotonic() < gives_up_at_s:
        with suppress(subprocess.TimeoutExpired):
            running[0].wait(0.1)
        running = [program for program in running[1:] + running[:1] if program.is_running]
    return running


def test_a_second_start_hands_over_to_the_window_that_is_open(
    server: AttendedServer,
    scan: ScriptedScan,
    account: tuple[str, str],
    start: Start,
    tmp_path: Path,
) -> None:
    ours = ("--server", server.url, "--profile-dir", tmp_path, "--watch")
    other = server.script_scan("web", account[0]).run_until("hunt")
    third_scan = server.script_scan("api", account[0]).run_until("hunt")
    first = start(*ours, scan.id, token=account[1], is_temporary=False)
    server.until_attended(scan)

    second = start(*ours, other.id, token=account[1], is_temporary=False).ended()
    assert second == Ended(0, "", "")
    server.until_attended(other)

    link = f"{server.url}/scans/{third_scan.id}"  # its server is known to the window
    assert start(link, *ours[2:4], is_temporary=False).ended() == Ended(0, "", "")
    server.until_attended(third_scan)

    for options, named in ((("--theme", "dark"), "--theme"), (("--read-only",), "--read-only")):
        refused = start(*ours, other.id, *options, is_temporary=False).ended()
        assert (refused.status, refused.out) == (2, "")
        assert "is already running with this profile" in refused.line
        assert f"omit {named}" in refused.line
    mistaken = start("heimdall://host/scan/1", "--profile-dir", tmp_path, is_temporary=False)
    ended = mistaken.ended()
    assert (ended.status, ended.out) == (2, "")
    assert "No scan found in this link." in ended.line

    first.send(signal.SIGKILL)
    assert first.ended().status == -signal.SIGKILL
    third = start(*ours, scan.id, "--timeout", "0.1", token=account[1], is_temporary=False)
    assert third.ended().status == 5
    assert account[1].encode() not in b"".join(contents(tmp_path).values())


def test_an_unattended_run_beside_the_window_uses_its_profile_and_leaves_it_alone(
    server: AttendedServer,
    scan: ScriptedScan,
    account: tuple[str, str],
    start: Start,
    tmp_path: Path,
) -> None:
    other = server.script_scan("web", account[0]).run_until("hunt").add_findings(4)
    ours = ("--server", server.url, "--profile-dir", tmp_path)
    window = start(*ours, "--watch", scan.id, token=account[1], is_temporary=False)
    server.until_attended(scan)
    until_kept(tmp_path, 1)
    beside = start(
        *ours, "--watch", other.id, "--quit-when-done", token=account[1], is_temporary=False
    )
    server.until_attended(other)
    other.complete()
    server.age(other)

    ended = beside.ended()

    assert (ended.status, ended.err, ended.scans) == (0, "", [server.reported(other.id)])
    window.terminate()
    assert window.ended().status == 0
    kept = contents(tmp_path)
    assert other.id.encode() not in b"".join(kept.values())
    assert scan.id.encode() in kept["settings.toml"]


def test_an_unattended_run_keeps_no_window_from_opening(
    server: AttendedServer,
    scan: ScriptedScan,
    account: tuple[str, str],
    start: Start,
    tmp_path: Path,
) -> None:
    ours = ("--server", server.url, "--profile-dir", tmp_path)
    run = start(*ours, "--watch", scan.id, "--quit-when-done", token=account[1], is_temporary=False)
    server.until_attended(scan)
    window = start(*ours, "--timeout", "0.1", token=account[1], is_temporary=False).ended()
    assert window.status == 5
    scan.complete()
    server.age(scan)
    ended = run.ended()
    assert (ended.status, ended.scans) == (0, [server.reported(scan.id)])


def test_many_starts_at_once_are_one_window_that_has_all_their_scans(
    server: AttendedServer, account: tuple[str, str], start: Start, tmp_path: Path
) -> None:
    scans = [server.script_scan(f"shop{n}", account[0]).run_until("hunt") for n in range(AT_ONCE)]
    ours = ("--server", server.url, "--profile-dir", tmp_path, "--watch")
    programs = [start(*ours, scan.id, token=account[1], is_temporary=False) for scan in scans]

    [window] = until_one_runs(programs)
    for scan in scans:
        server.until_attended(scan)
    window.terminate()
    assert [program.ended() for program in programs] == [Ended(0, "", "")] * AT_ONCE
