"""The dialog that adds scans over a store a test feeds, with a discovery a test answers for."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTabBar

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.found_scans import Find, Finds
from heimdall_desktop.widgets.adding.add_scans import AddScans
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from tests.fakes.board_scans import FakeTime
from tests.fakes.discovery import SERVER, RecordedDiscovery
from tests.fakes.hands import part
from tests.fakes.requests import RecordedRequests


class Adding:
    """An open dialog and everything around it."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests()
        clock, now = self.time.clock, self.time.now
        self.dialog = AddScans(
            self.store, self.ticker, self.requests, "heimdall.example.org", clock, now
        )
        self.dialog.open()
        self.dialog.activateWindow()
        QTest.qWaitForWindowActive(self.dialog)

    @property
    def discovery(self) -> RecordedDiscovery:
        return self.requests.discovery

    @property
    def text(self) -> QPlainTextEdit:
        return part(self.dialog, QPlainTextEdit, "add-text")

    @property
    def watch(self) -> QPushButton:
        return part(self.dialog, QPushButton, "add-watch")

    @property
    def tabs(self) -> QTabBar:
        return part(self.dialog, QTabBar, "add-tabs")

    def button(self, name: str) -> QPushButton:
        return part(self.dialog, QPushButton, name)

    def words(self, name: str) -> str:
        return part(self.dialog, QLabel, name).text()

    def rows(self, name: str) -> DiscoveryList:
        return part(self.dialog, DiscoveryList, name)

    def find(self, kind: str, *rows: Find, error: HeimdallError | None = None) -> None:
        """Let a reading end with these rows."""
        asked_at_s = self.time.clock()
        finds = Finds(rows, len(rows), is_done=True, error=error, asked_at_s=asked_at_s)
        self.discovery.report(kind, finds)

    def watched(self, scan_id: ScanId) -> None:
        """Let a scan of the server be watched already."""
        self.store.add(Scan(scan_id, SERVER))
        self.ticker.flush()
