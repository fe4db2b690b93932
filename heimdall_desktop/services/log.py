"""The log: where it is written, what it may contain, and how much.

Our own lines contain our words, numbers, ids and the reasons of errors: no token, no text or path
that a server sent, and no name of a server, account or folder. So a report can quote them.
Only the user can read it. The program continues if the log cannot be written.
"""

import copy
import errno
import faulthandler
import html
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from enum import Enum
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, quote_plus

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.services.regular_file import (
    NOT_REGULAR,
    PRIVATE,
    lacks_space,
    open_regular,
    problem_of,
)

# Removes tokens and passwords from text before it is written.


REDACTED: Final = "[redacted]"
SHORTEST_MASKED: Final = 8  # of tokens; a shorter value would overwrite half of any text
SHORTEST_PASSWORD: Final = 12  # a shorter one may be a word of the shown code

_SECRETS: Final = re.compile(
    r"""
      (?P<kept>
        (?:proxy-)? authorization ["']? \s* [:=]\s*  |  # a header and the rest of its line
        (?:set-)? cookie ["']? \s* [:=]\s*
      ) [^\n]+
    | (?P<scheme> \b(?:bearer|basic)\s+ ) [^\s"',;]+
    | (?P<name> \b(?:\w*token|password|passwd|secret|heimdall_session)["']? \s* [:=]\s* ["']? )
      [^\s"'&,;})]+
    | (?P<userinfo> ://) [^\s/@]+ (?=@)                 # a password in an address
    | \b[0-9a-f]{64}\b                                  # a session token; protocol.md 1
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Redaction:
    """Recognises secrets by their form, and the secrets in use by their value."""

    def __init__(self) -> None:
        self._lasting: frozenset[str] = frozenset()  # replaced as a whole: any thread may log
        self._passing: frozenset[str] = frozenset()
        self._passwords: dict[str, frozenset[str]] = {}
        self._values: tuple[bytes, ...] = ()
        self._pattern: re.Pattern[str] | None = None

    def know(self, secret: str) -> None:
        """Redact this value everywhere from now on; it is never forgotten."""
        self._use(self._lasting | _spellings(secret), self._passing)

    def know_password(self, server: str, password: str) -> None:
        """Redact a password until the sign-out, unless it is so short that it may be a word."""
        if len(password) >= SHORTEST_PASSWORD:
            known = self._passwords.get(server, frozenset())
            self._passwords = {**self._passwords, server: known | _spellings(password)}
            self._use(self._lasting, self._passing)

    def forget_passwords(self, server: str) -> None:
        self._passwords = {url: each for url, each in self._passwords.items() if url != server}
        self._use(self._lasting, self._passing)

    @contextmanager
    def knowing(self, secret: str) -> Iterator[Callable[[str], str]]:
        """Redact this value everywhere while the block runs, then forget it.

        After a defect in the block it stays known: its report is written later.
        `masked` leaves it alone: it may be a word of any text.

        Yields:
            The function that removes it from a text.
        """
        new = _spellings(secret) - self._passing
        self._use(self._lasting, self._passing | new)
        try:
            yield self.redact
        except errors.HeimdallError:
            self._use(self._lasting, self._passing - new)
            raise
        self._use(self._lasting, self._passing - new)

    def _use(self, lasting: frozenset[str], passing: frozenset[str]) -> None:
        self._lasting, self._passing = lasting, passing
        passwords = frozenset[str]().union(*self._passwords.values())
        longest_first = sorted(lasting | passing | passwords, key=lambda each: (-len(each), each))
        spelt = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(spelt) if spelt else None
        values = (each.encode("utf-8", "surrogatepass") for each in longest_first
                  if each in lasting or each in passwords)  # fmt: skip
        self._values = tuple(each for each in values if len(each) >= SHORTEST_MASKED)

    def redact(self, text: str) -> str:
        if self._pattern is not None:
            text = self._pattern.sub(REDACTED, text)
        return _SECRETS.sub(
            lambda found: (found[found.lastgroup] if found.lastgroup else "") + REDACTED, text
        )

    def masked(self, data: bytes) -> bytes:
        """Return bytes with each secret in use overwritten, at the same length.

        For data that must stay unchanged otherwise, like code in which something only looks like a
        secret. A value of a few letters is not masked; it would overwrite half of any text.
        """
        for value in self._values:
            if value in data:
                data = data.replace(value, b"*" * len(value))
        return data


def _spellings(secret: str) -> frozenset[str]:
    """Return a secret as it is, and as it is written in addresses, JSON, HTML and Python."""
    value = secret.encode("utf-8", "surrogatepass")
    in_go = in_json = json.dumps(secret, ensure_ascii=False)[1:-1]
    for each in "<>&":  # Go escapes these too
        in_go = in_go.replace(each, f"\\u{ord(each):04x}")
    spelt = (
        secret,
        quote(value, safe=""),
        quote_plus(value),
        json.dumps(secret)[1:-1],
        in_json,
        in_go,
        html.escape(secret),
        repr(secret)[1:-1],
    )
    return frozenset(filter(None, spelt))


LOG_NAME: Final = "heimdall.log"
CRASH_NAME: Final = "crash.log"
LARGEST_FILE_BYTES: Final = 1_000_000
OLD_FILES_KEPT: Final = 3


LEFT_OUT: Final = errors.LogText("[text]")
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_OWN_FILE: Final = re.compile(
    r"(settings|window|history|heimdall|crash|notifications)\.[\w.-]{2,40}"
)
_PROBLEMS: Final = frozenset({NOT_REGULAR, *map(os.strerror, errno.errorcode)})
OURS: Final = "heimdall."
FOREIGN: Final = ("heimdall.qt",)  # passes on what Qt says


def loggable(value: object) -> object:
    """Return a value as a log line or a report may hold it: numbers, our words, ids, reasons.

    Any other text may repeat what a server sent, a name or a path, and is left out. So is the
    server of an id that two servers use.
    """
    match value:
        case None | bool() | int() | float() | errors.LogText():
            return value
        case Enum():
            return value.value if isinstance(value.value, str) else value.name.lower()
        case errors.HeimdallError():
            fields = {"status": getattr(value, "status", None), **value.fields}
            facts = {name: _file_or(fact, value) for name, fact in fields.items()}
            known = (f"{k}={v}" for k, v in facts.items() if v not in (None, "", LEFT_OUT))
            return " ".join([type(value).__name__, value.reason.name, *known])
        case tuple():
            return ", ".join(str(loggable(each)) for each in value)
        case str():
            id_ = value.partition("@")[0]
            return id_ if _ID.fullmatch(id_) else value if value in _PROBLEMS else LEFT_OUT
        case _:
            return LEFT_OUT


def _file_or(fact: object, error: errors.HeimdallError) -> object:
    """Return the name of one of our own files without its folder, or else the loggable fact."""
    if isinstance(error, errors.SettingsError | errors.HistoryError) and isinstance(fact, str):
        name = re.split(r"[/\\]", fact)[-1]
        if _OWN_FILE.fullmatch(name):
            return name
    return loggable(fact)


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, and removes what the log may not contain."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        record.exc_text = None  # of a handler that has no such limits
        if record.name.startswith(OURS) and record.name not in FOREIGN and record.args:
            args = record.args
            record.args = tuple(map(loggable, args if isinstance(args, tuple) else (args,)))
        # no text can pretend to be a line of its own
        return self._redaction.redact(super().format(record)).replace("\n", "\n  ")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return errors.traces(ei[1]).rstrip()


class _LogFile(RotatingFileHandler):
    """Files that only the user can read. Lines that a full disk refuses are lost silently.

    The log can't report that, and standard error would get one line for each.
    """

    def _open(self) -> TextIOWrapper:
        return _opened(Path(self.baseFilename))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


@contextmanager
def logging_to(
    folder: Path | None, redaction: Redaction, *, is_debug: bool = False
) -> Iterator[errors.SettingsError | None]:
    """Write the log while the block runs: ours from INFO on, that of libraries from WARNING on.

    It is written to files of the folder, if there is one. Libraries stay quieter because they log
    addresses and headers. Our loggers are called `heimdall.<subject>`; with `is_debug` they write
    everything, also to standard error.

    Yields:
        The reason why there is no log in the folder, if there is none.
    """
    handlers: list[logging.Handler] = []
    problem = None
    if folder is not None:
        place, most = folder / LOG_NAME, LARGEST_FILE_BYTES
        try:
            _make_private(folder)
            handlers.append(_LogFile(place, maxBytes=most, backupCount=OLD_FILES_KEPT))
        except OSError as error:
            problem = _unwritable(folder, error)
    if is_debug:
        handlers.append(logging.StreamHandler())
    if not handlers:  # without any, Python would write warnings to standard error
        handlers.append(logging.NullHandler())
    root, ours = logging.getLogger(), logging.getLogger("heimdall")
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(redaction))
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.DEBUG if is_debug else logging.INFO)
    logging.captureWarnings(capture=True)
    try:
        yield problem
    finally:
        logging.captureWarnings(capture=False)
        ours.setLevel(logging.NOTSET)
        for handler in handlers:
            root.removeHandler(handler)
            with suppress(OSError):  # the disk is full, and part of the log is not written yet
                handler.close()


@contextmanager
def crashes_recorded_in(folder: Path | None) -> Iterator[errors.SettingsError | None]:
    """Write the stack of every thread into a file of this folder if the interpreter crashes.

    Args:
        folder: None for no file.

    Yields:
        The reason why that is not possible, if it is not.
    """
    with ExitStack() as opened:
        problem = None
        if folder is None:
            yield None
            return
        try:
            _make_private(folder)
            faulthandler.enable(opened.enter_context(_opened(folder / CRASH_NAME)))
            opened.callback(faulthandler.disable)
        except OSError as error:
            problem = _unwritable(folder, error)
        yield problem


def _make_private(folder: Path) -> None:
    """Make the folder and the files of earlier versions in it private to the user."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name != "posix":
        return
    for place, mode in ((folder, 0o700), *((old, PRIVATE) for old in folder.glob("*.log*"))):
        status = place.lstat()
        if status.st_uid == os.getuid() and not place.is_symlink() and status.st_mode & 0o077:
            place.chmod(mode)


def _opened(path: Path) -> TextIOWrapper:
    handle = open_regular(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    return open(handle, "a", encoding="utf-8", errors="backslashreplace")


def _unwritable(folder: Path, error: OSError) -> errors.SettingsError:
    kind = errors.NoSpaceForSettings if lacks_space(error) else errors.SettingsError
    return kind(errors.Reason.LOG_UNWRITABLE, folder=str(folder), problem=problem_of(error))
