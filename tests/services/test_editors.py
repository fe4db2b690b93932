"""Opening files in editors: what an editor receives, and which paths are refused."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.choices import OWN_COMMAND, EditorChoices
from heimdall_desktop.domain.facts.errors import EditorError, HeimdallError, Reason, SourceError
from heimdall_desktop.services import editors
from heimdall_desktop.services.log import Redaction

#: Writes down its arguments and environment, whole or not at all.
STAND_IN = f"""#!{sys.executable}
import json, os, sys
place = os.path.join(os.path.dirname(__file__), "seen.json")
with open(place + ".part", "w") as file:
    json.dump([os.path.basename(__file__), *sys.argv[1:]], file)
with open(place + ".env", "w") as file:
    json.dump({{"env": dict(os.environ), "cwd": os.getcwd()}}, file)
os.replace(place + ".part", place)
"""
SESSION = "019f2c2267b87c3e9d1f5a6b7c8d9e0f019f2c2267b87d11aa22bb33cc44dd55"


class Bench:
    """A folder with programs, which is the only one on PATH, and a source folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bin, self.source, self.outside = (folder / each for each in ("bin", "src", "out"))
        for each in (self.bin, self.source / "shop", self.outside):
            each.mkdir(parents=True)
        self.file = self.source / "shop" / "orders.py"
        self.file.write_text("a\nb\n")
        (self.outside / "secret").write_text("secret")
        monkeypatch.setenv("PATH", str(self.bin))
        monkeypatch.setattr(editors, "FAILS_WITHIN_S", 60.0)  # it has ended when it was opened

    def install(self, name: str, script: str = STAND_IN) -> Path:
        place = self.bin / name
        place.write_text(script)
        place.chmod(0o755)
        return place

    def seen(self) -> list[str]:
        place = self.bin / "seen.json"
        arguments: list[str] = json.loads(place.read_text())
        place.unlink()
        return arguments

    async def open(
        self, path: str = "shop/orders.py", line: int = 2, choices: EditorChoices | None = None
    ) -> str:
        return await editors.open_file(self.source, path, line, choices or EditorChoices())


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(tmp_path, monkeypatch)


def reason_of(error: pytest.ExceptionInfo[HeimdallError]) -> Reason:
    return error.value.reason


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("code", ["--goto", "FILE:2"]),
        ("codium", ["--goto", "FILE:2"]),
        *((name, ["--line", "2", "FILE"]) for name in ("idea", "pycharm.sh", "goland", "rider")),
        *((name, ["--line", "2", "FILE"]) for name in ("webstorm", "clion", "rubymine")),
        ("phpstorm", ["--line", "2", "FILE"]),
        ("kate", ["-l", "2", "FILE"]),
        ("gedit", ["+2", "FILE"]),
        ("gnome-text-editor", ["+2", "FILE"]),
    ],
)
async def test_editor_gets_file_and_line(bench: Bench, program: str, arguments: list[str]) -> None:
    bench.install(program)
    title = await bench.open()
    expected = [each.replace("FILE", str(bench.file)) for each in arguments]
    assert bench.seen() == [program, *expected]
    assert [editor.title for editor in editors.found_editors()] == [title]


@pytest.mark.parametrize(
    ("terminal", "option"),
    [
        ("x-terminal-emulator", "-e"),
        ("gnome-terminal", "--"),
        ("konsole", "-e"),
        ("xfce4-terminal", "-x"),
        ("xterm", "-e"),
    ],
)
async def test_vim_runs_in_a_terminal(bench: Bench, terminal: str, option: str) -> None:
    vim = bench.install("vim")
    with pytest.raises(EditorError) as refused:
        await bench.open(choices=EditorChoices("vim"))
    assert reason_of(refused) is Reason.EDITOR_NEEDS_TERMINAL
    assert editors.found_editors() == ()
    bench.install(terminal)
    assert await bench.open() == "Vim"
    assert bench.seen() == [terminal, option, str(vim), "+2", str(bench.file)]


