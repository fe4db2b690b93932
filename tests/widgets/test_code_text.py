"""The text of a block copies the original, takes no markup, and leaves scrolling to its page."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.code_lines import shown_lines
from heimdall_desktop.widgets.code_text import CodeRow, CodeText
from heimdall_desktop.widgets.syntax import Span, Syntax
from heimdall_desktop.widgets.theme import Theme

CODE = "\tif <b>x</b>:\n\t\treturn '\u202e'\n"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def text(theme: Theme, page: QWidget) -> CodeText:
    text = CodeText(theme, page)
    text.show_rows([CodeRow(line) for line in shown_lines(CODE)])
    text.resize(200, 60)
    return text


def test_markup_stays_text(text: CodeText) -> None:
    assert text.toPlainText() == "if <b>x</b>:\n    return '<U+202E>'"


def test_copying_everything_gives_the_original(text: CodeText) -> None:
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == CODE.rstrip("\n")


def test_copying_a_part_gives_its_original(text: CodeText) -> None:
    cursor = text.textCursor()
    cursor.setPosition(3)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert text.selected_original() == "<b>x</b>:"


def test_nothing_can_be_typed(text: CodeText) -> None:
    before = text.toPlainText()
    QTest.keyClicks(text, "x = 1")
    assert text.toPlainText() == before


def test_every_line_has_the_same_height(theme: Theme, text: CodeText) -> None:
    text.show_rows([CodeRow(line) for line in shown_lines("a\n\u4e2d\u6587\n\U0001f600\nz")])
    layout = text.document().documentLayout()
    last = text.document().findBlockByNumber(3)
    assert layout.blockBoundingRect(last).top() == 3 * text.line_height


def test_syntax_and_hidden_characters_have_inks(theme: Theme, text: CodeText) -> None:
    line = shown_lines("return 1")[0]
    text.show_rows([CodeRow(line, (Span(0, 6, Syntax.KEYWORD), Span(7, 8, Syntax.HIDDEN)))])
    cursor = text.textCursor()
    cursor.setPosition(3)
    assert cursor.charFormat().foreground().color() == theme.tokens.code.keyword
    cursor.setPosition(8)
    assert cursor.charFormat().foreground().color() == theme.tokens.failed


def test_a_comment_on_a_word_ground_takes_the_text_colour(theme: Theme, text: CodeText) -> None:
    line = shown_lines("# why")[0]
    text.show_rows([CodeRow(line, (Span(0, 5, Syntax.COMMENT),), words=((2, 5),))])
    cursor = text.textCursor()
    cursor.setPosition(1)
    assert cursor.charFormat().foreground().color() == theme.tokens.code.comment
    cursor.setPosition(4)
    assert cursor.charFormat().foreground().color() == theme.tokens.text
    assert cursor.charFormat().background().color() == theme.tokens.code.added_word


@pytest.mark.parametrize(("delta", "is_ours"), [(QPoint(0, -120), False), (QPoint(-120, 0), True)])
def test_only_sideways_scrolling_is_taken(text: CodeText, delta: QPoint, is_ours: bool) -> None:
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        delta,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    text.wheelEvent(wheel)
    assert wheel.isAccepted() is is_ours


def test_the_menu_copies_the_original_too(text: CodeText) -> None:
    text.selectAll()
    place = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Mouse
    text.contextMenuEvent(QContextMenuEvent(reason, place, text.mapToGlobal(place)))
    menu = text.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Copy", "Select all"]
    menu.actions()[0].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == CODE.rstrip("\n")
