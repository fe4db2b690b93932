"""The server in use is polled whatever is watched, and new scans are watched automatically."""

import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from heimdall_desktop.application.discovery import server_polls
from heimdall_desktop.application.discovery.scan_listing import EVERYTHING_S, START_S
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import HeimdallError, NotAllRead, PageUnreadable
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import ServerState, Standing, TokenStanding, server_url
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.settings import SettingsFile
from heimdall_desktop.services.transport.clients import REPEATS
from tests.fakes.controller_desk import EMAIL, PASSWORD, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.desk_parts import raises_saying
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker


@pytest.fixture
def running() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


@pytest.fixture
async def desk(running: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(running, tmp_path) as made:
        yield made


class PollsDesk:
    """Polls by a clock that a test turns."""

    def __init__(self, desk: ControllerDesk) -> None:
        self.desk, self.server = desk, desk.server
        self.turned_s = 0.0
        self.problems: list[HeimdallError] = []
        self.watched: list[ScanId] = []
        new_scans = server_polls.AutoWatch(
            desk.quick_discovery(),
            clock=self.clock,
            now=desk.now,
            is_known=lambda _link, scan_id: scan_id in self.watched,
            watch=lambda _link, scan_id: self.watched.append(scan_id),
        )
        self.polls = server_polls.ServerPolls(
            desk.accounts, new_scans, desk.store, desk.tasks, clock=self.clock, now=desk.now
        )
        self.polls.on_problem = self.problems.append

    def clock(self) -> float:
        return time.monotonic() + self.turned_s

    async def after(self, seconds: float) -> Standing | None:
        """Let time pass, poll, and return the state of the server."""
        self.turned_s += seconds
        await self.polls.poll()
        return None if self.polls.state is None else self.polls.state.standing

    def asked(self) -> dict[str, int]:
        """Return what the server was asked since the last time."""
        kinds = dict(self.server.requests.by_kind)
        self.server.requests.reset()
        return kinds

    def good_state(self) -> ServerState:
        assert self.polls.state is not None
        return self.polls.state


@pytest.fixture
def polls(desk: ControllerDesk) -> PollsDesk:
    return PollsDesk(desk)


@pytest.fixture
def searching(polls: PollsDesk) -> PollsDesk:
    """Polls that search for new scans."""
    polls.polls.switch(is_on=True)
    return polls


async def test_without_watches_a_request_a_minute_proves_the_session(polls: PollsDesk) -> None:
    assert await polls.after(0) is Standing.GOOD
    assert polls.asked() == {"scan": 1}
    link = polls.desk.accounts.require_in_use()
    link.use_token(polls.server.new_session(EMAIL), "")
    assert not link.is_proven
    await polls.after(server_polls.SILENCE_S / 2)
    assert polls.asked() == {}
    await polls.after(server_polls.SILENCE_S / 2 + 1)
    assert polls.asked() == {"scan": 1}
    assert [link.token_standing] == [TokenStanding.GOOD]
    polls.server.expire_sessions(EMAIL)
    assert await polls.after(server_polls.SILENCE_S + 1) is Standing.SIGNED_OUT
    assert "auth" not in polls.asked()


async def test_t50_nothing_is_requested_while_signed_out(searching: PollsDesk) -> None:
    searching.server.expire_sessions(EMAIL)
    assert await searching.after(0) is Standing.SIGNED_OUT
    assert searching.good_state().since is not None
    searching.asked()
    assert await searching.after(10 * START_S) is Standing.SIGNED_OUT
    assert searching.asked() == {}
    scan = searching.server.script_scan("shop", EMAIL)
    assert await searching.desk.sign_in(searching.server.url, EMAIL, PASSWORD) is None
    searching.polls.resume()
    assert await searching.after(0) is Standing.GOOD
    assert searching.watched == [ScanId(scan.id)]


async def test_a_refused_watch_signs_out_too(polls: PollsDesk) -> None:
    scan = polls.server.script_scan("shop", EMAIL).run_until("hunt")
    assert await polls.desk.watch(scan.id) is None
    await polls.after(0)
    polls.server.expire_sessions(EMAIL)
    polls.desk.controller.request_refresh(None)
    await polls.desk.until(lambda: polls.desk.connections() == [Connection.SIGNED_OUT])
    polls.asked()
    assert await polls.after(0) is Standing.SIGNED_OUT
    assert polls.asked() == {}


async def test_responses_to_watches_replace_the_request(polls: PollsDesk) -> None:
    scan = polls.server.script_scan("shop", EMAIL).run_until("hunt")
    assert await polls.desk.watch(scan.id) is None
    await polls.desk.until(lambda: polls.desk.connections() == [Connection.LIVE])
    before = polls.server.requests.by_kind["scan"]
    await polls.after(0)
    await polls.after(server_polls.SILENCE_S / 2)
    assert polls.server.requests.by_kind["scan"] == before


async def test_signing_out_shows_and_since_when(polls: PollsDesk) -> None:
    await polls.after(0)
    url = server_url(polls.server.url)
    assert await polls.desk.answer(partial(polls.desk.controller.request_sign_out, url)) is None
    assert await polls.after(0) is Standing.SIGNED_OUT
    assert polls.desk.server_states[-1] is not None
    assert polls.desk.server_states[-1].since is not None


async def test_an_unreachable_server_is_reported_and_so_is_its_return(searching: PollsDesk) -> None:
    assert await searching.after(0) is Standing.GOOD
    searching.server.faults.add(Fault(Shape.CLOSED, times=None))
    assert await searching.after(START_S + 1) is Standing.GOOD  # one lost question says nothing yet
    assert await searching.after(server_polls.RETRY_S + 1) is Standing.UNREACHABLE
    late = searching.server.script_scan("late", EMAIL)
    searching.server.faults.clear()
    assert await searching.after(2 * server_polls.RETRY_S + 1) is Standing.GOOD
    await searching.after(0)
    assert searching.watched == [ScanId(late.id)]  # at once, not three minutes later


@pytest.mark.parametrize("shape", [Shape.ENVELOPE, Shape.PAGE, Shape.TEXT, Shape.CLOSED])
async def test_t71_failed_pages_are_requested_no_sooner(searching: PollsDesk, shape: Shape) -> None:
    searching.server.script_scan("shop", EMAIL)
    await searching.after(0)
    searching.server.faults.add(Fault(shape, "other", times=None))
    await searching.after(START_S + 1)
    searching.asked()
    pages = 0
    for _ in range(60):
        assert await searching.after(10) is Standing.GOOD
        pages += searching.asked().get("other", 0)
    is_lost = shape is Shape.CLOSED  # then it is sent again a few times, and requested sooner
    assert pages <= ((1 + REPEATS) * 600 // server_polls.SILENCE_S if is_lost else 600 // START_S)
    state = searching.good_state()
    assert state.error  # so that the switch says that it cannot look
    searching.server.faults.clear()
    await searching.after(START_S + 1)
    await searching.after(0)  # after a lost page the server is asked the one question first
    assert searching.good_state().error is None


async def test_a_busy_server_is_left_alone_as_long_as_it_asks(searching: PollsDesk) -> None:
    searching.server.faults.add(Fault(Shape.RATE_LIMITED, "other", after_s=100))
    await searching.after(0)
    searching.asked()
    await searching.after(90)
    assert searching.asked() == {}
    scan = searching.server.script_scan("shop", EMAIL)
    await searching.after(15)
    assert searching.watched == [ScanId(scan.id)]


async def test_unreadable_pages_are_reported_after_the_state(searching: PollsDesk) -> None:
    """A window takes the strip back with a state that has no error."""
    reported: list[str] = []
    searching.polls.on_problem = lambda _error: reported.append("problem")

    def note_state() -> None:
        error = searching.good_state().error
        reported.append(cause(error) if error else "")

    searching.polls.on_changed = note_state
    searching.server.faults.add(Fault(Shape.PORTAL, "other"))
    await searching.after(START_S + 1)
    assert reported[-1] == "problem"
    assert reported[-2].endswith("has no Heimdall content.")


async def test_unreadable_pages_are_reported_once(searching: PollsDesk) -> None:
    searching.server.faults.add(Fault(Shape.PORTAL, "other", times=2))
    for _ in range(2):
        assert await searching.after(START_S + 1) is Standing.GOOD
        assert searching.polls.state is not None
        assert searching.polls.state.error
        assert searching.polls.state.looked_at is None
    assert [type(problem) for problem in searching.problems] == [PageUnreadable]
    await searching.after(START_S + 1)
    state = searching.good_state()
    assert (state.error, state.looked_at is None) == (None, False)
    searching.server.faults.add(Fault(Shape.PORTAL, "other"))
    await searching.after(START_S + 1)
    assert len(searching.problems) == 2  # another incident


async def test_an_incomplete_check_counts_and_names_what_is_missing(searching: PollsDesk) -> None:
    shop, web = (
        searching.server.script_scan(name, EMAIL).run_until("hunt") for name in ("shop", "web")
    )
    fault = Fault(Shape.ENVELOPE, "other", path_part=f"/repos/{shop.repo_id}", times=None)
    searching.server.faults.add(fault)
    assert await searching.after(0) is Standing.GOOD
    state = searching.good_state()
    assert state.lacks is not None
    assert cause(state.lacks) == "1 of 2 repositories couldn't be loaded."
    assert state.error is None
    assert state.looked_at is not None
    assert set(searching.watched) == {ScanId(shop.id), ScanId(web.id)}  # by the start page
    searching.server.faults.clear()
    await searching.after(START_S + 1)
    assert searching.good_state().lacks is None


async def test_t71_the_start_page_is_requested_every_three_minutes(searching: PollsDesk) -> None:
    searching.server.script_scan("shop", EMAIL)
    await searching.after(0)
    searching.asked()
    pages = 0
    for _ in range(60):
        await searching.after(10)
        pages += searching.asked().get("other", 0)
    assert pages == 600 // START_S


async def test_it_polls_automatically_until_closed(polls: PollsDesk) -> None:
    scan = polls.server.script_scan("shop", EMAIL).run_until("hunt")
    polls.desk.watch_new_scans(is_on=True)
    await polls.desk.until(lambda: polls.desk.store.scan(ScanId(scan.id)) is not None)


async def test_without_a_server_there_is_no_state(running: LabServer, tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    desk.server = running  # where no account has signed in
    assert await PollsDesk(desk).after(server_polls.FIRST_S) is None
    await desk.aclose()


async def test_another_server_in_use_is_another_state(polls: PollsDesk) -> None:
    polls.server.expire_sessions(EMAIL)
    assert await polls.after(0) is Standing.SIGNED_OUT
    with LabServer(auth_burst=1_000_000, worker=lambda *_: IdleWorker()) as other:
        other.add_account(EMAIL, PASSWORD)
        assert await polls.desk.sign_in(other.url, EMAIL, PASSWORD) is None
        assert await polls.after(0) is Standing.GOOD


@pytest.fixture(scope="module")
def shared() -> Iterator[LabServer]:
    with idle_server() as running:
        yield running


@pytest.fixture
def email(shared: LabServer, request: pytest.FixtureRequest) -> str:
    """An account of this test alone."""
    email = f"{request.node.name}@example.test"
    shared.add_account(email, PASSWORD)
    return email


@pytest.fixture
async def account_desk(
    shared: LabServer, email: str, tmp_path: Path
) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(shared, tmp_path, email) as made:
        yield made


class Checker:
    """A check for new scans whenever a test wants one."""

    def __init__(self, desk: ControllerDesk) -> None:
        self.desk, self.server = desk, desk.server
        self.watched: list[str] = []
        self.turned_s = 0.0
        self.new_scans = server_polls.AutoWatch(
            desk.quick_discovery(),
            clock=lambda: time.monotonic() + self.turned_s,
            now=desk.now,
            is_known=lambda _link, scan_id: scan_id in self.watched,
            watch=lambda _link, scan_id: self.watched.append(scan_id),
        )

    async def __call__(self) -> list[str]:
        await self.new_scans.check(self.desk.accounts.require_in_use())
        return self.watched

    def script(self, name: str) -> ScriptedScan:
        return self.server.script_scan(name, self.desk.email)


@pytest.fixture
def checker(account_desk: ControllerDesk) -> Checker:
    return Checker(account_desk)


async def test_live_scans_that_are_new_are_watched_once(checker: Checker) -> None:
    checker.script("over").run_until("report").complete().age(timedelta(hours=2))
    live = checker.script("shop").run_until("hunt")
    assert await checker() == [live.id]
    queued = checker.script("shop")
    assert await checker() == [live.id, queued.id]
    assert await checker() == [live.id, queued.id]
    checker.server.requests.reset()
    await checker()
    assert dict(checker.server.requests.by_kind) == {"other": 1}  # nothing but the start page


async def test_one_that_failed_and_comes_back_is_watched(checker: Checker) -> None:
    scan = checker.script("shop").run_until("tyr").fail()
    assert await checker() == await checker() == await checker() == []
    scan.retry()
    assert await checker() == [scan.id]


async def test_a_scan_that_ran_between_two_checks_is_watched(checker: Checker) -> None:
    checker.script("before").run_until("report").complete()
    assert await checker() == []
    short = checker.script("short").run_until("report").add_findings(1, "critical")
    failed = checker.script("failed").run_until("tyr").fail_finally()
    short.complete()
    assert sorted(await checker()) == sorted([short.id, failed.id])


async def test_what_ended_after_the_first_check_is_new(checker: Checker) -> None:
    watched = checker.script("watched").run_until("hunt")
    checker.watched.append(watched.id)
    assert await checker() == [watched.id]
    short = checker.script("short").run_until("report").complete()
    assert await checker() == [watched.id, short.id]


async def test_more_new_scans_than_the_start_page_shows_are_found(checker: Checker) -> None:
    assert await checker() == []
    scans = [checker.script(f"repo {n}").run_until("hunt") for n in range(12)]
    assert set(await checker()) == {scan.id for scan in scans}


async def test_watched_scans_count_on_a_start_page_of_new_ones(checker: Checker) -> None:
    checker.script("old").run_until("report").complete()
    assert await checker() == []
    hidden = checker.script("hidden").run_until("hunt")
    own = [checker.script("own").run_until("hunt").id for _ in range(8)]
    checker.watched += own
    assert await checker() == [*own, hidden.id]


async def test_an_ended_newest_scan_leads_behind_the_start_page(checker: Checker) -> None:
    """Eight old ones are in the way; the page alone would show one of two that began."""
    for _ in range(9):
        checker.script("old").run_until("report").complete()
    assert await checker() == []
    scans = [checker.script("new").run_until("tyr").fail_finally() for _ in range(9)]
    assert set(await checker()) == {scan.id for scan in scans}


async def test_scans_behind_the_start_page_are_found_at_once_and_hourly(checker: Checker) -> None:
    hidden = checker.script("hidden").run_until("hunt")
    for _ in range(9):
        checker.script("old").run_until("report").complete()
    assert await checker() == [hidden.id]
    checker.watched.clear()
    assert await checker() == []  # by the start page alone
    checker.turned_s += EVERYTHING_S
    assert await checker() == [hidden.id]


async def test_another_account_starts_over(checker: Checker) -> None:
    await checker()
    other = f"other-{checker.desk.email}"
    checker.server.add_account(other, PASSWORD)
    checker.server.script_scan("theirs", other).run_until("report").complete()
    assert await checker.desk.sign_in(checker.server.url, other, PASSWORD) is None
    assert await checker() == []


async def test_a_row_that_cannot_be_seen_stops_no_other(checker: Checker) -> None:
    live, gone = (checker.script(name) for name in ("live", "gone"))
    checker.server.faults.add(
        Fault(Shape.ENVELOPE, "scan", status=404, path_part=gone.id, times=None)
    )
    assert await checker() == [live.id]


async def test_a_row_that_failed_once_is_retried_in_the_same_check(checker: Checker) -> None:
    await checker()
    scans = [checker.script("shop").run_until("tyr").fail_finally() for _ in range(3)]
    checker.server.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scans[1].id))
    assert set(await checker()) == {scan.id for scan in scans}


async def test_an_unanswered_row_is_retried_with_the_next_check(checker: Checker) -> None:
    await checker()
    scans = [checker.script("shop").run_until("tyr").fail_finally() for _ in range(3)]
    checker.server.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scans[1].id, times=None))
    with raises_saying(NotAllRead, match=r"^1 scan couldn't be loaded\.$"):
        await checker()
    assert set(checker.watched) == {scans[0].id, scans[2].id}
    checker.server.faults.clear()
    assert set(await checker()) == {scan.id for scan in scans}


