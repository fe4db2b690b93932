"""The dark box beside a stage: all there is to say of it while pointer or keyboard are on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.wording import tr
from heimdall_desktop.widgets.look.painting import rounded_box
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

PADDING_PX = 12
TOP_PX = 9
WIDEST_PX = 420
MOST_LINES = 24  # of a wrapped text, so that the box fits into the lowest window
RADIUS_PX = 6
GAP_PX = 6
EDGE_PX = 8
_WRAPPED = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft)


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
        self.show()
        self.raise_()

    def sizeHint(self) -> QSize:
        widest = max((self._text_rect(number).width() for number in range(self._count)), default=0)
        height = sum(self._text_rect(number).height() for number in range(self._count))
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
                rect = self._text_rect(number).translated(scale(PADDING_PX), top)
                painter.setFont(theme.font(Role.SMALL, self._weight(number)))
                painter.drawText(rect, _WRAPPED, self._lines[number])
                top += rect.height()

    @property
    def _count(self) -> int:
        return len(self._lines)

    @staticmethod
    def _weight(number: int) -> Weight:
        return Weight.REGULAR if number else Weight.SEMIBOLD

    def _is_cut(self, number: int) -> bool:
        return self._needed(number).height() > self._most().height()

    def _most(self) -> QRectF:
        metrics = QFontMetricsF(self._theme.font(Role.SMALL))
        return QRectF(0, 0, self._theme.scale(WIDEST_PX), MOST_LINES * metrics.lineSpacing())

    def _needed(self, number: int) -> QRectF:
        metrics = QFontMetricsF(self._theme.font(Role.SMALL, self._weight(number)))
        widest = QRectF(0, 0, self._theme.scale(WIDEST_PX), 1_000_000)
        return metrics.boundingRect(widest, _WRAPPED, self._lines[number])

    def _text_rect(self, number: int) -> QRectF:
        """Measure a line, wrapped and cut where it is too long to be read here."""
        metrics = QFontMetricsF(self._theme.font(Role.SMALL, self._weight(number)))
        most, needed = self._most(), self._needed(number)
        height = min(max(needed.height(), metrics.lineSpacing()), most.height())
        return QRectF(0, 0, min(needed.width() + 1, most.width()), height)

    def _place(self, row: QRect) -> QPoint:
        """Stand under the row, or above it where there is no room, inside the window."""
        scale, window = self._theme.scale, self._owner.window().rect()
        edge, gap = scale(EDGE_PX), scale(GAP_PX)
        left = min(max(row.left(), edge), max(window.width() - self.width() - edge, edge))
        below = row.bottom() + gap
        if below + self.height() + edge <= window.height():
            return QPoint(left, below)
        return QPoint(left, max(row.top() - gap - self.height(), edge))
