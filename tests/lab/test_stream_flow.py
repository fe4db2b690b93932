"""Streams that are cut, held back and frozen, over the wire."""

import socket
from contextlib import suppress

import httpx
import pytest

from heimdall_desktop.local.broadcaster import RING_EVENTS
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.stream_flow import Cut, Flow
from tests.local.conftest import KEEPALIVE_S, Lab, StreamReader


@pytest.mark.parametrize("after_bytes", [0, 1, 20, 60, 200])
@pytest.mark.parametrize("shape", [Shape.CUT, Shape.TRUNCATED])
def test_a_stream_ends_at_any_byte(lab: Lab, shape: Shape, after_bytes: int) -> None:
    lab.scan.start_stage("ingest")
    lab.server.faults.add(Fault(shape, on="stream", after_bytes=after_bytes))
    path = f"/api/scans/{lab.scan.id}/progress/stream"
    with lab.client.stream("GET", path) as answer:
        received, is_well_ended = StreamReader(answer).rest_of_bytes()
    assert len(received) == after_bytes
    assert b"event: stage_update\n".startswith(received[:20])
    assert is_well_ended is (shape is Shape.TRUNCATED)
    assert lab.server.faults.hits == {f"{shape.value} stream": 1}
    lab.server.requests.until(lambda: lab.server.requests.open_streams == 0)
    assert lab.server.call(lambda: len(lab.server.broadcaster.subscriptions(lab.scan.id))) == 0


def test_a_cut_may_lie_in_a_later_frame(lab: Lab) -> None:
    lab.scan.start_stage("ingest")
    with lab.open_stream(lab.scan.id) as stream:
        lab.server.faults.add(Fault(Shape.CUT, on="stream"))
        whole = len(stream.chunk().encode())
    lab.server.faults.clear()
    lab.server.faults.add(Fault(Shape.CUT, on="stream", after_bytes=whole + 30))
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.scan.repeat_stage()
        received, is_well_ended = stream.rest_of_bytes()
    assert (len(received), is_well_ended) == (30, False)
    assert received.startswith(b"event: stage_update\ndata: ")


def test_open_streams_are_dropped_at_once(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as one, lab.open_stream(lab.scan.id) as two:
        one.initial_state()
        two.initial_state()
        lab.server.faults.drop_streams()
        for stream in (one, two):
            with pytest.raises(httpx.RemoteProtocolError):
                stream.rest()
    with lab.open_stream(lab.scan.id) as stream:
        assert stream.initial_state()


def test_open_streams_are_dropped_within_a_frame(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.server.faults.drop_streams(after_bytes=12)
        lab.scan.start_stage("ingest")
        assert stream.chunk() == "event: stage"
        with pytest.raises(httpx.RemoteProtocolError):
            stream.chunk()


def test_held_bytes_arrive_whole_in_one_piece(lab: Lab) -> None:
    lab.scan.run_until("hunt").add_findings(100)
    lab.server.faults.flow(Flow.HELD)
    with lab.open_stream(lab.scan.id) as stream:
        assert stream.response.headers["content-type"] == "text/event-stream"
        lab.scan.finish_stage().run_until("report").complete()
        lab.server.faults.flow(Flow.FLOWING)
        events = stream.rest_of_events()
    names = [name for name, _ in events]
    assert names.count("finding_added") == 100
    assert names[-1] == "scan_complete"


def drain(connection: socket.socket) -> None:
    with suppress(TimeoutError):
        while connection.recv(65_536):
            pass


def test_nothing_comes_while_it_is_held_back(server: LabServer, scan: ScriptedScan) -> None:
    head = f"GET /api/scans/{scan.id}/progress/stream HTTP/1.1\r\nhost: localhost\r\n"
    request = f"{head}authorization: Bearer {server.new_session()}\r\n\r\n"
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request.encode())
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        server.faults.flow(Flow.HELD)
        connection.settimeout(3 * KEEPALIVE_S)
        drain(connection)
        scan.run_until("tyr")
        with pytest.raises(TimeoutError):
            connection.recv(1)
        server.faults.flow(Flow.FLOWING)
        _size, chunk, *_ = connection.recv(65_536).split(b"\r\n")
    assert chunk.count(b"event: stage_update") == 3
    assert b": keepalive" in chunk


def test_the_end_is_held_back_too(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.server.faults.flow(Flow.HELD)
        lab.scan.fail().end_streams()
        assert lab.server.call(lambda: lab.server.requests.open_streams) == 1
        lab.server.faults.clear()
        assert stream.rest_of_events()[-1][0] == "error"


def test_a_frozen_stream_is_silent_and_its_ring_overruns(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.server.faults.flow(Flow.FROZEN)
        for _ in range(RING_EVENTS + 10):
            lab.scan.start_stage("ingest")
        lab.server.faults.flow(Flow.FLOWING)
        lab.scan.end_streams()
        frames = stream.rest()
    assert sum(frame.startswith(": lagged") for frame in frames) == 1
    assert len(frames) <= RING_EVENTS + 2


def test_a_frozen_server_gives_no_headers_either(lab: Lab) -> None:
    lab.server.faults.flow(Flow.FROZEN)
    path = f"/api/scans/{lab.scan.id}/progress/stream"
    with pytest.raises(httpx.ReadTimeout), lab.client.stream("GET", path, timeout=0.5):
        pass
    assert lab.client.get(f"/api/scans/{lab.scan.id}").status_code == 200
    lab.server.requests.until(lambda: lab.server.requests.open_streams == 0)


def test_a_reader_that_leaves_a_held_stream_is_removed(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.server.faults.flow(Flow.HELD)
        lab.scan.fail()
    lab.server.requests.until(lambda: lab.server.requests.open_streams == 0)


def test_stopping_ends_all_streams_cleanly(caplog: pytest.LogCaptureFixture) -> None:
    for flow in Flow:
        with LabServer() as server:
            server.add_account("mira@example.test", "password")
            scan = server.script_scan("shop")
            headers = {"authorization": f"Bearer {server.new_session()}"}
            path = f"{server.url}/api/scans/{scan.id}/progress/stream"
            with (
                httpx.Client(trust_env=False) as client,
                client.stream("GET", path, headers=headers) as answer,
            ):
                chunks = answer.iter_raw()
                next(chunks)
                server.faults.flow(flow)
                scan.start_stage("ingest")
                server.__exit__()
                assert b"ingesting" in b"".join(chunks)
    assert caplog.messages == []


def test_a_cut_counts_what_has_passed() -> None:
    notes: list[int] = []
    cut = Cut(5, is_clean=True, note=lambda: notes.append(1))
    assert [cut.take(b"abc"), cut.take(b"d")] == [None, None]
    assert notes == []
    assert cut.take(b"efg") == b"e"
    assert notes == [1]
    assert Cut(None, is_clean=True).take(b"abcdef") == b"abc"
