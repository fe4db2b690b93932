"""The switch for watching new scans, and the bar of a recording."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.replay import Player
from heimdall_desktop.domain.facts.errors import NotAllRead, PageUnreadable, Reason
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.time_text import minute_text
from heimdall_desktop.widgets.board.board_head import NewScansSwitch
from heimdall_desktop.widgets.board.replay_bar import ReplayBar
from heimdall_desktop.widgets.look.theme import Theme
from tests.application.memory.test_replay import Hands, numbers, playing
from tests.fakes.hands import part, press_key
from tests.fakes.requests import RecordedRequests
from tests.widgets.conftest import Owned

NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
SERVER = ServerUrl("https://heimdall.corp.example")


@pytest.mark.parametrize("is_foot", [True, False])
def test_key_and_click_on_the_words_switch_it(owned: Owned, is_foot: bool) -> None:
    switched, preferences = list[bool](), RecordedRequests().preferences
    widget = owned(NewScansSwitch(preferences, is_foot=is_foot))
    widget.show()
    preferences.follow(lambda settings: switched.append(settings.watches_new))
    switch = part(widget, QCheckBox, "watch-new-scans")
    assert switch.accessibleName() == "Auto-watch new scans"
    press_key(switch, Qt.Key.Key_Space)
    words = QPoint(20, 8) if is_foot else QPoint(widget.width() - 20, 8)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=words)
    assert switched == [False, True, False]


def checked(widget: NewScansSwitch) -> QLabel:
    return part(widget, QLabel, "last-looked")


def test_the_last_check_is_shown_and_in_little_room_only_a_problem(owned: Owned) -> None:
    widget = owned(NewScansSwitch(RecordedRequests().preferences, is_foot=True))
    widget.resize(600, 24)
    widget.show()
    widget.show_checks(ServerState(SERVER, looked_at=NOW), NOW)
    assert not checked(widget).isVisible()  # it is off
    widget.show_on(is_on=True)
    assert checked(widget).isVisible()
    assert checked(widget).text() == f"Checked {minute_text(NOW)}"
    widget.resize(240, 24)
    assert not checked(widget).isVisible()
    widget.show_checks(ServerState(SERVER, Standing.SIGNED_OUT, NOW, looked_at=NOW), NOW)
    assert checked(widget).isVisible()
    assert checked(widget).geometry().right() <= widget.width()
    switch = part(widget, QCheckBox, "watch-new-scans")
    shown = f"Checked {minute_text(NOW)}. Can't check now: signed out"
    assert switch.accessibleDescription() == shown


def test_it_says_what_could_not_be_read_and_changes_nothing(owned: Owned) -> None:
    preferences = RecordedRequests().preferences
    widget = owned(NewScansSwitch(preferences, is_foot=False))
    widget.show_on(is_on=True)
    error = PageUnreadable(Reason.PAGE_MISSING, host="h.test")
    widget.show_checks(ServerState(SERVER, error=error), NOW)
    assert checked(widget).text() == "Can't check"
    assert cause(error) in checked(widget).toolTip()
    lacks = NotAllRead(Reason.REPOS_UNREAD, missing=2, total=40)
    widget.show_checks(ServerState(SERVER, looked_at=NOW, lacks=lacks), NOW)
    shown = f"Checked {minute_text(NOW)}"
    assert checked(widget).text() == shown
    switch = part(widget, QCheckBox, "watch-new-scans")
    assert switch.accessibleDescription() == f"{shown}. Couldn't load everything: {cause(lacks)}"
    assert switch.isChecked()
    assert not preferences.settings.watches_new, "to show it doesn't switch it"


class Shown:
    """The bar of a replay of 40 s, which is paused."""

    def __init__(self, player: Player, hands: Hands) -> None:
        self.player, self.hands = player, hands
        self.bar = ReplayBar(player)
        self.bar.resize(308, 136)
        self.bar.show()

    def press(self, name: str) -> None:
        button = part(self.bar, QPushButton, name)
        button.click()

    async def there(self) -> float:
        """Wait until all is shown of where it was sent, and return where that is."""
        while not self.player.is_there:  # noqa: ASYNC110 - the bar has its one listener
            await asyncio.sleep(0)
        return self.player.clock.position_s


@pytest.fixture
async def shown(theme: Theme) -> AsyncIterator[Shown]:
    hands, tasks = Hands(), Tasks(lambda _name, _error: None)
    yield Shown(await playing(hands, tasks), hands)
    await tasks.aclose()


async def test_the_handle_goes_both_ways(shown: Shown) -> None:
    line = shown.bar.line
    at = QPoint(line.width() - 1, line.height() // 2)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=at)
    assert await shown.there() == 40.0
    assert numbers(shown.player) == ["1", "2", "3"]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() // 2, at.y()))
    assert await shown.there() == pytest.approx(20.0, abs=1.0)
    assert numbers(shown.player) == ["1", "2"]


async def test_keys_move_it(shown: Shown) -> None:
    QTest.keyClick(shown.bar.line, Qt.Key.Key_End)
    assert await shown.there() == 40.0
    QTest.keyClick(shown.bar.line, Qt.Key.Key_Left)
    assert await shown.there() == 35.0
    QTest.keyClick(shown.bar.line, Qt.Key.Key_Home)
    assert await shown.there() == 0.0


async def test_it_pauses_continues_and_steps(shown: Shown) -> None:
    shown.press("replay_play")
    assert not shown.player.clock.is_playing
    shown.press("replay_step")
    assert await shown.there() == 10.0
    shown.press("replay_play")
    shown.bar.pace.chosen.emit(1)
    shown.hands.now_s += 1.5
    assert shown.player.clock.position_s == pytest.approx(25.0)


async def test_it_says_where_it_is(shown: Shown) -> None:
    shown.hands.now_s += 12.0
    shown.bar.follow()
    assert {"0:12", "of 0:40"} <= {label.text() for label in shown.bar.findChildren(QLabel)}
    assert shown.bar.line.value() == 120
    assert shown.bar.line.accessibleDescription() == "0:12 of 0:40"


async def test_the_scan_may_be_called_otherwise(shown: Shown) -> None:
    shown.bar.show_name("Scan 1")
    reported = [label.text() for label in shown.bar.findChildren(QLabel)]
    assert [text for text in reported if shown.player.name in text] == []
    assert any(text.startswith("Scan 1, ") for text in reported)
