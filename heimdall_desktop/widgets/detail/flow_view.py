"""The flow of a finding: its steps from the source to the sink, and the code of the chosen one.

Controlled by mouse, arrow keys, and Alt with an arrow anywhere in the detail (behaviour.md 2.7).
"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.domain.facts.finding import Finding, has_text
from heimdall_desktop.presentation.detail.flow import FlowStep, flow_steps
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, SectionHead, named, shown_rows
from heimdall_desktop.widgets.controls.row_delegate import selection_bar
from heimdall_desktop.widgets.controls.text_labels import Paragraph, show_tip
from heimdall_desktop.widgets.detail.code_lines import language_name, lines_text, numbered_snippet
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import (
    CENTRED,
    RowCursor,
    draw_text,
    fill,
    focus_ring,
    mirrored,
    rounded_box,
)
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

BESIDE_FROM_PX = 560  # steps and code side by side

ROW_PX = 40
NUMBER_PX = 18
INSET_PX = 10
GAP_PX = 8


class FlowStepRow(QRadioButton):
    """One step, in two lines: number, role and words above, the location below.

    It is a radio button: arrow keys move between steps, and assistive technology reads it as one of
    several. Source: behaviour.md feature 15, 2.8.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._step: FlowStep | None = None
        self._number = 0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_step(self, step: FlowStep, number: int, count: int) -> None:
        self._step, self._number = step, number
        words = tr("Step {number} of {count}: {role}, {text}, {path}, line {line}")
        name = words.format(
            number=number,
            count=count,
            role=step.role.word.lower(),
            text=step.text or tr("no description"),
            path=step.path,
            line=step.line,
        )
        self.setAccessibleName(name)
        show_tip(self, f"{step.text}\n{step.path}:{step.line}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(200), self._theme.row_height(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._step is None:
            return
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            if self.isChecked():
                fill(painter, rect, tokens.selection)
                selection_bar(painter, rect, self.layoutDirection(), theme, tokens.accent)
            elif self.underMouse():
                fill(painter, rect, tokens.hover)
            self._draw_number(painter, rect)
            start, edge = scale(INSET_PX + NUMBER_PX + GAP_PX), scale(INSET_PX)
            half = rect.height() / 2
            inner = mirrored(rect.adjusted(start, 0, -edge, 0), rect, self.layoutDirection())
            above = inner.adjusted(0, scale(4), 0, -half)
            row = RowCursor(theme, painter, above, self.layoutDirection())
            row.text(self._step.role.word, theme.font(Role.SMALL, Weight.SEMIBOLD), tokens.text)
            if self._step.text:
                row.skip(scale(6))
                row.text(self._step.text, theme.font(Role.SMALL), tokens.text)
            place, mono = inner.adjusted(0, half, 0, -scale(4)), theme.font(Role.MONO)
            where, middle = f"{self._step.path}:{self._step.line}", Qt.TextElideMode.ElideMiddle
            draw_text(painter, place, where, mono, tokens.muted, mode=middle)
            if self.hasFocus():
                focus_ring(painter, rect, 2, theme)

    def _draw_number(self, painter: QPainter, rect: QRectF) -> None:
        theme, tokens, edge = self._theme, self._theme.tokens, self._theme.scale(NUMBER_PX)
        top = rect.top() + (rect.height() - edge) / 2
        place = QRectF(rect.left() + theme.scale(INSET_PX), top, edge, edge)
        circle = mirrored(place, rect, self.layoutDirection())
        is_chosen = self.isChecked()
        ground, line = (tokens.accent, None) if is_chosen else (None, tokens.control)
        rounded_box(painter, circle, edge / 2, ground=ground, line=line)
        ink = tokens.on_accent if is_chosen else tokens.text
        font = theme.font(Role.MICRO, Weight.SEMIBOLD)
        draw_text(painter, circle, str(self._number), font, ink, CENTRED)


class FlowView(MeasuredWidget):
    """Shows the steps of one finding; the chosen one stays until the finding changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._steps: tuple[FlowStep, ...] = ()
        self._rows: list[FlowStepRow] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._choose)
        self._list = named(QWidget(self), "flow-steps")
        self._list.setAccessibleName(tr("Flow steps"))
        self._list_column = QVBoxLayout(self._list)
        self._list_column.setContentsMargins(0, 0, 0, 0)
        self._list_column.setSpacing(0)
        self._head = named(SectionHead("", tr("Copy"), self), "flow-head")
        words = tr("The server sent no code for this location.")
        self._note = named(Paragraph(words, Role.SMALL, tone=Tone.MUTED, parent=self), "flow-note")
        self._code = named(CodeView(self), "flow-code")
        column = QVBoxLayout()
        for part in (self._head, self._note, self._code):
            column.addWidget(part)
        column.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.addWidget(self._list, 1, Qt.AlignmentFlag.AlignTop)
        self._halves.addLayout(column, 1)
        self.keep_spaces(column, gap=2)
        self.keep_spaces(self._halves, gap=12)

    @property
    def chosen(self) -> int:
        return max(self._group.checkedId(), 0)

    def show_finding(self, finding: Finding) -> None:
        """Show the flow of a finding, starting with its first step."""
        steps = flow_steps(finding)
        known, self._finding = self._finding, finding
        if known is not None and known.id == finding.id and steps == self._steps:
            self._show_code()
            return
        self._steps = steps
        rows = shown_rows(self._rows, len(steps), self._make_row)
        for number, (row, step) in enumerate(zip(rows, steps, strict=True), 1):
            row.show_step(step, number, len(steps))
        if self.chosen == 0:
            self._show_code()
        self._check(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.scale(BESIDE_FROM_PX)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def step(self, steps: int) -> None:
        """Choose the step this many further down, stopping at the ends."""
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
        note = lines_text(snippet) if is_here else ""
        self._head.describe(note, snippet.code if is_here else "")
        self._note.setVisible(not is_here)
        self._code.setVisible(is_here and has_code)
        if is_here and has_code:
            line = (step.line, step.line)
            name = language_name(finding)
            self._code.show_code(
                snippet.code, numbers=snippet.numbers, affected=line, file_name=name
            )

    def _make_row(self, number: int) -> FlowStepRow:
        row = named(FlowStepRow(self._list), f"flow-step-{number}")
        self._group.addButton(row, number)
        self._list_column.addWidget(row)
        return row
