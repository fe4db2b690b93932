"""The named views, the current one, and whether the filter differs from it."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.table.table_layout import (
    SavedView,
    TableLayout,
    Views,
    read_table_layout,
    read_views,
    renamed,
    updated,
    with_place,
    with_view,
    without,
    write_views,
)
from heimdall_desktop.models.filter_state import FilterState, TableState
from heimdall_desktop.presentation.table.table_text import first_views

MEMORY_NAME = "views"


class ViewsState(QObject):
    """Owns the views and remembers each change of them.

    Args:
        state: The filter that views write and are made of.
        memory: Where they are kept.
        table: The sorting and grouping of rows, which a view may keep as well.
        parent: Its owner.

    Signals:
        changed: the views, the current one, or whether it is changed, have changed.
        scope_wanted: a view goes to a scan, or to all of them (None).
    """

    changed = Signal()
    scope_wanted = Signal(object)

    def __init__(
        self,
        state: FilterState,
        memory: WindowMemory,
        table: TableState | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._memory = state, memory
        self._table = table or TableState()
        kept, _ = read_views(memory.text(MEMORY_NAME))
        self._views = first_views() if kept is None else kept
        self._current = ""
        self._deleted: list[tuple[int, SavedView]] = []
        state.changed.connect(self._follow)
        self._table.changed.connect(self.changed)

    @property
    def views(self) -> Views:
        """All views in their order."""
        return self._views

    @property
    def current(self) -> SavedView | None:
        """The current view: the one chosen last, until the filter is cleared."""
        return next((view for view in self._views if view.name == self._current), None)

    @property
    def is_changed(self) -> bool:
        """Whether the display now differs from the current view."""
        view, scope = self.current, self._state.filter.scan_id
        if view is None:
            return False
        is_elsewhere = view.has_scope and view.scan_id != scope
        is_otherwise = (
            view.table_layout
            and _standing(read_table_layout(view.table_layout)) != self._standing()
        )
        return is_elsewhere or bool(is_otherwise) or _words(view.text) != _words(self._state.text)

    @property
    def has_mistake(self) -> bool:
        """Whether the filter as it is typed cannot become a view."""
        return self._state.error is not None

    @property
    def deleted(self) -> str:
        """The name of the last deleted view that can come back; "" for none."""
        return self._deleted[-1][1].name if self._deleted else ""

    def show(self, name: str) -> None:
        """Show a view."""
        view = self._view(name)
        if view is None:
            return
        self._current = name
        self._state.set_text(view.text)
        if view.table_layout:
            kept = read_table_layout(view.table_layout)
            self._table.change(lambda now: replace(now, order=kept.order, group=kept.group))
        if view.has_scope:
            self.scope_wanted.emit(view.scan_id)
        self.changed.emit()

    def add(
        self,
        name: str,
        *,
        has_scope: bool,
        has_table_layout: bool = False,
        notifies: bool = False,
    ) -> None:
        """Save the current filter as a new view, and make it the current one."""
        present = self._present(name, has_scope=has_scope, has_table_layout=has_table_layout)
        self._set(with_view(self._views, replace(present, notifies=notifies)))
        self._current = self._views[-1].name
        self.changed.emit()

    def update(self) -> None:
        """Update the current view to the current filter."""
        view = self.current
        if view is not None:
            has_table_layout = bool(view.table_layout)
            present = self._present(
                view.name, has_scope=view.has_scope, has_table_layout=has_table_layout
            )
            self._set(updated(self._views, replace(present, notifies=view.notifies)))

    def notify(self, name: str, *, is_on: bool) -> None:
        """Set whether a view notifies of new findings in it."""
        view = self._view(name)
        if view is not None and view.notifies is not is_on:
            self._set(updated(self._views, replace(view, notifies=is_on)))

    def rename(self, name: str, wanted: str) -> None:
        """Give a view another name, or a similar one that is free."""
        view = self._view(name)
        if view is None:
            return
        place = self._views.index(view)
        views = renamed(self._views, name, wanted)
        if self._current == name:
            self._current = views[place].name
        self._set(views)

    def move(self, name: str, by: int) -> None:
        """Move a view up or down."""
        view = self._view(name)
        if view is not None:
            self._set(with_place(self._views, view, self._views.index(view) + by))

    def delete(self, name: str) -> None:
        """Delete a view, until `undo`."""
        view = self._view(name)
        if view is not None:
            self._deleted.append((self._views.index(view), view))
            self._set(without(self._views, name))

    def undo(self) -> None:
        """Restore the view that was deleted last."""
        if self._deleted:
            place, view = self._deleted.pop()
            views = with_view(self._views, view)
            self._set(with_place(views, views[-1], place))

    def _view(self, name: str) -> SavedView | None:
        return next((view for view in self._views if view.name == name), None)

    def _present(self, name: str, *, has_scope: bool, has_table_layout: bool) -> SavedView:
        scan_id: ScanId | None = self._state.filter.scan_id if has_scope else None
        table_layout = self._standing().text if has_table_layout else ""
        return SavedView(name, self._state.text.strip(), has_scope, scan_id, table_layout)

    def _standing(self) -> TableLayout:
        return _standing(self._table.table_layout)

    def _set(self, views: Views) -> None:
        self._views = views
        self._memory.keep(MEMORY_NAME, write_views(views))
        self.changed.emit()

    def _follow(self) -> None:
        if not self._state.text.strip():
            self._current = ""
        self.changed.emit()


def _standing(table_layout: TableLayout) -> TableLayout:
    """Return the sorting and grouping of rows, and nothing else of the layout."""
    return TableLayout(order=table_layout.order, group=table_layout.group)


def _words(text: str) -> list[str]:
    return text.split()
