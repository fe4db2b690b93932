"""Rounds over the rows in view: page by page, and what the ledger learns from a whole round."""

from collections.abc import AsyncIterator

import pytest

from heimdall_desktop.application.row_checks import PAGE_GAP_S, VisiblePageRefresher
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts import listed_rows
from heimdall_desktop.domain.facts.errors import ServerFault
from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded, Observation
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.hand_server import FAULT, SCAN_ID, HandServer, hand_server


class Reader:
    """Rounds on a server, with a clock that stands until it is set."""

    def __init__(self, hand: HandServer) -> None:
        self.now_s = 100.0
        self.hand = hand
        self.observed: list[Observation] = []
        self.link = ServerSession(hand.url, self.clock)
        self.scan = Scan(SCAN_ID, hand.url)
        self.rereading = VisiblePageRefresher(self.scan, self.link.api, self.observe, self.clock)
        self.observe(ListingEnded(SCAN_ID, 1.0, 5, 5, is_whole=True))

    def observe(self, seen: Observation) -> None:
        self.observed.append(seen)
        self.scan.observe(seen)

    def clock(self) -> float:
        return self.now_s

    async def read(self) -> bool:
        self.now_s += PAGE_GAP_S
        return await self.rereading.read_page()

    def rounds(self) -> list[ListingEnded]:
        return [seen for seen in self.observed[1:] if isinstance(seen, ListingEnded)]

    def rows(self) -> list[str]:
        listed = [seen for seen in self.observed if isinstance(seen, FindingsListed)]
        return [row.id for seen in listed for row in seen.findings]


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with hand_server(per_page=2) as hand:
        hand.add_rows(*"abcde")
        made = Reader(hand)
        yield made
        await made.link.aclose()


async def test_pages_are_read_round_and_round(reader: Reader) -> None:
    for _ in range(4):
        await reader.read()
    assert reader.rows() == list("abcde") + list("ab")


async def test_a_whole_round_is_as_old_as_its_first_page(reader: Reader) -> None:
    for _ in range(3):
        await reader.read()
    assert reader.rounds() == [
        ListingEnded(SCAN_ID, 100.0 + PAGE_GAP_S, 5, 5, is_whole=True),
    ]


async def test_a_round_whose_rows_were_not_all_kept_claims_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed_rows, "ROWS_LIMIT", 4)
    for _ in range(3):
        await reader.read()
    assert len(reader.scan.findings) == 4
    assert reader.rounds() == []


async def test_a_round_that_missed_rows_claims_nothing(reader: Reader) -> None:
    reader.hand.total = 6
    for _ in range(3):
        await reader.read()
    assert reader.rounds() == []


async def test_another_number_of_rows_is_news(reader: Reader) -> None:
    assert [await reader.read() for _ in range(3)] == [False] * 3
    reader.hand.add_rows("f")
    assert await reader.read()


async def test_the_next_page_is_due_after_a_while(reader: Reader) -> None:
    assert reader.rereading.is_due(reader.now_s)
    await reader.read()
    assert not reader.rereading.is_due(reader.now_s + PAGE_GAP_S - 0.1)
    assert reader.rereading.is_due(reader.now_s + PAGE_GAP_S)


async def test_a_page_that_failed_is_read_again(reader: Reader) -> None:
    reader.hand.refusals["findings"] = FAULT
    with pytest.raises(ServerFault):
        await reader.read()
    reader.hand.refusals.clear()
    await reader.read()
    assert reader.rows() == list("ab")


async def test_after_a_listing_the_round_begins_anew(reader: Reader) -> None:
    await reader.read()
    reader.rereading.restart()
    await reader.read()
    assert reader.rows() == list("abab")


async def test_only_a_few_pages_make_a_quick_round(reader: Reader) -> None:
    reader.observe(ListingEnded(SCAN_ID, 2.0, 400, 400, is_whole=True))
    assert reader.rereading.is_quick
    reader.observe(ListingEnded(SCAN_ID, 3.0, 401, 401, is_whole=True))
    assert not reader.rereading.is_quick
