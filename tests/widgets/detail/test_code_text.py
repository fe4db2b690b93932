"""The text of a block copies the original, takes no markup, and leaves scrolling to its page."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_lines import shown_lines
from heimdall_desktop.widgets.detail.code_text import CodeRow, CodeText
from heimdall_desktop.widgets.detail.syntax import Span, Syntax
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK

FOREGROUND = QTextFormat.Property.ForegroundBrush.value
BACKGROUND = QTextFormat.Property.BackgroundBrush.value
CODE = "\tif <b>x</b>:\n\t\treturn '\u202e'\n"
CONTROLS = "\tx = '\x1b[2J\x00'\r\n\ty\x07\n"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def text(theme: Theme, page: QWidget) -> CodeText:
    text = CodeText(page)
    text.show_rows([CodeRow(line) for line in shown_lines(CODE)])
    text.resize(200, 60)
    return text


def looks(text: CodeText, column: int) -> tuple[QColor, QColor]:
    """Return ink and ground of a character of the first line."""
    ink, ground = text.palette().text().color(), QColor()
    for part in text.document().firstBlock().layout().formats():
        if part.start <= column < part.start + part.length:
            style = part.format
            ink = style.foreground().color() if style.hasProperty(FOREGROUND) else ink
            ground = style.background().color() if style.hasProperty(BACKGROUND) else ground
    return ink, ground


def test_markup_stays_text(text: CodeText) -> None:
    assert text.toPlainText() == "if <b>x</b>:\n    return '<U+202E>'"


def test_copying_everything_gives_the_original(text: CodeText) -> None:
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == CODE.rstrip("\n")


def test_control_characters_are_not_copied(text: CodeText) -> None:
    text.show_rows([CodeRow(line) for line in shown_lines(CONTROLS)])
    text.selectAll()
    text.copy_original()
    assert QGuiApplication.clipboard().text() == "\tx = '[2J'\n\ty"


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
    rows = [CodeRow(line) for line in shown_lines("return 1\u202e")]
    text.show_rows(rows, [(0, (Span(0, 6, Syntax.KEYWORD),))])
    assert looks(text, 3)[0] == theme.tokens.code.keyword
    assert looks(text, 7)[0] == theme.tokens.text
    assert looks(text, 8) == (theme.tokens.failed, theme.tokens.failed_ground)


def test_a_comment_on_a_word_ground_takes_the_text_colour(theme: Theme, text: CodeText) -> None:
    rows = [CodeRow(shown_lines("# why")[0], words=((2, 5),))]
    text.show_rows(rows, [(0, (Span(0, 5, Syntax.COMMENT),))])
    assert looks(text, 1)[0] == theme.tokens.code.comment
    assert looks(text, 4) == (theme.tokens.text, theme.tokens.code.added_word)


def test_colours_follow_the_theme_and_leave_with_their_code(theme: Theme, text: CodeText) -> None:
    text.show_rows([CodeRow(shown_lines("return 1")[0])], [(0, (Span(0, 6, Syntax.KEYWORD),))])
    theme.set_mode(ThemeMode.DARK)
    text.lay_out()
    assert looks(text, 3)[0] == DARK.code.keyword
    text.show_rows([CodeRow(shown_lines("returned")[0])])
    assert looks(text, 3)[0] == DARK.text


def test_colours_that_take_long_come_later(
    text: CodeText, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heimdall_desktop.widgets.detail.code_text.SLICE_S", 0.0)
    rows = [CodeRow(line) for line in shown_lines("a\nb\nc")]
    taken: list[int] = []

    def colours() -> Iterator[tuple[int, tuple[Span, ...]]]:
        for place in range(3):
            taken.append(place)
            yield place, (Span(0, 1, Syntax.NAME),)

    text.show_rows(rows, colours())
    assert text.toPlainText() == "a\nb\nc"
    assert taken == [0]
    qtbot.waitUntil(lambda: taken == [0, 1, 2])
    last = text.document().lastBlock().layout()
    qtbot.waitUntil(lambda: len(last.formats()) == 1)


def test_characters_beyond_16_bits_are_coloured_and_copied(theme: Theme, text: CodeText) -> None:
    code = "'\U0001f600\U0001f600' x"
    text.show_rows([CodeRow(shown_lines(code)[0])], [(0, (Span(5, 6, Syntax.NAME),))])
    assert looks(text, 7)[0] == theme.tokens.code.name
    text.selectAll()
    assert text.selected_original() == code
    cursor = text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(3, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert text.selected_original() == "'\U0001f600"


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
