"""The whole window over a store that a test feeds, with a controller that only remembers."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QTabBar, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.reasons import Reasons
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.found_scans import Find, Finds
from heimdall_desktop.presentation.table_text import group_title
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.adding.add_scans import AddScans
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.export.exporter import ExportOutcome
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.panel.stages_panel import StagesPanel
from heimdall_desktop.widgets.triage.undo_history import StepsSheet
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.problem_bar import ProblemBar
from heimdall_desktop.widgets.window.workspace import shown_dialog
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans
from tests.fakes.decision_desk import DecisionDesk, decision_desk
from tests.fakes.discovery import SERVER, RecordedDiscovery
from tests.fakes.findings import (
    FOUND_AT,
    SCAN_ID,
    WatchedFindings,
    make_finding,
    realistic_findings,
)
from tests.fakes.hands import part
from tests.fakes.requests import RecordedDecisions, RecordedRequests, exports_of
from tests.fakes.waiting import until
from tests.lab.server import LabServer


class ShownWindow:
    """A main window and everything a test turns around it."""

    def __init__(
        self,
        width_px: int = 1440,
        height_px: int = 900,
        memory: WindowMemory | None = None,
        *,
        store: Store | None = None,
        decisions: Decisions | None = None,
        version: str = "1.0.0",
        reasons: Reasons | None = None,
    ) -> None:
        self.time = FakeTime()
        self.store = Store() if store is None else store
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests(
            exports=exports_of(self.store, self.time.now),
            decisions=decisions or RecordedDecisions(),
        )
        if reasons is not None:
            self.requests.reasons = reasons
        self.requests.comparisons.watched = self.store.scan
        self.requests.proposals.use(self.store)
        self.requests.editing = self.requests.editing.of_store(self.store)
        self.memory = memory or WindowMemory()
        self.inbox = Inbox(self.time.now)
        self.stories: dict[str, ScanStory] = {}
        self.window = MainWindow(
            self.store,
            self.ticker,
            self.requests,
            self.inbox,
            self.memory,
            clock=self.time.clock,
            now=self.time.now,
            version=version,
        )
        self.window.resize(width_px, height_px)

    def unpainted(self) -> "ShownWindow":
        """Paint nothing from now on, for tests that walk through many states and see none."""
        self.window.setUpdatesEnabled(False)
        return self

    def show(self) -> "ShownWindow":
        """Show the window and give it the keyboard."""
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowExposed(self.window)
        QApplication.processEvents()
        return self

    def watch_twelve(self) -> "ShownWindow":
        self.stories = twelve_scans(self.store, self.time)
        self.ticker.flush()
        return self

    def watch(self, name: str) -> ScanId:
        """Watch one more scan, of which nothing is known yet."""
        number = len(self.stories) + 1
        self.stories[name] = ScanStory(self.store, self.time, name, number=number)
        self.ticker.flush()
        return self.stories[name].scan.id

    def read(self, name: str, count: int = 60) -> list[Finding]:
        story = self.stories[name]
        found = list(realistic_findings(count, story.scan.id, self.time.at))
        self.store.observe(FindingsListed(story.scan.id, story.asked_s(), tuple(found)))
        self.ticker.flush()
        return found

    def open(self, number: int = 5, name: str = "payments-api") -> Finding:
        """Read realistic findings of a scan, and open one of them."""
        found = self.read(name)[number]
        self.window.open_finding(found.id)
        return found

    def stop(self, name: str) -> None:
        self.store.remove(self.stories.pop(name).scan.id)
        self.ticker.flush()

    def id(self, name: str) -> ScanId:
        return self.stories[name].scan.id

    def asked(self, name: str) -> list[tuple[object, ...]]:
        return [request[1:] for request in self.requests.asked if request[0] == name]

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def focused_names(self) -> list[str]:
        names: list[str] = []
        widget: QObject | None = QApplication.focusWidget()
        while widget is not None:
            names.append(widget.objectName())
            widget = widget.parent()
        return names

    @property
    def findings(self) -> FindingsPane:
        return part(self.window, FindingsPane, "findings_pane")

    @property
    def board(self) -> Board:
        return part(self.window, Board, "board")

    @property
    def panel(self) -> StagesPanel:
        return part(self.window, StagesPanel, "stages_panel")

    @property
    def detail(self) -> DetailPane:
        return part(self.window, DetailPane, "detail_pane")

    def scope(self) -> ScanId | None:
        return self.findings.scope

    def is_panel_open(self) -> bool:
        """Whether more of the panel than its tabs is there."""
        return not self.panel.is_collapsed

    def texts(self, widget: QWidget) -> list[str]:
        """Return the texts of all labels in a part that can be seen."""
        return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]

    def strips(self) -> Sequence[str]:
        bar = next(iter(self.window.findChildren(ProblemBar)))
        return self.texts(bar)

    def is_selected_in_sight(self) -> bool:
        """Whether a finding is selected and its row can be seen, whole."""
        table = self.findings.table
        row = table.selected_row
        if row is None:
            return False
        rect = table.visualRect(self.findings.model.index(row, 0))
        return table.viewport().rect().contains(rect)

    def visible(self, name: str) -> bool:
        """Whether the part with this object name can be seen."""
        return part(self.window, QWidget, name).isVisible()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


@contextmanager
def web_shop_window(findings: int) -> Iterator[ShownWindow]:
    """A window that shows one scan, web-shop; the focus is in its table."""
    shown = ShownWindow(1366, 768)
    shown.watch("web-shop")
    shown.show()
    shown.read("web-shop", findings)
    shown.findings.table.setFocus()
    yield shown
    shown.close()


TURNS = 5  # of the loop, in which Qt does what is due


class DecidingWindow(ShownWindow):
    """The window, the desk below it, and what was said to assistive technology.

    Attributes:
        said: about decisions.
        offered: about reasons.
    """

    def __init__(self, desk: DecisionDesk, width_px: int = 1440, height_px: int = 900) -> None:
        # or closing it would end the loop of the test
        QApplication.setQuitOnLastWindowClosed(False)
        super().__init__(
            width_px, height_px, store=desk.store, decisions=desk.decisions, reasons=desk.reasons
        )
        self.desk, self.said, self.offered = desk, list[str](), list[str]()
        self.window.triage.said.connect(self.said.append)
        self.window.triage.reasons.said.connect(self.offered.append)
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

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds of the decisions or the store."""
        await self.desk.until(holds)
        await self.settle()

    async def until_quiet(self) -> None:
        """Wait until nothing is written any more, and all of it is shown."""
        await self.until(lambda: not (self.desk.decisions.runs or self.desk.reasons.runs))

    async def write(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key, and wait until all of what it decides is written and shown."""
        self.press(key, modifier)
        await self.until_quiet()

    async def click(self, button: QWidget) -> None:
        """Click a button, and wait as after a key."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await self.until_quiet()

    async def choose(self, text: str) -> None:
        """Choose from the open menu by the start of a text, and wait as after a key."""
        menu = self.menu()
        next(each for each in menu.actions() if each.text().startswith(text)).trigger()
        menu.close()
        await self.until_quiet()

    async def filter(self, text: str) -> None:
        self.window.findings.filter_state.set_text(text)
        await self.settle()

    async def set_read_only(self, *, is_on: bool = True) -> None:
        self.desk.is_read_only = is_on
        self.window.triage.offer()
        self.window.detail.show_triage()
        await self.settle()

    def menu(self) -> QtWidgets.QMenu:
        """Return the open menu."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QtWidgets.QMenu)
        return menu

    def commands(self) -> dict[str, Command]:
        return {each.id: each for each in self.window.commands.commands()}

    def strip_text(self, name: str = "decision-strip") -> str:
        """Return the text of a strip, by default of the one above the rows; "" if it is hidden."""
        strip = part(self.window, ProblemStrip, name)
        return strip.accessibleName() if strip.isVisible() else ""

    def answer(self) -> str:
        """Return what the window says above all parts about the last key."""
        return self.strip_text("problem-strip")

    def bar(self) -> list[str]:
        """Return the texts of the bar below the rows."""
        labels = self.window.findings.selection_bar.bar.findChildren(QLabel)
        return [each.text() for each in labels if each.isVisible()]

    def reason_bar(self) -> list[str]:
        """Return the texts of the strip with the reasons, then those of its buttons."""
        bar = self.window.triage.reasons.bar
        labels = [each.text() for each in bar.findChildren(QLabel) if each.isVisible()]
        buttons = [each for each in bar.findChildren(QPushButton) if each.isVisible()]
        names = [each.accessibleName() for each in buttons]
        return [] if bar.isHidden() else [*labels, *names]

    def button(self, text: str) -> QPushButton:
        """Return a button of the strip above the rows or of the bar below them."""
        strip = part(self.window, ProblemStrip, "decision-strip")
        parts = (strip, self.window.findings.selection_bar.bar, self.window.triage.reasons.bar)
        buttons = [each for place in parts for each in place.findChildren(QPushButton)]
        return next(each for each in buttons if each.accessibleName() == text and each.isVisible())

    def shown(self) -> list[FindingId]:
        """The ids of the rows, from above."""
        rows = [self.model.finding_at(row) for row in range(self.model.rowCount())]
        return [row.id for row in rows if row is not None]

    def status_of(self, finding_id: FindingId) -> str:
        row = self.model.row_of(finding_id)
        shown = None if row is None else self.model.row_at(row)
        assert shown is not None
        return self.model.words.row_text(shown)


@asynccontextmanager
async def deciding_window(
    server: LabServer,
    email: str,
    *,
    findings: int = 10,
    width_px: int = 1440,
    height_px: int = 900,
    **fields: Any,
) -> AsyncIterator[DecidingWindow]:
    """A window that shows one scan of a server, the first finding selected."""
    async with decision_desk(server, email, findings=findings, **fields) as desk:
        assert desk.store.scan(ScanId(desk.scripted.id)) is not None
        shown = DecidingWindow(desk, width_px, height_px)
        await shown.settle()
        try:
            yield shown
        finally:
            shown.window.close()
            shown.window.deleteLater()
            await shown.settle()


LEFT = Qt.MouseButton.LeftButton


def undo_sheet(window: MainWindow) -> StepsSheet:
    """Open the undo history by its button."""
    QTest.mouseClick(window.findings.tools.history, Qt.MouseButton.LeftButton)
    sheet = QApplication.activePopupWidget()
    assert isinstance(sheet, StepsSheet)
    return sheet


async def export_outcome(window: QWidget) -> ExportOutcome:
    """Wait until an export has ended, and return what is said of it."""

    def ended() -> ExportOutcome | None:
        outcome = shown_dialog(window, ExportOutcome)
        return None if outcome is None or outcome.is_writing else outcome

    return await until(ended)


def undo_lines(sheet: StepsSheet) -> list[str]:
    """Return its lines as read aloud, without when it was done."""
    model = sheet.steps.model()
    reported = [model.index(row, 0).data(ACCESSIBLE_ROLE) for row in range(model.rowCount())]
    return [line.rsplit(", ", 2)[0] for line in reported]


class ShownTable:
    """The pane, and what a test does to it."""

    def __init__(self, memory: WindowMemory | None = None, width_px: int = 860) -> None:
        self.watched = WatchedFindings()
        self.watched.watch("payments-api")
        self.ahead_s = 0.0
        self.pane = FindingsPane(
            self.watched.store,
            self.watched.ticker,
            lambda: time.monotonic() + self.ahead_s,
            memory=memory,
        )
        self.pane.filter_field.setParent(self.pane)
        self.pane.filter_field.hide()
        self.table, self.model = self.pane.table, self.pane.model
        self.pane.resize(width_px, 400)
        self.pane.show()
        QTest.qWaitForWindowExposed(self.pane)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def read(self, findings: Iterable[Finding]) -> None:
        self.watched.list(findings)
        self.settle()

    def pass_time(self, seconds: int) -> None:
        """Let so many seconds pass, each with its tick."""
        for _ in range(seconds):
            self.ahead_s += 1.0
            self.watched.ticker.second.emit()
        self.watched.ticker.flush()
        self.settle()

    def end_listing(self) -> None:
        """Let the first listing be over: what comes now is new."""
        rows = self.model.counts.total
        self.watched.store.observe(ListingEnded(SCAN_ID, 0.5, rows, rows, is_whole=True))
        self.watched.ticker.flush()

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.table, key, modifier)
        self.settle()

    def click_row(self, row: int) -> None:
        place = self.table.visualRect(self.model.index(row, 1)).center()
        QTest.mouseClick(self.table.viewport(), LEFT, pos=place)
        self.settle()

    def click_head(self, column: Column, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        header, section = self.table.horizontalHeader(), COLUMNS.index(column)
        place = QPoint(header.sectionViewportPosition(section) + 30, 10)
        QTest.mouseClick(header.viewport(), LEFT, modifier, place)
        self.settle()

    def outline(self) -> list[str]:
        """Return the rows of the table: ids of findings, names of groups."""
        rows = [self.model.row_at(row) for row in range(self.model.rowCount())]
        return [
            group_title(row, self.model.listing.names)
            if isinstance(row, Group)
            else "gap"
            if isinstance(row, GapRow)
            else row.id[-2:]
            for row in rows
            if row is not None
        ]


def aged(number: int, **fields: Any) -> Finding:
    """Return a finding that is so many seconds younger than the first one."""
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number), **fields)


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
        asked_at_s = self.time.clock()
        finds = Finds(rows, len(rows), is_done=True, error=error, asked_at_s=asked_at_s)
        self.discovery.report(kind, finds)

    def watched(self, scan_id: ScanId) -> None:
        self.store.add(Scan(scan_id, SERVER))
        self.ticker.flush()
