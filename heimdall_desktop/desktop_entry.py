"""Menu entry, icon and handler of heimdall:// links, for this user alone; nothing here loads Qt.

Source: freedesktop.org, Desktop Entry Specification 1.5 (quoting in Exec), Association between MIME
types and applications 1.0.1 (mimeapps.list), Icon Theme Specification 0.13.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import platformdirs

from heimdall_desktop import cli, paths
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.services.autostart import NAME, TOKEN_FREE, entry_value, exec_value
from heimdall_desktop.services.regular_file import problem_of, replace_file

SCHEME_TYPE = "x-scheme-handler/heimdall"
DEFAULTS = "[Default Applications]"
THEME = Path("icons") / "hicolor"
ICONS = {"scalable": "app-icon.svg", "16x16": "app-icon-16.svg"}
"""The drawing for each folder of the theme; desktops make all other sizes of the first."""

INDEX, EMPTY_INDEX = "mimeinfo.cache", "[MIME Cache]"
UPDATE_S = 10.0


def main(*, is_wanted: bool) -> int:
    """Install or remove the entry; print the result, and return the exit status."""
    if sys.platform in ("win32", "darwin"):
        cli.complain(tr("Menu entries can only be installed on Linux and similar systems."))
        return cli.BAD_ARGUMENTS
    data, config = platformdirs.user_data_path(), platformdirs.user_config_path()
    try:
        if is_wanted:
            install(data, config, own_command(), paths.resources() / "icons")
        elif not remove(data, config):
            print(tr("No menu entry to remove."))  # noqa: T201 - the result of the command
            return 0
    except OSError as error:
        text = tr("Couldn't update the menu entry: {problem}.")
        cli.complain(text.format(problem=problem_of(error)))
        return cli.BAD_ARGUMENTS
    command = shutil.which("update-desktop-database")  # of desktops that keep an index of entries
    if command is not None:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - found by its name
                [command, "-q", str(data / "applications")], check=False, timeout=UPDATE_S
            )
    if not is_wanted:
        _remove_empty(data)
    text = tr("Installed the menu entry {file}. Links with heimdall:// open Heimdall Desktop.")
    if not is_wanted:
        text = tr(
            "Removed the menu entry {file}. Links with heimdall:// no longer open Heimdall Desktop."
        )
    print(text.format(file=entry_place(data)))  # noqa: T201 - the result of the command
    return 0


def own_command() -> list[str]:
    """Return the command that starts this program again, from any folder."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.argv[0])
    if script.name == NAME and os.access(script, os.X_OK):
        return [str(script.absolute())]
    return [sys.executable, "-m", "heimdall_desktop"]


def install(data: Path, config: Path, command: Sequence[str], icons: Path) -> None:
    """Write the entry and the icons, and register the program for its links.

    Args:
        data: the folder for data of the user's own programs.
        config: where the user's settings are.
        command: starts the program.
        icons: the folder of our drawings.

    Raises:
        OSError: one of the files cannot be written.
    """
    drawings = {place: (icons / name).read_bytes() for place, name in icon_places(data).items()}
    needs = f"TryExec={entry_value(command[0])}"  # without the program there is no entry
    described = entry(command, needs).encode("utf-8", "surrogateescape")
    for place, content in (*drawings.items(), (entry_place(data), described)):
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, content)
        place.chmod(0o644)  # others may read it, as they may all menu entries
    os.utime(data / THEME)  # so that running desktops look for new icons
    _associate(config, is_wanted=True)


def remove(data: Path, config: Path) -> bool:
    """Remove every file that `install` wrote; return whether there was a menu entry.

    Raises:
        OSError: a file can't be removed.
    """
    had_entry = entry_place(data).exists()
    for place in (*icon_places(data), entry_place(data)):
        place.unlink(missing_ok=True)
    _associate(config, is_wanted=False)
    return had_entry


def opens_links() -> bool:
    """Return whether the desktop opens heimdall:// links with this program."""
    place = platformdirs.user_config_path() / "mimeapps.list"
    try:
        text = place.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    is_chosen = with_handler(text, is_wanted=True).split() == text.split()
    return is_chosen and entry_place(platformdirs.user_data_path()).exists()


def entry_place(data: Path) -> Path:
    return data / "applications" / f"{NAME}.desktop"


def icon_places(data: Path) -> dict[Path, str]:
    """Return where the drawings go, with their names in our folder of icons."""
    return {data / THEME / size / "apps" / f"{NAME}.svg": name for size, name in ICONS.items()}


def entry(command: Sequence[str], *more: str) -> str:
    """Return the menu entry of a program, with more lines; it receives a link as one argument."""
    comment = tr("Watch Heimdall security scans live")
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Heimdall Desktop",
        f"Comment={entry_value(comment)}",
        f"Exec={exec_value((*TOKEN_FREE, *command))} %u",
        f"Icon={NAME}",
        "Terminal=false",
        "Categories=Development;Qt;",
        "StartupNotify=true",
        f"StartupWMClass={NAME}",
        f"MimeType={SCHEME_TYPE};",
        *more,
        "",
    )
    return "\n".join(lines)


def with_handler(text: str, *, is_wanted: bool) -> str:
    """Return a mimeapps.list with this program as the default for its links, or without it."""
    own = f"{SCHEME_TYPE}={NAME}.desktop"
    lines: list[str] = []
    section, has_own = "", False
    for line in text.splitlines():
        if line.strip().startswith("["):
            section = line.strip()
        is_ours = section == DEFAULTS and line.partition("=")[0].strip() == SCHEME_TYPE
        if is_ours and (is_wanted or NAME in line):
            continue
        lines.append(line)
        if is_wanted and section == DEFAULTS and not has_own:
            lines.append(own)
            has_own = True
    if is_wanted and not has_own:
        lines += [DEFAULTS, own]
    return "".join(f"{line}\n" for line in lines)


def _associate(config: Path, *, is_wanted: bool) -> None:
    place = (config / "mimeapps.list").resolve()  # it may be a link into a collection of settings
    before = ""
    with suppress(FileNotFoundError):
        before = place.read_text(encoding="utf-8", errors="surrogateescape")
    after = with_handler(before, is_wanted=is_wanted)
    if after != before:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if after.strip() in ("", DEFAULTS) and not (config / "mimeapps.list").is_symlink():
            place.unlink()  # it had nothing but our line
        else:
            replace_file(place, after.encode("utf-8", "surrogateescape"))


def _remove_empty(data: Path) -> None:
    """Remove the folders that have become empty, and the index of entries if it lists none."""
    index = data / "applications" / INDEX
    with suppress(OSError):
        if index.read_text(encoding="utf-8", errors="replace").strip() in ("", EMPTY_INDEX):
            index.unlink()
    for file in (*icon_places(data), entry_place(data)):
        for folder in file.relative_to(data).parents[:-1]:
            try:
                (data / folder).rmdir()
            except OSError:
                break  # something else is in it
