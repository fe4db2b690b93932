"""Keeps the program running without its window if the user wants that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Signal

from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import OnClose, StartChoices
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.background_text import (
    LARGEST_IN_BADGE,
    ON_CLOSE_NAMES,
    Closing,
    TrayState,
    closing,
    closing_text,
)
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.focus import come_forward
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.tray import LINES, Tray

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

    def _show(self, state: TrayState) -> None:
        mask = self._window.session.store.mask
        unread = (mask.line(line) for line in self._inbox.lines if line.is_unread)
        self._tray.show_state(state, tuple(islice(unread, min(state.unread, LINES))))
        badge = min(state.unread, LARGEST_IN_BADGE)
        if badge != self._badge:
            self._badge = badge
            self.badge_changed.emit(badge)

    # -- closing --

    @property
    def _choices(self) -> StartChoices:
        return self._preferences.settings.start

    def _close(self) -> Closing:
        if self._ends_with_window:
            return Closing.QUIT
        store = self._window.session.store
        is_watching = self._preferences.settings.watches_new or any(
            Tag.REPLAY not in store.tags_of(scan.id) for scan in store
        )
        done = closing(
            self._choices.on_close, has_tray=self._tray.is_there, is_watching=is_watching
        )
        if done is not Closing.QUIT and not self._choices.was_close_explained:
            self._explain(done)
        return done

    def _explain(self, done: Closing) -> None:
        """Explain once that the program keeps running: outside the window, or in it for later."""
        title, body = closing_text(done, command_key_text("Ctrl+Q"))

        def follow(is_shown: bool) -> None:
            if is_shown:
                self._note_explained()
            elif self._explanation not in self._window.problems.keys:
                self._explanation = self._window.problems.show_notice(
                    title, body, self._window.quit, tr("Quit"), is_passing=False
                )

        opens = tr("Show Heimdall"), partial(come_forward, self._window)
        self._announce(title, body, follow, opens)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the strip as seen once the window is back on the screen with it."""
        if event.type() in _RETURNS and self._explanation in self._window.problems.keys:
            is_back = self._window.isActiveWindow() and not self._window.isMinimized()
            if is_back and self._window.problems.isVisible():
                self._note_explained()
        return False

    def _note_explained(self) -> None:
        self._preferences.change_setting("start.was_close_explained", value=True)

    def _commands(self) -> list[Command]:
        """Return the choices for closing; the settings window offers the same."""
        return [
            Command(
                f"on-close {choice.value}",
                tr(name),
                partial(self._preferences.choose_closing, choice),
                is_on=partial(self._is_chosen, choice),
            )
            for choice, name in ON_CLOSE_NAMES.items()
        ]

    def _is_chosen(self, choice: OnClose) -> bool:
        return self._choices.on_close is choice
