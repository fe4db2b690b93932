"""Known servers, their signed-in accounts, and where each token is kept."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from heimdall_desktop.application.servers import server_session
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import FindingEvent, FindingId
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.domain.facts.server import (
    ServerProfile,
    ServerUrl,
    Session,
    StepResult,
    host_name,
    is_loopback,
    likely_end_s,
    server_url,
)
from heimdall_desktop.services.credentials import CredentialStore
from heimdall_desktop.services.log import Redaction

log = logging.getLogger("heimdall.accounts")

Report = Callable[[tuple[StepResult, ...]], object]
"""Receives the steps of a connection test so far."""


class Accounts:
    """Owns the links to servers; one of them is in use for bare scan ids.

    Args:
        keyring: keeps tokens that must outlive the session.
        on_problem: receives errors that stop nothing, such as a keyring that keeps nothing.
        redaction: knows every token before it is used and every password before it is sent, so that
            they are masked in text from a server, and in the log.

    Attributes:
        on_proven: called when a server has proven a token that was not checked yet.
        on_refused: called with the link to a server that did not accept our token in a request
            for a scan.
        is_closed: no server may be polled, as in a replay.
        direct: servers for which the proxy settings are ignored.
    """

    def __init__(
        self,
        keyring: CredentialStore,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        on_problem: Callable[[errors.HeimdallError], None],
        redaction: Redaction | None = None,
    ) -> None:
        self._redaction, self._keyring = redaction or Redaction(), keyring
        self._clock, self._now, self._on_problem = clock, now, on_problem
        self._links: dict[ServerUrl, ServerSession] = {}
        self._kept: dict[ServerUrl, Session] = {}
        self.in_use: ServerSession | None = None
        self.is_closed = False
        self.direct: frozenset[ServerUrl] = frozenset()
        self.on_proven: Callable[[], None] = lambda: None
        self.on_refused: Callable[[ServerSession], None] = lambda _link: None
        self.on_history: Callable[[FindingId, tuple[FindingEvent, ...]], None] = lambda *_read: None

    def __iter__(self) -> Iterator[ServerSession]:
        return iter(self._links.values())

    def require_open(self) -> None:
        if self.is_closed:
            raise errors.LinkError(errors.Reason.RECORDING_ALONE)

    @property
    def kept_sessions(self) -> tuple[Session, ...]:
        return tuple(self._kept.values())

    @property
    def session_ends(self) -> dict[ServerUrl, float]:
        """When the sessions in use end, by our clock; unknown ones are missing."""
        ends = {link.url: link.session_ends_s for link in self}
        return {url: ends_s for url, ends_s in ends.items() if ends_s is not None}

    @property
    def likely_ends(self) -> frozenset[ServerUrl]:
        """The servers whose sessions end at about the known time."""
        return frozenset(link.url for link in self if link.is_end_likely)

    def link(self, url: ServerUrl) -> ServerSession:
        """Return the link to a server, made at the first call.

        Raises:
            ServerUnreachable: a proxy setting or the address cannot be used.
            LinkError: no server may be polled.
        """
        self.require_open()
        if url not in self._links:
            link = self._links[url] = self._new_link(url)
            link.number = len(self._links)
            link.on_proven = lambda: self.on_proven()  # noqa: PLW0108 - it is set later
            link.on_refused = lambda: self.on_refused(link)
            link.on_history = lambda *read: self.on_history(*read)  # noqa: PLW0108 - it is set later
        return self._links[url]

    def adopt(self, link: ServerSession) -> None:
        """Add a link made elsewhere, that of the embedded server.

        Use it if there is no other link, or only one to an earlier embedded server.
        """
        self._links[link.url] = link
        link.number = len(self._links)
        link.on_history = lambda *read: self.on_history(*read)  # noqa: PLW0108 - late
        if self.in_use is None or self.in_use.is_embedded:
            self.in_use = link

    def account_of(self, url: ServerUrl) -> str:
        """Return the account in use on a server; "" for none."""
        link = self.known(url)
        return "" if link is None else link.account

    def known(self, url: ServerUrl) -> ServerSession | None:
        return self._links.get(url)

    def require_in_use(self) -> ServerSession:
        """Return the server in use, with an account; else raise `LinkError` or `SignedOut`."""
        link = self.in_use
        if link is None:
            raise errors.LinkError(errors.Reason.NO_SERVER_FOR_LISTS)
        if not link.is_signed_in:
            raise errors.SignedOut(errors.Reason.NOT_SIGNED_IN, host=host_name(link.url))
        return link

    async def describe_keyring(self) -> str:
        """Return the name of the keyring; "" where tokens are kept for the session only.

        Raises:
            CredentialError: a keyring is expected, but there is none.
        """
        place = await self._keyring.describe()
        if place.problem is not None:
            raise place.problem
        return place.keyring

    async def prove_connection(self) -> str:
        """Request the health of the server in use; return its address.

        Raises:
            LinkError: none is in use.
            ServerError: it does not answer, or is not a Heimdall server.
        """
        if self.in_use is None:
            raise errors.LinkError(errors.Reason.NO_SERVER_FOR_LISTS)
        await self.in_use.api.health()
        return self.in_use.url

    def answered_at_s(self, url: ServerUrl) -> float | None:
        """Return when a server last answered, by our clock; None before the first time."""
        link = self.known(url)
        return None if link is None else link.clients.answered_at_s

    def outlives_us(self, url: ServerUrl) -> bool:
        """Return whether a server outlives us: the embedded one ends with us."""
        link = self.known(url)
        return link is None or not link.is_embedded

    def link_for(self, scan_link: ScanLink) -> ServerSession:
        """Return the server of a scan link.

        Raises:
            SignInNeeded: it has no signed-in account.
            SeveralServers: the link fits several servers.
            LinkError: it is a link of this program to a server on this machine that is not its own.
        """
        server = self._server_of(scan_link)
        link = self.in_use if server is None else self._links.get(server)
        if link is not None and link.is_signed_in:
            return link
        url = server if link is None else link.url
        if url is None:
            raise errors.SignInNeeded(errors.Reason.NO_SERVER_FOR_SCAN)
        is_elsewhere = link is None and self.in_use is not None
        raise errors.SignInNeeded(
            errors.Reason.OTHER_SERVER if is_elsewhere else errors.Reason.NOT_SIGNED_IN,
            server=url,
            host=host_name(url),
        )

    def _server_of(self, scan_link: ScanLink) -> ServerUrl | None:
        """Return the server a link names; a link of this program means a known one, if possible.

        Such links come from anywhere, so they lead to no other server on this machine.
        """
        server = scan_link.server
        if server is None or not scan_link.is_own:
            return server
        is_here = is_loopback(server)
        fitting = [
            link.url
            for link in self
            if scan_link.is_on(link.url) and link.is_embedded is is_here and not link.has_ended
        ]
        if is_here and not fitting:
            raise errors.LinkError(errors.Reason.LINK_TO_THIS_MACHINE, host=host_name(server))
        if len(fitting) > 1:
            raise errors.SeveralServers(
                errors.Reason.SEVERAL_SERVERS,
                servers=", ".join(fitting),
                web_links={url: scan_link.web_link(url) for url in fitting},
            )
        return fitting[0] if fitting else server

    async def sign_in(
        self, server: str, email: str, password: str, *, is_kept: bool
    ) -> ServerSession:
        """Sign in by password.

        Raises:
            LinkError: the address is invalid.
            ServerError: the server is not a Heimdall server, is unreachable, or refuses.
        """
        with self._redaction.knowing(password) as hidden:
            try:
                async with self._trial(server) as trial:
                    self._redaction.know_password(trial.url, password)
                    asked_at = self._now().replace(microsecond=0)
                    try:
                        login = await trial.api.login(email, password)
                    except errors.ABSENT:
                        host = host_name(trial.url)
                        raise errors.RouteMissing(
                            errors.Reason.LOGIN_NOT_OFFERED, host=host
                        ) from None
            except errors.HeimdallError as error:  # the server may repeat the password
                error.reword(hidden)
                raise
            repeats = login.account != email and hidden(login.account) != login.account
            account = email if repeats else login.account
        session = Session(trial.url, account, asked_at)
        return await self._use(trial.url, login.token, account, session, is_kept=is_kept)

    async def use_token(self, server: str, token: str, *, is_kept: bool) -> ServerSession:
        """Use a token made elsewhere, once the server reports its account, if it can.

        Raises:
            LinkError: the address is invalid.
            SignedOut: the server does not accept the token.
            ServerError: the server is not a Heimdall server, or is unreachable.
        """
        self._redaction.know(token)
        async with self._trial(server) as trial:
            trial.use_token(token, "")
            try:
                account = await trial.api.me()
            except errors.ABSENT:
                account = ""  # the first answer that needs the token proves it
        link = await self._use(trial.url, token, account, None, is_kept=is_kept)
        link.lacks_check = not account
        return link

    def use(self, url: ServerUrl) -> ServerSession:
        self.in_use = self.link(url)
        return self.in_use

    def use_memory_token(self, url: ServerUrl, token: str) -> ServerSession:
        """Use a token for this session without a check; watches find out whether it is valid."""
        link = self.use(url)
        log.info("server %d is used with a token of this session", link.number)
        self._redaction.know(token)
        self._use_token(link, token, link.account, None)
        return link

    async def restore(
        self,
        profiles: Iterable[ServerProfile],
        watched: Container[ServerUrl] = (),
        sessions: Iterable[Session] = (),
    ) -> None:
        """Fetch the tokens of earlier sessions from the keyring; report errors, raise none.

        Scans of the servers in `watched` report themselves that their token cannot be read.
        """
        self._kept = {session.server: session for session in sessions}
        for profile in profiles:
            try:
                link = self.link(profile.url)
                link.account = link.account or profile.account
                await self._fetch_token(link)
                self.in_use = self.in_use or link
            except errors.HeimdallError as error:
                if not isinstance(error, errors.CredentialError) or profile.url not in watched:
                    self._on_problem(error)

    async def unlock(self, url: ServerUrl) -> ServerSession | None:
        """Read a token from the keyring again; return None where it has none."""
        link = self._links.get(url)
        if link is None:
            return None
        await self._fetch_token(link)
        return link if link.is_signed_in else None

    async def _fetch_token(self, link: ServerSession) -> None:
        """Use the token that the keyring has for a link, if no account is signed in there yet.

        If it cannot be read, the link remembers the `CredentialError` as well.
        """
        if link.is_signed_in:
            return
        try:
            token = await self._keyring.get(link.profile)
        except errors.CredentialError as error:
            link.keyring_error = error
            raise
        link.keyring_error = None
        log.info("the keyring has a token of server %d: %s", link.number, token is not None)
        if token is not None and not link.is_signed_in:
            self._redaction.know(token)
            self._use_token(link, token, link.account, self._kept.get(link.url))

    async def sign_out(self, url: ServerUrl) -> None:
        """Forget the token here and in the keyring, and end the session on the server.

        Raises:
            CredentialError: the keyring did not delete the token.
            ServerError: the request failed; the session there expires automatically.
        """
        link = self._links.get(url)
        if link is None:
            return
        self._keep(url, None)
        log.info("signing out of server %d", link.number)
        failures: list[errors.HeimdallError] = []
        try:
            await self._keyring.delete(link.profile)
        except errors.CredentialError as error:
            failures.append(error)
        try:
            await link.api.logout()
        except errors.SignedOut:
            pass  # it had ended already
        except errors.OutcomeUnknown as error:
            try:  # whether the session is still open after a lost logout
                await link.api.me()
                failures.append(
                    errors.ServerUnreachable(errors.Reason.SESSION_STILL_OPEN, error=error)
                )
            except errors.SignedOut:
                pass
            except errors.HeimdallError:
                failures.append(errors.OutcomeUnknown(errors.Reason.SESSION_UNSURE, error=error))
        except errors.HeimdallError as error:
            failures.append(error)
        finally:
            link.forget_token()
            self._redaction.forget_passwords(url)
        if failures:
            raise failures[0]

    async def walk(self, url: ServerUrl, report: Report) -> None:
        """Test the connection to a server, with the token in use there; see `ConnectionWalk`."""
        link = self.known(url)
        walk = server_session.walks()(
            url,
            None if link is None else link.token,
            report,
            self._clock,
            is_direct=url in self.direct,
            has_answered=self.answered_at_s(url) is not None,
            mask=self._redaction.masked,
        )
        await walk.run()

    def _new_link(self, url: ServerUrl) -> ServerSession:
        mask, is_direct = self._redaction.masked, url in self.direct
        return ServerSession(url, self._clock, mask=mask, is_direct=is_direct)

    async def aclose(self) -> None:
        for link in self._links.values():
            await link.aclose()

    @asynccontextmanager
    async def _trial(self, server: str) -> AsyncIterator[ServerSession]:
        """Return a link to try an account: it is not listed, and watches keep their token."""
        self.require_open()
        trial = self._new_link(server_url(server))
        try:
            with suppress(*errors.ABSENT):  # a missing route refuses no server (protocol.md T-53)
                await trial.api.health()
            yield trial
        finally:
            await trial.aclose()

    async def _use(
        self, url: ServerUrl, token: str, account: str, session: Session | None, *, is_kept: bool
    ) -> ServerSession:
        """Use the token once the keyring has it: until then, signing in can be cancelled."""
        self._redaction.know(token)
        profile, known = ServerProfile(url, account), self.known(url)
        if known is not None and known.account not in ("", account):
            await self._tried(self._keyring.delete(known.profile))  # nothing would request it again
            self._keep(url, None)
        try:
            has_kept = is_kept and await self._tried(self._keyring.set(profile, token))
        except asyncio.CancelledError:
            await self._tried(self._keyring.delete(profile))
            raise
        link = self.use(url)
        log.info("signed in to server %d; the keyring keeps the token: %s", link.number, has_kept)
        self._use_token(link, token, account, session)
        if has_kept:
            self._keep(url, session)
        return link

    def _keep(self, url: ServerUrl, session: Session | None) -> None:
        """Save the session of the token in the keyring; None if its start is unknown."""
        self._kept.pop(url, None)
        if session is not None:
            self._kept[url] = session

    def _use_token(
        self, link: ServerSession, token: str, account: str, session: Session | None
    ) -> None:
        """Use a token, and its session's end: from its start, or else from the token's form."""
        now, clock_s = self._now(), self._clock()
        ends_s = None
        if session is not None and session.account == account:
            ends_s = session.ends_s(now, clock_s)
        likely_s = likely_end_s(token, now, clock_s) if ends_s is None else None
        link.use_token(token, account, ends_s or likely_s, is_end_likely=likely_s is not None)

    async def _tried(self, work: Awaitable[None]) -> bool:
        """Return whether it worked; report an error."""
        try:
            await work
        except errors.CredentialError as error:
            self._on_problem(error)
            return False
        return True
