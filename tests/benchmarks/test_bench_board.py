"""How smooth the board stays with fifty scans: figures are printed, never asserted.

`pytest --capture=no --timeout=0 tests/benchmarks/test_bench_board.py`
"""

import time

import pytest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen
from heimdall_desktop.widgets.look.theme import Theme
from tests.benchmarks.figures import took_ms
from tests.benchmarks.many_scans import ManyScans
from tests.fakes.board_scans import ScanStory
from tests.fakes.shown_window import ShownWindow

SCANS = 50
STEPS = 100
FEWER_STEPS = 15


def test_fifty_scans_tick_and_scroll(theme: Theme, qapp: QApplication) -> None:
    shown = ShownWindow().watch_twelve()
    for number in range(SCANS - 12):
        story = ScanStory(shown.store, shown.time, f"service-{number}", "main", 100 + number)
        story.run([30, 150, 90], number).find(1, 4, 9, 3).hear(Connection.LIVE).age(2)
    shown.ticker.flush()
    shown.show()
    view, bar = shown.board.view, shown.board.view.verticalScrollBar()

    def second() -> None:
        shown.time.pass_s(1)
        shown.ticker.second.emit()
        qapp.processEvents()

    def scroll() -> None:
        bar.setValue((bar.value() + bar.maximum() // STEPS + 1) % max(bar.maximum(), 1))
        view.viewport().repaint()

    print(f"\nboard of {len(shown.board.scan_ids)} scans as {view.form.value}")  # noqa: T201
    for name, act in (("a second passes", second), ("one step of scrolling", scroll)):
        steps_ms = sorted(took_ms(act) for _ in range(STEPS))
        median_ms = steps_ms[STEPS // 2]
        print(f"{name}: median {median_ms:.1f} ms, longest {steps_ms[-1]:.1f} ms")  # noqa: T201
    shown.window.close()


@pytest.mark.parametrize("scans", [50, 200, 500, 1000])
def test_what_each_further_scan_costs_the_loop(
    theme: Theme, qapp: QApplication, scans: int
) -> None:
    shown = ShownWindow()
    many = ManyScans(shown.store, scans, 0, shown.time.clock)
    many.watch()
    shown.ticker.flush()
    shown.show()

    def second() -> None:
        shown.time.pass_s(1)
        shown.ticker.second.emit()
        qapp.processEvents()

    def batch() -> None:
        shown.store.observe(ConnectionSeen(many.ids[-1], Connection.LIVE, shown.time.clock()))
        many.happen()
        shown.ticker.flush()
        qapp.processEvents()

    for name, act in (("a second passes", second), ("news comes", batch)):
        used_ms = sorted(took_ms(act, time.process_time) for _ in range(FEWER_STEPS))
        print(f"{scans} scans, {name}: median {used_ms[FEWER_STEPS // 2]:.1f} ms of processor time")  # noqa: T201
    shown.window.close()
