"""Reads recordings, which may come from anywhere.

A file has the same limits as a server's answer, and is read up to the first unreadable line:
the lines after a missing one would be wrong.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, Reason, RecordingError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, one_line
from heimdall_desktop.domain.facts.observation import (
    Activity,
    FindingsListed,
    LiveRead,
    Observation,
)
from heimdall_desktop.domain.facts.readings import Reading
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services.envelope import ID_LIMIT, VALUES_LIMIT
from heimdall_desktop.services.history_moments import within
from heimdall_desktop.services.history_reading import KeptFinding, finding_of
from heimdall_desktop.services.recording import (
    END,
    FILE_LIMIT_BYTES,
    VERSION,
    Fact,
    Recorded,
    Recording,
    RecordingHead,
    UsualTimesKnown,
)
from heimdall_desktop.services.regular_file import open_regular, problem_of

LINE_LIMIT_BYTES = 16 << 20  # a row with its full texts has some kilobytes
FACTS_LIMIT = 1_000_000
LONGEST_S = 30 * 86_400.0
PROBLEM_LIMIT = 200  # characters of a line's problem: it may contain part of the line
_FARTHEST_S = 1e9  # of a moment in seconds since the beginning
_MOST = 2**31 - 1  # the maximum of Qt's models


def read_recording(path: Path) -> Recording:
    """Read a recording, up to the first unreadable line.

    Raises:
        RecordingError: the file cannot be read, or is not a recording that this version knows.
    """
    with _opened(path) as file:
        return _read(file, path.name)


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
                raise RecordingError(Reason.RECORDING_TOO_LONG, file=path.name, limit=limit)
            yield file
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
            problem = one_line(str(error) or type(error).__name__)[:PROBLEM_LIMIT]
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
    """Converts lines to facts, one after the other.

    Attributes:
        at_s: the position reached, in seconds from the beginning.
    """

    def __init__(self, scan_id: ScanId) -> None:
        self._scan_id = scan_id
        self.at_s = 0.0
        self._activities: dict[str, Activity] = {}
        self._findings: dict[str, Finding] = {}

    def fact(self, line: bytes) -> Recorded | None:
        """Return the fact of a line; None for the end.

        Raises:
            msgspec.MsgspecError, ValueError, TypeError, KeyError, RecursionError: the line is
                invalid.
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
            reported = _LIVE.decode(raw)
            values = msgspec.structs.asdict(reported)
            values["activities"] = tuple(map(self._activity, values["activities"]))
            live = LiveRead(**values)
            return _sound(within(live))
        decoder = _DECODERS.get(kind)
        if decoder is None:
            raise ValueError("its kind is not known")
        fact = _sound(within(decoder.decode(raw)))
        if isinstance(fact, InboxLine):
            return _harmless(fact)
        if isinstance(fact, UsualTimesKnown):
            took = (took_s for times in fact.times for _, took_s in times.durations_s)
            _require(all(took_s >= 0.0 for took_s in took), "a stage took less than no time")
        return fact

    def _listed(self, rows: "_Rows") -> FindingsListed:
        findings = tuple(map(self._finding, rows.findings))
        _require(abs(rows.asked_at_s) <= _FARTHEST_S, "its moment is none")
        seen = within(rows.seen_before)
        return FindingsListed(rows.scan_id, rows.asked_at_s, findings, seen, rows.is_kept)

    def _finding(self, reported: Struct | str) -> Finding:
        if isinstance(reported, str):
            _require(reported in self._findings, "it names a finding that did not come")
            return self._findings[reported]
        finding = finding_of(reported)
        _require(finding.scan_id == self._scan_id, "it is about another scan")
        _require(max(map(abs, finding.lines)) <= _MOST, "a number in it is too large")
        self._findings[finding.id] = finding
        return finding

    def _activity(self, reported: Activity | str) -> Activity:
        if isinstance(reported, str):
            _require(reported in self._activities, "it names a line of the log that did not come")
            return self._activities[reported]
        self._activities[reported.key] = reported
        return reported


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
    """Return a fact if the program can compute with its numbers.

    Raises:
        ValueError: it has a number that is too large.
    """
    _require(_has_sound_numbers(fact), "a number in it is too large")
    return fact


def _harmless(line: InboxLine) -> InboxLine:
    """Return an inbox line with each of its texts on one line, so that shown text hides nothing."""
    return replace(
        line,
        title=one_line(line.title),
        body=one_line(line.body),
        scan_name=one_line(line.scan_name),
        merged_into=one_line(line.merged_into),
        view=one_line(line.view),
    )


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


def _made(kind: type, reported: object) -> object:
    """Create an error from its written form."""
    if kind is not HeimdallError:
        raise NotImplementedError(kind.__name__)
    known = msgspec.convert(reported, _Error)
    made, reason = getattr(errors, known.kind, None), Reason.__members__.get(known.reason)
    if not (isinstance(made, type) and issubclass(made, HeimdallError)) or reason is None:
        raise ValueError("its error is not known")
    told_of_it = {name: _made_field(value) for name, value in known.fields.items()}
    try:
        return made(reason, **told_of_it)
    except TypeError:
        raise ValueError("its error lacks what belongs to it") from None


def _made_field(reported: object) -> object:
    if isinstance(reported, list):
        return tuple(map(_made_field, reported))
    return _made(HeimdallError, reported) if isinstance(reported, dict) else reported


_VERSION = msgspec.json.Decoder(_Version)
_HEAD = msgspec.json.Decoder(RecordingHead)
_LINE = msgspec.json.Decoder(tuple[float, str, msgspec.Raw])
_ROWS = msgspec.json.Decoder(_Rows)
_LIVE = msgspec.json.Decoder(_Live)
_DECODERS: dict[str, "msgspec.json.Decoder[Any]"] = {
    kind.__name__: msgspec.json.Decoder(kind, dec_hook=_made)
    for kind in (*Observation.__args__, InboxLine, UsualTimesKnown)
    if kind not in (FindingsListed, LiveRead)
}
