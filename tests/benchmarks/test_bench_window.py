"""How smooth the whole window stays while findings pour in: figures are printed, never asserted.

`pytest --capture=no --timeout=0 tests/benchmarks/test_bench_window.py`

The longest stall is the longest gap between two beats of a timer that is due every 10 ms.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import qasync
from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from heimdall_desktop import runtime
from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.output.alerting import Alerting
from heimdall_desktop.domain.alerts.alert import LINE_LIMIT
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, Column, Order
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.widgets.detail.code_lines import prepare_highlighting
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox_page import InboxTools
from heimdall_desktop.widgets.window.main_window import MainWindow
from tests.benchmarks.many_scans import ManyScans
from tests.fakes.inbox_lines import make_line
from tests.fakes.meters import memory_mb
from tests.fakes.requests import RecordedRequests

BEAT_MS = 10
SIZE = QSize(1440, 900)
NEWS_EVERY_S = 0.02
Key = Qt.Key
Part = TypeVar("Part", bound=QObject)


@dataclass(slots=True)
class Figures:
    """What was measured, by what was done."""

    stalls_ms: dict[str, float] = field(default_factory=dict)
    work_ms: dict[str, float] = field(default_factory=dict)
    others: dict[str, float] = field(default_factory=dict)


class Heart(QObject):
    """Beats on the loop of the window and keeps its longest pause.

    Also how long its thread itself worked at most: on a busy machine other programs make the
    pauses longer.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last_s, self._worked_s = time.perf_counter(), time.thread_time()
        self.longest_ms = self.longest_work_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def restart(self) -> None:
        self._last_s, self._worked_s = time.perf_counter(), time.thread_time()
        self.longest_ms = self.longest_work_ms = 0.0

    def _beat(self) -> None:
        now_s, worked_s = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now_s - self._last_s) * 1000)
        self.longest_work_ms = max(self.longest_work_ms, (worked_s - self._worked_s) * 1000)
        self._last_s, self._worked_s = now_s, worked_s


class Bench:
    """The window as the program puts it together, but for the desktop and the network."""

    def __init__(self) -> None:
        self.store = Store()
        self.ticker = Ticker(self.store)
        inbox = Inbox(_now)
        desk = AlertPolicy(time.monotonic, self._name, self._has_listed_once)
        self.alerting = Alerting(desk, Tasks(lambda _name, _error: None), inbox)
        self.window = MainWindow(
            self.store,
            self.ticker,
            RecordedRequests(),
            inbox,
            WindowMemory(),
            clock=time.monotonic,
            now=_now,
            version="0",
        )
        self.alerting.on_inbox_moved = self.window.show_inbox
        self.ticker.changed.connect(self.alerting.take)
        self.ticker.second.connect(self.alerting.tick)
        self.heart = Heart()
        self.figures = Figures()
        self.window.resize(SIZE)
        self.window.show()

    @contextmanager
    def stalls(self, what: str) -> Iterator[None]:
        self.heart.restart()
        yield
        self.figures.stalls_ms[what] = self.heart.longest_ms
        self.figures.work_ms[what] = self.heart.longest_work_ms

    async def repeat(
        self, what: str, times: int, rest_s: float, act: Callable[[int], None]
    ) -> None:
        """Do something again and again, and note the longest stall meanwhile."""
        with self.stalls(what):
            for number in range(times):
                act(number)
                await asyncio.sleep(rest_s)
            await asyncio.sleep(0.3)

    def _name(self, scan_id: ScanId) -> str:
        scan = self.store.scan(scan_id)
        return "" if scan is None else scan.name

    def _has_listed_once(self, scan_id: ScanId) -> bool:
        scan = self.store.scan(scan_id)
        return scan is not None and scan.has_listed_once


def test_the_window_with_many_scans(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    few = run(qapp, qtbot, scans=10, findings=1_000)
    many = run(qapp, qtbot, scans=50, findings=2_000)
    show("longest stall, ms", few.stalls_ms, many.stalls_ms)
    show("of that, own work, ms", few.work_ms, many.work_ms)
    show("other figures", few.others, many.others)


def run(qapp: QApplication, qtbot: QtBot, *, scans: int, findings: int) -> Figures:
    bench = Bench()
    qtbot.addWidget(bench.window)
    runner = asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp))
    with runtime.collecting_here(), runtime.sparing_survivors(), runner:
        runner.run(measure(bench, ManyScans(bench.store, scans, findings, time.monotonic)))
    bench.window.hide()
    bench.ticker.deleteLater()
    return bench.figures


async def measure(bench: Bench, many: ManyScans) -> None:
    """Fill the window, then use it while there is news."""
    await asyncio.to_thread(prepare_highlighting)
    await asyncio.sleep(0.5)
    others = bench.figures.others
    others["findings"] = many.total
    others["memory before, MB"] = memory_mb()
    began_s = time.perf_counter()
    with bench.stalls("scans added"):
        many.watch()
        await asyncio.sleep(0.5)
    began_s = time.perf_counter()
    with bench.stalls("findings arrive"):
        await many.list_all()
        await asyncio.sleep(0.3)
    others["all read and shown, s"] = time.perf_counter() - began_s
    others["memory after, MB"] = memory_mb()
    with bench.stalls("rest without news"):
        await asyncio.sleep(2.5)
    async with asyncio.TaskGroup() as group:
        news = group.create_task(many.make_news(NEWS_EVERY_S))
        await use(bench, many)
        news.cancel()
    others["memory at the end, MB"] = memory_mb()


