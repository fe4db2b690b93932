"""Listings: merged by id over rounds, one at a time, wished for until done."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest

from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.application.watching import finding_sync
from heimdall_desktop.application.watching.poller import LISTING_GAP_S
from heimdall_desktop.domain.facts.errors import ServerFault
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.observation import (
    Counts,
    FindingsListed,
    ListingEnded,
    LiveRead,
    Observation,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.transport.limiter import FIRST_AT_ONCE
from tests.fakes.hand_server import FAULT, NOT_FOUND, SCAN_ID, HandServer


class Lister:
    """A sync on a server, with a clock that a test sets."""

    def __init__(self, hand: HandServer) -> None:
        self.hand = hand
        self.now_s = 100.0
        self.before: Callable[[Observation], object] = lambda _seen: None
        self.observed: list[Observation] = []
        self.link = ServerSession(hand.url, self.clock)
        self.scan = Scan(SCAN_ID, hand.url)
        self.sync = finding_sync.FindingSync(self.scan, self.link.api, self.observe, self.clock)

    def observe(self, seen: Observation) -> None:
        self.before(seen)
        self.observed.append(seen)

    def clock(self) -> float:
        return self.now_s

    def rows(self) -> list[str]:
        """Ids of all rows observed, once each, in order."""
        listed = [seen for seen in self.observed if isinstance(seen, FindingsListed)]
        return list(dict.fromkeys(row.id for seen in listed for row in seen.findings))

    async def read(self) -> ListingEnded | None:
        return await self.sync.read_due()

    async def list_all(self) -> ListingEnded:
        self.sync.want(self.now_s, is_urgent=True)
        ended = await self.sync.read_due()
        assert ended is not None
        assert self.observed[-1] == ended
        return ended


def pages_asked(hand: HandServer) -> list[str]:
    """The numbers of the pages asked for so far, in order."""
    return [target.partition("page=")[2].partition("&")[0] for target in hand.targets]


@pytest.fixture
async def lister(hand: HandServer) -> AsyncIterator[Lister]:
    made = Lister(hand)
    yield made
    await made.link.aclose()


async def test_nothing_is_due_without_a_request(lister: Lister) -> None:
    assert not lister.sync.is_due(lister.now_s)
    assert await lister.read() is None
    assert lister.hand.asked == []


async def test_t06_every_page_is_read_by_the_size_the_server_made_of_it(lister: Lister) -> None:
    lister.hand.per_page = 2
    lister.hand.add_rows(*"abcde")
    ended = await lister.list_all()
    assert lister.rows() == list("abcde")
    assert (ended.total, ended.read, ended.is_whole) == (5, 5, True)
    assert len(lister.hand.asked) == 3


async def test_an_empty_list_is_whole(lister: Lister) -> None:
    assert (await lister.list_all()).is_whole


async def test_t04_rows_that_do_not_add_up_are_read_again_and_then_later(lister: Lister) -> None:
    lister.hand.total = 3
    lister.hand.add_rows(*"ab")
    ended = await lister.list_all()
    assert (ended.read, ended.is_whole, ended.is_worth_repeating) == (2, False, True)
    assert len(lister.hand.asked) == finding_sync.ROUNDS
    assert lister.sync.is_due(lister.now_s + 5)


async def test_unreadable_rows_are_counted_and_not_retried(lister: Lister) -> None:
    lister.hand.add_rows("a")
    lister.hand.rows.append({"title": "no id"})
    ended = await lister.list_all()
    assert (ended.read, ended.unreadable, ended.is_whole) == (1, 1, False)
    assert len(lister.hand.asked) == 1
    assert not lister.sync.is_due(lister.now_s + 1000)


async def test_a_server_that_ignores_the_page_ends_the_listing(lister: Lister) -> None:
    lister.hand.per_page, lister.hand.ignores_page, lister.hand.total = 2, True, 1_000_000
    lister.hand.add_rows(*"ab")
    ended = await lister.list_all()
    assert ended.read == 2
    assert len(lister.hand.asked) == (1 + FIRST_AT_ONCE) * finding_sync.ROUNDS


async def test_a_failed_listing_is_requested_again(lister: Lister) -> None:
    lister.hand.refusals["findings"] = FAULT
    lister.sync.want(lister.now_s)
    with pytest.raises(ServerFault):
        await lister.read()
    assert not lister.sync.is_listing
    assert not lister.sync.is_due(lister.now_s + 3.9)
    assert lister.sync.is_due(lister.now_s + 5)


async def test_a_wish_waits_for_the_pause_after_the_last_listing(lister: Lister) -> None:
    await lister.list_all()
    lister.sync.want(lister.now_s)
    assert not lister.sync.is_due(lister.now_s + 4.9)
    assert lister.sync.is_due(lister.now_s + 5)


async def differing(lister: Lister) -> None:
    """List one row, which the server's counts call critical from then on."""
    lister.before = lister.scan.observe
    lister.hand.add_rows("a")
    await lister.list_all()


