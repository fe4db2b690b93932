"""A scan moved by hand."""

import httpx
import pytest

from heimdall_desktop.local.scripting import ScriptedScan
from heimdall_desktop.local.server import EmbeddedServer
from tests.local.conftest import EMAIL, StreamOpener


def test_findings_keep_their_order_and_fields(server: EmbeddedServer, scan: ScriptedScan) -> None:
    scan.add_findings(2, "critical", file_path="", cwe_id="CWE-89").add_findings(1, "low")
    rows = [server.database.finding(finding_id) for finding_id in scan.finding_ids]
    assert [row.severity for row in rows if row] == ["critical", "critical", "low"]
    assert [row.cwe_id for row in rows if row] == ["CWE-89", "CWE-89", None]
    assert len({row.fingerprint for row in rows if row}) == 3


def test_a_retry_goes_through_all_stages_again(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").fail("no model").start_stage("ingest").complete()
    row = client.get(f"/api/scans/{scan.id}").json()["data"]
    assert (row["status"], row["error_message"]) == ("completed", None)


def test_a_skipped_stage_says_why(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("tyr").finish_stage(skip_reason="No AI provider.")
    live = client.get(f"/api/scans/{scan.id}/live").json()["data"]
    assert live["stages"][1]["status"] == "skipped"
    assert any(row["detail"] == "No AI provider." for row in live["activity"])


def test_nothing_to_finish_is_a_mistake(scan: ScriptedScan) -> None:
    with pytest.raises(RuntimeError):
        scan.finish_stage()


def test_a_cancelled_scan_may_come_back(
    client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    scan.run_until("hunt")
    client.post(f"/api/scans/{scan.id}/cancel")
    scan.answer_cancel().revive().start_stage("ingest")
    with open_stream(scan.id) as stream:
        assert stream.initial_state()[-1][1]["status"] == "ingesting"


def test_any_event_can_be_sent(scan: ScriptedScan, open_stream: StreamOpener) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        scan.send("novelty", colour="red").end_streams()
        ((name, data),) = stream.rest_of_events()
    assert (name, data["colour"]) == ("novelty", "red")


def test_scans_of_one_name_share_their_repository(server: EmbeddedServer) -> None:
    scans = [server.script_scan("shop", EMAIL) for _ in range(2)]
    assert scans[0].repo_id == scans[1].repo_id
    assert scans[0].id != scans[1].id
