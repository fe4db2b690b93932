"""A server to watch, and programs that must leave nothing behind."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.program import Ended, Program
from tests.fakes.raw_server import AttendedServer
from tests.lab.scripting import ScriptedScan

Start = Callable[..., Program]

OTHER_WINDOW = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
application.focusWindowChanged.connect(lambda: print("in focus", flush=True))
window = QWidget()
window.show()
application.exec()
"""


@pytest.fixture(scope="session")
def server() -> Iterator[AttendedServer]:
    """One server for all; tests keep apart by accounts of their own."""
    with AttendedServer() as running:
        yield running


@pytest.fixture
def account(server: AttendedServer) -> tuple[str, str]:
    """E-mail and token of a new account without scans."""
    return server.new_account()


@pytest.fixture
def scan(server: AttendedServer, account: tuple[str, str]) -> ScriptedScan:
    """A scan in hunt with one finding that is not critical."""
    scan = server.script_scan("shop", account[0])
    return scan.run_until("hunt").add_findings(1, "high", title="Weak hash")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start a program in its own folder, with a temporary profile by default."""
    started: list[Program] = []

    def start(*arguments: str | Path, is_temporary: bool = True, **options: Any) -> Program:
        folder = tmp_path_factory.mktemp("program")
        profile = ("--temp-profile",) if is_temporary else ()
        program = Program(folder, *profile, *arguments, **options)
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()


class Bench:
    """An account on the server, and programs that watch its scans."""

    def __init__(self, server: AttendedServer, account: tuple[str, str], start: Start) -> None:
        self.server, self._start = server, start
        self.email, self.token = account

    def scan(self, name: str = "shop", stage: str = "hunt") -> ScriptedScan:
        return self.server.script_scan(name, self.email).run_until(stage)

    def start(self, *arguments: str | Path, **options: Any) -> Program:
        ours = {"token": self.token} | options
        return self._start("--server", self.server.url, *arguments, **ours)

    def watch(
        self, *scans: ScriptedScan, also: Sequence[str | Path] = (), **options: Any
    ) -> Program:
        """Start a program that watches these scans."""
        watched = [word for scan in scans for word in ("--watch", scan.id)]
        return self.start(*watched, *also, **options)

    def attend(self, scan: ScriptedScan, *also: str | Path, **options: Any) -> Program:
        """Start a program that watches a scan, and wait until it does."""
        program = self.watch(scan, also=also, **options)
        try:
            self.server.until_attended(scan)
        except AssertionError as problem:
            state = "runs" if program.is_running else f"ended: {program.ended()}"
            problem.add_note(f"the program {state}")
            for folder in (program.folder, *(each for each in also if isinstance(each, Path))):
                for log in folder.rglob("heimdall.log"):
                    problem.add_note(log.read_text(encoding="utf-8", errors="replace")[-4000:])
            raise
        return program

    def see(self, *scans: ScriptedScan, also: Sequence[str | Path] = (), **options: Any) -> Ended:
        """Let a program see these scans to their end."""
        return self.watch(*scans, also=("--quit-when-done", *also), **options).ended()

    def reported(self, *scans: ScriptedScan) -> list[dict[str, Any]]:
        return [self.server.reported(scan.id) for scan in scans]


#: Lets no program of an environment import Qt.
NO_QT = """
import sys
for name in ("PySide6", "shiboken6", "qasync"):
    sys.modules[name] = None
"""


@pytest.fixture
def without_qt(tmp_path: Path) -> dict[str, str]:
    """An environment without Qt, nor a display."""
    (tmp_path / "sitecustomize.py").write_text(NO_QT)
    return {"PYTHONPATH": str(tmp_path), "QT_QPA_PLATFORM": ""}


@pytest.fixture
def bench(server: AttendedServer, account: tuple[str, str], start: Start) -> Bench:
    return Bench(server, account, start)


@pytest.fixture
def look_away(real_window: dict[str, str]) -> Iterator[Callable[[Program], None]]:
    """Give the focus to another window, as when something else is worked at.

    The window of the program is waited for first, or it would take the focus as it appears; and
    Qt takes a while to tell the program that it has lost it.
    """
    others: list[subprocess.Popen[str]] = []

    def look_away(program: Program) -> None:
        window = AccessibleWindow(program.pid)
        window.shows("Command palette")
        command = (sys.executable, "-c", OTHER_WINDOW)
        other = subprocess.Popen(command, env=real_window, stdout=subprocess.PIPE, text=True)
        others.append(other)
        assert other.stdout is not None
        assert other.stdout.readline() == "in focus\n"
        window.is_left()

    yield look_away
    for other in others:
        other.kill()
        other.communicate()
