"""The whole window over a store that a test feeds, with a controller that only remembers."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.panel.stages_panel import StagesPanel
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.problem_bar import ProblemBar
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans
from tests.fakes.hands import part
from tests.fakes.requests import RecordedRequests, exports_of
from tests.fakes.watched_findings import realistic_findings


class ShownWindow:
    """A main window and everything a test turns around it."""

    def __init__(
        self,
        width_px: int = 1440,
        height_px: int = 900,
        memory: WindowMemory | None = None,
    ) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests(exports=exports_of(self.store, self.time.now))
        self.requests.comparisons.watched = self.store.scan
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
            version="1.0.0",
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
        """Watch twelve scans in as many states."""
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
        """Read realistic findings of a scan."""
        story = self.stories[name]
        found = list(realistic_findings(count, story.scan.id, self.time.at))
        self.store.observe(FindingsListed(story.scan.id, story.asked_s(), tuple(found)))
        self.ticker.flush()
        return found

    def stop(self, name: str) -> None:
        """Watch a scan no longer."""
        self.store.remove(self.stories.pop(name).scan.id)
        self.ticker.flush()

    def id(self, name: str) -> ScanId:
        """Return the id of a scan."""
        return self.stories[name].scan.id

    def asked(self, name: str) -> list[tuple[object, ...]]:
        """Return the arguments of every request of a kind."""
        return [request[1:] for request in self.requests.asked if request[0] == name]

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def focused_names(self) -> list[str]:
        """Return the object names of what has the focus and all around it."""
        names: list[str] = []
        widget: QObject | None = QApplication.focusWidget()
        while widget is not None:
            names.append(widget.objectName())
            widget = widget.parent()
        return names

    @property
    def findings(self) -> FindingsPane:
        """The middle of the window."""
        return part(self.window, FindingsPane, "findings_pane")

    @property
    def board(self) -> Board:
        """The cards."""
        return part(self.window, Board, "board")

    @property
    def panel(self) -> StagesPanel:
        """What lies below the findings."""
        return part(self.window, StagesPanel, "stages_panel")

    @property
    def detail(self) -> DetailPane:
        """The finding that is open."""
        return part(self.window, DetailPane, "detail_pane")

    def scope(self) -> ScanId | None:
        """Return the scan that is looked at."""
        return self.findings.scope

    def is_panel_open(self) -> bool:
        """Whether more of the panel than its tabs is there."""
        return not self.panel.is_collapsed

    def texts(self, widget: QWidget) -> list[str]:
        """Return the texts of all labels in a part that can be seen."""
        return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]

    def strips(self) -> Sequence[str]:
        """Return the texts of the strip over the whole window."""
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
        """Throw the window away."""
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()
