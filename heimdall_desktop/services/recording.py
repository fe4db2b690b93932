"""The file of a recording: JSON Lines. The first line names the scan, the others contain its facts.

Each further line is `[seconds since the beginning, kind, facts]`. The state at the beginning comes
first, at 0 s, so the lines up to a moment give the scan's state at that moment. Moments of our
monotonic clock are written as seconds since the beginning too; moments of the server are unchanged.
Findings and lines of the server's log are written in full if they are new, and as ids if they are
unchanged.

Recordings may come from anywhere. A file has the same limits as a server's answer, and is read up
to the first unreadable line: the lines after a missing one would be wrong.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from math import isfinite
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.services import fact_codec
from heimdall_desktop.services.envelope import ID_LIMIT, VALUES_LIMIT
from heimdall_desktop.services.regular_file import PRIVATE, not_written, open_regular, problem_of
from heimdall_desktop.services.worker_thread import WorkerThread

if sys.platform != "win32":
    import fcntl

VERSION = 1
END = "End"
SUFFIX = ".heimdall.jsonl"
FILE_LIMIT_BYTES = 256 << 20
IDS_AT_ONCE = 500  # of unchanged findings, in one line
LINE_LIMIT_BYTES = 16 << 20  # a row with its full texts has some kilobytes
FACTS_LIMIT = 1_000_000
LONGEST_S = 30 * 86_400.0
PROBLEM_LIMIT = 200  # characters of a line's problem: it may contain part of the line
_FARTHEST_S = 1e9  # of a moment in seconds since the beginning
_MOST = 2**31 - 1  # the maximum of Qt's models


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
    fact: fact_codec.Fact


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
    damage: errors.RecordingError | None = None


# -- writing --


class LineWriter:
    """Creates the lines of one recording.

    Args:
        head: the first line.
        began_s: when it started, by our monotonic clock.
    """

    def __init__(self, head: RecordingHead, began_s: float) -> None:
        self.first = fact_codec.encode(head) + b"\n"
        self._began_s = began_s
        self._since_s = 0.0
        self._earlier = fact_codec.Earlier()
        self._connection: observation.ConnectionSeen | None = None

    def lines(self, at_s: float, fact: fact_codec.Fact) -> Iterator[bytes]:
        """Yield the lines of a fact; none if it repeats the previous one.

        Args:
            at_s: when it came, by our monotonic clock.
            fact: with its moments by the same clock.
        """
        if isinstance(fact, observation.ConnectionSeen):  # which comes several times a second
            if fact == self._connection:
                return
            self._connection = fact
        self._since_s = since_s = max(self._since_s, at_s - self._began_s)
        moved = fact_codec.moved(fact, lambda moment_s: moment_s - self._began_s)
        forms: Iterable[object] = (moved,)
        if isinstance(moved, observation.FindingsListed):
            forms = self._forms_of_rows(moved)
        elif isinstance(moved, observation.LiveRead):  # known lines of the log only by their keys
            activities: list[observation.Activity | str] = []
            known = self._earlier.activities
            for row in moved.activities:
                activities.append(row.key if known.get(row.key) == row else row)
                known[row.key] = row
            forms = ({**asdict(moved), "activities": activities},)
        for form in forms:
            yield fact_codec.encode((since_s, type(fact).__name__, form)) + b"\n"

    def end(self, at_s: float) -> bytes:
        """Return the last line, which contains the recording's length."""
        return fact_codec.encode((max(self._since_s, at_s - self._began_s), END, None)) + b"\n"

    def _forms_of_rows(self, listed: observation.FindingsListed) -> Iterator[fact_codec.RowsForm]:
        """Yield new rows one by one, so that no line gets long; known ones only by their ids."""
        known, seen = list[str](), listed.seen_before

        def form(findings: Sequence[Struct | str]) -> fact_codec.RowsForm:
            nonlocal seen
            rows = fact_codec.RowsForm(
                listed.asked_at_s, findings, seen, listed.is_kept, listed.scan_id
            )
            seen = ()
            return rows

        for finding in listed.findings:
            is_known = self._earlier.findings.get(finding.id) == finding
            if is_known:
                known.append(finding.id)
            if known and (not is_known or len(known) == IDS_AT_ONCE):
                yield form(known)
                known = []
            if not is_known:
                self._earlier.findings[finding.id] = finding
                yield form([fact_codec.finding_form(finding)])
        if known or not listed.findings:
            yield form(known)


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
            raise not_written(self.path, error) from None

    async def write(self, lines: bytes) -> None:
        """Write some lines.

        Raises:
            RecordingError: no more can be written; or the file would be too long for a
                replay.
        """
        if self.written_bytes + len(lines) > FILE_LIMIT_BYTES:
            limit = FILE_LIMIT_BYTES >> 20
            raise errors.RecordingError(
                errors.Reason.RECORDING_FULL, file=self.path.name, limit=limit
            )
        await self._in_thread(partial(self._write, self._mask(lines)))
        self.written_bytes += len(lines)

    async def aclose(self) -> None:
        """Complete the file.

        Raises:
            RecordingError: not all of it could be written.
        """
        try:
            await self._in_thread(self._close)
        finally:
            self._thread.close()

    async def _in_thread(self, work: Callable[[], None]) -> None:
        try:
            await self._thread.run(work)
        except OSError as error:
            problem = problem_of(error)
            raise errors.RecordingError(
                errors.Reason.RECORDING_ENDED, file=self.path.name, problem=problem
            ) from None

    def _open(self) -> None:
        handle = open_regular(self.path, os.O_WRONLY | os.O_CREAT)
        file = os.fdopen(handle, "wb", buffering=0)
        try:
            if sys.platform != "win32":
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise OSError(errno.EBUSY, "another recording is being written to it") from None
                except OSError:  # a file system without locks
                    pass
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


