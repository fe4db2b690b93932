"""The left side of the stages panel: axis, the nine stages, and the legend under them.

The axis has column heads, times, and the "now" marker. The legend explains the glyphs and the basis
of estimates, if there is space.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.models.log_model import LogModel
from heimdall_desktop.models.scan_facts import TimelineModel
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.panel.timeline import Timeline
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scan_marks import SegmentKind, draw_stage_glyph
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import (
    CENTRED,
    LEADING,
    RowCursor,
    draw_text,
    rounded_box,
)
from heimdall_desktop.widgets.look.painting import vertical_hairline as vertical
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.panel.activity_side import ActivitySide
from heimdall_desktop.widgets.panel.log_page import LogPage
from heimdall_desktop.widgets.panel.stages_list import StagesList
from heimdall_desktop.widgets.panel.timeline_drawing import LARGE_ROW_PX, TimelinePlan

LEGEND_PX = 32
GLYPH_PX = 14
GLYPH_GAP_PX = 6
APART_PX = 18
_WORDS = {
    SegmentKind.PENDING: tr_noop("Pending"),
    SegmentKind.RUNNING: tr_noop("Running"),
    SegmentKind.DONE: tr_noop("Done"),
    SegmentKind.WARNING: tr_noop("Done with warnings"),
    SegmentKind.FAILED: tr_noop("Failed"),
    SegmentKind.CANCELLED: tr_noop("Cancelled"),
    SegmentKind.SKIPPED: tr_noop("Skipped"),
    SegmentKind.FAILED_BEFORE: tr_noop("Attempt"),
    SegmentKind.QUIET: tr_noop("Quiet"),
    SegmentKind.NOT_REPORTED: tr_noop("Not reported"),
}

AXIS_PX = 26
LABEL_TOP_PX = 4
LABEL_PX = 18
TICK_PX = 4  # of a tick, above the first row
CLEAR_OF_NOW_PX = 46
LABEL_GAP_PX = 12
PILL_PX = 16
PILL_PADDING_PX = 6


class StageLegend(Pane):
    """Paints all glyphs with their text; omits those that do not fit.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, Edge.TOP, parent=parent)
        self._basis = ""
        self.setObjectName("stage_legend")
        self.setAccessibleName(tr("Legend"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_basis(self, words: str) -> None:
        """Show the basis of estimates; "" without any."""
        if words != self._basis:
            self._basis = words
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(LEGEND_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, scale = self._theme, self._theme.scale
        with QPainter(self) as painter:
            row = RowCursor(theme, painter, QRectF(self.rect()), Qt.LayoutDirection.LeftToRight)
            row.skip(scale(INSET_PX))
            row.skip_at_end(scale(INSET_PX))
            font = theme.font(Role.SMALL)
            for kind, words in _WORDS.items():
                text = tr(words)
                width = theme.text_width(text, Role.SMALL) + 1
                if scale(GLYPH_PX + GLYPH_GAP_PX) + width > row.remaining:
                    break
                place = row.take(scale(GLYPH_PX))
                top = place.top() + (place.height() - scale(GLYPH_PX)) / 2
                draw_stage_glyph(painter, theme, kind, QPointF(place.left(), top), scale(GLYPH_PX))
                row.skip(scale(GLYPH_GAP_PX))
                row.text(text, font, theme.tokens.text)
                row.skip(scale(APART_PX))
            basis_px = theme.text_width(self._basis, Role.SMALL) + 1
            if self._basis and basis_px <= row.remaining:
                row.text_at_end(self._basis, basis_px, font, theme.tokens.muted)


class TimelineAxis(QWidget):
    """Paints the axis of a timeline.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._timeline: Timeline | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show another axis."""
        self._timeline = timeline
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(AXIS_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._timeline is None:
            return
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            plan = TimelinePlan(self._theme, self._timeline, self.width())
            self._draw_head(painter, tr("Stage"), self._theme.scale(INSET_PX), plan.axis_left)
            self._draw_head(painter, tr("Duration"), plan.value_left, plan.right)
            ticks = list(self._timeline.ticks())
            step = self._label_step(plan, [label for _, label in ticks])
            for number, (at_s, label) in enumerate(ticks):
                self._draw_tick(painter, plan, at_s, "" if number % step else label)
            if self._timeline.now_s is not None:
                self._draw_now(painter, plan.x(self._timeline.now_s))

    def _text_rect(self, left: float, right: float) -> QRectF:
        top, height = self._theme.scale(LABEL_TOP_PX), self._theme.scale(LABEL_PX)
        return QRectF(left, top, right - left, height)

    def _draw_head(self, painter: QPainter, text: str, left: float, right: float) -> None:
        font = self._theme.font(Role.MICRO, Weight.MEDIUM)
        muted = self._theme.tokens.muted
        draw_text(painter, self._text_rect(left, right), text, font, muted, LEADING)

    def _draw_tick(self, painter: QPainter, plan: TimelinePlan, at_s: float, label: str) -> None:
        theme, x, line = self._theme, plan.x(at_s), self._theme.scale(TICK_PX)
        vertical(painter, x, self.height() - line, line, theme.tokens.hairline)
        width = theme.text_width(label, Role.MICRO) + 1
        now_s = self._timeline.now_s if self._timeline else None
        is_free = now_s is None or abs(plan.x(now_s) - x) > theme.scale(CLEAR_OF_NOW_PX)
        left = x - width / 2 if at_s else x - 3
        if is_free and left + width <= plan.axis_right:
            rect = self._text_rect(left, left + width)
            draw_text(painter, rect, label, theme.font(Role.MICRO), theme.tokens.muted, LEADING)

    def _label_step(self, plan: TimelinePlan, labels: Sequence[str]) -> int:
        """Return how many ticks share a label, so that labels do not touch."""
        theme = self._theme
        widest = max((theme.text_width(label, Role.MICRO) for label in labels), default=0.0)
        tick_px = plan.x(self._timeline.tick_s) - plan.x(0) if self._timeline else 0.0
        return max(math.ceil((widest + theme.scale(LABEL_GAP_PX)) / max(tick_px, 1.0)), 1)

    def _draw_now(self, painter: QPainter, x: float) -> None:
        theme, tokens = self._theme, self._theme.tokens
        now = tr("now")
        width = theme.text_width(now, Role.MICRO, Weight.SEMIBOLD)
        width += 2 * theme.scale(PILL_PADDING_PX)
        height = theme.scale(PILL_PX)
        top = theme.scale(LABEL_TOP_PX) + (theme.scale(LABEL_PX) - height) / 2
        vertical(painter, x, top + height, self.height() - top - height, tokens.accent)
        pill = QRectF(x - width / 2, top, width, height)
        rounded_box(painter, pill, height / 2, ground=tokens.accent)
        font = theme.font(Role.MICRO, Weight.SEMIBOLD)
        draw_text(painter, pill, now, font, tokens.on_accent, CENTRED)


class StagesView(Pane):
    """Axis above, one row for each stage below.

    Args:
        parent: Its owner.

    Attributes:
        model: The stages.
        rows: The rows, which take the focus.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.model = TimelineModel(self)
        self._axis = TimelineAxis(self)
        self.rows = StagesList(self.model, self)
        self._legend = StageLegend(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._axis)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self._legend)
        self._legend.hide()
        self._theme.changed.connect(self._show_legend)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show other values."""
        self.model.show_timeline(timeline)
        self._axis.show_timeline(timeline)
        self._legend.show_basis(timeline.basis if timeline else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        """Explain the glyphs if tall rows leave space."""
        needed = AXIS_PX + len(STAGE_NAMES) * LARGE_ROW_PX + LEGEND_PX
        self._legend.setVisible(self.height() >= self._theme.scale(needed))


# The views of a scan in the panel: its timeline, its current task, and its log.
#
# They are loaded and made once there is a scan to show.


class StageViews:
    """Makes the views; the panel places and fills them.

    Args:
        log: The rows of the log.
        parent: Their owner.

    Attributes:
        stages: the timeline.
        side: the current task, and the end of the log, beside it.
        log: the page with the whole log.
    """

    def __init__(self, log: LogModel, parent: QWidget) -> None:
        self.stages = StagesView(parent)
        self.side = ActivitySide(parent)
        self.log = LogPage(log, parent)
