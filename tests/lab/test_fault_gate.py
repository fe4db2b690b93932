"""Faults: which request gets which, what it gets, and the count of all requests."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.fakes.scans import scan_row
from tests.lab.fault_gate import RequestCount
from tests.lab.faults import OTHER, REQUEST_KINDS, Fault, Faults, Shape, request_kind
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import Lab, StreamReader

PATH = "/api/scans/1/live"


def at_once(function: Any) -> object:
    return function()


@pytest.mark.parametrize(
    "fields",
    [
        {"on": "everything"},
        {"times": 0},
        {"status": 204},
        {"status": 600},
        {"delay_s": -1},
        {"after_bytes": -1},
        {"threads": 0},
    ],
)
def test_faults_that_could_never_hit_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        Fault(Shape.PAGE, **fields)


def test_the_first_matching_fault_applies_as_often_as_it_says() -> None:
    faults = Faults(at_once)
    twice = Fault(Shape.PAGE, on="live", times=2)
    other = Fault(Shape.TEXT, on="scan")
    last = Fault(Shape.ENVELOPE)
    faults.add(twice, other, last)
    assert [faults.take("live", PATH) for _ in range(4)] == [twice, twice, last, None]
    assert faults.armed == (other,)


def test_equal_faults_count_by_themselves() -> None:
    faults = Faults(at_once)
    faults.add(*[Fault(Shape.PAGE, times=2)] * 2)
    assert [faults.take("live", PATH) is None for _ in range(5)] == [False] * 4 + [True]


def test_some_last_until_they_are_cleared() -> None:
    faults = Faults(at_once)
    faults.add(Fault(Shape.PAGE, times=None))
    assert all(faults.take("live", PATH) for _ in range(50))
    faults.clear()
    assert faults.take("live", PATH) is None


def test_a_part_of_the_path_chooses_one_scan() -> None:
    faults = Faults(at_once)
    faults.add(Fault(Shape.PAGE, path_part="/2/", times=None))
    assert faults.take("live", PATH) is None
    assert faults.take("live", "/api/scans/2/live")


def test_threads_never_share_one_fault() -> None:
    faults = Faults(at_once)
    faults.add(Fault(Shape.PAGE, times=1000))
    met: list[Fault] = []

    def take() -> None:
        while fault := faults.take("live", PATH):
            met.append(fault)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(met) == 1000


async def test_a_delay_passes_or_is_cleared() -> None:
    faults = Faults(at_once)
    await faults.wait(0)
    waiting = asyncio.get_running_loop().create_task(faults.wait(1_000_000))
    await asyncio.sleep(0)
    faults.clear()
    await waiting


def test_dropped_requests_leave_the_others_to_other_faults() -> None:
    faults = Faults(at_once)
    crowd, late = Fault(Shape.SECOND_OF_TWO, times=2), Fault(Shape.LATE, times=None)
    faults.add(crowd, late)
    assert faults.take("live", PATH) == late
    for _ in range(2):
        assert faults.crowd() == crowd
        faults.drop(crowd, "live")
    assert faults.crowd() is None
    assert faults.hits == {"second_of_two live": 2}


@pytest.fixture
def path(scan: ScriptedScan) -> str:
    return f"/api/scans/{scan.id}"


@pytest.mark.parametrize(
    ("fault", "status", "content_type", "piece"),
    [
        (Fault(Shape.ENVELOPE), 500, "application/json", '"error":{"code":500'),
        (Fault(Shape.ENVELOPE, status=401), 401, "application/json", '"error":{"code":401'),
        (Fault(Shape.ENVELOPE, status=503), 503, "application/json", '"error":{"code":503'),
        (Fault(Shape.STRING), 403, "application/json", '"error":"'),
        (Fault(Shape.TEXT), 400, "text/plain", ""),
        (Fault(Shape.TEXT, status=404), 404, "text/plain", ""),
        (Fault(Shape.PAGE, status=502), 502, "text/html", "<!DOCTYPE html>"),
        (Fault(Shape.PAGE, status=413), 413, "text/html", "<!DOCTYPE html>"),
        (Fault(Shape.RATE_LIMITED, on="scan", after_s=7), 429, "text/plain", "retry in 7s"),
        (Fault(Shape.PORTAL), 200, "text/html", "<form"),
    ],
)
def test_a_fault_is_the_answer_once(
    lab: Lab, path: str, fault: Fault, status: int, content_type: str, piece: str
) -> None:
    lab.server.faults.add(fault)
    answer = lab.client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(content_type)
    assert piece in answer.text
    assert "set-cookie" not in answer.headers  # nothing behind the proxy has seen it
    if fault.shape is Shape.RATE_LIMITED:
        assert answer.headers["x-ratelimit-after"] == "7"
    assert lab.client.get(path).status_code == 200
    assert lab.server.faults.hits == {f"{fault.shape.value} scan": 1}


def test_a_redirect_leads_to_the_sign_in(lab: Lab, path: str) -> None:
    lab.server.faults.add(Fault(Shape.REDIRECT))
    answer = lab.client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, "/login")


@pytest.mark.parametrize(("after_bytes", "length"), [(None, None), (0, 0), (1, 1), (100, 100)])
def test_json_that_stops_in_the_middle_of_good_framing(
    server: LabServer, client: httpx.Client, path: str, after_bytes: int | None, length: int | None
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


def test_an_answer_shorter_than_a_cut_stays_whole_and_is_no_hit(lab: Lab, path: str) -> None:
    for shape in (Shape.TRUNCATED, Shape.CUT):
        lab.server.faults.add(Fault(shape, after_bytes=1_000_000))
        assert lab.client.get(path).json()["success"] is True
    assert lab.server.faults.hits == {}


@pytest.mark.parametrize("after_bytes", [0, 10])
def test_a_connection_closed_within_the_body(lab: Lab, path: str, after_bytes: int) -> None:
    lab.server.faults.add(Fault(Shape.CUT, on="scan", after_bytes=after_bytes))
    with lab.client.stream("GET", path) as answer:
        assert answer.status_code == 200
        received, is_well_ended = StreamReader(answer).rest_of_bytes()
    assert (len(received), is_well_ended) == (after_bytes, False)
    assert lab.client.get(path).status_code == 200
    assert lab.server.faults.hits == {"cut scan": 1}


def test_a_closed_connection_gets_no_answer_and_nothing_is_carried_out(lab: Lab, path: str) -> None:
    lab.server.faults.add(Fault(Shape.CLOSED, times=2))
    with pytest.raises(httpx.RemoteProtocolError):
        lab.client.get(path)
    with pytest.raises(httpx.RemoteProtocolError):
        lab.client.post(f"{path}/cancel")
    assert scan_row(lab.server.database, lab.scan.id).status == "queued"


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


def test_only_the_named_kind_is_affected(server: LabServer, client: httpx.Client) -> None:
    server.faults.add(Fault(Shape.PAGE, on="auth"))
    assert client.get("/health").status_code == 200
    assert client.get("/api/auth/me").status_code == 502


def test_a_late_answer_comes_when_the_faults_are_cleared(lab: Lab, path: str) -> None:
    port = int(lab.server.url.rpartition(":")[2])
    lab.server.faults.add(Fault(Shape.ENVELOPE, delay_s=1_000_000), Fault(Shape.LATE, delay_s=0.01))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
        lab.server.requests.until(lambda: lab.server.requests.in_flight == 1)
        assert lab.client.get(path).status_code == 200  # the second fault, after its little while
        lab.server.faults.clear()
        assert connection.recv(65_536).startswith(b"HTTP/1.1 500")


def test_a_server_with_held_up_requests_stops_quietly(caplog: pytest.LogCaptureFixture) -> None:
    with LabServer() as server, socket.socket() as connection:
        server.faults.add(Fault(Shape.LATE, delay_s=1_000_000))
        connection.connect(("127.0.0.1", int(server.url.rpartition(":")[2])))
        connection.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
        server.requests.until(lambda: server.requests.in_flight == 1)
    assert caplog.messages == []


def test_faults_apply_to_errors_of_a_stream_too(lab: Lab) -> None:
    lab.server.faults.add(
        Fault(Shape.PAGE, on="stream"), Fault(Shape.ENVELOPE, on="stream", status=401)
    )
    path = f"/api/scans/{lab.scan.id}/progress/stream"
    assert [lab.client.get(path).status_code for _ in range(2)] == [502, 401]
    with lab.open_stream(lab.scan.id) as stream:
        assert stream.initial_state()


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_a_request_on_a_busy_thread_is_dropped_alone(lab: Lab, path: str, threads: int) -> None:
    crowd = Fault(Shape.SECOND_OF_TWO, threads=threads, times=None)
    held = Fault(Shape.ENVELOPE, on="scan", delay_s=1_000_000, times=threads)
    lab.server.faults.add(crowd, held)
    with ExitStack() as opened:
        first = [opened.enter_context(fresh_request(lab.server, path)) for _ in range(threads)]
        lab.server.requests.until(lambda: lab.server.requests.in_flight == threads)
        for _ in range(threads):
            with fresh_request(lab.server, path) as dropped:
                assert dropped.recv(65_536) == b""
        assert lab.client.get("/health").status_code == 200
        assert lab.server.faults.hits == {"second_of_two scan": threads}
        lab.server.faults.clear()
        for connection in first:
            assert connection.recv(65_536).startswith(b"HTTP/1.1 500")
    assert lab.client.get(path).status_code == 200


def test_a_dropped_request_is_not_carried_out(lab: Lab, path: str) -> None:
    lab.server.faults.add(Fault(Shape.SECOND_OF_TWO, threads=1, on="cancel"))
    lab.server.faults.add(Fault(Shape.LATE, on="scan", delay_s=1_000_000))
    with fresh_request(lab.server, path):
        lab.server.requests.until(lambda: lab.server.requests.in_flight == 1)
        with pytest.raises(httpx.RemoteProtocolError):
            lab.client.post(f"{path}/cancel")
        assert lab.client.get(f"{path}/live").status_code == 200, "only cancels are dropped"
        assert lab.server.faults.hits == {"second_of_two cancel": 1}
        lab.server.faults.clear()
    assert scan_row(lab.server.database, lab.scan.id).status == "queued"


def test_a_stream_keeps_its_thread_busy_until_its_head_is_sent(lab: Lab) -> None:
    lab.server.faults.add(Fault(Shape.SECOND_OF_TWO, threads=1, times=None))
    with lab.open_stream(lab.scan.id) as stream:
        assert stream.initial_state()
        assert lab.client.get(f"/api/scans/{lab.scan.id}").status_code == 200
    lab.server.requests.until(lambda: lab.server.requests.open_streams == 0)
    lab.server.faults.add(Fault(Shape.LATE, on="stream", delay_s=1_000_000))
    with fresh_request(lab.server, f"/api/scans/{lab.scan.id}/progress/stream"):
        lab.server.requests.until(lambda: lab.server.requests.open_streams == 1)
        with pytest.raises(httpx.RemoteProtocolError):
            lab.client.get(f"/api/scans/{lab.scan.id}")
        lab.server.faults.clear()


@contextmanager
def fresh_request(server: LabServer, path: str) -> Iterator[socket.socket]:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
        yield connection


@pytest.mark.parametrize(
    ("path", "kind"),
    {
        "/api/auth/login": "auth",
        "/api/scans/1": "scan",
        "/api/scans/1/live": "live",
        "/api/scans/1/progress/stream": "stream",
        "/api/scans/1/findings": "findings",
        "/api/scans/1/patches": "patches",
        "/api/scans/1/threat-model": "threat_model",
        "/api/scans/1/sarif": "sarif",
        "/api/scans/1/cancel": "cancel",
        "/api/findings/1": "finding",
        "/api/findings/1/events": "events",
        "/api/findings/1/status": "triage",
        "/api/repos": "repo",
        "/api/repos/1/scan": "repo",
        "/api/scans/1/live/": OTHER,
        "/health": OTHER,
        "/": OTHER,
        "": OTHER,
    }.items(),
)
def test_each_path_has_its_kind(path: str, kind: str) -> None:
    assert request_kind(path) == kind
    assert kind in REQUEST_KINDS


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_busiest_window_is_found_wherever_it_begins() -> None:
    clock = Clock()
    count = RequestCount(clock)
    for moment in (0.0, 9.0, 9.5, 10.5, 11.0, 18.9, 40.0):
        clock.now = moment
        with count.counted("live"):
            pass
    assert count.busiest_per_s() == 0.5  # the five from 9.0 to 18.9
    assert count.busiest_per_s(1.0) == 2.0
    assert count.age_s == 40.0
    count.reset()
    assert (count.busiest_per_s(), count.by_kind, count.age_s) == (0.0, {}, 0.0)


def test_nested_requests_are_in_flight_at_once_and_streams_apart() -> None:
    count = RequestCount()
    with count.counted("stream"), count.counted("live"), count.counted("scan"):
        count.reset()
        assert (count.in_flight, count.open_streams) == (2, 1)
    assert (count.most_in_flight, count.most_open_streams) == (2, 1)
    assert (count.in_flight, count.open_streams) == (0, 0)
    assert count.as_json()["total"] == 0


def test_waiting_for_what_never_happens_raises() -> None:
    count = RequestCount()
    with pytest.raises(TimeoutError, match="open_streams"):
        count.until(lambda: count.open_streams > 0, limit_s=0.01)


def test_requests_are_counted_by_kind_whatever_their_result(lab: Lab) -> None:
    lab.server.faults.add(Fault(Shape.PAGE, on="live"))
    assert lab.client.get(f"/api/scans/{lab.scan.id}/live").status_code == 502
    assert lab.client.get(f"/api/scans/{lab.scan.id}/live").status_code == 200
    assert lab.stranger.get(f"/api/scans/{lab.scan.id}").status_code == 401
    assert lab.client.get(f"/api/scans/{lab.scan.id}/findings?page=x").status_code == 400
    assert lab.client.get("/health").status_code == 200
    assert lab.server.requests.by_kind == {"live": 2, "scan": 1, "findings": 1, "other": 1}
    assert lab.server.requests.most_in_flight == 1


def test_requests_held_up_together_are_in_flight_together(lab: Lab) -> None:
    arrived = threading.Barrier(4)
    client, path = lab.client, f"/api/scans/{lab.scan.id}/live"
    lab.server.faults.add(Fault(Shape.LATE, on="live", delay_s=60, times=3))

    def ask() -> None:
        arrived.wait()
        client.get(path)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    with lab.open_stream(lab.scan.id):
        for thread in threads:
            thread.start()
        arrived.wait()
        lab.server.requests.until(lambda: lab.server.requests.in_flight == 3)
        lab.server.faults.clear()
        for thread in threads:
            thread.join()
    assert lab.server.requests.most_in_flight == 3
    assert lab.server.requests.most_open_streams == 1
    assert lab.server.requests.by_kind == {"stream": 1, "live": 3}


@contextmanager
def one_connection(server: LabServer) -> Iterator[httpx.Client]:
    limits = httpx.Limits(max_connections=1)
    with httpx.Client(base_url=server.url, trust_env=False, limits=limits) as client:
        yield client


def test_closing_one_connection_leaves_the_others(server: LabServer) -> None:
    with one_connection(server) as one, one_connection(server) as two:
        assert [client.get("/health").status_code for client in (one, two)] == [200, 200]
        server.faults.add(Fault(Shape.CLOSED))
        with pytest.raises(httpx.RemoteProtocolError):
            one.get("/health")
        assert [client.get("/health").status_code for client in (one, two)] == [200, 200]


def test_a_request_with_a_body_is_closed_without_an_answer(
    server: LabServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add(Fault(Shape.CLOSED))
    with one_connection(server) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            client.post("/api/auth/login", json={"email": "x" * 10_000})
        assert client.get("/health").status_code == 200
    assert caplog.messages == []
