"""However the program ends, it ends soon, in silence, and leaves nothing but what it is to keep."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.program import Ended

SOON_S = 8
SILENT = Ended(0, "", "")
#: Every warning is an error, also of unclosed resources. What is excepted comes from qasync
#: itself when it debugs, on Python 3.12 and later.
STRICT = (
    *("-X", "dev", "-W", "error"),
    *("-W", "ignore:There is no current event loop:DeprecationWarning"),
)


def test_a_strict_run_ends_in_silence(start: Start, tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text("import pickle, sys\npickle.loads(sys.stdin.buffer.read())\n")
    program = start("--local", tmp_path, "--quit-when-done", interpreter=STRICT)

    ended = program.ended()

    assert (ended.status, ended.err) == (0, "")
    assert [scan["status"] for scan in ended.scans] == ["completed"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_a_busy_program(bench: Bench, number: signal.Signals) -> None:
    program = bench.attend(bench.scan().add_findings(300), "--demo", interpreter=STRICT)
    program.send(number)
    assert program.ended(SOON_S) == SILENT


def test_closing_the_window_goes_on_and_quitting_ends_a_busy_program(
    start: Start, real_window: dict[str, str]
) -> None:
    """Without a tray the window is minimised; test_notification reads what explains it."""
    program = start("--demo", desktop=real_window, interpreter=STRICT)
    window = AccessibleWindow(program.pid)
    window.shows("Running, 6")

    window.close()
    window.hand("search", "--pid", program.pid, "--name", "Heimdall, ", "windowactivate")
    window.shows("Running, 6")
    window.keys("ctrl+q")
    assert program.ended(SOON_S) == SILENT


def test_a_signal_ends_a_program_with_a_dialog_open(
    start: Start, real_window: dict[str, str]
) -> None:
    program = start("--demo", desktop=real_window, interpreter=STRICT)
    window = AccessibleWindow(program.pid)
    window.shows("Running, 6")
    window.keys("ctrl+n")
    window.shows("Scan links or IDs")
    program.send(signal.SIGTERM)
    assert program.ended(SOON_S) == SILENT


def test_a_window_closed_too_early_is_told_to_who_waits_for_the_line(
    start: Start, real_window: dict[str, str]
) -> None:
    program = start("--demo", "--quit-when-done", desktop=real_window, interpreter=STRICT)
    window = AccessibleWindow(program.pid)
    window.shows("Running, 6")

    window.close()

    ended = program.ended(SOON_S)
    assert ended.status == 5
    assert "The window was closed before the scans had ended." in ended.line
    assert len(ended.scans) == 7


@contextmanager
def display() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A display of its own; gives its process and its name."""
    command = ("Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield server, f":{server.stdout.readline().strip()}"
        finally:
            server.kill()


def test_a_display_that_goes_away_ends_the_program_in_order(
    bench: Bench, real_window: dict[str, str]
) -> None:
    """So a session ends for some, and Qt stops the loop there."""
    scan = bench.scan().add_findings(300)
    with display() as (shown, name):
        desktop = {**real_window, "DISPLAY": name}
        program = bench.watch(scan, also=("--quit-when-done",), desktop=desktop)
        AccessibleWindow(program.pid).shows("Command palette")
        bench.server.until_attended(scan)
        shown.kill()

        ended = program.ended()
    assert ended.status == 5
    assert "The desktop closed Heimdall Desktop before the scans had ended." in ended.line
    assert [reported["id"] for reported in ended.scans] == [scan.id]


def test_what_was_watched_is_watched_again_after_a_restart(bench: Bench, tmp_path: Path) -> None:
    first, second = map(bench.scan, ("one", "two"))
    kept = ("--profile-dir", tmp_path)
    program = bench.start(*kept, "--watch", f"{first.id} {second.id}", is_temporary=False)
    bench.server.until_attended(first)
    program.terminate()
    assert program.ended(SOON_S).status == 0

    program = bench.start(*kept, is_temporary=False)
    bench.server.until_attended(first)
    bench.server.until_attended(second)
    program.terminate()
    assert program.ended(SOON_S).status == 0
