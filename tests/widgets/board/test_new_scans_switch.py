"""The switch with its words."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.board.new_scans_switch import NewScansSwitch
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part, press_key


@pytest.mark.parametrize("is_foot", [True, False])
def test_key_and_click_on_the_words_switch_it(theme: Theme, qtbot: QtBot, is_foot: bool) -> None:
    widget = NewScansSwitch(theme, is_foot=is_foot)
    qtbot.addWidget(widget)
    widget.show()
    told: list[bool] = []
    widget.switched.connect(told.append)
    switch = part(widget, QCheckBox, "watch-new-scans")
    assert switch.accessibleName() == "Watch new scans by themselves"
    press_key(switch, Qt.Key.Key_Space)
    words = QPoint(20, 8) if is_foot else QPoint(widget.width() - 20, 8)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=words)
    assert told == [True, False]


def test_showing_a_state_tells_nothing(theme: Theme, qtbot: QtBot) -> None:
    widget = NewScansSwitch(theme, is_foot=True)
    qtbot.addWidget(widget)
    with qtbot.assertNotEmitted(widget.switched):
        widget.show_on(is_on=True)
    assert part(widget, QCheckBox, "watch-new-scans").isChecked()
