"""T-70 to T-74: the pages of a server are read for what they are, rarely, and with doubt."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from heimdall_desktop.application.discovery.discovery import Reading
from heimdall_desktop.application.discovery.scan_listing import EVERYTHING_S, START_S, ScanListing
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.presentation.board.found_scans import RepoFinds, ScanFinds
from heimdall_desktop.presentation.error_text import error_text
from tests.fakes.controller_desk import EMAIL, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.raw_server import Asked, RawServer, answer, raw_server
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

NEWEST = 8
REPO = RepoId("2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10")


@pytest.fixture
def running() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


@pytest.fixture
async def desk(running: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(running, tmp_path) as made:
        yield made


async def newest(desk: ControllerDesk, reading: Reading = Reading.BY_HAND) -> ScanFinds:
    ends: asyncio.Queue[ScanFinds] = asyncio.Queue()
    desk.controller.discovery.request_newest(
        lambda finds: ends.put_nowait(finds) if finds.is_done else None, reading
    )
    async with asyncio.timeout(60):
        return await ends.get()


async def repos(desk: ControllerDesk) -> RepoFinds:
    ends: asyncio.Queue[RepoFinds] = asyncio.Queue()
    desk.controller.discovery.request_repos(
        lambda finds: ends.put_nowait(finds) if finds.is_done else None
    )
    async with asyncio.timeout(60):
        return await ends.get()


async def scans_of(desk: ControllerDesk, repo_id: RepoId) -> ScanFinds:
    ends: asyncio.Queue[ScanFinds] = asyncio.Queue()
    desk.controller.discovery.request_scans_of(
        FoundRepo(repo_id, "shop"), lambda finds: ends.put_nowait(finds) if finds.is_done else None
    )
    async with asyncio.timeout(60):
        return await ends.get()


class Pages:
    """A server of web pages alone, whose text a test writes.

    Attributes:
        texts: what is on the page of a path, by its number from 1 on; the last one stays.
        failing: the numbers of pages that are not given.
    """

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.failing: set[int] = set()
        self.asked: list[str] = []

    async def serve(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.asked.append(asked.target)
        parts = urlsplit(asked.target)
        number = int(parse_qs(parts.query).get("page", ["1"])[0])
        if number in self.failing:
            writer.write(answer(502, "text/html", "Bad gateway"))
            return
        texts = self.texts.get(parts.path, [""])
        body = f'<a href="/repos">Repositories</a>{texts[min(number, len(texts)) - 1]}'
        writer.write(answer(200, "text/html; charset=utf-8", body))


def listing_of(server: RawServer, desk: ControllerDesk) -> ScanListing:
    link = desk.accounts.use_memory_token(server.url, "token")
    return desk.controller.discovery.listing(link)


def row(number: int) -> str:
    return f'<a href="/scans/{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21">x</a>'


# -- T-70 --


async def test_t70_pages_that_list_nothing_take_no_scan_off_the_board(
    running: LabServer, desk: ControllerDesk
) -> None:
    scans = [running.script_scan(name, EMAIL).run_until("hunt") for name in ("shop", "web")]
    desk.watch_new_scans(is_on=True)
    await desk.until(lambda: len(desk.store) == 2)
    running.faults.add(Fault(Shape.EMPTY, "other", times=None))
    running.requests.reset()
    desk.controller.request_refresh(None)
    await desk.until(lambda: running.faults.hits["empty other"] >= 1)
    late = running.script_scan("late", EMAIL).run_until("hunt")
    running.faults.clear()
    desk.controller.request_refresh(None)
    await desk.until(lambda: desk.store.scan(ScanId(late.id)) is not None)
    assert {scan.id for scan in desk.store} == {ScanId(scan.id) for scan in (*scans, late)}


async def test_t70_a_first_look_at_a_broken_database_makes_no_old_scan_a_new_one(
    running: LabServer, desk: ControllerDesk
) -> None:
    running.script_scan("over", EMAIL).run_until("report").complete()
    running.faults.add(Fault(Shape.EMPTY, "other", times=2))
    desk.watch_new_scans(is_on=True)
    await desk.until(lambda: running.faults.hits["empty other"] == 2)
    live = running.script_scan("live", EMAIL).run_until("hunt")
    desk.controller.request_refresh(None)
    await desk.until(lambda: len(desk.store) > 0)
    assert [scan.id for scan in desk.store] == [ScanId(live.id)]


# -- T-71 --


async def test_t71_running_scans_beyond_the_eight_newest_are_listed_and_counted(
    running: LabServer, desk: ControllerDesk
) -> None:
    live = [running.script_scan(f"live {n}", EMAIL).run_until("hunt") for n in range(3)]
    for _ in range(NEWEST + 2):
        running.script_scan("over", EMAIL).run_until("report").complete()
    finds = await newest(desk)
    assert {scan.scan_id for scan in finds.rows if scan.is_live} == {
        ScanId(scan.id) for scan in live
    }
    assert finds.is_whole
    assert len(finds.rows) == NEWEST + 3


async def test_t71_a_list_that_stays_open_counts_what_began_meanwhile(
    running: LabServer, desk: ControllerDesk
) -> None:
    running.script_scan("first", EMAIL).run_until("hunt")
    assert len((await newest(desk, Reading.OPENED)).rows) == 1
    for number in range(NEWEST + 3):
        running.script_scan(f"new {number}", EMAIL).run_until("hunt")
    running.requests.reset()
    assert len((await newest(desk, Reading.BY_ITSELF)).rows) == 1  # the start page is not old yet
    assert "other" not in running.requests.by_kind
    finds = await newest(desk, Reading.OPENED)
    assert sum(scan.is_live for scan in finds.rows) == NEWEST + 4
    assert finds.is_whole


async def test_t71_the_pages_are_asked_for_rarely(tmp_path: Path) -> None:
    desk, pages = ControllerDesk(tmp_path), Pages()
    pages.texts = {"/": [row(1)], "/repos": [f'<a href="/repos/{REPO}">x</a>']}
    pages.texts[f"/repos/{REPO}"] = [row(1)]
    async with raw_server(pages.serve) as server:
        listing = listing_of(server, desk)
        for _ in range(3):
            assert (await listing.newest(START_S)).scan_ids
            assert (await listing.everything(EVERYTHING_S)).is_whole
        await asyncio.gather(listing.newest(START_S), listing.newest(START_S))
        assert pages.asked == [
            "/",
            "/repos?page=1&per_page=100",
            "/repos?page=2&per_page=100",
            f"/repos/{REPO}?page=1&per_page=100",
            f"/repos/{REPO}?page=2&per_page=100",
        ]
        await listing.newest()  # by hand
        assert pages.asked[-1] == "/"
    await desk.aclose()


# -- T-72 --


async def test_t72_all_pages_are_read_though_next_is_offered_for_ever(
    running: LabServer, desk: ControllerDesk
) -> None:
    scans = [running.script_scan("shop", EMAIL) for _ in range(230)]
    link = desk.accounts.in_use
    assert link is not None
    shop = RepoId(scans[0].repo_id)
    listed = await desk.controller.discovery.listing(link).scan_ids_of(shop)
    assert listed.ids == [ScanId(scan.id) for scan in reversed(scans)]
    assert listed.is_whole
    assert running.requests.by_kind["other"] == 4  # 100, 100, 30 and the one without a new id


async def test_t72_a_page_that_repeats_others_is_the_end(tmp_path: Path) -> None:
    desk, pages = ControllerDesk(tmp_path), Pages()
    following = '<a href="?page=99">Next</a>'
    pages.texts[f"/repos/{REPO}"] = [row(1) + row(2) + following, row(2) + row(3) + following]
    async with raw_server(pages.serve) as server:
        listed = await listing_of(server, desk).scan_ids_of(REPO)
    assert [each[:8] for each in listed.ids] == ["00000001", "00000002", "00000003"]
    assert listed.is_whole
    assert len(pages.asked) == 3
    await desk.aclose()


async def test_t72_a_page_that_fails_hides_none_behind_it_and_its_rows_keep_their_place(
    tmp_path: Path,
) -> None:
    desk, pages = ControllerDesk(tmp_path), Pages()
    pages.texts[f"/repos/{REPO}"] = [row(1), row(2), row(3), ""]
    pages.failing = {2}
    async with raw_server(pages.serve) as server:
        link = desk.accounts.use_memory_token(server.url, "token")
        listed = await desk.quick_discovery().listing(link).scan_ids_of(REPO)
        assert [each[:8] for each in listed.ids] == ["00000001", "00000003"]
        assert (listed.has_failed, listed.is_whole) == (True, False)
        pages.failing.clear()
        await listed.read()
        assert [each[:8] for each in listed.ids] == ["00000001", "00000002", "00000003"]
        assert listed.is_whole
    await desk.aclose()


async def test_t72_the_repositories_of_a_page_that_failed_are_owed(tmp_path: Path) -> None:
    desk, pages = ControllerDesk(tmp_path), Pages()
    other = REPO.replace("2b", "2c")
    pages.texts["/repos"] = [f'<a href="/repos/{each}">x</a>' for each in (REPO, other)] + [""]
    pages.texts[f"/repos/{REPO}"], pages.texts[f"/repos/{other}"] = [row(1), ""], [row(2), ""]
    async with raw_server(pages.serve) as server:
        link = desk.accounts.use_memory_token(server.url, "token")
        listing = desk.quick_discovery().listing(link)
        pages.failing = {2}
        found = await listing.everything()
        assert [each[:8] for each in found.scan_ids] == ["00000001"]
        assert found.error is not None
        assert error_text(found.error) == (
            "A page of the repository list couldn't be loaded. 1 of 1 repositories "
            "couldn't be loaded."
        )
        pages.failing.clear()
        assert {each[:8] for each in await listing.owed()} == {"00000001", "00000002"}
        assert listing.error is None
        assert (await listing.everything(EVERYTHING_S)).is_whole
    await desk.aclose()


async def test_t72_a_first_page_without_any_is_asked_again_later(tmp_path: Path) -> None:
    desk, pages = ControllerDesk(tmp_path), Pages()
    async with raw_server(pages.serve) as server:
        listing = listing_of(server, desk)
        nothing = await listing.everything(EVERYTHING_S)
        assert (nothing.scan_ids, nothing.is_whole) == ((), False)
        pages.texts["/repos"] = [f'<a href="/repos/{REPO}">x</a>']
        assert (await listing.everything(EVERYTHING_S)).scan_ids == ()  # nothing in there yet
        pages.texts[f"/repos/{REPO}"] = [row(1)]
        assert len(await listing.owed()) == 1
        assert await listing.owed() == []  # that was reported
    await desk.aclose()


# -- T-73 --


async def test_t73_escaped_links_are_found(running: LabServer, desk: ControllerDesk) -> None:
    scan = running.script_scan("shop", EMAIL)
    finds = await scans_of(desk, RepoId(scan.repo_id))
    assert [found.scan_id for found in finds.rows] == [ScanId(scan.id)]


# -- T-74 --


@pytest.mark.parametrize("name", ['"' * 115, "n" * 700, "<&>'/" * 20_000])
async def test_t74_a_name_of_any_length_hides_no_repository_and_no_scan(
    running: LabServer, desk: ControllerDesk, name: str
) -> None:
    scan = running.script_scan(name, EMAIL).run_until("hunt")
    found = await repos(desk)
    assert [repo.repo_id for repo in found.rows] == [RepoId(scan.repo_id)]
    assert [each.scan_id for each in (await scans_of(desk, RepoId(scan.repo_id))).rows] == [
        ScanId(scan.id)
    ]
    assert found.is_whole


async def test_t74_a_tag_that_was_given_up_marks_the_listing(tmp_path: Path) -> None:
    desk, pages = ControllerDesk(tmp_path), Pages()
    pages.texts["/"] = [row(1) + '<a title="']
    pages.texts[f"/repos/{REPO}"] = [row(1) + '<a title="']
    async with raw_server(pages.serve) as server:
        listing = listing_of(server, desk)
        assert not (await listing.newest()).is_whole
        listed = await listing.scan_ids_of(REPO)
    assert (len(listed.ids), listed.is_whole) == (1, False)
    await desk.aclose()
