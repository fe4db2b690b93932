"""A dead session and a dead server are noticed whatever is watched, with few questions."""

import time
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest

from heimdall_desktop.application.scan_listing import START_S
from heimdall_desktop.application.server_polls import (
    FIRST_S,
    RETRY_S,
    SILENCE_S,
    AutoWatch,
    ServerPolls,
)
from heimdall_desktop.domain.facts.errors import HeimdallError, PageUnreadable
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import Standing, TokenStanding, server_url
from heimdall_desktop.local.worker import IdleWorker
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.transport.clients import REPEATS
from tests.fakes.controller_desk import EMAIL, PASSWORD, ControllerDesk, idle_server, signed_in_desk
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer


@pytest.fixture
def running() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


@pytest.fixture
async def desk(running: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(running, tmp_path) as made:
        yield made


class Looks:
    """Looks by a clock that a test turns."""

    def __init__(self, desk: ControllerDesk) -> None:
        self.turned_s = 0.0
        self.problems: list[HeimdallError] = []
        self.watched: list[ScanId] = []
        new_scans = AutoWatch(
            desk.quick_discovery(),
            clock=self.clock,
            now=desk.now,
            is_known=lambda _link, scan_id: scan_id in self.watched,
            watch=lambda _link, scan_id: self.watched.append(scan_id),
        )
        self.looks = ServerPolls(
            desk.accounts, new_scans, desk.store, desk.tasks, clock=self.clock, now=desk.now
        )
        self.looks.on_problem = self.problems.append

    def clock(self) -> float:
        return time.monotonic() + self.turned_s

    async def after(self, seconds: float) -> Standing | None:
        """Let time pass, look, and return how the server stands."""
        self.turned_s += seconds
        await self.looks.look()
        return None if self.looks.state is None else self.looks.state.standing


def asked(server: LabServer) -> dict[str, int]:
    """Return what the server was asked since the last time."""
    kinds = dict(server.requests.by_kind)
    server.requests.reset()
    return kinds


async def test_with_nothing_to_watch_one_cheap_question_a_minute_proves_the_session(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    assert await looks.after(0) is Standing.GOOD
    assert asked(running) == {"scan": 1}
    link = desk.accounts.in_use
    assert link is not None
    link.use_token(running.new_session(EMAIL), "")
    assert not link.is_proven
    await looks.after(SILENCE_S / 2)
    assert asked(running) == {}
    await looks.after(SILENCE_S / 2 + 1)
    assert asked(running) == {"scan": 1}
    assert [link.token_standing] == [TokenStanding.GOOD]
    running.expire_sessions(EMAIL)
    assert await looks.after(SILENCE_S + 1) is Standing.SIGNED_OUT
    assert "auth" not in asked(running)


async def test_t50_nothing_is_asked_while_signed_out_until_somebody_signs_in(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    looks.looks.switch(is_on=True)
    running.expire_sessions(EMAIL)
    assert await looks.after(0) is Standing.SIGNED_OUT
    state = looks.looks.state
    assert state is not None
    assert state.since is not None
    asked(running)
    assert await looks.after(10 * START_S) is Standing.SIGNED_OUT
    assert asked(running) == {}
    scan = running.script_scan("shop", EMAIL)
    assert await desk.sign_in(running.url, EMAIL, PASSWORD) is None
    looks.looks.resume()
    assert await looks.after(0) is Standing.GOOD
    assert looks.watched == [ScanId(scan.id)]


async def test_what_a_watch_was_told_of_the_session_counts_too(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    scan = running.script_scan("shop", EMAIL).run_until("hunt")
    assert await desk.watch(scan.id) is None
    await looks.after(0)
    running.expire_sessions(EMAIL)
    desk.controller.request_again(None)
    await desk.until(lambda: desk.connections() == [Connection.SIGNED_OUT])
    asked(running)
    assert await looks.after(0) is Standing.SIGNED_OUT
    assert asked(running) == {}


async def test_while_a_watched_scan_is_answered_nothing_more_is_asked(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    scan = running.script_scan("shop", EMAIL).run_until("hunt")
    assert await desk.watch(scan.id) is None
    await desk.until(lambda: desk.connections() == [Connection.LIVE])
    before = running.requests.by_kind["scan"]
    await looks.after(0)
    await looks.after(SILENCE_S / 2)
    assert running.requests.by_kind["scan"] == before


async def test_signing_out_shows_and_since_when(running: LabServer, desk: ControllerDesk) -> None:
    looks = Looks(desk)
    await looks.after(0)
    url = server_url(running.url)
    assert await desk.answer(partial(desk.controller.request_sign_out, url)) is None
    assert await looks.after(0) is Standing.SIGNED_OUT
    assert desk.server_states[-1] is not None
    assert desk.server_states[-1].since is not None


async def test_a_server_that_is_gone_is_told_after_the_second_question_and_its_return_too(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    looks.looks.switch(is_on=True)
    assert await looks.after(0) is Standing.GOOD
    running.faults.add(Fault(Shape.CLOSED, times=None))
    assert await looks.after(START_S + 1) is Standing.GOOD  # one lost question says nothing yet
    assert await looks.after(RETRY_S + 1) is Standing.UNREACHABLE
    late = running.script_scan("late", EMAIL)
    running.faults.clear()
    assert await looks.after(2 * RETRY_S + 1) is Standing.GOOD
    await looks.after(0)
    assert looks.watched == [ScanId(late.id)]  # at once, not three minutes later


@pytest.mark.parametrize("shape", [Shape.ENVELOPE, Shape.PAGE, Shape.TEXT, Shape.CLOSED])
async def test_t71_pages_that_fail_are_not_asked_for_more_often(
    running: LabServer, desk: ControllerDesk, shape: Shape
) -> None:
    looks = Looks(desk)
    running.script_scan("shop", EMAIL)
    looks.looks.switch(is_on=True)
    await looks.after(0)
    running.faults.add(Fault(shape, "other", times=None))
    await looks.after(START_S + 1)
    asked(running)
    pages = 0
    for _ in range(60):
        assert await looks.after(10) is Standing.GOOD
        pages += asked(running).get("other", 0)
    is_lost = shape is Shape.CLOSED  # then it is sent again a few times, and looked for sooner
    assert pages <= ((1 + REPEATS) * 600 // SILENCE_S if is_lost else 600 // START_S)
    state = looks.looks.state
    assert state is not None
    assert state.error  # so that the switch says that it cannot look
    running.faults.clear()
    await looks.after(START_S + 1)
    await looks.after(0)  # after a lost page the server is asked the one question first
    assert looks.looks.state is not None
    assert looks.looks.state.error is None


async def test_a_busy_server_is_left_alone_as_long_as_it_asks(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    looks.looks.switch(is_on=True)
    running.faults.add(Fault(Shape.RATE_LIMITED, "other", after_s=100))
    await looks.after(0)
    asked(running)
    await looks.after(90)
    assert asked(running) == {}
    scan = running.script_scan("shop", EMAIL)
    await looks.after(15)
    assert looks.watched == [ScanId(scan.id)]


async def test_pages_that_are_none_are_told_after_the_state_that_they_cannot_be_read(
    running: LabServer, desk: ControllerDesk
) -> None:
    """A window takes the strip back with a state that has no error."""
    looks, told = Looks(desk), list[str]()
    looks.looks.on_problem = lambda _error: told.append("problem")
    looks.looks.on_moved = lambda: told.append(
        cause(looks.looks.state.error) if looks.looks.state and looks.looks.state.error else ""
    )
    looks.looks.switch(is_on=True)
    running.faults.add(Fault(Shape.PORTAL, "other"))
    await looks.after(START_S + 1)
    assert told[-1] == "problem"
    assert told[-2].endswith("has no Heimdall content.")


async def test_pages_that_are_none_are_told_once_and_that_it_cannot_look(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    looks.looks.switch(is_on=True)
    running.faults.add(Fault(Shape.PORTAL, "other", times=2))
    for _ in range(2):
        assert await looks.after(START_S + 1) is Standing.GOOD
        assert looks.looks.state is not None
        assert looks.looks.state.error
        assert looks.looks.state.looked_at is None
    assert [type(problem) for problem in looks.problems] == [PageUnreadable]
    await looks.after(START_S + 1)
    state = looks.looks.state
    assert state is not None
    assert (state.error, state.looked_at is None) == (None, False)
    running.faults.add(Fault(Shape.PORTAL, "other"))
    await looks.after(START_S + 1)
    assert len(looks.problems) == 2  # another incident


async def test_a_look_that_lacks_something_was_one_and_says_what_it_lacks(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    shop, web = (running.script_scan(name, EMAIL).run_until("hunt") for name in ("shop", "web"))
    fault = Fault(Shape.ENVELOPE, "other", path_part=f"/repos/{shop.repo_id}", times=None)
    running.faults.add(fault)
    looks.looks.switch(is_on=True)
    assert await looks.after(0) is Standing.GOOD
    state = looks.looks.state
    assert state is not None
    assert state.lacks is not None
    assert cause(state.lacks) == "1 of 2 repositories couldn't be loaded."
    assert state.error is None
    assert state.looked_at is not None
    assert set(looks.watched) == {ScanId(shop.id), ScanId(web.id)}  # by the start page
    running.faults.clear()
    await looks.after(START_S + 1)
    assert looks.looks.state is not None
    assert looks.looks.state.lacks is None


async def test_t71_the_start_page_is_looked_at_every_three_minutes(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    running.script_scan("shop", EMAIL)
    looks.looks.switch(is_on=True)
    await looks.after(0)
    asked(running)
    pages = 0
    for _ in range(60):
        await looks.after(10)
        pages += asked(running).get("other", 0)
    assert pages == 600 // START_S


async def test_switched_on_it_looks_by_itself_and_closed_no_more(
    running: LabServer, desk: ControllerDesk
) -> None:
    scan = running.script_scan("shop", EMAIL).run_until("hunt")
    desk.watch_new_scans(is_on=True)
    await desk.until(lambda: desk.store.scan(ScanId(scan.id)) is not None)


async def test_without_a_server_there_is_nothing_to_tell(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    assert await Looks(desk).after(FIRST_S) is None
    await desk.aclose()


async def test_another_server_in_use_is_another_state(
    running: LabServer, desk: ControllerDesk
) -> None:
    looks = Looks(desk)
    running.expire_sessions(EMAIL)
    assert await looks.after(0) is Standing.SIGNED_OUT
    with LabServer(auth_burst=1_000_000, worker=lambda *_: IdleWorker()) as other:
        other.add_account(EMAIL, PASSWORD)
        assert await desk.sign_in(other.url, EMAIL, PASSWORD) is None
        assert await looks.after(0) is Standing.GOOD
