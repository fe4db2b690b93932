"""The log of one scan as Qt sees it, newest first; new lines are put on top."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from heimdall_desktop.domain.finding import ScanId
from heimdall_desktop.domain.log_lines import LogLine, log_lines
from heimdall_desktop.domain.scan import Scan

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class LogModel(QAbstractListModel):
    """Lines of the scan that is shown. `LINE_ROLE` gives the `LogLine`.

    Signals:
        count_changed: how many lines there are.
    """

    count_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scan_id: ScanId | None = None
        self._lines: tuple[LogLine, ...] = ()

    def show_scan(self, scan: Scan | None) -> None:
        """Show the log of a scan as it is now."""
        lines = log_lines(scan) if scan else ()
        scan_id = scan.id if scan else None
        if scan_id == self._scan_id and self._has_grown_on_top(lines):
            self._grow(lines)
        elif lines != self._lines or scan_id != self._scan_id:
            self._reset(lines)
        self._scan_id = scan_id

    def line(self, number: int) -> LogLine | None:
        """Return a line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == _DISPLAY:
            return line.title
        return line.sentence if role == _ACCESSIBLE else None

    def _has_grown_on_top(self, lines: tuple[LogLine, ...]) -> bool:
        added = len(lines) - len(self._lines)
        keys = [line.key for line in lines[max(added, 0) :]]
        return added >= 0 and keys == [line.key for line in self._lines]

    def _grow(self, lines: tuple[LogLine, ...]) -> None:
        """Put new lines on top, and tell of old ones that mean something else now."""
        added, before = len(lines) - len(self._lines), self._lines
        if added:
            self.beginInsertRows(_NO_PARENT, 0, added - 1)
            self._lines = lines
            self.endInsertRows()
            self.count_changed.emit(len(lines))
        self._lines = lines
        for number, line in enumerate(before):
            if lines[number + added] != line:
                index = self.index(number + added)
                self.dataChanged.emit(index, index)

    def _reset(self, lines: tuple[LogLine, ...]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()
        self.count_changed.emit(len(lines))
