"""Live events: rings, positions, loss, and what a progress stream sends."""

import asyncio
import time

import httpx
import pytest

from heimdall_desktop.local.broadcaster import (
    RING_EVENTS,
    Broadcaster,
    Lagged,
    StreamEvent,
    Subscription,
    frame,
)
from heimdall_desktop.local.rows import ScanId
from tests.fakes.waiting import block_until
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, KEEPALIVE_S, Lab, StreamOpener

SCAN = ScanId("scan")
KEEPALIVE = ": keepalive\n\n"


def send(broadcaster: Broadcaster, count: int, name: str = "finding_added") -> None:
    for number in range(count):
        broadcaster.send(SCAN, name, {"number": number})


async def numbers(subscription: Subscription, count: int) -> list[object]:
    got: list[object] = []
    while len(got) < count:
        event = await subscription.next()
        got.append(event.data["number"] if isinstance(event, StreamEvent) else event)
    return got


async def until_end(subscription: Subscription) -> list[StreamEvent | Lagged]:
    events = []
    while (event := await subscription.next()) is not None:
        events.append(event)
    return events


async def test_events_before_the_first_subscriber_are_dropped() -> None:
    broadcaster = Broadcaster()
    send(broadcaster, 5)
    subscription = broadcaster.subscribe(SCAN)
    broadcaster.send(SCAN, "error", {"number": 7})
    assert await until_end(subscription) == [StreamEvent("error", {"number": 7})]


async def test_each_subscriber_has_its_own_position() -> None:
    broadcaster = Broadcaster()
    early = broadcaster.subscribe(SCAN)
    send(broadcaster, 2)
    late = broadcaster.subscribe(SCAN)
    send(broadcaster, 1)
    assert await numbers(early, 3) == [0, 1, 0]
    assert await numbers(late, 1) == [0]


async def test_a_full_ring_is_not_a_lag() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    send(broadcaster, RING_EVENTS)
    assert await numbers(subscription, RING_EVENTS) == list(range(RING_EVENTS))


async def test_a_burst_of_300_leaves_the_newest_128_and_one_notice() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    send(broadcaster, 300)
    assert await numbers(subscription, 129) == [Lagged(), *range(172, 300)]


async def test_thousands_of_lag_notices_are_delivered() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    subscription.owed_notices = 5000
    send(broadcaster, 1)
    assert await numbers(subscription, 5001) == [Lagged()] * 5000 + [0]


async def test_a_live_end_ends_the_stream_even_if_more_follows() -> None:
    for name in ("scan_complete", "error"):
        broadcaster = Broadcaster()
        subscription = broadcaster.subscribe(SCAN)
        broadcaster.send(SCAN, name, {})
        broadcaster.send(SCAN, "stage_update", {})
        assert await until_end(subscription) == [StreamEvent(name, {})]


async def test_a_removed_channel_delivers_its_events_and_ends() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    send(broadcaster, 1)
    broadcaster.close(SCAN)
    send(broadcaster, 1)
    assert await until_end(subscription) == [StreamEvent("finding_added", {"number": 0})]


async def test_a_channel_is_removed_later() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    broadcaster.close_later(SCAN, 0.01)
    assert await subscription.next() is None


async def test_a_cancelled_wait_loses_nothing() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(subscription.next(), 0.01)
    send(broadcaster, 1)
    assert await numbers(subscription, 1) == [0]


async def test_a_closed_subscription_is_removed() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    assert broadcaster.subscriptions(SCAN) == {subscription}
    subscription.close()
    assert broadcaster.subscriptions(SCAN) == frozenset()
    assert await subscription.next() is None


def names(events: list[tuple[str, dict[str, object]]]) -> list[str]:
    return [name for name, _ in events]


