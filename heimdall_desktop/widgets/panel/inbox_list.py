"""The lines of the inbox as a list, for mouse and keyboard.

A click or Enter opens a line, arrows only move. Lines that come while somebody reads further down
move nothing on screen. Source: ux.md 2.2, 2.7, 2.8; design.md 5.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.alerts.alert_text import action_of
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.inbox_model import LINE_ROLE, InboxModel
from heimdall_desktop.widgets.controls.choice_list import ChoiceList
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import Index
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox_delegate import ROW_PX, InboxDelegate

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
        self.setObjectName("inbox_list")
        self.setAccessibleName(tr("Alerts"))
        self.setUniformItemSizes(True)
        self.setModel(model)
        self._marks = ListMarks(theme, self, InboxDelegate(theme, self))
        self.index_chosen.connect(self._open)

    def refresh(self) -> None:
        """Take over what has changed; who reads further down keeps the same lines in sight."""
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        come = self._model.refresh()
        if come and before > 0:
            self.executeDelayedItemsLayout()
            bar.setValue(before + come * self._theme.row_height(ROW_PX))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        line: InboxLine | None = index.data(LINE_ROLE)
        if line is not None:
            self._make_menu(line).popup(place)

    def _make_menu(self, line: InboxLine) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("inbox_menu")
        menu.setAccessibleName(tr("Alert"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(action_of(line)).triggered.connect(lambda: self.line_opened.emit(line.key))
        menu.addSeparator()
        mark = menu.addAction(tr("Mark read"))
        mark.setEnabled(line.is_unread)
        mark.triggered.connect(lambda: self.line_read.emit(line.key))
        menu.addAction(tr("Mark all read")).triggered.connect(self.all_read)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md 2.7)."""

    def _open(self, index: Index) -> None:
        line: InboxLine | None = index.data(LINE_ROLE)
        if line is not None:
            self.line_opened.emit(line.key)
