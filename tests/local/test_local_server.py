"""The server as an object: starts, stops, restarts on its folder."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from heimdall_desktop.local import local_server
from heimdall_desktop.local.auth import SECRET_HEADER
from heimdall_desktop.local.rows import ScanId
from tests.fakes.scans import scan_row
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import EMAIL, PASSWORD, Lab, assert_envelope, assert_page

RUN_SECRET = "f" * 64


def idle_server(folder: Path | None = None) -> LabServer:
    return LabServer(folder, worker=lambda *_: IdleWorker())


def test_a_temporary_folder_is_removed_and_a_given_one_kept(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with idle_server(tmp_path / "new") as server:
        assert server.database.cells("SELECT 1") == [(1,)]
    assert (tmp_path / "new" / "heimdall.sqlite3").exists()
    assert set(threading.enumerate()) <= before


def test_a_restart_keeps_accounts_and_queues_unfinished_scans(tmp_path: Path) -> None:
    taken: list[ScanId] = []

    class TakingWorker(IdleWorker):
        def enqueue(self, scan_id: ScanId) -> None:
            taken.append(scan_id)

    with idle_server(tmp_path) as server:
        user_id = server.add_account(EMAIL, PASSWORD)
        waiting = server.script_scan("shop", EMAIL)
        server.script_scan("shop", EMAIL).complete()
    with LabServer(tmp_path, worker=lambda *_: TakingWorker()) as server:
        assert server.add_account(EMAIL, "another password") == user_id
        body = {"email": EMAIL, "password": "another password"}
        answer = httpx.post(f"{server.url}/api/auth/login", json=body, trust_env=False)
        assert answer.status_code == 200
    assert taken == [waiting.id]


def test_only_a_script_continues_a_scripted_scan(tmp_path: Path) -> None:
    with LabServer(tmp_path, speed=0) as server:
        server.add_account(EMAIL, PASSWORD)
        scan = server.script_scan("shop").run_until("hunt").add_findings(3)
        assert server.scripted_scan(scan.id) is scan
    with LabServer(tmp_path, speed=0) as server:
        again = server.scripted_scan(scan.id)
        assert again.finding_ids == scan.finding_ids
        row = scan_row(server.database, scan.id)
        assert row.status == "hunting"
        again.run_until("tyr").complete()
        row = scan_row(server.database, scan.id)
        assert (row.status, row.finding_count) == ("completed", 3)


def test_only_scripted_scans_have_a_script(server: LabServer) -> None:
    repo_id = server.add_recording_repo("ordinary", EMAIL)
    other = server.database.add_scan(repo_id)
    for scan_id in (other.id, ScanId("unknown")):
        with pytest.raises(LookupError):
            server.scripted_scan(scan_id)


def test_call_runs_on_the_loop_and_passes_errors_on(server: LabServer) -> None:
    name = server.call(lambda: threading.current_thread().name)
    assert name == "heimdall-server"
    assert server.call(lambda: server.call(lambda: 7)) == 7
    with pytest.raises(ZeroDivisionError):
        server.call(lambda: 1 // 0)


def test_sessions_for_tests(server: LabServer, scan: ScriptedScan) -> None:
    with pytest.raises(LookupError):
        server.new_session("nobody@example.test")
    token = server.new_session(EMAIL, timedelta(seconds=-1))
    headers = {"authorization": f"Bearer {token}"}
    url = f"{server.url}/api/scans/{scan.id}"
    assert httpx.get(url, headers=headers, trust_env=False).status_code == 401


def test_the_first_account_is_the_default(server: LabServer) -> None:
    server.add_account("other@example.test", PASSWORD)
    scan = server.script_scan("shop")
    headers = {"authorization": f"Bearer {server.new_session()}"}
    url = f"{server.url}/api/scans/{scan.id}"
    assert httpx.get(url, headers=headers, trust_env=False).status_code == 200


def test_scripting_needs_an_account() -> None:
    with idle_server() as server, pytest.raises(LookupError):
        server.script_scan("shop")


def test_a_recording_has_one_repository(server: LabServer) -> None:
    repo_id = server.add_recording_repo("ordinary", EMAIL)
    assert server.add_recording_repo("ordinary", EMAIL) == repo_id
    repo = server.database.repo(repo_id)
    assert repo is not None
    assert repo.remote_url == "recording:ordinary"


def test_without_another_worker_the_pipeline_scans(tmp_path: Path) -> None:
    missing = (tmp_path / "missing").as_uri()
    with LabServer(speed=0) as server:
        server.add_account(EMAIL, PASSWORD)
        headers = {"authorization": f"Bearer {server.new_session()}"}
        with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
            body = {"name": "missing", "remote_url": missing}
            repo_id = client.post("/api/repos", json=body).json()["data"]["id"]
            scan_id = client.post(f"/api/repos/{repo_id}/scan").json()["data"]["id"]
            with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as answer:
                assert any(b"event: error" in chunk for chunk in answer.iter_raw())


def test_many_requests_at_once(lab: Lab) -> None:
    lab.scan.run_until("hunt").add_findings(200)
    headers = {"authorization": f"Bearer {lab.server.new_session(EMAIL)}"}
    url = f"{lab.server.url}/api/scans/{lab.scan.id}/findings?per_page=100"
    wrong: list[int] = []

    def read() -> None:
        with httpx.Client(headers=headers, trust_env=False) as client:
            for _ in range(20):
                answer = client.get(url)
                if answer.status_code != 200 or len(answer.json()["data"]["items"]) != 100:
                    wrong.append(answer.status_code)

    with lab.open_stream(lab.scan.id) as stream:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        lab.scan.complete()
        assert "event: scan_complete" in stream.rest()[-1]
        for thread in threads:
            thread.join()
    assert wrong == []


def test_refuses_connections_while_streams_stay_open(tmp_path: Path) -> None:
    with idle_server(tmp_path) as server:
        server.add_account(EMAIL, PASSWORD)
        scan = server.script_scan("shop", EMAIL)
        headers = {"authorization": f"Bearer {server.new_session(EMAIL)}"}
        stream = f"{server.url}/api/scans/{scan.id}/progress/stream"
        with httpx.stream("GET", stream, headers=headers, trust_env=False) as response:
            chunks = response.iter_raw()
            assert b"queued" in next(chunks)
            server.refuse_connections()
            with pytest.raises(httpx.ConnectError):
                httpx.get(f"{server.url}/health", trust_env=False)
            scan.start_stage("ingest")
            assert b"ingest" in next(chunks)
            server.faults.drop_streams()
            with pytest.raises(httpx.RemoteProtocolError):
                list(chunks)


def test_it_listens_on_loopback_only(server: LabServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_an_idle_connection_is_closed_after_five_seconds(server: LabServer) -> None:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}}"):
            answer += connection.recv(65_536)
        assert connection.recv(65_536) == b""  # the end comes from the server; we keep still
    assert local_server.IDLE_CONNECTION_S == 5


def test_a_port_in_use_is_an_error_and_leaves_nothing_open(server: LabServer) -> None:
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"), LabServer(port=port):
        pass


async def test_a_connection_made_during_shutdown_is_closed() -> None:
    """It has been accepted, and no protocol knows of it yet."""
    listener = local_server.Listener(_no_application, H11Protocol, Future(), lambda: None)
    listener.config.load()
    listener.lifespan = listener.config.lifespan_class(listener.config)
    bound = local_server.loopback_socket(0)
    await listener.startup([bound])
    with socket.socket() as connection:
        connection.connect(bound.getsockname())
        for _ in range(2):  # until asyncio has accepted it, and no further
            await asyncio.sleep(0)
        await listener.shutdown([bound])
        connection.setblocking(False)
        assert connection.recv(1) == b""


async def _no_application(_scope: Scope, _receive: Receive, _send: Send) -> None:
    pytest.fail("no request was sent")


@pytest.fixture(scope="module")
def plain() -> Iterator[tuple[httpx.Client, str]]:
    """A client of a server without the laboratory, as the program starts it; a replayed scan."""
    headers = {SECRET_HEADER: RUN_SECRET}
    with (
        local_server.EmbeddedServer(secret=RUN_SECRET, speed=0) as server,
        httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client,
    ):
        server.add_account(EMAIL, PASSWORD)
        repo_id = server.add_recording_repo("modelled", EMAIL)
        answer = client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
        assert "set-cookie" not in answer.headers
        client.headers["authorization"] = f"Bearer {answer.json()['data']['token']}"
        scan_id = client.post(f"/api/repos/{repo_id}/scan").json()["data"]["id"]
        with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as stream:
            assert any(b"event: scan_complete" in chunk for chunk in stream.iter_raw())
        yield client, scan_id


def test_a_replayed_finding_can_be_explained_but_not_filed_or_fixed(
    plain: tuple[httpx.Client, str],
) -> None:
    client, scan_id = plain
    page = client.get(f"/api/scans/{scan_id}/findings?per_page=100").json()["data"]
    assert (page["total"], len(page["items"])) == (60, 60)
    ids = [row["id"] for row in page["items"]]
    statuses = {client.post(f"/api/findings/{each}/explain").status_code for each in ids}
    assert statuses == {200, 503}
    for action in ("issue", "remediate"):
        assert_envelope(client.post(f"/api/findings/{ids[0]}/{action}"), 400)
        assert_envelope(client.post(f"/api/findings/{uuid4()}/{action}"), 404)
    assert_envelope(client.post(f"/api/scans/{scan_id}/findings/create-all-issues"), 400)
    assert client.get(f"/api/scans/{scan_id}/threat-model").json()["data"]["summary"]


def test_without_the_laboratory_its_routes_and_cookies_are_unknown(
    plain: tuple[httpx.Client, str],
) -> None:
    client, scan_id = plain
    body = {"email": "mallory@example.test", "password": "long enough"}
    assert_envelope(client.post("/api/auth/register", json=body), 403)
    for method, path in (
        ("GET", f"/api/scans/{scan_id}/sarif"),
        ("PATCH", f"/api/threat-models/{uuid4()}"),
        ("DELETE", f"/api/repos/{uuid4()}"),
    ):
        assert_page(client.request(method, path))
    assert client.get("/repos").status_code == client.get("/").status_code == 200
    token = client.headers["authorization"].removeprefix("Bearer ")
    cookie = {"authorization": "", "cookie": f"heimdall_session={token}"}
    assert_envelope(client.get(f"/api/scans/{scan_id}", headers=cookie), 401)
