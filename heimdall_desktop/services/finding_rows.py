"""Findings, their history and their patches: JSON of the server -> domain.

A row with one bad field is kept without that field; a row without an id is counted. A listing
never loses its other rows because of one. Each function raises WireError if its JSON is something
else. Source: protocol.md 4.4-4.7, T-51.
"""

import json
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from itertools import islice
from types import MappingProxyType
from typing import TypeVar

import msgspec
from msgspec import Struct

from heimdall_desktop.domain.facts import finding as facts
from heimdall_desktop.domain.facts.errors import Reason, WireError
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, Proof, ScanId
from heimdall_desktop.domain.facts.finding_action import Patch
from heimdall_desktop.domain.facts.server import is_about
from heimdall_desktop.services import envelope
from heimdall_desktop.services.action_rows import details

DEEPEST_LIST = 8  # inside a manifest's coordinate; producers send lists of texts
CUT = "…"
ROWS_LIMIT = 200_000  # rows read of one page; some servers send all at once
REFERENCES_LIMIT = 200  # of one finding that are kept; 50 are shown
ADDRESS_LIMIT = 2_000  # characters of one of them
COORDINATES_LIMIT = 100  # fields of a dependency that are kept; the server's have 8


class FindingsPage(Struct, frozen=True):
    """One page of a listing.

    Attributes:
        total: rows of the whole listing, as the server counts them; None if it does not say.
        per_page: the page size that the server used for the requested one (T-6).
        bad_rows: rows of this page that are unreadable, or beyond the limit of rows read.
        is_cut: the page is too long, and only its first rows were read.
    """

    findings: tuple[Finding, ...]
    total: int | None
    page: int
    per_page: int
    bad_rows: int = 0
    is_cut: bool = False


class _Row(Struct):
    id: envelope.Id
    scan_id: envelope.Id = ""
    repo_id: envelope.Id = ""
    source: str = ""
    status: str = ""
    severity: str = ""
    confidence: str = ""
    title: str = ""
    description: str | None = None
    cwe_id: str | None = None
    cve_id: str | None = None
    file_path: str = ""
    line_start: envelope.Count = 0
    line_end: envelope.Count | None = None
    code_snippet: str | None = None
    suggested_patch: str | None = None
    fix_type: str | None = None
    fix_summary: str | None = None
    references_json: list[object] | None = None
    manifest_coordinates_json: dict[str, object] | None = None
    poc_exploit_json: dict[str, object] | None = None
    poc_validated: bool = False
    fingerprint: str = ""
    agent_reasoning: str | None = None
    created_at: str = ""
    updated_at: str = ""


class _Page(Struct):
    items: list[msgspec.Raw]
    total: envelope.Count | None = None
    page: envelope.Count = 1
    per_page: envelope.Count = 0


class _EventRow(Struct):
    id: envelope.Id
    created_at: str
    user_id: envelope.Id | None = None
    event_type: str = ""
    old_value: str | None = None
    new_value: str | None = None
    comment: str | None = None
    metadata: object = None


class _Changed(msgspec.Struct):
    old_status: str | None = None
    old_severity: str | None = None


_Word = TypeVar("_Word", facts.Source, facts.FindingStatus, facts.Severity, facts.Confidence)

_LINES = tuple(range(10_000))
_PAGE = msgspec.json.Decoder(envelope.Envelope[_Page | list[msgspec.Raw]])
_ONE = msgspec.json.Decoder(envelope.Envelope[msgspec.Raw])
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_RAW_ROWS = msgspec.json.Decoder(envelope.Envelope[list[msgspec.Raw]])
_CHANGED = msgspec.json.Decoder(envelope.Envelope[_Changed])


def findings_page(body: bytes, scan_id: ScanId) -> envelope.Slices[FindingsPage]:
    """Return a page of the findings of a scan; a bare array is all of them."""
    page = envelope.opened(_PAGE.decode, body)
    yield
    if isinstance(page, list):
        page = _Page(page, total=len(page), per_page=len(page))
    read = partial(_listed, scan_id=scan_id)
    findings = yield from envelope.rows_in_slices(page.items[:ROWS_LIMIT], read)
    bad_rows = len(page.items) - len(findings)
    per_page = page.per_page or len(page.items)
    return FindingsPage(tuple(findings), page.total, page.page, per_page, bad_rows)


