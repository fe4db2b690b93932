"""Lays the columns of the findings table out: what people have arranged, and the rest by the width.

Drags of the header are written into the looks; what the plan sets itself is told from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from heimdall_desktop.domain.table.columns import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.table_state import TableState
from heimdall_desktop.widgets.findings.column_plan import plan_columns
from heimdall_desktop.widgets.look.theme import Theme


class ColumnLayout(QObject):
    """Keeps the columns of a view as they are wanted; call `plan` when the view changes its size.

    Args:
        theme: Measures.
        view: The table, with its header.
        model: Knows whether there are many scans.
        state: What people have arranged.
        badge_px: How wide the widest severity is.
    """

    def __init__(
        self,
        theme: Theme,
        view: QTableView,
        model: FindingsModel,
        state: TableState,
        badge_px: Callable[[], int],
    ) -> None:
        super().__init__(view)
        self._theme, self._view, self._model, self._state = theme, view, model, state
        self._badge_px = badge_px
        self._is_planning = False
        self._header = view.horizontalHeader()
        self._header.sectionResized.connect(self._take_width)
        self._header.sectionMoved.connect(self._take_sequence)
        state.changed.connect(self.plan)

    @property
    def shown(self) -> list[Column]:
        """The columns on screen, as they stand."""
        return [
            column
            for column in self._state.table_layout.sequence
            if not self._header.isSectionHidden(COLUMNS.index(column))
        ]

    def plan(self) -> None:
        """Give every column its place and width."""
        plan = plan_columns(
            self._view.viewport().width(),
            self._theme.scale,
            outer_width=self._view.width(),
            badge_px=self._badge_px(),
            has_many_scans=self._model.has_many_scans,
            table_layout=self._state.table_layout,
        )
        with self._planning():
            for place, column in enumerate(self._state.table_layout.sequence):
                stands = self._header.visualIndex(COLUMNS.index(column))
                if stands != place:
                    self._header.moveSection(stands, place)
            for section, column in enumerate(COLUMNS):
                self._view.setColumnHidden(section, column not in plan)
                if column in plan:
                    self._view.setColumnWidth(section, plan[column])

    def _take_width(self, section: int, _before_px: int, width_px: int) -> None:
        """Keep a width that somebody has dragged; hiding a column makes it 0."""
        if self._is_planning or width_px == 0:
            return
        unscaled = round(width_px / self._theme.scale(100) * 100)
        self._state.change(lambda table_layout: table_layout.with_width(COLUMNS[section], unscaled))

    def _take_sequence(self) -> None:
        if self._is_planning:
            return
        sections = [self._header.logicalIndex(place) for place in range(len(COLUMNS))]
        sequence = tuple(COLUMNS[section] for section in sections)
        self._state.change(lambda table_layout: _in_sequence(table_layout, sequence))

    @contextmanager
    def _planning(self) -> Iterator[None]:
        before, self._is_planning = self._is_planning, True
        try:
            yield
        finally:
            self._is_planning = before


def _in_sequence(table_layout: TableLayout, sequence: tuple[Column, ...]) -> TableLayout:
    others = [column for column in sequence if column is not COLUMNS[0]]
    return replace(table_layout, sequence=(COLUMNS[0], *others))
