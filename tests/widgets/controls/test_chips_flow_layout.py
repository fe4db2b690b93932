"""Parts beside each other, and on a new line where the width ends."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.chips import FlowLayout


@pytest.fixture
def holder(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    yield QWidget(window)
    window.close()


def filled(holder: QWidget) -> list[QWidget]:
    """Put three parts of 50 x 10 px into the holder."""
    flow = FlowLayout(holder, gap_px=10, line_gap_px=5)
    parts = [QWidget(holder) for _ in range(3)]
    for part in parts:
        part.setMinimumSize(50, 10)
        flow.addWidget(part)
    return parts


def test_all_fit_on_one_line(holder: QWidget) -> None:
    parts = filled(holder)
    holder.resize(170, 50)
    holder.window().show()
    assert [part.x() for part in parts] == [0, 60, 120]
    assert holder.heightForWidth(170) == 10


def test_the_rest_goes_to_the_next_line(holder: QWidget) -> None:
    parts = filled(holder)
    holder.resize(120, 50)
    holder.window().show()
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (60, 0), (0, 15)]
    assert holder.heightForWidth(120) == 25


def test_hidden_parts_take_no_room(holder: QWidget) -> None:
    parts = filled(holder)
    parts[0].hide()
    holder.resize(170, 50)
    holder.window().show()
    assert [part.x() for part in parts[1:]] == [0, 60]


def test_it_begins_at_the_right_where_people_read_so(holder: QWidget) -> None:
    parts = filled(holder)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    holder.resize(170, 50)
    holder.window().show()
    assert [part.x() for part in parts] == [120, 60, 0]
