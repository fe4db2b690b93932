"""The tools at the end of the chip row: groups and columns of the findings table, as menus.

Everything that can be done by dragging and clicking column heads is also available here, for the
keyboard. Source: behaviour.md 2.2, feature 36.
"""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, By, Column, Order
from heimdall_desktop.domain.table.table_layout import Density, TableLayout
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.table_text import DENSITY_TITLES, GROUP_COMMANDS, column_title
from heimdall_desktop.widgets.controls.buttons import GhostButton, GhostIconButton
from heimdall_desktop.widgets.controls.pane import Pane
from heimdall_desktop.widgets.controls.text_labels import add_choice, new_menu, sub_menu
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.look.tokens import Ground, Tone

EXPORT_KEY = "Ctrl+E"
END_PX = 10  # with the padding of the ghost buttons their ink is at 16
GAP_PX = 4


class TableMenus:
    """Creates menus; each deletes itself when it closes.

    Args:
        table: Its columns and rows are configured.
        model: Order and groups.
        state: Stores columns and density.
    """

    def __init__(self, table: FindingsTable, model: FindingsModel, state: TableState) -> None:
        self._table, self._model, self._state = table, model, state

    def groups(self, parent: QWidget) -> QMenu:
        menu = new_menu(parent, tr("Group rows"), "group_menu")
        choice = QActionGroup(menu)
        current = self._model.grouped_by
        for by in (None, *GroupBy):
            text = tr("No groups") if by is None else tr(GROUP_COMMANDS[by])
            act = partial(self._model.group_by, by)
            choice.addAction(add_choice(menu, text, act, is_on=by is current))
        menu.addSeparator()
        for text, are_open in ((tr("Expand all groups"), True), (tr("Collapse all groups"), False)):
            action = menu.addAction(text)
            action.setEnabled(current is not None)
            action.triggered.connect(
                lambda _, are_open=are_open: self._model.set_groups_open(are_open=are_open)
            )
        return menu

    def columns(self, parent: QWidget) -> QMenu:
        menu = new_menu(parent, tr("Columns"), "columns_menu")
        shown = self._table.columns.shown
        for column in self._state.table_layout.sequence:
            is_on = column in shown
            switch = partial(self._switch, column, not is_on)
            action = add_choice(menu, column_title(column), switch, is_on=is_on)
            action.setEnabled(not column.spec.is_fixed)
        menu.addSeparator()
        arrange = sub_menu(menu, tr("Arrange"))
        for column in self._state.table_layout.sequence:
            if column in shown:
                self._add_column(sub_menu(arrange, column_title(column)), column)
        density = sub_menu(menu, tr("Row height"))
        choice = QActionGroup(density)
        for kind in Density:
            is_on = kind is self._state.table_layout.density
            act = partial(self._state.change, partial(replace, density=kind))
            choice.addAction(add_choice(density, tr(DENSITY_TITLES[kind]), act, is_on=is_on))
        menu.addSeparator()
        reset = menu.addAction(tr("Reset columns"))
        reset.triggered.connect(lambda: self._state.change(TableLayout.with_default_columns))
        return menu

    def column(self, column: Column, parent: QWidget) -> QMenu:
        menu = new_menu(parent, column_title(column), "column_menu")
        self._add_column(menu, column)
        menu.addSeparator()
        columns = self.columns(menu)
        columns.setTitle(tr("Columns"))
        columns.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it may open again
        menu.addMenu(columns)
        return menu

    def _add_column(self, menu: QMenu, column: Column) -> None:
        order = self._model.order
        place = order.place_of(column)
        by = None if place is None else order.keys[place]
        ways = ((tr("Sort ascending"), False), (tr("Sort descending"), True))
        for text, is_descending in ways if column.spec.is_sorted else ():
            act = partial(self._model.set_order, Order(column, is_descending))
            add_choice(menu, text, act, is_on=place == 0 and by == By(column, is_descending))
        if place != 0 and column.spec.is_sorted:
            sort = partial(self._table.sort_by, column, is_further=True)
            add_choice(menu, tr("Add to sort order"), sort, is_on=place is not None)
        if column is COLUMNS[0]:
            return
        if column.spec.is_sorted:
            menu.addSeparator()
        shown = self._table.columns.shown
        for text, step in ((tr("Move towards the start"), -1), (tr("Move towards the end"), 1)):
            action = menu.addAction(text)
            action.setEnabled(
                self._state.table_layout.moved(column, step, shown) != self._state.table_layout
            )
            moved = partial(TableLayout.moved, column=column, steps=step, shown=shown)
            action.triggered.connect(lambda _, moved=moved: self._state.change(moved))
        size = menu.addAction(tr("Fit to visible rows"))
        size.triggered.connect(lambda: self._table.resizeColumnToContents(COLUMNS.index(column)))
        if not column.spec.is_fixed:
            menu.addAction(tr("Hide column")).triggered.connect(lambda: self._switch(column, False))

    def _switch(self, column: Column, is_on: bool) -> None:
        self._state.change(lambda table_layout: table_layout.with_column(column, is_on=is_on))


class TableTools(Pane):
    """Buttons that open menus, the menus of the heads, and the export button.

    Args:
        model: Knows whether there are groups.
        menus: Opened by the buttons.

    Attributes:
        history: opens the undo history; hidden until there is something in it.
    """

    def __init__(
        self, model: FindingsModel, menus: TableMenus, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._model, self._menus = model, menus
        self.setObjectName("table_tools")
        self.history = GhostButton(icon="ui-undo", has_menu=True, parent=self)
        self.history.setObjectName("history_button")
        self.history.set_tone(Tone.MUTED)
        self.history.setAccessibleName(tr("Undo history"))
        self.history.setToolTip(tr("Undo history"))
        self.history.hide()
        self._group = GhostIconButton("ui-group", tr("Group rows"), parent=self)
        self._group.setObjectName("group_button")
        self._group.setCheckable(True)
        self._group.clicked.connect(self.open_groups)
        self._columns = GhostIconButton("ui-columns", tr("Columns"), parent=self)
        self._columns.setObjectName("columns_button")
        self._columns.clicked.connect(self.open_columns)
        self.export = GhostIconButton(
            "ui-export", tr("Export findings"), key=EXPORT_KEY, parent=self
        )
        self.export.setObjectName("export_button")
        row = QHBoxLayout(self)
        for button in (self.history, self._group, self._columns, self.export):
            row.addWidget(button)
        model.grouping_changed.connect(self._show_state)
        self.keep_spaces(row, end=END_PX, gap=GAP_PX)
        self._show_state()

    def open_groups(self) -> None:
        self._show_state()
        self._open(self._menus.groups(self), self._group)

    def open_columns(self) -> None:
        self._open(self._menus.columns(self), self._columns)

    def open_column(self, column: Column | None, place: QPoint) -> None:
        """Open the menu of a column, or of all of them, at a position on the screen."""
        menu = self._menus.columns(self) if column is None else self._menus.column(column, self)
        menu.popup(place)

    def _open(self, menu: QMenu, button: QWidget) -> None:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 0 if is_mirrored else button.width() - menu.sizeHint().width()
        menu.popup(button.mapToGlobal(QPoint(left, button.height() + 2)))

    def _show_state(self) -> None:
        self._group.setChecked(self._model.grouped_by is not None)
