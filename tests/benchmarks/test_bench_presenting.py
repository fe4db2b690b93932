"""How long hiding all names takes with 100,000 findings, and scrolling while they are hidden.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_presenting.py`
"""

from functools import partial

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.look.theme import Theme
from tests.benchmarks.figures import CLOCK, repeat, report
from tests.benchmarks.test_bench_table import make_rows
from tests.fakes.shown_window import ShownWindow

SCROLLS, TURNS = 200, 5


def test_presenting_with_100_000_findings(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    scan = shown.stories["payments-api"]
    rows = tuple(replace(row, scan_id=scan.scan.id) for row in make_rows())
    shown.store.observe(FindingsListed(scan.scan.id, scan.asked_s() + 1, rows))
    shown.ticker.flush()
    shown.window.open_finding(rows[500].id)
    QApplication.processEvents()
    for by in (None, GroupBy.FILE):
        shown.findings.model.group_by(by)
        while shown.findings.model.grouped.largest_group == 0 and by is not None:
            QApplication.processEvents()
        for is_on in (False, True):
            present(shown, is_on=is_on)
            scroll(shown, f"scroll, groups {by}, presenting {is_on}")
        for turn in range(TURNS):
            for is_on in (False, True):
                began = CLOCK()
                present(shown, is_on=is_on)
                report(f"turn {turn}, groups {by}, to {is_on}", [CLOCK() - began])
    present(shown, is_on=False)
    shown.close()


def present(shown: ShownWindow, *, is_on: bool) -> None:
    shown.requests.preferences.change_setting("privacy.is_presenting", is_on)
    for _ in range(5):
        QApplication.processEvents()


def scroll(shown: ShownWindow, what: str) -> None:
    bar = shown.findings.table.verticalScrollBar()
    step = max(bar.maximum() // SCROLLS, 1)
    repeat(what, [partial(bar.setValue, place * step) for place in range(SCROLLS)])
