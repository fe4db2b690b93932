"""A question is answered with no by the keys that people press without reading."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part, press, press_key

NAME = "<b>shop</b>"


@pytest.fixture
def question(theme: Theme, qtbot: QtBot) -> QuestionDialog:
    dialog = QuestionDialog("End it", "Keep it", f"End {NAME}?", "It is gone for good.")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_no_key_does_it_by_chance(question: QuestionDialog, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.assertNotEmitted(question.accepted), qtbot.waitSignal(question.rejected):
        press_key(question.focusWidget(), key)


def test_only_its_button_does_it(question: QuestionDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(question.accepted):
        press(question, "End it")


def test_it_shows_names_as_they_are_and_says_all_of_it_aloud(question: QuestionDialog) -> None:
    texts = [label.text() for label in question.findChildren(QLabel)]
    assert texts == ["End it", f"End {NAME}?", "It is gone for good."]
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in question.findChildren(QLabel)
    )
    assert question.accessibleDescription() == f"End {NAME}? It is gone for good."


def test_what_loses_nothing_is_done_by_the_main_button(theme: Theme, qtbot: QtBot) -> None:
    made = QuestionDialog("Create issue", "Cancel", "Create it?", "It is.", is_destructive=False)
    qtbot.addWidget(made)
    made.open()
    do = part(made, QPushButton, "question-do")
    keep = part(made, QPushButton, "question-keep")
    assert isinstance(do, PrimaryButton)
    assert do.x() > keep.x() > made.width() // 2
    assert made.focusWidget() is keep
