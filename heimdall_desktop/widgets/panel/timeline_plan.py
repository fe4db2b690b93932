"""The positions of name, time axis and duration of a stage. Source: design.md §5 (Stages panel).

A time axis runs from left to right in every language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

NAMES_PX = 148
DURATIONS_PX = 150
LEAST_AXIS_PX = 240
GLYPH_PX = 14
NAME_PX = 38
NAME_END_PX = 12  # between the longest name and the axis
ATTEMPT_GAP_PX = 8
ATTEMPT_PX = 13
NUMBER_GAP_PX = 3
VALUE_GAP_PX = 14
NOTE_GAP_PX = 6
END_PX = 8
ATTEMPT_LABEL_GAP_PX = 6
MARK_ROOM_PX = 16  # for the sign after a bar that ended badly
WIDTH_STEP_PX = 16  # the axis shrinks in steps, so that it stays still while texts grow
LONGEST_NOTE = 400  # measured characters; no window is wider
STRONG_LOOKS = (StageDisplay.RUNNING, StageDisplay.QUIET, StageDisplay.FAILED)


class TimelinePlan:
    """The columns of a timeline of a given width.

    Args:
        theme: Fonts and measures.
        timeline: The content.
        width: The total width, in pixels.
    """

    def __init__(self, theme: Theme, timeline: Timeline, width: float) -> None:
        self._theme = theme
        self._timeline = timeline
        self.axis_left = float(self._names_px())
        most_px = width - self.axis_left - theme.scale(LEAST_AXIS_PX)
        durations_px = self._durations_px(max(most_px, theme.scale(DURATIONS_PX)))
        self.axis_right = max(width - durations_px, self.axis_left + 1)
        self.value_left = self.axis_right + theme.scale(VALUE_GAP_PX)
        self.right = width - theme.scale(END_PX)

    def x(self, at_s: float) -> float:
        """Return the position of a moment, clamped to the axis."""
        part = min(max(at_s / self._timeline.total_s, 0.0), 1.0)
        return self.axis_left + part * (self.axis_right - self.axis_left)

    def value_rect(self, top: float, height: float) -> QRectF:
        """Return the place of a duration and its note."""
        return QRectF(self.value_left, top, max(self.right - self.value_left, 0.0), height)

    def note_of(self, row: TimelineRow) -> str:
        """Return the note after a stage's duration, as far as it fits."""
        return self._note(row, self.right - self.value_left)

    def attempt_labels(self) -> dict[int, tuple[int, float]]:
        """Return row and left edge of the name of each later attempt, by its place among them.

        A name is after the line where its attempt started, or before it, where there is no bar, no
        other name, and no line of another attempt. A name without such a place is omitted.
        """
        theme, placed = self._theme, dict[int, tuple[int, float]]()
        gap = theme.scale(ATTEMPT_LABEL_GAP_PX)
        taken: dict[int, list[tuple[float, float]]] = {}
        lines = [self.x(at_s) for at_s, _ in self._timeline.attempts]
        for place, (_, label) in enumerate(self._timeline.attempts):
            width = theme.text_width(label, Role.MICRO, Weight.SEMIBOLD) + 1
            for left in (lines[place] + gap, lines[place] - gap - width):
                right = left + width
                is_crossed = any(left - 1 < x < right + 1 for x in lines if x != lines[place])
                fits = self.axis_left <= left and right <= self.axis_right
                row = self._free_row(left, right, taken) if fits and not is_crossed else None
                if row is not None:
                    placed[place] = (row, left)
                    taken.setdefault(row, []).append((left, right))
                    break
        return placed

    def _free_row(
        self, left: float, right: float, taken: Mapping[int, Sequence[tuple[float, float]]]
    ) -> int | None:
        """Return the lowest row with nothing on the axis between two places."""
        for number in reversed(range(len(self._timeline.rows))):
            names = taken.get(number, ())
            is_named = any(left < to and start < right for start, to in names)
            if not is_named and not self._is_taken(self._timeline.rows[number], left, right):
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
        """Return the width of the names; it grows only where an attempt number follows a name."""
        theme, widest = self._theme, 0.0
        for row in self._timeline.rows:
            if row.attempt:
                width = theme.text_width(row.label, Role.SMALL, weight_of(row))
                widest = max(widest, width + theme.text_width(str(row.attempt), Role.SMALL))
        if not widest:
            return theme.scale(NAMES_PX)
        around = NAME_PX + ATTEMPT_GAP_PX + ATTEMPT_PX + NUMBER_GAP_PX + NAME_END_PX
        return max(theme.scale(NAMES_PX), theme.scale(around) + math.ceil(widest))

    def _durations_px(self, most_px: float) -> float:
        """Return the width of durations and notes: that of the widest one shown whole."""
        around, step = self._theme.scale(VALUE_GAP_PX + END_PX), self._theme.scale(WIDTH_STEP_PX)
        room = most_px - around
        rows = self._timeline.rows
        widest = max((self._text_px(row, self._note(row, room)) for row in rows), default=0.0)
        wanted = math.ceil((around + widest) / step) * step
        return min(max(wanted, self._theme.scale(DURATIONS_PX)), most_px)

    def _note(self, row: TimelineRow, room: float) -> str:
        is_whole = not row.short_note or self._text_px(row, row.note) <= room
        return row.note if is_whole else row.short_note

    def _text_px(self, row: TimelineRow, note: str) -> float:
        width = self._theme.text_width(row.value, Role.SMALL, weight_of(row), is_tabular=True)
        if note:
            width += self._theme.scale(NOTE_GAP_PX) if row.value else 0
            width += self._theme.text_width(note[:LONGEST_NOTE], Role.SMALL)
        return width


def weight_of(row: TimelineRow) -> Weight:
    """Return the font weight of a stage's name and duration."""
    return Weight.SEMIBOLD if row.display in STRONG_LOOKS else Weight.REGULAR
