"""Findings over the wire: rows, audit, changes. Source: protocol.md 4.5, 4.6."""

from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.rows import FindingId
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import assert_envelope, assert_text


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
    assert answer.json()["data"] == {
        "id": finding_id,
        "old_status": "open",
        "status": "confirmed",
    }
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
