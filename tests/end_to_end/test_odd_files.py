"""Whatever is in place of a profile's files, the program starts and reports it once."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.lab.scripting import ScriptedScan

FILES = ("settings.toml", "window.toml", "heimdall.sqlite3")
LOGS = ("logs/heimdall.log", "logs/crash.log")
DEEP = "[" * 100_000
STATES = (
    *("board", "detail-diff", "findings-table", "layout", "new-findings", "palette"),
    *("recent-filters", "single-letters", "torn-off", "views", "window"),
)


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_large(path: Path) -> None:
    path.write_bytes(b"#" * 10_000_000)


def make_deep(path: Path) -> None:
    states = "".join(f'{name} = "{DEEP}"\n' for name in STATES)
    path.write_text(f"[states]\n{states}" if path.stem == "window" else f"x = {DEEP}")


def run(bench: Bench, scan: ScriptedScan, profile: Path) -> tuple[int, str, str]:
    bench.server.age(scan.complete())
    ended = bench.see(scan, also=("--profile-dir", profile), is_temporary=False)
    assert ended.scans == bench.reported(scan)
    log = profile / "logs" / "heimdall.log"
    return ended.status, ended.err, log.read_text() if log.is_file() else ""


@pytest.mark.parametrize("damage", ["", "watched = ["])
def test_board_comes_back_after_the_settings_were_damaged(
    bench: Bench, start: Start, scan: ScriptedScan, tmp_path: Path, damage: str
) -> None:
    run(bench, scan, tmp_path)
    settings = tmp_path / "settings.toml"
    before = settings.read_text()
    assert scan.id in before
    settings.write_text(damage)

    ours = ("--profile-dir", tmp_path, "--demo", "--speed", "1000", "--quit-when-done")
    ended = start(*ours, "--timeout", "1", is_temporary=False).ended()

    assert (ended.status, "Traceback" in ended.err) == (5, False)
    assert settings.read_text() == before
    assert (tmp_path / "settings.toml.damaged-1").read_text() == damage
    log = (tmp_path / "logs" / "heimdall.log").read_text()
    assert log.count("settings.toml.damaged-1") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")
@pytest.mark.parametrize("make", [make_fifo, Path.mkdir, make_device])
def test_what_is_no_file_is_left_where_it_is(
    bench: Bench, scan: ScriptedScan, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    for name in FILES:
        make(tmp_path / name)
    before = {name: (tmp_path / name).lstat().st_ino for name in FILES}

    status, err, log = run(bench, scan, tmp_path)

    assert (status, err) == (0, "")
    assert {name: (tmp_path / name).lstat().st_ino for name in FILES} == before
    for name in FILES:
        assert log.count(f"={name} ") == 1, "it is said once"
    assert log.count("not a regular file") == len(FILES)
    assert "Traceback" not in log


@pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")
def test_it_goes_on_without_a_log(bench: Bench, scan: ScriptedScan, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    for name in LOGS:
        make_fifo(tmp_path / name)
    assert run(bench, scan, tmp_path) == (0, "", "")


@pytest.mark.parametrize("make", [make_large, make_deep])
def test_files_of_odd_size_and_shape_are_kept_aside(
    bench: Bench, scan: ScriptedScan, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    for name in FILES:
        make(tmp_path / name)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}

    status, err, log = run(bench, scan, tmp_path)

    assert (status, err) == (0, "")
    for name in FILES:
        aside = tmp_path / f"{name}.damaged-1"
        is_odd_inside = make is make_deep and name == "window.toml"
        assert is_odd_inside or aside.read_bytes() == before[name]
        assert is_odd_inside or log.count(aside.name) == 1
    assert "Traceback" not in log
