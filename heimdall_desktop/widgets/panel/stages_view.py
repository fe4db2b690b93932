"""The stages page: axis, nine stages and legend, and beside them the current task and log lines.

The axis has column heads, times, and the "now" marker. The legend explains the glyphs and the basis
of estimates, if there is space. Source: look.md 5 (Stages panel).
"""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.filters.filter import FINDING_STAGES
from heimdall_desktop.models.panel_models import LogModel, TimelineModel
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import stage_label
from heimdall_desktop.presentation.panel.log_lines import LogFilter, TaskWords
from heimdall_desktop.presentation.panel.timeline import STAGES_BASIS, Timeline
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton, LinkButton
from heimdall_desktop.widgets.controls.key_names import copy_line
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, Pane, named, tight
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS, SegmentKind, draw_stage_glyph
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, show_tip
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import vertical_hairline as vertical
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.panel.log_page import LogPage, LogView
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
    """Paints all glyphs with their text; omits those that do not fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Ground.WINDOW, Edge.TOP, parent=parent)
        self._basis = ""
        self.setObjectName("stage_legend")
        self.setAccessibleName(tr("Legend"))
        self._measure()

    def show_basis(self, words: str) -> None:
        """Show the basis of estimates; "" without any."""
        if words != self._basis:
            self._basis = words
            self.update()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.scale(LEGEND_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, scale = self._theme, self._theme.scale
        with QPainter(self) as painter:
            row = painting.RowCursor(
                theme, painter, QRectF(self.rect()), Qt.LayoutDirection.LeftToRight
            )
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
    """Paints the axis of a timeline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._timeline: Timeline | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_timeline(self, timeline: Timeline | None) -> None:
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
            theme, tokens = self._theme, self._theme.tokens
            for head, left, right in (
                (tr("Stage"), theme.scale(INSET_PX), plan.axis_left),
                (tr("Duration"), plan.value_left, plan.right),
            ):
                place, font = self._text_rect(left, right), theme.font(Role.MICRO, Weight.MEDIUM)
                painting.draw_text(painter, place, head, font, tokens.muted, painting.LEADING)
            ticks = list(self._timeline.ticks())
            # how many ticks share a label, so that labels do not touch
            widest = max((theme.text_width(label, Role.MICRO) for _, label in ticks), default=0.0)
            tick_px = max(plan.x(self._timeline.tick_s) - plan.x(0), 1.0)
            step = max(math.ceil((widest + theme.scale(LABEL_GAP_PX)) / tick_px), 1)
            for number, (at_s, label) in enumerate(ticks):
                self._draw_tick(painter, plan, at_s, "" if number % step else label)
            if self._timeline.now_s is not None:
                x = plan.x(self._timeline.now_s)
                now = tr("now")
                width = theme.text_width(now, Role.MICRO, Weight.SEMIBOLD)
                width += 2 * theme.scale(PILL_PADDING_PX)
                height = theme.scale(PILL_PX)
                top = theme.scale(LABEL_TOP_PX) + (theme.scale(LABEL_PX) - height) / 2
                vertical(painter, x, top + height, self.height() - top - height, tokens.accent)
                pill = QRectF(x - width / 2, top, width, height)
                painting.rounded_box(painter, pill, height / 2, ground=tokens.accent)
                font = theme.font(Role.MICRO, Weight.SEMIBOLD)
                painting.draw_text(painter, pill, now, font, tokens.on_accent, painting.CENTRED)

    def _text_rect(self, left: float, right: float) -> QRectF:
        top, height = self._theme.scale(LABEL_TOP_PX), self._theme.scale(LABEL_PX)
        return QRectF(left, top, right - left, height)

    def _draw_tick(self, painter: QPainter, plan: TimelinePlan, at_s: float, label: str) -> None:
        theme, x, line = self._theme, plan.x(at_s), self._theme.scale(TICK_PX)
        vertical(painter, x, self.height() - line, line, theme.tokens.hairline)
        width = theme.text_width(label, Role.MICRO) + 1
        now_s = self._timeline.now_s if self._timeline else None
        is_free = now_s is None or abs(plan.x(now_s) - x) > theme.scale(CLEAR_OF_NOW_PX)
        left = x - width / 2 if at_s else x - 3
        if is_free and left + width <= plan.axis_right:
            rect = self._text_rect(left, left + width)
            painting.draw_text(
                painter, rect, label, theme.font(Role.MICRO), theme.tokens.muted, painting.LEADING
            )


