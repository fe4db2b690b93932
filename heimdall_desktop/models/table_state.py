"""The looks of the findings table in use: kept for the next session, and told to all who show them.

Menus, header and keys write here; table and model follow.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.table.table_looks import TableLooks, table_looks

NAME = "findings-table"  # under which they are remembered


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
        self._looks = table_looks(self._memory.text(NAME))

    @property
    def looks(self) -> TableLooks:
        """How the table looks."""
        return self._looks

    def change(self, change: Callable[[TableLooks], TableLooks]) -> None:
        """Let the table look otherwise."""
        looks = change(self._looks)
        if looks != self._looks:
            self._looks = looks
            self._memory.keep(NAME, looks.text)
            self.changed.emit()
