"""An empty board says so, and how to change it."""

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.board.empty_board import EmptyBoard
from heimdall_desktop.widgets.look.theme import Theme


def test_it_says_the_fact_and_the_ways_without_a_button(theme: Theme, qtbot: QtBot) -> None:
    board = EmptyBoard(theme)
    qtbot.addWidget(board)
    board.resize(308, 800)
    board.show()
    theme.set_zoom(1.5)
    labels = board.findChildren(QLabel)
    assert labels[0].text() == "No scans watched yet."
    assert max(label.geometry().bottom() for label in labels) < 150
    assert not board.findChildren(QPushButton)
