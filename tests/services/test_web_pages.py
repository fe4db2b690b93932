"""The pages of the embedded server, and what else may answer in their place."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services.page_links import LINKS_LIMIT, TAGS_LIMIT, PageLinks, page_links
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


async def test_what_this_account_may_not_see_has_its_own_errors(server: LabServer) -> None:
    async with pages(server.url, server.new_session(MIRA)) as web:
        with pytest.raises(errors.NotVisible):
            await web.repo(RepoId(str(uuid4())), 1)
    async with pages(server.url, "unknown") as web:
        with pytest.raises(errors.SignedOut):
            await web.start()


Ask = Callable[[WebPages], Awaitable[PageLinks]]


async def error_of(reported: bytes, ask: Ask = WebPages.start) -> errors.HeimdallError:
    async with raw_server(answering(reported)) as raw, pages(raw.url) as web:
        with pytest.raises(errors.HeimdallError) as caught:
            await ask(web)
        assert len(raw.asked) == 1
        return caught.value


@pytest.mark.parametrize(
    "reported",
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
async def test_a_foreign_page_is_an_error_that_offers_pasting(reported: bytes) -> None:
    error = await error_of(reported)
    assert type(error) is errors.PageUnreadable
    assert cause(error)
    assert remedy(error) == "Paste scan links instead."


async def test_other_failures_are_what_they_always_are() -> None:
    assert type(await error_of(answer(502, "text/html", "<html>"))) is errors.ServerFault
    assert type(await error_of(answer(401, "application/json", "{}"))) is errors.SignedOut
    signing_in = answer(302, "", "", {"Location": "/login?next=/repos"})
    assert type(await error_of(signing_in, lambda web: web.repos(1))) is errors.SignedOut


async def test_redirects_are_not_followed_and_the_token_goes_nowhere_else() -> None:
    async with raw_server(answering(answer(200, "text/html", "<html>"))) as other:
        moved = answer(302, "", "", {"Location": f"{other.url}/login"})
        async with raw_server(answering(moved)) as raw, pages(raw.url, "secret") as web:
            with pytest.raises(errors.SignedOut):
                await web.start()
            assert raw.asked[0].headers["authorization"] == "Bearer secret"
        assert other.asked == []


HOST = ServerUrl("https://heimdall.example.org")
BELOW = ServerUrl("https://tools.example.org:8443/heimdall")
ONE = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
TWO = "2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"


def links_of(page: str, server: ServerUrl = HOST, path: str = "/") -> PageLinks:
    return page_links(page.encode(), server, path)


def scans(page: str, server: ServerUrl = HOST, path: str = "/") -> tuple[ScanId, ...]:
    return links_of(page, server, path).scans


def test_links_come_once_and_in_their_order() -> None:
    page = f"""<!DOCTYPE html><table><tr><td><a class="row" href="/scans/{TWO}">shop</a></td>
      <td><a data-x='a>b "c"' href = /scans/{ONE.upper()}><span>web</span></a></td></tr></table>
      <a href="/repos/{ONE}">x</a><A HREF='/scans/{TWO}'>again</A>"""
    links = links_of(page)
    assert links.scans == (ScanId(TWO), ScanId(ONE))
    assert links.repos == (RepoId(ONE),)
    assert links.is_heimdall


@pytest.mark.parametrize(
    "target",
    [
        f"/scans/{ONE}",
        f"/scans/{ONE}?tab=stages#now",
        f"https://heimdall.example.org/scans/{ONE}",
        f"//heimdall.example.org/scans/{ONE}",
        f"../scans/{ONE}",
        f"&#47;scans/{ONE}",
    ],
)
def test_own_links_count_however_they_are_written(target: str) -> None:
    assert scans(f'<a href="{target}">x</a>', path=f"/repos/{TWO}") == (ScanId(ONE),)


@pytest.mark.parametrize(
    "target",
    [
        f"https://heimdall.example.org.evil.test/scans/{ONE}",
        f"http://heimdall.example.org/scans/{ONE}",
        f"https://heimdall.example.org:444/scans/{ONE}",
        f"https://[broken/scans/{ONE}",
        f"https://heimdall.example.org:port/scans/{ONE}",
        f"javascript:location='/scans/{ONE}'",
        f"/scans/{ONE}/findings",
        f"/api/scans/{ONE}",
        f"/scans/{ONE}0",
        "/scans/not-an-id",
        "",
    ],
)
def test_links_to_elsewhere_and_other_pages_are_passed_over(target: str) -> None:
    assert scans(f'<a href="{target}">x</a>') == ()


@pytest.mark.parametrize("target", [f"/scans/{ONE}", f"/heimdall/scans/{ONE}"])
def test_a_server_below_a_path_may_link_with_or_without_it(target: str) -> None:
    assert scans(f'<a href="{target}">x</a>', BELOW) == (ScanId(ONE),)


@pytest.mark.parametrize("page", ["/repos", "/dashboard", "/settings", "/repos/new"])
def test_an_empty_account_is_still_known_by_its_navigation(page: str) -> None:
    links = links_of(f'<nav><a href="{page}">there</a></nav>')
    assert (links.scans, links.repos, links.is_heimdall) == ((), (), True)


def test_a_portal_is_no_heimdall() -> None:
    page = b'<html><a href="/accept">I agree</a><a href="https://hotel.test/repos">x</a></html>'
    assert not page_links(page, HOST, "/").is_heimdall


@pytest.mark.parametrize(
    "junk",
    ["<", "<!--", "<a ", '<a href="', "<![CDATA[", "&#", "<a b ", "<a =\"'", "<script>", "\x00"],
)
def test_a_page_of_nothing_but_beginnings_is_read_to_its_end(junk: str) -> None:
    page = junk * (300_000 // len(junk)) + f'"><a href="/scans/{ONE}">x</a>'
    assert len(scans(page)) <= 1


@pytest.mark.parametrize("count", [LINKS_LIMIT + 1, 2 * TAGS_LIMIT])
def test_a_page_of_countless_links_is_cut_and_that_is_said(count: int) -> None:
    page = "".join(f'<a href="/scans/{n:08x}{ONE[8:]}">' for n in range(count))
    links = links_of(page)
    assert (len(links.scans), links.is_whole) == (LINKS_LIMIT, False)


def test_a_page_of_many_other_links_is_cut_and_that_is_said() -> None:
    page = '<a href="/other">' * TAGS_LIMIT
    assert links_of(page).is_whole
    page += f'<a href="/scans/{ONE}">'
    links = links_of(page)
    assert (links.scans, links.is_whole) == ((), False)


@pytest.mark.parametrize(
    "tag",
    [
        '<a class="x"title=y href="{}">',
        "<a\nhref = '{}' >",
        "<a/href={}/ >",
        '<A HREF="{}" href="/other">',
        "<a = x='>' href=\"{}\">",
        '<a href="{}"',
    ],
)
def test_attributes_are_read_as_a_browser_does(tag: str) -> None:
    target = f"/scans/{ONE}"
    links = links_of(f"<p>{tag.format(target)}<a href='/repos'>x</a>")
    is_told = "/ >" not in tag  # a slash belongs to a value without quotes
    assert links.scans == ((ScanId(ONE),) if is_told else ())
    assert links.is_whole


def test_the_text_of_an_attribute_is_no_link() -> None:
    page = f"<a title='<a href=/scans/{TWO}>' href=/scans/{ONE}>x</a>"
    assert scans(page) == (ScanId(ONE),)


@pytest.mark.parametrize("tail", ["<a ", '<a title="', "<a href='/scans/", "<a x=", '<a x="y'])
def test_a_tag_without_an_end_is_given_up_and_that_is_said(tail: str) -> None:
    links = links_of(f'<a href="/scans/{ONE}">x</a>{tail}')
    assert (links.scans, links.is_whole) == ((ScanId(ONE),), False)


@given(st.binary(max_size=2000))
def test_any_bytes_give_links_or_none(page: bytes) -> None:
    page_links(page, HOST, "/")
    page_links(b'<a href="' + page, BELOW, "/repos")
