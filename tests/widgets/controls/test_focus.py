"""The keyboard goes round the parts that are there."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.focus import PaneRing


@pytest.fixture
def panes(qtbot: QtBot) -> Iterator[list[QLineEdit]]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    panes = [QLineEdit(window) for _ in range(3)]
    for pane in panes:
        column.addWidget(pane)
    panes[1].hide()
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    panes[0].setFocus()
    yield panes
    window.close()


def ring_of(panes: list[QLineEdit]) -> PaneRing:
    return PaneRing([(pane, pane.setFocus) for pane in panes])


def test_it_goes_round_and_leaves_out_what_is_hidden(panes: list[QLineEdit]) -> None:
    ring = ring_of(panes)
    ring.step(1)
    assert panes[2].hasFocus()
    ring.step(1)
    assert panes[0].hasFocus()
    ring.step(-1)
    assert panes[2].hasFocus()


@pytest.mark.parametrize(("step", "place"), [(1, 0), (-1, 2)])
def test_it_begins_at_an_end(panes: list[QLineEdit], step: int, place: int) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()
    ring_of(panes).step(step)
    assert panes[place].hasFocus()


def test_what_takes_no_keyboard_is_passed_over(panes: list[QLineEdit]) -> None:
    panes[1].show()
    ways = (panes[0].setFocus, print, panes[2].setFocus)
    ring = PaneRing(list(zip(panes, ways, strict=True)))
    ring.step(1)
    assert panes[2].hasFocus()
