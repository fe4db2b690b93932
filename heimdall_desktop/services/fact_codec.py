"""Facts as JSON: the one form in which the history and recordings hold them.

Fields are matched by name: a new one takes its default, an unknown one is skipped. A finding is
written without the fields that follow from others. Files may come from anywhere, so all moments
in them are moved into range.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, astuple, fields, replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts import finding as finding_fields
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.server import Peer
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.services.envelope import within_reach

T = TypeVar("T")
StructT = TypeVar("StructT", bound=Struct)


class UsualTimesKnown(Struct, frozen=True):
    """The durations of all known scans of the repository; more than the scan itself shows.

    Attributes:
        scan_id: the recorded scan.
    """

    scan_id: ScanId
    times: tuple[ScanTimes, ...]


Fact = observation.Observation | InboxLine | UsualTimesKnown
KINDS: Mapping[str, type[Fact]] = {
    kind.__name__: kind for kind in (*observation.Observation.__args__, InboxLine, UsualTimesKnown)
}
#: Errors that decoding may raise for bytes from any writer.
UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, RecursionError, KeyError)

#: The fields that define a finding, with the value that need not be written; others come after.
_FINDING_FIELDS = [
    each
    for each in fields(Finding)
    if each.name not in finding_fields.DERIVED_FIELDS | finding_fields.SNOOZE_FIELDS
]
_NAMES = [each.name for each in _FINDING_FIELDS]
_KeptFinding = msgspec.defstruct(
    "_KeptFinding",
    [
        (each.name, each.type) if each.required else (each.name, each.type, each.default)
        for each in _FINDING_FIELDS
    ],
    omit_defaults=True,
)
_VALUES = attrgetter(*_NAMES)
#: The positions of the few texts that thousands of findings share.
_SHARED = {
    number
    for number, name in enumerate(_NAMES)
    if name in ("scan_id", "repo_id", "file_path", "cwe_text", "fix_type") or name.endswith("_text")
}
_MOMENTS = [number for number, each in enumerate(_FINDING_FIELDS) if each.type is datetime]
_MANIFEST = _NAMES.index("manifest")


class Earlier(Struct):
    """What a recording has brought so far; its later lines name it by id or key."""

    findings: dict[str, Finding] = field(default_factory=dict)
    activities: dict[str, observation.Activity] = field(default_factory=dict)


class RowsForm(Struct, omit_defaults=True):
    """The written form of `FindingsListed`; a recording names earlier findings by their ids.

    The history leaves the scan out, as each row of it has one.
    """

    asked_at_s: float
    findings: Sequence[_KeptFinding | str]  # type: ignore[valid-type]  # made of the fields of Finding
    seen_before: tuple[
        tuple[
            FindingId,
            tuple[tuple[Annotated[datetime, msgspec.Meta(tz=True)], str, str, str, bool], ...],
        ],
        ...,
    ] = ()
    is_kept: bool = False
    scan_id: ScanId = ScanId("")


_Live = msgspec.defstruct(
    "_Live",
    [
        (
            each.name,
            tuple[observation.Activity | str, ...] if each.name == "activities" else each.type,
        )
        if each.required
        else (each.name, each.type, each.default)
        for each in fields(observation.LiveRead)
    ],
)


# -- writing --


def encode(value: object) -> bytes:
    """Return a value as JSON; a text that cannot be written gets replacement characters."""
    try:
        return _ENCODER.encode(value)
    except UnicodeError:  # a lone surrogate
        plain = msgspec.to_builtins(value, enc_hook=_plain)
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def finding_form(finding: Finding) -> Struct:
    return _KeptFinding(*_VALUES(finding))


def fact_form(fact: Fact) -> Struct:
    if not isinstance(fact, observation.FindingsListed):
        return fact
    findings = tuple(map(finding_form, fact.findings))
    return RowsForm(fact.asked_at_s, findings, fact.seen_before, fact.is_kept, fact.scan_id)


def _plain(value: object) -> object:
    """Return the written form of a value that msgspec does not know."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    if not isinstance(value, HeimdallError):
        raise NotImplementedError(type(value).__name__)
    written = {name: _plain_field(each) for name, each in value.fields.items()}
    return {"kind": type(value).__name__, "reason": value.reason.name, "fields": written}


