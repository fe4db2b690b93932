"""Polls the server in use, so that a dead session or server is noticed whatever runs.

It searches for new scans while that is switched on. If neither that nor a watched scan brings a
response for a minute, one cheap request proves server and session. `/api/auth/me` is never
requested, and nothing at all while no account is signed in.
Source: protocol.md 1.5, T-50, T-71; behaviour.md 2.6.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks, rest
from heimdall_desktop.application.discovery import scan_listing
from heimdall_desktop.application.discovery.discovery import Discovery
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection, ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.server import ServerState, Standing

log = logging.getLogger("heimdall.discovery")


class AutoWatch:
    """Watches new scans: those that run, and those that ended before they were seen.

    The start page has only the eight newest. There may be more new ones if all eight are new, or
    if the newest has already ended. Then the pages of the repositories are read too, as with the
    first check and once an hour. A scan that the user has stopped watching is never resumed.
    Source: protocol.md 4.0, T-70 to T-72.

    Args:
        is_known: whether a scan of a server is watched, or was until the user stopped it.
    """

    def __init__(
        self,
        discovery: Discovery,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        is_known: Callable[[ServerSession, ScanId], bool],
        watch: Callable[[ServerSession, ScanId], object],
    ) -> None:
        self._discovery = discovery
        self._clock, self._now = clock, now
        self._is_known, self._watch = is_known, watch
        self._of: scan_listing.ScanListing | None = None
        self._newest_at: datetime | None = None
        self._start_page: Sequence[ScanId] = ()
        self._everything_at_s = float("-inf")

    def want_everything(self) -> None:
        self._everything_at_s = float("-inf")

    async def check(self, link: ServerSession) -> None:
        """Watch the scans that run, and those that started and ended since the last check.

        Raises:
            NotAllRead: some of it gave no good response; all the rest was checked.
            ServerError: the start page could not be read, or the server must not be polled now.
        """
        listing = self._discovery.listing(link)
        if listing is not self._of:  # another server, or another account
            self._of, self._newest_at, self._start_page = listing, None, ()
            self.want_everything()
        asked_at_s = self._clock()
        newest = (await listing.newest()).scan_ids
        reads = await self._watch_new(link, newest)
        if self._newest_at is None and newest and not reads:
            await listing.rows(newest[:1], reads.append)  # later ones are new
        if asked_at_s - self._everything_at_s >= scan_listing.EVERYTHING_S:
            try:
                everything = await listing.everything()
            except errors.PageUnreadable as error:  # the start page alone shows what is new
                log.info("only the start page of server %d is read: %s", link.number, error)
                everything = scan_listing.Listed(is_whole=True)
            reads += await self._watch_new(link, everything.scan_ids)
            if everything.is_whole or everything.scan_ids:  # or nothing was seen: again next time
                self._everything_at_s = asked_at_s
        elif self._may_be_more(newest, reads):
            try:
                everything = await listing.everything(is_news=partial(self._is_news, link))
            except errors.PageUnreadable as error:
                raise errors.NotAllRead(errors.Reason.REPO_PAGE_UNREAD) from error
            reads += await self._watch_new(link, everything.scan_ids)
        else:
            reads += await self._watch_new(link, await listing.owed())
        self._start_page = newest or self._start_page
        missing = listing.error
        if self._newest_at is None or missing is None:  # else owed scans may be new
            made_at = [read.created_at for read in reads]
            before = () if self._newest_at is None else (self._newest_at,)
            self._newest_at = max((*made_at, *before), default=self._now())
        if missing is not None:
            raise missing

    async def _watch_new(self, link: ServerSession, scan_ids: Iterable[ScanId]) -> list[ScanRead]:
        """Read the new scans, and watch those that qualify; return all that were read."""
        reads: list[ScanRead] = []

        def take(read: ScanRead) -> None:
            reads.append(read)
            is_wanted = read.status not in TERMINAL_STATUSES or self._is_new(read)
            if is_wanted and not self._is_known(link, read.scan_id):
                self._watch(link, read.scan_id)

        wanted = filter(partial(self._is_news, link), scan_ids)
        await self._discovery.listing(link).rows(wanted, take)
        return reads

    def _is_new(self, read: ScanRead) -> bool:
        """Return whether a scan was created since the last check, by the server's own clock."""
        return self._newest_at is not None and read.created_at > self._newest_at

    def _is_news(self, link: ServerSession, scan_id: ScanId) -> bool:
        is_over = self._of is not None and self._of.is_over(scan_id)
        return not is_over and not self._is_known(link, scan_id)

    def _may_be_more(self, newest: Sequence[ScanId], reads: Iterable[ScanRead]) -> bool:
        """Return whether there may be new scans that the start page does not show, or did not."""
        if len(newest) >= scan_listing.NEWEST and not {*newest} & {*self._start_page}:
            return True
        new = {read.scan_id: read for read in reads if self._is_new(read)}
        first = new.get(newest[0]) if newest else None
        return first is not None and first.status in TERMINAL_STATUSES


