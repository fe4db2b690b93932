"""A list as Qt sees it: a row for each value."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class ListModel(QAbstractListModel, Generic[Row]):
    """Has the values in `_rows`; what each of them shows a subclass tells in `data`.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()

    def row(self, number: int) -> Row | None:
        """Return what a row shows; None where there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)
