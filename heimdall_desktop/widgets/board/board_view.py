"""The list of cards: hovering, the keyboard, which scan is in scope, and actions on it.

The scope is Qt's selection: arrows move only the keyboard, a click or the space bar sets the scope.
Left and right move along the stages of the card. While pointer or keyboard are inside, the cards
keep their places and their form. Source: behaviour.md 2.1, 2.2.
"""

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip, QWidget

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.stage_text import next_stage, stage_text
from heimdall_desktop.widgets.board import card_plan
from heimdall_desktop.widgets.board.card_delegate import CardDelegate
from heimdall_desktop.widgets.controls.row_delegate import Index, MarkedList, OutsideChoice
from heimdall_desktop.widgets.look.app_style import theme_of

_KEY_REASONS = {
    QtCore.Qt.FocusReason.TabFocusReason,
    QtCore.Qt.FocusReason.BacktabFocusReason,
    QtCore.Qt.FocusReason.ShortcutFocusReason,
    QtCore.Qt.FocusReason.OtherFocusReason,
}
_ENTER = {QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter}
_STEPS = {QtCore.Qt.Key.Key_Left: -1, QtCore.Qt.Key.Key_Right: 1}


class BoardView(MarkedList):
    """Shows the scans' model.

    Attributes:
        lent_px: Height it has given up for a while; cards keep their form in the rest.
    """

    scan_scoped = QtCore.Signal(str)
    """A scan was put in scope; "" for all of them."""
    stages_wanted = QtCore.Signal(str)
    """Show the stages of a scan."""
    severity_picked = QtCore.Signal(str, object)
    """A `Severity` of a scan was chosen."""
    stage_picked = QtCore.Signal(str, str)
    """A stage of a scan was chosen, by its name."""
    menu_wanted = QtCore.Signal(str, QtCore.QPoint)
    """Open the menu of a scan; the position on the screen."""

    def __init__(self, model: ScansModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._model = model
        self.scope: ScanId | None = None
        self._is_hovered = False
        self._is_by_keyboard = False
        self._is_measuring = False
        self.lent_px = 0
        self._pressed_at = QtCore.QPointF()
        self._delegate = CardDelegate(model, self)
        self._table_head = card_plan.BoardTableHead(model, self)
        self.setObjectName("scans_board")
        self.setAccessibleName(tr("Scans"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # so that no scan can be meant
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._take_click)
        self._outside = OutsideChoice(self)
        self._outside.chosen.connect(self._take_outside_choice)
        self.doubleClicked.connect(self._open)
        model.dataChanged.connect(self._repaint_numbers)
        model.layout_changed.connect(self._fit)
        self._widest = model.widest_counts
        self._theme.changed.connect(self._dress)
        self._dress()

    # -- requests of keys, menus and other widgets --

    @property
    def form(self) -> card_plan.BoardForm:
        """Full cards, low ones, or a table, depending on the space."""
        return self._delegate.form

    @property
    def current_scan(self) -> ScanId | None:
        row = self.currentIndex().data(ROW_ROLE)
        return row.card.scan_id if isinstance(row, CardRow) else None

    def set_scope(self, scan_id: ScanId | None) -> None:
        """Mark the scan in scope, without a signal."""
        self.scope = scan_id
        row = None if scan_id is None else self._model.row_of(scan_id)
        flags = QtCore.QItemSelectionModel.SelectionFlag
        with self._outside.expecting():
            if row is None:
                self.selectionModel().clearSelection()
            else:
                self.selectionModel().select(self._model.index(row), flags.ClearAndSelect)

    # -- the mouse --

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        self._is_by_keyboard = False
        self._pressed_at = event.position()
        super().mousePressEvent(event)
        self._ring()

    def mouseMoveEvent(self, event: QtGui.QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def enterEvent(self, event: QtGui.QEnterEvent) -> None:
        super().enterEvent(event)
        self._is_hovered = True
        self._hold()

    def leaveEvent(self, event: QtCore.QEvent) -> None:
        super().leaveEvent(event)
        self._is_hovered = False
        self._hover(-1)
        self._hold()

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        is_by_key = event.reason() is QtGui.QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        row = index.data(ROW_ROLE)
        if isinstance(row, CardRow):
            rect = self.visualRect(index)
            place = rect.center() if is_by_key else event.pos()
            self.menu_wanted.emit(row.card.scan_id, self.viewport().mapToGlobal(place))

    def _take_click(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, CardRow):
            return
        rect, direction = QtCore.QRectF(self.visualRect(index)), self.layoutDirection()
        severity = self._delegate.severity_at(row, rect, self._pressed_at, direction)
        stage = self._delegate.stage_at(row, rect, self._pressed_at, direction)
        if severity is not None and row.card.count_of(severity):
            self._choose(row.card.scan_id)
            self.severity_picked.emit(row.card.scan_id, severity)
        elif severity is None and stage is not None:
            self._pick_stage(row.card.scan_id, stage)
        else:
            self._turn_scope(row.card.scan_id)

    def _take_outside_choice(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, CardRow):
            self._turn_scope(row.card.scan_id)
        self.set_scope(self.scope)  # also if it stays the same

    def _turn_scope(self, scan_id: ScanId) -> None:
        self._choose(None if scan_id == self.scope else scan_id)

    def _pick_stage(self, scan_id: ScanId, stage: int) -> None:
        self._choose(scan_id)
        self.stage_picked.emit(scan_id, STAGE_NAMES[stage])

    def _open(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, CardRow):
            self._choose(row.card.scan_id)
            self.stages_wanted.emit(row.card.scan_id)

    def _choose(self, scan_id: ScanId | None) -> None:
        if scan_id != self.scope:
            self.set_scope(scan_id)
            self.scan_scoped.emit(scan_id or "")

    # -- the keyboard --

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        self._is_by_keyboard = True
        key, row = QtCore.Qt.Key(event.key()), self.currentIndex().data(ROW_ROLE)
        stage = self._delegate.ringed_stage
        if key in _STEPS and isinstance(row, CardRow):
            self._step(row, _STEPS[key])
        elif key == QtCore.Qt.Key.Key_Escape and stage is not None:
            self._ring_stage(None)
        elif key in _ENTER and isinstance(row, CardRow) and stage is not None:
            self._pick_stage(row.card.scan_id, stage)
        elif key in _ENTER and isinstance(row, CardRow):
            self._open(self.currentIndex())
        elif key == QtCore.Qt.Key.Key_Space and isinstance(row, CardRow):
            self._turn_scope(row.card.scan_id)
        else:
            super().keyPressEvent(event)
        self._ring()
        self._hold()

    def _step(self, row: CardRow, step: int) -> None:
        """Go to the next stage of a card; the strip runs from left to right in every language."""
        if row.is_short:
            return
        stage, displays = self._delegate.ringed_stage, row.card.displays
        reached = next_stage(displays, stage, step)
        self._ring_stage(reached)
        if reached != stage:
            words = stage_text(reached, displays, row.card.elapsed)
            QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(self, words))

    def _ring_stage(self, stage: int | None) -> None:
        self._delegate.ringed_stage = stage
        self._update_row(self.currentIndex().row())

    def viewportEvent(self, event: QtCore.QEvent) -> bool:
        """Show a tool tip: a table row in full, or a card's source and what is not counted."""
        if not isinstance(event, QtGui.QHelpEvent):
            return super().viewportEvent(event)
        index = self.indexAt(event.pos())
        row, texts = index.data(ROW_ROLE), []
        if self.form is card_plan.BoardForm.TABLE:
            texts = [index.data(QtCore.Qt.ItemDataRole.AccessibleTextRole) or ""]
        elif isinstance(row, CardRow):
            texts = [row.card.source, row.card.uncounted]
        QToolTip.showText(event.globalPos(), safe_tip(*texts), self.viewport())
        return True

    def focusInEvent(self, event: QtGui.QFocusEvent) -> None:
        self._is_by_keyboard = self._is_by_keyboard or event.reason() in _KEY_REASONS
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._go_to_first()
        self._ring()
        self._hold()

    def focusOutEvent(self, event: QtGui.QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring_stage(None)
        self._ring()
        self._hold()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._ring_stage(None)
        self._ring()

    def enter_first(self) -> None:
        self._go_to_first()
        self.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def _go_to_first(self) -> None:
        rows = range(self._model.rowCount())
        first = next((row for row in rows if isinstance(self._model.row(row), CardRow)), -1)
        flags = QtCore.QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(self._model.index(first), flags)

    # -- effects --

    def _hold(self) -> None:
        was_held = self._model.is_held
        self._model.set_held(self._is_hovered or (self.hasFocus() and self._is_by_keyboard))
        if was_held and not self._model.is_held:
            self._fit()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            before, self._delegate.hovered_row = self._delegate.hovered_row, row
            self._update_row(before)
            self._update_row(row)

    def _ring(self) -> None:
        has_ring = self.hasFocus() and self._is_by_keyboard
        row = self.currentIndex().row() if has_ring else -1
        if row != self._delegate.ringed_row:
            before, self._delegate.ringed_row = self._delegate.ringed_row, row
            self._update_row(before)
            self._update_row(row)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(self.visualRect(self._model.index(row)))

    # -- appearance --

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Fit into another size at once, because the window is being resized."""
        self._is_measuring = True
        self._fit()
        self._is_measuring = False

    def _fit(self) -> None:
        """Use the largest form that fits, and follow rows that moved."""
        if self._model.is_held and not self._is_measuring:
            self._follow_rows()  # but no card changes its form under pointer or keyboard
            return
        model, scale = self._model, self._theme.scale
        shape = card_plan.board_shape(*model.sizes, self.height() + self.lent_px, scale)
        self._delegate.form = shape.form
        head_px, is_table = scale(card_plan.TABLE_HEAD_PX), shape.form is card_plan.BoardForm.TABLE
        margins = QtCore.QMargins(0, head_px if is_table else 0, 0, 0)
        if margins != self.viewportMargins():
            self.setViewportMargins(margins)
        self._table_head.setVisible(is_table)
        rows = self.viewport().geometry()
        self._table_head.setGeometry(rows.left(), 0, rows.width(), head_px)
        model.set_headed(shape.has_heads)
        self._follow_rows()

    def _follow_rows(self) -> None:
        self._ring()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _repaint_numbers(self) -> None:
        if self._model.widest_counts != self._widest:
            self._widest = self._model.widest_counts
            self.viewport().update()
            self._table_head.update()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QtGui.QPalette.ColorRole.Base, self._theme.tokens.window)
        self.setPalette(palette)
        self._measure()
