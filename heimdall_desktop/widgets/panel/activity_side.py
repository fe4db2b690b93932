"""What stands beside the stages: what the scan does now, and the newest of its log.

Source: design.md §5 (Stages panel).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.stage import STAGE_LABELS
from heimdall_desktop.domain.filters.filter import FINDING_STAGES
from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.models.log_model import LogModel
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogFilter, TaskWords
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.row_margins import set_row_margins
from heimdall_desktop.widgets.controls.scope_line import ScopeLine
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.panel.log_view import LogView
from heimdall_desktop.widgets.panel.task_block import TaskBlock

HAIRLINE_PX = 1
STAGES_BASIS = tr_noop("Stages come from the stream; dots: not reported.")


class ActivitySide(Pane):
    """The task above, lines below; of one stage only where somebody picked one.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    all_wanted = Signal()
    """Somebody wants the activity of every stage."""
    findings_wanted = Signal()
    """Somebody wants to see what the picked stage found."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.SURFACE, Edge.START, parent=parent)
        self._log = LogModel(self)
        self._has_no_log = False
        self._task = TaskBlock(theme, self)
        self._scope = ScopeLine(theme, self)
        self._lines = LogView(theme, self._log, tr("Activity"), parent=self)
        self._lines.setObjectName("activity_list")
        self._scope.all_wanted.connect(self.all_wanted)
        self._scope.findings_wanted.connect(self.findings_wanted)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._task)
        self._column.addWidget(self._scope)
        self._column.addWidget(self._lines, 1)
        self._spare_edge()

    def show_task(self, words: TaskWords | None) -> None:
        """Say what the scan does now."""
        self._task.show_words(words)

    def show_book(self, book: LogBook | None) -> None:
        """Show another log."""
        self._log.show_book(book)

    def show_log_offered(self, *, is_offered: bool) -> None:
        """Say where stages come from while the server offers no log."""
        self._has_no_log = not is_offered
        self._show_empty()

    def _show_empty(self) -> None:
        words = tr("No matching lines.") if self._log.filter.stage else ""
        if self._has_no_log:
            words = tr(STAGES_BASIS)
        self._lines.set_empty_text(words)

    def show_stage(self, stage: str) -> None:
        """Show the activity of one stage only, by its name; "" for all of it."""
        self._log.set_filter(LogFilter(stage))
        label = tr(STAGE_LABELS.get(stage, stage))
        words = tr("Only activity of {stage}").format(stage=label) if stage else ""
        self._scope.show_words(words, has_findings=stage in FINDING_STAGES)
        self._show_empty()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._spare_edge()

    def _spare_edge(self) -> None:
        set_row_margins(self, self._column, start=HAIRLINE_PX, end=0)
