"""What windows of single scans cost beside 100,000 findings: figures are printed, never asserted.

`pytest --capture=no tests/benchmarks/test_bench_scan_windows.py`
"""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.benchmarks.figures import repeat, report, timed
from tests.benchmarks.test_bench_table import BATCH, make_rows
from tests.benchmarks.test_bench_window import Heart
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.shown_window import ShownWindow

SCANS = 50
REST_MS = 2_000


def test_windows_of_scans_beside_many_findings(theme: Theme) -> None:
    shown = ShownWindow().show()
    names = [f"scan-{number}" for number in range(SCANS)]
    for name in names:
        shown.watch(name)
    rows = make_rows()
    part = len(rows) // (2 * SCANS)
    big, small = names[0], names[1]

    def tell(name: str, numbers: range) -> None:
        story = shown.stories[name]
        found = tuple(make_finding(n, scan_id=story.scan.id) for n in numbers)
        shown.store.observe(FindingsListed(story.scan.id, story.asked_s(), found))
        shown.ticker.flush()

    tell(big, range(len(rows) // 2))
    for place, name in enumerate(names[1:]):
        first = len(rows) // 2 + place * part
        tell(name, range(first, first + part))
    steps = [
        lambda n=n: tell(small, range(1_000_000 + n, 1_000_050 + n)) for n in range(0, BATCH, 50)
    ]
    repeat("50 findings a batch, 10 batches, main only", steps[:10])
    heart = Heart()
    for what, name in (("1,000", small), ("50,000", big)):
        heart.restart()
        shown.window.scan_windows.tear_off(shown.stories[name].scan.id)
        QTest.qWait(REST_MS)
        report(f"tear off a scan of {what} rows: longest stall", [heart.longest_work_ms / 1000])
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, ScanWindow)]
    models = [window.findChildren(FindingsModel)[0] for window in windows]
    assert sum(model.waiting for model in models) == 0
    repeat("the same with two windows more", steps[10:])
    with timed("switch the theme of all three windows"):
        theme.set_mode(ThemeMode.DARK)
        QApplication.processEvents()
    assert shown.store.finding(finding_id(1_000_000))
    shown.close()
