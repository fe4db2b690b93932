"""What people can do with each watched scan, as commands for keys, palette and sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.window.scan_windows import ScanWindows
from heimdall_desktop.widgets.window.scope import Scope

JUMPS = 9  # so many scans have a key of their own


class ScanCommands:
    """Makes them from the scans as they are now.

    Args:
        requests: Asks for a scan anew.
        board: Where the scans stand.
        looked_at: Goes to a scan.
        scan_windows: Gives a scan a window of its own.
    """

    def __init__(
        self,
        requests: Requests,
        board: Board,
        looked_at: Scope,
        scan_windows: ScanWindows,
    ) -> None:
        self._requests, self._board = requests, board
        self._looked_at, self._scan_windows = looked_at, scan_windows

    def jumps(self) -> list[Command]:
        """Return the keys that lead to all scans, and to the first places on the board."""
        to_all = self._jump(tr("All scans"), "Alt+0", lambda: self._looked_at.look_at(None))
        return [to_all, *map(self._jump_to, range(1, JUMPS + 1))]

    def each(self) -> list[Command]:
        """Return what can be done with all scans and each of them, in the order of the board."""
        commands = [
            Command(
                "all-scans",
                tr("All scans"),
                lambda: self._looked_at.look_at(None),
                ("Alt+0",),
                group=Group.GO_TO,
            )
        ]
        for place, (scan_id, name) in enumerate(self._names().items(), 1):
            keys = (f"Alt+{place}",) if place <= JUMPS else ()
            commands += self._commands_of(scan_id, name, keys)
        return commands

    def _names(self) -> dict[ScanId, str]:
        """Return what scans are called, in the order of the board."""
        return {scan_id: self._looked_at.name_of(scan_id) for scan_id in self._board.scan_ids}

    def _commands_of(self, scan_id: ScanId, name: str, keys: tuple[str, ...]) -> list[Command]:
        return [
            Command(
                f"scan {scan_id}",
                name,
                lambda: self._looked_at.look_at(scan_id),
                keys,
                "ui-repo",
                group=Group.GO_TO,
            ),
            Command(
                f"stages {scan_id}",
                tr("{scan}, stages").format(scan=name),
                lambda: self._looked_at.show_stages(scan_id),
                (),
                "ui-stages",
                group=Group.GO_TO,
            ),
            Command(
                f"tear off {scan_id}",
                tr("Tear off {scan}").format(scan=name),
                lambda: self._scan_windows.tear_off(scan_id),
                (),
                "ui-open",
                group=Group.SCANS,
            ),
            Command(
                f"again {scan_id}",
                tr("Resynchronise {scan}").format(scan=name),
                lambda: self._requests.request_again(scan_id),
                (),
                "conn-reconnecting",
                group=Group.SCANS,
            ),
        ]

    def _jump_to(self, place: int) -> Command:
        """The key of a place on the board; by its name a scan is found in the palette."""
        title = tr("Scan {place}").format(place=place)
        return self._jump(title, f"Alt+{place}", lambda: self._looked_at.jump_to(place))

    @staticmethod
    def _jump(title: str, keys: str, act: Callable[[], object]) -> Command:
        return Command(f"jump {keys}", title, act, (keys,), obstacle=_typing, is_listed=False)


def _typing() -> str:
    """Say that a text is being written, where such keys may write a sign. Source: ux.md §2.7."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit) and not focus.isReadOnly():
        return tr("Not while you type.")
    return ""
