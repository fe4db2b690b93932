"""Paints lines of a log: time, glyph, stage if wanted, title, and the detail more quietly."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from heimdall_desktop.models.log_model import LINE_ROLE
from heimdall_desktop.presentation.panel.log_lines import LogLine
from heimdall_desktop.widgets.controls.row_delegate import Index, RowDelegate
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS
from heimdall_desktop.widgets.look.painting import fill
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme

ROW_PX = 22
INSET_PX = 16
END_PX = 12
TIME_PX = 56
DAY_TIME_PX = 104  # "26 Nov 23:41:02"
GLYPH_PX = 13
GLYPH_GAP_PX = 7
STAGE_PX = 112
DETAIL_GAP_PX = 8
LEAST_DETAIL_PX = 40


class LogDelegate(RowDelegate):
    """Draws lines of the log's model.

    Args:
        theme: Colours, fonts and measures.
        view: The list.
        has_stages: Name the stage of each line.

    Attributes:
        matches: The rows in which stands what somebody looks for.
    """

    row_px = ROW_PX
    row_role = Role.SMALL

    def __init__(self, theme: Theme, view: QAbstractItemView, *, has_stages: bool) -> None:
        super().__init__(theme, view)
        self._has_stages = has_stages
        self.matches: frozenset[int] = frozenset()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: LogLine | None = index.data(LINE_ROLE)
        if line is None:
            return
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(option.rect)
        if index.row() in self.matches:
            fill(painter, rect, tokens.hover)
        self.draw_selection(painter, option)
        row = RowCursor(theme, painter, rect, option.direction)
        row.skip(theme.scale(INSET_PX))
        row.skip_at_end(theme.scale(END_PX))
        used = row.text(line.time, theme.font(Role.MICRO, is_tabular=True), tokens.muted)
        time_px = theme.scale(DAY_TIME_PX if " " in line.time else TIME_PX)
        row.skip(max(time_px - used, theme.scale(DETAIL_GAP_PX)))
        icon, tone = LOG_MARKS[line.sign]
        row.icon(icon, theme.scale(GLYPH_PX), tokens.ink(tone))
        row.skip(theme.scale(GLYPH_GAP_PX))
        if self._has_stages:
            self._draw_stage(painter, row, line, option)
        row.text(line.title, theme.font(Role.SMALL), tokens.text)
        row.skip(theme.scale(DETAIL_GAP_PX))
        if line.detail and row.remaining >= theme.scale(LEAST_DETAIL_PX):
            row.text(line.detail, theme.font(Role.SMALL), tokens.muted)
        self.draw_ring(painter, option, index)

    def _draw_stage(
        self, painter: QPainter, row: RowCursor, line: LogLine, option: QStyleOptionViewItem
    ) -> None:
        theme = self._theme
        place = row.take(theme.scale(STAGE_PX))
        stage = RowCursor(theme, painter, place, option.direction)
        stage.skip_at_end(theme.scale(DETAIL_GAP_PX))
        stage.text(line.stage, theme.font(Role.SMALL), theme.tokens.muted)
