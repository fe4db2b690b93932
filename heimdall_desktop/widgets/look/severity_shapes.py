"""The shapes of the severities: octagon, triangle, diamond, ring and rounded square.

Form and letter tell a severity apart where colour cannot. From 16 px on the shape carries its
letter; below that it stays bare and a number or word stands beside it.
Source: design.md §2 (Severity), §7 (Badges); ux.md §2.3.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.labels import severity_letter
from heimdall_desktop.widgets.look.painting import saved
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, SeverityColours, Tokens

HOLLOW_LINE_PX = 1.25
_GRID = 16.0  # the corners below are drawn on a square of this edge

_CORNERS = {
    Severity.CRITICAL: (
        *((5.1, 1.0), (10.9, 1.0), (15.0, 5.1), (15.0, 10.9)),
        *((10.9, 15.0), (5.1, 15.0), (1.0, 10.9), (1.0, 5.1)),
    ),
    Severity.HIGH: ((8.0, 1.2), (15.4, 14.4), (0.6, 14.4)),
    Severity.MEDIUM: ((8.0, 0.4), (15.6, 8.0), (8.0, 15.6), (0.4, 8.0)),
}
_LETTER_SIZE = {  # as a part of the shape's edge
    Severity.CRITICAL: 0.60,
    Severity.HIGH: 0.50,
    Severity.MEDIUM: 0.50,
    Severity.LOW: 0.58,
    Severity.OTHER: 0.60,
}
_TRIANGLE_MIDDLE = 0.635  # where a letter looks centred in the triangle, from its top


def severity_colours(tokens: Tokens, severity: Severity) -> SeverityColours:
    """Return the fill, label and border of a severity."""
    kinds = tokens.severity
    return {
        Severity.CRITICAL: kinds.critical,
        Severity.HIGH: kinds.high,
        Severity.MEDIUM: kinds.medium,
        Severity.LOW: kinds.low,
        Severity.OTHER: kinds.other,
    }[severity]


def inverse_colours(tokens: Tokens, severity: Severity) -> SeverityColours:
    """Return the same on the inverse ground: those of the other theme, or of high contrast."""
    if tokens is LIGHT:
        return severity_colours(DARK, severity)
    if tokens is DARK:
        return severity_colours(LIGHT, severity)
    ground, ink = tokens.inverse, tokens.inverse_text
    is_worst = severity is Severity.CRITICAL
    return SeverityColours(ink, ground, None) if is_worst else SeverityColours(ground, ink, ink)


def shape_path(severity: Severity, rect: QRectF) -> QPainterPath:
    """Return the outline of a severity's shape inside a square."""
    unit = rect.width() / _GRID
    path = QPainterPath()
    if severity is Severity.LOW:
        path.addEllipse(rect.adjusted(unit, unit, -unit, -unit))
    elif severity is Severity.OTHER:
        inner = rect.adjusted(1.5 * unit, 1.5 * unit, -1.5 * unit, -1.5 * unit)
        path.addRoundedRect(inner, 2.5 * unit, 2.5 * unit)
    else:
        points = [rect.topLeft() + QPointF(x, y) * unit for x, y in _CORNERS[severity]]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    return path


def draw_shape(
    painter: QPainter,
    severity: Severity,
    rect: QRectF,
    colours: SeverityColours,
    letter_font: QFont | None = None,
) -> None:
    """Draw a filled shape; with its letter where a font for that is given."""
    edge = rect.width()
    line_px = _border_px(severity, edge) if colours.border else edge / 12
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours.fill)
        painter.setPen(_pen(colours.border or colours.fill, line_px))
        inset = line_px / 2
        painter.drawPath(shape_path(severity, rect.adjusted(inset, inset, -inset, -inset)))
        if letter_font is not None:
            draw_letter(painter, severity, rect, letter_font, colours.label)
        elif severity is Severity.CRITICAL:
            _draw_exclamation(painter, rect, colours.label)


def draw_hollow_shape(painter: QPainter, severity: Severity, rect: QRectF, line: QColor) -> None:
    """Draw only the outline of a shape: what a withdrawn finding once was."""
    inset = HOLLOW_LINE_PX / 2
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(line, HOLLOW_LINE_PX))
        painter.drawPath(shape_path(severity, rect.adjusted(inset, inset, -inset, -inset)))


def draw_letter(
    painter: QPainter, severity: Severity, rect: QRectF, font: QFont, colour: QColor
) -> None:
    """Draw the letter as a path centred by its bounding box: text would sit a pixel off."""
    sized = QFont(font)
    sized.setPixelSize(max(7, round(rect.width() * _LETTER_SIZE[severity])))
    sized.setWeight(QFont.Weight.Bold)
    path = QPainterPath()
    path.addText(0, 0, sized, severity_letter(severity))
    middle = _TRIANGLE_MIDDLE if severity is Severity.HIGH else 0.5
    target = QPointF(rect.center().x(), rect.top() + rect.height() * middle)
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(target - path.boundingRect().center())
        painter.fillPath(path, colour)


def _border_px(severity: Severity, edge: float) -> float:
    return max(1.5, edge / 9) if severity is Severity.LOW else max(1.0, edge / 12)


def _pen(colour: QColor, width_px: float) -> QPen:
    return QPen(
        colour,
        width_px,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.SquareCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _draw_exclamation(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    edge, middle = rect.width(), rect.center().x()
    width = max(1.5, edge / 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    stroke = QRectF(middle - width / 2, rect.top() + edge * 0.23, width, edge * 0.33)
    painter.drawRoundedRect(stroke, width / 3, width / 3)
    dot = width * 1.2
    painter.drawEllipse(QRectF(middle - dot / 2, rect.top() + edge * 0.64, dot, dot))
