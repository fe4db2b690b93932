"""A server, the account used on it, and its connection state; never a token."""

import re
from collections.abc import Container, Mapping
from datetime import datetime
from enum import Enum, auto
from ipaddress import ip_address
from typing import Final, NewType
from urllib.parse import urlsplit

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, Reason
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId

ServerUrl = NewType("ServerUrl", str)
"""Base address in one spelling: lower-case scheme and host, no user info, no final slash."""

Repo = tuple[ServerUrl, RepoId]
"""A repository: its server, and its id there."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


class KnownServer(Struct, frozen=True):
    """A server as this program knows it.

    Attributes:
        is_in_use: bare scan ids are looked up there, and new scans are watched.
        left_s: how long the session lasts from now on; None if that is not known.
        is_end_likely: that was only read from the form of the token.
    """

    url: ServerUrl
    account: str
    is_signed_in: bool
    is_in_use: bool
    left_s: float | None = None
    is_end_likely: bool = False


class ServerProfile(Struct, frozen=True):
    """A server and the account that signs in there."""

    url: ServerUrl
    account: str


class Peer(Struct, frozen=True):
    """The target of requests: the server, and the proxy that sees them, "" for none."""

    host: str
    proxy: str = ""


class Standing(Enum):
    """Whether a server accepts requests with our session."""

    GOOD = auto()
    SIGNED_OUT = auto()
    UNREACHABLE = auto()


class TokenStanding(Enum):
    """What is known of the token in use at a server."""

    GOOD = auto()
    """The server has accepted it, or reported its owner."""
    UNCHECKED = auto()
    """No answer has needed it yet."""
    UNCHECKABLE = auto()
    """The same, and the server offers no check of tokens (protocol.md 13)."""
    REFUSED = auto()
    """The server does not accept it, and never has."""


class ServerState(Struct, frozen=True):
    """The connection state of the server in use, whether or not any of its scans is watched.

    Attributes:
        since: when this state started, aware; None if that was before we started.
        error: why its pages cannot be read though its state is good; None if they can.
        looked_at: when it was last checked for new scans, aware; None if not yet.
        is_token_refused: it is signed out, and has never accepted the token.
        lacks: what could not be read then, so that new scans may be missing; None for nothing.
    """

    server: ServerUrl
    standing: Standing = Standing.GOOD
    since: datetime | None = None
    error: HeimdallError | None = None
    looked_at: datetime | None = None
    is_token_refused: bool = False
    lacks: HeimdallError | None = None

    @property
    def is_good(self) -> bool:
        return self.standing is Standing.GOOD


def server_url(text: str) -> ServerUrl:
    """Return the one spelling of a typed server address; a bare host means https.

    A path is kept, because a server may be below one (protocol.md T-53).

    Raises:
        LinkError: the text is not an http or https address.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        port = parts.port
    except ValueError:
        raise LinkError(Reason.NO_ADDRESS) from None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise LinkError(Reason.NO_ADDRESS)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    suffix = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return ServerUrl(f"{parts.scheme}://{host}{suffix}{parts.path.rstrip('/')}")


def has_place(url: ServerUrl, named: ServerUrl) -> bool:
    """Return whether a server has the host and port of an address; scheme and path may differ.

    An address without a port means the usual ones, of either scheme.
    """
    own, wanted = urlsplit(url), urlsplit(named)
    port = own.port or _DEFAULT_PORTS[own.scheme]
    ports = _DEFAULT_PORTS.values() if wanted.port is None else (wanted.port,)
    return own.hostname == wanted.hostname and port in ports


def is_loopback(url: ServerUrl) -> bool:
    """Return whether the server runs on this machine, so that plain HTTP exposes no token."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, and 127.0.0.1.example.org is one too
        return False


def is_sent_in_clear(url: ServerUrl) -> bool:
    return url.startswith("http://") and not is_loopback(url)


def host_name(url: ServerUrl) -> str:
    """Return the host as shown to the user, with a port that isn't the usual one."""
    return urlsplit(url).netloc


