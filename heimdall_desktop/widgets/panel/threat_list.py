"""The list of a threat model's entries, for mouse and keyboard.

A row has the risk as shape and word, name, endpoint or flow, description and place. Endpoints
share a column, and so do places. Source: design.md §1 (aligned), §5 (Location).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.models.threat_models import THREAT_ROLE, ThreatRowsModel
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.panel.threat_rows import ThreatHead, ThreatRow
from heimdall_desktop.widgets.controls.choice_list import ChoiceList
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.labels import draw_location
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX, Cell, Index, RowDelegate
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, fill, mirrored
from heimdall_desktop.widgets.look.theme import Role, Weight

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

ROW_PX = 28
HEAD_PX = 26
SHAPE_PX = 12
SHAPE_GAP_PX = 6
RISK_PX = 76
GAP_PX = 12
LEAST_TEXT_PX = 48
LEAST_NAME_PX = 100
LEAST_PLACE_PX, MOST_PLACE_PX = 120, 240
PLACE_FRACTION = 0.3  # of a row
NAME_FRACTION = 0.58  # of the width before the place


class ThreatDelegate(RowDelegate):
    """Draws rows of `ThreatRowsModel`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_head = isinstance(index.data(THREAT_ROLE), ThreatHead)
        return QSize(0, self._theme.row_height(HEAD_PX if is_head else ROW_PX, Role.SMALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        head = index.data(THREAT_ROLE)
        if isinstance(head, ThreatHead):
            self._draw_head(painter, option, head)
        else:
            super().paint(painter, option, index)

    def _draw_head(self, painter: QPainter, option: QStyleOptionViewItem, head: ThreatHead) -> None:
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(option.rect)
        fill(painter, rect, tokens.alt)
        row = RowCursor(theme, painter, rect, option.direction)
        row.skip(theme.scale(INSET_PX))
        cells = [
            Cell(head.title, tokens.muted, Role.MICRO, Weight.SEMIBOLD, gap_px=SHAPE_GAP_PX),
            Cell(grouped(head.count), tokens.muted, Role.MICRO),
        ]
        self.draw_cells(painter, row, rect.width(), cells)

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        threat = index.data(THREAT_ROLE)
        if isinstance(threat, ThreatRow):
            self._draw_row(painter, option, threat)

    def _draw_row(self, painter: QPainter, option: QStyleOptionViewItem, row: ThreatRow) -> None:
        """Draw the name, in the middle endpoint or flow and description, and at the end the place.

        If the middle would leave too little space for the name, it is omitted.
        """
        theme, inset, gap = self._theme, self._theme.scale(INSET_PX), self._theme.scale(GAP_PX)
        inner = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        start = theme.scale(SHAPE_PX + SHAPE_GAP_PX + RISK_PX) if row.severity else 0
        place_left = inner.width() - self._place_px(inner.width())
        way_left = place_left * NAME_FRACTION
        has_end = bool(row.place or row.note)
        end = place_left - gap if has_end else inner.width()

        def cell(left: float, right: float) -> RowCursor:
            rect = QRectF(inner.left() + left, inner.top(), right - left, inner.height())
            place = mirrored(rect, inner, option.direction)
            return RowCursor(theme, painter, place, option.direction)

        if row.severity is not None:
            self._draw_risk(painter, cell(0, start), row.severity, row.risk)
        has_middle = bool(row.way or (row.description and has_end))
        is_middle_shown = has_middle and way_left - gap - start >= theme.scale(LEAST_NAME_PX)
        name = cell(start, way_left - gap if is_middle_shown else end)
        name.text(row.name, theme.font(Role.SMALL, Weight.SEMIBOLD), theme.tokens.text)
        if is_middle_shown:
            self._draw_middle(cell(way_left, end), row)
        elif not has_middle:
            name.skip(gap)
            self._draw_description(name, row)
        self._draw_end(cell(place_left, inner.width()), row)

    def _place_px(self, width: float) -> float:
        least, most = self._theme.scale(LEAST_PLACE_PX), self._theme.scale(MOST_PLACE_PX)
        return min(max(width * PLACE_FRACTION, least), most)

    def _draw_risk(
        self, painter: QPainter, cursor: RowCursor, severity: Severity, word: str
    ) -> None:
        theme, edge = self._theme, self._theme.scale(SHAPE_PX)
        shape = cursor.take(edge)
        top_left = QPointF(shape.left(), shape.top() + (shape.height() - edge) / 2)
        self._badges.draw_shape(painter, severity, top_left, edge)
        cursor.skip(theme.scale(SHAPE_GAP_PX))
        cursor.skip_at_end(theme.scale(SHAPE_GAP_PX))
        cursor.text(word, theme.font(Role.SMALL), theme.tokens.text)

    def _draw_middle(self, cursor: RowCursor, row: ThreatRow) -> None:
        theme = self._theme
        if row.way:
            font = theme.font(Role.MONO if row.is_way_code else Role.SMALL)
            cursor.text(row.way, font, theme.tokens.text)
            cursor.skip(theme.scale(GAP_PX))
        self._draw_description(cursor, row)

    def _draw_description(self, cursor: RowCursor, row: ThreatRow) -> None:
        theme = self._theme
        if row.description and cursor.remaining >= theme.scale(LEAST_TEXT_PX):
            cursor.text(row.description, theme.font(Role.SMALL), theme.tokens.muted)

    def _draw_end(self, cursor: RowCursor, row: ThreatRow) -> None:
        """Draw the place as the findings table does, or which data are sensitive."""
        theme, tokens = self._theme, self._theme.tokens
        if not row.place:
            cursor.text(row.note, theme.font(Role.SMALL), tokens.warning)
            return
        folder, _, file_line = row.place.rpartition("/")
        draw_location(cursor, theme, file_line, folder, tokens.text)


class ThreatList(ChoiceList):
    """Shows the rows; one of them is current.

    Args:
        model: The rows.
        parent: Its owner.
    """

    row_shown = Signal(object)
    """The current `ThreatRow`; None for none."""
    row_chosen = Signal(object)
    """This `ThreatRow` was clicked, or Enter was pressed on it."""
    all_copied = Signal()
    """Copy everything as text."""

    def __init__(self, model: ThreatRowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setObjectName("threat_list")
        self.setAccessibleName(tr("Threat model"))
        self.setModel(model)
        self._marks = ListMarks(self, ThreatDelegate(self))
        self.index_chosen.connect(self._choose)

    def make_menu(self) -> QMenu:
        """Return the menu of a row; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("threat_menu")
        menu.setAccessibleName(tr("Row"))
        menu.aboutToHide.connect(menu.deleteLater)
        copy = menu.addAction(self._theme.icon("ui-copy"), tr("Copy"))
        copy.triggered.connect(self.copy_row)
        menu.addAction(tr("Copy entire threat model")).triggered.connect(self.all_copied)
        return menu

    def copy_row(self) -> None:
        """Copy all text of the current row."""
        row = self.currentIndex().data(THREAT_ROLE)
        if isinstance(row, ThreatRow):
            copy_text(row.details)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        if index.isValid():
            self.make_menu().popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.key() in _ENTER:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md §2.7)."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(THREAT_ROLE)
        self.row_shown.emit(row if isinstance(row, ThreatRow) else None)

    def _choose(self, index: Index) -> None:
        row = index.data(THREAT_ROLE)
        if isinstance(row, ThreatRow):
            self.row_chosen.emit(row)
