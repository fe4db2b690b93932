"""The writer of each form of an export, except PDF (needs Qt). Loaded with the first export."""

from heimdall_desktop.application.exporting import Writer
from heimdall_desktop.presentation.export.contents import Format
from heimdall_desktop.presentation.export.html_report import html_pieces
from heimdall_desktop.presentation.export.json_files import json_pieces, sarif_pieces
from heimdall_desktop.presentation.export.tables import csv_pieces, markdown_pieces

WRITERS: dict[Format, Writer] = {
    Format.CSV: csv_pieces,
    Format.JSON: json_pieces,
    Format.SARIF: sarif_pieces,
    Format.MARKDOWN: markdown_pieces,
    Format.HTML: html_pieces,
}