def finding(body: bytes) -> Finding:
    row = _row(bytes(envelope.opened(_ONE.decode, body)))
    if not row.scan_id:
        raise WireError(Reason.FINDING_OF_NO_SCAN)
    return _finding(row, ScanId(row.scan_id))


def finding_events(body: bytes, finding_id: FindingId) -> envelope.Slices[tuple[FindingEvent, ...]]:
    """Return the history of a finding, oldest first, without unreadable entries."""
    read = partial(_event, finding_id=finding_id)
    events = yield from envelope.rows_in_slices(envelope.opened(_RAW_ROWS.decode, body), read)
    return tuple(events)


def former_value(body: bytes) -> str | None:
    """Return the previous status or severity from the answer to a change; None if it is missing.

    A server of the documentation answers with the finding instead (protocol.md 13, D14).
    """
    reported = envelope.opened(_CHANGED.decode, body)
    former = reported.old_severity if reported.old_status is None else reported.old_status
    return None if former is None else envelope.cut(former)


def finding_event(body: bytes, finding_id: FindingId) -> FindingEvent:
    """Return the entry that a change added to the history of a finding."""
    return _event(bytes(envelope.opened(_ONE.decode, body)), finding_id)


def _listed(raw: bytes, scan_id: ScanId) -> Finding:
    row = _row(raw)
    if not is_about(row.scan_id, scan_id):
        raise WireError(Reason.OTHER_SCAN)
    return _finding(row, scan_id)


def _event(raw: bytes, finding_id: FindingId) -> FindingEvent:
    row = envelope.fitting(_EventRow, raw)
    values = _cut_text(row.old_value), _cut_text(row.new_value), _cut_text(row.comment)
    texts = (envelope.cut(row.event_type), *values)
    at, came_with = envelope.moment(row.created_at), details(row.metadata)
    return FindingEvent(row.id, finding_id, *texts, at, row.user_id, details=came_with)


def _row(raw: bytes) -> _Row:
    if len(raw) > envelope.LARGE_BYTES:  # without overlong lists, objects and numbers
        kept = {
            name: part
            for name, part in envelope.decoded(_PARTS.decode, raw).items()
            if len(reported := bytes(part)) <= envelope.LARGE_BYTES
            or reported.startswith(b'"')  # texts are cut later
        }
        raw = msgspec.json.encode(kept)
    row = envelope.fitting(_Row, raw)
    if not row.id:
        raise WireError(Reason.FINDING_WITHOUT_ID)
    if len(raw) > envelope.LINE_LIMIT:  # no text of a shorter row is too long
        for name, cut in _CUTS.items():
            if text := getattr(row, name):
                setattr(row, name, cut(text))
    return row


_CUTS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("title", "file_path", "fingerprint"), envelope.cut_line),
    **dict.fromkeys(("description", "code_snippet", "suggested_patch"), envelope.cut_text),
    **dict.fromkeys(("fix_summary", "agent_reasoning"), envelope.cut_text),
}


