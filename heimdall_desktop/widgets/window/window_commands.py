"""The commands of a window for keys, menu, palette and sheet: the whole table.

Both kinds of window use the same commands, in menu order. Commands that only the main
window has are for the board, its scans and the inbox. Those for findings are in `finding_commands`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group, KeyNote
from heimdall_desktop.presentation.window.setting import Page
from heimdall_desktop.presentation.window.window_place import DetailPlace
from heimdall_desktop.widgets.adding.first_start import FirstStart
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.board.board_head import SEARCH_KEYS, BoardHead
from heimdall_desktop.widgets.board.scan_commands import PIN_KEYS
from heimdall_desktop.widgets.controls.focus import PaneRing, focus_first_button, ring_commands
from heimdall_desktop.widgets.controls.key_names import IS_MAC
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.filters.views_control import ViewsControl
from heimdall_desktop.widgets.findings.table_tools import EXPORT_KEY
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import ThemeMode
from heimdall_desktop.widgets.palette.palette import KEYS as PALETTE_KEYS
from heimdall_desktop.widgets.panel.inbox_page import COPY_KEY, READ_KEY
from heimdall_desktop.widgets.panel.panel_bar import STAGES_KEY
from heimdall_desktop.widgets.window.finding_commands import bind_finding_commands, finding_keys
from heimdall_desktop.widgets.window.help import HelpCommands
from heimdall_desktop.widgets.window.scope import Scope
from heimdall_desktop.widgets.window.status_bar import StatusBar
from heimdall_desktop.widgets.window.top_bar import PRESENTING_KEYS, THEMES
from heimdall_desktop.widgets.window.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window.window_frame import BOARD_KEY, DETAIL_KEY, WindowFrame
from heimdall_desktop.widgets.window.workspace import Workspace

THREATS_KEYS = "Ctrl+Shift+T"
HANDOVER_KEYS = "Ctrl+Shift+E"
ZOOM_IN = ("Ctrl++", "Ctrl+=")  # the plus needs Shift on many keyboards
ZOOM_OUT = ("Ctrl+-",)
ZOOM_RESET = ("Ctrl+0",)
FULL_SCREEN = Qt.WindowState.WindowFullScreen


class WindowCommands(Struct, frozen=True):
    """Makes commands from the parts that carry them out.

    Attributes:
        window: the window with the commands.
        zoomed: stores the zoom level.
        quit: ends the program.
        open_settings: shows a page of the settings; the last one for None.
        board: commands that only the main window has; None in the window of one scan.
    """

    window: Workspace
    zoomed: TableState
    quit: Callable[[], object]
    open_settings: Callable[[Page | None], None]
    board: BoardCommands | None = None

    def bind(self) -> None:
        """Register all commands, first those of the menu in its order."""
        window, board, commands = self.window, self.board, self.window.commands
        session = window.session
        muting = ScanMutes(session.store, session.requests.preferences, session.now)
        meant = board.current_scan if board else lambda: window.scan_id
        mute, *mutes = (*muting.commands(meant), *muting.repo_commands(meant))
        palette, palette_keys = window.command_palette.open, (PALETTE_KEYS,)
        commands.add(
            Command("command-palette", tr("Command palette"), palette, palette_keys, "ui-search"),
            *(board.adding() if board else ()),
            *self._finding(),
            mute,
            *self._going(),
            *self._arranging(),
            *(board.status.account.commands() if board else ()),
            *self._ending(),
        )
        commands.add_hidden(*ring_commands(self._ring()), *(board.going() if board else ()))
        bind_finding_commands(window)
        commands.add_hidden(*mutes, *self._looks())
        commands.add_inside(
            (window.findings, window.detail),
            Command("shortcuts", tr("Keyboard shortcuts"), window.show_shortcuts, ("?",)),
        )
        if board is not None:
            commands.add_hidden(*board.switches())
            commands.note(*board_keys())
            if IS_MAC:
                commands.fill_menu_bar(window.menuBar())
            commands.add_source(board.listed)
        commands.note(*finding_keys())
        commands.add_source(lambda: _detail_places(window.frame))

    def _finding(self) -> list[Command]:
        """Return the search commands, and those for the scans found."""
        board, focus = self.board, self.window.findings.filter_field.focus
        model, store = self.window.findings.model, self.window.session.store
        return [
            Command(
                "filter",
                tr("Filter"),
                focus,
                ("Ctrl+F",),
                "ui-search",
                group=Group.FINDINGS,
                begins_group=True,
            ),
            Command(
                "export",
                tr("Export findings"),
                self.window.export,
                (EXPORT_KEY,),
                "ui-export",
                group=Group.FINDINGS,
                obstacle=lambda: (
                    model.mask.obstacle if model.shown else tr("No findings are shown.")
                ),
            ),
            Command(
                "handover",
                tr("Shift handover"),
                self.window.hand_over,
                (HANDOVER_KEYS,),
                "ui-export",
                group=Group.FINDINGS,
                obstacle=lambda: model.mask.obstacle if len(store) else tr("No scans watched yet."),
                words=tr("shift report page decided snoozed"),
            ),
            *(board.choosing() if board else ()),
            Command(
                "refresh",
                tr("Refresh"),
                self.window.refresh,
                ("F5", "Ctrl+R"),
                "conn-reconnecting",
                group=Group.SCANS,
                obstacle=lambda: "" if len(store) else tr("No scans watched yet."),
            ),
        ]

    def _going(self) -> list[Command]:
        """Return the commands that open the pages of the panel."""
        page, window, board = partial(Command, group=Group.GO_TO), self.window, self.board
        panel, threats, compare = window.panel, (THREATS_KEYS,), window.open_comparison
        return [
            page(
                "stages",
                tr("Stages"),
                panel.toggle_stages,
                (STAGES_KEY,),
                "ui-stages",
                begins_group=True,
            ),
            page("threat-model", tr("Threat model"), window.open_threats, threats, "ui-branch"),
            page("log", tr("Log"), panel.open_log, ("Ctrl+L",), "ui-log"),
            page("compare", tr("Compare with an earlier scan"), compare, (), "ui-compare"),
            *(
                [page("inbox", board.inbox_title, board.open_inbox, ("Ctrl+I",), "ui-inbox")]
                if board
                else ()
            ),
        ]

    def _arranging(self) -> list[Command]:
        """Return the commands that fold parts of the window and switch full screen."""
        part, window, frame = partial(Command, group=Group.VIEW), self.window, self.window.frame
        keys = (WALLBOARD_KEYS,)
        board = part(
            "board",
            tr("Scan board"),
            frame.toggle_board,
            (BOARD_KEY,),
            "ui-sidebar",
            begins_group=True,
            is_on=lambda: frame.is_board_open,
        )
        return [
            *([board] if self.board else ()),
            part(
                "detail",
                tr("Detail"),
                window.toggle_detail,
                (DETAIL_KEY,),
                "ui-detail",
                obstacle=lambda: tr("No scans watched yet.") if frame.is_start else "",
                is_on=lambda: frame.is_detail_open,
            ),
            part(
                "full-screen",
                tr("Full screen"),
                lambda: window.setWindowState(window.windowState() ^ FULL_SCREEN),
                ("F11",),
                is_on=window.isFullScreen,
            ),
            *(
                [part("wallboard", tr("Wallboard"), self.board.open_wallboard, keys, "ui-panel")]
                if self.board
                else ()
            ),
        ]

    def _ending(self) -> list[Command]:
        window, is_alone = self.window, self.board is None
        back = Command("close", tr("Back to the board"), window.close, ("Ctrl+W",))
        settings = partial(Command, "settings", tr("Settings"), begins_group=True)
        open_settings = self.board and partial(self.open_settings, None)
        return [
            *([settings(open_settings, (SETTINGS_KEY,), "ui-settings")] if open_settings else ()),
            *HelpCommands(window, self.open_settings).commands(),
            back if is_alone else Command("close", tr("Close window"), window.close, ("Ctrl+W",)),
            Command("quit", tr("Quit"), self.quit, ("Ctrl+Q",), begins_group=True),
        ]

    def _looks(self) -> list[Command]:
        """Return the commands that hide names in all windows, and zoom them."""
        view = partial(Command, group=Group.VIEW)
        preferences = self.window.session.requests.preferences

        def is_at(steps: int) -> bool:
            now = self.zoomed.table_layout
            return now.zoomed(steps) == now

        return [
            view(
                "presenting",
                tr("Presenting: hide code, titles, paths and names"),
                lambda: preferences.change_setting(
                    "privacy.is_presenting", not preferences.settings.privacy.is_presenting
                ),
                (PRESENTING_KEYS,),
                "ui-hide",
                is_on=lambda: preferences.settings.privacy.is_presenting,
            ),
            view(
                "zoom-in",
                tr("Zoom in"),
                partial(self._zoom, 1),
                ZOOM_IN,
                obstacle=lambda: tr("This is the largest size.") if is_at(1) else "",
            ),
            view(
                "zoom-out",
                tr("Zoom out"),
                partial(self._zoom, -1),
                ZOOM_OUT,
                obstacle=lambda: tr("This is the smallest size.") if is_at(-1) else "",
            ),
            view("zoom-reset", tr("Reset zoom"), partial(self._zoom, 0), ZOOM_RESET),
        ]

    def _zoom(self, steps: int) -> None:
        self.zoomed.change(lambda table_layout: table_layout.zoomed(steps))

    def _ring(self) -> PaneRing:
        """Return the parts in keyboard order."""
        window, findings, board = self.window, self.window.findings, self.board
        by_key = Qt.FocusReason.ShortcutFocusReason
        return PaneRing(
            (
                (findings.filter_field, findings.filter_field.focus),
                (window.problems, lambda: focus_first_button(window.problems)),
                *(board.panes() if board else ()),
                (window.strip, lambda: focus_first_button(window.strip)),
                (findings.rows, lambda: findings.take_keyboard(by_key)),
                (window.detail, window.detail.take_keyboard),
                (window.panel, window.panel.take_keyboard),
                *([(board.status, board.status.take_keyboard)] if board else ()),
            )
        )


def _detail_places(frame: WindowFrame) -> list[Command]:
    words = {
        DetailPlace.FITTING: tr("Detail placed automatically"),
        DetailPlace.BESIDE: tr("Detail beside the findings"),
        DetailPlace.BELOW: tr("Detail below the findings"),
    }
    return [
        Command(
            f"detail {place.value}",
            text,
            partial(frame.put_detail, place),
            group=Group.VIEW,
            is_on=partial(lambda place: frame.layout_now().place is place, place),
        )
        for place, text in words.items()
    ]


SETTINGS_KEY = "Ctrl+,"
WALLBOARD_KEYS = "Ctrl+Shift+W"
JUMPS = 9  # this many scans have their own key


class BoardCommands(Struct, frozen=True, kw_only=True):
    """Makes commands from the parts that carry them out.

    Attributes:
        scope: switches to scans.
        current_scan: returns the scan that keys pin, mute and unmute.
        inbox_title: returns the inbox title with the number of unread lines.
        open_inbox: shows the inbox.
        choose_theme: changes the colours.
        open_settings: shows a page of the settings; the last one for None.
        open_wallboard: fills the screen with the scans.
    """

    window: Workspace
    dialogs: WindowDialogs
    head: BoardHead
    board: Board
    start: FirstStart
    status: StatusBar
    views: ViewsControl
    scope: Scope
    current_scan: Callable[[], ScanId | None]
    inbox_title: Callable[[], str]
    open_inbox: Callable[[], None]
    choose_theme: Callable[[ThemeMode], None]
    open_settings: Callable[[Page | None], None]
    open_wallboard: Callable[[], None]

    def panes(self) -> list[tuple[QWidget, Callable[[], None]]]:
        """Return the parts that the keyboard cycles through, each with its focus function."""
        view = self.board.view
        return [
            (view, lambda: view.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            (self.start, self.start.take_keyboard),
        ]

    # -- in the menu --

    def adding(self) -> list[Command]:
        """Return the commands that add scans to the board."""
        row, dialogs, local = partial(Command, group=Group.SCANS), self.dialogs, self.dialogs.local
        return [
            row(
                "add-scans",
                tr("Add scans"),
                dialogs.add_scans,
                ("Ctrl+N",),
                "ui-plus",
                begins_group=True,
            ),
            row("scan-folder", tr("Scan a local folder"), local.choose_folder, (), "ui-folder"),
            row("demo", tr("Play the demo"), local.play_demo, (), "ui-demo"),
            row(
                "play-recording",
                tr("Play a recording\u2026"),
                local.choose_recording,
                (),
                "ui-play",
            ),
        ]

    def choosing(self) -> list[Command]:
        """Return the commands that search the board and pin a scan."""
        row, search = partial(Command, group=Group.SCANS), (SEARCH_KEYS,)
        return [
            row("search-scans", tr("Search scans"), self.head.open_search, search),
            row(
                "pin-scan",
                tr("Pin or unpin scan"),
                self._turn_pin,
                (PIN_KEYS,),
                "ui-pin",
                obstacle=lambda: "" if self.current_scan() else tr("No scan is selected."),
            ),
        ]

    def _turn_pin(self) -> None:
        scan_id = self.current_scan()
        if scan_id is not None:
            self.board.scans.pin(scan_id, is_pinned=scan_id not in self.board.model.pins)

    # -- in the palette only --

    def going(self) -> list[Command]:
        """Return the keys for views, all scans, and the first places on the board.

        The palette also finds a scan by its name.
        """
        keys = ("Ctrl+Shift+V",)
        return [
            Command("views", tr("Views"), self.views.open_menu, keys, group=Group.GO_TO),
            self._jump(tr("All scans"), 0, partial(self.scope.view_scan, None)),
            *(
                self._jump(tr("Scan {place}").format(place=n), n, partial(self.scope.jump_to, n))
                for n in range(1, JUMPS + 1)
            ),
        ]

    def switches(self) -> list[Command]:
        """Return the commands that turn something on or off."""
        window, requests = self.window, self.window.session.requests
        preferences = requests.preferences
        return [
            Command(
                "single-letter-shortcuts",
                tr("Single-letter shortcuts"),
                lambda: window.switch_letters(not window.commands.has_letters),
                icon="ui-keyboard",
                is_on=lambda: window.commands.has_letters,
            ),
            Command(
                "watch-new-scans",
                tr("Auto-watch new scans"),
                lambda: preferences.change_setting(
                    "watches_new", not preferences.settings.watches_new
                ),
                group=Group.SCANS,
                is_on=lambda: preferences.settings.watches_new,
            ),
            Command(
                "read-only",
                tr("Read-only: change nothing on servers"),
                lambda: preferences.change_setting(
                    "is_read_only", not requests.decisions.is_read_only
                ),
                is_on=lambda: requests.decisions.is_read_only,
                obstacle=lambda: (
                    tr("Started with --read-only.") if preferences.must_read_only else ""
                ),
            ),
        ]

    def listed(self) -> list[Command]:
        """Return the commands that depend on the current scans, views and colours."""
        go_to, scope = partial(Command, group=Group.GO_TO), self.scope
        theme = theme_of(self.window)
        found = [go_to("all-scans", tr("All scans"), partial(scope.view_scan, None), ("Alt+0",))]
        for place, scan_id in enumerate(self.board.scan_ids, 1):
            name, show = scope.name_of(scan_id), partial(scope.view_scan, scan_id)
            keys = (f"Alt+{place}",) if place <= JUMPS else ()
            scan = self.window.session.store.scan(scan_id)
            is_remembered = scan is None or not scan.is_local  # nothing of local ones is stored
            of_scan = partial(replace, is_remembered=is_remembered)
            found.append(of_scan(go_to(f"scan {scan_id}", name, show, keys, "ui-repo")))
            found += (
                of_scan(command, id=f"{command.id} {scan_id}", keys=(), subject=name)
                for command in self.board.scans.commands(scan_id)
            )
        return [
            *found,
            *self.views.commands(),
            *(
                Command(
                    f"theme {mode.value}",
                    tr("Theme: {name}").format(name=tr(name)),
                    partial(self.choose_theme, mode),
                    group=Group.VIEW,
                    is_on=partial(lambda mode: theme.mode is mode, mode),
                )
                for mode, name in THEMES.items()
            ),
            *(
                Command(
                    f"settings {page.name.lower()}",
                    tr("Settings: {page}").format(page=page.title),
                    partial(self.open_settings, page),
                    icon=page.icon,
                )
                for page in Page
            ),
            Command(
                "test-connection",
                tr("Test the connection to a server"),
                partial(self.open_settings, Page.NETWORK),
                icon=Page.NETWORK.icon,
            ),
        ]

    def _jump(self, title: str, place: int, act: Callable[[], object]) -> Command:
        return Command(
            _jump_id(place),
            title,
            act,
            (f"Alt+{place}",),
            group=Group.GO_TO,
            obstacle=partial(self._no_jump, place),
            is_listed=False,
        )

    def _no_jump(self, place: int) -> str:
        """Return why a key leads to no scan; in a text it may type a character."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit) and not focus.isReadOnly():
            return tr("Not available while typing.")
        is_there = place <= self.board.model.scan_count
        return "" if is_there else tr("No scan at position {place}.").format(place=place)


def board_keys() -> tuple[KeyNote, ...]:
    """Return how keys alone lead to the scans of the board, and what they do there."""
    go_to, scans = Group.GO_TO, Group.SCANS
    return (
        KeyNote(scans, tr("On the board: show a scan's findings"), ("Space",)),
        KeyNote(scans, tr("On the board: show a scan's stages"), ("Return",)),
        KeyNote(scans, tr("On the board: move between stages"), ("Left", "Right")),
        KeyNote(scans, tr("On the board: open a scan's menu"), ("Menu",)),
        KeyNote(go_to, tr("In the inbox: mark read or unread"), (READ_KEY,)),
        KeyNote(go_to, tr("In the inbox: copy an alert"), (COPY_KEY,)),
        KeyNote(go_to, tr("All scans"), ("Alt+0",), (_jump_id(0),)),
        KeyNote(
            go_to,
            tr("Scan at that position on the board"),
            ("Alt+1…9",),
            tuple(map(_jump_id, range(1, JUMPS + 1))),
        ),
    )


def _jump_id(place: int) -> str:
    return f"jump Alt+{place}"
