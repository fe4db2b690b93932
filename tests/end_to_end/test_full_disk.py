"""A profile on a full disk costs the history and the log, and nothing of what is watched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench
from tests.fakes.past_scans import until_kept
from tests.fakes.program import Ended
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


@pytest.mark.parametrize("is_full_before", [True, False])
def test_a_finished_run_tells_its_result_and_of_the_disk_once(
    bench: Bench, scan: ScriptedScan, disk: Path, *, is_full_before: bool
) -> None:
    if is_full_before:
        fill(disk)
    ours = ("--profile-dir", disk / "profile", "--quit-when-done")
    program = bench.attend(scan, *ours, is_temporary=False)
    fill(disk)
    for severity in ("critical", "high", "low") * 20:
        scan.add_findings(20, severity)
    bench.server.age(scan.complete())

    ended = program.ended()

    assert (ended.status, ended.scans) == (0, bench.reported(scan))
    assert "no space left" in ended.line.lower() or "No space left" in ended.line


def test_a_window_goes_on_and_keeps_all_once_there_is_space(
    bench: Bench, scan: ScriptedScan, disk: Path
) -> None:
    fill(disk)
    profile = disk / "profile"
    program = bench.attend(scan, "--profile-dir", profile, is_temporary=False)
    scan.add_findings(100, "critical")
    (disk / "filling").unlink()
    until_kept(profile, 101)
    program.terminate()
    assert program.ended() == Ended(0, "", "")
    assert not list(profile.glob("*.damaged-*"))
