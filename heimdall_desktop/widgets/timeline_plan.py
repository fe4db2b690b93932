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
NAME_END_PX = 12  # between the longest name and the axis
ATTEMPT_GAP_PX = 8
ATTEMPT_PX = 13
NUMBER_GAP_PX = 3
VALUE_GAP_PX = 14
NOTE_GAP_PX = 6
END_PX = 8
MARK_ROOM_PX = 16  # for the sign behind a bar that ended badly
WIDTH_STEP_PX = 16  # the axis gives way in steps, so that it stands still while texts grow
LONGEST_NOTE = 400  # characters that are measured; no window is wider
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
        names_px, least_px = self._names_px(), theme.scale(LEAST_AXIS_PX)
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

    def free_row(self, at_s: float, width: float) -> int | None:
        """Return the lowest row with nothing on the axis from a moment on, for so many pixels."""
        left = self.x(at_s)
        for number in reversed(range(len(self._timeline.rows))):
            if not self._is_taken(self._timeline.rows[number], left, left + width):
                return number
        return None

    def _is_taken(self, row: TimelineRow, left: float, right: float) -> bool:
        spans = [(span.start_s, span.end_s) for span in row.earlier]
        if row.start_s is not None and (row.end_s != row.start_s or row.expected):
            ends = (row.end_s or 0.0, row.expected.longest_s if row.expected else 0.0)
            spans.append((row.start_s, max(ends)))
        room = self._theme.scale(MARK_ROOM_PX)
        now_s = self._timeline.now_s
        if now_s is not None and left < self.x(now_s) < right:
            return True
        return any(self.x(start) < right and self.x(end) + room > left for start, end in spans)

    def _names_px(self) -> int:
        """The column of names grows only where the number of an attempt stands behind one."""
        theme, widest = self._theme, 0.0
        for row in self._timeline.rows:
            if row.attempt:
                width = theme.text_width(row.label, Role.SMALL, weight_of(row))
                widest = max(widest, width + theme.text_width(str(row.attempt), Role.SMALL))
        if not widest:
            return theme.scale(NAMES_PX)
        around = NAME_PX + ATTEMPT_GAP_PX + ATTEMPT_PX + NUMBER_GAP_PX + NAME_END_PX
        return max(theme.scale(NAMES_PX), theme.scale(around) + math.ceil(widest))

    def _wanted_px(self) -> float:
        theme = self._theme
        around = theme.scale(VALUE_GAP_PX + END_PX)
        widest = max((self._text_px(row) for row in self._timeline.rows), default=0.0)
        step = theme.scale(WIDTH_STEP_PX)
        wanted = math.ceil((around + widest) / step) * step
        return max(wanted, theme.scale(DURATIONS_PX))

    def _text_px(self, row: TimelineRow) -> float:
        width = self._theme.text_width(row.value, Role.SMALL, weight_of(row), is_tabular=True)
        if row.note:
            width += self._theme.scale(NOTE_GAP_PX) if row.value else 0
            width += self._theme.text_width(row.note[:LONGEST_NOTE], Role.SMALL)
        return width


def weight_of(row: TimelineRow) -> Weight:
    """Return how heavy name and duration of a stage are."""
    return Weight.SEMIBOLD if row.look in STRONG_LOOKS else Weight.REGULAR
