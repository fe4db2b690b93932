"""Routes of the real server that no local scan and no demo needs, on top of the embedded server.

Changes to repositories and threat models, issues and fix requests, forms, SARIF, a few pages.
Source: protocol.md 4.0, 4.6, 4.8-4.11, 5.9, T-77, T-78.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Message

from heimdall_desktop.local import messages, rows, scan_routes
from heimdall_desktop.local.auth import if_owned, owned_finding, owned_repo, owned_scan
from heimdall_desktop.local.repo_routes import dashboard, page
from heimdall_desktop.local.scan_routes import NO_AI, NO_CODE_HOST, NO_TRACKER
from tests.lab.lab_database import LabDatabase

FORM_LIMIT_BYTES = 256 * 1024
"""The limit for endpoints that take JSON or a form."""

_FORM_TYPE = "application/x-www-form-urlencoded"
_TRACKERS = frozenset({"github", "gitlab", "bitbucket"})
_PARTS = {
    "boundaries": ("boundaries_json", ("description",)),
    "surfaces": ("surfaces_json", ("risk", "description")),
    "data-flows": ("data_flows_json", ("from", "to", "description")),
}
"""By the word in the path: its column, and the fields of an added element beside its name."""

_INDEX = re.compile("[0-9]{1,19}")


def _database(request: Request) -> LabDatabase:
    database: LabDatabase = request.app.state.database
    return database


async def _login_page(_request: Request) -> Response:
    return page("Sign in", "<p>Sign in with the desktop client.</p>")


async def _delete_repo(request: Request) -> Response:
    """Delete a repository with its scans and findings; a running scan notices it."""
    repo = owned_repo(request)
    _database(request).delete_repo(repo.id)
    return messages.success({"id": repo.id, "deleted": True})


async def _set_branch(request: Request) -> Response:
    messages.path_uuid(request)
    branch = messages.required_text(await messages.json_body(request), "branch").strip()
    repo = owned_repo(request)
    messages.refuse_nul(branch)
    if not branch:
        raise messages.Refused(400, "branch: must not be empty")
    _database(request).update_repo(repo.id, default_branch=branch)
    return messages.success({"id": repo.id, "default_branch": branch})


async def _set_issue_automation(request: Request) -> Response:
    """Set whether and from which severity issues would be created."""
    messages.path_uuid(request)
    body = await messages.json_body(request)
    enabled = body.get("enabled")
    if not isinstance(enabled, bool):
        raise messages.Malformed(400, "Json deserialize error: `enabled` is no boolean")
    severity = messages.required_text(body, "min_severity")
    repo = owned_repo(request)
    if severity not in rows.SEVERITIES:
        raise messages.Refused(400, f"Unknown severity; allowed: {', '.join(rows.SEVERITIES)}")
    changes: dict[str, object] = {
        "issue_auto_create_enabled": enabled,
        "issue_auto_create_min_severity": severity,
    }
    _database(request).update_repo(repo.id, **changes)
    return messages.success({"id": repo.id} | changes)


async def _check_issue_tracker(request: Request) -> Response:
    """Return the response for every repository except those of Bitbucket, connected or not."""
    owned_repo(request)
    return messages.success(
        {"issue_tracker_enabled": True, "message": NO_TRACKER, "issue_support_message": NO_TRACKER}
    )


async def _branches(request: Request) -> Response:
    """Return that no branches are known, as for every provider problem."""
    owned_repo(request)
    return messages.success({"branches": [], "message": "No provider is connected"})


async def _set_status(request: Request) -> Response:
    """Set the status of a finding by JSON or a form."""
    messages.path_uuid(request)
    body = await messages.body_bytes(request, FORM_LIMIT_BYTES)
    headers = request.scope["headers"]
    if messages.content_type(request) == _FORM_TYPE:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        body = json.dumps({name: values[-1] for name, values in fields.items()}).encode()
        headers = [(b"content-type", b"application/json")]

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    return await scan_routes.set_status(Request({**request.scope, "headers": headers}, receive))


async def _create_issue(request: Request) -> Response:
    """Create an issue, or return the existing one for the same fingerprint."""
    finding = owned_finding(request)
    _refuse_untracked(request, finding.repo_id)
    known = _issue_of(request, finding)
    if known is not None:
        return messages.success({"created": False, "issue": known})
    answer = _database(request).answer(finding.id, "issue")
    if answer is None:
        raise messages.Refused(400, "The provider answered 410: issues are disabled")
    return messages.success({"created": True, "issue": _new_issue(request, finding, answer)})


async def _create_all_issues(request: Request) -> Response:
    """Create an issue for each title among the open findings of a scan."""
    scan, database = owned_scan(request), _database(request)
    _refuse_untracked(request, scan.repo_id)
    groups: dict[str, list[rows.FindingRow]] = {}
    for finding in database.findings_of(scan.id):
        if finding.status == "open":
            groups.setdefault(finding.title, []).append(finding)
    created = linked = failed = 0
    for findings in groups.values():
        answers = (database.answer(each.id, "issue") for each in findings)
        answer = next((each for each in answers if each is not None), None)
        if any(_issue_of(request, each) for each in findings):
            linked += 1
        elif answer is None:
            failed += len(findings)
        else:
            _new_issue(request, findings[0], answer)
            created += 1
    total = sum(map(len, groups.values()))
    return messages.success(
        {
            "created": created,
            "linked": linked,
            "failed": failed,
            "total_findings": total,
            "total_groups": len(groups),
            "findings_covered": total - failed,
            "summary": f"{created} created, {linked} linked, {failed} failed",
        }
    )


def _refuse_untracked(request: Request, repo_id: rows.RepoId) -> None:
    repo = _database(request).repo(repo_id)
    if repo is None or not _is_connected(repo) or repo.source_type not in _TRACKERS:
        raise messages.Refused(400, NO_TRACKER)


def _is_connected(repo: rows.RepoRow) -> bool:
    return repo.oauth_connection_id is not None and repo.remote_url is not None


def _issue_of(request: Request, finding: rows.FindingRow) -> rows.Json | None:
    """Return the issue that was created for a finding of the same fingerprint."""
    for event in _database(request).events_of_fingerprint(finding.repo_id, finding.fingerprint):
        if event.event_type == "issue_linked":
            return event.metadata
    return None


def _new_issue(request: Request, finding: rows.FindingRow, answer: rows.AnswerRow) -> rows.Json:
    made_at = rows.moment_form(rows.now(), "Z")
    issue: rows.Json = {
        "id": str(uuid4()),
        "repo_id": finding.repo_id,
        "finding_id": finding.id,
        "provider": "github",
        "external_issue_id": str(uuid4()),
        "external_issue_number": None,
        "issue_url": "",
        "title": finding.title,
        "fingerprint": finding.fingerprint,
        "severity": finding.severity,
        "state": "open",
        "auto_created": False,
        "created_at": made_at,
        "updated_at": made_at,
        **(answer.body_json or {}),
    }
    _database(request).add_finding_event(
        finding.id,
        messages.signed_in_user(request).id,
        "issue_linked",
        new_value=str(issue["issue_url"]),
        comment="Issue created.",
        metadata=issue,
    )
    return issue


async def _remediate(request: Request) -> Response:
    """Start a fix request; the audit gets its result, at once if the response has it."""
    finding, database = owned_finding(request), _database(request)
    repo = database.repo(finding.repo_id)
    if repo is None or not _is_connected(repo) or repo.source_type != "github":
        raise messages.Refused(400, NO_CODE_HOST)
    answer = database.answer(finding.id, "remediate")
    if answer is None:
        raise messages.Refused(503, NO_AI)
    user_id, result = messages.signed_in_user(request).id, answer.body_json or {}
    run = _fix_request(finding, user_id, repo.default_branch)
    run_id = str(run["id"])
    with database.transaction():
        known = ("status", "provider", "model")
        about: rows.Json = {"run_id": run_id, **{key: run[key] for key in known}}
        database.add_finding_event(
            finding.id,
            user_id,
            "remediation_started",
            new_value=run_id,
            comment="Remediation started.",
            metadata={**about, "branch": run["branch_name"], "base": run["base_branch"]},
        )
        if "pr_url" in result:
            database.add_finding_event(
                finding.id,
                None,
                "remediation_pr_opened",
                new_value=str(result["pr_url"]),
                metadata=result,
            )
        elif "error" in result:
            ended: rows.Json = {**about, "status": "failed", "validation_output": None, **result}
            database.add_finding_event(
                finding.id, None, "remediation_failed", new_value=run_id, metadata=ended
            )
    return messages.success(run, 202)


def _fix_request(
    finding: rows.FindingRow, user_id: rows.UserId, base: str | None
) -> dict[str, object]:
    made_at = rows.moment_form(rows.now(), "Z")
    later = ("commit_sha", "pr_url", "external_pr_id", "external_pr_number", "validation_output")
    unknown = (*later, "patch_id", "error_message", "metadata_json", "started_at", "completed_at")
    return {
        "id": str(uuid4()),
        "finding_id": finding.id,
        "scan_id": finding.scan_id,
        "repo_id": finding.repo_id,
        "user_id": user_id,
        "provider": "anthropic",
        "model": "recorded",
        "status": "queued",
        "base_branch": base,
        "branch_name": f"heimdall/fix-{finding.id[:8]}",
        "title": finding.title,
        "summary": finding.fix_summary,
        **dict.fromkeys(unknown),
        "created_at": made_at,
        "updated_at": made_at,
    }


async def _remediation(request: Request) -> Response:
    """Return a page fragment that says that the result is in the audit."""
    owned_finding(request)
    return HTMLResponse("<p>See the history of the finding.</p>")


# Threat models by their own id. Edits are not checked, parallel ones get lost, and elements added
# by hand have other keys than those that Tyr created.


async def _edit_threat_model(request: Request) -> Response:
    """Overwrite parts with any JSON; null leaves a part unchanged."""
    messages.path_uuid(request)
    body = await messages.json_body(request)
    messages.optional_text(body, "summary")
    row = _owned_threat_model(request)
    columns = {"summary": "summary"}
    columns |= {part.replace("-", "_"): column for part, (column, _) in _PARTS.items()}
    changes = {column: body[name] for name, column in columns.items() if body.get(name) is not None}
    _write_threat_model(request, row, changes)
    return messages.success(messages.model(_owned_threat_model(request)))


def _adding(part: str) -> messages.Handler:
    async def add(request: Request) -> Response:
        messages.path_uuid(request)
        body = await messages.json_body(request)
        fields = {name: messages.optional_text(body, name) or "" for name in _PARTS[part][1]}
        element: messages.Body = {"name": messages.required_text(body, "name"), **fields}
        return _rewritten(request, part, lambda old: [*old, element])

    return add


def _removing(part: str) -> messages.Handler:
    async def remove(request: Request) -> Response:
        messages.path_uuid(request)
        text = str(request.path_params["index"])
        if not _INDEX.fullmatch(text):
            raise messages.Malformed(404, "The index is not a number")
        index = int(text)

        def without(old: list[object]) -> list[object]:
            if index >= len(old):
                raise messages.Refused(400, f"There is no element {index}")
            return old[:index] + old[index + 1 :]

        return _rewritten(request, part, without)

    return remove


def _rewritten(
    request: Request, part: str, change: Callable[[list[object]], list[object]]
) -> Response:
    row = _owned_threat_model(request)
    column, _ = _PARTS[part]
    stored: object = getattr(row, column)
    elements = change(list(stored) if isinstance(stored, list | tuple) else [])
    _write_threat_model(request, row, {column: elements})
    return messages.success(elements)


def _write_threat_model(
    request: Request, row: rows.ThreatModelRow, changes: dict[str, object]
) -> None:
    messages.refuse_nul(*_texts(changes))
    if changes:
        _database(request).update_threat_model(row.id, **changes)


def _owned_threat_model(request: Request) -> rows.ThreatModelRow:
    model_id = messages.path_uuid(request)
    row = _database(request).threat_model(model_id)
    return if_owned(request, row, row.repo_id if row else None, f"Threat model '{model_id}'")


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, including keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.items()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


# SARIF 2.1.0. Source: protocol.md 4.8, and the response of a real server for the inner shape.

_LEFT_OUT = frozenset({"dismissed", "false_positive", "fixed"})
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "2.0"}


async def _sarif(request: Request) -> Response:
    scan = owned_scan(request)
    repo = _database(request).repo(scan.repo_id)
    if repo is None:
        raise messages.Refused(404, f"Scan '{scan.id}' not found")
    findings = _database(request).findings_of(scan.id)
    counted = [finding for finding in findings if finding.status not in _LEFT_OUT]
    report = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [_run(scan, repo, counted)],
        "version": "2.1.0",
    }
    headers = {
        "content-type": "application/sarif+json; charset=utf-8",
        "content-disposition": f'attachment; filename="heimdall-{scan.id}.sarif"',
    }
    return Response(json.dumps(report, ensure_ascii=False, indent=2), headers=headers)


def _run(
    scan: rows.ScanRow, repo: rows.RepoRow, findings: Sequence[rows.FindingRow]
) -> dict[str, Any]:
    rules: dict[str, object] = {}
    for finding in findings:
        rules.setdefault(_rule_id(finding), _rule(finding))
    driver = {
        "informationUri": "https://github.com/iamngoni/heimdall",
        "name": "Heimdall",
        "rules": [rules[name] for name in sorted(rules)],
    }
    revision = {"revisionId": scan.commit_sha} if scan.commit_sha else {}
    # the address is sent as it is stored (T-85)
    provenance = {"branch": repo.default_branch, "repositoryUri": repo.remote_url, **revision}
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
        "versionControlProvenance": [provenance],
    }


def _rule_id(finding: rows.FindingRow) -> str:
    return finding.cwe_id or finding.cve_id or f"{finding.source}-{finding.fingerprint}"


def _rule(finding: rows.FindingRow) -> dict[str, Any]:
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


def _result(finding: rows.FindingRow) -> dict[str, Any]:
    start = max(finding.line_start, 1)  # from 1 on, with the end never before the start
    region = {"endLine": max(finding.line_end or start, start), "startLine": start}
    place = {"artifactLocation": {"uri": finding.file_path}, "region": region}
    words = (finding.title, finding.description)
    return {
        "level": _LEVELS.get(finding.severity, "none"),
        "locations": [{"physicalLocation": place}],
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


def _cve(finding: rows.FindingRow) -> str | None:
    """Return the first CVE number among a dependency's names: no stage fills `cve_id` (4.5)."""
    names = (finding.manifest_coordinates_json or {}).get("aliases")
    aliases = names if isinstance(names, list | tuple) else ()
    return finding.cve_id or next((name for name in aliases if str(name).startswith("CVE-")), None)