def test_headers(client: httpx.Client, scan: ScriptedScan) -> None:
    path = f"/api/scans/{scan.id}/progress/stream?x=1"
    with client.stream("GET", path, headers={"last-event-id": "7"}) as response:
        headers = response.headers
    assert headers["content-type"] == "text/event-stream"
    assert headers["cache-control"] == "no-cache"
    assert headers["x-accel-buffering"] == "no"
    assert headers["transfer-encoding"] == "chunked"
    assert "content-encoding" not in headers
    assert "server" not in headers


def test_nothing_is_sent_for_findings_changes_and_activity(lab: Lab) -> None:
    lab.scan.run_until("hunt")
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.scan.add_findings(5).activity("Reading")
        lab.scan.change_finding(lab.scan.finding_ids[0], status="false_positive")
        assert stream.chunk() == KEEPALIVE


def test_a_burst_of_300_overruns_the_ring(scan: ScriptedScan, open_stream: StreamOpener) -> None:
    scan.run_until("hunt").add_findings(75, "critical").add_findings(225, "low")
    with open_stream(scan.id) as stream:
        stream.initial_state()
        scan.run_until("vidarr")
        scan.end_streams()
        frames = stream.rest()
    assert frames[0].startswith(": lagged — ")
    assert sum("finding_added" in text for text in frames) == 126
    assert not any('"critical"' in text for text in frames)
    assert len(frames) == 129


def test_keepalive_comes_after_silence_only(scan: ScriptedScan, open_stream: StreamOpener) -> None:
    with open_stream(scan.id) as stream:
        stream.initial_state()
        began = time.monotonic()
        assert stream.chunk() == KEEPALIVE
        assert time.monotonic() - began >= KEEPALIVE_S * 0.8
        assert stream.chunk() == KEEPALIVE


def test_both_orders_of_the_race_of_a_cancel(server: LabServer, open_stream: StreamOpener) -> None:
    for stage_first, expected in (
        (False, ["status_change", "error"]),
        (True, ["stage_update", "error"]),
    ):
        scan = server.script_scan("shop", EMAIL).run_until("hunt")
        with open_stream(scan.id) as stream:
            stream.initial_state()
            scan.cancel(stage_first=stage_first)
            assert names(stream.rest_of_events()) == expected
        with open_stream(scan.id) as stream:
            state = stream.initial_state()
        assert state[-1][0] == "scan_complete"
        assert state[5][1]["status"] == "cancelled"
        assert "error" not in state[5][1]


def test_a_silent_scan_changes_only_in_rest(server: LabServer, open_stream: StreamOpener) -> None:
    scan = server.script_scan("shop", EMAIL, is_silent=True)
    with open_stream(scan.id) as stream:
        stream.initial_state()
        scan.complete()
        assert [stream.chunk() for _ in range(2)] == [KEEPALIVE] * 2


def test_a_stream_survives_the_end_of_its_session(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        lab.server.expire_sessions(EMAIL)
        lab.scan.start_stage("ingest")
        assert "ingesting" in stream.chunk() + stream.chunk()


def test_a_disconnected_reader_is_removed(lab: Lab) -> None:
    def listeners() -> int:
        return lab.server.call(lambda: len(lab.server.broadcaster.subscriptions(lab.scan.id)))

    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        assert listeners() == 1
    block_until(lambda: listeners() == 0)


def test_a_deleted_scan_leaves_its_stream_open(lab: Lab) -> None:
    with lab.open_stream(lab.scan.id) as stream:
        stream.initial_state()
        assert lab.client.delete(f"/api/repos/{lab.scan.repo_id}").status_code == 200
        assert stream.chunk() == KEEPALIVE


def test_a_frame_keeps_odd_text_on_one_line() -> None:
    raw = frame("finding_added", {"title": "a\u2028b\u0085c\r\nd <img src=x> \U0001f600"})
    assert raw.count(b"\n") == 3
    assert b"\r" not in raw
    assert "\u2028".encode() in raw
    assert raw.startswith(b"event: finding_added\ndata: {")
    assert raw.endswith(b"}\n\n")