def _finding(row: _Row, scan_id: ScanId) -> Finding:
    moment, cut = envelope.sound_moment, envelope.cut
    created_at = moment(row.created_at) or moment(row.updated_at) or envelope.LongAgo
    source, source_text = _word(facts.Source, cut(row.source))
    status, status_text = _word(facts.FindingStatus, cut(row.status))
    severity, severity_text = _word(facts.Severity, cut(row.severity))
    confidence, confidence_text = _word(facts.Confidence, cut(row.confidence))
    # Titles of rules repeat, so equal ones are the same object (4.5).
    is_of_rule = row.source in ("static", "config") and len(row.title) <= envelope.WORD_LIMIT
    return Finding(
        id=FindingId(row.id),
        scan_id=ScanId(sys.intern(scan_id)),
        repo_id=facts.RepoId(sys.intern(row.repo_id)),
        source=source,
        source_text=source_text,
        status=status,
        status_text=status_text,
        severity=severity,
        severity_text=severity_text,
        confidence=confidence,
        confidence_text=confidence_text,
        title=_rule_title(row.title) if is_of_rule else row.title,
        file_path=sys.intern(row.file_path),
        line_start=_line(row.line_start),
        line_end=None if row.line_end is None else _line(row.line_end),
        fingerprint=row.fingerprint,
        created_at=created_at,
        updated_at=created_at  # the same object if it has not changed
        if row.updated_at == row.created_at
        else moment(row.updated_at) or created_at,
        description=row.description,
        cwe_text=_interned(row.cwe_id),
        cve_id=_interned(row.cve_id),
        code_snippet=row.code_snippet,
        suggested_patch=row.suggested_patch,
        fix_type=_interned(row.fix_type),
        fix_summary=row.fix_summary,
        references=_references(row.references_json) if row.references_json else (),
        manifest=_manifest(row.manifest_coordinates_json),
        proof=_proof(row.poc_exploit_json),
        poc_validated=row.poc_validated,
        agent_reasoning=row.agent_reasoning,
    )


@lru_cache(maxsize=4096)
def _word(kind: type[_Word], text: str) -> tuple[_Word, str]:
    """Return what a word of the server means, and the word itself, one object for all rows."""
    return kind.of(text), sys.intern(text)


def _references(reported: list[object]) -> tuple[str, ...]:
    texts = [text[:ADDRESS_LIMIT] for text in reported if isinstance(text, str)]
    return tuple(map(sys.intern, texts[:REFERENCES_LIMIT]))


_rule_title = lru_cache(maxsize=4096)(str)
"""Returns one shared object for each title of a rule."""


def _line(number: int) -> int:
    """Return one shared object for each usual line number: 200,000 rows have two each."""
    return _LINES[number] if number < len(_LINES) else number


def _cut_text(text: str | None) -> str | None:
    return None if text is None else envelope.cut_text(text)


def _interned(text: str | None) -> str | None:
    return None if text is None else sys.intern(envelope.cut(text))


def _manifest(reported: Mapping[str, object] | None) -> Mapping[str, str] | None:
    """Return the coordinates as texts: lists joined by commas, empty ones left out."""
    if reported is None:
        return None
    fields = islice(((name, value) for name, value in reported.items() if value), COORDINATES_LIMIT)
    return MappingProxyType(
        {envelope.cut(name): envelope.cut_line(_text(value)) for name, value in fields}
    )


def _text(value: object, depth: int = 0) -> str:
    if depth > DEEPEST_LIST:
        return CUT
    if isinstance(value, list):
        return ", ".join(_text(part, depth + 1) for part in value[:COORDINATES_LIMIT])
    try:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError):  # too deep; a number of too many digits
        return CUT


def _proof(reported: Mapping[str, object] | None) -> Proof | None:
    if reported is None:
        return None

    def text(name: str) -> str:
        return envelope.cut_text(value) if isinstance(value := reported.get(name), str) else ""

    exit_code = reported.get("exit_code")
    return Proof(
        verdict=text("verdict"),
        language=text("language"),
        script=text("script"),
        exit_code=exit_code if type(exit_code) is int and abs(exit_code) < 1 << 32 else None,
        stdout=text("stdout"),
        stderr=text("stderr"),
        analysis=text("llm_analysis"),
    )


class _PatchRow(Struct):
    id: envelope.Id
    finding_id: envelope.Id
    created_at: str
    diff_content: str = ""
    applied: bool = False


def patches(body: bytes) -> envelope.Slices[tuple[Patch, ...]]:
    """Return the patches in the server's order, without unreadable rows."""
    found = yield from envelope.rows_in_slices(
        envelope.opened(_RAW_ROWS.decode, body)[:ROWS_LIMIT], _patch
    )
    return tuple(found)


def _patch(raw: bytes) -> Patch:
    row = envelope.fitting(_PatchRow, raw)
    diff, created_at = envelope.cut_text(row.diff_content), envelope.moment(row.created_at)
    return Patch(row.id, FindingId(row.finding_id), diff, row.applied, created_at)
