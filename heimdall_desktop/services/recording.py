"""The file of a recording: JSON Lines. The first line names the scan, the others contain its facts.

Each further line is `[seconds since the beginning, kind, facts]`. The state at the beginning comes
first, at 0 s, so the lines up to a moment give the scan's state at that moment. Moments of our
monotonic clock are written as seconds since the beginning too; moments of the server are unchanged.
Findings and lines of the server's log are written in full if they are new, and as ids if they are
unchanged.

`recording_reading` reads it.
"""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.errors import (
    FileNotWritten,
    HeimdallError,
    NoSpaceForFile,
    Reason,
    RecordingError,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import (
    Activity,
    ConnectionSeen,
    FindingsListed,
    LiveRead,
    Observation,
)
from heimdall_desktop.domain.facts.server import Peer, ServerUrl
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.services.history_reading import plain, told_of
from heimdall_desktop.services.regular_file import (
    PRIVATE,
    lacks_space,
    open_regular,
    problem_of,
)
from heimdall_desktop.services.worker_thread import WorkerThread

if sys.platform != "win32":
    import fcntl

VERSION = 1
END = "End"
SUFFIX = ".heimdall.jsonl"
FILE_LIMIT_BYTES = 256 << 20
IDS_AT_ONCE = 500  # of unchanged findings, in one line


class UsualTimesKnown(Struct, frozen=True):
    """The durations of all known scans of the repository; more than the scan itself shows.

    Attributes:
        scan_id: the recorded scan.
    """

    scan_id: ScanId
    times: tuple[ScanTimes, ...]


Fact = Observation | InboxLine | UsualTimesKnown


class RecordingHead(Struct, frozen=True):
    """The first line.

    Attributes:
        heimdall_recording: the version of the format.
        program: the version of the program that wrote it.
        server: the server of the scan; a replay never contacts it.
        name: of the repository, at the beginning.
        began_at: when the recording started, aware UTC.
    """

    heimdall_recording: int
    program: str
    scan_id: ScanId
    server: ServerUrl
    name: str
    is_local: bool
    began_at: datetime


class Recorded(Struct, frozen=True):
    """A fact, and when it came, in seconds since the beginning."""

    at_s: float
    fact: Fact


class Recording(Struct, frozen=True):
    """The content of a file.

    Attributes:
        facts: in the order in which they came.
        duration_s: its length in seconds.
        damage: why the rest could not be read; None if all was.
    """

    head: RecordingHead
    facts: tuple[Recorded, ...]
    duration_s: float = 0.0
    damage: RecordingError | None = None


def moved_by(fact: Fact, by_s: float) -> Fact:
    """Return a fact with all its moments of the monotonic clock moved `by_s` seconds later."""
    moments = {
        name: at_s + by_s
        for name in fact.__struct_fields__
        if name.endswith("_s") and (at_s := getattr(fact, name)) is not None
    }
    return replace(fact, **moments) if moments else fact


# -- writing --


class LineWriter:
    """Creates the lines of one recording.

    Args:
        head: the first line.
        began_s: when it started, by our monotonic clock.
    """

    def __init__(self, head: RecordingHead, began_s: float) -> None:
        self.first = _line(head)
        self._began_s = began_s
        self._since_s = 0.0
        self._activities: dict[str, Activity] = {}
        self._findings: dict[FindingId, Finding] = {}
        self._connection: ConnectionSeen | None = None

    def lines(self, at_s: float, fact: Fact) -> Iterator[bytes]:
        """Yield the lines of a fact; none if it repeats the previous one.

        Args:
            at_s: when it came, by our monotonic clock.
            fact: with its moments by the same clock.
        """
        if isinstance(fact, ConnectionSeen):  # which comes several times a second
            if fact == self._connection:
                return
            self._connection = fact
        self._since_s = since_s = max(self._since_s, at_s - self._began_s)
        moved = moved_by(fact, -self._began_s)
        kind = type(fact).__name__
        if isinstance(moved, FindingsListed):
            for rows in self._rows_of(moved):
                yield _line((since_s, kind, rows))
        elif isinstance(moved, LiveRead):
            yield _line((since_s, kind, self._with_keys(moved)))
        else:
            yield _line((since_s, kind, moved))

    def _rows_of(self, listed: FindingsListed) -> Iterator[dict[str, object]]:
        """Yield new rows one by one, so that no line gets long; known ones only by their ids."""
        rest, known = {**msgspec.structs.asdict(listed), "findings": ()}, list[str]()
        for finding in listed.findings:
            is_known = self._findings.get(finding.id) == finding
            if is_known:
                known.append(finding.id)
            if known and (not is_known or len(known) == IDS_AT_ONCE):
                yield {**rest, "findings": known}
                rest["seen_before"], known = (), []
            if not is_known:
                self._findings[finding.id] = finding
                yield {**rest, "findings": (told_of(finding),)}
                rest["seen_before"] = ()
        if known or not listed.findings:
            yield {**rest, "findings": known}

    def end(self, at_s: float) -> bytes:
        """Return the last line, which contains the recording's length."""
        return _line((max(self._since_s, at_s - self._began_s), END, None))

    def _with_keys(self, read: LiveRead) -> dict[str, object]:
        """Return an answer with only new lines of the log in full, the others by their keys."""
        activities: list[Activity | str] = []
        for row in read.activities:
            activities.append(row.key if self._activities.get(row.key) == row else row)
            self._activities[row.key] = row
        return {**msgspec.structs.asdict(read), "activities": activities}


def _line(value: object) -> bytes:
    try:
        return _ENCODER.encode(value) + b"\n"
    except UnicodeError:  # a lone surrogate
        plain = msgspec.to_builtins(value, enc_hook=_plain)
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> object:
    if not isinstance(value, HeimdallError):
        return plain(value)
    fields = {name: _plain_field(field) for name, field in value.fields.items()}
    return {"kind": type(value).__name__, "reason": value.reason.name, "fields": fields}


def _plain_field(field: object) -> object:
    match field:
        case Enum():
            return field.value
        case Peer():
            return field.host
        case tuple():
            return [_plain_field(each) for each in field]
        case None | str() | int() | float() | HeimdallError():
            return field
        case _:
            return str(field)


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)


