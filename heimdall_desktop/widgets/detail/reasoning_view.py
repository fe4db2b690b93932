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
from heimdall_desktop.widgets.controls import pane
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


class ReasoningView(pane.Column):
    """One section for each part."""

    def __init__(self) -> None:
        super().__init__(2)
        self._sections: list[tuple[pane.SectionHead, TextBlock]] = []
        self._answers: list[_AnswerSection] = []

    def show_finding(self, finding: Finding, answers: Sequence[ModelAnswer] = ()) -> None:
        sections = pane.shown_rows(self._answers, len(answers), self._make_answer)
        for section, answer in zip(sections, answers, strict=True):
            section.show_answer(answer)
        has_reasoning = has_text(finding.agent_reasoning)
        parts = finding_text.reasoning_parts(finding) if has_reasoning else ()
        if len(parts) > PART_LIMIT or (not parts and has_reasoning):
            parts = (finding_text.ReasoningPart(finding.agent_reasoning or ""),)
        last = max((part.attempt for part in parts), default=0)
        rows = pane.shown_rows(self._sections, len(parts), self._make_section)
        for (head, text), part in zip(rows, parts, strict=True):
            title = _title(part, finding, last)
            head.set_title(title)
            head.describe("", part.text)
            text.set_text(part.text, title)

    def _make_answer(self, number: int) -> _AnswerSection:
        section = pane.named(_AnswerSection(self), f"answer-{number}")
        self.column.insertWidget(number, section)
        return section

    def _make_section(self, number: int) -> tuple[pane.SectionHead, TextBlock]:
        head = pane.named(pane.SectionHead("", tr("Copy"), self), f"reasoning-head-{number}")
        text = TextBlock(parent=self, is_markdown=True, step=PART_CHARACTERS)
        text.setObjectName(f"reasoning-{number}")
        self.column.addWidget(head)
        self.column.addWidget(text)
        return head, text


class _AnswerSection(pane.Column):
    """One answer: its kind, its time, and its parts under their names."""

    def __init__(self, parent: QtWidgets.QWidget) -> None:
        super().__init__(2, parent)
        self._head = pane.named(pane.SectionHead("", tr("Copy"), self), "answer-head")
        self._parts: list[tuple[Label, TextBlock]] = []
        self.column.addWidget(self._head)

    def show_answer(self, answer: ModelAnswer) -> None:
        parts = answer_parts(answer.details)
        self._head.set_title(answer_title(answer.action))
        whole = "\n\n".join(f"{name}\n{text}" for name, text in parts)
        self._head.describe(short_moment(answer.at), whole)
        rows = pane.shown_rows(self._parts, len(parts), self._make_part)
        for (label, block), (name, text) in zip(rows, parts, strict=True):
            label.setText(name)
            block.set_text(text, name)
        self._measure()

    def _make_part(self, number: int) -> tuple[Label, TextBlock]:
        right = Qt.TextElideMode.ElideRight
        label = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        text = TextBlock(parent=self, is_markdown=True, step=PART_CHARACTERS)
        text.setObjectName(f"answer-part-{number}")
        self.column.addWidget(label)
        self.column.addWidget(text)
        return label, text

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


ROW_PX, LABEL_PX, SENTENCE_GAP_PX = 28, 132, 14


class AnnouncedView(pane.ScrollPage):
    """Shown instead of the tabs for a finding that was only announced: its known data.

    The server is not queried for it. Source: look.md 5 (What a server doesn't report), picture 14.
    """

    def __init__(self, parent: QtWidgets.QWidget) -> None:
        content = QtWidgets.QWidget()
        super().__init__(content, parent)
        self._theme = theme_of(self)
        self._rows: list[tuple[pane.Pane, Label, Label]] = []
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
        shown = pane.shown_rows(self._rows, len(rows), self._make_row)
        for (_, label, value), (name, text, is_known) in zip(shown, rows, strict=True):
            label.setText(name)
            value.setText(text)
            value.set_tone(Tone.TEXT if is_known else Tone.MUTED)
            value.set_weight(Weight.MEDIUM if is_known else Weight.REGULAR)
        self._measure()
        words = ". ".join(f"{name}: {text}" for name, text, _ in rows)
        self.setAccessibleName(f"{words}. {self._sentence.text()}")

    def _make_row(self, _number: int) -> tuple[pane.Pane, Label, Label]:
        line = pane.Pane(Ground.SURFACE, pane.Edge.BOTTOM)
        label = Label("", Role.SMALL, tone=Tone.MUTED, parent=line)
        value = Label("", Role.SMALL, elide=Qt.TextElideMode.ElideRight, parent=line)
        row = QtWidgets.QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(value, 1)
        self._lines.addWidget(line)
        return line, label, value

    def _measure(self) -> None:
        scale = self._theme.scale
        self._column.setContentsMargins(scale(INSET_PX), scale(2), scale(INSET_PX), scale(12))
        self._column.setSpacing(scale(SENTENCE_GAP_PX))
        for line, label, _ in self._rows:
            line.setFixedHeight(scale(ROW_PX))
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
            inset, edge, half = scale(STEP_INSET_PX), scale(NUMBER_PX), rect.height() / 2
            square = QRectF(rect.left() + inset, rect.top() + half - edge / 2, edge, edge)
            circle = painting.mirrored(square, rect, self.layoutDirection())
            ground, line, ink = (
                (tokens.accent, None, tokens.on_accent)
                if self.isChecked()
                else (None, tokens.control, tokens.text)
            )
            painting.rounded_box(painter, circle, edge / 2, ground=ground, line=line)
            font = theme.font(Role.MICRO, Weight.SEMIBOLD)
            painting.draw_text(painter, circle, str(self._number), font, ink, painting.CENTRED)
            start = scale(STEP_INSET_PX + NUMBER_PX + STEP_GAP_PX)
            inner = rect.adjusted(start, 0, -inset, 0)
            inner = painting.mirrored(inner, rect, self.layoutDirection())
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


class FlowView(pane.MeasuredWidget):
    """Shows the steps of one finding; the chosen one stays until the finding changes."""

    def __init__(self) -> None:
        super().__init__()
        self._finding: Finding | None = None
        self._steps: tuple[finding_text.FlowStep, ...] = ()
        self._rows: list[FlowStepRow] = []
        self._group = QtWidgets.QButtonGroup(self)
        self._group.buttonToggled.connect(self._show_code)
        self._list = pane.named(QtWidgets.QWidget(self), "flow-steps")
        self._list.setAccessibleName(tr("Flow steps"))
        self._list_column = pane.tight(QtWidgets.QVBoxLayout(self._list))
        self._head = pane.named(pane.SectionHead("", tr("Copy"), self), "flow-head")
        words = tr("The server sent no code for this location.")
        self._note = pane.named(
            Paragraph(words, Role.SMALL, tone=Tone.MUTED, parent=self), "flow-note"
        )
        self._code = pane.named(CodeView(self), "flow-code")
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
        steps = finding_text.flow_steps(finding)
        known, self._finding = self._finding, finding
        if known is not None and known.id == finding.id and steps == self._steps:
            self._show_code()
            return
        self._steps = steps
        rows = pane.shown_rows(self._rows, len(steps), self._make_row)
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

    def _show_code(self, _row: object = None, is_chosen: bool = True) -> None:
        finding = self._finding
        if not is_chosen or finding is None or self.chosen >= len(self._steps):
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
        row = pane.named(FlowStepRow(self._list), f"flow-step-{number}")
        self._group.addButton(row, number)
        self._list_column.addWidget(row)
        return row
