"""One server with the token in use there: its API, its streams, its account."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import FindingEvent, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.server import (
    CertificateStore,
    Route,
    ServerProfile,
    ServerUrl,
    TokenStanding,
)

if TYPE_CHECKING:  # HTTP is loaded for the first server: no window waits for that
    from heimdall_desktop.services.connection_walk import ConnectionWalk
    from heimdall_desktop.services.progress import ProgressStream

EXTRA_PER_S = 0.8  # fifty live scans are polled 6.7 times a second besides (T-50)
PULSE_S = 0.25  # how often a watch checks the clock
RESTING_PULSE_S = 1.0  # while its scan has ended
LONG_REST_S = 5.0  # and will not restart
LATE_S = PULSE_S  # how late a turn is taken at most
WAITS_S = 1.0  # a watch that has not called again for this long waits no longer


def load_http() -> None:
    """Import what sessions use, which takes a tenth of a second: in a thread, beside a window."""
    from heimdall_desktop.services import api, web_pages  # noqa: F401, PLC0415 - see above
    from heimdall_desktop.services.transport import clients  # noqa: F401, PLC0415


def certificate_store() -> CertificateStore:
    """Return where the certificates come from that all sessions trust."""
    from heimdall_desktop.services.transport import clients  # noqa: PLC0415

    return clients.certificate_store()


def route_to(url: ServerUrl) -> Route:
    """Return how a server without a session would be reached."""
    from heimdall_desktop.services.transport import proxies  # noqa: PLC0415

    return proxies.route_to(url)


def walks() -> type[ConnectionWalk]:
    """Return what tests a connection; like sessions, it loads HTTP."""
    from heimdall_desktop.services.connection_walk import ConnectionWalk  # noqa: PLC0415

    return ConnectionWalk


class ServerSession:
    """Owns the HTTP clients of a server, and the token in memory.

    Attributes:
        clients: send the requests; they know when the server last responded.
        number: by which log and reports name the server; 0 until it is listed.
        account: the e-mail signed in with; "" if only a token is known.
        account_id: the server's id of that account, "" if unavailable; None until it was requested.
        session_ends_s: when the session expires, by our clock; None if that is not known.
        is_end_likely: that moment was only read from the form of the token.
        keyring_error: why the kept token could not be read, if it could not.
        is_embedded: the server is our own process, so nothing of it is remembered.
        retry_limit_s: how soon after a failure the embedded server retries a scan; its other ends
            are final. None for other servers, which may revert any end.
        has_ended: that process has ended, and its port may already be another's.
        has_live: `/live` has responded for some scan, so its 404 means that a scan does not exist
            (protocol.md 13).
        is_proven: the server has accepted the token, or reported whose it is.
        lacks_check: the server does not offer the request whose token it is.
        on_proven: called when the first response has proven it.
        on_refused: called when the server did not accept it for a scan request.
        request_budget: shares the extra requests for this server's scans among their watches.
        turned_at_s: when the loop last had its turn while one of this server's streams was read.
    """

    def __init__(
        self,
        url: ServerUrl,
        clock: Callable[[], float],
        *,
        embedded_secret: Callable[[], str] | None = None,
        mask: Callable[[bytes], bytes] = bytes,
        is_direct: bool = False,
    ) -> None:
        """Build the clients; nothing is sent.

        The embedded server has a secret; `mask` removes from server data the secrets that were
        sent to the server; `is_direct` ignores the proxy settings.

        Raises:
            ServerUnreachable: a proxy setting or the address cannot be used.
        """
        from heimdall_desktop.services.api import HeimdallApi  # noqa: PLC0415 - see above
        from heimdall_desktop.services.transport.clients import Clients  # noqa: PLC0415
        from heimdall_desktop.services.web_pages import WebPages  # noqa: PLC0415

        self._token: str | None = None
        self.url, self._clock = url, clock
        self.clients = Clients(
            url,
            lambda: self._token,
            secret=embedded_secret,
            mask=mask,
            clock=clock,
            is_direct=is_direct,
        )
        self.api = HeimdallApi(self.clients, clock)
        self.pages = WebPages(self.clients)
        self.request_budget = RequestBudget(clock, EXTRA_PER_S)
        self.turned_at_s = float("-inf")
        self.number = 0
        self.account = ""
        self.account_id: str | None = None
        self.session_ends_s: float | None = None
        self.is_end_likely = False
        self.keyring_error: errors.CredentialError | None = None
        self.is_embedded = embedded_secret is not None
        self.retry_limit_s: float | None = None
        self.has_ended = False
        self.has_live = self.is_embedded
        self.is_proven = self.is_embedded
        self.lacks_check = False
        self.on_proven: Callable[[], None] = lambda: None
        self.on_refused: Callable[[], None] = lambda: None
        self.on_history: Callable[[FindingId, tuple[FindingEvent, ...]], None] = lambda *_read: None

    @property
    def profile(self) -> ServerProfile:
        return ServerProfile(self.url, self.account)

    @property
    def token(self) -> str | None:
        """The token for requests; never for a text or a file."""
        return self._token

    @property
    def is_signed_in(self) -> bool:
        """Whether there is a token; only the server knows whether it is valid."""
        return self._token is not None

    @property
    def token_standing(self) -> TokenStanding | None:
        """What is known of the token, except for a refusal; None without one."""
        if not self.is_signed_in:
            return None
        if self.is_proven:
            return TokenStanding.GOOD
        return TokenStanding.UNCHECKABLE if self.lacks_check else TokenStanding.UNCHECKED

    async def finding_events(self, finding_id: FindingId) -> tuple[FindingEvent, ...]:
        """Read the history of a finding, and mark which entries are of the account signed in.

        Raises:
            NotVisible: the finding does not exist, or belongs to another account.
            ServerError, WireError: as `HeimdallApi.finding_events`.
        """
        events = await self.api.finding_events(finding_id)
        if any(event.user_id for event in events):
            events = await self._with_own(events)
        self.on_history(finding_id, events)
        return events

    async def _with_own(self, events: tuple[FindingEvent, ...]) -> tuple[FindingEvent, ...]:
        if self.account_id is None:  # read once a session
            try:
                self.account_id = await self.api.account_id()
            except errors.HeimdallError:
                self.account_id = ""  # entries show the id then, which is true as well
        own = self.account_id
        return tuple(replace(e, is_own=bool(own) and e.user_id == own) for e in events)

    def use_token(
        self,
        token: str,
        account: str,
        session_ends_s: float | None = None,
        *,
        is_end_likely: bool = False,
    ) -> None:
        self._token, self.account, self.keyring_error = token, account, None
        self.account_id = None
        self.session_ends_s, self.is_end_likely = session_ends_s, is_end_likely
        self.is_proven = bool(account) or self.is_embedded
        self.lacks_check = False

    def prove(self) -> None:
        """Note that the server has given a response that only a valid token gets."""
        if not self.is_proven and self.is_signed_in:
            self.is_proven = True
            self.on_proven()

    async def prove_scan(self, scan_id: ScanId) -> ScanRead | None:
        """Return a scan's row; None if only a stream of it exists.

        Raises:
            NotVisible: it does not exist, or belongs to another account.
            ServerError, WireError: as `HeimdallApi.scan`.
        """
        token = self._token
        try:
            try:
                read = await self.api.scan(scan_id)
            except errors.ABSENT as missing:
                if self.has_live:
                    raise
                read = None
                try:
                    async with self.stream(scan_id):
                        pass
                except errors.ABSENT:
                    raise errors.NotVisible(missing.reason, **missing.fields) from None
        except errors.SignedOut:
            if self._token == token:
                self.on_refused()
            raise
        self.prove()
        return read

    def forget_token(self) -> None:
        self._token, self.session_ends_s = None, None

    def stream(self, scan_id: ScanId) -> ProgressStream:
        from heimdall_desktop.services.progress import ProgressStream  # noqa: PLC0415

        return ProgressStream(self.clients, scan_id, self._clock)

    async def aclose(self) -> None:
        await self.clients.aclose()


class RequestBudget:
    """Shares a few extra requests a second among all watches of a server, first come, first served.

    Polls and listings of many scans leave little room below what a server should bear (T-50), so
    the cheap extra requests wait for their turn in a queue: none of fifty watches gets a second
    turn before all have had one.

    Args:
        per_second: how many turns there are.
    """

    def __init__(self, clock: Callable[[], float], per_second: float) -> None:
        self._clock = clock
        self._gap_s = 1 / per_second
        self._next_at_s = float("-inf")
        self._waiting: dict[Hashable, float] = {}

    def take_turn(self, who: Hashable) -> bool:
        """Return whether it is the turn of `who`; if not, call again soon to keep the place."""
        now_s = self._clock()
        self._waiting[who] = now_s
        if now_s < self._next_at_s:
            return False
        while now_s - self._waiting[first := next(iter(self._waiting))] >= WAITS_S:
            del self._waiting[first]
        if who != first:
            return False
        del self._waiting[who]
        self._next_at_s = max(self._next_at_s, now_s - LATE_S) + self._gap_s
        return True
