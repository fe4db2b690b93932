"""The benchmarks from outside: what they see of a window, and that a wrong result fails them."""

import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.outside import busy
from tests.benchmarks.outside.processes import (
    CHECKOUT,
    Process,
    Server,
    Tree,
    WrongResultError,
    desk,
    require_tree,
)
from tests.benchmarks.outside.quiet import appearance
from tests.benchmarks.outside.server import Settings
from tests.benchmarks.outside.tables import BARE, Figures
from tests.benchmarks.outside.x_client import pinged

STALL_S = 0.05
ROWS = 250
TREE = Tree("this", CHECKOUT)

STALLING = f"""
import json, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication([])
window, timer = QMainWindow(), QTimer()
window.show()

def stall():
    time.sleep({STALL_S})
    print(json.dumps(dict(at_s=time.monotonic())), flush=True)

timer.timeout.connect(stall)
timer.start(400)
application.exec()
"""


@pytest.mark.usefixtures("private_desktop")
def test_pings_wait_while_a_window_is_stalled() -> None:
    with desk() as on, Process((sys.executable, "-c", STALLING), on.environment()) as process:
        appeared = appearance(on, process)
        assert 0 < appeared.visible_s <= appeared.whole_s
        assert appeared.processor_s > 0
        with pinged(on.display, on.window()) as pings:
            began_s = time.monotonic()
            while process.answer()["at_s"] < began_s + 1.0:
                pass  # a stall, perhaps of before
    assert max(pings.took_s) > STALL_S * 0.8  # the first ping of a stall may be sent late
    assert min(pings.took_s) < STALL_S


@pytest.mark.usefixtures("private_desktop")
def test_a_listing_is_timed_and_its_findings_are_checked() -> None:
    require_tree(TREE)
    with Server(Settings(1, ROWS, "completed", is_old=True)) as server, desk() as on:
        assert busy.list_bare(on, server) > 0
        assert busy.list_program(on, TREE, server, ROWS) > 0
        server.ask(do="add", count=1)
        with pytest.raises(WrongResultError, match=f"{ROWS} of {ROWS + 1} findings, and 0 others"):
            on.require_ids(server)


def test_another_program_than_that_of_the_tree_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongResultError, match="would run"):
        require_tree(Tree("empty", tmp_path))


def test_each_row_is_printed_with_its_ratio_beside_the_bare_process() -> None:
    figures = Figures()
    for bare, before, after in ((1.0, 4.0, 2.0), (2.0, 6.0, 3.0), (3.0, 5.0, 40.0)):
        figures.add("list [s]", BARE, bare)
        figures.add("list [s]", "before", before)
        figures.add("list [s]", "after", after)
    assert [line.split() for line in figures.lines("list [s]")] == [
        ["list", "[s]", "bare", "2", "1", "3", "3"],
        ["before", "5", "4", "6", "3", "2.50", "1.00"],
        ["after", "3", "2", "40", "3", "1.50", "0.60"],
    ]
