"""Unattended runs without a window: on the core alone, where there is no display or none is wanted.

What they say is compared with what a window says in `test_unattended.py`.
"""

import signal
import socket
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.end_to_end.test_clean_exit import SOON_S, STRICT
from tests.fakes.program import Ended

FINDING_ID = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A folder with one thing to find."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "run.py").write_text("import pickle, sys\npickle.loads(sys.stdin.buffer.read())\n")
    return folder


def findings(ended: Ended) -> object:
    [reported] = ended.scans
    return reported["status"], reported["findings"]


@pytest.mark.parametrize("headless", [("--headless",), ()], ids=["asked for", "no display"])
def test_a_run_without_a_window_needs_no_qt_and_says_the_same(
    start: Start, without_qt: dict[str, str], code: Path, headless: tuple[str, ...]
) -> None:
    watched = ("--local", code, "--quit-when-done")
    bare = start(*watched, *headless, environment=without_qt, interpreter=STRICT)
    window = start(*watched)

    ended = bare.ended()

    assert (ended.status, ended.err) == (0, "")
    assert findings(ended) == findings(window.ended())


def test_a_window_needs_qt(start: Start, without_qt: dict[str, str], code: Path) -> None:
    """So that the test above proves something."""
    environment = {**without_qt, "QT_QPA_PLATFORM": "offscreen"}
    ended = start("--local", code, "--quit-when-done", environment=environment).ended()
    assert ended.status == 1
    assert "PySide6" in ended.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_a_busy_run_with_all_that_was_seen(
    bench: Bench, number: signal.Signals
) -> None:
    scan = bench.scan().add_findings(300)
    program = bench.attend(scan, "--quit-when-done", "--headless", interpreter=STRICT)
    program.send(number)
    ended = program.ended(SOON_S)
    assert ended.status == 5
    cause = f"{number.name} ended the run before the scans had ended."
    assert ended.line == f"heimdall-desktop: {cause}"
    assert [reported["id"] for reported in ended.scans] == [scan.id]


def test_a_signal_ends_a_run_that_waits_for_a_server(start: Start) -> None:
    """The scan of a finding has to be asked for, which is tried for `--unreachable` seconds."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        named = ("--watch", f"{address}/findings/{FINDING_ID}")
        ours = ("--server", address, *named, "--quit-when-done", "--headless")
        program = start(*ours, token="0" * 64)
        mute.accept()[0].close()

        program.terminate()

        assert program.ended(SOON_S).status == 5
