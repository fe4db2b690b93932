"""What a schedule leaves behind: the probe sees each kind of thing; the window's loop is clean."""

import asyncio
import gc
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from heimdall_desktop import runtime
from tests.fakes.fault_proxy import Fault, FaultKind
from tests.fakes.probe import probe, what_is_left
from tests.state_machine import steps
from tests.state_machine.house import House
from tests.state_machine.player import play
from tests.state_machine.tally import Tally

#: Nothing in it waits for a time-out of a request, which no test can turn on the window's loop.
SCHEDULE = steps.Schedule(
    (6, 3, 0),
    silent=0,
    drifts=True,
    steps=(
        steps.Find(0, 140, "critical"),
        Fault(FaultKind.DROP, "frame", 40),
        steps.Pass(1),
        steps.Burst(0),
        Fault(FaultKind.STALL, "frame", 7),
        steps.Forward(1, 1),
        steps.Pass(60),
        Fault(FaultKind.FAULT_500, "live"),
        Fault(FaultKind.CUT_JSON, "findings", 99),
        Fault(FaultKind.RESET, "any", 10),
        steps.Pass(20),
        steps.Fail(1),
        steps.Pass(4),
        steps.Restart("C"),
        steps.Return(1),
        steps.Delete(2, 0),
        steps.Complete(0, stops=False),
        steps.Pass(10),
    ),
)


@contextmanager
def a_thread() -> Iterator[None]:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait, name="left")
    thread.start()
    yield
    ended.set()
    thread.join()


async def test_the_probe_sees_each_kind_of_thing_and_that_it_went() -> None:
    before = probe()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.Event().wait(), name="left")
        with tempfile.TemporaryFile(), closing(socket.socket()), a_thread():
            left = await what_is_left(before, limit_s=0.0)
            kinds = [text.partition(":")[0] for text in left]
            assert kinds == ["tasks", "files", "sockets", "threads"]
        task.cancel()
    assert await what_is_left(before) == []


def test_the_probe_sees_timers_of_qt_and_that_they_went() -> None:
    async def look() -> None:
        gc.collect()
        before = probe().qt_timers
        parent = QTimer()
        child = QTimer(parent)
        child.start(60_000)
        assert probe().qt_timers == before + 1
        child.stop()
        assert probe().qt_timers == before

    runtime.run(look, _application())


@pytest.mark.timeout(120)
def test_on_the_loop_of_the_window_nothing_is_left_behind(tmp_path: Path) -> None:
    house, tally = House(tmp_path), Tally()
    try:
        runtime.run(lambda: play(SCHEDULE, house, tally), _application())
    finally:
        house.close()
    assert tally.faults["closed at a byte (frame)"] == 1
    assert tally.faults["silent from a byte on (frame)"] == 1
    assert tally.faults["500 with envelope (answer)"] == 1


def _application() -> QApplication:
    made = QApplication.instance() or QApplication([])
    assert isinstance(made, QApplication)
    return made
