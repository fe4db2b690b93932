"""The lists that follow typing: completions of the filter field, lines of the command palette."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Finding, ScanId, cwe_number
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE, DISPLAY_ROLE, ListModel
from heimdall_desktop.presentation.filter_text import Completion, Offer
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.window.command import Command, ranked


class CompletionModel(ListModel[Offer]):
    """Holds one completion; `ROW_ROLE` gives an `Offer`."""

    completion = Completion()

    def show(self, completion: Completion) -> None:
        self.completion = completion
        self.reset_rows(completion.offers)

    def value(self, row: Offer, role: int) -> Any:
        if role == DISPLAY_ROLE:
            return row.shown
        if role == ACCESSIBLE_ROLE:
            count = "" if row.count is None else grouped(row.count)
            return ", ".join(filter(None, (row.shown, row.note, count)))
        return None


# Counts the values that findings have, for completion: a slice at a time, off the typing path.


FRESH_MS = 5_000  # the greatest age of counts when typing starts again
SLICE = 5_000  # findings counted in one turn of the loop: a few milliseconds


class ValueCounter(QObject):
    """Keeps the counts of the last run; a new run continues beside the typing.

    Attributes:
        counts: how many findings in scope have each value, by field.

    Signals:
        changed: another run is complete.
    """

    changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._counts: dict[str, Counter[str]] = {}
        self._counting: dict[str, Counter[str]] = {}
        self._names: dict[ScanId, str] = {}
        self._left: Sequence[Finding] = ()
        self._scope: ScanId | None = None
        self._age = QElapsedTimer()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._count_slice)

    @property
    def counts(self) -> dict[str, Counter[str]]:
        """How often each value occurs, by field; hidden values are left out."""
        hidden = {"file", "scan"} if self._store.mask.is_on else set()
        return {field: counts for field, counts in self._counts.items() if field not in hidden}

    def look(self, scope: ScanId | None) -> None:
        """Start to count the findings of a scan, or of all, unless that was done just now."""
        is_fresh = self._age.isValid() and self._age.elapsed() < FRESH_MS
        if self._turn.isActive() or (is_fresh and scope == self._scope):
            return
        self._scope = scope
        scans = [scan for scan in self._store.whole if scope in (None, scan.id)]
        self._names = {scan.id: scan.name for scan in scans}
        rows = chain.from_iterable(scan.findings.values() for scan in scans)
        self._left = [row for row in rows if not row.is_repeat and row.snoozed_until is None]
        fields = ("sev", "conf", "status", "source", "stage", "file", "cwe", "scan")
        self._counting = {field: Counter() for field in fields}
        self._turn.start()

    def _count_slice(self) -> None:
        rows, self._left = self._left[:SLICE], self._left[SLICE:]
        counting = self._counting
        counting["sev"].update(row.counts_as.value for row in rows if row.counts_as)
        counting["scan"].update(self._names.get(row.scan_id, "") for row in rows)
        rows = [row for row in rows if not row.is_announced]  # which have no more data
        counting["conf"].update(row.confidence.value for row in rows)
        counting["status"].update(row.status.value for row in rows)
        counting["source"].update(row.source.value for row in rows)
        counting["stage"].update(row.stage for row in rows)
        counting["file"].update(row.file_path for row in rows if row.file_path)
        numbers = (cwe_number(row.cwe_text) for row in rows)
        counting["cwe"].update(str(number) for number in numbers if number is not None)
        if not self._left:
            self._turn.stop()
            self._age.start()
            self._counts = counting
            self.changed.emit()


# The lines of the command palette: headings and commands, or the matches of the typed text.


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
            names = [f"{each.title} {each.words}".strip() for each in self._commands]
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
