"""The tabs of a finding for its reasoning and its flow, and the page of one that is only announced.

The reasoning is a model's answers, who found it, and each check of it. The flow has steps from the
source to the sink, with the code of the chosen one; it is controlled by mouse, arrow keys, and Alt
with an arrow anywhere in the detail (behaviour.md 2.7).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from heimdall_desktop.domain.facts.finding import Finding, Source, has_text
from heimdall_desktop.domain.facts.finding_action import ModelAnswer
from heimdall_desktop.domain.facts.readings import may_write_reasoning
from heimdall_desktop.presentation.action_text import answer_parts, answer_title
from heimdall_desktop.presentation.detail import finding_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.pane import (
    Column,
    Edge,
    MeasuredWidget,
    Pane,
    ScrollPage,
    SectionHead,
    named,
    shown_rows,
)
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX, selection_bar
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph, short_moment, show_tip
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.detail.code_lines import language_name, lines_text, numbered_snippet
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

PART_LIMIT = 8  # a scan has three attempts; behind more dividers the rest is one part
PART_CHARACTERS = 4_000  # of each part initially


class ReasoningView(Column):
    """One section for each part."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(2, parent)
        self._sections: list[tuple[SectionHead, TextBlock]] = []
        self._answers: list[_AnswerSection] = []

    def show_answers(self, answers: Sequence[ModelAnswer]) -> None:
        """Show the answers of a model, above everything else."""
        sections = shown_rows(self._answers, len(answers), self._make_answer)
        for section, answer in zip(sections, answers, strict=True):
            section.show_answer(answer)

    def _make_answer(self, number: int) -> _AnswerSection:
        section = named(_AnswerSection(self), f"answer-{number}")
        self.column.insertWidget(number, section)
        return section

    @staticmethod
    def has_content(finding: Finding) -> bool:
        return has_text(finding.agent_reasoning)

    def show_finding(self, finding: Finding) -> None:
        parts = finding_text.reasoning_parts(finding) if self.has_content(finding) else ()
        if len(parts) > PART_LIMIT or (not parts and self.has_content(finding)):
            parts = (finding_text.ReasoningPart(finding.agent_reasoning or ""),)
        last = max((part.attempt for part in parts), default=0)
        while len(self._sections) < len(parts):
            self._add_section(len(self._sections))
        for number, (head, text) in enumerate(self._sections):
            is_used = number < len(parts)
            head.setVisible(is_used)
            text.setVisible(is_used)
            if is_used:
                title = _title(parts[number], finding, last)
                head.set_title(title)
                head.describe("", parts[number].text)
                text.set_text(parts[number].text, title)

    def _add_section(self, number: int) -> None:
        head = named(SectionHead("", tr("Copy"), self), f"reasoning-head-{number}")
        text = TextBlock(parent=self, is_markdown=True, step=PART_CHARACTERS)
        text.setObjectName(f"reasoning-{number}")
        self._sections.append((head, text))
        self.column.addWidget(head)
        self.column.addWidget(text)


class _AnswerSection(Column):
    """One answer: its kind, its time, and its parts under their names."""

    def __init__(self, parent: QtWidgets.QWidget) -> None:
        super().__init__(2, parent)
        self._head = named(SectionHead("", tr("Copy"), self), "answer-head")
        self._parts: list[tuple[Label, TextBlock]] = []
        self.column.addWidget(self._head)

    def show_answer(self, answer: ModelAnswer) -> None:
        parts = answer_parts(answer.details)
        self._head.set_title(answer_title(answer.action))
        whole = "\n\n".join(f"{name}\n{text}" for name, text in parts)
        self._head.describe(short_moment(answer.at), whole)
        while len(self._parts) < len(parts):
            self._add_part()
        for number, (label, text) in enumerate(self._parts):
            is_used = number < len(parts)
            label.setVisible(is_used)
            text.setVisible(is_used)
            if is_used:
                label.setText(parts[number][0])
                text.set_text(parts[number][1], parts[number][0])

    def _add_part(self) -> None:
        right = Qt.TextElideMode.ElideRight
        label = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        text = TextBlock(parent=self, is_markdown=True, step=PART_CHARACTERS)
        text.setObjectName(f"answer-part-{len(self._parts)}")
        self._parts.append((label, text))
        self.column.addWidget(label)
        self.column.addWidget(text)
        self._measure()

    def _measure(self) -> None:
        for label, _ in self._parts:
            label.setContentsMargins(0, self._theme.scale(6), 0, 0)


