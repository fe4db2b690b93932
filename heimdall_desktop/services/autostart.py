"""Starts the program when the user signs in to the desktop, by an entry of this user only.

Source: freedesktop.org, Desktop Application Autostart Specification 0.5; Desktop Entry
Specification 1.5 (quoting in Exec).
"""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import Reason, SettingsError
from heimdall_desktop.services.regular_file import problem_of, replace_file

NAME = "heimdall-desktop"
ICON = DESKTOP_ID = os.environ.get("FLATPAK_ID") or NAME
"""By these names the desktop knows the menu entry and the icon; a sandbox has its own for both."""

# A token without --server is refused, and one of the whole session must not stop the menu entry.
TOKEN_FREE = ("env", "-u", "HEIMDALL_TOKEN")
IS_OFFERED = sys.platform == "linux"
_SWITCHED_OFF = re.compile(
    r"^\s*(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", re.MULTILINE
)


class LoginEntry(Struct, frozen=True):
    """The entry, which may or may not exist.

    Attributes:
        config: where the user's settings are, such as `~/.config`.
        command: starts the program, its absolute path first.
    """

    config: Path
    command: tuple[str, ...]

    @property
    def place(self) -> Path:
        return self.config / "autostart" / f"{NAME}.desktop"

    def is_on(self) -> bool:
        """Whether the desktop starts the program; desktop tools may switch the entry off."""
        try:
            text = self.place.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False  # the desktop cannot read it either
        return _SWITCHED_OFF.search(text) is None

    def write(self, *, is_hidden: bool) -> None:
        """Make the desktop start the program at sign-in.

        Args:
            is_hidden: without its window.

        Raises:
            SettingsError: it cannot be written; the old entry is unchanged.
        """
        options = ("--background",) if is_hidden else ()
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Heimdall Desktop",
            f"Exec={exec_value((*TOKEN_FREE, *self.command, *options))}",
            f"Icon={ICON}",
            "Terminal=false",
            "StartupNotify=false",
            "",
        )
        try:
            self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self.place, "\n".join(lines).encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise self._unwritable(error) from None

    def remove(self) -> None:
        """Stop the desktop from starting the program.

        Raises:
            SettingsError: it cannot be removed.
        """
        try:
            self.place.unlink(missing_ok=True)
        except NotADirectoryError:
            pass  # there is no such folder
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> SettingsError:
        path, problem = str(self.place), problem_of(error)
        return SettingsError(Reason.SETTINGS_UNWRITABLE, path=path, problem=problem)


def exec_value(command: Sequence[str]) -> str:
    """Return the value of Exec that starts a command with exactly these arguments."""
    arguments = []
    for text in command:  # quoted for a shell, then as an entry value, without field codes
        quoted = re.sub(r'(["`$\\])', r"\\\1", text).replace("%", "%%")
        is_plain = re.fullmatch(r"[\w@%+=:,./-]+", text)
        arguments.append(entry_value(quoted if is_plain else f'"{quoted}"'))
    return " ".join(arguments)


def entry_value(text: str) -> str:
    """Return a value of an entry, with backslashes doubled and line ends escaped."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
