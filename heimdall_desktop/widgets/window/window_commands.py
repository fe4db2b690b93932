"""What people can do in the main window, as commands for keys, menu, palette and sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.adding.first_start import FirstStart
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.board.board_head import SEARCH_KEYS, BoardHead
from heimdall_desktop.widgets.board.scan_menu import PIN_KEYS
from heimdall_desktop.widgets.controls.pane_ring import PaneRing, focus_first_button, ring_commands
from heimdall_desktop.widgets.filters.views_control import ViewsControl
from heimdall_desktop.widgets.findings.table_commands import zooming
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.panel.panel_bar import STAGES_KEY
from heimdall_desktop.widgets.window.detail_controller import DetailController
from heimdall_desktop.widgets.window.layout_commands import detail_commands, layout_commands
from heimdall_desktop.widgets.window.own_keys import board_keys, reading_keys
from heimdall_desktop.widgets.window.palette import KEYS as PALETTE_KEYS
from heimdall_desktop.widgets.window.palette import Palette
from heimdall_desktop.widgets.window.scan_commands import ScanCommands
from heimdall_desktop.widgets.window.scope import Scope
from heimdall_desktop.widgets.window.status_bar import StatusBar
from heimdall_desktop.widgets.window.top_bar import THEMES
from heimdall_desktop.widgets.window.window_actions import WindowActions
from heimdall_desktop.widgets.window.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window.window_frame import WindowFrame
from heimdall_desktop.widgets.window.workspace_panes import THREATS_KEYS, WorkspacePanes


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCommands:
    """Makes commands from the parts that carry them out.

    Attributes:
        inbox_title: what the inbox is called, with how many lines are unread.
        open_inbox: shows it.
        open_threats: shows the threat model.
        switch_new_scans: watches new scans by themselves, or no more.
        choose_theme: changes the colours.
    """

    window: QWidget
    theme: Theme
    requests: Requests
    dialogs: WindowDialogs
    palette: Palette
    head: BoardHead
    board: Board
    start: FirstStart
    status: StatusBar
    reading: WorkspacePanes
    reader: DetailController
    frame: WindowFrame
    views: ViewsControl
    looked_at: Scope
    scans: ScanCommands
    inbox_title: Callable[[], str]
    open_inbox: Callable[[], None]
    open_threats: Callable[[], None]
    switch_new_scans: Callable[[bool], None]
    choose_theme: Callable[[ThemeMode], None]

    def bind(self, actions: WindowActions) -> None:
        """Take up all of them, first those of the menu in its order."""
        actions.add(
            Command(
                "command-palette",
                tr("Command palette"),
                self.palette.open,
                (PALETTE_KEYS,),
                "ui-search",
            ),
            *self._adding(),
            *self._finding(),
            *self._going(),
            *layout_commands(self.window, self.frame, self.reader.toggle),
            *self.status.account.commands(),
            *self._ending(),
        )
        actions.add_hidden(*ring_commands(self._ring()), *self._going_to_scans())
        self.reader.bind(actions)
        actions.add_hidden(*zooming(self.reading.findings))
        actions.add_inside(
            (self.reading.findings, self.reading.detail),
            Command("shortcuts", tr("Keyboard shortcuts"), self.dialogs.show_shortcuts, ("?",)),
        )
        actions.add_hidden(*self._switches(actions))
        actions.note(*board_keys(), *reading_keys())
        actions.add_source(self.scans.each)
        actions.add_source(self.views.button.commands)
        actions.add_source(self._themes)
        actions.add_source(lambda: detail_commands(self.frame))

    def _adding(self) -> list[Command]:
        """What brings scans onto the board."""
        local = self.dialogs.local
        return [
            Command(
                "add-scans",
                tr("Add scans"),
                self.dialogs.add_scans,
                ("Ctrl+N",),
                "ui-plus",
                group=Group.SCANS,
                begins_group=True,
            ),
            Command(
                "scan-folder",
                tr("Scan a local folder"),
                local.choose_folder,
                (),
                "ui-folder",
                group=Group.SCANS,
            ),
            Command(
                "demo",
                tr("Play the demo"),
                local.play_demo,
                (),
                "ui-demo",
                group=Group.SCANS,
            ),
        ]

    def _finding(self) -> list[Command]:
        """What searches, and what is done with the scan that was found."""
        return [
            Command(
                "filter",
                tr("Filter"),
                self.reading.findings.filter_field.focus,
                ("Ctrl+F",),
                "ui-search",
                group=Group.FINDINGS,
                begins_group=True,
            ),
            Command(
                "search-scans",
                tr("Search scans"),
                self.head.open_search,
                (SEARCH_KEYS,),
                group=Group.SCANS,
            ),
            Command(
                "pin-scan",
                tr("Pin or unpin scan"),
                self.board.turn_pin,
                (PIN_KEYS,),
                "ui-pin",
                group=Group.SCANS,
                obstacle=lambda: "" if self.board.meant_scan else tr("No scan is chosen."),
            ),
            Command(
                "refresh",
                tr("Refresh"),
                partial(self.requests.request_again, None),
                ("F5", "Ctrl+R"),
                "conn-reconnecting",
                group=Group.SCANS,
            ),
        ]

    def _going(self) -> list[Command]:
        """What opens the pages of the panel."""
        panel = self.reading.panel
        return [
            Command(
                "stages",
                tr("Stages"),
                panel.toggle_stages,
                (STAGES_KEY,),
                "ui-stages",
                group=Group.GO_TO,
                begins_group=True,
            ),
            Command(
                "threat-model",
                tr("Threat model"),
                self.open_threats,
                (THREATS_KEYS,),
                "ui-branch",
                group=Group.GO_TO,
            ),
            Command(
                "log",
                tr("Log"),
                panel.open_log,
                ("Ctrl+L",),
                "ui-log",
                group=Group.GO_TO,
            ),
            Command(
                "inbox",
                self.inbox_title,
                self.open_inbox,
                ("Ctrl+I",),
                "ui-inbox",
                group=Group.GO_TO,
            ),
        ]

    def _ending(self) -> list[Command]:
        """What stands last in the menu."""
        return [
            Command(
                "shortcuts",
                tr("Keyboard shortcuts"),
                self.dialogs.show_shortcuts,
                ("F1",),
                "ui-keyboard",
                begins_group=True,
            ),
            Command("quit", tr("Quit"), self.window.close, ("Ctrl+Q", "Ctrl+W"), begins_group=True),
        ]

    def _going_to_scans(self) -> list[Command]:
        """What chooses among scans and views by keys."""
        go_to = Group.GO_TO
        return [
            Command(
                "views", tr("Views"), self.views.button.open_menu, ("Ctrl+Shift+V",), group=go_to
            ),
            *self.scans.jumps(),
        ]

    def _switches(self, actions: WindowActions) -> list[Command]:
        """What is on or off, for the palette."""
        return [
            Command(
                "single-letter-shortcuts",
                tr("Single-letter shortcuts"),
                self.dialogs.toggle_letters,
                icon="ui-keyboard",
                is_on=lambda: actions.has_letters,
            ),
            Command(
                "watch-new-scans",
                tr("Auto-watch new scans"),
                lambda: self.switch_new_scans(not self.dialogs.watches_new),
                group=Group.SCANS,
                is_on=lambda: self.dialogs.watches_new,
            ),
        ]

    def _themes(self) -> list[Command]:
        return [
            Command(
                f"theme {mode.value}",
                tr("Theme: {name}").format(name=tr(name)),
                partial(self.choose_theme, mode),
                group=Group.VIEW,
                is_on=partial(self._has_theme, mode),
            )
            for mode, name in THEMES.items()
        ]

    def _has_theme(self, mode: ThemeMode) -> bool:
        return self.theme.mode is mode

    def _ring(self) -> PaneRing:
        """The parts in the order in which the keyboard goes round."""
        by_key = Qt.FocusReason.ShortcutFocusReason
        reading, findings = self.reading, self.reading.findings
        return PaneRing(
            (
                (findings.filter_field, findings.filter_field.focus),
                (reading.problems, lambda: focus_first_button(reading.problems)),
                (self.board.view, lambda: self.board.view.setFocus(by_key)),
                (self.start, self.start.take_keyboard),
                (reading.strip, lambda: focus_first_button(reading.strip)),
                (findings.rows, lambda: findings.take_keyboard(by_key)),
                (reading.detail, reading.detail.take_keyboard),
                (reading.panel, reading.panel.take_keyboard),
                (self.status, self.status.take_keyboard),
            )
        )
