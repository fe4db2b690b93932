"""The flow of a finding: its steps from the source to the sink, and the code of the chosen one.

Walked by mouse, by arrow keys, and by Alt with an arrow from anywhere in the detail (ux.md 2.7).
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, has_text
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.detail.flow import FlowStep, flow_steps
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.flow_step_row import FlowStepRow
from heimdall_desktop.widgets.detail.snippet_lines import Snippet, language_name, numbered_snippet
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

BESIDE_FROM_PX = 560  # steps and code side by side


class FlowView(QWidget):
    """Shows the steps of one finding; the chosen one stays while the finding does.

    Args:
        theme: The look.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._finding: Finding | None = None
        self._steps: tuple[FlowStep, ...] = ()
        self._rows: list[FlowStepRow] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._choose)
        self._list = QWidget(self)
        self._list.setObjectName("flow-steps")
        self._list.setAccessibleName(tr("Flow steps"))
        self._list_column = QVBoxLayout(self._list)
        self._list_column.setContentsMargins(0, 0, 0, 0)
        self._list_column.setSpacing(0)
        self._head = SectionHead(theme, "", tr("Copy"), self)
        self._head.setObjectName("flow-head")
        self._note = Paragraph(theme, "", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._note.setObjectName("flow-note")
        self._code = CodeView(theme, self)
        self._code.setObjectName("flow-code")
        self._column = QVBoxLayout()
        for part in (self._head, self._note, self._code):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(self._list, 1, Qt.AlignmentFlag.AlignTop)
        self._halves.addLayout(self._column, 1)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def chosen(self) -> int:
        """The place of the chosen step, from 0."""
        return max(self._group.checkedId(), 0)

    def show_finding(self, finding: Finding) -> None:
        """Show the flow of a finding, from its first step on."""
        steps = flow_steps(finding)
        known, self._finding = self._finding, finding
        if known is not None and known.id == finding.id and steps == self._steps:
            self._show_code()
            return
        self._steps = steps
        while len(self._rows) < len(steps):
            self._add_row()
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(steps))
            if number < len(steps):
                row.show_step(steps[number], number + 1, len(steps))
        if self.chosen == 0:
            self._show_code()
        self._check(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the code beside the steps where there is room for both."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.scale(BESIDE_FROM_PX)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def step(self, steps: int) -> None:
        """Choose the step so many further down; the ends are the ends."""
        if self._steps:
            self._check(min(max(self.chosen + steps, 0), len(self._steps) - 1))

    def _check(self, place: int) -> None:
        if self._rows:
            had_focus = any(row.hasFocus() for row in self._rows)
            self._rows[place].setChecked(True)
            if had_focus:
                self._rows[place].setFocus()

    def _choose(self, _place: int, is_chosen: bool) -> None:
        if is_chosen:
            self._show_code()

    def _show_code(self) -> None:
        finding = self._finding
        if finding is None or self.chosen >= len(self._steps):
            return
        step = self._steps[self.chosen]
        snippet = numbered_snippet(finding)
        is_here = step.path == finding.file_path and step.line in snippet.known
        has_code = has_text(finding.code_snippet)
        self._head.set_title(step.place)
        note = _lines_note(snippet) if is_here else ""
        self._head.describe(note, snippet.code if is_here else "")
        self._note.setText(tr("The server sent no code of this place."))
        self._note.setVisible(not is_here)
        self._code.setVisible(is_here and has_code)
        if is_here and has_code:
            line = (step.line, step.line)
            name = language_name(finding)
            self._code.show_code(
                snippet.code, numbers=snippet.numbers, affected=line, file_name=name
            )

    def _add_row(self) -> None:
        row = FlowStepRow(self._theme, self._list)
        row.setObjectName(f"flow-step-{len(self._rows)}")
        self._group.addButton(row, len(self._rows))
        self._rows.append(row)
        self._list_column.addWidget(row)

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(2))
        self._halves.setSpacing(self._theme.scale(12))


def _lines_note(snippet: Snippet) -> str:
    first, last = min(snippet.known), max(snippet.known)
    return tr("lines {first} to {last}").format(first=first, last=last)