# A session on a server, and when it ends. Source: behaviour.md feature 19.


DAY_S = 24 * 3600
LIFE_S = 7 * DAY_S  # from signing in, whatever happens meanwhile (protocol.md 1.2)
SOON_S = DAY_S
LAST_CALL_S = 3600


class Session(Struct, frozen=True):
    """A session whose start is known, because it started here by a password; never its token.

    No answer of the server reports when it ends (protocol.md 1.2).

    Attributes:
        began_at: aware, by the system clock, the only one that survives a restart.
    """

    server: ServerUrl
    account: str
    began_at: datetime

    def ends_s(self, now: datetime, clock_s: float) -> float | None:
        """Return when it ends on our monotonic clock, which cannot be set.

        None if the start is in the future, or so long ago that the session would have ended: then
        the system clock was wrong once, and no value is better than a wrong one.
        """
        if self.began_at.tzinfo is None:  # typed into the file by hand
            return None
        left_s = LIFE_S - (now - self.began_at).total_seconds()
        return clock_s + left_s if 0 < left_s <= LIFE_S else None


SKEW_S = 300  # the server's clock may be ahead of ours
_ISSUED = re.compile(r"([0-9a-f]{12})7[0-9a-f]", re.ASCII)


def likely_end_s(token: str, now: datetime, clock_s: float) -> float | None:
    """Return when the session of a token probably ends, on our monotonic clock; None if unknown.

    Only the first digits are read: in tokens of current servers, they are the Unix milliseconds of
    the sign-in. Any other text, or a time that cannot be right, means nothing. Source: protocol.md
    1.2, T-83.
    """
    issued = _ISSUED.match(token)
    if issued is None:
        return None
    left_s = LIFE_S - (now.timestamp() - int(issued[1], 16) / 1000)
    return clock_s + min(left_s, LIFE_S) if 0 < left_s <= LIFE_S + SKEW_S else None


# Ids that distinguish scans of different servers, and findings of different scans.
#
# A server chooses the ids of its scans and findings, even ids that another server uses. The program
# identifies everything by id alone. So the second thing with the same id gets a different one here,
# made of its server's id and its location. Ids are random, so this hardly ever happens by chance.


_AT: Final = "@"


def id_on_server(known: str) -> str:
    return known.partition(_AT)[0]


def is_about(reported: str, known: str) -> bool:
    """Return whether an answer that names this id, or "", is about the requested one."""
    return not reported or reported.lower() == id_on_server(known).lower()


class Identities:
    """The owner of each id: of a scan's id for the session, of a finding's until it is released."""

    def __init__(self) -> None:
        self._servers: dict[ScanId, ServerUrl] = {}
        self._scans: dict[FindingId, ScanId] = {}
        self._with_others: set[ScanId] = set()  # scans that share finding ids with another

    def scan_id(self, server: ServerUrl, reported: str) -> ScanId:
        plain = ScanId(id_on_server(reported))
        own = ScanId(f"{plain}{_AT}{server}")
        if own in self._servers or self._servers.get(plain, server) != server:
            return own
        return plain

    def claim_scan(self, server: ServerUrl, reported: str) -> ScanId:
        """Return our id for a scan of a server, and reserve it against other servers."""
        scan_id = self.scan_id(server, reported)
        self._servers[scan_id] = server
        return scan_id

    def recall_scan(self, server: ServerUrl, scan_id: ScanId) -> None:
        self._servers.setdefault(scan_id, server)

    def finding_id(self, scan_id: ScanId, reported: FindingId) -> FindingId:
        if scan_id in self._with_others:
            own = FindingId(f"{reported}{_AT}{scan_id}")
            if self._scans.get(own) == scan_id:
                return own
        while self._scans.get(reported, scan_id) != scan_id:
            reported = FindingId(f"{reported}{_AT}{scan_id}")
        return reported

    def claim_finding(self, scan_id: ScanId, reported: FindingId) -> FindingId:
        """Return our id for a finding of a scan, and reserve it against other scans."""
        is_plain = scan_id not in self._with_others and _AT not in reported
        if is_plain and self._scans.setdefault(reported, scan_id) == scan_id:
            return reported
        finding_id = self.finding_id(scan_id, reported)
        self._scans[finding_id] = scan_id
        if finding_id is not reported or _AT in reported:
            self._with_others.add(scan_id)
        return finding_id

    def release(self, finding_id: FindingId) -> None:
        self._scans.pop(finding_id, None)

    def release_scans(self, scan_ids: Container[ScanId], kept: Container[FindingId]) -> None:
        """Release the findings of scans, but for those that something still names."""
        owned = self._scans.items()
        self._scans = {
            found: scan for found, scan in owned if scan not in scan_ids or found in kept
        }


