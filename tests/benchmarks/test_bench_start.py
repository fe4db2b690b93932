"""How long the program takes to start, beside a bare window of Qt: printed, never asserted.

`pytest --capture=no --timeout=0 tests/benchmarks/test_bench_start.py`

Each is a process of its own: until its window is painted for the first time, then until it has
ended, as that closes it. They take turns, and the best of each counts: what else the machine does
only adds to it.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROUNDS = 10

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
        QTimer.singleShot(0, application.quit)

application = QApplication([])
window = Window()
window.show()
application.exec()
"""

#: All of the program is loaded when it first sees to the garbage; then its window is looked at.
PROGRAM = """
import gc
import sys

def look_at_window():
    from PySide6.QtCore import QTimer
    from heimdall_desktop.widgets.window.main_window import MainWindow
    usual = MainWindow.paintEvent

    def paint(self, event):
        usual(self, event)
        MainWindow.paintEvent = usual
        print("painted", flush=True)
        QTimer.singleShot(0, self.close)

    MainWindow.paintEvent = paint

def freeze(usual=gc.freeze):
    gc.freeze = usual
    usual()
    look_at_window()

gc.freeze = freeze
from heimdall_desktop.__main__ import main
sys.exit(main(["--temp-profile"]))
"""

COMMANDS = {
    "nothing": ("-c", "print('painted')"),
    "a bare window": ("-c", BARE),
    "the program": ("-c", PROGRAM),
    "--version": ("-m", "heimdall_desktop", "--version"),
    "--help": ("-m", "heimdall_desktop", "--help"),
}


def run(command: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Return after how long it said something, and after how long it had ended, in seconds."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    began_s = time.perf_counter()
    with subprocess.Popen(
        (sys.executable, *command), env=environment, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        said_s = time.perf_counter() - began_s
        process.stdout.read()
    assert process.returncode == 0
    return said_s, time.perf_counter() - began_s


def test_start(tmp_path: Path) -> None:
    took: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            took[name].append(run(command, tmp_path))
    best = {name: [min(times) for times in zip(*each, strict=True)] for name, each in took.items()}
    print()  # noqa: T201
    print(f"{'':16}{'shown s':>9}{'ended s':>9}{'times a bare window':>22}")  # noqa: T201
    for name, (said_s, ended_s) in best.items():
        bare_said_s, bare_ended_s = best["a bare window"]
        times = f"{said_s / bare_said_s:14.1f}{ended_s / bare_ended_s:8.1f}"
        print(f"{name:16}{said_s:9.2f}{ended_s:9.2f}{times}")  # noqa: T201
