"""A list with one current row, where a click on a row chooses it; assistive technology selects."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from heimdall_desktop.widgets.controls.outside_choice import OutsideChoice

Index = QModelIndex | QPersistentModelIndex


class ChoiceList(QListView):
    """Keys move the current row, and the selection with it.

    Args:
        parent: Its owner.
    """

    index_chosen = Signal(QModelIndex)
    """A row was clicked, or selected by assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outside: OutsideChoice | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self.index_chosen)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._outside = OutsideChoice(self)
        self._outside.chosen.connect(self._take)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        if self._outside is not None:
            self._outside.expect()
        return super().selectionCommand(index, event)

    def _take(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.index_chosen.emit(index)
