"""The totals of two scans, side by side: findings by severity, and how the pairs were found.

Source: design.md §10 (Comparison), picture 12.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.comparison import Comparison
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.group import NAMED_SEVERITIES
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import word_of
from heimdall_desktop.presentation.panel.comparison_text import difference, pairs_words
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

GAP_PX = 8
SHAPE_PX = 16
SUM_PX = 64
LINE_PX = 23


class SeverityMark(QWidget):
    """The shape of a severity.

    Args:
        severity: Which.
        parent: Its owner.
    """

    def __init__(self, severity: Severity, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._badges = Badges(self._theme, self)
        self._severity = severity

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(SHAPE_PX)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = self._theme.scale(SHAPE_PX)
        top_left = QPointF(0, (self.height() - edge) / 2)
        with QPainter(self) as painter:
            self._badges.draw_shape(painter, self._severity, top_left, edge)


class ComparisonSums(MeasuredWidget):
    """The number of findings of each scan per severity, and how the pairs were found.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self.setObjectName("comparison_sums")
        self._grid, self._pairs = QGridLayout(), QGridLayout()
        self._numbers: dict[Severity | None, tuple[Label, Label, Label]] = {}
        for column, words in enumerate((tr("A"), tr("B"), tr("Change")), 2):
            self._add(self._grid, 0, column, words, Weight.SEMIBOLD, Tone.MUTED, is_number=True)
        for number, severity in enumerate((*NAMED_SEVERITIES, Severity.OTHER, None), 1):
            self._add_row(number, severity)
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
        """Show the sums of another comparison, or none."""
        self.comparison = comparison
        if comparison is None:
            return
        before, after = comparison.before, comparison.after
        for severity, labels in self._numbers.items():
            was = before.total() if severity is None else before[severity]
            now = after.total() if severity is None else after[severity]
            for label, words in zip(
                labels, (grouped(was), grouped(now), difference(was, now)), strict=True
            ):
                label.setText(words)
            if severity is Severity.OTHER:
                for part in (*labels, *self._other):
                    part.setVisible(bool(was or now))
        title, found = pairs_words(comparison)
        self._title.setText(title)
        for number, pair in enumerate(self._found):
            is_used = number < len(found)
            for each, text in zip(pair, found[number] if is_used else ("", ""), strict=True):
                each.setText(text)
                each.setVisible(is_used)

    def _add_row(self, number: int, severity: Severity | None) -> None:
        weight = Weight.SEMIBOLD if severity is None else Weight.REGULAR
        if severity is None:
            self._add(self._grid, number, 0, tr("All"), weight, columns=2)
        else:
            name = self._add(self._grid, number, 1, word_of(severity), weight)
            mark = SeverityMark(severity, self)
            self._grid.addWidget(mark, number, 0)
            if severity is Severity.OTHER:
                self._other: tuple[QWidget, ...] = (mark, name)
        labels = [
            self._add(self._grid, number, column, "0", weight, is_number=True)
            for column in (2, 3, 4)
        ]
        self._numbers[severity] = (labels[0], labels[1], labels[2])

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
        inset = scale(INSET_PX)
        self._column.setContentsMargins(inset, scale(10), inset, scale(10))
        self._column.setSpacing(scale(10))
        for grid in (self._grid, self._pairs):
            grid.setHorizontalSpacing(scale(GAP_PX))
        self._grid.setVerticalSpacing(scale(2))
        self._pairs.setVerticalSpacing(scale(5))
        for row in range(self._grid.rowCount()):
            is_other = row == len(NAMED_SEVERITIES) + 1
            self._grid.setRowMinimumHeight(row, 0 if is_other else scale(LINE_PX - 2))
        self._grid.setColumnMinimumWidth(0, scale(SHAPE_PX))
        for column in (2, 3, 4):
            self._grid.setColumnMinimumWidth(column, scale(SUM_PX))
        self._pairs.setColumnMinimumWidth(0, scale(24))
