"""What the history keeps <-> bytes, so that other versions of the program can read them too.

Fields go by name: one that is new here takes its default, one that is unknown here is skipped, and
a row that makes no sense any more is skipped as a whole. Nothing of it is ever an error.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec.structs import fields

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.finding import DERIVED_FIELDS, SNOOZE_FIELDS, Finding
from heimdall_desktop.domain.facts.observation import (
    Activity,
    EndSeen,
    GapsSeen,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanRead,
    Settled,
    SourceSeen,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.seen_changes import Reading
from heimdall_desktop.domain.facts.threat_model import ThreatModel
from heimdall_desktop.services.envelope import within_reach
from heimdall_desktop.services.history_moments import within

T = TypeVar("T")

_HEAD_KINDS: Mapping[str, type[Observation]] = {
    kind.__name__: kind
    for kind in (
        ScanRead,
        RepoRead,
        LiveRead,
        SourceSeen,
        StageSeen,
        StatusSeen,
        EndSeen,
        GapsSeen,
        ListingEnded,
        Settled,
    )
}
#: The fields a finding is made of, with the value that need not be written; others stand behind.
_MADE_OF = [field for field in fields(Finding) if field.name not in DERIVED_FIELDS | SNOOZE_FIELDS]
KeptFinding = msgspec.defstruct(
    "KeptFinding",
    [
        (each.name, each.type) if each.required else (each.name, each.type, each.default)
        for each in _MADE_OF
    ],
)
#: Where the few texts stand that thousands of findings have in common.
_SHARED = {
    number
    for number, name in enumerate(each.name for each in _MADE_OF)
    if name in ("scan_id", "repo_id", "file_path", "cwe_text", "fix_type") or name.endswith("_text")
}
_MOMENTS = [number for number, each in enumerate(_MADE_OF) if each.type is datetime]
_MANIFEST = [each.name for each in _MADE_OF].index("manifest")


def plain(value: object) -> object:
    """Return what is written in place of a value that msgspec does not know."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise NotImplementedError(type(value).__name__)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=plain)
_FINDING = msgspec.msgpack.Decoder(KeptFinding)
_ACTIVITY = msgspec.msgpack.Decoder(Activity)
_LINE = msgspec.msgpack.Decoder(InboxLine)
_READINGS = msgspec.msgpack.Decoder(
    list[tuple[Annotated[datetime, msgspec.Meta(tz=True)], str, str, str, bool]]
)
_THREAT_MODEL = msgspec.msgpack.Decoder(ThreatModel)
_HEAD = msgspec.msgpack.Decoder(list[tuple[str, msgspec.Raw]])
#: What decoding may raise for bytes that anybody may have written.
_NONSENSE = (msgspec.MsgspecError, ValueError, TypeError, RecursionError)


def encoded(value: Activity | InboxLine | ThreatModel) -> bytes | None:
    """Return a value as bytes; None if a text in it is none that can be written."""
    return _bytes(value)


def told_of(finding: Finding) -> dict[str, object]:
    """Return the fields of a finding, without what others of them say already."""
    return {
        each.name: value
        for each in _MADE_OF
        if (value := getattr(finding, each.name)) is not each.default and value != each.default
    }


def encoded_finding(finding: Finding) -> bytes | None:
    """Return a finding as bytes, without what its other fields say already."""
    return _bytes(told_of(finding))


def encoded_readings(readings: Sequence[Reading]) -> bytes | None:
    """Return what was seen of a row as bytes; None if it was always the same."""
    return _bytes(readings) if readings else None


def encoded_head(head: Iterable[Observation]) -> bytes | None:
    """Return observations of some kinds as bytes."""
    return _bytes([(type(observation).__name__, observation) for observation in head])


def decoded_finding(blob: bytes) -> Finding | None:
    """Return the finding in some bytes, if there is one."""
    kept = _decoded(_FINDING, blob)
    return None if kept is None else finding_of(kept)


def finding_of(kept: msgspec.Struct) -> Finding:
    """Return the finding that was kept as a `KeptFinding`."""
    values = list(msgspec.structs.astuple(kept))
    for number in _MOMENTS:
        values[number] = within_reach(values[number])
    for number in _SHARED:
        if values[number] is not None:
            values[number] = sys.intern(values[number])
    if values[_MANIFEST] is not None:
        values[_MANIFEST] = MappingProxyType(values[_MANIFEST])
    return Finding(*values)


def decoded_readings(blob: bytes | None) -> tuple[Reading, ...]:
    """Return what was seen of a row, if some bytes tell it."""
    kept = _decoded(_READINGS, blob) if blob else None
    return within(tuple(kept)) if kept else ()


def decoded_activity(blob: bytes) -> Activity | None:
    """Return the line of the server's log in some bytes, if there is one."""
    return within(_decoded(_ACTIVITY, blob))


def decoded_line(blob: bytes) -> InboxLine | None:
    """Return the line of the inbox in some bytes, if there is one."""
    return within(_decoded(_LINE, blob))


def decoded_threat_model(blob: bytes) -> ThreatModel | None:
    """Return the threat model in some bytes, if there is one."""
    return within(_decoded(_THREAT_MODEL, blob))


def decoded_head(blob: bytes) -> tuple[Observation, ...]:
    """Return the observations in some bytes, those that make sense to this version."""
    entries = _decoded(_HEAD, blob) or []
    known = ((_HEAD_KINDS.get(name), raw) for name, raw in entries)
    read = (_decoded(msgspec.msgpack.Decoder(kind), bytes(raw)) for kind, raw in known if kind)
    return tuple(within(observation) for observation in read if observation is not None)


def _bytes(value: Any) -> bytes | None:
    try:
        return _ENCODER.encode(value)
    except (UnicodeError, msgspec.MsgspecError, OverflowError, ValueError):
        return None


def _decoded(decoder: "msgspec.msgpack.Decoder[T]", blob: bytes) -> T | None:
    try:
        return decoder.decode(blob)
    except _NONSENSE:
        return None
