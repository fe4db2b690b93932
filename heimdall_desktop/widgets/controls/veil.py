"""Covers what may hold names while presenting is on, and gives it back as it was.

What is covered goes on: it keeps its selection, its scrolling and what was typed. A dialog and a
page of the panel are covered unless they say that they name nothing: so none can be forgotten.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus

ICON = "ui-hide"


class Veil(QStackedWidget):
    """Shows its content, or that it is hidden.

    Args:
        content: What is covered.
        parent: The owner.

    Signals:
        turned: whether the content is covered now.
    """

    turned = Signal(bool)
    _is_presenting: ClassVar[bool] = False  # of all windows alike, as the language is

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._note: EmptyState | None = None  # made on first use
        self.addWidget(content)
        self._show()

    @classmethod
    def is_on(cls) -> bool:
        """Whether contents are covered."""
        return cls._is_presenting

    @classmethod
    def cover_all(cls, *, is_on: bool) -> None:
        """Cover the content of every veil there is or will be, or show it again."""
        cls._is_presenting = is_on
        for widget in QApplication.allWidgets():
            if isinstance(widget, Veil):
                widget._show()

    def _show(self) -> None:
        had_focus = holds_focus(self, QApplication.focusWidget())
        if self._is_presenting:
            shown: QWidget = self._made_note()
            self.removeWidget(self._content)  # else assistive technology could still read it
        else:
            shown = self._content
            self.addWidget(shown)
        self.setCurrentWidget(shown)
        if had_focus:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(self._is_presenting)

    def _made_note(self) -> EmptyState:
        if self._note is None:
            self._note = EmptyState(self)
            told = tr("Hidden while presenting."), tr("Press Ctrl+Shift+H to show it again.")
            self._note.show_state(Emptiness(ICON, *told))
            self.addWidget(self._note)
        return self._note
