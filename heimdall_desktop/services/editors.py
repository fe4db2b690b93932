"""Finds the editors of this computer, and opens a file of a source folder in one of them.

The path comes from a server, so it is hostile: it never leaves the folder, which is checked after
all links are resolved. Arguments are a list, no shell is involved, and the file is always an
absolute path, which no editor can take for an option.

Source: code.visualstudio.com "Command Line Interface" (--goto), jetbrains.com "Open files from the
command line" (--line), the manuals of kate (-l), gedit, gnome-text-editor and vim (+N), and Debian
Policy 11.8.3 (x-terminal-emulator).
"""

import asyncio
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from msgspec import Struct

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.choices import OWN_COMMAND, EditorChoices
from heimdall_desktop.services.regular_file import problem_of
from heimdall_desktop.services.worker_thread import in_daemon_thread

FILE, LINE = "{file}", "{line}"
FAILS_WITHIN_S = 3.0  # an editor that runs for longer has started
LONGEST_PATH = 1024  # characters
LAST_LINE = 9_999_999  # editors stop at the last line of the file
_HOSTILE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, lone surrogates, line ends
_SHELLS = frozenset({
    *("sh", "ash", "bash", "csh", "dash", "fish", "ksh", "mksh", "tcsh", "zsh"),
    *("cmd", "powershell", "pwsh"),
})  # fmt: skip
_BATCHES = frozenset({".bat", ".cmd"})  # Windows runs them by a shell
#: A terminal of unknown kind may split its arguments again, so it gets only such paths.
_PLAIN_PATH = re.compile(r"[\w./+@%,=-]+", re.ASCII)
_PLAIN_WORD = re.compile(r"[\w./+@%,=:{}-]+", re.ASCII)
#: What a PyInstaller bundle changes, or adds for itself. Source: its manual, "Common Issues and
#: Pitfalls".
_LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_OWN_VARIABLES = ("HEIMDALL_", "_MEIPASS", "_PYI_", "PYINSTALLER_")


class Editor(Struct, frozen=True):
    """An editor that is known to open a file at a line.

    Attributes:
        id: kept in the settings.
        title: its product name, in every language.
        programs: the names of its program; the first one on PATH is used.
        arguments: with `FILE` and `LINE`.
        needs_terminal: it has no window of its own.
    """

    id: str
    title: str
    programs: tuple[str, ...]
    arguments: tuple[str, ...]
    needs_terminal: bool = False


_GOTO, _JETBRAINS, _PLUS = ("--goto", f"{FILE}:{LINE}"), ("--line", LINE, FILE), (f"+{LINE}", FILE)

#: In the order in which one is chosen automatically.
EDITORS = (
    Editor("code", "VS Code", ("code",), _GOTO),
    Editor("codium", "VSCodium", ("codium",), _GOTO),
    Editor("idea", "IntelliJ IDEA", ("idea", "idea64", "idea.sh"), _JETBRAINS),
    Editor("pycharm", "PyCharm", ("pycharm", "pycharm64", "pycharm.sh", "charm"), _JETBRAINS),
    Editor("goland", "GoLand", ("goland", "goland64", "goland.sh"), _JETBRAINS),
    Editor("webstorm", "WebStorm", ("webstorm", "webstorm64", "webstorm.sh"), _JETBRAINS),
    Editor("rider", "Rider", ("rider", "rider64", "rider.sh"), _JETBRAINS),
    Editor("clion", "CLion", ("clion", "clion64", "clion.sh"), _JETBRAINS),
    Editor("rubymine", "RubyMine", ("rubymine", "rubymine64", "rubymine.sh"), _JETBRAINS),
    Editor("phpstorm", "PhpStorm", ("phpstorm", "phpstorm64", "phpstorm.sh"), _JETBRAINS),
    Editor("kate", "Kate", ("kate",), ("-l", LINE, FILE)),
    Editor("gnome-text-editor", "GNOME Text Editor", ("gnome-text-editor",), _PLUS),
    Editor("gedit", "gedit", ("gedit",), _PLUS),
    Editor("nvim", "Neovim", ("nvim",), _PLUS, needs_terminal=True),
    Editor("vim", "Vim", ("vim",), _PLUS, needs_terminal=True),
)

#: How each terminal takes a program with its arguments, and whether it never splits them again.
TERMINALS = (
    ("x-terminal-emulator", "-e", False),
    ("gnome-terminal", "--", True),
    ("konsole", "-e", True),
    ("xfce4-terminal", "-x", True),
    ("xterm", "-e", True),
)


