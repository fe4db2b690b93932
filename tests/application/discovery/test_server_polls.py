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
from heimdall_desktop.domain.facts.server import Standing, TokenStanding, server_url
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.settings import SettingsFile
from heimdall_desktop.services.transport.clients import REPEATS
from tests.fakes.controller_desk import EMAIL, PASSWORD, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.desk_parts import raises_saying
from tests.lab.faults import Fault, Shape
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


def asked(server: LabServer) -> dict[str, int]:
    """Return what the server was asked since the last time."""
    kinds = dict(server.requests.by_kind)
    server.requests.reset()
    return kinds


async def test_with_nothing_to_watch_one_cheap_question_a_minute_proves_the_session(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    assert await polls.after(0) is Standing.GOOD
    assert asked(running) == {"scan": 1}
    link = desk.accounts.in_use
    assert link is not None
    link.use_token(running.new_session(EMAIL), "")
    assert not link.is_proven
    await polls.after(server_polls.SILENCE_S / 2)
    assert asked(running) == {}
    await polls.after(server_polls.SILENCE_S / 2 + 1)
    assert asked(running) == {"scan": 1}
    assert [link.token_standing] == [TokenStanding.GOOD]
    running.expire_sessions(EMAIL)
    assert await polls.after(server_polls.SILENCE_S + 1) is Standing.SIGNED_OUT
    assert "auth" not in asked(running)


async def test_t50_nothing_is_requested_while_signed_out(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    polls.polls.switch(is_on=True)
    running.expire_sessions(EMAIL)
    assert await polls.after(0) is Standing.SIGNED_OUT
    state = polls.polls.state
    assert state is not None
    assert state.since is not None
    asked(running)
    assert await polls.after(10 * START_S) is Standing.SIGNED_OUT
    assert asked(running) == {}
    scan = running.script_scan("shop", EMAIL)
    assert await desk.sign_in(running.url, EMAIL, PASSWORD) is None
    polls.polls.resume()
    assert await polls.after(0) is Standing.GOOD
    assert polls.watched == [ScanId(scan.id)]


async def test_a_refused_watch_signs_out_too(running: LabServer, desk: ControllerDesk) -> None:
    polls = PollsDesk(desk)
    scan = running.script_scan("shop", EMAIL).run_until("hunt")
    assert await desk.watch(scan.id) is None
    await polls.after(0)
    running.expire_sessions(EMAIL)
    desk.controller.request_again(None)
    await desk.until(lambda: desk.connections() == [Connection.SIGNED_OUT])
    asked(running)
    assert await polls.after(0) is Standing.SIGNED_OUT
    assert asked(running) == {}


async def test_responses_to_watches_replace_the_request(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    scan = running.script_scan("shop", EMAIL).run_until("hunt")
    assert await desk.watch(scan.id) is None
    await desk.until(lambda: desk.connections() == [Connection.LIVE])
    before = running.requests.by_kind["scan"]
    await polls.after(0)
    await polls.after(server_polls.SILENCE_S / 2)
    assert running.requests.by_kind["scan"] == before


async def test_signing_out_shows_and_since_when(running: LabServer, desk: ControllerDesk) -> None:
    polls = PollsDesk(desk)
    await polls.after(0)
    url = server_url(running.url)
    assert await desk.answer(partial(desk.controller.request_sign_out, url)) is None
    assert await polls.after(0) is Standing.SIGNED_OUT
    assert desk.server_states[-1] is not None
    assert desk.server_states[-1].since is not None


async def test_an_unreachable_server_is_reported_after_two_misses_and_so_is_its_return(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    polls.polls.switch(is_on=True)
    assert await polls.after(0) is Standing.GOOD
    running.faults.add(Fault(Shape.CLOSED, times=None))
    assert await polls.after(START_S + 1) is Standing.GOOD  # one lost question says nothing yet
    assert await polls.after(server_polls.RETRY_S + 1) is Standing.UNREACHABLE
    late = running.script_scan("late", EMAIL)
    running.faults.clear()
    assert await polls.after(2 * server_polls.RETRY_S + 1) is Standing.GOOD
    await polls.after(0)
    assert polls.watched == [ScanId(late.id)]  # at once, not three minutes later


@pytest.mark.parametrize("shape", [Shape.ENVELOPE, Shape.PAGE, Shape.TEXT, Shape.CLOSED])
async def test_t71_failed_pages_are_not_requested_more_often(
    running: LabServer, desk: ControllerDesk, shape: Shape
) -> None:
    polls = PollsDesk(desk)
    running.script_scan("shop", EMAIL)
    polls.polls.switch(is_on=True)
    await polls.after(0)
    running.faults.add(Fault(shape, "other", times=None))
    await polls.after(START_S + 1)
    asked(running)
    pages = 0
    for _ in range(60):
        assert await polls.after(10) is Standing.GOOD
        pages += asked(running).get("other", 0)
    is_lost = shape is Shape.CLOSED  # then it is sent again a few times, and requested sooner
    assert pages <= ((1 + REPEATS) * 600 // server_polls.SILENCE_S if is_lost else 600 // START_S)
    state = polls.polls.state
    assert state is not None
    assert state.error  # so that the switch says that it cannot look
    running.faults.clear()
    await polls.after(START_S + 1)
    await polls.after(0)  # after a lost page the server is asked the one question first
    assert polls.polls.state is not None
    assert polls.polls.state.error is None


async def test_a_busy_server_is_left_alone_as_long_as_it_asks(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    polls.polls.switch(is_on=True)
    running.faults.add(Fault(Shape.RATE_LIMITED, "other", after_s=100))
    await polls.after(0)
    asked(running)
    await polls.after(90)
    assert asked(running) == {}
    scan = running.script_scan("shop", EMAIL)
    await polls.after(15)
    assert polls.watched == [ScanId(scan.id)]


async def test_unreadable_pages_are_reported_after_the_state(
    running: LabServer, desk: ControllerDesk
) -> None:
    """A window takes the strip back with a state that has no error."""
    polls, reported = PollsDesk(desk), list[str]()
    polls.polls.on_problem = lambda _error: reported.append("problem")
    polls.polls.on_changed = lambda: reported.append(
        cause(polls.polls.state.error) if polls.polls.state and polls.polls.state.error else ""
    )
    polls.polls.switch(is_on=True)
    running.faults.add(Fault(Shape.PORTAL, "other"))
    await polls.after(START_S + 1)
    assert reported[-1] == "problem"
    assert reported[-2].endswith("has no Heimdall content.")


async def test_unreadable_pages_are_reported_once(running: LabServer, desk: ControllerDesk) -> None:
    polls = PollsDesk(desk)
    polls.polls.switch(is_on=True)
    running.faults.add(Fault(Shape.PORTAL, "other", times=2))
    for _ in range(2):
        assert await polls.after(START_S + 1) is Standing.GOOD
        assert polls.polls.state is not None
        assert polls.polls.state.error
        assert polls.polls.state.looked_at is None
    assert [type(problem) for problem in polls.problems] == [PageUnreadable]
    await polls.after(START_S + 1)
    state = polls.polls.state
    assert state is not None
    assert (state.error, state.looked_at is None) == (None, False)
    running.faults.add(Fault(Shape.PORTAL, "other"))
    await polls.after(START_S + 1)
    assert len(polls.problems) == 2  # another incident


async def test_an_incomplete_check_counts_and_names_what_is_missing(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    shop, web = (running.script_scan(name, EMAIL).run_until("hunt") for name in ("shop", "web"))
    fault = Fault(Shape.ENVELOPE, "other", path_part=f"/repos/{shop.repo_id}", times=None)
    running.faults.add(fault)
    polls.polls.switch(is_on=True)
    assert await polls.after(0) is Standing.GOOD
    state = polls.polls.state
    assert state is not None
    assert state.lacks is not None
    assert cause(state.lacks) == "1 of 2 repositories couldn't be loaded."
    assert state.error is None
    assert state.looked_at is not None
    assert set(polls.watched) == {ScanId(shop.id), ScanId(web.id)}  # by the start page
    running.faults.clear()
    await polls.after(START_S + 1)
    assert polls.polls.state is not None
    assert polls.polls.state.lacks is None


async def test_t71_the_start_page_is_requested_every_three_minutes(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    running.script_scan("shop", EMAIL)
    polls.polls.switch(is_on=True)
    await polls.after(0)
    asked(running)
    pages = 0
    for _ in range(60):
        await polls.after(10)
        pages += asked(running).get("other", 0)
    assert pages == 600 // START_S


async def test_it_polls_automatically_until_closed(
    running: LabServer, desk: ControllerDesk
) -> None:
    scan = running.script_scan("shop", EMAIL).run_until("hunt")
    desk.watch_new_scans(is_on=True)
    await desk.until(lambda: desk.store.scan(ScanId(scan.id)) is not None)


async def test_without_a_server_there_is_no_state(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    assert await PollsDesk(desk).after(server_polls.FIRST_S) is None
    await desk.aclose()


async def test_another_server_in_use_is_another_state(
    running: LabServer, desk: ControllerDesk
) -> None:
    polls = PollsDesk(desk)
    running.expire_sessions(EMAIL)
    assert await polls.after(0) is Standing.SIGNED_OUT
    with LabServer(auth_burst=1_000_000, worker=lambda *_: IdleWorker()) as other:
        other.add_account(EMAIL, PASSWORD)
        assert await desk.sign_in(other.url, EMAIL, PASSWORD) is None
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

    def __init__(self, account_desk: ControllerDesk) -> None:
        self.watched: list[str] = []
        self.turned_s = 0.0
        link = account_desk.accounts.in_use
        assert link is not None
        self._link = link
        self.new_scans = server_polls.AutoWatch(
            account_desk.quick_discovery(),
            clock=lambda: time.monotonic() + self.turned_s,
            now=account_desk.now,
            is_known=lambda _link, scan_id: scan_id in self.watched,
            watch=lambda _link, scan_id: self.watched.append(scan_id),
        )

    async def __call__(self) -> list[str]:
        await self.new_scans.check(self._link)
        return self.watched


async def test_live_scans_that_are_new_are_watched_once(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    shared.script_scan("over", email).run_until("report").complete().age(timedelta(hours=2))
    live = shared.script_scan("shop", email).run_until("hunt")
    assert await checker() == [live.id]
    queued = shared.script_scan("shop", email)
    assert await checker() == [live.id, queued.id]
    assert await checker() == [live.id, queued.id]
    shared.requests.reset()
    await checker()
    assert dict(shared.requests.by_kind) == {"other": 1}  # nothing but the start page


async def test_one_that_failed_and_comes_back_is_watched(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    scan = shared.script_scan("shop", email).run_until("tyr").fail()
    assert await checker() == await checker() == await checker() == []
    scan.retry()
    assert await checker() == [scan.id]


async def test_a_scan_that_started_and_ended_between_two_checks_is_watched(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    shared.script_scan("before", email).run_until("report").complete()
    assert await checker() == []
    short = shared.script_scan("short", email).run_until("report").add_findings(1, "critical")
    failed = shared.script_scan("failed", email).run_until("tyr").fail_finally()
    short.complete()
    assert sorted(await checker()) == sorted([short.id, failed.id])


async def test_what_ended_before_it_was_switched_on_is_not_new_where_all_others_are_watched(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    watched = shared.script_scan("watched", email).run_until("hunt")
    checker.watched.append(watched.id)
    assert await checker() == [watched.id]
    short = shared.script_scan("short", email).run_until("report").complete()
    assert await checker() == [watched.id, short.id]


async def test_more_new_ones_than_the_start_page_has_room_for_are_all_found(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    assert await checker() == []
    scans = [shared.script_scan(f"repo {n}", email).run_until("hunt") for n in range(12)]
    assert set(await checker()) == {scan.id for scan in scans}


async def test_those_that_were_watched_meanwhile_count_too_on_a_start_page_of_new_ones(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    shared.script_scan("old", email).run_until("report").complete()
    assert await checker() == []
    hidden = shared.script_scan("hidden", email).run_until("hunt")
    own = [shared.script_scan("own", email).run_until("hunt").id for _ in range(8)]
    checker.watched += own
    assert await checker() == [*own, hidden.id]


async def test_an_ended_newest_scan_leads_behind_the_start_page(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    """Eight old ones are in the way; the page alone would show one of two that began."""
    checker = Checker(account_desk)
    for _ in range(9):
        shared.script_scan("old", email).run_until("report").complete()
    assert await checker() == []
    scans = [shared.script_scan("new", email).run_until("tyr").fail_finally() for _ in range(9)]
    assert set(await checker()) == {scan.id for scan in scans}


async def test_running_ones_behind_the_start_page_are_found_at_once_and_each_hour(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    hidden = shared.script_scan("hidden", email).run_until("hunt")
    for _ in range(9):
        shared.script_scan("old", email).run_until("report").complete()
    assert await checker() == [hidden.id]
    checker.watched.clear()
    assert await checker() == []  # by the start page alone
    checker.turned_s += EVERYTHING_S
    assert await checker() == [hidden.id]


async def test_another_account_starts_over(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    await checker()
    other = f"other-{email}"
    shared.add_account(other, PASSWORD)
    shared.script_scan("theirs", other).run_until("report").complete()
    assert await account_desk.sign_in(shared.url, other, PASSWORD) is None
    assert await checker() == []


async def test_a_row_that_cannot_be_seen_stops_no_other(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    live, gone = (shared.script_scan(name, email) for name in ("live", "gone"))
    shared.faults.add(Fault(Shape.ENVELOPE, "scan", status=404, path_part=gone.id, times=None))
    assert await checker() == [live.id]


async def test_a_row_that_failed_once_is_retried_in_the_same_check(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    await checker()
    scans = [shared.script_scan("shop", email).run_until("tyr").fail_finally() for _ in range(3)]
    shared.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scans[1].id))
    assert set(await checker()) == {scan.id for scan in scans}


async def test_an_unanswered_row_stops_no_other_and_is_retried_with_the_next_check(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    await checker()
    scans = [shared.script_scan("shop", email).run_until("tyr").fail_finally() for _ in range(3)]
    shared.faults.add(Fault(Shape.ENVELOPE, "scan", path_part=scans[1].id, times=None))
    with raises_saying(NotAllRead, match=r"^1 scan couldn't be loaded\.$"):
        await checker()
    assert set(checker.watched) == {scans[0].id, scans[2].id}
    shared.faults.clear()
    assert set(await checker()) == {scan.id for scan in scans}


@pytest.mark.parametrize("shape", [Shape.ENVELOPE, Shape.CLOSED, Shape.PORTAL])
async def test_a_repository_that_gives_no_answer_hides_no_other_and_is_owed(
    shared: LabServer, account_desk: ControllerDesk, email: str, shape: Shape
) -> None:
    checker = Checker(account_desk)
    hidden = [shared.script_scan(f"hidden {n}", email).run_until("hunt") for n in range(3)]
    for _ in range(9):
        shared.script_scan("old", email).run_until("report").complete()
    shared.faults.add(Fault(shape, "other", path_part=hidden[1].repo_id, times=None))
    with raises_saying(NotAllRead, match=r"^1 of 4 repositories couldn't be loaded\.$"):
        await checker()
    assert set(checker.watched) == {hidden[0].id, hidden[2].id}
    shared.faults.clear()
    shared.requests.reset()
    assert set(await checker()) == {scan.id for scan in hidden}
    assert shared.requests.by_kind["other"] == 3  # the start page, and the two of the one owed


async def test_the_start_page_is_enough_where_the_list_of_repositories_is_missing(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    checker = Checker(account_desk)
    first = shared.script_scan("shop", email).run_until("hunt")
    missing = Fault(Shape.PAGE, "other", path_part="/repos", times=None, status=404)
    shared.faults.add(missing)
    try:
        assert await checker() == [first.id]
        second = shared.script_scan("shop", email).run_until("hunt")
        assert await checker() == [first.id, second.id]
        for _ in range(9):  # more than the start page has room for: some may be missing
            shared.script_scan("shop", email).run_until("hunt")
        with pytest.raises(NotAllRead):
            await checker()
        assert len(checker.watched) == 10
    finally:
        shared.faults.clear()


async def test_the_controller_watches_them_remembers_the_switch_and_what_was_stopped(
    shared: LabServer, account_desk: ControllerDesk, email: str, tmp_path: Path
) -> None:
    first = shared.script_scan("first", email).run_until("hunt")
    account_desk.watch_new_scans(is_on=True)
    await account_desk.until(lambda: len(account_desk.store) == 1)
    account_desk.controller.request_stop(ScanId(first.id))
    second = shared.script_scan("second", email).run_until("hunt")
    account_desk.watch_new_scans(is_on=False)
    account_desk.watch_new_scans(is_on=True)
    await account_desk.until(lambda: len(account_desk.store) == 1)
    assert account_desk.store.scan(ScanId(second.id)) is not None
    file = SettingsFile(tmp_path / "settings.toml", Settings)
    await account_desk.until(
        lambda: file.load()[0].stopped == (ScanId(first.id),)
    )  # saved in a while
    assert file.load()[0].watches_new
    assert await account_desk.watch(first.id) is None  # by hand it may be watched again
    assert account_desk.controller.preferences.settings.stopped == ()


async def test_another_session_continues_it(
    shared: LabServer, account_desk: ControllerDesk, email: str, tmp_path: Path
) -> None:
    account_desk.watch_new_scans(is_on=True)
    await account_desk.aclose()
    scan = shared.script_scan("new", email).run_until("hunt")
    later = ControllerDesk(tmp_path, account_desk.keyring)
    await later.begin()
    await later.until(lambda: later.store.scan(ScanId(scan.id)) is not None)
    await later.aclose()


async def test_signing_in_again_checks_at_once(
    shared: LabServer, account_desk: ControllerDesk, email: str
) -> None:
    shared.expire_sessions(email)
    account_desk.watch_new_scans(is_on=True)
    scan = shared.script_scan("shop", email).run_until("hunt")
    assert await account_desk.sign_in(shared.url, email, PASSWORD) is None
    await account_desk.until(
        lambda: account_desk.store.scan(ScanId(scan.id)) is not None, limit_s=10
    )
