"""The list of what a threat model says, for mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.threat_rows_model import THREAT_ROLE, ThreatRowsModel
from heimdall_desktop.presentation.panel.threat_rows import ThreatRow
from heimdall_desktop.widgets.controls.choice_list import ChoiceList
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import Index
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.threat_delegate import ThreatDelegate

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ThreatList(ChoiceList):
    """Shows the rows; one of them is looked at.

    Args:
        theme: Colours, fonts and measures.
        model: The rows.
        parent: Its owner.
    """

    row_shown = Signal(object)
    """The `ThreatRow` that is looked at now; None for none."""
    row_chosen = Signal(object)
    """Somebody clicked on this `ThreatRow`, or pressed Enter on it."""
    all_copied = Signal()
    """Somebody wants all of it as text."""

    def __init__(self, theme: Theme, model: ThreatRowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("threat_list")
        self.setAccessibleName(tr("Threat model"))
        self.setModel(model)
        self._marks = ListMarks(theme, self, ThreatDelegate(theme, self))
        self.index_chosen.connect(self._choose)

    def make_menu(self) -> QMenu:
        """Return what can be done to a row; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("threat_menu")
        menu.setAccessibleName(tr("Row"))
        menu.aboutToHide.connect(menu.deleteLater)
        copy = menu.addAction(self._theme.icon("ui-copy"), tr("Copy"))
        copy.triggered.connect(self.copy_row)
        menu.addAction(tr("Copy whole threat model")).triggered.connect(self.all_copied)
        return menu

    def copy_row(self) -> None:
        """Copy all that is said of the row that is looked at."""
        row = self.currentIndex().data(THREAT_ROLE)
        if isinstance(row, ThreatRow):
            QGuiApplication.clipboard().setText(row.details)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        if index.isValid():
            self.make_menu().popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.key() in _ENTER:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md §2.7)."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(THREAT_ROLE)
        self.row_shown.emit(row if isinstance(row, ThreatRow) else None)

    def _choose(self, index: Index) -> None:
        row = index.data(THREAT_ROLE)
        if isinstance(row, ThreatRow):
            self.row_chosen.emit(row)
