"""The line above a block."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.pane import SectionHead
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part, press


def test_it_says_what_stands_below_and_copies_it(theme: Theme, qtbot: QtBot) -> None:
    head = SectionHead("Evidence", "Copy")
    qtbot.addWidget(head)
    head.describe("lines 1 to 2", "the\ncode")
    assert [label.text() for label in head.findChildren(QLabel)] == ["Evidence", "lines 1 to 2"]
    press(head, "Copy")
    assert QGuiApplication.clipboard().text() == "the\ncode"
    assert part(head, QPushButton, "copy").accessibleName() == "Copied"
    head.describe("lines 3 to 4", "other code")
    assert part(head, QPushButton, "copy").accessibleName() == "Copy"


def test_without_a_label_there_is_no_button(theme: Theme, qtbot: QtBot) -> None:
    head = SectionHead("References")
    qtbot.addWidget(head)
    assert part(head, QPushButton, "copy").isHidden()
