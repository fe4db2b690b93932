"""Lists where a click on a row chooses it, and where assistive technology can do the same.

For keys and the mouse the view is asked for the selection (`selectionCommand`); assistive
technology changes the selection directly. Source: behaviour.md 2.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

Index = QModelIndex | QPersistentModelIndex


class ChoiceList(QListView):
    """A list with one current row; keys move it, and the selection with it."""

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


class OutsideChoice(QObject):
    """Reports which rows were selected by neither keys, mouse nor the window itself.

    In a multiple selection a deselected row is reported as well: that is the action of a selected
    row. The report comes one loop turn later, because one request may cause several changes.

    Args:
        view: Has its model already.
    """

    chosen = Signal(QModelIndex)
    """A row was chosen."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._is_expected = False
        self._selected: list[QPersistentModelIndex] = []
        self._deselected: list[QPersistentModelIndex] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._report)
        view.selectionModel().selectionChanged.connect(self._note)

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Treat internal selection changes inside the block as no choice."""
        self._is_expected = True
        try:
            yield
        finally:
            self._is_expected = False

    def expect(self) -> None:
        """Treat selection changes before the next loop turn as no choice."""
        self._is_expected = True
        self._turn.start()

    def _note(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if not self._is_expected:
            self._selected += map(QPersistentModelIndex, selected.indexes())
            self._deselected += map(QPersistentModelIndex, deselected.indexes())
            self._turn.start()

    def _report(self) -> None:
        is_single = self._view.selectionMode() is QAbstractItemView.SelectionMode.SingleSelection
        touched = self._selected or ([] if is_single else self._deselected)
        self._is_expected, self._selected, self._deselected = False, [], []
        model = self._view.model()
        for row in dict.fromkeys(index.row() for index in touched if index.isValid()):
            self.chosen.emit(model.index(row, 0))
