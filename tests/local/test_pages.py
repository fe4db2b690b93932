"""The pages with their links, and `/health`. Source: heimdall-api.md §4.0, 4.1."""

import re

import httpx

from heimdall_desktop.local.scripting import ScriptedScan
from heimdall_desktop.local.server import EmbeddedServer
from tests.local.conftest import EMAIL


def links(client: httpx.Client, path: str, noun: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    return re.findall(rf'href="/{noun}/([0-9a-f-]{{36}})"', answer.text)


def test_health_needs_no_token(stranger: httpx.Client) -> None:
    answer = stranger.get("/health")
    assert answer.json() == {"success": True, "data": {"status": "healthy", "version": "0.1.0"}}


def test_the_dashboard_links_the_eight_newest_scans(
    server: EmbeddedServer, client: httpx.Client
) -> None:
    scans = [server.script_scan(f"repo {n % 2}", EMAIL) for n in range(10)]
    newest = [scan.id for scan in reversed(scans)][:8]
    for path in ("/", "/dashboard"):
        assert links(client, path, "scans") == newest
        assert set(links(client, path, "repos")) == {scan.repo_id for scan in scans}


def test_repositories_and_their_scans_are_paged(
    server: EmbeddedServer, client: httpx.Client
) -> None:
    scans = [server.script_scan("shop", EMAIL) for _ in range(3)]
    server.script_scan("other", EMAIL)
    path = f"/repos/{scans[0].repo_id}"
    assert links(client, path, "scans") == [scan.id for scan in reversed(scans)]
    assert links(client, f"{path}?page=2&per_page=2", "scans") == [scans[0].id]
    assert len(links(client, "/repos?page=1&per_page=1", "repos")) == 1
    assert links(client, "/repos?page=2&per_page=1", "repos") == [scans[0].repo_id]
    assert links(client, "/repos?page=9", "repos") == []


def test_names_are_escaped(server: EmbeddedServer, client: httpx.Client) -> None:
    scan = server.script_scan("<script>", EMAIL)
    for path in ("/", "/repos", f"/repos/{scan.repo_id}"):
        assert "<script>" not in client.get(path).text


def test_pages_show_nothing_of_others(
    server: EmbeddedServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    server.add_account("other@example.test", "password")
    theirs = server.script_scan("theirs", "other@example.test")
    assert links(client, "/", "scans") == [scan.id]
    answer = client.get(f"/repos/{theirs.repo_id}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
