"""Writes the findings of a scan as SARIF 2.1.0, for `/sarif`.

Source: heimdall-api.md §4.8, and the response of a real server for the inner shape.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from heimdall_desktop.local.rows import FindingRow, RepoRow, ScanRow

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MEDIA_TYPE = "application/sarif+json; charset=utf-8"
_LEFT_OUT = frozenset({"dismissed", "false_positive", "fixed"})
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "2.0"}

Part = dict[str, object]


def sarif_answer(scan: ScanRow, repo: RepoRow, findings: Sequence[FindingRow]) -> Response:
    """Return the findings that still count, as a file to be saved."""
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
    """Return the origin of the code; the address is sent as it is stored (T-85)."""
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
    """Return the lines, from 1 on, with the end never before the start."""
    start = max(finding.line_start, 1)
    return {"endLine": max(finding.line_end or start, start), "startLine": start}


def _cve(finding: FindingRow) -> str | None:
    """Return the first CVE number among a dependency's names: no stage fills `cve_id` (§4.5)."""
    names = (finding.manifest_coordinates_json or {}).get("aliases")
    aliases = names if isinstance(names, list | tuple) else ()
    return finding.cve_id or next((name for name in aliases if str(name).startswith("CVE-")), None)


# Reads the JSON reports of bandit and detect-secrets.


_BROKEN_TEST = re.compile(rb"internal error running: \w+ on file (\S+) at line")


class ReportUnreadable(Exception):
    """A scanner wrote something other than its report."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One result of bandit, in its own words."""

    test_id: str
    severity: str
    confidence: str
    text: str
    cwe: int | None
    help_url: str | None
    path: str
    line_start: int
    line_end: int
    test_name: str = ""


@dataclass(frozen=True, slots=True)
class SecretHit:
    """A line that contains secrets, and the kinds detect-secrets reported."""

    path: str
    line: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BanditReport:
    """Bandit's results, and which files it finished.

    Attributes:
        gave_up: by path, its message for files it could not read or parse.
        begun: the files it mentions.
    """

    issues: tuple[Issue, ...]
    gave_up: Mapping[str, str]
    begun: frozenset[str]


def read_bandit(report: bytes) -> BanditReport:
    """Read a bandit report; the issues come in order of path and line.

    Raises:
        ReportUnreadable: it is none.
    """
    try:
        content = json.loads(report)
        issues = sorted((_issue(result) for result in content["results"]), key=_place)
        gave_up = {_clean(error["filename"]): str(error["reason"]) for error in content["errors"]}
        begun = frozenset(map(_clean, content["metrics"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable("its report cannot be read") from error
    return BanditReport(tuple(issues), gave_up, begun)


def broken_off(complaints: bytes) -> frozenset[str]:
    """Return the files on which, according to bandit, one of its tests failed.

    It continues with the other tests, and reports this only on standard error.
    """
    return frozenset(_clean(os.fsdecode(path)) for path in _BROKEN_TEST.findall(complaints))


def read_secrets(report: bytes) -> tuple[SecretHit, ...]:
    """Read a detect-secrets report, one hit for each line, in order of path and line.

    Raises:
        ReportUnreadable: it is none.
    """
    kinds: dict[tuple[str, int], set[str]] = {}
    try:
        for path, secrets in json.loads(report)["results"].items():
            for secret in secrets:
                place = (_clean(path), int(secret["line_number"]))
                kinds.setdefault(place, set()).add(str(secret["type"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable("its report cannot be read") from error
    return tuple(SecretHit(*place, tuple(sorted(kinds[place]))) for place in sorted(kinds))


def _issue(result: dict[str, object]) -> Issue:
    cwe = result.get("issue_cwe")
    cwe_number = cwe.get("id") if isinstance(cwe, dict) else None
    line = int(str(result["line_number"]))
    lines = result.get("line_range")
    last = (
        max([line, *(n for n in lines if isinstance(n, int))]) if isinstance(lines, list) else line
    )
    help_url = result.get("more_info")
    return Issue(
        test_id=str(result["test_id"]),
        severity=str(result["issue_severity"]).lower(),
        confidence=str(result["issue_confidence"]).lower(),
        text=str(result["issue_text"]),
        cwe=cwe_number if isinstance(cwe_number, int) else None,
        help_url=help_url if isinstance(help_url, str) else None,
        path=_clean(str(result["filename"])),
        line_start=line,
        line_end=last,
        test_name=str(result.get("test_name", "")),
    )


def _place(issue: Issue) -> tuple[str, int, str]:
    return issue.path, issue.line_start, issue.test_id


def _clean(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")
