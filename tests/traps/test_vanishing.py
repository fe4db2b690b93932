"""T-54 to T-57: requests that vanish on a small server are no news, and no false alarm."""

import pytest

from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.presentation.board.scan_status import status_of
from tests.fakes.hand_server import SCAN_ID
from tests.fakes.odd_server import OddServer
from tests.fakes.shown_words import all_words, is_healthy
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer
from tests.traps.waiting import rested_scan, time_passes

REST = ("scan", "repo", "live", "findings", "finding")
LOST = b""
SENDINGS = 6  # of a read: once, and five repeats
ANSWER_S = 0.03


@pytest.mark.parametrize("threads", [1, 2])
async def test_t54_many_scans_on_a_small_server_are_all_heard_of(
    server: LabServer, desk: WatchDesk, threads: int
) -> None:
    server.faults.add(
        Fault(Shape.SECOND_OF_TWO, threads=threads, times=None),
        Fault(Shape.LATE, delay_s=ANSWER_S, times=None),
    )
    scripted = [server.script_scan(f"shop {n}", EMAIL).run_until("hunt") for n in range(8)]
    scans = [desk.watch(each.add_findings(3).id) for each in scripted]
    await desk.until(lambda: all(connection(scan) is Connection.LIVE for scan in scans))
    await desk.until(lambda: all(len(scan.findings) == 3 for scan in scans))
    server.faults.clear()
    reported = [scan.connection for scan in scans]
    assert all(seen and seen.failing_since_s is None for seen in reported)
    assert {scan.repo_name for scan in scans} == {f"shop {n}" for n in range(8)}
    assert desk.link.clients.traffic.repeated == desk.link.clients.traffic.lost


async def test_t56_a_name_that_could_not_be_read_is_asked_for_again(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.refusals["repo"] = LOST
    scan = await rested_scan(odd_desk)
    await odd_desk.pass_until(lambda: odd.asked.count("repo") >= SENDINGS)
    assert scan.repo_name == ""
    assert is_healthy(scan)
    odd.refusals.clear()
    await odd_desk.pass_until(lambda: scan.repo_name == "shop")
    asked = odd.asked.count("repo")
    await time_passes(odd_desk, 60)
    assert odd.asked.count("repo") == asked


async def test_t56_an_end_does_not_cost_the_name(odd: OddServer, odd_desk: WatchDesk) -> None:
    odd.status = "completed"
    odd.refusals["repo"] = LOST
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: odd.asked.count("repo") >= SENDINGS)
    odd.refusals.clear()
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert scan.repo_name == "shop"


async def test_t56_a_repository_that_is_never_reported_keeps_no_scan_from_its_end(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status = "completed"
    odd.refusals["repo"] = LOST
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert scan.repo_name == ""


async def test_t56_one_scan_without_answers_does_not_make_its_server_unreachable(
    server: LabServer, desk: WatchDesk
) -> None:
    good, bad = [desk.watch(server.script_scan("shop", EMAIL).id) for _ in range(2)]
    await desk.until(lambda: connection(good) is connection(bad) is Connection.LIVE)
    server.faults.add(Fault(Shape.CLOSED, path_part=bad.id, times=None))
    await desk.pass_until(lambda: connection(bad) is Connection.STALE)
    words = all_words(desk, bad)
    assert "The server responds, but not for this scan." in words
    assert "Unreachable" not in words
    assert not status_of(good).spec.is_cut_off
    server.faults.clear()
    desk.watches.refresh()
    await desk.until(lambda: connection(bad) is Connection.LIVE)


async def test_t57_bytes_of_a_stream_do_not_make_up_for_rest(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.refusals = dict.fromkeys(REST, LOST)
    for _ in range(6):
        await odd.send(": keepalive\n\n")
        await time_passes(odd_desk, 10)
    assert connection(scan) is Connection.STALE
    assert status_of(scan).spec.is_cut_off
