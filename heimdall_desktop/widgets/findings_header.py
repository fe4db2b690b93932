"""The heads of the findings table, with an arrow at the column it is sorted by."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from heimdall_desktop.domain.columns import COLUMNS, Column
from heimdall_desktop.widgets.column_plan import SEVERITY_PX
from heimdall_desktop.widgets.findings_delegate import END_PX, GUTTER_PX, PADDING_PX
from heimdall_desktop.widgets.painting import fill, horizontal_hairline
from heimdall_desktop.widgets.row_cursor import RowCursor
from heimdall_desktop.widgets.theme import Role, Theme, Weight

HEADER_PX = 28
ARROW_PX = 12
ARROW_GAP_PX = 4


class FindingsHeader(QHeaderView):
    """Painted heads; a click sorts, a click on the sorted one turns the order.

    Args:
        theme: Colours, fonts and measures.
        parent: The table.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setObjectName("findings_header")
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.row_height(HEADER_PX, Role.MICRO))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, rect = self._theme.tokens, QRectF(self.viewport().rect())
        painter = QPainter(self.viewport())
        fill(painter, rect, tokens.surface)
        bottom = rect.bottom() - 1
        horizontal_hairline(painter, rect.left(), bottom, rect.width(), tokens.hairline_strong)
        for section, column in enumerate(COLUMNS):
            if not self.isSectionHidden(section):
                self._draw_head(painter, section, column)

    def _draw_head(self, painter: QPainter, section: int, column: Column) -> None:
        theme, rect = self._theme, self._section_rect(section)
        is_sorted = self.sortIndicatorSection() == section
        font = theme.font(Role.MICRO, Weight.MEDIUM)
        ink = theme.tokens.text if is_sorted else theme.tokens.muted
        row = RowCursor(theme, painter, rect, self.layoutDirection())
        if column is Column.FIRST_SEEN:  # reaches out of its narrow column, over the free space
            width = theme.text_width(column.value, Role.MICRO, Weight.MEDIUM) + 1
            row.skip_at_end(theme.scale(END_PX))
            row.text_at_end(column.value, width, font, ink)
            if is_sorted:
                row.skip_at_end(theme.scale(ARROW_GAP_PX))
                row.icon_at_end(self._arrow(), theme.scale(ARROW_PX), theme.tokens.muted)
            return
        row.skip(theme.scale(GUTTER_PX if column is Column.SEVERITY else PADDING_PX))
        if column is not Column.SEVERITY or rect.width() >= theme.scale(SEVERITY_PX):
            row.skip_at_end(theme.scale(ARROW_PX + ARROW_GAP_PX) if is_sorted else 0)
            row.text(column.value, font, ink)
            row.skip(theme.scale(ARROW_GAP_PX))
        if is_sorted:
            row.icon(self._arrow(), theme.scale(ARROW_PX), theme.tokens.muted)

    def _section_rect(self, section: int) -> QRectF:
        left, width = self.sectionViewportPosition(section), self.sectionSize(section)
        return QRectF(left, 0, width, self.viewport().height() - 1)

    def _arrow(self) -> str:
        is_up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        return "ui-arrow-up" if is_up else "ui-arrow-down"
