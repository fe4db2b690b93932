"""Draws the rows of menus: tick, icon, words, keys, and an arrow where another menu opens.

Ticks and icons have columns of their own where a menu has any, so that all its words begin under
each other; the keys end under each other. Source: design.md §2 (raised, pressed), §4, §5.
"""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionMenuItem

from heimdall_desktop.widgets.look.painting import (
    draw_pixmap,
    fill,
    horizontal_hairline,
    rounded_box,
)
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Theme

MENU_INSET_PX = 5  # of all rows, the edge included
_ROW_PX = 26
_RADIUS_PX = 4
_SIDE_PX = 8
_ICON_PX = 16
_TICK_PX = 14
_GAP_PX = 8
_KEYS_GAP_PX = 24
_ARROW_PX = 12
_SEPARATOR_PX = 9
_Kind = QStyleOptionMenuItem.MenuItemType


def row_size(theme: Theme, item: QStyleOptionMenuItem, words: QSize) -> QSize:
    """Return the size of a row; the width of the keys is not in it, which Qt adds for all rows.

    Args:
        theme: Fonts and measures.
        item: The row.
        words: The size of its words.
    """
    if item.menuItemType is _Kind.Separator:
        return QSize(words.width(), _SEPARATOR_PX)
    metrics = QFontMetricsF(item.font)
    words_px = math.ceil(metrics.horizontalAdvance(_parts(item.text)[0]))
    width = _lead_px(theme, item) + words_px + _tail_px(theme, item)
    return QSize(width, max(theme.scale(_ROW_PX), math.ceil(metrics.height()) + 8))


def draw_row(theme: Theme, item: QStyleOptionMenuItem, painter: QPainter) -> None:
    """Draw a row, its ground included."""
    tokens, rect = theme.tokens, QRectF(item.rect)
    fill(painter, rect, tokens.raised)
    if item.menuItemType is _Kind.Separator:
        horizontal_hairline(painter, rect.x(), rect.center().y(), rect.width(), tokens.hairline)
        return
    is_enabled = bool(item.state & QStyle.StateFlag.State_Enabled)
    if is_enabled and item.state & QStyle.StateFlag.State_Selected:
        rounded_box(painter, rect, _RADIUS_PX, ground=tokens.pressed)
    ink = tokens.text if is_enabled else tokens.disabled
    row = RowCursor(theme, painter, rect, item.direction)
    _draw_lead(theme, item, row, painter)
    row.skip_at_end(theme.scale(_SIDE_PX))
    if item.menuItemType is _Kind.SubMenu:
        arrow = tokens.muted if is_enabled else ink
        row.icon_at_end("ui-chevron-right", theme.scale(_ARROW_PX), arrow)
    words, keys = _parts(item.text)
    if keys:
        keys_px = QFontMetricsF(item.font).horizontalAdvance(keys)
        row.text_at_end(keys, keys_px + 1, item.font, tokens.muted if is_enabled else ink)
        row.skip_at_end(theme.scale(_GAP_PX))
    row.text(words, item.font, ink)


def draw_space(theme: Theme, menu: QRect, painter: QPainter) -> None:
    """Draw the ground and the edge of a menu, where none of its rows is."""
    density = painter.device().devicePixelRatioF()
    thin = math.floor(density) / density
    fill(painter, QRectF(menu), theme.tokens.hairline_strong)
    fill(painter, QRectF(menu).adjusted(thin, thin, -thin, -thin), theme.tokens.raised)


def _parts(text: str) -> tuple[str, str]:
    """Return words and keys of a row; letters that Qt would underline are letters."""
    words, _, keys = text.partition("\t")
    return re.sub("&(.)", r"\1", words), keys


def _lead_px(theme: Theme, item: QStyleOptionMenuItem) -> int:
    """Return what stands before the words of all rows of a menu."""
    lead = theme.scale(_SIDE_PX)
    if item.menuHasCheckableItems:
        lead += theme.scale(_TICK_PX) + theme.scale(_GAP_PX)
    if item.maxIconWidth:
        lead += theme.scale(_ICON_PX) + theme.scale(_GAP_PX)
    return lead


def _tail_px(theme: Theme, item: QStyleOptionMenuItem) -> int:
    if item.menuItemType is _Kind.SubMenu:
        return theme.scale(_KEYS_GAP_PX) + theme.scale(_ARROW_PX) + theme.scale(_SIDE_PX)
    if "\t" in item.text:
        return theme.scale(_KEYS_GAP_PX) + theme.scale(_SIDE_PX)
    return theme.scale(_GAP_PX) + theme.scale(_SIDE_PX)


def _draw_lead(theme: Theme, item: QStyleOptionMenuItem, row: RowCursor, painter: QPainter) -> None:
    is_enabled = bool(item.state & QStyle.StateFlag.State_Enabled)
    row.skip(theme.scale(_SIDE_PX))
    if item.menuHasCheckableItems:
        if item.checked:
            ink = theme.tokens.text if is_enabled else theme.tokens.disabled
            row.icon("ui-check", theme.scale(_TICK_PX), ink)
        else:
            row.skip(theme.scale(_TICK_PX))
        row.skip(theme.scale(_GAP_PX))
    if item.maxIconWidth:
        edge = theme.scale(_ICON_PX)
        place = row.take(edge)
        mode = QIcon.Mode.Normal if is_enabled else QIcon.Mode.Disabled
        density = painter.device().devicePixelRatioF()
        pixmap = item.icon.pixmap(QSize(edge, edge), density, mode)
        if not pixmap.isNull():
            top = place.center().y() - edge / 2
            draw_pixmap(painter, pixmap, QPointF(place.left(), top))
        row.skip(theme.scale(_GAP_PX))
