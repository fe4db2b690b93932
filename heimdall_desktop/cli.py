"""The command line: arguments and environment in, `Options` out."""

import argparse
import os
import sys
from collections.abc import MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from heimdall_desktop import __version__
from heimdall_desktop.secrecy import LONGEST_TOKEN, TOKEN_VARIABLE

BAD_ARGUMENTS = 2
GALLERY_MOVED = "the gallery is no part of the program: in a checkout, python -m tests.lab gallery"
EXPORT_SUFFIXES = (".csv", ".json", ".sarif", ".md", ".html", ".pdf")
LEAVE_OUT = ("nothing", "code", "names")
UNREACHABLE_S = 120.0  # a restart, or a database that is away for a minute, ends no run


_EPILOG = f"""\
{TOKEN_VARIABLE} in the environment is a token for --server, kept in memory only.
Without --server it is used with --quit-when-done alone, where the links of web
pages name one server.

Where a window has the profile open already, it does what is asked for, and
this start ends with 0.

exit status:
  0  every scan completed or was cancelled, and all was seen
  1  a scan failed
  2  wrong arguments, no window can be opened here (--quit-when-done needs none),
     the window that has the profile open already cannot do what is asked
     for, or --export cannot be written
  3  the server answered nothing for --unreachable seconds, or refused the token
  4  a scan is not visible to this account, or the server says nothing of it
  5  --timeout came first, or the run was ended before that: by a signal, or
     with its window
  6  every scan ended, but not all was seen: fewer findings than the server
     counts, a gap in a stream that nothing else makes up for, or files not
     looked at
Where several fit, the first of 4, 3, 1, 5, 6, 0 counts.

with --compare:
  0  nothing new is critical or high
  1  something is, or has risen to that
  2  as above, or the scans are of different repositories, or the server only
     announces findings
  6  as 0, but one of the two failed, was cancelled or was not read whole
"""


class Options(NamedTuple):
    """What the program was asked to do: a tuple, so that `--help` loads no library for it.

    Attributes:
        token: the token for `server`, in memory only; never shown by `repr`.
        allows_http: the server may be asked without encryption, though on another machine.
        folders: absolute paths.
        compares: there are two of `watch` or of `folders`, to be compared.
        is_read_only: nothing on a server is changed, but for signing in and out.
        is_temporary: nothing of the run is kept; so also where a recording is played.
        is_headless: no window opens, and Qt is not loaded.
        is_background: the window is not shown at first; without a tray it is minimised.
        timeout_s: None for no end.
        export: the file that an unattended run writes at its end, by its suffix.
        filter_text: which findings it holds; "" for all.
        leave_out: one of `LEAVE_OUT`; None for what is usual for its form.
        desktop_entry: whether the menu entry is to be there, and nothing else; None for anything
            else.
        replay: the recording that is played, in a profile of its own; None for none.
        unreachable_s: so long a server may answer nothing before an unattended run gives up.
    """

    server: str | None
    allows_http: bool
    watch: tuple[str, ...]
    folders: tuple[Path, ...]
    compares: bool
    is_demo: bool
    speed: float
    is_temporary: bool
    profile_folder: Path | None
    theme: str | None
    screenshot: Path | None
    quits_when_done: bool
    is_read_only: bool
    is_headless: bool
    timeout_s: float | None
    unreachable_s: float
    is_debug: bool
    token: "Token | None"
    export: Path | None = None
    filter_text: str = ""
    leave_out: str | None = None
    desktop_entry: bool | None = None
    is_background: bool = False
    replay: Path | None = None
    is_wallboard: bool = False

    @property
    def writes_pdf(self) -> bool:
        """Whether Qt is needed at the end."""
        return self.export is not None and self.export.suffix.lower() == ".pdf"


