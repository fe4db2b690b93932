"""Watches new scans by themselves: those that run, and those that ended before they were seen.

The start page has only the eight newest. More may be new where all eight are, or where the newest
is over already; then the pages of the repositories are read too, as they are at the first look and
once an hour. What the user has stopped watching is never taken up again.
Source: heimdall-api.md 4.0, T-70 to T-72.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from heimdall_desktop.application.discovery import Discovery
from heimdall_desktop.application.scan_listing import EVERYTHING_S, NEWEST, Listed, ScanListing
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.end_readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.errors import NotAllRead, PageUnreadable, Reason
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.server import host_name

log = logging.getLogger("heimdall.discovery")


class AutoWatch:
    """Looks for scans once for each call.

    Args:
        discovery: reads pages and rows.
        clock: monotonic seconds.
        now: the same moment in UTC.
        is_known: whether a scan of a server is watched, or was until the user stopped it.
        watch: begins to watch a scan.
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
        self._of: ScanListing | None = None
        self._newest_at: datetime | None = None
        self._start_page: Sequence[ScanId] = ()
        self._everything_at_s = float("-inf")

    def want_everything(self) -> None:
        """Read all pages with the next look."""
        self._everything_at_s = float("-inf")

    async def look(self, link: ServerSession) -> None:
        """Watch the scans that run, and those that began and ended since the last look.

        Raises:
            NotAllRead: some of it gave no good answer; all the rest was looked at.
            ServerError: the start page could not be read, or the server must not be asked now.
        """
        listing = self._discovery.listing(link)
        if listing is not self._of:  # another server, or another account
            self._of, self._newest_at, self._start_page = listing, None, ()
            self.want_everything()
        asked_at_s = self._clock()
        newest = (await listing.newest()).scan_ids
        reads = await self._take_up(link, newest)
        if self._newest_at is None and newest and not reads:
            await listing.rows(newest[:1], reads.append)  # new is what comes after it
        if asked_at_s - self._everything_at_s >= EVERYTHING_S:
            try:
                everything = await listing.everything()
            except PageUnreadable as error:  # the start page alone shows what is new
                log.info("only the start page of %s is read: %s", host_name(link.url), error)
                everything = Listed(is_whole=True)
            reads += await self._take_up(link, everything.scan_ids)
            if everything.is_whole or everything.scan_ids:  # or nothing was seen: again next time
                self._everything_at_s = asked_at_s
        elif self._may_be_more(newest, reads):
            try:
                everything = await listing.everything(is_news=partial(self._is_news, link))
            except PageUnreadable as error:
                raise NotAllRead(Reason.REPO_PAGE_UNREAD) from error
            reads += await self._take_up(link, everything.scan_ids)
        else:
            reads += await self._take_up(link, await listing.owed())
        self._start_page = newest or self._start_page
        trouble = listing.trouble
        if self._newest_at is None or trouble is None:  # else those that are owed may be new
            made_at = [read.created_at for read in reads]
            before = () if self._newest_at is None else (self._newest_at,)
            self._newest_at = max((*made_at, *before), default=self._now())
        if trouble is not None:
            raise trouble

    async def _take_up(self, link: ServerSession, scan_ids: Iterable[ScanId]) -> list[ScanRead]:
        """Read the scans that are news, and watch those that are to be; return all that were."""
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
        """Whether a scan was made since the last look, by the server's own clock."""
        return self._newest_at is not None and read.created_at > self._newest_at

    def _is_news(self, link: ServerSession, scan_id: ScanId) -> bool:
        is_over = self._of is not None and self._of.is_over(scan_id)
        return not is_over and not self._is_known(link, scan_id)

    def _may_be_more(self, newest: Sequence[ScanId], reads: Iterable[ScanRead]) -> bool:
        """Whether scans may be new that the start page has no room for, or had for a while."""
        if len(newest) >= NEWEST and not {*newest} & {*self._start_page}:
            return True
        new = {read.scan_id: read for read in reads if self._is_new(read)}
        first = new.get(newest[0]) if newest else None
        return first is not None and first.status in TERMINAL_STATUSES
