"""The reasoning of a finding: what a model said when asked, who found it, and each check of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, Source, has_text
from heimdall_desktop.domain.facts.finding_action import ModelAnswer
from heimdall_desktop.domain.facts.review import may_write_reasoning
from heimdall_desktop.presentation.action_text import answer_parts, answer_title
from heimdall_desktop.presentation.detail.reasoning import ReasoningPart, reasoning_parts
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.moment_text import short_moment
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

PART_LIMIT = 8  # a scan has three attempts; behind more dividers the rest is one part
PART_CHARACTERS = 4_000  # of each part at first


class ReasoningView(MeasuredWidget):
    """One section for each part.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of a page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: list[tuple[SectionHead, TextBlock]] = []
        self._answers: list[_AnswerSection] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._measure()

    def show_answers(self, answers: Sequence[ModelAnswer]) -> None:
        """Show what a model said when it was asked, above everything else."""
        while len(self._answers) < len(answers):
            section = _AnswerSection(self)
            section.setObjectName(f"answer-{len(self._answers)}")
            section.page_wanted.connect(self.page_wanted)
            self._column.insertWidget(len(self._answers), section)
            self._answers.append(section)
        for number, section in enumerate(self._answers):
            section.setVisible(number < len(answers))
            if number < len(answers):
                section.show_answer(answers[number])

    @staticmethod
    def has_content(finding: Finding) -> bool:
        """Whether there is anything to show."""
        return has_text(finding.agent_reasoning)

    def show_finding(self, finding: Finding) -> None:
        """Show the reasoning of a finding."""
        parts = reasoning_parts(finding) if self.has_content(finding) else ()
        if len(parts) > PART_LIMIT or (not parts and self.has_content(finding)):
            parts = (ReasoningPart(finding.agent_reasoning or ""),)
        last = max((part.attempt for part in parts), default=0)
        while len(self._sections) < len(parts):
            self._add_section()
        for number, (head, text) in enumerate(self._sections):
            is_used = number < len(parts)
            head.setVisible(is_used)
            text.setVisible(is_used)
            if is_used:
                title = _title(parts[number], finding, last)
                head.set_title(title)
                head.describe("", parts[number].text)
                text.set_text(parts[number].text, title)

    def _add_section(self) -> None:
        number = len(self._sections)
        head = SectionHead("", tr("Copy"), self)
        head.setObjectName(f"reasoning-head-{number}")
        text = TextBlock(parent=self, is_markdown=True, step=PART_CHARACTERS)
        text.page_wanted.connect(self.page_wanted)
        text.setObjectName(f"reasoning-{number}")
        self._sections.append((head, text))
        self._column.addWidget(head)
        self._column.addWidget(text)

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(2))


class _AnswerSection(MeasuredWidget):
    """One answer: what it is, when it came, and its parts under their names."""

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._head = SectionHead("", tr("Copy"), self)
        self._head.setObjectName("answer-head")
        self._parts: list[tuple[Label, TextBlock]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._head)
        self._measure()

    def show_answer(self, answer: ModelAnswer) -> None:
        """Show one."""
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
        text.page_wanted.connect(self.page_wanted)
        self._parts.append((label, text))
        self._column.addWidget(label)
        self._column.addWidget(text)
        self._measure()

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(2))
        for label, _ in self._parts:
            label.setContentsMargins(0, self._theme.scale(6), 0, 0)


def _title(part: ReasoningPart, finding: Finding, last: int) -> str:
    if part.attempt:
        words = tr("V\u00ed\u00f0arr, attempt {number} of {count}")
        told = words.format(number=part.attempt, count=last)
        return told if last > 1 else "V\u00ed\u00f0arr"
    if finding.source is Source.AI:
        return tr("Hunt agent")
    if last == 0 and may_write_reasoning(finding):  # without a divider it may be of either
        return tr("Scanner or V\u00ed\u00f0arr")
    return tr("Scanner")
