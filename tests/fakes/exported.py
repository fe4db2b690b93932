"""Contents of exports with plain values, and how each form is read again."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from heimdall_desktop.domain.facts.finding import Finding, Severity
from heimdall_desktop.presentation.export.contents import Contents, Format, ScanFacts
from heimdall_desktop.presentation.export.formats import WRITERS
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

SERVER = "https://heimdall.corp.example"
EXPORTED_AT = FOUND_AT + timedelta(minutes=10)
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\uff1d1+1",
    '<script>alert("1")</script><img src=//evil.test/x onerror=alert(1)>',
    "\x1b[31mred\x1b[0m\x07",
    "a\u202egnp.exe",
    "nul\x00and\ud800surrogate",
    "| a | b |\n- [x](javascript:alert(1)) ![y](//evil.test)",
    "{0} {{1}} [here](https://evil.test)",
    "x" * 1_000_000,
)


def make_scan(**overrides: Any) -> ScanFacts:
    fields: dict[str, Any] = {
        "id": str(SCAN_ID),
        "name": "payments-api",
        "server": SERVER,
        "branch": "main",
        "commit": "4f2a91c0de",
        "status": "completed",
        "has_pages": True,
        "started_at": FOUND_AT - timedelta(minutes=20),
        "ended_at": FOUND_AT,
        "as_of": FOUND_AT + timedelta(minutes=9),
        "shortfall": "",
    } | overrides
    return ScanFacts(**fields)


def make_contents(findings: Sequence[Finding], **overrides: Any) -> Contents:
    fields: dict[str, Any] = {
        "scans": {SCAN_ID: make_scan()},
        "exported_at": EXPORTED_AT,
        "version": "1.2.3",
    } | overrides
    return Contents(tuple(findings), **fields)


def hostile_findings() -> list[Finding]:
    """Return findings each of whose texts is one that is meant to hurt."""
    return [
        make_finding(
            number,
            title=text,
            description=text,
            code_snippet=text,
            suggested_patch=text,
            fix_summary=text,
            file_path=f"shop/{text[:300]}",
            severity=Severity.OTHER,
            severity_text=text[:300],
            status_text=text[:300],
            fingerprint=text[:300],
            cwe_text=text[:300],
            references=(text[:300],),
        )
        for number, text in enumerate(HOSTILE, 1)
    ]


def written(contents: Contents, form: Format) -> bytes:
    return "".join(map(str, WRITERS[form](contents))).encode("utf-8", "backslashreplace")


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Read CSV again, without the mark and the apostrophes that keep formulas from work."""
    text = data.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [{key: value.removeprefix("'") for key, value in row.items()} for row in rows]


def json_findings(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(data)["findings"]
    return found


def sarif_results(data: bytes) -> list[dict[str, Any]]:
    [run] = json.loads(data)["runs"]
    found: list[dict[str, Any]] = run["results"]
    return found


def markdown_cells(data: bytes) -> Iterator[list[str]]:
    """Read the rows of the table of Markdown again, as they stand there."""
    lines = data.decode().split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("| ---"))
    for line in lines[first + 1 :]:
        if not line.startswith("| "):
            return
        yield line[2:-2].split(" | ")
