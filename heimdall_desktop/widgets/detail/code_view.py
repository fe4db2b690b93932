"""A read-only view of code: line numbers, signs and line grounds, and beside them Qt's text.

The text scrolls sideways, the numbers stay. The view is as high as its lines, because the page
around it scrolls. It is a `QTextEdit` because a line has the same height whatever fonts its
characters need; the plain text layouts of Qt can't do that. Source: look.md 5, 7.
"""

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain

from msgspec import Struct
from PySide6 import QtGui
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.text_labels import new_menu
from heimdall_desktop.widgets.detail import code_lines
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import CENTRED, TRAILING, draw_text, fill, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight

LINE_PX = 18
RADIUS_PX = 6
MARGIN_PX = 4  # above the first and below the last line
EDGE_PX = 1
BAR_PX = 3
DOT_STEP_PX = 6  # of a dotted bar
NUMBER_START_PX = 10
NUMBER_GAP_PX = 8
LEAST_FIGURES = 3
SIGN_PX = 14
TEXT_GAP_PX = 6
SLICE_S = 0.006  # time slice for colouring; with layout, 8 ms until the window continues
_PAGE_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)

Colours = Iterable[tuple[int, tuple[code_lines.Span, ...]]]
"""The index of a line and its syntax, computed on iteration."""


class LineKind(Enum):
    """The kind of a line; the value of a diff line is its first character in the diff."""

    PLAIN = " "
    ADDED = "+"
    REMOVED = "-"
    HEADING = "@"
    AFFECTED = "affected"
    GAP = "gap"  # beside a line that only the other side of a diff has


class CodeLine(Struct, frozen=True):
    """A line of code and what is drawn beside and behind it.

    Attributes:
        shown: The text, and what it was made from.
        numbers: One for each column of numbers; None leaves a place empty.
        kind: Determines its ground, bar and sign.
        words: Ranges of the shown text on a stronger ground: what a patch changed.
    """

    shown: code_lines.ShownLine
    numbers: tuple[int | None, ...] = ()
    kind: LineKind = LineKind.PLAIN
    words: tuple[tuple[int, int], ...] = ()


class CodeText(QTextEdit):
    """The text of a view: selected by mouse and keyboard, and copied as the server sent it.

    It leaves vertical scrolling to the page. The text appears at once and its colours line by line,
    so that long code doesn't block the window.

    Args:
        view: Draws numbers and grounds.

    Signals:
        focus_changed: The view draws its frame differently.
    """

    focus_changed = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme_of(self)
        self._lines: Sequence[CodeLine] = ()
        self._spans: dict[int, tuple[code_lines.Span, ...]] = {}
        self._coming: Iterator[tuple[int, tuple[code_lines.Span, ...]]] = iter(())
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._colour)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)

    @property
    def line_height(self) -> int:
        return max(self._theme.scale(LINE_PX), round(self._theme.metrics(Role.MONO).height()) + 2)

    def show_lines(self, lines: Sequence[CodeLine], colours: Colours = ()) -> None:
        self._lines, self._spans, self._coming = lines, {}, iter(colours)
        self.lay_out()

    def lay_out(self) -> None:
        """Set the text in the present fonts and colours."""
        self.setFont(self._theme.font(Role.MONO))
        self.document().clear()
        cursor = QtGui.QTextCursor(self.document())
        cursor.beginEditBlock()
        block = QtGui.QTextBlockFormat()
        block.setLineHeight(
            self.line_height, QtGui.QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        cursor.setBlockFormat(block)
        cursor.insertText("\n".join(line.shown.text for line in self._lines))
        cursor.endEditBlock()
        self.moveCursor(QtGui.QTextCursor.MoveOperation.Start)
        known = {n: () for n, line in enumerate(self._lines) if line.words or line.shown.hidden}
        self._coming = chain((known | self._spans).items(), self._coming)
        self._colour()

    def copy_original(self) -> None:
        """Copy the original of the selection to the clipboard, without control characters.

        Qt's own hook for this passes a `QMimeData` that Python frees while the clipboard still
        needs it: the process then crashes when it ends.
        """
        if self.textCursor().hasSelection():
            copy_text(self.selected_original())

    def selected_original(self) -> str:
        cursor = self.textCursor()
        first, start = self._place_of(cursor.selectionStart())
        last, end = self._place_of(cursor.selectionEnd())
        parts: list[str] = []
        for number in range(first, last + 1):
            line = self._lines[number].shown
            stop = end if number == last else len(line.text)
            parts.append(line.original_part(start if number == first else 0, stop))
        return "\n".join(parts)

    def _place_of(self, position: int) -> tuple[int, int]:
        """Return line and character of a position, which Qt counts in units of 16 bits."""
        block = self.document().findBlock(position)
        before = block.text().encode("utf-16-le")[: 2 * (position - block.position())]
        return block.blockNumber(), len(before.decode("utf-16-le", "ignore"))

    def wheelEvent(self, event: QtGui.QWheelEvent) -> None:
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (delta.x() or delta.y()))
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        selects = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.matches(QtGui.QKeySequence.StandardKey.Copy):
            self.copy_original()
        elif event.key() in _PAGE_KEYS and not selects:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        menu = new_menu(self, tr("Code"))
        copy = menu.addAction(tr("Copy"), self.copy_original)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction(tr("Select all"), self.selectAll)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QtGui.QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QtGui.QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def _colour(self) -> None:
        """Colour lines until the time slice ends, and continue later."""
        until = time.perf_counter() + SLICE_S
        document, places = self.document(), []
        for place, spans in self._coming:
            self._spans[place] = spans
            document.findBlockByNumber(place).layout().setFormats([*self._looks(place)])
            places.append(place)
            if time.perf_counter() > until:
                self._next.start()
                break
        if places:
            start = document.findBlockByNumber(min(places)).position()
            last = document.findBlockByNumber(max(places))
            document.markContentsDirty(start, last.position() + last.length() - start)

    def _looks(self, place: int) -> Iterator[QtGui.QTextLayout.FormatRange]:
        """Yield the formats of a line's parts; where two overlap, the later one counts."""
        line, tokens = self._lines[place], self._theme.tokens
        text, spans, code = line.shown.text, self._spans[place], tokens.code
        for span in spans:
            yield _look(text, span.start, span.end, getattr(code, span.syntax.value))
        ground = code.added_word if line.kind is LineKind.ADDED else code.removed_word
        for start, end in line.words:
            yield _look(text, start, end, None, ground)
            for span in spans:
                if (
                    span.syntax is code_lines.Syntax.COMMENT
                    and span.start < end
                    and start < span.end
                ):
                    first, last = max(start, span.start), min(end, span.end)
                    yield _look(text, first, last, tokens.text, ground)  # too faint
        for start, end in line.shown.hidden:
            yield _look(text, start, end, tokens.failed, tokens.failed_ground)


