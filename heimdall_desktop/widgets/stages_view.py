"""The left side of the stages panel: the nine stages on one time axis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QVBoxLayout, QWidget

from heimdall_desktop.domain.timeline import Timeline, TimelineRow
from heimdall_desktop.models.timeline_model import TimelineModel
from heimdall_desktop.widgets.pane import Pane
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.timeline_axis import TimelineAxis
from heimdall_desktop.widgets.timeline_delegate import Index, TimelineDelegate


class StagesView(Pane):
    """Axis above, one row for each stage below.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._model = TimelineModel(self)
        self._axis = TimelineAxis(theme, self)
        self._list = StagesList(theme, self._model, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._axis)
        layout.addWidget(self._list, 1)

    @property
    def model(self) -> TimelineModel:
        """The stages."""
        return self._model

    @property
    def rows(self) -> StagesList:
        """The rows, where the keyboard goes."""
        return self._list

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show other values."""
        self._model.show_timeline(timeline)
        self._axis.show_timeline(timeline)


class StagesList(QListView):
    """The rows. Errors can be copied from the menu or by the keys for it.

    Args:
        theme: Colours, fonts and measures.
        model: The stages.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stages = model
        self._is_by_keyboard = False
        self._delegate = TimelineDelegate(theme, model, self)
        self.setObjectName("stages_list")
        self.setAccessibleName("Stages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        theme.changed.connect(self._dress)
        self._dress()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        row = self._stages.row(index.row())
        if row is not None:
            place = self.visualRect(index).center() if is_by_key else event.pos()
            self.make_menu(row).popup(self.viewport().mapToGlobal(place))

    def make_menu(self, row: TimelineRow) -> QMenu:
        """Return what can be done to a stage; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("stage_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        clipboard, icon = QGuiApplication.clipboard(), self._theme.icon("ui-copy")
        copy_error = menu.addAction(icon, "Copy error text")
        copy_error.setEnabled(bool(row.error))
        copy_error.triggered.connect(lambda: clipboard.setText(row.error))
        copy_line = menu.addAction("Copy line")
        copy_line.triggered.connect(lambda: clipboard.setText(row.sentence))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_keyboard = True
        row = self._stages.row(self.currentIndex().row())
        if event.matches(QKeySequence.StandardKey.Copy) and row is not None:
            QGuiApplication.clipboard().setText(row.error or row.sentence)
        else:
            super().keyPressEvent(event)
        self._ring()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md §2.7)."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_by_keyboard = False
        super().mousePressEvent(event)
        self._ring()

    def focusInEvent(self, event: QFocusEvent) -> None:
        reason = event.reason()
        self._is_by_keyboard |= reason is not Qt.FocusReason.ActiveWindowFocusReason
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._stages.rowCount():
            self.setCurrentIndex(self._stages.index(0))
        self._ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._ring()

    def _ring(self) -> None:
        has_ring = self.hasFocus() and self._is_by_keyboard
        self._delegate.ringed_row = self.currentIndex().row() if has_ring else -1
        self.viewport().update()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.surface)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
