"""Paints the rows of the timeline: glyph and name, the bar on the axis, the duration.

A time axis runs from left to right in every language. It shows actual and expected times as bars,
outlines and brackets. Source: look.md 5 (Stages panel), picture 6.
"""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models.panel_models import TimelineModel
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.panel.timeline import Expected, Timeline, TimelineRow
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.scan_marks import SEGMENTS, draw_stage_glyph
from heimdall_desktop.widgets.look import painting
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
        self.timeline, self.width = timeline, width
        # names get more width only where the number of an attempt follows a name
        longest = 0.0
        for row in timeline.rows:
            if row.attempt:
                name_px = theme.text_width(row.label, Role.SMALL, weight_of(row))
                longest = max(longest, name_px + theme.text_width(str(row.attempt), Role.SMALL))
        beside = NAME_PX + ATTEMPT_GAP_PX + ATTEMPT_PX + NUMBER_GAP_PX + NAME_END_PX
        names_px = theme.scale(beside) + math.ceil(longest) if longest else 0
        self.axis_left = float(max(theme.scale(NAMES_PX), names_px))
        # durations and notes get the width of the widest one that is shown whole
        least_px = theme.scale(DURATIONS_PX)
        most_px = max(width - self.axis_left - theme.scale(LEAST_AXIS_PX), least_px)
        around, step = theme.scale(VALUE_GAP_PX + END_PX), theme.scale(WIDTH_STEP_PX)
        notes = ((row, self.note_of(row, most_px - around)) for row in timeline.rows)
        widest = max((self._text_px(row, note) for row, note in notes), default=0.0)
        wanted = math.ceil((around + widest) / step) * step
        durations_px = min(max(wanted, least_px), most_px)
        self.axis_right = max(width - durations_px, self.axis_left + 1)
        self.value_left = self.axis_right + theme.scale(VALUE_GAP_PX)
        self.right = width - theme.scale(END_PX)

    def x(self, at_s: float) -> float:
        """Return the position of a moment, clamped to the axis."""
        part = min(max(at_s / self.timeline.total_s, 0.0), 1.0)
        return self.axis_left + part * (self.axis_right - self.axis_left)

    def note_of(self, row: TimelineRow, room: float) -> str:
        """Return the note after a stage's duration, short if it does not fit."""
        is_whole = not row.short_note or self._text_px(row, row.note) <= room
        return row.note if is_whole else row.short_note

    def attempt_labels(self) -> dict[int, tuple[int, float]]:
        """Return row and left edge of the name of each later attempt, by its place among them.

        A name is after the line where its attempt started, or before it, where there is no bar, no
        other name, and no line of another attempt. A name without such a place is omitted.
        """
        theme, placed = self._theme, dict[int, tuple[int, float]]()
        gap = theme.scale(ATTEMPT_LABEL_GAP_PX)
        taken: dict[int, list[tuple[float, float]]] = {}
        lines = [self.x(at_s) for at_s, _ in self.timeline.attempts]
        for place, (_, label) in enumerate(self.timeline.attempts):
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
        room, now_s = self._theme.scale(MARK_ROOM_PX), self.timeline.now_s
        if now_s is not None and left < self.x(now_s) < right:
            return None
        for number, row in reversed(list(enumerate(self.timeline.rows))):
            spans = [(span.start_s, span.end_s) for span in row.earlier]
            if row.start_s is not None and (row.end_s != row.start_s or row.expected):
                ends = (row.end_s or 0.0, row.expected.longest_s if row.expected else 0.0)
                spans.append((row.start_s, max(ends)))
            places = [(self.x(start), self.x(end) + room) for start, end in spans]
            if not any(
                left < to and start < right for start, to in (*places, *taken.get(number, ()))
            ):
                return number
        return None

    def _text_px(self, row: TimelineRow, note: str) -> float:
        width = self._theme.text_width(row.value, Role.SMALL, weight_of(row), is_tabular=True)
        if note:
            width += self._theme.scale(NOTE_GAP_PX) if row.value else 0
            width += self._theme.text_width(note[:LONGEST_NOTE], Role.SMALL)
        return width


