"""The server that does only what the documentation says is true to it (protocol.md 7, 13)."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from httpx_sse import EventSource

from tests.fakes import documented_server
from tests.fakes.documented_server import DocumentedServer, Kind, Lack, Serve
from tests.fakes.documented_story import FORTY_TWO, STORIES

ENDS = ("scan_complete", "error")


@pytest.fixture
def run() -> Iterator[Serve]:
    """Start servers that end with the test."""
    with documented_server.documented_servers() as start:
        yield start


def ask(server: DocumentedServer, path: str, method: str = "GET", **options: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {server.token}"}
    return httpx.request(method, f"{server.url}{path}", headers=headers, trust_env=False, **options)


def data(server: DocumentedServer, path: str, method: str = "GET", **options: Any) -> Any:
    body = ask(server, path, method, **options).raise_for_status().json()
    assert body["success"] is True
    return body["data"]


def stream_path(server: DocumentedServer) -> str:
    return f"/api/scans/{server.story.scan_id}/progress/stream"


def opened(server: DocumentedServer) -> AbstractContextManager[httpx.Response]:
    headers = {"Authorization": f"Bearer {server.token}"}
    url = f"{server.url}{stream_path(server)}"
    return httpx.stream("GET", url, headers=headers, trust_env=False)


def hear(server: DocumentedServer, take: Callable[[tuple[str, Any]], None]) -> None:
    """Hand on names and data of all events of a new stream, until the server ends it."""
    with opened(server) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        for event in EventSource(answer).iter_sse():
            take((event.event, event.json()))


def heard(server: DocumentedServer) -> list[tuple[str, Any]]:
    events: list[tuple[str, Any]] = []
    hear(server, events.append)
    return events


def ids_of(events: list[tuple[str, Any]]) -> list[str]:
    return [reported["finding_id"] for name, reported in events if name == "finding_added"]


def test_the_published_example_is_told_stage_by_stage_with_counts(run: Serve) -> None:
    server = run()
    server.play("published")

    events = heard(server)

    assert [
        (name, reported.get("stage") or reported.get("title"), reported.get("status"))
        for name, reported in events
    ] == [
        ("stage_update", "ingest", "running"),
        ("status_change", None, "ingesting"),
        ("stage_update", "ingest", "completed"),
        ("status_change", None, "ingested"),
        ("stage_update", "hunt", "running"),
        ("status_change", None, "hunting"),
        ("finding_added", "SQL injection in the order search", None),
        ("stage_update", "hunt", "completed"),
        ("status_change", None, "hunted"),
        ("scan_complete", None, None),
    ]
    counts = {"finding_count": 1, "critical": 1, "high": 0, "medium": 0, "low": 0}
    assert counts.items() <= events[-1][1].items()
    assert all("finding_count" in reported for name, reported in events if name == "status_change")
    assert all(reported["scan_id"] == server.story.scan_id for _, reported in events)
    stamps = [reported["timestamp"] for name, reported in events if name != "finding_added"]
    assert all(len(stamp) == len("2026-07-04T08:00:09Z") for stamp in stamps)
    assert all(stamp.endswith("Z") for stamp in stamps)


@pytest.mark.parametrize("name", sorted(STORIES.keys() - {"replayed", "gap", "silent"}))
def test_a_later_stream_tells_the_same_story_and_ends_with_it(run: Serve, name: str) -> None:
    server = run()
    server.play(name)

    first, second = heard(server), heard(server)

    assert first == second
    assert [reported for reported, _ in first if reported in ENDS] == [first[-1][0]]
    assert ids_of(first) == server.story.announced


def test_a_silent_stream_is_open_and_says_nothing(run: Serve) -> None:
    server = run()
    server.play("silent")
    with opened(server) as answer:
        assert answer.status_code == 200
        server.story.drop()
        with pytest.raises(httpx.RemoteProtocolError):
            next(answer.iter_bytes())


@pytest.mark.parametrize(("name", "count"), [("forty-two", 42), ("thirty-seven-of-forty-two", 37)])
def test_forty_two_are_counted_at_the_end_however_many_are_announced(
    run: Serve, name: str, count: int
) -> None:
    server = run()
    server.play(name)
    events = heard(server)
    assert Counter(reported for reported, _ in events)["finding_added"] == count
    assert (FORTY_TWO | {"finding_count": 42}).items() <= events[-1][1].items()


@pytest.mark.parametrize(("name", "again"), [("replayed", 42), ("gap", 17)])
def test_a_broken_stream_is_told_again_from_the_start_or_not_at_all(
    run: Serve, name: str, again: int
) -> None:
    server = run()
    with ThreadPoolExecutor(1) as pool:
        playing = pool.submit(server.play, name)
        before: list[tuple[str, Any]] = []
        with pytest.raises(httpx.RemoteProtocolError):
            hear(server, before.append)
        after = heard(server)
        playing.result()

    assert ids_of(before) == server.story.announced[:20]
    assert ids_of(after) == server.story.announced[-again:]
    assert after[-1][1]["finding_count"] == 42


def test_what_happens_is_told_at_once_and_keepalives_come_between(run: Serve) -> None:
    server = run(keepalive_s=0.01)
    with opened(server) as answer:
        lines = answer.iter_lines()
        assert next(lines) == ": keepalive"
        server.story.announce("high")
        assert "event: finding_added" in lines


@pytest.mark.parametrize(
    ("lack", "status", "kind", "body"),
    [
        (Lack.JSON, 404, "application/json", '{"success": false, "code": 404, '),
        (Lack.TEXT, 404, "text/plain", "Not found"),
        (Lack.HTML, 404, "text/html", documented_server.HTML),
        (Lack.PAGE_200, 200, "text/html", documented_server.HTML),
        (Lack.METHOD, 405, "text/plain", ""),
        (Lack.UNBUILT, 501, "text/plain", ""),
    ],
)
def test_a_server_of_a_stream_has_nothing_else(
    run: Serve, lack: Lack, status: int, kind: str, body: str
) -> None:
    server = run(lack=lack)
    scan = f"/api/scans/{server.story.scan_id}"
    for path in ("/health", "/api/auth/me", scan, f"{scan}/live", f"{scan}/findings", "/"):
        answer = ask(server, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
        assert answer.text.startswith(body)
    assert ask(server, "/api/auth/login", "POST").status_code == status


@pytest.mark.parametrize("kind", list(Kind))
def test_errors_of_its_own_routes_are_flat(run: Serve, kind: Kind) -> None:
    server = run(kind)
    unknown = ask(server, "/api/scans/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21/progress/stream")
    assert unknown.status_code == 404
    assert unknown.json().keys() == {"success", "code", "message"}
    for headers in ({}, {"Authorization": "Bearer another"}):
        url = f"{server.url}{stream_path(server)}"
        refused = httpx.get(url, headers=headers, trust_env=False)
        assert (refused.status_code, refused.json()["code"]) == (401, 401)


def test_the_documented_routes_read_the_scan_and_its_findings(run: Serve) -> None:
    server = run(Kind.DOCUMENTED, prefix="/heimdall")
    server.play("forty-two")
    scan = f"/api/scans/{server.story.scan_id}"

    assert data(server, scan)["status"] == "completed"
    assert data(server, scan)["finding_count"] == 42
    pages = [data(server, f"{scan}/findings?per_page=20&page={page}") for page in (1, 2, 3)]
    rows = [row for page in pages for row in page["items"]]
    assert Counter(row["severity"] for row in rows) == FORTY_TWO
    assert {row["id"] for row in rows} == set(server.story.announced)
    assert {len(row) for row in rows} == {22}
    assert [page["total"] for page in pages] == [42] * 3
    high = data(server, f"{scan}/findings?severity=high&status=open&per_page=100")
    assert high["total"] == 12
    assert data(server, f"/api/findings/{rows[0]['id']}") == rows[0]
    assert ask(server, f"{scan}/live").status_code == 404
    assert ask(server, "/health").status_code == 404
    me = ask(server, "/api/auth/me").json()
    assert me["status"] == "ok"
    assert "updated_at" in me["data"]
    assert "avatar_url" not in me["data"]


def test_a_change_returns_the_finding_and_leaves_an_event(run: Serve) -> None:
    server = run(Kind.DOCUMENTED)
    found = f"/api/findings/{server.story.find('high')}"

    changed = data(server, f"{found}/status", "PATCH", json={"status": "fixed", "comment": "Done"})
    assert changed == data(server, found)
    assert changed["status"] == "fixed"
    assert data(server, f"{found}/severity", "PATCH", json={"severity": "low"})["severity"] == "low"
    events = data(server, f"{found}/events")
    assert [each["new_value"] for each in events] == ["fixed", "low"]
    assert [each["comment"] for each in events] == ["Done", None]
    assert data(server, "/api/findings/unknown/events") == []
    assert ask(server, f"{found}/status", "PATCH", json={"status": "odd"}).status_code == 400
    assert ask(server, "/api/findings/unknown").status_code == 404


def test_listings_and_bodies_may_have_other_forms(run: Serve) -> None:
    without_total, is_bare = documented_server.Listing.WITHOUT_TOTAL, documented_server.Listing.BARE
    without = run(Kind.DOCUMENTED, listing=without_total)
    bare = run(Kind.DOCUMENTED, listing=is_bare, is_bare=True, lacks=("me",))
    for server in (without, bare):
        server.story.find("low")
    listing = data(without, f"/api/scans/{without.story.scan_id}/findings")
    assert (len(listing["items"]), "total" in listing) == (1, False)
    rows = ask(bare, f"/api/scans/{bare.story.scan_id}/findings").json()
    assert [row["id"] for row in rows] == list(bare.story.rows)
    assert ask(bare, "/api/auth/me").status_code == 404


@pytest.fixture
def can_interrupt() -> Iterator[None]:
    """A program in the background ignores Ctrl+C, and so would what it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("can_interrupt")
def test_by_hand_it_prints_where_and_with_what_it_is_reached() -> None:
    command = [sys.executable, "-m", "tests.documented_server", "--pace", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url, scan_id, token = (process.stdout.readline().strip() for _ in range(3))
        path = f"{url}/api/scans/{scan_id}/progress/stream"
        headers = {"Authorization": f"Bearer {token}"}
        assert "event: scan_complete" in httpx.get(path, headers=headers, trust_env=False).text
        process.send_signal(signal.SIGINT)
    assert process.returncode == 0
