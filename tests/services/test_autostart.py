"""The entry that starts the program with the session, as the desktop reads it."""

import re
import subprocess
from pathlib import Path

import pytest

from heimdall_desktop.services.autostart import (
    autostart_place,
    start_at_login,
    start_no_more_at_login,
    starts_at_login,
)


def started(entry: Path) -> list[str]:
    """Return the arguments that the desktop would start: a value, then field codes, then quotes."""
    [line] = re.findall("^Exec=(.*)$", entry.read_text(encoding="utf-8"), re.MULTILINE)
    plain = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), line)
    shell = plain.replace("%%", "%")  # quotes are those of a shell
    command = ["sh", "-c", f"printf '%s\\0' {shell}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return told.stdout.split("\0")[:-1]


@pytest.mark.parametrize(
    "command",
    [
        ["/usr/bin/heimdall-desktop"],
        ["/home/ann/my tools/heimdall-desktop"],
        ["/opt/100%/py", "-m", "heimdall_desktop"],
        ['/opt/$(id)/`id`/"quoted"/back\\slash/it\'s', "%u", "a\nb"],
    ],
)
def test_exactly_this_program_is_started(tmp_path: Path, command: list[str]) -> None:
    start_at_login(tmp_path, command, is_hidden=True)
    assert started(autostart_place(tmp_path)) == [*command, "--background"]
    start_at_login(tmp_path, command, is_hidden=False)
    assert started(autostart_place(tmp_path)) == command


def test_it_is_on_and_off(tmp_path: Path) -> None:
    assert not starts_at_login(tmp_path)
    start_no_more_at_login(tmp_path)
    start_at_login(tmp_path, ["/usr/bin/heimdall-desktop"], is_hidden=True)
    assert starts_at_login(tmp_path)
    start_no_more_at_login(tmp_path)
    assert not starts_at_login(tmp_path)


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_has_switched_off_is_off(tmp_path: Path, line: str) -> None:
    start_at_login(tmp_path, ["/usr/bin/heimdall-desktop"], is_hidden=True)
    with autostart_place(tmp_path).open("a", encoding="utf-8") as entry:
        entry.write(f"{line}\n")
    assert not starts_at_login(tmp_path)
