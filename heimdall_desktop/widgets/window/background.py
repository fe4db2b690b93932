"""Keeps the program running without its window if the user wants that, with a tray icon.

Without a tray on the desktop no icon is made. Most desktops take icon and menu over D-Bus, as a
StatusNotifierItem; Qt does that.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shortened
from heimdall_desktop.presentation.window import window_place
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.focus import come_forward, is_in_front
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.main_window import MainWindow

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

_RETURNS = (QEvent.Type.WindowStateChange, QEvent.Type.WindowActivate, QEvent.Type.Show)


class Background(QObject):
    """Decides what closing the window does, and shows events in the tray and dock meanwhile.

    Args:
        window: The window that is closed.
        tray: The icon; shown as soon as there is something to show.
        inbox: The unread alerts.
        preferences: What closing does.
        announce: Shows title and body outside the window, with a button, and calls the given
            function with whether that was seen.
        ends_with_window: Closing always ends the program: a caller waits for its end.

    Signals:
        badge_changed: the number on the program's icon changes; 0 for none.
    """

    badge_changed = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        tray: Tray,
        inbox: Inbox,
        preferences: Preferences,
        announce: Callable[
            [str, str, Callable[[bool], None], tuple[str, Callable[[], None]]], None
        ],
        *,
        ends_with_window: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._tray, self._inbox = window, tray, inbox
        self._preferences, self._announce = preferences, announce
        self._ends_with_window = ends_with_window
        self._badge = 0
        self._explanation = ""  # the key of the strip that explains what closing did
        window.installEventFilter(self)
        window.closing = self._close
        window.commands.add_source(self._commands)
        tray.show_window.triggered.connect(lambda _is_checked: come_forward(window))
        tray.quit_program.triggered.connect(window.quit)
        tray.lost.connect(self._come_back)
        tray.line_opened.connect(window.inbox.open_line)

    def begin(self, *, is_hidden: bool) -> None:
        """Show the window or only the tray icon, and start showing the overall state."""
        window = self._window
        if not is_hidden:
            window.show()
        elif not (window.isVisible() or self._tray.is_there):
            window.minimise()
        window.state_changed.connect(self._show)
        self._show(window.state)

    def _come_back(self) -> None:
        """Minimise a window that can no longer be reached."""
        if not self._window.isVisible():
            self._window.minimise()

    def _show(self, state: window_place.TrayState) -> None:
        mask = self._window.session.store.mask
        unread = (mask.line(line) for line in self._inbox.lines if line.is_unread)
        self._tray.show_state(state, tuple(islice(unread, min(state.unread, LINES))))
        badge = min(state.unread, window_place.LARGEST_IN_BADGE)
        if badge != self._badge:
            self._badge = badge
            self.badge_changed.emit(badge)

    # -- closing --

    def _close(self) -> window_place.Closing:
        if self._ends_with_window:
            return window_place.Closing.QUIT
        store, choices = self._window.session.store, self._preferences.settings.start
        is_watching = self._preferences.settings.watches_new or any(
            Tag.REPLAY not in store.tags_of(scan.id) for scan in store
        )
        done = window_place.closing(
            choices.on_close, has_tray=self._tray.is_there, is_watching=is_watching
        )
        if done is not window_place.Closing.QUIT and not choices.was_close_explained:
            # once: outside the window, or in it for later
            title, body = window_place.closing_text(done, command_key_text("Ctrl+Q"))

            def follow(is_shown: bool) -> None:
                if is_shown:
                    self._note_explained()
                elif self._explanation not in self._window.problems.keys:
                    self._explanation = self._window.problems.show_notice(
                        title, body, self._window.quit, tr("Quit"), is_passing=False
                    )

            opens = tr("Show Heimdall"), partial(come_forward, self._window)
            self._announce(title, body, follow, opens)
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_explained = self._explanation in self._window.problems.keys
        if event.type() in _RETURNS and is_explained and is_in_front(self._window.problems):
            self._note_explained()
        return False

    def _note_explained(self) -> None:
        self._preferences.change_setting("start.was_close_explained", value=True)

    def _commands(self) -> list[Command]:
        """Return the choices for closing; the settings window offers the same."""
        preferences = self._preferences
        return [
            Command(
                f"on-close {choice.value}",
                tr(name),
                partial(preferences.choose_closing, choice),
                is_on=partial(lambda choice: preferences.settings.start.on_close is choice, choice),
            )
            for choice, name in window_place.ON_CLOSE_NAMES.items()
        ]


#: Some desktops read the body as markup and others do not, and Qt does not report which: so markup
#: characters become lookalikes. In menus "&" would mark a key.
NO_MARKUP = str.maketrans({"<": "\u2039", ">": "\u203a", "&": "\uff06"})
MESSAGE_MS = 30_000  # many desktops have their own limit
EDGES_PX = (16, 22, 24, 32, 48, 64)  # the panel takes what fits
LINES = 5
RESTART_MS = 10_000  # how long a panel may be gone while it restarts
LINE_LENGTH = 60
LOOKS_S = 2.0, 60.0  # pause between two looks for a tray: at first, and at most
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
        self._shown: tuple[window_place.TrayState, tuple[tuple[str, str], ...]] | None = None
        self._newest = ""
        self._began_s, self._looks_at_s = time.monotonic(), float("-inf")
        self._restart_time = QTimer(self, singleShot=True, interval=RESTART_MS)
        self._restart_time.timeout.connect(self._look_for_tray)
        self.show_window = QAction(tr("Show Heimdall"), self)
        self.quit_program = QAction(tr("Quit"), self)

    @property
    def is_there(self) -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_state(self, state: window_place.TrayState, unread: Sequence[InboxLine]) -> None:
        """Show the overall state.

        Args:
            state: Icon, number and words.
            unread: Lines of the inbox, the newest first.
        """
        lines = tuple((line.key, one_line(line.title)) for line in unread[:LINES])
        if self._shown == (state, lines):
            return
        if self._icon is None:  # later Qt restores it itself
            now_s = time.monotonic()
            if now_s < self._looks_at_s:  # one may start later; asking takes 4 ms and the bus
                return
            first_s, longest_s = LOOKS_S
            rest_s = max(first_s, min((now_s - self._began_s) / 10, longest_s))
            self._looks_at_s = now_s + rest_s
            if not self.is_there:
                return
        self._shown = (state, lines)
        icon, menu = self._made()
        icon.setIcon(_icon(self._theme, state))
        tip, label = state.tip.translate(NO_MARKUP), _label if is_over_dbus() else str
        icon.setToolTip(tip)
        # Only its own rows change: a click on a row that is made again is lost on D-Bus.
        head, _, _, *old, end, _ = menu.actions()
        head.setText(label(tip))
        for action in old:
            menu.removeAction(action)
            action.deleteLater()
        for key, title in lines:
            action = QAction(label(shortened(title, LINE_LENGTH).translate(NO_MARKUP)), menu)
            action.triggered.connect(partial(self.line_opened.emit, key))
            menu.insertAction(end, action)
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
        if self._icon is not None:
            self._icon.hide()

    def _made(self) -> tuple[QSystemTrayIcon, QMenu]:
        if self._icon is None or self._menu is None:
            self._menu = menu = QMenu()
            menu.addAction("").setEnabled(False)
            menu.addSeparator()
            menu.addAction(self.show_window)
            menu.addSeparator()
            menu.addAction(self.quit_program)
            self._icon = icon = QSystemTrayIcon(self)
            icon.setIcon(_icon(self._theme, window_place.TrayState("tray-idle", "Heimdall")))
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


def _icon(theme: Theme, state: window_place.TrayState) -> QIcon:
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
