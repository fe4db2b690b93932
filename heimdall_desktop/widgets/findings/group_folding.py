"""Opens and closes groups of the findings table: at their heads, by keys, and all at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.bucketing import GroupKey
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.models.findings_model import FindingsModel


class GroupFolding:
    """Acts on the group at the keyboard.

    Args:
        view: The table.
        model: Its rows.
        go_to: Puts the keyboard onto a row.
    """

    def __init__(
        self, view: QTableView, model: FindingsModel, go_to: Callable[[int], None]
    ) -> None:
        self._view, self._model, self._go_to = view, model, go_to

    @property
    def at_cursor(self) -> Group | None:
        """The group whose head the keyboard is on."""
        stands = self._model.row_at(self._view.currentIndex().row())
        return stands if isinstance(stands, Group) else None

    def toggle(self, row: int) -> None:
        """Close or open the group whose head stands in a row, if one does."""
        stands = self._model.row_at(row)
        if isinstance(stands, Group):
            self._model.toggle_group(stands.key)

    def close_from_afar(self, key: GroupKey) -> None:
        """Close a group whose head is out of sight, and show that head."""
        self._go_to_head(key)
        self._model.toggle_group(key)

    def turn(self, key: Qt.Key, *, of_all: bool) -> None:
        """Close or open the group at the keyboard, or all; from a finding go to its head first."""
        is_mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        opens = (key == Qt.Key.Key_Right) is not is_mirrored
        group, inside = self.at_cursor, self._around_cursor()
        if inside is not None and not opens:
            self._go_to_head(inside.key)
        if of_all:
            self._model.set_groups_open(are_open=opens)
        elif group is not None and group.is_open is not opens:
            self._model.toggle_group(group.key)
        elif group is not None and opens:
            self._go_to(self._view.currentIndex().row() + 1)
        self._stay_in_sight()

    def _stay_in_sight(self) -> None:
        """Follow the head at the keyboard to where other groups have moved it."""
        current = self._view.currentIndex()
        if current.isValid():
            self._go_to(current.row())

    def _around_cursor(self) -> Group | None:
        """Return the group of the finding the keyboard is on."""
        stands = self._model.row_at(self._view.currentIndex().row())
        return self._model.group_of(stands.id) if isinstance(stands, Finding) else None

    def _go_to_head(self, key: GroupKey) -> None:
        row = self._model.row_of_group(key)
        if row is not None:
            self._go_to(row)
