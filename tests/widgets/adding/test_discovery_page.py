"""A tab of finds in each of its states. Source: ux.md 2.6."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    LinkError,
    PageUnreadable,
    Reason,
    ServerUnreachable,
    SignedOut,
)
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.models.discovery_model import FoundReposModel
from heimdall_desktop.presentation.board.discovery import Finds
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.adding.discovery_page import DiscoveryPage, PageWords
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.discovery import found_repo
from tests.fakes.hands import part, press

WORDS = PageWords("Reading.", "There are none.", "Make one.", "There are more.")
UNREACHABLE = ServerUnreachable(Reason.NOT_REACHABLE, host="h.test")


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> DiscoveryPage:
    model = FoundReposModel()
    page = DiscoveryPage(DiscoveryList(model, "Repositories"), WORDS)
    model.setParent(page)
    qtbot.addWidget(page)
    page.resize(700, 300)
    page.show()
    return page


def told(page: DiscoveryPage) -> list[str]:
    """The texts that can be seen."""
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return [text for text in texts if text]


def finds(
    *rows: FoundRepo, error: HeimdallError | None = None, has_more: bool = False
) -> Finds[FoundRepo]:
    return Finds(rows, len(rows), is_done=True, has_more=has_more, error=error)


def test_it_begins_by_reading(page: DiscoveryPage) -> None:
    assert told(page) == ["Reading."]
    assert not page.rows.isVisible()


def test_rows_take_the_place_of_words_as_soon_as_there_are_any(page: DiscoveryPage) -> None:
    page.show_finds(Finds(expected=3), 0)
    assert told(page) == ["Reading."]
    page.show_finds(Finds((found_repo("shop"),), expected=3), 1)
    assert page.rows.isVisible()
    assert told(page) == []


def test_nothing_is_one_fact_and_one_consequence(page: DiscoveryPage) -> None:
    page.show_finds(finds(), 0)
    assert told(page) == ["There are none.", "Make one."]


@pytest.mark.parametrize(
    ("error", "action", "signal"),
    [
        (SignedOut(Reason.TOKEN_REFUSED, host="h.test"), "Sign in", "sign_in_wanted"),
        (LinkError(Reason.NO_SERVER_FOR_LISTS), "Sign in", "sign_in_wanted"),
        (PageUnreadable(Reason.PAGE_FOREIGN, host="h.test"), "Paste links", "paste_wanted"),
        (UNREACHABLE, "Retry", "again_wanted"),
    ],
)
def test_trouble_is_told_with_what_helps(
    page: DiscoveryPage, qtbot: QtBot, error: HeimdallError, action: str, signal: str
) -> None:
    page.show_finds(finds(error=error), 0)
    assert told(page) == [cause(error), remedy(error)]
    with qtbot.waitSignal(getattr(page, signal)):
        press(part(page, QWidget, "finds-empty"), action)


def test_trouble_half_way_stands_below_the_rows(page: DiscoveryPage, qtbot: QtBot) -> None:
    page.show_finds(finds(found_repo("shop"), error=UNREACHABLE), 1)
    assert page.rows.isVisible()
    assert told(page) == ["Couldn't load everything: Can't reach h.test."]
    with qtbot.waitSignal(page.again_wanted):
        press(page, "Retry")


def test_that_there_are_more_stands_below_the_rows(page: DiscoveryPage) -> None:
    page.show_finds(finds(found_repo("shop"), has_more=True), 1)
    assert told(page) == ["There are more."]
    page.show_reading()
    assert told(page) == ["Reading."]