def _title(part: finding_text.ReasoningPart, finding: Finding, last: int) -> str:
    if part.attempt:
        words = tr("V\u00ed\u00f0arr, attempt {number} of {count}")
        text = words.format(number=part.attempt, count=last)
        return text if last > 1 else "V\u00ed\u00f0arr"
    if finding.source is Source.AI:
        return tr("Hunt agent")
    if last == 0 and may_write_reasoning(finding):  # without a divider it may be from either
        return tr("Scanner or V\u00ed\u00f0arr")
    return tr("Scanner")


# The page shown instead of the tabs for a finding that was only announced: known and unknown data.
#
# The server is not queried for it. Source: look.md 5 (What a server doesn't report), picture 14.


ROW_PX, LABEL_PX, SENTENCE_GAP_PX = 28, 132, 14


class AnnouncedView(ScrollPage):
    """Rows of a label and a value, and a sentence on what is unknown."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        content = QtWidgets.QWidget()
        super().__init__(content, parent)
        self._theme = theme_of(self)
        self._rows: list[tuple[Pane, Label, Label]] = []
        self.setObjectName("detail-announced")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lines = QtWidgets.QVBoxLayout()
        self._lines.setSpacing(0)
        self._sentence = Paragraph(
            tr(
                "This server announces findings but doesn't list them. Details that are unknown "
                "here may exist on the server."
            ),
            Role.BODY,
            tone=Tone.MUTED,
        )
        self._sentence.setObjectName("detail-announced-sentence")
        self._column = QtWidgets.QVBoxLayout(content)
        self._column.addLayout(self._lines)
        self._column.addWidget(self._sentence)
        self._column.addStretch(1)
        self._theme.changed.connect(self._measure)
        self._measure()

    def show_rows(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """Show label and value of each row, and whether the value is known."""
        while len(self._rows) < len(rows):
            self._add_row()
        for number, (pane, label, value) in enumerate(self._rows):
            pane.setVisible(number < len(rows))
            if number < len(rows):
                name, text, is_known = rows[number]
                label.setText(name)
                value.setText(text)
                value.set_tone(Tone.TEXT if is_known else Tone.MUTED)
                value.set_weight(Weight.MEDIUM if is_known else Weight.REGULAR)
        words = ". ".join(f"{name}: {text}" for name, text, _ in rows)
        self.setAccessibleName(f"{words}. {self._sentence.text()}")

    def _add_row(self) -> None:
        pane = Pane(Ground.SURFACE, Edge.BOTTOM)
        label = Label("", Role.SMALL, tone=Tone.MUTED, parent=pane)
        value = Label("", Role.SMALL, elide=Qt.TextElideMode.ElideRight, parent=pane)
        row = QtWidgets.QHBoxLayout(pane)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(value, 1)
        self._lines.addWidget(pane)
        self._rows.append((pane, label, value))
        self._measure()

    def _measure(self) -> None:
        scale = self._theme.scale
        self._column.setContentsMargins(scale(INSET_PX), scale(2), scale(INSET_PX), scale(12))
        self._column.setSpacing(scale(SENTENCE_GAP_PX))
        for pane, label, _ in self._rows:
            pane.setFixedHeight(scale(ROW_PX))
            label.setFixedWidth(scale(LABEL_PX))


BESIDE_FROM_PX = 560  # steps and code side by side

STEP_ROW_PX = 40
NUMBER_PX = 18
STEP_INSET_PX = 10
STEP_GAP_PX = 8


class FlowStepRow(QtWidgets.QRadioButton):
    """One step, in two lines: number, role and words above, the location below.

    It is a radio button: arrow keys move between steps, and assistive technology reads it as one of
    several. Source: behaviour.md feature 15, 2.8.
    """

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._step: finding_text.FlowStep | None = None
        self._number = 0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Ignored, QtWidgets.QSizePolicy.Policy.Fixed)

    def show_step(self, step: finding_text.FlowStep, number: int, count: int) -> None:
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
        return QSize(self._theme.scale(200), self._theme.row_height(STEP_ROW_PX))

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
                painting.fill(painter, rect, tokens.selection)
                selection_bar(painter, rect, self.layoutDirection(), theme, tokens.accent)
            elif self.underMouse():
                painting.fill(painter, rect, tokens.hover)
            self._draw_number(painter, rect)
            start, edge = scale(STEP_INSET_PX + NUMBER_PX + STEP_GAP_PX), scale(STEP_INSET_PX)
            half = rect.height() / 2
            inner = painting.mirrored(
                rect.adjusted(start, 0, -edge, 0), rect, self.layoutDirection()
            )
            above = inner.adjusted(0, scale(4), 0, -half)
            row = painting.RowCursor(theme, painter, above, self.layoutDirection())
            row.text(self._step.role.word, theme.font(Role.SMALL, Weight.SEMIBOLD), tokens.text)
            if self._step.text:
                row.skip(scale(6))
                row.text(self._step.text, theme.font(Role.SMALL), tokens.text)
            place, mono = inner.adjusted(0, half, 0, -scale(4)), theme.font(Role.MONO)
            where, middle = f"{self._step.path}:{self._step.line}", Qt.TextElideMode.ElideMiddle
            painting.draw_text(painter, place, where, mono, tokens.muted, mode=middle)
            if self.hasFocus():
                painting.focus_ring(painter, rect, 2, theme)

    def _draw_number(self, painter: QPainter, rect: QRectF) -> None:
        theme, tokens, edge = self._theme, self._theme.tokens, self._theme.scale(NUMBER_PX)
        top = rect.top() + (rect.height() - edge) / 2
        place = QRectF(rect.left() + theme.scale(STEP_INSET_PX), top, edge, edge)
        circle = painting.mirrored(place, rect, self.layoutDirection())
        is_chosen = self.isChecked()
        ground, line = (tokens.accent, None) if is_chosen else (None, tokens.control)
        painting.rounded_box(painter, circle, edge / 2, ground=ground, line=line)
        ink = tokens.on_accent if is_chosen else tokens.text
        font = theme.font(Role.MICRO, Weight.SEMIBOLD)
        painting.draw_text(painter, circle, str(self._number), font, ink, painting.CENTRED)


class FlowView(MeasuredWidget):
    """Shows the steps of one finding; the chosen one stays until the finding changes."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._steps: tuple[finding_text.FlowStep, ...] = ()
        self._rows: list[FlowStepRow] = []
        self._group = QtWidgets.QButtonGroup(self)
        self._group.idToggled.connect(self._choose)
        self._list = named(QtWidgets.QWidget(self), "flow-steps")
        self._list.setAccessibleName(tr("Flow steps"))
        self._list_column = QtWidgets.QVBoxLayout(self._list)
        self._list_column.setContentsMargins(0, 0, 0, 0)
        self._list_column.setSpacing(0)
        self._head = named(SectionHead("", tr("Copy"), self), "flow-head")
        words = tr("The server sent no code for this location.")
        self._note = named(Paragraph(words, Role.SMALL, tone=Tone.MUTED, parent=self), "flow-note")
        self._code = named(CodeView(self), "flow-code")
        column = QtWidgets.QVBoxLayout()
        for part in (self._head, self._note, self._code):
            column.addWidget(part)
        column.addStretch(1)
        self._halves = QtWidgets.QBoxLayout(QtWidgets.QBoxLayout.Direction.TopToBottom, self)
        self._halves.addWidget(self._list, 1, Qt.AlignmentFlag.AlignTop)
        self._halves.addLayout(column, 1)
        self.keep_spaces(column, gap=2)
        self.keep_spaces(self._halves, gap=12)

    @property
    def chosen(self) -> int:
        return max(self._group.checkedId(), 0)

    def show_finding(self, finding: Finding) -> None:
        """Show the flow of a finding, starting with its first step."""
        steps = finding_text.flow_steps(finding)
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
        directions = QtWidgets.QBoxLayout.Direction
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
