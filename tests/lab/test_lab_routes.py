"""Routes that only the laboratory has: issues, fix requests, threat models, SARIF."""

from collections.abc import Sequence
from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.rows import FindingId
from tests.fakes.scans import scan_row
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import Lab, assert_envelope, assert_page, assert_text

EXPLAINED = {"summary": "The query is built by hand.", "what_to_review": ["Who calls it?"]}
ISSUE = {"issue_url": "https://host.example/shop/issues/4", "external_issue_number": "4"}


@pytest.fixture
def finding_id(scan: ScriptedScan) -> FindingId:
    return scan.add_findings(1, "high").finding_ids[0]


def events(client: httpx.Client, finding_id: FindingId) -> Sequence[dict[str, object]]:
    data = client.get(f"/api/findings/{finding_id}/events").json()["data"]
    assert isinstance(data, list)
    return data


def post(client: httpx.Client, finding_id: FindingId, action: str) -> httpx.Response:
    return client.post(f"/api/findings/{finding_id}/{action}")


def test_without_a_model_and_a_code_host_everything_is_refused(
    client: httpx.Client, scan: ScriptedScan, finding_id: FindingId
) -> None:
    for action, status in (("explain", 503), ("verify", 503), ("issue", 400), ("remediate", 400)):
        assert_envelope(post(client, finding_id, action), status)
        assert_envelope(post(client, FindingId(str(uuid4())), action), 404)
    assert_envelope(client.post(f"/api/scans/{scan.id}/findings/create-all-issues"), 400)
    answer = client.get(f"/api/findings/{finding_id}/remediation")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert_envelope(client.get(f"/api/findings/{uuid4()}/remediation"), 404)
    assert events(client, finding_id) == []


@pytest.mark.parametrize(
    ("action", "event_type"), [("explain", "ai_explanation"), ("verify", "ai_verification")]
)
def test_a_prepared_answer_is_returned_and_kept_in_the_audit(
    client: httpx.Client, scan: ScriptedScan, finding_id: FindingId, action: str, event_type: str
) -> None:
    scan.answer(finding_id, action, EXPLAINED)
    answer = post(client, finding_id, action)
    assert (answer.status_code, answer.json()["data"]) == (200, EXPLAINED)
    (event,) = events(client, finding_id)
    assert (event["event_type"], event["metadata"]) == (event_type, EXPLAINED)
    assert event["user_id"]
    assert event["comment"]
    scan.answer(finding_id, action, None)
    assert post(client, finding_id, action).json()["data"] is None


def test_an_issue_is_made_once_for_a_fingerprint(lab: Lab, finding_id: FindingId) -> None:
    lab.scan.connect("gitlab")
    assert_envelope(post(lab.client, finding_id, "issue"), 400)  # the provider's own error
    lab.scan.answer(finding_id, "issue", ISSUE)
    first = post(lab.client, finding_id, "issue").json()["data"]
    assert first["created"] is True
    assert first["issue"]["issue_url"] == ISSUE["issue_url"]
    lab.scan.add_duplicates()
    for each in lab.scan.finding_ids:
        again = post(lab.client, each, "issue").json()["data"]
        assert again == {"created": False, "issue": first["issue"]}
    (event,) = events(lab.client, finding_id)
    assert (event["event_type"], event["new_value"]) == ("issue_linked", ISSUE["issue_url"])


