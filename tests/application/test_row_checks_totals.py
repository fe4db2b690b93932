"""Totals by status tell of triage that no count and no timestamp shows."""

from collections.abc import AsyncIterator

import pytest

from heimdall_desktop.application.row_checks import LOOK_GAP_S, StatusTotals
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.findings import make_finding
from tests.fakes.hand_server import SCAN_ID, HandServer, hand_server


class Looker:
    """Looks on a server, with a clock that stands until it is set."""

    def __init__(self, hand: HandServer) -> None:
        self.now_s = 100.0
        self.hand = hand
        self.scan = Scan(SCAN_ID, hand.url)
        self.link = ServerSession(hand.url, self.clock)
        self.looks = StatusTotals(self.scan, self.link.api, self.clock)

    def clock(self) -> float:
        return self.now_s

    async def look(self, rest_s: float = LOOK_GAP_S) -> bool:
        self.now_s += rest_s
        return await self.looks.look()

    def asked(self) -> list[str]:
        """The statuses asked for, in order."""
        return [target.partition("status=")[2].partition("&")[0] for target in self.hand.targets]


@pytest.fixture
async def looker() -> AsyncIterator[Looker]:
    async with hand_server() as hand:
        hand.add_rows("a", "b", status="open")
        made = Looker(hand)
        rows = tuple(make_finding(number) for number in range(2))
        made.scan.observe(FindingsListed(SCAN_ID, 1.0, rows))
        made.scan.observe(ListingEnded(SCAN_ID, 1.0, 2, 2, is_whole=True))
        yield made
        await made.link.aclose()


async def test_totals_that_are_as_we_have_them_are_no_news(looker: Looker) -> None:
    assert [await looker.look() for _ in range(8)] == [False] * 8


async def test_four_looks_see_every_status_that_a_move_touches(looker: Looker) -> None:
    for _ in range(4):
        await looker.look()
    assert set(looker.asked()) == {"open", "confirmed", "false_positive", "dismissed"}


async def test_a_finding_that_changes_its_status_is_news_once(looker: Looker) -> None:
    for _ in range(4):
        await looker.look()
    looker.hand.rows[0]["status"] = "fixed"

    assert [await looker.look() for _ in range(8)].count(True) == 1


async def test_where_turns_are_rare_most_go_to_open_but_not_all(looker: Looker) -> None:
    for _ in range(12):
        await looker.look(rest_s=12.0)
    assert looker.asked().count("open") == 9
    assert set(looker.asked()) == {"open", "confirmed", "false_positive", "dismissed"}


async def test_nothing_is_looked_at_before_the_first_listing(looker: Looker) -> None:
    unlisted = StatusTotals(Scan(SCAN_ID, looker.hand.url), looker.link.api, looker.clock)
    assert not unlisted.is_due(1e9)
    assert looker.looks.is_due(1e9)


async def test_t05_a_total_is_asked_for_by_one_exact_word(looker: Looker) -> None:
    await looker.look()
    assert looker.hand.targets == [
        f"/api/scans/{SCAN_ID}/findings?status={FindingStatus.OPEN.value}&page=1&per_page=1"
    ]
