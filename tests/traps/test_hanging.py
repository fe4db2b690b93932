"""T-18 to T-23 and T-25: nothing waits for what never comes, and nothing blocks the reader."""

import asyncio
import itertools
import json
from datetime import timedelta
from functools import partial

import pytest

from heimdall_desktop.application.watching import stream_listener
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.board.scan_status import ScanStatus
from tests.fakes import hand_server
from tests.fakes.hand_server import AT, SCAN_ID
from tests.fakes.odd_server import OddServer
from tests.fakes.raw_server import Asked, answer, raw_server, reset
from tests.fakes.shown_words import card, is_healthy, problem
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, outcome, rested
from tests.lab.server import LabServer
from tests.traps.waiting import look_away, rested_scan, shown_problem, time_passes

KEEPALIVE = ": keepalive\n\n"


def status_event(status: str, number: int = 0) -> str:
    """Return a `status_change`; of two the one with the higher number is stamped later."""
    reported = {"status": status, "timestamp": f"2026-07-04T09:00:00.{number:06}+00:00"}
    return f"event: status_change\ndata: {json.dumps(reported)}\n\n"


def is_polled(odd: OddServer, polls: int) -> bool:
    """Whether there were more polls than before."""
    return odd.asked.count("live") > polls


def is_up_to_date(scan: Scan, number: int) -> bool:
    """Whether an event has been heard and REST has answered."""
    return scan.status == f"status_{number}" and connection(scan) is Connection.LIVE


# -- T-18 --


