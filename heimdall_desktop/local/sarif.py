"""Writes the findings of a scan as SARIF 2.1.0, for `/sarif`.

Source: heimdall-api.md §4.8; of its inner shape the contract says no more than the format's name.
"""

import json
from collections.abc import Iterable

from starlette.responses import Response

from heimdall_desktop.local.rows import FindingRow, ScanId

_MEDIA_TYPE = "application/sarif+json; charset=utf-8"
_LEFT_OUT = frozenset({"dismissed", "false_positive", "fixed"})
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}


def sarif_answer(scan_id: ScanId, findings: Iterable[FindingRow]) -> Response:
    """Answer with the findings that still count, as a file to be saved."""
    results = [_result(finding) for finding in findings if finding.status not in _LEFT_OUT]
    run = {"tool": {"driver": {"name": "Heimdall", "rules": []}}, "results": results}
    text = json.dumps({"version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    headers = {
        "content-type": _MEDIA_TYPE,
        "content-disposition": f'attachment; filename="heimdall-{scan_id}.sarif"',
    }
    return Response(text, headers=headers)


def _result(finding: FindingRow) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": finding.file_path or ""}}
    if finding.line_start > 0:
        place["region"] = _region(finding)
    return {
        "ruleId": finding.cwe_id or finding.source,
        "level": _LEVELS.get(finding.severity, "none"),
        "message": {"text": finding.title},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"heimdall/v1": finding.fingerprint},
        "properties": {"id": finding.id, "severity": finding.severity, "status": finding.status},
    }


def _region(finding: FindingRow) -> dict[str, int]:
    """Name the lines; an end before the start, as taint findings have it, is left out."""
    region = {"startLine": finding.line_start}
    if finding.line_end is not None and finding.line_end >= finding.line_start:
        region["endLine"] = finding.line_end
    return region
