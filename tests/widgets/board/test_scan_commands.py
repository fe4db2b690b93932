"""The commands of a scan: what its menu offers, and why some of it is disabled."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.scans_model import ScansModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.board.scan_commands import ScanCommands
from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.requests import RecordedRequests
from tests.fakes.shown_window import ShownWindow


class Shown:
    """The commands of scans, without a board."""

    def __init__(self) -> None:
        self.store, self.time, self.requests = Store(), FakeTime(), RecordedRequests()
        self.window = QWidget()
        model = ScansModel(self.store, Ticker(self.store), self.time.clock, self.time.now)
        self.links = LinkPrompt(parent=self.window)
        self.scans = ScanCommands(
            self.store, self.requests, model, WindowMemory(), self.links, self.time.now, self.window
        )

    def watch(self, *, has_failed: bool = False) -> Scan:
        story = ScanStory(self.store, self.time, "shop")
        if has_failed:
            return story.run([30], end="failed", status="failed").scan
        return story.run([30], 4).scan

    def menu(self, scan_id: ScanId) -> QMenu:
        return self.scans.make_menu(scan_id)


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.window.deleteLater()


def action(menu: QMenu, text: str) -> QAction:
    return next(found for found in menu.actions() if found.text().startswith(text))


def test_keys_shown_in_the_menu_are_keys_of_the_window(theme: Theme) -> None:
    shown = ShownWindow().show()
    of_scan = shown.board.scans.commands(shown.watch("shop"))
    of_window = {keys for command in shown.window.commands.keyed() for keys in command.keys}
    in_menu = {keys for command in of_scan for keys in command.keys}
    assert in_menu
    assert in_menu <= of_window
    shown.close()


def test_a_scan_that_is_not_watched_has_no_page(shown: Shown) -> None:
    menu = shown.menu(ScanId("00000001-2f0e-4a0c-9a77-6a3c1b0d4e21"))
    names = ("Copy link", "Open in browser", "Cancel scan", "Scan again", "Compare", "Record")
    assert not any(action(menu, name).isEnabled() for name in names)
    assert action(menu, "Copy scan ID").isEnabled()


def test_a_local_scan_has_no_link_and_the_menu_says_why(shown: Shown) -> None:
    scan = shown.watch()
    scan.is_local = True
    menu = shown.menu(scan.id)
    names = (
        "Copy link",
        "Copy heimdall://",
        "Open in browser",
        "Local scans are available only in this program.",
    )
    assert not any(action(menu, name).isEnabled() for name in names)


def test_a_scan_of_a_server_on_this_computer_has_no_own_link(shown: Shown) -> None:
    scan = shown.watch()
    scan.server = ServerUrl("http://localhost:8080")
    menu = shown.menu(scan.id)
    assert action(menu, "Copy link").isEnabled()
    assert not action(menu, "Copy heimdall://").isEnabled()
    why = "heimdall:// links don't open scans of a server on this computer."
    assert not action(menu, why).isEnabled()


def test_only_an_ended_scan_can_be_scanned_again(shown: Shown) -> None:
    scan = shown.watch()
    assert not action(shown.menu(scan.id), "Scan again").isEnabled()
    failed = Shown()
    scan = failed.watch(has_failed=True)
    assert not action(failed.menu(scan.id), "Cancel scan").isEnabled()
    action(failed.menu(scan.id), "Scan again").trigger()
    assert failed.requests.asked == [("rescan", scan.id)]


def test_read_only_offers_no_changes(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = shown.watch()
    monkeypatch.setattr(type(shown.requests.decisions), "is_read_only", True)
    texts = [found.text() for found in shown.menu(scan.id).actions()]
    assert not any(text.startswith(("Scan again", "Cancel scan", "Create")) for text in texts)
    assert texts[-2:] == ["", "Stop watching"]


def test_every_command_with_an_obstacle_is_disabled_in_the_menu(shown: Shown) -> None:
    scan = shown.watch()
    menu = shown.menu(scan.id)
    actions = [
        *menu.actions(),
        *(row for each in menu.findChildren(QMenu) for row in each.actions()),
    ]
    enabled = {each.text().partition("\t")[0]: each for each in actions}
    for command in shown.scans.commands(scan.id):
        assert enabled[command.name].isEnabled() is not bool(command.obstacle()), command.name
