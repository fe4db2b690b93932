"""The log: where it goes and how much of it; no token ever gets into it.

It is the user's alone to read. Nothing stops for a place that takes none.
"""

import faulthandler
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import NoSpaceForSettings, Reason, SettingsError
from heimdall_desktop.services.redaction import Redaction
from heimdall_desktop.services.regular_file import PRIVATE, lacks_space, open_regular, problem_of

LOG_NAME: Final = "heimdall.log"
CRASH_NAME: Final = "crash.log"
LARGEST_FILE_BYTES: Final = 1_000_000
OLD_FILES_KEPT: Final = 3


class LogSettings(Struct, frozen=True):
    """Where the log goes: into files of this folder, and to standard error when debugging."""

    folder: Path | None
    is_debug: bool = False


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, and redacts the result."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Return what is written."""
        return self._redaction.redact(super().format(record))


class _LogFile(RotatingFileHandler):
    """Files that only the user can read. What a full disk does not take is lost without a word.

    The log is no place to tell of that, and there is none on standard error: a line for each.
    """

    def _open(self) -> TextIOWrapper:
        return _opened(Path(self.baseFilename))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


@contextmanager
def logging_to(settings: LogSettings, redaction: Redaction) -> Iterator[SettingsError | None]:
    """Write the log while the block runs: ours from INFO on, that of libraries from WARNING on.

    Libraries stay quieter because they log addresses and headers. Our loggers are called
    `heimdall.<subject>`; with `is_debug` they write everything.

    Yields:
        Why there is no log in the folder, if there is none.
    """
    handlers, trouble = _handlers(settings)
    root, ours = logging.getLogger(), logging.getLogger("heimdall")
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(redaction))
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.DEBUG if settings.is_debug else logging.INFO)
    logging.captureWarnings(capture=True)
    try:
        yield trouble
    finally:
        logging.captureWarnings(capture=False)
        ours.setLevel(logging.NOTSET)
        for handler in handlers:
            root.removeHandler(handler)
            with suppress(OSError):  # the disk is full, and some of it was not written yet
                handler.close()


@contextmanager
def crashes_recorded_in(folder: Path | None) -> Iterator[SettingsError | None]:
    """Write where every thread stands into a file of this folder if the interpreter crashes.

    Args:
        folder: None for nowhere.

    Yields:
        Why that is not possible, if it is not.
    """
    with ExitStack() as opened:
        trouble = None
        if folder is None:
            yield None
            return
        try:
            _make_private(folder)
            faulthandler.enable(opened.enter_context(_opened(folder / CRASH_NAME)))
            opened.callback(faulthandler.disable)
        except OSError as error:
            trouble = _unwritable(folder, error)
        yield trouble


def _handlers(settings: LogSettings) -> tuple[list[logging.Handler], SettingsError | None]:
    handlers: list[logging.Handler] = []
    trouble = None
    if settings.folder is not None:
        try:
            _make_private(settings.folder)
            handlers.append(
                _LogFile(
                    settings.folder / LOG_NAME,
                    maxBytes=LARGEST_FILE_BYTES,
                    backupCount=OLD_FILES_KEPT,
                )
            )
        except OSError as error:
            trouble = _unwritable(settings.folder, error)
    if settings.is_debug:
        handlers.append(logging.StreamHandler())
    # Without any handler Python would write warnings to standard error by itself.
    return handlers or [logging.NullHandler()], trouble


def _make_private(folder: Path) -> None:
    """Make the folder the user's alone, and what earlier versions have left in it."""
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


def _unwritable(folder: Path, error: OSError) -> SettingsError:
    kind = NoSpaceForSettings if lacks_space(error) else SettingsError
    return kind(Reason.LOG_UNWRITABLE, folder=str(folder), problem=problem_of(error))
