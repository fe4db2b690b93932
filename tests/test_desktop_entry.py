"""The menu entry and the handler of links: as the specifications want them, and for one user."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from heimdall_desktop import desktop_entry

OWN = (sys.executable, "-m", "heimdall_desktop")
ICONS = Path(__file__).parents[1] / "resources" / "icons"
OURS = f"{desktop_entry.SCHEME_TYPE}=heimdall-desktop.desktop"


def run(
    home: Path, *options: str, command: Sequence[str] = OWN, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *options],
        env={"PATH": os.environ["PATH"], "HOME": str(home), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def read(text: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return parser["Desktop Entry"]


def all_files(home: Path) -> set[str]:
    return {str(file.relative_to(home)) for file in home.rglob("*") if file.is_file()}


def test_it_is_installed_for_the_user_and_removed_without_a_trace(tmp_path: Path) -> None:
    mime = tmp_path / ".config" / "mimeapps.list"
    mime.parent.mkdir()
    before = "[Default Applications]\ntext/plain=vim.desktop\n"
    mime.write_text(before)

    done = run(tmp_path, "--install-desktop-entry")

    applications = ".local/share/applications/"
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{applications}heimdall-desktop.desktop" in done.stdout
    written = all_files(tmp_path) - {f"{applications}mimeinfo.cache"}
    assert written == {
        f"{applications}heimdall-desktop.desktop",
        ".local/share/icons/hicolor/16x16/apps/heimdall-desktop.svg",
        ".local/share/icons/hicolor/scalable/apps/heimdall-desktop.svg",
        ".config/mimeapps.list",
    }
    assert OURS in mime.read_text().splitlines()
    file = tmp_path / applications / "heimdall-desktop.desktop"
    command = shlex.split(read(file.read_text())["Exec"])
    assert command == ["env", "-u", "HEIMDALL_TOKEN", *OWN, "%u"]
    assert read(file.read_text())["TryExec"] == OWN[0]
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", file], check=True)

    command[-1] = "--remove-desktop-entry"
    variable = {"HEIMDALL_TOKEN": "of the whole session"}
    assert run(tmp_path, command=command, **variable).returncode == 0
    left = {str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*")}
    assert left == {".config", ".local", ".local/share", ".config/mimeapps.list"}
    assert mime.read_text() == before
    assert run(tmp_path, "--remove-desktop-entry").returncode == 0


def test_what_others_keep_beside_it_stays(tmp_path: Path) -> None:
    data = tmp_path / ".local/share"
    kept = [
        *(data / "applications" / "other.desktop", data / "icons/hicolor/16x16/apps/other.png"),
        data / "icons/hicolor/index.theme",
    ]
    for file in kept:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    folder = data / "icons/hicolor"
    os.utime(folder, (0, 0))

    run(tmp_path, "--install-desktop-entry")
    assert folder.stat().st_mtime > 0, "desktops see by its time that there are new icons"
    run(tmp_path, "--remove-desktop-entry")

    left = {tmp_path / file for file in all_files(tmp_path)}
    assert left - {data / "applications/mimeinfo.cache"} == set(kept)
    assert not (data / "icons/hicolor/scalable").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="only administrators make links there")
def test_a_list_that_is_kept_elsewhere_stays_a_link(tmp_path: Path) -> None:
    mime, kept = tmp_path / ".config" / "mimeapps.list", tmp_path / "kept.list"
    mime.parent.mkdir()
    mime.symlink_to(kept)
    run(tmp_path, "--install-desktop-entry")
    assert OURS in kept.read_text()
    run(tmp_path, "--remove-desktop-entry")
    assert mime.is_symlink()
    assert OURS not in kept.read_text()


def test_a_place_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(tmp_path, "--install-desktop-entry", XDG_DATA_HOME=str(tmp_path / "file"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("heimdall-desktop: Couldn't update the menu entry: ")


@pytest.mark.parametrize("folder", ["/opt/a b", "/opt/100%", "/opt/$a`b`", '/opt/"a"', "/opt/a\\b"])
def test_a_command_is_read_back_as_it_was(folder: str) -> None:
    exec_line = read(desktop_entry.entry([f"{folder}/heimdall", "-m"]))["Exec"]
    value = exec_line.replace("\\\\", "\\")  # as of all values of an entry
    done = subprocess.run(
        ["sh", "-c", f"printf '%s|' {value}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.replace("%%", "%") == f"env|-u|HEIMDALL_TOKEN|{folder}/heimdall|-m|%u|"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "[Default Applications]\n",
        f"# mine\n[Added Associations]\n{desktop_entry.SCHEME_TYPE}=a.desktop;\n",
        f"[Default Applications]\n{desktop_entry.SCHEME_TYPE}=other.desktop\n"
        "text/plain=vim.desktop\n",
        "[Default Applications]\na=b\n[Removed Associations]\nc=d\n",
    ],
)
def test_other_associations_stay_as_they_are(before: str) -> None:
    after = desktop_entry.with_handler(before, is_wanted=True)
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.read_string(after)
    assert parser["Default Applications"][desktop_entry.SCHEME_TYPE] == "heimdall-desktop.desktop"
    assert desktop_entry.with_handler(after, is_wanted=True) == after
    gone = desktop_entry.with_handler(after, is_wanted=False)
    assert OURS not in gone
    kept = [line for line in before.splitlines() if "other.desktop" not in line]
    assert [line for line in gone.splitlines() if line in kept] == kept


def test_it_opens_links_by_default_though_it_is_associated_already() -> None:
    before = f"[Added Associations]\n{OURS}\n[Default Applications]\na=b\n"
    after = desktop_entry.with_handler(before, is_wanted=True)
    assert after == f"[Added Associations]\n{OURS}\n[Default Applications]\n{OURS}\na=b\n"
    assert desktop_entry.with_handler(after, is_wanted=True) == after
    assert desktop_entry.with_handler(after, is_wanted=False) == before


@pytest.mark.skipif(sys.platform == "win32", reason="paths are text there")
def test_a_program_whose_path_is_no_utf_8_is_installed(tmp_path: Path) -> None:
    desktop_entry.install(tmp_path, tmp_path, [os.fsdecode(b"/opt/\xff/heimdall")], ICONS)
    assert (
        b'Exec=env -u HEIMDALL_TOKEN "/opt/\xff/heimdall" %u\n'
        in desktop_entry.entry_place(tmp_path).read_bytes()
    )
    for place, name in desktop_entry.icon_places(tmp_path).items():
        assert place.read_bytes() == (ICONS / name).read_bytes()


def test_the_handler_of_another_program_is_left_alone() -> None:
    other = f"[Default Applications]\n{desktop_entry.SCHEME_TYPE}=other.desktop\n"
    assert desktop_entry.with_handler(other, is_wanted=False) == other


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such entry")
def test_a_self_test_knows_who_opens_links(tmp_path: Path) -> None:
    program = "from heimdall_desktop.desktop_entry import opens_links; print(opens_links())"
    asked = (sys.executable, "-c", program)

    assert run(tmp_path, command=asked).stdout == "False\n"
    run(tmp_path, "--install-desktop-entry")
    assert run(tmp_path, command=asked).stdout == "True\n"
    mime = tmp_path / ".config" / "mimeapps.list"
    mime.write_text(mime.read_text().replace(OURS, f"{desktop_entry.SCHEME_TYPE}=other.desktop"))
    assert run(tmp_path, command=asked).stdout == "False\n"
