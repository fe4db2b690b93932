"""One profile, several starts: one window, and runs beside it that leave all as it is."""

import signal
from pathlib import Path

from tests.end_to_end.conftest import Start
from tests.fakes.attended_server import AttendedServer
from tests.fakes.kept_findings import until_kept
from tests.lab.scripting import ScriptedScan


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and what stands in it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_a_second_start_on_a_profile_says_so_until_the_first_has_died(
    server: AttendedServer,
    scan: ScriptedScan,
    account: tuple[str, str],
    start: Start,
    tmp_path: Path,
) -> None:
    ours = ("--server", server.url, "--watch", scan.id, "--profile-dir", tmp_path)
    first = start(*ours, token=account[1], is_temporary=False)
    server.until_attended(scan)

    second = start(*ours, token=account[1], is_temporary=False).ended()
    assert (second.status, second.out) == (2, "")
    assert "is open already with this profile" in second.line
    assert "--profile-dir" in second.line

    first.send(signal.SIGKILL)
    assert first.ended().status == -signal.SIGKILL
    third = start(*ours, "--timeout", "0.1", token=account[1], is_temporary=False).ended()
    assert third.status == 5


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

    assert (ended.status, ended.err, ended.scans) == (0, "", [server.told(other.id)])
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
    assert (ended.status, ended.scans) == (0, [server.told(scan.id)])
