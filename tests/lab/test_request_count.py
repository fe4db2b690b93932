"""What the server counts of the requests that reach it."""

import threading

import httpx
import pytest

from tests.lab.fault_gate import RequestCount
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import StreamOpener


class Clock:
    """Moves when told."""

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
    assert count.told()["total"] == 0


def test_who_waits_for_what_never_comes_is_told() -> None:
    count = RequestCount()
    with pytest.raises(TimeoutError, match="open_streams"):
        count.until(lambda: count.open_streams > 0, limit_s=0.01)


def test_requests_are_counted_by_kind_whatever_becomes_of_them(
    server: LabServer, client: httpx.Client, stranger: httpx.Client, scan: ScriptedScan
) -> None:
    server.faults.add(Fault(Shape.PAGE, on="live"))
    assert client.get(f"/api/scans/{scan.id}/live").status_code == 502
    assert client.get(f"/api/scans/{scan.id}/live").status_code == 200
    assert stranger.get(f"/api/scans/{scan.id}").status_code == 401
    assert client.get(f"/api/scans/{scan.id}/findings?page=x").status_code == 400
    assert client.get("/health").status_code == 200
    assert server.requests.by_kind == {"live": 2, "scan": 1, "findings": 1, "other": 1}
    assert server.requests.most_in_flight == 1


def test_requests_held_up_together_are_in_flight_together(
    server: LabServer, client: httpx.Client, scan: ScriptedScan, open_stream: StreamOpener
) -> None:
    arrived = threading.Barrier(4)
    server.faults.add(Fault(Shape.LATE, on="live", delay_s=60, times=3))

    def ask() -> None:
        arrived.wait()
        client.get(f"/api/scans/{scan.id}/live")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    with open_stream(scan.id):
        for thread in threads:
            thread.start()
        arrived.wait()
        server.requests.until(lambda: server.requests.in_flight == 3)
        server.faults.clear()
        for thread in threads:
            thread.join()
    assert server.requests.most_in_flight == 3
    assert server.requests.most_open_streams == 1
    assert server.requests.by_kind == {"stream": 1, "live": 3}
