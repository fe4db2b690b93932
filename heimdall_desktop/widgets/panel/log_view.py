"""The log of a scan as a list, newest first; a scrolled list keeps its place.

A row has time, glyph, optional stage, title, and muted detail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyleOptionViewItem, QWidget

from heimdall_desktop.models.log_model import LINE_ROLE, LogModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.log_lines import LogLine
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX, Cell, Index, RowDelegate
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, draw_text
from heimdall_desktop.widgets.look.theme import Role

TOP_PX = 6

ROW_PX = 22
END_PX = 12
TIME_PX = 48
DAY_TIME_PX = 96  # "26 Nov 23:41:02"
GLYPH_PX = 13
GLYPH_GAP_PX = 7
STAGE_PX = 104
GAP_PX = 8
LEAST_DETAIL_PX = 40


class LogDelegate(RowDelegate):
    """Draws lines of the log's model.

    Args:
        view: The list.
        has_stages: Show the stage of each line.

    Attributes:
        matches: The rows that contain the search text.
    """

    height_px = ROW_PX
    height_role = Role.SMALL
    end_px = END_PX
    has_line = False

    def __init__(self, view: QAbstractItemView, *, has_stages: bool) -> None:
        super().__init__(view)
        self._has_stages = has_stages
        self.matches: frozenset[int] = frozenset()

    def is_lit(self, index: Index) -> bool:
        return index.row() in self.matches

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        line: LogLine | None = index.data(LINE_ROLE)
        if line is None:
            return
        tokens, (icon, tone) = self._theme.tokens, LOG_MARKS[line.sign]
        time_px = DAY_TIME_PX if " " in line.time else TIME_PX
        cells = [
            Cell(
                line.time,
                tokens.muted,
                Role.MICRO,
                is_tabular=True,
                is_whole=True,
                column_px=time_px,
                gap_px=GAP_PX,
            ),
            Cell(icon, tokens.ink(tone), is_icon=True, column_px=GLYPH_PX, gap_px=GLYPH_GAP_PX),
            Cell(line.title, tokens.text, gap_px=GAP_PX),
        ]
        if self._has_stages:
            cells.insert(2, Cell(line.stage, tokens.muted, column_px=STAGE_PX, gap_px=GAP_PX))
        if line.detail:
            cells.append(Cell(line.detail, tokens.muted, least_px=LEAST_DETAIL_PX))
        self.draw_cells(painter, row, option.rect.width(), cells)


class LogView(QListView):
    """Shows a log's model.

    Args:
        model: The lines.
        name: The name for assistive technology.
        has_stages: Show the stage of each line.
        parent: Its owner.
    """

    def __init__(
        self, model: LogModel, name: str, *, has_stages: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._log = model
        self._empty_text = ""
        self._delegate = LogDelegate(self, has_stages=has_stages)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._marks = ListMarks(self, self._delegate)
        model.rowsInserted.connect(self._keep_place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        if index.isValid():
            self.make_menu().popup(place)

    def set_empty_text(self, words: str) -> None:
        """Set the text shown while nothing is listed because of a filter."""
        self._empty_text = words
        self.viewport().update()

    def show_matches(self, rows: Collection[int]) -> None:
        """Mark the lines that contain the search text."""
        self._delegate.matches = frozenset(rows)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty_text and self._log.rowCount() == 0:
            theme, rect = self._theme, QRectF(self.viewport().rect())
            font, inset = theme.font(Role.SMALL), theme.scale(INSET_PX)
            place = rect.adjusted(inset, theme.scale(TOP_PX), -inset, 0)
            place.setHeight(theme.row_height(ROW_PX, Role.SMALL))
            with QPainter(self.viewport()) as painter:
                draw_text(painter, place, self._empty_text, font, theme.tokens.muted)

    def make_menu(self) -> QMenu:
        """Return the menu of line actions; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("log_menu")
        menu.setAccessibleName(tr("Lines"))
        menu.aboutToHide.connect(menu.deleteLater)
        icon = self._theme.icon("ui-copy")
        menu.addAction(icon, tr("Copy lines")).triggered.connect(self.copy_lines)
        menu.addAction(tr("Copy all lines")).triggered.connect(self.copy_all)
        return menu

    def copy_lines(self) -> None:
        """Copy the selected lines in list order."""
        self._copy(sorted(index.row() for index in self.selectedIndexes()))

    def copy_all(self) -> None:
        """Copy every line."""
        self._copy(range(self._log.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_lines()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md §2.7)."""

    def _copy(self, rows: Iterable[int]) -> None:
        lines = [line.sentence for row in rows if (line := self._log.row(row)) is not None]
        if lines:
            copy_text("\n".join(lines))

    def _keep_place(self, _parent: Index, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        if bar.value() == 0:
            return
        wanted = bar.value() + (last - first + 1) * self.sizeHintForRow(0)
        self.executeDelayedItemsLayout()
        bar.setValue(wanted)
