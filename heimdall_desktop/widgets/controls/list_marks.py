"""Marks the row under the pointer in a list, and the row of the keyboard if that is in use.

Source: behaviour.md 2.8 (focus is always visible); look.md 5 ("Findings table").
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from heimdall_desktop.widgets.controls.row_delegate import Index, RowDelegate

_PASSIVE = {  # these focus reasons do not indicate keyboard use
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
}


class ListMarks(QObject):
    """Sets the ground of a list, and follows pointer and keyboard in it.

    Keyboard focus starts at the first row that can be chosen.

    Args:
        view: Has its model already.
        delegate: Draws the rows.
        ground: Their background, as a role of the palette; that of panes by default.
    """

    moved = Signal()
    """Pointer or keyboard moved or left."""

    def __init__(
        self,
        view: QListView,
        delegate: RowDelegate,
        ground: QPalette.ColorRole = QPalette.ColorRole.Button,
    ) -> None:
        super().__init__(view)
        self._view, self._delegate = view, delegate
        self._is_by_keyboard = False
        view.setItemDelegate(delegate)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.viewport().setBackgroundRole(ground)
        view.selectionModel().currentChanged.connect(self._ring)
        for changes in (view.model().rowsInserted, view.model().modelReset):
            changes.connect(self._take_rows)

    def menu_place(self, event: QContextMenuEvent) -> tuple[Index, QPoint]:
        """Return the row a menu is requested for, and its position on the screen."""
        view = self._view
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = view.currentIndex() if is_by_key else view.indexAt(event.pos())
        place = view.visualRect(index).center() if is_by_key else event.pos()
        return index, view.viewport().mapToGlobal(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view:
            self._follow_keyboard(event)
        elif isinstance(event, QMouseEvent):
            self._follow_pointer(event)
        elif event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return False

    def _follow_keyboard(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.KeyPress:
            self._is_by_keyboard = True
        elif isinstance(event, QFocusEvent) and event.gotFocus():
            self._is_by_keyboard |= event.reason() not in _PASSIVE
            if self._is_by_keyboard and not self._view.currentIndex().isValid():
                self._go_to_first()
        elif not isinstance(event, QFocusEvent):
            return
        self._ring()

    def _follow_pointer(self, event: QMouseEvent) -> None:
        if event.type() is QEvent.Type.MouseButtonPress:
            self._is_by_keyboard = False
            self._ring()
        elif event.type() is QEvent.Type.MouseMove:
            self._hover(self._view.indexAt(event.position().toPoint()).row())

    def _go_to_first(self) -> None:
        rows = self._view.model()
        for number in range(rows.rowCount()):
            index = rows.index(number, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self._view.setCurrentIndex(index)
                return

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
