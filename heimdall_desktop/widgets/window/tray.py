"""The tray icon: the overall state, a way to reopen the window, and alerts without a daemon.

Without a tray on the desktop nothing is made. Most desktops take icon and menu over D-Bus, as a
StatusNotifierItem; Qt does that.
"""

import sys
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shortened
from heimdall_desktop.presentation.window.background_text import TrayState
from heimdall_desktop.widgets.look.theme import Theme

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

#: Some desktops read the body as markup and others do not, and Qt does not report which: so markup
#: characters become lookalikes. In menus "&" would mark a key.
NO_MARKUP = str.maketrans({"<": "\u2039", ">": "\u203a", "&": "\uff06"})
MESSAGE_MS = 30_000  # many desktops have their own limit
EDGES_PX = (16, 22, 24, 32, 48, 64)  # the panel takes what fits
LINES = 5
RESTART_MS = 10_000  # how long a panel may be gone while it restarts
LINE_LENGTH = 60
WATCHER = "org.kde.StatusNotifierWatcher"

# In the units of tray-alert.svg: the content of its octagon, and the space for a number there.
_UNITS = 24
_MARK = QRectF(15, 11.5, 3, 10.5)
_NUMBER = QRectF(11.2, 12.3, 10.6, 8.4)
_INK, _GROUND = QColor("#14191F"), QColor("#FFFFFF")


class Tray(QObject):
    """Owns the icon and its menu.

    Args:
        theme: The look.

    Signals:
        opened: the user clicked a message; the key of the newest one.
        line_opened: the user chose an inbox line; its key.
        lost: the tray that had the icon is gone.

    Attributes:
        show_window, quit_program: what the user chose in the menu, or by a click on the icon.
    """

    opened = Signal(str)
    line_opened = Signal(str)
    lost = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._shown: tuple[TrayState, tuple[tuple[str, str], ...]] | None = None
        self._newest = ""
        self._restart_time = QTimer(self, singleShot=True, interval=RESTART_MS)
        self._restart_time.timeout.connect(self._look_for_tray)
        self.show_window = QAction(tr("Show Heimdall"), self)
        self.quit_program = QAction(tr("Quit"), self)

    @property
    def is_there(self) -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_state(self, state: TrayState, unread: Sequence[InboxLine]) -> None:
        """Show the overall state.

        Args:
            state: Icon, number and words.
            unread: Lines of the inbox, the newest first.
        """
        lines = tuple((line.key, one_line(line.title)) for line in unread[:LINES])
        is_missing = self._icon is None and not self.is_there  # later Qt restores it itself
        if is_missing or self._shown == (state, lines):
            return
        self._shown = (state, lines)
        icon, menu = self._made()
        icon.setIcon(_icon(self._theme, state))
        tip, label = state.tip.translate(NO_MARKUP), _label if is_over_dbus() else str
        icon.setToolTip(tip)
        menu.clear()
        menu.addAction(label(tip)).setEnabled(False)
        menu.addSeparator()
        menu.addAction(self.show_window)
        for key, title in lines:
            text = label(shortened(title, LINE_LENGTH).translate(NO_MARKUP))
            menu.addAction(text).triggered.connect(partial(self.line_opened.emit, key))
        menu.addSeparator()
        menu.addAction(self.quit_program)
        icon.show()

    def show_message(self, key: str, title: str, body: str) -> bool:
        """Show an alert; return False and do nothing if there is no tray.

        Qt doesn't report which message was clicked, so a click opens the newest.
        """
        if not (self.is_there and QSystemTrayIcon.supportsMessages()):
            return False
        self._newest = key
        title, body = (one_line(text).translate(NO_MARKUP) for text in (title, body))
        icon, _ = self._made()
        icon.show()
        icon.showMessage(title, body, QSystemTrayIcon.MessageIcon.Critical, MESSAGE_MS)
        return True

    def hide(self) -> None:
        """Remove the icon from the tray."""
        if self._icon is not None:
            self._icon.hide()

    def _made(self) -> tuple[QSystemTrayIcon, QMenu]:
        if self._icon is None or self._menu is None:
            self._menu = QMenu()
            self._icon = icon = QSystemTrayIcon(self)
            icon.setIcon(_icon(self._theme, TrayState("tray-idle", "Heimdall")))
            icon.setContextMenu(self._menu)
            icon.messageClicked.connect(lambda: self.opened.emit(self._newest))
            icon.activated.connect(self._activate)
            if is_over_dbus():
                gone = QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration
                watcher = QDBusServiceWatcher(WATCHER, QDBusConnection.sessionBus(), gone, self)
                watcher.serviceUnregistered.connect(lambda _name: self._restart_time.start())
        return self._icon, self._menu

    def _look_for_tray(self) -> None:
        if not is_over_dbus():
            self.lost.emit()

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.show_window.trigger()


def _label(text: str) -> str:
    """Return a text for a menu over D-Bus, where "_" marks a key and Qt does not escape it.

    Source: com.canonical.dbusmenu, property "label".
    """
    return text.replace("_", "__")


def is_over_dbus() -> bool:
    """Whether the desktop takes icons over D-Bus, by the same check that Qt uses."""
    if sys.platform != "linux":
        return False
    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bool(bus.interface().isServiceRegistered(WATCHER).value())


def _icon(theme: Theme, state: TrayState) -> QIcon:
    icon = QIcon()
    for edge_px in EDGES_PX:
        pixmap = QPixmap(theme.pixmap(state.icon, edge_px, _GROUND, 1.0))
        if state.number:
            number = state.number
            scale = pixmap.width() / _UNITS
            text = QPainterPath()
            text.addText(0, 0, QFont("Sans", _UNITS, QFont.Weight.Bold), number)
            drawn = text.boundingRect()
            zoom = min(_NUMBER.width() / drawn.width(), _NUMBER.height() / drawn.height())
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.scale(scale, scale)
                painter.fillRect(_MARK, _GROUND)
                painter.translate(_NUMBER.center())
                painter.scale(zoom, zoom)
                painter.translate(-drawn.center())
                painter.fillPath(text, _INK)
        icon.addPixmap(pixmap)
    return icon
