"""The lines of the command palette: headings and commands, or the matches of the typed text."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE, DISPLAY_ROLE, ListModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, ranked

MOST_RECENT_SHOWN = 4

Line = Command | str


class PaletteModel(ListModel[Line]):
    """A model whose `ROW_ROLE` gives a `Command`, or the text of a heading.

    Args:
        spell: formats keys as one text.
    """

    choosable = Command

    def __init__(self, spell: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spell = spell
        self._commands: list[Command] = []
        self._recent: list[int] = []

    @property
    def count(self) -> int:
        return len(self._commands)

    @property
    def shown(self) -> int:
        """How many of them are shown; a recently used one counts once."""
        return len({line.id for line in self._rows if isinstance(line, Command)})

    def take(self, commands: Sequence[Command], recent: Sequence[str]) -> None:
        """Offer other commands from now on.

        Args:
            commands: all of them, by groups.
            recent: ids of recently used ones, the last one first.
        """
        self._commands = list(commands)
        places = {command.id: place for place, command in enumerate(commands)}
        self._recent = [places[id_] for id_ in recent if id_ in places]
        self.search("")

    def search(self, wanted: str) -> None:
        """Show the matches, best first; everything by groups when nothing is typed."""
        if wanted.strip():
            names = [command.title for command in self._commands]
            places = ranked(wanted, names, self._recent)
            self.reset_rows([self._commands[place] for place in places])
            return
        lines: list[Line] = []
        if self._recent:
            recent = [self._commands[place] for place in self._recent[:MOST_RECENT_SHOWN]]
            lines += [tr("Recently used"), *recent]
        before = None
        for command in self._commands:
            if command.group is not before:
                lines.append(command.group.title)
                before = command.group
            lines.append(command)
        self.reset_rows(lines)

    def step(self, row: int, step: int) -> int:
        """Return the next row with a command, in a direction; `row` itself if there is none."""
        last = row
        row += step
        while 0 <= row < len(self._rows):
            if isinstance(self._rows[row], Command):
                return row
            row += step
        return last

    def value(self, row: Line, role: int) -> Any:
        if role not in (DISPLAY_ROLE, ACCESSIBLE_ROLE) or isinstance(row, str):
            return row if role in (DISPLAY_ROLE, ACCESSIBLE_ROLE) else None
        if role == DISPLAY_ROLE:
            return row.title
        parts = [row.title, self._spell(row.keys[0]) if row.keys else ""]
        if row.is_on is not None:
            parts.append(tr("on") if row.is_on() else tr("off"))
        if obstacle := row.obstacle():
            parts.append(tr("unavailable: {reason}").format(reason=obstacle))
        return ", ".join(filter(None, parts))
