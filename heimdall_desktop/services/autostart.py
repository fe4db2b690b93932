"""Starts the program when the user signs in to the desktop, by an entry of this user alone.

Source: freedesktop.org, Desktop Application Autostart Specification 0.5; Desktop Entry
Specification 1.5 (quoting in Exec).
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from heimdall_desktop.services.regular_file import replace_file

NAME = "heimdall-desktop"
IS_OFFERED = sys.platform == "linux"
_SWITCHED_OFF = re.compile(
    r"^\s*(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", re.MULTILINE
)


def autostart_place(config: Path) -> Path:
    """Return where the entry is.

    Args:
        config: where the user's settings are, such as `~/.config`.
    """
    return config / "autostart" / f"{NAME}.desktop"


def starts_at_login(config: Path) -> bool:
    """Whether the desktop starts the program; tools of the desktop may switch the entry off.

    Raises:
        OSError: the entry cannot be read.
    """
    try:
        text = autostart_place(config).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return False
    return _SWITCHED_OFF.search(text) is None


def start_at_login(config: Path, command: Sequence[str], *, is_hidden: bool) -> None:
    """Let the desktop start the program from now on.

    Args:
        config: where the user's settings are.
        command: starts the program, its absolute path first.
        is_hidden: without its window.

    Raises:
        OSError: the entry cannot be written; what was there is as it was.
    """
    options = ("--background",) if is_hidden else ()
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Heimdall Desktop",
        f"Exec={' '.join(map(_argument, (*command, *options)))}",
        f"Icon={NAME}",
        "Terminal=false",
        "StartupNotify=false",
        "",
    )
    place = autostart_place(config)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(place, "\n".join(lines).encode("utf-8", "surrogateescape"))


def start_no_more_at_login(config: Path) -> None:
    """Let the desktop start the program no more.

    Raises:
        OSError: the entry cannot be removed.
    """
    autostart_place(config).unlink(missing_ok=True)


def _argument(text: str) -> str:
    """Quote an argument of Exec: as of a shell, then as any value, and no field code in it."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", text).replace("%", "%%")
    is_plain = re.fullmatch(r"[\w@%+=:,./-]+", text)
    escaped = quoted.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return escaped if is_plain else f'"{escaped}"'
