"""Lays icons and texts side by side while painting, from where a line begins.

Painted buttons, cards and table cells are rows of small parts. The cursor walks along such a row
and mirrors every place for right-to-left languages, so that no painter has to think of it.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from heimdall_desktop.widgets.look.painting import LEADING, TRAILING, draw_icon, draw_text, mirrored
from heimdall_desktop.widgets.look.theme import Theme

_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"  # Source: Unicode, UAX 9
_POINTS = {"ui-chevron-left": "ui-chevron-right", "ui-chevron-right": "ui-chevron-left"}


class RowCursor:
    """Hands out the parts of a row from its leading edge.

    Args:
        theme: Where icons come from.
        painter: What draws.
        rect: The whole row.
        direction: From which side a line is read.
    """

    def __init__(
        self, theme: Theme, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection
    ) -> None:
        self._theme = theme
        self._painter = painter
        self._rect = rect
        self._direction = direction
        painter.setLayoutDirection(direction)  # turns leading texts to the other side
        self._used = 0.0
        self._used_at_end = 0.0

    @property
    def remaining(self) -> float:
        """The width not taken yet, in pixels."""
        return max(0.0, self._rect.width() - self._used - self._used_at_end)

    def skip(self, width: float) -> None:
        """Leave a gap at the leading side."""
        self._used += width

    def skip_at_end(self, width: float) -> None:
        """Leave a gap at the trailing side."""
        self._used_at_end += width

    def take(self, width: float) -> QRectF:
        """Return the next part at the leading side, as high as the row."""
        left = self._rect.left() + self._used
        self._used += width
        return self._place(left, width)

    def take_at_end(self, width: float) -> QRectF:
        """Return the next part at the trailing side, as high as the row."""
        self._used_at_end += width
        return self._place(self._rect.right() - self._used_at_end, width)

    def icon(self, name: str, size_px: int, colour: QColor) -> None:
        """Draw an icon as the next part, in the middle of the row's height."""
        self._draw_icon(self.take(size_px), name, size_px, colour)

    def icon_at_end(self, name: str, size_px: int, colour: QColor) -> None:
        """Draw an icon as the next part at the trailing side."""
        self._draw_icon(self.take_at_end(size_px), name, size_px, colour)

    def text(
        self,
        text: str,
        font: QFont,
        colour: QColor,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> float:
        """Draw a text as the next part, elided to what is left, and return its width."""
        before = self._used
        rect = self.take(self.remaining)
        drawn = draw_text(self._painter, rect, text, font, colour, LEADING, mode)
        self._used = before + drawn
        return drawn

    def code(self, text: str, font: QFont, colour: QColor) -> float:
        """Draw a text that is read from left to right among words of any language."""
        return self.text(f"{_ISOLATE}{text}{_END_OF_ISOLATE}", font, colour)

    def text_at_end(self, text: str, width: float, font: QFont, colour: QColor) -> None:
        """Draw a text of a known width as the next part at the trailing side."""
        rect = self.take_at_end(width)
        draw_text(self._painter, rect, text, font, colour, TRAILING)

    def _place(self, left: float, width: float) -> QRectF:
        part = QRectF(left, self._rect.top(), width, self._rect.height())
        return mirrored(part, self._rect, self._direction)

    def _draw_icon(self, rect: QRectF, name: str, size_px: int, colour: QColor) -> None:
        if self._direction is Qt.LayoutDirection.RightToLeft:
            name = _POINTS.get(name, name)  # what points onward does so in either direction
        top = rect.top() + (rect.height() - size_px) / 2
        draw_icon(self._painter, self._theme, name, QPointF(rect.left(), top), size_px, colour)
