"""What `/live` tells of a scan, worked out for each request, statement by statement.

Over the wire it is no snapshot: whatever happens between two statements is in the later parts only.

Source: heimdall-api.md §4.3. `files` is an addition of ours: how far the files of a local folder
were looked at.
"""

import asyncio

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.journal import LABELS
from heimdall_desktop.local.moments import offset_form
from heimdall_desktop.local.rows import (
    SEVERITIES,
    STAGES,
    ActivityRow,
    AgentCallRow,
    ScanRow,
    StageRow,
)

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
    """Return the data of `/live`, read in the order of §4.3: scans move between its statements."""
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
    """Describe the newest running line, else the newest line, else that there is none."""
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
