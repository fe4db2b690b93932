"""The entry that starts the program with the session, as the desktop reads it."""

import re
import subprocess
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import SettingsError
from heimdall_desktop.services.autostart import TOKEN_FREE, LoginEntry


def started(entry: Path) -> list[str]:
    """Return the arguments that the desktop would start: a value, then field codes, then quotes."""
    [line] = re.findall("^Exec=(.*)$", entry.read_text(encoding="utf-8"), re.MULTILINE)
    plain = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), line)
    shell = plain.replace("%%", "%")  # quotes are those of a shell
    command = ["sh", "-c", f"printf '%s\\0' {shell}"]
    reported = subprocess.run(command, capture_output=True, text=True, check=True)
    return reported.stdout.split("\0")[:-1]


@pytest.mark.parametrize(
    "command",
    [
        ("/usr/bin/heimdall-desktop",),
        ("/home/ann/my tools/heimdall-desktop",),
        ("/opt/100%/py", "-m", "heimdall_desktop"),
        ('/opt/$(id)/`id`/"quoted"/back\\slash/it\'s', "%u", "a\nb"),
    ],
)
def test_exactly_this_program_is_started(tmp_path: Path, command: tuple[str, ...]) -> None:
    entry = LoginEntry(tmp_path, command)
    entry.write(is_hidden=True)
    assert started(entry.place) == [*TOKEN_FREE, *command, "--background"]
    entry.write(is_hidden=False)
    assert started(entry.place) == [*TOKEN_FREE, *command]


def test_it_is_on_and_off(tmp_path: Path) -> None:
    entry = LoginEntry(tmp_path, ("/usr/bin/heimdall-desktop",))
    assert not entry.is_on()
    entry.remove()
    entry.write(is_hidden=True)
    assert entry.is_on()
    entry.remove()
    assert not entry.is_on()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_has_switched_off_is_off(tmp_path: Path, line: str) -> None:
    entry = LoginEntry(tmp_path, ("/usr/bin/heimdall-desktop",))
    entry.write(is_hidden=True)
    with entry.place.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert not entry.is_on()


def test_an_unwritable_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "autostart").touch()
    entry = LoginEntry(tmp_path, ("/usr/bin/heimdall-desktop",))
    with pytest.raises(SettingsError):
        entry.write(is_hidden=True)
    assert not entry.is_on()
    entry.remove()
    entry.place.parent.unlink()
    entry.place.mkdir(parents=True)
    with pytest.raises(SettingsError):
        entry.remove()
