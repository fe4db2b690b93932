"""The handle shows one pixel and is grabbed on seven."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.pane import HairlineSplitter
from heimdall_desktop.widgets.look.theme import Theme


def _splitter(qtbot: QtBot, orientation: Qt.Orientation) -> HairlineSplitter:
    splitter = HairlineSplitter(orientation)
    qtbot.addWidget(splitter)
    splitter.addWidget(QWidget())
    splitter.addWidget(QWidget())
    splitter.resize(301, 301)
    with qtbot.waitExposed(splitter):
        splitter.show()
    return splitter


@pytest.mark.parametrize("orientation", [Qt.Orientation.Horizontal, Qt.Orientation.Vertical])
def test_the_regions_are_one_pixel_apart(
    theme: Theme, qtbot: QtBot, orientation: Qt.Orientation
) -> None:
    splitter = _splitter(qtbot, orientation)
    assert sum(splitter.sizes()) == 300
    handle = splitter.handle(1).size()
    assert min(handle.width(), handle.height()) == 7


def test_dragging_beside_the_line_moves_it(theme: Theme, qtbot: QtBot) -> None:
    splitter = _splitter(qtbot, Qt.Orientation.Horizontal)
    handle, before = splitter.handle(1), splitter.sizes()[0]
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 100))
    QTest.mouseMove(handle, QPoint(40, 100))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
    assert splitter.sizes()[0] > before + 20
