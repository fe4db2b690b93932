"""Findings as tables: CSV for spreadsheets, text and Markdown for issues and chats."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import Finding, one_line
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.presentation.detail.finding_markdown import (
    escaped,
    escaped_line,
    finding_markdown,
)
from heimdall_desktop.presentation.export.contents import Contents, LeaveOut
from heimdall_desktop.presentation.export.report import Report
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import unknown_word
from heimdall_desktop.presentation.table.table_text import COLUMN_SPECS, column_title
from heimdall_desktop.presentation.time_text import full_words

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read the file in one of their old code pages
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# Source: OWASP, "CSV Injection"; the last four are the wide forms, which Excel reads alike
#: Where Excel separates at semicolons, as in Germany, a cell may start after each of them.
_FORMULA_BEHIND = re.compile(rf""";(?=[ "]*[{re.escape("".join(sorted(_FORMULA)))}])""")
IDENTIFIERS = ("id", "scan", "fingerprint", "link")

CellText = Callable[[Finding], str]
"""Returns the text of a cell for a row."""


def csv_pieces(contents: Contents) -> Iterator[str]:
    """Yield a file by RFC 4180: the shown columns in their order, then the identifying ones.

    Text that a spreadsheet would take for a formula starts with an apostrophe.
    """
    yield BYTE_ORDER_MARK + csv_text([_heading(contents)])
    texts = [*_cell_texts(contents), *_identifying_texts(contents)]
    for _, findings in contents.batches():
        yield csv_text([text(finding) for text in texts] for finding in findings)


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines of CSV, harmless to spreadsheets."""
    return "".join(map(_csv_line, rows))


def _csv_line(row: Sequence[str]) -> str:
    """Return a line of CSV.

    Cells with nothing to quote are joined: the library reads each character twice, which for
    100,000 rows takes as long as composing all of their text.
    """
    cells = [f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row]
    line = ",".join(cells)
    if ";" in line:
        cells = [_FORMULA_BEHIND.sub(";'", cell) for cell in cells]
        line = ",".join(cells)
    if line.isprintable() and '"' not in line and line.count(",") == len(cells) - 1:
        return f"{line}\r\n"
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def copied_csv(contents: Contents) -> Iterator[str]:
    """Yield rows as CSV for the clipboard, which needs no mark of their encoding."""
    for piece in csv_pieces(contents):
        yield piece.removeprefix(BYTE_ORDER_MARK)


def copied_markdown(contents: Contents) -> Iterator[str]:
    """Yield the shown columns as a table of Markdown."""
    return _markdown_table(contents)


def markdown_pieces(contents: Contents) -> Iterator[str]:
    """Yield a page of Markdown: its source, the table, and, if names may be in it, each finding."""
    report = Report(contents)
    notes = "".join(f"- {escaped(line)}\n" for line in (report.origin, report.moments))
    warning = f"\n> {escaped_line(report.caution)}\n" if report.caution else ""
    yield f"# {escaped(report.title)}\n\n{escaped_line(report.lead)}\n{warning}\n"
    yield from _markdown_table(contents)
    if not contents.leaves_names_out:
        for _, findings in contents.batches():
            for finding in findings:  # one by one: to parse a description takes up to 0.3 s
                text = finding
                if contents.leave_out is LeaveOut.CODE:
                    text = replace(finding, code_snippet=None, suggested_patch=None)
                yield f"\n{finding_markdown(text, contents.link(finding))}"
    yield f"\n---\n\n{notes}"


def _cell_texts(contents: Contents) -> list[CellText]:
    """Return a function for each shown column that returns the text of a cell.

    They are looked up once, not for each of 100,000 rows.
    """
    return [_cell_text(contents, column) for column in contents.columns]


def _cell_text(contents: Contents, column: Column) -> CellText:
    cell, names, now = COLUMN_SPECS[column].cell, contents.names, contents.exported_at
    if column is Column.FIRST_SEEN:
        return lambda finding: full_words(finding.created_at)
    if column is Column.LOCATION and contents.leaves_names_out:
        return lambda finding: (
            cell(finding, names, now)
            if finding.is_announced
            else one_line(finding.file_path) or tr("(no file)")
        )
    return lambda finding: cell(finding, names, now)


def _heading(contents: Contents) -> list[str]:
    return [*map(column_title, contents.columns), *IDENTIFIERS]


def _identifying_texts(contents: Contents) -> list[CellText]:
    """Return the functions for the cells of `IDENTIFIERS`."""
    return [
        lambda finding: one_line(id_on_server(finding.id)),
        lambda finding: one_line(contents.scan_id(finding)),
        lambda finding: unknown_word() if finding.is_announced else one_line(finding.fingerprint),
        contents.link,
    ]


def _markdown_table(contents: Contents) -> Iterator[str]:
    titles = [escaped(column_title(column)) for column in contents.columns]
    yield f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}\n"
    texts = [
        _linked(contents, text) if column is Column.FINDING else _escaped(text)
        for column, text in zip(contents.columns, _cell_texts(contents), strict=True)
    ]
    for _, findings in contents.batches():
        rows = (" | ".join(text(finding) for text in texts) for finding in findings)
        yield "".join(f"| {row} |\n" for row in rows)


def _escaped(text: CellText) -> CellText:
    return lambda finding: escaped(text(finding))


def _linked(contents: Contents, text: CellText) -> CellText:
    """Make a text the link to the page of its finding, if it has one."""

    def linked(finding: Finding) -> str:
        words, address = escaped(text(finding)), contents.link(finding)
        return f"[{words}](<{address}>)" if address else words

    return linked
