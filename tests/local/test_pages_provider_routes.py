"""What needs a model or a code host: refused here, answered where answers were written down."""

from collections.abc import Sequence
from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.rows import FindingId
from tests.lab.scripting import ScriptedScan
from tests.local.test_errors import assert_envelope

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


def test_without_a_model_and_a_code_host_all_is_refused(
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
def test_an_answer_that_was_written_down_is_given_and_kept_in_the_audit(
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


def test_an_issue_is_made_once_for_a_fingerprint(
    client: httpx.Client, scan: ScriptedScan, finding_id: FindingId
) -> None:
    scan.connect("gitlab")
    assert_envelope(post(client, finding_id, "issue"), 400)  # the provider's own error
    scan.answer(finding_id, "issue", ISSUE)
    first = post(client, finding_id, "issue").json()["data"]
    assert first["created"] is True
    assert first["issue"]["issue_url"] == ISSUE["issue_url"]
    scan.add_duplicates()
    for each in scan.finding_ids:
        again = post(client, each, "issue").json()["data"]
        assert again == {"created": False, "issue": first["issue"]}
    (event,) = events(client, finding_id)
    assert (event["event_type"], event["new_value"]) == ("issue_linked", ISSUE["issue_url"])


def test_issues_for_all_are_one_for_each_title_of_open_findings(
    client: httpx.Client, scan: ScriptedScan
) -> None:
    scan.connect().add_findings(3, "high", title="Twice and more")
    scan.add_findings(1, "low", title="Linked").add_findings(2, "low", title="Refused")
    scan.add_findings(1, "low", title="Fixed", status="fixed")
    scan.answer(scan.finding_ids[0], "issue", ISSUE).answer(scan.finding_ids[3], "issue", ISSUE)
    post(client, scan.finding_ids[3], "issue")
    answer = client.post(f"/api/scans/{scan.id}/findings/create-all-issues")
    data = answer.json()["data"]
    assert data.pop("summary")
    assert data == {
        "created": 1,
        "linked": 1,
        "failed": 2,
        "total_findings": 6,
        "total_groups": 3,
        "findings_covered": 4,
    }


def test_a_fix_request_begins_and_ends_in_the_audit(
    client: httpx.Client, scan: ScriptedScan, finding_id: FindingId
) -> None:
    scan.connect("gitlab")
    assert_envelope(post(client, finding_id, "remediate"), 400)
    scan.connect("github")
    assert_envelope(post(client, finding_id, "remediate"), 503)
    opened = {"pr_url": "https://host.example/shop/pull/7", "external_pr_number": "7"}
    for answer, ended in (
        ({}, None),
        (opened, "remediation_pr_opened"),
        ({"error": "The tests fail."}, "remediation_failed"),
    ):
        before = len(events(client, finding_id))
        scan.answer(finding_id, "remediate", answer)
        begun = post(client, finding_id, "remediate")
        assert (begun.status_code, begun.json()["data"]["status"]) == (202, "queued")
        started, *rest = events(client, finding_id)[before:]
        assert started["event_type"] == "remediation_started"
        assert started["new_value"] == begun.json()["data"]["id"]
        assert [event["event_type"] for event in rest] == ([ended] if ended else [])


def test_a_run_may_end_later(
    client: httpx.Client, scan: ScriptedScan, finding_id: FindingId
) -> None:
    url = "https://host.example/shop/pull/7"
    scan.note(finding_id, "remediation_pr_opened", new_value=url, metadata={"pr_url": url})
    (event,) = events(client, finding_id)
    assert (event["user_id"], event["new_value"]) == (None, url)
