"""Joins the named views with the window: button, palette, dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.table_state import TableState
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.filters.manage_views_dialog import ManageViewsDialog
from heimdall_desktop.widgets.filters.save_view_dialog import SaveViewDialog
from heimdall_desktop.widgets.filters.views_button import ViewsButton
from heimdall_desktop.widgets.look.theme import Theme


class ViewsControl(QObject):
    """Owns the views of a window.

    Args:
        theme: Colours, fonts and measures.
        state: The filter that views write and are made of.
        memory: Where views are kept.
        table: How rows are sorted and grouped.
        scope_name: What is looked at, in words.
        window: Dialogs lie over it; the owner.

    Attributes:
        views: the views and the one in use.
        button: its place is in the top bar.
    """

    def __init__(
        self,
        theme: Theme,
        state: FilterState,
        memory: WindowMemory,
        table: TableState,
        scope_name: Callable[[], str],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme, self._state, self._window = theme, state, window
        self._scope_name = scope_name
        self.views = ViewsState(state, memory, table, self)
        self.button = ViewsButton(theme, self.views)
        self.button.saving_wanted.connect(self._save)
        self.button.managing_wanted.connect(self._manage)

    def _save(self) -> None:
        text, scope = self._state.text, self._scope_name()
        self._open(SaveViewDialog(self._theme, self.views, text, scope, self._window))

    def _manage(self) -> None:
        self._open(ManageViewsDialog(self._theme, self.views, self._window))

    def _open(self, dialog: DialogFrame) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
