"""A list of found scans or repositories, for mouse and keyboard.

A click or the space bar takes a row, arrows only move, Enter takes up the whole choice. Ticked rows
are what Qt calls selected.
Source: ux.md 2.2, 2.7, 2.8.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from heimdall_desktop.models.finds_model import FIND_ROLE, FoundReposModel, FoundScansModel, Index
from heimdall_desktop.widgets.finds_delegate import FindsDelegate
from heimdall_desktop.widgets.outside_choice import OutsideChoice
from heimdall_desktop.widgets.theme import Theme

_MOUSE_REASONS = {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
_SELECT = QItemSelectionModel.SelectionFlag.Select
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindsList(QListView):
    """The rows.

    Args:
        theme: Colours, fonts and measures.
        model: What was found.
        name: What it lists, for assistive technology.
        parent: Its owner.
    """

    taken = Signal(object)
    """Somebody clicked a find, or pressed the space bar on it."""
    entered = Signal(object)
    """Somebody pressed Enter on a find."""

    def __init__(
        self,
        theme: Theme,
        model: FoundScansModel | FoundReposModel,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_by_keyboard = False
        self._delegate = FindsDelegate(theme, self)
        self.setAccessibleName(name)
        self._configure()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._take)
        self._outside = OutsideChoice(self)
        self._outside.chosen.connect(self._take_outside_choice)
        for changes in (model.dataChanged, model.rowsInserted, model.modelReset):
            changes.connect(self._mark_ticked)
        theme.changed.connect(self._dress)
        self._dress()

    # -- the mouse --

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_by_keyboard = False
        super().mousePressEvent(event)
        self._ring()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    # -- the keyboard --

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_keyboard = True
        find = self.currentIndex().data(FIND_ROLE)
        if event.key() == Qt.Key.Key_Space and find is not None:
            self.taken.emit(find)
        elif event.key() in _ENTER and find is not None:
            self.entered.emit(find)
        else:
            super().keyPressEvent(event)
        self._ring()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are typed into the field above."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_by_keyboard = event.reason() not in _MOUSE_REASONS or self._is_by_keyboard
        super().focusInEvent(event)
        if self._is_by_keyboard and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self._ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._ring()

    def _take(self, index: Index) -> None:
        find = index.data(FIND_ROLE)
        if find is not None:
            self.taken.emit(find)

    def _take_outside_choice(self, index: Index) -> None:
        self._take(index)
        self._mark_ticked()

    def _mark_ticked(self) -> None:
        rows = self.model()
        with self._outside.expecting():
            self.clearSelection()
            for row in range(rows.rowCount()):
                index = rows.index(row, 0)
                if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
                    self.selectionModel().select(index, _SELECT)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def selectAll(self) -> None:
        """Do nothing: scans are ticked one by one."""

    # -- looks --

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def _ring(self) -> None:
        has_ring = self.hasFocus() and self._is_by_keyboard
        row = self.currentIndex().row() if has_ring else -1
        if row != self._delegate.ringed_row:
            self._delegate.ringed_row = row
            self.viewport().update()

    def _configure(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.raised)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
