"""Severity badges: the shape alone, the capsule whose edge is the verdict, the large filled one.

Painting paths in every row would be slow, so each badge is rendered once for its severity, verdict,
density and device pixel ratio. Source: look.md 5 (Findings table, Detail), 7 (Badges).
"""

import math
from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from heimdall_desktop.domain.facts.finding import Severity, Verdict
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import severity_letter, word_of
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.painting import RowCursor, saved
from heimdall_desktop.widgets.look.theme import ICON_DENSITIES, Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, SeverityColours, Tokens

# The shapes of the severities: octagon, triangle, diamond, ring and rounded square.
#
# Form and letter identify a severity without colour. From 16 px on the shape contains its letter;
# below that it has none, and a number or word is beside it. Source: look.md 2 (Severity), 7
# (Badges); behaviour.md 2.3.


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
_TRIANGLE_MIDDLE = 0.635  # visual centre of a letter in the triangle, from its top


def severity_colours(tokens: Tokens, severity: Severity) -> SeverityColours:
    colours: SeverityColours = getattr(tokens.severity, severity.name.lower())
    return colours


def inverse_colours(tokens: Tokens, severity: Severity) -> SeverityColours:
    """Return the same for the inverse ground: those of the other theme, or of high contrast."""
    if tokens.severity is LIGHT.severity:
        return severity_colours(DARK, severity)
    if tokens.severity is DARK.severity:
        return severity_colours(LIGHT, severity)
    ground, ink = tokens.inverse, tokens.inverse_text
    is_worst = severity is Severity.CRITICAL
    return SeverityColours(ink, ground, None) if is_worst else SeverityColours(ground, ink, ink)


def shape_path(severity: Severity, rect: QRectF) -> QPainterPath:
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
    """Draw a filled shape, with its letter if a font for that is given."""
    edge = rect.width()
    line_px = edge / 12
    if colours.border:
        line_px = max(1.5, edge / 9) if severity is Severity.LOW else max(1.0, line_px)
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours.fill)
        painter.setPen(_pen(colours.border or colours.fill, line_px))
        inset = line_px / 2
        painter.drawPath(shape_path(severity, rect.adjusted(inset, inset, -inset, -inset)))
        if letter_font is not None:
            draw_letter(painter, severity, rect, letter_font, colours.label)
        elif severity is Severity.CRITICAL:  # an exclamation mark
            middle, width = rect.center().x(), max(1.5, edge / 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.label)
            stroke = QRectF(middle - width / 2, rect.top() + edge * 0.23, width, edge * 0.33)
            painter.drawRoundedRect(stroke, width / 3, width / 3)
            dot = width * 1.2
            painter.drawEllipse(QRectF(middle - dot / 2, rect.top() + edge * 0.64, dot, dot))


def draw_hollow_shape(painter: QPainter, severity: Severity, rect: QRectF, line: QColor) -> None:
    """Draw only the outline of a shape: the former severity of a withdrawn finding."""
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


def _pen(colour: QColor, width_px: float) -> QPen:
    return QPen(
        colour, width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.RoundJoin
    )


LETTER_FROM_PX = 16  # a smaller shape has no letter
SHAPE_PX = 16
CAPSULE_PX = 22
COMPACT_CAPSULE_PX = 20
CAPSULE_PADDING_PX = 4  # left of the shape
CAPSULE_END_PX = 8  # right of the word
WORD_GAP_PX = 5
FILLED_PX = 24
FILLED_SHAPE_PX = 14
FILLED_PADDING_PX = 9
UNVERIFIED_DASHES_PX = (3.0, 2.5)
CONFIRMED_LINE_PX = 1.25
CACHE_LIMIT = 512  # pixmaps; words of unknown severities come from the server


def draw_verdict(painter: QPainter, box: QRectF, verdict: Verdict, tokens: Tokens) -> None:
    """Draw the edge of a capsule: dashed unverified, solid confirmed, none withdrawn."""
    radius = box.height() / 2
    if verdict is Verdict.CONFIRMED:
        painting.rounded_box(painter, box, radius, line=tokens.muted, line_px=CONFIRMED_LINE_PX)
    elif verdict is Verdict.UNVERIFIED:
        painting.rounded_box(
            painter, box, radius, line=tokens.control, dashes_px=UNVERIFIED_DASHES_PX
        )


