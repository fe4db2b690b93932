"""The texts of the findings table besides its findings: groups, gaps, and its arrangement."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    NotCounted,
    ScanId,
    Severity,
    Verdict,
    one_line,
)
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.order import Column, ScanNames
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.domain.table.table_layout import Density, SavedView, Views
from heimdall_desktop.presentation import labels
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.time_text import day_text, minute_text, second_text

FINGERPRINT_SHOWN = 12  # characters of one that are shown; enough to distinguish two
DENSITY_TITLES = {
    Density.COMPACT: tr_noop("Compact"),
    Density.STANDARD: tr_noop("Standard"),
    Density.COMFORTABLE: tr_noop("Comfortable"),
}
GROUP_TITLES = {
    GroupBy.FILE: tr_noop("File"),
    GroupBy.CWE: tr_noop("CWE"),
    GroupBy.SOURCE: tr_noop("Source"),
    GroupBy.SCAN: tr_noop("Scan"),
    GroupBy.FINGERPRINT: tr_noop("Fingerprint"),
}

#: What a stream doesn't announce.
_UNKNOWN = {
    GroupBy.FILE: tr_noop("Location unknown"),
    GroupBy.CWE: tr_noop("CWE unknown"),
    GroupBy.SOURCE: tr_noop("Source unknown"),
    GroupBy.FINGERPRINT: tr_noop("Fingerprint unknown"),
}
GROUP_COMMANDS = {
    GroupBy.FILE: tr_noop("Group by file"),
    GroupBy.CWE: tr_noop("Group by CWE"),
    GroupBy.SOURCE: tr_noop("Group by source"),
    GroupBy.SCAN: tr_noop("Group by scan"),
    GroupBy.FINGERPRINT: tr_noop("Group by fingerprint"),
}
DENSITY_COMMANDS = {
    Density.COMPACT: tr_noop("Row height: compact"),
    Density.STANDARD: tr_noop("Row height: standard"),
    Density.COMFORTABLE: tr_noop("Row height: comfortable"),
}


def first_views() -> Views:
    return (
        SavedView(tr("Open critical and high"), "sev>=high status:open"),
        SavedView(tr("New"), "is:new"),
        SavedView(tr("Confirmed"), "is:confirmed"),
        SavedView(tr("With a fix"), "has:fix"),
        SavedView(tr("Disagreements"), "disagrees:any"),
    )


# -- groups --


def group_title(group: Group, names: ScanNames) -> str:
    finding = group.rows[0]
    if group.key is None:
        return tr("Unique fingerprints")
    if group.by is GroupBy.SCAN:
        return labels.scan_name(finding, names)
    if finding.is_announced:
        return tr(_UNKNOWN[group.by])
    match group.by:
        case GroupBy.FILE:
            return finding.file_name or tr("No file")
        case GroupBy.CWE:
            return finding.cwe or tr("No CWE")
        case GroupBy.SOURCE:
            return labels.source_word(finding)
        case GroupBy.FINGERPRINT:
            return one_line(finding.fingerprint)[:FINGERPRINT_SHOWN] or tr("No fingerprint")


def group_note(group: Group, names: ScanNames, *, has_many_scans: bool) -> str:
    """Return the note beside the title, less prominent; "" for none."""
    first = group.rows[0]
    scan = labels.scan_name(first, names)
    if group.by is GroupBy.FILE:
        return "  ".join(filter(None, (first.folder, scan if has_many_scans else "")))
    has_print = group.by is GroupBy.FINGERPRINT and bool(group.key)
    return labels.title_text(first) if has_print else ""


def group_sentence(group: Group, names: ScanNames, *, has_many_scans: bool) -> str:
    """Return the row of a group as one sentence for assistive technology.

    Source: behaviour.md 2.8.
    """
    counts = ", ".join(
        f"{grouped(group.severities[severity])} {labels.word_in_text(severity)}"
        for severity in Severity
        if group.severities[severity]
    )
    title = group_title(group, names).rstrip(".")
    note = group_note(group, names, has_many_scans=has_many_scans).rstrip(".")
    state = tr("Open") if group.is_open else tr("Closed")
    head = tr("Group {title}").format(title=title)
    text = [head, *filter(None, [note]), f"{count_text(group)}: {counts}", state]
    return ". ".join(text) + "."


def count_text(group: Group) -> str:
    """Return "3 findings", or "3 findings, 1 withdrawn", which count under no severity."""
    closed = [row for row in group.rows if row.counts_as is None]
    withdrawn = sum(row.verdict is Verdict.WITHDRAWN for row in closed)
    kinds = {NotCounted.WITHDRAWN: withdrawn, NotCounted.FIXED: len(closed) - withdrawn}
    text = tr("%n findings", "", len(group.rows), one="%n finding")
    return ", ".join(filter(None, (text, labels.not_counted_words(kinds))))


# -- gaps --


def gap_text(
    row: GapRow, names: Mapping[ScanId, str], now: datetime, *, has_many_scans: bool
) -> str:
    """Return "Not connected 14:02:10 to 14:04:31.", with the day if it is another one.

    Args:
        has_many_scans: Rows of other scans may be beside it.
    """
    gap = row.gap
    began = second_text(gap.began_at, now)
    is_moment = began == second_text(gap.ended_at, now)
    ended = second_text(gap.ended_at, gap.began_at)  # of the same day without its name
    name = one_line(names.get(row.scan_id, "")) if has_many_scans else ""
    if gap.is_lag and is_moment:
        alone = tr("The server dropped events at {began}.")
        beside = tr("{scan}: the server dropped events at {began}.")
    elif gap.is_lag:
        alone = tr("The server dropped events from {began} to {ended}.")
        beside = tr("{scan}: the server dropped events from {began} to {ended}.")
    elif gap.began_at == gap.ended_at:
        alone = tr("Not connected since {began}.")
        beside = tr("{scan}: not connected since {began}.")
    else:
        alone = tr("Not connected from {began} to {ended}.")
        beside = tr("{scan}: not connected from {began} to {ended}.")
    return (beside if name else alone).format(scan=name, began=began, ended=ended)


def gap_consequence(row: GapRow) -> str:
    if row.gap.is_lag:
        return tr("Anything they announced is lost.")
    if row.gap.began_at == row.gap.ended_at:
        return tr("Anything announced in the meantime is lost.")
    return tr("Anything announced during that time is lost.")


# -- the selection --


def selected_words(shown: int, hidden: int) -> tuple[str, str]:
    """Return "12 selected", and how many more the filter hides; "" for none.

    These are the findings an action applies to; if all are hidden, those.
    """
    fact = tr("%n selected", "", shown or hidden)
    if not hidden:
        return fact, ""
    return fact, tr("%n more hidden", "", hidden) if shown else tr("hidden by the filter")


def selected_text(shown: int, hidden: int) -> str:
    if not hidden:
        return tr("%n selected", "", shown)
    if not shown:
        return tr("%n selected, hidden by the filter", "", hidden)
    return tr("{shown} selected, {hidden} more hidden").format(
        shown=grouped(shown), hidden=grouped(hidden)
    )


# The columns of the findings table: one row each for heading, text and width.
#
# How a column sorts is `domain/table/order.py`. Source: look.md 4 ("Columns").


NEVER = 0
CellText = Callable[[Finding, ScanNames, datetime], str]


class ColumnSpec(Struct, frozen=True):
    """The specification of a column.

    Attributes:
        explanation: what it shows, for the settings; "" if it is always shown.
        text: the text of a cell, from a finding, the names of the scans and the time of day.
        width_px: its least width.
        vanishes_px: the table width below which it is hidden.
        is_announced: the announcements of a stream provide it.
    """

    title: str
    explanation: str
    text: CellText
    width_px: int
    vanishes_px: int = NEVER
    is_announced: bool = True

    def cell(self, finding: Finding, names: ScanNames, now: datetime) -> str:
        """Return the text of a cell, from the names of the scans and the time of day."""
        if finding.is_announced and not self.is_announced:
            return tr(labels.UNKNOWN)
        return self.text(finding, names, now)


def _location(finding: Finding, _names: ScanNames, _now: datetime) -> str:
    folder, place = finding.folder, labels.file_line_text(finding)
    return f"{folder}/{place}" if folder else place


def _first_seen(finding: Finding, _names: ScanNames, now: datetime) -> str:
    words = day_text(finding.created_at, now, is_narrow=True)
    is_near = finding.is_announced and words == minute_text(finding.created_at)
    return second_text(finding.created_at) if is_near else words


def _of_finding(text: Callable[[Finding], str]) -> CellText:
    return lambda finding, _names, _now: text(finding)


#: Every column, the most needed first: the status outlives the scan, so that a decision is seen.
COLUMN_SPECS = {
    Column.SEVERITY: ColumnSpec(tr_noop("Severity"), "", _of_finding(labels.severity_word), 112),
    Column.FINDING: ColumnSpec(tr_noop("Finding"), "", _of_finding(labels.title_text), 200),
    Column.LOCATION: ColumnSpec(
        tr_noop("Location"), tr_noop("The file and the line of the finding."), _location, 152
    ),
    Column.STATUS: ColumnSpec(
        tr_noop("Status"),
        tr_noop("What was decided about the finding."),
        _of_finding(labels.status_word),
        90,
        560,
        is_announced=False,
    ),
    Column.REASON: ColumnSpec(  # the text needs the known reasons: `decision_text.reason_text`
        tr_noop("Reason"),
        tr_noop(
            "Why it was dismissed or is a false positive, as far as histories have been loaded."
        ),
        lambda *_: "",
        130,
        is_announced=False,
    ),
    Column.DISAGREEMENT: ColumnSpec(  # its text needs what is known: `disagreement_text`
        tr_noop("Disagreement"),
        tr_noop("Which judgements differ; automatically only if the filter is about it."),
        lambda *_: "",
        168,
        is_announced=False,
    ),
    Column.SCAN: ColumnSpec(
        tr_noop("Scan"),
        tr_noop("The repository of the finding; automatically only if several scans are shown."),
        lambda finding, names, _now: labels.scan_name(finding, names),
        148,
        584,
    ),
    Column.FIRST_SEEN: ColumnSpec(
        tr_noop("First seen"),
        tr_noop("When the server first reported the finding."),
        _first_seen,
        64,
        640,
    ),
    Column.SOURCE: ColumnSpec(
        tr_noop("Source"),
        tr_noop("The kind of analysis that found it."),
        _of_finding(labels.source_word),
        100,
        900,
        is_announced=False,
    ),
    Column.CWE: ColumnSpec(
        "CWE",
        tr_noop("The number of the weakness in the CWE list."),
        _of_finding(lambda finding: finding.cwe),
        84,
        1060,
        is_announced=False,
    ),
    Column.CONFIDENCE: ColumnSpec(
        tr_noop("Confidence"),
        tr_noop("How sure the server is of the finding."),
        _of_finding(labels.confidence_word),
        88,
        1140,
        is_announced=False,
    ),
}


def column_title(column: Column, *, is_announced: bool = False) -> str:
    """Return the heading of a column.

    Args:
        is_announced: Every finding is known by an announcement, so its moment is when that arrived.
    """
    if is_announced and column is Column.FIRST_SEEN:
        return tr("Announced")
    return tr(COLUMN_SPECS[column].title)


def row_sentence(finding: Finding, names: ScanNames) -> str:
    """Return a row as one sentence for assistive technology. Source: behaviour.md 2.8."""
    name = finding.file_name
    if finding.is_announced:
        place, status = tr("Location unknown"), tr("Status unknown")
    else:
        place, status = tr("No file"), labels.status_word(finding)
    if name and not finding.is_announced:
        place = tr("{file}, line {line}").format(file=name, line=finding.line_start)
    parts = (
        f"{labels.severity_word(finding)}, {labels.word_in_text(finding.verdict)}",
        labels.title_text(finding).rstrip("."),
        place,
        status,
        labels.scan_name(finding, names),
    )
    return ". ".join(parts) + "."