class RecordingFile:
    """The file while it is written, by its own thread; only the user can read it.

    Args:
        path: the file's path; an existing file is overwritten.
        mask: removes tokens from written data, wherever a server may have repeated them.

    Attributes:
        written_bytes: the size so far.
    """

    def __init__(self, path: Path, mask: Callable[[bytes], bytes]) -> None:
        self.path, self._mask = path, mask
        self.written_bytes = 0
        self._thread = WorkerThread("recording")
        self._file: IO[bytes] | None = None

    async def open(self) -> None:
        """Create the file.

        Raises:
            FileNotWritten: it cannot be written there.
        """
        try:
            await self._thread.run(self._open)
        except OSError as error:
            self._thread.close()
            file, problem = self.path.name, problem_of(error)
            if lacks_space(error):
                raise NoSpaceForFile(Reason.FILE_NO_SPACE, file=file) from None
            raise FileNotWritten(Reason.FILE_NOT_WRITTEN, file=file, problem=problem) from None

    async def write(self, lines: bytes) -> None:
        """Write some lines.

        Raises:
            RecordingError: no more can be written; or the file would be too long for a
                replay.
        """
        if self.written_bytes + len(lines) > FILE_LIMIT_BYTES:
            limit = FILE_LIMIT_BYTES >> 20
            raise RecordingError(Reason.RECORDING_FULL, file=self.path.name, limit=limit)
        await self._go_on(partial(self._write, self._mask(lines)))
        self.written_bytes += len(lines)

    async def aclose(self) -> None:
        """Complete the file.

        Raises:
            RecordingError: not all of it could be written.
        """
        try:
            await self._go_on(self._close)
        finally:
            self._thread.close()

    async def _go_on(self, work: Callable[[], None]) -> None:
        try:
            await self._thread.run(work)
        except OSError as error:
            file, problem = self.path.name, problem_of(error)
            raise RecordingError(Reason.RECORDING_ENDED, file=file, problem=problem) from None

    def _open(self) -> None:
        handle = open_regular(self.path, os.O_WRONLY | os.O_CREAT)
        file = os.fdopen(handle, "wb", buffering=0)
        try:
            if sys.platform != "win32":
                _lock(handle)
                os.fchmod(handle, PRIVATE)
            os.ftruncate(handle, 0)
        except OSError:
            file.close()
            raise
        self._file = file

    def _write(self, lines: bytes) -> None:
        left = memoryview(lines)
        while left and self._file is not None:
            left = left[self._file.write(left) :]

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with file:
                os.fsync(file.fileno())


def _lock(handle: int) -> None:
    """Lock a file against other recordings, of this program or another one.

    Raises:
        OSError: another recording is being written to it.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OSError(errno.EBUSY, "another recording is being written to it") from None
    except OSError:  # a file system without locks
        return
