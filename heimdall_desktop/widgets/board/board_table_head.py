"""The head over the board's table: the shape of each severity stands over its numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.scans_model import ScansModel
from heimdall_desktop.presentation.board.card import COUNTED
from heimdall_desktop.widgets.board.card_plan import SHAPE_PX
from heimdall_desktop.widgets.board.table_row_plan import TableRowPlan
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import LEADING, draw_text, fill, horizontal_hairline
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight


class BoardTableHead(QWidget):
    """Stays in sight while the rows scroll.

    Args:
        theme: Colours, fonts and measures.
        model: Knows how wide the numbers of the board are.
        parent: The board's view.
    """

    def __init__(self, theme: Theme, model: ScansModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._badges = Badges(theme, self)
        self.setObjectName("board_table_head")
        shapes = ", ".join(severity.word.lower() for severity in COUNTED)
        self.setAccessibleName(tr("Columns: scan, connection, {shapes}").format(shapes=shapes))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            rect, widest = QRectF(self.rect()), self._model.widest_counts
            plan = TableRowPlan(theme, rect, widest, self.layoutDirection())
            fill(painter, rect, tokens.window)
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), tokens.hairline_strong)
            painter.setLayoutDirection(self.layoutDirection())
            font = theme.font(Role.MICRO, Weight.SEMIBOLD)
            draw_text(painter, plan.text, tr("Scan"), font, tokens.muted, LEADING)
            edge = theme.scale(SHAPE_PX)
            for column, severity in enumerate(COUNTED):
                place = plan.count(column)
                top = (rect.height() - edge) / 2
                # at the right, as numbers are in every language
                self._badges.draw_shape(painter, severity, QPointF(place.right() - edge, top), edge)
