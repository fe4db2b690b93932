"""The command line: arguments and environment in, `Options` out."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, NoReturn

from heimdall_desktop import __version__
from heimdall_desktop.secrecy import TOKEN_VARIABLE, is_sendable

BAD_ARGUMENTS = 2
GALLERY_MOVED = (
    "the gallery is not part of the program; in a checkout, run python -m tests.lab gallery"
)
EXPORT_SUFFIXES = (".csv", ".json", ".sarif", ".md", ".html", ".pdf")
LEAVE_OUT = ("nothing", "code", "names")
UNREACHABLE_S = 120.0  # a restart, or a database that is away for a minute, ends no run


_EPILOG = f"""\
{TOKEN_VARIABLE} in the environment is the token for --server; it is kept in
memory only. It is sent to no other server: links alone can't use it.

If a window is already open with this profile, it handles the request and this
process exits with 0.

exit status:
  0  every scan completed or was cancelled, and everything was seen
  1  a scan failed
  2  wrong arguments, no window can be opened here (--quit-when-done needs none),
     the open window can't handle the request, or --export can't be written
  3  the server didn't respond for --unreachable seconds, or refused the token
  4  a scan isn't visible to this account, or the server reports nothing about it
  5  --timeout was reached, or the run was ended by a signal or by closing its
     window
  6  every scan ended, but the results are incomplete: fewer findings than the
     server counts, a gap in a stream that nothing else covers, or files that
     were not scanned
If several apply, the first of 4, 3, 1, 5, 6, 0 is used.

with --compare:
  0  no findings are newly critical or high
  1  a finding is newly critical or high
  2  as above, or the scans are of different repositories, or the server only
     announces findings
  6  as 0, but one of the two scans failed, was cancelled or wasn't loaded
     completely
"""


class Options(NamedTuple):
    """The parsed command line: a tuple, so that `--help` loads no library for it.

    Attributes:
        token: the token for `server`, in memory only; never shown by `repr`.
        allows_http: the server may be contacted unencrypted, even on another computer.
        folders: absolute paths.
        compares: compare the two entries of `watch` or of `folders`.
        is_read_only: nothing on a server is changed, except for signing in and out.
        is_temporary: nothing of the run is kept; always true when a recording is played.
        is_headless: no window opens, and Qt is not loaded.
        is_background: start hidden in the tray, or minimised without a tray.
        timeout_s: None for no limit.
        export: the file that an unattended run writes at its end; its suffix is the format.
        filter_text: which findings the export contains; "" for all.
        leave_out: one of `LEAVE_OUT`; None for the default of the format.
        desktop_entry: True to add the menu entry and exit, False to remove it and exit; None to
            start normally.
        replay: the recording to play, in its own profile; None for none.
        unreachable_s: how long a server may not respond before an unattended run gives up.
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


