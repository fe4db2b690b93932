"""A detail pane over a store that a test feeds."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import ActionMoved
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.finding_action import ActionState
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from tests.fakes.findings import SCAN_ID
from tests.fakes.hands import opened, part
from tests.fakes.requests import RecordedRequests

SERVER = ServerUrl("https://heimdall.example.org")


class ShownDetail:
    """The pane, what it is made of, and what it shows."""

    def __init__(self, qtbot: QtBot, height_px: int = 600) -> None:
        self.store = Store()
        self.store.add(Scan(SCAN_ID, SERVER, repo_name="payments-api"))
        self.ticker, self.requests = Ticker(self.store), RecordedRequests()
        self.pane = DetailPane(self.store, self.ticker, self.requests)
        opened(qtbot, self.pane, 416, height_px)

    def read(self, asked_at_s: float, *findings: Finding) -> None:
        self.store.observe(FindingsListed(SCAN_ID, asked_at_s, findings))
        self.ticker.flush()

    def open(self, *findings: Finding) -> None:
        self.read(1.0, *findings)
        self.pane.show_finding(findings[0].id)

    def set_states(self, *states: ActionState) -> None:
        self.requests.actions.known = list(states)
        assert self.pane.finding_id is not None
        self.store.note([ActionMoved(SCAN_ID, self.pane.finding_id)])
        self.ticker.flush()

    def asked(self, kind: str) -> list[tuple[object, ...]]:
        return [request[1:] for request in self.requests.asked if request[0] == kind]

    def button(self, name: str) -> QPushButton:
        (found,) = [b for b in self.pane.findChildren(QPushButton, name) if b.isVisible()]
        return found

    @property
    def title(self) -> str:
        return part(self.pane, WrappedLabel, "detail-title").text()

    @property
    def empty_text(self) -> str:
        block = part(self.pane, QWidget, "detail-empty")
        labels = block.findChildren(QLabel) if block.isVisible() else []
        return " ".join(label.text() for label in labels if label.isVisible())

    @property
    def lines(self) -> list[str]:
        words = self.pane.findChildren(WrappedLabel, "action-words")
        return [label.text() for label in words if label.isVisible()]
