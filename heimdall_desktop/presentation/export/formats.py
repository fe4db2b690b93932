"""The files of an export as text: CSV, Markdown, JSON and SARIF 2.1.0; and the export dialog."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import FileNotWritten, HeimdallError, NoSpace
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    Severity,
    cwe_number,
    one_line,
)
from heimdall_desktop.domain.facts.reason import Known, Reason
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.presentation.decision_text import reason_text
from heimdall_desktop.presentation.detail.finding_markdown import (
    escaped,
    escaped_line,
    finding_markdown,
    weakness_page,
)
from heimdall_desktop.presentation.disagreement_text import short_text
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.export.contents import (
    Contents,
    Format,
    LeaveOut,
    ScanFacts,
    Writer,
)
from heimdall_desktop.presentation.export.report import Report, html_pieces
from heimdall_desktop.presentation.i18n import decimal, filled, grouped, in_english, tr, tr_noop
from heimdall_desktop.presentation.labels import UNKNOWN, status_word, title_text, word_of
from heimdall_desktop.presentation.table_text import COLUMN_SPECS, column_title
from heimdall_desktop.presentation.time_text import full_words, wait_text

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read the file in one of their old code pages
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# Source: OWASP, "CSV Injection"; the last four are the wide forms, which Excel reads alike
#: Where Excel separates at semicolons, as in Germany, a cell may start after each of them.
_FORMULA_BEHIND = re.compile(rf""";(?=[ "]*[{re.escape("".join(sorted(_FORMULA)))}])""")
IDENTIFIERS = ("id", "scan", "fingerprint", "link", "reason")
JSON_FORMAT, JSON_VERSION = "heimdall-desktop findings", 1
SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "heimdall/v1"
_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.LOW: "note"}
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
_WITHDRAWN = (FindingStatus.DISMISSED, FindingStatus.FALSE_POSITIVE)

CellText = Callable[[Finding], str]
"""Returns the text of a cell for a row."""


def _for_programs(
    writer: Callable[[Contents], Iterator[str]],
) -> Callable[[Contents], Iterator[str]]:
    """Return a writer of files that programs read: their words are English in every language."""

    @wraps(writer)
    def pieces(contents: Contents) -> Iterator[str]:
        steps = iter(writer(contents))
        while True:
            with in_english():
                piece = next(steps, None)
            if piece is None:
                return
            yield piece

    return pieces


@_for_programs
def csv_pieces(contents: Contents) -> Iterator[str]:
    """Yield a file by RFC 4180: the shown columns in their order, then the identifying ones.

    Text that a spreadsheet would take for a formula starts with an apostrophe.
    """
    yield BYTE_ORDER_MARK + _csv_line([*map(column_title, contents.columns), *IDENTIFIERS])
    texts: list[CellText] = [
        *_cell_texts(contents),
        lambda finding: one_line(id_on_server(finding.id)),
        lambda finding: one_line(contents.scan_id(finding)),
        lambda finding: tr(UNKNOWN) if finding.is_announced else one_line(finding.fingerprint),
        contents.link,
        lambda finding: _reason_word(contents, finding) or "",
    ]
    for _, findings in contents.batches():
        yield "".join(_csv_line([text(finding) for text in texts]) for finding in findings)


