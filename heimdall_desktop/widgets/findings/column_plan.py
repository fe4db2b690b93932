"""Which columns of the findings table fit, how wide they are, and how they get their places.

Source: look.md 4 ("Columns").
"""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.table_text import COLUMN_SPECS, NEVER
from heimdall_desktop.widgets.look.app_style import theme_of

SEVERITY_PX = COLUMN_SPECS[Column.SEVERITY].width_px
BARE_SEVERITY_PX = 40  # the shape with its letter alone
BARE_BELOW_PX = 480
FINDING_MIN_PX = COLUMN_SPECS[Column.FINDING].width_px
LOCATION_PX = COLUMN_SPECS[Column.LOCATION].width_px
NARROW_LOCATION_PX = 136  # beside a column of scans
SCAN_EASY_PX = 184  # "payments-api cc49e2ec" in a wide font
LOCATION_MAX_PX = 220  # with its folder
FINDING_EASY_PX = 300  # beyond this the location gets its share of the width
LOCATION_SHARE = 0.36


def plan_columns(
    width: int,
    scale: Callable[[float], int],
    *,
    outer_width: int = 0,
    badge_px: int = 0,
    has_many_scans: bool = False,
    filtered: frozenset[Column] = frozenset(),
    table_layout: TableLayout | None = None,
) -> dict[Column, int]:
    """Return the width of every column that is shown.

    A column that was switched on by hand stays. One that was widened by hand displaces no other:
    the table becomes wider than its viewport. Once a column has no room, the less important ones
    are dropped too, so that no decision or selection swaps one for another.

    Args:
        width: The width available to columns, in pixels.
        scale: Turns a measure of look.md into pixels.
        outer_width: Of the table with its scroll bar. It decides which columns are dropped, so no
            column disappears just because there are more rows.
        badge_px: The width of the widest known severity with its gutter, in pixels.
        has_many_scans: Whether the scan of a row is worth a column.
        filtered: Columns the filter is about, which are shown unless they are switched off.
        table_layout: The manual arrangement.
    """
    table_layout = table_layout or TableLayout()
    is_bare = width < scale(BARE_BELOW_PX)
    severity = scale(BARE_SEVERITY_PX) if is_bare else max(scale(SEVERITY_PX), badge_px)
    others = [column for column in COLUMN_SPECS if not column.spec.is_fixed]
    usual = {column: scale(COLUMN_SPECS[column].width_px) for column in others}
    if has_many_scans:
        usual[Column.LOCATION] = scale(NARROW_LOCATION_PX)
    needed = usual | {
        column: scale(px) for column, px in table_layout.widths_px.items() if column in usual
    }
    modest = {column: min(px, usual[column]) for column, px in needed.items()}
    on = table_layout.on | (filtered - table_layout.off)
    shown = [column for column in others if column in on]
    room = width - severity - sum(modest[column] for column in shown) - scale(FINDING_MIN_PX)
    for column in others:
        vanishes_px = COLUMN_SPECS[column].vanishes_px
        is_wanted = column.spec.is_usual and column not in on | table_layout.off
        is_wanted = is_wanted and (column is not Column.SCAN or has_many_scans)
        has_room = max(width, outer_width) >= scale(vanishes_px) and room >= modest[column]
        if is_wanted and (has_room or vanishes_px == NEVER):
            shown.append(column)
            room -= modest[column]
        elif is_wanted:
            room = 0
        if column is Column.SCAN and column in shown:
            room -= scale(LOCATION_MAX_PX - LOCATION_PX)
    plan = {Column.SEVERITY: severity} | {column: needed[column] for column in shown}
    rest = width - sum(plan.values())
    if Column.SCAN in plan and Column.SCAN not in table_layout.widths_px:
        spare = max(0, rest - scale(FINDING_MIN_PX))
        grown = min(spare, scale(SCAN_EASY_PX) - plan[Column.SCAN])
        plan[Column.SCAN] += grown
        rest -= grown
    most_px = scale(LOCATION_MAX_PX) - plan.get(Column.LOCATION, 0)
    finding, grown = _share(rest, scale, table_layout, most_px, has_folders=Column.SCAN in plan)
    if grown:
        plan[Column.LOCATION] += grown
    plan[Column.FINDING] = finding
    return plan


