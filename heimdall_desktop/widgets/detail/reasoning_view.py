"""The reasoning of a finding: a model's answers, who found it, and each check of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, Source, has_text
from heimdall_desktop.domain.facts.finding_action import ModelAnswer
from heimdall_desktop.domain.facts.readings import may_write_reasoning
from heimdall_desktop.presentation.action_text import answer_parts, answer_title
from heimdall_desktop.presentation.detail.verdict_text import ReasoningPart, reasoning_parts
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.pane import (
    Column,
    Edge,
    Pane,
    ScrollPage,
    SectionHead,
    named,
    shown_rows,
)
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph, short_moment
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

PART_LIMIT = 8  # a scan has three attempts; behind more dividers the rest is one part
PART_CHARACTERS = 4_000  # of each part initially


class ReasoningView(Column):
    """One section for each part."""

    def __init__(self, parent: QWidget | None = None) -> None:
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
        parts = reasoning_parts(finding) if self.has_content(finding) else ()
        if len(parts) > PART_LIMIT or (not parts and self.has_content(finding)):
            parts = (ReasoningPart(finding.agent_reasoning or ""),)
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

    def __init__(self, parent: QWidget) -> None:
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


def _title(part: ReasoningPart, finding: Finding, last: int) -> str:
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

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        self._theme = theme_of(self)
        self._rows: list[tuple[Pane, Label, Label]] = []
        self.setObjectName("detail-announced")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lines = QVBoxLayout()
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
        self._column = QVBoxLayout(content)
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
        row = QHBoxLayout(pane)
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
