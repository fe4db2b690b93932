"""Asks before something is done that cannot be undone; Return and Escape leave all as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, GhostButton, OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 420


class QuestionDialog(DialogFrame):
    """Is accepted if it shall be done. Source: design.md §5 ("Dialogs").

    Args:
        theme: Colours, fonts and measures.
        doing: What would be done; heading and button.
        keeping: What happens otherwise.
        question: What is asked, as one sentence.
        consequence: What follows from it.
        parent: Where it is asked.
    """

    def __init__(
        self,
        theme: Theme,
        doing: str,
        keeping: str,
        question: str,
        consequence: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, doing, WIDTH_PX, parent)
        self.setObjectName("question")
        self.setAccessibleDescription(f"{question} {consequence}")
        self.column.addWidget(Paragraph(theme, question))
        self.column.addWidget(Paragraph(theme, consequence, Role.SMALL, tone=Tone.MUTED))
        do = GhostButton(theme, doing, height_px=DIALOG_PX)
        do.setObjectName("question-do")
        do.set_tone(Tone.FAILED)
        do.clicked.connect(self.accept)
        keep = OutlineButton(theme, keeping, height_px=DIALOG_PX)
        keep.setObjectName("question-keep")
        keep.setDefault(True)
        keep.clicked.connect(self.reject)
        end = QHBoxLayout()
        end.addWidget(do)
        end.addStretch(1)
        end.addWidget(keep)
        self.add_end(end)
        keep.setFocus()
