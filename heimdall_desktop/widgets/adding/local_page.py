"""What needs no server elsewhere: a scan of a folder of this machine, and the demo."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import INSET_PX
from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.controls.labels import Label, Paragraph
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone


class LocalPage(QWidget):
    """Two things to start, each with a sentence.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    folder_wanted = Signal()
    """Somebody wants to choose a folder."""
    demo_wanted = Signal()
    """Somebody wants to see the demo."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        folder = OutlineButton(theme, tr("Choose a folder\u2026"), parent=self)
        folder.setObjectName("add-folder")
        folder.clicked.connect(self.folder_wanted)
        demo = OutlineButton(theme, tr("Play the demo"), parent=self)
        demo.setObjectName("add-demo")
        demo.clicked.connect(self.demo_wanted)
        inset = theme.scale(INSET_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(inset, theme.scale(20), inset, theme.scale(16))
        column.setSpacing(theme.scale(24))
        for icon, title, words, button in (
            (
                "ui-folder",
                tr("Scan a folder of this machine"),
                tr("The built-in server scans it here. Nothing leaves this machine."),
                folder,
            ),
            (
                "ui-demo",
                tr("See how it works"),
                tr("Six recorded scans are replayed, without an account."),
                demo,
            ),
        ):
            column.addLayout(_row(theme, icon, title, words, button))
        column.addStretch(1)


def _row(theme: Theme, icon: str, title: str, words: str, button: QWidget) -> QHBoxLayout:
    texts = QVBoxLayout()
    texts.setSpacing(theme.scale(2))
    texts.addWidget(Label(theme, title, Role.BODY, Weight.SEMIBOLD))
    texts.addWidget(Paragraph(theme, words, Role.SMALL, tone=Tone.MUTED))
    row = QHBoxLayout()
    row.setSpacing(theme.scale(12))
    row.addWidget(IconMark(theme, icon, 16, Tone.MUTED), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(texts, 1)
    row.addWidget(button)
    return row