def found_editors() -> tuple[Editor, ...]:
    """Return the known editors on PATH; it may take a while where PATH names a network drive."""
    has_terminal = any(_program(name) for name, *_ in TERMINALS)
    return tuple(
        editor
        for editor in EDITORS
        if _first_program(editor.programs) and (has_terminal or not editor.needs_terminal)
    )


def file_in(folder: Path, path: str) -> Path:
    """Return a file of a source folder, without links.

    Args:
        folder: the folder, chosen by the user.
        path: from the server, relative, with "/".

    Raises:
        SourceError: the path cannot be used or leaves the folder, or there is no such file.
    """
    pure, on_windows = PurePosixPath(path), PureWindowsPath(path)
    if pure.is_absolute() or on_windows.anchor or ".." in {*pure.parts, *on_windows.parts}:
        raise errors.SourceError(errors.Reason.PATH_OUTSIDE, file="")
    is_hostile = any(unicodedata.category(each) in _HOSTILE for each in path)
    if is_hostile or ":" in path or len(path) > LONGEST_PATH:  # "a.py:12" is a place to editors
        raise errors.SourceError(errors.Reason.PATH_UNUSABLE, file="")
    try:
        root = Path(os.path.realpath(folder, strict=True))
        os.scandir(root).close()
    except (OSError, ValueError) as error:
        raise errors.SourceError(
            errors.Reason.SOURCE_FOLDER_MISSING, folder="", problem=_problem(error)
        ) from None
    try:
        place = Path(os.path.realpath(root / path, strict=True))
        if not place.is_relative_to(root):
            raise errors.SourceError(errors.Reason.PATH_OUTSIDE, file="")
        mode = place.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise errors.SourceError(errors.Reason.SOURCE_MISSING, file="", folder="") from None
    except (OSError, ValueError) as error:
        raise errors.SourceError(
            errors.Reason.SOURCE_UNREADABLE, file="", problem=_problem(error)
        ) from None
    if not stat.S_ISREG(mode):
        raise errors.SourceError(errors.Reason.SOURCE_NO_FILE, file="")
    return place


def own_command(text: str) -> tuple[str, ...]:
    """Return the program and the arguments of a typed command, which `command_text` undoes.

    Raises:
        EditorError: it names no usable program, or does not pass the file as it must.
    """
    try:
        words = tuple(shlex.split(text) if os.name != "nt" else _windows_words(text))
    except ValueError:
        raise errors.EditorError(errors.Reason.COMMAND_UNBALANCED) from None
    if not words:
        raise errors.EditorError(errors.Reason.COMMAND_EMPTY)
    _checked_program(words)
    return words


def command_text(command: Sequence[str]) -> str:
    """Return a command as `own_command` reads it."""
    if os.name == "nt":
        return subprocess.list2cmdline(command)
    return " ".join(each if _PLAIN_WORD.fullmatch(each) else shlex.quote(each) for each in command)


async def open_file(
    folder: Path,
    path: str,
    line: int,
    choices: EditorChoices,
    mask: Callable[[bytes], bytes] = bytes,
) -> str:
    """Open a file of a source folder in the chosen editor, and return the editor's title.

    Args:
        folder: the source folder.
        path: of the file, see `file_in`.
        line: from 1; any other number means the nearest line that exists.
        choices: which editor.
        mask: overwrites secrets; a variable with one of them is not passed on.

    Raises:
        SourceError: as `file_in`.
        EditorError: there is no such editor, or it failed within some seconds.
    """

    def start() -> tuple[str, subprocess.Popen[bytes]]:
        file = file_in(folder, path)
        title, command = _command(choices, file, min(max(line, 1), LAST_LINE))
        try:
            return title, _start(command, mask)
        except (OSError, ValueError) as error:
            raise errors.EditorError(
                errors.Reason.EDITOR_NOT_STARTED, editor=title, problem=_problem(error)
            ) from None

    title, process = await in_daemon_thread(start, name="open an editor")
    try:
        async with asyncio.timeout(FAILS_WITHIN_S):
            # The thread continues after that: an ended process must be waited for.
            code = await in_daemon_thread(process.wait, name="wait for an editor")
    except TimeoutError:
        return title
    if code:
        raise errors.EditorError(errors.Reason.EDITOR_ENDED, editor=title, code=code)
    return title


