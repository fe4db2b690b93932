"""The names of keys on this system: `Ctrl+Shift+Z`, or the symbols of a Mac.

Source: behaviour.md 2.7, whose `Mod` is what Qt calls Ctrl.
"""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import without_controls

IS_MAC = sys.platform == "darwin"
_MAC_MODIFIERS = {"Meta": "⌃", "Alt": "⌥", "Shift": "⇧", "Ctrl": "⌘"}  # in the order of a Mac
_MAC_KEYS = {"Return": "↩", "Esc": "⎋", "Backspace": "⌫", "Del": "⌦", "Tab": "⇥"}
_SIGNS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
_NAMED = {
    "Ctrl": tr_noop("Ctrl"),
    "Alt": tr_noop("Alt"),
    "Shift": tr_noop("Shift"),
    "Return": tr_noop("Enter"),
    "Esc": tr_noop("Esc"),
    "Tab": tr_noop("Tab"),
    "Home": tr_noop("Home"),
    "End": tr_noop("End"),
    "Space": tr_noop("Space"),
    "Del": tr_noop("Del"),
    "Ins": tr_noop("Ins"),
    "Backspace": tr_noop("Backspace"),
    "PgUp": tr_noop("PgUp"),
    "PgDown": tr_noop("PgDown"),
    "Menu": tr_noop("Menu"),
}


class KeysInUse(QObject):
    """Maps default shortcuts to the current ones, for everything that names the key of a command.

    Signals:
        changed: some keys have changed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._instead: Mapping[str, str] = {}

    def use(self, instead: Mapping[str, str]) -> None:
        """Use other keys from now on.

        Args:
            instead: the current keys by the default keys of a command; "" for none.
        """
        if instead != self._instead:
            self._instead = dict(instead)
            self.changed.emit()

    def of(self, keys: str) -> str:
        """Return the current keys for these default keys; "" for none."""
        return self._instead.get(keys, keys)


KEYS_IN_USE = KeysInUse()  # one set of keys per process, like the language


def key_caps(keys: str, *, is_mac: bool = IS_MAC) -> list[str]:
    """Return the labels of the keys, in the order they are pressed."""
    parts = keys.split("+")
    if keys.endswith("+"):  # the last plus is itself the key
        parts = [*filter(None, parts), "+"]
    *modifiers, key = parts
    if is_mac:
        signs = [sign for name, sign in _MAC_MODIFIERS.items() if name in modifiers]
        return [*signs, _MAC_KEYS.get(key, _SIGNS.get(key, key))]
    return [
        (_SIGNS.get(name) or (tr(_NAMED[name]) if name in _NAMED else name))
        for name in (*modifiers, key)
    ]


def key_text(keys: str, *, is_mac: bool = IS_MAC) -> str:
    """Return keys as one text, such as `Ctrl+N`; "" for none."""
    return ("" if is_mac else "+").join(key_caps(keys, is_mac=is_mac)) if keys else ""


def command_key_text(keys: str) -> str:
    """Return the current keys of a command as one text; "" for none.

    Args:
        keys: the default keys.
    """
    return key_text(KEYS_IN_USE.of(keys))


# All copy functions of this program. A terminal runs control characters that are pasted into it.


def copy_line(text: str) -> None:
    """Copy a path, an ID, a link or an error: exactly the visible line."""
    copy_exactly(one_line(text))


def copy_text(text: str) -> None:
    """Copy code, rows or Markdown: with tabs and line feeds, and no other control character."""
    copy_exactly(without_controls(text))


def copy_exactly(text: str) -> None:
    """Copy text unchanged, such as a patch; warn of `has_controls` beside the button."""
    QGuiApplication.clipboard().setText(text)
