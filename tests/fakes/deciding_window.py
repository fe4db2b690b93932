"""The main window over a desk of decisions: what is decided in it is written to a real server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.widgets.window.main_window import MainWindow
from tests.fakes.board_scans import FakeTime
from tests.fakes.decision_desk import DecisionDesk, decision_desk
from tests.fakes.requests import RecordedRequests
from tests.lab.server import LabServer

TURNS = 5  # of the loop, in which Qt does what is due
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class DecidingWindow:
    """The window, the desk below it, and what was said to assistive technology."""

    def __init__(self, desk: DecisionDesk, width_px: int = 1440, height_px: int = 900) -> None:
        QApplication.setQuitOnLastWindowClosed(
            False
        )  # or closing it would end the loop of the test
        self.desk, self.time, self.said = desk, FakeTime(), list[str]()
        self.ticker = Ticker(desk.store)
        self.requests = RecordedRequests(decisions=desk.decisions)
        self.window = MainWindow(
            desk.store,
            self.ticker,
            self.requests,
            Inbox(self.time.now),
            WindowMemory(),
            clock=self.time.clock,
            now=self.time.now,
            version="1.0.0",
        )
        self.window.triage.said.connect(self.said.append)
        self.window.resize(width_px, height_px)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowExposed(self.window)
        self.table, self.model = self.window.findings.table, self.window.findings.model
        self.table.setFocus()

    async def settle(self) -> None:
        """Let everything that is due happen, on the loop alone: tasks bear no loop in a loop."""
        self.ticker.flush()
        for _ in range(TURNS):
            await asyncio.sleep(0)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds of the decisions or the store."""
        await self.desk.until(holds)
        await self.settle()

    async def until_quiet(self) -> None:
        """Wait until nothing is written any more, and all of it is shown."""
        await self.until(lambda: not self.desk.decisions.runs)

    def shown(self) -> list[FindingId]:
        """The ids of the rows, from above."""
        rows = [self.model.finding_at(row) for row in range(self.model.rowCount())]
        return [row.id for row in rows if row is not None]

    def status_of(self, finding_id: FindingId) -> str:
        """What the row says of its status."""
        row = self.model.row_of(finding_id)
        stands = None if row is None else self.model.row_at(row)
        assert stands is not None
        return self.model.row_text(stands)

    async def close(self) -> None:
        """Throw the window away."""
        self.window.close()
        self.window.deleteLater()
        await self.settle()


@asynccontextmanager
async def deciding_window(
    server: LabServer, email: str, *, findings: int = 10, height_px: int = 900, **fields: Any
) -> AsyncIterator[DecidingWindow]:
    """A window that shows one scan of a server, the first finding selected."""
    async with decision_desk(server, email, findings=findings, **fields) as desk:
        scan = desk.store.scan(ScanId(desk.scripted.id))
        assert scan is not None
        shown = DecidingWindow(desk, height_px=height_px)
        await shown.settle()
        try:
            yield shown
        finally:
            await shown.close()
