"""The stream of one scan: opened when due, cut when silent, opened again after a wait."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from random import Random

import pytest

from heimdall_desktop.application.health import Health, WatchContext
from heimdall_desktop.application.listener import TURN_EVENTS, TURN_S, Listener
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.errors import NotVisible, ServerBusy, ServerError, SignedOut
from heimdall_desktop.domain.facts.observation import EventsSkipped, StatusSeen
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.wire import StreamEvent
from tests.fakes.hand_server import (
    FAULT,
    NOT_FOUND,
    SCAN_ID,
    UNAUTHORIZED,
    HandServer,
    busy,
)

EVENT = (
    'event: status_change\ndata: {"status": "hunted", "timestamp": "2026-07-04T08:00:00+00:00"}\n\n'
)


class Ear:
    """A listener on a server, with a clock that stands, but for `event_s` at each event."""

    def __init__(self, hand: HandServer) -> None:
        self.hand = hand
        self.now_s = 100.0
        self.event_s = 0.0
        self.heard: list[StreamEvent] = []
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
            on_event=self.hear,
            on_lost=self.lose,
            on_refused=self.refusals.append,
        )
        self.tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
        self.tasks.spawn(self.listener.run(), name="listener")

    def clock(self) -> float:
        return self.now_s

    def note_opening(self) -> None:
        self.openings += 1

    def hear(self, seen: StreamEvent) -> None:
        self.heard.append(seen)
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
        async with asyncio.timeout(10):
            while not holds():
                await asyncio.sleep(0.001)
                self.listener.tick(self.now_s)

    async def open(self) -> None:
        self.listener.want(True)
        await self.until(lambda: self.is_open)

    async def aclose(self) -> None:
        await self.tasks.aclose()
        await self.link.aclose()


@pytest.fixture
async def ear(hand: HandServer) -> AsyncIterator[Ear]:
    made = Ear(hand)
    yield made
    await made.aclose()


async def test_without_need_nothing_is_opened(ear: Ear) -> None:
    ear.listener.tick(ear.now_s + 1000)
    await asyncio.sleep(0)
    assert ear.hand.asked == []


async def test_events_are_passed_on_and_comments_are_not(ear: Ear) -> None:
    await ear.open()
    await ear.hand.send(f": keepalive\n\n{EVENT}")
    await ear.until(lambda: len(ear.heard) == 1)
    [seen] = ear.heard
    assert isinstance(seen, StatusSeen)
    assert seen.status == "hunted"


@pytest.mark.parametrize(("event_s", "is_slow"), [(0.0, False), (TURN_S / 4, True)])
async def test_t22_a_flood_gives_the_loop_back_when_it_has_waited_not_after_each_few_events(
    ear: Ear, event_s: float, is_slow: bool
) -> None:
    heard_by_turn = [0]

    async def count() -> None:
        while True:
            await asyncio.sleep(0)
            heard_by_turn.append(len(ear.heard))

    await ear.open()
    ear.event_s = event_s
    counting = asyncio.get_running_loop().create_task(count())
    await ear.hand.send(EVENT * 1000)
    await ear.until(lambda: len(ear.heard) == 1000)
    counting.cancel()
    most = max(after - before for before, after in itertools.pairwise(heard_by_turn))
    assert most == TURN_EVENTS if is_slow else most > 10 * TURN_EVENTS


async def test_t41_a_frame_that_makes_no_sense_ends_nothing(ear: Ear) -> None:
    await ear.open()
    await ear.hand.send(f"event: status_change\ndata: {{broken\n\n{EVENT}")
    await ear.until(lambda: len(ear.heard) == 2)
    assert isinstance(ear.heard[0], EventsSkipped)
    assert ear.is_open


async def test_t21_an_end_is_reported_and_the_stream_reopened_after_a_wait(ear: Ear) -> None:
    await ear.open()
    ear.hand.end_streams()
    await ear.until(lambda: ear.losses == 1)
    assert ear.health.stream_open_at_s is None
    assert 0.5 <= ear.wait_s <= 1
    assert len(ear.hand.asked) == 1
    ear.now_s += 1
    await ear.until(lambda: ear.is_open)
    assert ear.health.streaming is None


async def test_t45_waits_grow_while_streams_end_at_once(ear: Ear) -> None:
    waits = []
    ear.hand.refusals["stream"] = FAULT
    ear.listener.want(True)
    for number in range(1, 5):
        await ear.until(lambda number=number: ear.losses == number)  # type: ignore[misc]
        waits.append(ear.wait_s)
        ear.now_s += ear.wait_s
    assert all(longest / 2 <= wait for wait, longest in zip(waits, (1, 2, 4, 8), strict=True))
    assert ear.health.streaming is not None
    assert ear.health.streaming.since_s == 100.0


async def test_t45_a_long_lived_stream_starts_with_the_shortest_wait(ear: Ear) -> None:
    ear.hand.refusals["stream"] = FAULT
    ear.listener.want(True)
    await ear.until(lambda: ear.losses == 1)
    ear.hand.refusals.clear()
    ear.now_s += ear.wait_s
    await ear.until(lambda: ear.is_open)
    ear.now_s += 20
    ear.hand.end_streams()
    await ear.until(lambda: ear.losses == 2)
    assert ear.wait_s <= 1


async def test_t18_a_silent_stream_is_cut(ear: Ear) -> None:
    await ear.open()
    ear.now_s += 44
    ear.listener.tick(ear.now_s)
    assert ear.is_open
    ear.now_s += 1
    await ear.until(lambda: ear.losses == 1)
    assert not ear.health.holds_back


async def test_t46_a_stream_that_never_gave_a_byte_is_held_back(ear: Ear) -> None:
    ear.hand.is_mute = True
    ear.listener.want(True)
    await ear.until(lambda: len(ear.hand.streams) == 1)
    ear.now_s += 45
    await ear.until(lambda: ear.losses == 1)
    assert ear.health.holds_back


async def test_an_unanswered_stream_request_is_cut_too(ear: Ear) -> None:
    ear.hand.holds.add("stream")
    ear.listener.want(True)
    await ear.until(lambda: ear.hand.asked == ["stream"])
    ear.now_s += 45
    await ear.until(lambda: ear.losses == 1)


async def test_a_stream_that_is_wanted_no_more_is_closed_without_a_word(ear: Ear) -> None:
    await ear.open()
    ear.listener.want(False)
    await ear.until(lambda: ear.health.stream_open_at_s is None)
    assert ear.losses == 0
    assert ear.health.streaming is None
    ear.listener.want(True)
    await ear.until(lambda: ear.is_open)


@pytest.mark.parametrize(("refusal", "error"), [(UNAUTHORIZED, SignedOut), (NOT_FOUND, NotVisible)])
async def test_what_concerns_the_whole_watch_is_handed_on(
    ear: Ear, refusal: bytes, error: type[ServerError]
) -> None:
    ear.hand.refusals["stream"] = refusal
    ear.listener.want(True)
    await ear.until(lambda: bool(ear.refusals))
    assert isinstance(ear.refusals[0], error)


async def test_a_busy_server_gets_no_request_before_the_wait_ends(ear: Ear) -> None:
    ear.hand.refusals["stream"] = busy(40)
    ear.listener.want(True)
    await ear.until(lambda: bool(ear.refusals))
    assert isinstance(ear.refusals[0], ServerBusy)
    assert ear.wait_s >= 40
    ear.now_s += 39
    ear.listener.tick(ear.now_s)
    await asyncio.sleep(0)
    assert ear.hand.asked == ["stream"]


async def test_reconnecting_opens_another_stream_at_once(ear: Ear) -> None:
    await ear.open()
    ear.listener.reconnect()
    await ear.until(lambda: ear.hand.asked.count("stream") == 2 and ear.is_open)
    assert ear.losses == 0
    assert ear.health.streaming is None


async def test_reconnecting_resets_the_wait(ear: Ear) -> None:
    await ear.open()
    ear.hand.end_streams()
    await ear.until(lambda: ear.losses == 1)
    ear.listener.reconnect()
    await ear.until(lambda: ear.is_open)
