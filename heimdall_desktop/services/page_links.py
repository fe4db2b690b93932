"""Which scans and repositories a web page of the server links to; nothing else of it is read.

The page is no contract and its text is hostile: links of other origins are passed over, and the
work is bounded whatever it holds. Python's own HTML parser takes minutes for a megabyte of "<!--",
so it gets one tag at a time. Source: heimdall-api.md 4.0 (way 5), 4.13.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl

TAG_LIMIT = 1000  # characters of a tag that we look at
TAGS_LIMIT = 5000  # a page of a hundred scans has some hundreds
LINKS_LIMIT = 500  # of each kind

_TAG = re.compile(r"<a\s", re.IGNORECASE)
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PLACE = re.compile(rf"/(scans|repos)/({_UUID})", re.IGNORECASE)
_OWN = re.compile(r"/(dashboard|repos|repos/new|settings)/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to, each once and in its order.

    Attributes:
        is_heimdall: whether anything on it leads to a page that Heimdall has.
    """

    scans: tuple[ScanId, ...]
    repos: tuple[RepoId, ...]
    is_heimdall: bool


def page_links(page: bytes, server: ServerUrl, path: str) -> PageLinks:
    """Return the links of a page.

    Args:
        page: its HTML, of any size and kind.
        server: whose page it is; links to another origin are none of ours.
        path: of the page below the server's address, which relative links start from.
    """
    found: dict[str, dict[str, None]] = {"scans": {}, "repos": {}}
    is_heimdall = False
    for target in _targets(page.decode("utf-8", "replace")):
        place = _own_place(target, server, path)
        link = _PLACE.fullmatch(place)
        is_heimdall = is_heimdall or link is not None or _OWN.fullmatch(place) is not None
        if link is not None and len(found[kind := link[1].lower()]) < LINKS_LIMIT:
            found[kind][link[2].lower()] = None
    scans, repos = map(ScanId, found["scans"]), map(RepoId, found["repos"])
    return PageLinks(tuple(scans), tuple(repos), is_heimdall)


def _targets(page: str) -> Iterator[str]:
    """Where the anchors of a page lead, as they stand in it."""
    for number, tag in enumerate(_TAG.finditer(page)):
        if number == TAGS_LIMIT:
            return
        target = _target(page[tag.start() : tag.start() + TAG_LIMIT])
        if target is not None:
            yield target


def _target(tag: str) -> str | None:
    try:
        _FirstTag().feed(tag)
    except _TagRead as read:
        return read.target
    return None


def _own_place(target: str, server: ServerUrl, path: str) -> str:
    """The path below the server's address that a link leads to; "" for another origin.

    A server that lives below a path may link with or without it.
    """
    try:
        parts = urlsplit(urljoin(f"{server}{path}", target))
        own = urlsplit(server)
        is_own = (parts.scheme, parts.hostname, parts.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        return ""
    return parts.path.removeprefix(own.path) if is_own else ""


class _TagRead(Exception):
    def __init__(self, target: str | None) -> None:
        super().__init__()
        self.target = target


class _FirstTag(HTMLParser):
    """Reads the attributes of the first tag, and nothing behind it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> NoReturn:
        raise _TagRead(next((value for name, value in attrs if name == "href"), None))
