"""Repositories, and behind each of them its scans."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.adding import Adding
from tests.fakes.discovery import found_repo, found_scan
from tests.fakes.hands import click, press_key

SHOP, WEB = found_repo("shop"), found_repo("web", "develop", 2)


def opened(qtbot: QtBot) -> Adding:
    adding = Adding()
    qtbot.addWidget(adding.dialog)
    adding.tabs.setCurrentIndex(2)
    adding.find("repos", SHOP, WEB)
    return adding


def test_repositories_are_read_when_somebody_looks_at_them(theme: Theme, qtbot: QtBot) -> None:
    adding = Adding()
    qtbot.addWidget(adding.dialog)
    assert adding.discovery.asked == [("newest",)]
    adding.tabs.setCurrentIndex(2)
    assert adding.discovery.asked[1:] == [("repos",)]
    adding.find("repos", SHOP, WEB)
    assert adding.tabs.accessibleTabName(2) == "Repositories, 2"
    adding.tabs.setCurrentIndex(0)
    adding.tabs.setCurrentIndex(2)
    assert adding.discovery.asked[2:] == []


def test_enter_opens_one_and_its_scans_can_be_ticked(theme: Theme, qtbot: QtBot) -> None:
    adding = opened(qtbot)
    rows = adding.rows("repos")
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    press_key(rows, Qt.Key.Key_Down)
    press_key(rows, Qt.Key.Key_Return)
    assert adding.discovery.asked[-1] == ("scans of", WEB)
    assert adding.words("repo-name") == "web"
    adding.find("scans of", found_scan("web"), found_scan("web", number=2))
    scans = adding.rows("repo-scans")
    press_key(scans, Qt.Key.Key_Down)
    press_key(scans, Qt.Key.Key_Space)
    assert adding.watch.accessibleName() == "Watch 1 scan"


def test_back_shows_the_repositories_and_calls_the_reading_off(theme: Theme, qtbot: QtBot) -> None:
    adding = opened(qtbot)
    adding.rows("repos").setFocus(Qt.FocusReason.TabFocusReason)
    press_key(adding.rows("repos"), Qt.Key.Key_Space)
    assert adding.discovery.is_waited_for("scans of")
    click(adding.button("repos-back"))
    assert adding.rows("repos").isVisible()
    assert not adding.discovery.is_waited_for("scans of")
    assert adding.discovery.asked.count(("repos",)) == 1


def test_a_scan_of_the_open_one_can_be_started(theme: Theme, qtbot: QtBot) -> None:
    adding = opened(qtbot)
    adding.rows("repos").setFocus(Qt.FocusReason.TabFocusReason)
    press_key(adding.rows("repos"), Qt.Key.Key_Space)
    click(adding.button("repo-start"))
    assert adding.requests.asked == [("repo_scan", SHOP.repo_id)]
