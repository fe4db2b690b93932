"""The Qt model of two compared scans: groups with heads, and a row for each finding."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt

from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison
from heimdall_desktop.models.rows_model import Index, ListModel
from heimdall_desktop.presentation.labels import safe_tip, title_text
from heimdall_desktop.presentation.panel.comparison_text import (
    ComparisonHead,
    head_of,
    row_sentence,
)

COMPARED_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)

AnyRow = ComparisonHead | Compared


class ComparisonModel(ListModel[AnyRow]):
    """A model whose `COMPARED_ROLE` gives the `ComparisonHead` or the `Compared`.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[ChangeKind, list[Compared]] = {kind: [] for kind in ChangeKind}
        self._heads: dict[ChangeKind, ComparisonHead] = {}
        self._wanted = frozenset(ChangeKind)
        self._closed: frozenset[ChangeKind] = frozenset()
        self._rows: list[AnyRow] = []

    @property
    def wanted(self) -> frozenset[ChangeKind]:
        """Which groups are listed."""
        return self._wanted

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show another comparison, or none."""
        self._groups = {kind: [] for kind in ChangeKind}
        for row in () if comparison is None else comparison.rows:
            self._groups[row.kind].append(row)
        self._heads = {kind: head_of(kind, rows) for kind, rows in self._groups.items() if rows}
        self._list()

    def toggle_wanted(self, kind: ChangeKind) -> None:
        """List a group, or stop listing it."""
        self._wanted ^= {kind}
        self._list()

    def toggle(self, kind: ChangeKind) -> None:
        """Open a group, or close it."""
        self._closed ^= {kind}
        self._list()

    def _list(self) -> None:
        self.beginResetModel()
        self._rows = list(self._made())
        self.endResetModel()

    def _made(self) -> Iterable[AnyRow]:
        for kind, head in self._heads.items():
            if kind in self._wanted:
                is_open = kind not in self._closed
                yield replace(head, is_open=is_open)
                yield from self._groups[kind] if is_open else ()

    def findings(self, number: int | None = None) -> list[Compared]:
        """Return the finding of a row, the whole group under a head, or all without a row."""
        row = None if number is None else self.row(number)
        if isinstance(row, Compared):
            return [row]
        kinds = (
            [row.kind] if row is not None else [kind for kind in ChangeKind if kind in self._wanted]
        )
        return [each for kind in kinds for each in self._groups[kind]]

    def head_above(self, number: int) -> int | None:
        """Return the row of the head of the group that a row belongs to."""
        row = self.row(number)
        return None if row is None else self.row_of(row.kind)

    def row_of(self, kind: ChangeKind) -> int | None:
        """Return the row of the head of a group; None if it is not listed."""
        number = 0
        while isinstance(head := self.row(number), ComparisonHead):
            if head.kind is kind:
                return number
            number += 1 + (len(self._groups[head.kind]) if head.is_open else 0)
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        is_head = isinstance(row, ComparisonHead)
        if role == COMPARED_ROLE:
            return row
        if role == _DISPLAY:
            return row.title if isinstance(row, ComparisonHead) else title_text(row.shown)
        if role == _ACCESSIBLE or (role == _TOOL_TIP and not is_head):
            words = row.sentence if isinstance(row, ComparisonHead) else row_sentence(row)
            return words if role == _ACCESSIBLE else safe_tip(words)
        return None
