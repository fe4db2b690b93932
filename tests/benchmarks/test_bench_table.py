"""How long the findings table takes with 100,000 rows, and to grow to 200,000.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_table.py`
"""

import random
import time
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity, Source
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme
from tests.benchmarks.figures import CLOCK, repeat, report, timed
from tests.fakes.findings import FOUND_AT, WatchedFindings, finding_id, make_finding

ROWS = 100_000
BATCH = 1_000
GROWN, STEP = 200_000, 20_000
PAGE, PAGES_AT_ONCE = 100, 3  # read between two turns of the window
FILTERS = ("sev>=high", "sev>=high -status:dismissed", "sql", "sql 99 file:*.py", "cwe:89", "")


def make_rows() -> list[Finding]:
    chance = random.Random(7)
    severities, statuses, sources = tuple(Severity), tuple(FindingStatus), tuple(Source)
    return [
        make_finding(
            number,
            severity=chance.choice(severities),
            status=chance.choice(statuses),
            source=chance.choice(sources),
            title=f"Finding {chance.randint(0, 9999)} of an sql statement",
            file_path=f"shop/part{chance.randint(0, 99)}/file{chance.randint(0, 99)}.py",
            line_start=chance.randint(1, 999),
            cwe_text=f"CWE-{chance.randint(1, 999)}",
            created_at=FOUND_AT + timedelta(seconds=number / 10),
        )
        for number in range(ROWS)
    ]


@pytest.fixture
def watched() -> WatchedFindings:
    watched = WatchedFindings()
    watched.watch("payments-api")
    return watched


@pytest.fixture
def pane(theme: Theme, qtbot: QtBot, watched: WatchedFindings) -> FindingsPane:
    pane = FindingsPane(watched.store, watched.ticker, time.monotonic)
    qtbot.addWidget(pane)
    qtbot.addWidget(pane.filter_field)
    pane.resize(1100, 800)
    pane.show()
    return pane