class Token:
    """A secret that does not print itself."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Token(...)"


def take_token(environment: MutableMapping[str, str]) -> Token | None:
    """Take the token out of the environment, so that no child process inherits it."""
    value = environment.pop(TOKEN_VARIABLE, "").strip()
    return Token(value) if value else None


def options(arguments: Sequence[str] | None = None, token: str | None = None) -> Options:
    """Read the command line; ends the program with status 2 and one line if it is wrong.

    Args:
        arguments: None for those of the process.
        token: the one that stood in the environment, if it is there no longer.
    """
    in_environment = take_token(os.environ)
    handed_over = take_token({TOKEN_VARIABLE: token or ""})
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.gallery is not None:
        parser.error(GALLERY_MOVED)
    compares = given.compare is not None
    if compares:
        _check_comparison(parser, given)
    read = Options(
        server=given.server,
        allows_http=given.allow_http,
        watch=tuple(given.compare or [*given.watch, *given.links]),
        folders=tuple(given.local),
        compares=compares,
        is_demo=given.demo,
        speed=given.speed,
        is_temporary=given.temp_profile or given.replay is not None,
        profile_folder=given.profile_dir,
        theme=given.theme,
        screenshot=given.screenshot,
        quits_when_done=given.quit_when_done or compares,
        is_read_only=given.read_only,
        is_headless=given.headless or compares,
        timeout_s=given.timeout,
        unreachable_s=given.unreachable,
        is_debug=given.debug,
        token=handed_over or in_environment,
        export=given.export,
        filter_text=given.filter or "",
        leave_out=given.leave_out,
        desktop_entry=given.desktop_entry,
        is_background=given.background,
        replay=given.replay,
        is_wallboard=given.wallboard,
    )
    _check(parser, read)
    return read


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        line = _one_line(f"{message[:1].upper()}{message[1:].rstrip('.')}.")
        self.exit(BAD_ARGUMENTS, f"{self.prog}: {line} See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="heimdall-desktop",
        description="Watch Heimdall security scans live.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("links", metavar="LINK", nargs="*",
        help="a link to a scan or a finding to open: heimdall://server/scan/<id>, or the address "
             "of its web page")  # fmt: skip
    add("--server", metavar="URL", help="the Heimdall server to use")
    add("--allow-http", action="store_true",
        help="let --server be http:// on another machine, though anyone on the way can read "
             "the token and the findings")  # fmt: skip
    add("--watch", metavar="ID_OR_LINK", action="append", default=[],
        help="a scan to watch, by id or web link; several are fine")  # fmt: skip
    add("--local", metavar="FOLDER", type=_path, action="extend", nargs="+", default=[],
        help="scan a local folder with the embedded server; several are fine")  # fmt: skip
    add("--compare", metavar=("A", "B"), nargs="*",
        help="compare two scans, named as for --watch, or two folders: --compare --local OLD NEW; "
             "prints one line of JSON, without a window")  # fmt: skip
    add("--demo", action="store_true", help="play recorded scans with the embedded server")
    add("--replay", metavar="FILE", type=_path,
        help="play a recording, in a profile of its own, and ask no server")  # fmt: skip
    add("--speed", metavar="X", type=_speed, default=1.0, help="how much faster the demo plays")
    profile = parser.add_mutually_exclusive_group()
    profile.add_argument("--temp-profile", action="store_true",
                         help="settings in a folder that is removed at the end")  # fmt: skip
    profile.add_argument("--profile-dir", metavar="DIR", type=_path, help="where settings live")
    add("--theme", choices=("light", "dark", "contrast", "system"), help="colours of the window")
    add("--wallboard", action="store_true",
        help="fill the screen with the scans, for a wall; Escape leads back")  # fmt: skip
    add("--read-only", action="store_true",
        help="change nothing on servers: no decisions, no scans cancelled or started")  # fmt: skip
    add("--screenshot", metavar="FILE", type=_path, help="write a picture of the window at the end")
    add("--quit-when-done", action="store_true",
        help="end when every watched scan has ended, and print one line of JSON")  # fmt: skip
    add("--headless", action="store_true",
        help="with --quit-when-done: open no window, as without a display anyway")  # fmt: skip
    add("--export", metavar="FILE", type=_path,
        help="with --quit-when-done: write the findings of all watched scans at the end, by the "
             f"suffix of the file: {' '.join(EXPORT_SUFFIXES)}")  # fmt: skip
    add(
        "--filter",
        metavar="TEXT",
        help="with --export: only the findings that this filter shows, as typed in the window",
    )
    add(
        "--leave-out",
        choices=LEAVE_OUT,
        help="with --export: what stays here; code if left out for .html and .pdf, else nothing",
    )
    add(
        "--background",
        action="store_true",
        help="start without the window, in the tray; minimised where there is no tray",
    )
    add("--timeout", metavar="S", type=_seconds, help="give up after so many seconds")
    add("--unreachable", metavar="S", type=_seconds, default=UNREACHABLE_S,
        help="with --quit-when-done: give up once the server has answered nothing for so many "
             f"seconds, {UNREACHABLE_S:g} if left out")  # fmt: skip
    add("--debug", action="store_true", help="say more on standard error")
    entry = parser.add_mutually_exclusive_group()
    entry.add_argument("--install-desktop-entry", action="store_const", const=True,
                       dest="desktop_entry",
                       help="put the program into this user's menu, and let it open heimdall:// "
                            "links; then end")  # fmt: skip
    entry.add_argument("--remove-desktop-entry", action="store_const", const=False,
                       dest="desktop_entry", help="take that back, and end")  # fmt: skip
    add("--gallery", nargs="?", const="", help=argparse.SUPPRESS)
    add("--version", action="version", version=f"%(prog)s {__version__}", help="print the version")
    return parser


def _check(parser: argparse.ArgumentParser, read: Options) -> None:
    if read.token is not None and not _is_sendable(read.token.value):
        parser.error(f"{TOKEN_VARIABLE} holds characters that no token has, or too many")
    if not read.server and not all(map(_is_link, read.watch)):
        parser.error(
            "a scan needs --server, the address of the Heimdall server it is on, or a link"
        )
    if read.is_headless and read.screenshot is not None:
        parser.error("--screenshot needs a window; leave --headless out")
    if read.is_headless and read.is_background:
        parser.error("--background hides a window, and --headless has none; leave one of them out")
    if read.is_headless and read.is_wallboard:
        parser.error("--wallboard needs a window; leave --headless out")
    if read.is_headless and not read.quits_when_done:
        parser.error("--headless needs --quit-when-done: there is no window to close")
    if read.quits_when_done and not (read.watch or read.folders or read.is_demo):
        parser.error("--quit-when-done needs something to watch: --watch, --local or --demo")
    if read.screenshot is not None and not _is_writable(read.screenshot):
        parser.error(f"{read.screenshot} cannot be written; give --screenshot another place")
    _check_export(parser, read)
    if read.replay is not None:
        _check_replay(parser, read)
    if read.profile_folder is not None and not _is_usable_folder(read.profile_folder):
        parser.error(f"{read.profile_folder} cannot be written; give --profile-dir another place")


def _check_comparison(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    if sorted([len(given.compare), len(given.local)]) != [0, 2]:
        parser.error("--compare needs two scans, or two folders: --compare --local OLD NEW")
    if given.watch or given.links or given.demo or given.screenshot is not None:
        parser.error(
            "--compare does nothing else; leave links, --watch, --demo and --screenshot out"
        )


def _check_replay(parser: argparse.ArgumentParser, read: Options) -> None:
    if read.server or read.folders or read.is_demo or read.quits_when_done:
        parser.error("--replay asks no server and needs the window; leave --server, --local, "
                     "--demo and --quit-when-done out")  # fmt: skip
    if read.profile_folder is not None:
        parser.error("--replay has a profile of its own; leave --profile-dir out")


def _check_export(parser: argparse.ArgumentParser, read: Options) -> None:
    file = read.export
    if file is None:
        if read.filter_text or read.leave_out is not None:
            parser.error("--filter and --leave-out need --export, the file to write")
        return
    if not read.quits_when_done:
        parser.error("--export needs --quit-when-done: in the window, Ctrl+E exports")
    if file.suffix.lower() not in EXPORT_SUFFIXES:
        parser.error(f"--export needs a file that ends in one of {' '.join(EXPORT_SUFFIXES)}")
    if read.is_headless and read.writes_pdf:
        parser.error("a .pdf is painted by Qt, which --headless leaves out; "
                     "leave --headless out, or export .html")  # fmt: skip
    if not _is_writable(file):
        parser.error(f"{file} cannot be written; give --export another place")


def _is_link(text: str) -> bool:
    """Whether it is meant as a link; what is wrong with it is told by who reads links."""
    return "://" in text or text.lower().startswith("heimdall:")


def _is_sendable(token: str) -> bool:
    is_text = token.isascii() and token.isprintable() and " " not in token
    return is_text and len(token) <= LONGEST_TOKEN


def _is_writable(file: Path) -> bool:
    try:
        if file.is_dir() or not file.parent.is_dir():
            return False
        return os.access(file if file.exists() else file.parent, os.W_OK)
    except OSError:  # a name that is too long, a folder that may not be looked into
        return False


def _is_usable_folder(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _path(text: str) -> Path:
    """An absolute path; none at all is a mistake and not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("a path is needed")
    try:
        return Path(text).expanduser().absolute()
    except (RuntimeError, OSError):  # no such home, no current folder
        raise argparse.ArgumentTypeError(f"{text} leads nowhere") from None


def _speed(text: str) -> float:
    return _positive(text, "a speed is a number over 0, like 20")


def _seconds(text: str) -> float:
    return _positive(text, "a number of seconds over 0 is needed, like 600")


def _positive(text: str, complaint: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0.0 < number < float("inf"):
        raise argparse.ArgumentTypeError(complaint)
    return number


def _one_line(text: str) -> str:
    """Make one harmless line of what may have come from anywhere."""
    line = " ".join(text.split())
    return "".join(character if character.isprintable() else "?" for character in line)


def complain(line: str) -> None:
    """Write one line on standard error, if that takes any."""
    with suppress(OSError):
        sys.stderr.write(f"heimdall-desktop: {_one_line(line)}\n")
        sys.stderr.flush()
