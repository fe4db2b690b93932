"""The text of a code block: read only, selectable by mouse and keyboard, copied as it came.

It scrolls sideways by itself and leaves everything vertical to the page around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from heimdall_desktop.domain.wording import tr
from heimdall_desktop.widgets.code_lines import ShownLine
from heimdall_desktop.widgets.syntax import Span, Syntax
from heimdall_desktop.widgets.theme import Role, Theme

LINE_PX = 18
_PAGE_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One line of code with what is drawn into it.

    Attributes:
        line: The text, and what it was made from.
        spans: Its syntax.
        words: Ranges on a ground of their own, such as what a patch changed.
        word_ground: The name of that ground among the code colours.
    """

    line: ShownLine
    spans: tuple[Span, ...] = ()
    words: tuple[tuple[int, int], ...] = ()
    word_ground: str = "added_word"


class CodeText(QTextEdit):
    """Shows rows of code on a transparent ground.

    Args:
        theme: Colours, fonts and measures.
        parent: The block that draws grounds and numbers.
    """

    focus_changed = Signal()
    """The keyboard came or went."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[CodeRow] = ()
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

    def show_rows(self, rows: Sequence[CodeRow]) -> None:
        """Replace the text; also called again when colours or fonts changed."""
        self._rows = rows
        self.setFont(self._theme.font(Role.MONO))
        self._dress()
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = QTextBlockFormat()
        block.setLineHeight(self.line_height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        for index, row in enumerate(rows):
            if index:
                cursor.insertBlock(block)
            self._insert(cursor, row)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def copy_original(self) -> None:
        """Put the original of the selection on the clipboard.

        Qt's own hook for this hands over a `QMimeData` that Python frees behind the clipboard's
        back: the process then crashes when it ends.
        """
        if self.textCursor().hasSelection():
            QGuiApplication.clipboard().setText(self.selected_original())

    def selected_original(self) -> str:
        """Return what the server sent for the selected characters."""
        cursor, document = self.textCursor(), self.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        start = cursor.selectionStart() - first.position()
        end = cursor.selectionEnd() - last.position()
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

    def _insert(self, cursor: QTextCursor, row: CodeRow) -> None:
        """Insert the text piece by piece, each with the inks and the ground it needs."""
        text = row.line.text
        edges = {0, len(text)}
        for start, end in (*((span.start, span.end) for span in row.spans), *row.words):
            edges |= {start, end}
        for start, end in zip(sorted(edges), sorted(edges)[1:], strict=False):
            cursor.insertText(text[start:end], self._format(row, start))

    def _format(self, row: CodeRow, column: int) -> QTextCharFormat:
        tokens, style = self._theme.tokens, QTextCharFormat()
        spans = [span.syntax for span in row.spans if span.start <= column < span.end]
        is_word = any(start <= column < end for start, end in row.words)
        if Syntax.HIDDEN in spans:
            style.setForeground(tokens.failed)
            style.setBackground(tokens.failed_ground)
            return style
        style.setForeground(self._ink(spans[0] if spans else None, is_word=is_word))
        if is_word:
            ground: QColor = getattr(tokens.code, row.word_ground)
            style.setBackground(ground)
        return style

    def _ink(self, syntax: Syntax | None, *, is_word: bool) -> QColor:
        tokens = self._theme.tokens
        if syntax is None or (syntax is Syntax.COMMENT and is_word):
            return tokens.text  # comments are too faint for the grounds of words
        return {
            Syntax.KEYWORD: tokens.code.keyword,
            Syntax.STRING: tokens.code.string,
            Syntax.NUMBER: tokens.code.number,
            Syntax.NAME: tokens.code.name,
            Syntax.COMMENT: tokens.code.comment,
            Syntax.HIDDEN: tokens.failed,
        }[syntax]

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, self._theme.tokens.text)
        self.setPalette(palette)
