"""One scan: its row, its snapshot, its stream, its findings and patches, and how to cancel it.

Source: heimdall-api.md §3, 4.2-4.4, 4.7-4.9, 4.11.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local.auth import owned_finding, owned_scan
from heimdall_desktop.local.broadcaster import Broadcaster, ProgressStream
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused, model, models, success
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.journal import LABELS
from heimdall_desktop.local.reading import (
    json_body,
    json_or_form_body,
    path_uuid,
    query_text,
    query_u32,
    refuse_nul,
    required_text,
    signed_in_user,
)
from heimdall_desktop.local.rows import (
    FINDING_STATUSES,
    SEVERITIES,
    STAGES,
    ActivityRow,
    AgentCallRow,
    FindingEventRow,
    FindingId,
    ScanRow,
    StageRow,
    offset_form,
)
from heimdall_desktop.local.sarif import sarif_answer
from heimdall_desktop.local.worker import ScanWorker, cancel_scan

# The data of `/live`, computed for each request, statement by statement.
#
# Over the wire it is no snapshot: changes between two statements are only in the later parts.
#
# Source: heimdall-api.md §4.3. `files` is our addition: how far the files of a local folder were
# scanned.


ACTIVITY_LIMIT = 80
AGENT_CALL_LIMIT = 12
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
    """Return the data of `/live`, read in the order of §4.3: scans change between statements."""
    counts = {"total": database.count(scan.id)}
    for severity in SEVERITIES:
        await asyncio.sleep(0)
        counts[severity] = database.count(scan.id, severity)
    await asyncio.sleep(0)
    stages = database.latest_stages(scan.id)
    await asyncio.sleep(0)
    activity = database.newest_activity(scan.id, ACTIVITY_LIMIT)
    running = database.newest_running_activity(scan.id)
    await asyncio.sleep(0)
    calls = database.newest_agent_calls(scan.id, AGENT_CALL_LIMIT)
    extra: dict[str, object] = {}
    if seen := database.files_seen(scan.id):
        extra["files"] = {"unlooked": seen.unlooked, "not_taken": seen.not_taken}
    return {
        "scan": _head(scan),
        "counts": counts,
        "current_task": _current_task(running or next(iter(activity), None), scan),
        "stages": [_stage(name, stages.get(name)) for name in STAGES],
        "activity": [_activity(row) for row in activity],
        "agent_calls": [_agent_call(row) for row in calls],
        **extra,
    }


def _head(scan: ScanRow) -> dict[str, object]:
    return {
        "id": scan.id,
        "status": scan.status,
        "status_label": scan.status.replace("_", " ").title(),
        "is_live": scan.is_live,
        "updated_at": offset_form(scan.updated_at),
        "error_message": scan.error_message,
    }


def _current_task(row: ActivityRow | None, scan: ScanRow) -> dict[str, object]:
    """Return the newest running line, else the newest line, else that there is none."""
    if row is None:
        return {
            "stage": None,
            "title": "Waiting for the first activity",
            "detail": None,
            "progress_pct": None,
            "timestamp": offset_form(scan.updated_at),
        }
    return {
        "stage": row.stage,
        "title": row.title,
        "detail": row.detail,
        "progress_pct": row.progress_pct,
        "timestamp": offset_form(row.created_at),
    }


def _stage(name: str, row: StageRow | None) -> dict[str, object]:
    return {
        "stage": name,
        "label": LABELS[name],
        "status": row.status if row else "pending",
        "attempt": 1 if row else 0,
        "error": row.error if row else None,
        "timestamp": offset_form(row.moment) if row else None,
    }


def _activity(row: ActivityRow) -> dict[str, object]:
    return {
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


def _agent_call(row: AgentCallRow) -> dict[str, object]:
    return {
        "id": row.id,
        "stage": row.stage,
        "tool_name": row.tool_name,
        "label": _TOOL_LABELS.get(row.tool_name, "Tool call"),
        "duration_ms": row.duration_ms,
        "error": row.error,
        "tone": "error" if row.error else "active",
        "created_at": offset_form(row.created_at),
    }


PER_PAGE_DEFAULT = 25
PER_PAGE_MAX = 100
_PAGES_OF_NOTHING = 4_294_967_295  # result of upstream's division by zero, which saturates


class ScanRoutes:
    """The endpoints under `/api/scans/`."""

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        worker: ScanWorker,
        keepalive_s: float,
    ) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._worker = worker
        self._keepalive_s = keepalive_s

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("GET", "/api/scans/{id}", self.scan),
            exact_route("GET", "/api/scans/{id}/live", self.live),
            exact_route("GET", "/api/scans/{id}/progress/stream", self.stream),
            exact_route("GET", "/api/scans/{id}/findings", self.findings),
            exact_route("GET", "/api/scans/{id}/patches", self.patches),
            exact_route("GET", "/api/scans/{id}/threat-model", self.threat_model),
            exact_route("GET", "/api/scans/{id}/sarif", self.sarif),
            exact_route("POST", "/api/scans/{id}/cancel", self.cancel),
        ]

    async def scan(self, request: Request) -> Response:
        """Return the scan's row."""
        return success(model(owned_scan(self._database, request)))

    async def live(self, request: Request) -> Response:
        """Return the snapshot that clients poll."""
        scan = owned_scan(self._database, request)
        return success(await live_answer(self._database, scan))

    async def stream(self, request: Request) -> Response:
        """Stream the scan's progress."""
        scan = owned_scan(self._database, request)
        return ProgressStream(self._database, self._broadcaster, scan.id, self._keepalive_s)

    async def findings(self, request: Request) -> Response:
        """List findings, filtered by one exact severity or status, in the order of §4.4."""
        path_uuid(request)  # a bad id is reported before a bad query
        page = max(query_u32(request, "page", 1), 1)
        per_page = min(query_u32(request, "per_page", PER_PAGE_DEFAULT), PER_PAGE_MAX)
        severity, status = query_text(request, "severity"), query_text(request, "status")
        scan = owned_scan(self._database, request)
        refuse_nul(severity, status)
        rows, total = self._database.findings_page(
            scan.id,
            severity=severity,
            status=status,
            limit=per_page,
            offset=(page - 1) * per_page,
        )
        return success(
            {
                "items": models(rows),
                "total": total,
                "page": page,
                "per_page": per_page,
                "total_pages": total_pages(total, per_page),
            }
        )

    async def patches(self, request: Request) -> Response:
        """List the patches that the report stage made, newest first."""
        scan = owned_scan(self._database, request)
        return success(models(self._database.patches_of_scan(scan.id)))

    async def sarif(self, request: Request) -> Response:
        """Return the findings that still count as a SARIF file."""
        scan = owned_scan(self._database, request)
        repo = self._database.repo(scan.repo_id)
        if repo is None:
            raise Refused(404, f"Scan '{scan.id}' not found")
        return sarif_answer(scan, repo, self._database.findings_of(scan.id))

    async def threat_model(self, request: Request) -> Response:
        """Return the threat model once Tyr has stored it."""
        scan = owned_scan(self._database, request)
        threat_model = self._database.newest_threat_model(scan.id)
        if threat_model is None:
            raise Refused(404, f"No threat model for scan '{scan.id}'")
        return success(model(threat_model))

    async def cancel(self, request: Request) -> Response:
        """Cancel a scan that waits or runs."""
        scan = owned_scan(self._database, request)
        if not scan.is_live:
            raise Refused(409, f"Scan is {scan.status} already")
        cancel_scan(self._database, self._broadcaster, self._worker, scan.id)
        return success({"id": scan.id, "status": "cancelled"})


