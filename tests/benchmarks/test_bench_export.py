"""How long 100,000 findings take to be written, and how long the window waits meanwhile.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_export.py`
"""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.presentation.export.contents import Format, LeaveOut
from heimdall_desktop.runtime import collecting_here, sparing_survivors
from heimdall_desktop.services.regular_file import Writing, write_file
from heimdall_desktop.widgets.export.exporter import ALL_WRITERS
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.exported import make_contents
from tests.fakes.findings import FOUND_AT, WatchedFindings, make_finding

ROWS, PDF_ROWS = 100_000, 5_000
BEAT_MS = 50
SETTLE_S = 3.0  # the table takes what it was given in


def test_many_findings_are_written_while_the_window_lives(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [
        make_finding(
            number,
            severity=(*Severity,)[number % 5],
            status=(*FindingStatus,)[number % 6],
            title=f"Finding {number} of an sql statement",
            file_path=f"shop/part{number % 100}/file{number % 97}.py",
            created_at=FOUND_AT + timedelta(seconds=number / 10),
            code_snippet="x = 1\n" * 5,
            description="It is so. " * 10,
        )
        for number in range(ROWS)
    ]
    watched = WatchedFindings()
    watched.watch("payments-api")
    pane = FindingsPane(watched.store, watched.ticker, time.monotonic)
    qtbot.addWidget(pane)
    pane.resize(1100, 800)
    pane.show()
    pane.model.take([FindingAdded(row, is_first_read=True) for row in rows])
    bar, stalls = pane.table.verticalScrollBar(), list[float]()
    last_s = time.perf_counter()

    def beat() -> None:
        """Scroll the table, as with a wheel, and note how long that took to come."""
        nonlocal last_s
        bar.setValue((bar.value() + 100) % bar.maximum())
        pane.table.viewport().repaint()
        now_s = time.perf_counter()
        stalls.append((now_s - last_s) * 1000 - BEAT_MS)
        last_s = now_s

    heart = QTimer(interval=BEAT_MS)
    heart.timeout.connect(beat)

    async def write(form: Format) -> float:
        nonlocal last_s
        leave_out = LeaveOut.CODE if form.is_report else LeaveOut.NOTHING
        findings = rows[:PDF_ROWS] if form is Format.PDF else rows
        contents = make_contents(findings, leave_out=leave_out)
        began_s = last_s = time.perf_counter()
        stalls.clear()
        heart.start()
        pieces = ALL_WRITERS[form](contents)
        await write_file(tmp_path / f"a{form.value}", pieces, Writing())
        heart.stop()
        return time.perf_counter() - began_s

    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    print()  # noqa: T201
    with loop, sparing_survivors(), collecting_here():  # as in the app
        loop.run_until_complete(asyncio.sleep(SETTLE_S))
        last_s = time.perf_counter()
        heart.start()
        loop.run_until_complete(asyncio.sleep(SETTLE_S))
        heart.stop()
        print(f"nothing is written: longest stall {max(stalls):.0f} ms, {len(stalls)} pictures")  # noqa: T201
        for form in Format:
            took_s = loop.run_until_complete(write(form))
            count = PDF_ROWS if form is Format.PDF else ROWS
            size = (tmp_path / f"a{form.value}").stat().st_size / 1e6
            print(  # noqa: T201
                f"{form.name:9}{count:8,} rows {took_s:6.1f} s, "
                f"{size:6.1f} MB, "
                f"longest stall {max(stalls):5.0f} ms, {len(stalls)} pictures"
            )
