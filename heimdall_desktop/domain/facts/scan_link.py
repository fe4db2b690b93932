"""Scan ids and web links in pasted text.

Besides links to the web pages there are links of this program, `heimdall://host[:port]/scan/<id>`,
followed by `/finding/<id>` for a finding. They have no scheme and no path of the server, and never
hold a token.

Source: protocol.md 4.0 (links of the web pages) and T-52 (capitals, braces, whole addresses).
"""

import itertools
import re
from urllib.parse import quote, urlsplit

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import LinkError, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import ScanSource
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import (
    ServerUrl,
    has_place,
    id_on_server,
    is_loopback,
    server_url,
)

_UUID = r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
_WEB = re.compile(rf"^(https?://.+?)/(scans|findings)/({_UUID})(?=[/?#]|$)", re.IGNORECASE)
_OWN = re.compile(rf"^/scan/({_UUID})(?:/finding/({_UUID}))?/?$", re.IGNORECASE)
_PARAMETER = re.compile(r"([a-z_-]{1,20})=", re.IGNORECASE)
_OWN_SCHEME = "heimdall"
_BARE = re.compile(rf"^(?:urn:uuid:)?({_UUID})$", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;]+")
_AROUND = "<>\"'()[]{}.,;"


class ScanLink(Struct, frozen=True):
    """One thing to watch: a scan, or the scan of a finding.

    Attributes:
        server: its server; None for a bare id.
        scan_id: None when only a finding is named.
        finding_id: the finding to open, if the link named one.
        is_own: it is a link of this program: only host and port of `server` are known.
    """

    server: ServerUrl | None
    scan_id: ScanId | None
    finding_id: FindingId | None = None
    is_own: bool = False

    def is_on(self, server: ServerUrl) -> bool:
        if self.server is None or not self.is_own:
            return self.server == server
        return has_place(server, self.server)

    def web_link(self, server: ServerUrl) -> str:
        if self.finding_id is not None:
            return f"{server}/findings/{self.finding_id}"
        return f"{server}/scans/{self.scan_id}"


class TextPart(Struct, frozen=True):
    """One word of a text, and what it names.

    Attributes:
        text: the word as it is written.
        link: None if it names nothing.
        error: why it names nothing.
    """

    text: str
    link: ScanLink | None = None
    error: LinkError | None = None


def read_links(text: str) -> tuple[TextPart, ...]:
    """Return the words of a text with the scan or finding each names, in order, once each."""
    parts: dict[ScanLink | str, TextPart] = {}
    for word in _BETWEEN.split(text):
        if word.strip(_AROUND):
            part = _part(word)
            parts.setdefault(part.link or part.text, part)
    return tuple(parts.values())


def own_link(server: ServerUrl, scan_id: ScanId, finding_id: FindingId | None = None) -> str:
    """Return the link of this program to a scan, or to a finding of it.

    Returns:
        "" if such a link would open nothing: for a server on this machine, or one whose ids are
        not Heimdall's.
    """
    link = f"{_OWN_SCHEME}://{urlsplit(server).netloc}/scan/{id_on_server(scan_id)}"
    if finding_id is not None:
        link += f"/finding/{id_on_server(finding_id)}"
    is_good = not is_loopback(server) and _part(link).link is not None
    return link if is_good else ""


def _part(word: str) -> TextPart:
    try:
        return TextPart(word, _link(word))
    except LinkError as error:
        return TextPart(word, None, error)


def _link(part: str) -> ScanLink:
    plain = part.strip(_AROUND)
    web = _WEB.match(plain)
    if web:
        server, kind, found = server_url(web[1]), web[2].lower(), _canonical(web[3])
        if kind == "scans":
            return ScanLink(server, ScanId(found))
        return ScanLink(server, None, FindingId(found))
    if plain.lower().startswith(f"{_OWN_SCHEME}:"):
        return _own_link(plain)
    bare = _BARE.match(plain)
    if bare:
        return ScanLink(None, ScanId(_canonical(bare[1])))
    shown = part if len(part) <= 60 else f"{part[:57]}..."
    raise LinkError(Reason.NO_SCAN_IN_WORD, word=shown)


def _own_link(text: str) -> ScanLink:
    """Read a link of this program, which holds nothing but server, scan and finding.

    Raises:
        LinkError: it is no such link, or holds more. No error contains the rest, because it may
            be a token.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        raise LinkError(Reason.NO_ADDRESS) from None
    named = _PARAMETER.match(parts.query or parts.fragment)
    if named is not None:
        raise LinkError(Reason.PARAMETER_IN_LINK, name=named[1])
    if set("@?#") & set(text):
        raise LinkError(Reason.MORE_IN_LINK)
    own = _OWN.match(parts.path)
    if own is None or not parts.netloc.isprintable():
        raise LinkError(Reason.NO_SCAN_IN_LINK)
    server = server_url(f"https://{parts.netloc}")
    finding_id = None if own[2] is None else FindingId(_canonical(own[2]))
    return ScanLink(server, ScanId(_canonical(own[1])), finding_id, is_own=True)


def _canonical(uuid: str) -> str:
    digits = uuid.replace("-", "").lower()
    cuts = (0, 8, 12, 16, 20, 32)
    return "-".join(digits[a:b] for a, b in itertools.pairwise(cuts))


# The addresses of a scan in a browser: its page and its report. Source: protocol.md 0, 4.13.
#
# Neither address ever holds a token: the pages require the browser's own sign-in.


def scan_page(scan: Scan) -> str:
    has_none = scan.is_local or scan.source in (ScanSource.LISTING, ScanSource.STREAM)
    return "" if has_none else f"{scan.server}/scans/{quote(id_on_server(scan.id), safe='')}"


def report_page(scan: Scan) -> str:
    """Return the address of its results: the report, if the server makes one, or its page."""
    page = scan_page(scan)
    return f"{page}/report" if page and scan.has_report else page
