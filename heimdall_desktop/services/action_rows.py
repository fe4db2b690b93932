"""Interprets the server's answers about explanations, issues and fix requests.

A model's answer has no fixed shape, so it is read as names and lines, whatever its form.
Each function raises WireError if its JSON is something else. Source: protocol.md 4.6, 4.10.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from heimdall_desktop.domain.facts.finding import Details, ScanId
from heimdall_desktop.domain.facts.finding_action import CodeHost, IssueMade, IssueSums
from heimdall_desktop.domain.facts.threat_model import Boundary, DataFlow, Surface, ThreatModel
from heimdall_desktop.services import envelope

NAMES_LIMIT = 30  # names of a model's answer; the request is for at most five
LINES_LIMIT = 50  # lines of one of its lists


class _Issue(msgspec.Struct):
    issue_url: str | None = None


class _IssueAnswer(msgspec.Struct):
    created: bool = False
    issue: _Issue | None = None


class _Sums(msgspec.Struct):
    created: envelope.Count = 0
    linked: envelope.Count = 0
    failed: envelope.Count = 0
    findings_covered: envelope.Count = 0
    total_findings: envelope.Count = 0


class _Run(msgspec.Struct):
    id: str = ""


class _Repo(msgspec.Struct):
    source_type: str = ""
    oauth_connection_id: str | None = None
    remote_url: str | None = None


_ANY = msgspec.json.Decoder(envelope.Envelope[object])
_ISSUE = msgspec.json.Decoder(envelope.Envelope[_IssueAnswer])
_SUMS = msgspec.json.Decoder(envelope.Envelope[_Sums])
_RUN = msgspec.json.Decoder(envelope.Envelope[_Run])
_REPO = msgspec.json.Decoder(envelope.Envelope[_Repo])


def model_answer(body: bytes) -> Details:
    """Return a model's answer; nothing where it is `null`."""
    return details(envelope.opened(_ANY.decode, body))


def issue_made(body: bytes) -> IssueMade:
    reported = envelope.opened(_ISSUE.decode, body)
    url = (reported.issue and reported.issue.issue_url) or ""
    return IssueMade(reported.created, envelope.cut_line(url))


def issue_sums(body: bytes) -> IssueSums:
    reported = envelope.opened(_SUMS.decode, body)
    return IssueSums(
        reported.created,
        reported.linked,
        reported.failed,
        reported.findings_covered,
        reported.total_findings,
    )


def fix_run(body: bytes) -> str:
    return envelope.cut(envelope.opened(_RUN.decode, body).id)


def code_host(body: bytes) -> CodeHost:
    repo = envelope.opened(_REPO.decode, body)
    is_connected = repo.oauth_connection_id is not None and repo.remote_url is not None
    return CodeHost(envelope.cut(repo.source_type), is_connected)


def details(value: object) -> Details:
    """Return free JSON as names and lines."""
    if isinstance(value, Mapping):
        return tuple(
            (envelope.cut(str(name)), tuple(_lines(reported)))
            for name, reported in [*value.items()][:NAMES_LIMIT]
        )
    lines = tuple(_lines(value))
    return (("", lines),) if lines else ()


def _lines(value: object) -> Iterator[str]:
    for each in value[:LINES_LIMIT] if isinstance(value, list) else [value]:
        text = each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)
        if each is not None and text.strip():
            yield envelope.cut_text(text)


# Threat models: JSON of the server -> domain.
#
# A language model writes them and users may edit them, so no part of them is certain. A part that
# is missing, has another name or another type is left out, without effect on the others.
# Source: protocol.md 4.11 (both shapes of the elements), T-51.


PART_LIMIT = 2000  # elements of one part that are kept
TEXT_LIMIT = 100_000  # characters of one text that are kept
LAST_LINE = 2**31 - 1
LINE_DIGITS = 10
NUMBER_DIGITS = 30  # of a number in the place of a text
WORDS_LIMIT = 100  # of a list in the place of a text
DEEPEST_LIST = 2  # inside such a list; each step may have WORDS_LIMIT times more of them

T = TypeVar("T")
Element = Mapping[str, object]

_MODEL = msgspec.json.Decoder(envelope.Envelope[dict[str, object]])


def threat_model(body: bytes, scan_id: ScanId) -> ThreatModel:
    reported = envelope.opened(_MODEL.decode, body)
    version = reported.get("model_version")
    return ThreatModel(
        scan_id,
        summary=_text(reported, "summary"),
        surfaces=_part(reported, ("surfaces_json", "surfaces"), _surface),
        boundaries=_part(reported, ("boundaries_json", "boundaries"), _boundary),
        flows=_part(reported, ("data_flows_json", "data_flows", "flows"), _flow),
        version=version if type(version) is int and 0 < version <= LAST_LINE else 1,
        is_edited=bool(_text(reported, "edited_by")),
        updated_at=envelope.sound_moment(_text(reported, "updated_at")),
    )


def _part(reported: Element, keys: tuple[str, ...], read: Callable[[Element], T]) -> tuple[T, ...]:
    listed = next((part for key in keys if isinstance(part := reported.get(key), list)), [])
    read_parts = []
    for raw in listed[:PART_LIMIT]:
        if isinstance(raw, str) and raw.strip():  # a bare text is a name
            read_parts.append(read({"name": raw}))
        elif isinstance(raw, dict) and raw:
            read_parts.append(read({str(key): value for key, value in raw.items()}))
    return tuple(read_parts)


def _surface(element: Element) -> Surface:
    return Surface(
        name=_text(element, "name", "title"),
        description=_text(element, "description"),
        endpoint=_text(element, "endpoint"),
        file=_text(element, "file", "file_path", "path"),
        line=_line(element.get("line", element.get("line_start"))),
        risk=_text(element, "risk_level", "risk", "severity"),
    )


def _boundary(element: Element) -> Boundary:
    return Boundary(
        name=_text(element, "name", "title"),
        description=_text(element, "description"),
        from_zone=_text(element, "from_zone", "from"),
        to_zone=_text(element, "to_zone", "to"),
    )


def _flow(element: Element) -> DataFlow:
    return DataFlow(
        name=_text(element, "name", "title"),
        description=_text(element, "description"),
        source=_text(element, "source", "from"),
        sink=_text(element, "sink", "to"),
        sensitive_data=_text(element, "sensitive_data", "sensitive"),
    )


def _text(element: Element, *keys: str) -> str:
    """Return the first non-blank text of these keys; lists of words become one text."""
    texts = (_as_text(element.get(key)) for key in keys)
    return next((text for text in texts if text.strip()), "")


def _as_text(value: object, depth: int = 0) -> str:
    match value:
        case str():
            return value[:TEXT_LIMIT]
        case bool():
            return "yes" if value else ""
        case int() | float():
            return str(value)[:NUMBER_DIGITS]
        case list() if depth < DEEPEST_LIST:
            texts = (_as_text(part, depth + 1) for part in value[:WORDS_LIMIT])
            return ", ".join(filter(None, texts))[:TEXT_LIMIT]
        case _:
            return ""


def _line(value: object) -> int | None:
    """Return a line number; models sometimes write numbers as texts."""
    text = str(value).strip().removesuffix(".0") if isinstance(value, str | int | float) else ""
    is_number = text.isascii() and text.isdigit() and len(text) <= LINE_DIGITS
    line = int(text) if is_number else 0
    return line if 0 < line <= LAST_LINE else None
