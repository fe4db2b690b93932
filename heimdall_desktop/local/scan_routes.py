"""Scans and findings: rows, snapshot, stream, lists, cancel, and what a person may change.

Neither an AI model nor a code host exists here, so what needs one is refused as by a server that
has none. A finding of a recording may have prepared responses to `explain` and `verify`; then these
are returned, and the audit has the same entries as on a real server.
Source: protocol.md 3, 4.2-4.9, 4.11.
"""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from heimdall_desktop.local import messages
from heimdall_desktop.local.auth import database_of, owned_finding, owned_scan
from heimdall_desktop.local.broadcaster import Broadcaster, ProgressStream
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.pipeline import LABELS
from heimdall_desktop.local.rows import (
    FINDING_STATUSES,
    SEVERITIES,
    STAGES,
    FindingEventRow,
    FindingId,
    PatchRow,
    Row,
    ScanRow,
    offset_form,
)
from heimdall_desktop.local.worker import ScanWorker, cancel_scan

ACTIVITY_LIMIT = 80
AGENT_CALL_LIMIT = 12
PER_PAGE_DEFAULT = 25
PER_PAGE_MAX = 100
NO_AI = "No AI provider is configured"
NO_TRACKER = "This repository has no supported issue tracker"
NO_CODE_HOST = "Fix requests need a repository that is connected to GitHub"
_PAGES_OF_NOTHING = 4_294_967_295  # result of upstream's division by zero, which saturates
_TONES = {"completed": "success", "failed": "error", "running": "active"}
_TOOL_LABELS = {
    "llm_completion": "Model completion",
    "read_file": "Read file",
    "search_code": "Search code",
    "get_callers": "Find callers",
    "get_dependencies": "Find dependencies",
    "challenge_finding": "Challenge finding",
}


async def live_answer(database: Database, scan: ScanRow) -> dict[str, object]:
    """Return the data of `/live`, read in the order of 4.3: scans change between statements.

    `files` is our addition: how far the files of a local folder were scanned.
    """
    counts = {"total": database.count(scan.id)}
    for severity in SEVERITIES:
        await asyncio.sleep(0)
        counts[severity] = database.count(scan.id, severity)
    await asyncio.sleep(0)
    rows = database.latest_stages(scan.id)
    await asyncio.sleep(0)
    activity = database.newest_activity(scan.id, ACTIVITY_LIMIT)
    running = database.newest_running_activity(scan.id)
    await asyncio.sleep(0)
    calls = database.newest_agent_calls(scan.id, AGENT_CALL_LIMIT)
    extra: dict[str, object] = {}
    if seen := database.files_seen(scan.id):
        extra["files"] = {"unlooked": seen.not_scanned, "not_taken": seen.not_taken}
    current = running or next(iter(activity), None)
    return {
        "scan": {
            "id": scan.id,
            "status": scan.status,
            "status_label": scan.status.replace("_", " ").title(),
            "is_live": scan.is_live,
            "updated_at": offset_form(scan.updated_at),
            "error_message": scan.error_message,
        },
        "counts": counts,
        "current_task": {
            "stage": current.stage if current else None,
            "title": current.title if current else "Waiting for the first activity",
            "detail": current.detail if current else None,
            "progress_pct": current.progress_pct if current else None,
            "timestamp": offset_form(current.created_at if current else scan.updated_at),
        },
        "stages": [
            {
                "stage": name,
                "label": LABELS[name],
                "status": row.status if (row := rows.get(name)) else "pending",
                "attempt": 1 if row else 0,
                "error": row.error if row else None,
                "timestamp": offset_form(row.moment) if row else None,
            }
            for name in STAGES
        ],
        "activity": [
            {
                "key": row.id,
                "event_type": row.event_type,
                "tone": _TONES.get(row.status, "neutral"),
                "status": row.status,
                "stage": row.stage,
                "task_key": row.task_key,
                "title": row.title,
                "detail": row.detail,
                "progress_pct": row.progress_pct,
                "timestamp": offset_form(row.created_at),
            }
            for row in activity
        ],
        "agent_calls": [
            {
                "id": row.id,
                "stage": row.stage,
                "tool_name": row.tool_name,
                "label": _TOOL_LABELS.get(row.tool_name, "Tool call"),
                "duration_ms": row.duration_ms,
                "error": row.error,
                "tone": "error" if row.error else "active",
                "created_at": offset_form(row.created_at),
            }
            for row in calls
        ],
        **extra,
    }


