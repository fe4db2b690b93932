"""Finds the scans and repositories that a web page of the server links to; reads nothing else.

The page has no fixed format and its text is hostile: links of other origins are ignored, and the
work grows at most linearly with the page, whatever its content. A tag may be as long as the page,
since rows contain the escaped name of a repository. Python's own HTML parser does not help: it
takes minutes for a megabyte of "<!--", and seconds in one step, with the window frozen, for one
long tag.
Source: protocol.md 4.0 (way 5), 4.13, T-73, T-74; WHATWG HTML 13.2.5 (attributes of a tag).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl

TAGS_LIMIT = 5000  # a page of a hundred scans has some hundreds
LINKS_LIMIT = 500  # of each kind

_BLANK = r"[\t\n\f\r ]"
_TAG = re.compile(r"<a(?=[\t\n\f\r />])", re.IGNORECASE)
_TAG_PART = re.compile(  # its end, or one attribute with its value, without backtracking
    rf"""(?:{_BLANK}|/)*+
    (?: >
    |   (?P<name>[^\t\n\f\r\ />][^\t\n\f\r\ />=]*+)
        (?: {_BLANK}*+ = {_BLANK}*+
            (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' | (?P<bare>(?!["'])[^\t\n\f\r\ >]*+) )
        |   (?!{_BLANK}*+=)
        )
    )""",
    re.VERBOSE,
)
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PLACE = re.compile(rf"/(scans|repos)/({_UUID})", re.IGNORECASE)
_OWN = re.compile(r"/(dashboard|repos|repos/new|settings)/?", re.IGNORECASE)


class PageLinks(Struct, frozen=True):
    """The links of a page, each once and in its order.

    Attributes:
        is_heimdall: whether any link on it leads to a page that Heimdall has.
        is_whole: whether all of it was read; else there may be more links.
    """

    scans: tuple[ScanId, ...]
    repos: tuple[RepoId, ...]
    is_heimdall: bool
    is_whole: bool


def page_links(page: bytes, server: ServerUrl, path: str) -> PageLinks:
    """Return the links of a page.

    Args:
        page: its HTML, of any size and kind.
        server: the server of the page; links to another origin are ignored.
        path: the page's path below the server's address, the base of relative links.
    """
    found: dict[str, dict[str, None]] = {"scans": {}, "repos": {}}
    own, is_heimdall, is_whole = urlsplit(server), False, True
    origin = own.scheme, own.hostname, own.port
    for target in _targets(page.decode("utf-8", "replace")):
        if target is None:
            is_whole = False
            break
        place = ""
        with suppress(ValueError):
            parts = urlsplit(urljoin(f"{server}{path}", target))
            if (parts.scheme, parts.hostname, parts.port) == origin:
                place = parts.path.removeprefix(own.path)  # links may also be without it
        link = _PLACE.fullmatch(place)
        is_heimdall = is_heimdall or link is not None or _OWN.fullmatch(place) is not None
        if link is not None:
            found[link[1].lower()][link[2].lower()] = None
    is_whole = is_whole and all(len(ids) <= LINKS_LIMIT for ids in found.values())
    scans, repos = (tuple(found[kind])[:LINKS_LIMIT] for kind in ("scans", "repos"))
    return PageLinks(tuple(map(ScanId, scans)), tuple(map(RepoId, repos)), is_heimdall, is_whole)


def _targets(page: str) -> Iterator[str | None]:
    """Yield the targets of a page's anchors; None at last if it gives up before the end."""
    at = 0
    for _ in range(TAGS_LIMIT):
        tag = _TAG.search(page, at)
        if tag is None:
            return
        target: str | None = None
        at = tag.end()
        while (part := _TAG_PART.match(page, at)) and part["name"] is not None:
            at = part.end()
            if target is None and part["name"].lower() == "href":
                values = (part["double"], part["single"], part["bare"], "")
                target = unescape(next(value for value in values if value is not None))
        if part is None:
            break
        at = part.end()
        if target is not None:
            yield target
    else:
        if _TAG.search(page, at) is None:
            return
    yield None
