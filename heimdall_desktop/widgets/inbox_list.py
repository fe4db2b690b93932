"""The lines of the inbox as a list, for mouse and keyboard.

A click or Enter opens a line, arrows only move. Lines that come while somebody reads further down
move nothing on screen. Source: ux.md 2.2, 2.7, 2.8; design.md 5.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QWidget

from heimdall_desktop.domain.inbox import InboxLine
from heimdall_desktop.domain.wording import tr
from heimdall_desktop.models.inbox_model import LINE_ROLE, InboxModel
from heimdall_desktop.widgets.choice_list import ChoiceList
from heimdall_desktop.widgets.inbox_delegate import ROW_PX, InboxDelegate, Index
from heimdall_desktop.widgets.theme import Theme

_KEY_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class InboxList(ChoiceList):
    """The lines, with mouse, keyboard and menu.

    Args:
        theme: Colours, fonts and measures.
        model: The lines.
        parent: Its owner.
    """

    line_opened = Signal(str)
    """Somebody wants to see what a line is about; its key."""
    line_read = Signal(str)
    """Somebody has read a line; its key."""
    all_read = Signal()
    """Somebody has read everything."""

    def __init__(self, theme: Theme, model: InboxModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._is_by_keyboard = False
        self._delegate = InboxDelegate(theme, self)
        self.setObjectName("inbox_list")
        self.setAccessibleName(tr("Alerts"))
        self._configure()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.index_chosen.connect(self._open)
        theme.changed.connect(self._dress)
        self._dress()

    def refresh(self) -> None:
        """Take over what has changed; whoever reads further down keeps the same lines in sight."""
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        come = self._model.refresh()
        if not come:
            return
        if before > 0:
            self.executeDelayedItemsLayout()
            bar.setValue(before + come * self._theme.row_height(ROW_PX))
        self._hover(-1)
        self._ring()

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        line: InboxLine | None = index.data(LINE_ROLE)
        if line is not None:
            place = self.visualRect(index).bottomLeft() if is_by_key else event.pos()
            self._make_menu(line).popup(self.viewport().mapToGlobal(place))

    def _make_menu(self, line: InboxLine) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("inbox_menu")
        menu.setAccessibleName(tr("Alert"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Show finding")).triggered.connect(
            lambda: self.line_opened.emit(line.key)
        )
        menu.addSeparator()
        mark = menu.addAction(tr("Mark read"))
        mark.setEnabled(not line.is_read)
        mark.triggered.connect(lambda: self.line_read.emit(line.key))
        menu.addAction(tr("Mark all read")).triggered.connect(self.all_read)
        return menu

    # -- the keyboard --

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_keyboard = True
        key = Qt.Key(event.key())
        if key in _ENTER:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
        self._ring()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md 2.7)."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_by_keyboard = event.reason() in _KEY_REASONS
        super().focusInEvent(event)
        if self._is_by_keyboard and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0))
        self._ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring()

    def _open(self, index: Index) -> None:
        line: InboxLine | None = index.data(LINE_ROLE)
        if line is not None:
            self.line_opened.emit(line.key)

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
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.surface)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
