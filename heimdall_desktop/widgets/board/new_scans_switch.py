"""The switch for watching new scans by themselves, with its words: in the dialog, on the board."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.words.wording import tr
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

ELIDE = Qt.TextElideMode.ElideRight


class NewScansSwitch(QWidget):
    """Switch and words; a click on the words switches too.

    Args:
        theme: Colours, fonts and measures.
        is_foot: Words first and quietly, the switch at the end, as at the foot of the board.
        parent: Its owner.
    """

    switched = Signal(bool)
    """Somebody switched it on or off."""

    def __init__(self, theme: Theme, *, is_foot: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = tr("Watch new scans by themselves")
        self._switch = Switch(theme, name, self)
        self._switch.setObjectName("watch-new-scans")
        self._switch.clicked.connect(self.switched)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.scale(8))
        if is_foot:
            words = Label(theme, name, Role.SMALL, tone=Tone.MUTED, elide=ELIDE, parent=self)
            row.addWidget(words, 1)
            row.addWidget(self._switch)
            return
        note = tr("Looks for new scans on the start page every 30 s")
        row.addWidget(self._switch)
        row.addWidget(Label(theme, name, Role.SMALL, Weight.MEDIUM, parent=self))
        row.addWidget(Label(theme, note, Role.SMALL, tone=Tone.MUTED, elide=ELIDE, parent=self), 1)

    def show_on(self, *, is_on: bool) -> None:
        """Show what is so. Emits nothing."""
        self._switch.setChecked(is_on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._switch.click()