async def use(bench: Bench, many: ManyScans) -> None:
    """Do what analysts do, at their pace."""
    window, table = bench.window, child(bench.window, FindingsTable)
    pane, field = child(window, FindingsPane), child(window, QLineEdit, "filter_edit")
    with bench.stalls("50 changes/s"):
        await asyncio.sleep(3)
    await bench.repeat("first finding opened", 1, 0.6, lambda _: select(table))
    await bench.repeat("40 findings opened", 40, 0.04, lambda _: QTest.keyClick(table, Key.Key_J))
    await bench.repeat("40 pages", 40, 0.04, lambda _: QTest.keyClick(table, Key.Key_PageDown))
    text = "sql sev>=high"
    await bench.repeat("typed a filter", len(text), 0.09, lambda n: QTest.keyClicks(field, text[n]))
    await bench.repeat(
        "took it back", len(text), 0.09, lambda _: QTest.keyClick(field, Key.Key_Backspace)
    )
    await bench.repeat("sorted by each column", 2 * len(COLUMNS), 0.3, lambda n: sort(table, n))
    await bench.repeat("50 changes/s, sorted by severity", 1, 3.0, lambda _: by_severity(table))
    await bench.repeat("sorted by two columns", 8, 0.3, lambda n: also_by(table, n))
    await use_groups(bench, pane, table, field)
    await use_freeze(bench, pane, table)
    await bench.repeat("10 scans scoped", 10, 0.3, lambda n: pane.set_scope(many.ids[n]))
    await bench.repeat("all scans again", 1, 0.5, lambda _: pane.set_scope(None))
    await use_inbox(bench)


async def use_groups(
    bench: Bench, pane: FindingsPane, table: FindingsTable, field: QLineEdit
) -> None:
    model, kinds = pane.model, list(GroupBy)
    await bench.repeat("grouped by each", len(kinds), 0.4, lambda n: model.group_by(kinds[n]))
    await bench.repeat("grouped by file", 1, 0.5, lambda _: model.group_by(GroupBy.FILE))
    bench.figures.others["groups"] = model.rowCount() - model.shown
    with bench.stalls("50 changes/s, in groups"):
        await asyncio.sleep(3)
    page_down = partial(QTest.keyClick, table, Key.Key_PageDown)
    await bench.repeat("40 pages in groups", 40, 0.04, lambda _: page_down())
    await bench.repeat("40 findings opened in groups", 40, 0.04, lambda _: table.step(1))
    await bench.repeat(
        "closed and opened all groups", 4, 0.3, lambda n: model.set_groups_open(are_open=n % 2 == 1)
    )
    text = "sql sev>=high"
    await bench.repeat(
        "typed a filter in groups", len(text), 0.09, lambda n: QTest.keyClicks(field, text[n])
    )
    await bench.repeat("cleared it", 1, 0.5, lambda _: pane.filter_state.clear())
    await bench.repeat("sorted groups", 6, 0.3, lambda n: sort(table, n))
    await bench.repeat("no groups again", 1, 0.5, lambda _: model.group_by(None))


async def use_inbox(bench: Bench) -> None:
    """Open and read a full inbox, while alerts come."""
    window, inbox = bench.window, bench.alerting.inbox
    for number in range(LINE_LIMIT):
        inbox.put(make_line(number, raised_at=_now(), is_read=number % 3 > 0))
    with bench.stalls("full inbox shown"):
        window.show_inbox()
        await asyncio.sleep(0.3)
    keys = QKeySequence("Ctrl+I")
    await bench.repeat("inbox opened", 1, 0.5, lambda _: QTest.keySequence(window, keys))
    parts = child(window, InboxTools).findChildren(QRadioButton)
    await bench.repeat("inbox filtered", 6, 0.3, lambda n: parts[(n + 1) % 3].click())

    def alert(number: int) -> None:
        inbox.put(make_line(LINE_LIMIT + number, raised_at=_now()))
        window.show_inbox()

    await bench.repeat("100 lines more", 100, 0.02, alert)
    read_all = child(window, QPushButton, "inbox_mark_all").click
    await bench.repeat("all lines read", 1, 0.5, lambda _: read_all())


async def use_freeze(bench: Bench, pane: FindingsPane, table: FindingsTable) -> None:
    """Let the rows stand still, in the order they come and in another one, and go on."""
    for what, order in (("", NEWEST_LAST), (" a sorted table", Order(Column.SEVERITY))):
        pane.model.set_order(order)
        table.step(1)
        await asyncio.sleep(0.5)
        with bench.stalls(f"froze{what}"):
            pane.toggle_freeze()
            await asyncio.sleep(3)
        before = table.selected_id
        await bench.repeat(f"unfroze{what}", 1, 0.5, lambda _: pane.toggle_freeze())
        assert table.selected_id == before is not None
        assert table.selected_row == table.currentIndex().row()


def also_by(table: FindingsTable, number: int) -> None:
    place = number if number % 2 == 0 else number + 1
    table.sort_by(COLUMNS[place % len(COLUMNS)], is_further=number % 2 == 1)


def select(table: FindingsTable) -> None:
    table.setFocus()
    table.step(1)


def sort(table: FindingsTable, number: int) -> None:
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    table.sortByColumn(number // 2, orders[number % 2])


def by_severity(table: FindingsTable) -> None:
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)


def show(title: str, few: dict[str, float], many: dict[str, float]) -> None:
    print(f"\n{title:36}{'10 x 1000':>10}{'50 x 2000':>12}{'ratio':>8}")  # noqa: T201
    for what, figure in many.items():
        ratio = figure / few[what] if few[what] else 0.0
        print(f"{what:36}{few[what]:10.1f}{figure:12.1f}{ratio:8.1f}")  # noqa: T201


def child(parent: QObject, kind: type[Part], name: str = "") -> Part:
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert found is not None
    return found


def _now() -> datetime:
    return datetime.now(UTC)
