"""The list of findings that differ between two scans: groups under heads that stay visible.

A row has a mark, one or two severities, title, place and remark. Fixed findings are hollow and
struck through. Source: look.md 10 (Comparison), picture 12.

The totals of both scans are above it: findings by severity, and how the pairs were found.
Source: look.md 10 (Comparison), picture 12.
"""

from collections.abc import Iterator

from PySide6 import QtGui
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QStyleOptionViewItem, QVBoxLayout, QWidget

from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.group import NAMED_SEVERITIES
from heimdall_desktop.models.incremental_work import SLICE, IncrementalWork
from heimdall_desktop.models.panel_models import ComparisonModel
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import title_text, word_of
from heimdall_desktop.presentation.panel import comparison_text
from heimdall_desktop.presentation.time_text import number_text
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.text_labels import Label, draw_location, new_menu
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import RowCursor, fill, horizontal_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.panel.panel_bar import PanelList

ROW_PX = 24
MARK_PX = 12
MARK_GAP_PX = 12
SHAPE_PX = 16
ARROW_PX = 10
ARROW_GAP_PX = 5
SEVERITY_PX = 2 * SHAPE_PX + ARROW_PX + 2 * ARROW_GAP_PX
GAP_PX = 12
COUNT_GAP_PX = 6
COUNT_SHAPE_PX = 11
PLACE_FRACTION, REMARK_FRACTION = 0.24, 0.165  # of a row
REMARK_PX = 128  # "no longer withdrawn"
PLACE_FROM_PX, REMARK_FROM_PX = 420, 560  # narrower rows omit them
COUNTS_FROM_PX = 420
_MARKS = {
    ChangeKind.NEW: "ui-plus",
    ChangeKind.CHANGED: "ui-arrow-right",
    ChangeKind.FIXED: "ui-check",
}
_SAME = "="
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ComparisonDelegate(row_delegate.RowDelegate):
    """Draws rows of `ComparisonModel`."""

    height_px = ROW_PX
    height_role = Role.SMALL

    def draw_row(
        self,
        painter: QtGui.QPainter,
        row: RowCursor,
        option: QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        shown = index.data(ROW_ROLE)
        if isinstance(shown, comparison_text.ComparisonHead):
            self.draw_head(painter, QRectF(option.rect), shown, option.direction)
        elif isinstance(shown, Compared):
            row_px = option.rect.width()
            theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
            is_fixed = shown.kind is ChangeKind.FIXED
            mark_px = scale(MARK_PX)
            if shown.kind in _MARKS:
                row.icon(_MARKS[shown.kind], mark_px, tokens.muted)
            else:
                font = theme.font(Role.BODY, Weight.SEMIBOLD)
                before = (mark_px - theme.text_width(_SAME, Role.BODY, Weight.SEMIBOLD)) / 2
                row.skip(before)
                row.skip(mark_px - before - row.text(_SAME, font, tokens.muted))
            row.skip(scale(MARK_GAP_PX))
            self._draw_severities(painter, row, shown)
            row.skip(scale(GAP_PX))
            if row_px >= scale(REMARK_FROM_PX):
                cell = self._column(painter, row, max(row_px * REMARK_FRACTION, scale(REMARK_PX)))
                cell.text(comparison_text.remark(shown), theme.font(Role.SMALL), tokens.muted)
            if row_px >= scale(PLACE_FROM_PX):
                cell = self._column(painter, row, row_px * PLACE_FRACTION)
                file_line, folder = comparison_text.place(shown)
                draw_location(
                    cell, theme, file_line, folder, tokens.muted if is_fixed else tokens.text
                )
            weight = Weight.SEMIBOLD if shown.kind is ChangeKind.NEW else Weight.REGULAR
            font = theme.font(Role.SMALL, weight)
            if is_fixed or not shown.counts:
                font = QtGui.QFont(font)
                font.setStrikeOut(True)
            row.text(title_text(shown.shown), font, tokens.muted if is_fixed else tokens.text)

    def draw_head(
        self,
        painter: QtGui.QPainter,
        rect: QRectF,
        head: comparison_text.ComparisonHead,
        direction: Qt.LayoutDirection,
    ) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        fill(painter, rect, tokens.alt)
        horizontal_hairline(painter, rect.left(), rect.bottom() - 1, rect.width(), tokens.hairline)
        row = RowCursor(theme, painter, rect.adjusted(0, 0, 0, -1), direction)
        row.skip(scale(self.start_px))
        row.skip_at_end(scale(self.end_px))
        if head.kind in comparison_text.ONE_SEVERITY and rect.width() >= scale(COUNTS_FROM_PX):
            for severity in reversed(NAMED_SEVERITIES):
                count = head.severities[severity]
                weight = Weight.MEDIUM if count else Weight.REGULAR
                font = theme.font(Role.SMALL, weight, is_tabular=True)
                words = number_text(count)
                words_px = theme.text_width(words, Role.SMALL, weight, is_tabular=True) + 1
                row.text_at_end(words, words_px, font, tokens.text if count else tokens.faint)
                row.skip_at_end(scale(4))
                self._draw_shape(
                    painter, row.take_at_end(scale(COUNT_SHAPE_PX)), severity, count > 0
                )
                row.skip_at_end(scale(COUNT_GAP_PX))
        chevron = "ui-chevron-down" if head.is_open else "ui-chevron-right"
        row.icon(chevron, scale(MARK_PX), tokens.muted)
        row.skip(scale(COUNT_GAP_PX))
        cells = [
            row_delegate.Cell(
                head.title, tokens.text, Role.SMALL, Weight.SEMIBOLD, gap_px=COUNT_GAP_PX
            ),
            row_delegate.Cell(grouped(head.count), tokens.muted, gap_px=GAP_PX),
            row_delegate.Cell(head.note, tokens.muted, least_px=40),
        ]
        self.draw_cells(painter, row, rect.width(), cells)

    def _draw_shape(
        self,
        painter: QtGui.QPainter,
        rect: QRectF,
        severity: Severity,
        is_there: bool = True,
        *,
        is_hollow: bool = False,
    ) -> None:
        if is_there:
            edge = int(rect.width())
            top_left = QPointF(rect.left(), rect.top() + (rect.height() - edge) / 2)
            self._badges.draw_shape(painter, severity, top_left, edge, is_hollow=is_hollow)

    def _column(self, painter: QtGui.QPainter, row: RowCursor, width: float) -> RowCursor:
        rect = row.take_at_end(width)
        row.skip_at_end(self._theme.scale(GAP_PX))
        return RowCursor(self._theme, painter, rect, painter.layoutDirection())

    def _draw_severities(self, painter: QtGui.QPainter, row: RowCursor, shown: Compared) -> None:
        scale = self._theme.scale
        first, *second = comparison_text.severities(shown)
        is_hollow = shown.kind is ChangeKind.FIXED or not shown.counts
        self._draw_shape(painter, row.take(scale(SHAPE_PX)), first, is_hollow=is_hollow)
        if second:
            row.skip(scale(ARROW_GAP_PX))
            row.icon("ui-arrow-right", scale(ARROW_PX), self._theme.tokens.muted)
            row.skip(scale(ARROW_GAP_PX))
            self._draw_shape(painter, row.take(scale(SHAPE_PX)), second[0])
        else:
            row.skip(scale(SEVERITY_PX - SHAPE_PX))


class ComparisonList(PanelList):
    """Shows the rows; the head of the top group stays visible.

    Args:
        model: The rows.
    """

    row_chosen = Signal(object)
    """This `Compared` was clicked, or Enter was pressed on it."""

    def __init__(self, model: ComparisonModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self._delegate = ComparisonDelegate(self)
        self.setObjectName("comparison_list")
        self.setAccessibleName(tr("Compared findings"))
        self.setUniformItemSizes(True)
        self.show_model(model, self._delegate)
        self._copying = IncrementalWork(self)
        self.index_chosen.connect(self._choose)

    @property
    def selected(self) -> Compared | None:
        """The finding of the current row; None for a head."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Compared) else None

    @property
    def stuck(self) -> tuple[comparison_text.ComparisonHead, QRectF] | None:
        """The head stuck to the top and its place; None while the head is at the top itself."""
        top = self.indexAt(self.viewport().rect().topLeft())
        number = self._rows.head_above(top.row()) if top.isValid() else None
        head = None if number is None else self._rows.row(number)
        if number is None or not isinstance(head, comparison_text.ComparisonHead):
            return None
        row = self.visualRect(top)
        if number == top.row() and row.top() >= 0:
            return None
        after = self._rows.row(top.row() + 1)
        is_last = isinstance(after, comparison_text.ComparisonHead)
        shift = min(0, row.top()) if is_last else 0  # the next head pushes this one up
        return head, QRectF(0, shift, self.viewport().width(), row.height())

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        if stuck := self.stuck:
            with QtGui.QPainter(self.viewport()) as painter:
                head, rect = stuck
                self._delegate.draw_head(painter, rect, head, self.layoutDirection())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.viewport().update()  # the head stays while everything else moves

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        stuck = self.stuck
        if stuck is not None and stuck[1].contains(event.position()):
            self._toggle(stuck[0])
        else:
            super().mousePressEvent(event)

    def make_menu(self, index: row_delegate.Index) -> QMenu:
        menu = new_menu(self, tr("Row"))
        copy = menu.addAction(theme_of(self).icon("ui-copy"), tr("Copy"))
        copy.triggered.connect(self.copy_row)
        menu.addAction(tr("Copy all")).triggered.connect(self.copy_all)
        return menu

    def copy_row(self) -> None:
        """Copy the current row as a line of text, or all rows below a head."""
        if self.currentIndex().isValid():
            self._copy(self._rows.findings(self.currentIndex().row()))

    def copy_all(self) -> None:
        """Copy all listed rows, one line per finding, also of closed groups."""
        self._copy(self._rows.findings())

    def _copy(self, rows: list[Compared]) -> None:
        text: list[str] = []

        def slices() -> Iterator[None]:
            for start in range(0, len(rows), SLICE):
                part = rows[start : start + SLICE]
                text.extend(comparison_text.row_sentence(row, has_folder=True) for row in part)
                yield

        self._copying.run(slices(), lambda: copy_text("\n".join(text)))

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        shown = self.currentIndex().data(ROW_ROLE)
        if event.matches(QtGui.QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.key() in _ENTER:
            self._choose(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(
            shown, comparison_text.ComparisonHead
        ):
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            opens = (event.key() == Qt.Key.Key_Right) is not is_mirrored
            if opens is not shown.is_open:
                self._toggle(shown)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: row_delegate.Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, comparison_text.ComparisonHead):
            self._toggle(row)
        elif isinstance(row, Compared):
            self.row_chosen.emit(row)

    def _toggle(self, head: comparison_text.ComparisonHead) -> None:
        self._rows.toggle(head.kind)
        number = self._rows.row_of(head.kind)
        if number is not None:
            index = self._rows.index(number)
            self.setCurrentIndex(index)
            self.scrollTo(index)


SUM_GAP_PX = 8
SUM_PX = 64
LINE_PX = 23


class SeverityMark(QWidget):
    """The shape of a severity, in the middle of the place it gets."""

    def __init__(self, severity: Severity, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._badges = Badges(self._theme, self)
        self._severity = severity

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(SHAPE_PX)
        return QSize(edge, edge)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        edge = self._theme.scale(SHAPE_PX)
        top_left = QPointF(0, (self.height() - edge) / 2)
        with QtGui.QPainter(self) as painter:
            self._badges.draw_shape(painter, self._severity, top_left, edge)


class ComparisonSums(MeasuredWidget):
    """The number of findings of each scan per severity, and how the pairs were found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self.setObjectName("comparison_sums")
        self._grid, self._pairs = QGridLayout(), QGridLayout()
        self._numbers: dict[Severity | None, tuple[Label, Label, Label]] = {}
        for column, words in enumerate((tr("A"), tr("B"), tr("Change")), 2):
            self._add(self._grid, 0, column, words, Weight.SEMIBOLD, Tone.MUTED, is_number=True)
        for number, severity in enumerate((*NAMED_SEVERITIES, Severity.OTHER, None), 1):
            weight = Weight.SEMIBOLD if severity is None else Weight.REGULAR
            if severity is None:
                self._add(self._grid, number, 0, tr("All"), weight, columns=2)
            else:
                name = self._add(self._grid, number, 1, word_of(severity), weight)
                mark = SeverityMark(severity, self)
                self._grid.addWidget(mark, number, 0)
                if severity is Severity.OTHER:
                    self._other: tuple[QWidget, ...] = (mark, name)
            was, now, change = (
                self._add(self._grid, number, column, "0", weight, is_number=True)
                for column in (2, 3, 4)
            )
            self._numbers[severity] = (was, now, change)
        self._grid.setColumnStretch(1, 1)
        self._title = Label("", Role.SMALL, Weight.SEMIBOLD, parent=self)
        self._found: list[tuple[Label, Label]] = []
        for number in range(3):
            count = self._add(self._pairs, number, 0, "", Weight.SEMIBOLD, is_number=True)
            text = self._add(self._pairs, number, 1, "", tone=Tone.MUTED)
            self._found.append((count, text))
        self._pairs.setColumnStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._grid)
        self._column.addWidget(self._title)
        self._column.addLayout(self._pairs)
        self._column.addStretch(1)
        self._measure()

    def show_comparison(self, comparison: Comparison | None) -> None:
        self.comparison = comparison
        if comparison is None:
            return
        before, after = comparison.before, comparison.after
        for severity, labels in self._numbers.items():
            was = before.total() if severity is None else before[severity]
            now = after.total() if severity is None else after[severity]
            for label, words in zip(
                labels,
                (grouped(was), grouped(now), comparison_text.difference(was, now)),
                strict=True,
            ):
                label.setText(words)
            if severity is Severity.OTHER:
                for part in (*labels, *self._other):
                    part.setVisible(bool(was or now))
        title, found = comparison_text.pairs_words(comparison)
        self._title.setText(title)
        for number, pair in enumerate(self._found):
            is_used = number < len(found)
            for each, text in zip(pair, found[number] if is_used else ("", ""), strict=True):
                each.setText(text)
                each.setVisible(is_used)

    def _add(
        self,
        grid: QGridLayout,
        row: int,
        column: int,
        words: str,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        *,
        is_number: bool = False,
        columns: int = 1,
    ) -> Label:
        elide = Qt.TextElideMode.ElideNone if is_number else Qt.TextElideMode.ElideRight
        label = Label(
            words, Role.SMALL, weight, tone, elide=elide, is_tabular=is_number, parent=self
        )
        if is_number:
            label.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(label, row, column, 1, columns)
        return label

    def _measure(self) -> None:
        scale = self._theme.scale
        inset = scale(row_delegate.INSET_PX)
        self._column.setContentsMargins(inset, scale(10), inset, scale(10))
        self._column.setSpacing(scale(10))
        for grid in (self._grid, self._pairs):
            grid.setHorizontalSpacing(scale(SUM_GAP_PX))
        self._grid.setVerticalSpacing(scale(2))
        self._pairs.setVerticalSpacing(scale(5))
        for row in range(self._grid.rowCount()):
            is_other = row == len(NAMED_SEVERITIES) + 1
            self._grid.setRowMinimumHeight(row, 0 if is_other else scale(LINE_PX - 2))
        self._grid.setColumnMinimumWidth(0, scale(SHAPE_PX))
        for column in (2, 3, 4):
            self._grid.setColumnMinimumWidth(column, scale(SUM_PX))
        self._pairs.setColumnMinimumWidth(0, scale(24))
