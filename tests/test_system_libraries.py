"""What is said of libraries that Qt lacks; `tests/end_to_end/test_no_window.py` takes some away."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from heimdall_desktop import system_libraries

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg")
#: Of the C library, and of the compiler's; Python itself does not run without them.
ALWAYS_THERE = re.compile(r"lib(c|m|dl|pthread|rt|resolv|gcc_s)\.so\.\d+|ld-linux.*")
NEEDED = re.compile(r"file=(\S+) \[0\];\s+needed by (\S+)")


def needed_for(file: Path, site: Path) -> set[str]:
    """What the loader looks for outside of PySide6 when it loads a file of it."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", file],
        env={**os.environ, "LD_DEBUG": "files"},
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    asked = {
        Path(name).name for name, by in NEEDED.findall(loaded.stderr) if by.startswith(str(site))
    }
    brought = {own.name for own in site.glob("*6/**/*.so*")}
    return {name for name in asked - brought if not ALWAYS_THERE.fullmatch(name)}


@pytest.fixture(scope="module")
def qt() -> Path:
    """The folder of PySide6."""
    found = importlib.util.find_spec("PySide6")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all it needs")
@pytest.mark.parametrize("platform", system_libraries.FOR_PLATFORM)
def test_the_package_of_every_library_qt_needs_is_known(qt: Path, platform: str) -> None:
    known = {**system_libraries.FOR_QT, **system_libraries.FOR_PLATFORM[platform]}
    modules = [qt / f"{name}.abi3.so" for name in QT_MODULES]
    [*plugins] = (qt / "Qt/plugins/platforms").glob(f"libq{platform}*.so")
    assert plugins
    needed: set[str] = set()
    for file in [*modules, *plugins]:
        needed |= needed_for(file, qt.parent)
    assert "libEGL.so.1" in needed
    assert needed - known.keys() == set()


def test_a_library_of_unknown_package_is_named_alone() -> None:
    error = ImportError("libnew.so.3: cannot open shared object file: No such file or directory")
    assert system_libraries.why_no_import(error) == (
        "Qt can't open a window: libnew.so.3 is missing. Install it."
    )


def test_the_loader_may_speak_any_language() -> None:
    error = ImportError("libEGL.so.1: Kann die Shared-Object-Datei nicht öffnen")
    reported = system_libraries.why_no_import(error)
    assert reported is not None
    assert "libEGL.so.1 is missing" in reported
    assert "(Debian: apt-get install libegl1)" in reported


@pytest.mark.parametrize(
    "message",
    [
        "No module named 'PySide6'",
        "cannot import name 'x' from 'y' (/lib/y.so)",
        "/lib/libQt6Core.so.6: undefined symbol: new",
    ],
)
def test_another_mistake_is_not_explained_away(message: str) -> None:
    assert system_libraries.why_no_import(ImportError(message)) is None


def test_a_plugin_that_cannot_be_loaded_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland:option;XCB")
    (tmp_path / "libqwayland-generic.so").write_bytes(b"no library")
    reported = system_libraries.why_no_window(tmp_path)
    assert reported.startswith("Qt can't open a window: ")
    assert "libqwayland-generic.so" in reported


@pytest.mark.skipif(sys.platform != "linux", reason="others always have a display")
@pytest.mark.parametrize(
    ("variable", "has_display"),
    [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("QT_QPA_PLATFORM", True), ("HOME", False)],
)
def test_a_display_is_looked_for_before_qt_would_abort(
    variable: str, has_display: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":0")
    assert system_libraries.has_display() is has_display
    assert "offscreen" in system_libraries.NO_DISPLAY
