"""The Qt model of the inbox, newest line first."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from PySide6.QtCore import QObject, Qt

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.models.rows_model import NO_PARENT, Index, ListModel
from heimdall_desktop.presentation.alerts import alert_text
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.time_text import full_words, narrow_day_text

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
MOMENT_ROLE = LINE_ROLE + 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)


class InboxModel(ListModel[InboxLine]):
    """`LINE_ROLE` gives the `InboxLine`, `MOMENT_ROLE` the local time of today or the day.

    Args:
        inbox: the lines.
        mask: what of the lines may be seen.
        parent: its owner.
    """

    def __init__(self, inbox: Inbox, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self._inbox = inbox
        self._part = InboxPart.ALL
        self._rows: list[InboxLine] = inbox.lines

    @property
    def part(self) -> InboxPart:
        return self._part

    def show_part(self, part: InboxPart) -> None:
        """List other lines."""
        self.beginResetModel()
        self._part = part
        self._rows = [line for line in self._inbox.lines if part.has(line)]
        self.endResetModel()

    def refresh_all(self) -> None:
        """Refresh every line: its display may have changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def refresh(self) -> int:
        """Show the current inbox, and return how many lines were added above all others.

        Listed lines stay until other lines are requested: a line must not disappear while the user
        reads it.
        """
        self._remove_gone()
        lines, listed = self._inbox.lines, {line.key for line in self._rows}
        if self._part is not InboxPart.ALL:
            lines = [line for line in lines if line.key in listed or self._part.has(line)]
        come = self._insert_missing(lines)
        moved = [row for row, line in enumerate(lines) if line is not self._rows[row]]
        self._rows = lines
        for first, last in _spans(moved):
            self.dataChanged.emit(self.index(first), self.index(last))
        return come

    def _remove_gone(self) -> None:
        """Remove the rows of lines that are gone, or were raised again and are now above."""
        gone = [
            row
            for row, before in enumerate(self._rows)
            if (line := self._inbox.line(before.key)) is None or line.raised_at != before.raised_at
        ]
        for first, last in reversed(list(_spans(gone))):
            self.beginRemoveRows(NO_PARENT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()

    def _insert_missing(self, lines: list[InboxLine]) -> int:
        """Insert the missing lines, each run in its place; return how many come first."""
        come = row = 0
        while (missing := len(lines) - len(self._rows)) > 0:
            listed = self._rows[row].key if row < len(self._rows) else None
            end = row
            while end < row + missing and lines[end].key != listed:
                end += 1
            if end > row:
                self.beginInsertRows(NO_PARENT, row, end - 1)
                self._rows[row:row] = lines[row:end]
                self.endInsertRows()
                come = come or (end if row == 0 else 0)
            row = end + 1
        return come

    # -- Qt interface --

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        line = self.row(index.row())
        if line is None:
            return None
        line = self._mask.line(line)
        if role == LINE_ROLE:
            return line
        if role == MOMENT_ROLE:
            return self._moment(line)
        if role == _DISPLAY:
            return line.title
        if role == _ACCESSIBLE:
            return alert_text.sentence(line, self._moment(line))
        if role == _TOOL_TIP:
            how = f"{alert_text.outcome(line)}, {full_words(line.raised_at)}"
            return safe_tip(line.title, line.body, how)
        return None

    def _moment(self, line: InboxLine) -> str:
        return narrow_day_text(line.raised_at, self._inbox.now())


def _spans(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of rows without a gap: one signal for thousands."""
    for _, run in groupby(enumerate(rows), lambda numbered: numbered[1] - numbered[0]):
        together = [row for _, row in run]
        yield together[0], together[-1]
