"""The gallery takes its pictures from the command line, and the program says where it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Start


def gallery(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.lab", "gallery", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("theme", "modes"), [((), ["dark", "light"]), (("contrast",), ["contrast"])]
)
def test_a_state_is_pictured(tmp_path: Path, theme: tuple[str, ...], modes: list[str]) -> None:
    pictures = tmp_path / "pictures"
    chosen = ("--theme", *theme) if theme else ()
    ended = gallery("stale", *chosen, "--screenshot", pictures, "--quit-when-done")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert sorted(path.name for path in pictures.iterdir()) == [f"stale-{one}.png" for one in modes]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nonsense",), "no state is called nonsense; there are first-start,"),
        (("--quit-when-done",), "needs --screenshot"),
        (("--screenshot", __file__), "no folder"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], complaint: str) -> None:
    ended = gallery(*arguments)
    assert ended.returncode == 2
    assert complaint in ended.stderr


def test_the_program_says_where_the_gallery_is(start: Start) -> None:
    ended = start("--debug", "--gallery", "stale").ended()
    assert ended.status == 2
    assert "python -m tests.lab gallery" in ended.line
