"""Findings as tables: CSV for spreadsheets, text and Markdown for issues and chats."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from heimdall_desktop.domain.facts.finding import Finding, one_line
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.presentation.detail.finding_markdown import escaped, finding_markdown
from heimdall_desktop.presentation.export.contents import Contents, LeaveOut
from heimdall_desktop.presentation.export.report import Report
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import unknown_word
from heimdall_desktop.presentation.table.columns import cell_text, column_title
from heimdall_desktop.presentation.time_text import full_words

BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take a file for one of their old code pages without it
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# Source: OWASP, "CSV Injection"; the last four are the wide forms, which Excel reads alike
IDENTIFIERS = ("id", "scan", "fingerprint", "link")

Row = Callable[[Finding], list[str]]


def csv_pieces(contents: Contents) -> Iterator[str]:
    """Yield a file by RFC 4180: the shown columns in their order, then what tells findings apart.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    yield BYTE_ORDER_MARK + csv_text([_heading(contents)])
    for _, findings in contents.batches():
        yield csv_text(map(partial(_csv_row, contents), findings))


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines of CSV, harmless to spreadsheets."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [_inert(cell) for cell in row] for row in rows
    )
    return text.getvalue()


def copied_csv(contents: Contents) -> Iterator[str]:
    """Yield rows as CSV for the clipboard, which needs no mark of their encoding."""
    for piece in csv_pieces(contents):
        yield piece.removeprefix(BYTE_ORDER_MARK)


def copied_markdown(contents: Contents) -> Iterator[str]:
    """Yield the shown columns as a table of Markdown."""
    return _markdown_table(contents)


def markdown_pieces(contents: Contents) -> Iterator[str]:
    """Yield a page of Markdown: what it is of, the table, and each finding if code may leave."""
    report = Report(contents)
    notes = "".join(f"- {escaped(line)}\n" for line in (report.origin, report.moments))
    warning = f"\n> {escaped(report.caution)}\n" if report.caution else ""
    yield f"# {escaped(report.title)}\n\n{escaped(report.lead)}\n{warning}\n"
    yield from _markdown_table(contents)
    if contents.leave_out is LeaveOut.NOTHING:
        for _, findings in contents.batches():
            yield "".join(f"\n{finding_markdown(each, contents.link(each))}" for each in findings)
    yield f"\n---\n\n{notes}"


def cells(contents: Contents, finding: Finding) -> list[str]:
    """Return what the shown columns say of a finding, moments with their zone."""
    return [_cell(contents, column, finding) for column in contents.columns]


def _cell(contents: Contents, column: Column, finding: Finding) -> str:
    if column is Column.FIRST_SEEN:
        return full_words(finding.created_at)
    if column is Column.LOCATION and contents.leaves_names_out and not finding.is_announced:
        return one_line(finding.file_path) or tr("(no file)")
    return cell_text(column, finding, contents.names, contents.exported_at)


def _heading(contents: Contents) -> list[str]:
    return [*map(column_title, contents.columns), *IDENTIFIERS]


def _csv_row(contents: Contents, finding: Finding) -> list[str]:
    fingerprint = unknown_word() if finding.is_announced else one_line(finding.fingerprint)
    return [
        *cells(contents, finding),
        one_line(id_on_server(finding.id)),
        one_line(contents.scan_id(finding)),
        fingerprint,
        contents.link(finding),
    ]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def _markdown_table(contents: Contents) -> Iterator[str]:
    titles = [escaped(column_title(column)) for column in contents.columns]
    yield f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}\n"
    for _, findings in contents.batches():
        yield "".join(_markdown_row(contents, finding) for finding in findings)


def _markdown_row(contents: Contents, finding: Finding) -> str:
    address, row = contents.link(finding), []
    for column, cell in zip(contents.columns, cells(contents, finding), strict=True):
        text = escaped(cell)
        row.append(f"[{text}](<{address}>)" if address and column is Column.FINDING else text)
    return f"| {' | '.join(row)} |\n"
