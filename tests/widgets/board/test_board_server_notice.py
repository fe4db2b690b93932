"""The block at the foot of the board: what is wrong, what follows, and what helps."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.widgets.board.board import (
    BLOCK_PX,
    DEFAULT_WIDTH_PX,
    LEAST_WIDTH_PX,
    ServerNotice,
)
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part

NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
SERVER = ServerUrl("https://heimdall.corp.example")
OUT = ServerState(SERVER, Standing.SIGNED_OUT)


@pytest.fixture
def notice(theme: Theme, qtbot: QtBot) -> ServerNotice:
    notice = ServerNotice()
    qtbot.addWidget(notice)
    notice.resize(DEFAULT_WIDTH_PX, BLOCK_PX)
    return notice


def words(notice: ServerNotice) -> list[str]:
    return part(notice, QLabel, "server-notice-words").text().split("\u2028")


def action(notice: ServerNotice) -> QPushButton:
    return part(notice, QPushButton, "server-notice-action")


def test_it_is_there_only_while_something_is_wrong(notice: ServerNotice) -> None:
    for state in (None, ServerState(SERVER)):
        notice.show_state(OUT, NOW, watches_new=True)
        assert notice.isVisible()
        notice.show_state(state, NOW, watches_new=True)
        assert not notice.isVisible()


def test_signed_out_it_offers_to_sign_in(notice: ServerNotice, qtbot: QtBot) -> None:
    notice.show_state(OUT, NOW, watches_new=True)
    assert words(notice) == ["Signed out.", "New scans aren't being watched."]
    assert notice.accessibleName() == "Signed out. New scans aren't being watched."
    assert action(notice).accessibleName() == "Sign in"
    with qtbot.waitSignal(notice.sign_in_wanted):
        click(action(notice))


def test_without_an_answer_it_offers_to_ask_again(notice: ServerNotice, qtbot: QtBot) -> None:
    state = ServerState(SERVER, Standing.UNREACHABLE)
    notice.show_state(state, NOW, watches_new=False)
    assert words(notice) == ["No response.", "Watching is paused."]
    assert action(notice).accessibleName() == "Retry now"
    with qtbot.waitSignal(notice.retry_wanted):
        click(action(notice))


@pytest.mark.parametrize("width_px", [LEAST_WIDTH_PX, DEFAULT_WIDTH_PX])
def test_its_words_have_room(notice: ServerNotice, width_px: int) -> None:
    state = ServerState(SERVER, Standing.UNREACHABLE, datetime(2024, 7, 4, 12, tzinfo=UTC))
    notice.show_state(state, NOW, watches_new=True)
    notice.resize(width_px, notice.heightForWidth(width_px))
    label = part(notice, QLabel, "server-notice-words")
    assert label.height() >= label.heightForWidth(label.width())
    assert notice.height() >= BLOCK_PX
