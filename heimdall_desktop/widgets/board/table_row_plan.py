"""Where the parts of a scan stand in the board's table: name, connection, counts, stages below.

The head of the table has the same columns; its shapes say which count is which.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.board.card import COUNTED
from heimdall_desktop.widgets.board.card_plan import END_PX, INSET_PX, LINE_STRIP_PX, SHAPE_PX
from heimdall_desktop.widgets.look.painting import mirrored
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

COLUMN_GAP_PX = 10
STATE_GAP_PX = 12


class TableRowPlan:
    """The places in one row.

    Args:
        theme: Fonts and measures.
        rect: The whole row.
        widest_counts: The longest number of each severity on the board.
        direction: How people read.
    """

    def __init__(
        self,
        theme: Theme,
        rect: QRectF,
        widest_counts: Sequence[str],
        direction: Qt.LayoutDirection,
    ) -> None:
        scale = theme.scale
        self.rect = rect
        self._direction = direction
        self._gap = scale(COLUMN_GAP_PX)
        left, end = rect.left() + scale(INSET_PX), rect.right() - scale(END_PX)
        edge = scale(LINE_STRIP_PX)
        self.strip = self._placed(QRectF(left, rect.bottom() - edge, end - left, edge))
        columns: list[QRectF] = []
        for text in reversed(widest_counts):
            number = theme.text_width(text, Role.SMALL, Weight.MEDIUM, is_tabular=True)
            width = max(round(number + 0.5), scale(SHAPE_PX))
            columns.insert(0, QRectF(end - width, rect.top(), width, rect.height()))
            end -= width + self._gap
        self._columns = columns
        state_end = end - scale(STATE_GAP_PX) + self._gap
        self.text = self._placed(QRectF(left, rect.top(), state_end - left, rect.height()))

    def count(self, column: int) -> QRectF:
        """Return the place of a number, or of the shape that heads it."""
        return self._placed(self._columns[column])

    def severity_at(self, point: QPointF) -> Severity | None:
        """Return the severity whose number is at a point, or beside it by less than half a gap."""
        half = self._gap / 2
        for column, severity in enumerate(COUNTED):
            if self.count(column).adjusted(-half, 0, half, 0).contains(point):
                return severity
        return None

    def _placed(self, part: QRectF) -> QRectF:
        return mirrored(part, self.rect, self._direction)
