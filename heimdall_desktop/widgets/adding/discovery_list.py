"""A list of found scans or repositories, for mouse and keyboard.

A click or the space bar ticks a row, arrows only move, Enter confirms the whole choice. Ticked rows
are Qt's selection. The row of a scan has: box, name and branch, state, counts, start time. When
space is short the counts are hidden first, then the start; name and state never.
Source: ux.md 2.2, 2.7, 2.8; design picture 4b, design.md §4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from heimdall_desktop.domain.facts.observation import Counts, FoundRepo
from heimdall_desktop.models.discovery_model import (
    FIND_ROLE,
    MOMENT_ROLE,
    WATCHED_ROLE,
    WIDEST_ROLE,
    FoundReposModel,
    FoundScansModel,
)
from heimdall_desktop.models.rows_model import Index
from heimdall_desktop.presentation.board.card import COUNTED
from heimdall_desktop.presentation.board.discovery import FoundScan, by_severity
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import number_text
from heimdall_desktop.widgets.controls.choice_list import OutsideChoice
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import Cell, RowDelegate
from heimdall_desktop.widgets.controls.toggles import BOX_PX, TICK_PX, draw_check_box
from heimdall_desktop.widgets.look.painting import (
    LEADING,
    RowCursor,
    draw_icon,
    draw_text,
    focus_ring,
)
from heimdall_desktop.widgets.look.theme import Role, Weight

_SELECT = QItemSelectionModel.SelectionFlag.Select
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

ROW_PX = 40
INSET_PX = 24  # of the dialog: the hover reaches over the whole width
NAME_GAP_PX = 12
BRANCH_GAP_PX = 8
COLUMN_GAP_PX = 16
SHAPE_PX = 12
SHAPE_GAP_PX = 4
COUNT_GAP_PX = 12
COUNTS_FROM_PX = 600  # narrower lists omit them
MOMENT_FROM_PX = 460
MOMENT_COLUMN_PX = 96
NAME_SHARE = 0.55  # of the width shared by name and state
ICON_PX = 16
RING_RADIUS_PX = 6


class DiscoveryDelegate(RowDelegate):
    """Draws rows of found scans or repositories."""

    height_px = ROW_PX
    start_px = end_px = INSET_PX
    has_bar = False

    def ground(
        self, option: QStyleOptionViewItem, index: Index, *, is_selected: bool
    ) -> QColor | None:
        """Return the ground of the row under the pointer; selected rows have a tick instead."""
        return self._theme.tokens.hover if self.is_lit(index) else None

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        find = index.data(FIND_ROLE)
        if isinstance(find, FoundScan):
            self._draw_scan(painter, row, find, index, option.direction)
        elif isinstance(find, FoundRepo):
            self._draw_repo(painter, row, find)

    def draw_line(self, painter: QPainter, rect: QRectF) -> None:
        inset = self._theme.scale(INSET_PX)
        super().draw_line(painter, rect.adjusted(inset, 0, -inset, 0))

    def draw_ring(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() == self.ringed_row:
            reach = self._theme.scale(INSET_PX) * 2 / 3
            ring = QRectF(option.rect).adjusted(reach, 2, -reach, -3)
            focus_ring(painter, ring, self._theme.scale(RING_RADIUS_PX), self._theme)

    def _draw_scan(
        self,
        painter: QPainter,
        row: RowCursor,
        scan: FoundScan,
        index: Index,
        direction: Qt.LayoutDirection,
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        is_watched, width = bool(index.data(WATCHED_ROLE)), row.remaining
        self._draw_box(painter, row, index, is_watched=is_watched)
        row.skip(theme.scale(NAME_GAP_PX))
        moment = Cell(
            str(index.data(MOMENT_ROLE)),
            tokens.muted,
            is_trailing=True,
            column_px=MOMENT_COLUMN_PX,
            from_px=MOMENT_FROM_PX,
        )
        self.draw_cells(painter, row, width, [], [moment])
        if width >= theme.scale(COUNTS_FROM_PX):
            widest: Sequence[str] = index.data(WIDEST_ROLE)
            counts = None if is_watched else scan.counts
            self._draw_counts(painter, row, counts, widest, direction)
        words_px = row.remaining * (1 - NAME_SHARE)
        words = row.take_at_end(words_px)
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        text = tr("Already watched") if is_watched else scan.words
        ink = tokens.muted if is_watched else tokens.text
        draw_text(painter, words, text, theme.font(Role.SMALL), ink, LEADING)
        self._draw_name(painter, row, scan.repo, is_muted=is_watched)

    def _draw_box(
        self, painter: QPainter, row: RowCursor, index: Index, *, is_watched: bool
    ) -> None:
        theme, edge = self._theme, self._theme.scale(BOX_PX)
        place = row.take(edge)
        box = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
        if is_watched:
            tick = theme.scale(TICK_PX + 2)
            top_left = box.center() - QPointF(tick / 2, tick / 2)
            draw_icon(painter, theme, "ui-check", top_left, tick, theme.tokens.muted)
            return
        draw_check_box(painter, box, index.data(Qt.ItemDataRole.CheckStateRole), theme)

    def _draw_name(
        self, painter: QPainter, row: RowCursor, repo: FoundRepo, *, is_muted: bool = False
    ) -> None:
        tokens = self._theme.tokens
        weight, ink = (Weight.REGULAR, tokens.muted) if is_muted else (Weight.SEMIBOLD, tokens.text)
        name = Cell(repo.name, ink, Role.BODY, weight, gap_px=BRANCH_GAP_PX)
        branch = Cell(repo.branch, tokens.muted, least_px=COLUMN_GAP_PX)
        self.draw_cells(painter, row, row.remaining, [name, branch])

    def _draw_counts(
        self,
        painter: QPainter,
        row: RowCursor,
        counts: Counts | None,
        widest: Sequence[str],
        direction: Qt.LayoutDirection,
    ) -> None:
        """Draw the counts in columns as wide as the widest number of the list."""
        theme, tokens = self._theme, self._theme.tokens
        edge, gap = theme.scale(SHAPE_PX), theme.scale(COUNT_GAP_PX)
        shape_px = edge + theme.scale(SHAPE_GAP_PX)
        numbers_px = [
            theme.text_width(text, Role.SMALL, Weight.MEDIUM, is_tabular=True) + 1
            for text in widest
        ]
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        whole = row.take_at_end(sum(numbers_px) + len(COUNTED) * (shape_px + gap) - gap)
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        if counts is None or not counts.total:
            return
        cells = RowCursor(theme, painter, whole, direction)
        font = theme.font(Role.SMALL, Weight.MEDIUM, is_tabular=True)
        for severity, count, number_px in zip(
            COUNTED, by_severity(counts), numbers_px, strict=True
        ):
            shape = cells.take(shape_px)
            number = cells.take(number_px)
            cells.skip(gap)
            if count:
                is_mirrored = direction is Qt.LayoutDirection.RightToLeft
                left = shape.right() - edge if is_mirrored else shape.left()
                top = math.floor(shape.center().y() - edge / 2)
                self._badges.draw_shape(painter, severity, QPointF(left, top), edge)
            ink = tokens.text if count else tokens.faint
            draw_text(painter, number, number_text(count), font, ink, LEADING)

    def _draw_repo(self, painter: QPainter, row: RowCursor, repo: FoundRepo) -> None:
        theme, tokens = self._theme, self._theme.tokens
        row.icon("ui-repo", theme.scale(ICON_PX), tokens.muted)
        row.skip(theme.scale(NAME_GAP_PX))
        row.icon_at_end("ui-chevron-right", theme.scale(ICON_PX), tokens.muted)
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        self._draw_name(painter, row, repo)


class DiscoveryList(QListView):
    """The rows.

    Args:
        model: The found scans or repositories.
        name: The content, for assistive technology.
        parent: Its owner.
    """

    taken = Signal(object)
    """A find was clicked, or the space bar was pressed on it."""
    entered = Signal(object)
    """Enter was pressed on a find."""

    def __init__(
        self, model: FoundScansModel | FoundReposModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._marks = ListMarks(self, DiscoveryDelegate(self), QPalette.ColorRole.Light)
        self.clicked.connect(self._take)
        self._outside = OutsideChoice(self)
        self._outside.chosen.connect(self._take_outside_choice)
        for changes in (model.dataChanged, model.rowsInserted, model.modelReset):
            changes.connect(self._mark_ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        find = self.currentIndex().data(FIND_ROLE)
        if event.key() == Qt.Key.Key_Space and find is not None:
            self.taken.emit(find)
        elif event.key() in _ENTER and find is not None:
            self.entered.emit(find)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are typed into the field above."""

    def _take(self, index: Index) -> None:
        find = index.data(FIND_ROLE)
        if find is not None:
            self.taken.emit(find)

    def _take_outside_choice(self, index: Index) -> None:
        self._take(index)
        self._mark_ticked()

    def _mark_ticked(self) -> None:
        rows = self.model()
        with self._outside.expecting():
            self.clearSelection()
            for row in range(rows.rowCount()):
                index = rows.index(row, 0)
                if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
                    self.selectionModel().select(index, _SELECT)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def selectAll(self) -> None:
        """Do nothing: scans are ticked one by one."""
