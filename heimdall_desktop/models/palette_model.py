"""The lines of the command palette: headings and commands, or the matches of the typed text."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from heimdall_desktop.models.rows_model import Index, ListModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, ranked

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
MOST_RECENT_SHOWN = 4

Line = Command | str


class PaletteModel(ListModel[Line]):
    """A model whose `LINE_ROLE` gives a `Command`, or the text of a heading.

    Args:
        spell: formats keys as one text.
    """

    def __init__(self, spell: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spell = spell
        self._commands: list[Command] = []
        self._recent: list[int] = []
        self._names: list[str] = []
        self._rows: list[Line] = []

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
        self._names = [command.title for command in commands]
        places = {command.id: place for place, command in enumerate(commands)}
        self._recent = [places[id_] for id_ in recent if id_ in places]
        self.search("")

    def search(self, wanted: str) -> None:
        """Show the matches, best first; everything by groups when nothing is typed."""
        self.beginResetModel()
        if wanted.strip():
            places = ranked(wanted, self._names, self._recent)
            self._rows = [self._commands[place] for place in places]
        else:
            self._rows = list(self._grouped())
        self.endResetModel()

    def step(self, row: int, step: int) -> int:
        """Return the next row with a command, in a direction; `row` itself if there is none."""
        last = row
        row += step
        while 0 <= row < len(self._rows):
            if isinstance(self._rows[row], Command):
                return row
            row += step
        return last

    def _grouped(self) -> list[Line]:
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
        return lines

    # -- Qt interface --

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), Command):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        line = self.row(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == _DISPLAY:
            return line.title if isinstance(line, Command) else line
        return self._sentence(line) if role == _ACCESSIBLE else None

    def _sentence(self, line: Line) -> str:
        """Return the accessible text of a command: its keys, and why it is unavailable."""
        if isinstance(line, str):
            return line
        keys = self._spell(line.keys[0]) if line.keys else ""
        parts = [line.title, keys]
        if line.is_on is not None:
            parts.append(tr("on") if line.is_on() else tr("off"))
        if obstacle := line.obstacle():
            parts.append(tr("unavailable: {reason}").format(reason=obstacle))
        return ", ".join(filter(None, parts))
