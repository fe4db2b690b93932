"""The file of a recording: JSON Lines, the first of which says of which scan, the others what came.

Each further line is `[seconds since the beginning, kind, facts]`. What was known at the beginning
stands first, at 0 s; so the lines up to a moment make the scan what it was then. Moments of our
monotonic clock are told as seconds since the beginning, too; moments of the server as they are.
Findings and lines of the server's log stand in full where they are new, and by their ids where they
are as before.

A file may come from anywhere. It is bounded like the answer of a server, and read up to the first
line that cannot be read: what follows on a line that is missing would be a lie.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from functools import partial
from math import isfinite
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.errors import (
    FileNotWritten,
    HeimdallError,
    LinkError,
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
from heimdall_desktop.domain.facts.seen_changes import Reading
from heimdall_desktop.domain.facts.server import Peer, server_url
from heimdall_desktop.services.envelope import ID_LIMIT, VALUES_LIMIT
from heimdall_desktop.services.history_moments import within
from heimdall_desktop.services.history_rows import KeptFinding, finding_of, plain, told_of
from heimdall_desktop.services.regular_file import (
    PRIVATE,
    lacks_space,
    open_regular,
    problem_of,
)
from heimdall_desktop.services.worker_thread import WorkerThread

VERSION = 1
END = "End"
SUFFIX = ".heimdall.jsonl"
LINE_LIMIT_BYTES = 16 << 20  # a row with its texts in full has some kilobytes
FILE_LIMIT_BYTES = 256 << 20
IDS_AT_ONCE = 500  # of findings that are as before, in one line
FACTS_LIMIT = 1_000_000
LONGEST_S = 30 * 86_400.0
_FARTHEST_S = 1e9  # of a moment that is told in seconds since the beginning
_MOST = 2**31 - 1  # what Qt's models can hold

Fact = Observation | InboxLine


class RecordingHead(Struct, frozen=True):
    """The first line.

    Attributes:
        heimdall_recording: the version of the form.
        program: the version of the program that wrote it.
        server: where the scan was; nothing is ever asked there for the recording.
        name: of the repository, at the beginning.
        began_at: when the recording began, aware UTC.
    """

    heimdall_recording: int
    program: str
    scan_id: ScanId
    server: str
    name: str
    is_local: bool
    began_at: datetime


class Recorded(Struct, frozen=True):
    """A fact, and when it came, in seconds since the beginning."""

    at_s: float
    fact: Fact


class Recording(Struct, frozen=True):
    """What a file holds.

    Attributes:
        facts: in the order in which they came.
        duration_s: how long it is.
        damage: why no more of it could be read; None if all was.
    """

    head: RecordingHead
    facts: tuple[Recorded, ...]
    duration_s: float = 0.0
    damage: RecordingError | None = None


def moved_by(fact: Fact, by_s: float) -> Fact:
    """Return a fact with all its moments of the monotonic clock that much later."""
    moments = {
        name: at_s + by_s
        for name in fact.__struct_fields__
        if name.endswith("_s") and (at_s := getattr(fact, name)) is not None
    }
    return replace(fact, **moments) if moments else fact


# -- writing --


class LineWriter:
    """Makes the lines of one recording.

    Args:
        head: the first line.
        began_s: when it began, by our monotonic clock.
    """

    def __init__(self, head: RecordingHead, began_s: float) -> None:
        self.first = _line(head)
        self._began_s = began_s
        self._since_s = 0.0
        self._activities: dict[str, Activity] = {}
        self._findings: dict[FindingId, Finding] = {}
        self._connection: ConnectionSeen | None = None

    def lines(self, at_s: float, fact: Fact) -> Iterator[bytes]:
        """Yield the lines that tell a fact; none, if it says only what was said before.

        Args:
            at_s: when it came, by our monotonic clock.
            fact: with its moments by the same clock.
        """
        if isinstance(fact, ConnectionSeen):  # which comes some times a second
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
        """Yield new rows one by one, so that no line gets long; known ones by their ids alone."""
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
        """Return the last line, which tells how long the recording is."""
        return _line((max(self._since_s, at_s - self._began_s), END, None))

    def _with_keys(self, read: LiveRead) -> dict[str, object]:
        """Return an answer whose lines of the log stand in full only where they are new."""
        told: list[Activity | str] = []
        for row in read.activities:
            told.append(row.key if self._activities.get(row.key) == row else row)
            self._activities[row.key] = row
        return {**msgspec.structs.asdict(read), "activities": told}


def _line(value: object) -> bytes:
    try:
        return _ENCODER.encode(value) + b"\n"
    except UnicodeError:  # a lone surrogate
        told = msgspec.to_builtins(value, enc_hook=_plain)
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> object:
    if not isinstance(value, HeimdallError):
        return plain(value)
    told = {name: _plain_field(field) for name, field in value.fields.items()}
    return {"kind": type(value).__name__, "reason": value.reason.name, "fields": told}


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
    """The file while it is written, by a thread of its own; it is the user's alone to read.

    Args:
        path: where it is to stand; what stands there is written over.
        mask: takes tokens out of what is written, wherever a server may have repeated them.

    Attributes:
        written_bytes: how long it is.
    """

    def __init__(self, path: Path, mask: Callable[[bytes], bytes]) -> None:
        self.path, self._mask = path, mask
        self.written_bytes = 0
        self._thread = WorkerThread("recording")
        self._file: IO[bytes] | None = None

    async def open(self) -> None:
        """Begin the file.

        Raises:
            FileNotWritten: the place does not take it.
        """
        await self._run(self._open)

    async def write(self, lines: bytes) -> None:
        """Write some lines.

        Raises:
            FileNotWritten: the place does not take them.
            RecordingError: the file is so long that no more of it would be played.
        """
        if self.written_bytes + len(lines) > FILE_LIMIT_BYTES:
            limit = FILE_LIMIT_BYTES >> 20
            raise RecordingError(Reason.RECORDING_FULL, file=self.path.name, limit=limit)
        await self._run(partial(self._write, self._mask(lines)))
        self.written_bytes += len(lines)

    async def aclose(self) -> None:
        """End the file.

        Raises:
            FileNotWritten: the place did not take all of it.
        """
        try:
            await self._run(self._close)
        finally:
            self._thread.close()

    async def _run(self, work: Callable[[], None]) -> None:
        try:
            await self._thread.run(work)
        except OSError as error:
            if lacks_space(error):
                raise NoSpaceForFile(Reason.FILE_NO_SPACE, file=self.path.name) from None
            problem = problem_of(error)
            raise FileNotWritten(
                Reason.FILE_NOT_WRITTEN, file=self.path.name, problem=problem
            ) from None

    def _open(self) -> None:
        handle = open_regular(self.path, os.O_WRONLY | os.O_CREAT)
        self._file = os.fdopen(handle, "wb", buffering=0)
        if sys.platform != "win32":
            os.fchmod(handle, PRIVATE)
        os.ftruncate(handle, 0)

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
    """Read a recording, up to the first line that makes no sense.

    Raises:
        RecordingError: the file cannot be read, or holds no recording that this version knows.
    """
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
            if os.fstat(file.fileno()).st_size > FILE_LIMIT_BYTES:
                limit = FILE_LIMIT_BYTES >> 20
                raise RecordingError(Reason.RECORDING_TOO_LONG, file=path.name, limit=limit)
            return _read(file, path.name)
    except OSError as error:
        problem = problem_of(error)
        raise RecordingError(Reason.RECORDING_UNREADABLE, file=path.name, problem=problem) from None


def _read(file: IO[bytes], name: str) -> Recording:
    head = _read_head(file.readline(LINE_LIMIT_BYTES), name)
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
        except (msgspec.MsgspecError, ValueError, TypeError, RecursionError, KeyError) as error:
            problem = str(error) or type(error).__name__
            damage = RecordingError(
                Reason.RECORDING_DAMAGED, file=name, line=number, problem=problem
            )
            return Recording(head, tuple(facts), reader.at_s, damage)
    return Recording(head, tuple(facts), reader.at_s)


def _read_head(line: bytes, name: str) -> RecordingHead:
    try:
        version = _VERSION.decode(line).heimdall_recording
        if version > VERSION:
            raise RecordingError(Reason.RECORDING_NEWER, file=name)
        head = within(_HEAD.decode(line))
        _require(version == VERSION and 0 < len(head.scan_id) <= ID_LIMIT, "")
        head = replace(head, server=server_url(head.server))
    except (msgspec.MsgspecError, ValueError, RecursionError, LinkError):
        raise RecordingError(Reason.RECORDING_FOREIGN, file=name) from None
    return head


class _Reader:
    """Makes facts of lines, one after the other.

    Attributes:
        at_s: how far it has come, in seconds from the beginning.
    """

    def __init__(self, scan_id: ScanId) -> None:
        self._scan_id = scan_id
        self.at_s = 0.0
        self._activities: dict[str, Activity] = {}
        self._findings: dict[str, Finding] = {}

    def fact(self, line: bytes) -> Recorded | None:
        """Return what a line tells; None for the end.

        Raises:
            msgspec.MsgspecError, ValueError, TypeError, KeyError, RecursionError: none that makes
                sense.
        """
        _require(line.count(b",") <= VALUES_LIMIT, "it holds too many values")
        at_s, kind, raw = _LINE.decode(line)
        _require(self.at_s <= at_s <= LONGEST_S, "its moment is none")
        if kind == END:
            self.at_s = at_s
            return None
        fact = self._decoded(kind, raw)
        _require(fact.scan_id == self._scan_id, "it is about another scan")
        self.at_s = at_s
        return Recorded(at_s, fact)

    def _decoded(self, kind: str, raw: msgspec.Raw) -> Fact:
        if kind == FindingsListed.__name__:
            return self._listed(_ROWS.decode(raw))
        if kind == LiveRead.__name__:
            told = _LIVE.decode(raw)
            values = msgspec.structs.asdict(told)
            values["activities"] = tuple(map(self._activity, values["activities"]))
            live = LiveRead(**values)
            return _sound(within(live))
        decoder = _DECODERS.get(kind)
        if decoder is None:
            raise ValueError("its kind is not known")
        return _sound(within(decoder.decode(raw)))

    def _listed(self, rows: "_Rows") -> FindingsListed:
        findings = tuple(map(self._finding, rows.findings))
        _require(abs(rows.asked_at_s) <= _FARTHEST_S, "its moment is none")
        seen = within(rows.seen_before)
        return FindingsListed(rows.scan_id, rows.asked_at_s, findings, seen, rows.is_kept)

    def _finding(self, told: Struct | str) -> Finding:
        if isinstance(told, str):
            return self._findings[told]
        finding = finding_of(told)
        _require(finding.scan_id == self._scan_id, "it is about another scan")
        _require(max(map(abs, finding.lines)) <= _MOST, "a number in it is too large")
        self._findings[finding.id] = finding
        return finding

    def _activity(self, told: Activity | str) -> Activity:
        if isinstance(told, str):
            return self._activities[told]
        self._activities[told.key] = told
        return told


class _Version(Struct):
    heimdall_recording: int


class _Rows(Struct):
    scan_id: ScanId
    asked_at_s: float
    findings: tuple[KeptFinding | str, ...]  # type: ignore[valid-type]  # made of the fields of Finding
    seen_before: tuple[tuple[FindingId, tuple[Reading, ...]], ...] = ()
    is_kept: bool = False


_Live = msgspec.defstruct(
    "_Live",
    [
        (each.name, tuple[Activity | str, ...] if each.name == "activities" else each.type)
        if each.required
        else (each.name, each.type, each.default)
        for each in fields(LiveRead)
    ],
)


def _sound(fact: Fact) -> Fact:
    """Return a fact whose numbers are such as the program can reckon with.

    Raises:
        ValueError: one is not.
    """
    _require(_has_sound_numbers(fact), "a number in it is too large")
    return fact


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
        case HeimdallError():
            return all(map(_has_sound_numbers, value.fields.values()))
        case _:
            return True


def _require(is_so: bool, problem: str) -> None:
    if not is_so:
        raise ValueError(problem)


class _Error(Struct):
    kind: str
    reason: str
    fields: dict[str, Any]


def _made(kind: type, told: object) -> object:
    """Make an error of what was written of it."""
    if kind is not HeimdallError:
        raise NotImplementedError(kind.__name__)
    known = msgspec.convert(told, _Error)
    made = getattr(errors, known.kind, None)
    if not (isinstance(made, type) and issubclass(made, HeimdallError)):
        raise ValueError("its error is not known")  # noqa: TRY004 - of a line, not of ours
    told_of_it = {name: _made_field(value) for name, value in known.fields.items()}
    return made(Reason[known.reason], **told_of_it)


def _made_field(told: object) -> object:
    if isinstance(told, list):
        return tuple(map(_made_field, told))
    return _made(HeimdallError, told) if isinstance(told, dict) else told


_VERSION = msgspec.json.Decoder(_Version)
_HEAD = msgspec.json.Decoder(RecordingHead)
_LINE = msgspec.json.Decoder(tuple[float, str, msgspec.Raw])
_ROWS = msgspec.json.Decoder(_Rows)
_LIVE = msgspec.json.Decoder(_Live)
_DECODERS: dict[str, "msgspec.json.Decoder[Any]"] = {
    kind.__name__: msgspec.json.Decoder(kind, dec_hook=_made)
    for kind in (*Observation.__args__, InboxLine)
    if kind not in (FindingsListed, LiveRead)
}
