"""The rows of lists and tables: how they look, which of them is marked, and which is chosen.

For keys and the mouse a list is asked for the selection (`selectionCommand`); assistive technology
changes the selection directly. Source: look.md 2 (selection), 5 ("Findings table", Selection);
behaviour.md 2.8 (focus is always visible).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from PySide6 import QtCore, QtWidgets
from PySide6.QtGui import QColor, QContextMenuEvent, QFocusEvent, QMouseEvent, QPainter, QPalette

from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

BAR_PX = 3
INSET_PX = 16  # where rows begin, and what is above and below them: all aligned
RING_RADIUS_PX = 3

Index = QtCore.QModelIndex | QtCore.QPersistentModelIndex


class Cell(Struct, frozen=True):
    """A text or an icon in a row; lengths are in pixels, before scaling.

    Attributes:
        text: The text, or the name of its icon.
        is_tabular: All its figures have one width.
        is_code: It is left-to-right in every language; at the start only.
        is_icon: An icon is drawn, as wide as its column; at the start only.
        is_trailing: It is aligned to the end of its column; at the end only.
        is_whole: A text longer than its column takes more room and is not cut; at the start only.
        column_px: The width of its column; 0 for the width of the text.
        gap_px: Between it and the next one, nearer to the middle of the row.
        from_px: Narrower rows omit it.
        least_px: It is omitted if less than that remains.
    """

    text: str
    ink: QColor
    role: Role = Role.SMALL
    weight: Weight = Weight.REGULAR
    is_tabular: bool = False
    is_code: bool = False
    is_icon: bool = False
    is_trailing: bool = False
    is_whole: bool = False
    column_px: int = 0
    gap_px: int = 0
    from_px: int = 0
    least_px: int = 0


class RowDelegate(QtWidgets.QStyledItemDelegate):
    """Draws rows: their ground, their content, and the ring of the keyboard.

    The view, or its `ListMarks`, sets which row is hovered and which has the ring.

    Attributes:
        height_px: The height of a row.
        height_role: The text that always fits into it.
        start_px: Where its first cell begins.
        end_px: The distance of the last cell from its edge.
        has_bar: A selected row has a bar at its leading edge.
        has_line: A row has a line at its foot.
        hovered_row: The row of the pointer; -1 for none.
        ringed_row: The row of the keyboard; -1 for none.
    """

    height_px = 0
    height_role = Role.BODY
    start_px = INSET_PX
    end_px = INSET_PX
    has_bar = True
    has_line = True

    def __init__(self, view: QtWidgets.QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme_of(view)
        self._badges = Badges(self._theme, self)
        self.hovered_row = -1
        self.ringed_row = -1

    def sizeHint(self, option: QtWidgets.QStyleOptionViewItem, index: Index) -> QtCore.QSize:
        return QtCore.QSize(0, self._theme.row_height(self.height_px, self.height_role))

    def paint(
        self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> None:
        rect, scale = QtCore.QRectF(option.rect), self._theme.scale
        is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
        with painting.saved(painter):
            painter.setClipRect(rect)
            ground = self.ground(option, index, is_selected=is_selected)
            if ground is not None:
                painting.fill(painter, rect, ground)
            if is_selected and self.has_bar:
                self.draw_bar(painter, option)
            if self.has_line:
                self.draw_line(painter, rect)
                rect.adjust(0, 0, 0, -1)
            row = painting.RowCursor(self._theme, painter, rect, option.direction)
            row.skip(scale(self.start_px))
            row.skip_at_end(scale(self.end_px))
            self.draw_row(painter, row, option, index)
            self.draw_ring(painter, option, index)

    def draw_row(
        self,
        painter: QPainter,
        row: painting.RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Draw the content of a row; nothing here."""

    def draw_cells(
        self,
        painter: QPainter,
        row: painting.RowCursor,
        row_px: float,
        start: Sequence[Cell],
        end: Sequence[Cell] = (),
    ) -> None:
        """Draw cells in reading order; those at the start are cut to the remaining width."""
        theme, scale = self._theme, self._theme.scale
        for cell in reversed(end):
            if row_px < scale(cell.from_px):
                continue
            font = theme.font(cell.role, cell.weight, is_tabular=cell.is_tabular)
            width = float(scale(cell.column_px)) or 1 + theme.text_width(
                cell.text, cell.role, cell.weight, is_tabular=cell.is_tabular
            )
            side = painting.TRAILING if cell.is_trailing else painting.LEADING
            painting.draw_text(painter, row.take_at_end(width), cell.text, font, cell.ink, side)
            row.skip_at_end(scale(cell.gap_px))
        for cell in start:
            if row_px < scale(cell.from_px) or row.remaining < scale(cell.least_px):
                continue
            column = scale(cell.column_px)
            font = theme.font(cell.role, cell.weight, is_tabular=cell.is_tabular)
            if cell.is_icon:
                row.icon(cell.text, column, cell.ink)
            elif column and not cell.is_whole:
                painting.draw_text(painter, row.take(column), cell.text, font, cell.ink)
            else:
                draw = row.code if cell.is_code else row.text
                row.skip(max(0.0, column - draw(cell.text, font, cell.ink)))
            row.skip(scale(cell.gap_px))

    def ground(
        self, option: QtWidgets.QStyleOptionViewItem, index: Index, *, is_selected: bool
    ) -> QColor | None:
        tokens = self._theme.tokens
        if is_selected:
            is_active = painting.is_in_active_window(option)
            return tokens.selection if is_active else tokens.selection_inactive
        return tokens.hover if self.is_lit(index) else None

    def is_lit(self, index: Index) -> bool:
        """Return whether a row is lit, like the one under the pointer."""
        return index.row() == self.hovered_row

    def row_rect(self, option: QtWidgets.QStyleOptionViewItem) -> QtCore.QRectF:
        """Return the rectangle of the whole row, even if only a part is drawn."""
        return QtCore.QRectF(option.rect)

    def draw_bar(self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem) -> None:
        tokens = self._theme.tokens
        ink = tokens.accent if painting.is_in_active_window(option) else tokens.control
        selection_bar(painter, self.row_rect(option), option.direction, self._theme, ink)

    def draw_line(self, painter: QPainter, rect: QtCore.QRectF) -> None:
        ink = self._theme.tokens.hairline
        painting.horizontal_hairline(painter, rect.left(), rect.bottom() - 1, rect.width(), ink)

    def draw_ring(
        self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> None:
        if index.isValid() and index.row() == self.ringed_row:
            place = self.row_rect(option).adjusted(1, 0, -1, -1)
            painting.focus_ring(painter, place, self._theme.scale(RING_RADIUS_PX), self._theme)


def selection_bar(
    painter: QPainter,
    row: QtCore.QRectF,
    direction: QtCore.Qt.LayoutDirection,
    theme: Theme,
    ink: QColor,
) -> None:
    bar = QtCore.QRectF(row.left(), row.top(), theme.scale(BAR_PX), row.height())
    painting.fill(painter, painting.mirrored(bar, row, direction), ink)


_PASSIVE = {  # these focus reasons do not indicate keyboard use
    QtCore.Qt.FocusReason.MouseFocusReason,
    QtCore.Qt.FocusReason.ActiveWindowFocusReason,
    QtCore.Qt.FocusReason.PopupFocusReason,
}


class ListMarks(QtCore.QObject):
    """Sets the ground of a list, and follows pointer and keyboard in it.

    Keyboard focus starts at the first row that can be chosen.

    Args:
        view: Has its model already.
        ground: Their background, as a role of the palette; that of panes by default.
    """

    moved = QtCore.Signal()
    """Pointer or keyboard moved or left."""

    def __init__(
        self,
        view: QtWidgets.QListView,
        delegate: RowDelegate,
        ground: QPalette.ColorRole = QPalette.ColorRole.Button,
    ) -> None:
        super().__init__(view)
        self._view, self._delegate = view, delegate
        self._is_by_keyboard = False
        view.setItemDelegate(delegate)
        view.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QtWidgets.QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QtWidgets.QListView.ResizeMode.Adjust)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.viewport().setBackgroundRole(ground)
        view.selectionModel().currentChanged.connect(self._ring)
        rows = view.model()
        for changes in (rows.rowsInserted, rows.modelReset, rows.layoutChanged):
            changes.connect(self._take_rows)

    def menu_place(self, event: QContextMenuEvent) -> tuple[Index, QtCore.QPoint]:
        """Return the row a menu is requested for, and its position on the screen."""
        view = self._view
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = view.currentIndex() if is_by_key else view.indexAt(event.pos())
        place = view.visualRect(index).center() if is_by_key else event.pos()
        return index, view.viewport().mapToGlobal(place)

    def eventFilter(self, watched: QtCore.QObject, event: QtCore.QEvent) -> bool:
        if watched is self._view:
            self._follow_keyboard(event)
        elif isinstance(event, QMouseEvent):
            if event.type() is QtCore.QEvent.Type.MouseButtonPress:
                self._is_by_keyboard = False
                self._ring()
            elif event.type() is QtCore.QEvent.Type.MouseMove:
                self._hover(self._view.indexAt(event.position().toPoint()).row())
        elif event.type() is QtCore.QEvent.Type.Leave:
            self._hover(-1)
        return False

    def _follow_keyboard(self, event: QtCore.QEvent) -> None:
        if event.type() is QtCore.QEvent.Type.KeyPress:
            self._is_by_keyboard = True
        elif isinstance(event, QFocusEvent) and event.gotFocus():
            self._is_by_keyboard |= event.reason() not in _PASSIVE
            if self._is_by_keyboard and not self._view.currentIndex().isValid():
                rows = self._view.model()
                indices = (rows.index(number, 0) for number in range(rows.rowCount()))
                selectable = QtCore.Qt.ItemFlag.ItemIsSelectable
                first = next((each for each in indices if each.flags() & selectable), None)
                if first is not None:
                    self._view.setCurrentIndex(first)
        elif not isinstance(event, QFocusEvent):
            return
        self._ring()

    def _take_rows(self) -> None:
        self._hover(-1)
        self._ring()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self._view.viewport().update()
            self.moved.emit()

    def _ring(self) -> None:
        has_ring = self._view.hasFocus() and self._is_by_keyboard
        row = self._view.currentIndex().row() if has_ring else -1
        if row != self._delegate.ringed_row:
            self._delegate.ringed_row = row
            self._view.viewport().update()
            self.moved.emit()


