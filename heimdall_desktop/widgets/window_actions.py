"""What the window can do by a key, and which of that stands in its menu. Source: ux.md §2.7."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.widgets.theme import Theme

ICON_PX = 16


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do.

    Attributes:
        text: what the menu calls it.
        keys: all of them do it; the menu shows the first.
        icon: in the menu; "" for none.
        begins_group: whether a line stands before it in the menu.
    """

    text: str
    act: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    begins_group: bool = False


class WindowActions:
    """Binds commands to keys that work wherever the focus is in the window.

    Args:
        theme: Where icons come from.
        window: Whose keys they are.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        self._theme, self._window = theme, window
        self._icons: list[tuple[QAction, str]] = []
        self._menu_order: list[tuple[QAction, bool]] = []
        theme.changed.connect(self._dress)

    def add(self, *commands: Command) -> None:
        """Take up commands that the menu shows, in its order."""
        for command in commands:
            action = self._bind(command)
            self._menu_order.append((action, command.begins_group))
            if command.icon:
                self._icons.append((action, command.icon))
        self._dress()

    def add_hidden(self, *commands: Command) -> None:
        """Take up commands that only keys reach."""
        for command in commands:
            self._bind(command)

    def add_inside(self, widgets: tuple[QWidget, ...], *commands: Command) -> None:
        """Take up commands for single letters, which act only inside some widgets."""
        for command in commands:
            action = self._make(command)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for widget in widgets:
                widget.addAction(action)

    def make_menu(self) -> QMenu:
        """Return the menu of the window; it deletes itself when it closes."""
        menu = QMenu(self._window)
        menu.setObjectName("window-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action, begins_group in self._menu_order:
            if begins_group:
                menu.addSeparator()
            menu.addAction(action)
        return menu

    def _bind(self, command: Command) -> QAction:
        action = self._make(command)
        self._window.addAction(action)
        return action

    def _make(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda _is_checked: command.act())
        return action

    def _dress(self) -> None:
        for action, icon in self._icons:
            action.setIcon(self._theme.icon(icon, self._theme.scale(ICON_PX)))
