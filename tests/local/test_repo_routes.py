"""Repositories, the pages with their links, `/health`. Source: protocol.md 4.0, 4.1, 4.10."""

import html
import re
from uuid import uuid4

import httpx
import pytest

from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, Lab, assert_envelope


def create(client: httpx.Client, **body: object) -> httpx.Response:
    return client.post("/api/repos", json=body)


def test_a_local_folder_becomes_a_repository(client: httpx.Client) -> None:
    answer = create(client, name="shop", remote_url="file:///srv/shop")
    assert answer.status_code == 201
    repo = answer.json()["data"]
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


def links(client: httpx.Client, path: str, noun: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    return re.findall(rf'href="/{noun}/([0-9a-f-]{{36}})"', html.unescape(answer.text))


def test_health_needs_no_token(stranger: httpx.Client) -> None:
    answer = stranger.get("/health")
    assert answer.json() == {"success": True, "data": {"status": "healthy", "version": "0.1.0"}}


def test_the_dashboard_links_the_eight_newest_scans(lab: Lab) -> None:
    scans = [lab.server.script_scan(f"repo {n % 2}", EMAIL) for n in range(10)]
    newest = [scan.id for scan in reversed(scans)][:8]
    for path in ("/", "/dashboard"):
        assert links(lab.client, path, "scans") == newest
        assert set(links(lab.client, path, "repos")) == {scan.repo_id for scan in scans}


def test_repositories_and_their_scans_are_paged(server: LabServer, client: httpx.Client) -> None:
    scans = [server.script_scan("shop", EMAIL) for _ in range(3)]
    server.script_scan("other", EMAIL)
    path = f"/repos/{scans[0].repo_id}"
    assert links(client, path, "scans") == [scan.id for scan in reversed(scans)]
    assert links(client, f"{path}?page=2&per_page=2", "scans") == [scans[0].id]
    assert len(links(client, "/repos?page=1&per_page=1", "repos")) == 1
    assert links(client, "/repos?page=2&per_page=1", "repos") == [scans[0].repo_id]
    assert links(client, "/repos?page=9", "repos") == []


def test_pages_have_25_rows_by_default_and_at_most_100(lab: Lab) -> None:
    scans = [lab.server.script_scan("shop", EMAIL) for _ in range(104)]
    path = f"/repos/{scans[0].repo_id}"
    assert len(links(lab.client, path, "scans")) == 25
    assert len(links(lab.client, f"{path}?per_page=1000", "scans")) == 100
    assert len(links(lab.client, f"{path}?per_page=100&page=2", "scans")) == 4
    assert links(lab.client, f"{path}?per_page=0", "scans") == []


def test_pages_link_beyond_the_end_and_to_other_things(lab: Lab) -> None:
    scan = lab.server.script_scan("shop", EMAIL)
    path = f"/repos/{scan.repo_id}"
    assert f'href="{path}?page=10">Next' in lab.client.get(f"{path}?page=9").text
    text = lab.client.get(path).text
    assert f'href="&#x2f;scans&#x2f;{scan.id}"' in text
    assert f'href="/scans/{scan.id}/findings"' in text
    assert "/repos/new" in text
    assert "Next" not in lab.client.get("/repos").text


def test_a_broken_database_is_a_page_that_lists_nothing(lab: Lab) -> None:
    lab.server.script_scan("shop", EMAIL)
    lab.server.faults.add(Fault(Shape.EMPTY, "other"))
    assert links(lab.client, "/repos", "repos") == []
    assert len(links(lab.client, "/repos", "repos")) == 1


def test_names_are_escaped(server: LabServer, client: httpx.Client) -> None:
    scan = server.script_scan("<script>", EMAIL)
    for path in ("/", "/repos", f"/repos/{scan.repo_id}"):
        assert "<script>" not in client.get(path).text


def test_pages_show_nothing_of_others(lab: Lab) -> None:
    ours = lab.scan.id
    lab.server.add_account("other@example.test", "password")
    theirs = lab.server.script_scan("theirs", "other@example.test")
    assert links(lab.client, "/", "scans") == [ours]
    answer = lab.client.get(f"/repos/{theirs.repo_id}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
