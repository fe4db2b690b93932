"""Labels and values below each other, each value to be selected and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.read_text import LINE_PX
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

LABEL_PX = 100


class FieldGrid(MeasuredWidget):
    """Keeps its rows and fills them again, so that another finding costs no widgets.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Label, TextBlock]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._measure()

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these labels and values, and nothing else."""
        while len(self._rows) < len(rows):
            self._add_row()
        for number, (label, value) in enumerate(self._rows):
            is_used = number < len(rows)
            if is_used:
                name, text = rows[number]
                label.setText(name)
                value.set_text(text, name)
            label.setVisible(is_used)
            value.setVisible(is_used)
        self.setVisible(bool(rows))

    def _add_row(self) -> None:
        label = Label(role=Role.SMALL, tone=Tone.MUTED, parent=self)
        value = TextBlock(Role.SMALL, parent=self)
        value.setObjectName(f"value-{len(self._rows)}")
        row = len(self._rows)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._rows.append((label, value))
        self._align(label)

    def _align(self, label: Label) -> None:
        """Put a label on the line where its value's text stands, at the bottom of it."""
        label.setFixedHeight(self._theme.scale(LINE_PX[Role.SMALL]))
        label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)

    def _measure(self) -> None:
        for label, _ in self._rows:
            self._align(label)
        self._grid.setColumnMinimumWidth(0, self._theme.scale(LABEL_PX))
        self._grid.setHorizontalSpacing(self._theme.scale(8))
        self._grid.setVerticalSpacing(self._theme.scale(6))
