"""When a scan is polled, how long its end is doubted, and what a poll reads."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.application.watching import poller
from heimdall_desktop.application.watching.health import Health, WatchContext
from heimdall_desktop.domain.facts.errors import HeimdallError, SignedOut
from heimdall_desktop.domain.facts.observation import Counts, LiveRead, Observation, ScanSource
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from tests.fakes.hand_server import FAULT, NOT_FOUND, SCAN_ID, UNAUTHORIZED, HandServer
from tests.fakes.raw_server import answer
from tests.fakes.waiting import until


class PollerDesk:
    """A poller on a server, with a clock that a test sets."""

    def __init__(self, hand: HandServer) -> None:
        self.hand = hand
        self.now_s = 100.0
        self.answers: list[float] = []
        self.refusals: list[HeimdallError] = []
        self.absences: list[HeimdallError] = []
        self.scan = Scan(SCAN_ID, hand.url)
        self.link = ServerSession(hand.url, self.clock)
        self.health = Health(SCAN_ID, began_at_s=self.now_s)
        self.poller = poller.Poller(
            WatchContext(
                self.scan,
                self.link,
                self.health,
                self.observe,
                self.clock,
                lambda: datetime(2026, 7, 4, 8, 1, tzinfo=UTC),
                Random(1),
            ),
            on_answer=self.answers.append,
            on_absent=self.absences.append,
            on_refused=self.refuse,
        )
        self.tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
        self.tasks.spawn(self.poller.run(), name="poller")

    def clock(self) -> float:
        return self.now_s

    def observe(self, observation: Observation) -> None:
        self.scan.observe(observation)

    def refuse(self, error: HeimdallError) -> bool:
        self.refusals.append(error)
        return isinstance(error, SignedOut)

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds, before=lambda: self.poller.tick(self.now_s))

    async def poll(self) -> list[str]:
        """Let the next poll come and return what it asked for."""
        asked, answers = len(self.hand.asked), len(self.answers)
        self.now_s += 10
        await self.until(lambda: len(self.answers) > answers)
        return self.hand.asked[asked:]

    async def aclose(self) -> None:
        await self.tasks.aclose()
        await self.link.aclose()


@pytest.fixture
async def desk(hand: HandServer) -> AsyncIterator[PollerDesk]:
    made = PollerDesk(hand)
    yield made
    await made.aclose()


async def test_only_the_first_poll_reads_the_row_until_it_is_forgotten(desk: PollerDesk) -> None:
    assert await desk.poll() == ["live", "scan", "repo"]
    assert (desk.scan.status, desk.scan.name) == ("hunting", "shop")
    assert desk.health.answered_at_s == desk.now_s
    assert await desk.poll() == ["live"]
    desk.poller.forget_row()
    assert await desk.poll() == ["live", "scan"]


async def test_a_row_that_cannot_be_read_is_read_with_the_next_poll(desk: PollerDesk) -> None:
    desk.hand.refusals["scan"] = FAULT
    assert await desk.poll() == ["live", "scan"]
    assert desk.health.answered_at_s == desk.now_s
    assert desk.health.polling is None
    desk.hand.refusals.clear()
    assert await desk.poll() == ["live", "scan", "repo"]


async def test_the_row_is_read_again_at_each_step(desk: PollerDesk) -> None:
    desk.hand.status = "ingesting"
    await desk.poll()
    turns = []
    for status in ("hunting", "failed", "ingesting", "modeling", "completed"):
        desk.hand.status = status
        turns.append(await desk.poll())
    assert turns == [["live", "scan"]] * 5


async def test_t50_the_next_poll_comes_after_its_interval(desk: PollerDesk) -> None:
    await desk.poll()
    desk.now_s += 7
    desk.poller.tick(desk.now_s)
    await asyncio.sleep(0)
    assert len(desk.answers) == 1
    desk.now_s += 1
    await desk.until(lambda: len(desk.answers) == 2)


async def test_a_scan_that_comes_into_view_is_polled_sooner(desk: PollerDesk) -> None:
    await desk.poll()
    desk.poller.set_in_view(True)
    desk.now_s += 2.5
    await desk.until(lambda: len(desk.answers) == 2)


async def test_a_wish_during_a_poll_leads_to_another_one(desk: PollerDesk) -> None:
    desk.hand.holds.add("live")
    await desk.until(lambda: desk.hand.asked == ["live"])
    desk.poller.poll_at(desk.now_s)
    desk.hand.release()
    await desk.until(lambda: desk.hand.asked.count("live") == 2)
    assert desk.now_s == 100.0


async def test_one_poll_at_a_time(desk: PollerDesk) -> None:
    desk.hand.holds.add("live")
    await desk.until(lambda: desk.hand.asked == ["live"])
    for _ in range(5):
        desk.now_s += 10
        desk.poller.refresh()
        desk.poller.tick(desk.now_s)
        await asyncio.sleep(0.01)
    assert desk.hand.asked == ["live"]


async def test_a_failed_poll_is_reported_and_retried_after_a_growing_wait(desk: PollerDesk) -> None:
    desk.hand.refusals["live"] = FAULT
    waits = []
    for number in range(1, 4):
        await desk.until(lambda number=number: len(desk.refusals) == number)  # type: ignore[misc]
        assert desk.health.polling is not None
        assert desk.health.polling.since_s == 100.0
        waits.append(desk.health.polling.next_try_at_s - desk.now_s)
        desk.now_s += waits[-1]
    assert all(
        longest / 2 <= wait <= longest for wait, longest in zip(waits, (1, 2, 4), strict=True)
    )
    desk.hand.refusals.clear()
    await desk.poll()
    assert [desk.health.polling] == [None]


async def test_a_refusal_of_the_whole_watch_is_no_failure_of_the_poll(desk: PollerDesk) -> None:
    desk.hand.refusals["live"] = UNAUTHORIZED
    await desk.until(lambda: bool(desk.refusals))
    assert desk.health.polling is None
    assert len(desk.hand.asked) == 1


@pytest.mark.parametrize("refusal", [FAULT, answer(200, "application/json", "[]")])
async def test_an_unreadable_repository_only_lacks_a_name(desk: PollerDesk, refusal: bytes) -> None:
    desk.hand.refusals["repo"] = refusal
    await desk.poll()
    assert desk.scan.name == SCAN_ID[:8]


# -- protocol.md 13 --


async def test_t86_without_a_snapshot_the_scan_itself_is_polled(desk: PollerDesk) -> None:
    desk.hand.refusals["live"] = NOT_FOUND
    assert await desk.poll() == ["live", "scan", "repo"]
    assert desk.scan.source is ScanSource.LISTING
    assert await desk.poll() == ["live", "scan"]
    assert await desk.poll() == ["scan"]


async def test_t87_one_odd_404_does_not_hide_the_snapshot_for_long(desk: PollerDesk) -> None:
    desk.hand.refusals["live"] = NOT_FOUND
    await desk.poll()
    desk.hand.refusals.clear()
    assert await desk.poll() == ["live"]
    assert desk.scan.source is ScanSource.LIVE


async def test_a_missing_snapshot_is_requested_once_a_minute(desk: PollerDesk) -> None:
    desk.hand.refusals["live"] = NOT_FOUND
    turns = [await desk.poll() for _ in range(9)]
    assert [n for n, turn in enumerate(turns) if "live" in turn] == [0, 1, 7]


async def test_if_both_are_missing_only_the_stream_can_decide(desk: PollerDesk) -> None:
    desk.hand.refusals = {"live": NOT_FOUND, "scan": NOT_FOUND}
    desk.now_s += 10
    await desk.until(lambda: bool(desk.absences))
    assert desk.hand.asked == ["live", "scan"]
    assert desk.answers == []
    assert desk.scan.source is None


async def test_t87_after_a_good_snapshot_a_404_is_a_refusal(desk: PollerDesk) -> None:
    await desk.poll()
    desk.hand.refusals["live"] = NOT_FOUND
    desk.now_s += 10
    await desk.until(lambda: bool(desk.refusals))
    assert desk.hand.asked[-1] == "live"
    assert desk.absences == []


NOW = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


def scan(status: str, *, created_s_ago: float = 0, updated_s_ago: float | None = 0) -> Scan:
    made = Scan(SCAN_ID, server_url("http://127.0.0.1:8080"))
    made.created_at = NOW - timedelta(seconds=created_s_ago)
    updated = None if updated_s_ago is None else NOW - timedelta(seconds=updated_s_ago)
    made.observe(LiveRead(SCAN_ID, 1.0, status, None, updated, Counts(), (), ()))
    return made


@pytest.mark.parametrize(
    ("watched", "is_in_view", "usual_s"),
    [
        (scan("hunting"), True, 2.5),
        (scan("hunting"), False, 8.0),
        (scan("queued"), False, 8.0),
        (scan("queued", created_s_ago=301), False, 30.0),
        (scan("queued", created_s_ago=301), True, 2.5),
        (scan("failed"), False, 3.0),
    ],
)
def test_t50_intervals(watched: Scan, is_in_view: bool, usual_s: float) -> None:
    drawn = [poller.poll_interval_s(watched, is_in_view, NOW, Random(seed)) for seed in range(50)]
    assert 0.95 * usual_s <= min(drawn) < max(drawn) <= 1.05 * usual_s


def test_watches_that_start_together_are_polled_apart() -> None:
    hunting = scan("hunting")
    drawn = [
        poller.poll_interval_s(hunting, False, NOW, Random(seed), is_first=True)
        for seed in range(50)
    ]
    assert min(drawn) < 1.0
    assert max(drawn) > 7.0


@pytest.mark.parametrize(
    ("watched", "expected_s"),
    [
        (scan("completed"), 5.0),
        (scan("failed"), 30.0),
        (scan("cancelled"), 60.0),
        (scan("failed", updated_s_ago=601), 0.0),
        (scan("cancelled", updated_s_ago=601), 0.0),
        (scan("completed", updated_s_ago=601), 0.0),
        (scan("failed", updated_s_ago=None), 30.0),
    ],
)
def test_t26_t38_an_end_is_doubted(watched: Scan, expected_s: float) -> None:
    assert poller.doubt_s(watched, NOW) == expected_s


def test_never_more_than_half_of_the_time_is_spent_listing() -> None:
    assert poller.listing_rest_s(0.5) == 4.5
    assert poller.listing_rest_s(20.0) == 20.0
    # a listing that the machine slept through
    assert poller.listing_rest_s(3600.0) == poller.LISTING_REST_LIMIT_S


@pytest.mark.parametrize(
    ("status", "minutes", "do_others_run", "is_worth_it"),
    [
        ("completed", 34, False, True),
        ("completed", 36, True, False),
        ("failed", 34, False, True),
        ("failed", 36, False, False),
        ("cancelled", 59, False, True),
        ("cancelled", 61, False, False),
        ("cancelled", 600, True, True),
    ],
)
def test_t61_what_has_settled_is_polled_slowly_for_a_while(
    status: str, minutes: int, do_others_run: bool, is_worth_it: bool
) -> None:
    settled = scan(status, updated_s_ago=60 * minutes)
    assert poller.is_polled_slowly(settled, NOW, do_others_run=do_others_run) is is_worth_it
