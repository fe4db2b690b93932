"""Machines that Qt can open no window on: one line says why, and nothing is left behind."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.accessibility import AccessibleWindow
from tests.lab.scripting import ScriptedScan

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt aborts on Linux only")

#: Hides the library $1 of the folder $2 from the command that follows, by the help of folder $3.
HIDE = """
mount -t tmpfs tmpfs "$3" && mknod "$3/$1" c 0 0 &&
mount -t overlay overlay -o "lowerdir=$3:$2" "$2" && shift 3 && exec "$@"
"""
NO_DISPLAY = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
DEAD_X = ":987"


def without(library: str, folder: Path) -> list[str]:
    """The beginning of a command that runs where a library is not installed."""
    ctypes.CDLL(library)
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").split()
    name = library.partition(".so")[0]
    place = next(Path(word).parent for word in maps if word.rpartition("/")[2].startswith(name))
    rights = [] if os.geteuid() == 0 else ["--map-root-user"]
    hide = ["sh", "-c", HIDE, "sh", library, str(place), str(folder)]
    command = ["unshare", "--mount", *rights, *hide]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets no process hide a file from itself")
    return command


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_missing_library_is_named_with_its_remedy(
    start: Start, tmp_path: Path, library: str, package: str
) -> None:
    program = start(
        environment={**NO_DISPLAY, "DISPLAY": DEAD_X}, inside=without(library, tmp_path)
    )
    ended = program.ended()
    assert (ended.status, ended.out) == (2, "")
    assert ended.line.startswith("heimdall-desktop: Qt can't open a window: ")
    assert f"{library} is missing. Install it (Debian: apt-get install {package})." in ended.line


def test_the_version_is_told_without_qt(start: Start, tmp_path: Path) -> None:
    ended = start("--version", is_temporary=False, inside=without("libEGL.so.1", tmp_path)).ended()
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("heimdall-desktop ")


def test_what_only_another_platform_needs_may_be_missing(start: Start, tmp_path: Path) -> None:
    program = start("--timeout", "0.1", inside=without("libxcb-cursor.so.0", tmp_path))
    assert program.ended().status == 5


def test_pdf_needs_no_display(bench: Bench, scan: ScriptedScan) -> None:
    bench.server.age(scan.complete())
    ours = ("--quit-when-done", "--export", "x.pdf")
    program = bench.watch(scan, also=ours, environment=NO_DISPLAY)
    ended = program.ended()
    assert (ended.status, ended.err) == (0, "")
    assert (program.folder / "run" / "x.pdf").read_bytes().startswith(b"%PDF-")


def test_profile_folder_that_is_not_writable_is_shown_in_a_dialog(
    start: Start, real_window: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "profile"
    program = start("--profile-dir", folder, desktop=real_window, is_temporary=False)
    window = AccessibleWindow(program.pid)
    window.shows("Heimdall Desktop can't start")
    window.press("Close")
    ended = program.ended()
    assert ended.status == 2
    reported = f"heimdall-desktop: {folder} can't be written. "
    assert ended.err.startswith(reported)

    unseen = start("--profile-dir", folder, is_temporary=False).ended()
    assert unseen.status == 2
    assert unseen.line.startswith(reported)


@pytest.mark.parametrize(
    ("environment", "reported"),
    [
        ({"DISPLAY": DEAD_X}, f"DISPLAY={DEAD_X} can't be used."),
        ({"WAYLAND_DISPLAY": "/gone-0"}, "WAYLAND_DISPLAY=/gone-0 can't be used."),
        (
            {"WAYLAND_DISPLAY": "/gone-0", "DISPLAY": DEAD_X},
            f"DISPLAY={DEAD_X} and WAYLAND_DISPLAY=/gone-0 can't be used.",
        ),
        ({"QT_QPA_PLATFORM": "xcb"}, "window: DISPLAY= can't be used."),
        ({"QT_QPA_PLATFORM": "cinema"}, "it has no platform cinema; see QT_QPA_PLATFORM."),
    ],
)
def test_a_display_that_cannot_be_used_is_named(
    start: Start, environment: dict[str, str], reported: str
) -> None:
    ended = start(environment={**NO_DISPLAY, **environment}).ended()
    assert (ended.status, ended.out) == (2, "")
    assert reported in ended.line
    assert "QT_QPA_PLATFORM" in ended.line