def _csv_line(row: Sequence[str]) -> str:
    """Return a line of CSV, harmless to spreadsheets.

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


def markdown_pieces(contents: Contents) -> Iterator[str]:
    """Yield a page of Markdown: its source, the table, and, if names may be in it, each finding."""
    report = Report(contents)
    notes = "".join(f"- {escaped(line)}\n" for line in (report.origin, report.moments))
    warning = f"\n> {escaped_line(report.caution)}\n" if report.caution else ""
    yield f"# {escaped(report.title)}\n\n{escaped_line(report.head)}\n{warning}\n"
    yield from markdown_table(contents)
    if not contents.leaves_names_out:
        for _, findings in contents.batches():
            for finding in findings:  # one by one: to parse a description takes up to 0.3 s
                text = finding
                if contents.leave_out is LeaveOut.CODE:
                    text = replace(finding, code_snippet=None, suggested_patch=None)
                reason = reason_text(finding, contents.reasons)
                yield f"\n{finding_markdown(text, contents.link(finding), reason)}"
    yield f"\n---\n\n{notes}"


def markdown_table(contents: Contents) -> Iterator[str]:
    """Yield the shown columns as a table of Markdown; titles are links to their findings."""
    titles = [escaped(column_title(column)) for column in contents.columns]
    yield f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}\n"
    texts = list(zip(contents.columns, _cell_texts(contents), strict=True))

    def cell(column: Column, text: CellText, finding: Finding) -> str:
        words = escaped(text(finding))
        address = contents.link(finding) if column is Column.FINDING else ""
        return f"[{words}](<{address}>)" if address else words

    for _, findings in contents.batches():
        rows = (" | ".join(cell(*each, finding) for each in texts) for finding in findings)
        yield "".join(f"| {row} |\n" for row in rows)


def _cell_texts(contents: Contents) -> list[CellText]:
    """Return a function for each shown column that returns the text of a cell.

    They are looked up once, not for each of 100,000 rows.
    """
    names, now = contents.names, contents.exported_at

    def text_of(column: Column) -> CellText:
        cell = COLUMN_SPECS[column].cell
        if column is Column.FIRST_SEEN:
            return lambda finding: full_words(finding.created_at)
        if column is Column.REASON:
            return lambda finding: reason_text(finding, contents.reasons)
        if column is Column.DISAGREEMENT:
            known = contents.disagreements
            return lambda finding: short_text(finding, known.of(finding))
        if column is Column.LOCATION and contents.leaves_names_out:
            return lambda finding: (
                cell(finding, names, now)
                if finding.is_announced
                else one_line(finding.file_path) or tr("(no file)")
            )
        return lambda finding: cell(finding, names, now)

    return list(map(text_of, contents.columns))


# -- data --


@_for_programs
def json_pieces(contents: Contents) -> Iterator[str]:
    """Yield one JSON object: the source of the findings, then each with the server's own fields."""
    head = _json(
        {
            "format": JSON_FORMAT,
            "version": JSON_VERSION,
            "exported_at": _moment(contents.exported_at),
            "exported_by": contents.maker,
            "filter": contents.shown_filter,
            "is_selection": contents.is_selection,
            "not_included": contents.hidden,
            "left_out": contents.leave_out.value,
            "is_complete": not contents.shortfalls,
            "shortfalls": list(contents.shortfalls),
            "reasons": _reasons(contents),
            "scans": [_scan(contents, scan) for scan in contents.scans.values()],
        }
    )
    yield f'{head[:-1]}, "findings": ['
    for start, findings in contents.batches():
        rows = ",\n".join(_json(finding_fields(contents, finding)) for finding in findings)
        yield f",\n{rows}" if start else f"\n{rows}"
    yield "\n]}\n"


def finding_fields(contents: Contents, finding: Finding) -> dict[str, Any]:
    """Return every field of a finding by the server's name for it; unknown values are null.

    Source: protocol.md 4.5.
    """
    known, compared = not finding.is_announced, contents.changes.of(finding)
    proof = finding.proof
    fields: dict[str, Any] = {
        "id": id_on_server(finding.id),
        "scan_id": contents.scan_id(finding),
        "repo_id": finding.repo_id if known else None,
        "source": finding.source_text if known else None,
        "status": finding.status_text if known else None,
        "severity": finding.severity_text,
        "confidence": finding.confidence_text if known else None,
        "title": finding.title,
        "description": finding.description,
        "cwe_id": finding.cwe_text,
        "cve_id": finding.cve_id,
        "file_path": finding.file_path if known else None,
        "line_start": finding.line_start if known else None,
        "line_end": finding.line_end,
        "code_snippet": finding.code_snippet,
        "suggested_patch": finding.suggested_patch,
        "fix_type": finding.fix_type,
        "fix_summary": finding.fix_summary,
        "references_json": list(finding.references),
        "manifest_coordinates_json": None if finding.manifest is None else dict(finding.manifest),
        "poc_exploit_json": None
        if proof is None
        else {
            "verdict": proof.verdict,
            "language": proof.language,
            "script": proof.script,
            "exit_code": proof.exit_code,
            "stdout": proof.stdout,
            "stderr": proof.stderr,
            "llm_analysis": proof.analysis,
        },
        "poc_validated": finding.poc_validated,
        "fingerprint": finding.fingerprint if known else None,
        "agent_reasoning": finding.agent_reasoning,
        "created_at": _moment(finding.created_at),
        "updated_at": _moment(finding.updated_at),
        "verdict": finding.verdict.value,
        "reason": _reason_word(contents, finding),
        "reason_text": contents.reason_note(finding),
        "change": None if compared is None else compared.kind.value,
        "is_repeat": finding.is_repeat,
        "is_announced": finding.is_announced,
        "has_more_text": finding.is_cut,
        "link": contents.link(finding) or None,
    }
    if finding.is_cut:  # the placeholders only show that there are texts
        fields |= dict.fromkeys(("suggested_patch", "fix_summary", "agent_reasoning"))
    return fields