async def test_t18_a_frozen_stream_is_dropped_and_opened_again(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.until(lambda: connection(scan) is Connection.LIVE)
    await odd_desk.pass_until(lambda: connection(scan) is not Connection.LIVE)
    assert odd_desk.turned_s <= 50
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    assert len(odd.streams) == 2


async def test_t18_a_stream_may_rest_between_keepalives(
    odd: OddServer, odd_desk: WatchDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = await rested_scan(odd_desk)
    loop, rest_s = asyncio.get_running_loop(), 0.0
    loop_time = loop.time
    monkeypatch.setattr(loop, "time", lambda: loop_time() + rest_s)
    for number in range(8):
        polls = odd.asked.count("live")
        rest_s += 16.0  # every timeout of the loop that is shorter ends now
        odd_desk.turn(16.0)
        await odd_desk.pass_until(partial(is_polled, odd, polls), step_s=0.2)
        odd.status = f"status_{number}"
        await odd.send(KEEPALIVE + status_event(odd.status, number))
        await odd_desk.pass_until(partial(is_up_to_date, scan, number), step_s=0.2)
    assert odd.asked.count("stream") == 1


# -- T-19 --


async def test_t19_a_scan_that_has_ended_opens_no_stream(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").cancel()
    scan = await rested_scan(desk, scripted.id)
    assert outcome(scan) is Outcome.CANCELLED_MAY_RETURN
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s >= 60
    assert outcome(scan) is Outcome.CANCELLED
    assert server.call(lambda: len(server.broadcaster.subscriptions(scripted.id))) == 0


async def test_t19_a_stream_that_outlives_its_scan_is_closed_by_us(
    server: LabServer, desk: WatchDesk
) -> None:
    def listeners() -> int:
        return server.call(lambda: len(server.broadcaster.subscriptions(scripted.id)))

    scripted = server.script_scan("shop", EMAIL, is_silent=True).run_until("report")
    scan = await rested_scan(desk, scripted.id)
    assert listeners() == 1
    scripted.complete()
    await desk.pass_until(lambda: scan.is_settled)
    await desk.pass_until(lambda: listeners() == 0, step_s=0)


# -- T-20 --


async def test_t20_a_scan_that_runs_elsewhere_ends_without_an_event(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL, is_silent=True).run_until("static_analysis")
    scan = await rested_scan(desk, scripted.id)
    scripted.add_findings(130).run_until("report").complete()
    await desk.pass_until(lambda: scan.is_checked_to_the_end)
    assert len(scan.findings) == 130
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.turned_s < 40  # and no new stream has reported it


async def test_t20_a_scan_whose_last_event_never_comes_ends(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").add_findings(1)
    scan = await rested_scan(desk, scripted.id)
    scripted.reach_completed().end_streams()
    await desk.pass_until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.COMPLETED
    assert scan.is_checked_to_the_end


# -- T-21 --


async def test_t21_the_end_of_a_stream_is_no_end_of_the_scan(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    scripted.end_streams()
    await desk.until(lambda: connection(scan) is Connection.RECONNECTING)
    assert outcome(scan) is Outcome.NONE_YET
    assert scan.connection is not None
    assert scan.connection.next_try_at_s is not None
    desk.turn(1)
    await desk.until(lambda: connection(scan) is Connection.LIVE)


async def test_t21_after_the_end_of_a_stream_rest_is_asked_and_decides(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = odd_desk.watch(SCAN_ID)
    look_away(odd_desk)
    polls = odd.asked.count("live")
    await rested(odd_desk, scan)
    await odd_desk.pass_until(partial(is_polled, odd, polls + 1))  # the next one is not due now
    odd.status = "completed"
    odd.add_rows("late")
    odd.end_streams()
    ended_s = odd_desk.passed_s
    await odd_desk.until(lambda: outcome(scan) is Outcome.COMPLETED)
    assert odd_desk.passed_s < ended_s + 5
    await odd_desk.until(lambda: scan.is_checked_to_the_end)
    assert list(scan.findings) == ["late"]
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert odd.asked.count("stream") == 1


# -- T-22 --


async def test_t22_a_window_that_does_not_look_holds_nothing_up(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.holds |= {"live", "findings"}
    last = 20_000
    for first in range(0, last, 1000):  # nothing drains the store; each send waits for the reader
        events = (status_event(f"status_{each}", each) for each in range(first, first + 1000))
        await odd.send("".join(events))
    async with asyncio.timeout(20):
        for _ in itertools.takewhile(
            lambda _: scan.status != f"status_{last - 1}", itertools.count()
        ):
            await asyncio.sleep(0)
    assert len(odd_desk.store.drain()) < 100
    assert odd.asked.count("stream") == 1


async def test_t22_a_flood_of_events_leaves_turns_to_others(
    odd: OddServer, odd_desk: WatchDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        stream_listener, "TURN_S", 0.0
    )  # as if each turn had been waited for by then
    scan = await rested_scan(odd_desk)
    odd.holds |= {"live", "findings"}
    last = 5000
    flood = "".join(status_event(str(number), number) for number in range(last))
    sending = odd_desk.tasks.spawn(odd.send(flood), name="flood")
    seen: list[int] = []
    async with asyncio.timeout(20):
        while scan.status != str(last - 1):
            await asyncio.sleep(0)
            seen.append(int(scan.status) if scan.status.isdigit() else 0)
    await sending
    assert max(after - before for before, after in itertools.pairwise(seen)) <= 50


# -- T-23 --


async def test_t23_a_scan_that_makes_no_progress_is_quiet_and_not_busy(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.stages = [{"stage": "hunt", "status": "running", "timestamp": AT}]
    scan = await rested_scan(odd_desk)
    assert StageDisplay.RUNNING in card(odd_desk, scan).displays
    while odd_desk.turned_s < 11 * 60:
        await odd.send(KEEPALIVE)
        await time_passes(odd_desk, 30, step_s=10)
    assert connection(scan) is Connection.QUIET
    assert not is_healthy(scan)
    displays = card(odd_desk, scan).displays
    assert StageDisplay.QUIET in displays
    assert StageDisplay.RUNNING not in displays
    reported = shown_problem(odd_desk, scan)
    assert reported.status is ScanStatus.QUIET
    assert "no updates for 1" in reported.fact


async def test_t23_findings_that_were_found_before_we_came_are_signs_of_life(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    began, found = (odd_desk.now() - timedelta(minutes=ago) for ago in (47, 1))
    odd.scan_fields = {"created_at": began.isoformat(), "started_at": began.isoformat()}
    odd.updated_at = began.isoformat()
    odd.stages = [{"stage": "hunt", "status": "running", "timestamp": began.isoformat()}]
    odd.add_rows("a", created_at=found.isoformat())
    scan = await rested_scan(odd_desk)
    odd_desk.watches.start(scan, odd_desk.link)  # as after a sign-in
    await odd_desk.until(lambda: connection(scan) is Connection.LIVE)
    await time_passes(odd_desk, 40)
    assert problem(odd_desk, scan) is None
    await odd_desk.pass_until(lambda: connection(scan) is Connection.QUIET)
    assert odd_desk.turned_s < 180


async def test_t23_a_scan_that_stood_still_before_we_came_says_since_when(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    began = odd_desk.now() - timedelta(minutes=47)
    odd.scan_fields = {"created_at": began.isoformat(), "started_at": began.isoformat()}
    odd.updated_at = began.isoformat()
    odd.live_fields = {
        "activity": [
            {
                "key": "a1",
                "status": "running",
                "stage": "hunt",
                "task_key": "surface-login",
                "title": "Investigating",
                "timestamp": began.isoformat(),
            }
        ]
    }
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(
        lambda: scan.has_listed_once and connection(scan) is not Connection.CONNECTING
    )
    reported = shown_problem(odd_desk, scan)
    assert "no activity since" in reported.fact.lower()
    assert StageDisplay.RUNNING not in card(odd_desk, scan).displays


# -- T-25 --


async def test_t25_open_streams_do_not_stop_requests(server: LabServer, desk: WatchDesk) -> None:
    scripted = [server.script_scan("shop", EMAIL).run_until("hunt") for _ in range(24)]
    scans = [desk.watch(each.id) for each in scripted]
    await desk.until(lambda: all(connection(scan) is Connection.LIVE for scan in scans))
    await desk.until(lambda: all(scan.has_listed_once for scan in scans))
    for each in scripted:
        each.add_findings(1)
    await desk.pass_until(lambda: all(len(scan.findings) == 1 for scan in scans))
    await desk.pass_until(lambda: all(connection(scan) is Connection.LIVE for scan in scans))


async def test_t25_a_connection_that_was_just_closed_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    odd, used, broken, times = OddServer(), set[asyncio.StreamWriter](), set[str](), 0

    async def serve(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal times
        if writer in used and asked.target not in broken:
            broken.add(asked.target)
            times += 1
            reset(writer)
            return
        broken.discard(asked.target)
        used.add(writer)
        await odd.serve(asked, writer)

    monkeypatch.setattr(hand_server, "answer", lambda *parts: answer(*parts[:3]))  # keep it open
    async with raw_server(serve, keeps_alive=True) as raw:
        desk = WatchDesk(raw.url, "token")
        scan = desk.watch(SCAN_ID)
        await rested(desk, scan)
        await time_passes(desk, 30)
        assert scan.connection is not None
        assert scan.connection.connection is Connection.LIVE
        assert scan.connection.failing_since_s is None
        await desk.aclose()
        await odd.aclose()
    assert times > 5
