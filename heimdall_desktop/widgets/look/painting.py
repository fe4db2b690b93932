"""What every painted widget and delegate draws with: hairlines, rounded boxes, text and icons.

A 1-px rectangle at 125 or 150 % becomes one or two device pixels by chance. So straight edges are
mapped to device pixels and rounded there; rounded outlines are inset by half their pen instead and
antialiased. Source: design.md §7 (HiDPI, Text).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

if TYPE_CHECKING:  # the theme dresses the application in a style that draws with this
    from heimdall_desktop.widgets.look.theme import Theme

ELISION_TOLERANCE_PX = 0.5  # texts that miss by less than half a pixel stay whole
FOCUS_RING_PX = 2.0
LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRED = Qt.AlignmentFlag.AlignCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine.value | Qt.TextFlag.TextDontClip.value


@contextmanager
def saved(painter: QPainter) -> Iterator[QPainter]:
    """Restore the painter's state at the end of the block."""
    painter.save()
    try:
        yield painter
    finally:
        painter.restore()


def horizontal_hairline(
    painter: QPainter, x: float, y: float, width: float, colour: QColor
) -> None:
    """Draw a line of one pixel down from `y`, as thin as whole device pixels allow."""
    transform = painter.deviceTransform()
    start, end = transform.map(QPointF(x, y)), transform.map(QPointF(x + width, y))
    thickness = max(1, math.floor(transform.m22()))
    _fill_device(painter, QRectF(start.x(), start.y(), end.x() - start.x(), thickness), colour)


def vertical_hairline(painter: QPainter, x: float, y: float, height: float, colour: QColor) -> None:
    """Draw a line of one pixel right of `x`, as thin as whole device pixels allow."""
    transform = painter.deviceTransform()
    start, end = transform.map(QPointF(x, y)), transform.map(QPointF(x, y + height))
    thickness = max(1, math.floor(transform.m11()))
    _fill_device(painter, QRectF(start.x(), start.y(), thickness, end.y() - start.y()), colour)


def fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a rectangle whose edges are rounded to device pixels: crisp at every density."""
    painter.fillRect(snapped(painter, rect), colour)


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """Return the rectangle with its edges on device pixels, at least one of them apart."""
    return _from_device(painter, painter.deviceTransform().mapRect(rect))


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
    """Draw a rounded rectangle whose outline lies wholly inside `rect`.

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
        painter.setPen(_outline(line, line_px, dashes_px) if line else Qt.PenStyle.NoPen)
        inset = line_px / 2 if line else 0.0
        inner = rect.adjusted(inset, inset, -inset, -inset)
        corner = max(0.0, min(radius, rect.height() / 2, rect.width() / 2) - inset)
        painter.drawRoundedRect(inner, corner, corner)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Draw the ring of 2 px that says where the keyboard is, along the inside of `rect`."""
    rounded_box(painter, rect, radius, line=theme.tokens.accent, line_px=FOCUS_RING_PX)


def draw_icon(
    painter: QPainter, theme: Theme, name: str, top_left: QPointF, size_px: int, colour: QColor
) -> None:
    """Draw an icon on whole device pixels, where it is as crisp as its drawing.

    Raises:
        FileNotFoundError: No icon has this name.
    """
    density = painter.device().devicePixelRatioF()
    draw_pixmap(painter, theme.pixmap(name, size_px, colour, density), top_left)


def draw_pixmap(painter: QPainter, pixmap: QPixmap, top_left: QPointF) -> None:
    """Draw a pixmap made for this device without blurring it between two device pixels."""
    transform = painter.deviceTransform()
    device = transform.map(top_left)
    whole = QPointF(_whole(device.x()), _whole(device.y()))
    painter.drawPixmap(transform.inverted()[0].map(whole), pixmap)


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

    `LEADING` and `TRAILING` follow the painter's layout direction, which is that of its widget.

    Returns:
        The width of what was drawn, in pixels.
    """
    metrics = QFontMetricsF(font)
    shown = elided(text, metrics, rect.width(), mode)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, alignment.value | _ONE_LINE, shown)
    return metrics.horizontalAdvance(shown)


def mirrored(rect: QRectF, outer: QRectF, direction: Qt.LayoutDirection) -> QRectF:
    """Return `rect` mirrored inside `outer` where people read from right to left."""
    if direction is not Qt.LayoutDirection.RightToLeft:
        return rect
    left = outer.left() + outer.right() - rect.right()
    return QRectF(left, rect.top(), rect.width(), rect.height())


def is_in_active_window(option: QStyleOptionViewItem) -> bool:
    """Whether the window of the view is in use; Qt's own state tells of the view's focus only.

    A selection fades with its window, not when the keyboard goes to the pane beside it.
    Source: design.md §2 (selection, window not active).
    """
    view: object = option.widget  # None where a row is painted for no view
    is_focused = bool(option.state & QStyle.StateFlag.State_Active)
    return view.isActiveWindow() if isinstance(view, QWidget) else is_focused


def _outline(colour: QColor, width_px: float, dashes_px: Sequence[float]) -> QPen:
    pen = QPen(colour, width_px)
    if dashes_px:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([dash / width_px for dash in dashes_px])
    return pen


def _fill_device(painter: QPainter, device: QRectF, colour: QColor) -> None:
    painter.fillRect(_from_device(painter, device), colour)


def _from_device(painter: QPainter, device: QRectF) -> QRectF:
    """Return a rectangle given in device pixels with its edges rounded, in logical pixels."""
    left, top = _whole(device.left()), _whole(device.top())
    right = max(left + 1, _whole(device.right()))
    bottom = max(top + 1, _whole(device.bottom()))
    whole = QRectF(left, top, right - left, bottom - top)
    return painter.deviceTransform().inverted()[0].mapRect(whole)


def _whole(position: float) -> int:
    """Round halves up, always: Python's own rounding would give equal lines different widths."""
    return math.floor(position + 0.5)