def weight_of(row: TimelineRow) -> Weight:
    return Weight.SEMIBOLD if row.display in STRONG_LOOKS else Weight.REGULAR


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
        tokens = self._theme.tokens
        for span in row.earlier:
            bar = self._bar(span.start_s, span.end_s)
            bar.setWidth(max(bar.width(), self._theme.scale(LEAST_OUTLINE_PX)))
            self._box(bar, line=tokens.failed if span.has_failed else tokens.stage_done)
            if span.has_failed:
                self._draw_cross(bar)
        if row.start_s is None or row.end_s is None:
            return
        if row.expected is not None and row.display.is_running:
            usual = self._bar(row.start_s, row.expected.median_s)
            self._box(usual, line=tokens.accent, dashes_px=DASHES_PX)
        self._draw_bar(row, self._bar(row.start_s, row.end_s))
        if row.expected is not None:
            if row.display.is_running:  # the usual range under the bar, which the stage can overrun
                expected = row.expected
                y = self._middle + self._height / 2 + self._theme.scale(BRACKET_GAP_PX)
                muted, cap = self._theme.tokens.muted, self._theme.scale(BRACKET_CAP_PX)
                left, right = self._plan.x(expected.shortest_s), self._plan.x(expected.longest_s)
                painting.horizontal_hairline(
                    self._painter, left, y - 0.5, max(right - left, 1.0), muted
                )
                for x in {left, right}:
                    painting.vertical_hairline(self._painter, x - 0.5, y - cap / 2, cap, muted)
                tick, width = self._plan.x(expected.median_s), self._theme.scale(MEDIAN_PX)
                painting.fill(
                    self._painter, QRectF(tick - width / 2, y - cap / 2, width, cap), muted
                )
            else:
                self._draw_waiting(row.start_s, row.expected)

    def draw_dot(self, row: TimelineRow) -> None:
        if not row.display.is_running or row.end_s is None:
            return
        radius = self._theme.scale(DOT_RADIUS_PX)
        with painting.saved(self._painter):
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
                self._box(bar, ground=tokens.stage_done)
            case StageDisplay.WARNING:
                self._box(bar, ground=tokens.stage_done)
                if bar.width() > 2 * NOTCH_FROM_END_PX:
                    left = bar.right() - NOTCH_FROM_END_PX
                    notch = QRectF(left, bar.top(), NOTCH_PX, bar.height())
                    painting.fill(self._painter, notch, self._ground)
            case StageDisplay.RUNNING if row.last_update_s is None:
                self._box(bar, ground=tokens.accent)
            case StageDisplay.RUNNING | StageDisplay.QUIET:
                self._draw_quiet(row, bar)
            case StageDisplay.FAILED:
                self._box(bar, ground=tokens.failed)
                self._draw_cross(bar)
            case StageDisplay.CANCELLED | StageDisplay.ENDED:
                self._box(bar, line=tokens.stage_done)
                edge = self._theme.scale(SQUARE_PX)
                left = bar.right() + self._theme.scale(MARK_GAP_PX)
                square = QRectF(left, self._middle - edge / 2, edge, edge)
                painting.fill(self._painter, square, tokens.stage_done)
            case StageDisplay.SKIPPED:
                dash = self._theme.scale(DASH_PX)
                top = self._middle - DASH_HEIGHT_PX / 2
                painting.fill(
                    self._painter, QRectF(bar.left(), top, dash, DASH_HEIGHT_PX), tokens.muted
                )
            case (
                StageDisplay.PENDING
                | StageDisplay.FAILED_BEFORE
                | StageDisplay.CANCELLED_BEFORE
                | StageDisplay.NOT_REPORTED
            ):
                return

    def _box(
        self,
        bar: QRectF,
        *,
        ground: QColor | None = None,
        line: QColor | None = None,
        dashes_px: tuple[float, ...] = (),
    ) -> None:
        painting.rounded_box(
            self._painter,
            bar,
            BAR_RADIUS_PX,
            ground=ground,
            line=line,
            line_px=OUTLINE_PX,
            dashes_px=dashes_px,
        )

    def _draw_quiet(self, row: TimelineRow, bar: QRectF) -> None:
        """Draw solid up to the last update, then an outline, because the later state is unknown."""
        accent = self._theme.tokens.accent
        self._box(bar, ground=self._ground, line=accent)
        update_x = self._plan.x(row.last_update_s) if row.last_update_s is not None else bar.left()
        if update_x > bar.left():
            solid = QRectF(bar.left(), bar.top(), update_x - bar.left(), bar.height())
            self._box(solid, ground=accent)

    def _draw_cross(self, bar: QRectF) -> None:
        theme, edge = self._theme, self._theme.scale(MARK_PX)
        top_left = QPointF(bar.right() + theme.scale(MARK_GAP_PX), self._middle - edge / 2)
        painting.draw_icon(
            self._painter, theme, "stage-failed", top_left, edge, theme.tokens.failed
        )

    def _draw_waiting(self, start_s: float, expected: Expected) -> None:
        tokens, bar = self._theme.tokens, self._bar(start_s, expected.median_s)
        bar.setWidth(max(bar.width(), self._theme.scale(LEAST_OUTLINE_PX)))
        self._box(bar, line=tokens.stage_pending, dashes_px=DASHES_PX)
        right = self._plan.x(expected.longest_s)
        if right > bar.right() + self._theme.scale(LEAST_WHISKER_PX):
            painter, ink, left = self._painter, tokens.stage_pending, bar.right()
            painting.horizontal_hairline(painter, left, self._middle - 0.5, right - left, ink)
            cap = self._theme.scale(WHISKER_CAP_PX)
            painting.vertical_hairline(painter, right - 1, self._middle - cap / 2, cap, ink)


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


