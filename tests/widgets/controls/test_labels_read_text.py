"""The plain text to read: its height, and that it stays plain."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.labels import ReadText
from heimdall_desktop.widgets.look.theme import Theme


@pytest.fixture
def text(theme: Theme, qtbot: QtBot) -> Iterator[ReadText]:
    """A text inside something 400 px wide."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(400, 300)
    text = ReadText(parent=holder)
    text.resize(400, 10)
    holder.show()
    yield text
    holder.close()


def test_it_is_as_high_as_its_lines(text: ReadText) -> None:
    text.set_text("one line")
    one = text.height()
    text.set_text("one\ntwo\nthree")
    assert text.height() == 3 * one


def test_a_word_without_end_is_broken(text: ReadText) -> None:
    text.set_text("x" * 2000)
    assert text.document().size().width() <= 400


def test_tags_are_characters(text: ReadText) -> None:
    text.set_text("<b>bold</b><img src='file:///etc/hostname'>")
    assert text.toPlainText() == "<b>bold</b><img src='file:///etc/hostname'>"
    assert "file:" not in text.toHtml().replace("file:///etc/hostname'&gt;", "")


def test_it_can_be_selected_and_not_be_changed(text: ReadText) -> None:
    text.set_text("secret of the trade")
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_X)
    assert text.textCursor().selectedText() == text.toPlainText() == "secret of the trade"


def test_the_same_text_keeps_its_selection(text: ReadText) -> None:
    text.set_text("again")
    text.selectAll()
    text.set_text("again")
    assert text.textCursor().selectedText() == "again"