def compared(lister: Lister, asked_at_s: float) -> int:
    """Let `/live` count one critical finding, and compare that with the rows."""
    counts, at = Counts(1, critical=1), datetime.now(UTC)
    lister.scan.observe(LiveRead(SCAN_ID, lister.now_s, "hunting", None, at, counts, (), ()))
    return lister.sync.compare_counts(asked_at_s)


async def test_t67_counts_requested_before_a_listing_ended_prove_nothing(lister: Lister) -> None:
    await differing(lister)
    listed_at_s, lister.now_s = lister.now_s, lister.now_s + 60
    assert [compared(lister, listed_at_s - 1) for _ in range(3)] == [0, 0, 0]
    assert not lister.sync.is_due(lister.now_s)
    assert [compared(lister, lister.now_s) for _ in range(2)] == [1, 2]
    assert lister.sync.is_due(lister.now_s)


@pytest.mark.parametrize(
    ("passed_s", "waits"), [(10, [4, 8, 16, 32, 60, 60]), (0, [LISTING_GAP_S, 8, 16, 32, 60, 60])]
)
async def test_t67_listings_that_change_nothing_are_repeated_after_4_s_doubling_to_60_s(
    lister: Lister, passed_s: float, waits: list[float]
) -> None:
    await differing(lister)
    waited: list[float] = []
    for _ in range(len(waits) + 1):
        lister.now_s += passed_s
        assert [compared(lister, lister.now_s) for _ in range(2)] == [1, 2]
        recount_at_s = lister.scan.recount_at_s
        if recount_at_s is None:  # the first is listed as soon as listings may rest
            lister.now_s += LISTING_GAP_S
        else:
            waited.append(recount_at_s - lister.now_s)
            assert not lister.sync.is_due(recount_at_s - 0.1)
            lister.now_s = recount_at_s
        assert await lister.read() is not None
    assert waited == waits


async def test_an_urgent_wish_does_not_wait(lister: Lister) -> None:
    await lister.list_all()
    lister.sync.want(lister.now_s, is_urgent=True)
    assert lister.sync.is_due(lister.now_s)


async def test_what_is_wished_during_a_listing_is_not_taken_for_done(lister: Lister) -> None:
    def wish(seen: Observation) -> None:
        if isinstance(seen, FindingsListed) and lister.now_s == 100.0:
            lister.now_s = 101.0
            lister.sync.want(lister.now_s, is_urgent=True)

    lister.before = wish
    lister.sync.want(lister.now_s)
    await lister.read()
    assert lister.sync.is_due(lister.now_s)


async def test_a_wish_for_later_outlives_a_listing_before_it(lister: Lister) -> None:
    lister.sync.want(lister.now_s + 30)
    await lister.list_all()
    assert not lister.sync.is_due(lister.now_s + 29)
    assert lister.sync.is_due(lister.now_s + 30)


async def test_a_few_hinted_rows_are_read_at_once_and_all_later(lister: Lister) -> None:
    lister.hand.add_rows(*"abc")
    for row in "ab":
        lister.sync.hint(FindingId(row), lister.now_s, is_known=False)
    assert lister.sync.is_due(lister.now_s)
    assert await lister.read() is None
    assert sorted(lister.rows()) == ["a", "b"]
    lister.now_s += 0.3
    assert lister.sync.is_due(lister.now_s)


async def test_many_hinted_rows_wait_for_the_listing(lister: Lister) -> None:
    for number in range(finding_sync.SINGLE_READS + 1):
        lister.sync.hint(FindingId(str(number)), lister.now_s, is_known=False)
    assert await lister.read() is None
    assert lister.hand.asked == []


async def test_a_hint_of_a_known_row_only_wishes_for_a_listing(lister: Lister) -> None:
    lister.sync.hint(FindingId("a"), lister.now_s, is_known=True)
    assert not lister.sync.is_due(lister.now_s)
    assert lister.sync.is_due(lister.now_s + 0.3)


async def test_a_missing_or_foreign_hinted_row_is_left_out(lister: Lister) -> None:
    lister.hand.rows.append({"id": "foreign", "scan_id": "another"})
    lister.sync.hint(FindingId("foreign"), lister.now_s, is_known=False)
    assert await lister.read() is None
    lister.hand.refusals["finding"] = NOT_FOUND
    lister.sync.hint(FindingId("missing"), lister.now_s, is_known=False)
    assert await lister.read() is None
    assert lister.rows() == []


