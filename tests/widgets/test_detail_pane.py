"""The detail pane as a whole: what it follows, and how fast it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.finding import Finding, FindingStatus, Proof
from heimdall_desktop.domain.observation import FindingsListed
from heimdall_desktop.domain.scan import Scan
from heimdall_desktop.domain.server import ServerUrl
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.code_view import CodeView
from heimdall_desktop.widgets.detail_pane import DetailPane
from heimdall_desktop.widgets.detail_tabs import Tab
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.wrapped_label import WrappedLabel
from tests.fakes.findings import SCAN_ID, finding_id, make_finding
from tests.fakes.hands import click, part
from tests.fakes.requests import RecordedRequests

HOSTILE = "<h1>x</h1><img src='file:///etc/hostname'>\u202e" + "y" * 1_000_000


@pytest.fixture
def store() -> Store:
    store = Store()
    store.add(Scan(SCAN_ID, ServerUrl("https://heimdall.example.org"), repo_name="payments-api"))
    return store


@pytest.fixture
def ticker(store: Store, qapp: QApplication) -> Ticker:
    return Ticker(store)


@pytest.fixture
def pane(theme: Theme, store: Store, ticker: Ticker, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(theme, store, ticker, RecordedRequests())
    qtbot.addWidget(pane)
    pane.resize(416, 600)
    pane.show()
    return pane


def read(store: Store, ticker: Ticker, asked_at_s: float, *findings: Finding) -> None:
    """Let the store learn of findings, and the window of it."""
    store.observe(FindingsListed(SCAN_ID, asked_at_s, findings))
    ticker.flush()


def title(pane: DetailPane) -> str:
    return part(pane, WrappedLabel, "detail-title").text()


def empty_words(pane: DetailPane) -> str:
    block = part(pane, QWidget, "detail-empty")
    if not block.isVisible():
        return ""
    return " ".join(label.text() for label in block.findChildren(QLabel) if label.isVisible())


def test_it_is_named_for_assistive_technology(pane: DetailPane) -> None:
    assert pane.accessibleName() == "Finding detail"


def test_without_a_selection_it_says_so(pane: DetailPane) -> None:
    assert empty_words(pane) == "No finding selected. Choose a row to see its evidence."


def test_it_shows_the_finding_of_an_id(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1), make_finding(2, title="Path traversal"))
    pane.show_finding(finding_id(2))
    assert title(pane) == "Path traversal"
    assert empty_words(pane) == ""


def test_a_finding_nobody_read_yet_is_waited_for(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    pane.show_finding(finding_id(7))
    assert empty_words(pane).startswith("This finding has not been read yet.")
    read(store, ticker, 1.0, make_finding(7, title="Late"))
    assert title(pane) == "Late"
    assert empty_words(pane) == ""


def test_it_follows_the_finding_in_place(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    withdrawn = make_finding(1, status=FindingStatus.FALSE_POSITIVE, title="Not so bad")
    read(store, ticker, 2.0, withdrawn, make_finding(2, title="Another"))
    assert title(pane) == "Not so bad"
    assert part(pane, QLabel, "detail-verdict").text().startswith("Withdrawn.")


def test_a_finding_leaves_with_its_scan(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    store.remove(SCAN_ID)
    ticker.flush()
    assert empty_words(pane).startswith("Its scan is not watched any more.")
    assert pane.finding_id is None


def test_its_fields_name_the_scan(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    part(pane, QTabBar, "detail-tabs").setCurrentIndex(tuple(Tab).index(Tab.FIELDS))
    values = part(pane, QWidget, "fields").findChildren(QTextEdit)
    assert "payments-api" in [value.toPlainText() for value in values]


def test_hostile_texts_are_shown_as_they_are(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    finding = make_finding(
        1,
        title=HOSTILE,
        description=HOSTILE,
        code_snippet=HOSTILE,
        suggested_patch=HOSTILE,
        agent_reasoning=HOSTILE,
        references=(HOSTILE,),
        cwe_text=HOSTILE,
        file_path=HOSTILE,
        proof=Proof(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE),
    )
    read(store, ticker, 1.0, finding)
    pane.show_finding(finding_id(1))
    assert title(pane).startswith("<h1>x</h1><img src='file:///etc/hostname'>\ufffdyyy")
    for label in pane.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert not pane.grab().isNull()


def test_links_are_asked_for_in_the_pane(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1, cwe_text="CWE-89"))
    pane.show_finding(finding_id(1))
    prompt = part(pane, QWidget, "link-prompt")
    assert not prompt.isVisible()
    click(part(pane, QPushButton, "fact-cwe-link"))
    assert prompt.isVisible()
    assert part(pane, QLabel, "link-host").text() == "Open cwe.mitre.org in the browser?"
    pane.show_finding(None)
    assert not prompt.isVisible()


def test_it_asks_for_other_rows_and_to_go(
    pane: DetailPane, qtbot: QtBot, store: Store, ticker: Ticker
) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    pane.set_position(2, 3)
    wanted = {
        "detail-previous": pane.previous_wanted,
        "detail-next": pane.next_wanted,
        "detail-close": pane.closed,
    }
    for name, signal in wanted.items():
        with qtbot.waitSignal(signal):
            click(part(pane, QPushButton, name))


def test_below_the_table_the_facts_lie_left_of_the_evidence(
    pane: DetailPane, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    read(store, ticker, 1.0, make_finding(1, description="Why.", code_snippet="x = 1"))
    pane.show_finding(finding_id(1))
    pane.resize(1066, 263)
    pane.set_layout(Qt.Orientation.Horizontal)
    assert part(pane, QWidget, "description-beside").isVisible()
    code = part(pane, CodeView, "evidence-code")
    qtbot.waitUntil(lambda: code.mapTo(pane, code.rect().topLeft()).x() > 390)
    pane.set_layout(Qt.Orientation.Vertical)
    assert not part(pane, QWidget, "description-beside").isVisible()
