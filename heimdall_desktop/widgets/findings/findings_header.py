"""The header of the findings table: an arrow for a sorted column, numbers for several sort keys.

A click sorts, with Shift it adds a key; columns can be moved and resized by dragging. The severity
is always first and has a fixed width. Source: behaviour.md 2.2; look.md 4 ("Columns").
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.toggles import BOX_PX, draw_check_box
from heimdall_desktop.widgets.findings import findings_delegate
from heimdall_desktop.widgets.findings.column_plan import SEVERITY_PX
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, fill, horizontal_hairline, mirrored
from heimdall_desktop.widgets.look.theme import Role, Weight

HEADER_PX = 28
ARROW_PX = 12
ARROW_GAP_PX = 4
NUMBER_GAP_PX = 1
LEAST_PX = 40


class FindingsHeader(QHeaderView):
    """Painted column heads."""

    sort_wanted = Signal(Column, bool)
    """Sort the rows by a column; whether it is a further key."""
    check_clicked = Signal()
    """The box of all rows was clicked."""
    menu_wanted = Signal(object, QPoint)
    """Open the menu of a column, or of all with None; the position."""

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme_of(self)
        self._model = model
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._check, self._check_px, self._is_check_pressed = Qt.CheckState.Unchecked, 0, False
        self.setObjectName("findings_header")
        self.setAccessibleName(tr("Columns"))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.sectionClicked.connect(self._sort)
        model.order_changed.connect(self.viewport().update)
        model.headerDataChanged.connect(self.viewport().update)
        self._theme.changed.connect(self._measure)
        self._measure()

    def setModel(self, model: FindingsModel) -> None:  # type: ignore[override]
        super().setModel(model)
        self.setSectionResizeMode(COLUMNS.index(Column.SEVERITY), QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.row_height(HEADER_PX, Role.MICRO))

    def sectionSizeFromContents(self, section: int) -> QSize:
        theme = self._theme
        width = theme.text_width(self._title(COLUMNS[section]), Role.MICRO, Weight.MEDIUM)
        around = theme.scale(2 * findings_delegate.PADDING_PX + ARROW_GAP_PX + ARROW_PX)
        return QSize(round(width) + around, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, rect = self._theme.tokens, QRectF(self.viewport().rect())
        with QPainter(self.viewport()) as painter:
            fill(painter, rect, tokens.surface)
            bottom = rect.bottom() - 1
            horizontal_hairline(painter, rect.left(), bottom, rect.width(), tokens.hairline_strong)
            for section, column in enumerate(COLUMNS):
                if not self.isSectionHidden(section):
                    self._draw_head(painter, self._section_rect(section), column)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        fill(painter, QRectF(rect), self._theme.tokens.surface)
        self._draw_head(painter, QRectF(rect), COLUMNS[section])

    def show_check(self, state: Qt.CheckState, room_px: int) -> None:
        """Show a box for all rows, in this width before the severity; none for 0."""
        self._check, self._check_px = state, room_px
        self.viewport().update()

    def check_rect(self) -> QRect:
        """Return the rectangle of the row boxes and the header box; empty without them."""
        head = self._section_rect(COLUMNS.index(Column.SEVERITY)).toRect()
        room = QRect(head.left(), head.top(), self._check_px, head.height())
        return QStyle.visualRect(self.layoutDirection(), head, room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_check_pressed = self.check_rect().contains(event.position().toPoint())
        if not self._is_check_pressed:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_check_pressed:
            self._is_check_pressed = False
            self.check_clicked.emit()
            return
        self._modifiers = event.modifiers()
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        column = COLUMNS[section] if section >= 0 else None
        self.menu_wanted.emit(column, event.globalPos())

    def _sort(self, section: int) -> None:
        is_further = bool(self._modifiers & Qt.KeyboardModifier.ShiftModifier)
        self.sort_wanted.emit(COLUMNS[section], is_further)

    def _measure(self) -> None:
        with QSignalBlocker(self):  # a width changed by this was not dragged
            self.setMinimumSectionSize(self._theme.scale(LEAST_PX))
        self.updateGeometry()

    def _draw_head(self, painter: QPainter, rect: QRectF, column: Column) -> None:
        theme, title = self._theme, self._title(column)
        place = self._model.order.place_of(column)
        font = theme.font(Role.MICRO, Weight.MEDIUM)
        ink = theme.tokens.muted if place is None else theme.tokens.text
        row = RowCursor(theme, painter, rect, self.layoutDirection())
        if column is Column.FIRST_SEEN:  # extends from its narrow column over the free space
            width = theme.text_width(title, Role.MICRO, Weight.MEDIUM) + 1
            row.skip_at_end(theme.scale(findings_delegate.END_PX))
            row.text_at_end(title, width, font, ink)
            row.skip_at_end(theme.scale(ARROW_GAP_PX))
            self._draw_place(row, place, is_at_end=True)
            return
        if column is Column.SEVERITY and self._check_px:
            edge, room = theme.scale(BOX_PX), QRectF(self.check_rect())
            box = QRectF(room.left() + theme.scale(findings_delegate.CHECK_START_PX), 0, edge, edge)
            box.moveTop(room.center().y() - edge / 2)
            draw_check_box(painter, mirrored(box, room, self.layoutDirection()), self._check, theme)
            row.skip(self._check_px)
        gutter, padding = findings_delegate.GUTTER_PX, findings_delegate.PADDING_PX
        row.skip(theme.scale(gutter if column is Column.SEVERITY else padding))
        has_room = row.remaining >= theme.scale(SEVERITY_PX - gutter)
        if column is not Column.SEVERITY or has_room:
            row.skip_at_end(self._place_width(place))
            row.text(title, font, ink)
            row.skip_at_end(-self._place_width(place))
            row.skip(theme.scale(ARROW_GAP_PX))
        self._draw_place(row, place, is_at_end=False)

    def _title(self, column: Column) -> str:
        section = COLUMNS.index(column)
        return str(self._model.headerData(section, Qt.Orientation.Horizontal))

    def _draw_place(self, row: RowCursor, place: int | None, *, is_at_end: bool) -> None:
        """Draw the arrow of a sorted column, and the position of its key if there are several."""
        if place is None:
            return
        theme, order = self._theme, self._model.order
        arrow = "ui-arrow-down" if order.keys[place].is_descending else "ui-arrow-up"
        number, font = self._number(place), theme.font(Role.MICRO)
        ink, size = theme.tokens.muted, theme.scale(ARROW_PX)
        if is_at_end:
            if number:
                row.text_at_end(number, theme.text_width(number, Role.MICRO) + 1, font, ink)
            row.icon_at_end(arrow, size, ink)
        else:
            row.icon(arrow, size, ink)
            if number:
                row.skip(theme.scale(NUMBER_GAP_PX))
                row.text(number, font, ink)

    def _place_width(self, place: int | None) -> int:
        if place is None:
            return 0
        number = self._number(place)
        width = self._theme.text_width(number, Role.MICRO) if number else 0
        return round(width) + self._theme.scale(ARROW_PX + ARROW_GAP_PX + NUMBER_GAP_PX)

    def _number(self, place: int) -> str:
        return str(place + 1) if len(self._model.order.keys) > 1 else ""

    def _section_rect(self, section: int) -> QRectF:
        left, width = self.sectionViewportPosition(section), self.sectionSize(section)
        return QRectF(left, 0, width, self.viewport().height() - 1)
