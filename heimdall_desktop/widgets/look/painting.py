"""Shared drawing functions of painted widgets and delegates: hairlines, boxes, text and icons.

A 1-px rectangle at 125 or 150 % covers one or two device pixels at random. So straight edges are
mapped to device pixels and rounded there; rounded outlines are inset by half their pen instead and
antialiased. Source: look.md 7 (HiDPI, Text).
"""

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

ELISION_TOLERANCE_PX = 0.5  # texts that miss by less than half a pixel stay whole
FOCUS_RING_PX = 2.0
MOST_PICTURES = 500  # of strips, a few kilobytes each
LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRED = Qt.AlignmentFlag.AlignCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine.value | Qt.TextFlag.TextDontClip.value


@contextmanager
def saved(painter: QPainter) -> Iterator[QPainter]:
    painter.save()
    try:
        yield painter
    finally:
        painter.restore()


def horizontal_hairline(
    painter: QPainter, x: float, y: float, width: float, colour: QColor
) -> None:
    """Draw a line of one pixel down from `y`, as thin as whole device pixels allow."""
    grid = painter.deviceTransform()
    thickness = max(1, math.floor(grid.m22())) / grid.m22()
    painter.fillRect(_on_pixels(grid, x, y, x + width, y + thickness), colour)


def vertical_hairline(painter: QPainter, x: float, y: float, height: float, colour: QColor) -> None:
    """Draw a line of one pixel right of `x`, as thin as whole device pixels allow."""
    grid = painter.deviceTransform()
    thickness = max(1, math.floor(grid.m11())) / grid.m11()
    painter.fillRect(_on_pixels(grid, x, y, x + thickness, y + height), colour)


def fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a rectangle whose edges are rounded to device pixels: crisp at every density."""
    painter.fillRect(snapped(painter, rect), colour)


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """Return the rectangle with its edges on device pixels, at least one pixel apart."""
    left, top = rect.left(), rect.top()
    right, bottom = left + rect.width(), top + rect.height()
    return _on_pixels(painter.deviceTransform(), left, top, right, bottom)


def rounded_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    *,
    ground: QColor | None = None,
    line: QColor | None = None,
    line_px: float = 1.0,
    dashes_px: Sequence[float] = (),
) -> None:
    """Draw a rounded rectangle with its whole outline inside `rect`.

    Args:
        painter: Draws on any device.
        rect: The outer edge.
        radius: Of the outer edge, in pixels.
        ground: What fills it.
        line: The colour of its outline.
        line_px: The width of the outline.
        dashes_px: Lengths of strokes and gaps in turn; a solid outline without them.
    """
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QBrush(ground) if ground else Qt.BrushStyle.NoBrush)
        if line:
            pen = QPen(line, line_px)
            if dashes_px:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([dash / line_px for dash in dashes_px])
            painter.setPen(pen)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        inset = line_px / 2 if line else 0.0
        inner = rect.adjusted(inset, inset, -inset, -inset)
        corner = max(0.0, min(radius, rect.height() / 2, rect.width() / 2) - inset)
        painter.drawRoundedRect(inner, corner, corner)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Draw the 2-px ring that marks the keyboard focus, along the inside of `rect`."""
    rounded_box(painter, rect, radius, line=theme.tokens.accent, line_px=FOCUS_RING_PX)


def draw_icon(
    painter: QPainter, theme: Theme, name: str, top_left: QPointF, size_px: int, colour: QColor
) -> None:
    """Draw an icon on whole device pixels, so that it stays crisp.

    Raises:
        FileNotFoundError: No icon has this name.
    """
    density = painter.device().devicePixelRatioF()
    draw_pixmap(painter, theme.pixmap(name, size_px, colour, density), top_left)


