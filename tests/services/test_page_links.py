"""Links out of pages of every theme, and out of what is no page at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.services.page_links import LINKS_LIMIT, TAGS_LIMIT, page_links

HOST = ServerUrl("https://heimdall.example.org")
BELOW = ServerUrl("https://tools.example.org:8443/heimdall")
ONE = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
TWO = "2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"


def scans(page: str, server: ServerUrl = HOST, path: str = "/") -> tuple[ScanId, ...]:
    return page_links(page.encode(), server, path).scans


def test_links_come_once_and_in_their_order() -> None:
    page = f"""<!DOCTYPE html><table><tr><td><a class="row" href="/scans/{TWO}">shop</a></td>
      <td><a data-x='a>b "c"' href = /scans/{ONE.upper()}><span>web</span></a></td></tr></table>
      <a href="/repos/{ONE}">x</a><A HREF='/scans/{TWO}'>again</A>"""
    links = page_links(page.encode(), HOST, "/")
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
    links = page_links(f'<nav><a href="{page}">there</a></nav>'.encode(), HOST, "/")
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
    links = page_links(page.encode(), HOST, "/")
    assert (len(links.scans), links.is_whole) == (LINKS_LIMIT, False)


def test_a_page_of_many_other_links_is_cut_and_that_is_said() -> None:
    page = '<a href="/other">' * TAGS_LIMIT
    assert page_links(page.encode(), HOST, "/").is_whole
    page += f'<a href="/scans/{ONE}">'
    links = page_links(page.encode(), HOST, "/")
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
    links = page_links(f"<p>{tag.format(target)}<a href='/repos'>x</a>".encode(), HOST, "/")
    is_told = "/ >" not in tag  # a slash belongs to a value without quotes
    assert links.scans == ((ScanId(ONE),) if is_told else ())
    assert links.is_whole


def test_the_text_of_an_attribute_is_no_link() -> None:
    page = f"<a title='<a href=/scans/{TWO}>' href=/scans/{ONE}>x</a>"
    assert scans(page) == (ScanId(ONE),)


@pytest.mark.parametrize("tail", ["<a ", '<a title="', "<a href='/scans/", "<a x=", '<a x="y'])
def test_a_tag_without_an_end_is_given_up_and_that_is_said(tail: str) -> None:
    links = page_links(f'<a href="/scans/{ONE}">x</a>{tail}'.encode(), HOST, "/")
    assert (links.scans, links.is_whole) == ((ScanId(ONE),), False)


@given(st.binary(max_size=2000))
def test_any_bytes_give_links_or_none(page: bytes) -> None:
    page_links(page, HOST, "/")
    page_links(b'<a href="' + page, BELOW, "/repos")
