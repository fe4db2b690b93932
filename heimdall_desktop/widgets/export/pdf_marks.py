"""What a page of PDF is painted of: texts, lines, and the marks of charts; always light."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.export.charts import ICONS, Badge, Bar, Icon, Ink, Mark, Words
from heimdall_desktop.widgets.look.painting import saved
from heimdall_desktop.widgets.look.severity_shapes import draw_shape, severity_colours
from heimdall_desktop.widgets.look.tokens import LIGHT

PAGE_WIDTH, MARGIN = 900, 64
WIDTH = PAGE_WIDTH - 2 * MARGIN
_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
_ICON_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
)
_INKS = {
    Ink.DONE: LIGHT.stage_done,
    Ink.LINE: LIGHT.hairline_strong,
    Ink.TEXT: LIGHT.text,
    Ink.MUTED: LIGHT.muted,
}


def font_of(size_px: float, *, is_heavy: bool = False, family: str = "") -> QFont:
    """Return a font of the report; the usual family where none is given."""
    font = QFont(family) if family else QFont()
    font.setPixelSize(round(size_px))
    font.setWeight(QFont.Weight.DemiBold if is_heavy else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("liga"), 0)  # or a search for "findings" finds no "fi" in the file
    return font


class Block:
    """A text in lines of a width, broken between words where there are.

    Args:
        font: of it.
        text: as it is read.
        width: of each line.
        strong: how many characters at its beginning are semibold.
    """

    def __init__(self, font: QFont, text: str, width: float, strong: int = 0) -> None:
        self._layout = layout = QTextLayout(text, font)
        layout.setTextOption(_WRAPPED)
        if strong:
            first = QTextLayout.FormatRange()
            first.start, first.length = 0, strong
            first.format.setFontWeight(QFont.Weight.DemiBold)
            layout.setFormats([first])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        self.height = max(height, QFontMetricsF(font).height())

    def draw(self, painter: QPainter, x: float, y: float, ink: QColor = LIGHT.text) -> None:
        """Draw it from its upper left corner."""
        painter.setPen(ink)
        self._layout.draw(painter, QPointF(x, y))


def draw_text_at(
    painter: QPainter,
    x: float,
    y: float,
    width: float,
    text: str,
    font: QFont,
    ink: QColor = LIGHT.text,
) -> None:
    """Draw a line from its upper left corner; what has no room is elided."""
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(QPointF(x, y + metrics.ascent()), shown)


def draw_rule(painter: QPainter, y: float, colour: QColor) -> None:
    """Draw a line across the page."""
    painter.fillRect(QRectF(0, y, WIDTH, 1), colour)


def paint_mark(painter: QPainter, mark: Mark) -> None:
    """Paint a mark of a chart."""
    match mark:
        case Icon(x, y, name, size):
            icon = f'{_ICON_HEAD} stroke="{LIGHT.muted.name()}">{ICONS[name]}</svg>'
            source = icon.replace("currentColor", LIGHT.muted.name())
            QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(x, y, size, size))
        case Badge(x, y, severity):
            paint_badge(painter, severity, QRectF(x, y, 16, 16))
        case Words():
            font = font_of(mark.size, is_heavy=mark.is_strong)
            painter.setFont(font)
            painter.setPen(_INKS.get(mark.ink, LIGHT.text))
            width = QFontMetricsF(font).horizontalAdvance(mark.text)
            start = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
            painter.drawText(QPointF(start, mark.y), mark.text)
        case Bar():
            _paint_bar(painter, mark)


def _paint_bar(painter: QPainter, bar: Bar) -> None:
    rect = QRectF(bar.x, bar.y, bar.width, bar.height)
    if bar.ink in _INKS:
        painter.fillRect(rect, _INKS[bar.ink])
        return
    colours = severity_colours(LIGHT, Severity(bar.ink.value))
    painter.setPen(QPen(colours.border or colours.fill, 1))
    painter.setBrush(colours.fill)
    painter.drawRect(rect)
    if bar.letter:
        painter.setFont(font_of(9, is_heavy=True))
        painter.setPen(colours.label)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, bar.letter)


def paint_badge(painter: QPainter, severity: Severity, rect: QRectF) -> None:
    """Paint the shape of a severity with its letter."""
    draw_shape(painter, severity, rect, severity_colours(LIGHT, severity), font_of(10))


def paint_icon(painter: QPainter) -> None:
    """Paint what app-icon.svg holds: two towers, the bridge between them, and the light."""
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(0.5, 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#1F2328"))
        painter.drawRoundedRect(QRectF(2, 2, 60, 60), 14, 14)
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(QColor("#F2F7F7"), 7, Qt.PenStyle.SolidLine, cap))
        painter.drawLine(QPointF(17.5, 47), QPointF(17.5, 17))
        painter.drawLine(QPointF(46.5, 47), QPointF(46.5, 17))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, radius in (("#6FE3D8", 9.5), ("#12A5A5", 6.5)):
            painter.setPen(QPen(QColor(colour), 3))
            arc = QRectF(32 - radius, 43 - radius, 2 * radius, 2 * radius)
            painter.drawArc(arc, 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#6FE3D8"))
        painter.drawEllipse(QPointF(32, 21), 5, 5)
