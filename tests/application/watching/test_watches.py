"""All watches: their pulse, their restarts after defects, and what starts and stops them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.watching import watches
from heimdall_desktop.application.watching.watches import Watches
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts.errors import TooManyScans
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    Counts,
    LiveRead,
    Observation,
    Settled,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.problems import problem_of
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services.reconnect import HEALTHY_AFTER_S, STEPS_S
from tests.fakes.controller_desk import ControllerDesk
from tests.fakes.hand_server import FAULT, SCAN_ID, HandServer
from tests.fakes.raw_server import answer
from tests.fakes.scan_links import scan_links
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.fakes.watch_desk import HandDesk, connection
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

SERVER_WORDS = "what a server says"
OTHER = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")


def listing_with(manifest: bytes) -> bytes:
    row = b'{"id":"a","manifest_coordinates_json":{"name":' + manifest + b"}}"
    return answer(200, "application/json", b'{"data":{"items":[' + row + b"]}}")


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


ODD_ANSWERS = {
    "moved to no address": answer(302, "text/html", "", {"Location": "http://["}),
    "wait beyond C": answer(429, "", "", {"Retry-After": f"31 Dec {'9' * 30} 23:59:59 GMT"}),
    "wait beyond 9999": answer(503, "", "", {"Retry-After": "31 Dec 10000 23:59:59 GMT"}),
    "nested": answer(200, "application/json", b'{"data":' + nested(920) + b"}"),
    "nested without end": answer(200, "application/json", nested(100_000)),
    "manifest nested 320 deep": listing_with(nested(320)),
    "manifest nested 920 deep": listing_with(nested(920)),
}


class BreakingStore(Store):
    """A store with a defect that shows on command, for the scan under test only."""

    is_broken = False

    def observe(self, observation: Observation) -> bool:
        if self.is_broken and isinstance(observation, LiveRead) and observation.scan_id == SCAN_ID:
            raise ValueError(observation.status)
        return super().observe(observation)


class BreakingDesk(HandDesk):
    """A desk whose store or wall clock breaks on command."""

    has_broken_clock = False

    def __init__(self, hand: HandServer) -> None:
        self.defect = BreakingStore()
        super().__init__(hand, self.defect)

    def now(self) -> datetime:
        if self.has_broken_clock:
            raise OverflowError
        return super().now()


@pytest.fixture
async def breaking(hand: HandServer) -> AsyncIterator[BreakingDesk]:
    made = BreakingDesk(hand)
    yield made
    await made.aclose()  # no defect of a watch may reach what ends the program


def alerted(desk: HandDesk, alerts: AlertPolicy) -> list[str | None]:
    """The findings of the alerts that the changes call for within a minute."""
    reported = alerts.take(desk.changes)
    desk.turn(60)
    emitted = [*reported, *alerts.tick()]
    return [each.finding_id for each in emitted if isinstance(each, Alert)]


def task_names() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks()}


async def polled(hand: HandServer, times: dict[ScanId, int]) -> None:
    """Wait until scans were polled so often."""
    async with asyncio.timeout(WAIT_LIMIT_S):
        while any(hand.polls(scan_id) < count for scan_id, count in times.items()):
            await hand.until_asked(len(hand.asked) + 1)


async def test_a_new_watch_replaces_the_former_one_of_the_same_scan(desk: HandDesk) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.start(Scan(SCAN_ID, desk.link.url), desk.link)
    await desk.pass_until(lambda: desk.hand.asked.count("scan") == 2)
    assert len(desk.store) == 1
    desk.hand.status = "hunted"
    await desk.pass_until(lambda: scan.status == "hunted")


async def test_refreshing_one_scan_cancels_no_reads_of_another(desk: HandDesk) -> None:
    desk.hand.holds = {"live"}
    first, other = desk.watch(SCAN_ID), desk.watch(OTHER)
    await polled(desk.hand, {SCAN_ID: 1, OTHER: 1})
    desk.watches.refresh(SCAN_ID)
    await polled(desk.hand, {SCAN_ID: 2})  # broken off, and sent over another line
    desk.hand.release()
    await desk.until(lambda: {connection(first), connection(other)} == {Connection.LIVE})
    assert desk.link.clients.traffic.repeated == 1


async def test_refreshing_all_cancels_the_reads_of_all(desk: HandDesk) -> None:
    desk.hand.holds = {"live"}
    scans = [desk.watch(SCAN_ID), desk.watch(OTHER)]
    await polled(desk.hand, {SCAN_ID: 1, OTHER: 1})
    desk.watches.refresh()
    await polled(desk.hand, {SCAN_ID: 2, OTHER: 2})
    desk.hand.release()
    await desk.until(lambda: all(connection(scan) is Connection.LIVE for scan in scans))


async def test_stopping_ends_the_watch_and_lets_the_scan_go(desk: HandDesk) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.stop(SCAN_ID)
    assert len(desk.store) == 0
    await desk.pass_until(lambda: "watch a scan" not in task_names())
    asked = len(desk.hand.asked)
    await desk.pass_until(lambda: desk.turned_s > 20)
    assert len(desk.hand.asked) == asked


async def test_a_watch_that_is_stopped_before_it_began_leaves_nothing(desk: HandDesk) -> None:
    desk.watch(SCAN_ID)
    desk.watches.stop(SCAN_ID)
    await desk.pass_until(lambda: "watch a scan" not in task_names())


async def test_a_paused_scan_keeps_what_is_known(desk: HandDesk) -> None:
    desk.hand.add_rows("a")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: len(scan.findings) == 1)
    desk.watches.pause(SCAN_ID)
    assert desk.store.scan(SCAN_ID) is scan
    await desk.pass_until(lambda: "watch a scan" not in task_names())


async def test_a_cancelled_watch_reports_nothing_about_its_paused_scan(desk: HandDesk) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.pulse()
    desk.watches.pause(SCAN_ID)
    desk.store.observe(ConnectionSeen(SCAN_ID, Connection.SIGNED_OUT, desk.clock()))
    await desk.pass_until(lambda: "watch a scan" not in task_names())
    assert connection(scan) is Connection.SIGNED_OUT


async def test_t50_the_scan_in_view_is_polled_more_often(desk: HandDesk) -> None:
    scan, other = desk.watch(SCAN_ID), desk.watch(OTHER)
    desk.watches.set_in_view(OTHER)
    await desk.until(lambda: scan.has_listed_once and other.has_listed_once)
    desk.turn(9)  # the second polls are spread out by chance
    await desk.pass_until(
        lambda: min(desk.hand.polls(SCAN_ID), desk.hand.polls(OTHER)) > 1, step_s=0
    )
    polls = desk.hand.polls(SCAN_ID), desk.hand.polls(OTHER)
    desk.turn(3)
    await desk.pass_until(lambda: desk.hand.polls(OTHER) > polls[1], step_s=0)
    assert desk.hand.polls(SCAN_ID) == polls[0]


async def test_t50_a_scan_that_is_left_alone_comes_into_view(desk: HandDesk) -> None:
    scan, _ = desk.watch(SCAN_ID), desk.watch(OTHER)
    await desk.until(lambda: scan.has_listed_once)
    polls = desk.hand.polls(SCAN_ID)
    desk.watches.stop(OTHER)
    desk.turn(3)
    await desk.pass_until(lambda: desk.hand.polls(SCAN_ID) > polls, step_s=0)


async def test_a_refresh_polls_at_once(desk: HandDesk) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: scan.has_listed_once)
    asked = desk.hand.asked.count("findings")
    desk.hand.status = "hunted"
    desk.watches.refresh()
    await desk.until(lambda: scan.status == "hunted")
    await desk.pass_until(lambda: desk.hand.asked.count("findings") == asked + 1)
    assert desk.turned_s <= 1


async def test_refreshing_all_leaves_settled_scans_alone(desk: HandDesk) -> None:
    desk.hand.status = "completed"
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.ENDED)
    polls = desk.hand.asked.count("live")
    desk.watches.refresh()
    await desk.pass_until(lambda: desk.turned_s > 5)
    assert desk.hand.asked.count("live") == polls


async def test_a_watch_that_breaks_is_shown_and_touches_no_other(breaking: BreakingDesk) -> None:
    scan, other = breaking.watch(SCAN_ID), breaking.watch(OTHER)
    await breaking.until(lambda: connection(scan) is connection(other) is Connection.LIVE)
    breaking.defect.is_broken = True
    breaking.watches.refresh(SCAN_ID)
    await breaking.until(lambda: connection(scan) is Connection.STALE)
    seen = scan.connection
    assert seen is not None
    assert seen.next_try_at_s is not None
    problem = problem_of(scan, breaking.clock(), breaking.now())
    assert problem is not None
    assert "while watching this scan. It retries automatically." in problem.consequence
    breaking.hand.status = "hunted"
    await breaking.pass_until(lambda: other.status == "hunted", step_s=0.1)
    breaking.defect.is_broken = False
    breaking.watches.refresh()
    await breaking.pass_until(lambda: scan.status == "hunted")
    await breaking.pass_until(lambda: connection(scan) is Connection.LIVE)


async def test_a_broken_watch_restarts_and_reports_a_later_critical(breaking: BreakingDesk) -> None:
    scan = breaking.watch(SCAN_ID)
    alerts = AlertPolicy(breaking.clock, lambda _: scan.name, lambda _: scan.has_listed_once)
    await breaking.pass_until(lambda: scan.has_listed_once)
    breaking.defect.is_broken = True
    await breaking.pass_until(lambda: connection(scan) is Connection.STALE)
    breaking.defect.is_broken = False
    breaking.hand.add_rows("later", severity="critical")
    await breaking.pass_until(lambda: len(scan.findings) == 1)
    await breaking.pass_until(lambda: connection(scan) is Connection.LIVE)
    assert alerted(breaking, alerts) == ["later"]


async def test_the_waits_of_a_broken_watch_grow(breaking: BreakingDesk) -> None:
    scan = breaking.watch(SCAN_ID)
    breaking.defect.is_broken = True
    await breaking.pass_until(lambda: breaking.watches.broken_for_s() > 300)
    polls = breaking.hand.polls(SCAN_ID)
    assert 300 / 30 < polls < 300 / 15 + 10  # waits of up to 30 s, after shorter ones
    began_s = breaking.passed_s
    breaking.defect.is_broken = False
    await breaking.pass_until(lambda: breaking.watches.broken_for_s() == 0)
    assert connection(scan) is not Connection.STALE
    assert breaking.passed_s - began_s > HEALTHY_AFTER_S
    breaking.defect.is_broken = True
    await breaking.pass_until(lambda: connection(scan) is Connection.STALE)
    assert breaking.watches.broken_for_s() == 0  # once is no reason to give up
    seen = scan.connection
    assert seen is not None
    assert seen.next_try_at_s is not None
    assert seen.next_try_at_s - breaking.clock() <= STEPS_S[0]


async def test_the_log_has_no_server_text(
    breaking: BreakingDesk, caplog: pytest.LogCaptureFixture
) -> None:
    scan = breaking.watch(SCAN_ID)
    await breaking.until(lambda: scan.has_listed_once)
    breaking.hand.status = SERVER_WORDS
    breaking.defect.is_broken = True
    await breaking.pass_until(lambda: connection(scan) is Connection.STALE)
    assert f"the watch of scan {SCAN_ID} failed, restarting in" in caplog.text
    assert "LiveRead, ListingEnded" in caplog.text or "ListingEnded, LiveRead" in caplog.text
    assert "ValueError\n" in caplog.text
    assert "test_watches.py" in caplog.text
    assert "in observe" in caplog.text
    assert SERVER_WORDS not in caplog.text


@pytest.mark.parametrize("kind", ["live", "findings", "stream"])
@pytest.mark.parametrize("odd", ODD_ANSWERS.values(), ids=ODD_ANSWERS)
async def test_no_answer_breaks_a_watch(
    desk: HandDesk, kind: str, odd: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    scan = desk.watch(SCAN_ID)
    alerts = AlertPolicy(desk.clock, lambda _: scan.name, lambda _: scan.has_listed_once)
    await desk.pass_until(lambda: scan.has_listed_once)
    desk.hand.refusals[kind] = odd
    asked = desk.hand.asked.count(kind)
    desk.hand.end_streams()
    desk.watches.refresh()
    desk.hand.release()
    await desk.pass_until(lambda: desk.hand.asked.count(kind) > asked)
    desk.hand.refusals.clear()
    desk.hand.add_rows("later", severity="critical")
    await desk.pass_until(lambda: FindingId("later") in scan.findings)
    assert alerted(desk, alerts) == ["later"]
    assert desk.watches.broken_for_s() == 0
    assert "broke" not in caplog.text


@pytest.mark.parametrize("leave", [Watches.stop, Watches.pause])
async def test_an_ended_watch_stays_so(
    breaking: BreakingDesk, leave: Callable[[Watches, ScanId], None]
) -> None:
    scan = breaking.watch(SCAN_ID)
    breaking.defect.is_broken = True
    await breaking.pass_until(lambda: connection(scan) is Connection.STALE)
    leave(breaking.watches, SCAN_ID)
    asked, turned_s = len(breaking.hand.asked), breaking.turned_s
    await breaking.pass_until(lambda: breaking.turned_s > turned_s + 60)
    assert len(breaking.hand.asked) == asked
    assert breaking.watches.broken_for_s() == 0


async def test_a_defect_in_one_pulse_ends_no_other(breaking: BreakingDesk) -> None:
    scans = breaking.watch(SCAN_ID), breaking.watch(OTHER)

    def are_all(state: Connection) -> bool:
        return {connection(scan) for scan in scans} == {state}

    breaking.hand.status = "failed"
    await breaking.pass_until(lambda: are_all(Connection.ENDED))
    breaking.has_broken_clock = True
    await breaking.pass_until(lambda: are_all(Connection.STALE))
    breaking.has_broken_clock = False
    polls = [breaking.hand.polls(scan.id) for scan in scans]
    await breaking.pass_until(
        lambda: all(breaking.hand.polls(scan.id) > n for scan, n in zip(scans, polls, strict=True))
    )
    await breaking.pass_until(lambda: are_all(Connection.ENDED))


async def test_closing_waits_for_every_watch(desk: HandDesk) -> None:
    scan = desk.watch(SCAN_ID)
    desk.watch(OTHER)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.stop(OTHER)
    await desk.watches.aclose()
    assert not {name for name in task_names() if "watch" in name}


async def test_an_end_of_an_earlier_session_is_doubted_at_every_start(desk: HandDesk) -> None:
    desk.hand.refusals = dict.fromkeys(("live", "scan", "stream"), FAULT)
    scan = Scan(SCAN_ID, desk.link.url)
    desk.store.add(scan)
    desk.store.observe(LiveRead(SCAN_ID, -5.0, "completed", None, None, Counts(), (), ()))
    desk.store.observe(Settled(SCAN_ID, is_settled=True))
    desk.watches.start(scan, desk.link)  # back from the history
    desk.watches.start(scan, desk.link)  # and signed in
    await desk.until(lambda: not scan.is_settled)


EMAIL, PASSWORD = "mira@example.test", "long enough"
MOST = 2


@pytest.fixture
def server() -> Iterator[LabServer]:
    with LabServer(auth_burst=1_000, worker=lambda *_: IdleWorker()) as running:
        running.add_account(EMAIL, PASSWORD)
        yield running


@pytest.fixture
async def full(
    server: LabServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ControllerDesk]:
    """A desk with as many scans as there is room for."""
    monkeypatch.setattr(watches, "MOST_WATCHED", MOST)
    desk = ControllerDesk(tmp_path)
    desk.server = server
    await desk.begin()
    assert await desk.sign_in(server.url, EMAIL, PASSWORD) is None
    for number in range(MOST):
        assert await desk.watch(running(server, number).id) is None
    yield desk
    await desk.aclose()


def running(server: LabServer, number: int) -> ScriptedScan:
    return server.script_scan(f"service-{number}", EMAIL).run_until("hunt")


async def test_one_more_is_refused_wherever_it_comes_from(full: ControllerDesk) -> None:
    more, controller = running(full.server, 9), full.controller
    link = full.accounts.require_in_use()
    refused = [
        await full.watch(more.id),
        await full.watch(f"{full.server.url}/scans/{more.id}"),
        await full.answer(lambda answer: controller.request_folder_scan(full.profile, answer)),
        await full.answer(
            lambda answer: controller.scans.request_repo_scan(RepoId(more.repo_id), answer)
        ),
    ]
    for error in refused:
        assert isinstance(error, TooManyScans)
        assert error_text(error) == (
            "2 scans are watched. More would slow down the window. "
            "Stop watching some of them first."
        )
    with pytest.raises(TooManyScans):
        await controller.watch_links(link, scan_links(more.id))
    assert len(full.store) == MOST


async def test_a_watched_scan_can_be_named_again(full: ControllerDesk) -> None:
    [first, _] = full.store
    assert await full.watch(first.id) is None


async def test_stopping_a_scan_makes_room(full: ControllerDesk) -> None:
    more, [first, _] = running(full.server, 9), full.store
    full.controller.request_stop(first.id)
    assert await full.watch(more.id) is None
    assert len(full.store) == MOST


async def test_new_scans_without_room_are_reported(full: ControllerDesk) -> None:
    for number in range(5, 9):
        running(full.server, number)
    full.watch_new_scans(is_on=True)
    await full.until(lambda: bool(full.problems))
    full.controller.request_refresh(None)
    states = len(full.server_states)
    await full.until(lambda: len(full.server_states) > states)
    assert [type(problem) for problem in full.problems] == [TooManyScans]
    assert len(full.store) == MOST


async def test_a_board_of_an_earlier_session_comes_back_whole(
    full: ControllerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await full.aclose()
    monkeypatch.setattr(watches, "MOST_WATCHED", MOST - 1)
    again = ControllerDesk(full.profile, full.keyring)
    await again.begin()
    assert len(again.store) == MOST
    await again.aclose()
