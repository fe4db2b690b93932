"""Paints the rows of a threat model: risk as shape and word, name, way, description, place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from heimdall_desktop.domain.threat_rows import ThreatHead, ThreatRow
from heimdall_desktop.domain.wording import grouped
from heimdall_desktop.models.threat_rows_model import THREAT_ROLE
from heimdall_desktop.widgets.badges import Badges
from heimdall_desktop.widgets.painting import (
    fill,
    focus_ring,
    horizontal_hairline,
    is_in_active_window,
    mirrored,
)
from heimdall_desktop.widgets.row_cursor import RowCursor
from heimdall_desktop.widgets.theme import Role, Theme, Weight

ROW_PX = 28
HEAD_PX = 26
INSET_PX = 16
END_PX = 16
SHAPE_PX = 12
SHAPE_GAP_PX = 6
RISK_PX = 76
GAP_PX = 10
LEAST_TEXT_PX = 48
NAME_FRACTION = 0.5  # of what is left: a longer name gives way to the way
SIDE_BAR_PX = 3

Index = QModelIndex | QPersistentModelIndex


class ThreatDelegate(QStyledItemDelegate):
    """Draws rows of `ThreatRowsModel`.

    Args:
        theme: Colours, fonts and measures.
        view: The list.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._badges = Badges(theme, self)
        self.ringed_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_head = isinstance(index.data(THREAT_ROLE), ThreatHead)
        return QSize(0, self._theme.row_height(HEAD_PX if is_head else ROW_PX, Role.SMALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = index.data(THREAT_ROLE), QRectF(option.rect)
        if isinstance(row, ThreatHead):
            self._draw_head(painter, option, row)
        elif isinstance(row, ThreatRow):
            self._draw_ground(painter, option, rect)
            self._draw_row(painter, option, row)
            if index.row() == self.ringed_row:
                focus_ring(painter, rect.adjusted(1, 0, -1, -1), 3, self._theme)

    def _draw_head(self, painter: QPainter, option: QStyleOptionViewItem, head: ThreatHead) -> None:
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(option.rect)
        fill(painter, rect, tokens.alt)
        row = RowCursor(theme, painter, rect, option.direction)
        row.skip(theme.scale(INSET_PX))
        row.text(head.title, theme.font(Role.MICRO, Weight.SEMIBOLD), tokens.muted)
        row.skip(theme.scale(SHAPE_GAP_PX))
        row.text(grouped(head.count), theme.font(Role.MICRO), tokens.muted)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        tokens, scale = self._theme.tokens, self._theme.scale
        if option.state & QStyle.StateFlag.State_Selected:
            is_active = is_in_active_window(option)
            fill(painter, rect, tokens.selection if is_active else tokens.selection_inactive)
            bar = QRectF(rect.left(), rect.top(), scale(SIDE_BAR_PX), rect.height())
            colour = tokens.accent if is_active else tokens.control
            fill(painter, mirrored(bar, rect, option.direction), colour)
        horizontal_hairline(painter, rect.left(), rect.bottom() - 1, rect.width(), tokens.hairline)

    def _draw_row(self, painter: QPainter, option: QStyleOptionViewItem, row: ThreatRow) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        cursor = RowCursor(theme, painter, QRectF(option.rect), option.direction)
        cursor.skip(scale(INSET_PX))
        cursor.skip_at_end(scale(END_PX))
        if row.severity is not None:
            self._draw_risk(painter, cursor, option, row)
        self._draw_end(cursor, row)
        name_font = theme.font(Role.SMALL, Weight.SEMIBOLD)
        others_px = cursor.remaining * (1 - NAME_FRACTION) if row.way or row.description else 0
        self._draw_part(cursor, row.name, name_font, tokens.text, others_px)
        if row.way:
            font = theme.font(Role.MONO if row.is_way_code else Role.SMALL)
            self._draw_part(cursor, row.way, font, tokens.text, 0)
        if row.description:
            self._draw_part(cursor, row.description, theme.font(Role.SMALL), tokens.muted, 0)

    def _draw_risk(
        self,
        painter: QPainter,
        cursor: RowCursor,
        option: QStyleOptionViewItem,
        row: ThreatRow,
    ) -> None:
        theme, edge = self._theme, self._theme.scale(SHAPE_PX)
        place = cursor.take(theme.scale(RISK_PX + SHAPE_PX + SHAPE_GAP_PX))
        shape = mirrored(QRectF(place.left(), 0, edge, edge), place, option.direction)
        top_left = QPointF(shape.left(), place.top() + (place.height() - edge) / 2)
        if row.severity is not None:
            self._badges.draw_shape(painter, row.severity, top_left, edge)
        word = RowCursor(theme, painter, place, option.direction)
        word.skip(edge + theme.scale(SHAPE_GAP_PX))
        word.skip_at_end(theme.scale(SHAPE_GAP_PX))
        word.text(row.risk, theme.font(Role.SMALL), theme.tokens.text)

    def _draw_end(self, cursor: RowCursor, row: ThreatRow) -> None:
        """The place, or what data are sensitive: at the end, and never more than half the row.

        Of a place the folders give way first.
        """
        told, role = (row.place, Role.MONO) if row.place else (row.note, Role.SMALL)
        if not told:
            return
        theme, most = self._theme, cursor.remaining / 2
        if row.place and theme.text_width(told, role) >= most:
            told = told.rpartition("/")[2]
        width = min(theme.text_width(told, role) + 1, most)
        ink = theme.tokens.text if row.place else theme.tokens.warning
        cursor.text_at_end(told, width, theme.font(role), ink)
        cursor.skip_at_end(theme.scale(GAP_PX))

    def _draw_part(
        self, cursor: RowCursor, text: str, font: QFont, ink: QColor, kept_px: float
    ) -> None:
        """Draw a text and a gap behind it; leave some room to those that follow."""
        if cursor.remaining < self._theme.scale(LEAST_TEXT_PX):
            return
        cursor.skip_at_end(kept_px)
        cursor.text(text, font, ink)
        cursor.skip_at_end(-kept_px)
        cursor.skip(self._theme.scale(GAP_PX))
