"""The laboratory's server scripted over HTTP, and as a process."""

import hashlib
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.rows import STAGES
from tests.lab.controls import Controls
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import EMAIL, PASSWORD, Lab, StreamReader, assert_page


@pytest.fixture(scope="module")
def running_server() -> Iterator[LabServer]:
    """A server under control, shared by the tests of this module."""
    with LabServer(has_controls=True, worker=lambda *_: IdleWorker()) as running:
        yield running


class Tester:
    """Knows nothing but an address, like curl."""

    __test__ = False

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Send a request to a control, which must succeed."""
        answer = self.client.request(method, f"/test{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(self, method: str, path: str, body: object = None) -> int:
        """Send a request to a control, which must refuse with a reason; return the status."""
        answer = self.client.request(method, f"/test{path}", json=body)
        assert answer.json()["error"]
        return answer.status_code

    def scan(self, *steps: dict[str, Any], **fields: object) -> str:
        """Make a scan; return its id."""
        scan_id = self.ask("POST", "/scans", {"steps": list(steps), **fields})["id"]
        assert isinstance(scan_id, str)
        return scan_id


@pytest.fixture
def tester(stranger: httpx.Client) -> Tester:
    return Tester(stranger)


def test_without_controls_they_are_unknown_pages(client: httpx.Client) -> None:
    with LabServer(worker=lambda *_: IdleWorker()) as plain:
        plain.add_account(EMAIL, PASSWORD)
        headers = {"authorization": f"Bearer {plain.new_session()}"}
        for path in ("/test", "/test/requests"):
            url = plain.url + path
            assert_page(httpx.get(url, headers=headers, trust_env=False))
            assert httpx.get(url, trust_env=False).status_code == 302
    assert client.get("/testing").status_code == 404


def test_the_manual_names_every_control_and_no_other(lab: Lab, running_server: LabServer) -> None:
    manual = lab.stranger.get("/test").text
    named = set(re.findall(r"^    (GET|POST|DELETE) +(/test\S*)", manual, re.MULTILINE))

    async def nothing(*_: object) -> None:
        pass

    routes = Controls(running_server, nothing).routes()
    there = {
        (method, route.path) for route in routes for method in (route.methods or set()) - {"HEAD"}
    }
    assert named == there


def test_an_account_and_its_sessions(tester: Tester) -> None:
    made = tester.ask("POST", "/accounts", {"email": "x@example.test", "password": "long enough"})
    token = tester.ask("POST", "/sessions", {"email": "x@example.test"})["token"]
    over = tester.ask("POST", "/sessions", {"email": "x@example.test", "lifetime_s": -1})["token"]

    def me(token: str) -> int:
        headers = {"authorization": f"Bearer {token}"}
        return tester.client.get("/repos", headers=headers).status_code

    assert [me(one) for one in (made["token"], token, over)] == [200, 200, 302]
    tester.ask("POST", "/sessions/expire", {"email": "x@example.test"})
    assert me(token) == 302
    assert tester.refusal("POST", "/sessions", {"email": "nobody@example.test"}) == 404


def test_a_whole_scan_step_by_step(tester: Tester, client: httpx.Client) -> None:
    scan_id = tester.scan({"do": "run_until", "stage": "hunt"}, repo="shop", owner=EMAIL)
    with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as answer:
        stream = StreamReader(answer)
        stream.initial_state()
        assert tester.ask("GET", f"/scans/{scan_id}")["streams"] == 1
        reported = tester.ask(
            "POST",
            f"/scans/{scan_id}/steps",
            [
                {"do": "add_findings", "count": 2, "severity": "critical"},
                {"do": "wait", "seconds": 0},
                {"do": "add_findings", "count": 1, "severity": "Severe", "status": "confirmed"},
                {"do": "complete"},
            ],
        )
        names = [name for name, _ in stream.rest_of_events()]
    assert names.count("finding_added") == 3
    assert names[-1] == "scan_complete"
    rows = tester.ask("GET", f"/scans/{scan_id}/findings")
    ids = "\n".join(sorted(row["id"] for row in rows))
    assert reported["status"] == "completed"
    assert reported["ids_sha256"] == hashlib.sha256(ids.encode()).hexdigest()
    assert reported["findings"] == {
        "total": 3,
        "critical": 2,
        "high": 0,
        "medium": 0,
        "low": 0,
        "other": 1,
    }
    assert reported["by_status"] == {"open": 2, "confirmed": 1}
    listed = client.get(f"/api/scans/{scan_id}/findings").json()["data"]["items"]
    assert rows == listed


def test_one_step_needs_no_list(tester: Tester) -> None:
    scan_id = tester.scan()
    step = {"do": "start_stage", "stage": STAGES[0]}
    assert tester.ask("POST", f"/scans/{scan_id}/steps", step)["status"] == "ingesting"


def test_a_silent_scan(tester: Tester, client: httpx.Client, server: LabServer) -> None:
    scan_id = tester.scan(is_silent=True)
    with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as answer:
        stream = StreamReader(answer)
        stream.initial_state()
        tester.ask("POST", f"/scans/{scan_id}/steps", {"do": "complete"})
        server.call(server.broadcaster.close_all)
        assert stream.rest() == []


def test_a_scan_made_by_the_api_can_be_moved(tester: Tester, client: httpx.Client) -> None:
    repo_id = tester.ask("POST", "/scans", {})["repo_id"]
    made = client.post(f"/api/repos/{repo_id}/scan").json()["data"]["id"]
    assert tester.ask("POST", f"/scans/{made}/steps", {"do": "complete"})["status"] == "completed"


def test_only_scripted_scans_are_moved(tester: Tester, client: httpx.Client) -> None:
    recording = {"name": "ordinary", "owner": EMAIL}
    repo_id = tester.ask("POST", "/recordings", recording)["repo_id"]
    made = client.post(f"/api/repos/{repo_id}/scan").json()["data"]["id"]
    assert tester.ask("GET", f"/scans/{made}")["status"] == "queued"
    assert tester.refusal("POST", f"/scans/{made}/steps", {"do": "complete"}) == 404
    assert tester.refusal("GET", f"/scans/{uuid4()}") == 404


def test_a_deleted_repository_is_gone(tester: Tester, client: httpx.Client) -> None:
    made = tester.ask("POST", "/scans", {"repo": "doomed"})
    tester.ask("DELETE", f"/repos/{made['repo_id']}")
    assert client.get(f"/api/scans/{made['id']}").status_code == 404
    assert tester.refusal("DELETE", f"/repos/{made['repo_id']}") == 404
    assert tester.refusal("POST", f"/scans/{made['id']}/steps", {"do": "complete"}) == 404


def test_faults_hit_the_api_and_never_the_controls(tester: Tester, client: httpx.Client) -> None:
    fault = {"shape": "page", "status": 503, "times": None}
    (armed,) = tester.ask("POST", "/faults", [fault])["armed"]
    assert armed.items() >= fault.items()
    assert [client.get("/health").status_code for _ in range(3)] == [503] * 3
    assert tester.ask("GET", "/faults")["hits"] == {"page other": 3}
    assert tester.ask("DELETE", "/faults")["armed"] == []
    assert client.get("/health").status_code == 200
    tester.ask("DELETE", "/requests")
    assert tester.ask("GET", "/faults")["hits"] == {}


def test_the_small_server_of_the_manual_works(tester: Tester) -> None:
    manual = [
        {"shape": "second_of_two", "threads": 2, "times": None},
        {"shape": "late", "delay_s": 0.05, "times": None},
    ]
    crowd, late = tester.ask("POST", "/faults", manual)["armed"]
    assert crowd.items() >= manual[0].items()
    assert late.items() >= manual[1].items()
    assert tester.ask("DELETE", "/faults")["armed"] == []


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"shape": "melted"},
        {"shape": "page", "on": "everything"},
        {"shape": "page", "times": "3"},
        {"shape": "page", "times": 0},
        {"shape": "page", "colour": "red"},
        [{"shape": "page"}, {"shape": 7}],
        7,
    ],
)
def test_one_wrong_fault_refuses_the_whole_list(tester: Tester, fault: object) -> None:
    assert tester.refusal("POST", "/faults", fault) == 400
    assert tester.ask("GET", "/faults")["armed"] == []


def test_streams_are_held_and_dropped(tester: Tester, client: httpx.Client) -> None:
    scan_id = tester.scan()
    with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as answer:
        stream = StreamReader(answer)
        stream.initial_state()
        assert tester.ask("POST", "/streams", {"flow": "held"}) == {"flow": "held"}
        tester.ask("POST", f"/scans/{scan_id}/steps", {"do": "run_until", "stage": "tyr"})
        assert tester.ask("GET", "/faults")["flow"] == "held"
        tester.ask("POST", "/streams", {"flow": "flowing"})
        count = 0
        while count < 6:
            count += stream.chunk().count("event: ")
        assert tester.ask("POST", "/streams/drop") == {"dropped": 1}
        with pytest.raises(httpx.RemoteProtocolError):
            stream.rest()
    assert tester.refusal("POST", "/streams", {"flow": "upwards"}) == 400


def test_another_generation_breaks_the_streams(tester: Tester, client: httpx.Client) -> None:
    scan_id = tester.scan()
    path = f"/api/scans/{scan_id}"
    with client.stream("GET", f"{path}/progress/stream") as answer:
        stream = StreamReader(answer)
        stream.initial_state()
        tester.ask("POST", "/generation", {"generation": "A", "drop_streams": False})
        tester.ask("POST", "/generation", {"generation": "C"})
        assert stream.rest_of_bytes() == (b"", False)
    assert tester.ask("GET", "/generation") == {"generation": "C"}
    assert "fallback" in client.get(f"{path}/live").json()["data"]
    assert tester.refusal("POST", "/generation", {"generation": "D"}) == 400


def test_pages_drift_on_request(tester: Tester, server: LabServer) -> None:
    both = {"shuffle_ties": True, "moves_rows": True}
    assert tester.ask("POST", "/listing", both) == both
    assert (server.database.shuffle_ties, server.database.moves_rows) == (True, True)
    assert tester.ask("POST", "/listing", {"moves_rows": False})["shuffle_ties"] is True
    tester.ask("POST", "/listing", {"shuffle_ties": False})
    assert server.database.shuffle_ties is False


def test_requests_of_the_api_alone_are_counted(tester: Tester, client: httpx.Client) -> None:
    scan_id = tester.scan()
    for _ in range(20):
        client.get(f"/api/scans/{scan_id}/live")
    reported = tester.ask("GET", "/requests")
    assert reported["by_kind"] == {"live": 20}
    assert (reported["total"], reported["busiest_per_s"]) == (20, 2.0)
    assert (reported["in_flight"], reported["most_in_flight"]) == (0, 1)
    assert tester.ask("DELETE", "/requests")["by_kind"] == {}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[", b"7", b'"x"', b"null", b'{"colour": 1}'])
def test_unreadable_bodies_are_refused(stranger: httpx.Client, body: bytes) -> None:
    answer = stranger.post("/test/accounts", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_web_page_is_refused(stranger: httpx.Client) -> None:
    headers = {"origin": "https://evil.example"}
    assert stranger.get("/test/requests", headers=headers).status_code == 403


def test_a_refused_step_has_a_reason_and_the_server_continues(tester: Tester) -> None:
    scan_id = tester.scan()
    steps = [{"do": "start_stage", "stage": "ingest"}, {"do": "jump"}, {"do": "complete"}]
    assert tester.refusal("POST", f"/scans/{scan_id}/steps", steps) == 400
    assert tester.ask("GET", f"/scans/{scan_id}")["status"] == "ingesting"


@contextmanager
def running(*options: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.lab", "server", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started
        started.kill()


def reported_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    assert isinstance(url, str)
    return url


def ask(method: str, url: str, body: object = None) -> dict[str, object]:
    answer = httpx.request(method, url, json=body, trust_env=False)
    assert answer.status_code == 200, answer.text
    reported = answer.json()
    assert isinstance(reported, dict)
    return reported


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_needs_no_input_and_ends_on_a_signal() -> None:
    options = ("--generation", "C")
    with running(*options) as process:
        url = reported_url(process)
        assert ask("GET", f"{url}/test/generation") == {"generation": "C"}
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_scripted_scan_survives_a_killed_server_unchanged(tmp_path: Path) -> None:
    options = ("--folder", str(tmp_path), "--speed", "0")
    steps = [{"do": "run_until", "stage": "hunt"}, {"do": "add_findings", "count": 3}]
    with running(*options) as process:
        url = reported_url(process)
        ask("POST", f"{url}/test/accounts", {"email": "a@example.test", "password": "long enough"})
        made = ask("POST", f"{url}/test/scans", {"steps": steps})
        process.kill()
    port = url.rpartition(":")[2]
    with running(*options, "--port", port) as process:
        assert reported_url(process) == url
        path = f"{url}/test/scans/{made['id']}"
        assert ask("GET", path) == made
        change = {"do": "change_finding", "finding": 0, "severity": "low"}
        reported = ask("POST", f"{path}/steps", [change, {"do": "retry"}, {"do": "complete"}])
    assert reported["status"] == "completed"
    assert reported["ids_sha256"] == made["ids_sha256"]


def test_help_shows_how_to_start_it_by_hand() -> None:
    with running("--help") as process:
        out, _err = process.communicate(timeout=20)
    assert "tests.lab server --port" in out
    assert "/test/accounts" in out