async def test_unknown_terminal_gets_no_path_it_could_split(bench: Bench) -> None:
    bench.install("vim")
    bench.install("x-terminal-emulator")
    (bench.source / "a -c quit").write_text("")
    with pytest.raises(EditorError) as refused:
        await bench.open("a -c quit")
    assert reason_of(refused) is Reason.EDITOR_NEEDS_TERMINAL
    bench.install("xterm")
    await bench.open("a -c quit")
    assert bench.seen()[-1] == str(bench.source / "a -c quit")


async def test_first_known_editor_is_used_unless_another_is_chosen(bench: Bench) -> None:
    for name in ("gedit", "kate", "code"):
        bench.install(name)
    assert await bench.open() == "VS Code"
    assert bench.seen()[0] == "code"
    assert await bench.open(choices=EditorChoices("gedit")) == "gedit"
    assert bench.seen()[0] == "gedit"


@pytest.mark.parametrize(
    ("line", "shown"), [(-5, "1"), (0, "1"), (1, "1"), (40, "40"), (2**70, "9999999")]
)
async def test_line_out_of_range_is_the_nearest(bench: Bench, line: int, shown: str) -> None:
    bench.install("kate")
    await bench.open(line=line)
    assert bench.seen()[2] == shown


OUTSIDE, UNUSABLE, MISSING = Reason.PATH_OUTSIDE, Reason.PATH_UNUSABLE, Reason.SOURCE_MISSING


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../out/secret", OUTSIDE),
        ("shop/../../out/secret", OUTSIDE),
        ("shop/../shop/orders.py", OUTSIDE),
        ("..", OUTSIDE),
        ("..\\out\\secret", OUTSIDE),
        ("shop\\..\\..\\out\\secret", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("//etc/passwd", OUTSIDE),
        ("\\etc\\passwd", OUTSIDE),
        ("C:\\Windows\\win.ini", OUTSIDE),
        ("C:/Windows/win.ini", OUTSIDE),
        ("c:win.ini", OUTSIDE),
        ("\\\\server\\share\\file", OUTSIDE),
        ("//server/share/file", OUTSIDE),
        ("\\\\?\\C:\\file", OUTSIDE),
        ("\\\\.\\pipe\\x", OUTSIDE),
        ("link", OUTSIDE),
        ("link/secret", OUTSIDE),
        ("linked", OUTSIDE),
        ("shop/to-root/etc/passwd", OUTSIDE),
        ("shop/orders.py\0.png", UNUSABLE),
        ("\0", UNUSABLE),
        ("shop/orders.py\n--line", UNUSABLE),
        ("shop/\x1b]0;title\x07orders.py", UNUSABLE),
        ("shop/\x9borders.py", UNUSABLE),
        ("shop/\u2028orders.py", UNUSABLE),
        ("shop/\ud800.py", UNUSABLE),
        ("shop/orders.py:12", UNUSABLE),
        ("file:///etc/passwd", UNUSABLE),
        ("vscode://file/etc/passwd", UNUSABLE),
        ("a/" * 600 + "b", UNUSABLE),
        ("a" * 5000, UNUSABLE),
        ("a" * 1000, Reason.SOURCE_UNREADABLE),
        ("shop/other.py", MISSING),
        ("shop/orders.py/more", MISSING),
        ("~/.bashrc", MISSING),
        ("$HOME/.bashrc", MISSING),
        ("`id`", MISSING),
        ("--wait", MISSING),
        ("dangling", MISSING),
        ("", Reason.SOURCE_NO_FILE),
        (".", Reason.SOURCE_NO_FILE),
        ("shop", Reason.SOURCE_NO_FILE),
        ("pipe", Reason.SOURCE_NO_FILE),
        ("socket", Reason.SOURCE_NO_FILE),
        ("circle", Reason.SOURCE_UNREADABLE),
    ],
)
async def test_hostile_paths_are_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, path: str, reason: Reason
) -> None:
    bench.install("code")
    (bench.source / "link").symlink_to(bench.outside)
    (bench.source / "linked").symlink_to(bench.outside / "secret")
    (bench.source / "dangling").symlink_to(bench.source / "nothing")
    (bench.source / "circle").symlink_to(bench.source / "circle")
    (bench.source / "shop" / "to-root").symlink_to("/")
    os.mkfifo(bench.source / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(bench.source)  # a longer path is no address
        listener.bind("socket")
        with pytest.raises(SourceError) as refused:
            await bench.open(path)
    assert reason_of(refused) is reason
    assert not (bench.bin / "seen.json").exists()


@pytest.mark.parametrize(
    "name",
    ["-n.py", "--wait", "a b.py", "{line}.py", "{file}", "';id;'", '"x"', "$(id).py", "é.py"],
)
async def test_odd_names_are_one_absolute_argument(bench: Bench, name: str) -> None:
    bench.install("kate")
    (bench.source / name).write_text("")
    await bench.open(name)
    assert bench.seen() == ["kate", "-l", "2", str(bench.source / name)]


async def test_links_inside_the_folder_are_resolved(bench: Bench, tmp_path: Path) -> None:
    bench.install("kate")
    (bench.source / "inner").symlink_to(bench.source / "shop")
    (tmp_path / "root").symlink_to(bench.source)
    await editors.open_file(tmp_path / "root", "inner/orders.py", 2, EditorChoices())
    assert bench.seen()[-1] == str(bench.file)


@pytest.mark.parametrize("folder", ["missing", "bin/code", "x\0y"])
async def test_folder_that_cannot_be_used(bench: Bench, tmp_path: Path, folder: str) -> None:
    bench.install("code")
    with pytest.raises(SourceError) as refused:
        await editors.open_file(tmp_path / folder, "orders.py", 2, EditorChoices())
    assert reason_of(refused) is Reason.SOURCE_FOLDER_MISSING


async def test_errors_name_nothing_of_the_finding(bench: Bench) -> None:
    bench.install("code")
    with pytest.raises(SourceError) as refused:
        await bench.open("shop/canary.py")
    assert "canary" not in str(refused.value)
    assert str(bench.source) not in str(refused.value)


async def test_environment_has_no_secret_and_nothing_of_a_bundle(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.install("code")
    for name, text in {
        "HEIMDALL_TOKEN": SESSION,
        "HEIMDALL_TOKEN_PIPE": "7 1",
        "Copy_Of_It": f"Bearer {SESSION}",
        "_MEIPASS2": "/opt/bundle",
        "_PYI_ARCHIVE_FILE": "/opt/bundle/app",
        "LD_LIBRARY_PATH": "/opt/bundle",
        "LD_LIBRARY_PATH_ORIG": "/opt/lib",
        "EDITOR_OPTION": "kept",
    }.items():
        monkeypatch.setenv(name, text)
    redaction = Redaction()
    redaction.know(SESSION)
    await editors.open_file(bench.source, "shop/orders.py", 2, EditorChoices(), redaction.masked)
    bench.seen()
    started = json.loads((bench.bin / "seen.json.env").read_text())
    assert SESSION not in json.dumps(started)
    assert not {*started["env"]} & {"HEIMDALL_TOKEN_PIPE", "_MEIPASS2", "_PYI_ARCHIVE_FILE"}
    assert started["env"]["LD_LIBRARY_PATH"] == "/opt/lib"
    assert started["env"]["EDITOR_OPTION"] == "kept"
    assert "LD_LIBRARY_PATH_ORIG" not in started["env"]
    assert started["cwd"] == str(Path.home().resolve())


def test_library_path_of_a_bundle_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"LD_LIBRARY_PATH": "/opt/bundle", "LANG": "C"}
    assert editors.clean_environment(variables.items()) == variables  # the user's own
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert editors.clean_environment(variables.items()) == {"LANG": "C"}


async def test_failures_to_start_are_reported(bench: Bench) -> None:
    with pytest.raises(EditorError) as refused:
        await bench.open()
    assert reason_of(refused) is Reason.NO_EDITOR
    with pytest.raises(EditorError) as refused:
        await bench.open(choices=EditorChoices("kate"))
    assert reason_of(refused) is Reason.EDITOR_MISSING
    bench.install("kate", "no program")
    with pytest.raises(EditorError) as refused:
        await bench.open()
    assert reason_of(refused) is Reason.EDITOR_NOT_STARTED
    bench.install("kate", f"#!{sys.executable}\nraise SystemExit(7)")
    with pytest.raises(EditorError) as refused:
        await bench.open()
    assert (reason_of(refused), refused.value.fields["code"]) == (Reason.EDITOR_ENDED, 7)


async def test_editor_that_keeps_running_has_started(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editors, "FAILS_WITHIN_S", 0.2)
    pipe = bench.bin / "pipe"
    os.mkfifo(pipe)
    waits = f"open({str(pipe)!r}).read()"
    bench.install("kate", f"#!{sys.executable}\n{waits}\nraise SystemExit(1)")
    assert await bench.open() == "Kate"
    pipe.write_text("")  # it ends


async def test_relative_part_of_the_search_path_is_ignored(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.install("code")
    monkeypatch.chdir(bench.bin)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}relative")
    assert editors.found_editors() == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.COMMAND_EMPTY),
        ("   ", Reason.COMMAND_EMPTY),
        ('"" {file}', Reason.COMMAND_EMPTY),
        ("mine 'unclosed {file}", Reason.COMMAND_UNBALANCED),
        ("mine", Reason.COMMAND_LACKS_FILE),
        ("mine +{line}", Reason.COMMAND_LACKS_FILE),
        ("mine '+{line} {file}'", Reason.COMMAND_MIXES_FILE),
        ("{file}", Reason.COMMAND_RUNS_FILE),
        ("{file} {file}", Reason.COMMAND_RUNS_FILE),
        ("/usr/bin/{line} {file}", Reason.COMMAND_RUNS_FILE),
        ("sh {file}", Reason.COMMAND_IS_SHELL),
        ("/bin/bash -c {file}", Reason.COMMAND_IS_SHELL),
        ("cmd.exe /c {file}", Reason.COMMAND_IS_SHELL),
        ("code.cmd {file}", Reason.COMMAND_IS_SHELL),
        ("nowhere {file}", Reason.COMMAND_NOT_FOUND),
        ("./mine {file}", Reason.COMMAND_NOT_FOUND),
        ("bin/mine {file}", Reason.COMMAND_NOT_FOUND),
        ("/nowhere/mine {file}", Reason.COMMAND_NOT_FOUND),
    ],
)
def test_commands_that_cannot_be_used(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, text: str, reason: Reason
) -> None:
    bench.install("mine")
    monkeypatch.chdir(bench.bin.parent)
    with pytest.raises(EditorError) as refused:
        editors.own_command(text)
    assert reason_of(refused) is reason


async def test_own_command_receives_file_and_line_once(bench: Bench) -> None:
    bench.install("mine")
    command = editors.own_command("mine --no-wait '+{line}' --file={file} 'two words'")
    assert editors.own_command(editors.command_text(command)) == command
    (bench.source / "{line}").write_text("")
    title = await bench.open("{line}", 3, EditorChoices(OWN_COMMAND, command))
    expected = ["mine", "--no-wait", "+3", f"--file={bench.source / '{line}'}", "two words"]
    assert (title, bench.seen()) == ("mine", expected)
    with pytest.raises(EditorError) as refused:  # typed into the settings file by hand
        await bench.open(choices=EditorChoices(OWN_COMMAND, ("sh", "-c", "{file}")))
    assert reason_of(refused) is Reason.COMMAND_IS_SHELL
