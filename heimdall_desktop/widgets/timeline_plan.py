"""Where name, time axis and duration of a stage stand. Source: design.md §5 (Stages panel).

A time axis runs from left to right in every language.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF

from heimdall_desktop.domain.stage_looks import StageLook
from heimdall_desktop.domain.timeline import Timeline, TimelineRow
from heimdall_desktop.widgets.theme import Role, Theme, Weight

NAMES_PX = 148
DURATIONS_PX = 150
LEAST_AXIS_PX = 240
INSET_PX = 16
GLYPH_PX = 14
NAME_PX = 38
VALUE_GAP_PX = 14
NOTE_GAP_PX = 6
END_PX = 8
WIDTH_STEP_PX = 16  # the axis gives way in steps, so that it stands still while texts grow
STRONG_LOOKS = (StageLook.RUNNING, StageLook.QUIET, StageLook.FAILED)


class TimelinePlan:
    """The columns of a timeline of a given width.

    Args:
        theme: Fonts and measures.
        timeline: What is shown.
        width: Of the whole, in pixels.
    """

    def __init__(self, theme: Theme, timeline: Timeline, width: float) -> None:
        self._theme = theme
        self._timeline = timeline
        names_px, least_px = theme.scale(NAMES_PX), theme.scale(LEAST_AXIS_PX)
        most_px = max(width - names_px - least_px, theme.scale(DURATIONS_PX))
        self.axis_left = float(names_px)
        self.axis_right = max(width - min(self._wanted_px(), most_px), self.axis_left + 1)
        self.value_left = self.axis_right + theme.scale(VALUE_GAP_PX)
        self.right = width - theme.scale(END_PX)

    def x(self, at_s: float) -> float:
        """Return where a moment stands, never beyond the axis."""
        part = min(max(at_s / self._timeline.total_s, 0.0), 1.0)
        return self.axis_left + part * (self.axis_right - self.axis_left)

    def value_rect(self, top: float, height: float) -> QRectF:
        """Return the place of a duration and its note."""
        return QRectF(self.value_left, top, max(self.right - self.value_left, 0.0), height)

    def _wanted_px(self) -> float:
        theme = self._theme
        around = theme.scale(VALUE_GAP_PX + END_PX)
        widest = max((self._text_px(row) for row in self._timeline.rows), default=0.0)
        step = theme.scale(WIDTH_STEP_PX)
        wanted = math.ceil((around + widest) / step) * step
        return max(wanted, theme.scale(DURATIONS_PX))

    def _text_px(self, row: TimelineRow) -> float:
        weight = Weight.SEMIBOLD if row.look in STRONG_LOOKS else Weight.REGULAR
        width = self._theme.text_width(row.value, Role.SMALL, weight, is_tabular=True)
        if row.note:
            width += self._theme.scale(NOTE_GAP_PX)
            width += self._theme.text_width(row.note[:400], Role.SMALL)
        return width
