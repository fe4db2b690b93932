"""New scans are watched by themselves, and those that somebody stopped watching never again."""

import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from heimdall_desktop.application.scan_listing import EVERYTHING_S
from heimdall_desktop.application.server_polls import AutoWatch
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import NotAllRead
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.controller_desk import PASSWORD, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.errors import raises_saying
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer


@pytest.fixture(scope="module")
def running() -> Iterator[LabServer]:
    with idle_server() as running:
        yield running


@pytest.fixture
def email(running: LabServer, request: pytest.FixtureRequest) -> str:
    """An account of this test alone."""
    email = f"{request.node.name}@example.test"
    running.add_account(email, PASSWORD)
    return email


@pytest.fixture
async def desk(running: LabServer, email: str, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(running, tmp_path, email) as made:
        yield made


class Look:
    """A look at the pages whenever a test wants one."""

    def __init__(self, desk: ControllerDesk) -> None:
        self.watched: list[str] = []
        self.turned_s = 0.0
        link = desk.accounts.in_use
        assert link is not None
        self._link = link
        self.new_scans = AutoWatch(
            desk.quick_discovery(),
            clock=lambda: time.monotonic() + self.turned_s,
            now=desk.now,
            is_known=lambda _link, scan_id: scan_id in self.watched,
            watch=lambda _link, scan_id: self.watched.append(scan_id),
        )

    async def __call__(self) -> list[str]:
        await self.new_scans.look(self._link)
        return self.watched


async def test_live_scans_that_are_new_are_watched_once(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    running.script_scan("over", email).run_until("report").complete().age(timedelta(hours=2))
    live = running.script_scan("shop", email).run_until("hunt")
    assert await look() == [live.id]
    queued = running.script_scan("shop", email)
    assert await look() == [live.id, queued.id]
    assert await look() == [live.id, queued.id]
    running.requests.reset()
    await look()
    assert dict(running.requests.by_kind) == {"other": 1}  # nothing but the start page


async def test_one_that_failed_and_comes_back_is_watched(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    scan = running.script_scan("shop", email).run_until("tyr").fail()
    assert await look() == await look() == await look() == []
    scan.retry()
    assert await look() == [scan.id]


async def test_one_that_began_and_ended_between_two_looks_is_watched(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    running.script_scan("before", email).run_until("report").complete()
    assert await look() == []
    short = running.script_scan("short", email).run_until("report").add_findings(1, "critical")
    failed = running.script_scan("failed", email).run_until("tyr").fail_finally()
    short.complete()
    assert sorted(await look()) == sorted([short.id, failed.id])


async def test_what_ended_before_it_was_switched_on_is_not_new_where_all_others_are_watched(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    watched = running.script_scan("watched", email).run_until("hunt")
    look.watched.append(watched.id)
    assert await look() == [watched.id]
    short = running.script_scan("short", email).run_until("report").complete()
    assert await look() == [watched.id, short.id]


async def test_more_new_ones_than_the_start_page_has_room_for_are_all_found(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    assert await look() == []
    scans = [running.script_scan(f"repo {n}", email).run_until("hunt") for n in range(12)]
    assert set(await look()) == {scan.id for scan in scans}


async def test_those_that_were_watched_meanwhile_count_too_on_a_start_page_of_new_ones(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    running.script_scan("old", email).run_until("report").complete()
    assert await look() == []
    hidden = running.script_scan("hidden", email).run_until("hunt")
    own = [running.script_scan("own", email).run_until("hunt").id for _ in range(8)]
    look.watched += own
    assert await look() == [*own, hidden.id]


async def test_an_ended_one_that_is_the_newest_makes_it_look_behind_the_start_page(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    """Eight old ones are in the way; the page alone would show one of two that began."""
    look = Look(desk)
    for _ in range(9):
        running.script_scan("old", email).run_until("report").complete()
    assert await look() == []
    scans = [running.script_scan("new", email).run_until("tyr").fail_finally() for _ in range(9)]
    assert set(await look()) == {scan.id for scan in scans}


async def test_running_ones_behind_the_start_page_are_found_at_once_and_each_hour(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    hidden = running.script_scan("hidden", email).run_until("hunt")
    for _ in range(9):
        running.script_scan("old", email).run_until("report").complete()
    assert await look() == [hidden.id]
    look.watched.clear()
    assert await look() == []  # by the start page alone
    look.turned_s += EVERYTHING_S
    assert await look() == [hidden.id]


async def test_another_account_begins_anew(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    await look()
    other = f"other-{email}"
    running.add_account(other, PASSWORD)
    running.script_scan("theirs", other).run_until("report").complete()
    assert await desk.sign_in(running.url, other, PASSWORD) is None
    assert await look() == []


async def test_a_row_that_cannot_be_seen_stops_no_other(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    live, gone = (running.script_scan(name, email) for name in ("live", "gone"))
    running.faults.add(Fault(Shape.ENVELOPE, "scan", status=404, path_part=gone.id, times=None))
    assert await look() == [live.id]


async def test_a_row_that_failed_once_is_asked_again_in_the_same_look(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    await look()
    scans = [running.script_scan("shop", email).run_until("tyr").fail_finally() for _ in range(3)]
    running.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scans[1].id))
    assert set(await look()) == {scan.id for scan in scans}


async def test_a_row_that_gives_no_answer_stops_no_other_and_is_asked_again_with_the_next_look(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    await look()
    scans = [running.script_scan("shop", email).run_until("tyr").fail_finally() for _ in range(3)]
    running.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scans[1].id, times=None))
    with raises_saying(NotAllRead, match=r"^1 scan couldn't be loaded\.$"):
        await look()
    assert set(look.watched) == {scans[0].id, scans[2].id}
    running.faults.clear()
    assert set(await look()) == {scan.id for scan in scans}


@pytest.mark.parametrize("shape", [Shape.ENVELOPE, Shape.CLOSED, Shape.PORTAL])
async def test_a_repository_that_gives_no_answer_hides_no_other_and_is_owed(
    running: LabServer, desk: ControllerDesk, email: str, shape: Shape
) -> None:
    look = Look(desk)
    hidden = [running.script_scan(f"hidden {n}", email).run_until("hunt") for n in range(3)]
    for _ in range(9):
        running.script_scan("old", email).run_until("report").complete()
    running.faults.add(Fault(shape, "other", path_part=hidden[1].repo_id, times=None))
    with raises_saying(NotAllRead, match=r"^1 of 4 repositories couldn't be loaded\.$"):
        await look()
    assert set(look.watched) == {hidden[0].id, hidden[2].id}
    running.faults.clear()
    running.requests.reset()
    assert set(await look()) == {scan.id for scan in hidden}
    assert running.requests.by_kind["other"] == 3  # the start page, and the two of the one owed


async def test_the_start_page_is_enough_where_the_list_of_repositories_is_missing(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    look = Look(desk)
    first = running.script_scan("shop", email).run_until("hunt")
    missing = Fault(Shape.PAGE, "other", path_part="/repos", times=None, status=404)
    running.faults.add(missing)
    try:
        assert await look() == [first.id]
        second = running.script_scan("shop", email).run_until("hunt")
        assert await look() == [first.id, second.id]
        for _ in range(9):  # more than the start page has room for: some may be missing
            running.script_scan("shop", email).run_until("hunt")
        with pytest.raises(NotAllRead):
            await look()
        assert len(look.watched) == 10
    finally:
        running.faults.clear()


async def test_the_controller_watches_them_remembers_the_switch_and_what_was_stopped(
    running: LabServer, desk: ControllerDesk, email: str, tmp_path: Path
) -> None:
    first = running.script_scan("first", email).run_until("hunt")
    desk.watch_new_scans(is_on=True)
    await desk.until(lambda: len(desk.store) == 1)
    desk.controller.request_stop(ScanId(first.id))
    second = running.script_scan("second", email).run_until("hunt")
    desk.watch_new_scans(is_on=False)
    desk.watch_new_scans(is_on=True)
    await desk.until(lambda: len(desk.store) == 1)
    assert desk.store.scan(ScanId(second.id)) is not None
    saved = SettingsFile(tmp_path / "settings.toml", Settings).load()[0]
    assert (saved.watches_new, saved.stopped) == (True, (ScanId(first.id),))
    assert await desk.watch(first.id) is None  # by hand it may be watched again
    assert desk.controller.preferences.settings.stopped == ()


async def test_another_session_goes_on_with_it(
    running: LabServer, desk: ControllerDesk, email: str, tmp_path: Path
) -> None:
    desk.watch_new_scans(is_on=True)
    await desk.aclose()
    scan = running.script_scan("new", email).run_until("hunt")
    later = ControllerDesk(tmp_path, desk.keyring)
    await later.begin()
    await later.until(lambda: later.store.scan(ScanId(scan.id)) is not None)
    await later.aclose()


async def test_signing_in_again_looks_at_once(
    running: LabServer, desk: ControllerDesk, email: str
) -> None:
    running.expire_sessions(email)
    desk.watch_new_scans(is_on=True)
    scan = running.script_scan("shop", email).run_until("hunt")
    assert await desk.sign_in(running.url, email, PASSWORD) is None
    await desk.until(lambda: desk.store.scan(ScanId(scan.id)) is not None, limit_s=10)
