"""The filter language on one sheet, with examples that can be clicked into the field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from heimdall_desktop.domain.filters.filter_sheet import FIELD_NOTES, RULES, FieldNote
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import LinkButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.scroll_page import ScrollPage
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX, PAGE_PX = 720, 460
FIELD_PX = 60
GAP_PX, RULE_GAP_PX = 12, 4


class FilterSheet(DialogFrame):
    """Explains fields and rules; an example goes into the field at a click.

    Args:
        theme: Colours, fonts and measures.
        parent: The window.
    """

    example_chosen = Signal(str)
    """A term to put into the filter."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Filter language"), WIDTH_PX, parent)
        self.setObjectName("filter-sheet")
        for rule in RULES:
            self.column.addWidget(Label(theme, tr(rule), Role.SMALL, tone=Tone.MUTED))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, theme.scale(RULE_GAP_PX), 0, 0)
        grid.setHorizontalSpacing(theme.scale(GAP_PX))
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, theme.scale(FIELD_PX))
        grid.setColumnStretch(2, 1)
        for row, note in enumerate(FIELD_NOTES):
            self._add_note(grid, row, note)
        page = ScrollPage(content)
        page.setMinimumHeight(min(theme.scale(PAGE_PX), content.sizeHint().height()))
        self.column.addWidget(page, 1)
        self.add_end(self._make_end())

    def _add_note(self, grid: QGridLayout, row: int, note: FieldNote) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        name = f"{note.field}:" if note.field else tr("text")
        grid.addWidget(Label(theme, name, Role.BODY, Weight.SEMIBOLD), row, 0, middle)
        meaning = Label(theme, tr(note.meaning), Role.SMALL, tone=Tone.MUTED)
        grid.addWidget(meaning, row, 1, middle)
        examples = QHBoxLayout()
        examples.setSpacing(theme.scale(GAP_PX))
        for example in note.examples:
            link = LinkButton(theme, example)
            link.setObjectName(f"example_{example}")
            link.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # like all code
            link.clicked.connect(lambda _=False, text=example: self._choose(text))
            examples.addWidget(link)
        examples.addStretch(1)
        grid.addLayout(examples, row, 2)

    def _make_end(self) -> QHBoxLayout:
        end = QHBoxLayout()
        end.addStretch(1)
        done = PrimaryButton(self._theme, tr("Done"))
        done.setObjectName("filter-sheet-done")
        done.clicked.connect(self.accept)
        end.addWidget(done)
        return end

    def _choose(self, example: str) -> None:
        self.accept()
        self.example_chosen.emit(example)
