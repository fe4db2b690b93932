"""One profile, several starts: one window, and runs beside it that leave all as it is."""

import signal
from collections.abc import Sequence
from pathlib import Path

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.past_scans import until_kept
from tests.fakes.program import Ended, Program
from tests.fakes.waiting import block_until
from tests.lab.scripting import ScriptedScan

README = Path(__file__).parents[2] / "README.md"
AT_ONCE = 8  # that one of two has the profile, test_single_instance.py sees twenty times


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and its content."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def until_one_runs(programs: Sequence[Program]) -> list[Program]:
    """Wait until all but one have ended, and return those that run."""
    block_until(lambda: sum(program.is_running for program in programs) <= 1)
    return [program for program in programs if program.is_running]


def test_a_second_start_hands_over_to_the_window_that_is_open(
    bench: Bench, scan: ScriptedScan, start: Start, tmp_path: Path
) -> None:
    profile = ("--profile-dir", tmp_path)
    other, third_scan = bench.scan("web"), bench.scan("api")
    first = bench.attend(scan, *profile, is_temporary=False)

    second = bench.attend(other, *profile, is_temporary=False)
    assert second.ended() == Ended(0, "", "")

    link = f"{bench.server.url}/scans/{third_scan.id}"  # its server is known to the window
    assert start(link, *profile, is_temporary=False).ended() == Ended(0, "", "")
    bench.server.until_attended(third_scan)

    for options, named in ((("--theme", "dark"), "--theme"), (("--read-only",), "--read-only")):
        ours = (*profile, *options)
        refused = bench.watch(other, also=ours, token=None, is_temporary=False).ended()
        assert (refused.status, refused.out) == (2, "")
        assert "is already running with this profile" in refused.line
        assert f"omit {named}" in refused.line
    ended = start("heimdall://host/scan/1", *profile, is_temporary=False).ended()
    assert (ended.status, ended.out) == (2, "")
    assert "No scan found in this link." in ended.line

    first.send(signal.SIGKILL)
    assert first.ended().status == -signal.SIGKILL
    third = bench.watch(scan, also=(*profile, "--timeout", "0.1"), is_temporary=False)
    assert third.ended().status == 5
    kept = contents(tmp_path)
    assert bench.token.encode() not in b"".join(kept.values())
    places = [*(Path(name.removesuffix("-wal").removesuffix("-shm")) for name in kept)]
    folders = {place for place in tmp_path.rglob("*") if place.is_dir()}
    places += folders - {file.parent for file in tmp_path.rglob("heimdall.log")}
    assert {place.name for place in places if f"`{place.name}`" not in README.read_text()} == set()


def test_an_unattended_run_beside_the_window_uses_its_profile_and_leaves_it_alone(
    bench: Bench, scan: ScriptedScan, tmp_path: Path
) -> None:
    other, profile = bench.scan("web").add_findings(4), ("--profile-dir", tmp_path)
    window = bench.attend(scan, *profile, is_temporary=False)
    until_kept(tmp_path, 1)
    beside = bench.attend(other, *profile, "--quit-when-done", is_temporary=False)
    bench.server.age(other.complete())

    ended = beside.ended()

    assert (ended.status, ended.err, ended.scans) == (0, "", bench.reported(other))
    window.terminate()
    assert window.ended().status == 0
    kept = contents(tmp_path)
    assert other.id.encode() not in b"".join(kept.values())
    assert scan.id.encode() in kept["settings.toml"]


def test_an_unattended_run_keeps_no_window_from_opening(
    bench: Bench, scan: ScriptedScan, tmp_path: Path
) -> None:
    profile = ("--profile-dir", tmp_path)
    run = bench.attend(scan, *profile, "--quit-when-done", is_temporary=False)
    window = bench.start(*profile, "--timeout", "0.1", is_temporary=False).ended()
    assert window.status == 5
    bench.server.age(scan.complete())
    ended = run.ended()
    assert (ended.status, ended.scans) == (0, bench.reported(scan))


def test_many_starts_at_once_are_one_window_that_has_all_their_scans(
    bench: Bench, tmp_path: Path
) -> None:
    scans = [bench.scan(f"shop{n}") for n in range(AT_ONCE)]
    profile = ("--profile-dir", tmp_path)
    programs = [bench.watch(scan, also=profile, is_temporary=False) for scan in scans]

    [window] = until_one_runs(programs)
    for scan in scans:
        bench.server.until_attended(scan)
    window.terminate()
    assert [program.ended() for program in programs] == [Ended(0, "", "")] * AT_ONCE
