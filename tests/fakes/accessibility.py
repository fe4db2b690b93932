"""A window as a screen reader meets it: names, texts, what can be pressed and typed into."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.fakes.waiting import WAIT_LIMIT_S

SCRIPT = Path(__file__).with_name("accessibility_script.py")
SYSTEM_PYTHON = "/usr/bin/python3"


class AccessibleWindow:
    """The windows of one program. Each call waits until the part it names is there.

    A part is named by accessible names from the outside inwards; none means everything. Qt keeps
    open menus out of the tree, so these want keys.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def texts(self, *path: str) -> list[str]:
        """Read all names and texts that are visible in a part."""
        texts: list[str] = self._do("texts", path)
        return texts

    def shows(self, *texts: str) -> None:
        """Wait until all of these are shown, wherever."""
        self._do("shows", texts)

    def is_left(self) -> None:
        """Wait until another program's window is the active one, and this program knows."""
        self._do("left", ())

    def press(self, *path: str) -> None:
        """Press a button, or choose what can be chosen."""
        self._do("press", path)

    def press_row(self, row: int, *path: str) -> None:
        """Press a row of a table, whatever it says."""
        self._do("press_row", (str(row), *path))

    def type(self, text: str, *path: str) -> None:
        self._do("type", path, text)

    def rows(self, count: int, *path: str) -> list[str]:
        """Read the first rows of a table aloud: what its first column says of each."""
        rows: list[str] = self._do("rows", (str(count), *path))
        return rows

    def select(self, row: int, *path: str) -> None:
        """Select a row of a table, without keys and without focus."""
        self._do("select", (str(row), *path))

    def place(self, row: int, *path: str) -> tuple[int, int]:
        """Return the middle of the first cell of a row on the screen."""
        x, y = self._do("place", (str(row), *path))
        return x, y

    def focus(self, *path: str) -> None:
        self._do("focus", path)

    @contextmanager
    def heard(self) -> Iterator[IO[str]]:
        """Listen until the end of the block; each line is what a screen reader would say."""
        listening = subprocess.Popen(
            (SYSTEM_PYTHON, str(SCRIPT), str(self._pid), "hear"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert listening.stdout is not None
        with listening:
            try:
                assert listening.stdout.readline() == "listening\n"
                yield listening.stdout
            finally:  # or a test that fails would wait for it
                listening.kill()

    def keys(self, *keys: str) -> None:
        """Press keys, named as xdotool does, where the focus is."""
        self._run("xdotool", "key", *keys)

    def hand(self, *words: object) -> None:
        """Move the pointer or its buttons, in the words of xdotool."""
        self._run("xdotool", *map(str, words))

    @contextmanager
    def dragging(self, x: int, y: int) -> Iterator[None]:
        """Press at a place and move far enough to drag; let go at the end of the block."""
        aside = ("mousemove_relative", 20, 0)
        self.hand("mousemove", x, y, "mousedown", 1, *aside, *aside)
        try:
            yield
        finally:
            self.hand("mouseup", 1)

    def close(self) -> None:
        """Close the active window by its key, and wait until it is closed."""
        self._do("close", ())

    def _do(self, command: str, path: tuple[str, ...], typed: str = "") -> Any:
        return json.loads(
            self._run(SYSTEM_PYTHON, str(SCRIPT), str(self._pid), command, *path, typed=typed)
        )

    @staticmethod
    def _run(*command: str, typed: str = "") -> str:
        ended = subprocess.run(
            command, input=typed, capture_output=True, text=True, timeout=WAIT_LIMIT_S, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout
