"""The copies of a finding: what each line of the menu puts on the clipboard."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.widgets.findings.finding_copies import FindingCopies
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import SCAN_ID, finding_id, make_finding


@pytest.fixture
def store() -> Store:
    store = Store()
    store.add(Scan(SCAN_ID, ServerUrl("https://heimdall.example.org")))
    return store


@pytest.fixture
def menu(theme: Theme, store: Store, qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    FindingCopies(theme, store).add_to(menu, make_finding(1))
    return menu


def copied(menu: QMenu, text: str) -> str:
    """Trigger the line with this text and return what is on the clipboard."""
    QGuiApplication.clipboard().clear()
    next(action for action in menu.actions() if action.text() == text).trigger()
    return QGuiApplication.clipboard().text()


def test_each_line_copies_what_it_says(menu: QMenu) -> None:
    page = f"https://heimdall.example.org/findings/{finding_id(1)}"
    assert copied(menu, "Copy link") == page
    assert f"<{page}>" in copied(menu, "Copy as Markdown")
    assert "Bearer $HEIMDALL_TOKEN" in copied(menu, "Copy as curl")
    assert copied(menu, "Copy finding id") == finding_id(1)


def test_a_finding_of_the_embedded_server_has_no_link_and_says_why(
    theme: Theme, qtbot: QtBot
) -> None:
    store = Store()
    store.add(Scan(SCAN_ID, ServerUrl("http://127.0.0.1:40001"), is_local=True))
    copies, menu = FindingCopies(theme, store), QMenu()
    qtbot.addWidget(menu)
    copies.add_to(menu, make_finding(1))
    assert copies.page(make_finding(1)) == ""
    lines = {action.text(): action.isEnabled() for action in menu.actions()}
    assert (lines["Copy link"], lines["Copy as curl"]) == (False, False)
    assert lines["Only this program can read a local scan."] is False
    assert "http" not in copied(menu, "Copy as Markdown")


def test_without_its_scan_only_what_needs_no_server_is_offered(
    theme: Theme, store: Store, qtbot: QtBot
) -> None:
    store.remove(SCAN_ID)
    menu = QMenu()
    qtbot.addWidget(menu)
    FindingCopies(theme, store).add_to(menu, make_finding(1))
    enabled = [action.text() for action in menu.actions() if action.isEnabled()]
    assert enabled == ["Copy as Markdown", "Copy finding id"]
    assert copied(menu, "Copy as Markdown").startswith("### High")