def _look(
    text: str, start: int, end: int, ink: QtGui.QColor | None, ground: QtGui.QColor | None = None
) -> QtGui.QTextLayout.FormatRange:
    look = QtGui.QTextLayout.FormatRange()
    look.start, look.length = _units(text[:start]), _units(text[start:end])
    style = QtGui.QTextCharFormat()
    if ink is not None:
        style.setForeground(ink)
    if ground is not None:
        style.setBackground(ground)
    look.format = style
    return look


def _units(text: str) -> int:
    """Return how many characters Qt counts: two for one beyond its 16 bits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class CodeView(QWidget):
    """Shows lines of code, from a file or of a diff, in a rounded frame.

    Args:
        name: What the code is, for assistive technology; numbered code adds its lines.
        has_signs: Keep a column for `+` and minus signs.
    """

    def __init__(
        self, parent: QWidget | None = None, *, name: str = "", has_signs: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._name = name or tr("Code")
        self._has_signs = has_signs
        self._figures = LEAST_FIGURES
        self.lines: Sequence[CodeLine] = ()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self.text = CodeText(self)
        self.text.setAccessibleName(self._name)
        self.text.focus_changed.connect(self.update)
        self.setFocusProxy(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme.changed.connect(self.text.lay_out)
        self._theme.changed.connect(self._lay_out)

    def show_code(
        self,
        code: str,
        *,
        numbers: Sequence[int | None] | None = None,
        affected: tuple[int, int] | None = None,
        file_name: str = "",
    ) -> None:
        """Show a piece of code.

        Args:
            code: As the server sent it.
            numbers: The number of each of its lines, as far as known; None shows no numbers.
            affected: First and last number of the lines to mark.
            file_name: Determines the language; a path is fine.
        """
        first, last = affected or (0, -1)
        lines: list[CodeLine] = []
        for place, shown in enumerate(code_lines.shown_lines(code)):
            number = numbers[place] if numbers and place < len(numbers) else None
            is_affected = number is not None and first <= number <= last
            kind = LineKind.AFFECTED if is_affected else LineKind.PLAIN
            lines.append(CodeLine(shown, (number,) if numbers else (), kind))
        self.show_lines(
            lines, enumerate(code_lines.highlight([x.shown.text for x in lines], file_name))
        )
        known = [line.numbers[0] for line in lines if numbers and line.numbers[0] is not None]
        words = tr("Code, lines {first} to {last}")
        name = words.format(first=min(known), last=max(known)) if known else self._name
        self.text.setAccessibleName(name)

    def show_lines(self, lines: Sequence[CodeLine], colours: Colours = ()) -> None:
        self.lines = lines
        numbers = (number for line in lines for number in line.numbers if number is not None)
        self._figures = max(LEAST_FIGURES, len(str(max(numbers, default=0))))
        self.text.show_lines(lines, colours)
        self._lay_out()

    def sizeHint(self) -> QSize:
        height = len(self.lines) * self.text.line_height + 2 * self._theme.scale(MARGIN_PX)
        if self.text.document().idealWidth() > self._text_room():
            height += self.text.horizontalScrollBar().sizeHint().height()
        return QSize(self._theme.scale(320), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(120), self.sizeHint().height())

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        self._lay_out()  # a scroll bar may appear or disappear

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        rect, tokens = QRectF(self.rect()), self._theme.tokens
        radius, margin = self._theme.scale(RADIUS_PX), self._theme.scale(MARGIN_PX)
        height = self.text.line_height
        with QtGui.QPainter(self) as painter:
            rounded_box(painter, rect, radius, ground=tokens.code.ground)
            first = max(0, (event.rect().top() - margin) // height)
            end = (event.rect().bottom() - margin) // height + 1
            for place, line in enumerate(self.lines[first:end], first):
                top = margin + place * height
                self._draw_line(painter, line, QRectF(0, top, rect.width(), height))
            has_focus = self.text.hasFocus()
            edge = tokens.accent if has_focus else tokens.hairline
            rounded_box(painter, rect, radius, line=edge, line_px=2.0 if has_focus else 1.0)

    def _draw_line(self, painter: QtGui.QPainter, line: CodeLine, rect: QRectF) -> None:
        """Draw the ground of a line, its bar, its numbers and its sign."""
        scale, tokens, code = self._theme.scale, self._theme.tokens, self._theme.tokens.code
        ground, bar, sign = {
            LineKind.AFFECTED: (code.marked, code.marked_bar, ""),
            LineKind.ADDED: (code.added, code.added_bar, "+"),
            LineKind.REMOVED: (code.removed, code.removed_bar, "\u2212"),
        }.get(line.kind, (None, None, ""))
        if ground is not None and bar is not None:
            inside = rect.adjusted(EDGE_PX, 0, -EDGE_PX, 0)
            fill(painter, inside, ground)
            inside.setWidth(scale(BAR_PX))
            dots = max(1, round(rect.height() / DOT_STEP_PX))
            step = rect.height() / dots
            if line.kind is LineKind.REMOVED:  # dotted, to differ in greyscale
                inside.setHeight(step / 2)
            for dot in range(dots if line.kind is LineKind.REMOVED else 1):
                fill(painter, inside.translated(0, dot * step), bar)
        font, width = self._theme.font(Role.MONO), self._number_width()
        ink = tokens.text if line.kind is LineKind.AFFECTED else code.line_number
        place = QRectF(scale(NUMBER_START_PX), rect.top(), width, rect.height())
        for number in line.numbers:
            if number is not None:
                draw_text(painter, place, str(number), font, ink, TRAILING)
            place.translate(width + scale(NUMBER_GAP_PX), 0)
        if sign and bar is not None:
            place.setWidth(scale(SIGN_PX))
            font = self._theme.font(Role.MONO, Weight.SEMIBOLD)
            draw_text(painter, place, sign, font, bar, CENTRED)

    def _lay_out(self) -> None:
        line = self.text.document().firstBlock().layout().lineAt(0)
        # Qt adds all space of a line above its text, which would be below the middle
        sinking = max(0, round(line.y() - (self.text.line_height - line.height()) / 2))
        top = self._theme.scale(MARGIN_PX) - sinking
        height = max(0, self.height() - top - EDGE_PX)
        self.text.setGeometry(self._text_left(), top, max(0, self._text_room()), height)
        self.updateGeometry()
        self.update()

    def _text_room(self) -> int:
        return self.width() - self._text_left() - EDGE_PX - self._theme.scale(TEXT_GAP_PX)

    def _text_left(self) -> int:
        scale = self._theme.scale
        columns = len(self.lines[0].numbers) if self.lines else 0
        numbers = columns * (self._number_width() + scale(NUMBER_GAP_PX))
        signs = scale(SIGN_PX) if self._has_signs and columns else 0
        return math.ceil(scale(NUMBER_START_PX) + numbers + signs + scale(TEXT_GAP_PX))

    def _number_width(self) -> float:
        return self._theme.text_width("0" * self._figures, Role.MONO)