def draw_pixmap(painter: QPainter, pixmap: QPixmap, top_left: QPointF) -> None:
    """Draw a pixmap made for this device without blurring it between device pixels."""
    grid = painter.deviceTransform()
    across, down, from_x, from_y = grid.m11(), grid.m22(), grid.dx(), grid.dy()
    left = (_whole(top_left.x() * across + from_x) - from_x) / across
    top = (_whole(top_left.y() * down + from_y) - from_y) / down
    painter.drawPixmap(QPointF(left, top), pixmap)


def draw_once(
    painter: QPainter,
    rect: QRectF,
    pictures: dict[Hashable, QPixmap],
    key: Hashable,
    draw: Callable[[QPainter], None],
) -> None:
    """Draw something that is painted again and again, such as each second, from a picture of it.

    Args:
        painter: Draws on any device.
        rect: Its place.
        pictures: The pictures made so far.
        key: What it shows; the picture also depends on its size and place among device pixels.
        draw: Draws it at its place, inside the rectangle.
    """
    grid = painter.deviceTransform()
    across, down, from_x, from_y = grid.m11(), grid.m22(), grid.dx(), grid.dy()
    left, top = rect.left() * across + from_x, rect.top() * down + from_y
    first, above = math.floor(left), math.floor(top)
    off_x, off_y = left - first, top - above
    whole_key = (key, across, down, off_x, off_y, rect.width(), rect.height())
    picture = pictures.get(whole_key)
    if picture is None:
        width, height = off_x + rect.width() * across, off_y + rect.height() * down
        picture = QPixmap(math.ceil(width), math.ceil(height))
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as canvas:
            canvas.setTransform(QTransform(across, 0, 0, down, from_x - first, from_y - above))
            draw(canvas)
        picture.setDevicePixelRatio(across)
        if len(pictures) >= MOST_PICTURES:
            pictures.clear()
        pictures[whole_key] = picture
    painter.drawPixmap(QPointF((first - from_x) / across, (above - from_y) / down), picture)


def elided(
    text: str,
    metrics: QFontMetricsF,
    width: float,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """Return the text cut to a width in pixels, whole if it misses by less than half a pixel."""
    return metrics.elidedText(text, mode, width + ELISION_TOLERANCE_PX)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    alignment: Qt.AlignmentFlag = LEADING,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """Draw one line of plain text, elided to the rectangle.

    `LEADING` and `TRAILING` follow the painter's layout direction, which is its widget's.

    Returns:
        The width of what was drawn, in pixels.
    """
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    if width > rect.width():
        text = elided(text, metrics, rect.width(), mode)
        width = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, alignment.value | _ONE_LINE, text)
    return width


def mirrored(rect: QRectF, outer: QRectF, direction: Qt.LayoutDirection) -> QRectF:
    """Return `rect` mirrored inside `outer` for right-to-left layouts."""
    if direction is not Qt.LayoutDirection.RightToLeft:
        return rect
    left = outer.left() + outer.right() - rect.right()
    return QRectF(left, rect.top(), rect.width(), rect.height())


def is_in_active_window(option: QStyleOptionViewItem) -> bool:
    """Return whether the view's window is active; Qt's own state covers only the view's focus.

    A selection fades with its window, not when the keyboard moves to another pane.
    Source: look.md 2 (selection, window not active).
    """
    view: object = option.widget  # None if a row is painted for no view
    is_focused = bool(option.state & QStyle.StateFlag.State_Active)
    return view.isActiveWindow() if isinstance(view, QWidget) else is_focused


def _on_pixels(grid: QTransform, left: float, top: float, right: float, bottom: float) -> QRectF:
    """Return a rectangle given by its edges with them on device pixels, at least one apart.

    The grid maps logical to device pixels; nothing here is rotated or sheared.
    """
    across, down, from_x, from_y = grid.m11(), grid.m22(), grid.dx(), grid.dy()
    first_x, first_y = _whole(left * across + from_x), _whole(top * down + from_y)
    last_x = max(first_x + 1, _whole(right * across + from_x))
    last_y = max(first_y + 1, _whole(bottom * down + from_y))
    wide, high = 1 / across, 1 / down  # a device pixel, in logical ones
    return QRectF(
        (first_x - from_x) * wide,
        (first_y - from_y) * high,
        (last_x - first_x) * wide,
        (last_y - first_y) * high,
    )