def _command(choices: EditorChoices, file: Path, line: int) -> tuple[str, list[str]]:
    """Return the title of the chosen editor, and its program with its arguments."""
    if choices.name == OWN_COMMAND:
        program = _checked_program(choices.command)
        arguments = _filled(choices.command[1:], file, line)
        return PurePath(choices.command[0]).name, [program, *arguments]
    wanted = [each for each in EDITORS if each.id == choices.name] or found_editors()[:1]
    if not wanted:
        raise errors.EditorError(errors.Reason.NO_EDITOR)
    editor = wanted[0]
    found = _first_program(editor.programs)
    if found is None:
        raise errors.EditorError(errors.Reason.EDITOR_MISSING, editor=editor.title)
    command = [found, *_filled(editor.arguments, file, line)]
    if not editor.needs_terminal:
        return editor.title, command
    for name, option, keeps_arguments in TERMINALS:
        terminal = _program(name)
        if terminal and (keeps_arguments or _PLAIN_PATH.fullmatch(f"{found}{file}")):
            return editor.title, [terminal, option, *command]
    raise errors.EditorError(errors.Reason.EDITOR_NEEDS_TERMINAL, editor=editor.title)


def _filled(arguments: Iterable[str], file: Path, line: int) -> list[str]:
    """Put file and line into arguments, once: a file may be called "{line}"."""
    values = {FILE: str(file), LINE: str(line)}
    placeholder = re.compile("|".join(map(re.escape, values)))
    return [placeholder.sub(lambda found: values[found[0]], each) for each in arguments]


def _checked_program(command: Sequence[str]) -> str:
    """Return the program of the user's own command, as an absolute path.

    Raises:
        EditorError: there is none, or it must not be used with a file name of a server.
    """
    if not command or not command[0]:
        raise errors.EditorError(errors.Reason.COMMAND_EMPTY)
    name, *arguments = command
    if FILE in name or LINE in name:
        raise errors.EditorError(errors.Reason.COMMAND_RUNS_FILE)
    if not any(FILE in each for each in arguments):
        raise errors.EditorError(errors.Reason.COMMAND_LACKS_FILE, file=FILE)
    if any(FILE in each and len(each.split()) > 1 for each in arguments):
        raise errors.EditorError(errors.Reason.COMMAND_MIXES_FILE, file=FILE)
    pure = PurePath(name)
    if {pure.stem.lower(), pure.name.lower()} & _SHELLS or pure.suffix.lower() in _BATCHES:
        raise errors.EditorError(errors.Reason.COMMAND_IS_SHELL, program=pure.name)
    program = _program(name)
    if program is None:
        raise errors.EditorError(errors.Reason.COMMAND_NOT_FOUND, program=name)
    return program


def _first_program(names: Iterable[str]) -> str | None:
    return next(filter(None, map(_program, names)), None)


def _program(name: str) -> str | None:
    """Return the absolute path of a program; a relative part of PATH may lead into a source folder.

    On Windows, VS Code puts a batch file on PATH, whose program is in the folder above.
    """
    if os.path.dirname(name):
        found = name if os.path.isabs(name) and shutil.which(name) else None
    else:
        places = filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep))
        found = shutil.which(name, path=os.pathsep.join(places))
    if found is None or not os.path.isabs(found):
        return None
    if PurePath(found).suffix.lower() in _BATCHES:
        beside = Path(found).parent.with_name(f"{PurePath(found).stem}.exe")
        return str(beside) if beside.is_file() else None
    return found


def _start(command: Sequence[str], mask: Callable[[bytes], bytes]) -> "subprocess.Popen[bytes]":
    is_windows = sys.platform == "win32"
    detached = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) if is_windows else 0
    return subprocess.Popen(  # noqa: S603 - a program that the user chose, and no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path.home(),  # a source folder may contain settings that an editor would follow
        env=clean_environment(os.environ.items(), mask),
        start_new_session=True,  # it outlives us, and Ctrl-C in our terminal is only for us
        creationflags=detached,
    )


def clean_environment(
    variables: Iterable[tuple[str, str]], mask: Callable[[bytes], bytes] = bytes
) -> dict[str, str]:
    """Return the variables for another program: without secrets, and as before a bundle's start."""
    given = dict(variables)
    clean = {
        name: text
        for name, text in given.items()
        if not name.upper().startswith(_OWN_VARIABLES)
        and mask(os.fsencode(text)) == os.fsencode(text)
    }
    for name in _LIBRARY_PATHS:
        original = clean.pop(f"{name}_ORIG", None)
        if original is not None:
            clean[name] = original
        elif getattr(sys, "frozen", False):
            clean.pop(name, None)
    return clean


def _windows_words(text: str) -> list[str]:
    """Split a command where backslashes are part of paths."""
    return [word.replace('"', "") for word in shlex.split(text, posix=False)]


def _problem(error: Exception) -> str:
    return problem_of(error) if isinstance(error, OSError) else type(error).__name__
