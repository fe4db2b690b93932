"""Code shows its numbers and marks, copies the original, and leaves scrolling to its page."""

from collections.abc import Iterator

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_lines import Span, Syntax, shown_lines
from heimdall_desktop.widgets.detail.code_view import CodeLine, CodeText, CodeView, LineKind
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK
from tests.widgets.conftest import Owned

FOREGROUND = QtGui.QTextFormat.Property.ForegroundBrush.value
BACKGROUND = QtGui.QTextFormat.Property.BackgroundBrush.value
CODE = "    cur = db.cursor()\n    cur.execute(\n        q)\n"
MARKUP = "\tif <b>x</b>:\n\t\treturn '\u202e'\n"


@pytest.fixture
def view(owned: Owned) -> CodeView:
    view = owned(CodeView())
    view.show_code(CODE, numbers=(87, 88, 89), affected=(88, 89), file_name="shop/orders.py")
    view.resize(300, view.sizeHint().height())
    return view


@pytest.fixture
def text(view: CodeView) -> CodeText:
    view.show_code(MARKUP)
    return view.text


def code_lines(code: str) -> list[CodeLine]:
    return [CodeLine(line) for line in shown_lines(code)]


def select(text: CodeText, start: int, end: int) -> None:
    cursor = text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QtGui.QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def looks(text: CodeText, column: int) -> tuple[QtGui.QColor, QtGui.QColor]:
    """Return ink and ground of a character of the first line."""
    ink, ground = text.palette().text().color(), QtGui.QColor()
    for part in text.document().firstBlock().layout().formats():
        if part.start <= column < part.start + part.length:
            style = part.format
            ink = style.foreground().color() if style.hasProperty(FOREGROUND) else ink
            ground = style.background().color() if style.hasProperty(BACKGROUND) else ground
    return ink, ground


def test_numbers_lines_and_marks_the_affected_ones(view: CodeView) -> None:
    assert [(line.numbers, line.kind) for line in view.lines] == [
        ((87,), LineKind.PLAIN),
        ((88,), LineKind.AFFECTED),
        ((89,), LineKind.AFFECTED),
    ]
    assert view.text.accessibleName() == "Code, lines 87 to 89"


def test_code_with_unknown_lines_has_no_numbers(view: CodeView) -> None:
    view.show_code("x = 1")
    assert view.lines[0].numbers == ()
    assert view.text.accessibleName() == "Code"


def test_is_as_high_as_its_lines(view: CodeView) -> None:
    assert view.sizeHint().height() == 3 * view.text.line_height + 8
    view.show_code("x\n" * 40)
    assert view.sizeHint().height() == 40 * view.text.line_height + 8


def test_every_line_has_the_same_height(view: CodeView) -> None:
    view.show_code("a\n\u4e2d\u6587\n\U0001f600\nz")
    document = view.text.document()
    last = document.documentLayout().blockBoundingRect(document.findBlockByNumber(3))
    assert last.top() == 3 * view.text.line_height


def test_a_long_line_scrolls_sideways_inside(view: CodeView, qtbot: QtBot) -> None:
    view.show_code("x" * 500)
    assert view.sizeHint().height() > view.text.line_height + 8
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.text.horizontalScrollBar().maximum() > 0)


def test_follows_the_theme(theme: Theme, view: CodeView, qtbot: QtBot) -> None:
    view.show()
    view.show_lines(code_lines("return 1"), [(0, (Span(0, 6, Syntax.KEYWORD),))])
    theme.set_mode(ThemeMode.DARK)
    assert view.grab().toImage().pixelColor(290, 12) == DARK.code.ground
    assert view.text.toPlainText() == "return 1"
    assert looks(view.text, 3)[0] == DARK.code.keyword
    view.show_lines(code_lines("returned"))
    qtbot.waitUntil(lambda: looks(view.text, 3)[0] == DARK.text)