def options(arguments: Sequence[str] | None = None, token: str | None = None) -> Options:
    """Read the command line; ends the program with status 2 and one line if it is wrong.

    Args:
        arguments: None for those of the process.
        token: the token from the environment, if it was already removed from there.
    """
    in_environment = os.environ.pop(TOKEN_VARIABLE, "")  # so that no child process inherits it
    secret = (token or "").strip() or in_environment.strip()
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.gallery is not None:
        parser.error(GALLERY_MOVED)
    compares = given.compare is not None
    if compares:
        if sorted([len(given.compare), len(given.local)]) != [0, 2]:
            parser.error("--compare needs two scans, or two folders: --compare --local OLD NEW")
        if given.watch or given.links or given.demo or given.screenshot is not None:
            parser.error("--compare does nothing else; omit links, --watch, --demo and "
                         "--screenshot")  # fmt: skip
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
        token=Token(secret) if secret else None,
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
    """Reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
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
    seconds = partial(_speed, complaint="a number of seconds over 0 is needed, like 600")
    add("links", metavar="LINK", nargs="*",
        help="a link to a scan or a finding to open: heimdall://server/scan/<id>, or the address "
             "of its web page")  # fmt: skip
    add("--server", metavar="URL", help="the Heimdall server to use")
    add("--allow-http", action="store_true",
        help="allow http:// for --server on another computer, although anyone on the network path "
             "can read the token and the findings")  # fmt: skip
    add("--watch", metavar="ID_OR_LINK", action="append", default=[],
        help="a scan to watch, by ID or web link; can be repeated")  # fmt: skip
    add("--local", metavar="FOLDER", type=_path, action="extend", nargs="+", default=[],
        help="scan a local folder with the embedded server; can be repeated")  # fmt: skip
    add("--compare", metavar=("A", "B"), nargs="*",
        help="compare two scans, specified as for --watch, or two folders: --compare --local OLD "
             "NEW; prints one line of JSON without opening a window")  # fmt: skip
    add("--demo", action="store_true", help="play recorded scans with the embedded server")
    add("--replay", metavar="FILE", type=_path,
        help="play a recording in its own profile, without contacting a server")  # fmt: skip
    add("--speed", metavar="X", type=_speed, default=1.0, help="how much faster the demo plays")
    profile = parser.add_mutually_exclusive_group()
    profile.add_argument("--temp-profile", action="store_true",
                         help="keep settings in a folder that is removed at the end")  # fmt: skip
    profile.add_argument("--profile-dir", metavar="DIR", type=_path, help="folder for settings")
    add("--theme", choices=("light", "dark", "contrast", "system"), help="colours of the window")
    add("--wallboard", action="store_true",
        help="show the scans in full screen, for a wall display; Esc returns")  # fmt: skip
    add("--read-only", action="store_true",
        help="change nothing on servers: no decisions, no cancelled or started scans")  # fmt: skip
    add("--screenshot", metavar="FILE", type=_path,
        help="save a screenshot of the window at the end")  # fmt: skip
    add("--quit-when-done", action="store_true",
        help="exit when every watched scan has ended, and print one line of JSON")  # fmt: skip
    add("--headless", action="store_true",
        help="with --quit-when-done: don't open a window (the default without a "
             "display)")  # fmt: skip
    add("--export", metavar="FILE", type=_path,
        help="with --quit-when-done: write the findings of all watched scans at the end, in the "
             f"format of the file extension: {' '.join(EXPORT_SUFFIXES)}")  # fmt: skip
    add("--filter", metavar="TEXT",
        help="with --export: only the findings that this filter shows, as typed in the "
             "window")  # fmt: skip
    add("--leave-out", choices=LEAVE_OUT,
        help="with --export: what to leave out; default: code for .html and .pdf, otherwise "
             "nothing")  # fmt: skip
    add("--background", action="store_true",
        help="start hidden in the tray, or minimised if there is no tray")  # fmt: skip
    add("--timeout", metavar="S", type=seconds, help="give up after this many seconds")
    add("--unreachable", metavar="S", type=seconds, default=UNREACHABLE_S,
        help="with --quit-when-done: give up when the server hasn't responded for this many "
             f"seconds (default: {UNREACHABLE_S:g})")  # fmt: skip
    add("--debug", action="store_true", help="write more details to standard error")
    entry = parser.add_mutually_exclusive_group()
    entry.add_argument("--install-desktop-entry", action="store_const", const=True,
                       dest="desktop_entry",
                       help="add the program to this user's menu, register it for heimdall:// "
                            "links, and exit")  # fmt: skip
    entry.add_argument("--remove-desktop-entry", action="store_const", const=False,
                       dest="desktop_entry",
                       help="undo --install-desktop-entry, and exit")  # fmt: skip
    add("--gallery", nargs="?", const="", help=argparse.SUPPRESS)
    add("--version", action="version", version=f"%(prog)s {__version__}", help="print the version")
    return parser


def _check(parser: argparse.ArgumentParser, read: Options) -> None:
    if read.token is not None and not is_sendable(read.token.value):
        parser.error(f"{TOKEN_VARIABLE} contains invalid characters or is too long")
    # The link parser reports what is wrong with a text that is meant as a link.
    are_links = ("://" in text or text.lower().startswith("heimdall:") for text in read.watch)
    if not read.server and not all(are_links):
        parser.error(
            "a scan needs --server, the address of the Heimdall server it is on, or a link"
        )
    if read.token is not None and not read.server:
        parser.error(
            f"{TOKEN_VARIABLE} is sent only to the server of --server; add --server or unset "
            f"{TOKEN_VARIABLE}"
        )
    if read.is_headless:
        if read.screenshot is not None:
            parser.error("--screenshot needs a window; omit --headless")
        if read.is_background:
            parser.error("--background and --headless can't be combined")
        if read.is_wallboard:
            parser.error("--wallboard needs a window; omit --headless")
        if not read.quits_when_done:
            parser.error("--headless needs --quit-when-done: there is no window to close")
    if read.quits_when_done and not (read.watch or read.folders or read.is_demo):
        parser.error("--quit-when-done needs something to watch: --watch, --local or --demo")
    if read.screenshot is not None and not _is_writable(read.screenshot):
        parser.error(f"can't write {read.screenshot}; use another path for --screenshot")
    for folder in read.folders:
        if not os.path.isdir(folder):
            problem = "isn't a folder" if os.path.lexists(folder) else "doesn't exist"
            parser.error(f"{folder} {problem}; use another folder for --local")
    _check_export(parser, read)
    profile = read.profile_folder
    if read.replay is not None:
        if read.server or read.folders or read.is_demo or read.quits_when_done:
            parser.error("--replay contacts no server and needs a window; omit --server, --local, "
                         "--demo and --quit-when-done")  # fmt: skip
        if profile is not None:
            parser.error("--replay uses its own profile; omit --profile-dir")
    # A window reports it in a dialog as well: `instance.claimed`.
    if read.quits_when_done and profile is not None and not is_usable_folder(profile):
        parser.error(f"can't write {profile}; use another path for --profile-dir")


def _check_export(parser: argparse.ArgumentParser, read: Options) -> None:
    file = read.export
    if file is None:
        if read.filter_text or read.leave_out is not None:
            parser.error("--filter and --leave-out need --export, the file to write")
        return
    if not read.quits_when_done:
        parser.error("--export needs --quit-when-done; in the window, press Ctrl+E to export")
    if file.suffix.lower() not in EXPORT_SUFFIXES:
        parser.error(f"--export needs a file that ends in one of {' '.join(EXPORT_SUFFIXES)}")
    if read.is_headless and read.writes_pdf:
        parser.error("a .pdf needs Qt, which --headless doesn't load; "
                     "omit --headless, or export .html")  # fmt: skip
    if not _is_writable(file):
        parser.error(f"can't write {file}; use another path for --export")


def _is_writable(file: Path) -> bool:
    try:
        if file.is_dir() or not file.parent.is_dir():
            return False
        return os.access(file if file.exists() else file.parent, os.W_OK)
    except OSError:  # a name that is too long, a folder without read permission
        return False


def is_usable_folder(folder: Path) -> bool:
    """Whether files can be written to a folder, which is created if need be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _path(text: str) -> Path:
    """Return an absolute path; an empty one is a mistake, not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("a path is required")
    try:
        return Path(text).expanduser().absolute()
    except (RuntimeError, OSError):  # no such home, no current folder
        raise argparse.ArgumentTypeError(f"{text} isn't a usable path") from None


def _speed(text: str, complaint: str = "a speed is a number over 0, like 20") -> float:
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
