"""Findings as data for other programs: JSON with every field, and SARIF 2.1.0."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity, cwe_number
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.presentation.detail.finding_markdown import weakness_page
from heimdall_desktop.presentation.export.contents import Contents, ScanFacts
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import status_word, title_text

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

    Source: heimdall-api.md 4.5.
    """
    known, compared = not finding.is_announced, contents.changes.of(finding)
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
        "poc_exploit_json": _proof(finding),
        "poc_validated": finding.poc_validated,
        "fingerprint": finding.fingerprint if known else None,
        "agent_reasoning": finding.agent_reasoning,
        "created_at": _moment(finding.created_at),
        "updated_at": _moment(finding.updated_at),
        "verdict": finding.verdict.value,
        "change": None if compared is None else compared.kind.value,
        "is_repeat": finding.is_repeat,
        "is_announced": finding.is_announced,
        "has_more_text": finding.is_cut,
        "link": contents.link(finding) or None,
    }
    if finding.is_cut:  # the placeholders only show that there are texts
        fields |= dict.fromkeys(("suggested_patch", "fix_summary", "agent_reasoning"))
    return fields


def _proof(finding: Finding) -> dict[str, Any] | None:
    proof = finding.proof
    if proof is None:
        return None
    return {
        "verdict": proof.verdict,
        "language": proof.language,
        "script": proof.script,
        "exit_code": proof.exit_code,
        "stdout": proof.stdout,
        "stderr": proof.stderr,
        "llm_analysis": proof.analysis,
    }


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


def sarif_pieces(contents: Contents) -> Iterator[str]:
    """Yield a log of SARIF 2.1.0 with one run, its results in the order of the table.

    Findings that were dismissed or are false positives are results with a suppression. The rules
    follow their results, because they are known only then.
    """
    yield f'{{"$schema": {_json(SARIF_SCHEMA)}, "version": "2.1.0", "runs": [{{"results": ['
    rules = _Rules()
    for start, findings in contents.batches():
        rows = ",\n".join(_json(_result(contents, finding, rules)) for finding in findings)
        yield f",\n{rows}" if start else f"\n{rows}"
    rest: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "Heimdall",
                "version": contents.version,
                "rules": rules.told,
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
            "leftOut": contents.leave_out.value,
            "exportedAt": _moment(contents.exported_at),
            "scans": [_scan(contents, scan) for scan in contents.scans.values()],
        },
    }
    yield f"\n], {_json(rest)[1:]}]}}\n"


class _Rules:
    """The rules of the results so far, in the order they came."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self._places: dict[str, int] = {}

    def place_of(self, finding: Finding) -> int:
        """Return the rule of a finding: its weakness, else who found it, and its severity.

        GitHub takes the severity of a result from its rule, so a rule has one severity.
        """
        number, severity = cwe_number(finding.cwe_text), finding.severity
        name = f"CWE-{number}" if number is not None else f"heimdall-{finding.source.value}"
        text = f"{name}/{severity.value}"
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.told)
            rule: dict[str, Any] = {"id": text}
            if number is not None:
                rule["helpUri"] = weakness_page(number)
            if severity in _SCORES:
                rule["properties"] = {"security-severity": _SCORES[severity], "tags": ["security"]}
            self.told.append(rule)
        return place


def _result(contents: Contents, finding: Finding, rules: _Rules) -> dict[str, Any]:
    place = rules.place_of(finding)
    result: dict[str, Any] = {
        "ruleId": rules.told[place]["id"],
        "ruleIndex": place,
        "level": _LEVELS.get(finding.severity, "warning"),
        "message": {"text": _message(title_text(finding))},
        "locations": _locations(contents, finding),
        "suppressions": _suppressions(finding),
        "properties": finding_fields(contents, finding),
    }
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
    if first >= 1:  # heimdall-api.md T-39
        place["region"] = {"startLine": first, "endLine": last}
        if finding.code_snippet:
            place["region"]["snippet"] = {"text": finding.code_snippet}
    return [{"physicalLocation": place}]


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    """Return why a result does not count; an empty list means that it counts (SARIF 3.27.23)."""
    if finding.status not in _WITHDRAWN:
        return []
    return [{"kind": "external", "status": "accepted", "justification": status_word(finding)}]


def _moment(at: datetime | None) -> str | None:
    """Return a moment with the offset of the reader's zone, so that it reads as in the window."""
    return None if at is None else at.astimezone().isoformat()


def _json(value: Mapping[str, Any] | str) -> str:
    return json.dumps(value, ensure_ascii=False)
