"""The line above a block of the detail: what it is, a note, and a button that copies it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.widgets.controls.clipboard import copy_text
from heimdall_desktop.widgets.controls.copy_button import CopyWordButton
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone


class SectionHead(MeasuredWidget):
    """Title, muted note, and a copy button where there is something to copy.

    Args:
        title: What stands below.
        copy_label: The button's text; no button without it.
        parent: The owner.
        copy: Puts the text on the clipboard.
    """

    def __init__(
        self,
        title: str,
        copy_label: str = "",
        parent: QWidget | None = None,
        *,
        copy: Callable[[str], None] = copy_text,
    ) -> None:
        super().__init__(parent)
        self._copy_as = copy
        self._title = Label(title, Role.SMALL, Weight.SEMIBOLD, parent=self)
        right = Qt.TextElideMode.ElideRight
        self._note = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        self._copy = CopyWordButton(copy_label, parent=self)
        self._copy.setObjectName("copy")
        self._copy.clicked.connect(self._copy_text)
        self._copy.setVisible(bool(copy_label))
        self._can_copy = bool(copy_label)
        self._text = ""
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        self._row.addWidget(self._copy)
        self._measure()

    def insert(self, widget: QWidget) -> None:
        """Put something before the copy button."""
        self._row.insertWidget(self._row.indexOf(self._copy), widget)
        widget.stackUnder(self._copy)  # so that the Tab key comes to it first

    def append(self, widget: QWidget) -> None:
        """Put something behind the copy button."""
        self._row.addWidget(widget)

    def set_title(self, title: str) -> None:
        """Say what else stands below."""
        self._title.setText(title)

    def describe(self, note: str, text: str = "") -> None:
        """Say more beside the title, and what the button copies."""
        self._note.setText(note)
        if text != self._text:
            self._copy.rest()
        self._text = text
        self._copy.setVisible(self._can_copy and bool(text))

    def _copy_text(self) -> None:
        self._copy_as(self._text)
        self._copy.confirm()

    def _measure(self) -> None:
        self._row.setSpacing(self._theme.scale(8))
        self._row.setContentsMargins(0, self._theme.scale(6), 0, 0)
        self.setFixedHeight(self._theme.scale(30))
