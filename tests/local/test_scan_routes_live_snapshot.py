"""The snapshot of `/live`. Source: heimdall-api.md §4.3."""

import asyncio

import httpx
import pytest

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.local.scan_routes import live_answer
from tests.fakes.scans import a_new_finding, queue_scan
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer


def live(client: httpx.Client, scan: ScriptedScan) -> dict[str, dict[str, object]]:
    data = client.get(f"/api/scans/{scan.id}/live").json()["data"]
    assert isinstance(data, dict)
    return data


def rows(data: object) -> list[dict[str, object]]:
    assert isinstance(data, list)
    return data


def test_a_queued_scan(client: httpx.Client, scan: ScriptedScan) -> None:
    data = live(client, scan)
    assert list(data) == ["scan", "counts", "current_task", "stages", "activity", "agent_calls"]
    assert data["scan"].pop("updated_at")
    assert data["scan"] == {
        "id": scan.id,
        "status": "queued",
        "status_label": "Queued",
        "is_live": True,
        "error_message": None,
    }
    assert data["counts"] == {"total": 0, "critical": 0, "high": 0, "medium": 0, "low": 0}
    assert data["current_task"]["stage"] is None
    stages = rows(data["stages"])
    assert [stage["stage"] for stage in stages] == list(STAGES)
    assert all(
        (stage["status"], stage["attempt"], stage["error"], stage["timestamp"])
        == ("pending", 0, None, None)
        for stage in stages
    )


def test_a_running_scan(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("vidarr").add_findings(2, "critical").add_findings(1, "Severe")
    data = live(client, scan)
    assert data["scan"]["status_label"] == "Verifying"
    assert str(data["scan"]["updated_at"]).endswith("+00:00")
    assert data["counts"] == {"total": 3, "critical": 2, "high": 0, "medium": 0, "low": 0}
    stages = {stage["stage"]: stage for stage in rows(data["stages"])}
    assert stages["vidarr"]["label"] == "Víðarr"
    assert [stages[name]["status"] for name in ("hunt", "vidarr", "garmr")] == [
        "completed",
        "running",
        "pending",
    ]
    assert stages["vidarr"]["attempt"] == 1
    assert str(stages["vidarr"]["timestamp"]).endswith("+00:00")


async def test_what_happens_meanwhile_is_in_the_later_parts_only(database: Database) -> None:
    scan = queue_scan(database)

    async def move() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
            database.add_findings(scan.id, scan.repo_id, [a_new_finding(severity="low")])
        database.add_stage(scan.id, "ingest")

    told, _ = await asyncio.gather(live_answer(database, scan), move())
    counts, head, stages = told["counts"], told["scan"], told["stages"]
    assert isinstance(counts, dict)
    assert (counts["total"], counts["low"]) == (0, 3)
    assert isinstance(head, dict)
    assert head["status"] == "queued"
    assert isinstance(stages, list)
    assert stages[0]["status"] == "pending"
    assert stages[0]["attempt"] == 1
    assert (await live_answer(database, scan))["counts"] == counts | {"total": 3}


def test_counts_hold_every_status(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.add_findings(1, "high").change_finding(scan.finding_ids[0], status="false_positive")
    assert live(client, scan)["counts"]["total"] == 1


def test_a_failed_and_retried_scan(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").fail("no model")
    failed = live(client, scan)
    assert failed["scan"]["is_live"] is False
    assert failed["scan"]["error_message"] == "no model"
    assert rows(failed["stages"])[5]["error"] == "no model"
    scan.start_stage("ingest")
    again = live(client, scan)
    assert again["scan"]["error_message"] is None
    assert [stage["status"] for stage in rows(again["stages"])][:6] == [
        "running",
        "completed",
        "completed",
        "completed",
        "completed",
        "failed",
    ]
    assert {stage["attempt"] for stage in rows(again["stages"])} == {0, 1}
    starts = [row for row in rows(again["activity"]) if row["task_key"] == "scan-start"]
    assert len(starts) == 2


def test_activity_is_the_newest_80_and_merges_by_key(
    client: httpx.Client, scan: ScriptedScan
) -> None:
    for number in range(85):
        scan.activity(f"Task {number}", "completed", task_key=f"t{number}")
    activity = rows(live(client, scan)["activity"])
    assert [row["title"] for row in activity] == [f"Task {n}" for n in range(84, 4, -1)]
    assert len({row["key"] for row in activity}) == 80


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ("completed", "success"),
        ("failed", "error"),
        ("running", "active"),
        ("skipped", "neutral"),
        ("warning", "neutral"),
    ],
)
def test_tones(client: httpx.Client, scan: ScriptedScan, status: str, tone: str) -> None:
    scan.activity("Task", status)
    assert rows(live(client, scan)["activity"])[0]["tone"] == tone


def test_current_task_is_the_newest_that_says_running_though_it_ended(
    client: httpx.Client, scan: ScriptedScan
) -> None:
    scan.activity("Other", "completed")
    assert live(client, scan)["current_task"]["title"] == "Other"
    scan.activity("Reading", "running", progress_pct=None, detail="src")
    scan.activity("Reading", "completed", progress_pct=100)
    task = live(client, scan)["current_task"]
    assert task.keys() == {"stage", "title", "detail", "progress_pct", "timestamp"}
    assert (task["title"], task["detail"], task["progress_pct"]) == ("Reading", "src", None)


def test_agent_calls_are_the_newest_twelve(
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    for number in range(13):
        server.database.add_agent_call(
            scan.id, stage="hunt", tool_name="read_file", duration_ms=number
        )
    server.database.add_agent_call(scan.id, stage="hunt", tool_name="new_tool", error="refused")
    calls = rows(live(client, scan)["agent_calls"])
    assert len(calls) == 12
    assert (calls[0]["label"], calls[0]["tone"], calls[0]["duration_ms"]) == (
        "Tool call",
        "error",
        None,
    )
    assert (calls[1]["label"], calls[1]["tone"], calls[1]["duration_ms"]) == (
        "Read file",
        "active",
        12,
    )
