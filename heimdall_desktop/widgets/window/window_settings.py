"""The settings there are, as values: the whole table. Each is read and set where it has its effect.

Source: ux.md §2.7, §2.8; design.md §10.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.table.table_layout import ZOOM_STEPS, Density
from heimdall_desktop.models.table_state import TableState
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.window.frame_layout import DetailPlace
from heimdall_desktop.presentation.window.setting import Button, Choice, Page, Setting, Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.window.board_commands import BoardCommands
from heimdall_desktop.widgets.window.top_bar import THEMES

Word = TypeVar("Word")

DENSITIES = {
    Density.COMPACT: tr_noop("Compact"),
    Density.STANDARD: tr_noop("Standard"),
    Density.COMFORTABLE: tr_noop("Comfortable"),
}
PLACES = {
    DetailPlace.FITTING: tr_noop("Where there is room"),
    DetailPlace.BESIDE: tr_noop("Beside"),
    DetailPlace.BELOW: tr_noop("Below"),
}


class WindowSettings(Struct, frozen=True):
    """Makes the table from the parts that carry the settings out.

    Attributes:
        board: what the main window can do.
        table: how the findings table looks, and the size of everything.
    """

    board: BoardCommands
    table: TableState

    def settings(self) -> list[Setting]:
        """Return all of them, in the order in which they are shown."""
        return [*self._servers(), *self._appearance(), *self._keyboard()]

    def _servers(self) -> list[Setting]:
        board, requests = self.board, self.board.window.session.requests
        return [
            Setting(
                "watch-new-scans",
                Page.SERVERS,
                tr("Auto-watch new scans"),
                tr("Scans that begin on the server in use come onto the board by themselves."),
                Switch(lambda: board.dialogs.watches_new, board.switch_new_scans),
            ),
            Setting(
                "read-only",
                Page.SERVERS,
                tr("Read-only"),
                tr("Changes nothing on servers: no decisions, comments, new scans or cancelling."),
                Switch(lambda: requests.decisions.is_read_only, board.switch_read_only),
                lambda: tr("Started with --read-only.") if requests.must_read_only else "",
            ),
        ]

    def _appearance(self) -> list[Setting]:
        window = self.board.window
        theme, frame, table = theme_of(window), window.frame, self.table
        return [
            Setting(
                "theme",
                Page.APPEARANCE,
                tr("Theme"),
                tr("The colours of all windows. The system's change with those of the desktop."),
                _one_of(THEMES, lambda: theme.mode, self.board.choose_theme),
            ),
            Setting(
                "zoom",
                Page.APPEARANCE,
                tr("Size"),
                tr("Makes text, icons and distances larger or smaller together."),
                Choice(
                    tuple(tr("{number} %").format(number=zoom) for zoom in ZOOM_STEPS),
                    lambda: _place(ZOOM_STEPS, table.table_layout.zoom),
                    lambda place: table.change(partial(replace, zoom=ZOOM_STEPS[place])),
                ),
            ),
            Setting(
                "density",
                Page.APPEARANCE,
                tr("Row height"),
                tr("How close the rows of the findings table stand."),
                _one_of(
                    DENSITIES,
                    lambda: table.table_layout.density,
                    lambda density: table.change(partial(replace, density=density)),
                ),
            ),
            Setting(
                "detail-place",
                Page.APPEARANCE,
                tr("Detail"),
                tr("Where the open finding is shown: beside the table or below it."),
                _one_of(PLACES, lambda: frame.layout_now().place, frame.put_detail),
            ),
        ]

    def _keyboard(self) -> list[Setting]:
        window = self.board.window
        return [
            Setting(
                "single-letter-shortcuts",
                Page.KEYBOARD,
                tr("Single-letter shortcuts"),
                tr("Letters alone act on findings, such as C for confirm. Off, they do nothing."),
                Switch(lambda: window.commands.has_letters, window.switch_letters),
            ),
            Setting(
                "shortcuts",
                Page.KEYBOARD,
                tr("Keyboard shortcuts"),
                tr("All keys of the main window, by what they do."),
                Button(tr("Show all"), self._show_shortcuts),
            ),
        ]

    def _show_shortcuts(self) -> None:
        window = self.board.window
        window.activateWindow()
        window.show_shortcuts()


def _one_of(
    words: Mapping[Word, str], current: Callable[[], Word], choose: Callable[[Word], object]
) -> Choice:
    values = tuple(words)
    return Choice(
        tuple(map(tr, words.values())),
        lambda: _place(values, current()),
        lambda place: choose(values[place]),
    )


def _place(values: Sequence[Word], value: Word) -> int:
    return values.index(value) if value in values else -1
