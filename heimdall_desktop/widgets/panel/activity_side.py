"""The side pane of the stages: the scan's current task, and the newest log lines.

Source: look.md 5 (Stages panel).
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.domain.filters.filter import FINDING_STAGES
from heimdall_desktop.models.log_model import LogModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import stage_label
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogFilter, TaskWords
from heimdall_desktop.presentation.panel.timeline import STAGES_BASIS
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton, LinkButton
from heimdall_desktop.widgets.controls.key_names import copy_line
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, Pane, set_row_margins
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, show_tip
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.panel.log_page import LogView

HAIRLINE_PX = 1

BLOCK_PX = 54
END_PX = 12
GAP_PX = 8
ICON_PX = 16
LINE_PX = 28


class TaskBlock(MeasuredWidget):
    """Shows the text of a task; the full text of an error can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._measure()
        self.show_words(None)

    def show_words(self, words: TaskWords | None) -> None:
        """Show another task, or none."""
        if words == self._words and words is not None:
            return
        self._words = words
        icon, tone = LOG_MARKS[words.sign] if words else ("", Tone.MUTED)
        self._icon.show_icon(icon, tone)
        self._title.setText(words.title if words else "")
        self._detail.setText(words.detail if words else "")
        show_tip(self._detail, words.error if words else "")
        self._time.setText(words.time if words else "")
        self._time.setVisible(bool(words and words.time))
        self._copy.setVisible(bool(words and words.error))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BLOCK_PX))

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
        self.updateGeometry()


class ScopeLine(Pane):
    """A line that is visible while only a part is shown.

    Attributes:
        findings: shows the findings of that part.
        back: shows everything again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.ALT, Edge.TOP | Edge.BOTTOM, parent=parent)
        self.setObjectName("scope_line")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = Label("", Role.SMALL, elide=Qt.TextElideMode.ElideRight, parent=self)
        self.findings = LinkButton(tr("Show findings"), self)
        self.findings.setObjectName("show_stage_findings")
        self.back = LinkButton(tr("Show all"), self)
        self.back.setObjectName("show_all_activity")
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark("ui-hide", tone=Tone.MUTED, parent=self))
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.findings)
        self._row.addWidget(self.back)
        self._measure()
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

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(LINE_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(LINE_PX))

    def _measure(self) -> None:
        scale = self._theme.scale
        set_row_margins(self, self._row, start=scale(INSET_PX), end=scale(END_PX))
        self._row.setSpacing(scale(GAP_PX))
        self.updateGeometry()


class ActivitySide(Pane):
    """The task above, lines below; limited to one stage if one is picked.

    Attributes:
        scope: names the picked stage.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.START, parent=parent)
        self._log = LogModel(self)
        self._has_no_log = False
        self._task = TaskBlock(self)
        self.scope = ScopeLine(self)
        self._lines = LogView(self._log, tr("Activity"), parent=self)
        self._lines.setObjectName("activity_list")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._task)
        self._column.addWidget(self.scope)
        self._column.addWidget(self._lines, 1)
        self._measure()

    def show_task(self, words: TaskWords | None) -> None:
        """Show what the scan does now."""
        self._task.show_words(words)

    def show_book(self, book: LogBook | None) -> None:
        """Show another log."""
        self._log.show_book(book)

    def show_log_offered(self, *, is_offered: bool) -> None:
        """Show where stages come from while the server offers no log."""
        self._has_no_log = not is_offered
        self._show_empty()

    def _show_empty(self) -> None:
        words = tr("No matching lines.") if self._log.filter.stage else ""
        if self._has_no_log:
            words = tr(STAGES_BASIS)
        self._lines.set_empty_text(words)

    def show_stage(self, stage: str) -> None:
        """Show the activity of one stage only, by its name; "" for all activity."""
        self._log.set_filter(LogFilter(stage))
        label = stage_label(stage)
        words = tr("Only activity from {stage}").format(stage=label) if stage else ""
        self.scope.show_words(words, has_findings=stage in FINDING_STAGES)
        self._show_empty()

    def _measure(self) -> None:
        set_row_margins(self, self._column, start=HAIRLINE_PX, end=0)
