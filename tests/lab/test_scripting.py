"""Scans moved by hand, in Python and by JSON steps."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from heimdall_desktop.local.rows import SEVERITIES
from tests.fakes.scans import scan_row
from tests.lab.scripting import STEPS, ScriptedScan, StepRefused, take_step
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, Lab, StreamOpener

_QUERIES = {"id", "repo_id", "finding_ids"}


def test_findings_keep_their_order_and_fields(server: LabServer, scan: ScriptedScan) -> None:
    scan.add_findings(2, "critical", file_path="", cwe_id="CWE-89").add_findings(1, "low")
    rows = [server.database.finding(finding_id) for finding_id in scan.finding_ids]
    assert [row.severity for row in rows if row] == ["critical", "critical", "low"]
    assert [row.cwe_id for row in rows if row] == ["CWE-89", "CWE-89", None]
    assert len({row.fingerprint for row in rows if row}) == 3


def test_nothing_to_finish_is_a_mistake(scan: ScriptedScan) -> None:
    with pytest.raises(RuntimeError):
        scan.finish_stage()


def test_any_event_can_be_sent(scan: ScriptedScan, open_stream: StreamOpener) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        scan.send("novelty", colour="red").end_streams()
        ((name, data),) = stream.rest_of_events()
    assert (name, data["colour"]) == ("novelty", "red")


def test_scans_of_one_name_share_their_repository(server: LabServer) -> None:
    scans = [server.script_scan("shop", EMAIL) for _ in range(2)]
    assert scans[0].repo_id == scans[1].repo_id
    assert scans[0].id != scans[1].id


def test_three_attempts_and_the_final_failure(
    client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    scan.run_until("tyr").add_findings(2)
    scan.fail().retry().run_until("tyr").add_duplicates().fail().retry().run_until("hunt").fail()
    with open_stream(scan.id) as stream:
        assert stream.initial_state()[-1][0] == "error"
        scan.fail_finally("no attempts are left")
        assert stream.rest_of_events()[-1][1]["error"] == "no attempts are left"
    page = client.get(f"/api/scans/{scan.id}/findings").json()["data"]
    assert page["total"] == 4
    fingerprints = [row["fingerprint"] for row in page["items"]]
    assert len(set(fingerprints)) == 2
    live = client.get(f"/api/scans/{scan.id}/live").json()["data"]
    assert len([row for row in live["activity"] if row["task_key"] == "scan-start"]) == 3
    assert client.get(f"/api/scans/{scan.id}").json()["data"]["status"] == "failed"


def test_a_scan_without_a_provider_fails_in_the_queue(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.scan.fail_finally("no provider")
        assert [name for name, _ in stream.rest_of_events()] == ["error"]


def test_hazards_come_through_as_they_are(lab: Lab) -> None:
    lab.scan.run_until("hunt").add_hazards()
    page = lab.client.get(f"/api/scans/{lab.scan.id}/findings?per_page=100").json()["data"]
    rows = page["items"]
    assert {row["id"] for row in rows} == set(lab.scan.finding_ids)
    titles = "".join(row["title"] for row in rows)
    for piece in ("<img src=x", "\u2028", "\u0085", "\u202e", "\U0001f469", "\n"):
        assert piece in titles, piece
    assert any(len(row["title"].encode()) >= 10 * 1024 for row in rows)
    assert any(row["file_path"] == "" for row in rows)
    assert any(row["line_end"] and row["line_end"] < row["line_start"] for row in rows)
    assert {row["severity"] for row in rows} - set(SEVERITIES)
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.scan.burst().end_streams()
        assert {data["title"] for _, data in stream.rest_of_events()} == {
            row["title"] for row in rows
        }


def test_a_patch_is_a_row_and_a_field(client: httpx.Client, scan: ScriptedScan) -> None:
    (finding_id,) = scan.add_findings(1).finding_ids
    scan.patch(finding_id, "no diff at all")
    (patch,) = client.get(f"/api/scans/{scan.id}/patches").json()["data"]
    finding = client.get(f"/api/findings/{finding_id}").json()["data"]
    assert (patch["diff_content"], finding["suggested_patch"]) == ("no diff at all",) * 2
    assert patch["file_path"] == finding["file_path"]


def test_the_channel_may_outlive_the_end_for_a_while(lab: Lab) -> None:
    lab.scan.complete()
    with lab.open_stream(lab.scan.id) as stream:
        assert stream.initial_state()[-1][0] == "scan_complete"
        lab.scan.end_streams_later(0.05)
        assert stream.rest() == []


def test_a_stage_may_be_seen_pending(scan: ScriptedScan, open_stream: StreamOpener) -> None:
    scan.start_stage("ingest").prepare_stage("tyr")
    with open_stream(scan.id) as stream:
        stages = [data["status"] for name, data in stream.initial_state() if name == "stage_update"]
    assert stages == ["running", "pending"]


def test_a_run_in_another_process_ignores_a_cancel(server: LabServer, client: httpx.Client) -> None:
    scan = server.script_scan("shop", EMAIL, is_silent=True).run_until("hunt")
    client.post(f"/api/scans/{scan.id}/cancel")
    row = client.get(f"/api/scans/{scan.id}").json()["data"]
    assert row["status"] == "cancelled"
    scan.ignore_cancel()
    row = client.get(f"/api/scans/{scan.id}").json()["data"]
    assert (row["status"], row["error_message"]) == ("hunting", None)
    scan.complete()
    assert client.get(f"/api/scans/{scan.id}").json()["data"]["status"] == "completed"
    with pytest.raises(RuntimeError):
        scan.ignore_cancel()


def test_a_second_run_beside_the_first_moves_the_scan_backwards(lab: Lab) -> None:
    lab.scan.run_until("hunt")
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.scan.start_stage("ingest").start_stage("vidarr").start_stage("tyr").end_streams()
        events = stream.rest_of_events()
    statuses = [data["status"] for name, data in events if name == "status_change"]
    assert statuses == ["ingesting", "verifying", "modeling"]


def test_every_method_of_a_script_is_a_step() -> None:
    methods = {name for name in vars(ScriptedScan) if not name.startswith("_")}
    assert methods - _QUERIES == STEPS


def test_steps_move_the_scan(server: LabServer, scan: ScriptedScan) -> None:
    for step in (
        {"do": "run_until", "stage": "hunt"},
        {"do": "add_findings", "count": 3, "severity": "critical", "cwe_id": "CWE-89"},
        {"do": "change_finding", "finding": -1, "severity": "low"},
        {"do": "change_finding", "finding": scan.id, "severity": "low"},
        {"do": "patch", "finding": 0, "diff": "--- a"},
        {"do": "age", "hours": 1},
        {"do": "fail", "error": "no model"},
    ):
        if step.get("finding") == scan.id:
            with pytest.raises(StepRefused, match="change_finding: RowGone"):
                take_step(scan, step)
        else:
            take_step(scan, step)
    rows = [server.database.finding(finding_id) for finding_id in scan.finding_ids]
    assert [row.severity for row in rows if row] == ["critical", "critical", "low"]
    assert rows[0]
    assert rows[0].suggested_patch == "--- a"
    row = scan_row(server.database, scan.id)
    assert (row.status, row.error_message) == ("failed", "no model")


def test_a_finding_may_be_named_by_its_id(server: LabServer, scan: ScriptedScan) -> None:
    (finding_id,) = scan.add_findings(1).finding_ids
    take_step(scan, {"do": "change_finding", "finding": finding_id, "status": "fixed"})
    row = server.database.finding(finding_id)
    assert row
    assert row.status == "fixed"


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"do": None},
        {"do": ["fail"]},
        {"do": "delete_everything"},
        {"do": "_start", "stage": "ingest"},
        {"do": "id"},
        {"do": "start_stage"},
        {"do": "start_stage", "stage": "lunch"},
        {"do": "run_until", "stage": 7},
        {"do": "finish_stage"},
        {"do": "add_findings", "count": "many"},
        {"do": "add_findings", "count": 1, "colour": "red"},
        {"do": "add_findings", "count": 1, "title": None},
        {"do": "change_finding", "finding": 99, "severity": "low"},
        {"do": "change_finding", "severity": "low"},
        {"do": "age", "hours": 1e300},
        {"do": "age", "fortnights": 1},
    ],
)
def test_invalid_steps_are_refused(scan: ScriptedScan, step: dict[str, Any]) -> None:
    with pytest.raises(StepRefused):
        take_step(scan, step)


def test_a_cancelled_scan_says_how_it_moves_again(scan: ScriptedScan) -> None:
    take_step(scan, {"do": "run_until", "stage": "hunt"})
    take_step(scan, {"do": "cancel", "stage_first": True})
    with pytest.raises(StepRefused, match="retry or revive"):
        take_step(scan, {"do": "finish_stage"})
    take_step(scan, {"do": "retry"})
    take_step(scan, {"do": "complete"})


def test_a_stuck_scan_has_nothing_new(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").activity("Reading").add_findings(1).age(timedelta(hours=3))
    long_ago = datetime.now(UTC) - timedelta(hours=2, minutes=59)
    live = client.get(f"/api/scans/{scan.id}/live").json()["data"]
    row = client.get(f"/api/scans/{scan.id}").json()["data"]
    (finding,) = client.get(f"/api/scans/{scan.id}/findings").json()["data"]["items"]
    reported = [
        *(entry["timestamp"] for entry in live["activity"]),
        *(stage["timestamp"] for stage in live["stages"] if stage["timestamp"]),
        *(row[name] for name in ("created_at", "started_at", "updated_at")),
        *(finding[name] for name in ("created_at", "updated_at")),
    ]
    assert len(reported) > 15
    assert all(datetime.fromisoformat(moment) < long_ago for moment in reported)
    assert (row["status"], row["completed_at"]) == ("hunting", None)
