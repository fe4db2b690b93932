"""The columns of the findings table: one row each for heading, text and width.

How a column sorts is `domain/table/columns.py`. Source: design.md 4 ("Columns").
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.columns import Column, ScanNames
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import (
    confidence_word,
    file_line_text,
    scan_name,
    severity_word,
    source_word,
    status_word,
    title_text,
    unknown_word,
    word_in_text,
)
from heimdall_desktop.presentation.time_text import minute_text, narrow_day_text, second_text

NEVER = 0
CellText = Callable[[Finding, ScanNames, datetime], str]


class ColumnSpec(Struct, frozen=True):
    """All that is shown of a column.

    Attributes:
        title: its heading.
        text: what a cell says, of a finding, with what the scans are called and the time of day.
        width_px: its least width.
        vanishes_px: the width of the table below which it goes.
        is_announced: what a stream announces tells of it.
    """

    title: str
    text: CellText
    width_px: int
    vanishes_px: int = NEVER
    is_announced: bool = True

    def cell(self, finding: Finding, names: ScanNames, now: datetime) -> str:
        """Return what a cell says; arguments as those of `cell_text`."""
        if finding.is_announced and not self.is_announced:
            return unknown_word()
        return self.text(finding, names, now)


def _scan(finding: Finding, names: ScanNames, _now: datetime) -> str:
    return scan_name(finding, names)


def _location(finding: Finding, _names: ScanNames, _now: datetime) -> str:
    folder, place = finding.folder, file_line_text(finding)
    return f"{folder}/{place}" if folder else place


def _first_seen(finding: Finding, _names: ScanNames, now: datetime) -> str:
    words = narrow_day_text(finding.created_at, now)
    is_near = finding.is_announced and words == minute_text(finding.created_at)
    return second_text(finding.created_at) if is_near else words


def _of_finding(text: Callable[[Finding], str]) -> CellText:
    return lambda finding, _names, _now: text(finding)


#: Every column, the most needed first: the status outlives the scan, so that a decision is seen.
COLUMN_SPECS = {
    Column.SEVERITY: ColumnSpec(tr_noop("Severity"), _of_finding(severity_word), 112),
    Column.FINDING: ColumnSpec(tr_noop("Finding"), _of_finding(title_text), 200),
    Column.LOCATION: ColumnSpec(tr_noop("Location"), _location, 152),
    Column.STATUS: ColumnSpec(
        tr_noop("Status"), _of_finding(status_word), 90, 560, is_announced=False
    ),
    Column.SCAN: ColumnSpec(tr_noop("Scan"), _scan, 148, 584),
    Column.FIRST_SEEN: ColumnSpec(tr_noop("First seen"), _first_seen, 64, 640),
    Column.SOURCE: ColumnSpec(
        tr_noop("Source"), _of_finding(source_word), 100, 900, is_announced=False
    ),
    Column.CWE: ColumnSpec(
        "CWE", _of_finding(lambda finding: finding.cwe), 84, 1060, is_announced=False
    ),
    Column.CONFIDENCE: ColumnSpec(
        tr_noop("Confidence"), _of_finding(confidence_word), 88, 1140, is_announced=False
    ),
}


def column_title(column: Column, *, is_announced: bool = False) -> str:
    """Return the heading of a column.

    Args:
        column: Which one.
        is_announced: Every finding is known by an announcement, so its moment is when that came.
    """
    if is_announced and column is Column.FIRST_SEEN:
        return tr("Announced")
    return tr(COLUMN_SPECS[column].title)


def cell_text(column: Column, finding: Finding, names: ScanNames, now: datetime) -> str:
    """Return what a cell says.

    Args:
        column: Which cell.
        finding: The row.
        names: What the scans are called.
        now: The time of day, because moments of other days show their day.
    """
    return COLUMN_SPECS[column].cell(finding, names, now)


def row_sentence(finding: Finding, names: ScanNames) -> str:
    """Return a row as one sentence for assistive technology. Source: ux.md 2.8."""
    name = finding.file_name
    if finding.is_announced:
        place, status = tr("Location unknown"), tr("Status unknown")
    else:
        place, status = tr("No file"), status_word(finding)
    if name and not finding.is_announced:
        place = tr("{file}, line {line}").format(file=name, line=finding.line_start)
    parts = (
        f"{severity_word(finding)}, {word_in_text(finding.verdict)}",
        title_text(finding).rstrip("."),
        place,
        status,
        scan_name(finding, names),
    )
    return ". ".join(parts) + "."
