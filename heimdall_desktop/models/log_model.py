"""The Qt model of the log of one scan, newest first; new lines are added on top."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.models.rows_model import NO_PARENT, Index, ListModel
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogFilter, LogLine, matching

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class LogModel(ListModel[LogLine]):
    """The lines of the shown scan that pass the filter. `LINE_ROLE` gives the `LogLine`.

    Args:
        now: the wall clock, to mark times of another day; None for times alone.
        parent: its owner.

    Attributes:
        count_text: how many lines there are, in words.

    Signals:
        count_changed: the number of lines, filtered or not, in words.
        lines_changed: other lines are shown.
    """

    count_changed = Signal(str)
    lines_changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, now: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._book: LogBook | None = None
        self._filter = LogFilter()
        self._all: tuple[LogLine, ...] = ()
        self._rows: tuple[LogLine, ...] = ()
        self.count_text = ""

    @property
    def filter(self) -> LogFilter:
        """Which lines are shown."""
        return self._filter

    @property
    def book(self) -> LogBook | None:
        """The source of the lines; another model can show it too."""
        return self._book

    def show_scan(self, scan: Scan | None) -> None:
        """Show the current log of a scan."""
        is_known = self._book is not None and self._book.scan is scan
        self.show_book(
            self._book if is_known else None if scan is None else LogBook(scan, self._now)
        )

    def show_book(self, book: LogBook | None) -> None:
        """Show the current lines of a log book."""
        is_other, self._book = book is not self._book, book
        lines = () if book is None else book.lines()
        if lines is self._all and not is_other:
            return
        self._all = lines
        self._show(self._wanted(), is_other=is_other)
        count = "" if book is None else book.count_text
        if count != self.count_text:
            self.count_text = count
            self.count_changed.emit(count)

    def set_filter(self, wanted: LogFilter) -> None:
        """Show only the lines that pass a filter."""
        if wanted != self._filter:
            self._filter = wanted
            self._reset(self._wanted())

    def find(self, text: str) -> tuple[int, ...]:
        """Return the rows that contain a text."""
        return matching(self._rows, text)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        line = self.row(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == _DISPLAY:
            return line.title
        return line.sentence if role == _ACCESSIBLE else None

    def _wanted(self) -> tuple[LogLine, ...]:
        if self._filter.is_empty:
            return self._all
        return tuple(line for line in self._all if self._filter.takes(line))

    def _show(self, lines: tuple[LogLine, ...], *, is_other: bool) -> None:
        if not is_other and self._has_grown_on_top(lines):
            self._grow(lines)
        elif lines != self._rows or is_other:
            self._reset(lines)

    def _has_grown_on_top(self, lines: tuple[LogLine, ...]) -> bool:
        added = len(lines) - len(self._rows)
        if added < 0:
            return False
        return all(
            new is old or new.key == old.key
            for new, old in zip(lines[added:], self._rows, strict=True)
        )

    def _grow(self, lines: tuple[LogLine, ...]) -> None:
        """Add new lines on top, and report old ones whose meaning has changed."""
        added, before = len(lines) - len(self._rows), self._rows
        if added:
            self.beginInsertRows(NO_PARENT, 0, added - 1)
            self._rows = lines
            self.endInsertRows()
        self._rows = lines
        for number, line in enumerate(before):
            now = lines[number + added]
            if now is not line and now != line:
                index = self.index(number + added)
                self.dataChanged.emit(index, index)
        if added:
            self.lines_changed.emit()

    def _reset(self, lines: tuple[LogLine, ...]) -> None:
        self.beginResetModel()
        self._rows = lines
        self.endResetModel()
        self.lines_changed.emit()
