"""What the detail pane says of a finding: its fields, its lines, its weakness."""

from collections.abc import Iterator
from datetime import datetime

from heimdall_desktop.domain.facts.finding import Finding, cwe_number, one_line
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.presentation.detail.finding_markdown import weakness_page
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import severity_word, stage_in_text, unknown_word
from heimdall_desktop.presentation.time_text import second_text
from heimdall_desktop.widgets.controls.moment_text import full_moment


def cwe_address(finding: Finding) -> str:
    """Return the web page of the weakness; "" where the server's text names none (T-40)."""
    number = cwe_number(finding.cwe_text)
    return "" if number is None else weakness_page(number)


def line_range(finding: Finding) -> str:
    """Return "88" or "88\u201392"."""
    first, last = finding.lines
    return str(first) if first == last else f"{first}\u2013{last}"


def announced_rows(
    finding: Finding, scan_name: str, now: datetime
) -> tuple[tuple[str, str, bool], ...]:
    """Return label, value and whether that is known, of a finding that was only announced."""
    at = finding.created_at
    moment, stage = second_text(at, now), finding.announced_in
    if stage:
        label = stage_in_text(stage)
        moment = tr("{moment}, in stage {stage}").format(moment=moment, stage=label)
    severity = tr("{severity}, not verified").format(severity=severity_word(finding))
    unknown = unknown_word()
    rows = (
        (tr("Severity"), severity, True),
        (tr("Announced"), moment, True),
        (tr("Scan"), one_line(scan_name), True),
        (tr("Location"), unknown, False),
        (tr("Code and reasoning"), unknown, False),
        (tr("Status"), tr("{unknown}, can't be changed here").format(unknown=unknown), False),
    )
    return tuple(row for row in rows if row[1])


def field_rows(finding: Finding, scan_name: str) -> tuple[tuple[str, str], ...]:
    """Return label and value of every short field that has a value, the server's own words."""
    return tuple((label, value) for label, value in _fields(finding, scan_name) if value)


def _fields(finding: Finding, scan_name: str) -> Iterator[tuple[str, str]]:
    yield tr("Title"), finding.title
    yield tr("Severity"), finding.severity_text
    yield tr("Status"), finding.status_text
    yield tr("Confidence"), finding.confidence_text
    yield tr("Source"), finding.source_text
    yield tr("Found in stage"), finding.stage
    yield tr("CWE"), finding.cwe_text or ""
    yield tr("CVE"), finding.cve_id or ""
    yield tr("File"), finding.file_path
    yield tr("Lines"), line_range(finding)
    yield tr("Fix type"), finding.fix_type or ""
    yield tr("Proof of concept"), tr("confirmed") if finding.poc_validated else ""
    yield tr("First seen"), full_moment(finding.created_at)
    yield tr("Last changed"), full_moment(finding.updated_at)
    yield tr("Scan"), scan_name
    yield tr("Finding ID"), id_on_server(finding.id)
    yield tr("Scan ID"), id_on_server(finding.scan_id)
    yield tr("Repository ID"), finding.repo_id
    yield tr("Fingerprint"), finding.fingerprint