async def test_a_row_hinted_during_a_long_listing_is_read_between_its_pages(lister: Lister) -> None:
    lister.hand.per_page = 1
    lister.hand.add_rows(*"abc")

    def hint_once(seen: Observation) -> None:
        if not lister.observed:
            lister.sync.hint(FindingId("c"), lister.now_s, is_known=False)

    lister.before = hint_once
    await lister.list_all()
    assert lister.hand.asked == ["findings", "finding", "findings", "findings"]
    assert lister.rows() == list("acb")


async def test_an_interrupted_listing_continues_at_the_failed_page(lister: Lister) -> None:
    lister.hand.per_page = 1
    lister.hand.add_rows(*"abc")

    def break_behind_a(seen: Observation) -> None:
        if not lister.observed:
            lister.hand.refusals["findings"] = FAULT

    lister.before = break_behind_a
    with pytest.raises(ServerFault):
        await lister.list_all()
    began_s, lister.now_s = lister.now_s, lister.now_s + 10
    lister.hand.refusals.clear()
    ended = await lister.list_all()
    assert sorted(pages_asked(lister.hand)[1:3]) == ["2", "3"], "at once, and both in vain"
    assert pages_asked(lister.hand)[3:] == ["2", "3"]
    assert (ended.asked_at_s, ended.read, ended.is_whole) == (began_s, 3, True)
    assert lister.sync.is_due(lister.now_s + 10), "what came meanwhile may be on the first pages"


async def test_a_listing_that_hung_and_failed_is_soon_repeated(lister: Lister) -> None:
    lister.hand.per_page = 1
    lister.hand.add_rows(*"abc")

    def keep_still(seen: Observation) -> None:
        if not lister.observed:
            lister.hand.refusals["findings"] = FAULT
            lister.now_s += 40

    lister.before = keep_still
    with pytest.raises(ServerFault):
        await lister.list_all()
    lister.sync.want(lister.now_s)
    assert not lister.sync.is_due(lister.now_s + LISTING_GAP_S - 0.1)
    assert lister.sync.is_due(lister.now_s + LISTING_GAP_S)


async def test_a_listing_interrupted_long_ago_starts_over(lister: Lister) -> None:
    lister.hand.refusals["findings"] = FAULT
    with pytest.raises(ServerFault):
        await lister.list_all()
    lister.hand.refusals.clear()
    lister.now_s += finding_sync.RESUME_S
    assert (await lister.list_all()).asked_at_s == lister.now_s


async def test_t54_pages_are_read_at_once_in_free_places(lister: Lister) -> None:
    lister.hand.per_page = 1
    lister.hand.add_rows(*"abcde")
    lister.hand.holds.add("findings")
    async with asyncio.TaskGroup() as group:
        listing = group.create_task(lister.list_all())
        await lister.hand.until_asked(1)
        assert pages_asked(lister.hand) == ["1"], "which reports how many there are"
        lister.hand.release()
        lister.hand.holds.add("findings")
        await lister.hand.until_asked(1 + FIRST_AT_ONCE)
        assert sorted(pages_asked(lister.hand)[1:]) == ["2", "3"]
        lister.hand.holds.add("live")
        polling = group.create_task(lister.link.api.live(SCAN_ID))
        await asyncio.sleep(0)
        lister.hand.release()
        ended = await listing
        await polling
    assert lister.hand.asked.index("live") == 1 + FIRST_AT_ONCE, (
        "before the pages that came after it"
    )
    assert lister.rows() == sorted(lister.rows()) == list("abcde")
    assert (ended.total, ended.read, ended.is_whole) == (5, 5, True)


async def test_pages_read_beside_a_failed_one_are_kept(lister: Lister) -> None:
    lister.hand.per_page = 1
    lister.hand.add_rows(*"abcd")
    lister.hand.refused_pages["3"] = FAULT
    with pytest.raises(ServerFault):
        await lister.list_all()
    taken = set(lister.rows())
    lister.hand.refused_pages.clear()
    ended = await lister.list_all()
    asked_twice = {
        "_abcd"[int(page)] for page in pages_asked(lister.hand) if is_repeated(lister.hand, page)
    }
    assert "a" in taken
    assert taken.isdisjoint(asked_twice)
    assert (sorted(lister.rows()), ended.read, ended.is_whole) == (list("abcd"), 4, True)


def is_repeated(hand: HandServer, page: str) -> bool:
    """Whether a page was asked for more than once."""
    return pages_asked(hand).count(page) > 1
