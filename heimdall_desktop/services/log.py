"""The log: where it goes and how much of it; no token ever gets into it."""

import faulthandler
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from heimdall_desktop.domain.facts.errors import SettingsError
from heimdall_desktop.domain.words.wording import tr
from heimdall_desktop.services.redaction import Redaction

LOG_NAME: Final = "heimdall.log"
CRASH_NAME: Final = "crash.log"
LARGEST_FILE_BYTES: Final = 1_000_000
OLD_FILES_KEPT: Final = 3


@dataclass(frozen=True, slots=True)
class LogSettings:
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


@contextmanager
def logging_to(settings: LogSettings, redaction: Redaction) -> Iterator[None]:
    """Write the log while the block runs: ours from INFO on, that of libraries from WARNING on.

    Libraries stay quieter because they log addresses and headers. Our loggers are called
    `heimdall.<subject>`; with `is_debug` they write everything.

    Raises:
        SettingsError: the folder cannot be written to.
    """
    handlers = _handlers(settings)
    root, ours = logging.getLogger(), logging.getLogger("heimdall")
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(redaction))
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.DEBUG if settings.is_debug else logging.INFO)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        ours.setLevel(logging.NOTSET)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


@contextmanager
def crashes_recorded_in(folder: Path) -> Iterator[None]:
    """Write where every thread stands into a file of this folder if the interpreter crashes.

    Raises:
        SettingsError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        report = (folder / CRASH_NAME).open("a", encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder) from error
    with report:
        faulthandler.enable(report)
        try:
            yield
        finally:
            faulthandler.disable()


def _handlers(settings: LogSettings) -> list[logging.Handler]:
    handlers: list[logging.Handler] = []
    if settings.folder is not None:
        try:
            settings.folder.mkdir(parents=True, exist_ok=True)
            handlers.append(
                RotatingFileHandler(
                    settings.folder / LOG_NAME,
                    maxBytes=LARGEST_FILE_BYTES,
                    backupCount=OLD_FILES_KEPT,
                    encoding="utf-8",
                    errors="backslashreplace",
                )
            )
        except OSError as error:
            raise _unwritable(settings.folder) from error
    if settings.is_debug:
        handlers.append(logging.StreamHandler())
    # Without any handler Python would write warnings to standard error by itself.
    return handlers or [logging.NullHandler()]


def _unwritable(folder: Path) -> SettingsError:
    return SettingsError(
        tr("The log cannot be written in {folder}.").format(folder=folder),
        tr("Give another folder with --profile-dir."),
    )
