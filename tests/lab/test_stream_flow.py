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
from tests.local.conftest import KEEPALIVE_S, StreamOpener, StreamReader


@pytest.mark.parametrize("after_bytes", [0, 1, 20, 60, 200])
@pytest.mark.parametrize("shape", [Shape.CUT, Shape.TRUNCATED])
def test_a_stream_ends_at_any_byte(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, shape: Shape, after_bytes: int
) -> None:
    scan.start_stage("ingest")
    server.faults.add(Fault(shape, on="stream", after_bytes=after_bytes))
    path = f"/api/scans/{scan.id}/progress/stream"
    with client.stream("GET", path) as answer:
        received, is_well_ended = StreamReader(answer).rest_of_bytes()
    assert len(received) == after_bytes
    assert b"event: stage_update\n".startswith(received[:20])
    assert is_well_ended is (shape is Shape.TRUNCATED)
    assert server.faults.hits == {f"{shape.value} stream": 1}
    server.requests.until(lambda: server.requests.open_streams == 0)
    assert server.call(lambda: len(server.broadcaster.subscriptions(scan.id))) == 0


def test_a_cut_may_lie_in_a_later_frame(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    scan.start_stage("ingest")
    with open_stream(scan.id) as stream:
        server.faults.add(Fault(Shape.CUT, on="stream"))
        whole = len(stream.chunk().encode())
    server.faults.clear()
    server.faults.add(Fault(Shape.CUT, on="stream", after_bytes=whole + 30))
    with open_stream(scan.id) as stream:
        stream.initial_state()
        scan.repeat_stage()
        received, is_well_ended = stream.rest_of_bytes()
    assert (len(received), is_well_ended) == (30, False)
    assert received.startswith(b"event: stage_update\ndata: ")


def test_open_streams_are_dropped_at_once(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    with open_stream(scan.id) as one, open_stream(scan.id) as two:
        one.initial_state()
        two.initial_state()
        server.faults.drop_streams()
        for stream in (one, two):
            with pytest.raises(httpx.RemoteProtocolError):
                stream.rest()
    with open_stream(scan.id) as stream:
        assert stream.initial_state()


def test_open_streams_are_dropped_within_a_frame(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        server.faults.drop_streams(after_bytes=12)
        scan.start_stage("ingest")
        assert stream.chunk() == "event: stage"
        with pytest.raises(httpx.RemoteProtocolError):
            stream.chunk()


def test_held_bytes_arrive_whole_in_one_piece(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    scan.run_until("hunt").add_findings(100)
    server.faults.flow(Flow.HELD)
    with open_stream(scan.id) as stream:
        assert stream.response.headers["content-type"] == "text/event-stream"
        scan.finish_stage().run_until("report").complete()
        server.faults.flow(Flow.FLOWING)
        events = stream.rest_of_events()
    names = [name for name, _ in events]
    assert names.count("finding_added") == 100
    assert names[-1] == "scan_complete"


def drain(connection: socket.socket) -> None:
    """Read what is still under way."""
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


def test_the_end_is_held_back_too(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        server.faults.flow(Flow.HELD)
        scan.fail().end_streams()
        assert server.call(lambda: server.requests.open_streams) == 1
        server.faults.clear()
        assert stream.rest_of_events()[-1][0] == "error"


def test_a_frozen_stream_is_silent_and_its_ring_overruns(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        server.faults.flow(Flow.FROZEN)
        for _ in range(RING_EVENTS + 10):
            scan.start_stage("ingest")
        server.faults.flow(Flow.FLOWING)
        scan.end_streams()
        frames = stream.rest()
    assert sum(frame.startswith(": lagged") for frame in frames) == 1
    assert len(frames) <= RING_EVENTS + 2


def test_a_frozen_server_gives_no_headers_either(
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    server.faults.flow(Flow.FROZEN)
    path = f"/api/scans/{scan.id}/progress/stream"
    with pytest.raises(httpx.ReadTimeout), client.stream("GET", path, timeout=0.5):
        pass
    assert client.get(f"/api/scans/{scan.id}").status_code == 200
    server.requests.until(lambda: server.requests.open_streams == 0)


def test_a_reader_that_leaves_a_held_stream_is_removed(
    server: LabServer, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        server.faults.flow(Flow.HELD)
        scan.fail()
    server.requests.until(lambda: server.requests.open_streams == 0)


def test_stopping_ends_frozen_and_held_streams(caplog: pytest.LogCaptureFixture) -> None:
    for flow in (Flow.HELD, Flow.FROZEN):
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
