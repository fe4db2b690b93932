"""The columns of the findings table: their headings, the text of a cell and how they sort."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from operator import attrgetter

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
    Source,
    cwe_number,
    one_line,
)
from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.domain.words.time_text import (
    minute_text,
    narrow_day_text,
    second_text,
)

ScanNames = dict[ScanId, str]
ColumnKey = int | str | datetime | tuple[str, int] | tuple[str, str]


class Column(Enum):
    """A column, in the order they stand; the value is its heading."""

    SEVERITY = tr_noop("Severity")
    FINDING = tr_noop("Finding")
    LOCATION = tr_noop("Location")
    SCAN = tr_noop("Scan")
    SOURCE = tr_noop("Source")
    CWE = "CWE"
    CONFIDENCE = tr_noop("Confidence")
    STATUS = tr_noop("Status")
    FIRST_SEEN = tr_noop("First seen")


COLUMNS = tuple(Column)
ANNOUNCED = tr_noop("Announced")
_UNTOLD = frozenset({Column.SOURCE, Column.CWE, Column.CONFIDENCE, Column.STATUS})


def column_title(column: Column, *, is_announced: bool) -> str:
    """Return the heading of a column.

    Args:
        column: Which one.
        is_announced: Every finding is known by an announcement, so its moment is when that came.
    """
    return tr(ANNOUNCED if is_announced and column is Column.FIRST_SEEN else column.value)


def cell_text(column: Column, finding: Finding, names: ScanNames, now: datetime) -> str:
    """Return what a cell says.

    Args:
        column: Which cell.
        finding: The row.
        names: What the scans are called.
        now: The time of day, because moments of other days show their day.
    """
    if column is Column.SCAN:
        return names.get(finding.scan_id, finding.scan_id[:8])
    if column is Column.FIRST_SEEN:
        words = narrow_day_text(finding.created_at, now)
        is_near = finding.is_announced and words == minute_text(finding.created_at)
        return second_text(finding.created_at) if is_near else words
    if finding.is_announced and column in _UNTOLD:
        return unknown_word()
    return _TEXTS[column](finding)


def column_key(column: Column, names: ScanNames) -> Callable[[Finding], ColumnKey]:
    """Return by what a column sorts, ties left open; names may change afterwards."""
    if column is Column.SCAN:
        return lambda finding: (names.get(finding.scan_id, "").casefold(), finding.scan_id)
    return _KEYS[column]


def sort_passes(column: Column, names: ScanNames) -> Sequence[Callable[[Finding], ColumnKey]]:
    """Return by what findings are sorted one after the other to stand as by the column's key.

    Two passes over texts and numbers take two thirds of the time of one over pairs of them.
    """
    if column is Column.LOCATION:
        return (attrgetter("line_start"), attrgetter("file_path"))
    if column is Column.SCAN:
        return (attrgetter("scan_id"), lambda finding: names.get(finding.scan_id, "").casefold())
    return (column_key(column, names),)


def row_sentence(finding: Finding, names: ScanNames) -> str:
    """Return a row as one sentence for assistive technology. Source: ux.md 2.8."""
    name = finding.file_line.rpartition(":")[0]
    place = finding.file_line.capitalize() if finding.is_announced else tr("No file")
    if name:
        place = tr("{file}, line {line}").format(file=name, line=finding.line_start)
    parts = (
        f"{severity_word(finding)}, {finding.verdict.word.lower()}",
        finding.title_line.rstrip("."),
        place,
        tr("Status unknown") if finding.is_announced else status_word(finding),
        names.get(finding.scan_id, finding.scan_id[:8]),
    )
    return ". ".join(parts) + "."


def unknown_word() -> str:
    """Return what is said in place of what a server does not tell; never nothing, never a dash."""
    return tr("unknown")


def severity_word(finding: Finding) -> str:
    """Return the severity as people read it, an unknown word as it was sent."""
    return _word(finding.severity is Severity.OTHER, finding.severity.word, finding.severity_text)


def status_word(finding: Finding) -> str:
    """Return the status as people read it, an unknown word as it was sent."""
    if finding.is_announced:
        return unknown_word()
    return _word(finding.status is FindingStatus.OTHER, finding.status.word, finding.status_text)


def source_word(finding: Finding) -> str:
    """Return the source as people read it, an unknown word as it was sent."""
    if finding.is_announced:
        return unknown_word()
    return _word(finding.source is Source.OTHER, finding.source.word, finding.source_text)


def confidence_word(finding: Finding) -> str:
    """Return the confidence as people read it, an unknown word as it was sent."""
    if finding.is_announced:
        return unknown_word()
    is_other = finding.confidence is Confidence.OTHER
    return _word(is_other, finding.confidence.word, finding.confidence_text)


def _word(is_other: bool, known: str, sent: str) -> str:
    return one_line(sent).replace("_", " ").capitalize() or known if is_other else known


def _location(finding: Finding) -> str:
    return f"{finding.folder}/{finding.file_line}" if finding.folder else finding.file_line


def _source_order(finding: Finding) -> str:
    return _SOURCE_WORDS.get(finding.source) or source_word(finding)


def _cwe_order(finding: Finding) -> int:
    number = cwe_number(finding.cwe_text)
    return -1 if number is None else number


_SOURCE_WORDS: dict[Source, str] = {
    source: source.word for source in Source if source is not Source.OTHER
}
_STATUS_ORDER = {status: rank for rank, status in enumerate(FindingStatus)}
_CONFIDENCE_ORDER = {Confidence.HIGH: 3, Confidence.MEDIUM: 2, Confidence.LOW: 1}

_TEXTS: dict[Column, Callable[[Finding], str]] = {
    Column.SEVERITY: severity_word,
    Column.FINDING: lambda finding: finding.title_line,
    Column.LOCATION: _location,
    Column.SOURCE: source_word,
    Column.CWE: lambda finding: finding.cwe,
    Column.CONFIDENCE: confidence_word,
    Column.STATUS: status_word,
}
_KEYS: dict[Column, Callable[[Finding], ColumnKey]] = {
    Column.SEVERITY: lambda finding: -finding.severity.rank,
    Column.FINDING: lambda finding: finding.title_line.casefold(),
    Column.LOCATION: lambda finding: (finding.file_path, finding.line_start),
    Column.SOURCE: _source_order,
    Column.CWE: _cwe_order,
    Column.CONFIDENCE: lambda finding: _CONFIDENCE_ORDER.get(finding.confidence, 0),
    Column.STATUS: lambda finding: _STATUS_ORDER[finding.status],
    Column.FIRST_SEEN: lambda finding: finding.created_at,
}