def test_the_table_with_many_rows(pane: FindingsPane) -> None:
    model, table, rows = pane.model, pane.table, make_rows()
    print()  # noqa: T201
    added = [FindingAdded(row, is_first_read=True) for row in rows]
    batches = [added[n : n + BATCH] for n in range(0, ROWS, BATCH)]
    repeat(f"fill by batches of {BATCH}", [partial(model.take, batch) for batch in batches])
    table.show_finding(finding_id(ROWS // 2))
    for text in FILTERS:
        with timed(f"filter {text!r}"):
            model.set_filter(parse_filter(text))
            QApplication.processEvents()
    for column in (Column.SEVERITY, Column.LOCATION, Column.STATUS, Column.FIRST_SEEN):
        with timed(f"sort by {column.name.lower()}"):
            model.set_order(Order(column, is_descending=column is Column.SEVERITY))
            QApplication.processEvents()
    news = [
        [FindingAdded(make_finding(ROWS + n + b * 10, created_at=FOUND_AT)) for n in range(10)]
        for b in range(50)
    ]
    model.set_order(Order(Column.SEVERITY, is_descending=True))
    QApplication.processEvents()
    repeat("50 batches of 10 into a sorted table", [partial(model.take, batch) for batch in news])
    fixed = [
        FindingReplaced(make_finding(n, status=FindingStatus.FIXED), rows[n])
        for n in range(0, ROWS, ROWS // 400)
    ]
    repeat("400 scattered replacements that move", [lambda: model.take(fixed)])
    repeat("100 steps down", [partial(QTest.keyClick, table, Qt.Key.Key_Down)] * 100)
    model.take(news[0])
    for by in GroupBy:
        with timed(f"group by {by.name.lower()}"):
            model.group_by(by)
            QApplication.processEvents()
    model.group_by(GroupBy.FILE)
    QApplication.processEvents()
    late = [
        [FindingAdded(make_finding(2 * ROWS + n + b * 10, created_at=FOUND_AT)) for n in range(10)]
        for b in range(20)
    ]
    groups = model.rowCount() - model.shown
    repeat(f"20 batches of 10 into {groups} groups", [partial(model.take, batch) for batch in late])
    repeat("100 steps down in groups", [partial(table.step, 1)] * 100)
    model.group_by(None)
    bar = table.verticalScrollBar()
    repeat("100 pages", [partial(bar.setValue, n * 20_000) for n in range(100)])


def test_a_selection_of_all_rows(pane: FindingsPane, qtbot: QtBot) -> None:
    model, table, rows = pane.model, pane.table, make_rows()
    model.take([FindingAdded(row, is_first_read=True) for row in rows])
    QApplication.processEvents()
    press = partial(QTest.keyClick, table)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    print()  # noqa: T201
    press(Qt.Key.Key_Home)
    with timed("select all by Ctrl+A, the key alone"):
        press(Qt.Key.Key_A, control)
    repeat(
        "the same with all that follows, three times", [partial(press, Qt.Key.Key_A, control)] * 3
    )
    assert len(pane.chosen().shown) == ROWS
    repeat("what is chosen, asked three times", [pane.chosen] * 3)
    news = [
        [FindingAdded(make_finding(ROWS + n + b * 10, created_at=FOUND_AT)) for n in range(10)]
        for b in range(50)
    ]
    repeat("50 batches of 10 beside them", [partial(model.take, batch) for batch in news])
    fixed = [
        FindingReplaced(make_finding(n, status=FindingStatus.FIXED), rows[n])
        for n in range(0, ROWS, ROWS // 400)
    ]
    repeat("400 scattered replacements", [partial(model.take, fixed)])
    bar = table.verticalScrollBar()
    repeat("100 pages", [partial(bar.setValue, n * 20_000) for n in range(100)])
    repeat("select to the end, and back", [partial(press, Qt.Key.Key_End, shift)] * 2)
    repeat("100 rows more", [partial(press, Qt.Key.Key_Up, shift)] * 100)
    press(Qt.Key.Key_A, control)
    repeat("filter, none", [partial(model.set_filter, parse_filter(text)) for text in FILTERS])
    for by in (GroupBy.FILE, GroupBy.SOURCE):
        with qtbot.waitSignal(model.grouping_changed, timeout=60_000):
            model.group_by(by)
        QApplication.processEvents()
        repeat(f"select all by {by.name.lower()}", [partial(press, Qt.Key.Key_A, control)])
        repeat("20 steps of the cursor", [partial(press, Qt.Key.Key_Down, control)] * 20)
    turns: list[float] = []
    QGuiApplication.clipboard().clear()
    table.menu.copy()
    while not QGuiApplication.clipboard().text():
        began = CLOCK()
        QApplication.processEvents()
        turns.append(CLOCK() - began)
    report("turns of the loop while all are copied", turns)
    repeat("clear", [table.selection.clear])


def page_of(first: int) -> list[Finding]:
    """Return a page as a server lists it: by severity, then the newest first (T-4)."""
    severities, of_each = tuple(Severity), GROWN // len(Severity)
    return [
        make_finding(
            number,
            severity=severities[number // of_each],
            title=f"Finding {number * 7919 % 9973} of an sql statement",
            file_path=f"shop/part{number % 97}/file{number % 89}.py",
            created_at=FOUND_AT - timedelta(seconds=number % of_each, microseconds=number),
        )
        for number in range(first, first + PAGE)
    ]


BY_SEVERITY = Order(Column.SEVERITY, is_descending=True)


@pytest.mark.parametrize(
    ("has_table", "text", "order", "by"),
    [
        (False, "", NEWEST_LAST, None),
        (True, "", NEWEST_LAST, None),
        (True, "", BY_SEVERITY, None),
        (True, "sql 9", NEWEST_LAST, None),
        (True, "", NEWEST_LAST, GroupBy.FILE),
    ],
)
def test_growth_of_one_scan(
    request: pytest.FixtureRequest,
    watched: WatchedFindings,
    has_table: bool,
    text: str,
    order: Order,
    by: GroupBy | None,
) -> None:
    if has_table:
        model = request.getfixturevalue("pane").model
    else:
        model = FindingsModel(watched.store, watched.ticker)
    model.set_filter(parse_filter(text))
    model.set_order(order)
    model.group_by(by)
    where = "table" if has_table else "no table"
    print(f"\n{where}, {text!r}, by {order.column.name.lower()}, groups: {by}")  # noqa: T201
    for begin in range(0, GROWN, STEP):
        took_s: list[float] = []
        for first in range(begin, begin + STEP, PAGE * PAGES_AT_ONCE):
            stop = min(first + PAGE * PAGES_AT_ONCE, begin + STEP)
            pages = [page_of(page) for page in range(first, stop, PAGE)]
            began = CLOCK()
            for page in pages:
                watched.read(page)
            watched.ticker.flush()
            QApplication.processEvents()
            took_s.append(CLOCK() - began)
        report(f"to {begin + STEP:7} rows", took_s)
    assert model.counts.total == GROWN
