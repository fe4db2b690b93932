"""A table model whose rows follow edits: it notifies Qt before each, and views around a batch."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6 import QtCore

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table import ordered_rows
from heimdall_desktop.domain.table.order import COLUMNS

NO_PARENT = QtCore.QModelIndex()
ROW_ROLE = int(QtCore.Qt.ItemDataRole.UserRole)
DISPLAY_ROLE = int(QtCore.Qt.ItemDataRole.DisplayRole)
ACCESSIBLE_ROLE = int(QtCore.Qt.ItemDataRole.AccessibleTextRole)
DESCRIPTION_ROLE = int(QtCore.Qt.ItemDataRole.AccessibleDescriptionRole)
TIP_ROLE = int(QtCore.Qt.ItemDataRole.ToolTipRole)

Index = QtCore.QModelIndex | QtCore.QPersistentModelIndex


class RowsModel(QtCore.QAbstractTableModel):
    """Owns a copy of the rows that follows edit by edit.

    Between `about_to_change` and `changed` a view keeps what it must not lose: selection and
    scroll, by finding id.

    Signals:
        about_to_change, changed: around every batch of edits and every reset.
    """

    about_to_change = QtCore.Signal()
    changed = QtCore.Signal()

    def __init__(self, parent: QtCore.QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ordered_rows.Entry] = []

    def row_at(self, row: int) -> ordered_rows.Entry | None:
        """Return the entry of a row: a finding, the head of a group, or a gap in the stream."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def finding_at(self, row: int) -> Finding | None:
        """Return the finding of a row; None for heads of groups and gaps."""
        shown = self.row_at(row)
        return shown if isinstance(shown, Finding) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def replay(self, edits: Iterable[ordered_rows.Edit]) -> None:
        edits = list(edits)
        if not edits:
            return
        self.about_to_change.emit()
        for edit in edits:
            self._replay_one(edit)
        self.changed.emit()

    def tell_replaced(self, first: int, count: int) -> None:
        if count:
            last = self.index(first + count - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(first, 0), last)

    def _replay_one(self, edit: ordered_rows.Edit) -> None:
        match edit:
            case ordered_rows.RowsInserted(first, rows):
                self._insert(first, rows)
            case ordered_rows.RowsRemoved(first, count):
                self._remove(first, count)
            case ordered_rows.RowMoved(start, end, finding):
                if start != end:  # Qt counts the target before the row is taken out
                    before = end + 1 if end > start else end
                    self.beginMoveRows(NO_PARENT, start, start, NO_PARENT, before)
                    self._rows.insert(end, self._rows.pop(start))
                    self.endMoveRows()
                self._rows[end] = finding
                self.tell_replaced(end, 1)
            case ordered_rows.RowsReplaced(first, rows):
                self._rows[first : first + len(rows)] = rows
                self.tell_replaced(first, len(rows))
            case ordered_rows.RowsReset(rows):
                self.beginResetModel()
                self._rows[:] = rows
                self.endResetModel()

    def _insert(self, first: int, rows: Sequence[ordered_rows.Entry]) -> None:
        self.beginInsertRows(NO_PARENT, first, first + len(rows) - 1)
        self._rows[first:first] = rows
        self.endInsertRows()

    def _remove(self, first: int, count: int) -> None:
        self.beginRemoveRows(NO_PARENT, first, first + count - 1)
        del self._rows[first : first + count]
        self.endRemoveRows()


# A list for Qt: a row for each value.


Row = TypeVar("Row")


class ListModel(QtCore.QAbstractListModel, Generic[Row]):
    """Has the values in `_rows`, which `ROW_ROLE` gives; `value` defines what each of them shows.

    Attributes:
        choosable: the type of the rows that can be chosen; the others are headings.
    """

    choosable: type = object

    def __init__(self, parent: QtCore.QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()

    def row(self, number: int) -> Row | None:
        """Return the value of a row; None if there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def value(self, row: Row, role: int) -> Any:
        """Return what a row shows for a role of Qt other than `ROW_ROLE`; None for nothing."""

    def reset_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def replace_rows(self, rows: Sequence[Row], key: Callable[[Row], Hashable]) -> None:
        """Show other rows at once; views keep their current row if it is among them, and scroll.

        Args:
            key: identifies a row.
        """
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        names = [key(self._rows[index.row()]) for index in kept]
        places = {name: number for number, row in enumerate(rows) if (name := key(row)) in names}
        self._rows = rows
        moved = [self.index(places[name]) if name in places else NO_PARENT for name in names]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def sync_rows(self, rows: Sequence[Row], key: Callable[[Row], Hashable]) -> None:
        """Show other rows; known ones are moved one by one, so that views keep their places.

        Args:
            key: identifies a row.
        """
        shown = self._rows = list(self._rows)
        keys, wanted = [key(row) for row in shown], [key(row) for row in rows]
        staying = set(wanted)
        for number in reversed(range(len(keys))):
            if keys[number] not in staying:
                self.beginRemoveRows(NO_PARENT, number, number)
                del keys[number], shown[number]
                self.endRemoveRows()
        for number, (row, name) in enumerate(zip(rows, wanted, strict=True)):
            if keys[number : number + 1] != [name]:
                if name in keys[number:]:
                    start = keys.index(name, number)
                    self.beginMoveRows(NO_PARENT, start, start, NO_PARENT, number)
                    keys.insert(number, keys.pop(start))
                    shown.insert(number, shown.pop(start))
                    self.endMoveRows()
                else:
                    self.beginInsertRows(NO_PARENT, number, number)
                    keys.insert(number, name)
                    shown.insert(number, row)
                    self.endInsertRows()
            if shown[number] != row:
                shown[number] = row
                self.dataChanged.emit(self.index(number), self.index(number))

    def refresh_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        row = self.row(index.row())
        return row if row is None or role == ROW_ROLE else self.value(row, role)

    def flags(self, index: Index) -> QtCore.Qt.ItemFlag:
        is_choosable = isinstance(self.row(index.row()), self.choosable)
        return super().flags(index) if is_choosable else QtCore.Qt.ItemFlag.NoItemFlags
