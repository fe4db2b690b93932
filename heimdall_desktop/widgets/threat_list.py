"""The list of what a threat model says, for mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from heimdall_desktop.domain.threat_rows import ThreatRow
from heimdall_desktop.domain.wording import tr
from heimdall_desktop.models.threat_rows_model import THREAT_ROLE, ThreatRowsModel
from heimdall_desktop.widgets.choice_list import ChoiceList
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.threat_delegate import Index, ThreatDelegate

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ThreatList(ChoiceList):
    """Shows the rows; one of them is looked at.

    Args:
        theme: Colours, fonts and measures.
        model: The rows.
        parent: Its owner.
    """

    row_shown = Signal(object)
    """The `ThreatRow` that is looked at now; None for none."""
    row_chosen = Signal(object)
    """Somebody clicked on this `ThreatRow`, or pressed Enter on it."""
    all_copied = Signal()
    """Somebody wants all of it as text."""

    def __init__(self, theme: Theme, model: ThreatRowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._delegate = ThreatDelegate(theme, self)
        self.setObjectName("threat_list")
        self.setAccessibleName(tr("Threat model"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.index_chosen.connect(self._choose)
        theme.changed.connect(self._dress)
        self._dress()

    def make_menu(self) -> QMenu:
        """Return what can be done to a row; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("threat_menu")
        menu.setAccessibleName(tr("Row"))
        menu.aboutToHide.connect(menu.deleteLater)
        copy = menu.addAction(self._theme.icon("ui-copy"), tr("Copy"))
        copy.triggered.connect(self.copy_row)
        menu.addAction(tr("Copy whole threat model")).triggered.connect(self.all_copied)
        return menu

    def copy_row(self) -> None:
        """Copy all that is said of the row that is looked at."""
        row = self.currentIndex().data(THREAT_ROLE)
        if isinstance(row, ThreatRow):
            QGuiApplication.clipboard().setText(row.details)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if is_by_key else event.pos()
            self.make_menu().popup(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.key() in _ENTER:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md §2.7)."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._go_to_first()
        self._ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(THREAT_ROLE)
        self.row_shown.emit(row if isinstance(row, ThreatRow) else None)
        self._ring()

    def _choose(self, index: Index) -> None:
        row = index.data(THREAT_ROLE)
        if isinstance(row, ThreatRow):
            self.row_chosen.emit(row)

    def _go_to_first(self) -> None:
        rows = self.model()
        for number in range(rows.rowCount()):
            index = rows.index(number, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def _ring(self) -> None:
        self._delegate.ringed_row = self.currentIndex().row() if self.hasFocus() else -1
        self.viewport().update()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.surface)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
