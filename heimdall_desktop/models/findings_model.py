"""The findings table as Qt sees it: translates edits of the listing, decides nothing itself."""

import html
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.change import Change, FindingAdded, ScanAdded, ScanMoved, ScanRemoved
from heimdall_desktop.domain.columns import COLUMNS, Column, cell_text, row_sentence
from heimdall_desktop.domain.edit import (
    Edit,
    RowMoved,
    RowsInserted,
    RowsRemoved,
    RowsReplaced,
    RowsReset,
)
from heimdall_desktop.domain.filters import Filter
from heimdall_desktop.domain.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.listing import Listing
from heimdall_desktop.domain.new_marks import NewMarks
from heimdall_desktop.domain.order import Order
from heimdall_desktop.models.ticker import Ticker

FINDING_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_FIRST_ORDER = int(Qt.ItemDataRole.InitialSortOrderRole)
_DESCENDING_FIRST = {Column.SEVERITY, Column.CONFIDENCE}
_NO_PARENT = QModelIndex()
REPEAT_WORDS = "A repeat: the scan has found it again since."

Word = TypeVar("Word")
Index = QModelIndex | QPersistentModelIndex


class FindingsModel(QAbstractTableModel):
    """Shows the findings of all watched scans that pass a filter.

    Owns the listing, and a copy of its rows that follows edit by edit, because Qt wants to be told
    before a row comes or goes. Between `about_to_change` and `changed` a view keeps what it must
    not lose: selection and scroll, by finding id.

    Signals:
        about_to_change, changed: around every batch of edits and every reset.
        counts_changed: how many findings are shown, hidden, folded, new or in scope, or how many
            scans there are, may be another number now.
    """

    about_to_change = Signal()
    changed = Signal()
    counts_changed = Signal()

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        parent: QObject | None = None,
        *,
        today: Callable[[], date] = date.today,
        marks: NewMarks | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._today = today
        self._listing = Listing(marks=marks)
        self._names: dict[ScanId, str] = {}
        self._rows: list[Finding] = []
        for scan in store:
            self._name(scan.id)
            self._listing.apply(
                FindingAdded(finding, is_first_read=True) for finding in scan.findings.values()
            )
        self._rows[:] = self._listing.rows
        ticker.changed.connect(self.take)

    # -- what is shown --

    @property
    def shown(self) -> int:
        """Findings that are shown."""
        return len(self._rows)

    @property
    def total(self) -> int:
        """Rows in scope, shown, hidden or folded: as many as the server counts."""
        return self._listing.total

    @property
    def hidden(self) -> int:
        """Findings in scope that the filter hides; repeats that are folded are not among them."""
        return self.total - self.folded - self.shown

    @property
    def hidden_criticals(self) -> int:
        """How many of the hidden ones are critical."""
        return self._listing.hidden_criticals

    @property
    def repeats(self) -> int:
        """Repeats in scope, shown or not."""
        return self._listing.repeats

    @property
    def folded(self) -> int:
        """Repeats in scope that are folded into their newest row."""
        return self._listing.folded

    @property
    def severities(self) -> Counter[Severity]:
        """Findings by severity that pass the filter but for its severities."""
        return self._listing.severities

    @property
    def news(self) -> NewMarks:
        """Which findings are new, in all scans; changed by `see` and `see_all` only."""
        return self._listing.marks

    @property
    def new(self) -> int:
        """Findings in scope that are new and pass the filter but for its word about that."""
        return self._listing.new

    @property
    def fixes(self) -> int:
        """Findings in scope with a fix that pass the filter but for its word about that."""
        return self._listing.fixes

    @property
    def order(self) -> Order:
        """How the rows stand."""
        return self._listing.order

    @property
    def filter(self) -> Filter:
        """What findings must fulfil to be shown."""
        return self._listing.filter

    @property
    def has_many_scans(self) -> bool:
        """Whether rows of more than one scan may stand side by side."""
        return self.filter.scan_id is None and len(self._store) > 1

    def finding_at(self, row: int) -> Finding | None:
        """Return the finding of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, finding_id: FindingId) -> int | None:
        """Return where a finding is shown, None if it is hidden or unknown."""
        return self._listing.row_of(finding_id)

    def row_text(self, row: int) -> str:
        """Return the cells of a row with tabulators between, as it is copied."""
        finding = self._rows[row]
        return "\t".join(self._text(column, finding) for column in COLUMNS)

    # -- what changes it --

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes another filter."""
        if wanted.is_later(self.filter):
            self._replay(self._listing.let_time_pass(wanted))
            self.counts_changed.emit()
            return
        reset = self._listing.set_filter(wanted)
        if reset is not None:
            self._replay([reset])
            self.counts_changed.emit()

    def count_words(self, wanted: Filter, word_of: Callable[[Finding], Word]) -> Counter[Word]:
        """Count what would pass another filter of the same scope, by a word of each finding."""
        return self._listing.count_words(wanted, word_of)

    def set_order(self, order: Order) -> None:
        """Let the rows stand otherwise."""
        reset = self._listing.set_order(order)
        if reset is not None:
            self._replay([reset])

    def see(self, finding_id: FindingId) -> None:
        """Take the mark as new away from a finding that somebody looks at."""
        was_new = finding_id in self.news
        self._replay(self._listing.see(finding_id))
        if was_new:
            self.counts_changed.emit()

    def see_all(self) -> None:
        """Let nothing that is shown be new any more."""
        self._replay(self._listing.see_all())
        self.counts_changed.emit()

    def take(self, changes: Sequence[Change]) -> None:
        """Take a batch of changes in."""
        edits: list[Edit] = []
        for change in changes:
            if isinstance(change, ScanAdded | ScanMoved):
                edits += self._name(change.scan_id)
            elif isinstance(change, ScanRemoved):
                self._names.pop(change.scan_id, None)
        edits += self._listing.apply(changes)
        if any(isinstance(edit, RowsReset) for edit in edits):
            edits = [RowsReset(tuple(self._listing.rows))]
        self._replay(edits)
        self.counts_changed.emit()

    def _name(self, scan_id: ScanId) -> list[Edit]:
        scan = self._store.scan(scan_id)
        if scan is None or self._names.get(scan_id) == scan.name:
            return []
        self._names[scan_id] = scan.name
        reset = self._listing.set_name(scan_id, scan.name)
        return [RowsReplaced(0, tuple(self._rows))] if reset is None else [reset]

    # -- Qt's questions --

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role == FINDING_ROLE:
            return self._rows[index.row()] if index.isValid() else None
        if role == _DISPLAY and index.isValid():
            return self._text(COLUMNS[index.column()], self._rows[index.row()])
        if role == _ACCESSIBLE and index.isValid() and index.column() == 0:
            return self._sentence(self._rows[index.row()])
        if role == _TOOL_TIP and index.isValid():
            return self._tip(COLUMNS[index.column()], self._rows[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == _DISPLAY:
            return column.value
        if role == _FIRST_ORDER and column in _DESCENDING_FIRST:
            return Qt.SortOrder.DescendingOrder
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS):
            is_descending = order is Qt.SortOrder.DescendingOrder
            self.set_order(Order(COLUMNS[column], is_descending))

    def _text(self, column: Column, finding: Finding) -> str:
        return cell_text(column, finding, self._names, self._today())

    def _sentence(self, finding: Finding) -> str:
        sentence = row_sentence(finding, self._names)
        return f"{sentence} {REPEAT_WORDS}" if finding.is_repeat else sentence

    def _tip(self, column: Column, finding: Finding) -> str | None:
        if column is Column.FIRST_SEEN:
            return f"{finding.created_at.astimezone():%Y-%m-%d %H:%M:%S %z}"
        if column in (Column.FINDING, Column.LOCATION):
            text = html.escape(self._text(column, finding))
            return f"<qt>{text}<br>{REPEAT_WORDS}</qt>" if finding.is_repeat else f"<qt>{text}</qt>"
        return None

    # -- replaying --

    def _replay(self, edits: Iterable[Edit]) -> None:
        edits = list(edits)
        if not edits:
            return
        self.about_to_change.emit()
        for edit in edits:
            self._replay_one(edit)
        self.changed.emit()

    def _replay_one(self, edit: Edit) -> None:
        match edit:
            case RowsInserted(first, findings):
                self.beginInsertRows(_NO_PARENT, first, first + len(findings) - 1)
                self._rows[first:first] = findings
                self.endInsertRows()
            case RowsRemoved(first, count):
                self.beginRemoveRows(_NO_PARENT, first, first + count - 1)
                del self._rows[first : first + count]
                self.endRemoveRows()
            case RowMoved(start, end, finding):
                self._move(start, end, finding)
            case RowsReplaced(first, findings):
                self._rows[first : first + len(findings)] = findings
                self._tell_replaced(first, len(findings))
            case RowsReset(findings):
                self.beginResetModel()
                self._rows[:] = findings
                self.endResetModel()

    def _move(self, start: int, end: int, finding: Finding) -> None:
        if start != end:  # Qt counts the target before the row is taken out
            before = end + 1 if end > start else end
            self.beginMoveRows(_NO_PARENT, start, start, _NO_PARENT, before)
            self._rows.insert(end, self._rows.pop(start))
            self.endMoveRows()
        self._rows[end] = finding
        self._tell_replaced(end, 1)

    def _tell_replaced(self, first: int, count: int) -> None:
        if count:
            last = self.index(first + count - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(first, 0), last)
