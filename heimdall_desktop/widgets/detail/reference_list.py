"""Where to read more about a finding: web addresses as links, anything else as text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.link_row import LinkRow
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.look.theme import Theme

REFERENCE_LIMIT = 50  # rows; a server may send any number


class ReferenceList(QWidget):
    """One row for each reference.

    Args:
        theme: The look.
        parent: The owner.

    Signals:
        page_wanted: address of a page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[LinkRow] = []
        self._head = SectionHead(theme, tr("References"), parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)

    def show_references(self, references: Sequence[str]) -> None:
        """Show these and nothing else."""
        shown = [line for text in references[:REFERENCE_LIMIT] if (line := one_line(text))]
        while len(self._rows) < len(shown):
            self._add_row()
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(shown))
            if number < len(shown):
                row.show_text(shown[number])
        left_out = len(references) - REFERENCE_LIMIT
        self._head.describe(tr("%n more left out", "", left_out) if left_out > 0 else "")
        self.setVisible(bool(shown))

    def _add_row(self) -> None:
        row = LinkRow(self._theme, self)
        row.setObjectName(f"reference-{len(self._rows)}")
        row.page_wanted.connect(self.page_wanted)
        self._rows.append(row)
        self._column.addWidget(row)
