"""The nine stages of one scan as Qt sees them; the axis belongs to all rows and is beside them."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ACCESSIBLE_MORE = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """Nine rows, or none. `ROW_ROLE` gives the `TimelineRow`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None

    @property
    def timeline(self) -> Timeline | None:
        """What is shown."""
        return self._timeline

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show other values; rows come or go only with the scan."""
        if timeline == self._timeline:
            return
        before, count = self.rowCount(), len(timeline.rows) if timeline else 0
        if before != count:
            self.beginResetModel()
            self._timeline = timeline
            self.endResetModel()
            return
        self._timeline = timeline
        if count:
            self.dataChanged.emit(self.index(0), self.index(count - 1))

    def row(self, number: int) -> TimelineRow | None:
        """Return what a row shows."""
        rows = self._timeline.rows if self._timeline else ()
        return rows[number] if 0 <= number < len(rows) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self._timeline is None else len(self._timeline.rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == _DISPLAY:
            return row.label
        if role == _ACCESSIBLE_MORE:
            return ". ".join((*row.details[1:], *row.shown_error))
        return row.sentence if role == _ACCESSIBLE else None