def _plain_field(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case Peer():
            return value.host
        case tuple():
            return [_plain_field(each) for each in value]
        case None | str() | int() | float() | HeimdallError():
            return value
        case _:
            return str(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)


# -- reading --


def decode(kind: type[T], data: bytes | msgspec.Raw) -> T:
    """Return the value in some JSON.

    Raises:
        UNREADABLE: there is none.
    """
    value: T = _decoder(kind).decode(data)  # type: ignore[arg-type]  # a type is hashable
    return within(value)


def decode_or_none(kind: type[T], data: bytes) -> T | None:
    """Return the value in some JSON, None if it is unreadable."""
    try:
        return decode(kind, data)
    except UNREADABLE:
        return None


def decode_fact(kind: str, data: bytes | msgspec.Raw, earlier: Earlier | None = None) -> Fact:
    """Return the fact in some JSON.

    Args:
        kind: the name of its class.
        data: its fields.
        earlier: the findings and lines of the log that it may name; new ones are added.

    Raises:
        UNREADABLE: there is none.
    """
    if kind == observation.FindingsListed.__name__:
        rows = _decoder(RowsForm).decode(data)
        findings = tuple([_finding(each, earlier) for each in rows.findings])
        seen = within(rows.seen_before) if rows.seen_before else ()
        return observation.FindingsListed(
            rows.scan_id, rows.asked_at_s, findings, seen, rows.is_kept
        )
    if kind == observation.LiveRead.__name__:
        values = asdict(_decoder(_Live).decode(data))
        known = {} if earlier is None else earlier.activities
        activities = []
        for each in values["activities"]:
            if isinstance(each, str) and each not in known:
                raise ValueError("it names a line of the log that did not come")
            activities.append(known[each] if isinstance(each, str) else each)
            known[activities[-1].key] = activities[-1]
        return within(observation.LiveRead(**values | {"activities": tuple(activities)}))
    if kind not in KINDS:
        raise ValueError("its kind is not known")
    return decode(KINDS[kind], data)


def decode_facts(data: bytes) -> tuple[Fact, ...]:
    """Return those of some facts, each with its kind, that this version can read."""
    found = []
    for kind, raw in decode_or_none(_TAGGED, data) or ():
        try:
            found.append(decode_fact(kind, raw))
        except UNREADABLE:
            continue
    return tuple(found)


def within(value: T) -> T:
    """Return a value from a file, with all its moments moved into range."""
    if isinstance(value, datetime):
        return within_reach(value)  # type: ignore[return-value]  # it is one
    if isinstance(value, tuple):
        return tuple(map(within, value))  # type: ignore[return-value]  # it is one
    if not isinstance(value, Struct):
        return value
    changed = {
        name: new
        for name in value.__struct_fields__
        if (new := within(old := getattr(value, name))) != old
    }
    return replace(value, **changed) if changed else value


def moved(fact: StructT, to: Callable[[float], float]) -> StructT:
    """Return a fact with all its moments of the monotonic clock converted to another clock."""
    moments = {
        name: to(at_s)
        for name in fact.__struct_fields__
        if name.endswith("_s") and (at_s := getattr(fact, name)) is not None
    }
    return replace(fact, **moments) if moments else fact


def _finding(written: Struct | str, earlier: Earlier | None) -> Finding:
    if isinstance(written, str):
        if earlier is None or written not in earlier.findings:
            raise ValueError("it names a finding that did not come")
        return earlier.findings[written]
    values = list(astuple(written))
    for number in _MOMENTS:
        values[number] = within_reach(values[number])
    for number in _SHARED:
        if values[number] is not None:
            values[number] = sys.intern(values[number])
    if values[_MANIFEST] is not None:
        values[_MANIFEST] = MappingProxyType(values[_MANIFEST])
    finding = Finding(*values)
    if earlier is not None:
        earlier.findings[finding.id] = finding
    return finding


class _Error(Struct):
    kind: str
    reason: str
    fields: dict[str, Any]


def _made(kind: type, written: object) -> object:
    if kind is not HeimdallError:
        raise NotImplementedError(kind.__name__)
    known = msgspec.convert(written, _Error)
    made, reason = getattr(errors, known.kind, None), Reason.__members__.get(known.reason)
    if not (isinstance(made, type) and issubclass(made, HeimdallError)) or reason is None:
        raise ValueError("its error is not known")
    values = {name: _made_field(value) for name, value in known.fields.items()}
    try:
        return made(reason, **values)
    except TypeError:
        raise ValueError("its error lacks what belongs to it") from None


def _made_field(written: object) -> object:
    if isinstance(written, list):
        return tuple(map(_made_field, written))
    return _made(HeimdallError, written) if isinstance(written, dict) else written


_TAGGED = tuple[tuple[str, msgspec.Raw], ...]


@cache
def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind, dec_hook=_made)
