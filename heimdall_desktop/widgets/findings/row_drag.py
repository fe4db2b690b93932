"""Dragging the selected rows out of the window, as a table for other programs.

Qt drags in an event loop of its own (`QDrag.exec`), the only one there is here. Streams, polls and
writes go on in it, since Qt serves the timers and sockets of asyncio there as well. It begins from
a timer, never inside a task, and touches nothing afterwards: the window may be gone by then.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.shown_text import safe_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import CENTRED, draw_text, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight

MOST = 500  # rows; what is dragged is made at once
HEIGHT_PX, PADDING_PX, RADIUS_PX = 28, 12, 6


class RowDrag(QObject):
    """Begins to drag once the pointer has gone far enough from where a selected row was pressed.

    Args:
        view: Where the rows are.
        count: Tells how many rows would be dragged.

    Attributes:
        make: Makes what is dragged, in all forms that other programs may take.
        obstacle: Why nothing can be dragged now; "" where it can.
    """

    def __init__(self, view: QWidget, count: Callable[[], int]) -> None:
        super().__init__(view)
        self._theme, self._view, self._count = theme_of(view), view, count
        self._pressed_at: QPoint | None = None
        self.make: Callable[[], QMimeData] = QMimeData
        self.obstacle: Callable[[], str] = lambda: ""

    def press(self, event: QMouseEvent) -> None:
        """Take a press on a row that is selected, or will be."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed_at = event.position().toPoint() if is_left else None

    def begins(self, event: QMouseEvent) -> bool:
        """Return whether a move with a button held begins to drag."""
        at, is_held = self._pressed_at, event.buttons() & Qt.MouseButton.LeftButton
        if at is None or not is_held:
            return False
        way_px = (event.position().toPoint() - at).manhattanLength()
        if way_px < QApplication.startDragDistance():
            return False
        self._pressed_at = None
        text = self.obstacle()
        if not text and self._count() > MOST:
            text = tr("You can drag at most %n rows. Export them instead.", "", MOST)
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), safe_tip(text), self._view)
            return False
        QTimer.singleShot(0, self, self._start)
        return True

    def _start(self) -> None:
        if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            return  # Qt would drag until the next click
        drag = QDrag(self._view)
        drag.setMimeData(self.make())
        drag.setPixmap(self._picture(tr("%n findings", "", self._count(), one="%n finding")))
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self, text: str) -> QPixmap:
        """Draw what is seen beside the pointer."""
        theme, tokens, density = self._theme, self._theme.tokens, self._view.devicePixelRatioF()
        width = theme.text_width(text, Role.SMALL, Weight.SEMIBOLD) + 2 * theme.scale(PADDING_PX)
        size = QSize(round(width), theme.scale(HEIGHT_PX))
        picture = QPixmap(size * density)
        picture.setDevicePixelRatio(density)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            rect, font = (
                QRectF(0, 0, size.width(), size.height()),
                theme.font(Role.SMALL, Weight.SEMIBOLD),
            )
            rounded_box(painter, rect, theme.scale(RADIUS_PX), ground=tokens.inverse)
            draw_text(painter, rect, text, font, tokens.inverse_text, CENTRED)
        return picture
