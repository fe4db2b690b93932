"""Paints the lines of the inbox. Source: design.md 5 ("Inbox"), 7.

Unread dot, shape, text, scan, what became of the alert, time. Where room is short the scan goes
first, then the outcome; text and time never.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.alerts.alert_text import line_icon, outcome
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.models.inbox_model import LINE_ROLE, MOMENT_ROLE
from heimdall_desktop.widgets.controls.row_delegate import Index, RowDelegate
from heimdall_desktop.widgets.look.painting import (
    LEADING,
    draw_icon,
    draw_text,
    mirrored,
    rounded_box,
    saved,
)
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Weight

ROW_PX = 30
DOT_INSET_PX = 8
DOT_PX = 6
SHAPE_INSET_PX = 22
SHAPE_PX = 16
TEXT_INSET_PX = 48
END_PX = 16
GAP_PX = 16
SCAN_PX = 114
OUTCOME_PX = 270
MOMENT_PX = 48
OUTCOME_FROM_PX = 600  # narrower views go without
SCAN_FROM_PX = 800


class InboxDelegate(RowDelegate):
    """Draws lines of `InboxModel`."""

    row_px = ROW_PX

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: InboxLine | None = index.data(LINE_ROLE)
        if line is None:
            return
        rect = QRectF(option.rect)
        with saved(painter):
            painter.setClipRect(rect)
            self.draw_hover(painter, option, index)
            self.draw_selection(painter, option)
            self.draw_line(painter, rect)
            inner = rect.adjusted(0, 0, 0, -1)
            self._draw_marks(painter, inner, line, option.direction)
            row = RowCursor(self._theme, painter, inner, option.direction)
            self._draw_texts(painter, row, line, index.data(MOMENT_ROLE))
            self.draw_ring(painter, option, index)

    def _draw_marks(
        self, painter: QPainter, rect: QRectF, line: InboxLine, direction: Qt.LayoutDirection
    ) -> None:
        if line.is_unread:
            dot = mirrored(self._square(rect, DOT_INSET_PX, DOT_PX), rect, direction)
            rounded_box(painter, dot, dot.width() / 2, ground=self._theme.tokens.accent)
        shape = mirrored(self._square(rect, SHAPE_INSET_PX, SHAPE_PX), rect, direction)
        corner, edge, icon = (
            QPointF(shape.left(), shape.top()),
            round(shape.width()),
            line_icon(line),
        )
        is_hollow, tokens = bool(line.withdrawal), self._theme.tokens
        if icon:
            ink = tokens.muted if is_hollow else tokens.failed
            draw_icon(painter, self._theme, icon, corner, edge, ink)
        else:  # of findings only critical ones alert
            self._badges.draw_shape(painter, Severity.CRITICAL, corner, edge, is_hollow=is_hollow)

    def _draw_texts(self, painter: QPainter, row: RowCursor, line: InboxLine, moment: str) -> None:
        theme, tokens, width = self._theme, self._theme.tokens, row.remaining
        small, times = theme.font(Role.SMALL), theme.font(Role.SMALL, is_tabular=True)
        row.skip_at_end(theme.scale(END_PX))
        row.text_at_end(moment, theme.scale(MOMENT_PX), times, tokens.muted)
        row.skip_at_end(theme.scale(GAP_PX))
        for text, column_px, from_px in (
            (outcome(line), OUTCOME_PX, OUTCOME_FROM_PX),
            (line.scan_name, SCAN_PX, SCAN_FROM_PX),
        ):
            if width >= theme.scale(from_px):
                column = row.take_at_end(theme.scale(column_px))
                draw_text(painter, column, text, small, tokens.muted, LEADING)
                row.skip_at_end(theme.scale(GAP_PX))
        row.skip(theme.scale(TEXT_INSET_PX))
        weight = Weight.SEMIBOLD if line.is_unread else Weight.REGULAR
        ink = tokens.muted if line.withdrawal else tokens.text
        row.text(line.title, theme.font(Role.BODY, weight), ink)

    def _square(self, rect: QRectF, inset_px: int, edge_px: int) -> QRectF:
        edge = self._theme.scale(edge_px)
        top = rect.top() + (rect.height() - edge) / 2
        return QRectF(rect.left() + self._theme.scale(inset_px), top, edge, edge)