async def _scan(request: Request) -> Response:
    return messages.success(messages.model(owned_scan(request)))


async def _live(request: Request) -> Response:
    return messages.success(await live_answer(database_of(request), owned_scan(request)))


async def _stream(request: Request) -> Response:
    scan, state = owned_scan(request), request.app.state
    return ProgressStream(database_of(request), state.broadcaster, scan.id, state.keepalive_s)


async def _findings(request: Request) -> Response:
    """List findings, filtered by one exact severity or status, in the order of 4.4."""
    messages.path_uuid(request)  # a bad id is reported before a bad query
    page = max(messages.query_u32(request, "page", 1), 1)
    per_page = min(messages.query_u32(request, "per_page", PER_PAGE_DEFAULT), PER_PAGE_MAX)
    severity, status = (
        messages.query_text(request, "severity"),
        messages.query_text(request, "status"),
    )
    scan = owned_scan(request)
    messages.refuse_nul(severity, status)
    found, total = database_of(request).findings_page(
        scan.id, severity=severity, status=status, limit=per_page, offset=(page - 1) * per_page
    )
    return messages.success(
        {
            "items": messages.models(found),
            "total": total,
            "page": page,
            "per_page": per_page,
            "total_pages": total_pages(total, per_page),
        }
    )


def total_pages(total: int, per_page: int) -> int:
    """Return the number of pages, at least 1; with `per_page=0` the server's odd number."""
    if total == 0:
        return 1
    return -(-total // per_page) if per_page else _PAGES_OF_NOTHING


async def _patches(request: Request) -> Response:
    """List the patches that the report stage made, newest first."""
    return messages.success(
        messages.models(database_of(request).patches_of_scan(owned_scan(request).id))
    )


async def _threat_model(request: Request) -> Response:
    scan = owned_scan(request)
    threat_model = database_of(request).newest_threat_model(scan.id)
    if threat_model is None:
        raise messages.Refused(404, f"No threat model for scan '{scan.id}'")
    return messages.success(messages.model(threat_model))


async def _cancel(request: Request) -> Response:
    scan = owned_scan(request)
    if not scan.is_live:
        raise messages.Refused(409, f"Scan is {scan.status} already")
    broadcaster: Broadcaster = request.app.state.broadcaster
    worker: ScanWorker = request.app.state.worker
    cancel_scan(database_of(request), broadcaster, worker, scan.id)
    return messages.success({"id": scan.id, "status": "cancelled"})


async def _finding(request: Request) -> Response:
    return messages.success(messages.model(owned_finding(request)))


async def _events(request: Request) -> Response:
    """Return the audit trail, oldest first."""
    return messages.success(
        messages.models(database_of(request).finding_events(owned_finding(request).id))
    )


async def set_status(request: Request) -> Response:
    """Set the status of a finding; setting the same one again is logged again."""
    messages.path_uuid(request)
    text = messages.required_text(await messages.json_body(request), "status")
    status = _one_of(FINDING_STATUSES, text, "status")
    finding = owned_finding(request)
    _change(request, finding.id, "status", finding.status, status)
    return messages.success({"id": finding.id, "old_status": finding.status, "status": status})


async def _set_severity(request: Request) -> Response:
    messages.path_uuid(request)
    text = messages.required_text(await messages.json_body(request), "severity")
    severity = _one_of(SEVERITIES, text, "severity")
    finding = owned_finding(request)
    event = _change(request, finding.id, "severity", finding.severity, severity)
    return messages.success(
        {
            "finding_id": finding.id,
            "old_severity": finding.severity,
            "new_severity": severity,
            "event": messages.model(event),
        }
    )


def _one_of(allowed: tuple[str, ...], text: str, name: str) -> str:
    value = text.strip().lower()
    if value not in allowed:
        raise messages.Refused(400, f"Unknown {name}; allowed: {', '.join(allowed)}")
    return value


def _change(
    request: Request, finding_id: FindingId, column: str, old: str, new: str
) -> FindingEventRow:
    database = database_of(request)
    with database.transaction():
        database.update_finding(finding_id, **{column: new})
        return database.add_finding_event(
            finding_id,
            messages.signed_in_user(request).id,
            f"{column}_change",
            old_value=old,
            new_value=new,
        )


async def _comment(request: Request) -> Response:
    """Add a comment unchanged, even an empty one."""
    messages.path_uuid(request)
    text = messages.required_text(await messages.json_body(request), "comment")
    finding, user = owned_finding(request), messages.signed_in_user(request)
    messages.refuse_nul(text)
    event = database_of(request).add_finding_event(finding.id, user.id, "comment", comment=text)
    return messages.success(messages.model(event), 201)


async def _apply_patch(request: Request) -> Response:
    """Record that the newest patch was applied; nothing is written to any file."""
    finding, user, database = (
        owned_finding(request),
        messages.signed_in_user(request),
        database_of(request),
    )
    with database.transaction():
        patch = database.newest_patch(finding.id)
        if patch is None:
            raise messages.Refused(404, "This finding has no patch")
        if patch.applied:
            raise messages.Refused(409, "This patch is applied already")
        database.update(PatchRow, patch.id, applied=True)
        event = database.add_finding_event(finding.id, user.id, "patch_applied", new_value=patch.id)
    return messages.success(
        {
            "finding_id": finding.id,
            "patch_id": patch.id,
            "applied_by": user.id,
            "event": messages.model(event),
        }
    )


def _prepared(action: str, event_type: str, comment: str) -> messages.Handler:
    """Return a handler that returns the prepared response to an action, and notes it in the audit.

    The finding itself does not change.
    """

    async def answer_action(request: Request) -> Response:
        finding, database = owned_finding(request), database_of(request)
        answer = database.answer(finding.id, action)
        if answer is None:
            raise messages.Refused(503, NO_AI)
        user_id = messages.signed_in_user(request).id
        database.add_finding_event(
            finding.id, user_id, event_type, comment=comment, metadata=answer.body_json
        )
        return messages.success(answer.body_json)

    return answer_action


def _refusing(owned: Callable[[Request], Row], message: str) -> messages.Handler:
    """Return a handler that refuses an action on a row that exists."""

    async def refuse(request: Request) -> Response:
        owned(request)
        raise messages.Refused(400, message)

    return refuse


SCAN_ROUTES = (
    messages.exact_route("GET", "/api/scans/{id}", _scan),
    messages.exact_route("GET", "/api/scans/{id}/live", _live),
    messages.exact_route("GET", "/api/scans/{id}/progress/stream", _stream),
    messages.exact_route("GET", "/api/scans/{id}/findings", _findings),
    messages.exact_route("GET", "/api/scans/{id}/patches", _patches),
    messages.exact_route("GET", "/api/scans/{id}/threat-model", _threat_model),
    messages.exact_route("POST", "/api/scans/{id}/cancel", _cancel),
    messages.exact_route(
        "POST", "/api/scans/{id}/findings/create-all-issues", _refusing(owned_scan, NO_TRACKER)
    ),
    messages.exact_route("GET", "/api/findings/{id}", _finding),
    messages.exact_route("GET", "/api/findings/{id}/events", _events),
    messages.exact_route("PATCH", "/api/findings/{id}/status", set_status),
    messages.exact_route("PATCH", "/api/findings/{id}/severity", _set_severity),
    messages.exact_route("POST", "/api/findings/{id}/comment", _comment),
    messages.exact_route("POST", "/api/findings/{id}/apply-patch", _apply_patch),
    messages.exact_route(
        "POST",
        "/api/findings/{id}/explain",
        _prepared("explain", "ai_explanation", "AI explanation generated."),
    ),
    messages.exact_route(
        "POST",
        "/api/findings/{id}/verify",
        _prepared("verify", "ai_verification", "AI verification generated."),
    ),
    messages.exact_route("POST", "/api/findings/{id}/issue", _refusing(owned_finding, NO_TRACKER)),
    messages.exact_route(
        "POST", "/api/findings/{id}/remediate", _refusing(owned_finding, NO_CODE_HOST)
    ),
)