class Badges(QObject):
    """Draws badges from a cache that is cleared when the theme changes. One for each view.

    Args:
        parent: Its owner, the view or delegate that paints with it.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixmaps: dict[Hashable, QPixmap] = {}
        theme.changed.connect(self._forget)

    def draw_shape(
        self,
        painter: QPainter,
        severity: Severity,
        top_left: QPointF,
        size_px: int,
        *,
        is_hollow: bool = False,
    ) -> None:
        """Draw only the shape, with its letter from 16 px on; hollow for withdrawn findings."""
        square = QRectF(0, 0, size_px, size_px)
        draw = partial(self._draw_shape, severity=severity, rect=square, is_hollow=is_hollow)
        key = ("shape", severity, size_px, is_hollow)
        self._draw(painter, key, QSize(size_px, size_px), top_left, draw)

    def icon(self, severity: Severity, size_px: int) -> QIcon:
        """Return the shape as an icon for menus, which choose the density themselves."""
        icon, square = QIcon(), QRectF(0, 0, size_px, size_px)
        draw = partial(self._draw_shape, severity=severity, rect=square, is_hollow=False)
        for density in ICON_DENSITIES:
            icon.addPixmap(_render(QSize(size_px, size_px), density, draw))
        return icon

    def capsule_width(self, severity: Severity, verdict: Verdict, word: str = "") -> int:
        """Return the width of a capsule with its whole word, in pixels."""
        scale, shown = self._theme.scale, capsule_word(severity, verdict, word)
        around = scale(CAPSULE_PADDING_PX + SHAPE_PX + WORD_GAP_PX + CAPSULE_END_PX)
        return around + math.ceil(self._theme.text_width(shown, Role.SMALL, Weight.MEDIUM))

    def draw_capsule(
        self,
        painter: QPainter,
        rect: QRectF,
        severity: Severity,
        verdict: Verdict,
        word: str = "",
        *,
        is_compact: bool = False,
        is_bare: bool = False,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    ) -> None:
        """Draw shape and word at the leading side of a cell, vertically centred.

        The edge is the verdict: dashed unverified, solid confirmed, none withdrawn, where the word
        is the former severity.

        Args:
            painter: Of the view.
            rect: The available rectangle; a longer word is elided.
            severity: Selects the shape.
            verdict: Selects the edge.
            word: The server's own word if the severity is unknown.
            is_compact: For rows of compact density.
            is_bare: Omit the word, for the narrowest tables.
            direction: The layout direction.
        """
        scale = self._theme.scale
        height = scale(COMPACT_CAPSULE_PX if is_compact else CAPSULE_PX)
        wanted = self.capsule_width(severity, verdict, word)
        width = scale(SHAPE_PX + 2 * CAPSULE_PADDING_PX) if is_bare else wanted
        size = QSize(min(width, math.floor(rect.width())), height)
        shown = "" if is_bare else capsule_word(severity, verdict, word)

        def draw(canvas: QPainter) -> None:
            theme, edge = self._theme, scale(SHAPE_PX)
            box = QRectF(0, 0, size.width(), size.height())
            draw_verdict(canvas, box, verdict, theme.tokens)
            is_withdrawn = verdict is Verdict.WITHDRAWN
            row = RowCursor(theme, canvas, box, direction)
            row.skip(scale(CAPSULE_PADDING_PX))
            self._draw_shape(canvas, severity, _square(row.take(edge), edge), is_withdrawn)
            if shown:
                row.skip(scale(WORD_GAP_PX))
                row.skip_at_end(scale(CAPSULE_END_PX) / 2)
                font = theme.font(Role.SMALL, Weight.REGULAR if is_withdrawn else Weight.MEDIUM)
                row.text(shown, font, theme.tokens.muted if is_withdrawn else theme.tokens.text)

        key = ("capsule", severity, verdict, shown, size.width(), height, direction)
        self._draw(painter, key, size, _place(size, rect, direction), draw)

    def filled_size(self, severity: Severity, word: str = "") -> QSize:
        scale = self._theme.scale
        around = scale(2 * FILLED_PADDING_PX + FILLED_SHAPE_PX + WORD_GAP_PX + 1)
        shown = word or word_of(severity)
        width = self._theme.text_width(shown, Role.SMALL, Weight.SEMIBOLD)
        return QSize(around + math.ceil(width), scale(FILLED_PX))

    def draw_filled(
        self,
        painter: QPainter,
        rect: QRectF,
        severity: Severity,
        word: str = "",
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    ) -> None:
        """Draw the large badge of the detail pane: a filled capsule, its shape cut out of it."""
        size = self.filled_size(severity, word)
        size.setWidth(min(size.width(), math.floor(rect.width())))
        colours = severity_colours(self._theme.tokens, severity)

        def draw(canvas: QPainter) -> None:
            theme, edge = self._theme, self._theme.scale(FILLED_SHAPE_PX)
            box, line = QRectF(0, 0, size.width(), size.height()), colours.border
            radius = box.height() / 2
            painting.rounded_box(canvas, box, radius, ground=colours.fill, line=line, line_px=1.25)
            row = RowCursor(theme, canvas, box, direction)
            row.skip(theme.scale(FILLED_PADDING_PX))
            square = _square(row.take(edge), edge)
            canvas.setRenderHint(QPainter.RenderHint.Antialiasing)
            canvas.fillPath(shape_path(severity, square), colours.label)
            draw_letter(canvas, severity, square, theme.font(), colours.fill)
            row.skip(theme.scale(WORD_GAP_PX))
            row.skip_at_end(theme.scale(FILLED_PADDING_PX) / 2)
            font = theme.font(Role.SMALL, Weight.SEMIBOLD)
            row.text(word or word_of(severity), font, colours.label)

        key = ("filled", severity, word, size.width(), direction)
        self._draw(painter, key, size, _place(size, rect, direction), draw)

    def _draw_shape(
        self, canvas: QPainter, severity: Severity, rect: QRectF, is_hollow: bool
    ) -> None:
        if is_hollow:
            draw_hollow_shape(canvas, severity, rect, self._theme.tokens.faint)
            return
        has_letter = rect.width() >= LETTER_FROM_PX
        colours = severity_colours(self._theme.tokens, severity)
        draw_shape(canvas, severity, rect, colours, self._theme.font() if has_letter else None)

    def _draw(
        self,
        painter: QPainter,
        key: Hashable,
        size: QSize,
        top_left: QPointF,
        draw: Callable[[QPainter], None],
    ) -> None:
        density = painter.device().devicePixelRatioF()
        pixmap = self._pixmaps.get((key, density))
        if pixmap is None:
            pixmap = _render(size, density, draw)
            if len(self._pixmaps) >= CACHE_LIMIT:
                self._pixmaps.clear()
            self._pixmaps[(key, density)] = pixmap
        painting.draw_pixmap(painter, pixmap, top_left)

    def _forget(self) -> None:
        self._pixmaps.clear()


def capsule_word(severity: Severity, verdict: Verdict, word: str) -> str:
    """Return the word of a capsule; for a withdrawn finding, its former severity."""
    shown = word or word_of(severity)
    return (
        tr("was {severity}").format(severity=shown.lower())
        if verdict is Verdict.WITHDRAWN
        else shown
    )


def _square(rect: QRectF, edge: float) -> QRectF:
    return QRectF(rect.left(), rect.top() + (rect.height() - edge) / 2, edge, edge)


def _place(size: QSize, rect: QRectF, direction: Qt.LayoutDirection) -> QPointF:
    top = rect.top() + (rect.height() - size.height()) / 2
    box = QRectF(rect.left(), top, size.width(), size.height())
    return painting.mirrored(box, rect, direction).topLeft()


def _render(size: QSize, density: float, draw: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(math.ceil(size.width() * density), math.ceil(size.height() * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        draw(painter)
    return pixmap
