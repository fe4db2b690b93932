"""The pages of the embedded server, and what else may answer in their place."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NotVisible,
    PageUnreadable,
    ServerFault,
    SignedOut,
)
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services.page_links import PageLinks
from heimdall_desktop.services.transport.clients import Clients
from heimdall_desktop.services.web_pages import PAGE_LIMIT_BYTES, WebPages
from tests.fakes.raw_server import answer, answering, raw_server
from tests.lab.server import LabServer

MIRA = "mira@example.test"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with LabServer() as running:
        running.add_account(MIRA, "long enough")
        yield running


@asynccontextmanager
async def pages(url: str, token: str = "") -> AsyncIterator[WebPages]:
    clients = Clients(ServerUrl(server_url(url)), lambda: token)
    yield WebPages(clients)
    await clients.aclose()


async def test_each_page_gives_its_links(server: LabServer) -> None:
    async with pages(server.url, server.new_session(MIRA)) as web:
        empty = await web.start()
        assert (empty.scans, empty.repos) == ((), ())
        scans = [ScanId(server.script_scan("shop", MIRA).id) for _ in range(3)]
        repo_id = RepoId(server.script_scan("web", MIRA).repo_id)
        assert (await web.start()).scans[1:] == tuple(reversed(scans))
        assert (await web.repos(1)).repos[0] == repo_id
        assert (await web.repos(2)).repos == ()
        assert len((await web.repo(repo_id, 1)).scans) == 1
        assert (await web.repo(repo_id, 2)).scans == ()


async def test_a_repository_of_others_is_not_visible(server: LabServer) -> None:
    async with pages(server.url, server.new_session(MIRA)) as web:
        with pytest.raises(NotVisible):
            await web.repo(RepoId(str(uuid4())), 1)


async def test_a_page_that_leads_to_the_sign_in_says_signed_out(server: LabServer) -> None:
    async with pages(server.url, "nobody's") as web:
        with pytest.raises(SignedOut):
            await web.start()


Ask = Callable[[WebPages], Awaitable[PageLinks]]


async def error_of(told: bytes, ask: Ask = WebPages.start) -> HeimdallError:
    async with raw_server(answering(told)) as raw, pages(raw.url) as web:
        with pytest.raises(HeimdallError) as caught:
            await ask(web)
        assert len(raw.asked) == 1
        return caught.value


@pytest.mark.parametrize(
    "told",
    [
        answer(200, "text/html", "<html><h1>Hotel Aurora</h1><a href='/accept'>Go on</a></html>"),
        answer(200, "text/html", ""),
        answer(200, "text/html; charset=utf-8", b"\xff\xfe\x00<" * 1000),
        answer(200, "text/html", "<!--" * 100_000),
        answer(200, "application/json", '{"success": true, "data": []}'),
        answer(200, "", "<a href='/repos'>x</a>"),
        answer(200, "text/html", "x" * (PAGE_LIMIT_BYTES + 1)),
        answer(302, "", "", {"Location": "https://portal.test/welcome"}),
        answer(301, "", ""),
        answer(404, "text/html", "<!DOCTYPE html>"),
        answer(204, "text/html", ""),
    ],
)
async def test_what_is_no_page_of_heimdall_is_told_and_offers_pasting(told: bytes) -> None:
    error = await error_of(told)
    assert type(error) is PageUnreadable
    assert cause(error)
    assert remedy(error) == "Paste scan links instead."


async def test_other_failures_are_what_they_always_are() -> None:
    assert type(await error_of(answer(502, "text/html", "<html>"))) is ServerFault
    assert type(await error_of(answer(401, "application/json", "{}"))) is SignedOut
    repos = await error_of(answer(302, "", "", {"Location": "/login?next=/repos"}), ask_repos)
    assert type(repos) is SignedOut


async def ask_repos(web: WebPages) -> PageLinks:
    return await web.repos(1)


async def test_redirects_are_not_followed_and_the_token_goes_nowhere_else() -> None:
    async with raw_server(answering(answer(200, "text/html", "<html>"))) as other:
        moved = answer(302, "", "", {"Location": f"{other.url}/login"})
        async with raw_server(answering(moved)) as raw, pages(raw.url, "secret") as web:
            with pytest.raises(SignedOut):
                await web.start()
            assert raw.asked[0].headers["authorization"] == "Bearer secret"
        assert other.asked == []
