"""Keeps the program going without its window, where the user wants that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.domain.facts.choices import OnClose, StartChoices
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.tag import Tag
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.background import (
    LARGEST_IN_BADGE,
    ON_CLOSE_NAMES,
    Closing,
    TrayState,
    closing,
    closing_told,
)
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.focus import come_forward
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.tray import LINES, Tray


class Background(QObject):
    """Says what closing the window does, and shows in the tray and the dock what happens meanwhile.

    Args:
        window: Whose closing it is.
        tray: The icon; shown as soon as there is something to say.
        inbox: The alerts that are not read yet.
        preferences: What closing is to do.
        announce: Tells title and body outside the window, or else calls what it is given.
        ends_with_window: Closing ends the program, whatever was chosen: its end is waited for.

    Signals:
        badge_changed: another number is to be shown at the program's icon; 0 for none.
    """

    badge_changed = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        tray: Tray,
        inbox: Inbox,
        preferences: Preferences,
        announce: Callable[[str, str, Callable[[], None]], None],
        *,
        ends_with_window: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._tray, self._inbox = window, tray, inbox
        self._preferences, self._announce = preferences, announce
        self._ends_with_window = ends_with_window
        self._badge = 0
        window.closing = self._close
        window.commands.add_source(self._commands)
        tray.show_wanted.connect(partial(come_forward, window))
        tray.quit_wanted.connect(window.quit)
        tray.lost.connect(self._come_back)
        tray.line_opened.connect(window.open_line)

    def begin(self, *, is_hidden: bool) -> None:
        """Show the window, or only what leads to it; and from now on how all stands."""
        window = self._window
        if not is_hidden:
            window.show()
        elif not (window.isVisible() or self._tray.is_there):
            window.minimise()
        window.state_told.connect(self._show)
        self._show(window.state)

    def _come_back(self) -> None:
        """Minimise a window to which nothing leads any more."""
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
        """Say once that closing has ended nothing: outside the window, or in it for later."""
        title, body = closing_told(done, command_key_text("Ctrl+Q"))
        quit, problems = self._window.quit, self._window.problems

        def show() -> None:
            problems.show_notice(title, body, quit, tr("Quit"))

        if done is Closing.HIDE:
            self._announce(title, body, show)
        else:
            show()
        self._preferences.change_start(replace(self._choices, was_close_explained=True))

    def _commands(self) -> list[Command]:
        """What closing may do; the window of settings offers the same."""
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
