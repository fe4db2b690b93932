"""How long filtering and completing take with 100,000 rows: figures are printed, never asserted.

`pytest --capture=no tests/benchmarks/test_bench_filter.py`
"""

import time
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.models.suggestion_models import FRESH_MS
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme
from tests.benchmarks.figures import repeat, report, timed
from tests.benchmarks.test_bench_table import ROWS, make_rows
from tests.fakes.findings import FOUND_AT, WatchedFindings

NOW = FOUND_AT + timedelta(seconds=ROWS / 10)
ROUNDS = 4  # the best of them: others work on the machine as well
FILTERS = (
    *("sev>=high", "conf>=medium", "-status:dismissed", "source:ai", "stage:hunt", "is:confirmed"),
    *("is:open,proven", "is:new", "has:fix", "-has:fix", "has:cwe", "file:*.py", "file:part9"),
    *("cwe:89", "line>=500", "title:99", "desc:parameter", "fp:a", "id:0000", "scan:payments"),
    *("new:1h", "since:2026-07-04", "sql", '"sql statement"', "show:repeats"),
    "sev>=high -status:dismissed file:*.py source:ai new:1d sql",
)


def seconds_of(pane: FindingsPane, text: str, names: dict[ScanId, str]) -> float:
    """Return how long a filter takes until its first rows are painted."""
    pane.model.set_filter(Filter())
    QApplication.processEvents()
    began = time.perf_counter()
    pane.model.set_filter(parse_filter(text).under(NOW, names))
    QApplication.processEvents()
    return time.perf_counter() - began


def test_the_filter_with_many_rows(theme: Theme, qtbot: QtBot) -> None:
    watched = WatchedFindings()
    watched.watch("payments-api")
    pane = FindingsPane(watched.store, watched.ticker, time.monotonic, now=lambda: NOW)
    host = QWidget()
    column = QVBoxLayout(host)
    column.addWidget(pane.filter_field)
    column.addWidget(pane)
    qtbot.addWidget(host)
    host.resize(1100, 800)
    host.show()
    watched.list(make_rows())
    QApplication.processEvents()
    print()  # noqa: T201
    names = {scan.id: scan.name for scan in watched.store}
    for text in FILTERS:
        report(f"filter {text!r}", [min(seconds_of(pane, text, names) for _ in range(ROUNDS))])
    pane.model.set_filter(parse_filter("new:1h").under(NOW, names))
    moments = [NOW + timedelta(seconds=second) for second in range(1, 61)]
    later = [parse_filter("new:1h").under(moment, names) for moment in moments]
    repeat("60 seconds pass by new:1h", [partial(pane.model.set_filter, each) for each in later])
    pane.model.set_filter(parse_filter(""))
    field, values = pane.filter_field, pane.filter_field.completer.values
    qtbot.wait(FRESH_MS)
    counted = QSignalSpy(values.changed)
    began = time.perf_counter()
    values.look(None)
    turns = []
    while not counted.count():
        before = time.perf_counter()
        QApplication.processEvents()
        turns.append(time.perf_counter() - before)
    report("count values for completion, by turns", turns)
    report("count values for completion, until ready", [time.perf_counter() - began])
    keys = [partial(QTest.keyClicks, field.edit, key) for key in "sev>=high file:part9 sql"]
    repeat("24 keys typed, without the rest that filters", keys)
    with timed("open the menu of Status, counted"):
        chip = pane.findChild(QPushButton, "chip_status")
        assert chip is not None
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    for menu in pane.findChildren(QMenu, "filter_menu"):
        menu.close()
