"""Finding scans and repositories on a real server, gently, whatever goes wrong with it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from heimdall_desktop.application.base.tasks import CallOff
from heimdall_desktop.application.discovery.discovery import (
    AT_ONCE,
    NAMED_LIMIT,
    Named,
    Reading,
    ScanReader,
    scan_id_of,
)
from heimdall_desktop.application.discovery.scan_listing import OWED_S
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.observation import Counts, FoundRepo
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.domain.stages.stage_times import NO_TIMES
from heimdall_desktop.presentation.board.found_scans import FoundScan, RepoFinds, ScanFinds
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from tests.fakes.controller_desk import PASSWORD, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.scan_links import scan_links
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def running() -> Iterator[LabServer]:
    with idle_server() as running:
        yield running


@pytest.fixture
async def desk(
    running: LabServer, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[ControllerDesk]:
    """A session of an account of this test alone."""
    email = f"{request.node.name.partition('[')[0]}@example.test"
    running.add_account(email, PASSWORD)
    async with signed_in_desk(running, tmp_path, email) as made:
        yield made


async def last(request: Callable[[Callable[[Any], None]], CallOff]) -> list[Any]:
    """Make a request and return all it reported, up to the last."""
    reported: list[Any] = []
    done = asyncio.Event()

    def take(finds: ScanFinds | RepoFinds) -> None:
        reported.append(finds)
        if finds.is_done:
            done.set()

    request(take)
    async with asyncio.timeout(WAIT_LIMIT_S):
        await done.wait()
    return reported


def names(scans: tuple[FoundScan, ...]) -> list[str]:
    return [scan.repo.name for scan in scans]


def script(desk: ControllerDesk, *names: str) -> list[ScriptedScan]:
    return [desk.server.script_scan(name, desk.email) for name in names]


async def test_the_newest_scans_come_in_the_order_of_the_server(desk: ControllerDesk) -> None:
    shop, web, *_ = script(desk, "shop", "web", "shop", "auth")
    shop.run_until("report").add_findings(2, "critical").complete()
    web.run_until("hunt").add_findings(3)
    reported = await last(desk.controller.discovery.request_newest)
    assert (reported[0].rows, reported[0].expected, reported[0].is_done) == ((), 4, False)
    assert [len(finds.rows) for finds in reported] == [0, 1, 2, 3, 4, 4, 4]
    rows = reported[-1].rows
    assert names(rows) == ["auth", "shop", "web", "shop"]
    assert rows[2].words.startswith("Hunt 0:0")
    assert (rows[2].counts.total, rows[2].counts.high, rows[2].is_live) == (3, 3, True)
    assert (rows[3].counts.critical, rows[3].is_live) == (2, False)
    assert rows[3].words.startswith("Completed ")
    assert reported[-1].error is None


async def test_few_requests_run_at_a_time_and_names_are_read_once(desk: ControllerDesk) -> None:
    script(desk, *["shop"] * 8)
    desk.server.requests.reset()
    await last(desk.controller.discovery.request_newest)
    assert desk.server.requests.most_in_flight <= AT_ONCE
    counted = desk.server.requests.by_kind
    pages = 1 + 2 + 2  # the start page, the repositories and the one repository to their ends
    assert (counted["scan"], counted["live"], counted["other"]) == (8, 8, pages)
    assert counted["repo"] <= AT_ONCE


async def test_all_readings_together_stay_as_gentle(desk: ControllerDesk) -> None:
    script(desk, "a", "b", "c", "d")
    desk.server.requests.reset()
    discovery = desk.controller.discovery
    await asyncio.gather(last(discovery.request_newest), last(discovery.request_repos))
    assert desk.server.requests.most_in_flight <= AT_ONCE


async def test_repositories_come_with_their_names_and_branches(desk: ControllerDesk) -> None:
    scans = script(desk, "shop", "web")
    [*_, finds] = await last(desk.controller.discovery.request_repos)
    assert finds.rows == (
        FoundRepo(RepoId(scans[1].repo_id), "web"),
        FoundRepo(RepoId(scans[0].repo_id), "shop"),
    )


async def test_the_scans_of_a_repository(desk: ControllerDesk) -> None:
    scans = script(desk, "shop", "web", "shop")
    repo = FoundRepo(RepoId(scans[0].repo_id), "shop")
    [*_, finds] = await last(lambda take: desk.controller.discovery.request_scans_of(repo, take))
    assert [scan.scan_id for scan in finds.rows] == [scans[2].id, scans[0].id]
    assert not finds.has_more


async def test_an_account_without_scans_finds_none(desk: ControllerDesk) -> None:
    [*_, finds] = await last(desk.controller.discovery.request_newest)
    assert (finds.rows, finds.expected, finds.error) == ((), 0, None)


async def test_a_page_that_is_none_ends_it_with_an_offer(desk: ControllerDesk) -> None:
    desk.server.faults.add(Fault(Shape.PORTAL, "other"))
    [finds] = await last(desk.controller.discovery.request_newest)
    assert isinstance(finds.error, errors.PageUnreadable)
    assert remedy(finds.error) == "Paste scan links instead."


async def test_what_cannot_be_seen_is_left_out(desk: ControllerDesk) -> None:
    scans = script(desk, "shop", "web")
    desk.server.faults.add(Fault(Shape.ENVELOPE, "scan", status=404, path_part=scans[0].id))
    [*_, finds] = await last(desk.controller.discovery.request_newest)
    assert (names(finds.rows), finds.error) == (["web"], None)


async def test_an_error_keeps_what_was_found_before(desk: ControllerDesk) -> None:
    scans = script(desk, "shop", "web", "auth")
    desk.server.faults.add(Fault(Shape.RATE_LIMITED, "scan", path_part=scans[0].id, after_s=100))
    [*_, finds] = await last(desk.controller.discovery.request_newest)
    assert names(finds.rows) == ["auth", "web"]
    assert isinstance(finds.error, errors.ServerBusy)


async def test_a_failed_request_is_retried_and_nothing_is_missing(desk: ControllerDesk) -> None:
    scans = [
        desk.server.script_scan(name, desk.email).run_until("hunt") for name in map(str, range(12))
    ]
    desk.server.faults.add(
        Fault(Shape.ENVELOPE, "other", path_part="/repos", times=2),
        Fault(Shape.ENVELOPE, "other", path_part=scans[1].repo_id),
        Fault(Shape.ENVELOPE, "scan", path_part=scans[0].id),
        Fault(Shape.ENVELOPE, "repo", path_part=scans[11].repo_id),
    )
    [*_, finds] = await last(desk.quick_discovery().request_newest)
    assert desk.server.faults.armed == ()
    assert finds.is_whole
    assert {scan.scan_id for scan in finds.rows} == {ScanId(scan.id) for scan in scans}


async def test_unanswered_repositories_are_counted(desk: ControllerDesk) -> None:
    scans = [
        desk.server.script_scan(name, desk.email).run_until("hunt") for name in map(str, range(12))
    ]
    for scan in scans[:2]:
        desk.server.faults.add(
            Fault(Shape.ENVELOPE, "other", path_part=f"/repos/{scan.repo_id}", times=None)
        )
    [*_, finds] = await last(desk.quick_discovery().request_newest)
    assert {scan.scan_id for scan in finds.rows} == {ScanId(scan.id) for scan in scans[2:]}
    assert isinstance(finds.error, errors.NotAllRead)
    assert cause(finds.error) == "2 of 12 repositories couldn't be loaded."
    assert not finds.is_whole


async def test_an_open_list_retries_what_is_missing(desk: ControllerDesk) -> None:
    scans = [
        desk.server.script_scan(name, desk.email).run_until("hunt") for name in map(str, range(12))
    ]
    desk.server.faults.add(
        Fault(Shape.ENVELOPE, "other", path_part=f"/repos/{scans[0].repo_id}", times=None)
    )
    turned_s = 0.0
    discovery = desk.quick_discovery(lambda: time.monotonic() + turned_s)
    await last(discovery.request_newest)
    desk.server.faults.clear()
    desk.server.requests.reset()
    again = partial(discovery.request_newest, read=Reading.BY_ITSELF)
    [*_, finds] = await last(again)
    assert "other" not in desk.server.requests.by_kind  # too soon
    turned_s = OWED_S
    [*_, finds] = await last(again)
    assert desk.server.requests.by_kind["other"] == 2  # of the one repository to its end
    assert finds.is_whole
    assert len(finds.rows) == 12


async def test_rows_that_give_no_answer_are_counted(desk: ControllerDesk) -> None:
    scans = script(desk, *map(str, range(10)))
    for scan in (scans[0], scans[9]):  # behind the start page, and on it
        desk.server.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scan.id, times=None))
    discovery = desk.quick_discovery()
    [*_, finds] = await last(discovery.request_newest)
    assert len(finds.rows) == 8
    assert error_text(finds.error) == "2 of 10 scans couldn't be loaded."
    desk.server.faults.clear()
    desk.server.faults.add(Fault(Shape.ENVELOPE, "repo", path_part=scans[0].repo_id, times=None))
    [*_, found] = await last(discovery.request_repos)
    assert len(found.rows) == 9
    assert error_text(found.error) == "1 of 10 repositories couldn't be loaded."


async def test_without_a_start_page_the_repositories_are_read(desk: ControllerDesk) -> None:
    [scan] = script(desk, "shop")
    desk.server.faults.add(Fault(Shape.ENVELOPE, "other"))
    [*_, finds] = await last(desk.quick_discovery().request_newest)
    assert [found.scan_id for found in finds.rows] == [ScanId(scan.id)]
    assert isinstance(finds.error, errors.ServerFault)


async def test_two_failed_pages_in_a_row_end_one_attempt(desk: ControllerDesk) -> None:
    scans = script(desk, *["shop"] * 130)
    desk.server.faults.add(Fault(Shape.ENVELOPE, "other", times=2))
    listed = (
        await desk.quick_discovery()
        .listing(desk.accounts.require_in_use())
        .scan_ids_of(RepoId(scans[0].repo_id))
    )
    assert desk.server.requests.by_kind["other"] == 2 + 3
    assert (len(listed.ids), listed.is_whole) == (130, True)


async def test_an_expired_session_is_reported(desk: ControllerDesk) -> None:
    desk.server.expire_sessions(desk.email)
    [finds] = await last(desk.controller.discovery.request_newest)
    assert isinstance(finds.error, errors.SignedOut)


async def test_without_a_server_there_is_nothing_to_read(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    [finds] = await last(desk.controller.discovery.request_repos)
    assert isinstance(finds.error, errors.LinkError)
    await desk.aclose()


async def test_a_cancelled_reading_reports_and_requests_nothing(desk: ControllerDesk) -> None:
    script(desk, *["shop"] * 8)
    desk.server.requests.reset()
    reported: list[ScanFinds] = []
    call_off: list[CallOff] = []

    def take(finds: ScanFinds) -> None:
        reported.append(finds)
        if finds.rows:
            call_off[0]()

    call_off.append(desk.controller.discovery.request_newest(take))
    await last(desk.controller.discovery.request_repos)  # waits behind it
    assert len(reported) == 2
    assert desk.server.requests.by_kind["scan"] <= 2 * AT_ONCE


async def named(desk: ControllerDesk, text: str) -> Named:
    answers: asyncio.Queue[Named | errors.HeimdallError] = asyncio.Queue()
    desk.controller.discovery.request_named(scan_links(text), answers.put_nowait)
    async with asyncio.timeout(WAIT_LIMIT_S):
        found = await answers.get()
    assert isinstance(found, Named)
    return found


async def test_what_links_lead_to_is_read_also_through_a_finding(desk: ControllerDesk) -> None:
    shop, web = script(desk, "shop", "web")
    shop.run_until("hunt").add_findings(1)
    text = f"{desk.server.url}/findings/{shop.finding_ids[0]} {web.id} {shop.id}"
    found = await named(desk, text)
    assert names(tuple(found.found.values())) == ["shop", "web", "shop"]
    assert not found.refused


async def test_a_link_to_nothing_is_refused_and_the_others_are_found(desk: ControllerDesk) -> None:
    [shop] = script(desk, "shop")
    both = await named(desk, f"{NOWHERE} {shop.id}")
    assert [link.scan_id for link in both.found] == [ScanId(shop.id)]
    assert [link.scan_id for link in both.refused] == [NOWHERE]


async def test_links_of_a_text_to_other_servers_are_errors(desk: ControllerDesk) -> None:
    text = f"{NOWHERE} https://elsewhere.test/scans/{NOWHERE} morning"
    good, elsewhere, nothing = desk.controller.discovery.read_text(text)
    assert good.link is not None
    assert elsewhere.link is None
    assert elsewhere.error is not None
    assert "elsewhere.test" in cause(elsewhere.error)
    assert nothing.text == "morning"


async def test_of_a_long_list_only_the_first_are_looked_up(desk: ControllerDesk) -> None:
    scans = script(desk, *["shop"] * (NAMED_LIMIT + 2))
    found = await named(desk, " ".join(scan.id for scan in scans))
    assert len(found.found) == NAMED_LIMIT


async def test_a_dead_session_is_an_error_of_the_whole_question(desk: ControllerDesk) -> None:
    desk.server.expire_sessions(desk.email)
    answers: asyncio.Queue[Named | errors.HeimdallError] = asyncio.Queue()
    desk.controller.discovery.request_named(scan_links(NOWHERE), answers.put_nowait)
    async with asyncio.timeout(WAIT_LIMIT_S):
        assert isinstance(await answers.get(), errors.SignedOut)


scan_reader = partial(
    ScanReader, clock=lambda: 0.0, now=lambda: datetime.now(UTC), usual=lambda _scan: NO_TIMES
)


async def test_the_counts_of_a_completed_scan_need_no_snapshot(desk: ControllerDesk) -> None:
    done = desk.server.script_scan("shop", desk.email).run_until("hunt").add_findings(2, "low")
    done.run_until("report").complete()
    failed = (
        desk.server.script_scan("shop", desk.email).run_until("hunt").add_findings(1).fail_finally()
    )
    reader = scan_reader(desk.accounts.require_in_use())
    found = [await reader.read(ScanId(scan.id)) for scan in (done, failed)]
    assert [scan and scan.counts for scan in found] == [Counts(2, low=2), Counts(1, high=1)]
    assert dict(desk.server.requests.by_kind) == {"scan": 2, "live": 1, "repo": 1}


async def test_what_a_server_does_not_offer_is_left_out(desk: ControllerDesk) -> None:
    scan = desk.server.script_scan("shop", desk.email).run_until("hunt")
    desk.server.faults.add(
        Fault(Shape.PAGE, "live", status=404), Fault(Shape.ENVELOPE, "repo", status=404)
    )
    found = await scan_reader(desk.accounts.require_in_use()).read(ScanId(scan.id))
    assert found is not None
    assert (found.repo.name, found.counts) == (scan.repo_id, None)


async def test_a_scan_of_another_repository_is_none_of_its_scans(desk: ControllerDesk) -> None:
    shop, web = (desk.server.script_scan(name, desk.email) for name in ("shop", "web"))
    reader = scan_reader(
        desk.accounts.require_in_use(), only=FoundRepo(RepoId(shop.repo_id), "shop")
    )
    assert await reader.read(ScanId(web.id)) is None
    assert await reader.read(ScanId(shop.id)) is not None
    assert desk.server.requests.by_kind["repo"] == 0


async def test_a_finding_leads_to_its_scan(desk: ControllerDesk) -> None:
    scan = desk.server.script_scan("shop", desk.email).run_until("hunt").add_findings(1)
    named = ScanLink(None, None, FindingId(scan.finding_ids[0]))
    assert await scan_id_of(desk.accounts.require_in_use(), named) == ScanId(scan.id)
    assert await scan_id_of(
        desk.accounts.require_in_use(), ScanLink(None, ScanId(scan.id))
    ) == ScanId(scan.id)
