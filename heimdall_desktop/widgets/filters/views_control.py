"""The named views in the window: the button with the current one, its menu, a new view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.table.table_layout import LONGEST_NAME, clean_name
from heimdall_desktop.models.filter_state import FilterState, TableState, ViewsState
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.buttons import (
    DIALOG_PX,
    OutlineButton,
    PrimaryButton,
    ToolButton,
)
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.text_labels import Label, add_choice, pop_up_below, show_tip
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.filters.manage_views_dialog import ManageViewsDialog
from heimdall_desktop.widgets.look.painting import elided
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

NAME_PX = 150  # a longer name is cut at its end

SAVE_PX = 460


class ViewsControl(ToolButton):
    """Opens the menu of views, and the dialogs that save and manage them.

    Args:
        state: The filter that views write and are created from.
        memory: Stores the views.
        table: How rows are sorted and grouped.
        scope_name: The current scope, in words.
        window: The parent of dialogs.

    Attributes:
        views: the views and the current one.
    """

    def __init__(
        self,
        state: FilterState,
        memory: WindowMemory,
        table: TableState,
        scope_name: Callable[[], str],
        window: QWidget,
    ) -> None:
        super().__init__(tr("Views"), icon="ui-views", has_menu=True)
        self._state, self._scope_name, self._window = state, scope_name, window
        self.views = ViewsState(state, memory, table, self)
        self.setObjectName("views-button")
        self.clicked.connect(self.open_menu)
        self.views.changed.connect(self._show)
        self._theme.changed.connect(self._show)
        self._show()

    def open_menu(self) -> None:
        """Show all views, and the actions on them."""
        menu = QMenu(self)
        menu.setObjectName("views-menu")
        menu.setAccessibleName(tr("Views"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choice, current = QActionGroup(menu), self.views.current
        choice.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for view in self.views.views:
            show = partial(self.views.show, view.name)
            text = _menu_text(view.name)
            choice.addAction(add_choice(menu, text, show, is_on=view == current))
        menu.addSeparator()
        for command in self._commands():
            action = menu.addAction(_menu_text(command.title))
            action.setEnabled(not command.obstacle())
            action.triggered.connect(lambda _, act=command.act: act())
        pop_up_below(menu, self)

    def commands(self) -> list[Command]:
        """Return the commands for the palette: each view, and the actions on them."""
        to_views = [
            Command(
                f"view {view.name}",
                tr("Show view {name}").format(name=view.name),
                partial(self.views.show, view.name),
                icon="ui-views",
                group=Group.VIEW,
            )
            for view in self.views.views
        ]
        return [*to_views, *self._commands()]

    def _commands(self) -> Iterator[Command]:
        current = self.views.current
        if current is not None and self.views.is_changed:
            yield Command(
                "update-view",
                tr("Update view {name}").format(name=current.name),
                self.views.update,
                icon="ui-views",
                group=Group.VIEW,
                obstacle=self._mistake,
            )
        yield Command(
            "save-view",
            tr("Save as a view…"),
            self.save_view,
            icon="ui-views",
            group=Group.VIEW,
            obstacle=self._mistake,
        )
        yield Command(
            "manage-views",
            tr("Manage views…"),
            self.manage_views,
            icon="ui-views",
            group=Group.VIEW,
        )

    def _mistake(self) -> str:
        return tr("The filter has an error") if self.views.has_mistake else ""

    def _show(self) -> None:
        current = self.views.current
        name, text = tr("Views"), tr("Views")
        if current is not None:
            is_changed = self.views.is_changed
            text = (tr("View {name}, changed") if is_changed else tr("View {name}")).format(
                name=current.name
            )
            metrics = self._theme.metrics(Role.SMALL, Weight.MEDIUM)
            name = elided(current.name, metrics, self._theme.scale(NAME_PX))
            name = tr("{view}, changed").format(view=name) if is_changed else name
        self.show_words(name, text)
        show_tip(self, text)

    def save_view(self) -> None:
        text, scope = self._state.text, self._scope_name()
        self._open(SaveViewDialog(self.views, text, scope, self._window))

    def manage_views(self) -> None:
        self._open(ManageViewsDialog(self.views, self._window))

    def _open(self, dialog: DialogFrame) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _menu_text(text: str) -> str:
    """Return a text that a menu shows literally: no key, no mnemonic."""
    return text.replace("&", "&&").replace("\t", " ")


class SaveViewDialog(DialogFrame):
    """Asks for the name of a new view."""

    def __init__(
        self, views: ViewsState, text: str, scope: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Save as a view"), SAVE_PX, parent)
        self.setObjectName("save-view")
        self._views = views
        right = Qt.TextElideMode.ElideRight
        sentence, go_there = one_line(text) or tr("All findings"), tr("Also go to {scope}")
        shown = Label(sentence, Role.SMALL, tone=Tone.MUTED, elide=right)
        self.name = TextField(tr("View name"), placeholder=tr("Name"))
        self.name.edit.setObjectName("view-name")
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.name.edit.textChanged.connect(self._check)
        self.scope = Switch(go_there.format(scope=scope))
        self.scope.setObjectName("view-scope")
        layout_words = tr("Also save sorting and grouping")
        self.table_layout = Switch(layout_words)
        self.table_layout.setObjectName("view-looks")
        notify = tr("Notify when a new finding matches")
        self.notifies = Switch(notify)
        self.notifies.setObjectName("view-notifies")
        self.column.addWidget(shown)
        self.column.addWidget(self.name)
        switches = (
            (go_there.format(scope=scope), self.scope),
            (layout_words, self.table_layout),
            (notify, self.notifies),
        )
        for words, switch in switches:
            row = QHBoxLayout()
            row.addWidget(Label(words, elide=right), 1)
            row.addWidget(switch)
            self.column.addLayout(row)
        cancel = OutlineButton(tr("Cancel"), height_px=DIALOG_PX)
        cancel.clicked.connect(self.reject)
        self._save = PrimaryButton(tr("Save"))
        self._save.setObjectName("view-save")
        self._save.setDefault(True)
        self._save.clicked.connect(self._add)
        self.add_buttons(None, cancel, self._save).setSpacing(self._theme.scale(8))
        self._check()
        self.name.setFocus()

    def _check(self) -> None:
        self._save.setEnabled(bool(clean_name(self.name.edit.text())))

    def _add(self) -> None:
        self._views.add(
            self.name.edit.text(),
            has_scope=self.scope.isChecked(),
            has_table_layout=self.table_layout.isChecked(),
            notifies=self.notifies.isChecked(),
        )
        self.accept()
