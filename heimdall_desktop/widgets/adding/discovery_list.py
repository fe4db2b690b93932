"""A list of found scans or repositories, for mouse and keyboard.

A click or the space bar takes a row, arrows only move, Enter takes up the whole choice. Ticked rows
are what Qt calls selected.
Source: ux.md 2.2, 2.7, 2.8.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from heimdall_desktop.models.discovery_model import (
    FIND_ROLE,
    FoundReposModel,
    FoundScansModel,
    Index,
)
from heimdall_desktop.widgets.adding.discovery_delegate import DiscoveryDelegate
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.outside_choice import OutsideChoice
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Ground

_SELECT = QItemSelectionModel.SelectionFlag.Select
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class DiscoveryList(QListView):
    """The rows.

    Args:
        theme: Colours, fonts and measures.
        model: What was found.
        name: What it lists, for assistive technology.
        parent: Its owner.
    """

    taken = Signal(object)
    """Somebody clicked a find, or pressed the space bar on it."""
    entered = Signal(object)
    """Somebody pressed Enter on a find."""

    def __init__(
        self,
        theme: Theme,
        model: FoundScansModel | FoundReposModel,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._marks = ListMarks(theme, self, DiscoveryDelegate(theme, self), Ground.RAISED)
        self.clicked.connect(self._take)
        self._outside = OutsideChoice(self)
        self._outside.chosen.connect(self._take_outside_choice)
        for changes in (model.dataChanged, model.rowsInserted, model.modelReset):
            changes.connect(self._mark_ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        find = self.currentIndex().data(FIND_ROLE)
        if event.key() == Qt.Key.Key_Space and find is not None:
            self.taken.emit(find)
        elif event.key() in _ENTER and find is not None:
            self.entered.emit(find)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are typed into the field above."""

    def _take(self, index: Index) -> None:
        find = index.data(FIND_ROLE)
        if find is not None:
            self.taken.emit(find)

    def _take_outside_choice(self, index: Index) -> None:
        self._take(index)
        self._mark_ticked()

    def _mark_ticked(self) -> None:
        rows = self.model()
        with self._outside.expecting():
            self.clearSelection()
            for row in range(rows.rowCount()):
                index = rows.index(row, 0)
                if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
                    self.selectionModel().select(index, _SELECT)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def selectAll(self) -> None:
        """Do nothing: scans are ticked one by one."""
