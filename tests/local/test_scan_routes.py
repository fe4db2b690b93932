"""Scans over the wire: rows, lists, cancel, the snapshot of `/live`. Source: protocol.md 4."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import STAGES, FindingId, ScanId
from heimdall_desktop.local.scan_routes import live_answer
from heimdall_desktop.local.steps import AgentCall
from tests.fakes.scans import a_new_finding, queue_scan, scan_row
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, Lab, assert_envelope, assert_text


def read(client: httpx.Client, path: str) -> Any:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200
    return answer.json()["data"]


def findings(client: httpx.Client, scan_id: ScanId, query: str = "") -> Any:
    return read(client, f"scans/{scan_id}/findings{query}")


def test_a_scan_has_no_counters_until_report(client: httpx.Client, scan: ScriptedScan) -> None:
    def counted() -> tuple[str, int, int]:
        row = read(client, f"scans/{scan.id}")
        assert (row["started_at"] is None) == (row["status"] == "queued")
        assert (row["completed_at"] is None) == (row["status"] != "completed")
        return row["status"], row["finding_count"], row["critical_count"]

    assert counted() == ("queued", 0, 0)
    scan.run_until("vidarr").add_findings(3, "critical")
    assert counted() == ("verifying", 0, 0)
    scan.complete()
    assert counted() == ("completed", 3, 3)


def test_per_page_is_capped_and_pages_are_counted(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.add_findings(230, "high")
    page = findings(client, scan.id)
    assert {key: page[key] for key in page if key != "items"} == {
        "total": 230,
        "page": 1,
        "per_page": 25,
        "total_pages": 10,
    }
    page = findings(client, scan.id, "?per_page=500&page=3&sort=title&colour=red")
    assert (page["per_page"], page["page"], page["total_pages"]) == (100, 3, 3)
    assert len(page["items"]) == 30


def test_odd_pages(client: httpx.Client, scan: ScriptedScan) -> None:
    assert findings(client, scan.id, "?per_page=0")["total_pages"] == 1
    scan.add_findings(2)
    assert findings(client, scan.id, "?page=0")["page"] == 1
    nothing = findings(client, scan.id, "?per_page=0")
    assert (nothing["items"], nothing["per_page"]) == ([], 0)
    assert nothing["total_pages"] == 4_294_967_295
    past = findings(client, scan.id, "?page=4294967295&per_page=4294967295")
    assert (past["items"], past["total"]) == ([], 2)
    assert past["page"] == 4_294_967_295
    assert findings(client, scan.id, "?per_page=%2B1")["per_page"] == 1


def test_all_pages_together_hold_every_finding_once(lab: Lab) -> None:
    lab.scan.add_findings(150, "critical").add_findings(150, "low").add_findings(1, "Severe")
    seen = []
    for page in range(1, 5):
        seen += [
            row["id"]
            for row in findings(lab.client, lab.scan.id, f"?per_page=100&page={page}")["items"]
        ]
    assert len(seen) == 301
    assert set(seen) == set(lab.scan.finding_ids)
    assert seen[-1] == lab.scan.finding_ids[-1]


def test_filters_take_one_exact_value(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.add_findings(2, "critical").add_findings(3, "low", status="dismissed")
    for query, total in {
        "severity=critical": 2,
        "severity=low&status=dismissed": 3,
        "severity=low&status=open": 0,
        "severity=Critical": 0,
        "severity=critical,low": 0,
        "severity=": 0,
        "status=": 0,
        "status=unheard": 0,
    }.items():
        page = findings(client, scan.id, f"?{query}")
        assert (page["total"], len(page["items"])) == (total, total), query


def test_order_over_the_wire(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.add_findings(2, "low").add_findings(1, "critical", status="false_positive")
    scan.add_findings(1, "critical").add_findings(1, "low", status="confirmed")
    scan.add_findings(1, "high")
    order = [
        (row["status"], row["severity"], row["title"]) for row in findings(client, scan.id)["items"]
    ]
    assert order == [
        ("open", "critical", "Finding 4"),
        ("open", "high", "Finding 6"),
        ("open", "low", "Finding 2"),
        ("open", "low", "Finding 1"),
        ("confirmed", "low", "Finding 5"),
        ("false_positive", "critical", "Finding 3"),
    ]


def test_a_threat_model_is_there_once_tyr_has_stored_it(lab: Lab) -> None:
    path = f"/api/scans/{lab.scan.id}/threat-model"
    assert_envelope(lab.client.get(path), 404)
    row = scan_row(lab.server.database, lab.scan.id)
    surface = {"name": "Search", "endpoint": None, "line": 3}
    model_id = lab.server.database.add_threat_model(
        row, summary="A shop.", boundaries=(), surfaces=(surface,), data_flows=()
    )
    reported = lab.client.get(path).json()["data"]
    assert str(reported.pop("created_at")).endswith("Z")
    assert str(reported.pop("updated_at")).endswith("Z")
    assert reported == {
        "id": model_id,
        "scan_id": lab.scan.id,
        "repo_id": lab.scan.repo_id,
        "summary": "A shop.",
        "boundaries_json": [],
        "surfaces_json": [surface],
        "data_flows_json": [],
        "model_version": 1,
        "edited_by": None,
    }
    lab.client.delete(f"/api/repos/{lab.scan.repo_id}").raise_for_status()
    assert_envelope(lab.client.get(path), 404)
    assert lab.server.database.newest_threat_model(lab.scan.id) is None


def test_cancel_a_running_scan(lab: Lab) -> None:
    lab.scan.run_until("tyr")
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        answer = lab.client.post(f"/api/scans/{lab.scan.id}/cancel")
        assert answer.json()["data"] == {"id": lab.scan.id, "status": "cancelled"}
        events = stream.rest_of_events()
    assert [name for name, _ in events] == ["status_change", "error"]
    row = lab.client.get(f"/api/scans/{lab.scan.id}").json()["data"]
    assert row["error_message"] == events[1][1]["error"]
    assert row["completed_at"] is None


def test_after_a_cancel_the_channel_lingers_two_seconds(lab: Lab) -> None:
    lab.scan.run_until("tyr")
    with lab.open_stream(lab.scan.id) as early:
        early.initial_state()
        lab.client.post(f"/api/scans/{lab.scan.id}/cancel")
        with lab.open_stream(lab.scan.id) as late:
            assert late.initial_state()[-1][0] == "scan_complete"
            assert late.rest() == []


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
def test_an_ended_scan_cannot_be_cancelled(lab: Lab, status: str) -> None:
    lab.server.database.set_scan_status(lab.scan.id, status)
    assert_envelope(lab.client.post(f"/api/scans/{lab.scan.id}/cancel"), 409)
    assert_envelope(lab.client.post(f"/api/scans/{uuid4()}/cancel"), 404)


def test_cancel_signals_the_worker() -> None:
    class NotingWorker:
        def __init__(self) -> None:
            self.calls: list[tuple[str, ScanId]] = []

        def enqueue(self, scan_id: ScanId) -> None:
            self.calls.append(("enqueue", scan_id))

        def cancel(self, scan_id: ScanId) -> None:
            self.calls.append(("cancel", scan_id))

        async def aclose(self) -> None:
            pass

    worker = NotingWorker()
    with LabServer(worker=lambda *_: worker) as server:
        server.add_account(EMAIL, "password")
        repo_id = server.add_recording_repo("ordinary", EMAIL)
        headers = {"authorization": f"Bearer {server.new_session(EMAIL)}"}
        with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
            scan_id = client.post(f"/api/repos/{repo_id}/scan").json()["data"]["id"]
            client.post(f"/api/scans/{scan_id}/cancel")
        assert worker.calls == [("enqueue", scan_id), ("cancel", scan_id)]


def live(client: httpx.Client, scan: ScriptedScan) -> Any:
    return read(client, f"scans/{scan.id}/live")


def test_a_running_scan(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("vidarr").add_findings(2, "critical").add_findings(1, "Severe")
    scan.change_finding(scan.finding_ids[0], status="false_positive")
    data = live(client, scan)
    assert str(data["scan"]["updated_at"]).endswith("+00:00")
    assert data["counts"] == {"total": 3, "critical": 2, "high": 0, "medium": 0, "low": 0}
    stages = {stage["stage"]: stage for stage in data["stages"]}
    assert list(stages) == list(STAGES)
    assert str(stages["vidarr"]["timestamp"]).endswith("+00:00")


async def test_changes_during_a_snapshot_are_in_its_later_parts(database: Database) -> None:
    scan = queue_scan(database)

    async def move() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
            database.add_findings(scan.id, scan.repo_id, [a_new_finding(severity="low")])
        database.add_stage(scan.id, "ingest")

    reported: Any
    reported, _ = await asyncio.gather(live_answer(database, scan), move())
    counts, stage = reported["counts"], reported["stages"][0]
    assert (counts["total"], counts["low"]) == (0, 3)
    assert reported["scan"]["status"] == "queued"
    assert (stage["status"], stage["attempt"]) == ("pending", 1)
    assert (await live_answer(database, scan))["counts"] == counts | {"total": 3}


def test_a_failed_and_retried_scan(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").fail("no model")
    failed = live(client, scan)
    assert failed["scan"]["is_live"] is False
    assert failed["scan"]["error_message"] == "no model"
    assert failed["stages"][5]["error"] == "no model"
    scan.start_stage("ingest")
    again = live(client, scan)
    assert again["scan"]["error_message"] is None
    assert [stage["status"] for stage in again["stages"]][:6] == [
        "running",
        "completed",
        "completed",
        "completed",
        "completed",
        "failed",
    ]
    assert {stage["attempt"] for stage in again["stages"]} == {0, 1}
    starts = [row for row in again["activity"] if row["task_key"] == "scan-start"]
    assert len(starts) == 2


def test_activity_is_the_newest_80_and_merges_by_key(lab: Lab) -> None:
    for number in range(85):
        lab.scan.activity(f"Task {number}", "completed", task_key=f"t{number}")
    activity = live(lab.client, lab.scan)["activity"]
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
    assert live(client, scan)["activity"][0]["tone"] == tone


def test_current_task_is_the_newest_running_line(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.activity("Other", "completed")
    assert live(client, scan)["current_task"]["title"] == "Other"
    scan.activity("Reading", "running", progress_pct=None, detail="src")
    scan.activity("Reading", "completed", progress_pct=100)
    task = live(client, scan)["current_task"]
    assert task.keys() == {"stage", "title", "detail", "progress_pct", "timestamp"}
    assert (task["title"], task["detail"], task["progress_pct"]) == ("Reading", "src", None)


def test_agent_calls_are_the_newest_twelve(lab: Lab) -> None:
    for number in range(13):
        lab.server.database.add_agent_call(lab.scan.id, "hunt", AgentCall("read_file", number))
    lab.server.database.add_agent_call(lab.scan.id, "hunt", AgentCall("new_tool", error="refused"))
    calls = live(lab.client, lab.scan)["agent_calls"]
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


@pytest.fixture
def finding_id(scan: ScriptedScan) -> FindingId:
    return scan.add_findings(1, "high").finding_ids[0]


def row(client: httpx.Client, finding_id: FindingId) -> Any:
    return read(client, f"findings/{finding_id}")


def events(client: httpx.Client, finding_id: FindingId) -> Any:
    return read(client, f"findings/{finding_id}/events")


def test_lists_and_objects_arrive_as_json(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.add_findings(
        1,
        "Severe",
        references_json=("https://example.test",),
        poc_exploit_json={"verdict": "confirmed"},
        poc_validated=True,
        title="<img src=x>\n\u2028",
        line_end=0,
    )
    data = row(client, scan.finding_ids[0])
    assert data["references_json"] == ["https://example.test"]
    assert data["poc_exploit_json"] == {"verdict": "confirmed"}
    assert data["poc_validated"] is True
    assert (data["severity"], data["title"]) == ("Severe", "<img src=x>\n\u2028")
    assert data["fix_type"] == "manual_review"


def test_status_by_json_and_by_form(client: httpx.Client, finding_id: FindingId) -> None:
    path = f"/api/findings/{finding_id}/status"
    before = row(client, finding_id)
    answer = client.patch(path, json={"status": "  Confirmed ", "comment": "ignored"})
    assert answer.status_code == 200
    assert answer.json()["data"] == {"id": finding_id, "old_status": "open", "status": "confirmed"}
    answer = client.patch(path, data={"status": "confirmed"})
    assert answer.json()["data"]["old_status"] == "confirmed"
    after = row(client, finding_id)
    assert after["status"] == "confirmed"
    assert str(after["updated_at"]) > str(before["updated_at"])
    trail = events(client, finding_id)
    assert [(event["old_value"], event["new_value"]) for event in trail] == [
        ("open", "confirmed"),
        ("confirmed", "confirmed"),
    ]
    assert {event["event_type"] for event in trail} == {"status_change"}
    assert {event["comment"] for event in trail} == {None}


def test_severity(client: httpx.Client, finding_id: FindingId) -> None:
    answer = client.patch(f"/api/findings/{finding_id}/severity", json={"severity": "medium"})
    data = answer.json()["data"]
    assert list(data) == ["finding_id", "old_severity", "new_severity", "event"]
    assert (data["old_severity"], data["new_severity"]) == ("high", "medium")
    assert data["event"]["event_type"] == "severity_change"
    assert events(client, finding_id) == [data["event"]]
    assert row(client, finding_id)["severity"] == "medium"


def test_unknown_words_are_refused_and_leave_no_trace(lab: Lab, finding_id: FindingId) -> None:
    path = f"/api/findings/{finding_id}"
    assert_envelope(lab.client.patch(f"{path}/status", json={"status": "wontfix"}), 400)
    assert_envelope(lab.client.patch(f"{path}/severity", json={"severity": "info"}), 400)
    assert_text(lab.client.patch(f"{path}/severity", data={"severity": "low"}), 400)
    assert_text(lab.client.patch(f"{path}/status", json={}), 400)
    assert events(lab.client, finding_id) == []


def test_an_unknown_word_is_refused_before_the_404(client: httpx.Client) -> None:
    path = f"/api/findings/{uuid4()}"
    assert_envelope(client.patch(f"{path}/status", json={"status": "wontfix"}), 400)
    assert_envelope(client.patch(f"{path}/severity", json={"severity": "info"}), 400)
    assert_envelope(client.patch(f"{path}/status", json={"status": "open"}), 404)


def test_a_nul_breaks_the_database_behind_the_api(
    client: httpx.Client, scan: ScriptedScan, finding_id: FindingId
) -> None:
    nul = "a\x00b"
    assert_envelope(client.post(f"/api/findings/{finding_id}/comment", json={"comment": nul}), 500)
    assert_envelope(client.post("/api/repos", json={"name": nul}), 500)
    assert_envelope(client.post("/api/repos", json={"name": "a", "remote_url": nul}), 500)
    path = f"/api/repos/{scan.repo_id}/branch"
    assert_envelope(client.patch(path, json={"branch": nul}), 500)
    assert_envelope(client.get(f"/api/scans/{scan.id}/findings?severity=%00"), 500)
    assert_envelope(client.get(f"/api/scans/{scan.id}/findings?status=%00"), 500)
    assert events(client, finding_id) == []


def test_comments_are_kept_as_they_are(client: httpx.Client, finding_id: FindingId) -> None:
    path = f"/api/findings/{finding_id}/comment"
    for text in ("  Seen in staging \u2028", ""):
        answer = client.post(path, json={"comment": text})
        assert answer.status_code == 201
        event = answer.json()["data"]
        assert (event["event_type"], event["comment"]) == ("comment", text)
        assert (event["old_value"], event["new_value"]) == (None, None)
    assert len(events(client, finding_id)) == 2


def test_apply_patch_needs_a_patch_row_and_works_once(lab: Lab, finding_id: FindingId) -> None:
    path = f"/api/findings/{finding_id}/apply-patch"
    lab.server.database.update_finding(finding_id, suggested_patch="use bind parameters")
    assert_envelope(lab.client.post(path), 404)
    patch_id = lab.server.database.add_patch(finding_id, "a.py", "--- a\n+++ b\n")
    data = lab.client.post(path).json()["data"]
    assert list(data) == ["finding_id", "patch_id", "applied_by", "event"]
    assert data["patch_id"] == patch_id
    assert (data["event"]["event_type"], data["event"]["new_value"]) == ("patch_applied", patch_id)
    assert_envelope(lab.client.post(path), 409)
    assert row(lab.client, finding_id)["status"] == "open"
