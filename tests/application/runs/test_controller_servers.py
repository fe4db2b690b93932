"""The controller on servers without some routes, on two servers, and without a threat model."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from heimdall_desktop.application.discovery.discovery import ScanReader
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.choices import WatchedScan
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import (
    ServerUrl,
    Standing,
    TokenStanding,
    host_name,
    id_on_server,
    server_url,
)
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.domain.stages.stage_times import NO_TIMES
from heimdall_desktop.presentation.board.found_scans import ScanFinds
from heimdall_desktop.presentation.board.source_text import source_text
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from heimdall_desktop.presentation.panel.threat_rows import making_stage
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.transport.clients import Clients
from tests.fakes.controller_desk import ControllerDesk, later_session
from tests.fakes.documented_server import DocumentedServer, Kind, Lack, Serve, documented_servers
from tests.fakes.findings import make_finding
from tests.fakes.hand_server import SCAN_ID, HandServer, hand_server
from tests.fakes.raw_server import answer, answering, raw_server
from tests.fakes.scan_links import scan_links
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.fakes.watch_desk import connection
from tests.lab.server import LabServer

UNKNOWN = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
scan_reader = partial(
    ScanReader, clock=lambda: 0.0, now=lambda: datetime.now(UTC), usual=lambda _scan: NO_TIMES
)


@pytest.fixture
def serve() -> Iterator[Serve]:
    with documented_servers() as serve:
        yield serve


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    desk = ControllerDesk(tmp_path)
    yield desk
    await desk.aclose()


async def use_token(
    desk: ControllerDesk, server: DocumentedServer, token: str = ""
) -> ServerSession:
    controller = desk.controller
    refused = await desk.answer(
        lambda on_answer: controller.request_token(
            server.url, token or server.token, is_kept=True, on_answer=on_answer
        )
    )
    assert refused is None
    return desk.accounts.require_in_use()


def token_state(desk: ControllerDesk) -> tuple[Standing, bool]:
    state = desk.server_states[-1]
    assert state is not None
    return state.standing, state.is_token_refused


@pytest.mark.parametrize("lack", [Lack.JSON, Lack.HTML])
async def test_one_answer_proves_a_token(serve: Serve, desk: ControllerDesk, lack: Lack) -> None:
    server = serve(lack=lack)
    link = await use_token(desk, server)
    assert (link.account, link.is_proven, desk.accounts_moved) == ("", False, 1)

    server.play("published")
    assert await desk.watch(server.story.scan_id) is None

    assert link.is_proven
    assert desk.accounts_moved == 2


async def test_responses_show_whether_a_token_is_good(serve: Serve, desk: ControllerDesk) -> None:
    server = serve()
    server.play("published")
    link = await use_token(desk, server, "another")
    known = [link.token_standing]
    desk.watch_new_scans(is_on=False)
    assert isinstance(await desk.watch(server.story.scan_id), errors.SignedOut)
    assert token_state(desk) == (Standing.SIGNED_OUT, True)

    await use_token(desk, server)
    assert token_state(desk) == (Standing.GOOD, False)
    known.append(link.token_standing)
    assert await desk.watch(server.story.scan_id) is None
    known.append(link.token_standing)
    await desk.answer(desk.controller.request_sign_out, link.url)
    known.append(link.token_standing)
    uncheckable = TokenStanding.UNCHECKABLE
    assert known == [uncheckable, uncheckable, TokenStanding.GOOD, None]


async def test_an_account_named_by_the_server_is_good(serve: Serve, desk: ControllerDesk) -> None:
    link = await use_token(desk, serve(Kind.DOCUMENTED))
    assert link.account
    assert link.token_standing is TokenStanding.GOOD


async def test_an_expired_token_is_not_called_refused(serve: Serve, desk: ControllerDesk) -> None:
    server = serve()
    server.play("published")
    await use_token(desk, server)
    assert await desk.watch(server.story.scan_id) is None
    server.token = "another"  # noqa: S105 - no one's
    assert isinstance(await desk.watch(server.story.scan_id), errors.SignedOut)
    assert token_state(desk) == (Standing.SIGNED_OUT, False)


async def test_there_is_no_sign_in_by_password(serve: Serve, desk: ControllerDesk) -> None:
    server = serve()
    refused = await desk.sign_in(server.url, "mira@example.test", "long enough")
    assert isinstance(refused, errors.RouteMissing)
    host = host_name(server_url(server.url))
    assert cause(refused) == f"{host} doesn't offer password sign-in."
    assert remedy(refused) == "Paste a token instead."


@pytest.mark.parametrize("kind", list(Kind))
async def test_a_scan_is_added_by_its_id(serve: Serve, desk: ControllerDesk, kind: Kind) -> None:
    server = serve(kind)
    await use_token(desk, server)
    server.play("published")

    assert await desk.watch(f"{server.url}/scans/{server.story.scan_id}") is None
    await desk.until(lambda: bool(desk.scan(server.story.scan_id).findings))

    assert source_text(desk.scan(server.story.scan_id))


@pytest.mark.parametrize("lack", [Lack.JSON, Lack.TEXT, Lack.PAGE_200])
@pytest.mark.parametrize("kind", list(Kind))
async def test_an_absent_scan_is_not_added(
    serve: Serve, desk: ControllerDesk, kind: Kind, lack: Lack
) -> None:
    await use_token(desk, serve(kind, lack=lack))
    refused = await desk.watch(UNKNOWN)
    assert isinstance(refused, errors.NotVisible)
    assert len(desk.store) == 0


async def test_what_links_lead_to_is_named_without_more_routes(serve: Serve) -> None:
    stream, documented = serve(), serve(Kind.DOCUMENTED)
    documented.play("forty-two")
    found = []
    for server in (stream, documented):
        link = ServerSession(server_url(server.url), lambda: 0.0)
        link.use_token(server.token, "")
        found.append(await scan_reader(link).read_named(ScanId(server.story.scan_id)))
        await link.aclose()

    assert found[0] is not None
    assert (found[0].words, found[0].counts) == ("known only from its stream", None)
    assert found[1] is not None
    assert found[1].repo.name == documented.story.repo_id
    assert found[1].counts is not None
    assert found[1].counts.total == 42


async def test_missing_routes_are_not_requested(serve: Serve, desk: ControllerDesk) -> None:
    server = serve()
    await use_token(desk, server)
    server.play("published")
    assert await desk.watch(server.story.scan_id) is None
    scan = desk.scan(server.story.scan_id)
    await desk.until(lambda: scan.outcome is Outcome.COMPLETED)
    asked, controller = len(server.asked), desk.controller
    [found] = scan.findings

    answers: asyncio.Queue[Any] = asyncio.Queue()
    controller.scans.request_events(found, answers.put_nowait)
    controller.scans.request_patches(scan.id, answers.put_nowait)
    controller.scans.request_threat_model(scan.id, answers.put_nowait)
    controller.scans.request_cancel(scan.id, answers.put_nowait)

    reported = {str(cause(await answers.get())) for _ in range(4)}
    assert reported == {
        "This server announces findings but doesn't list them.",
        "This server doesn't offer patches.",
        "This server doesn't offer the threat model.",
        "This server doesn't support cancelling scans.",
    }
    lacking = ("/events", "/patches", "/threat-model", "/cancel")
    assert not [line for line in server.asked[asked:] if line.endswith(lacking)]


@pytest.mark.parametrize("lack", list(Lack))
async def test_without_pages_there_is_no_list(
    serve: Serve, desk: ControllerDesk, lack: Lack
) -> None:
    await use_token(desk, serve(lack=lack))
    finds: asyncio.Queue[ScanFinds] = asyncio.Queue()
    desk.controller.discovery.request_newest(finds.put_nowait)
    found = await finds.get()
    assert found.is_done
    assert found.error is not None
    assert "Paste scan links instead." in error_text(found.error)


# -- over a restart, with the real history --


def looks(scan: Scan) -> tuple[Any, ...]:
    """What has to be the same again."""
    return (
        scan.source,
        scan.status,
        scan.outcome,
        scan.findings,
        scan.announced_counts,
        scan.gaps,
        scan.end_seen and (scan.end_seen.stamped_at, scan.end_seen.is_complete),
        [(stage.name, stage.state, stage.started_at, stage.ended_at) for stage in scan.stages],
    )


async def watched_to_its_end(desk: ControllerDesk, server: DocumentedServer, story: str) -> Scan:
    await use_token(desk, server)
    assert await desk.watch(server.story.scan_id) is None
    scan = desk.scan(server.story.scan_id)
    await asyncio.to_thread(server.story.until_listened)
    await asyncio.to_thread(server.play, story)
    await desk.until(lambda: not scan.is_live and scan.source is not None)
    await desk.until(lambda: scan.connection is not None)
    return scan


@pytest.mark.parametrize("story", ["gap", "thirty-seven-of-forty-two", "failed", "nothing-found"])
async def test_a_streamed_scan_comes_back_as_it_was(desk: ControllerDesk, story: str) -> None:
    with DocumentedServer() as server:
        scan = await watched_to_its_end(desk, server, story)
        before = looks(scan)
        await desk.aclose()
    async with later_session(desk) as second:  # the server is away by now
        back = second.scan(scan.id)
        await second.until(lambda: len(back.findings) == len(scan.findings))
        assert looks(back) == before
        assert all(finding.is_announced for finding in back.findings.values())
        assert {stage.state for stage in back.stages} >= {StageState.NOT_REPORTED}


async def test_a_time_between_two_sessions_is_a_gap(serve: Serve, desk: ControllerDesk) -> None:
    server = serve()
    await use_token(desk, server)
    assert await desk.watch(server.story.scan_id) is None
    scan = desk.scan(server.story.scan_id)
    await asyncio.to_thread(server.story.until_listened)
    server.story.stage("hunt", "running")
    server.story.announce("critical", "Before")
    await desk.until(lambda: bool(scan.findings))
    await desk.aclose()
    server.story.announce("high", "Meanwhile")
    server.story.forget()
    async with later_session(desk) as second:
        back = second.scan(scan.id)
        await second.until(lambda: len(back.gaps) == 1)
        assert [finding.title for finding in back.findings.values()] == ["Before"]
        assert back.gaps[0].ended_at > back.gaps[0].began_at
        await second.until(lambda: connection(back) in (Connection.LIVE, Connection.CONNECTING))


async def test_a_listed_scan_comes_back_as_it_was(desk: ControllerDesk) -> None:
    with DocumentedServer(Kind.DOCUMENTED) as server:
        scan = await watched_to_its_end(desk, server, "forty-two")
        await desk.until(lambda: scan.is_checked_to_the_end and len(scan.findings) == 42)
        source, stages = scan.source, [(stage.name, stage.state) for stage in scan.stages]
        await desk.aclose()
    async with later_session(desk) as second:
        back = second.scan(scan.id)
        await second.until(lambda: back.is_checked_to_the_end)
        assert back.source is source
        assert [(stage.name, stage.state) for stage in back.stages] == stages
        assert len(back.findings) == 42


HOLE = "c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5"
OTHER_SCAN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    session = ControllerDesk(tmp_path)
    await session.begin()
    yield session
    await session.aclose()


class Pair(Struct):
    """Two servers, each with a scan of one id and a finding of one id in it, and a session."""

    desk: ControllerDesk
    good: HandServer
    evil: HandServer


@pytest.fixture
async def pair(session: ControllerDesk) -> AsyncIterator[Pair]:
    async with hand_server(status="completed") as good, hand_server(status="completed") as evil:
        good.add_rows(HOLE, severity="critical", title="Good's hole")
        evil.add_rows(HOLE, severity="low", title="Evil's nothing", status="dismissed")
        yield Pair(session, good, evil)


async def watch(desk: ControllerDesk, server: HandServer) -> Scan:
    link = desk.controller.use_server(server.url, "0" * 64)
    [scan_id] = await desk.controller.watch_links(link, scan_links(SCAN_ID))
    scan = desk.scan(scan_id)
    await desk.until(lambda: bool(scan.findings))
    return scan


def reported(scan: Scan) -> list[tuple[str, Severity]]:
    return [(finding.title, finding.severity) for finding in scan.findings.values()]


@pytest.mark.parametrize("is_evil_first", [False, True])
async def test_the_same_ids_on_two_servers_are_two_scans(pair: Pair, is_evil_first: bool) -> None:
    good, evil = pair.good, pair.evil
    order = (evil, good) if is_evil_first else (good, evil)
    scans = {server.url: await watch(pair.desk, server) for server in order}
    mine, other = scans[good.url], scans[evil.url]

    assert len(pair.desk.store) == 2
    assert reported(mine) == [("Good's hole", Severity.CRITICAL)]
    assert reported(other) == [("Evil's nothing", Severity.LOW)]
    [hole], [nothing] = mine.findings, other.findings
    assert pair.desk.store.finding(hole) is mine.findings[hole]
    assert pair.desk.store.finding(nothing) is other.findings[nothing]
    for server in (good, evil):
        assert all("@" not in target for target in server.targets)


async def test_to_stop_one_leaves_the_other(pair: Pair) -> None:
    good, evil = pair.good, pair.evil
    mine, other = await watch(pair.desk, good), await watch(pair.desk, evil)
    pair.desk.controller.request_stop(other.id)
    assert list(pair.desk.store) == [mine]
    assert reported(mine) == [("Good's hole", Severity.CRITICAL)]
    assert pair.desk.controller.preferences.settings.watched == (WatchedScan(good.url, SCAN_ID),)


async def test_late_answers_of_one_say_nothing_of_the_other(pair: Pair) -> None:
    good, evil = pair.good, pair.evil
    await watch(pair.desk, evil)
    evil.holds |= {"live", "findings", "scan"}
    pair.desk.controller.request_refresh(SCAN_ID)
    await evil.until_asked(len(evil.asked) + 1)
    await pair.desk.answer(pair.desk.controller.request_sign_out, evil.url)
    pair.desk.controller.request_stop(SCAN_ID)
    mine = await watch(pair.desk, good)
    evil.release()
    await evil.aclose()
    assert reported(mine) == [("Good's hole", Severity.CRITICAL)]
    assert [scan.server for scan in pair.desk.store] == [good.url]


async def test_each_comes_back_as_what_it_was(pair: Pair) -> None:
    good, evil = pair.good, pair.evil
    known = {server.url: (await watch(pair.desk, server)).id for server in (pair.good, pair.evil)}
    async with later_session(pair.desk) as second:
        assert {scan.server: scan.id for scan in second.store} == known
        await second.until(lambda: all(scan.findings for scan in second.store))
        assert reported(second.scan(known[good.url])) == [("Good's hole", Severity.CRITICAL)]
        assert reported(second.scan(known[evil.url])) == [("Evil's nothing", Severity.LOW)]


async def test_facts_of_an_earlier_session_stay_with_their_server(pair: Pair) -> None:
    good, evil = pair.good, pair.evil
    other = await watch(pair.desk, evil)
    hole = make_finding(1, id=FindingId(HOLE), scan_id=other.id, severity=Severity.CRITICAL)
    pair.desk.write_down([FindingAdded(hole)])
    pair.desk.controller.request_stop(other.id)
    async with later_session(pair.desk) as second:
        [line] = second.inbox.lines
        mine = await watch(second, good)
        second.write_down([FindingAdded(each) for each in mine.findings.values()])
        assert line in second.inbox.lines
        titles = [each.title for each in second.inbox.lines if each != line]
        assert titles == ["Critical: Good's hole"]
        assert second.store.finding(line.finding_id) is None
    async with later_session(second) as third:
        assert [(scan.server, scan.id) for scan in third.store] == [(good.url, mine.id)]


async def test_a_line_of_the_inbox_stays_that_of_its_own_scan(pair: Pair) -> None:
    good, evil = pair.good, pair.evil
    pair.desk.on_changes = pair.desk.write_down
    mine = await watch(pair.desk, good)
    [hole] = mine.findings
    line = InboxLine(hole, "Critical: Good's hole", "", mine.id, "shop", hole, pair.desk.now())
    pair.desk.inbox.put(line)
    pair.desk.policy.recall((), [line])
    await watch(pair.desk, evil)
    pair.desk.store.observe(FindingsListed(mine.id, 0.0, ()))
    assert pair.desk.inbox.line(hole) == line


async def test_an_answer_about_another_scan_is_none_about_this_one(pair: Pair) -> None:
    good, evil = pair.good, pair.evil
    mine = await watch(pair.desk, good)
    foreign = answer(
        200,
        "application/json",
        f'{{"success": true, "data": {{"id": "{OTHER_SCAN}", "repo_id": "r", "status": "failed",'
        ' "created_at": "2026-07-04T08:00:09Z", "updated_at": "2026-07-04T08:00:09Z"}}}',
        {"Connection": "close"},
    )
    evil.refusals["scan"] = foreign
    evil.rows = [{"id": HOLE, "scan_id": OTHER_SCAN, "severity": "low"}]
    link = pair.desk.controller.use_server(evil.url, "0" * 64)
    [scan_id] = await pair.desk.controller.watch_links(link, scan_links(SCAN_ID))
    other = pair.desk.scan(scan_id)
    await pair.desk.until(
        lambda: other.sync_status.unreadable > 0 or evil.asked.count("findings") > 3
    )
    assert other.status != "failed"
    assert not other.findings
    assert reported(mine) == [("Good's hole", Severity.CRITICAL)]


async def test_two_scans_of_a_server_keep_equal_ids_apart(session: ControllerDesk) -> None:
    one, two = (
        Scan(ScanId(each), ServerUrl("https://one.example")) for each in (SCAN_ID, OTHER_SCAN)
    )
    for scan, severity in ((one, "critical"), (two, "low")):
        session.store.add(scan)
        row = make_finding(1, scan_id=scan.id, severity=Severity(severity))
        session.store.observe(FindingsListed(scan.id, 1.0, (row,)))
    [first], [second] = one.findings, two.findings
    assert first != second
    assert id_on_server(second) == first
    assert one.findings[first].severity is Severity.CRITICAL
    session.store.observe(FindingsListed(two.id, 2.0, (make_finding(1, scan_id=two.id),)))
    assert len(two.findings) == 1
    session.store.remove(one.id)
    assert session.store.finding(FindingId(second)) is two.findings[second]


EMAIL, PASSWORD = "mira@example.test", "long enough"
UNWATCHED = ScanId("00000000-0000-4000-8000-000000000000")


Told = ThreatModel | KeptThreatModel | errors.HeimdallError


async def asked(desk: ControllerDesk, scan_id: ScanId) -> Told:
    answers: asyncio.Queue[Told] = asyncio.Queue()
    desk.controller.scans.request_threat_model(scan_id, answers.put_nowait)
    async with asyncio.timeout(WAIT_LIMIT_S):
        return await answers.get()


async def test_a_recording_has_one_once_tyr_has_ended(desk: ControllerDesk) -> None:
    assert await desk.answer(desk.controller.request_demo) is None
    await desk.until(lambda: any(scan.name == "harbor-checkout" for scan in desk.store))
    scan = next(scan for scan in desk.store if scan.name == "harbor-checkout")
    await desk.until(lambda: making_stage(scan).state is StageState.COMPLETED)
    model = await asked(desk, scan.id)
    assert isinstance(model, ThreatModel)
    assert model.summary
    assert len(model.surfaces) > 1
    assert model.boundaries
    assert model.flows
    assert any(surface.file and surface.line for surface in model.surfaces)
    files = {surface.file for surface in model.surfaces}
    await desk.until(lambda: any(f.file_path in files for f in scan.findings.values()))


async def test_an_unwatched_scan_has_no_threat_model(desk: ControllerDesk) -> None:
    assert isinstance(await asked(desk, UNWATCHED), errors.NotVisible)


async def test_missing_and_odd_answers_are_errors_of_ours() -> None:
    missing = '{"success": false, "error": {"code": 404, "message": "No threat model"}}'
    for status, body, kind in (
        (404, missing, errors.NotVisible),
        (200, '{"data": []}', errors.WireError),
    ):
        async with raw_server(answering(answer(status, "application/json", body))) as raw:
            clients = Clients(raw.url, lambda: "token")
            with pytest.raises(kind):
                await HeimdallApi(clients, lambda: 1.0).threat_model(UNWATCHED)
            await clients.aclose()
            assert raw.asked[0].target == f"/api/scans/{UNWATCHED}/threat-model"


async def test_a_threat_model_outlives_a_restart_and_its_server(desk: ControllerDesk) -> None:
    desk.controller.scans.on_threat_model = desk.history_writer.keep_threat_model
    with LabServer() as server:
        server.add_account(EMAIL, PASSWORD)
        assert await desk.sign_in(server.url, EMAIL, PASSWORD) is None
        script = server.script_scan("shop", EMAIL).run_until("hunt")
        row = server.database.scan(script.id)
        assert row is not None
        server.database.add_threat_model(
            row, summary="A shop.", boundaries=[], surfaces=[{"name": "Login"}], data_flows=[]
        )
        scan_id = ScanId(script.id)
        await desk.watch(script.id)
        await desk.until(lambda: desk.store.has_listed_once(scan_id))
        model = await asked(desk, scan_id)
        assert isinstance(model, ThreatModel)
        await desk.aclose()

    async with later_session(desk) as second:
        kept = await asked(second, scan_id)
        assert isinstance(kept, KeptThreatModel)
        assert kept.model == model
        assert isinstance(kept.error, errors.ServerUnreachable)

    signed_out = ControllerDesk(desk.profile)
    signed_out.store.add(Scan(scan_id, server_url(server.url)))
    kept = await asked(signed_out, scan_id)
    assert isinstance(kept, KeptThreatModel)
    assert kept.error is not None
    assert cause(kept.error) == f"Not connected to {server.url}."
    await signed_out.aclose()
