"""Findings are dragged into another program while the window continues."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Thread

import pytest

from tests.end_to_end.conftest import Bench
from tests.fakes.accessibility import AccessibleWindow

TARGET = """
import json
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

class Target(QWidget):
    def dragEnterEvent(self, event):
        event.acceptProposedAction()

    def dragMoveEvent(self, event):
        print("over", event.position().toPoint().x(), flush=True)
        event.acceptProposedAction()

    def dropEvent(self, event):
        data = event.mimeData()
        told = {form: bytes(data.data(form)).decode() for form in data.formats()}
        print(json.dumps([event.proposedAction().name, told]), flush=True)
        event.acceptProposedAction()

application = QApplication([])
target = Target(None, Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.BypassWindowManagerHint)
target.setAcceptDrops(True)
target.setGeometry(0, 0, 160, 160)
target.show()
print("shown", flush=True)
application.exec()
"""


@pytest.fixture
def target(real_window: dict[str, str]) -> Iterator[SimpleQueue[str]]:
    """The lines printed by a window of another program: each move over it, and what is dropped."""
    lines: SimpleQueue[str] = SimpleQueue()
    command = (sys.executable, "-c", TARGET)
    with subprocess.Popen(command, env=real_window, stdout=subprocess.PIPE, text=True) as other:
        output = other.stdout
        assert output is not None

        def read() -> None:
            for line in output:
                lines.put(line)

        reader = Thread(target=read)
        reader.start()
        assert lines.get() == "shown\n"
        yield lines
        other.kill()
        reader.join()


def hover(window: AccessibleWindow, lines: SimpleQueue[str]) -> None:
    """Move over the target until it has accepted the drag.

    A second report proves that the acceptance of the first one has arrived. Qt forgets a move that
    comes while it waits for an answer to an earlier one, so the pointer keeps moving.
    """
    reports = 0
    for x in itertools.cycle((80, 90, 100)):
        window.hand("mousemove", x, 80)
        try:
            reports += lines.get(timeout=0.5).startswith("over ")
        except Empty:
            continue
        if reports == 2:
            return


def test_selected_rows_are_dragged_out_while_the_window_goes_on(
    bench: Bench, real_window: dict[str, str], target: SimpleQueue[str]
) -> None:
    scan = bench.scan().add_findings(1, "high", title="SQL injection")
    scan.add_findings(2, "low", title="Weak hash")
    running = bench.attend(scan, desktop=real_window)
    window = AccessibleWindow(running.pid)
    window.rows(3, "Findings")
    window.focus("Findings")
    window.keys("Home", "shift+Down")
    window.shows("2 selected")

    place = window.place(0, "Findings")
    with window.dragging(*place):
        scan.add_findings(1, "low", title="Verbose error page").burst()
        assert len(window.rows(4, "Findings")) == 4
        hover(window, target)
    dropped = next(line for line in iter(target.get, "") if not line.startswith("over "))
    action, reported = json.loads(dropped)
    assert action == "CopyAction"
    _head, _rule, *rows = reported["text/plain"].splitlines()
    assert [title in row for title, row in zip(("SQL injection", "Weak hash"), rows, strict=True)]
    assert reported["text/csv"].startswith("Severity,Finding,")
    assert len(reported["text/csv"].splitlines()) == 3
    assert reported["text/uri-list"].split() == [
        f"{bench.server.url}/findings/{each}" for each in scan.finding_ids[:2]
    ]

    with window.dragging(*place):
        running.terminate()
        assert running.ended().status == 0