@pytest.mark.parametrize("shape", [Shape.ENVELOPE, Shape.CLOSED, Shape.PORTAL])
async def test_an_unanswered_repository_is_owed(checker: Checker, shape: Shape) -> None:
    hidden = [checker.script(f"hidden {n}").run_until("hunt") for n in range(3)]
    for _ in range(9):
        checker.script("old").run_until("report").complete()
    checker.server.faults.add(Fault(shape, "other", path_part=hidden[1].repo_id, times=None))
    with raises_saying(NotAllRead, match=r"^1 of 4 repositories couldn't be loaded\.$"):
        await checker()
    assert set(checker.watched) == {hidden[0].id, hidden[2].id}
    checker.server.faults.clear()
    checker.server.requests.reset()
    assert set(await checker()) == {scan.id for scan in hidden}
    assert (
        checker.server.requests.by_kind["other"] == 3
    )  # the start page, and the two of the one owed


async def test_without_a_list_of_repositories_the_start_page_is_enough(checker: Checker) -> None:
    first = checker.script("shop").run_until("hunt")
    missing = Fault(Shape.PAGE, "other", path_part="/repos", times=None, status=404)
    checker.server.faults.add(missing)
    try:
        assert await checker() == [first.id]
        second = checker.script("shop").run_until("hunt")
        assert await checker() == [first.id, second.id]
        for _ in range(9):  # more than the start page has room for: some may be missing
            checker.script("shop").run_until("hunt")
        with pytest.raises(NotAllRead):
            await checker()
        assert len(checker.watched) == 10
    finally:
        checker.server.faults.clear()