def test_an_issue_for_each_title_of_open_findings(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.connect().add_findings(3, "high", title="Twice and more")
    scan.add_findings(1, "low", title="Linked").add_findings(2, "low", title="Refused")
    scan.add_findings(1, "low", title="Fixed", status="fixed")
    scan.answer(scan.finding_ids[0], "issue", ISSUE).answer(scan.finding_ids[3], "issue", ISSUE)
    post(client, scan.finding_ids[3], "issue")
    data = client.post(f"/api/scans/{scan.id}/findings/create-all-issues").json()["data"]
    assert data.pop("summary")
    assert data == {
        "created": 1,
        "linked": 1,
        "failed": 2,
        "total_findings": 6,
        "total_groups": 3,
        "findings_covered": 4,
    }


def test_a_fix_request_is_in_the_audit_from_start_to_end(lab: Lab, finding_id: FindingId) -> None:
    lab.scan.connect("gitlab")
    assert_envelope(post(lab.client, finding_id, "remediate"), 400)
    lab.scan.connect("github")
    assert_envelope(post(lab.client, finding_id, "remediate"), 503)
    opened = {"pr_url": "https://host.example/shop/pull/7", "external_pr_number": "7"}
    for answer, ended in (
        ({}, None),
        (opened, "remediation_pr_opened"),
        ({"error": "The tests fail."}, "remediation_failed"),
    ):
        before = len(events(lab.client, finding_id))
        lab.scan.answer(finding_id, "remediate", answer)
        started_request = post(lab.client, finding_id, "remediate")
        assert (started_request.status_code, started_request.json()["data"]["status"]) == (
            202,
            "queued",
        )
        started, *rest = events(lab.client, finding_id)[before:]
        assert started["event_type"] == "remediation_started"
        assert started["new_value"] == started_request.json()["data"]["id"]
        assert [event["event_type"] for event in rest] == ([ended] if ended else [])


def test_a_run_may_end_later(lab: Lab, finding_id: FindingId) -> None:
    url = "https://host.example/shop/pull/7"
    lab.scan.note(finding_id, "remediation_pr_opened", new_value=url, metadata={"pr_url": url})
    (event,) = events(lab.client, finding_id)
    assert (event["user_id"], event["new_value"]) == (None, url)


@pytest.fixture
def path(server: LabServer, scan: ScriptedScan) -> str:
    row = scan_row(server.database, scan.id)
    drawn = {"name": "drawn"}
    model_id = server.database.add_threat_model(
        row, summary="A shop.", boundaries=[drawn], surfaces=[drawn], data_flows=[]
    )
    return f"/api/threat-models/{model_id}"


def test_it_is_the_model_of_the_scan(client: httpx.Client, scan: ScriptedScan, path: str) -> None:
    by_scan = client.get(f"/api/scans/{scan.id}/threat-model").json()["data"]
    assert client.get(path).json()["data"] == by_scan
    assert by_scan["summary"] == "A shop."


def test_an_edit_overwrites_what_it_names_with_any_json(client: httpx.Client, path: str) -> None:
    before = client.get(path).json()["data"]
    body = {"summary": "Two shops.", "surfaces": "all of it", "boundaries": None}
    answer = client.patch(path, json=body)
    assert answer.status_code == 200
    after = client.get(path).json()["data"]
    assert answer.json()["data"] == after
    assert after["updated_at"] > before["updated_at"]
    assert after == before | {
        "summary": "Two shops.",
        "surfaces_json": "all of it",
        "updated_at": after["updated_at"],
    }
    assert client.post(f"{path}/surfaces", json={"name": "n"}).json()["data"] == [
        {"name": "n", "risk": "", "description": ""}
    ]
    assert client.patch(path, json={}).json()["data"]["summary"] == "Two shops."


def test_elements_added_by_hand_have_other_keys(client: httpx.Client, path: str) -> None:
    for part, element in (
        ("surfaces", {"name": "s", "risk": "high", "description": "d"}),
        ("boundaries", {"name": "b", "description": "d"}),
        ("data-flows", {"name": "f", "from": "a", "to": "b", "description": "d"}),
    ):
        elements = client.post(f"{path}/{part}", json=element).json()["data"]
        assert elements[-1] == element
        last = len(elements) - 1
        assert client.delete(f"{path}/{part}/{last}").json()["data"] == elements[:-1]
        assert_envelope(client.delete(f"{path}/{part}/{last}"), 400)
        assert_text(client.delete(f"{path}/{part}/first"), 404)
        assert_text(client.post(f"{path}/{part}", json={}), 400)


def test_refusals(server: LabServer, client: httpx.Client, path: str) -> None:
    assert_envelope(client.get(f"/api/threat-models/{uuid4()}"), 404)
    assert_text(client.get("/api/threat-models/x"), 404)
    assert_envelope(client.patch(path, json={"boundaries": [{"name": "a\x00"}]}), 500)
    assert_envelope(client.patch(path, json={"summary": "\x00"}), 500)
    server.add_account("other@example.test", "password")
    other = {"authorization": f"Bearer {server.new_session('other@example.test')}"}
    assert_envelope(client.get(path, headers=other), 404)
    assert_envelope(client.patch(path, json={"summary": "x"}, headers=other), 404)


def test_sarif_contains_the_findings_that_count(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").add_findings(
        1, "critical", title="A\u2028<b>", cwe_id="CWE-89", description="Where it is."
    )
    scan.add_findings(1, "Severe", file_path="", line_start=88, line_end=12, status="confirmed")
    for status in ("dismissed", "false_positive", "fixed"):
        scan.add_findings(1, "high", status=status)
    answer = client.get(f"/api/scans/{scan.id}/sarif")
    assert answer.headers["content-type"] == "application/sarif+json; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="heimdall-{scan.id}.sarif"'
    )
    assert answer.text.startswith('{\n  "$schema"')
    run = answer.json()["runs"][0]
    first, second = run["results"]
    assert (first["ruleId"], first["level"]) == ("CWE-89", "error")
    assert first["message"]["text"] == "A\u2028<b>: Where it is."
    assert second["level"] == "none"
    assert second["ruleId"].startswith("ai-")
    place = second["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": ""}, "region": {"startLine": 88, "endLine": 88}}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {
        first["ruleId"],
        second["ruleId"],
    }
    assert run["properties"]["scanStatus"] == "hunting"
    assert run["properties"]["findingCount"] == 0  # as stored
    assert run["versionControlProvenance"] == [{"branch": None, "repositoryUri": "scripted:"}]


