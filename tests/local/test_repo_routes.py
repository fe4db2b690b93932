"""Repositories. Source: heimdall-api.md §4.9, 4.10."""

from uuid import uuid4

import httpx
import pytest

from tests.lab.scripting import ScriptedScan
from tests.local.test_errors import assert_envelope

REPO_KEYS = [
    "id",
    "org_id",
    "user_id",
    "name",
    "source_type",
    "remote_url",
    "default_branch",
    "last_commit_sha",
    "oauth_connection_id",
    "issue_auto_create_enabled",
    "issue_auto_create_min_severity",
    "created_at",
    "updated_at",
    "deleted_at",
]


def create(client: httpx.Client, **body: object) -> httpx.Response:
    return client.post("/api/repos", json=body)


def test_a_local_folder_becomes_a_repository(client: httpx.Client) -> None:
    answer = create(client, name="shop", remote_url="file:///srv/shop")
    assert answer.status_code == 201
    repo = answer.json()["data"]
    assert list(repo) == REPO_KEYS
    assert (repo["source_type"], repo["remote_url"]) == ("git_url", "file:///srv/shop")
    assert repo["issue_auto_create_enabled"] is True
    assert client.get(f"/api/repos/{repo['id']}").json()["data"] == repo


@pytest.mark.parametrize("url", ["file://elsewhere/shop", "file:shop", "FILE://x/shop"])
def test_folders_elsewhere_are_refused(client: httpx.Client, url: str) -> None:
    assert_envelope(create(client, name="shop", remote_url=url), 400)


def test_a_scan_is_queued(client: httpx.Client) -> None:
    repo_id = create(client, name="shop", remote_url="file:///srv/shop").json()["data"]["id"]
    answers = [client.post(f"/api/repos/{repo_id}/scan") for _ in range(2)]
    scans = [answer.json()["data"] for answer in answers]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert [scan["status"] for scan in scans] == ["queued", "queued"]
    assert scans[0]["id"] != scans[1]["id"]
    assert scans[0]["triggered_by"] == client.get("/api/auth/me").json()["data"]["id"]
    assert_envelope(client.post(f"/api/repos/{uuid4()}/scan"), 404)


def test_deleting_takes_the_scans_along(client: httpx.Client, scan: ScriptedScan) -> None:
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