def _reason_word(contents: Contents, finding: Finding) -> str | None:
    word = contents.reasons.word(finding)
    return None if word is None else word.value


def _reasons(contents: Contents) -> dict[str, int]:
    """Return how many findings have each reason, none, or one that is not known."""
    counts = contents.reason_counts()
    return {word.value: counts[word] for kind in (Reason, Known) for word in kind if counts[word]}


def _scan(contents: Contents, scan: ScanFacts) -> dict[str, Any]:
    names: dict[str, Any] = {
        "name": scan.name,
        "server": scan.server or None,
        "branch": scan.branch or None,
        "commit": scan.commit or None,
    }
    text = dict.fromkeys(names) if contents.leaves_names_out else names
    return {
        "id": scan.id,
        **text,
        "status": scan.status,
        "started_at": _moment(scan.started_at),
        "ended_at": _moment(scan.ended_at),
        "as_of": _moment(scan.as_of),
    }


# -- SARIF --


@_for_programs
def sarif_pieces(contents: Contents) -> Iterator[str]:
    """Yield a log of SARIF 2.1.0 with one run, its results in the order of the table.

    Findings that were dismissed or are false positives are results with a suppression. The rules
    follow their results, because they are known only then.
    """
    yield f'{{"$schema": {_json(SARIF_SCHEMA)}, "version": "2.1.0", "runs": [{{"results": ['
    rules: dict[str, tuple[int, dict[str, Any]]] = {}
    for start, findings in contents.batches():
        rows = ",\n".join(_json(_result(contents, finding, rules)) for finding in findings)
        yield f",\n{rows}" if start else f"\n{rows}"
    rest: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "Heimdall",
                "version": contents.version,
                "rules": [rule for _, rule in rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": tr("The scanned repository.")}}},
        "invocations": [
            {
                "executionSuccessful": not contents.shortfalls,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": _message(each)}}
                    for each in contents.shortfalls
                ],
            }
        ],
        "properties": {
            "filter": contents.shown_filter,
            "notIncluded": contents.hidden,
            "reasons": _reasons(contents),
            "leftOut": contents.leave_out.value,
            "exportedAt": _moment(contents.exported_at),
            "scans": [_scan(contents, scan) for scan in contents.scans.values()],
        },
    }
    yield f"\n], {_json(rest)[1:]}]}}\n"


