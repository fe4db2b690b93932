"""The line above the stages: column heads, the times of the axis, and where "now" is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.panel.timeline import Timeline
from heimdall_desktop.widgets.look.painting import CENTRED, LEADING, draw_text, rounded_box
from heimdall_desktop.widgets.look.painting import vertical_hairline as vertical
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.panel.timeline_plan import INSET_PX, TimelinePlan

AXIS_PX = 26
TEXT_TOP_PX = 4
TEXT_PX = 18
LINE_PX = 4  # of a tick, above the first row
CLEAR_OF_NOW_PX = 46
LABEL_GAP_PX = 12
PILL_PX = 16
PILL_PADDING_PX = 6


class TimelineAxis(QWidget):
    """Paints the axis of a timeline.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._timeline: Timeline | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

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
        top, height = self._theme.scale(TEXT_TOP_PX), self._theme.scale(TEXT_PX)
        return QRectF(left, top, right - left, height)

    def _draw_head(self, painter: QPainter, text: str, left: float, right: float) -> None:
        font = self._theme.font(Role.MICRO, Weight.MEDIUM)
        muted = self._theme.tokens.muted
        draw_text(painter, self._text_rect(left, right), text, font, muted, LEADING)

    def _draw_tick(self, painter: QPainter, plan: TimelinePlan, at_s: float, label: str) -> None:
        theme, x, line = self._theme, plan.x(at_s), self._theme.scale(LINE_PX)
        vertical(painter, x, self.height() - line, line, theme.tokens.hairline)
        width = theme.text_width(label, Role.MICRO) + 1
        now_s = self._timeline.now_s if self._timeline else None
        is_free = now_s is None or abs(plan.x(now_s) - x) > theme.scale(CLEAR_OF_NOW_PX)
        left = x - width / 2 if at_s else x - 3
        if is_free and left + width <= plan.axis_right:
            rect = self._text_rect(left, left + width)
            draw_text(painter, rect, label, theme.font(Role.MICRO), theme.tokens.muted, LEADING)

    def _label_step(self, plan: TimelinePlan, labels: Sequence[str]) -> int:
        """Return how many ticks share a label, so that none touches the next."""
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
        top = theme.scale(TEXT_TOP_PX) + (theme.scale(TEXT_PX) - height) / 2
        vertical(painter, x, top + height, self.height() - top - height, tokens.accent)
        pill = QRectF(x - width / 2, top, width, height)
        rounded_box(painter, pill, height / 2, ground=tokens.accent)
        font = theme.font(Role.MICRO, Weight.SEMIBOLD)
        draw_text(painter, pill, now, font, tokens.on_accent, CENTRED)
