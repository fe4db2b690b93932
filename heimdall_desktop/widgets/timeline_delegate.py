"""Paints the rows of the timeline: glyph and name, the bar on the axis, the duration."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from heimdall_desktop.domain.stage_looks import StageLook
from heimdall_desktop.domain.timeline import TimelineRow
from heimdall_desktop.models.timeline_model import ROW_ROLE, TimelineModel
from heimdall_desktop.widgets.painting import (
    draw_icon,
    draw_text,
    fill,
    focus_ring,
    rounded_box,
    saved,
    vertical_hairline,
)
from heimdall_desktop.widgets.row_cursor import RowCursor
from heimdall_desktop.widgets.scan_marks import SEGMENTS
from heimdall_desktop.widgets.stage_strip import draw_stage_glyph
from heimdall_desktop.widgets.theme import Role, Theme, Weight
from heimdall_desktop.widgets.timeline_plan import (
    GLYPH_PX,
    INSET_PX,
    NAME_PX,
    NOTE_GAP_PX,
    STRONG_LOOKS,
    TimelinePlan,
)

ROW_PX = 18
BAR_PX = 8
LEAST_BAR_PX = 3
BAR_RADIUS_PX = 2
OUTLINE_PX = 1.25
NOTCH_PX = 2
NOTCH_FROM_END_PX = 6
DOT_RADIUS_PX = 5
DOT_EDGE_PX = 2
MARK_GAP_PX = 4
MARK_PX = 11
SQUARE_PX = 6
DASH_PX = 14
DASH_HEIGHT_PX = 2
SIDE_BAR_PX = 3
MUTED_LOOKS = (StageLook.PENDING, StageLook.SKIPPED, StageLook.FAILED_BEFORE)

Index = QModelIndex | QPersistentModelIndex


class TimelineDelegate(QStyledItemDelegate):
    """Draws the stages of a timeline's model.

    Args:
        theme: Colours, fonts and measures.
        model: Owns the axis.
        view: The list.
    """

    def __init__(self, theme: Theme, model: TimelineModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self.ringed_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.scale(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        timeline = self._model.timeline
        row: TimelineRow | None = index.data(ROW_ROLE)
        if timeline is None or row is None:
            return
        theme, rect = self._theme, QRectF(option.rect)
        plan = TimelinePlan(theme, timeline, rect.width())
        ground = self._draw_ground(painter, rect, row)
        for at_s, _ in timeline.ticks():
            hairline = theme.tokens.hairline
            vertical_hairline(painter, plan.x(at_s), rect.top(), rect.height(), hairline)
        self._draw_name(painter, rect, row, plan)
        with saved(painter):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_bar(painter, rect, row, plan)
        if timeline.now_s is not None:
            now_x, accent = plan.x(timeline.now_s), theme.tokens.accent
            vertical_hairline(painter, now_x, rect.top(), rect.height(), accent)
        if row.look.is_running and row.end_s is not None:
            self._draw_dot(painter, QPointF(plan.x(row.end_s), rect.center().y()), ground)
        self._draw_value(painter, plan.value_rect(rect.top(), rect.height()), row)
        if index.row() == self.ringed_row:
            focus_ring(painter, rect.adjusted(1, 0, -1, 0), 3, theme)

    def _draw_ground(self, painter: QPainter, rect: QRectF, row: TimelineRow) -> QColor:
        tokens = self._theme.tokens
        ground = tokens.selection if row.look.is_running else tokens.surface
        fill(painter, rect, ground)
        if row.look.is_running:
            bar = QRectF(rect.left(), rect.top(), self._theme.scale(SIDE_BAR_PX), rect.height())
            fill(painter, bar, tokens.accent)
        return ground

    def _draw_name(
        self, painter: QPainter, rect: QRectF, row: TimelineRow, plan: TimelinePlan
    ) -> None:
        theme, edge = self._theme, self._theme.scale(GLYPH_PX)
        top_left = QPointF(theme.scale(INSET_PX), rect.top() + (rect.height() - edge) / 2)
        draw_stage_glyph(painter, theme, SEGMENTS[row.look], top_left, edge)
        left = theme.scale(NAME_PX)
        place = QRectF(left, rect.top(), plan.axis_left - left - 4, rect.height())
        is_muted = row.look in MUTED_LOOKS
        ink = theme.tokens.muted if is_muted else theme.tokens.text
        draw_text(painter, place, row.label, theme.font(Role.SMALL, _weight(row)), ink)

    # -- bars --

    def _draw_bar(
        self, painter: QPainter, rect: QRectF, row: TimelineRow, plan: TimelinePlan
    ) -> None:
        if row.start_s is None or row.end_s is None:
            return
        tokens, height = self._theme.tokens, self._theme.scale(BAR_PX)
        left, right = plan.x(row.start_s), plan.x(row.end_s)
        width = max(right - left, self._theme.scale(LEAST_BAR_PX))
        bar = QRectF(left, rect.center().y() - height / 2, width, height)
        match row.look:
            case StageLook.DONE:
                rounded_box(painter, bar, BAR_RADIUS_PX, ground=tokens.stage_done)
            case StageLook.WARNING:
                self._draw_notched(painter, bar)
            case StageLook.RUNNING:
                rounded_box(painter, bar, BAR_RADIUS_PX, ground=tokens.accent)
            case StageLook.QUIET:
                line = tokens.accent
                rounded_box(painter, bar, BAR_RADIUS_PX, line=line, line_px=OUTLINE_PX)
            case StageLook.FAILED:
                self._draw_failed(painter, bar)
            case StageLook.CANCELLED:
                self._draw_cancelled(painter, bar)
            case StageLook.SKIPPED:
                dash = self._theme.scale(DASH_PX)
                top = rect.center().y() - DASH_HEIGHT_PX / 2
                fill(painter, QRectF(left, top, dash, DASH_HEIGHT_PX), tokens.muted)
            case StageLook.PENDING | StageLook.FAILED_BEFORE:
                return

    def _draw_notched(self, painter: QPainter, bar: QRectF) -> None:
        tokens = self._theme.tokens
        rounded_box(painter, bar, BAR_RADIUS_PX, ground=tokens.stage_done)
        if bar.width() > 2 * NOTCH_FROM_END_PX:
            left = bar.right() - NOTCH_FROM_END_PX
            fill(painter, QRectF(left, bar.top(), NOTCH_PX, bar.height()), tokens.surface)

    def _draw_failed(self, painter: QPainter, bar: QRectF) -> None:
        theme, edge = self._theme, self._theme.scale(MARK_PX)
        rounded_box(painter, bar, BAR_RADIUS_PX, ground=theme.tokens.failed)
        top_left = QPointF(bar.right() + theme.scale(MARK_GAP_PX), bar.center().y() - edge / 2)
        draw_icon(painter, theme, "stage-failed", top_left, edge, theme.tokens.failed)

    def _draw_cancelled(self, painter: QPainter, bar: QRectF) -> None:
        theme, edge = self._theme, self._theme.scale(SQUARE_PX)
        line = theme.tokens.stage_done
        rounded_box(painter, bar, BAR_RADIUS_PX, line=line, line_px=OUTLINE_PX)
        left = bar.right() + theme.scale(MARK_GAP_PX)
        fill(painter, QRectF(left, bar.center().y() - edge / 2, edge, edge), line)

    def _draw_dot(self, painter: QPainter, middle: QPointF, ground: QColor) -> None:
        radius = self._theme.scale(DOT_RADIUS_PX)
        with saved(painter):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(ground, DOT_EDGE_PX))
            painter.setBrush(self._theme.tokens.accent)
            painter.drawEllipse(middle, radius, radius)

    # -- durations --

    def _draw_value(self, painter: QPainter, rect: QRectF, row: TimelineRow) -> None:
        theme, tokens = self._theme, self._theme.tokens
        cursor = RowCursor(theme, painter, rect, Qt.LayoutDirection.LeftToRight)
        if row.value:
            font = theme.font(Role.SMALL, _weight(row), is_tabular=True)
            cursor.text(row.value, font, self._value_ink(row))
            cursor.skip(theme.scale(NOTE_GAP_PX))
        if row.note:
            cursor.text(row.note, theme.font(Role.SMALL), tokens.muted)

    def _value_ink(self, row: TimelineRow) -> QColor:
        tokens = self._theme.tokens
        if row.look is StageLook.FAILED:
            return tokens.failed
        if row.look.is_running:
            return tokens.accent
        return tokens.muted if row.look in MUTED_LOOKS else tokens.text


def _weight(row: TimelineRow) -> Weight:
    return Weight.SEMIBOLD if row.look in STRONG_LOOKS else Weight.REGULAR
