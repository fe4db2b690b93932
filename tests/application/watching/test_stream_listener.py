"""The stream of one scan: opened when due, cut when silent, opened again after a wait."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from random import Random

import pytest

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.application.watching.health import Health, WatchContext
from heimdall_desktop.application.watching.stream_listener import TURN_EVENTS, TURN_S, Listener
from heimdall_desktop.domain.facts.errors import NotVisible, ServerBusy, ServerError, SignedOut
from heimdall_desktop.domain.facts.observation import EventsSkipped, StatusSeen
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.wire import StreamEvent
from tests.fakes.hand_server import FAULT, NOT_FOUND, SCAN_ID, UNAUTHORIZED, HandServer, busy
from tests.fakes.waiting import until

EVENT = (
    'event: status_change\ndata: {"status": "hunted", "timestamp": "2026-07-04T08:00:00+00:00"}\n\n'
)


class ListenerDesk:
    """A listener on a server, with a clock that moves only by `event_s` at each event."""

    def __init__(self, hand: HandServer) -> None:
        self.hand = hand
        self.now_s = 100.0
        self.event_s = 0.0
        self.received: list[StreamEvent] = []
        self.losses = self.openings = 0
        self.refusals: list[ServerError] = []
        self.link = ServerSession(hand.url, self.clock)
        self.health = Health(SCAN_ID, began_at_s=self.now_s, answered_at_s=self.now_s)
        self.listener = Listener(
            WatchContext(
                Scan(SCAN_ID, hand.url),
                self.link,
                self.health,
                lambda _seen: None,
                self.clock,
                lambda: datetime.now(UTC),
                Random(1),
            ),
            on_open=self.note_opening,
            on_event=self.receive,
            on_lost=self.lose,
            on_refused=self.refusals.append,
        )
        self.tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
        self.tasks.spawn(self.listener.run(), name="listener")

    def clock(self) -> float:
        return self.now_s

    def note_opening(self) -> None:
        self.openings += 1

    def receive(self, seen: StreamEvent) -> None:
        self.received.append(seen)
        self.now_s += self.event_s

    def lose(self) -> None:
        self.losses += 1

    @property
    def is_open(self) -> bool:
        return self.health.has_received()

    @property
    def wait_s(self) -> float:
        """How long it is to the next try."""
        return (
            0.0
            if self.health.streaming is None
            else (self.health.streaming.next_try_at_s - self.now_s)
        )

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds, before=lambda: self.listener.tick(self.now_s))

    async def open(self) -> None:
        self.listener.want(True)
        await self.until(lambda: self.is_open)

    async def aclose(self) -> None:
        await self.tasks.aclose()
        await self.link.aclose()


@pytest.fixture
async def desk(hand: HandServer) -> AsyncIterator[ListenerDesk]:
    made = ListenerDesk(hand)
    yield made
    await made.aclose()


async def test_without_need_nothing_is_opened(desk: ListenerDesk) -> None:
    desk.listener.tick(desk.now_s + 1000)
    await asyncio.sleep(0)
    assert desk.hand.asked == []


async def test_events_are_passed_on_and_comments_are_not(desk: ListenerDesk) -> None:
    await desk.open()
    await desk.hand.send(f": keepalive\n\n{EVENT}")
    await desk.until(lambda: len(desk.received) == 1)
    [seen] = desk.received
    assert isinstance(seen, StatusSeen)
    assert seen.status == "hunted"


@pytest.mark.parametrize(("event_s", "is_slow"), [(0.0, False), (TURN_S / 4, True)])
async def test_t22_a_flood_yields_often(desk: ListenerDesk, event_s: float, is_slow: bool) -> None:
    received_by_turn = [0]

    async def count() -> None:
        while True:
            await asyncio.sleep(0)
            received_by_turn.append(len(desk.received))

    await desk.open()
    desk.event_s = event_s
    counting = asyncio.get_running_loop().create_task(count())
    await desk.hand.send(EVENT * 1000)
    await desk.until(lambda: len(desk.received) == 1000)
    counting.cancel()
    most = max(after - before for before, after in itertools.pairwise(received_by_turn))
    assert most == TURN_EVENTS if is_slow else most > 10 * TURN_EVENTS


async def test_t41_a_frame_that_makes_no_sense_ends_nothing(desk: ListenerDesk) -> None:
    await desk.open()
    await desk.hand.send(f"event: status_change\ndata: {{broken\n\n{EVENT}")
    await desk.until(lambda: len(desk.received) == 2)
    assert isinstance(desk.received[0], EventsSkipped)
    assert desk.is_open


async def test_t21_a_stream_that_ends_is_reopened_after_a_wait(desk: ListenerDesk) -> None:
    await desk.open()
    desk.hand.end_streams()
    await desk.until(lambda: desk.losses == 1)
    assert desk.health.stream_open_at_s is None
    assert 0.5 <= desk.wait_s <= 1
    assert len(desk.hand.asked) == 1
    desk.now_s += 1
    await desk.until(lambda: desk.is_open)
    assert desk.health.streaming is None


async def test_t45_waits_grow_while_streams_end_at_once(desk: ListenerDesk) -> None:
    waits = []
    desk.hand.refusals["stream"] = FAULT
    desk.listener.want(True)
    for number in range(1, 5):
        await desk.until(lambda number=number: desk.losses == number)  # type: ignore[misc]
        waits.append(desk.wait_s)
        desk.now_s += desk.wait_s
    assert all(longest / 2 <= wait for wait, longest in zip(waits, (1, 2, 4, 8), strict=True))
    assert desk.health.streaming is not None
    assert desk.health.streaming.since_s == 100.0


async def test_t45_a_long_lived_stream_starts_with_the_shortest_wait(desk: ListenerDesk) -> None:
    desk.hand.refusals["stream"] = FAULT
    desk.listener.want(True)
    await desk.until(lambda: desk.losses == 1)
    desk.hand.refusals.clear()
    desk.now_s += desk.wait_s
    await desk.until(lambda: desk.is_open)
    desk.now_s += 20
    desk.hand.end_streams()
    await desk.until(lambda: desk.losses == 2)
    assert desk.wait_s <= 1


async def test_t18_a_silent_stream_is_cut(desk: ListenerDesk) -> None:
    await desk.open()
    desk.now_s += 44
    desk.listener.tick(desk.now_s)
    assert desk.is_open
    desk.now_s += 1
    await desk.until(lambda: desk.losses == 1)
    assert not desk.health.holds_back


async def test_t46_a_stream_that_never_gave_a_byte_is_held_back(desk: ListenerDesk) -> None:
    desk.hand.is_mute = True
    desk.listener.want(True)
    await desk.until(lambda: len(desk.hand.streams) == 1)
    desk.now_s += 45
    await desk.until(lambda: desk.losses == 1)
    assert desk.health.holds_back


async def test_an_unanswered_stream_request_is_cut_too(desk: ListenerDesk) -> None:
    desk.hand.holds.add("stream")
    desk.listener.want(True)
    await desk.until(lambda: desk.hand.asked == ["stream"])
    desk.now_s += 45
    await desk.until(lambda: desk.losses == 1)


async def test_an_unwanted_stream_is_closed_silently(desk: ListenerDesk) -> None:
    await desk.open()
    desk.listener.want(False)
    await desk.until(lambda: desk.health.stream_open_at_s is None)
    assert desk.losses == 0
    assert desk.health.streaming is None
    desk.listener.want(True)
    await desk.until(lambda: desk.is_open)


@pytest.mark.parametrize(("refusal", "error"), [(UNAUTHORIZED, SignedOut), (NOT_FOUND, NotVisible)])
async def test_what_concerns_the_whole_watch_is_handed_on(
    desk: ListenerDesk, refusal: bytes, error: type[ServerError]
) -> None:
    desk.hand.refusals["stream"] = refusal
    desk.listener.want(True)
    await desk.until(lambda: bool(desk.refusals))
    assert isinstance(desk.refusals[0], error)


async def test_a_busy_server_gets_no_request_before_the_wait_ends(desk: ListenerDesk) -> None:
    desk.hand.refusals["stream"] = busy(40)
    desk.listener.want(True)
    await desk.until(lambda: bool(desk.refusals))
    assert isinstance(desk.refusals[0], ServerBusy)
    assert desk.wait_s >= 40
    desk.now_s += 39
    desk.listener.tick(desk.now_s)
    await asyncio.sleep(0)
    assert desk.hand.asked == ["stream"]


async def test_reconnecting_opens_another_stream_at_once(desk: ListenerDesk) -> None:
    await desk.open()
    desk.listener.reconnect()
    await desk.until(lambda: desk.hand.asked.count("stream") == 2 and desk.is_open)
    assert desk.losses == 0
    assert desk.health.streaming is None


async def test_reconnecting_resets_the_wait(desk: ListenerDesk) -> None:
    await desk.open()
    desk.hand.end_streams()
    await desk.until(lambda: desk.losses == 1)
    desk.listener.reconnect()
    await desk.until(lambda: desk.is_open)
