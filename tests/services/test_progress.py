"""What a progress stream makes of the bytes of a server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import NotVisible, ServerUnreachable, WireError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.observation import EndSeen, EventsSkipped, StageSeen, StatusSeen
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.services.progress import Heard, ProgressStream
from heimdall_desktop.services.reconnect import HEALTHY_AFTER_S, STEPS_S, Reconnect
from heimdall_desktop.services.transport.clients import Clients
from heimdall_desktop.services.wire import Heartbeat
from tests.fakes.raw_server import STREAM_HEAD, Asked, answer, answering, raw_server

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
NOW_S = 5.0


@asynccontextmanager
async def clients_of(url: ServerUrl) -> AsyncIterator[Clients]:
    clients = Clients(url, lambda: None)
    try:
        yield clients
    finally:
        await clients.aclose()


async def heard(*parts: bytes) -> tuple[list[Heard], int]:
    """Return what a stream makes of the bytes of a server, and how many frames are bad."""
    async with (
        raw_server(answering(STREAM_HEAD, *parts)) as server,
        clients_of(server.url) as clients,
        ProgressStream(clients, SCAN, lambda: NOW_S) as stream,
    ):
        seen = [each async for each in stream]
    assert server.asked[0].target == f"/api/scans/{SCAN}/progress/stream"
    return seen, stream.bad_frames


async def test_events_become_observations() -> None:
    stamp = "2026-07-04T08:00:41.882013217+00:00"
    stream = f"""event: stage_update
data: {{"scan_id":"{SCAN}","stage":"tyr","status":"failed","timestamp":"{stamp}","error":"why"}}

event: status_change
data: {{"scan_id":"{SCAN}","status":"modeling","timestamp":"{stamp}"}}

event: finding_added
data: {{"finding_id":"c5b6","scan_id":"{SCAN}","severity":"critical","title":"SQL \u2028 built"}}

event: scan_complete
data: {{}}

event: error
data: {{"error":null}}

"""
    at = datetime(2026, 7, 4, 8, 0, 41, 882013, UTC)
    reported, _ = await heard(stream.encode())
    found = (FindingId("c5b6"), Severity.CRITICAL, "SQL \u2028 built", "critical")
    hinted = FindingHinted(SCAN, NOW_S, *found)
    assert [
        replace(seen, arrived_at=None) if isinstance(seen, FindingHinted) else seen
        for seen in reported
    ] == [
        StageSeen(SCAN, NOW_S, at, "tyr", "failed", "why"),
        StatusSeen(SCAN, NOW_S, at, "modeling"),
        hinted,
        EndSeen(SCAN, NOW_S),
        EndSeen(SCAN, NOW_S, is_complete=False),
    ]


async def test_bad_frame_is_counted_and_asks_for_a_listing() -> None:
    reported, bad_frames = await heard(
        b"event: status_change\ndata: {broken\n\n",
        b'event: stage_update\ndata: {"stage": 5}\n\n',
        b"data: " + b"x" * (2 << 20) + b"\n\n",
        b"event: error\ndata: {}\n\n",
    )
    skipped = EventsSkipped(SCAN, NOW_S, is_unreadable=True)
    ended = EndSeen(SCAN, NOW_S, is_complete=False)
    assert (reported, bad_frames) == ([skipped, skipped, skipped, ended], 3)


async def test_comments_are_signs_of_life_or_of_lag() -> None:
    comments = b": keepalive\n\n: lagged \xe2\x80\x94 5 events\n\nevent: new\ndata: 1\n\n"
    beat = Heartbeat(NOW_S)
    assert await heard(comments) == ([beat, EventsSkipped(SCAN, NOW_S), beat], 0)


async def test_endless_frame_ends_the_stream() -> None:
    with pytest.raises(WireError):
        await heard(*[b"x" * (1 << 20)] * 9)


async def test_silence_is_measured_from_the_making_on() -> None:
    now_s = 10.0
    release = asyncio.Event()

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + b": keepalive\n\n")
        await writer.drain()
        await release.wait()

    async with raw_server(script) as server, clients_of(server.url) as clients:
        stream = ProgressStream(clients, SCAN, lambda: now_s)
        assert (stream.last_byte_at_s, stream.is_open) == (10.0, False)
        now_s = 20.0
        async with stream, aclosing(aiter(stream)) as heard:
            assert stream.is_open
            now_s = 30.0
            assert await anext(heard) == Heartbeat(30.0)
            assert stream.last_byte_at_s == 30.0
            release.set()


async def test_refusals_pass_through() -> None:
    gone = answer(404, "application/json", '{"success": false, "error": {"code": 404}}')
    async with raw_server(answering(gone)) as server, clients_of(server.url) as clients:
        with pytest.raises(NotVisible):
            await ProgressStream(clients, SCAN, lambda: NOW_S).__aenter__()
    async with clients_of(server.url) as clients:
        with pytest.raises(ServerUnreachable):
            await ProgressStream(clients, SCAN, lambda: NOW_S).__aenter__()


async def test_cancelled_reader_leaves_nothing_open() -> None:
    release = asyncio.Event()

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + b": keepalive\n\n")
        await writer.drain()
        release.set()
        while not writer.is_closing():
            writer.write(b": keepalive\n\n")
            await writer.drain()
            await asyncio.sleep(0)

    async def read() -> None:
        async with ProgressStream(clients, SCAN, lambda: NOW_S) as stream:
            async for _ in stream:
                await asyncio.sleep(0)

    async with raw_server(script) as server, clients_of(server.url) as clients:
        async with asyncio.TaskGroup() as group:
            reader = group.create_task(read())
            await release.wait()
            reader.cancel()
        server.drop_connections()
    assert reader.cancelled()


SEEDS = st.integers(0, 2**32)
LIVES_S = st.lists(st.floats(0, 100), max_size=30)


def seeded(seed: int) -> Reconnect:
    return Reconnect(Random(seed))


@given(SEEDS, LIVES_S)
def test_each_delay_is_in_the_upper_half_of_its_step(seed: int, lives_s: list[float]) -> None:
    reconnect = seeded(seed)
    step = 0
    for lived_s in lives_s:
        step = 0 if lived_s >= HEALTHY_AFTER_S else step
        delay_s = reconnect.delay_s(lived_s)
        assert STEPS_S[step] / 2 <= delay_s <= STEPS_S[step]
        step = min(step + 1, len(STEPS_S) - 1)


@given(SEEDS)
def test_reset_starts_with_the_shortest_wait(seed: int) -> None:
    reconnect = seeded(seed)
    for _ in range(9):
        reconnect.delay_s(0.0)
    reconnect.reset()
    assert reconnect.delay_s(0.0) <= STEPS_S[0]


def test_watches_spread_out() -> None:
    delays_s = {seeded(seed).delay_s(0.0) for seed in range(50)}
    assert len(delays_s) == 50
