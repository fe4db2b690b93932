"""What delegates of lists share: the height of rows, and how hover, selection and ring look.

Source: design.md §2 (selection), §5 ("Findings table", Selection).
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import (
    fill,
    focus_ring,
    horizontal_hairline,
    is_in_active_window,
    mirrored,
)
from heimdall_desktop.widgets.look.theme import Role, Theme

BAR_PX = 3
RING_RADIUS_PX = 3

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws rows; `ListMarks` says which is hovered and which has the ring.

    Args:
        theme: Colours, fonts and measures.
        view: The list.

    Attributes:
        row_px: How high a row is.
        row_role: The text that has room in it at least.
        hovered_row: Where the pointer is; -1 for nowhere.
        ringed_row: Where the keyboard is; -1 for nowhere.
    """

    row_px = 0
    row_role = Role.BODY

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._badges = Badges(theme, self)
        self.hovered_row = -1
        self.ringed_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.row_height(self.row_px, self.row_role))

    def draw_hover(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the row where the pointer is."""
        if index.row() == self.hovered_row:
            fill(painter, QRectF(option.rect), self._theme.tokens.hover)

    def draw_selection(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Draw the ground of a row that is selected, and its bar."""
        if option.state & QStyle.StateFlag.State_Selected:
            tokens, rect = self._theme.tokens, QRectF(option.rect)
            is_active = is_in_active_window(option)
            fill(painter, rect, tokens.selection if is_active else tokens.selection_inactive)
            bar = QRectF(rect.left(), rect.top(), self._theme.scale(BAR_PX), rect.height())
            colour = tokens.accent if is_active else tokens.control
            fill(painter, mirrored(bar, rect, option.direction), colour)

    def draw_line(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the line at the foot of a row."""
        ink = self._theme.tokens.hairline
        horizontal_hairline(painter, rect.left(), rect.bottom() - 1, rect.width(), ink)

    def draw_ring(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ring round the row where the keyboard is."""
        if index.row() == self.ringed_row:
            place = QRectF(option.rect).adjusted(1, 0, -1, -1)
            focus_ring(painter, place, self._theme.scale(RING_RADIUS_PX), self._theme)