# The requests of a self-test to the system and to the server, and their results.


class SelfTestPart(Enum):
    """The parts of a self-test, in this order."""

    NOTIFICATIONS = auto()
    KEYRING = auto()
    PORTAL = auto()
    CONNECTION = auto()
    TRAY = auto()
    LINKS = auto()
    AT_LOGIN = auto()
    VERSION = auto()


class SelfTestAnswer(Struct, frozen=True):
    """One answer.

    Attributes:
        name: the own name of what answered; "" if it has none.
        took_s: how long the answer took, or the wait for it.
        error: why there is no answer.
        at: when the answer arrived.
    """

    part: SelfTestPart
    name: str
    took_s: float
    error: HeimdallError | None = None
    at: datetime | None = None


# How requests reach a server, and the steps of a connection test.


class Detour(Enum):
    """Why a proxy is in use for a server, or not."""

    PROXY = auto()
    NOT_SET = auto()
    EXCLUDED = auto()
    """The setting for exceptions names the server."""
    IGNORED = auto()
    """The user ignores the settings for this server."""
    OWN_MACHINE = auto()
    """The server runs on this machine."""


class Route(Struct, frozen=True):
    """How requests reach a server.

    Attributes:
        detour: whether a proxy is in use, and why.
        proxy: its host and port, never its password; "" for none.
        variable: the environment variable that decides it; "" for the settings of the system.
    """

    detour: Detour
    proxy: str = ""
    variable: str = ""


class CertificateStore(Struct, frozen=True):
    """The certificate authorities that this program trusts.

    Attributes:
        place: the file or folder; "" if the system's own interface is used.
        variable: the environment variable that names it; "" for the place of the system.
    """

    place: str = ""
    variable: str = ""


class Step(Enum):
    """The steps of a connection test, in this order; those of a proxy are for a proxy only."""

    NAME = auto()
    CONNECTION = auto()
    PROXY_TLS = auto()
    PROXY = auto()
    TLS = auto()
    HEALTH = auto()
    SIGN_IN = auto()


class StepResult(Struct, frozen=True):
    """A step of a connection test, and what it showed.

    Attributes:
        facts: an address, the TLS version, the account; by the names that texts use.
        took_s: how long it took; None while it runs.
        error: why it failed.
        proxy: host and port of the proxy that the step is about; "" for the server itself.
    """

    step: Step
    facts: Mapping[str, str] = {}
    took_s: float | None = None
    error: HeimdallError | None = None
    proxy: str = ""


class ConnectionTest(Struct, frozen=True):
    """The last connection test of a server.

    Attributes:
        steps: those so far; the last one runs, or has failed, or is the end.
        ended_at: aware; None while it runs, or if it was cancelled.
    """

    steps: tuple[StepResult, ...] = ()
    is_running: bool = False
    ended_at: datetime | None = None

    @property
    def failed(self) -> StepResult | None:
        return next((each for each in self.steps if each.error is not None), None)
