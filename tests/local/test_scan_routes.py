"""Scans over the wire: rows, lists, cancel, the snapshot of `/live`. Source: protocol.md 4."""

import asyncio
from collections.abc import Iterator
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
from tests.local.conftest import EMAIL, StreamOpener, assert_envelope, assert_text


def findings(client: httpx.Client, scan_id: ScanId, query: str = "") -> dict[str, object]:
    answer = client.get(f"/api/scans/{scan_id}/findings{query}")
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert isinstance(data, dict)
    return data


def items(page: dict[str, object]) -> Iterator[dict[str, object]]:
    rows = page["items"]
    assert isinstance(rows, list)
    yield from rows


def test_a_scan_has_no_counters_until_report(client: httpx.Client, scan: ScriptedScan) -> None:
    def row() -> dict[str, object]:
        data = client.get(f"/api/scans/{scan.id}").json()["data"]
        assert isinstance(data, dict)
        return data

    assert row()["status"] == "queued"
    assert row()["started_at"] is None
    scan.run_until("vidarr").add_findings(3, "critical")
    assert (row()["status"], row()["finding_count"]) == ("verifying", 0)
    assert str(row()["started_at"]).endswith("Z")
    scan.complete()
    assert (row()["status"], row()["finding_count"]) == ("completed", 3)
    assert row()["critical_count"] == 3
    assert row()["completed_at"] is not None


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
    assert len(list(items(page))) == 30


def test_odd_pages(client: httpx.Client, scan: ScriptedScan) -> None:
    assert findings(client, scan.id, "?per_page=0")["total_pages"] == 1
    scan.add_findings(2)
    assert findings(client, scan.id, "?page=0")["page"] == 1
    nothing = findings(client, scan.id, "?per_page=0")
    assert (list(items(nothing)), nothing["per_page"]) == ([], 0)
    assert nothing["total_pages"] == 4_294_967_295
    past = findings(client, scan.id, "?page=4294967295&per_page=4294967295")
    assert (list(items(past)), past["total"]) == ([], 2)
    assert past["page"] == 4_294_967_295
    assert findings(client, scan.id, "?per_page=%2B1")["per_page"] == 1


def test_all_pages_together_hold_every_finding_once(
    client: httpx.Client, scan: ScriptedScan
) -> None:
    scan.add_findings(150, "critical").add_findings(150, "low").add_findings(1, "Severe")
    seen = []
    for page in range(1, 5):
        seen += [
            row["id"] for row in items(findings(client, scan.id, f"?per_page=100&page={page}"))
        ]
    assert len(seen) == 301
    assert set(seen) == set(scan.finding_ids)
    assert seen[-1] == scan.finding_ids[-1]


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
        assert (page["total"], len(list(items(page)))) == (total, total), query