async def test_the_controller_remembers_the_switch_and_stopped_scans(checker: Checker) -> None:
    first = checker.script("first").run_until("hunt")
    checker.desk.watch_new_scans(is_on=True)
    await checker.desk.until(lambda: len(checker.desk.store) == 1)
    checker.desk.controller.request_stop(ScanId(first.id))
    second = checker.script("second").run_until("hunt")
    checker.desk.watch_new_scans(is_on=False)
    checker.desk.watch_new_scans(is_on=True)
    await checker.desk.until(lambda: len(checker.desk.store) == 1)
    assert checker.desk.store.scan(ScanId(second.id)) is not None
    file = SettingsFile(checker.desk.profile / "settings.toml", Settings)
    await checker.desk.until(
        lambda: file.load()[0].stopped == (ScanId(first.id),)
    )  # saved in a while
    assert file.load()[0].watches_new
    assert await checker.desk.watch(first.id) is None  # by hand it may be watched again
    assert checker.desk.controller.preferences.settings.stopped == ()


async def test_another_session_continues_it(checker: Checker) -> None:
    checker.desk.watch_new_scans(is_on=True)
    await checker.desk.aclose()
    scan = checker.script("new").run_until("hunt")
    later = ControllerDesk(checker.desk.profile, checker.desk.keyring)
    await later.begin()
    await later.until(lambda: later.store.scan(ScanId(scan.id)) is not None)
    await later.aclose()


async def test_signing_in_again_checks_at_once(checker: Checker) -> None:
    checker.server.expire_sessions(checker.desk.email)
    checker.desk.watch_new_scans(is_on=True)
    scan = checker.script("shop").run_until("hunt")
    assert await checker.desk.sign_in(checker.server.url, checker.desk.email, PASSWORD) is None
    await checker.desk.until(lambda: checker.desk.store.scan(ScanId(scan.id)) is not None)