def test_markup_stays_text_and_nothing_can_be_typed(text: CodeText) -> None:
    QTest.keyClicks(text, "x = 1")
    assert text.toPlainText() == "if <b>x</b>:\n    return '<U+202E>'"


def test_copying_all_gives_the_original_without_controls(view: CodeView, text: CodeText) -> None:
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QtGui.QGuiApplication.clipboard().text() == MARKUP.rstrip("\n")
    view.show_lines(code_lines("\tx = '\x1b[2J\x00'\r\n\ty\x07\n"))
    text.selectAll()
    text.copy_original()
    assert QtGui.QGuiApplication.clipboard().text() == "\tx = '[2J'\n\ty"


def test_the_menu_copies_the_original(text: CodeText) -> None:
    text.selectAll()
    place = QPoint(5, 5)
    reason = QtGui.QContextMenuEvent.Reason.Mouse
    text.contextMenuEvent(QtGui.QContextMenuEvent(reason, place, text.mapToGlobal(place)))
    menu = text.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Copy", "Select all"]
    menu.actions()[0].trigger()
    menu.close()
    assert QtGui.QGuiApplication.clipboard().text() == MARKUP.rstrip("\n")


@pytest.mark.parametrize(
    ("start", "end", "original"),
    [(3, 12, "<b>x</b>:"), (9, 19, "b>:\n\t\tre"), (25, 33, "\u202e")],
    ids=["part", "two lines", "invisible"],
)
def test_copying_a_part_gives_its_own(text: CodeText, start: int, end: int, original: str) -> None:
    select(text, start, end)
    assert text.selected_original() == original


def test_colours_syntax_and_invisible_characters(theme: Theme, view: CodeView) -> None:
    view.show_lines(code_lines("return 1\u202e"), [(0, (Span(0, 6, Syntax.KEYWORD),))])
    assert looks(view.text, 3)[0] == theme.tokens.code.keyword
    assert looks(view.text, 7)[0] == theme.tokens.text
    assert looks(view.text, 8) == (theme.tokens.failed, theme.tokens.failed_ground)


def test_a_comment_on_a_word_ground_has_the_text_colour(theme: Theme, view: CodeView) -> None:
    line = CodeLine(shown_lines("# why")[0], kind=LineKind.ADDED, words=((2, 5),))
    view.show_lines([line], [(0, (Span(0, 5, Syntax.COMMENT),))])
    assert looks(view.text, 1)[0] == theme.tokens.code.comment
    assert looks(view.text, 4) == (theme.tokens.text, theme.tokens.code.added_word)


def test_slow_colours_follow(view: CodeView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heimdall_desktop.widgets.detail.code_view.SLICE_S", 0.0)
    taken: list[int] = []

    def colours() -> Iterator[tuple[int, tuple[Span, ...]]]:
        for place in range(3):
            taken.append(place)
            yield place, (Span(0, 1, Syntax.NAME),)

    view.show_lines(code_lines("a\nb\nc"), colours())
    assert view.text.toPlainText() == "a\nb\nc"
    assert taken == [0]
    qtbot.waitUntil(lambda: taken == [0, 1, 2])
    last = view.text.document().lastBlock().layout()
    qtbot.waitUntil(lambda: len(last.formats()) == 1)


def test_characters_beyond_16_bits_are_coloured_and_copied(theme: Theme, view: CodeView) -> None:
    code = "'\U0001f600\U0001f600' x"
    view.show_lines(code_lines(code), [(0, (Span(5, 6, Syntax.NAME),))])
    assert looks(view.text, 7)[0] == theme.tokens.code.name
    view.text.selectAll()
    assert view.text.selected_original() == code
    select(view.text, 0, 3)
    assert view.text.selected_original() == "'\U0001f600"


@pytest.mark.parametrize(("delta", "is_ours"), [(QPoint(0, -120), False), (QPoint(-120, 0), True)])
def test_only_sideways_scrolling_is_handled(text: CodeText, delta: QPoint, is_ours: bool) -> None:
    wheel = QtGui.QWheelEvent(
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
