"""The tools at the end of the chip row: groups and columns of the findings table."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.pane import Pane
from heimdall_desktop.widgets.controls.row_margins import set_row_margins
from heimdall_desktop.widgets.findings.table_menus import TableMenus
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Ground

END_PX = 10  # with the padding of the ghosts their ink stands at 16
GAP_PX = 4


class TableTools(Pane):
    """Two buttons that open menus, and the menus of the heads.

    Args:
        theme: The look.
        model: Knows whether there are groups.
        menus: What the buttons open.
        parent: The owner.
    """

    def __init__(
        self, theme: Theme, model: FindingsModel, menus: TableMenus, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, Ground.SURFACE, parent=parent)
        self._model, self._menus = model, menus
        self.setObjectName("table_tools")
        self._group = GhostIconButton(theme, "ui-group", tr("Group rows"), parent=self)
        self._group.setObjectName("group_button")
        self._group.setCheckable(True)
        self._group.clicked.connect(self.open_groups)
        self._columns = GhostIconButton(theme, "ui-columns", tr("Columns"), parent=self)
        self._columns.setObjectName("columns_button")
        self._columns.clicked.connect(self.open_columns)
        self._row = QHBoxLayout(self)
        for button in (self._group, self._columns):
            self._row.addWidget(button)
        model.grouping_changed.connect(self._show_state)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self._show_state()

    def open_groups(self) -> None:
        """Open the menu of groups."""
        self._show_state()
        self._open(self._menus.groups(self), self._group)

    def open_columns(self) -> None:
        """Open the menu of columns."""
        self._open(self._menus.columns(self), self._columns)

    def open_column(self, column: Column | None, place: QPoint) -> None:
        """Open the menu of a column, or of all of them, at a place of the screen."""
        menu = self._menus.columns(self) if column is None else self._menus.column(column, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _open(self, menu: QMenu, button: QWidget) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 0 if is_mirrored else button.width() - menu.sizeHint().width()
        menu.popup(button.mapToGlobal(QPoint(left, button.height() + 2)))

    def _show_state(self) -> None:
        self._group.setChecked(self._model.grouped_by is not None)

    def _lay_out(self) -> None:
        scale = self._theme.scale
        set_row_margins(self, self._row, start=0, end=scale(END_PX))
        self._row.setSpacing(scale(GAP_PX))
