"""The commands of a window for keys, menu, palette and sheet: the whole table.

Both kinds of window use the same commands, in menu order. Commands for the board and its scans
are in `board_commands`, and commands for findings are in `finding_commands`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt

from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.presentation.window.window_place import DetailPlace
from heimdall_desktop.widgets.controls.focus import PaneRing, focus_first_button, ring_commands
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.findings.table_tools import EXPORT_KEY
from heimdall_desktop.widgets.palette.palette import KEYS as PALETTE_KEYS
from heimdall_desktop.widgets.panel.panel_bar import STAGES_KEY
from heimdall_desktop.widgets.window.board_commands import BoardCommands, board_keys
from heimdall_desktop.widgets.window.finding_commands import bind_finding_commands, finding_keys
from heimdall_desktop.widgets.window.top_bar import PRESENTING_KEYS
from heimdall_desktop.widgets.window.window_frame import BOARD_KEY, DETAIL_KEY, WindowFrame
from heimdall_desktop.widgets.window.workspace import Workspace

THREATS_KEYS = "Ctrl+Shift+T"
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
        board: commands that only the main window has; None in the window of one scan.
    """

    window: Workspace
    zoomed: TableState
    quit: Callable[[], object]
    board: BoardCommands | None = None

    def bind(self) -> None:
        """Register all commands, first those of the menu in its order."""
        window, board, commands = self.window, self.board, self.window.commands
        session = window.session
        mute, *mutes = ScanMutes(session.store, session.requests.preferences, session.now).commands(
            board.current_scan if board else lambda: window.scan_id
        )
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
        commands.add_hidden(*mutes, self._presenting(), *self._zooming())
        commands.add_inside(
            (window.findings, window.detail),
            Command("shortcuts", tr("Keyboard shortcuts"), window.show_shortcuts, ("?",)),
        )
        if board is not None:
            commands.add_hidden(*board.switches())
            commands.note(*board_keys())
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
            *([board.inbox()] if board else ()),
        ]

    def _arranging(self) -> list[Command]:
        """Return the commands that fold parts of the window and switch full screen."""
        part, window, frame = partial(Command, group=Group.VIEW), self.window, self.window.frame
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
            *([self.board.wallboard()] if self.board else ()),
        ]

    def _ending(self) -> list[Command]:
        """Return the last commands of the menu."""
        window, title, is_alone = self.window, tr("Keyboard shortcuts"), self.board is None
        back = Command("close", tr("Back to the board"), window.close, ("Ctrl+W",))
        shortcuts = partial(Command, "shortcuts", title, window.show_shortcuts, ("F1",))
        return [
            *([self.board.settings()] if self.board else ()),
            shortcuts("ui-keyboard", begins_group=is_alone),
            back if is_alone else Command("close", tr("Close window"), window.close, ("Ctrl+W",)),
            Command("quit", tr("Quit"), self.quit, ("Ctrl+Q",), begins_group=True),
        ]

    def _presenting(self) -> Command:
        """Return the command that hides code, titles, paths and names in all windows."""
        preferences = self.window.session.requests.preferences
        return Command(
            "presenting",
            tr("Presenting: hide code, titles, paths and names"),
            lambda: preferences.change_setting(
                "privacy.is_presenting", not preferences.settings.privacy.is_presenting
            ),
            (PRESENTING_KEYS,),
            "ui-hide",
            group=Group.VIEW,
            is_on=lambda: preferences.settings.privacy.is_presenting,
        )

    def _zooming(self) -> list[Command]:
        """Return the commands that zoom all windows."""
        size = partial(Command, group=Group.VIEW)

        def is_at(steps: int) -> bool:
            now = self.zoomed.table_layout
            return now.zoomed(steps) == now

        return [
            size(
                "zoom-in",
                tr("Zoom in"),
                partial(self._zoom, 1),
                ZOOM_IN,
                obstacle=lambda: tr("This is the largest size.") if is_at(1) else "",
            ),
            size(
                "zoom-out",
                tr("Zoom out"),
                partial(self._zoom, -1),
                ZOOM_OUT,
                obstacle=lambda: tr("This is the smallest size.") if is_at(-1) else "",
            ),
            size("zoom-reset", tr("Reset zoom"), partial(self._zoom, 0), ZOOM_RESET),
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
    """Return the commands for the places of the detail."""

    def is_at(place: DetailPlace) -> bool:
        return frame.layout_now().place is place

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
            is_on=partial(is_at, place),
        )
        for place, text in words.items()
    ]
