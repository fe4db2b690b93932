"""The veil over a window while a dialog of it waits for an answer. Source: design.md §2, 4b.

Qt itself tells a window that it is blocked and that it no longer is, so that the veil lies under
every dialog, wherever it was opened, and is gone however it ends. It comes in a turn of its own:
the window is painted again under it, which must not hold up the dialog.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import fill


class Scrim(QWidget):
    """Covers a window while that is blocked.

    Args:
        window: What it covers.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme_of(self)
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._come)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Come and go with what blocks the window, in every size of it."""
        kind = event.type()
        if kind is QEvent.Type.WindowBlocked:
            self._soon.start()
        elif kind is QEvent.Type.WindowUnblocked:
            self._soon.stop()
            self.hide()
        elif kind is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fill(painter, QRectF(self.rect()), self._theme.tokens.scrim)

    def _come(self) -> None:
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
