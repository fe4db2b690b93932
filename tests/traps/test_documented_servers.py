"""How far down a watch goes on servers without all routes.

Source: protocol.md 13, T-75, T-86, T-87.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from heimdall_desktop.application.runs.unattended import Exit, Limits, Unattended
from heimdall_desktop.domain.facts.change import FindingDropped
from heimdall_desktop.domain.facts.errors import NotVisible, RequestRefused, ServerFault, SignedOut
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import StageState
from tests.fakes.desk_parts import raises_saying
from tests.fakes.documented_server import DocumentedServer, Kind, Lack, documented_servers
from tests.fakes.documented_story import DocumentedStory
from tests.fakes.hand_server import FAULT, NOT_FOUND, SCAN_ID, UNAUTHORIZED, busy
from tests.fakes.odd_server import OddServer
from tests.fakes.raw_server import answer
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, rested
from tests.lab.server import LabServer
from tests.traps.waiting import time_passes

PAGE_404 = answer(404, "text/html", "<html>Not found</html>")
OTHER = ScanId("1a2b3c4d-2f0e-4a0c-9a77-6a3c1b0d4e21")
EVENT = 'event: status_change\ndata: {"status": "hunting", "timestamp": "2026-07-04T08:00:00Z"}\n\n'
SLOW_RECONNECTS = 3
RUNGS = {Kind.STREAM: "stream", Kind.DOCUMENTED: "listing"}

Serve = Callable[..., tuple[DocumentedServer, WatchDesk]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start servers of the documentation, with a desk on each."""
    desks: list[WatchDesk] = []
    with documented_servers() as start:

        def serve(*arguments: Any, **options: Any) -> tuple[DocumentedServer, WatchDesk]:
            server = start(*arguments, **options)
            desks.append(WatchDesk(server.url, server.token))
            return server, desks[-1]

        yield serve
        for desk in desks:
            await desk.aclose()


def unattended(desk: WatchDesk, scan: Scan) -> Unattended:
    """A run that is to see the scan to its end."""
    return Unattended(
        desk.store,
        [scan.id],
        Limits(desk.clock(), None, 120.0),
        answered_at_s=lambda _server: desk.link.clients.answered_at_s,
        clock=desk.clock,
    )


def reported(desk: WatchDesk, scan: Scan) -> dict[str, Any]:
    """What an unattended run would print of a scan now."""
    [answer] = json.loads(unattended(desk, scan).answer())["scans"]
    return dict(answer)


def source(desk: WatchDesk, scan: Scan) -> str | None:
    """From where a scan is known; fails where nothing says so."""
    found = reported(desk, scan)["source"]
    return None if found is None else str(found)


def watched(desk: WatchDesk, story: DocumentedStory) -> Scan:
    """Watch the scan of a story, known to the store as well."""
    return known(desk, story.scan_id)


def known(desk: WatchDesk, scan_id: str) -> Scan:
    scan = desk.watch(scan_id)
    if desk.store.scan(scan.id) is None:
        desk.store.add(scan)
    return scan


# -- which rung --


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("lack", list(Lack))
async def test_t75_t86_what_is_not_there_is_done_without(
    serve: Serve, kind: Kind, lack: Lack
) -> None:
    server, desk = serve(kind, lack=lack)
    server.story.stage("hunt", "running")

    scan = watched(desk, server.story)

    assert source(desk, scan) is None
    await desk.until(lambda: source(desk, scan) == RUNGS[kind])
    assert scan.status == "hunting"
    assert {each.partition(" ")[0] for each in server.asked} == {"GET"}


@pytest.mark.parametrize(
    "failure",
    [
        UNAUTHORIZED,
        answer(403, "application/json", '{"success": false, "code": 403, "message": "No"}'),
        busy(1),
        FAULT,
        answer(502, "text/html", "<!DOCTYPE html><h1>Bad gateway</h1>"),
        answer(503, "application/json", '{"success": false, "code": 503, "message": "No"}'),
        b"",
        None,
    ],
    ids=["401", "403", "429", "500", "502", "503", "broken", "timeout"],
)
@pytest.mark.parametrize("kind", ["live", "scan"])
async def test_a_failure_on_a_rung_is_no_reason_to_go_below_it(
    odd: OddServer, odd_desk: WatchDesk, kind: str, failure: bytes | None
) -> None:
    odd.add_rows("a")
    if kind == "scan":
        odd.refusals["live"] = NOT_FOUND
    if failure is None:
        odd.holds.add(kind)
    else:
        odd.refusals[kind] = failure
    scan = known(odd_desk, SCAN_ID)
    may_hear = failure is not UNAUTHORIZED  # the session has ended, with all its streams
    await odd_desk.pass_until(lambda: kind in odd.asked and bool(odd.streams) >= may_hear)
    await odd.send(EVENT)

    await time_passes(odd_desk, 60, step_s=5)

    assert source(odd_desk, scan) is None
    assert connection(scan) is not Connection.GONE


