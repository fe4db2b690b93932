"""The tick of a copy button."""

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import CopyButton, CopyWordButton
from heimdall_desktop.widgets.look.theme import Theme


def test_it_says_that_it_has_copied_for_a_moment(theme: Theme, qtbot: QtBot) -> None:
    button = CopyButton("ui-link", "Copy link")
    qtbot.addWidget(button)
    button.confirm()
    assert button.accessibleName() == "Copied"
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy link")
    assert not timer.isActive()


def test_a_word_gives_way_for_a_moment_and_moves_nothing(theme: Theme, qtbot: QtBot) -> None:
    button = CopyWordButton("Copy patch")
    qtbot.addWidget(button)
    button.show()
    width = button.width()
    button.confirm()
    assert button.accessibleName() == "Copied"
    assert button.minimumWidth() == width
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy patch")
    assert button.minimumWidth() == 0
