"""What stands at the end of the panel's tabs for the inbox: which alerts are listed, and reading.

Source: design picture 7a.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.alerts.inbox import InboxPart
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton
from heimdall_desktop.widgets.controls.segmented_control import SegmentedControl
from heimdall_desktop.widgets.look.theme import Theme

CHOICE_PX = 22
GAP_PX = 8


class InboxTools(QWidget):
    """A choice and a button.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    part_chosen = Signal(object)
    """Somebody wants this `InboxPart` listed."""
    all_read = Signal()
    """Somebody has read everything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = list(InboxPart)
        words = [tr(part.value) for part in self._parts]
        self._choice = SegmentedControl(
            theme, words, name=tr("Alerts"), height_px=CHOICE_PX, parent=self
        )
        self._choice.setObjectName("inbox_parts")
        self._read = GhostButton(theme, tr("Mark all read"), height_px=SMALL_PX, parent=self)
        self._read.setObjectName("inbox_mark_all")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.scale(GAP_PX))
        row.addWidget(self._choice)
        row.addWidget(self._read)
        self._choice.chosen.connect(lambda number: self.part_chosen.emit(self._parts[number]))
        self._read.clicked.connect(self.all_read)

    def show_part(self, part: InboxPart) -> None:
        """Show which alerts are listed."""
        self._choice.set_current(self._parts.index(part))

    def show_unread(self, count: int) -> None:
        """Offer to read all where some are unread."""
        self._read.setEnabled(count > 0)
