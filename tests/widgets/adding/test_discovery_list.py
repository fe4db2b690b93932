"""A list of finds under mouse and keyboard, and the page it is on. Source: behaviour.md 2.6."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts, FoundRepo
from heimdall_desktop.models.discovery_model import FindsModel, ScanPicks
from heimdall_desktop.presentation.board.found_scans import Finds
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.widgets.adding.discovery_list import (
    DiscoveryDelegate,
    DiscoveryList,
    FindsPage,
    PageWords,
)
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.accessible_tree import select, toggle
from tests.fakes.discovery import found_repo, found_scan
from tests.fakes.findings import FOUND_AT
from tests.fakes.hands import part, press, press_key
from tests.fakes.pixels import around, places

SHOP, WEB = found_repo("shop"), found_repo("web", number=2)
NOW = datetime(2026, 7, 4, 15, tzinfo=UTC)
ROW_SHOP = found_scan("shop")


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> DiscoveryList:
    model = FindsModel(ScanPicks(lambda _server, _scan_id: False), lambda: NOW)
    model.show((SHOP, WEB))
    rows = DiscoveryList(model, "Repositories")
    model.setParent(rows)
    qtbot.addWidget(rows)
    rows.resize(600, 200)
    rows.show()
    rows.activateWindow()
    QTest.qWaitForWindowActive(rows)
    return rows


def ringed(rows: DiscoveryList) -> int:
    delegate = rows.itemDelegate()
    assert isinstance(delegate, DiscoveryDelegate)
    return delegate.ringed_row


def test_a_click_takes_a_row_and_leaves_no_ring(rows: DiscoveryList, qtbot: QtBot) -> None:
    place = rows.visualRect(rows.model().index(1, 0)).center() + QPoint(1, 1)
    with qtbot.waitSignal(rows.chosen) as taken:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert taken.args == [WEB]
    assert ringed(rows) == -1


def test_arrows_move_space_takes_and_enter_enters(rows: DiscoveryList, qtbot: QtBot) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    press_key(rows, Qt.Key.Key_W)  # letters search nothing
    press_key(rows, Qt.Key.Key_Down)
    assert ringed(rows) == 1
    with qtbot.waitSignal(rows.chosen) as taken:
        press_key(rows, Qt.Key.Key_Space)
    with qtbot.waitSignal(rows.entered) as entered:
        press_key(rows, Qt.Key.Key_Return)
    assert taken.args == entered.args == [WEB]


def test_assistive_technology_opens_a_repository(rows: DiscoveryList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rows.chosen) as taken:
        select(rows, 1)
    assert taken.args == [WEB]
    assert rows.selectedIndexes() == []


def test_ticked_scans_are_selected_also_from_outside(theme: Theme, qtbot: QtBot) -> None:
    picks = ScanPicks(lambda _server, _scan_id: False)
    model = FindsModel(picks, lambda: FOUND_AT)
    picks.setParent(model)
    model.show([found_scan(f"shop-{number}", number=number) for number in (1, 2, 3)])
    rows = DiscoveryList(model, "Scans")
    model.setParent(rows)
    qtbot.addWidget(rows)
    rows.chosen.connect(picks.turn)
    select(rows, 2)
    toggle(rows, 0)
    assert [UUID(scan.scan_id).int for scan in picks.scans] == [3, 1]
    assert sorted(index.row() for index in rows.selectedIndexes()) == [0, 2]
    toggle(rows, 2)
    assert [UUID(scan.scan_id).int for scan in picks.scans] == [1]
    press_key(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(picks.scans) == 1


class Painted:
    """One row and its appearance."""

    def __init__(self, qtbot: QtBot) -> None:
        self.watched: set[ScanId] = set()
        self.picks = ScanPicks(lambda _server, scan_id: scan_id in self.watched)
        self.model = FindsModel(self.picks, lambda: NOW)
        self.rows = DiscoveryList(self.model, "Scans")
        self.picks.setParent(self.rows)
        self.model.setParent(self.rows)
        qtbot.addWidget(self.rows)
        self.rows.resize(752, 40)
        self.model.show((ROW_SHOP,))

    def image(self) -> QImage:
        return self.rows.grab().toImage()


def test_a_tick_a_watch_and_counts_can_be_seen(theme: Theme, qtbot: QtBot) -> None:
    painted = Painted(qtbot)
    tokens, high = theme.tokens, theme.tokens.severity.high.fill
    box, words = QRect(0, 0, 40, 38), QRect(40, 0, 712, 38)
    plain = painted.image()
    assert not places(plain, tokens.accent, box)
    assert places(plain, high, words)
    assert places(plain, tokens.text, words, near=40)
    painted.picks.turn(ROW_SHOP)
    assert len(places(painted.image(), tokens.accent, box)) > 100
    painted.watched.add(ROW_SHOP.scan_id)
    painted.picks.changed.emit()
    watched = painted.image()
    assert not places(watched, tokens.accent, box)
    assert places(watched, tokens.muted, box, near=20)
    assert not places(watched, tokens.text, words, near=20)
    painted.model.show((found_scan("shop", counts=Counts(), number=2),))
    assert not places(painted.image(), high, words)


@pytest.mark.parametrize("width", [120, 480, 560, 900])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_width_and_direction_is_painted(
    theme: Theme, qtbot: QtBot, width: int, direction: Qt.LayoutDirection
) -> None:
    painted = Painted(qtbot)
    painted.rows.setLayoutDirection(direction)
    painted.rows.resize(width, 40)
    image, ink = painted.image(), theme.tokens
    inked = places(image, ink.text, near=60) | places(image, ink.control, near=8)
    place = around(inked)  # the box is at the side where people begin to read
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    assert 8 <= (width - 1 - place.right() if is_mirrored else place.left()) <= 24
    assert place.width() > min(width / 3, 100)


WORDS = PageWords("Repositories", "Reading.", "There are none.", "Make one.", "There are more.")
UNREACHABLE = errors.ServerUnreachable(errors.Reason.NOT_REACHABLE, host="h.test")


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> FindsPage:
    model = FindsModel(ScanPicks(lambda _server, _scan_id: False), lambda: NOW)
    page = FindsPage(WORDS, model)
    model.setParent(page)
    qtbot.addWidget(page)
    page.resize(700, 300)
    page.show()
    return page


def shown_texts(page: FindsPage) -> list[str]:
    """The texts that can be seen."""
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return [text for text in texts if text]


def show(page: FindsPage, *rows: FoundRepo, **fields: Any) -> None:
    page.show_finds(Finds(rows, len(rows), is_done=True, **fields))


def test_first_rows_replace_the_words(page: FindsPage) -> None:
    assert (shown_texts(page), page.rows.isVisible()) == (["Reading."], False)
    page.show_finds(Finds(expected=3))
    assert shown_texts(page) == ["Reading."]
    page.show_finds(Finds((SHOP,), expected=3))
    assert page.rows.isVisible()
    assert shown_texts(page) == []


def test_an_empty_page_shows_what_helps(page: FindsPage) -> None:
    show(page)
    assert shown_texts(page) == ["There are none.", "Make one."]


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h.test"), "Sign in"),
        (errors.LinkError(errors.Reason.NO_SERVER_FOR_LISTS), "Sign in"),
        (errors.PageUnreadable(errors.Reason.PAGE_FOREIGN, host="h.test"), "Paste links"),
        (UNREACHABLE, "Retry"),
    ],
)
def test_an_error_is_shown_with_what_helps(
    page: FindsPage, qtbot: QtBot, error: errors.HeimdallError, action: str
) -> None:
    show(page, error=error)
    assert shown_texts(page) == [cause(error), remedy(error)]
    with qtbot.waitSignal(page.action_requested) as requested:
        press(part(page, QWidget, "finds-empty"), action)
    assert requested.args == [error]


def test_an_error_after_some_rows_is_shown_below_them(page: FindsPage, qtbot: QtBot) -> None:
    show(page, SHOP, error=UNREACHABLE)
    assert page.rows.isVisible()
    assert shown_texts(page) == ["Couldn't load everything: Can't reach h.test."]
    with qtbot.waitSignal(page.action_requested):
        press(page, "Retry")


def test_missing_rows_are_mentioned_below_the_rows(page: FindsPage) -> None:
    show(page, SHOP, has_more=True)
    assert shown_texts(page) == ["There are more."]
    page.forget()
    assert shown_texts(page) == ["Reading."]
