"""What the detail pane says of a finding: its facts, verdict, fields and history, in words."""

from collections.abc import Iterator

from heimdall_desktop.domain.finding import (
    Finding,
    FindingEvent,
    FindingStatus,
    Verdict,
    cwe_number,
    one_line,
)
from heimdall_desktop.widgets.moment_text import full_moment

WORD_LIMIT = 20  # characters of a word nobody foresaw
_EVENT_WORDS = {  # Source: heimdall-api.md 5.9
    "status_change": "Status",
    "severity_change": "Severity",
    "comment": "Comment",
    "patch_applied": "Patch applied",
    "ai_explanation": "AI explanation",
    "ai_verification": "AI verification",
    "issue_linked": "Issue linked",
}


def verdict_words(finding: Finding) -> tuple[str, str]:
    """Return the verdict and, in a second sentence, what it rests on."""
    match finding.verdict:
        case Verdict.WITHDRAWN:
            was = f"was {one_line(finding.severity_text)[:WORD_LIMIT].lower()}"
            if finding.status is FindingStatus.FALSE_POSITIVE:
                return "Withdrawn.", f"Marked as a false positive, {was}."
            return "Dismissed.", f"Taken off the list by a person, {was}."
        case Verdict.CONFIRMED:
            return "Confirmed.", _confirmation(finding)
        case _:
            if finding.status is FindingStatus.FIXED:
                return "Unverified.", "Marked as fixed."
            return "Unverified.", "No check has confirmed or refuted it yet."


def _confirmation(finding: Finding) -> str:
    if finding.poc_validated:
        return "The proof of concept succeeded."
    if finding.status is FindingStatus.CONFIRMED:
        return "Its status says so."
    if finding.has_risen:
        return "Confidence rose to high."
    return "Confidence is high."


def cwe_address(finding: Finding) -> str:
    """Return the web page of the weakness; "" where the server's text names none (T-40)."""
    number = cwe_number(finding.cwe_text)
    return "" if number is None else f"https://cwe.mitre.org/data/definitions/{number}.html"


def line_range(finding: Finding) -> str:
    """Return "88" or "88\u201392"."""
    first, last = finding.lines
    return str(first) if first == last else f"{first}\u2013{last}"


def field_rows(finding: Finding, scan_name: str) -> tuple[tuple[str, str], ...]:
    """Return label and value of every short field that has a value, the server's own words."""
    return tuple((label, value) for label, value in _fields(finding, scan_name) if value)


def _fields(finding: Finding, scan_name: str) -> Iterator[tuple[str, str]]:
    yield "Title", finding.title
    yield "Severity", finding.severity_text
    yield "Status", finding.status_text
    yield "Confidence", finding.confidence_text
    yield "Source", finding.source_text
    yield "Found in stage", finding.stage
    yield "CWE", finding.cwe_text or ""
    yield "CVE", finding.cve_id or ""
    yield "File", finding.file_path
    yield "Lines", line_range(finding)
    yield "Fix type", finding.fix_type or ""
    yield "Proof of concept", "confirmed" if finding.poc_validated else ""
    yield "First seen", full_moment(finding.created_at)
    yield "Last changed", full_moment(finding.updated_at)
    yield "Scan", scan_name
    yield "Finding id", finding.id
    yield "Scan id", finding.scan_id
    yield "Repository id", finding.repo_id
    yield "Fingerprint", finding.fingerprint


def event_heading(event: FindingEvent) -> str:
    """Return what an audit entry is about, in a word or two."""
    known = _EVENT_WORDS.get(event.event_type)
    return known or one_line(event.event_type.replace("_", " ")).capitalize() or "Changed"


def event_change(event: FindingEvent) -> str:
    """Return "high \u2192 medium"; "" if the entry carries no values."""
    old, new = _value(event.old_value), _value(event.new_value)
    return f"{old or 'none'} \u2192 {new or 'none'}" if old or new else ""


def _value(text: str | None) -> str:
    return one_line((text or "").replace("_", " "))
