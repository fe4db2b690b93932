"""The Qt models of the bottom panel: log and stages of a scan, inbox, compared scans."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.models import rows_model
from heimdall_desktop.presentation.alerts import alert_text
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.labels import safe_tip, title_text
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.panel import comparison_text
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogFilter, LogLine, matching
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow
from heimdall_desktop.presentation.time_text import day_text, full_words

MOMENT_ROLE = rows_model.ROW_ROLE + 1

AnyRow = comparison_text.ComparisonHead | Compared


class LogModel(rows_model.ListModel[LogLine]):
    """The lines of the shown scan that pass the filter. `ROW_ROLE` gives the `LogLine`.

    Args:
        now: the wall clock, to mark times of another day; None for times alone.

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
        self.book: LogBook | None = None
        self.filter = LogFilter()
        self._all: tuple[LogLine, ...] = ()
        self._rows: tuple[LogLine, ...] = ()
        self.count_text = ""

    def show_scan(self, scan: Scan | None) -> None:
        is_known = self.book is not None and self.book.scan is scan
        self.show_book(
            self.book if is_known else None if scan is None else LogBook(scan, self._now)
        )

    def show_book(self, book: LogBook | None) -> None:
        """Show the current lines of a log book: new ones on top, or all again for another log."""
        is_other, self.book = book is not self.book, book
        everything = () if book is None else book.lines()
        if everything is self._all and not is_other:
            return
        self._all = everything
        lines, before = self._wanted(), self._rows
        added = len(lines) - len(before)
        has_grown = added >= 0 and all(
            new is old or new.key == old.key for new, old in zip(lines[added:], before, strict=True)
        )
        if is_other or (not has_grown and lines != before):
            self._reset(lines)
        elif has_grown:
            if added:
                self.beginInsertRows(rows_model.NO_PARENT, 0, added - 1)
                self._rows = lines
                self.endInsertRows()
            self._rows = lines
            for number, line in enumerate(before, start=added):
                if lines[number] is not line and lines[number] != line:
                    self.dataChanged.emit(self.index(number), self.index(number))
            if added:
                self.lines_changed.emit()
        count = "" if book is None else book.count_text
        if count != self.count_text:
            self.count_text = count
            self.count_changed.emit(count)

    def set_filter(self, wanted: LogFilter) -> None:
        if wanted != self.filter:
            self.filter = wanted
            self._reset(self._wanted())

    def find(self, text: str) -> tuple[int, ...]:
        return matching(self._rows, text)

    def value(self, row: LogLine, role: int) -> Any:
        return {rows_model.DISPLAY_ROLE: row.title, rows_model.ACCESSIBLE_ROLE: row.sentence}.get(
            role
        )

    def _wanted(self) -> tuple[LogLine, ...]:
        if self.filter.is_empty:
            return self._all
        return tuple(line for line in self._all if self.filter.takes(line))

    def _reset(self, lines: tuple[LogLine, ...]) -> None:
        self.reset_rows(lines)
        self.lines_changed.emit()


class TimelineModel(rows_model.ListModel[TimelineRow]):
    """The nine stages of one scan, or no rows; the axis belongs to all rows and is separate."""

    timeline: Timeline | None = None

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show other values; rows are added or removed only with the scan."""
        if timeline == self.timeline:
            return
        rows = timeline.rows if timeline else ()
        self.timeline = timeline
        if len(rows) != len(self._rows):
            self.reset_rows(rows)
            return
        self._rows = rows
        self.refresh_all()

    def value(self, row: TimelineRow, role: int) -> Any:
        if role == rows_model.DISPLAY_ROLE:
            return row.label
        if role == rows_model.DESCRIPTION_ROLE:
            return ". ".join((*row.details[1:], *row.shown_error))
        return row.sentence if role == rows_model.ACCESSIBLE_ROLE else None


class InboxModel(rows_model.ListModel[InboxLine]):
    """`ROW_ROLE` gives the `InboxLine`, `MOMENT_ROLE` the local time of today or the day."""

    def __init__(self, inbox: Inbox, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self._inbox = inbox
        self.part = InboxPart.ALL
        self._rows: list[InboxLine] = inbox.lines

    def show_part(self, part: InboxPart) -> None:
        self.part = part
        self.reset_rows([line for line in self._inbox.lines if part.has(line)])

    def refresh(self) -> int:
        """Show the current inbox, and return how many lines were added above all others.

        Listed lines stay until other lines are requested: a line must not disappear while the user
        reads it.
        """
        gone = [  # or raised again, and now above
            row
            for row, before in enumerate(self._rows)
            if (line := self._inbox.line(before.key)) is None or line.raised_at != before.raised_at
        ]
        for first, last in reversed(list(_spans(gone))):
            self.beginRemoveRows(rows_model.NO_PARENT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        lines, listed = self._inbox.lines, {line.key for line in self._rows}
        if self.part is not InboxPart.ALL:
            lines = [line for line in lines if line.key in listed or self.part.has(line)]
        come = row = 0
        while (missing := len(lines) - len(self._rows)) > 0:
            next_key = self._rows[row].key if row < len(self._rows) else None
            end = row
            while end < row + missing and lines[end].key != next_key:
                end += 1
            if end > row:
                self.beginInsertRows(rows_model.NO_PARENT, row, end - 1)
                self._rows[row:row] = lines[row:end]
                self.endInsertRows()
                come = come or (end if row == 0 else 0)
            row = end + 1
        moved = [row for row, line in enumerate(lines) if line is not self._rows[row]]
        self._rows = lines
        for first, last in _spans(moved):
            self.dataChanged.emit(self.index(first), self.index(last))
        return come

    def data(self, index: rows_model.Index, role: int = rows_model.DISPLAY_ROLE) -> Any:
        line = self.row(index.row())
        if line is None:
            return None
        line = self._mask.line(line)
        if role == rows_model.ROW_ROLE:
            return line
        if role == rows_model.DISPLAY_ROLE:
            return line.title
        moment = day_text(line.raised_at, self._inbox.now(), is_narrow=True)
        if role == MOMENT_ROLE:
            return moment
        if role == rows_model.ACCESSIBLE_ROLE:
            return alert_text.sentence(line, moment)
        if role == rows_model.TIP_ROLE:
            how = f"{alert_text.outcome(line)}, {full_words(line.raised_at)}"
            return safe_tip(line.title, line.body, how)
        return None


def _spans(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of rows without a gap: one signal for thousands."""
    for _, run in groupby(enumerate(rows), lambda numbered: numbered[1] - numbered[0]):
        together = [row for _, row in run]
        yield together[0], together[-1]


