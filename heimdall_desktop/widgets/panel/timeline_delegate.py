"""Paints the rows of the timeline: glyph and name, the bar on the axis, the duration."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models.scan_facts import ROW_ROLE, TimelineModel
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow
from heimdall_desktop.widgets.controls.row_delegate import (
    INSET_PX,
    Index,
    RowDelegate,
    selection_bar,
)
from heimdall_desktop.widgets.controls.scan_marks import SEGMENTS
from heimdall_desktop.widgets.controls.stage_strip import draw_stage_glyph
from heimdall_desktop.widgets.look.painting import (
    LEADING,
    RowCursor,
    draw_text,
    fill,
    saved,
    vertical_hairline,
)
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.panel.timeline_bars import TimelineBars
from heimdall_desktop.widgets.panel.timeline_plan import (
    ATTEMPT_GAP_PX,
    ATTEMPT_PX,
    GLYPH_PX,
    NAME_PX,
    NOTE_GAP_PX,
    NUMBER_GAP_PX,
    TimelinePlan,
    weight_of,
)

ROW_PX = 18
LARGE_ROW_PX = 28
ATTEMPT_DASHES_PX = (4.0, 3.0)
MUTED_LOOKS = (
    StageDisplay.PENDING,
    StageDisplay.NOT_REPORTED,
    StageDisplay.SKIPPED,
    StageDisplay.FAILED_BEFORE,
    StageDisplay.CANCELLED_BEFORE,
)


class TimelineDelegate(RowDelegate):
    """Draws the stages of a timeline's model.

    Args:
        model: Owns the axis.
        view: The list.

    Attributes:
        picked: The stage that filters the log; "" for none. Without one the running stage is
            marked.
        is_large: Whether rows are tall.
    """

    def __init__(self, model: TimelineModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self.picked = ""
        self.is_large = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.scale(LARGE_ROW_PX if self.is_large else ROW_PX))

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
        self._draw_attempts(painter, rect, index.row(), timeline, plan)
        self._draw_name(painter, rect, row)
        bars = TimelineBars(theme, painter, plan, rect, ground, is_large=self.is_large)
        bars.draw(row)
        if timeline.now_s is not None:
            now_x, accent = plan.x(timeline.now_s), theme.tokens.accent
            vertical_hairline(painter, now_x, rect.top(), rect.height(), accent)
        bars.draw_dot(row)
        self._draw_value(painter, plan, rect, row)
        self.draw_ring(painter, option, index)

    def _draw_ground(self, painter: QPainter, rect: QRectF, row: TimelineRow) -> QColor:
        tokens = self._theme.tokens
        is_marked = row.name == self.picked if self.picked else row.display.is_running
        ground = tokens.selection if is_marked else tokens.surface
        fill(painter, rect, ground)
        if is_marked:
            left_to_right = Qt.LayoutDirection.LeftToRight
            selection_bar(painter, rect, left_to_right, self._theme, tokens.accent)
        return ground

    def _draw_attempts(
        self, painter: QPainter, rect: QRectF, number: int, timeline: Timeline, plan: TimelinePlan
    ) -> None:
        """Draw where later attempts started, with their names where there is free space."""
        theme, tokens = self._theme, self._theme.tokens
        names = plan.attempt_labels()
        for place, (at_s, label) in enumerate(timeline.attempts):
            x = round(plan.x(at_s)) + 0.5
            with saved(painter):
                pen = QPen(tokens.muted, 1)
                pen.setDashPattern(list(ATTEMPT_DASHES_PX))
                pen.setDashOffset(rect.top() % sum(ATTEMPT_DASHES_PX))
                painter.setPen(pen)
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
            row, left = names.get(place, (None, 0.0))
            if row == number:
                font = theme.font(Role.MICRO, Weight.SEMIBOLD)
                width = theme.text_width(label, Role.MICRO, Weight.SEMIBOLD) + 1
                text_rect = QRectF(left, rect.top(), width, rect.height())
                draw_text(painter, text_rect, label, font, tokens.muted, LEADING)

    def _draw_name(self, painter: QPainter, rect: QRectF, row: TimelineRow) -> None:
        theme, edge = self._theme, self._theme.scale(GLYPH_PX)
        top_left = QPointF(theme.scale(INSET_PX), rect.top() + (rect.height() - edge) / 2)
        draw_stage_glyph(painter, theme, SEGMENTS[row.display], top_left, edge)
        muted = theme.tokens.muted
        ink = muted if row.display in MUTED_LOOKS else theme.tokens.text
        cursor = RowCursor(theme, painter, rect, Qt.LayoutDirection.LeftToRight)
        cursor.skip(theme.scale(NAME_PX))
        cursor.text(row.label, theme.font(Role.SMALL, weight_of(row)), ink)
        if row.attempt:
            cursor.skip(theme.scale(ATTEMPT_GAP_PX))
            cursor.icon("stage-attempt", theme.scale(ATTEMPT_PX), muted)
            cursor.skip(theme.scale(NUMBER_GAP_PX))
            cursor.text(str(row.attempt), theme.font(Role.SMALL), muted)

    def _draw_value(
        self, painter: QPainter, plan: TimelinePlan, rect: QRectF, row: TimelineRow
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        place = plan.value_rect(rect.top(), rect.height())
        cursor = RowCursor(theme, painter, place, Qt.LayoutDirection.LeftToRight)
        if row.value:
            font = theme.font(Role.SMALL, weight_of(row), is_tabular=True)
            cursor.text(row.value, font, self._value_ink(row))
            cursor.skip(theme.scale(NOTE_GAP_PX))
        note = plan.note_of(row)
        if note:
            cursor.text(note, theme.font(Role.SMALL), tokens.muted)

    def _value_ink(self, row: TimelineRow) -> QColor:
        tokens = self._theme.tokens
        if row.display is StageDisplay.FAILED:
            return tokens.failed
        if row.display.is_running:
            return tokens.accent
        return tokens.muted if row.display in MUTED_LOOKS else tokens.text
