"""Scanned code, and the frame it shares with diffs: ground, line grounds, bars, numbers and signs.

The text scrolls sideways in front of it; the numbers stay. It is as high as its lines, because the
page around it scrolls, and paints only the lines that are visible. Source: design.md §5, §7.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from msgspec import Struct, field
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.detail.code_lines import ShownLine, shown_lines
from heimdall_desktop.widgets.detail.code_text import CodeRow, CodeText
from heimdall_desktop.widgets.detail.syntax import Span, highlight
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import CENTRED, TRAILING, draw_text, fill, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight

RADIUS_PX = 6
MARGIN_PX = 4  # above the first and below the last line
EDGE_PX = 1
BAR_PX = 3
NUMBER_START_PX = 10
NUMBER_GAP_PX = 8
LEAST_FIGURES = 3
SIGN_PX = 14
TEXT_GAP_PX = 6
DOT_STEP_PX = 6  # of a dotted bar


class LineMark(Enum):
    """Why a line has a ground of its own."""

    NONE = "none"
    AFFECTED = "affected"
    ADDED = "added"
    REMOVED = "removed"
    HEADING = "heading"


class BlockLine(Struct, frozen=True):
    """A line of code with what stands beside and behind it.

    Attributes:
        row: The code.
        numbers: One for each column of numbers; None leaves a place empty.
        mark: Its ground and bar.
    """

    row: CodeRow
    numbers: tuple[int | None, ...] = field(default=())
    mark: LineMark = LineMark.NONE


class CodeBlock(QWidget):
    """Shows lines of code in a rounded frame.

    Args:
        name: What the code is, for assistive technology.
        has_signs: Keep a column for `+` and minus signs.
        parent: Its owner.
    """

    def __init__(
        self, name: str, *, has_signs: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._has_signs = has_signs
        self._lines: Sequence[BlockLine] = ()
        self._figures = LEAST_FIGURES
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self._text = CodeText(self)
        self._text.setAccessibleName(name)
        self._text.focus_changed.connect(self.update)
        self.setFocusProxy(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme.changed.connect(self._dress)

    @property
    def text(self) -> CodeText:
        """The text inside, for selections and searching."""
        return self._text

    @property
    def lines(self) -> Sequence[BlockLine]:
        """What is shown."""
        return self._lines

    def show_lines(
        self,
        lines: Sequence[BlockLine],
        colours: Iterable[tuple[int, tuple[Span, ...]]] = (),
    ) -> None:
        """Replace everything that is shown.

        Args:
            lines: what is shown.
            colours: the place of a line and its syntax, found while they are taken.
        """
        self._lines = lines
        shown = (number for line in lines for number in line.numbers if number is not None)
        self._figures = max(LEAST_FIGURES, len(str(max(shown, default=0))))
        self._text.show_rows([line.row for line in lines], colours)
        self._lay_out()

    def set_name(self, name: str) -> None:
        """Say what the code is, to assistive technology."""
        self._text.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        height = len(self._lines) * self._text.line_height + 2 * self._margin()
        if self._overflows():
            height += self._text.horizontalScrollBar().sizeHint().height()
        return QSize(self._theme.scale(320), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_text()
        self.updateGeometry()  # a scroll bar may come or go

    def paintEvent(self, event: QPaintEvent) -> None:
        rect, tokens = QRectF(self.rect()), self._theme.tokens
        with QPainter(self) as painter:
            radius = self._theme.scale(RADIUS_PX)
            rounded_box(painter, rect, radius, ground=tokens.code.ground)
            height, margin = self._text.line_height, self._margin()
            first = max(0, (event.rect().top() - margin) // height)
            last = min(len(self._lines), (event.rect().bottom() - margin) // height + 1)
            for index in range(first, last):
                top = margin + index * height
                self._draw_line(painter, self._lines[index], QRectF(0, top, rect.width(), height))
            has_focus = self._text.hasFocus()
            line = tokens.accent if has_focus else tokens.hairline
            rounded_box(painter, rect, radius, line=line, line_px=2.0 if has_focus else 1.0)

    def _draw_line(self, painter: QPainter, line: BlockLine, rect: QRectF) -> None:
        self._draw_mark(painter, line.mark, rect.adjusted(EDGE_PX, 0, -EDGE_PX, 0))
        tokens, font = self._theme.tokens, self._theme.font(Role.MONO)
        left, width = float(self._theme.scale(NUMBER_START_PX)), self._number_width()
        ink = tokens.text if line.mark is LineMark.AFFECTED else tokens.code.line_number
        for number in line.numbers:
            if number is not None:
                place = QRectF(left, rect.top(), width, rect.height())
                draw_text(painter, place, str(number), font, ink, TRAILING)
            left += width + self._theme.scale(NUMBER_GAP_PX)
        self._draw_sign(painter, line.mark, QRectF(left, rect.top(), 0, rect.height()))

    def _draw_mark(self, painter: QPainter, mark: LineMark, rect: QRectF) -> None:
        colours = self._mark_colours(mark)
        if colours is None:
            return
        ground, bar = colours
        fill(painter, rect, ground)
        width = self._theme.scale(BAR_PX)
        if mark is not LineMark.REMOVED:
            fill(painter, QRectF(rect.left(), rect.top(), width, rect.height()), bar)
            return
        step = rect.height() / max(1, round(rect.height() / DOT_STEP_PX))
        for index in range(round(rect.height() / step)):
            top = rect.top() + index * step
            fill(painter, QRectF(rect.left(), top, width, step / 2), bar)

    def _draw_sign(self, painter: QPainter, mark: LineMark, rect: QRectF) -> None:
        signs = {LineMark.ADDED: "+", LineMark.REMOVED: "\u2212"}
        colours = self._mark_colours(mark)
        if mark not in signs or colours is None:
            return
        font = self._theme.font(Role.MONO, Weight.SEMIBOLD)
        place = QRectF(rect.left(), rect.top(), self._theme.scale(SIGN_PX), rect.height())
        draw_text(painter, place, signs[mark], font, colours[1], CENTRED)

    def _mark_colours(self, mark: LineMark) -> tuple[QColor, QColor] | None:
        code = self._theme.tokens.code
        return {
            LineMark.AFFECTED: (code.marked, code.marked_bar),
            LineMark.ADDED: (code.added, code.added_bar),
            LineMark.REMOVED: (code.removed, code.removed_bar),
        }.get(mark)

    def _dress(self) -> None:
        self._text.lay_out()
        self._lay_out()

    def _lay_out(self) -> None:
        self._place_text()
        self.updateGeometry()
        self.update()

    def _overflows(self) -> bool:
        return self._text.document().idealWidth() > self._text_room()

    def _text_room(self) -> int:
        return self.width() - self._text_left() - EDGE_PX - self._theme.scale(TEXT_GAP_PX)

    def _place_text(self) -> None:
        left, margin, room = self._text_left(), self._margin(), self._text_room()
        height = self.height() - margin - EDGE_PX
        top = margin - self._text.sinking
        self._text.setGeometry(left, top, max(0, room), max(0, height + self._text.sinking))

    def _text_left(self) -> int:
        scale = self._theme.scale
        columns = len(self._lines[0].numbers) if self._lines else 0
        numbers = columns * (self._number_width() + scale(NUMBER_GAP_PX))
        signs = scale(SIGN_PX) if self._has_signs and columns else 0
        return math.ceil(scale(NUMBER_START_PX) + numbers + signs + scale(TEXT_GAP_PX))

    def _number_width(self) -> float:
        return self._theme.text_width("0" * self._figures, Role.MONO)

    def _margin(self) -> int:
        return self._theme.scale(MARGIN_PX)


class CodeView(CodeBlock):
    """Shows code from a file.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Code"), parent=parent)

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
            file_name: Decides on the language; a path is fine.
        """
        lines = shown_lines(code)
        first, last = affected or (0, -1)
        shown = []
        for place, line in enumerate(lines):
            number = numbers[place] if numbers and place < len(numbers) else None
            is_affected = number is not None and first <= number <= last
            mark = LineMark.AFFECTED if is_affected else LineMark.NONE
            shown.append(BlockLine(CodeRow(line), (number,) if numbers else (), mark))
        self.show_lines(shown, colours(lines, file_name))
        self.set_name(_name([line.numbers[0] for line in shown] if numbers else ()))


def _name(numbers: Sequence[int | None]) -> str:
    known = [number for number in numbers if number is not None]
    if not known:
        return tr("Code")
    return tr("Code, lines {first} to {last}").format(first=min(known), last=max(known))


def colours(lines: Sequence[ShownLine], file_name: str) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield the place of each line and its syntax."""
    return enumerate(highlight([line.text for line in lines], file_name))
