"""The tabs of scans that can be watched, and the age of their content."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.discovery.discovery import Reading
from heimdall_desktop.domain.facts.errors import NotAllRead, Reason, ServerUnreachable
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.board.found_scans import Finds
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.adding.discovery_tabs import REFRESH_S
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.discovery import found_repo, found_scan
from tests.fakes.hands import click, press_key
from tests.fakes.shown_window import Adding

LIVE, ENDED = found_scan("shop"), found_scan("web", "Completed 13:41", number=2, is_live=False)
UNREACHABLE = ServerUnreachable(Reason.NOT_REACHABLE, host="h.test")


@pytest.fixture
def adding(theme: Theme, qtbot: QtBot) -> Iterator[Adding]:
    made = Adding()
    qtbot.addWidget(made.dialog)
    yield made
    made.dialog.reject()


def pass_s(adding: Adding, seconds: float) -> None:
    adding.time.pass_s(seconds)
    adding.ticker.second.emit()


def notes(adding: Adding) -> list[str]:
    return [note.text() for note in adding.dialog.findChildren(QLabel, "finds-note")]


def test_the_start_page_is_read_at_once_and_sorted_into_two_tabs(adding: Adding) -> None:
    assert adding.discovery.asked == [("newest",)]
    adding.find("newest", LIVE, ENDED)
    assert adding.tabs.accessibleTabName(0) == "Live now, 1"
    assert adding.tabs.accessibleTabName(1) == "Recent, 2"
    assert adding.rows("live-scans").model().rowCount() == 1
    assert adding.rows("recent-scans").model().rowCount() == 2


def test_a_count_shows_that_there_may_be_more(adding: Adding) -> None:
    adding.discovery.report("newest", Finds((LIVE, ENDED), expected=20, read=7))
    assert adding.tabs.accessibleTabName(0) == "Live now, 1+"
    assert adding.words("add-age") == "Loading 7 of 20 from heimdall.example.org"
    more = tuple(found_scan("more", number=number) for number in range(3, 8))
    adding.discovery.report("newest", Finds((LIVE, ENDED, *more), expected=20, is_done=True))
    assert adding.tabs.accessibleTabName(0) == "Live now, 6"
    finds = Finds((LIVE,), expected=1, is_done=True, has_more=True)
    adding.discovery.report("newest", finds)
    assert adding.tabs.accessibleTabName(0) == "Live now, 1+"
    assert "Not every page could be loaded. There may be more scans." in notes(adding)


def test_open_lists_refresh_automatically(adding: Adding) -> None:
    adding.find("newest", LIVE)
    rows = adding.rows("live-scans")
    rows.setCurrentIndex(rows.model().index(0, 0))
    pass_s(adding, REFRESH_S)
    adding.ticker.second.emit()  # once is enough
    assert adding.discovery.readings == [Reading.OPENED, Reading.BY_ITSELF]
    new = found_scan("new", number=9)
    adding.find("newest", new, replace(LIVE, words="Hunt 6:32"))
    assert adding.tabs.accessibleTabName(0) == "Live now, 2"
    current = rows.currentIndex().data(ROW_ROLE)
    assert (current.repo.name, current.words) == ("shop", "Hunt 6:32")  # the place is kept
    adding.tabs.setCurrentIndex(3)
    pass_s(adding, REFRESH_S)
    assert len(adding.discovery.readings) == 2  # they are not in view


def test_after_an_error_only_a_user_refreshes_and_no_age_is_shown(adding: Adding) -> None:
    adding.find("newest", error=UNREACHABLE)
    assert adding.words("add-age") == ""
    pass_s(adding, REFRESH_S)
    assert adding.discovery.readings == [Reading.OPENED]


def test_an_incomplete_list_says_so_and_is_refreshed(adding: Adding) -> None:
    adding.find("newest", LIVE, error=NotAllRead(Reason.REPOS_UNREAD, missing=2, total=40))
    words = "Couldn't load everything: 2 of 40 repositories couldn't be loaded."
    assert words in notes(adding)
    assert adding.tabs.accessibleTabName(0) == "Live now, 1+"
    pass_s(adding, REFRESH_S)
    assert adding.discovery.readings == [Reading.OPENED, Reading.BY_ITSELF]


def test_the_age_of_the_content_is_updated(adding: Adding) -> None:
    assert adding.words("add-age") == ""
    adding.find("newest", LIVE)
    assert adding.words("add-age") == "Loaded from heimdall.example.org 0 s ago"
    pass_s(adding, 12)
    assert adding.words("add-age") == "Loaded from heimdall.example.org 12 s ago"


@pytest.mark.parametrize("is_by_key", [True, False])
def test_button_and_key_refresh(adding: Adding, is_by_key: bool) -> None:
    adding.find("newest", LIVE)
    if is_by_key:
        press_key(adding.text, Qt.Key.Key_F5)
    else:
        click(adding.button("add-again"))
    assert adding.discovery.asked == [("newest",)] * 2
    adding.time.pass_s(3)
    adding.discovery.report("newest", Finds(expected=2))
    assert adding.rows("live-scans").model().rowCount() == 1  # until there is something else
    assert adding.words("add-age") == "Loaded from heimdall.example.org 3 s ago"
    adding.find("newest", LIVE, ENDED)
    assert adding.words("add-age") == "Loaded from heimdall.example.org 0 s ago"
    adding.find("newest", error=UNREACHABLE)
    assert adding.rows("live-scans").isVisible()
    assert "Couldn't load everything: Can't reach h.test." in notes(adding)


def test_a_local_folder_has_no_age_and_is_not_read(adding: Adding) -> None:
    adding.find("newest", LIVE)
    adding.tabs.setCurrentIndex(3)
    assert adding.words("add-age") == ""
    assert not adding.button("add-again").isVisible()
    press_key(adding.dialog, Qt.Key.Key_F5)
    assert adding.discovery.asked == [("newest",)]


def test_arrows_change_the_tab(adding: Adding) -> None:
    adding.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    press_key(adding.tabs, Qt.Key.Key_Right)
    assert adding.rows("recent-scans").isVisibleTo(adding.dialog) is False  # nothing is read yet
    adding.find("newest", ENDED)
    assert adding.rows("recent-scans").isVisible()


SHOP, WEB = found_repo("shop"), found_repo("web", "develop", 2)


def open_repos(adding: Adding) -> DiscoveryList:
    adding.tabs.setCurrentIndex(2)
    adding.find("repos", SHOP, WEB)
    rows = adding.rows("repos")
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    return rows


def test_repositories_are_read_when_their_tab_is_opened(adding: Adding) -> None:
    assert adding.discovery.asked == [("newest",)]
    adding.tabs.setCurrentIndex(2)
    assert adding.discovery.asked[1:] == [("repos",)]
    adding.find("repos", SHOP, WEB)
    assert adding.tabs.accessibleTabName(2) == "Repositories, 2"
    adding.tabs.setCurrentIndex(0)
    adding.tabs.setCurrentIndex(2)
    assert adding.discovery.asked[2:] == []


def test_enter_opens_one_and_its_scans_can_be_ticked(adding: Adding) -> None:
    rows = open_repos(adding)
    press_key(rows, Qt.Key.Key_Down)
    press_key(rows, Qt.Key.Key_Return)
    assert adding.discovery.asked[-1] == ("scans of", WEB)
    assert adding.words("repo-name") == "web"
    adding.find("scans of", found_scan("web"), found_scan("web", number=2))
    scans = adding.rows("repo-scans")
    press_key(scans, Qt.Key.Key_Down)
    press_key(scans, Qt.Key.Key_Space)
    assert adding.watch.accessibleName() == "Watch 1 scan"


def test_back_shows_the_repositories_and_calls_the_reading_off(adding: Adding) -> None:
    press_key(open_repos(adding), Qt.Key.Key_Space)
    assert adding.discovery.is_waited_for("scans of")
    click(adding.button("repos-back"))
    assert adding.rows("repos").isVisible()
    assert not adding.discovery.is_waited_for("scans of")
    assert adding.discovery.asked.count(("repos",)) == 1


def test_a_scan_of_the_open_one_can_be_started(adding: Adding) -> None:
    press_key(open_repos(adding), Qt.Key.Key_Space)
    click(adding.button("repo-start"))
    assert adding.requests.asked == [("repo_scan", SHOP.repo_id)]
