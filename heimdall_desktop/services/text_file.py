"""Writes a text the user wants to keep where the user says; all of it or nothing.

The file is the user's alone to read: a patch quotes code of the scanned repository.
"""

import os
import tempfile
from pathlib import Path

from heimdall_desktop.domain.facts.errors import FileNotWritten, Reason
from heimdall_desktop.services.regular_file import problem_of


def write_text(path: Path, text: str) -> None:
    """Write a text with its line ends as they are, replacing a file that is there.

    Raises:
        FileNotWritten: the place does not take it; what was there is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    except OSError as error:
        raise _refusal(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "surrogatepass"))
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _refusal(path, error) from None


def _refusal(path: Path, error: OSError) -> FileNotWritten:
    return FileNotWritten(Reason.FILE_NOT_WRITTEN, file=path.name, problem=problem_of(error))