def total_pages(total: int, per_page: int) -> int:
    """Return the number of pages, at least 1; with `per_page=0` the server's odd number."""
    if total == 0:
        return 1
    return -(-total // per_page) if per_page else _PAGES_OF_NOTHING


# One finding: its row, its audit trail, and what a person may change.
#
# Source: heimdall-api.md §4.5 and 4.6. What needs an AI model or a code host is `provider_routes`.


class FindingRoutes:
    """The endpoints under `/api/findings/`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("GET", "/api/findings/{id}", self.finding),
            exact_route("GET", "/api/findings/{id}/events", self.events),
            exact_route("PATCH", "/api/findings/{id}/status", self.set_status),
            exact_route("PATCH", "/api/findings/{id}/severity", self.set_severity),
            exact_route("POST", "/api/findings/{id}/comment", self.comment),
            exact_route("POST", "/api/findings/{id}/apply-patch", self.apply_patch),
        ]

    async def finding(self, request: Request) -> Response:
        """Return the finding's row."""
        return success(model(owned_finding(self._database, request)))

    async def events(self, request: Request) -> Response:
        """Return the audit trail, oldest first."""
        finding = owned_finding(self._database, request)
        return success(models(self._database.finding_events(finding.id)))

    async def set_status(self, request: Request) -> Response:
        """Set the status; setting the same one again is logged again."""
        path_uuid(request)
        text = required_text(await json_or_form_body(request), "status")
        status = _one_of(FINDING_STATUSES, text, "status")
        finding = owned_finding(self._database, request)
        self._change(request, finding.id, "status", finding.status, status)
        return success({"id": finding.id, "old_status": finding.status, "status": status})

    async def set_severity(self, request: Request) -> Response:
        """Set the severity to one of the four."""
        path_uuid(request)
        text = required_text(await json_body(request), "severity")
        severity = _one_of(SEVERITIES, text, "severity")
        finding = owned_finding(self._database, request)
        event = self._change(request, finding.id, "severity", finding.severity, severity)
        return success(
            {
                "finding_id": finding.id,
                "old_severity": finding.severity,
                "new_severity": severity,
                "event": model(event),
            }
        )

    def _change(
        self, request: Request, finding_id: FindingId, column: str, old: str, new: str
    ) -> FindingEventRow:
        """Change a column of a finding, and return the entry of its audit trail."""
        user = signed_in_user(request)
        with self._database.transaction():
            self._database.update_finding(finding_id, **{column: new})
            return self._database.add_finding_event(
                finding_id, user.id, f"{column}_change", old_value=old, new_value=new
            )

    async def comment(self, request: Request) -> Response:
        """Add a comment unchanged, even an empty one."""
        path_uuid(request)
        text = required_text(await json_body(request), "comment")
        finding = owned_finding(self._database, request)
        user = signed_in_user(request)
        refuse_nul(text)
        event = self._database.add_finding_event(finding.id, user.id, "comment", comment=text)
        return success(model(event), 201)

    async def apply_patch(self, request: Request) -> Response:
        """Record that the newest patch was applied; nothing is written to any file."""
        finding = owned_finding(self._database, request)
        user = signed_in_user(request)
        with self._database.transaction():
            patch = self._database.newest_patch(finding.id)
            if patch is None:
                raise Refused(404, "This finding has no patch")
            if patch.applied:
                raise Refused(409, "This patch is applied already")
            self._database.set_patch_applied(patch.id)
            event = self._database.add_finding_event(
                finding.id, user.id, "patch_applied", new_value=patch.id
            )
        return success(
            {
                "finding_id": finding.id,
                "patch_id": patch.id,
                "applied_by": user.id,
                "event": model(event),
            }
        )


def _one_of(allowed: tuple[str, ...], text: str, name: str) -> str:
    value = text.strip().lower()
    if value not in allowed:
        raise Refused(400, f"Unknown {name}; allowed: {', '.join(allowed)}")
    return value
