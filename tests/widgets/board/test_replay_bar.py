"""The bar of a replay: where it is, and what moves it, by mouse and by keyboard."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.replay import Player
from heimdall_desktop.widgets.board.replay_bar import ReplayBar
from heimdall_desktop.widgets.look.theme import Theme
from tests.application.memory.test_replay import Hands, numbers, playing


class Shown:
    """The bar of a replay of 40 s, which stands still."""

    def __init__(self, player: Player, hands: Hands) -> None:
        self.player, self.hands = player, hands
        self.bar = ReplayBar(player)
        self.bar.resize(308, 136)
        self.bar.show()

    def press(self, name: str) -> None:
        button = self.bar.findChild(QPushButton, name)
        assert button is not None
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
    texts = {label.text() for label in shown.bar.findChildren(QLabel)}
    assert {"0:12", "of 0:40"} <= texts
    assert shown.bar.line.value() == 120
    assert shown.bar.line.accessibleDescription() == "0:12 of 0:40"


async def test_the_scan_may_be_called_otherwise(shown: Shown) -> None:
    shown.bar.show_name("Scan 1")
    reported = [label.text() for label in shown.bar.findChildren(QLabel)]
    assert [text for text in reported if shown.player.name in text] == []
    assert any(text.startswith("Scan 1, ") for text in reported)