# -- reading --


def read_recording(path: Path) -> Recording:
    """Read a recording, up to the first unreadable line.

    Raises:
        RecordingError: the file cannot be read, or is not a recording that this version knows.
    """
    with _opened(path) as file:
        head, damage = _read_head(file.readline(LINE_LIMIT_BYTES), path.name), None
        reader, facts, read_bytes = _Reader(head.scan_id), list[Recorded](), 0
        for number, line in enumerate(iter(lambda: file.readline(LINE_LIMIT_BYTES + 1), b""), 2):
            read_bytes += len(line)
            try:
                _require(len(line) <= LINE_LIMIT_BYTES, "it is too long")
                _require(read_bytes <= FILE_LIMIT_BYTES, "the file grew while it was read")
                _require(len(facts) < FACTS_LIMIT, f"there are more than {FACTS_LIMIT} lines")
                _require(line.endswith(b"\n"), "it is cut off")
                fact = reader.fact(line)
                if fact is not None:
                    facts.append(fact)
            except fact_codec.UNREADABLE as error:
                problem = one_line(str(error) or type(error).__name__)[:PROBLEM_LIMIT]
                damage = errors.RecordingError(
                    errors.Reason.RECORDING_DAMAGED, file=path.name, line=number, problem=problem
                )
                break
    return Recording(head, tuple(facts), reader.at_s, damage)


def read_head(path: Path) -> RecordingHead:
    """Read the first line of a recording, which shows whether it is one.

    Raises:
        RecordingError: the file cannot be read, or is not a recording that this version knows.
    """
    with _opened(path) as file:
        return _read_head(file.readline(LINE_LIMIT_BYTES), path.name)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
            if os.fstat(file.fileno()).st_size > FILE_LIMIT_BYTES:
                limit = FILE_LIMIT_BYTES >> 20
                raise errors.RecordingError(
                    errors.Reason.RECORDING_TOO_LONG, file=path.name, limit=limit
                )
            yield file
    except OSError as error:
        problem = problem_of(error)
        raise errors.RecordingError(
            errors.Reason.RECORDING_UNREADABLE, file=path.name, problem=problem
        ) from None


def _read_head(line: bytes, name: str) -> RecordingHead:
    try:
        version = fact_codec.decode(_Version, line).heimdall_recording
        if version > VERSION:
            raise errors.RecordingError(errors.Reason.RECORDING_NEWER, file=name)
        head = fact_codec.decode(RecordingHead, line)
        _require(version == VERSION and 0 < len(head.scan_id) <= ID_LIMIT, "")
        head = replace(head, server=server_url(head.server))
    except (msgspec.MsgspecError, ValueError, RecursionError, errors.LinkError):
        raise errors.RecordingError(errors.Reason.RECORDING_FOREIGN, file=name) from None
    return head


class _Version(Struct):
    heimdall_recording: int


class _Reader:
    """Converts lines to facts, one after the other.

    Attributes:
        at_s: the position reached, in seconds from the beginning.
    """

    def __init__(self, scan_id: ScanId) -> None:
        self._scan_id = scan_id
        self.at_s = 0.0
        self._earlier = fact_codec.Earlier()

    def fact(self, line: bytes) -> Recorded | None:
        """Return the fact of a line; None for the end.

        Raises:
            UNREADABLE: the line is invalid.
        """
        _require(line.count(b",") <= VALUES_LIMIT, "it holds too many values")
        at_s, kind, raw = fact_codec.decode(tuple[float, str, msgspec.Raw], line)
        _require(self.at_s <= at_s <= LONGEST_S, "its moment is none")
        if kind == END:
            self.at_s = at_s
            return None
        fact = fact_codec.decode_fact(kind, raw, self._earlier)
        if isinstance(fact, observation.FindingsListed):
            _require(abs(fact.asked_at_s) <= _FARTHEST_S, "its moment is none")
            for finding in fact.findings:
                _require(finding.scan_id == self._scan_id, "it is about another scan")
                _require(max(map(abs, finding.lines)) <= _MOST, "a number in it is too large")
        else:
            _require(_has_sound_numbers(fact), "a number in it is too large")
        if isinstance(fact, InboxLine):
            # Each text on one line, so that shown text hides nothing.
            fact = replace(
                fact,
                title=one_line(fact.title),
                body=one_line(fact.body),
                scan_name=one_line(fact.scan_name),
                merged_into=one_line(fact.merged_into),
                view=one_line(fact.view),
            )
        elif isinstance(fact, fact_codec.UsualTimesKnown):
            took = (took_s for times in fact.times for _, took_s in times.durations_s)
            _require(all(took_s >= 0.0 for took_s in took), "a stage took less than no time")
        _require(fact.scan_id == self._scan_id, "it is about another scan")
        self.at_s = at_s
        return Recorded(at_s, fact)


def _has_sound_numbers(value: object) -> bool:
    match value:
        case float():
            return isfinite(value) and abs(value) <= _FARTHEST_S
        case int():
            return abs(value) <= _MOST
        case tuple():
            return all(map(_has_sound_numbers, value))
        case Struct():
            return all(_has_sound_numbers(getattr(value, n)) for n in value.__struct_fields__)
        case errors.HeimdallError():
            return all(map(_has_sound_numbers, value.fields.values()))
        case _:
            return True


def _require(is_so: bool, problem: str) -> None:
    if not is_so:
        raise ValueError(problem)
