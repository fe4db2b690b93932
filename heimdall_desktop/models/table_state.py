"""What of the findings table is kept for the next session: its looks, and what was new in it.

Menus, header and keys write here; table and model follow.
"""

import json
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.new_marks import NewMarks
from heimdall_desktop.domain.table.table_layout import TableLayout, read_table_layout

NAME = "findings-table"  # under which they are remembered
MARKS = "new-findings"  # and the marks of new findings


class TableState(QObject):
    """Owns the looks.

    Args:
        memory: where they are kept; None for this session only.
        parent: its owner.

    Signals:
        changed: the looks are others now.
    """

    changed = Signal()

    def __init__(self, memory: WindowMemory | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory or WindowMemory()
        self._table_layout = read_table_layout(self._memory.text(NAME))

    @property
    def table_layout(self) -> TableLayout:
        """How the table looks."""
        return self._table_layout

    def change(self, change: Callable[[TableLayout], TableLayout]) -> None:
        """Let the table look otherwise."""
        table_layout = change(self._table_layout)
        if table_layout != self._table_layout:
            self._table_layout = table_layout
            self._memory.keep(NAME, table_layout.text)
            self.changed.emit()


def remembered_marks(memory: WindowMemory) -> NewMarks:
    """Return the marks as the last session left them; none if their text is damaged or foreign."""
    try:
        told = json.loads(memory.text(MARKS) or "[]")
    except (ValueError, RecursionError):
        return NewMarks()
    ids = told if isinstance(told, list) else []
    return NewMarks(FindingId(found) for found in ids if isinstance(found, str))


def remember_marks(memory: WindowMemory, marks: NewMarks, scans: Iterable[Scan]) -> None:
    """Keep the marks for the next session; nothing of local scans outlives this one."""
    local = {scan.id for scan in scans if scan.is_local}
    memory.keep(MARKS, json.dumps(marks.remembered(local)))
