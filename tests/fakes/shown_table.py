"""A findings pane over a store that a test feeds, on a window of its own."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.presentation.table.table_text import group_title
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding
from tests.fakes.watched_findings import WatchedFindings

LEFT = Qt.MouseButton.LeftButton


class ShownTable:
    """The pane, and what a test does to it."""

    def __init__(self, memory: WindowMemory | None = None, width_px: int = 860) -> None:
        self.watched = WatchedFindings()
        self.watched.watch("payments-api")
        self.pane = FindingsPane(
            self.watched.store, self.watched.ticker, time.monotonic, memory=memory
        )
        self.pane.filter_field.setParent(self.pane)
        self.pane.filter_field.hide()
        self.table, self.model = self.pane.table, self.pane.model
        self.pane.resize(width_px, 400)
        self.pane.show()
        QTest.qWaitForWindowExposed(self.pane)
        self.settle()

    def settle(self) -> None:
        """Let everything that is due happen."""
        for _ in range(3):
            QApplication.processEvents()

    def read(self, findings: Iterable[Finding]) -> None:
        """Read findings of the scan."""
        self.watched.list(findings)
        self.settle()

    def end_listing(self) -> None:
        """Let the first listing be over: what comes now is new."""
        rows = self.model.total
        self.watched.store.observe(ListingEnded(SCAN_ID, 0.5, rows, rows, is_whole=True))
        self.watched.ticker.flush()

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the table."""
        QTest.keyClick(self.table, key, modifier)
        self.settle()

    def click_row(self, row: int) -> None:
        """Click a row."""
        place = self.table.visualRect(self.model.index(row, 1)).center()
        QTest.mouseClick(self.table.viewport(), LEFT, pos=place)
        self.settle()

    def click_head(self, column: Column, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Click the head of a column."""
        header, section = self.table.horizontalHeader(), COLUMNS.index(column)
        place = QPoint(header.sectionViewportPosition(section) + 30, 10)
        QTest.mouseClick(header.viewport(), LEFT, modifier, place)
        self.settle()

    def outline(self) -> list[str]:
        """Return what stands in the table: ids of findings, names of groups."""
        rows = [self.model.row_at(row) for row in range(self.model.rowCount())]
        return [
            group_title(row, self.model.names) if isinstance(row, Group) else _of_row(row)
            for row in rows
            if row is not None
        ]


def _of_row(row: Finding | GapRow) -> str:
    return "gap" if isinstance(row, GapRow) else row.id[-2:]


def aged(number: int, **fields: Any) -> Finding:
    """Return a finding that is so many seconds younger than the first one."""
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number), **fields)
