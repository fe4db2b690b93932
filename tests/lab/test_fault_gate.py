"""Each shape of fault over the wire. Source: heimdall-api.md §2.2, E4 to E14."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import httpx
import pytest

from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import StreamOpener, StreamReader
from tests.local.test_errors import assert_envelope, assert_text


@pytest.fixture
def path(scan: ScriptedScan) -> str:
    """What is asked for."""
    return f"/api/scans/{scan.id}"


def test_envelopes(server: LabServer, client: httpx.Client, path: str) -> None:
    server.faults.add(
        Fault(Shape.ENVELOPE), Fault(Shape.ENVELOPE, status=401), Fault(Shape.ENVELOPE, status=503)
    )
    for status in (500, 401, 503):
        assert_envelope(client.get(path), status)
    assert client.get(path).status_code == 200
    assert server.faults.hits == {"envelope scan": 3}


def test_an_error_that_is_a_string(server: LabServer, client: httpx.Client, path: str) -> None:
    server.faults.add(Fault(Shape.STRING))
    answer = client.get(path)
    assert answer.status_code == 403
    assert isinstance(answer.json()["error"], str)


def test_plain_text(server: LabServer, client: httpx.Client, path: str) -> None:
    server.faults.add(Fault(Shape.TEXT), Fault(Shape.TEXT, status=404))
    assert_text(client.get(path), 400)
    assert_text(client.get(path), 404)


@pytest.mark.parametrize("status", [502, 503, 504, 413])
def test_pages_of_a_proxy(server: LabServer, client: httpx.Client, path: str, status: int) -> None:
    server.faults.add(Fault(Shape.PAGE, status=status))
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "set-cookie" not in answer.headers  # nothing behind the proxy has seen it


def test_a_rate_limit(server: LabServer, client: httpx.Client, path: str) -> None:
    server.faults.add(Fault(Shape.RATE_LIMITED, on="scan", after_s=7))
    answer = client.get(path)
    assert_text(answer, 429)
    assert answer.headers["x-ratelimit-after"] == "7"


def test_a_redirect_and_a_captive_portal(
    server: LabServer, client: httpx.Client, path: str
) -> None:
    server.faults.add(Fault(Shape.REDIRECT), Fault(Shape.PORTAL))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, "/login")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(("after_bytes", "length"), [(None, None), (0, 0), (1, 1), (100, 100)])
def test_json_that_stops_in_the_middle_of_good_framing(
    server: LabServer,
    client: httpx.Client,
    path: str,
    after_bytes: int | None,
    length: int | None,
) -> None:
    whole = client.get(path).content
    server.faults.add(Fault(Shape.TRUNCATED, after_bytes=after_bytes))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.content == whole[: len(whole) // 2 if length is None else length]
    assert answer.headers["content-length"] == str(len(answer.content))
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert client.get(path).content == whole


def test_what_is_shorter_than_a_cut_stays_whole_and_counts_as_no_hit(
    server: LabServer, client: httpx.Client, path: str
) -> None:
    for shape in (Shape.TRUNCATED, Shape.CUT):
        server.faults.add(Fault(shape, after_bytes=1_000_000))
        assert client.get(path).json()["success"] is True
    assert server.faults.hits == {}


@pytest.mark.parametrize("after_bytes", [0, 10])
def test_a_connection_closed_within_the_body(
    server: LabServer, client: httpx.Client, path: str, after_bytes: int
) -> None:
    server.faults.add(Fault(Shape.CUT, on="scan", after_bytes=after_bytes))
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200
        received, is_well_ended = StreamReader(answer).rest_of_bytes()
    assert (len(received), is_well_ended) == (after_bytes, False)
    assert client.get(path).status_code == 200
    assert server.faults.hits == {"cut scan": 1}


def test_a_connection_closed_without_an_answer_and_without_the_deed(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, path: str
) -> None:
    server.faults.add(Fault(Shape.CLOSED, times=2))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(path)
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(f"{path}/cancel")
    row = server.database.scan(scan.id)
    assert row
    assert row.status == "queued"


def test_nothing_is_logged_of_broken_answers(
    server: LabServer, client: httpx.Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add(Fault(Shape.CLOSED), Fault(Shape.CUT), Fault(Shape.CUT, on="stream"))
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(path)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(f"{path}/progress/stream")
    server.faults.add(Fault(Shape.CUT, on="stream"))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(f"/api/scans/{uuid4()}/progress/stream")  # a 404 that is cut
    assert client.get(path).status_code == 200
    assert caplog.messages == []


def test_only_the_named_kind_is_met(server: LabServer, client: httpx.Client) -> None:
    server.faults.add(Fault(Shape.PAGE, on="auth"))
    assert client.get("/health").status_code == 200
    assert client.get("/api/auth/me").status_code == 502


def test_a_late_answer_comes_when_the_faults_are_cleared(
    server: LabServer, client: httpx.Client, path: str
) -> None:
    port = int(server.url.rpartition(":")[2])
    server.faults.add(Fault(Shape.ENVELOPE, delay_s=1_000_000), Fault(Shape.LATE, delay_s=0.01))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
        server.requests.until(lambda: server.requests.in_flight == 1)
        assert client.get(path).status_code == 200  # the second fault, after its little while
        server.faults.clear()
        assert connection.recv(65_536).startswith(b"HTTP/1.1 500")


def test_a_server_with_held_up_requests_stops_quietly(caplog: pytest.LogCaptureFixture) -> None:
    with LabServer() as server, socket.socket() as connection:
        server.faults.add(Fault(Shape.LATE, delay_s=1_000_000))
        connection.connect(("127.0.0.1", int(server.url.rpartition(":")[2])))
        connection.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
        server.requests.until(lambda: server.requests.in_flight == 1)
    assert caplog.messages == []


def test_errors_of_a_stream_meet_faults_too(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    server.faults.add(
        Fault(Shape.PAGE, on="stream"), Fault(Shape.ENVELOPE, on="stream", status=401)
    )
    path = f"/api/scans/{scan.id}/progress/stream"
    assert [client.get(path).status_code for _ in range(2)] == [502, 401]
    with open_stream(scan.id) as stream:
        assert stream.initial_state()


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_a_protected_request_on_a_busy_thread_is_dropped_and_harms_no_other(
    server: LabServer, client: httpx.Client, path: str, threads: int
) -> None:
    crowd = Fault(Shape.SECOND_OF_TWO, threads=threads, times=None)
    held = Fault(Shape.ENVELOPE, on="scan", delay_s=1_000_000, times=threads)
    server.faults.add(crowd, held)
    with ExitStack() as opened:
        first = [opened.enter_context(fresh_request(server, path)) for _ in range(threads)]
        server.requests.until(lambda: server.requests.in_flight == threads)
        for _ in range(threads):
            with fresh_request(server, path) as dropped:
                assert dropped.recv(65_536) == b""
        assert client.get("/health").status_code == 200
        assert server.faults.hits == {"second_of_two scan": threads}
        server.faults.clear()
        for connection in first:
            assert connection.recv(65_536).startswith(b"HTTP/1.1 500")
    assert client.get(path).status_code == 200


def test_a_dropped_request_is_not_carried_out(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, path: str
) -> None:
    server.faults.add(Fault(Shape.SECOND_OF_TWO, threads=1, on="cancel"))
    server.faults.add(Fault(Shape.LATE, on="scan", delay_s=1_000_000))
    with fresh_request(server, path):
        server.requests.until(lambda: server.requests.in_flight == 1)
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(f"{path}/cancel")
        assert client.get(f"{path}/live").status_code == 200, "only cancels are dropped"
        assert server.faults.hits == {"second_of_two cancel": 1}
        server.faults.clear()
    row = server.database.scan(scan.id)
    assert row is not None
    assert row.status == "queued"


def test_a_stream_keeps_its_thread_busy_until_its_head_is_sent(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    server.faults.add(Fault(Shape.SECOND_OF_TWO, threads=1, times=None))
    with open_stream(scan.id) as stream:
        assert stream.initial_state()
        assert client.get(f"/api/scans/{scan.id}").status_code == 200
    server.requests.until(lambda: server.requests.open_streams == 0)
    server.faults.add(Fault(Shape.LATE, on="stream", delay_s=1_000_000))
    with fresh_request(server, f"/api/scans/{scan.id}/progress/stream"):
        server.requests.until(lambda: server.requests.open_streams == 1)
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(f"/api/scans/{scan.id}")
        server.faults.clear()


@contextmanager
def fresh_request(server: LabServer, path: str) -> Iterator[socket.socket]:
    """A GET on a connection of its own."""
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
        yield connection
