"""Watches: started, replaced, stopped; one that breaks touches no other."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    Counts,
    LiveRead,
    Observation,
    Settled,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from tests.fakes.hand_server import FAULT, SCAN_ID, HandServer
from tests.fakes.watch_desk import WatchDesk, connection, outcome

OTHER = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")


class BreakingStore(Store):
    """A store with a defect that shows on command, for the scan under test only."""

    def __init__(self) -> None:
        super().__init__()
        self.is_broken = False

    def observe(self, observation: Observation) -> None:
        if self.is_broken and isinstance(observation, LiveRead) and observation.scan_id == SCAN_ID:
            raise ZeroDivisionError
        super().observe(observation)


@pytest.fixture
async def desk(hand: HandServer) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(hand.url, "token")
    yield made
    await made.aclose()


def task_names() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks()}


async def test_a_new_watch_replaces_the_former_one_of_the_same_scan(
    hand: HandServer, desk: WatchDesk
) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.start(Scan(SCAN_ID, desk.link.url), desk.link)
    await desk.pass_until(lambda: hand.asked.count("scan") == 2)
    assert len(desk.store) == 1
    hand.status = "hunted"
    await desk.pass_until(lambda: scan.status == "hunted")


async def test_stopping_ends_the_watch_and_lets_the_scan_go(
    hand: HandServer, desk: WatchDesk
) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.stop(SCAN_ID)
    assert len(desk.store) == 0
    await desk.pass_until(lambda: f"watch {SCAN_ID}" not in task_names())
    asked = len(hand.asked)
    await desk.pass_until(lambda: desk.turned_s > 20)
    assert len(hand.asked) == asked


async def test_a_watch_that_is_stopped_before_it_began_leaves_nothing(desk: WatchDesk) -> None:
    desk.watch(SCAN_ID)
    desk.watches.stop(SCAN_ID)
    await desk.pass_until(lambda: f"watch {SCAN_ID}" not in task_names())


async def test_a_paused_scan_keeps_what_is_known(hand: HandServer, desk: WatchDesk) -> None:
    hand.add_rows("a")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: len(scan.findings) == 1)
    desk.watches.pause(SCAN_ID)
    assert desk.store.scan(SCAN_ID) is scan
    await desk.pass_until(lambda: f"watch {SCAN_ID}" not in task_names())


async def test_a_paused_scan_is_told_nothing_more_by_the_watch_that_is_called_off(
    hand: HandServer, desk: WatchDesk
) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.pulse()
    desk.watches.pause(SCAN_ID)
    desk.store.observe(ConnectionSeen(SCAN_ID, Connection.SIGNED_OUT, desk.clock()))
    await desk.pass_until(lambda: f"watch {SCAN_ID}" not in task_names())
    assert connection(scan) is Connection.SIGNED_OUT


async def test_t50_the_scan_in_view_is_asked_more_often(hand: HandServer, desk: WatchDesk) -> None:
    scan, other = desk.watch(SCAN_ID), desk.watch(OTHER)
    desk.watches.look_at(OTHER)
    await desk.until(lambda: scan.has_listed_once and other.has_listed_once)
    desk.turn(9)  # the second polls are spread out by chance
    await desk.pass_until(lambda: min(hand.polls(SCAN_ID), hand.polls(OTHER)) > 1, step_s=0)
    polls = hand.polls(SCAN_ID), hand.polls(OTHER)
    desk.turn(3)
    await desk.pass_until(lambda: hand.polls(OTHER) > polls[1], step_s=0)
    assert hand.polls(SCAN_ID) == polls[0]


async def test_t50_a_scan_that_is_left_alone_comes_into_view(
    hand: HandServer, desk: WatchDesk
) -> None:
    scan, _ = desk.watch(SCAN_ID), desk.watch(OTHER)
    await desk.until(lambda: scan.has_listed_once)
    polls = hand.polls(SCAN_ID)
    desk.watches.stop(OTHER)
    desk.turn(3)
    await desk.pass_until(lambda: hand.polls(SCAN_ID) > polls, step_s=0)


async def test_again_asks_at_once(hand: HandServer, desk: WatchDesk) -> None:
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: scan.has_listed_once)
    asked = hand.asked.count("findings")
    hand.status = "hunted"
    desk.watches.again()
    await desk.until(lambda: scan.status == "hunted")
    await desk.pass_until(lambda: hand.asked.count("findings") == asked + 1)
    assert desk.turned_s <= 1


async def test_again_for_one_scan_begins_a_watch_that_has_ended_anew(
    hand: HandServer, desk: WatchDesk
) -> None:
    hand.status = "failed"
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.ENDED)
    hand.status = "ingesting"
    desk.watches.again(SCAN_ID)
    await desk.until(lambda: outcome(scan) is Outcome.NONE_YET)


async def test_again_for_all_leaves_those_alone_that_have_settled(
    hand: HandServer, desk: WatchDesk
) -> None:
    hand.status = "completed"
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.ENDED)
    polls = hand.asked.count("live")
    desk.watches.again()
    await desk.pass_until(lambda: desk.turned_s > 5)
    assert hand.asked.count("live") == polls


async def test_a_watch_that_breaks_is_shown_and_touches_no_other(hand: HandServer) -> None:
    store = BreakingStore()
    desk = WatchDesk(hand.url, "token", store)
    scan, other = desk.watch(SCAN_ID), desk.watch(OTHER)
    await desk.until(lambda: connection(scan) is connection(other) is Connection.LIVE)
    store.is_broken = True
    desk.watches.again(SCAN_ID)
    await desk.until(lambda: connection(scan) is Connection.STALE)
    assert scan.connection is not None
    assert scan.connection.reason
    assert len(desk.errors) == 1
    hand.status = "hunted"
    await desk.pass_until(lambda: other.status == "hunted")
    store.is_broken = False
    desk.watches.again()
    await desk.pass_until(lambda: scan.status == "hunted")
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    desk.errors.clear()
    await desk.aclose()


async def test_closing_waits_for_every_watch(hand: HandServer) -> None:
    desk = WatchDesk(hand.url, "token")
    scan = desk.watch(SCAN_ID)
    desk.watch(OTHER)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    desk.watches.stop(OTHER)
    await desk.watches.aclose()
    assert not {name for name in task_names() if "watch" in name}
    await desk.aclose()


async def test_an_end_of_an_earlier_session_is_doubted_however_often_the_watch_begins(
    hand: HandServer, desk: WatchDesk
) -> None:
    hand.refusals = dict.fromkeys(("live", "scan", "stream"), FAULT)
    scan = Scan(SCAN_ID, desk.link.url)
    desk.store.add(scan)
    desk.store.observe(LiveRead(SCAN_ID, -5.0, "completed", None, None, Counts(), (), ()))
    desk.store.observe(Settled(SCAN_ID, is_settled=True))
    desk.watches.start(scan, desk.link)  # back from the history
    desk.watches.start(scan, desk.link)  # and signed in
    await desk.until(lambda: not scan.is_settled)
