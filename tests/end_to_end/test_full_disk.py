"""A profile on a full disk costs the history and the log, and nothing of what is watched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Start
from tests.fakes.past_scans import until_kept
from tests.fakes.program import Program
from tests.fakes.raw_server import AttendedServer
from tests.lab.scripting import ScriptedScan

SMALL_BYTES = 1_000_000

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can make a small disk"
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", f"size={SMALL_BYTES},mode=0700", "tmpfs", place)
    made = subprocess.run(command, capture_output=True, check=False, text=True)
    if made.returncode:
        pytest.skip(f"no small disk can be made here: {made.stderr}")
    yield place
    subprocess.run(("umount", "--lazy", place), check=True)


def fill(disk: Path) -> None:
    """Leave no byte on it."""
    with (disk / "filling").open("ab", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return


def watching(
    start: Start, server: AttendedServer, scan: ScriptedScan, token: str, *arguments: str | Path
) -> Program:
    ours = ("--server", server.url, "--watch", scan.id, *arguments)
    program = start(*ours, token=token, is_temporary=False)
    server.until_attended(scan)
    return program


@pytest.mark.parametrize("is_full_before", [True, False])
def test_a_finished_run_tells_its_result_and_of_the_disk_once(
    start: Start,
    server: AttendedServer,
    scan: ScriptedScan,
    account: tuple[str, str],
    disk: Path,
    *,
    is_full_before: bool,
) -> None:
    if is_full_before:
        fill(disk)
    ours = ("--profile-dir", disk / "profile", "--quit-when-done")
    program = watching(start, server, scan, account[1], *ours)
    fill(disk)
    for severity in ("critical", "high", "low") * 20:
        scan.add_findings(20, severity)
    scan.complete()
    server.age(scan)

    ended = program.ended()

    assert (ended.status, ended.scans) == (0, [server.reported(scan.id)])
    assert "no space left" in ended.line.lower() or "No space left" in ended.line


def test_a_window_goes_on_and_keeps_all_once_there_is_space(
    start: Start, server: AttendedServer, scan: ScriptedScan, account: tuple[str, str], disk: Path
) -> None:
    fill(disk)
    profile = disk / "profile"
    program = watching(start, server, scan, account[1], "--profile-dir", profile)
    scan.add_findings(100, "critical")
    (disk / "filling").unlink()
    until_kept(profile, 101)
    program.terminate()

    ended = program.ended()

    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert not list(profile.glob("*.damaged-*"))