class TimelineDelegate(row_delegate.RowDelegate):
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
        self._plan: TimelinePlan | None = None
        self._theme.changed.connect(self._forget_plan)
        self.picked = ""
        self.is_large = False

    def sizeHint(self, option: QStyleOptionViewItem, index: row_delegate.Index) -> QSize:
        return QSize(0, self._theme.scale(LARGE_ROW_PX if self.is_large else ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: row_delegate.Index
    ) -> None:
        timeline = self._model.timeline
        row: TimelineRow | None = index.data(ROW_ROLE)
        if timeline is None or row is None:
            return
        theme, rect = self._theme, QRectF(option.rect)
        plan = self._plan
        if plan is None or plan.timeline is not timeline or plan.width != rect.width():
            plan = self._plan = TimelinePlan(theme, timeline, rect.width())  # for all its rows
        is_marked = row.name == self.picked if self.picked else row.display.is_running
        ground = theme.tokens.selection if is_marked else theme.tokens.surface
        painting.fill(painter, rect, ground)
        if is_marked:
            left_to_right = Qt.LayoutDirection.LeftToRight
            row_delegate.selection_bar(painter, rect, left_to_right, theme, theme.tokens.accent)
        for at_s, _ in timeline.ticks():
            hairline = theme.tokens.hairline
            painting.vertical_hairline(painter, plan.x(at_s), rect.top(), rect.height(), hairline)
        self._draw_attempts(painter, rect, index.row(), timeline, plan)
        self._draw_name(painter, rect, row)
        bars = TimelineBars(theme, painter, plan, rect, ground, is_large=self.is_large)
        bars.draw(row)
        if timeline.now_s is not None:
            now_x, accent = plan.x(timeline.now_s), theme.tokens.accent
            painting.vertical_hairline(painter, now_x, rect.top(), rect.height(), accent)
        bars.draw_dot(row)
        self._draw_value(painter, plan, rect, row)
        self.draw_ring(painter, option, index)

    def _forget_plan(self) -> None:
        self._plan = None

    def _draw_attempts(
        self, painter: QPainter, rect: QRectF, number: int, timeline: Timeline, plan: TimelinePlan
    ) -> None:
        """Draw where later attempts started, with their names where there is free space."""
        theme, tokens = self._theme, self._theme.tokens
        names = plan.attempt_labels()
        for place, (at_s, label) in enumerate(timeline.attempts):
            x = round(plan.x(at_s)) + 0.5
            with painting.saved(painter):
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
                painting.draw_text(painter, text_rect, label, font, tokens.muted, painting.LEADING)

    def _draw_name(self, painter: QPainter, rect: QRectF, row: TimelineRow) -> None:
        theme, edge = self._theme, self._theme.scale(GLYPH_PX)
        top_left = QPointF(
            theme.scale(row_delegate.INSET_PX), rect.top() + (rect.height() - edge) / 2
        )
        draw_stage_glyph(painter, theme, SEGMENTS[row.display], top_left, edge)
        muted = theme.tokens.muted
        ink = muted if row.display in MUTED_LOOKS else theme.tokens.text
        cursor = painting.RowCursor(theme, painter, rect, Qt.LayoutDirection.LeftToRight)
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
        room = max(plan.right - plan.value_left, 0.0)
        place = QRectF(plan.value_left, rect.top(), room, rect.height())
        cursor = painting.RowCursor(theme, painter, place, Qt.LayoutDirection.LeftToRight)
        if row.value:
            ink = tokens.muted if row.display in MUTED_LOOKS else tokens.text
            if row.display is StageDisplay.FAILED:
                ink = tokens.failed
            elif row.display.is_running:
                ink = tokens.accent
            cursor.text(row.value, theme.font(Role.SMALL, weight_of(row), is_tabular=True), ink)
            cursor.skip(theme.scale(NOTE_GAP_PX))
        note = plan.note_of(row, room)
        if note:
            cursor.text(note, theme.font(Role.SMALL), tokens.muted)
