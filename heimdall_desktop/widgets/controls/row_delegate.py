"""The rows of lists and tables: their height, ground, bar and ring, and the cells in them.

Source: look.md 2 (selection), 5 ("Findings table", Selection).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import (
    LEADING,
    TRAILING,
    RowCursor,
    draw_text,
    fill,
    focus_ring,
    horizontal_hairline,
    is_in_active_window,
    mirrored,
    saved,
)
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

BAR_PX = 3
INSET_PX = 16  # where rows begin, and what is above and below them: all aligned
RING_RADIUS_PX = 3

Index = QModelIndex | QPersistentModelIndex


class Cell(Struct, frozen=True):
    """A text or an icon in a row; lengths are in pixels, before scaling.

    Attributes:
        text: The text, or the name of its icon.
        is_tabular: All its figures have one width.
        is_code: It is left-to-right in every language; at the start only.
        is_icon: An icon is drawn, as wide as its column; at the start only.
        is_trailing: It is aligned to the end of its column; at the end only.
        is_whole: A text longer than its column takes more room and is not cut; at the start only.
        column_px: The width of its column; 0 for the width of the text.
        gap_px: Between it and the next one, nearer to the middle of the row.
        from_px: Narrower rows omit it.
        least_px: It is omitted if less than that remains.
    """

    text: str
    ink: QColor
    role: Role = Role.SMALL
    weight: Weight = Weight.REGULAR
    is_tabular: bool = False
    is_code: bool = False
    is_icon: bool = False
    is_trailing: bool = False
    is_whole: bool = False
    column_px: int = 0
    gap_px: int = 0
    from_px: int = 0
    least_px: int = 0


class RowDelegate(QStyledItemDelegate):
    """Draws rows: their ground, their content, and the ring of the keyboard.

    The view, or its `ListMarks`, sets which row is hovered and which has the ring.

    Attributes:
        height_px: The height of a row.
        height_role: The text that always fits into it.
        start_px: Where its first cell begins.
        end_px: The distance of the last cell from its edge.
        has_bar: A selected row has a bar at its leading edge.
        has_line: A row has a line at its foot.
        hovered_row: The row of the pointer; -1 for none.
        ringed_row: The row of the keyboard; -1 for none.
    """

    height_px = 0
    height_role = Role.BODY
    start_px = INSET_PX
    end_px = INSET_PX
    has_bar = True
    has_line = True

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme_of(view)
        self._badges = Badges(self._theme, self)
        self.hovered_row = -1
        self.ringed_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.row_height(self.height_px, self.height_role))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, scale = QRectF(option.rect), self._theme.scale
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        with saved(painter):
            painter.setClipRect(rect)
            ground = self.ground(option, index, is_selected=is_selected)
            if ground is not None:
                fill(painter, rect, ground)
            if is_selected and self.has_bar:
                self.draw_bar(painter, option)
            if self.has_line:
                self.draw_line(painter, rect)
                rect.adjust(0, 0, 0, -1)
            row = RowCursor(self._theme, painter, rect, option.direction)
            row.skip(scale(self.start_px))
            row.skip_at_end(scale(self.end_px))
            self.draw_row(painter, row, option, index)
            self.draw_ring(painter, option, index)

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw the content of a row; nothing here."""

    def draw_cells(
        self,
        painter: QPainter,
        row: RowCursor,
        row_px: float,
        start: Sequence[Cell],
        end: Sequence[Cell] = (),
    ) -> None:
        """Draw cells in reading order; those at the start are cut to the remaining width."""
        theme, scale = self._theme, self._theme.scale
        for cell in reversed(end):
            if row_px < scale(cell.from_px):
                continue
            font = theme.font(cell.role, cell.weight, is_tabular=cell.is_tabular)
            width = float(scale(cell.column_px)) or 1 + theme.text_width(
                cell.text, cell.role, cell.weight, is_tabular=cell.is_tabular
            )
            side = TRAILING if cell.is_trailing else LEADING
            draw_text(painter, row.take_at_end(width), cell.text, font, cell.ink, side)
            row.skip_at_end(scale(cell.gap_px))
        for cell in start:
            if row_px < scale(cell.from_px) or row.remaining < scale(cell.least_px):
                continue
            column = scale(cell.column_px)
            font = theme.font(cell.role, cell.weight, is_tabular=cell.is_tabular)
            if cell.is_icon:
                row.icon(cell.text, column, cell.ink)
            elif column and not cell.is_whole:
                draw_text(painter, row.take(column), cell.text, font, cell.ink)
            else:
                draw = row.code if cell.is_code else row.text
                row.skip(max(0.0, column - draw(cell.text, font, cell.ink)))
            row.skip(scale(cell.gap_px))

    def ground(
        self, option: QStyleOptionViewItem, index: Index, *, is_selected: bool
    ) -> QColor | None:
        tokens = self._theme.tokens
        if is_selected:
            is_active = is_in_active_window(option)
            return tokens.selection if is_active else tokens.selection_inactive
        return tokens.hover if self.is_lit(index) else None

    def is_lit(self, index: Index) -> bool:
        """Return whether a row is lit, like the one under the pointer."""
        return index.row() == self.hovered_row

    def row_rect(self, option: QStyleOptionViewItem) -> QRectF:
        """Return the rectangle of the whole row, even if only a part is drawn."""
        return QRectF(option.rect)

    def draw_bar(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = self._theme.tokens
        ink = tokens.accent if is_in_active_window(option) else tokens.control
        selection_bar(painter, self.row_rect(option), option.direction, self._theme, ink)

    def draw_line(self, painter: QPainter, rect: QRectF) -> None:
        ink = self._theme.tokens.hairline
        horizontal_hairline(painter, rect.left(), rect.bottom() - 1, rect.width(), ink)

    def draw_ring(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.isValid() and index.row() == self.ringed_row:
            place = self.row_rect(option).adjusted(1, 0, -1, -1)
            focus_ring(painter, place, self._theme.scale(RING_RADIUS_PX), self._theme)


def selection_bar(
    painter: QPainter, row: QRectF, direction: Qt.LayoutDirection, theme: Theme, ink: QColor
) -> None:
    bar = QRectF(row.left(), row.top(), theme.scale(BAR_PX), row.height())
    fill(painter, mirrored(bar, row, direction), ink)