class StagesView(Pane):
    """Axis above, one row for each stage below.

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
        layout = tight(QVBoxLayout(self))
        layout.addWidget(self._axis)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self._legend)
        self._legend.hide()
        self._theme.changed.connect(self._show_legend)

    def show_timeline(self, timeline: Timeline | None) -> None:
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


class StageViews:
    """Makes the views once there is a scan to show; the panel places and fills them.

    Args:
        log: The rows of the log.

    Attributes:
        stages: the timeline.
        side: the current task, and the end of the log, beside it.
        log: the page with the whole log.
    """

    def __init__(self, log: LogModel, parent: QWidget) -> None:
        self.stages = StagesView(parent)
        self.side = ActivitySide(parent)
        self.log = LogPage(log, parent)


BLOCK_PX = 54
END_PX = 12
GAP_PX = 8
ICON_PX = 16
LINE_PX = 28


class TaskBlock(MeasuredWidget):
    """Shows the text of a task; the full text of an error can be copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: TaskWords | None = None
        self.setObjectName("current_task")
        right, middle = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
        self._icon = IconMark(size_px=ICON_PX, parent=self)
        self._title = Label("", Role.SMALL, Weight.SEMIBOLD, elide=right, parent=self)
        self._time = Label("", Role.SMALL, Weight.MEDIUM, Tone.MUTED, is_tabular=True, parent=self)
        self._detail = Label("", Role.SMALL, tone=Tone.MUTED, elide=middle, parent=self)
        self._copy = GhostButton(tr("Copy error"), height_px=SMALL_PX, parent=self)
        self._copy.setObjectName("copy_error")
        self._copy.clicked.connect(self._copy_error)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._title, 0, 1)
        self._grid.addWidget(self._time, 0, 2)
        self._grid.addWidget(self._copy, 0, 3, 2, 1)
        self._grid.addWidget(self._detail, 1, 1, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self._measure()
        self.show_words(None)

    def show_words(self, words: TaskWords | None) -> None:
        if words == self._words and words is not None:
            return
        self._words = words
        icon, tone = LOG_MARKS[words.mark] if words else ("", Tone.MUTED)
        self._icon.show_icon(icon, tone)
        self._title.setText(words.title if words else "")
        self._detail.setText(words.detail if words else "")
        show_tip(self._detail, words.error if words else "")
        self._time.setText(words.time if words else "")
        self._time.setVisible(bool(words and words.time))
        self._copy.setVisible(bool(words and words.error))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BLOCK_PX))

    def _copy_error(self) -> None:
        if self._words is not None:
            copy_line(self._words.error)

    def _measure(self) -> None:
        scale = self._theme.scale
        self._grid.setContentsMargins(scale(INSET_PX), scale(9), scale(END_PX), scale(6))
        self._grid.setHorizontalSpacing(scale(GAP_PX))
        self._grid.setVerticalSpacing(0)
        self.setFixedHeight(scale(BLOCK_PX))


class ScopeLine(Pane):
    """A line that is visible while only a part is shown.

    Attributes:
        findings: shows the findings of that part.
        back: shows everything again.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Ground.ALT, Edge.TOP | Edge.BOTTOM, parent=parent)
        self.setObjectName("scope_line")
        self._words = Label("", Role.SMALL, elide=Qt.TextElideMode.ElideRight, parent=self)
        self.findings = named(LinkButton(tr("Show findings"), self), "show_stage_findings")
        self.back = named(LinkButton(tr("Show all"), self), "show_all_activity")
        row = QHBoxLayout(self)
        row.addWidget(IconMark("ui-hide", tone=Tone.MUTED, parent=self))
        row.addWidget(self._words, 1)
        row.addWidget(self.findings)
        row.addWidget(self.back)
        self.keep_spaces(row, INSET_PX, 0, END_PX, gap=GAP_PX, height=LINE_PX)
        self.hide()

    def show_words(self, words: str, *, has_findings: bool = False) -> None:
        """Show which part is shown; "" for everything.

        Args:
            words: the part.
            has_findings: whether findings can be attributed to it, so that they are offered.
        """
        self._words.setText(words)
        self.findings.setVisible(has_findings)
        self.setVisible(bool(words))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(LINE_PX))


class ActivitySide(Pane):
    """The task above, lines below; limited to one stage if one is picked.

    Attributes:
        log: its lines.
        task: the current task.
        scope: names the picked stage.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.START, parent=parent)
        self.log = LogModel(self)
        self._has_no_log = False
        self.task = TaskBlock(self)
        self.scope = ScopeLine(self)
        self._lines = named(LogView(self.log, tr("Activity"), parent=self), "activity_list")
        column = QVBoxLayout(self)
        column.addWidget(self.task)
        column.addWidget(self.scope)
        column.addWidget(self._lines, 1)
        self.keep_spaces(column, lines=Edge.START)

    def show_log_offered(self, *, is_offered: bool) -> None:
        """Show where stages come from while the server offers no log."""
        self._has_no_log = not is_offered
        self._show_empty()

    def _show_empty(self) -> None:
        words = tr("No matching lines.") if self.log.filter.stage else ""
        if self._has_no_log:
            words = tr(STAGES_BASIS)
        self._lines.set_empty_text(words)

    def show_stage(self, stage: str) -> None:
        """Show the activity of one stage only, by its name; "" for all activity."""
        self.log.set_filter(LogFilter(stage))
        label = stage_label(stage)
        words = tr("Only activity from {stage}").format(stage=label) if stage else ""
        self.scope.show_words(words, has_findings=stage in FINDING_STAGES)
        self._show_empty()
