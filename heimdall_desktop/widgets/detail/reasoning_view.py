"""The reasoning of a finding: first who found it, then what each check of it came to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, Source, has_text
from heimdall_desktop.presentation.detail.reasoning import ReasoningPart, reasoning_parts
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.controls.text_block import TextBlock

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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._measure()

    @staticmethod
    def has_content(finding: Finding) -> bool:
        """Whether there is anything to show."""
        return has_text(finding.agent_reasoning)

    def show_finding(self, finding: Finding) -> None:
        """Show the reasoning of a finding."""
        parts = reasoning_parts(finding)
        if not parts or len(parts) > PART_LIMIT:
            parts = (ReasoningPart(finding.agent_reasoning or ""),)
        last = max(part.attempt for part in parts)
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


def _title(part: ReasoningPart, finding: Finding, last: int) -> str:
    if part.attempt:
        words = tr("V\u00ed\u00f0arr, attempt {number} of {count}")
        told = words.format(number=part.attempt, count=last)
        return told if last > 1 else "V\u00ed\u00f0arr"
    return tr("Hunt agent") if finding.source is Source.AI else tr("Scanner")
