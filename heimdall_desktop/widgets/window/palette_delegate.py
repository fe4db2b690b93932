"""Paints the lines of the command palette: icon, name, obstacle, keys as caps.

Source: design.md §5 ("Palette"), picture 7b.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from heimdall_desktop.models.palette_model import LINE_ROLE, Line
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.key_names import key_caps
from heimdall_desktop.widgets.controls.labels import draw_key_cap, key_cap_size
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import (
    RowCursor,
    draw_icon,
    draw_text,
    fill,
    mirrored,
    rounded_box,
)
from heimdall_desktop.widgets.look.theme import Role, Weight

ROW_PX, HEAD_PX = 34, 26
INSET_PX = 20
ROW_INSET_PX = 8  # of the background of the current row
ROW_RADIUS_PX = 6
BAR_PX, BAR_INSET_PX = 3, 6
ICON_PX, ICON_GAP_PX = 16, 14
CAP_GAP_PX, NOTE_GAP_PX = 5, 12
LEAST_NOTE_PX = 40

Index = QModelIndex | QPersistentModelIndex


class PaletteDelegate(QStyledItemDelegate):
    """Draws headings and commands.

    Args:
        view: The list.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme_of(view), view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line | None = index.data(LINE_ROLE)
        height = ROW_PX if isinstance(line, Command) else HEAD_PX
        return QSize(0, self._theme.row_height(height) if height == ROW_PX else self._head_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line | None = index.data(LINE_ROLE)
        rect = QRectF(option.rect)
        if isinstance(line, str):
            row = self._row(painter, rect, option.direction)
            font = self._theme.font(Role.SMALL, Weight.SEMIBOLD)
            row.text(line, font, self._theme.tokens.muted)
        elif line is not None:
            if option.state & QStyle.StateFlag.State_Selected:
                self._draw_ground(painter, rect, option.direction)
            self._draw_command(painter, rect, option.direction, line)

    def _draw_ground(self, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection) -> None:
        theme, tokens = self._theme, self._theme.tokens
        row = RowCursor(theme, painter, rect, direction)
        row.skip(theme.scale(ROW_INSET_PX))
        row.skip_at_end(theme.scale(ROW_INSET_PX) - self._bar_width())
        ground = row.take(row.remaining)
        rounded_box(painter, ground, theme.scale(ROW_RADIUS_PX), ground=tokens.selection)
        inset = theme.scale(BAR_INSET_PX)
        height = ground.height() - 2 * inset
        bar = QRectF(ground.left(), ground.top() + inset, theme.scale(BAR_PX), height)
        fill(painter, mirrored(bar, ground, direction), tokens.accent)

    def _draw_command(
        self, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection, command: Command
    ) -> None:
        theme, tokens, obstacle = self._theme, self._theme.tokens, command.obstacle()
        row = self._row(painter, rect, direction)
        edge = theme.scale(ICON_PX)
        icon = row.take(edge)
        name = self._icon(command)
        if name:
            ink = tokens.disabled if obstacle else tokens.muted
            top_left = icon.topLeft()
            top_left.setY(top_left.y() + (icon.height() - edge) / 2)
            draw_icon(painter, theme, name, top_left, edge, ink)
        row.skip(theme.scale(ICON_GAP_PX))
        self._draw_keys(painter, row, command)
        row.skip_at_end(theme.scale(NOTE_GAP_PX))
        weight = Weight.MEDIUM
        ink = tokens.disabled if obstacle else tokens.text
        row.text(command.title, theme.font(Role.BODY, weight), ink)
        note = obstacle or self._state(command)
        if note and row.remaining > theme.scale(LEAST_NOTE_PX):
            row.skip(theme.scale(NOTE_GAP_PX))
            place = row.take(row.remaining)
            draw_text(painter, place, note, theme.font(Role.SMALL), tokens.faint)

    def _draw_keys(self, painter: QPainter, row: RowCursor, command: Command) -> None:
        gap = self._theme.scale(CAP_GAP_PX)
        caps = key_caps(command.keys[0]) if command.keys else []
        if painter.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            caps.reverse()  # a chord is read from the left in every language
        for text in caps:
            size = key_cap_size(self._theme, text)
            place = row.take_at_end(size.width())
            top = place.top() + (place.height() - size.height()) / 2
            cap = QRectF(place.left(), top, size.width(), size.height())
            draw_key_cap(painter, cap, text, self._theme)
            row.skip_at_end(gap)

    def _row(self, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection) -> RowCursor:
        row, inset = RowCursor(self._theme, painter, rect, direction), self._theme.scale(INSET_PX)
        row.skip(inset)
        row.skip_at_end(inset - self._bar_width())
        return row

    def _bar_width(self) -> int:
        """Return the scroll bar's width in a row, so that keys align with and without it."""
        return self._view.width() - self._view.viewport().width()

    def _head_height(self) -> int:
        return self._theme.row_height(HEAD_PX, Role.SMALL)

    @staticmethod
    def _icon(command: Command) -> str:
        if command.is_on is not None and command.is_on():
            return "ui-check"
        return command.icon

    @staticmethod
    def _state(command: Command) -> str:
        if command.is_on is None:
            return ""
        return tr("on") if command.is_on() else tr("off")