def test_order_over_the_wire(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.add_findings(2, "low").add_findings(1, "critical", status="false_positive")
    scan.add_findings(1, "critical").add_findings(1, "low", status="confirmed")
    scan.add_findings(1, "high")
    order = [
        (row["status"], row["severity"], row["title"]) for row in items(findings(client, scan.id))
    ]
    assert order == [
        ("open", "critical", "Finding 4"),
        ("open", "high", "Finding 6"),
        ("open", "low", "Finding 2"),
        ("open", "low", "Finding 1"),
        ("confirmed", "low", "Finding 5"),
        ("false_positive", "critical", "Finding 3"),
    ]


def test_a_threat_model_is_there_once_tyr_has_stored_it(
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    path = f"/api/scans/{scan.id}/threat-model"
    assert_envelope(client.get(path), 404)
    row = scan_row(server.database, scan.id)
    surface = {"name": "Search", "endpoint": None, "line": 3}
    model_id = server.database.add_threat_model(
        row, summary="A shop.", boundaries=(), surfaces=(surface,), data_flows=()
    )
    reported = client.get(path).json()["data"]
    assert str(reported.pop("created_at")).endswith("Z")
    assert str(reported.pop("updated_at")).endswith("Z")
    assert reported == {
        "id": model_id,
        "scan_id": scan.id,
        "repo_id": scan.repo_id,
        "summary": "A shop.",
        "boundaries_json": [],
        "surfaces_json": [surface],
        "data_flows_json": [],
        "model_version": 1,
        "edited_by": None,
    }
    client.delete(f"/api/repos/{scan.repo_id}").raise_for_status()
    assert_envelope(client.get(path), 404)
    assert server.database.newest_threat_model(scan.id) is None


def test_cancel_a_running_scan(
    client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    scan.run_until("tyr")
    with open_stream(scan.id) as stream:
        stream.initial_state()
        answer = client.post(f"/api/scans/{scan.id}/cancel")
        assert answer.json()["data"] == {"id": scan.id, "status": "cancelled"}
        events = stream.rest_of_events()
    assert [name for name, _ in events] == ["status_change", "error"]
    row = client.get(f"/api/scans/{scan.id}").json()["data"]
    assert row["error_message"] == events[1][1]["error"]
    assert row["completed_at"] is None


def test_after_a_cancel_the_channel_lingers_two_seconds(
    client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    scan.run_until("tyr")
    with open_stream(scan.id) as early:
        early.initial_state()
        client.post(f"/api/scans/{scan.id}/cancel")
        with open_stream(scan.id) as late:
            assert late.initial_state()[-1][0] == "scan_complete"
            assert late.rest() == []


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
def test_an_ended_scan_cannot_be_cancelled(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, status: str
) -> None:
    server.database.set_scan_status(scan.id, status)
    assert_envelope(client.post(f"/api/scans/{scan.id}/cancel"), 409)
    assert_envelope(client.post(f"/api/scans/{uuid4()}/cancel"), 404)


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


async def test_changes_during_a_snapshot_are_in_its_later_parts(database: Database) -> None:
    scan = queue_scan(database)

    async def move() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
            database.add_findings(scan.id, scan.repo_id, [a_new_finding(severity="low")])
        database.add_stage(scan.id, "ingest")

    reported, _ = await asyncio.gather(live_answer(database, scan), move())
    counts, head, stages = reported["counts"], reported["scan"], reported["stages"]
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


def test_current_task_is_the_newest_running_line(client: httpx.Client, scan: ScriptedScan) -> None:
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
        server.database.add_agent_call(scan.id, "hunt", AgentCall("read_file", number))
    server.database.add_agent_call(scan.id, "hunt", AgentCall("new_tool", error="refused"))
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


# -- findings over the wire: rows, audit, changes. Source: protocol.md 4.5, 4.6 --


@pytest.fixture
def finding_id(scan: ScriptedScan) -> FindingId:
    return scan.add_findings(1, "high").finding_ids[0]


def row(client: httpx.Client, finding_id: FindingId) -> dict[str, object]:
    data = client.get(f"/api/findings/{finding_id}").json()["data"]
    assert isinstance(data, dict)
    return data


def events(client: httpx.Client, finding_id: FindingId) -> list[dict[str, object]]:
    data = client.get(f"/api/findings/{finding_id}/events").json()["data"]
    assert isinstance(data, list)
    return data


def test_values_have_their_json_types(client: httpx.Client, finding_id: FindingId) -> None:
    data = row(client, finding_id)
    assert data["poc_validated"] is False
    assert data["references_json"] is None
    assert str(data["created_at"]).endswith("Z")


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


def test_unknown_words_are_refused_and_leave_no_trace(
    client: httpx.Client, finding_id: FindingId
) -> None:
    path = f"/api/findings/{finding_id}"
    assert_envelope(client.patch(f"{path}/status", json={"status": "wontfix"}), 400)
    assert_envelope(client.patch(f"{path}/severity", json={"severity": "info"}), 400)
    assert_text(client.patch(f"{path}/severity", data={"severity": "low"}), 400)
    assert_text(client.patch(f"{path}/status", json={}), 400)
    assert events(client, finding_id) == []


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


def test_apply_patch_needs_a_patch_row_and_works_once(
    server: LabServer, client: httpx.Client, finding_id: FindingId
) -> None:
    path = f"/api/findings/{finding_id}/apply-patch"
    server.database.update_finding(finding_id, suggested_patch="use bind parameters")
    assert_envelope(client.post(path), 404)
    patch_id = server.database.add_patch(finding_id, "a.py", "--- a\n+++ b\n")
    data = client.post(path).json()["data"]
    assert list(data) == ["finding_id", "patch_id", "applied_by", "event"]
    assert data["patch_id"] == patch_id
    assert (data["event"]["event_type"], data["event"]["new_value"]) == ("patch_applied", patch_id)
    assert_envelope(client.post(path), 409)
    assert row(client, finding_id)["status"] == "open"


def test_manual_review_is_the_default_fix_type(client: httpx.Client, finding_id: FindingId) -> None:
    assert row(client, finding_id)["fix_type"] == "manual_review"


def test_unknown_findings(client: httpx.Client) -> None:
    path = f"/api/findings/{uuid4()}"
    assert_envelope(client.get(path), 404)
    assert_envelope(client.get(f"{path}/events"), 404)
    assert_envelope(client.patch(f"{path}/status", json={"status": "open"}), 404)
    assert_envelope(client.post(f"{path}/comment", json={"comment": "x"}), 404)
