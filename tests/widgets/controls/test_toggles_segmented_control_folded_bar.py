"""A part that is folded away comes back by a click on its bar."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.pane import Edge
from heimdall_desktop.widgets.controls.toggles import FoldedBar
from heimdall_desktop.widgets.look.theme import Theme


def _bar(qtbot: QtBot) -> FoldedBar:
    bar = FoldedBar("ui-detail", "Detail", "Open detail", "Ctrl+D")
    qtbot.addWidget(bar)
    bar.resize(400, 300)
    bar.show()
    return bar


def test_its_button_says_what_it_does(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    [button] = bar.findChildren(QPushButton)
    assert button.accessibleName() == "Open detail"
    assert "Ctrl+D" in button.toolTip()
    with qtbot.waitSignal(bar.opened):
        button.click()


def test_a_click_anywhere_opens(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    with qtbot.waitSignal(bar.opened):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(20, 200))


def test_it_stands_upright_or_lies_with_its_name_and_key(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    assert bar.width() == 40
    bar.lie(Qt.Orientation.Horizontal, Edge.TOP)
    assert bar.height() == 28
    assert bar.grab().width() > 40
