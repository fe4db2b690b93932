"""The button of the top bar that names the view in use, and its menu of all views."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.tool_button import ToolButton
from heimdall_desktop.widgets.look.painting import elided
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

NAME_PX = 150  # a longer name is cut at its end


class ViewsButton(ToolButton):
    """Opens the views.

    Args:
        theme: Colours, fonts and measures.
        views: What it names and lists.
        parent: Its owner.

    Signals:
        saving_wanted: what is looked at shall become a view.
        managing_wanted: somebody wants to rename, order or delete views.
    """

    saving_wanted = Signal()
    managing_wanted = Signal()

    def __init__(self, theme: Theme, views: ViewsState, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Views"), icon="ui-views", has_menu=True, parent=parent)
        self._views = views
        self.setObjectName("views-button")
        self.clicked.connect(self.open_menu)
        views.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def open_menu(self) -> None:
        """Show all views, and what can be done with them."""
        menu = QMenu(self)
        menu.setObjectName("views-menu")
        menu.setAccessibleName(tr("Views"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choice, current = QActionGroup(menu), self._views.current
        choice.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for view in self._views.views:
            action = menu.addAction(_menu_text(view.name))
            action.setCheckable(True)
            action.setChecked(view == current)
            choice.addAction(action)
            action.triggered.connect(lambda _, name=view.name: self._views.show(name))
        menu.addSeparator()
        for command in self._commands():
            action = menu.addAction(_menu_text(command.title))
            action.setEnabled(not command.obstacle())
            action.triggered.connect(lambda _, act=command.act: act())
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - menu.sizeHint().width() if is_mirrored else 0
        menu.popup(self.mapToGlobal(QPoint(left, self.height() + 2)))

    def commands(self) -> list[Command]:
        """Return what the palette finds: each view, and what can be done with them."""
        to_views = [
            Command(
                f"view {view.name}",
                tr("Show view {name}").format(name=view.name),
                partial(self._views.show, view.name),
                icon="ui-views",
                group=Group.VIEW,
            )
            for view in self._views.views
        ]
        return [*to_views, *self._commands()]

    def _commands(self) -> Iterator[Command]:
        current = self._views.current
        if current is not None and self._views.is_changed:
            yield Command(
                "update-view",
                tr("Update view {name}").format(name=current.name),
                self._views.update,
                icon="ui-views",
                group=Group.VIEW,
                obstacle=self._mistake,
            )
        yield Command(
            "save-view",
            tr("Save as a view…"),
            self.saving_wanted.emit,
            icon="ui-views",
            group=Group.VIEW,
            obstacle=self._mistake,
        )
        yield Command(
            "manage-views",
            tr("Manage views…"),
            self.managing_wanted.emit,
            icon="ui-views",
            group=Group.VIEW,
        )

    def _mistake(self) -> str:
        return tr("The filter has a mistake") if self._views.has_mistake else ""

    def _show(self) -> None:
        current = self._views.current
        name, told = tr("Views"), tr("Views")
        if current is not None:
            is_changed = self._views.is_changed
            told = (tr("View {name}, changed") if is_changed else tr("View {name}")).format(
                name=current.name
            )
            metrics = self._theme.metrics(Role.SMALL, Weight.MEDIUM)
            name = elided(current.name, metrics, self._theme.scale(NAME_PX))
            name = tr("{view}, changed").format(view=name) if is_changed else name
        self.show_words(name, told)
        show_tip(self, told)


def _menu_text(text: str) -> str:
    """Return a text that a menu shows as it is: no key, no mnemonic."""
    return text.replace("&", "&&").replace("\t", " ")