class ChoiceList(QtWidgets.QListView):
    """A list with one current row; keys move it, and the selection with it."""

    index_chosen = QtCore.Signal(QtCore.QModelIndex)
    """A row was clicked, or selected by assistive technology."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._outside: OutsideChoice | None = None
        self.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self.index_chosen)

    def setModel(self, model: QtCore.QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._outside = OutsideChoice(self)
        self._outside.chosen.connect(self._take)

    def selectionCommand(
        self, index: Index, event: QtCore.QEvent | None = None
    ) -> QtCore.QItemSelectionModel.SelectionFlag:
        if self._outside is not None:
            self._outside.expect()
        return super().selectionCommand(index, event)

    def _take(self, index: QtCore.QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(
            index, QtCore.QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.index_chosen.emit(index)


class MarkedList(QtWidgets.QListView):
    """A list with any current row: keys move it, and only the owner changes the selection."""

    def selectionCommand(
        self, index: Index, event: QtCore.QEvent | None = None
    ) -> QtCore.QItemSelectionModel.SelectionFlag:
        return QtCore.QItemSelectionModel.SelectionFlag.NoUpdate

    def selectAll(self) -> None:
        """Do nothing: one row is marked, or none."""

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (behaviour.md 2.7)."""


class OutsideChoice(QtCore.QObject):
    """Reports which rows were selected by neither keys, mouse nor the window itself.

    In a multiple selection a deselected row is reported as well: that is the action of a selected
    row. The report comes one loop turn later, because one request may cause several changes.

    Args:
        view: Has its model already.
    """

    chosen = QtCore.Signal(QtCore.QModelIndex)
    """A row was chosen."""

    def __init__(self, view: QtWidgets.QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._is_expected = False
        self._selected: list[QtCore.QPersistentModelIndex] = []
        self._deselected: list[QtCore.QPersistentModelIndex] = []
        self._turn = QtCore.QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._report)
        view.selectionModel().selectionChanged.connect(self._note)

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Treat internal selection changes inside the block as no choice."""
        self._is_expected = True
        try:
            yield
        finally:
            self._is_expected = False

    def expect(self) -> None:
        """Treat selection changes before the next loop turn as no choice."""
        self._is_expected = True
        self._turn.start()

    def _note(self, selected: QtCore.QItemSelection, deselected: QtCore.QItemSelection) -> None:
        if not self._is_expected:
            self._selected += map(QtCore.QPersistentModelIndex, selected.indexes())
            self._deselected += map(QtCore.QPersistentModelIndex, deselected.indexes())
            self._turn.start()

    def _report(self) -> None:
        is_single = (
            self._view.selectionMode() is QtWidgets.QAbstractItemView.SelectionMode.SingleSelection
        )
        touched = self._selected or ([] if is_single else self._deselected)
        self._is_expected, self._selected, self._deselected = False, [], []
        model = self._view.model()
        for row in dict.fromkeys(index.row() for index in touched if index.isValid()):
            self.chosen.emit(model.index(row, 0))
