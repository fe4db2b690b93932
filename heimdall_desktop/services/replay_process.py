"""Opens the window that plays a recording: a program of its own, which outlives this one.

What is played has its own clocks, profile and sums, and contacts nothing; so it cannot share a
window with scans that are watched.
"""

import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from heimdall_desktop.domain.facts.errors import Reason, RecordingError
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.services.regular_file import problem_of
from heimdall_desktop.services.worker_thread import in_daemon_thread

LONGEST_WORDS = 300
LINE_LIMIT_BYTES = 1 << 16


async def open_replay(command: Sequence[str], file: Path) -> "ReplayProcess":
    """Start the program that plays a recording, once the file is seen to be one.

    Args:
        command: starts this program.
        file: the recording; its path is absolute.

    Raises:
        RecordingError: it is none that can be played, or the program does not start.
    """
    from heimdall_desktop.services.recording_reading import read_head  # noqa: PLC0415 - main.LATE

    await in_daemon_thread(partial(read_head, file), name="look at a recording")
    start = partial(_started, [*command, "--replay", str(file)])
    try:
        return ReplayProcess(await in_daemon_thread(start, name="open a replay"), file)
    except OSError as error:
        raise _not_opened(file, problem_of(error)) from None


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - ourselves
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C in our terminal is for us alone
    )


class ReplayProcess:
    """The program that plays a recording."""

    def __init__(self, process: "subprocess.Popen[bytes]", file: Path) -> None:
        self._process, self._file = process, file

    async def until_closed(self) -> None:
        """Wait until it has ended.

        Raises:
            RecordingError: it could not play the recording.
        """
        status, words = await in_daemon_thread(self._last_words, name="wait for a replay")
        if status > 0:  # below 0 it was ended from outside
            raise _not_opened(self._file, words or f"status {status}")

    def _last_words(self) -> tuple[int, str]:
        last = b""
        with self._process as process:
            while process.stderr and (line := process.stderr.readline(LINE_LIMIT_BYTES)):
                last = line.strip() or last
        words = last.decode("utf-8", "replace").removeprefix("heimdall-desktop: ")
        return self._process.returncode, one_line(words)[:LONGEST_WORDS].rstrip(".")


def _not_opened(file: Path, problem: str) -> RecordingError:
    return RecordingError(Reason.RECORDING_NOT_OPENED, file=file.name, problem=problem)
