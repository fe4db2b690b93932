"""The Keyboard page of the settings, as values: each command with its editable keys.

Source: ux.md §2.7; WCAG 2.1.4.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.i18n import either, tr
from heimdall_desktop.presentation.window.command import (
    Command,
    Group,
    has_free_key,
    with_keys,
)
from heimdall_desktop.presentation.window.setting import Button, Keys, Page, Setting, Switch
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.window.announcer import say
from heimdall_desktop.widgets.window.workspace import Workspace, open_dialog


class KeySettings(Struct, frozen=True):
    """Makes the rows from the commands of the main window.

    Attributes:
        window: the window that has the commands.
        refreshed: shows the current settings.
    """

    window: Workspace
    refreshed: Callable[[], object]

    def settings(self) -> list[Setting]:
        """Return all settings in display order."""
        window, groups = self.window, list(Group)
        commands = sorted(window.commands.keyed(), key=lambda command: groups.index(command.group))
        return [
            Setting(
                "single-letter-shortcuts",
                Page.KEYBOARD,
                tr("Single-letter shortcuts"),
                tr(
                    "Single letters act on findings, such as C to confirm. When off, they do "
                    "nothing."
                ),
                Switch(lambda: window.commands.has_letters, window.switch_letters),
            ),
            Setting(
                "shortcuts",
                Page.KEYBOARD,
                tr("Keyboard shortcuts"),
                tr("All shortcuts in the main window, grouped by task."),
                Button(tr("Show all"), self._show_shortcuts),
            ),
            Setting(
                "reset-keys",
                Page.KEYBOARD,
                tr("Default keys"),
                tr("Resets all commands to their default keys."),
                Button(tr("Reset all"), partial(self._use, ())),
                lambda: "" if self._choices else tr("No keys have been changed."),
            ),
            *map(self._row, commands),
        ]

    def _row(self, command: Command) -> Setting:
        first = self.window.commands.at_first(command.id)
        is_changed = any(choice.command == command.id for choice in self._choices)
        says = ""
        if is_changed:
            text = either([key_text(keys) for keys in first.keys]) or tr("none")
            says = tr("Default: {keys}.").format(keys=text)
        reset = partial(self._give, command, first.keys) if is_changed else None
        kind = Keys(command.group.title, command.keys, partial(self._choose, command), reset)
        return Setting(f"keys {command.id}", Page.KEYBOARD, command.title, says, kind)

    @property
    def _choices(self) -> tuple[KeyChoice, ...]:
        return self.window.session.requests.preferences.settings.keys

    def _choose(self, command: Command, keys: str) -> str:
        """Give a command the pressed keys; return why that is not possible, or "".

        Args:
            command: its current state.
            keys: in Qt's portable spelling; "" for none.
        """
        is_own = keys in self.window.commands.at_first(command.id).keys
        refused = self._refusal(keys) if keys and not is_own else ""
        if refused:
            say(self.window, refused)
        else:
            self._give(command, (keys,) if keys else ())
        return refused

    def _refusal(self, keys: str) -> str:
        fixed, shown = self.window.commands.fixed(keys), key_text(keys)
        if fixed is not None:
            return tr("{keys} is reserved for \u201c{action}\u201d.").format(
                keys=shown, action=fixed.text
            )
        if not has_free_key(keys):
            return tr("{keys} alone is used to move or type. Add Ctrl or Alt.").format(keys=shown)
        return ""

    def _give(self, command: Command, keys: tuple[str, ...]) -> None:
        """Give a command its keys; ask first if other commands have them."""
        others = [each for each in self.window.commands.keyed() if each.id != command.id]
        owners = [each for each in others if set(each.keys) & set(keys)]
        if not owners:
            self._take(command, keys)
            return
        taken = next(key for key in owners[0].keys if key in keys)
        question = tr(
            "{keys} is assigned to \u201c{owner}\u201d. Reassign it to \u201c{command}\u201d?"
        )
        asked = QuestionDialog(
            tr("Reassign"),
            tr("Leave it"),
            question.format(keys=key_text(taken), owner=owners[0].title, command=command.title),
            " ".join(_what_is_left(owner, keys) for owner in owners),
            QApplication.activeWindow() or self.window,
        )
        asked.accepted.connect(lambda: self._take(command, keys))
        open_dialog(asked)

    def _take(self, command: Command, keys: tuple[str, ...]) -> None:
        first, choices = self.window.commands.at_first, self._choices
        for other in self.window.commands.keyed():
            left = _without(other, keys)
            if other.id != command.id and left != other.keys:
                choices = with_keys(choices, first(other.id), left)
        self._use(with_keys(choices, first(command.id), keys))

    def _use(self, choices: tuple[KeyChoice, ...]) -> None:
        preferences = self.window.session.requests.preferences
        preferences.change(replace(preferences.settings, keys=choices))
        self.refreshed()

    def _show_shortcuts(self) -> None:
        self.window.activateWindow()
        self.window.show_shortcuts()


def _without(command: Command, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in command.keys if each not in keys)


def _what_is_left(command: Command, keys: tuple[str, ...]) -> str:
    """Describe what keys a command has left after some are removed."""
    left = either([key_text(each) for each in _without(command, keys)])
    text = (
        tr("“{owner}” keeps {keys}.") if left else tr("\u201c{owner}\u201d will have no shortcut.")
    )
    return text.format(owner=command.title, keys=left)