def _share(
    rest: int,
    scale: Callable[[float], int],
    table_layout: TableLayout,
    most_px: int,
    *,
    has_folders: bool,
) -> tuple[int, int]:
    """Return how much of the rest the finding gets, and how much more the location."""
    least = scale(FINDING_MIN_PX)
    own_px = table_layout.widths_px.get(Column.FINDING)
    if Column.LOCATION in table_layout.off or Column.LOCATION in table_layout.widths_px:
        return max(rest, least, 0 if own_px is None else scale(own_px)), 0
    if own_px is not None:
        finding = max(scale(own_px), least)
        return finding, max(0, rest - finding)
    share = round(max(0, rest - scale(FINDING_EASY_PX)) * LOCATION_SHARE)
    if has_folders:
        share = max(0, rest - least)
    grown = min(share, most_px)
    return max(rest - grown, least), grown


def columns_of(wanted: Filter) -> frozenset[Column]:
    """Return the columns a filter is about that are usually not shown."""
    return frozenset({Column.DISAGREEMENT} if wanted.asks_for_disagreements else ())


class ColumnLayout(QObject):
    """Keeps the columns of a view as configured; call `plan` when the view changes its size.

    Drags of the header are written into the table's layout; changes made by the plan itself are
    kept apart from them.

    Args:
        model: Knows whether there are many scans.
        badge_px: The width of the widest severity.

    Attributes:
        check_px: The space before the severity, for the boxes of a multiple selection.
    """

    def __init__(
        self, view: QTableView, model: FindingsModel, state: TableState, badge_px: Callable[[], int]
    ) -> None:
        super().__init__(view)
        self._theme, self._view, self._model, self._state = theme_of(view), view, model, state
        self._badge_px, self.check_px = badge_px, 0
        self._is_planning = False
        self._header = view.horizontalHeader()
        self._header.sectionResized.connect(self._take_width)
        self._header.sectionMoved.connect(self._take_sequence)
        state.changed.connect(self.plan)

    @property
    def shown(self) -> list[Column]:
        """The columns on screen, in their order."""
        return [
            column
            for column in self._state.table_layout.sequence
            if not self._header.isSectionHidden(COLUMNS.index(column))
        ]

    def plan(self) -> None:
        """Set the place and width of every column."""
        plan = plan_columns(
            self._view.viewport().width() - self.check_px,
            self._theme.scale,
            outer_width=self._view.width(),
            badge_px=self._badge_px(),
            has_many_scans=self._model.has_many_scans,
            filtered=columns_of(self._model.filter),
            table_layout=self._state.table_layout,
        )
        plan[Column.SEVERITY] += self.check_px
        before, self._is_planning = self._is_planning, True
        try:
            for place, column in enumerate(self._state.table_layout.sequence):
                shown_at = self._header.visualIndex(COLUMNS.index(column))
                if shown_at != place:
                    self._header.moveSection(shown_at, place)
            for section, column in enumerate(COLUMNS):
                self._view.setColumnHidden(section, column not in plan)
                if column in plan:
                    self._view.setColumnWidth(section, plan[column])
        finally:
            self._is_planning = before

    def _take_width(self, section: int, _before_px: int, width_px: int) -> None:
        """Keep a dragged width; hiding a column makes it 0."""
        if self._is_planning or width_px == 0:
            return
        unscaled = round(width_px / self._theme.scale(100) * 100)
        self._state.change(lambda table_layout: table_layout.with_width(COLUMNS[section], unscaled))

    def _take_sequence(self) -> None:
        if self._is_planning:
            return
        sections = [self._header.logicalIndex(place) for place in range(len(COLUMNS))]
        others = [COLUMNS[section] for section in sections if section]
        sequence = (COLUMNS[0], *others)
        self._state.change(lambda table_layout: replace(table_layout, sequence=sequence))
