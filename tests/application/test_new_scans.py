"""New scans are watched by themselves, and those that somebody stopped watching never again."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from heimdall_desktop.application.discovery import Discovery
from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.new_scans import NewScans
from heimdall_desktop.application.request_tasks import RequestTasks
from heimdall_desktop.domain.facts.errors import HeimdallError, PageUnreadable
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.local.faults import Fault, Shape
from heimdall_desktop.local.scan_worker import IdleWorker
from heimdall_desktop.local.server import EmbeddedServer
from heimdall_desktop.services.settings import Settings, SettingsFile
from tests.fakes.controller_desk import ControllerDesk

PASSWORD = "long enough"  # noqa: S105 - of accounts that live for one test


@pytest.fixture(scope="module")
def running() -> Iterator[EmbeddedServer]:
    with EmbeddedServer(auth_burst=1_000_000, worker=lambda *_: IdleWorker()) as running:
        yield running


@pytest.fixture
def email(running: EmbeddedServer, request: pytest.FixtureRequest) -> str:
    """An account of this test alone."""
    email = f"{request.node.name}@example.test"
    running.add_account(email, PASSWORD)
    return email


@pytest.fixture
async def desk(
    running: EmbeddedServer, email: str, tmp_path: Path
) -> AsyncIterator[ControllerDesk]:
    made = ControllerDesk(tmp_path)
    assert await made.sign_in(running.url, email, PASSWORD) is None
    running.requests.reset()
    yield made
    running.faults.clear()
    await made.aclose()


class Look:
    """A look at the start page whenever a test wants one."""

    def __init__(self, desk: ControllerDesk) -> None:
        self.watched: list[str] = []
        self.problems: list[HeimdallError] = []
        self.new_scans = NewScans(
            desk.controller.discovery,
            desk.accounts,
            desk.tasks,
            is_known=lambda scan_id: scan_id in self.watched,
            watch=self._watch,
        )
        self.new_scans.on_problem = self.problems.append

    def _watch(self, _link: ServerLink, scan_id: ScanId) -> None:
        self.watched.append(scan_id)

    async def __call__(self) -> list[str]:
        await self.new_scans.look()
        return self.watched


async def test_live_scans_that_are_new_are_watched_once(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    running.script_scan("over", email).run_until("report").complete()
    live = running.script_scan("shop", email).run_until("hunt")
    assert await look() == [live.id]
    queued = running.script_scan("shop", email)
    assert await look() == [live.id, queued.id]
    assert await look() == [live.id, queued.id]
    running.requests.reset()
    await look()
    assert dict(running.requests.by_kind) == {"other": 1}  # nothing but the page


async def test_one_that_failed_and_comes_back_is_watched(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    scan = running.script_scan("shop", email).run_until("tyr").fail()
    assert await look() == []
    scan.retry()
    assert await look() == [scan.id]


async def test_a_page_that_is_none_is_told_once_and_tried_on(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    scan = running.script_scan("shop", email)
    running.faults.add(Fault(Shape.PORTAL, "other", times=2))
    assert await look() == await look() == []
    assert [type(problem) for problem in look.problems] == [PageUnreadable]
    assert await look() == [scan.id]
    running.faults.add(Fault(Shape.PORTAL, "other"))
    await look()
    assert len(look.problems) == 2  # another incident


async def test_it_rests_while_the_session_is_dead_and_says_nothing(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    running.script_scan("shop", email)
    running.expire_sessions(email)
    await look()
    running.requests.reset()
    await look()
    assert not running.requests.by_kind
    assert await desk.sign_in(running.url, email, PASSWORD) is None
    look.new_scans.resume()
    assert len(await look()) == 1
    assert look.problems == []


async def test_trouble_on_the_way_is_left_to_the_next_look(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    scan = running.script_scan("shop", email)
    running.faults.add(Fault(Shape.ENVELOPE, "scan"), Fault(Shape.PAGE, "other"))
    assert await look() == await look() == []
    assert (await look(), look.problems) == ([scan.id], [])


async def test_signed_out_or_without_a_server_nothing_is_asked(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    assert await Look(desk)() == []
    await desk.aclose()


async def test_switched_on_it_looks_at_once_and_again_and_off_no_more(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    come = asyncio.Event()
    new_scans = NewScans(
        Discovery(
            desk.accounts,
            RequestTasks(desk.tasks),
            clock=lambda: 0.0,
            now=desk.now,
            usual=desk.store.times.usual,
        ),
        desk.accounts,
        desk.tasks,
        is_known=lambda _scan_id: False,
        watch=lambda _link, _scan_id: come.set(),
        every_s=0.01,
    )
    running.script_scan("shop", email)
    new_scans.switch(is_on=True)
    new_scans.switch(is_on=True)
    for _ in range(2):
        async with asyncio.timeout(30):
            await come.wait()
        come.clear()
    await new_scans.aclose()
    running.requests.reset()
    new_scans.switch(is_on=False)
    assert not running.requests.by_kind


async def test_the_controller_watches_them_remembers_the_switch_and_what_was_stopped(
    running: EmbeddedServer, desk: ControllerDesk, email: str, tmp_path: Path
) -> None:
    first = running.script_scan("first", email).run_until("hunt")
    desk.controller.watch_new_scans(is_on=True)
    await desk.until(lambda: len(desk.store) == 1)
    desk.controller.request_stop(ScanId(first.id))
    second = running.script_scan("second", email).run_until("hunt")
    desk.controller.watch_new_scans(is_on=False)
    desk.controller.watch_new_scans(is_on=True)
    await desk.until(lambda: len(desk.store) == 1)
    assert desk.store.scan(ScanId(second.id)) is not None
    saved = SettingsFile(tmp_path / "settings.toml", Settings).load()[0]
    assert (saved.watches_new, saved.stopped) == (True, (ScanId(first.id),))
    assert await desk.watch(first.id) is None  # by hand it may be watched again
    assert desk.controller.settings.stopped == ()


async def test_another_session_goes_on_with_it(
    running: EmbeddedServer, desk: ControllerDesk, email: str, tmp_path: Path
) -> None:
    desk.controller.watch_new_scans(is_on=True)
    await desk.aclose()
    scan = running.script_scan("new", email).run_until("hunt")
    later = ControllerDesk(tmp_path, desk.keyring)
    await later.begin()
    await later.until(lambda: later.store.scan(ScanId(scan.id)) is not None)
    await later.aclose()


async def test_signing_in_again_looks_at_once(
    running: EmbeddedServer, desk: ControllerDesk, email: str
) -> None:
    running.expire_sessions(email)
    desk.controller.watch_new_scans(is_on=True)
    scan = running.script_scan("shop", email).run_until("hunt")
    assert await desk.sign_in(running.url, email, PASSWORD) is None
    await desk.until(lambda: desk.store.scan(ScanId(scan.id)) is not None, limit_s=10)
