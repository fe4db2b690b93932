"""Writes the findings of a scan as SARIF 2.1.0, for `/sarif`.

Source: heimdall-api.md §4.8, and the answer of a real server for the inner shape.
"""

import json
from collections.abc import Sequence

from starlette.responses import Response

from heimdall_desktop.local.rows import FindingRow, RepoRow, ScanRow

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MEDIA_TYPE = "application/sarif+json; charset=utf-8"
_LEFT_OUT = frozenset({"dismissed", "false_positive", "fixed"})
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "2.0"}

Part = dict[str, object]


def sarif_answer(scan: ScanRow, repo: RepoRow, findings: Sequence[FindingRow]) -> Response:
    """Answer with the findings that still count, as a file to be saved."""
    counted = [finding for finding in findings if finding.status not in _LEFT_OUT]
    report = {"$schema": _SCHEMA, "runs": [_run(scan, repo, counted)], "version": "2.1.0"}
    headers = {
        "content-type": _MEDIA_TYPE,
        "content-disposition": f'attachment; filename="heimdall-{scan.id}.sarif"',
    }
    return Response(json.dumps(report, ensure_ascii=False, indent=2), headers=headers)


def _run(scan: ScanRow, repo: RepoRow, findings: Sequence[FindingRow]) -> Part:
    rules: dict[str, Part] = {}
    for finding in findings:
        rules.setdefault(_rule_id(finding), _rule(finding))
    driver = {
        "informationUri": "https://github.com/iamngoni/heimdall",
        "name": "Heimdall",
        "rules": [rules[name] for name in sorted(rules)],
    }
    return {
        "automationDetails": {
            "description": {"text": f"Heimdall {scan.scan_type} scan of {repo.name}"},
            "id": f"scan/{scan.id}",
        },
        "properties": {
            "criticalCount": scan.critical_count,
            "findingCount": scan.finding_count,
            "highCount": scan.high_count,
            "lowCount": scan.low_count,
            "mediumCount": scan.medium_count,
            "repoId": repo.id,
            "scanId": scan.id,
            "scanStatus": scan.status,
        },
        "results": [_result(finding) for finding in findings],
        "tool": {"driver": driver},
        "versionControlProvenance": [_provenance(scan, repo)],
    }


def _provenance(scan: ScanRow, repo: RepoRow) -> Part:
    """Say where the code came from; the address goes out as it is stored (T-85)."""
    revision = {"revisionId": scan.commit_sha} if scan.commit_sha else {}
    return {"branch": repo.default_branch, "repositoryUri": repo.remote_url, **revision}


def _rule_id(finding: FindingRow) -> str:
    return finding.cwe_id or finding.cve_id or f"{finding.source}-{finding.fingerprint}"


def _rule(finding: FindingRow) -> Part:
    tags = [f"severity:{finding.severity}", f"source:{finding.source}"]
    tags += [name for name in (finding.cwe_id, _cve(finding)) if name]
    return {
        "fullDescription": {"text": finding.description or finding.title},
        "help": {"text": finding.fix_summary or finding.title},
        "id": _rule_id(finding),
        "name": finding.title,
        "properties": {
            "precision": finding.confidence,
            "problem.severity": finding.severity,
            "security-severity": _SCORES.get(finding.severity, "0.0"),
            "tags": tags,
        },
        "shortDescription": {"text": finding.title},
    }


def _result(finding: FindingRow) -> Part:
    words = (finding.title, finding.description)
    return {
        "level": _LEVELS.get(finding.severity, "none"),
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": finding.file_path or ""},
                    "region": _region(finding),
                }
            }
        ],
        "message": {"text": ": ".join(word for word in words if word)},
        "partialFingerprints": {"heimdallFingerprint": finding.fingerprint},
        "properties": {
            "confidence": finding.confidence,
            "cve": _cve(finding),
            "cwe": finding.cwe_id,
            "findingId": finding.id,
            "fixSummary": finding.fix_summary,
            "fixType": finding.fix_type,
            "manifestCoordinates": finding.manifest_coordinates_json,
            "pocValidated": finding.poc_validated,
            "references": finding.references_json,
            "severity": finding.severity,
            "source": finding.source,
            "status": finding.status,
        },
        "ruleId": _rule_id(finding),
    }


def _region(finding: FindingRow) -> Part:
    """Name the lines, from 1 on, and the end never before the start."""
    start = max(finding.line_start, 1)
    return {"endLine": max(finding.line_end or start, start), "startLine": start}


def _cve(finding: FindingRow) -> str | None:
    """Return the first CVE number among a dependency's names: no stage fills `cve_id` (§4.5)."""
    names = (finding.manifest_coordinates_json or {}).get("aliases")
    aliases = names if isinstance(names, list | tuple) else ()
    return finding.cve_id or next((name for name in aliases if str(name).startswith("CVE-")), None)
