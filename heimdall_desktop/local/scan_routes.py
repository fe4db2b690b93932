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

from heimdall_desktop.local import messages, rows
from heimdall_desktop.local.auth import database_of, owned_finding, owned_scan
from heimdall_desktop.local.broadcaster import Broadcaster, ProgressStream
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.pipeline import LABELS
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


async def live_answer(database: Database, scan: rows.ScanRow) -> dict[str, object]:
    """Return the data of `/live`, read in the order of 4.3: scans change between statements.

    `files` is our addition: how far the files of a local folder were scanned.
    """
    counts = {"total": database.count(scan.id)}
    for severity in rows.SEVERITIES:
        await asyncio.sleep(0)
        counts[severity] = database.count(scan.id, severity)
    await asyncio.sleep(0)
    stages = database.latest_stages(scan.id)
    await asyncio.sleep(0)
    activity = database.newest_activity(scan.id, ACTIVITY_LIMIT)
    running = database.newest_activity(scan.id, 1, "running")
    await asyncio.sleep(0)
    calls = database.newest_agent_calls(scan.id, AGENT_CALL_LIMIT)
    extra: dict[str, object] = {}
    if seen := database.files_seen(scan.id):
        extra["files"] = {"unlooked": seen.not_scanned, "not_taken": seen.not_taken}
    current = next(iter(running or activity), None)  # its task may have ended since
    return {
        "scan": {
            "id": scan.id,
            "status": scan.status,
            "status_label": scan.status.replace("_", " ").title(),
            "is_live": scan.is_live,
            "updated_at": rows.moment_form(scan.updated_at),
            "error_message": scan.error_message,
        },
        "counts": counts,
        "current_task": {
            "stage": current.stage if current else None,
            "title": current.title if current else "Waiting for the first activity",
            "detail": current.detail if current else None,
            "progress_pct": current.progress_pct if current else None,
            "timestamp": rows.moment_form(current.created_at if current else scan.updated_at),
        },
        "stages": [
            {
                "stage": name,
                "label": LABELS[name],
                "status": row.status if (row := stages.get(name)) else "pending",
                "attempt": 1 if row else 0,
                "error": row.error if row else None,
                "timestamp": rows.moment_form(row.moment) if row else None,
            }
            for name in rows.STAGES
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
                "timestamp": rows.moment_form(row.created_at),
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
                "created_at": rows.moment_form(row.created_at),
            }
            for row in calls
        ],
        **extra,
    }


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
    severity = messages.query_text(request, "severity")
    status = messages.query_text(request, "status")
    scan = owned_scan(request)
    messages.refuse_nul(severity, status)
    found, total = database_of(request).findings_page(
        scan.id, severity=severity, status=status, limit=per_page, offset=(page - 1) * per_page
    )
    pages = -(-total // per_page) if per_page else _PAGES_OF_NOTHING
    return messages.success(
        {
            "items": list(map(messages.model, found)),
            "total": total,
            "page": page,
            "per_page": per_page,
            "total_pages": pages if total else 1,
        }
    )


def _patches(request: Request) -> list[rows.PatchRow]:
    """Read the patches that the report stage made, newest first."""
    return database_of(request).patches_of_scan(owned_scan(request).id)


def _threat_model(request: Request) -> rows.ThreatModelRow:
    scan = owned_scan(request)
    threat_model = database_of(request).newest_threat_model(scan.id)
    if threat_model is None:
        raise messages.Refused(404, f"No threat model for scan '{scan.id}'")
    return threat_model


async def _cancel(request: Request) -> Response:
    scan = owned_scan(request)
    if not scan.is_live:
        raise messages.Refused(409, f"Scan is {scan.status} already")
    broadcaster: Broadcaster = request.app.state.broadcaster
    worker: ScanWorker = request.app.state.worker
    cancel_scan(database_of(request), broadcaster, worker, scan.id)
    return messages.success({"id": scan.id, "status": "cancelled"})


def _events(request: Request) -> list[rows.FindingEventRow]:
    """Read the audit trail, oldest first."""
    return database_of(request).finding_events(owned_finding(request).id)


async def set_status(request: Request) -> Response:
    finding, status, _ = await _set_column(request, "status", rows.FINDING_STATUSES)
    return messages.success({"id": finding.id, "old_status": finding.status, "status": status})


async def _set_severity(request: Request) -> Response:
    finding, severity, event = await _set_column(request, "severity", rows.SEVERITIES)
    return messages.success(
        {
            "finding_id": finding.id,
            "old_severity": finding.severity,
            "new_severity": severity,
            "event": messages.model(event),
        }
    )


async def _set_column(
    request: Request, column: str, allowed: tuple[str, ...]
) -> tuple[rows.FindingRow, str, rows.FindingEventRow]:
    """Set a column of a finding to an allowed word; setting the same one again is logged again.

    Returns:
        The finding as it was, the word, and the entry of the audit.
    """
    messages.path_uuid(request)
    text = messages.required_text(await messages.json_body(request), column)
    word = text.strip().lower()
    if word not in allowed:
        raise messages.Refused(400, f"Unknown {column}; allowed: {', '.join(allowed)}")
    finding, database = owned_finding(request), database_of(request)
    with database.transaction():
        database.update_finding(finding.id, **{column: word})
        event = database.add_finding_event(
            finding.id,
            messages.signed_in_user(request).id,
            f"{column}_change",
            old_value=str(getattr(finding, column)),
            new_value=word,
        )
    return finding, word, event


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
    finding = owned_finding(request)
    user = messages.signed_in_user(request)
    database = database_of(request)
    with database.transaction():
        patch = database.newest_patch(finding.id)
        if patch is None:
            raise messages.Refused(404, "This finding has no patch")
        if patch.applied:
            raise messages.Refused(409, "This patch is applied already")
        database.update(rows.PatchRow, patch.id, applied=True)
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


def _refusing(owned: Callable[[Request], rows.Row], message: str) -> messages.Handler:
    """Return a handler that refuses an action on a row that exists."""

    async def refuse(request: Request) -> Response:
        owned(request)
        raise messages.Refused(400, message)

    return refuse


SCAN_ROUTES = (
    messages.exact_route("GET", "/api/scans/{id}", messages.showing(owned_scan)),
    messages.exact_route("GET", "/api/scans/{id}/live", _live),
    messages.exact_route("GET", "/api/scans/{id}/progress/stream", _stream),
    messages.exact_route("GET", "/api/scans/{id}/findings", _findings),
    messages.exact_route("GET", "/api/scans/{id}/patches", messages.showing(_patches)),
    messages.exact_route("GET", "/api/scans/{id}/threat-model", messages.showing(_threat_model)),
    messages.exact_route("POST", "/api/scans/{id}/cancel", _cancel),
    messages.exact_route(
        "POST", "/api/scans/{id}/findings/create-all-issues", _refusing(owned_scan, NO_TRACKER)
    ),
    messages.exact_route("GET", "/api/findings/{id}", messages.showing(owned_finding)),
    messages.exact_route("GET", "/api/findings/{id}/events", messages.showing(_events)),
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
