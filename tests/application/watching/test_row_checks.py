"""Which rows of a scan are read and when: listings, pages in view, totals by status."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from heimdall_desktop.application.servers.server_session import PULSE_S, ServerSession
from heimdall_desktop.application.watching import row_checks
from heimdall_desktop.domain.facts import listed_rows, observation
from heimdall_desktop.domain.facts.change import ScanEmptied
from heimdall_desktop.domain.facts.errors import ServerFault
from heimdall_desktop.domain.facts.finding import Confidence, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.findings import make_finding
from tests.fakes.hand_server import FAULT, NOT_FOUND, SCAN_ID, UNAUTHORIZED, HandServer, hand_server
from tests.fakes.watch_desk import EMAIL, HandDesk, LabDesk, WatchDesk, connection
from tests.lab.scripting import ScriptedScan


async def listed(desk: WatchDesk, scripted: ScriptedScan) -> Scan:
    """Watch a scan until what it holds has been read, and let the pauses after that pass."""
    scan = desk.watch(scripted.id)
    count = len(scripted.finding_ids)
    await desk.pass_until(lambda: scan.has_listed_once and len(scan.findings) == count)
    return scan


async def test_a_change_that_only_the_row_shows_is_found_in_the_scan_in_view(lab: LabDesk) -> None:
    scripted = lab.server.script_scan("shop", EMAIL).run_until("hunt").add_findings(3)
    scan = await listed(lab, scripted)
    changed = FindingId(scripted.finding_ids[1])
    scripted.change_finding(
        scripted.finding_ids[1], confidence="high", agent_reasoning="Seen in staging."
    )
    turned_s = lab.turned_s

    await lab.pass_until(lambda: scan.findings[changed].confidence is Confidence.HIGH)

    assert scan.findings[changed].agent_reasoning == "Seen in staging."
    assert lab.turned_s - turned_s <= 10


async def test_triage_by_others_is_found_in_a_scan_out_of_view(lab: LabDesk) -> None:
    scripted = lab.server.script_scan("shop", EMAIL).run_until("hunt").add_findings(3)
    in_view = lab.server.script_scan("forum", EMAIL).run_until("hunt")
    scan = await listed(lab, scripted)
    lab.watches.set_in_view((await listed(lab, in_view)).id)
    await lab.pass_until(lambda: lab.turned_s > 20)
    triaged = FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], status="dismissed")
    turned_s = lab.turned_s

    await lab.pass_until(lambda: scan.findings[triaged].status is FindingStatus.DISMISSED)

    assert lab.turned_s - turned_s <= 10


async def test_an_ended_scan_is_read_again_while_in_view(lab: LabDesk) -> None:
    scripted = lab.server.script_scan("shop", EMAIL).run_until("report").add_findings(3).complete()
    scan = lab.watch(scripted.id)
    await lab.pass_until(lambda: connection(scan) is observation.Connection.ENDED)
    triaged = FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], status="fixed")

    await lab.pass_until(lambda: scan.findings[triaged].status is FindingStatus.FIXED)

    assert connection(scan) is observation.Connection.ENDED


async def test_t50_an_ended_scan_out_of_view_is_not_read(hand: HandServer) -> None:
    hand.status = "completed"
    hand.add_rows("a")
    desk = WatchDesk(hand.url, "token")
    try:
        scan = desk.watch(SCAN_ID)
        await desk.pass_until(lambda: connection(scan) is observation.Connection.ENDED)
        desk.watch("9c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e22")  # so that neither is alone
        own = [target for target in hand.targets if SCAN_ID in target]
        turned_s = desk.turned_s
        await desk.pass_until(lambda: desk.turned_s - turned_s > 60)
        assert [target for target in hand.targets if SCAN_ID in target] == own
    finally:
        await desk.aclose()


async def test_more_rows_in_an_ended_scan_wake_its_watch(desk: HandDesk) -> None:
    desk.hand.status = "failed"
    desk.hand.add_rows("a", severity="low")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: scan.is_settled)
    desk.hand.status = "ingesting"
    desk.hand.add_rows("b", severity="critical")

    await desk.pass_until(lambda: scan.status == "ingesting")
    await desk.pass_until(lambda: connection(scan) is observation.Connection.LIVE)

    assert not scan.is_settled
    assert scan.severities[Severity.CRITICAL] == 1


async def test_an_ended_scan_rests_although_rows_are_missing(desk: HandDesk) -> None:
    desk.hand.status, desk.hand.total = "completed", 5
    desk.hand.add_rows("a")
    scan = await desk.ended_scan()
    assert scan.is_settled
    assert not scan.is_checked_to_the_end
    assert scan.sync_status.total == 5
    polls, turned_s = desk.hand.asked.count("live"), desk.turned_s
    await desk.pass_until(lambda: desk.turned_s - turned_s > 30)
    assert desk.hand.asked.count("live") == polls
    assert connection(scan) is observation.Connection.ENDED


async def test_a_token_that_expires_under_an_ended_scan_is_reported(desk: HandDesk) -> None:
    desk.hand.status = "completed"
    scan = await desk.ended_scan()
    desk.hand.refusals["findings"] = UNAUTHORIZED

    await desk.pass_until(lambda: connection(scan) is observation.Connection.SIGNED_OUT)

    asked = len(desk.hand.asked)
    await desk.pass_until(lambda: desk.turned_s > 60)
    assert len(desk.hand.asked) == asked


# -- gone --


async def test_one_answer_that_knows_no_such_scan_takes_nothing_away(desk: HandDesk) -> None:
    desk.hand.add_rows("a")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: len(scan.findings) == 1)
    desk.hand.refusals["live"] = NOT_FOUND
    asked = desk.hand.asked.count("live")
    await desk.pass_until(lambda: desk.hand.asked.count("live") > asked, step_s=0.5)
    desk.hand.refusals.clear()

    await desk.pass_until(lambda: desk.turned_s > 30)

    assert connection(scan) is observation.Connection.LIVE
    assert len(scan.findings) == 1


async def test_a_deleted_scan_loses_its_rows_and_reports_their_number(lab: LabDesk) -> None:
    scripted = lab.server.script_scan("shop", EMAIL).run_until("hunt").add_findings(3)
    scan = await listed(lab, scripted)
    lab.server.call(lambda: lab.server.database.delete_repo(scripted.repo_id))

    await lab.pass_until(lambda: connection(scan) is observation.Connection.GONE)

    await lab.pass_until(lambda: ScanEmptied(scan.id) in lab.changes)
    assert scan.findings == {}
    assert scan.severities.total() == 0
    assert scan.lost_rows == 3


async def test_a_scan_that_becomes_visible_regains_its_rows(desk: HandDesk) -> None:
    desk.hand.add_rows("a", "b")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: len(scan.findings) == 2)
    desk.hand.refusals = dict.fromkeys(("live", "findings", "scan", "stream"), NOT_FOUND)
    await desk.pass_until(lambda: connection(scan) is observation.Connection.GONE)
    desk.hand.refusals = {}

    desk.watches.refresh(SCAN_ID)
    await desk.pass_until(lambda: scan.has_listed_once)

    assert len(scan.findings) == 2
    assert scan.lost_rows == 0


class PageReader:
    """Rounds on a server, with a clock that a test sets."""

    def __init__(self, hand: HandServer) -> None:
        self.now_s = 100.0
        self.hand = hand
        self.observed: list[observation.Observation] = []
        self.link = ServerSession(hand.url, self.clock)
        self.scan = Scan(SCAN_ID, hand.url)
        self.rereading = row_checks.VisiblePageRefresher(
            self.scan, self.link.api, self.observe, self.clock
        )
        self.observe(observation.ListingEnded(SCAN_ID, 1.0, 5, 5, is_whole=True))

    def observe(self, seen: observation.Observation) -> None:
        self.observed.append(seen)
        self.scan.observe(seen)

    def clock(self) -> float:
        return self.now_s

    async def read(self) -> bool:
        self.now_s += row_checks.PAGE_GAP_S
        return await self.rereading.read_page()

    async def read_pages(self, count: int) -> list[bool]:
        return [await self.read() for _ in range(count)]

    def rounds(self) -> list[observation.ListingEnded]:
        return [seen for seen in self.observed[1:] if isinstance(seen, observation.ListingEnded)]

    def rows(self) -> list[str]:
        listed = [seen for seen in self.observed if isinstance(seen, observation.FindingsListed)]
        return [row.id for seen in listed for row in seen.findings]


@pytest.fixture
async def pages() -> AsyncIterator[PageReader]:
    async with hand_server(per_page=2) as hand:
        hand.add_rows(*"abcde")
        made = PageReader(hand)
        yield made
        await made.link.aclose()


async def test_pages_are_read_round_and_round(pages: PageReader) -> None:
    await pages.read_pages(4)
    assert pages.rows() == list("abcde") + list("ab")


async def test_a_whole_round_is_as_old_as_its_first_page(pages: PageReader) -> None:
    await pages.read_pages(3)
    assert pages.rounds() == [
        observation.ListingEnded(SCAN_ID, 100.0 + row_checks.PAGE_GAP_S, 5, 5, is_whole=True)
    ]


async def test_a_round_of_a_full_scan_is_no_listing(
    pages: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed_rows, "ROWS_LIMIT", 4)
    await pages.read_pages(3)
    assert len(pages.scan.findings) == 4
    assert pages.rounds() == []


async def test_a_round_that_missed_rows_claims_nothing(pages: PageReader) -> None:
    pages.hand.total = 6
    await pages.read_pages(3)
    assert pages.rounds() == []


async def test_another_number_of_rows_is_news(pages: PageReader) -> None:
    assert await pages.read_pages(3) == [False] * 3
    pages.hand.add_rows("f")
    assert await pages.read()


async def test_the_next_page_is_due_after_a_while(pages: PageReader) -> None:
    assert pages.rereading.is_due(pages.now_s)
    await pages.read()
    assert not pages.rereading.is_due(pages.now_s + row_checks.PAGE_GAP_S - 0.1)
    assert pages.rereading.is_due(pages.now_s + row_checks.PAGE_GAP_S)


async def test_a_failed_page_is_read_again(pages: PageReader) -> None:
    pages.hand.refusals["findings"] = FAULT
    with pytest.raises(ServerFault):
        await pages.read()
    pages.hand.refusals.clear()
    await pages.read()
    assert pages.rows() == list("ab")


async def test_after_a_listing_a_new_round_starts(pages: PageReader) -> None:
    await pages.read()
    pages.rereading.restart()
    await pages.read()
    assert pages.rows() == list("abab")


async def test_only_a_few_pages_make_a_quick_round(pages: PageReader) -> None:
    pages.observe(observation.ListingEnded(SCAN_ID, 2.0, 400, 400, is_whole=True))
    assert pages.rereading.is_quick
    pages.observe(observation.ListingEnded(SCAN_ID, 3.0, 401, 401, is_whole=True))
    assert not pages.rereading.is_quick


class TotalsReader:
    """Totals of a server, with a clock that a test sets."""

    def __init__(self, hand: HandServer) -> None:
        self.now_s = 100.0
        self.hand = hand
        self.scan = Scan(SCAN_ID, hand.url)
        self.link = ServerSession(hand.url, self.clock)
        self.checks = row_checks.StatusTotals(self.scan, self.link.api, self.clock)

    def clock(self) -> float:
        return self.now_s

    def fold(self, status: FindingStatus) -> None:
        """Take over the first row with a status, as a page, a decision or a listing does."""
        row = make_finding(0, status=status)
        self.scan.observe(observation.FindingsListed(SCAN_ID, self.now_s, (row,)))

    async def read_due(self, *, is_in_view: bool = True, for_s: float = 0.0) -> list[bool]:
        """Read what is due at each pulse from now on; return which totals were news."""
        news, until_s = list[bool](), self.now_s + for_s
        while self.now_s <= until_s:
            status = self.checks.due(self.now_s, is_in_view=is_in_view)
            news += [] if status is None else [await self.checks.read(status)]
            self.now_s += PULSE_S
        return news

    def asked(self) -> list[str]:
        """The statuses asked for, in order."""
        return [target.partition("status=")[2].partition("&")[0] for target in self.hand.targets]


@pytest.fixture
async def totals() -> AsyncIterator[TotalsReader]:
    async with hand_server() as hand:
        hand.add_rows("a", "b", status="open")
        made = TotalsReader(hand)
        rows = tuple(make_finding(number) for number in range(2))
        made.scan.observe(observation.FindingsListed(SCAN_ID, 1.0, rows))
        made.scan.observe(observation.ListingEnded(SCAN_ID, 1.0, 2, 2, is_whole=True))
        yield made
        await made.link.aclose()


async def test_totals_that_are_as_we_have_them_are_no_news(totals: TotalsReader) -> None:
    assert await totals.read_due(for_s=15.0) == [False] * 8


async def test_in_view_all_totals_are_due_at_once_and_again_within_ten_seconds(
    totals: TotalsReader,
) -> None:
    await totals.read_due(is_in_view=False)
    await totals.read_due(for_s=1.0)
    assert totals.asked() == ["open", "false_positive", "confirmed", "dismissed"]
    await totals.read_due(for_s=10.0 - 1.0)
    assert totals.asked()[4:] == totals.asked()[:4]


async def test_out_of_view_only_the_total_of_open_is_due(totals: TotalsReader) -> None:
    await totals.read_due(is_in_view=False, for_s=24.0)
    assert totals.asked() == ["open"] * 4


async def test_a_finding_that_changes_its_status_is_news_once(totals: TotalsReader) -> None:
    await totals.read_due(for_s=2.0)
    totals.hand.rows[0]["status"] = "fixed"

    assert (await totals.read_due(for_s=20.0)).count(True) == 1


async def test_a_change_that_leaves_open_as_it_is_is_news_once_in_view(
    totals: TotalsReader,
) -> None:
    totals.hand.rows[0]["status"] = "confirmed"
    totals.fold(FindingStatus.CONFIRMED)
    await totals.read_due(for_s=2.0)
    totals.hand.rows[0]["status"] = "fixed"
    assert await totals.read_due(is_in_view=False, for_s=8.0) == [False]

    assert await totals.read_due(for_s=2.0) == [False, True, False]


async def test_a_change_that_the_rows_have_already_is_no_news(totals: TotalsReader) -> None:
    await totals.read_due(for_s=2.0)
    totals.hand.rows[0]["status"] = "dismissed"
    totals.fold(FindingStatus.DISMISSED)

    assert True not in await totals.read_due(for_s=20.0)


async def test_after_a_failure_a_total_is_due_again(totals: TotalsReader) -> None:
    totals.hand.refusals["findings"] = FAULT
    with pytest.raises(ServerFault):
        await totals.read_due(is_in_view=False)
    totals.hand.refusals.clear()
    totals.hand.rows[0]["status"] = "dismissed"

    assert await totals.read_due(is_in_view=False, for_s=10.0) == [True]


async def test_no_total_is_due_before_the_first_listing(totals: TotalsReader) -> None:
    unlisted = row_checks.StatusTotals(
        Scan(SCAN_ID, totals.hand.url), totals.link.api, totals.clock
    )
    assert unlisted.due(1e9, is_in_view=True) is None
    assert totals.checks.due(1e9, is_in_view=True) is FindingStatus.OPEN


async def test_t05_a_total_is_requested_by_one_exact_word(totals: TotalsReader) -> None:
    await totals.read_due()
    assert totals.hand.targets == [
        f"/api/scans/{SCAN_ID}/findings?status={FindingStatus.OPEN.value}&page=1&per_page=1"
    ]


OTHER_ID = "9c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e22"


def reads(hand: HandServer, start: int, *, of: str) -> list[str]:
    """Return which pages (with their size) and totals of a scan were requested, in order."""
    asked = (target for target in hand.targets[start:] if f"{of}/findings?" in target)
    words = (target.partition("?")[2].removesuffix("&page=1&per_page=1") for target in asked)
    return [each.partition("status=")[2] or each for each in words]


async def passed(desk: HandDesk, start_s: float, seconds: float) -> float:
    """Let time pass in steps of a pulse; return how much has passed."""
    await desk.pass_until(lambda: desk.passed_s >= start_s + seconds, step_s=PULSE_S)
    return desk.passed_s - start_s


async def test_t50_a_long_scan_in_view_has_a_page_and_all_totals_read_in_time(
    desk: HandDesk,
) -> None:
    desk.hand.add_rows(*(f"{number}" for number in range(401)), status="open")
    await desk.rested_scan()
    await passed(desk, desk.passed_s, 12.0)
    start, start_s = len(desk.hand.targets), desk.passed_s
    passed_s = await passed(desk, start_s, 30.0)
    asked = Counter(reads(desk.hand, start, of=SCAN_ID))
    totals = {each.value: asked.pop(each.value) for each in row_checks.STATUSES}
    assert all(30 / 10 <= count <= passed_s / 8 + 1 for count in totals.values()), totals
    assert 30 / 3 <= asked.total() <= passed_s / 2.5 + 1
    assert set(asked) == {f"page={number}&per_page=100" for number in range(1, 6)}


async def test_t50_a_scan_out_of_view_has_only_the_total_of_open_read(desk: HandDesk) -> None:
    desk.hand.add_rows("a", status="open")
    scan = desk.watch(SCAN_ID)
    in_view = desk.watch(OTHER_ID)
    desk.watches.set_in_view(in_view.id)
    await desk.until(lambda: scan.has_listed_once and in_view.has_listed_once)
    await passed(desk, desk.passed_s, 12.0)
    start, start_s = len(desk.hand.targets), desk.passed_s
    passed_s = await passed(desk, start_s, 24.0)
    asked = reads(desk.hand, start, of=SCAN_ID)
    assert set(asked) == {"open"}
    assert 24 / 10 <= len(asked) <= passed_s / 8 + 1


async def test_t50_all_scans_out_of_view_share_the_reads_of_open(desk: HandDesk) -> None:
    desk.hand.add_rows("a", status="open")
    scans = [desk.watch(OTHER_ID.replace("9c", f"{number}")) for number in range(10, 30)]
    await desk.until(lambda: all(scan.has_listed_once for scan in scans))
    await passed(desk, desk.passed_s, 12.0)
    start, start_s = len(desk.hand.targets), desk.passed_s
    passed_s = await passed(desk, start_s, 40.0)
    counts = [reads(desk.hand, start, of=scan.id).count("open") for scan in scans]
    assert 40 * 0.8 * 0.75 <= sum(counts) <= passed_s * 0.8 + 1
    assert max(counts) - min(counts) <= 1
