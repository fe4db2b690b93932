"""All commands of the window: binds their keys, makes the menu, hands them to palette and sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group, KeyNote, is_letter
from heimdall_desktop.widgets.look.app_style import theme_of

__all__ = ["Command", "Group", "WindowActions"]

ICON_PX = 16

Source = Callable[[], Sequence[Command]]


class WindowActions(QObject):
    """The registry of commands.

    Args:
        window: Whose keys they are.

    Attributes:
        is_read_only: whether commands that change a server are absent.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme_of(window), window
        self._commands: dict[str, Command] = {}
        self._sources: list[Source] = []
        self._notes: list[KeyNote] = []
        self._actions: list[tuple[QAction, Command]] = []
        self._menu_order: list[tuple[QAction, Command]] = []
        self._has_letters = True
        self.is_read_only: Callable[[], bool] = lambda: False

    # -- taking up --

    def add(self, *commands: Command) -> None:
        """Take up commands that the menu shows, in its order."""
        for command in commands:
            self._menu_order.append((self._bind(command), command))

    def add_hidden(self, *commands: Command) -> None:
        """Take up commands that the menu does not show."""
        for command in commands:
            self._bind(command)

    def add_inside(self, widgets: tuple[QWidget, ...], *commands: Command) -> None:
        """Take up commands whose keys act only inside some widgets, such as single letters."""
        for command in commands:
            action = self._make(command)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for widget in widgets:
                widget.addAction(action)

    def add_source(self, source: Source) -> None:
        """Ask for more commands whenever they are listed: scans to go to, views, columns."""
        self._sources.append(source)

    def note(self, *notes: KeyNote) -> None:
        """Tell of keys that parts of the window have by themselves."""
        self._notes += notes

    # -- asking --

    def commands(self) -> list[Command]:
        """Return everything that can be done here, by groups, each in the order of taking up."""
        found = {id_: command for id_, command in self._commands.items() if command.is_listed}
        for source in self._sources:
            found.update({command.id: command for command in source() if command.is_listed})
        allowed = filter(self._is_allowed, found.values())
        return sorted(allowed, key=lambda command: list(Group).index(command.group))

    def shortcuts(self) -> list[KeyNote]:
        """Return all keys with what they do, by groups."""
        told = [
            KeyNote(command.group, command.title, command.keys)
            for command in self._commands.values()
            if command.is_listed and command.keys and self._is_allowed(command)
        ]
        return sorted([*told, *self._notes], key=lambda note: list(Group).index(note.group))

    @property
    def has_letters(self) -> bool:
        """Whether single letters do something."""
        return self._has_letters

    def use_letters(self, *, is_wanted: bool) -> None:
        """Let single letters do something, or nothing. Source: WCAG 2.1.4."""
        self._has_letters = is_wanted
        for action, command in self._actions:
            self._give_keys(action, command)

    def make_menu(self) -> QMenu:
        """Return the menu of the window; it deletes itself when it closes."""
        menu = QMenu(self._window)
        menu.setObjectName("window-menu")
        menu.setAccessibleName(tr("Menu"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action, command in self._menu_order:
            if not self._is_allowed(command):
                continue
            if command.begins_group:
                menu.addSeparator()
            menu.addAction(action)
            action.setText(command.title.replace("&", "&&"))
            action.setEnabled(not command.obstacle())
            if command.icon:
                icon = self._theme.icon(command.icon, self._theme.scale(ICON_PX))
                action.setIcon(icon)
            if command.is_on is not None:
                action.setChecked(command.is_on())
        menu.aboutToHide.connect(self._release)
        return menu

    # -- binding --

    def _bind(self, command: Command) -> QAction:
        action = self._make(command)
        self._window.addAction(action)
        return action

    def _make(self, command: Command) -> QAction:
        known = self._commands.get(command.id)
        self._commands[command.id] = (
            command if known is None else replace(known, keys=known.keys + command.keys)
        )
        action = QAction(command.title.replace("&", "&&"), self._window)
        action.setShortcutVisibleInContextMenu(True)
        action.setCheckable(command.is_on is not None)
        action.triggered.connect(lambda _is_checked: run(command))
        self._actions.append((action, command))
        self._give_keys(action, command)
        return action

    def _give_keys(self, action: QAction, command: Command) -> None:
        keys = [keys for keys in command.keys if self._has_letters or not is_letter(keys)]
        may_be_allowed = callable(command.writes) or self._is_allowed(command)
        keys = keys if may_be_allowed else []
        action.setShortcuts([QKeySequence(keys) for keys in keys])

    def follow_read_only(self) -> None:
        """Let keys do something or nothing, as it is allowed now."""
        self.use_letters(is_wanted=self._has_letters)

    def _is_allowed(self, command: Command) -> bool:
        return not (self.is_read_only() and command.writes_now)

    def _release(self) -> None:
        """Let the keys of all commands work again, whatever stood in their way at the menu."""
        for action, _ in self._menu_order:
            action.setEnabled(True)


def run(command: Command) -> bool:
    """Do it if it can be done now; return whether it could."""
    if command.obstacle():
        return False
    command.act()
    return True