def _result(
    contents: Contents, finding: Finding, rules: dict[str, tuple[int, dict[str, Any]]]
) -> dict[str, Any]:
    """Return a finding as a result, and add its rule: its weakness, else who found it.

    GitHub takes the severity of a result from its rule, so a rule has one severity.
    """
    number, severity = cwe_number(finding.cwe_text), finding.severity
    name = f"CWE-{number}" if number is not None else f"heimdall-{finding.source.value}"
    rule_id = f"{name}/{severity.value}"
    if rule_id not in rules:
        rule: dict[str, Any] = {"id": rule_id}
        if number is not None:
            rule["helpUri"] = weakness_page(number)
        if severity in _SCORES:
            rule["properties"] = {"security-severity": _SCORES[severity], "tags": ["security"]}
        rules[rule_id] = len(rules), rule
    result: dict[str, Any] = {
        "ruleId": rule_id,
        "ruleIndex": rules[rule_id][0],
        "level": _LEVELS.get(severity, "warning"),
        "message": {"text": _message(title_text(finding))},
        "locations": _locations(contents, finding),
        "suppressions": [],  # it counts (SARIF 3.27.23)
        "properties": finding_fields(contents, finding),
    }
    if finding.status in _WITHDRAWN:
        given = contents.reasons.word(finding)
        words = [status_word(finding)]
        if isinstance(given, Reason):
            words += [word_of(given), contents.reason_note(finding) or ""]
        why = ": ".join(filter(None, words))
        suppression = {"kind": "external", "status": "accepted", "justification": why}
        result["suppressions"] = [suppression]
    if finding.fingerprint and not finding.is_announced:
        result["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    if link := contents.link(finding):
        result["hostedViewerUri"] = link
    return result


def _message(text: str) -> str:
    """Return a text that is neither a placeholder nor a link (SARIF 3.11.5, 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _locations(contents: Contents, finding: Finding) -> list[dict[str, Any]]:
    if not finding.file_path or finding.is_announced or contents.leaves_names_out:
        return []
    path = quote(finding.file_path.lstrip("/"), errors="replace")
    place: dict[str, Any] = {"artifactLocation": {"uri": path, "uriBaseId": "SRCROOT"}}
    first, last = finding.lines
    if first >= 1:  # protocol.md T-39
        place["region"] = {"startLine": first, "endLine": last}
        if finding.code_snippet:
            place["region"]["snippet"] = {"text": finding.code_snippet}
    return [{"physicalLocation": place}]


def _moment(at: datetime | None) -> str | None:
    """Return a moment with the offset of the reader's zone, so that it reads as in the window."""
    return None if at is None else at.astimezone().isoformat()


def _json(value: Mapping[str, Any] | str) -> str:
    return json.dumps(value, ensure_ascii=False)


WRITERS: dict[Format, Writer] = {
    Format.CSV: csv_pieces,
    Format.JSON: json_pieces,
    Format.SARIF: sarif_pieces,
    Format.MARKDOWN: markdown_pieces,
    Format.HTML: html_pieces,
}
"""The writer of each format, except PDF (needs Qt)."""


# The texts of the export dialog: the formats, the omissions, and the progress of writing.


SOON_S = 1.0  # no rate is known before that


class FormatWords(Struct, frozen=True):
    """The name of a format, and its purpose."""

    name: str
    purpose: str


FORMAT_WORDS = {
    Format.CSV: FormatWords(tr_noop("CSV"), tr_noop("For a spreadsheet; formulas are escaped")),
    Format.JSON: FormatWords(tr_noop("JSON"), tr_noop("Every field as the server sent it")),
    Format.SARIF: FormatWords(
        tr_noop("SARIF"), tr_noop("Version 2.1.0, for code hosts and other scanners")
    ),
    Format.MARKDOWN: FormatWords(tr_noop("Markdown"), tr_noop("For an issue or chat message")),
    Format.HTML: FormatWords(
        tr_noop("HTML report"), tr_noop("One file with charts; prints well, loads nothing external")
    ),
    Format.PDF: FormatWords(tr_noop("PDF report"), tr_noop("The same, paginated")),
}
LEAVE_OUT_WORDS = {
    LeaveOut.NOTHING: tr_noop("Nothing"),
    LeaveOut.CODE: tr_noop("Code"),
    LeaveOut.NAMES: tr_noop("Code, paths and names"),
}


def format_words(form: Format, *, is_handover: bool = False) -> FormatWords:
    """Return the words of a format; a handover has no charts."""
    if is_handover and form is Format.HTML:
        return FormatWords(
            tr_noop("HTML page"), tr_noop("One file; prints well, loads nothing external")
        )
    return FORMAT_WORDS[form]


def export_title(contents: Contents) -> str:
    """Return the title of the dialogs that save a file."""
    return tr("Export findings") if contents.handover is None else tr("Shift handover")


def leave_out_sentence(leave_out: LeaveOut, form: Format, *, is_handover: bool = False) -> str:
    if is_handover and leave_out is not LeaveOut.NAMES:
        return tr("Titles, paths, reasons and scans are included. A handover has no code.")
    if leave_out is LeaveOut.NAMES:
        return tr(
            "Descriptions, servers, scans and links are also left out; file names are removed "
            "from titles."
        )
    if form is Format.CSV:
        return tr("CSV files never contain code.")
    if leave_out is LeaveOut.NOTHING:
        return tr("Descriptions, advice, code and paths are included.")
    if form.is_report or form is Format.MARKDOWN:
        return tr("Code and patches are left out; descriptions and advice are included.")
    return tr(
        "Code and patches are replaced by \u201ccode left out\u201d; descriptions and advice "
        "are included."
    )


def columns_text(form: Format, columns: Sequence[Column]) -> str:
    """Return the names of the columns of a table; "" for other formats."""
    if form not in (Format.CSV, Format.MARKDOWN):
        return ""
    if form is Format.CSV:
        with in_english():
            names = [*map(column_title, columns), *IDENTIFIERS]
    else:
        names = [*map(column_title, columns)]
    return tr("Columns: {columns}").format(columns=", ".join(names))


def export_button(count: int) -> str:
    return tr("Export %n findings", "", count, one="Export %n finding")


def save_button(contents: Contents) -> str:
    """Return the label of the button that saves a file."""
    if contents.handover is None:
        return export_button(len(contents.findings))
    return tr("Save handover")


def amount_text(count: int, size: int | None) -> str:
    """Return "214 findings, about 380 KB"."""
    found = tr("%n findings", "", count, one="%n finding")
    about = "" if size is None else size_text(size)
    return filled(tr("{findings}, about {size}"), tr("{findings}"), findings=found, size=about)


def size_text(size: int) -> str:
    """Return "850 bytes", "380 KB" or "1.4 MB"."""
    if size < 1000:
        return tr("%n bytes", "", size, one="%n byte")
    if size < 1_000_000:
        return tr("{size} KB").format(size=grouped(round(size / 1000)))
    return tr("{size} MB").format(size=decimal(size / 1_000_000))


def writing_words(
    form: Format, size: int, done: int, total: int, passed_s: float
) -> tuple[str, str]:
    """Return how much of a file is written: a title, and a note without unknown parts.

    "Writing 2 of 5 findings", "JSON, 38.0 MB of about 62.0 MB, 4 s left".
    """
    title = tr("Writing {done} of {total} findings")
    is_known = bool(size and done and passed_s >= SOON_S)
    note = filled(
        tr("{form}, {size} of about {whole}, {left} left"),
        tr("{form}, {size}"),
        tr("{form}"),
        form=tr(FORMAT_WORDS[form].name),
        size=size_text(size) if size else "",
        whole=size_text(size * total // done) if is_known else "",
        left=wait_text(passed_s / done * (total - done)) if is_known else "",
    )
    return title.format(done=grouped(done), total=grouped(total)), note


def done_words(
    count: int, size: int, leave_out: LeaveOut, without_texts: int = 0, *, is_handover: bool = False
) -> tuple[str, str]:
    """Return how many findings a file has, and a note on its size and on what it lacks.

    "12 findings exported", "380 KB, code left out".

    Args:
        without_texts: how many findings lack their long texts.
    """
    title = tr("%n findings exported", "", count, one="%n finding exported")
    if is_handover:
        title = tr("Handover saved")
    forms = {
        LeaveOut.NOTHING: "{size}",
        LeaveOut.CODE: "{size}" if is_handover else tr("{size}, code left out"),
        LeaveOut.NAMES: tr("{size}, code, paths and names left out"),
    }
    text = forms[leave_out].format(size=size_text(size))
    if not without_texts:
        return title, text
    lacking = tr(
        "The full texts of %n findings are missing: they couldn't be loaded from the server.",
        "",
        without_texts,
        one="The full text of %n finding is missing: it couldn't be loaded from the server.",
    )
    return title, f"{text}. {lacking}"


def failure_words(error: HeimdallError) -> tuple[str, str]:
    """Return "Export failed: no space left on the disk", and a note on what is left of it."""
    problem = one_line(str(error.fields.get("problem", "")))
    if isinstance(error, NoSpace):
        problem = tr("no space left on the disk")
    title = filled(tr("Export failed: {problem}"), tr("Export failed"), problem=problem)
    left = tr("No partial file was left behind.")
    return title, left if isinstance(error, FileNotWritten) else f"{cause(error)} {left}"