def test_sarif_names_cve_and_commit(lab: Lab) -> None:
    lab.scan.add_findings(1, "low", manifest_coordinates_json={"aliases": ["GHSA-x", "CVE-1"]})
    lab.server.database.set_scan_commit(lab.scan.id, "4f2d")
    run = lab.client.get(f"/api/scans/{lab.scan.id}/sarif").json()["runs"][0]
    assert run["results"][0]["properties"]["cve"] == "CVE-1"
    assert run["versionControlProvenance"][0]["revisionId"] == "4f2d"


def test_sarif_is_unknown_to_generation_a(lab: Lab) -> None:
    lab.server.generation = "A"
    assert_page(lab.client.get(f"/api/scans/{lab.scan.id}/sarif"))
    lab.server.generation = "C"
    assert lab.client.get(f"/api/scans/{lab.scan.id}/sarif").json()["runs"][0]["results"] == []


def test_deleting_a_repository_deletes_its_scans(client: httpx.Client, scan: ScriptedScan) -> None:
    answer = client.delete(f"/api/repos/{scan.repo_id}")
    assert answer.json()["data"] == {"id": scan.repo_id, "deleted": True}
    assert_envelope(client.get(f"/api/scans/{scan.id}"), 404)
    assert_envelope(client.delete(f"/api/repos/{scan.repo_id}"), 404)


def test_settings_of_a_repository(client: httpx.Client, scan: ScriptedScan) -> None:
    path = f"/api/repos/{scan.repo_id}"
    answer = client.patch(f"{path}/branch", json={"branch": "dev"})
    assert answer.json()["data"] == {"id": scan.repo_id, "default_branch": "dev"}
    assert_envelope(client.patch(f"{path}/branch", json={"branch": " "}), 400)
    body = {"enabled": False, "min_severity": "low"}
    answer = client.patch(f"{path}/issue-automation", json=body)
    assert answer.json()["data"] == {
        "id": scan.repo_id,
        "issue_auto_create_enabled": False,
        "issue_auto_create_min_severity": "low",
    }
    body = {"enabled": False, "min_severity": "info"}
    assert_envelope(client.patch(f"{path}/issue-automation", json=body), 400)
    assert client.get(path).json()["data"]["default_branch"] == "dev"


def test_nothing_of_a_repository_is_checked(client: httpx.Client) -> None:
    body = {"name": "", "source_type": "", "remote_url": ""}
    for _ in range(2):
        answer = client.post("/api/repos", json=body)
        assert answer.status_code == 201
        assert answer.json()["data"].items() >= body.items()


def test_no_provider_is_connected(client: httpx.Client, scan: ScriptedScan) -> None:
    branches = client.get(f"/api/repos/{scan.repo_id}/branches").json()["data"]
    assert branches["branches"] == []
    assert "current" not in branches
    tracker = client.get(f"/api/repos/{scan.repo_id}/check-issue-tracker").json()["data"]
    assert tracker["issue_tracker_enabled"] is True  # constantly, but for Bitbucket
