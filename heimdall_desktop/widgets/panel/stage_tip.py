"""The dark box beside a stage: all there is to say of it while pointer or keyboard are on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.look.painting import rounded_box
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

PADDING_PX = 12
TOP_PX = 9
WIDEST_PX = 420
MOST_LINES = 24  # of a wrapped text, so that the box fits into the lowest window
RADIUS_PX = 6
GAP_PX = 6
EDGE_PX = 8
LINE_SEPARATOR = "\u2028"


class StageTip(QWidget):
    """Shows lines over the window, clear of the row they belong to. It takes no part in the mouse.

    Args:
        theme: Colours and fonts.
        owner: It lies over the window of this widget, and goes with it.
    """

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner)
        self._theme = theme
        self._owner = owner
        self._lines: tuple[str, ...] = ()
        self.setObjectName("stage_tip")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says; nothing while it is hidden."""
        return self._lines if self.isVisible() else ()

    def show_lines(self, lines: Sequence[str], beside: QRect) -> None:
        """Show other lines.

        Args:
            lines: the first is a name.
            beside: what they belong to, in coordinates of the screen; it stays in sight.
        """
        self._lines = tuple(lines)
        if any(self._is_cut(number) for number in range(self._count)):
            self._lines += (tr("The copy has all of it."),)
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.resize(self.sizeHint())
        self.move(self._place(QRect(window.mapFromGlobal(beside.topLeft()), beside.size())))
        self.update()
        if self.isHidden():  # what has come over the window since then stays over it
            self.show()
            self.raise_()

    def sizeHint(self) -> QSize:
        rects = [self._text_rect(self._wrapped(number)) for number in range(self._count)]
        widest = max((rect.width() for rect in rects), default=0)
        height = sum(rect.height() for rect in rects)
        scale = self._theme.scale
        return QSize(
            round(widest + 0.5) + 2 * scale(PADDING_PX), round(height + 0.5) + 2 * scale(TOP_PX)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            tokens, scale = theme.tokens, theme.scale
            rounded_box(painter, QRectF(self.rect()), scale(RADIUS_PX), ground=tokens.inverse)
            painter.setPen(tokens.inverse_text)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setClipRect(self.rect())
            top = float(scale(TOP_PX))
            for number in range(self._count):
                text = self._wrapped(number)
                text.draw(painter, QPointF(scale(PADDING_PX), top))
                top += self._text_rect(text).height()

    @property
    def _count(self) -> int:
        return len(self._lines)

    @staticmethod
    def _weight(number: int) -> Weight:
        return Weight.REGULAR if number else Weight.SEMIBOLD

    def _is_cut(self, number: int) -> bool:
        text = self._wrapped(number)
        last = text.lineAt(text.lineCount() - 1)
        return last.textStart() + last.textLength() < len(text.text().encode("utf-16-le")) // 2

    def _wrapped(self, number: int) -> QTextLayout:
        """Lay a line out, wrapped between words, and cut where it is too long to be read here."""
        font = self._theme.font(Role.SMALL, self._weight(number))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self._lines[number].replace("\n", LINE_SEPARATOR), font)
        layout.setTextOption(option)
        spacing = QFontMetricsF(font).lineSpacing()
        layout.beginLayout()
        while layout.lineCount() < MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(self._theme.scale(WIDEST_PX))
            line.setPosition(QPointF(0, (layout.lineCount() - 1) * spacing))
        layout.endLayout()
        return layout

    def _text_rect(self, text: QTextLayout) -> QRectF:
        lines = [text.lineAt(number) for number in range(text.lineCount())]
        width = max((line.naturalTextWidth() for line in lines), default=0)
        height = max(len(lines), 1) * QFontMetricsF(text.font()).lineSpacing()
        return QRectF(0, 0, width + 1, height)

    def _place(self, row: QRect) -> QPoint:
        """Stand under the row, or above it where there is no room, inside the window."""
        scale, window = self._theme.scale, self._owner.window().rect()
        edge, gap = scale(EDGE_PX), scale(GAP_PX)
        left = min(max(row.left(), edge), max(window.width() - self.width() - edge, edge))
        below = row.bottom() + gap
        if below + self.height() + edge <= window.height():
            return QPoint(left, below)
        return QPoint(left, max(row.top() - gap - self.height(), edge))
