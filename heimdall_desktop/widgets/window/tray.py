"""Alerts as messages of a tray icon, for a desktop that has a tray but takes no notifications.

Qt does not tell which message was clicked (ux.md 2.5), so a click opens the newest.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.widgets.look.theme import Theme

#: Some desktops read the body as markup and others do not, and Qt does not tell which this is: so
#: what markup is made of becomes what only looks like it.
NO_MARKUP = str.maketrans({"<": "\u2039", ">": "\u203a", "&": "\uff06"})
MESSAGE_MS = 30_000  # many desktops have a limit of their own
ICON_PX = 22


class TrayMessages(QObject):
    """Shows messages where there is a tray; its icon appears with the first one.

    Args:
        theme: The look.
        parent: The owner.
    """

    opened = Signal(str)
    """A message or the icon was clicked; the key of the newest message."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon: QSystemTrayIcon | None = None
        self._newest = ""

    def show_message(self, key: str, title: str, body: str) -> bool:
        """Show a message; return False, having done nothing, where there is no tray."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return False
        self._newest = key
        critical = QSystemTrayIcon.MessageIcon.Critical
        title, body = (one_line(text).translate(NO_MARKUP) for text in (title, body))
        self._shown_icon().showMessage(title, body, critical, MESSAGE_MS)
        return True

    def _shown_icon(self) -> QSystemTrayIcon:
        if self._icon is None:
            image = self._theme.icon("tray-alert", self._theme.scale(ICON_PX))
            self._icon = QSystemTrayIcon(image, self)
            self._icon.setToolTip("Heimdall")
            self._icon.messageClicked.connect(self._open)
            self._icon.activated.connect(self._open)
        self._icon.show()
        return self._icon

    def _open(self) -> None:
        self.opened.emit(self._newest)
