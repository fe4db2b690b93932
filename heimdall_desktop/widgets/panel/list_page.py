"""A page of the panel: a list with more beside it, or why there is nothing to list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.tokens import Ground

SIDE_FROM_PX = 640  # narrower panels show the rows alone
SIDE_FRACTION = 0.38


class ListPage(Pane):
    """Shows its body with the side in it, or in their place why they are empty.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._side_px = 0
        self._items: QWidget | None = None
        self._side = Pane(Ground.SURFACE, Edge.START, parent=self)
        self._body = QWidget(self)
        self._empty = EmptyState(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._empty)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._pages)

    def set_side_width(self, width_px: int) -> None:
        """Let the side be as wide as that of other pages; 0 for a part of the width."""
        self._side_px = width_px
        self._share_width()

    def take_keyboard(self) -> None:
        """Put the keyboard onto the rows, or onto what stands in their place."""
        if self._items is not None and self._pages.currentWidget() is self._body:
            self._items.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._empty.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _fill(self, items: QWidget, body: QLayout, side: QLayout) -> None:
        """Fill the body, in which are items for the keyboard and the side, and the side."""
        self._items = items
        for place, layout, start_px in ((self._body, body, 0), (self._side, side, 1)):
            layout.setContentsMargins(start_px, 0, 0, 0)
            layout.setSpacing(0)
            place.setLayout(layout)

    def _show_body(self, *, is_wanted: bool) -> None:
        """Turn to the body, or to why it is empty; the keyboard comes along."""
        page = self._body if is_wanted else self._empty
        if page is not self._pages.currentWidget():
            has_keyboard = holds_focus(self, QApplication.focusWidget())
            self._pages.setCurrentWidget(page)
            if has_keyboard:
                self.take_keyboard()

    def _share_width(self) -> None:
        self._side.setVisible(self.width() >= self._theme.scale(SIDE_FROM_PX))
        self._side.setFixedWidth(self._side_px or round(self.width() * SIDE_FRACTION))
