"""All commands of the window: binds keys, builds the menu, and supplies palette and sheet."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.decision_text import read_only_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group, KeyNote, is_letter
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.controls.text_labels import sub_menu
from heimdall_desktop.widgets.look.app_style import theme_of

__all__ = ["Command", "Group", "WindowActions"]

ICON_PX = 16
ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
}
"""The commands that a Mac shows in the menu of the program."""

Source = Callable[[], Sequence[Command]]


class WindowActions(QObject):
    """The registry of commands.

    Args:
        window: The window with the keys.

    Attributes:
        has_letters: whether single letters are active.
        is_read_only: whether commands that change a server are hidden.
        letter_places: where single letters act if they are chosen for a command.
    """

    ran = Signal(str)
    """A command was requested: why it did nothing, or "" if it did something."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme_of(window), window
        self._commands: dict[str, Command] = {}
        self._sources: list[Source] = []
        self._notes: list[KeyNote] = []
        self._actions: list[tuple[QAction, Command]] = []
        self._menu_order: list[tuple[QAction, Command]] = []
        self._inside: dict[str, QAction] = {}  # by command, where its letters act
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.has_letters = True
        self.letter_places: tuple[QWidget, ...] = ()
        self.is_read_only: Callable[[], bool] = lambda: False

    # -- registering --

    def add(self, *commands: Command) -> None:
        """Register commands that the menu shows, in its order."""
        for command in commands:
            self._menu_order.append((self._bind(command, (self._window,)), command))

    def add_hidden(self, *commands: Command) -> None:
        """Register commands that the menu does not show."""
        for command in commands:
            self._bind(command, (self._window,))

    def add_inside(self, widgets: tuple[QWidget, ...], *commands: Command) -> None:
        """Register commands whose keys act only inside some widgets, such as single letters."""
        for command in commands:
            self._bind_inside(widgets, command)

    def add_source(self, source: Source) -> None:
        """Call a source for more commands at each listing: scans to go to, views, columns."""
        self._sources.append(source)

    def note(self, *notes: KeyNote) -> None:
        """Document keys that parts of the window handle themselves."""
        self._notes += notes

    # -- queries --

    def commands(self) -> list[Command]:
        """Return everything that can be done here, by groups, each in order of registration."""
        found = {command.id: command for command in self.keyed() if command.is_listed}
        instead = self.instead()
        for source in self._sources:
            for command in filter(lambda command: command.is_listed, source()):
                keys = (instead.get(keys, keys) for keys in command.keys)
                found[command.id] = replace(command, keys=tuple(filter(None, keys)))
        allowed = filter(self._is_allowed, found.values())
        return sorted(allowed, key=lambda command: list(Group).index(command.group))

    def shortcuts(self) -> list[KeyNote]:
        """Return all keys with their effects, by groups."""
        notes = [note for note in self._notes if not self._chosen.keys() & set(note.replaces)]
        in_notes = {id_ for note in notes for id_ in note.replaces}
        text = [
            KeyNote(command.group, command.title, command.keys)
            for command in self.keyed()
            if command.keys and command.id not in in_notes and self._is_allowed(command)
        ]
        return sorted([*text, *notes], key=lambda note: list(Group).index(note.group))

    # -- keys --

    def keyed(self) -> list[Command]:
        return [
            command if id_ not in self._chosen else replace(command, keys=self._chosen[id_])
            for id_, command in self._commands.items()
        ]

    def at_first(self, command_id: str) -> Command:
        """Return a command with its default keys."""
        return self._commands[command_id]

    def fixed(self, keys: str) -> KeyNote | None:
        """Return what keys do in a part of the window that handles them; None if nothing."""
        notes = (note for note in self._notes if not note.replaces)
        return next((note for note in notes if keys in note.keys), None)

    def use_keys(self, choices: Iterable[KeyChoice]) -> None:
        """Apply the chosen keys to commands; all others keep their defaults."""
        before, self._chosen = self._chosen, {each.command: each.keys for each in choices}
        for id_ in self._chosen.keys() & self._commands.keys():
            if id_ not in self._inside and any(map(is_letter, self._chosen[id_])):
                self._bind_inside(self.letter_places, replace(self._commands[id_], keys=()))
        if self._chosen != before:
            self._give_all_keys()

    def instead(self) -> dict[str, str]:
        """Return the current keys by the default keys of commands; "" for none."""
        return {
            first: keys[0] if keys else ""
            for id_, keys in self._chosen.items()
            if id_ in self._commands
            for first in self._commands[id_].keys
        }

    def use_letters(self, *, is_wanted: bool) -> None:
        """Turn single letters on or off. Source: WCAG 2.1.4."""
        if is_wanted is not self.has_letters:
            self.has_letters = is_wanted
            self._give_all_keys()

    def make_menu(self, group: Group | None = None) -> QMenu:
        """Return the menu of the window, or of one group; it deletes itself when it closes.

        In the menu of the window, the help is a menu of its own.
        """
        menu = QMenu(self._window)
        menu.setObjectName("window-menu" if group is None else f"{group.name.lower()}-menu")
        menu.setAccessibleName(tr("Menu") if group is None else group.title)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner: QMenu | None = None
        for action, command in self._menu_order:
            if not self._is_allowed(command) or group not in (None, command.group):
                continue
            target = menu
            if group is None and command.group is Group.HELP:
                target = inner = inner or sub_menu(menu, Group.HELP.title)
            if command.begins_group:
                target.addSeparator()
            target.addAction(action)
            self._show_state(action, command)
            if command.icon:
                action.setIcon(self._theme.icon(command.icon, self._theme.scale(ICON_PX)))
        menu.aboutToHide.connect(self._release)
        return menu

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Add a menu for each group; untested on a Mac, where the actions of `ROLES` move."""
        for group in Group:
            parts = [part for part in self._menu_order if part[1].group is group]
            if not parts:
                continue
            menu = bar.addMenu(group.title)
            for action, command in parts:
                if command.begins_group:
                    menu.addSeparator()
                menu.addAction(action)
                # Else Qt would also move those whose names look like one of these.
                action.setMenuRole(ROLES.get(command.id, QAction.MenuRole.NoRole))
            menu.aboutToShow.connect(partial(self._show_states, parts))
            menu.aboutToHide.connect(self._release)

    def _show_states(self, parts: Sequence[tuple[QAction, Command]]) -> None:
        for action, command in parts:
            self._show_state(action, command)
            action.setVisible(self._is_allowed(command))

    def _show_state(self, action: QAction, command: Command) -> None:
        name = command.name.replace("&", "&&")
        keys = next(filter(self._acts, self._chosen.get(command.id, ())), "")
        has_own_keys = action.shortcuts() or not keys  # else another action has them
        action.setText(name if has_own_keys else f"{name}\t{key_text(keys)}")
        action.setEnabled(not command.obstacle())
        if command.is_on is not None:
            action.setChecked(command.is_on())

    # -- binding --

    def _bind_inside(self, widgets: tuple[QWidget, ...], command: Command) -> None:
        action = self._bind(command, widgets)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if self._inside.setdefault(command.id, action) is action and command.id in self._chosen:
            self._give_keys(action, command)

    def _bind(self, command: Command, widgets: tuple[QWidget, ...]) -> QAction:
        known = self._commands.get(command.id)
        known_keys = () if known is None else known.keys
        self._commands[command.id] = replace(known or command, keys=known_keys + command.keys)
        action = QAction(command.title.replace("&", "&&"), self._window)
        action.setShortcutVisibleInContextMenu(True)
        action.setCheckable(command.is_on is not None)
        action.triggered.connect(lambda _is_checked: self._take_key(action, command))
        self._actions.append((action, command))
        self._give_keys(action, command)
        for widget in widgets:
            widget.addAction(action)
        return action

    def _give_all_keys(self) -> None:
        for action, command in self._actions:
            self._give_keys(action, command)

    def _give_keys(self, action: QAction, command: Command) -> None:
        """Give one action of a command its keys: chosen letters act in some places only."""
        wanted = self._chosen.get(command.id)
        if wanted is None:
            wanted = command.keys
        else:
            of_command = [each for each, other in self._actions if other.id == command.id]
            inside = self._inside.get(command.id)
            everywhere = next((each for each in of_command if each is not inside), inside)
            wanted = tuple(
                keys for keys in wanted if action is (inside if is_letter(keys) else everywhere)
            )
        action.setShortcuts([QKeySequence(keys) for keys in wanted if self._acts(keys)])

    def _acts(self, keys: str) -> bool:
        return self.has_letters or not is_letter(keys)

    def _is_allowed(self, command: Command) -> bool:
        return not (self.is_read_only() and command.writes_now)

    def _release(self) -> None:
        """Enable all command keys again, whatever blocked them while the menu was open."""
        for action, _ in self._menu_order:
            action.setEnabled(True)

    def run(self, command: Command) -> None:
        """Run a command, or say why it can't run now."""
        why = command.obstacle() if self._is_allowed(command) else read_only_text()
        self.ran.emit(why)
        if not why:
            command.act()

    def _take_key(self, action: QAction, command: Command) -> None:
        """Run a command, but never by a letter while a menu is open above its place."""
        is_covered = QApplication.activePopupWidget() is not None
        if not (is_covered and any(is_letter(keys.toString()) for keys in action.shortcuts())):
            self.run(command)
