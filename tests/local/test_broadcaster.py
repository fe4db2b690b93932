"""The ring of 128, its subscribers, and the ends of their streams."""

import asyncio

import pytest

from heimdall_desktop.local.broadcaster import (
    RING_EVENTS,
    Broadcaster,
    Lagged,
    StreamEvent,
    Subscription,
)
from heimdall_desktop.local.rows import ScanId

SCAN = ScanId("scan")


def send(broadcaster: Broadcaster, count: int, name: str = "finding_added") -> None:
    for number in range(count):
        broadcaster.send(SCAN, name, {"number": number})


async def numbers(subscription: Subscription, count: int) -> list[object]:
    got: list[object] = []
    while len(got) < count:
        event = await subscription.next()
        got.append(event.data["number"] if isinstance(event, StreamEvent) else event)
    return got


async def test_events_before_the_first_subscriber_are_dropped() -> None:
    broadcaster = Broadcaster()
    send(broadcaster, 5)
    subscription = broadcaster.subscribe(SCAN)
    broadcaster.send(SCAN, "error", {"number": 7})
    assert [event async for event in subscription] == [StreamEvent("error", {"number": 7})]


async def test_each_subscriber_has_its_own_place() -> None:
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


async def test_notices_of_lag_may_come_by_the_thousand() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    broadcaster.lag(SCAN, 5000)
    broadcaster.lag(ScanId("another"), 1)
    send(broadcaster, 1)
    assert await numbers(subscription, 5001) == [Lagged()] * 5000 + [0]


async def test_a_live_end_ends_the_stream_even_if_more_follows() -> None:
    for name in ("scan_complete", "error"):
        broadcaster = Broadcaster()
        subscription = broadcaster.subscribe(SCAN)
        broadcaster.send(SCAN, name, {})
        broadcaster.send(SCAN, "stage_update", {})
        assert [event async for event in subscription] == [StreamEvent(name, {})]


async def test_a_removed_channel_ends_streams_after_what_it_holds() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    send(broadcaster, 1)
    broadcaster.close(SCAN)
    send(broadcaster, 1)
    assert [event async for event in subscription] == [StreamEvent("finding_added", {"number": 0})]


async def test_a_channel_is_removed_later() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    broadcaster.close_later(SCAN, 0.01)
    assert await subscription.next() is None


async def test_a_wait_that_is_given_up_loses_nothing() -> None:
    broadcaster = Broadcaster()
    subscription = broadcaster.subscribe(SCAN)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(subscription.next(), 0.01)
    send(broadcaster, 1)
    assert await numbers(subscription, 1) == [0]


async def test_a_closed_subscription_is_forgotten() -> None:
    broadcaster = Broadcaster()
    with broadcaster.subscribe(SCAN) as subscription:
        assert broadcaster.subscriber_count(SCAN) == 1
    assert broadcaster.subscriber_count(SCAN) == 0
    assert await subscription.next() is None
    broadcaster.close_all()
    assert broadcaster.subscriber_count(SCAN) == 0
