"""The portal of a desktop serves the program, and nothing that hides its memory as the server does.

Source: xdg-desktop-portal, "xdp-app-info.c": it opens /proc/PID/root of who calls.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.end_to_end.conftest import Start
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.portals import AS_USERS_ARE, PROGRAM, dark_desktop, file_dialogs
from tests.fakes.waiting import WAIT_LIMIT_S

ROOT = Path(__file__).parents[2]
DARK = 100
KEPT = "kept in the file"

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="needs xdg-desktop-portal")


@pytest.fixture
def bus(tmp_path: Path, private_desktop: None) -> Iterator[str]:
    """The address of a bus with a portal."""
    chosen = tmp_path / "chosen here.txt"
    chosen.write_text(KEPT, encoding="utf-8")
    with dark_desktop(tmp_path, chosen) as address:
        yield address


def call(bus: str, caller: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*AS_USERS_ARE, sys.executable, "-m", "tests.fakes.portal_caller", caller],
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WAIT_LIMIT_S,
        check=False,
    )


@pytest.mark.parametrize("caller", ["program", "chooser"])
def test_the_secrecy_of_the_program_leaves_it_the_portals(bus: str, caller: str) -> None:
    opened = call(bus, caller)
    assert (opened.returncode, opened.stdout) == (0, KEPT), opened.stderr


def test_a_process_that_hides_as_the_server_does_is_refused(bus: str) -> None:
    refused = call(bus, "server")
    assert refused.stdout == ""
    assert "org.freedesktop.DBus.Error.AccessDenied" in refused.stderr


def test_the_program_hears_through_the_portal_that_the_desktop_is_dark(
    bus: str, start: Start, tmp_path: Path
) -> None:
    picture, folder = tmp_path / "picture.png", tmp_path / "scanned"
    folder.mkdir()
    (folder / "read.me").write_text("Nothing to find.\n", encoding="utf-8")
    program = start(
        *("--local", folder, "--quit-when-done", "--screenshot", picture),
        environment={"DBUS_SESSION_BUS_ADDRESS": bus},
        inside=AS_USERS_ARE,
    )
    assert program.ended().status == 0
    mean = QImage(str(picture)).scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
    assert mean.pixelColor(0, 0).lightness() < DARK


def test_a_folder_is_chosen_in_the_dialog_of_the_desktop(
    real_window: dict[str, str], start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "chosen by hand"
    folder.mkdir()
    (folder / "read.me").write_text("Nothing to find.\n", encoding="utf-8")
    with file_dialogs(real_window["DBUS_SESSION_BUS_ADDRESS"], folder) as dialogs:
        program = start(desktop=real_window)
        assert dialogs.is_looked_for.wait(WAIT_LIMIT_S)
        window = AccessibleWindow(program.pid)
        window.press("Scan a local folder")
        window.shows("chosen by hand")
        program.terminate()
        assert program.ended().status == 0
    assert dialogs.titles == ["Scan a local folder"]
