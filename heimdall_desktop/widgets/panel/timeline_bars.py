"""Draws a stage's actual and expected times on the time axis: bars, outlines, brackets.

Source: design.md §5 (Stages panel), picture 6.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.panel.timeline import Expected, Span, TimelineRow
from heimdall_desktop.widgets.look.painting import (
    draw_icon,
    fill,
    horizontal_hairline,
    rounded_box,
    saved,
    vertical_hairline,
)
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.timeline_plan import TimelinePlan

BAR_PX = 8
LARGE_BAR_PX = 10
LEAST_BAR_PX = 3
LEAST_OUTLINE_PX = 6  # narrower ones look like a digit
LEAST_WHISKER_PX = 4
BAR_RADIUS_PX = 2
OUTLINE_PX = 1.25
DASHES_PX = (3.0, 2.0)
NOTCH_PX = 2
NOTCH_FROM_END_PX = 6
DOT_RADIUS_PX = 5
DOT_EDGE_PX = 2
MARK_GAP_PX = 4
MARK_PX = 11
SQUARE_PX = 6
DASH_PX = 14
DASH_HEIGHT_PX = 2
BRACKET_GAP_PX = 2.5  # from the bar to the line under it
BRACKET_CAP_PX = 5
WHISKER_CAP_PX = 7
MEDIAN_PX = 3  # width of the tick at the median


class TimelineBars:
    """Draws the axis part of one row.

    Args:
        theme: Colours and measures.
        painter: Draws on the row.
        plan: Positions of moments.
        rect: The whole row.
        ground: The row's background.
        is_large: Whether the row is tall.
    """

    def __init__(
        self,
        theme: Theme,
        painter: QPainter,
        plan: TimelinePlan,
        rect: QRectF,
        ground: QColor,
        *,
        is_large: bool,
    ) -> None:
        self._theme = theme
        self._painter = painter
        self._plan = plan
        self._middle = rect.center().y()
        self._ground = ground
        self._height = theme.scale(LARGE_BAR_PX if is_large else BAR_PX)

    def draw(self, row: TimelineRow) -> None:
        """Draw everything except the dot, which is above the "now" line."""
        for span in row.earlier:
            self._draw_earlier(span)
        if row.start_s is None or row.end_s is None:
            return
        if row.expected is not None and row.display.is_running:
            self._draw_expected(row.start_s, row.expected)
        self._draw_bar(row, self._bar(row.start_s, row.end_s))
        if row.expected is not None:
            if row.display.is_running:
                self._draw_bracket(row.expected)
            else:
                self._draw_waiting(row.start_s, row.expected)

    def draw_dot(self, row: TimelineRow) -> None:
        """Draw the dot at the end of a running bar."""
        if not row.display.is_running or row.end_s is None:
            return
        radius = self._theme.scale(DOT_RADIUS_PX)
        with saved(self._painter):
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painter.setPen(QPen(self._ground, DOT_EDGE_PX))
            self._painter.setBrush(self._theme.tokens.accent)
            middle = QPointF(self._plan.x(row.end_s), self._middle)
            self._painter.drawEllipse(middle, radius, radius)

    # -- parts --

    def _bar(self, start_s: float, end_s: float) -> QRectF:
        left, right = self._plan.x(start_s), self._plan.x(end_s)
        width = max(right - left, self._theme.scale(LEAST_BAR_PX))
        return QRectF(left, self._middle - self._height / 2, width, self._height)

    def _draw_bar(self, row: TimelineRow, bar: QRectF) -> None:
        tokens = self._theme.tokens
        match row.display:
            case StageDisplay.DONE:
                self._solid(bar, tokens.stage_done)
            case StageDisplay.WARNING:
                self._draw_notched(bar)
            case StageDisplay.RUNNING if row.heard_s is None:
                self._solid(bar, tokens.accent)
            case StageDisplay.RUNNING | StageDisplay.QUIET:
                self._draw_quiet(row, bar)
            case StageDisplay.FAILED:
                self._solid(bar, tokens.failed)
                self._draw_cross(bar)
            case StageDisplay.CANCELLED | StageDisplay.ENDED:
                self._draw_cancelled(bar)
            case StageDisplay.SKIPPED:
                dash = self._theme.scale(DASH_PX)
                top = self._middle - DASH_HEIGHT_PX / 2
                fill(self._painter, QRectF(bar.left(), top, dash, DASH_HEIGHT_PX), tokens.muted)
            case (
                StageDisplay.PENDING
                | StageDisplay.FAILED_BEFORE
                | StageDisplay.CANCELLED_BEFORE
                | StageDisplay.NOT_REPORTED
            ):
                return

    def _solid(self, bar: QRectF, colour: QColor) -> None:
        rounded_box(self._painter, bar, BAR_RADIUS_PX, ground=colour)

    def _outline(self, bar: QRectF, colour: QColor, dashes_px: tuple[float, ...] = ()) -> None:
        rounded_box(
            self._painter, bar, BAR_RADIUS_PX, line=colour, line_px=OUTLINE_PX, dashes_px=dashes_px
        )

    def _draw_notched(self, bar: QRectF) -> None:
        self._solid(bar, self._theme.tokens.stage_done)
        if bar.width() > 2 * NOTCH_FROM_END_PX:
            left = bar.right() - NOTCH_FROM_END_PX
            fill(self._painter, QRectF(left, bar.top(), NOTCH_PX, bar.height()), self._ground)

    def _draw_quiet(self, row: TimelineRow, bar: QRectF) -> None:
        """Draw solid up to the last update, then an outline, because the later state is unknown."""
        accent = self._theme.tokens.accent
        rounded_box(
            self._painter,
            bar,
            BAR_RADIUS_PX,
            ground=self._ground,
            line=accent,
            line_px=OUTLINE_PX,
        )
        heard_x = self._plan.x(row.heard_s) if row.heard_s is not None else bar.left()
        if heard_x > bar.left():
            self._solid(QRectF(bar.left(), bar.top(), heard_x - bar.left(), bar.height()), accent)

    def _draw_cross(self, bar: QRectF) -> None:
        theme, edge = self._theme, self._theme.scale(MARK_PX)
        top_left = QPointF(bar.right() + theme.scale(MARK_GAP_PX), self._middle - edge / 2)
        draw_icon(self._painter, theme, "stage-failed", top_left, edge, theme.tokens.failed)

    def _draw_cancelled(self, bar: QRectF) -> None:
        theme, edge = self._theme, self._theme.scale(SQUARE_PX)
        self._outline(bar, theme.tokens.stage_done)
        left = bar.right() + theme.scale(MARK_GAP_PX)
        square = QRectF(left, self._middle - edge / 2, edge, edge)
        fill(self._painter, square, theme.tokens.stage_done)

    def _draw_earlier(self, span: Span) -> None:
        tokens, bar = self._theme.tokens, self._bar(span.start_s, span.end_s)
        bar.setWidth(max(bar.width(), self._theme.scale(LEAST_OUTLINE_PX)))
        self._outline(bar, tokens.failed if span.has_failed else tokens.stage_done)
        if span.has_failed:
            self._draw_cross(bar)

    def _draw_expected(self, start_s: float, expected: Expected) -> None:
        outline = self._bar(start_s, expected.median_s)
        self._outline(outline, self._theme.tokens.accent, DASHES_PX)

    def _draw_bracket(self, expected: Expected) -> None:
        """Draw the usual range under the bar if the stage can overrun it."""
        y = self._middle + self._height / 2 + self._theme.scale(BRACKET_GAP_PX)
        muted, cap = self._theme.tokens.muted, self._theme.scale(BRACKET_CAP_PX)
        self._draw_range(expected.shortest_s, expected.longest_s, y, cap)
        tick, width = self._plan.x(expected.median_s), self._theme.scale(MEDIAN_PX)
        fill(self._painter, QRectF(tick - width / 2, y - cap / 2, width, cap), muted)

    def _draw_range(self, from_s: float, to_s: float, y: float, cap: float) -> None:
        left, right = self._plan.x(from_s), self._plan.x(to_s)
        painter, muted = self._painter, self._theme.tokens.muted
        horizontal_hairline(painter, left, y - 0.5, max(right - left, 1.0), muted)
        for x in {left, right}:
            vertical_hairline(painter, x - 0.5, y - cap / 2, cap, muted)

    def _draw_waiting(self, start_s: float, expected: Expected) -> None:
        tokens, bar = self._theme.tokens, self._bar(start_s, expected.median_s)
        bar.setWidth(max(bar.width(), self._theme.scale(LEAST_OUTLINE_PX)))
        self._outline(bar, tokens.stage_pending, DASHES_PX)
        right = self._plan.x(expected.longest_s)
        if right > bar.right() + self._theme.scale(LEAST_WHISKER_PX):
            painter, ink, left = self._painter, tokens.stage_pending, bar.right()
            horizontal_hairline(painter, left, self._middle - 0.5, right - left, ink)
            cap = self._theme.scale(WHISKER_CAP_PX)
            vertical_hairline(painter, right - 1, self._middle - cap / 2, cap, ink)
