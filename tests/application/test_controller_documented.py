"""Signing in, adding scans and coming back where a server does only what is documented."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from heimdall_desktop.application.scan_reader import ScanReader, described
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import NotVisible, RouteMissing, SignedOut
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import (
    Standing,
    TokenStanding,
    host_name,
    server_url,
)
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.domain.stages.stage_times import NO_TIMES
from heimdall_desktop.presentation.board.discovery import ScanFinds
from heimdall_desktop.presentation.board.source_text import source_text
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from tests.fakes.controller_desk import ControllerDesk
from tests.fakes.documented_server import DocumentedServer, Kind, Lack, Serve, documented_servers

UNKNOWN = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
DESCRIBE = partial(
    described, clock=lambda: 0.0, now=lambda: datetime.now(UTC), usual=lambda _scan: NO_TIMES
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
    link = desk.accounts.in_use
    assert link is not None
    return link


@pytest.mark.parametrize("lack", [Lack.JSON, Lack.HTML])
async def test_a_pasted_token_is_proven_by_the_first_protected_answer(
    serve: Serve, desk: ControllerDesk, lack: Lack
) -> None:
    server = serve(lack=lack)
    link = await use_token(desk, server)
    assert (link.account, link.is_proven, desk.accounts_moved) == ("", False, 1)

    server.play("published")
    assert await desk.watch(server.story.scan_id) is None

    assert link.is_proven
    assert desk.accounts_moved == 2


async def test_what_is_known_of_a_token_that_the_server_cannot_check_goes_with_its_answers(
    serve: Serve, desk: ControllerDesk
) -> None:
    server = serve()
    server.play("published")
    link = await use_token(desk, server, "another")
    known = [link.token_standing]
    desk.watch_new_scans(is_on=False)
    assert isinstance(await desk.watch(server.story.scan_id), SignedOut)
    state = desk.server_states[-1]
    assert state is not None
    assert (state.standing, state.is_token_refused) == (Standing.SIGNED_OUT, True)

    await use_token(desk, server)
    state = desk.server_states[-1]
    assert state is not None
    assert (state.standing, state.is_token_refused) == (Standing.GOOD, False)
    known.append(link.token_standing)
    assert await desk.watch(server.story.scan_id) is None
    known.append(link.token_standing)
    await desk.answer(lambda answer: desk.controller.request_sign_out(link.url, answer))
    known.append(link.token_standing)
    uncheckable = TokenStanding.UNCHECKABLE
    assert known == [uncheckable, uncheckable, TokenStanding.GOOD, None]


async def test_an_account_that_the_server_names_is_proven(
    serve: Serve, desk: ControllerDesk
) -> None:
    link = await use_token(desk, serve(Kind.DOCUMENTED))
    assert link.account
    assert link.token_standing is TokenStanding.GOOD


async def test_a_token_that_was_good_once_is_not_called_refused_when_it_has_run_out(
    serve: Serve, desk: ControllerDesk
) -> None:
    server = serve()
    server.play("published")
    await use_token(desk, server)
    assert await desk.watch(server.story.scan_id) is None
    server.token = "another"  # noqa: S105 - nobody's
    assert isinstance(await desk.watch(server.story.scan_id), SignedOut)
    state = desk.server_states[-1]
    assert state is not None
    assert (state.standing, state.is_token_refused) == (Standing.SIGNED_OUT, False)


async def test_there_is_no_sign_in_by_password(serve: Serve, desk: ControllerDesk) -> None:
    server = serve()
    refused = await desk.sign_in(server.url, "mira@example.test", "long enough")
    assert isinstance(refused, RouteMissing)
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
async def test_a_scan_that_does_not_exist_is_not_added(
    serve: Serve, desk: ControllerDesk, kind: Kind, lack: Lack
) -> None:
    await use_token(desk, serve(kind, lack=lack))
    refused = await desk.watch(UNKNOWN)
    assert isinstance(refused, NotVisible)
    assert len(desk.store) == 0


async def test_what_links_lead_to_is_named_without_more_routes(serve: Serve) -> None:
    stream, documented = serve(), serve(Kind.DOCUMENTED)
    documented.play("forty-two")
    found = []
    for server in (stream, documented):
        link = ServerSession(server_url(server.url), lambda: 0.0)
        link.use_token(server.token, "")
        found.append(await ScanReader(link, DESCRIBE).read_named(ScanId(server.story.scan_id)))
        await link.aclose()

    assert found[0] is not None
    assert (found[0].words, found[0].counts) == ("known only from its stream", None)
    assert found[1] is not None
    assert found[1].repo.name == documented.story.repo_id
    assert found[1].counts is not None
    assert found[1].counts.total == 42


async def test_what_is_lacking_is_not_asked_for(serve: Serve, desk: ControllerDesk) -> None:
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

    told = {str(cause(await answers.get())) for _ in range(4)}
    assert told == {
        "This server announces findings but doesn't list them.",
        "This server doesn't offer patches.",
        "This server doesn't offer the threat model.",
        "This server doesn't support cancelling scans.",
    }
    lacking = ("/events", "/patches", "/threat-model", "/cancel")
    assert not [line for line in server.asked[asked:] if line.endswith(lacking)]


@pytest.mark.parametrize("lack", list(Lack))
async def test_a_server_without_pages_says_that_it_lists_no_scans(
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
async def test_a_scan_known_by_its_stream_comes_back_as_it_was(
    serve: Serve, tmp_path: Path, story: str
) -> None:
    first = ControllerDesk(tmp_path)
    with DocumentedServer() as server:
        scan = await watched_to_its_end(first, server, story)
        before = looks(scan)
        await first.aclose()

    second = ControllerDesk(tmp_path, first.keyring)  # the server is away by now
    await second.begin()
    try:
        back = second.scan(scan.id)
        await second.until(lambda: len(back.findings) == len(scan.findings))
        assert looks(back) == before
        assert all(finding.is_announced for finding in back.findings.values())
        assert {stage.state for stage in back.stages} >= {StageState.NOT_REPORTED}
    finally:
        await second.aclose()


async def test_what_is_announced_between_two_sessions_is_a_gap(
    serve: Serve, tmp_path: Path
) -> None:
    server, first = serve(), ControllerDesk(tmp_path)
    await use_token(first, server)
    assert await first.watch(server.story.scan_id) is None
    scan = first.scan(server.story.scan_id)
    await asyncio.to_thread(server.story.until_listened)
    server.story.stage("hunt", "running")
    server.story.announce("critical", "Before")
    await first.until(lambda: bool(scan.findings))
    await first.aclose()

    server.story.announce("high", "Meanwhile")
    server.story.forget()
    second = ControllerDesk(tmp_path, first.keyring)
    await second.begin()
    try:
        back = second.scan(scan.id)
        await second.until(lambda: len(back.gaps) == 1)
        assert [finding.title for finding in back.findings.values()] == ["Before"]
        assert back.gaps[0].ended_at > back.gaps[0].began_at
        await second.until(
            lambda: (
                back.connection is not None
                and back.connection.connection in (Connection.LIVE, Connection.CONNECTING)
            )
        )
    finally:
        await second.aclose()


async def test_a_scan_of_the_documented_api_comes_back_as_it_was(
    serve: Serve, tmp_path: Path
) -> None:
    first = ControllerDesk(tmp_path)
    with DocumentedServer(Kind.DOCUMENTED) as server:
        scan = await watched_to_its_end(first, server, "forty-two")
        await first.until(lambda: scan.is_checked_to_the_end and len(scan.findings) == 42)
        source, stages = scan.source, [(stage.name, stage.state) for stage in scan.stages]
        await first.aclose()

    second = ControllerDesk(tmp_path, first.keyring)
    await second.begin()
    try:
        back = second.scan(scan.id)
        await second.until(lambda: back.is_checked_to_the_end)
        assert back.source is source
        assert [(stage.name, stage.state) for stage in back.stages] == stages
        assert len(back.findings) == 42
    finally:
        await second.aclose()