def _whole(position: float) -> int:
    """Always round halves up: Python's own rounding would give equal lines different widths."""
    return math.floor(position + 0.5)


# Lays out icons and texts side by side while painting, from the leading edge.
#
# Painted buttons, cards and table cells are rows of small parts. The cursor moves along such a row
# and mirrors every part for right-to-left languages, so that painters need not handle it.


_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"  # Source: Unicode, UAX 9
_POINTS = {"ui-chevron-left": "ui-chevron-right", "ui-chevron-right": "ui-chevron-left"}


class Part(NamedTuple):
    """A text or an icon of a row; lengths are in pixels before scaling.

    Attributes:
        text: The text, or the name of the icon.
        gap_px: Before it.
        icon_px: The edge of an icon, or of a space without a text; 0 for a text.
    """

    text: str
    ink: QColor
    role: Role = Role.SMALL
    weight: Weight = Weight.REGULAR
    gap_px: int = 0
    icon_px: int = 0


def part_px(theme: Theme, part: Part) -> float:
    if part.icon_px:
        return theme.scale(part.gap_px + part.icon_px)
    return theme.scale(part.gap_px) + theme.text_width(part.text, part.role, part.weight) + 1


class RowCursor:
    """Allocates the parts of a row from its leading edge."""

    def __init__(
        self, theme: Theme, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection
    ) -> None:
        self._theme = theme
        self._painter = painter
        self._rect = rect
        self._direction = direction
        painter.setLayoutDirection(direction)  # puts leading texts on the other side
        self._used = 0.0
        self._used_at_end = 0.0

    @property
    def remaining(self) -> float:
        return max(0.0, self._rect.width() - self._used - self._used_at_end)

    def skip(self, width: float) -> None:
        self._used += width

    def skip_at_end(self, width: float) -> None:
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

    def part(self, part: Part) -> None:
        theme = self._theme
        self.skip(theme.scale(part.gap_px))
        if not part.icon_px:
            self.text(part.text, theme.font(part.role, part.weight), part.ink)
        elif part.text:
            self.icon(part.text, theme.scale(part.icon_px), part.ink)
        else:
            self.skip(theme.scale(part.icon_px))

    def icon(self, name: str, size_px: int, colour: QColor) -> None:
        self._draw_icon(self.take(size_px), name, size_px, colour)

    def icon_at_end(self, name: str, size_px: int, colour: QColor) -> None:
        self._draw_icon(self.take_at_end(size_px), name, size_px, colour)

    def text(
        self,
        text: str,
        font: QFont,
        colour: QColor,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> float:
        """Draw a text as the next part, elided to the remaining width, and return its width."""
        before = self._used
        rect = self.take(self.remaining)
        drawn = draw_text(self._painter, rect, text, font, colour, LEADING, mode)
        self._used = before + drawn
        return drawn

    def code(self, text: str, font: QFont, colour: QColor) -> float:
        """Draw a left-to-right text among words of any language."""
        return self.text(f"{_ISOLATE}{text}{_END_OF_ISOLATE}", font, colour)

    def text_at_end(self, text: str, width: float, font: QFont, colour: QColor) -> None:
        rect = self.take_at_end(width)
        draw_text(self._painter, rect, text, font, colour, TRAILING)

    def _place(self, left: float, width: float) -> QRectF:
        part = QRectF(left, self._rect.top(), width, self._rect.height())
        return mirrored(part, self._rect, self._direction)

    def _draw_icon(self, rect: QRectF, name: str, size_px: int, colour: QColor) -> None:
        if self._direction is Qt.LayoutDirection.RightToLeft:
            name = _POINTS.get(name, name)  # arrows that point onward do so in both directions
        top = rect.top() + (rect.height() - size_px) / 2
        draw_icon(self._painter, self._theme, name, QPointF(rect.left(), top), size_px, colour)