_MODEL = "/api/threat-models/{id}"
LAB_ROUTES = (
    messages.exact_route("GET", "/login", _login_page),
    messages.exact_route("GET", "/dashboard", dashboard),
    messages.exact_route("DELETE", "/api/repos/{id}", _delete_repo),
    messages.exact_route("PATCH", "/api/repos/{id}/branch", _set_branch),
    messages.exact_route("PATCH", "/api/repos/{id}/issue-automation", _set_issue_automation),
    messages.exact_route("GET", "/api/repos/{id}/check-issue-tracker", _check_issue_tracker),
    messages.exact_route("GET", "/api/repos/{id}/branches", _branches),
    messages.exact_route("GET", "/api/scans/{id}/sarif", _sarif),
    messages.exact_route("POST", "/api/scans/{id}/findings/create-all-issues", _create_all_issues),
    messages.exact_route("PATCH", "/api/findings/{id}/status", _set_status),
    messages.exact_route("POST", "/api/findings/{id}/issue", _create_issue),
    messages.exact_route("POST", "/api/findings/{id}/remediate", _remediate),
    messages.exact_route("GET", "/api/findings/{id}/remediation", _remediation),
    messages.exact_route("GET", _MODEL, messages.showing(_owned_threat_model)),
    messages.exact_route("PATCH", _MODEL, _edit_threat_model),
    *(messages.exact_route("POST", f"{_MODEL}/{part}", _adding(part)) for part in _PARTS),
    *(
        messages.exact_route("DELETE", f"{_MODEL}/{part}/{{index}}", _removing(part))
        for part in _PARTS
    ),
)
"""They come before those of the embedded server, and replace some of these."""
