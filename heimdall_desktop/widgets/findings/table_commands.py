"""What can be done with the findings table as commands: for keys, menu, palette and sheet."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.table.columns import COLUMNS, Column
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.table_layout import Density, TableLayout
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.tool_button import ToolButton
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme

ZOOM_IN = ("Ctrl++", "Ctrl+=")  # the plus needs Shift on many keyboards
ZOOM_OUT = ("Ctrl+-",)
ZOOM_RESET = ("Ctrl+0",)


class FreezeButton(ToolButton):
    """Is on while the rows stand still, and says so.

    Args:
        theme: The look.
        findings: Whose rows.
        parent: The owner.
    """

    def __init__(self, theme: Theme, findings: FindingsPane, parent: QWidget | None = None) -> None:
        super().__init__(theme, icon="ui-freeze", parent=parent)
        self.setObjectName("freeze")
        self.setCheckable(True)
        self.clicked.connect(findings.toggle_freeze)
        findings.frozen_changed.connect(self._show)
        self._show(is_frozen=False)

    def _show(self, is_frozen: bool) -> None:
        self.setChecked(is_frozen)
        self.show_words(tr("Frozen") if is_frozen else tr("Freeze"))
        tip = tr("Resume following (P)") if is_frozen else tr("Freeze the rows (P)")
        show_tip(self, tip)


def letters(pane: FindingsPane) -> Sequence[Command]:
    """Return what single letters do in table and detail. Source: ux.md 2.7."""
    findings, table = Group.FINDINGS, pane.table
    return (
        Command(
            "next-new-finding",
            tr("Next new finding"),
            lambda: table.step_to_new(1),
            ("N",),
            group=findings,
            obstacle=partial(_nothing_new, pane),
        ),
        Command(
            "previous-new-finding",
            tr("Previous new finding"),
            lambda: table.step_to_new(-1),
            ("Shift+N",),
            group=findings,
            obstacle=partial(_nothing_new, pane),
        ),
        Command(
            "freeze",
            tr("Freeze"),
            pane.toggle_freeze,
            ("P",),
            "ui-freeze",
            group=findings,
            is_on=lambda: pane.model.frozen_at is not None,
        ),
    )


def zooming(pane: FindingsPane) -> Sequence[Command]:
    """Return what makes everything in the window larger or smaller."""
    view = Group.VIEW
    return (
        Command("zoom-in", tr("Zoom in"), partial(_zoom, pane, 1), ZOOM_IN, group=view),
        Command("zoom-out", tr("Zoom out"), partial(_zoom, pane, -1), ZOOM_OUT, group=view),
        Command("zoom-reset", tr("Usual size"), partial(_zoom, pane, 0), ZOOM_RESET, group=view),
    )


def arranging(pane: FindingsPane) -> Sequence[Command]:
    """Return everything else, without keys of its own."""
    model, state, view = pane.model, pane.table_state, Group.VIEW
    commands = [
        Command(
            "mark-all-seen",
            tr("Mark all as seen"),
            model.see_all,
            icon="ui-check",
            group=Group.FINDINGS,
            obstacle=partial(_nothing_new, pane),
        ),
        Command("columns", tr("Columns"), pane.tools.open_columns, icon="ui-columns", group=view),
        Command(
            "group-rows", tr("Group rows"), pane.tools.open_groups, icon="ui-group", group=view
        ),
    ]
    commands += [
        Command(
            f"row height {density.name.lower()}",
            tr("Row height: {name}").format(name=tr(density.value).lower()),
            partial(state.change, partial(_spaced, density)),
            group=view,
            is_on=partial(_has_density, pane, density),
        )
        for density in Density
    ]
    commands += [
        Command(
            f"sort by {column.name.lower()}",
            tr("Sort by: {name}").format(name=tr(column.value)),
            partial(pane.table.sort_by, column),
            group=view,
            is_on=partial(_is_sorted, pane, column),
        )
        for column in COLUMNS
    ]
    commands += [
        Command(
            f"group by {by.name.lower() if by else 'nothing'}",
            tr("Group by: {name}").format(name=tr("nothing") if by is None else tr(by.value)),
            partial(model.group_by, by),
            group=view,
            is_on=partial(_is_grouped, pane, by),
        )
        for by in (None, *GroupBy)
    ]
    return commands


def _nothing_new(pane: FindingsPane) -> str:
    return "" if pane.model.new else tr("No new findings.")


def _zoom(pane: FindingsPane, steps: int) -> None:
    pane.table_state.change(lambda table_layout: table_layout.zoomed(steps))


def _spaced(density: Density, table_layout: TableLayout) -> TableLayout:
    return replace(table_layout, density=density)


def _has_density(pane: FindingsPane, density: Density) -> bool:
    return pane.table_state.table_layout.density is density


def _is_sorted(pane: FindingsPane, column: Column) -> bool:
    return pane.model.order.place_of(column) == 0


def _is_grouped(pane: FindingsPane, by: GroupBy | None) -> bool:
    return pane.model.grouped_by is by
