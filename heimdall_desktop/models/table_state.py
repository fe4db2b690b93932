"""The looks of the findings table in use: kept for the next session, and told to all who show them.

Menus, header and keys write here; table and model follow.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.table.table_layout import TableLayout, read_table_layout

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