BEAT_S = 5.0  # how often it checks what is due; requests are far rarer
SILENCE_S = 60.0  # a server silent for this long is polled
RETRY_S = 15.0  # after a failed request
FIRST_S = 5.0  # at the start the watches go first
MISSES = 2  # failed requests that make a server unreachable
NO_SCAN = ScanId("00000000-0000-4000-8000-000000000000")
"""The scan that is requested to check the session: a 404 means it is valid, a 401 not."""


class ServerPolls:
    """Owns one task, and what is known of the server in use.

    Args:
        store: the watched scans, whose responses count too.

    Attributes:
        state: the connection state of the server in use; None without one.
        on_changed: called when the state has changed.
        on_problem: called once when the pages are not as expected; polling continues.
    """

    def __init__(
        self,
        accounts: Accounts,
        new_scans: AutoWatch,
        store: Store,
        tasks: Tasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._accounts, self._new_scans, self._store = accounts, new_scans, store
        self._tasks, self._clock, self._now = tasks, clock, now
        self.state: ServerState | None = None
        self._is_on = False
        self._running: asyncio.Task[None] | None = None
        self._wanted = asyncio.Event()
        self._page_due_s = self._proof_due_s = float("-inf")
        self._misses = 0
        self._missed_at: datetime | None = None
        self._missed_at_s = float("-inf")
        self._was_signed_in = False
        self.on_changed: Callable[[], None] = lambda: None
        self.on_problem: Callable[[errors.HeimdallError], None] = lambda _error: None

    def start(self) -> None:
        if self._running is None:
            self._proof_due_s = self._clock() + FIRST_S
            self._running = self._tasks.spawn(self._poll_forever(), name="poll servers")

    def switch(self, *, is_on: bool) -> None:
        """Set whether to search for new scans; if so, at once."""
        if is_on and not self._is_on:
            self._new_scans.want_everything()
            self._page_due_s = float("-inf")
            self._wanted.set()
        self._is_on = is_on

    def resume(self) -> None:
        """Poll at once: an account has signed in, the user wants it, or the machine has slept."""
        if self.state is not None and self.state.standing is Standing.SIGNED_OUT:
            self.state = replace(
                self.state, standing=Standing.GOOD, since=None, is_token_refused=False
            )
            self.on_changed()
        self._page_due_s = self._proof_due_s = float("-inf")
        self._wanted.set()

    def follow(self) -> None:
        """Check whether another server is in use, or no account is signed in there any longer."""
        link = self._accounts.in_use
        if link is None:
            self._change_to(None)
            return
        if self.state is None or self.state.server != link.url:
            self._was_signed_in = False
            self._misses = 0
            self._change_to(ServerState(link.url))
        self._was_signed_in = self._was_signed_in or link.is_signed_in
        states = (scan.connection_state for scan in self._store if scan.server == link.url)
        if not link.is_signed_in or Connection.SIGNED_OUT in states:
            self.sign_out(link)

    async def poll(self) -> None:
        """Send what is due, if an account is signed in."""
        self._wanted.clear()
        self.follow()
        link, state = self._accounts.in_use, self.state
        if link is None or state is None or state.standing is Standing.SIGNED_OUT:
            return
        now_s, due_s = self._clock(), self._proof_due_s
        has_page = self._is_on and now_s >= self._page_due_s and not self._misses
        answers = (scan.last_answer_at_s for scan in self._store if scan.server == link.url)
        answered_at_s = max((at_s for at_s in answers if at_s is not None), default=float("-inf"))
        if not self._misses:  # responses to the watches count
            due_s = max(due_s, answered_at_s + SILENCE_S)
        elif answered_at_s > self._missed_at_s:
            self._handle_answer(link, SILENCE_S, has_checked=False)
            due_s = self._proof_due_s
        if has_page or now_s >= due_s:
            await self._request(link, has_page=has_page)
        if self._wanted.is_set():  # requested meanwhile: due from that later time on
            self._page_due_s = self._proof_due_s = float("-inf")

    async def aclose(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
            self._running = None

    async def _request(self, link: ServerSession, *, has_page: bool) -> None:
        try:
            if has_page:
                await self._new_scans.check(link)
            else:
                await link.api.scan(NO_SCAN)
        except (errors.ServerUnreachable, errors.ServerFault) as error:
            self._handle_miss(link, error)
            if has_page:  # a lost page cost the server nothing
                is_lost = isinstance(error, errors.ServerUnreachable)
                self._postpone(link, error, SILENCE_S if is_lost else scan_listing.START_S)
        except errors.SignedOut:
            self.sign_out(link)
        except errors.NotAllRead as error:
            link.prove()
            self._handle_answer(link, SILENCE_S, has_checked=True, lacks=error.kept())
        except errors.PageUnreadable as error:
            state = self._state_of(link)
            is_news = state is not None and state.error is None
            self._handle_answer(link, SILENCE_S, has_checked=False)
            self._postpone(link, error, scan_listing.START_S)
            if is_news:  # sent last: a state without an error withdraws it
                self.on_problem(error)
        except errors.WrongServer as error:  # a response that says nothing about the session
            self._proof_due_s = self._clock() + SILENCE_S
            if has_page:
                self._postpone(link, error, scan_listing.START_S)
        except errors.ServerBusy as error:
            self._handle_answer(link, error.wait_s, has_checked=False)
            if has_page:
                self._postpone(link, error, error.wait_s)
        except errors.NotVisible:  # as expected: the session is valid
            link.prove()
            self._handle_answer(link, SILENCE_S, has_checked=False)
        except errors.HeimdallError as error:  # a response, whatever it says
            self._handle_answer(link, SILENCE_S, has_checked=False)
            if has_page:
                self._postpone(link, error, scan_listing.START_S)
        else:
            link.prove()
            self._handle_answer(link, SILENCE_S, has_checked=has_page)

    # -- handling responses --

    def _handle_answer(
        self,
        link: ServerSession,
        wait_s: float,
        *,
        has_checked: bool,
        lacks: errors.HeimdallError | None = None,
    ) -> None:
        self._proof_due_s = self._clock() + wait_s
        if has_checked:
            self._page_due_s = self._clock() + scan_listing.START_S
        self._misses = 0
        if (state := self._state_of(link)) is not None:
            if state.standing is Standing.UNREACHABLE:
                self._page_due_s = float("-inf")  # it is back: check for scans since then
                self._wanted.set()
            since = state.since if state.is_good else None
            state = replace(state, standing=Standing.GOOD, since=since)
            if has_checked:
                state = replace(state, looked_at=self._now(), error=None, lacks=lacks)
            self._change_to(state)

    def _handle_miss(self, link: ServerSession, error: errors.HeimdallError) -> None:
        """Note a response that is missing, or not from a working Heimdall server."""
        self._misses += 1
        if self._misses == 1:
            self._missed_at, self._missed_at_s = self._now(), self._clock()
        self._proof_due_s = self._clock() + RETRY_S * min(self._misses, MISSES)
        state = self._state_of(link)
        if state is not None and state.is_good and self._misses >= MISSES:
            self._change_to(
                replace(
                    state, standing=Standing.UNREACHABLE, since=self._missed_at, error=error.kept()
                )
            )

    def _postpone(self, link: ServerSession, error: errors.HeimdallError, wait_s: float) -> None:
        """Leave the pages alone for a while, and say why there is no search for new scans."""
        self._page_due_s = self._clock() + wait_s
        if (state := self._state_of(link)) is not None:
            self._change_to(replace(state, error=error.kept()))

    def sign_out(self, link: ServerSession) -> None:
        """Note that no account is signed in, or that the server does not accept our token."""
        state = self._state_of(link)
        if state is not None and state.standing is not Standing.SIGNED_OUT:
            since = self._now() if self._was_signed_in else None
            self._change_to(
                replace(
                    state,
                    standing=Standing.SIGNED_OUT,
                    since=since,
                    error=None,
                    is_token_refused=link.is_signed_in and not link.is_proven,
                )
            )

    def _state_of(self, link: ServerSession) -> ServerState | None:
        """Return the state, unless it already belongs to another server."""
        state = self.state
        return state if state is not None and state.server == link.url else None

    def _change_to(self, state: ServerState | None) -> None:
        if state != self.state:
            link, before = self._accounts.in_use, self.state and self.state.standing
            if state is not None and link is not None and state.standing is not before:
                problem = state.error or errors.LogText("no error")
                log.info("server %d: %s, %s", link.number, state.standing, problem)
            self.state = state
            self.on_changed()

    async def _poll_forever(self) -> None:
        while True:
            await self.poll()
            await rest(BEAT_S, self._wanted)
