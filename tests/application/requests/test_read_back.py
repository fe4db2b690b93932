"""What came of a change is read back where its answer was lost; it is asked for once (T-55)."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest

from heimdall_desktop.application.requests.read_back import add_comment, create_repo, start_scan
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import HeimdallError, OutcomeUnknown, ServerUnreachable
from heimdall_desktop.domain.facts.finding import FindingId, RepoId
from heimdall_desktop.domain.facts.server import server_url
from tests.fakes.desk_parts import raises_saying
from tests.fakes.fault_proxy import fault_proxy
from tests.fakes.raw_server import Asked, answer, raw_server
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

EMAIL, PASSWORD = "mira@example.test", "long enough"
NOWHERE = "00000000-0000-4000-8000-000000000000"
FOLDER = "file:///nowhere/at/all"
LOST = Fault(Shape.CLOSED, "repo")
FIRST_CHECK = Fault(Shape.LATE, "other")
NO_PAGES = Fault(Shape.PAGE, "other", times=None)
EMPTY_PAGES = Fault(Shape.EMPTY, "other", times=None)


@pytest.fixture
def server() -> Iterator[LabServer]:
    with LabServer() as running:
        running.add_account(EMAIL, PASSWORD)
        yield running


@pytest.fixture
async def link(server: LabServer) -> AsyncIterator[ServerSession]:
    made = ServerSession(server_url(server.url), time.monotonic)
    made.use_token(server.new_session(EMAIL), EMAIL)
    yield made
    await made.aclose()


async def repos(link: ServerSession) -> list[RepoId]:
    return list((await link.pages.repos(1)).repos)


@pytest.mark.parametrize(
    "lost",
    [
        Fault(Shape.CUT, "repo", after_bytes=0),
        Fault(Shape.CUT, "repo", after_bytes=9),
        Fault(Shape.TRUNCATED, "repo", after_bytes=9),
    ],
    ids=["no byte", "half", "unreadable"],
)
@pytest.mark.parametrize("has_others", [False, True])
async def test_a_repository_that_was_added_is_found(
    server: LabServer, link: ServerSession, lost: Fault, has_others: bool
) -> None:
    if has_others:
        await create_repo(link, "here", FOLDER)
    before = await repos(link)
    server.requests.reset()
    server.faults.add(lost)
    made = await create_repo(link, "here", FOLDER)
    assert set(await repos(link)) - set(before) == {made}
    assert server.faults.armed == ()


@pytest.mark.parametrize(
    ("faults", "kind", "text"),
    [
        ([LOST], ServerUnreachable, "No repository was added. Try again."),
        ([Fault(Shape.PAGE, "repo", status=504)], ServerUnreachable, "No repository was added."),
        ([LOST, NO_PAGES], OutcomeUnknown, "It may have been added. Adding it again does no harm."),
        (
            [LOST, FIRST_CHECK, NO_PAGES],
            OutcomeUnknown,
            "It may have been added. Adding it again does no harm.",
        ),
        (
            [LOST, FIRST_CHECK, EMPTY_PAGES],
            OutcomeUnknown,
            "It may have been added. Adding it again does no harm.",
        ),
    ],
    ids=["lost", "504", "no pages", "no pages afterwards", "empty pages afterwards"],
)
async def test_a_repository_that_is_not_there_is_not_added_or_unknown(
    server: LabServer,
    link: ServerSession,
    faults: list[Fault],
    kind: type[HeimdallError],
    text: str,
) -> None:
    server.script_scan("shop", EMAIL)
    server.faults.add(*faults)
    with raises_saying(kind, match=text) as caught:
        await create_repo(link, "here", FOLDER)
    assert type(caught.value) is kind
    assert server.requests.by_kind["repo"] == 1
    server.faults.clear()
    assert len(await repos(link)) == 1


async def test_a_repository_added_by_another_program_is_not_ours(server: LabServer) -> None:
    async with fault_proxy(urlsplit(server.url).port or 0) as proxy:
        link = ServerSession(server_url(proxy.url), time.monotonic)
        link.use_token(server.new_session(EMAIL), EMAIL)
        server.faults.add(LOST)

        def add_another(target: str) -> None:
            if target == "/api/repos":
                server.script_scan("shop", EMAIL)

        proxy.meets = add_another
        with raises_saying(ServerUnreachable, match="No repository was added"):
            await create_repo(link, "here", FOLDER)
        assert len(await repos(link)) == 1
        await link.aclose()


async def test_t70_a_list_that_is_empty_afterwards_does_not_say_that_no_scan_was_started(
    server: LabServer, link: ServerSession
) -> None:
    repo_id = RepoId(server.script_scan("shop", EMAIL).repo_id)
    server.faults.add(LOST, FIRST_CHECK, EMPTY_PAGES)
    with raises_saying(
        OutcomeUnknown, match="It may have been started. Check before you start another one."
    ):
        await start_scan(link, repo_id)


async def test_a_repositorys_first_scan_is_found(server: LabServer, link: ServerSession) -> None:
    repo_id = await create_repo(link, "here", FOLDER)
    server.faults.add(Fault(Shape.CUT, "repo", after_bytes=0))
    scan_id = await start_scan(link, repo_id)
    assert (await link.api.scan(scan_id)).repo_id == repo_id
    assert (await link.pages.repo(repo_id, 1)).scans == (scan_id,)


@pytest.mark.parametrize("text", ["nul\0 in it", "x" * 1_000_000], ids=["nul", "1 MB"])
async def test_t55_t76_a_comment_that_is_stored_differently_is_found(
    server: LabServer, link: ServerSession, text: str
) -> None:
    script = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1)
    server.faults.add(Fault(Shape.CUT, "triage", after_bytes=0))
    await add_comment(link, FindingId(script.finding_ids[0]), text)
    [event] = server.database.finding_events(script.finding_ids[0])
    assert event.comment == text.replace("\0", "")


async def test_of_several_scans_that_were_started_meanwhile_none_is_taken_for_ours() -> None:
    started = [NOWHERE]

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.method == "POST":
            started.extend([NOWHERE[:-1] + "1", NOWHERE[:-1] + "2"])
            writer.write(answer(500, "application/json", b'{"success": false, "error": "x"}'))
            return
        links = "".join(f'<a href="/scans/{each}">scan</a>' for each in started)
        writer.write(answer(200, "text/html", f"<!DOCTYPE html><main>{links}</main>".encode()))

    async with raw_server(script) as server:
        link = ServerSession(server_url(server.url), time.monotonic)
        link.use_token("token", EMAIL)
        with raises_saying(
            OutcomeUnknown, match="2 scans of this repository were started in the meantime"
        ):
            await start_scan(link, RepoId(NOWHERE))
        await link.aclose()
