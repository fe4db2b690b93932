"""Paints every cell of the findings table. Source: design.md 5 ("Findings table"), 7, 8.

A row is one picture: its ground, its hairline, the bar of the selection and the ring of the
keyboard are drawn by each cell as its part of the whole row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from heimdall_desktop.domain.columns import COLUMNS, Column, severity_word
from heimdall_desktop.domain.finding import Finding, FindingStatus, Severity, Verdict
from heimdall_desktop.models.findings_model import FINDING_ROLE
from heimdall_desktop.widgets.badges import Badges
from heimdall_desktop.widgets.column_plan import SEVERITY_PX
from heimdall_desktop.widgets.location_text import fit_file_line, fit_folder
from heimdall_desktop.widgets.painting import (
    fill,
    focus_ring,
    horizontal_hairline,
    mirrored,
    saved,
)
from heimdall_desktop.widgets.row_cursor import RowCursor
from heimdall_desktop.widgets.theme import Role, Theme, Weight

ROW_PX = 28
GUTTER_PX = 16  # before the severity
PADDING_PX = 8
END_PX = 12  # behind the last column
FOLDER_GAP_PX = 8
BAR_PX = 3
LEFT_TO_RIGHT = "\u200e"  # a path stays so, whichever way people read
RING_RADIUS_PX = 3
_STRONG_STATUSES = {FindingStatus.OPEN, FindingStatus.CONFIRMED}

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Cell:
    """What the painter of one column needs."""

    painter: QPainter
    row: RowCursor
    finding: Finding
    text: str
    is_selected: bool
    direction: Qt.LayoutDirection


class FindingsDelegate(QStyledItemDelegate):
    """Draws cells from findings; the view says which row is hovered and which has the ring.

    Args:
        theme: Colours, fonts and measures.
        view: The table.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._viewport = view.viewport()
        self._theme = theme
        self._badges = Badges(theme, self)
        self.hovered_row = -1
        self.ringed_row = -1
        self._draw_cell: dict[Column, Callable[[_Cell], None]] = {
            Column.SEVERITY: self._draw_severity,
            Column.FINDING: self._draw_title,
            Column.LOCATION: self._draw_location,
            Column.STATUS: self._draw_status,
            Column.FIRST_SEEN: self._draw_moment,
        }

    @property
    def badge_px(self) -> int:
        """How wide the widest known severity is with its gutter, in pixels."""
        widest = self._badges.capsule_width(Severity.MEDIUM, Verdict.WITHDRAWN)
        return self._theme.scale(GUTTER_PX) + widest

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.row_height(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding: Finding | None = index.data(FINDING_ROLE)
        if finding is None:
            return
        rect = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        with saved(painter):
            painter.setClipRect(rect)
            self._draw_row(painter, option, index, is_selected=is_selected)
            row = RowCursor(self._theme, painter, rect.adjusted(0, 0, 0, -1), option.direction)
            draw = self._draw_cell.get(COLUMNS[index.column()], self._draw_plain)
            draw(_Cell(painter, row, finding, index.data(), is_selected, option.direction))
            if index.row() == self.ringed_row:
                row_rect = self._row_rect(option).adjusted(1, 0, -1, -1)
                focus_ring(painter, row_rect, self._theme.scale(RING_RADIUS_PX), self._theme)

    # -- the row --

    def _draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, is_selected: bool
    ) -> None:
        tokens, rect = self._theme.tokens, QRectF(option.rect)
        is_active = bool(option.state & QStyle.StateFlag.State_Active)
        ground = tokens.surface
        if is_selected:
            ground = tokens.selection if is_active else tokens.selection_inactive
        elif index.row() == self.hovered_row:
            ground = tokens.hover
        fill(painter, rect, ground)
        horizontal_hairline(painter, rect.left(), rect.bottom() - 1, rect.width(), tokens.hairline)
        if is_selected:
            whole = self._row_rect(option)
            bar = QRectF(whole.left(), whole.top(), self._theme.scale(BAR_PX), whole.height())
            colour = tokens.accent if is_active else tokens.control
            fill(painter, mirrored(bar, whole, option.direction), colour)

    def _row_rect(self, option: QStyleOptionViewItem) -> QRectF:
        return QRectF(0, option.rect.top(), self._viewport.width(), option.rect.height())

    # -- the cells --

    def _draw_severity(self, cell: _Cell) -> None:
        is_bare = cell.row.remaining < self._theme.scale(SEVERITY_PX)
        cell.row.skip(self._theme.scale(GUTTER_PX))
        self._badges.draw_capsule(
            cell.painter,
            cell.row.take(cell.row.remaining),
            cell.finding.severity,
            cell.finding.verdict,
            severity_word(cell.finding) if cell.finding.severity is Severity.OTHER else "",
            is_bare=is_bare,
            direction=cell.direction,
        )

    def _draw_title(self, cell: _Cell) -> None:
        is_withdrawn = cell.finding.verdict is Verdict.WITHDRAWN
        weight = Weight.MEDIUM if cell.is_selected else Weight.REGULAR
        self._pad(cell.row)
        cell.row.text(
            cell.text,
            self._theme.font(Role.BODY, weight, is_struck=is_withdrawn),
            self._ink(cell.finding),
        )

    def _draw_location(self, cell: _Cell) -> None:
        theme = self._theme
        mono, small = theme.metrics(Role.MONO), theme.metrics(Role.SMALL)
        self._pad(cell.row)
        place = fit_file_line(cell.finding.file_line, cell.row.remaining, mono.horizontalAdvance)
        cell.row.text(place, theme.font(Role.MONO), self._ink(cell.finding))
        cell.row.skip(theme.scale(FOLDER_GAP_PX))
        folder = fit_folder(cell.finding.folder, cell.row.remaining, small.horizontalAdvance)
        if folder:
            cell.row.text(f"{LEFT_TO_RIGHT}{folder}", theme.font(Role.SMALL), theme.tokens.faint)

    def _draw_status(self, cell: _Cell) -> None:
        is_confirmed = cell.finding.status is FindingStatus.CONFIRMED
        font = self._theme.font(Role.SMALL, Weight.MEDIUM if is_confirmed else Weight.REGULAR)
        tokens = self._theme.tokens
        self._pad(cell.row)
        cell.row.text(
            cell.text,
            font,
            tokens.text if cell.finding.status in _STRONG_STATUSES else tokens.muted,
        )

    def _draw_moment(self, cell: _Cell) -> None:
        font = self._theme.font(Role.SMALL, is_tabular=True)
        cell.row.skip_at_end(self._theme.scale(END_PX))
        cell.row.text_at_end(cell.text, cell.row.remaining, font, self._theme.tokens.muted)

    def _draw_plain(self, cell: _Cell) -> None:
        self._pad(cell.row)
        cell.row.text(cell.text, self._theme.font(Role.SMALL), self._theme.tokens.muted)

    def _pad(self, row: RowCursor) -> None:
        row.skip(self._theme.scale(PADDING_PX))
        row.skip_at_end(self._theme.scale(PADDING_PX))

    def _ink(self, finding: Finding) -> QColor:
        tokens = self._theme.tokens
        return tokens.muted if finding.verdict is Verdict.WITHDRAWN else tokens.text
