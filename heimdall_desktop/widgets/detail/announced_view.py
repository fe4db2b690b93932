"""What stands in place of the tabs for a finding that was only announced: what is known, what not.

Nothing is asked of the server for it. Source: design.md 5 (What a server does not tell), picture
14.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.labels import Label, Paragraph
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scroll_page import ScrollPage
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

ROW_PX, LABEL_PX, SENTENCE_GAP_PX = 28, 132, 14


class AnnouncedView(ScrollPage):
    """Rows of a label and a value, and a sentence on what is unknown.

    Args:
        parent: The owner.
    """

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
        told = ". ".join(f"{name}: {text}" for name, text, _ in rows)
        self.setAccessibleName(f"{told}. {self._sentence.text()}")

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
