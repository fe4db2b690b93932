"""The texts of the export dialog: the formats, the omissions, and the progress of writing."""

from collections.abc import Sequence

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import FileNotWritten, HeimdallError, NoSpace
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.export.contents import Format, LeaveOut
from heimdall_desktop.presentation.export.formats import IDENTIFIERS
from heimdall_desktop.presentation.i18n import filled, grouped, tr, tr_noop
from heimdall_desktop.presentation.table.table_text import column_title
from heimdall_desktop.presentation.time_text import wait_text

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


def leave_out_sentence(leave_out: LeaveOut, form: Format) -> str:
    """Explain what it means for a format to leave something out."""
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
    names = [column_title(column) for column in columns]
    names += IDENTIFIERS if form is Format.CSV else ()
    return tr("Columns: {columns}").format(columns=", ".join(names))


def export_button(count: int) -> str:
    return tr("Export %n findings", "", count, one="Export %n finding")


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
    return tr("{size} MB").format(size=f"{size / 1_000_000:.1f}")


def writing_text(done: int, total: int) -> str:
    """Return "Writing 61 200 of 100 000 findings"."""
    text = tr("Writing {done} of {total} findings")
    return text.format(done=grouped(done), total=grouped(total))


def writing_note(form: Format, size: int, done: int, total: int, passed_s: float) -> str:
    """Return the second line, "JSON, 38.0 MB of about 62.0 MB, 4 s left", without unknown parts."""
    is_known = bool(size and done and passed_s >= SOON_S)
    return filled(
        tr("{form}, {size} of about {whole}, {left} left"),
        tr("{form}, {size}"),
        tr("{form}"),
        form=tr(FORMAT_WORDS[form].name),
        size=size_text(size) if size else "",
        whole=size_text(size * total // done) if is_known else "",
        left=wait_text(passed_s / done * (total - done)) if is_known else "",
    )


def done_text(count: int) -> str:
    """Return "214 findings exported"."""
    return tr("%n findings exported", "", count, one="%n finding exported")


def done_note(size: int, leave_out: LeaveOut, without_texts: int = 0) -> str:
    """Return "380 KB, code left out", and how many findings lack their long texts."""
    forms = {
        LeaveOut.NOTHING: "{size}",
        LeaveOut.CODE: tr("{size}, code left out"),
        LeaveOut.NAMES: tr("{size}, code, paths and names left out"),
    }
    text = forms[leave_out].format(size=size_text(size))
    if not without_texts:
        return text
    lacking = tr(
        "The full texts of %n findings are missing: they couldn't be loaded from the server.",
        "",
        without_texts,
        one="The full text of %n finding is missing: it couldn't be loaded from the server.",
    )
    return f"{text}. {lacking}"


def failure_text(error: HeimdallError) -> str:
    """Return "Not exported: no space is left on the disk"."""
    problem = one_line(str(error.fields.get("problem", "")))
    if isinstance(error, NoSpace):
        problem = tr("no space left on the disk")
    return filled(tr("Export failed: {problem}"), tr("Export failed"), problem=problem)


def failure_note(error: HeimdallError) -> str:
    """Return the consequence, shown below it."""
    left = tr("No partial file was left behind.")
    return left if isinstance(error, FileNotWritten) else f"{cause(error)} {left}"