class ComparisonModel(rows_model.ListModel[AnyRow]):
    """A model whose `ROW_ROLE` gives the `ComparisonHead` or the `Compared`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[ChangeKind, list[Compared]] = {kind: [] for kind in ChangeKind}
        self._heads: dict[ChangeKind, comparison_text.ComparisonHead] = {}
        self.wanted = frozenset(ChangeKind)
        self._closed: frozenset[ChangeKind] = frozenset()

    def show_comparison(self, comparison: Comparison | None, *, is_again: bool = False) -> None:
        """Show a comparison; of the same two scans again, views keep their current row."""
        if not is_again:
            self.reset_rows(())
        self._groups = {kind: [] for kind in ChangeKind}
        for row in () if comparison is None else comparison.rows:
            self._groups[row.kind].append(row)
        self._heads = {
            kind: comparison_text.head_of(kind, rows) for kind, rows in self._groups.items() if rows
        }
        self._list()

    def toggle_wanted(self, kind: ChangeKind) -> None:
        self.wanted ^= {kind}
        self._list()

    def toggle(self, kind: ChangeKind) -> None:
        self._closed ^= {kind}
        self._list()

    def _list(self) -> None:
        rows: list[AnyRow] = []
        for kind, head in self._heads.items():
            if kind in self.wanted:
                is_open = kind not in self._closed
                rows += [replace(head, is_open=is_open), *(self._groups[kind] if is_open else ())]
        self.replace_rows(rows, lambda row: row.shown.id if isinstance(row, Compared) else row.kind)

    def findings(self, number: int | None = None) -> list[Compared]:
        """Return the finding of a row, the whole group under a head, or all without a row."""
        row = None if number is None else self.row(number)
        if isinstance(row, Compared):
            return [row]
        kinds = (
            [row.kind] if row is not None else [kind for kind in ChangeKind if kind in self.wanted]
        )
        return [each for kind in kinds for each in self._groups[kind]]

    def head_above(self, number: int) -> int | None:
        """Return the row of the head of the group that a row belongs to."""
        row = self.row(number)
        return None if row is None else self.row_of(row.kind)

    def row_of(self, kind: ChangeKind) -> int | None:
        """Return the row of the head of a group; None if it is not listed."""
        number = 0
        while isinstance(head := self.row(number), comparison_text.ComparisonHead):
            if head.kind is kind:
                return number
            number += 1 + (len(self._groups[head.kind]) if head.is_open else 0)
        return None

    def value(self, row: AnyRow, role: int) -> Any:
        if isinstance(row, comparison_text.ComparisonHead):
            return {
                rows_model.DISPLAY_ROLE: row.title,
                rows_model.ACCESSIBLE_ROLE: row.sentence,
            }.get(role)
        if role == rows_model.DISPLAY_ROLE:
            return title_text(row.shown)
        if role == rows_model.TIP_ROLE:
            return safe_tip(comparison_text.row_sentence(row))
        return comparison_text.row_sentence(row) if role == rows_model.ACCESSIBLE_ROLE else None