async def test_t87_a_404_after_a_good_snapshot_means_gone(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = known(odd_desk, SCAN_ID)
    await rested(odd_desk, scan)
    assert source(odd_desk, scan) == "live"

    odd.refusals["live"] = NOT_FOUND
    await odd.send(EVENT)

    await odd_desk.pass_until(lambda: connection(scan) is Connection.GONE)
    assert source(odd_desk, scan) == "live"


async def test_t87_where_one_scan_has_a_snapshot_another_without_one_is_gone(
    server: LabServer, desk: WatchDesk
) -> None:
    running = server.script_scan("shop", EMAIL).run_until("hunt")
    await rested(desk, known(desk, running.id))

    scan = known(desk, OTHER)

    await desk.pass_until(lambda: connection(scan) is Connection.GONE)
    assert source(desk, scan) is None


async def test_a_scan_without_a_stream_is_gone(serve: Serve) -> None:
    server, desk = serve()

    scan = known(desk, OTHER)

    await desk.until(lambda: connection(scan) is Connection.GONE)
    assert f"GET /api/scans/{OTHER}/progress/stream" in server.asked
    verdict = unattended(desk, scan).verdict()
    assert verdict is not None
    assert verdict[0] is Exit.NOT_VISIBLE


async def test_a_reconnect_decides_again(odd: OddServer, odd_desk: WatchDesk) -> None:
    odd.refusals["live"] = NOT_FOUND
    scan = known(odd_desk, SCAN_ID)
    await odd_desk.pass_until(lambda: source(odd_desk, scan) == "listing")

    del odd.refusals["live"]
    odd.end_streams()

    await odd_desk.pass_until(lambda: source(odd_desk, scan) == "live")


async def test_an_open_stream_that_says_nothing_is_not_a_running_scan(serve: Serve) -> None:
    server, desk = serve(keepalive_s=None)
    scan = watched(desk, server.story)

    await asyncio.to_thread(server.story.until_listened)
    await time_passes(desk, 20)

    assert source(desk, scan) is None
    assert connection(scan) is not Connection.LIVE


# -- what is seen there --


@pytest.mark.parametrize("kind", list(Kind))
async def test_findings_and_stages_are_seen_while_it_hunts(serve: Serve, kind: Kind) -> None:
    server, desk = serve(kind)
    scan = watched(desk, server.story)
    await asyncio.to_thread(server.story.until_listened)

    for name, status in (("ingest", "running"), ("ingest", "completed"), ("hunt", "running")):
        server.story.stage(name, status)  # all within a second, the only stamp they have
    first = server.story.announce("critical", "SQL injection in the order search")

    await desk.pass_until(lambda: first in scan.findings)
    row = scan.findings[FindingId(first)]
    assert (row.severity, row.title) == (Severity.CRITICAL, "SQL injection in the order search")
    await desk.pass_until(lambda: scan.status == "hunting")
    states = {stage.name: stage.state for stage in scan.stages}
    assert states["ingest"] is StageState.COMPLETED
    assert states["hunt"] is StageState.RUNNING
    server.story.announce("low")
    await desk.pass_until(lambda: len(scan.findings) == 2)
    assert not scan.is_settled


async def test_rows_of_the_listing_take_the_place_of_what_was_announced(serve: Serve) -> None:
    server, desk = serve(Kind.DOCUMENTED)
    scan = watched(desk, server.story)
    await asyncio.to_thread(server.story.until_listened)
    server.story.stage("hunt", "running")
    announced = FindingId(server.story.announce("high"))
    unannounced = FindingId(server.story.find("low"))

    await desk.pass_until(lambda: len(scan.findings) == 2)

    await desk.pass_until(lambda: scan.findings[announced].file_path == "shop/module_0.py")
    assert scan.findings[unannounced].severity is Severity.LOW


@pytest.mark.parametrize("has_single_findings", [True, False])
async def test_what_a_whole_listing_and_the_server_lack_leaves_when_rest_comes_back(
    odd: OddServer, odd_desk: WatchDesk, has_single_findings: bool
) -> None:
    scan = await announced_by_stream(odd, odd_desk, "a", "b", "c")
    odd.add_rows("a", "d")
    if has_single_findings:
        odd.apart = [{"id": "b", "scan_id": SCAN_ID, "severity": "high"}]
    else:
        odd.refusals["finding"] = PAGE_404
    del odd.refusals["scan"], odd.refusals["findings"]
    odd_desk.watches.refresh(SCAN_ID)
    await odd_desk.pass_until(lambda: not tuple(scan.announced))
    expected = {"a", "b", "d"} if has_single_findings else {"a", "d"}
    assert {str(each) for each in scan.findings} == expected
    assert scan.severities[Severity.HIGH] == len(expected)
    dropped = [
        change.finding.id for change in odd_desk.changes if isinstance(change, FindingDropped)
    ]
    assert set(dropped) == {"a", "b", "c"} - expected


@pytest.mark.parametrize("listing", ["incomplete", "broken off", "empty"])
async def test_no_announced_row_leaves_for_a_listing_that_proves_nothing(
    odd: OddServer, odd_desk: WatchDesk, listing: str
) -> None:
    scan = await announced_by_stream(odd, odd_desk, "a", "b")
    del odd.refusals["scan"], odd.refusals["findings"]
    match listing:
        case "incomplete":
            odd.add_rows("d")
            odd.total = 3
        case "broken off":
            odd.add_rows(*map(str, range(odd.per_page + 1)))
            odd.refused_pages["2"] = FAULT
        case _:
            odd.refusals["finding"] = PAGE_404
    asked = odd.asked.count("findings")
    odd_desk.watches.refresh(SCAN_ID)
    await odd_desk.pass_until(lambda: odd.asked.count("findings") >= asked + 6)
    assert set(scan.announced) == {FindingId("a"), FindingId("b")}


async def test_announced_rows_that_cannot_be_asked_for_now_are_asked_for_later(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await announced_by_stream(odd, odd_desk, "a")
    del odd.refusals["scan"], odd.refusals["findings"]
    odd.refusals["finding"] = FAULT
    odd.add_rows("d")
    odd_desk.watches.refresh(SCAN_ID)
    await odd_desk.pass_until(lambda: "finding" in odd.asked)
    await odd_desk.pass_until(lambda: odd.asked.count("finding") >= 2)
    assert set(scan.announced) == {FindingId("a")}
    odd.refusals["finding"] = NOT_FOUND
    await odd_desk.pass_until(lambda: not tuple(scan.announced))


async def announced_by_stream(odd: OddServer, desk: WatchDesk, *ids: str) -> Scan:
    """Watch a scan that only its stream reports, and let it announce findings."""
    for kind in ("live", "scan", "findings"):
        odd.refusals[kind] = NOT_FOUND
    scan = known(desk, SCAN_ID)
    await desk.pass_until(lambda: bool(odd.streams))
    await odd.send(EVENT)
    for each in ids:
        reported = json.dumps({"finding_id": each, "title": each, "severity": "high"})
        await odd.send(f"event: finding_added\ndata: {reported}\n\n")
    await desk.pass_until(lambda: len(scan.findings) == len(ids))
    return scan


async def test_after_an_error_it_looks_three_times_more_and_calls_it_ended(serve: Serve) -> None:
    server, desk = serve()
    scan = watched(desk, server.story)
    await asyncio.to_thread(server.play, "failed")
    await desk.until(lambda: source(desk, scan) == "stream")
    before, passed_s = server.story.opened, desk.passed_s
    assert unattended(desk, scan).verdict() is None, "a retry may follow"

    await desk.pass_until(lambda: scan.is_settled)

    assert server.story.opened == before + SLOW_RECONNECTS
    assert desk.passed_s - passed_s >= 30
    answer = reported(desk, scan)
    assert (answer["status"], answer["announced"], answer["seen"]) == ("ended", None, 1)
    verdict = unattended(desk, scan).verdict()
    assert verdict is not None
    assert verdict[0] is Exit.FAILED
    assert "The model provider gave no answer" in verdict[1]


# -- errors of the documentation's form (D12) --


async def test_the_message_of_a_flat_error_is_read(odd: OddServer, odd_desk: WatchDesk) -> None:
    api = odd_desk.link.api
    for status, kind in ((400, RequestRefused), (500, ServerFault)):
        flat = json.dumps({"success": False, "code": status, "message": f"Because of {status}"})
        odd.refusals["scan"] = answer(status, "application/json", flat)
        with raises_saying(kind, match=f"Because of {status}"):
            await api.scan(SCAN_ID)


async def test_flat_errors_mean_what_their_status_says(serve: Serve) -> None:
    server, desk = serve(Kind.DOCUMENTED)
    with pytest.raises(NotVisible):
        await desk.link.api.finding(FindingId("unknown"))
    assert await desk.link.api.finding_events(FindingId("unknown")) == ()
    server.token = "another"  # noqa: S105 - an unknown one
    with pytest.raises(SignedOut):
        await desk.link.api.scan(ScanId(server.story.scan_id))


async def test_t61_a_documented_scan_that_runs_again_is_found_by_a_slow_look(serve: Serve) -> None:
    server, desk = serve(Kind.DOCUMENTED)
    server.story.stage("hunt", "running")
    server.story.complete()
    scan = desk.watch(server.story.scan_id)
    await desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    assert source(desk, scan) == "listing"

    server.story.stage("ingest", "running")
    server.story.find("critical")

    await desk.pass_until(lambda: scan.is_live, step_s=5)
    await desk.pass_until(lambda: scan.severities[Severity.CRITICAL] == 1)
    assert connection(scan) is not Connection.ENDED


async def test_t61_where_only_streams_tell_nothing_is_asked_after_the_end(serve: Serve) -> None:
    server, desk = serve(Kind.STREAM)
    server.story.stage("hunt", "running")
    server.story.complete()
    scan = desk.watch(server.story.scan_id)
    await desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    await desk.be_still()
    asked = len(server.asked)
    await time_passes(desk, 600, step_s=20)
    assert server.asked[asked:] == []
