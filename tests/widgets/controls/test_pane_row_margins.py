"""The margin before the first part stays before it in every layout direction."""

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.pane import set_row_margins


@pytest.mark.parametrize(
    ("direction", "margins"),
    [
        (Qt.LayoutDirection.LeftToRight, QMargins(40, 1, 4, 2)),
        (Qt.LayoutDirection.RightToLeft, QMargins(4, 1, 40, 2)),
    ],
)
def test_margins_change_sides(
    qtbot: QtBot, direction: Qt.LayoutDirection, margins: QMargins
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setLayoutDirection(direction)
    row = QHBoxLayout(widget)
    set_row_margins(widget, row, start=40, end=4, top=1, bottom=2)
    assert row.contentsMargins() == margins
