"""The three generations over the wire. Source: protocol.md 0, 4.3, 4.8."""

from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.rows import ScanId
from tests.lab.generations import GENERATIONS, Generation, generation
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import Lab, assert_envelope, assert_page, assert_text

KEEPALIVE = ": keepalive\n\n"
NOT_IN_A = {"fix_type", "fix_summary", "references_json", "manifest_coordinates_json"}


def live(client: httpx.Client, scan: ScriptedScan) -> dict[str, object]:
    data = client.get(f"/api/scans/{scan.id}/live").json()["data"]
    assert isinstance(data, dict)
    return data


def activity(client: httpx.Client, scan: ScriptedScan) -> list[dict[str, object]]:
    rows = live(client, scan)["activity"]
    assert isinstance(rows, list)
    return rows


def test_a_streams_nothing_but_keepalives_of_an_unknown_scan(lab: Lab) -> None:
    unknown = ScanId(str(uuid4()))
    assert_envelope(lab.client.get(f"/api/scans/{unknown}/progress/stream"), 404)
    lab.server.generation = "A"
    with lab.open_stream(unknown) as stream:
        assert [stream.chunk() for _ in range(2)] == [KEEPALIVE] * 2
    assert_text(lab.client.get("/api/scans/abc/progress/stream"), 404)
    assert_envelope(lab.client.get(f"/api/scans/{unknown}"), 404)


def test_a_ignores_who_owns_a_scan(server: LabServer, client: httpx.Client) -> None:
    server.add_account("other@example.test", "password")
    theirs = server.script_scan("theirs", "other@example.test").add_findings(1)
    paths = [f"/api/scans/{theirs.id}{end}" for end in ("", "/live", "/findings")]
    paths.append(f"/api/repos/{theirs.repo_id}")
    assert [client.get(path).status_code for path in paths] == [404] * 4
    server.generation = "A"
    assert [client.get(path).status_code for path in paths] == [200] * 4


@pytest.mark.parametrize(("name", "missing"), [("A", NOT_IN_A), ("B", set()), ("C", set())])
def test_keys_of_a_finding(lab: Lab, name: Generation, missing: set[str]) -> None:
    lab.server.generation = name
    (finding_id,) = lab.scan.add_findings(1, fix_type="code_change").finding_ids
    one = lab.client.get(f"/api/findings/{finding_id}").json()["data"]
    (listed,) = lab.client.get(f"/api/scans/{lab.scan.id}/findings").json()["data"]["items"]
    assert one == listed
    assert NOT_IN_A - one.keys() == missing
    assert len(one) == 26 - len(missing)


@pytest.mark.parametrize(("name", "rows"), [("A", 30), ("B", 80), ("C", 80)])
def test_rows_of_activity(lab: Lab, name: Generation, rows: int) -> None:
    lab.server.generation = name
    for number in range(81):
        lab.scan.activity(f"Step {number}")
    assert len(activity(lab.client, lab.scan)) == rows


def test_routes_unknown_to_a_are_unknown_pages(lab: Lab) -> None:
    (finding_id,) = lab.scan.add_findings(1).finding_ids
    paths = (
        f"/api/scans/{lab.scan.id}/findings/create-all-issues",
        f"/api/findings/{finding_id}/remediate",
    )
    assert [lab.client.post(path).status_code for path in paths] == [400, 400]
    lab.server.generation = "A"
    for path in paths:
        assert_page(lab.client.post(path))


def test_c_reports_fallbacks_and_warnings(lab: Lab) -> None:
    assert "fallback" not in live(lab.client, lab.scan)
    lab.server.generation = "C"
    assert live(lab.client, lab.scan)["fallback"] is None
    lab.scan.run_until("hunt").fall_back("Spare model", "The first one did not answer.")
    fallback = live(lab.client, lab.scan)["fallback"]
    assert isinstance(fallback, dict)
    assert str(fallback.pop("timestamp")).endswith("+00:00")
    assert fallback == {
        "used": True,
        "provider_label": "Spare model",
        "detail": "The first one did not answer.",
    }
    assert activity(lab.client, lab.scan)[0]["tone"] == "warning"
    lab.server.generation = "B"
    assert "fallback" not in live(lab.client, lab.scan)
    assert activity(lab.client, lab.scan)[0]["tone"] == "neutral"


@pytest.mark.parametrize("name", GENERATIONS)
def test_a_server_may_start_as_any(name: Generation) -> None:
    with LabServer(generation=name, worker=lambda *_: IdleWorker()) as server:
        assert server.generation == name


def test_there_is_no_other_generation(server: LabServer) -> None:
    with pytest.raises(ValueError, match="no generation 'D'"):
        server.generation = generation("D")
