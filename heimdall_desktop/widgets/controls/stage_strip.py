"""The strip of nine segments that shows a scan's progress through its stages, and their glyphs.

All segments are equally wide, so that a stage is at the same place on every card. Each kind has its
own form and stays readable without colour. Like a time axis the strip runs from left to right in
every language. Source: look.md 5 (Strip segments).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker

from heimdall_desktop.widgets.look.painting import (
    draw_icon,
    fill,
    horizontal_hairline,
    rounded_box,
    saved,
    snapped,
)
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Tone

GAP_PX = 3.0
RADIUS_PX = 2.0
STALE_OPACITY = 0.65
LARGEST_RUNNING_FRACTION = 0.95  # a running stage never looks finished
UNKNOWN_RUNNING_FRACTION = 0.40  # without an estimate
NOTCH_PX = 2.0
NOTCH_FROM_END_PX = 5.0
CROSS_REACH_PX = 2.0  # from its middle, in each direction
CROSS_LINE_PX = 1.5
DOT_PX = 2.2
DOT_STEP_PX = 5.0
DASH_PX = 2.0
ATTENTION_LINE_PX = 1.25


class SegmentKind(Enum):
    """The state of a stage; the value is the name of its glyph."""

    DONE = "stage-done"
    WARNING = "stage-warning"
    RUNNING = "stage-running"
    QUIET = "stage-quiet"
    PENDING = "stage-pending"
    FAILED = "stage-failed"
    FAILED_BEFORE = "stage-attempt"
    SKIPPED = "stage-skipped"
    CANCELLED = "stage-cancelled"
    NOT_REPORTED = "stage-not-reported"


class StripSegment(Struct, frozen=True):
    """One stage in the strip.

    Attributes:
        fraction: Elapsed time as a part of the usual time; None without an estimate. Only
            `RUNNING` uses it.
    """

    kind: SegmentKind
    fraction: float | None = None

    @property
    def filled(self) -> float:
        """The part to fill while it runs, never all of it."""
        if self.fraction is None:
            return UNKNOWN_RUNNING_FRACTION
        return min(max(self.fraction, 0.0), LARGEST_RUNNING_FRACTION)


_TONES = {
    SegmentKind.DONE: Tone.TEXT,
    SegmentKind.WARNING: Tone.TEXT,
    SegmentKind.RUNNING: Tone.ACCENT,
    SegmentKind.QUIET: Tone.ACCENT,
    SegmentKind.PENDING: Tone.MUTED,
    SegmentKind.FAILED: Tone.FAILED,
    SegmentKind.FAILED_BEFORE: Tone.MUTED,
    SegmentKind.SKIPPED: Tone.MUTED,
    SegmentKind.CANCELLED: Tone.TEXT,
    SegmentKind.NOT_REPORTED: Tone.MUTED,
}


def glyph_tone(kind: SegmentKind) -> Tone:
    return _TONES[kind]


def draw_stage_glyph(
    painter: QPainter, theme: Theme, kind: SegmentKind, top_left: QPointF, size_px: int
) -> None:
    draw_icon(painter, theme, kind.value, top_left, size_px, theme.tokens.ink(glyph_tone(kind)))


def draw_strip(
    painter: QPainter,
    rect: QRectF,
    segments: Sequence[StripSegment],
    theme: Theme,
    *,
    is_stale: bool = False,
    is_line: bool = False,
) -> None:
    """Draw the strip, usually 8 px high, or as a line of about 2 px, which shows no forms."""
    draw = _draw_line_segment if is_line else _draw_segment
    places = segment_rects(rect, len(segments), theme.scale(GAP_PX))
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_stale:
            painter.setOpacity(painter.opacity() * STALE_OPACITY)
        for segment, place in zip(segments, places, strict=True):
            draw(painter, snapped(painter, place), segment, theme)


def segment_rects(rect: QRectF, count: int, gap_px: float) -> Iterator[QRectF]:
    """Yield the place of each segment, all equally wide."""
    width = (rect.width() - gap_px * (count - 1)) / count
    for index in range(count):
        yield QRectF(rect.left() + index * (width + gap_px), rect.top(), width, rect.height())


def segment_at(rect: QRectF, count: int, x: float) -> int | None:
    """Return which segment is at `x`; None outside the strip. Gaps belong to the segment before."""
    if not rect.left() <= x < rect.right() or count == 0:
        return None
    return min(int((x - rect.left()) / rect.width() * count), count - 1)


def _draw_segment(painter: QPainter, rect: QRectF, segment: StripSegment, theme: Theme) -> None:
    tokens = theme.tokens
    match segment.kind:
        case SegmentKind.DONE:
            rounded_box(painter, rect, RADIUS_PX, ground=tokens.stage_done)
        case SegmentKind.WARNING:
            _draw_notched(painter, rect, tokens.stage_done)
        case SegmentKind.RUNNING:
            rounded_box(painter, rect, RADIUS_PX, ground=tokens.accent_soft)
            rounded_box(painter, _elapsed(painter, rect, segment), RADIUS_PX, ground=tokens.accent)
        case SegmentKind.QUIET:
            rounded_box(painter, rect, RADIUS_PX, line=tokens.accent, line_px=ATTENTION_LINE_PX)
            _draw_dots(painter, rect, tokens.accent)
        case SegmentKind.PENDING:
            rounded_box(painter, rect, RADIUS_PX, line=tokens.stage_pending)
        case SegmentKind.FAILED:
            _draw_crossed(painter, rect, tokens.failed)
        case SegmentKind.FAILED_BEFORE:
            rounded_box(painter, rect, RADIUS_PX, line=tokens.failed, line_px=ATTENTION_LINE_PX)
        case SegmentKind.SKIPPED:
            top = rect.center().y() - DASH_PX / 2
            dash = QRectF(rect.left(), top, rect.width(), DASH_PX)
            fill(painter, dash, tokens.stage_pending)
        case SegmentKind.CANCELLED:
            rounded_box(painter, rect, RADIUS_PX, line=tokens.stage_done)
            square = QRectF(0, 0, rect.height() / 2, rect.height() / 2)
            square.moveCenter(rect.center())
            fill(painter, square, tokens.stage_done)
        case SegmentKind.NOT_REPORTED:
            _draw_dots(painter, rect, tokens.stage_pending)


def _draw_line_segment(
    painter: QPainter, rect: QRectF, segment: StripSegment, theme: Theme
) -> None:
    """Draw a segment of the line; pending ones are thinner, as two pixels show no forms.

    The rectangle is on device pixels.
    """
    tokens = theme.tokens
    if segment.kind is SegmentKind.NOT_REPORTED:
        return
    if segment.kind in (SegmentKind.PENDING, SegmentKind.SKIPPED):
        bottom = rect.bottom() - 1
        horizontal_hairline(painter, rect.left(), bottom, rect.width(), tokens.hairline_strong)
        return
    match segment.kind:
        case SegmentKind.DONE | SegmentKind.WARNING:
            painter.fillRect(rect, tokens.stage_done)
        case SegmentKind.RUNNING | SegmentKind.QUIET:
            painter.fillRect(rect, tokens.accent_soft)
            painter.fillRect(_elapsed(painter, rect, segment), tokens.accent)
        case SegmentKind.FAILED | SegmentKind.FAILED_BEFORE:
            painter.fillRect(rect, tokens.failed)
        case _:
            painter.fillRect(rect, tokens.hairline_strong)


def _elapsed(painter: QPainter, rect: QRectF, segment: StripSegment) -> QRectF:
    width = max(2 * RADIUS_PX, rect.width() * segment.filled)
    return snapped(painter, QRectF(rect.left(), rect.top(), width, rect.height()))


def _draw_notched(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    notch = QPainterPath()
    left = rect.right() - NOTCH_FROM_END_PX - NOTCH_PX
    notch.addRect(snapped(painter, QRectF(left, rect.top(), NOTCH_PX, rect.height())))
    painter.fillPath(_bar(rect).subtracted(notch), colour)


def _draw_crossed(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    cross, middle = QPainterPath(), rect.center()
    for slope in (1, -1):
        reach = QPointF(CROSS_REACH_PX, CROSS_REACH_PX * slope)
        cross.moveTo(middle - reach)
        cross.lineTo(middle + reach)
    stroker = QPainterPathStroker()
    stroker.setWidth(CROSS_LINE_PX)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.fillPath(_bar(rect).subtracted(stroker.createStroke(cross)), colour)


def _draw_dots(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    for step in (-DOT_STEP_PX, 0.0, DOT_STEP_PX):
        dot = QRectF(0, 0, DOT_PX, DOT_PX)
        dot.moveCenter(rect.center() + QPointF(step, 0))
        rounded_box(painter, dot, DOT_PX / 2, ground=colour)


def _bar(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, RADIUS_PX, RADIUS_PX)
    return path
