"""The menu of a scan offers what is possible, and tells what was chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.widgets.board.scan_menu import ScanMenu
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import FakeTime, ScanStory


def menu_of(*, is_pinned: bool = False, is_known: bool = True) -> ScanMenu:
    scan = ScanStory(Store(), FakeTime(), "shop").run([30], 4).scan
    return ScanMenu(scan.id, scan if is_known else None, is_pinned=is_pinned)


def action(menu: ScanMenu, text: str) -> QAction:
    return next(found for found in menu.actions() if found.text().startswith(text))


@pytest.fixture
def menu(theme: Theme) -> Iterator[ScanMenu]:
    menu = menu_of()
    yield menu
    menu.deleteLater()


def test_pinning_and_unpinning(theme: Theme, menu: ScanMenu) -> None:
    wanted: list[bool] = []
    menu.pin_wanted.connect(wanted.append)
    action(menu, "Pin to top").trigger()
    pinned = menu_of(is_pinned=True)
    pinned.pin_wanted.connect(wanted.append)
    action(pinned, "Unpin").trigger()
    assert wanted == [True, False]


def test_a_page_is_only_wished_for(menu: ScanMenu) -> None:
    pages: list[str] = []
    menu.page_wanted.connect(pages.append)
    action(menu, "Open in browser").trigger()
    assert pages == ["https://heimdall.corp.example/scans/00000001-2f0e-4a0c-9a77-6a3c1b0d4e21"]


def test_of_a_scan_nobody_watches_there_is_no_page(theme: Theme) -> None:
    menu = menu_of(is_known=False)
    names = ("Copy link", "Open in browser", "Cancel scan")
    assert not any(action(menu, name).isEnabled() for name in names)
    assert action(menu, "Copy scan ID").isEnabled()


def test_a_local_scan_has_no_link_and_says_why(theme: Theme) -> None:
    scan = ScanStory(Store(), FakeTime(), "shop").run([30], 4).scan
    scan.is_local = True
    menu = ScanMenu(scan.id, scan, is_pinned=False)
    names = (
        "Copy link",
        "Copy heimdall://",
        "Open in browser",
        "Local scans are available only in this program.",
    )
    assert not any(action(menu, name).isEnabled() for name in names)
    menu.deleteLater()


def test_a_scan_of_a_server_on_this_computer_says_why_it_has_no_own_link(theme: Theme) -> None:
    scan = Scan(ScanId("00000001-2f0e-4a0c-9a77-6a3c1b0d4e21"), ServerUrl("http://localhost:8080"))
    menu = ScanMenu(scan.id, scan, is_pinned=False)
    assert action(menu, "Copy link").isEnabled()
    assert not action(menu, "Copy heimdall://").isEnabled()
    why = "heimdall:// links don't open scans of a server on this computer."
    assert not action(menu, why).isEnabled()
    menu.deleteLater()


def test_only_what_has_ended_can_be_scanned_again(theme: Theme, menu: ScanMenu) -> None:
    assert not action(menu, "Scan again").isEnabled()
    scan = ScanStory(Store(), FakeTime(), "shop").run([30], end="failed", status="failed").scan
    ended = ScanMenu(scan.id, scan, is_pinned=False)
    wanted: list[bool] = []
    ended.rescan_wanted.connect(lambda: wanted.append(True))
    action(ended, "Scan again").trigger()
    assert wanted == [True]


def test_read_only_offers_nothing_that_changes_the_server(theme: Theme) -> None:
    scan = ScanStory(Store(), FakeTime(), "shop").run([30], 4).scan
    menu = ScanMenu(scan.id, scan, is_pinned=False, is_read_only=True)
    texts = [found.text() for found in menu.actions()]
    assert not any(text.startswith(("Scan again", "Cancel scan")) for text in texts)
    assert "Stop watching" in texts
    menu.deleteLater()
