"""The text of a code block: read only, selectable by mouse and keyboard, copied as it came.

It scrolls sideways by itself and leaves everything vertical to the page around it. The text is
there at once, its colours come line by line, so that no piece of code holds the window up.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.clipboard import copy_text
from heimdall_desktop.widgets.detail.code_lines import ShownLine
from heimdall_desktop.widgets.detail.syntax import Span, Syntax
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role

LINE_PX = 18
SLICE_S = 0.008  # of colouring, before the window gets its turn
_PAGE_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CodeRow(Struct, frozen=True):
    """One line of code with what is drawn into it.

    Attributes:
        line: The text, and what it was made from.
        words: Ranges on a ground of their own, such as what a patch changed.
        word_ground: The name of that ground among the code colours.
    """

    line: ShownLine
    words: tuple[tuple[int, int], ...] = ()
    word_ground: str = "added_word"


class CodeText(QTextEdit):
    """Shows rows of code on a transparent ground.

    Args:
        parent: The block that draws grounds and numbers.
    """

    focus_changed = Signal()
    """The keyboard came or went."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._rows: Sequence[CodeRow] = ()
        self._spans: dict[int, tuple[Span, ...]] = {}
        self._coming: Iterator[tuple[int, tuple[Span, ...]]] = iter(())
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._colour)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self.document().setDefaultTextOption(option)

    @property
    def line_height(self) -> int:
        """The height of every line, in pixels."""
        return max(self._theme.scale(LINE_PX), round(self._theme.metrics(Role.MONO).height()) + 2)

    @property
    def sinking(self) -> int:
        """How many pixels the text is below the middle of its line: Qt puts all room above it."""
        line = self.document().firstBlock().layout().lineAt(0)
        return max(0, round(line.y() - (self.line_height - line.height()) / 2))

    def show_rows(
        self, rows: Sequence[CodeRow], colours: Iterable[tuple[int, tuple[Span, ...]]] = ()
    ) -> None:
        """Replace the text.

        Args:
            rows: its lines.
            colours: the place of a line and its syntax, found while they are taken.
        """
        self._rows, self._spans, self._coming = rows, {}, iter(colours)
        self.lay_out()
        self._colour()

    def lay_out(self) -> None:
        """Set the text in the present fonts and colours."""
        self.setFont(self._theme.font(Role.MONO))
        self._dress()
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = QTextBlockFormat()
        block.setLineHeight(self.line_height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        cursor.insertText("\n".join(row.line.text for row in self._rows))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        marked = (n for n, row in enumerate(self._rows) if row.words or row.line.hidden)
        self._ink_lines({*self._spans, *marked})

    def copy_original(self) -> None:
        """Put the original of the selection on the clipboard, without control characters.

        Qt's own hook for this hands over a `QMimeData` that Python frees behind the clipboard's
        back: the process then crashes when it ends.
        """
        if self.textCursor().hasSelection():
            copy_text(self.selected_original())

    def selected_original(self) -> str:
        """Return what the server sent for the selected characters."""
        cursor, document = self.textCursor(), self.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        start = _characters(first.text(), cursor.selectionStart() - first.position())
        end = _characters(last.text(), cursor.selectionEnd() - last.position())
        parts: list[str] = []
        for number in range(first.blockNumber(), last.blockNumber() + 1):
            line = self._rows[number].line
            begin = start if number == first.blockNumber() else 0
            stop = end if number == last.blockNumber() else len(line.offsets) - 1
            parts.append(line.original_part(begin, stop))
        return "\n".join(parts)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (delta.x() or delta.y()))
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        selects = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_original()
        elif event.key() in _PAGE_KEYS and not selects:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Code"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy"), self.copy_original)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction(tr("Select all"), self.selectAll)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def _colour(self) -> None:
        """Colour lines until it has taken too long, and go on later."""
        until = time.perf_counter() + SLICE_S
        done: set[int] = set()
        for place, spans in self._coming:
            self._spans[place] = spans
            done.add(place)
            if time.perf_counter() > until:
                self._next.start()
                break
        self._ink_lines(done)

    def _ink_lines(self, places: set[int]) -> None:
        document = self.document()
        for place in places:
            document.findBlockByNumber(place).layout().setFormats([*self._looks(place)])
        if places:
            start = document.findBlockByNumber(min(places)).position()
            last = document.findBlockByNumber(max(places))
            document.markContentsDirty(start, last.position() + last.length() - start)

    def _looks(self, place: int) -> Iterator[QTextLayout.FormatRange]:
        """Yield the looks of a line's parts; where two meet, the later one counts."""
        row, code = self._rows[place], self._theme.tokens.code
        text, spans = row.line.text, self._spans.get(place, ())
        for span in spans:
            yield _look(text, span.start, span.end, getattr(code, span.syntax.value))
        ground: QColor = getattr(code, row.word_ground)
        for start, end in row.words:
            yield _look(text, start, end, None, ground)
            for span in spans:
                if span.syntax is Syntax.COMMENT and span.start < end and start < span.end:
                    first, last = max(start, span.start), min(end, span.end)
                    yield _look(text, first, last, self._theme.tokens.text, ground)  # too faint
        for start, end in row.line.hidden:
            tokens = self._theme.tokens
            yield _look(text, start, end, tokens.failed, tokens.failed_ground)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, self._theme.tokens.text)
        self.setPalette(palette)


def _look(
    text: str, start: int, end: int, ink: QColor | None, ground: QColor | None = None
) -> QTextLayout.FormatRange:
    look = QTextLayout.FormatRange()
    look.start = _units(text[:start])
    look.length = _units(text[start:end])
    style = QTextCharFormat()
    if ink is not None:
        style.setForeground(ink)
    if ground is not None:
        style.setBackground(ground)
    look.format = style
    return look


def _units(text: str) -> int:
    """Return how many characters Qt counts: two for one beyond its 16 bits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _characters(text: str, units: int) -> int:
    """Return how many characters the first so many of Qt's are."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
