"""Reads a scan's findings until the list agrees with the server's own total.

Source: protocol.md T-1 to T-6, T-54 and 8.1 step 4. A listing drifts while rows are added and
moved. So rows are collected by id over at most three rounds, and rows already read are always kept.
Several pages are read at once where the server has free places that nothing else needs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.application.watching import poller
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.listed_rows import ROWS_LIMIT
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import id_on_server, is_about
from heimdall_desktop.services.finding_rows import FindingsPage

if TYPE_CHECKING:  # `application/servers/server_session.py` loads it
    from heimdall_desktop.services.api import HeimdallApi

log = logging.getLogger("heimdall.api")

PAGE_ROWS = 100  # the server's cap; more is cut silently (T-6)
ROUNDS = 3  # T-4
RESUME_S = 60.0  # a listing that was interrupted this long ago starts again
ANNOUNCED_READS = 20  # announced findings missing in a whole listing that are read after it
ROWS_AT_ONCE = 200  # of a page that are reported together; the server's have 100, others have all
SURE_ANSWERS = 2  # in a row with another count than the rows: one may be out of date (T-67)
SINGLE_READS = 5  # hinted findings that are read one by one; more wait for a listing


class _Reading(Struct):
    """A listing under way, with its position: a failed page does not cost the pages before it.

    Attributes:
        total: the count in the answer that was requested last; None where the server does not
            count, and pages are read until one brings nothing new (protocol.md 13).
        pages: the pages read in this round.
        is_exhausted: a page held nothing new, so further ones will not either.
        seen: the ids read in this round.
        is_full: a row was not kept because the scan is full.
        is_cut: a page was too long to read all of it; reading it again is no help.
        next_page: `next_pages` returns the unread ones from this one on.
    """

    began_s: float
    rounds: int = 0
    total: int | None = 0
    pages: set[int] = field(default_factory=set)
    seen: set[FindingId] = field(default_factory=set)
    unreadable: int = 0
    is_exhausted: bool = False
    is_full: bool = False
    is_cut: bool = False
    _before: set[FindingId] = field(default_factory=set)  # ids of the rounds before
    _per_page: int = PAGE_ROWS
    _asked_at_s: float = float("-inf")
    next_page: int = 1

    @property
    def ids(self) -> Collection[FindingId]:
        return self.seen | self._before if self._before else self.seen

    def begin_round(self) -> None:
        """Read all pages again; the ids of the rounds before stay."""
        self._before |= self.seen
        self.pages, self.seen, self.unreadable = set(), set(), 0
        self.is_exhausted = self.is_full = self.is_cut = False

    def next_pages(self, most: int) -> list[int]:
        """Return some of the unread pages from `next_page` on, each once."""
        handed: list[int] = []
        while len(handed) < most:
            if self.pages and self.is_exhausted:
                break
            if self.pages and self.total is not None:
                has_all = len(self.seen) + self.unreadable >= self.total  # some return all at once
                if has_all or (self.next_page - 1) * self._per_page >= self.total:
                    break
            if self.next_page not in self.pages:
                handed.append(self.next_page)
            self.next_page += 1
        return handed

    def add_page(
        self, page: int, listed: FindingsPage, asked_at_s: float, left_out: Collection[FindingId]
    ) -> None:
        """Process a page without the rows left out; pages may come in any order."""
        reported = {finding.id for finding in listed.findings}
        new = reported.difference(left_out) - self.seen
        if left_out or len(listed.findings) + listed.bad_rows > ROWS_LIMIT:
            self.is_full = True
        self.seen |= new
        self.unreadable += listed.bad_rows
        self.pages.add(page)
        self._per_page = max(listed.per_page, 1)
        self.is_cut = self.is_cut or listed.is_cut
        lacks_total = listed.is_cut and listed.total is None  # the count may come after the rows
        if asked_at_s >= self._asked_at_s and not (lacks_total and self.total):
            self._asked_at_s, self.total = asked_at_s, listed.total
        is_news = bool(new or (listed.bad_rows and not reported))  # some servers ignore the page
        if self.is_full or not is_news or self.unreadable >= ROWS_LIMIT:
            self.is_exhausted = True


class FindingSync:
    """Knows when a listing is due, and runs one at a time. All moments are monotonic seconds.

    A requested listing stays due until one has started after its moment: a request during a listing
    is never taken for done.

    Attributes:
        is_listing: a listing is under way.
        began_s: when the first page of the newest listing was requested.
        rounds: how many rounds the newest listing took; 0 until it has ended.
        pages_read: how many pages were read so far, including interrupted listings.
        recounts: how many listings in a row the server's counts have caused that still differ.
    """

    def __init__(
        self,
        scan: Scan,
        api: "HeimdallApi",
        observe: Callable[[observation.Observation], object],
        clock: Callable[[], float],
    ) -> None:
        self._scan, self._scan_id, self._api = scan, scan.id, api
        self._observe, self._clock = observe, clock
        self._wishes: set[float] = set()
        self._is_urgent = False
        self._allowed_at_s = self._ended_at_s = float("-inf")
        self._differing = 0  # answers in a row
        self._hinted: set[FindingId] = set()
        self._skip: tuple[float, int] | None = None
        self._broken_off: tuple[float, _Reading] | None = None
        self._logged: tuple[int, int, int] | None = None
        self.pages_read = self.recounts = self.rounds = 0
        self.began_s = float("-inf")
        self.is_listing = False

    def want(self, at_s: float, *, is_urgent: bool = False) -> None:
        """Request a listing that starts at a moment or later.

        Args:
            at_s: not before this moment.
            is_urgent: do not wait for the pause after the previous listing.
        """
        self._wishes.add(at_s)
        self._is_urgent = self._is_urgent or is_urgent

    def hint(self, finding_id: FindingId, now_s: float, *, is_known: bool) -> None:
        """Use a stream event as a hint: read the row soon, and all rows once the burst rests."""
        self.want(now_s + poller.BURST_REST_S)
        if not is_known:
            self._hinted.add(finding_id)

    def note_skip(self, now_s: float) -> None:
        """Record that the server dropped events, to count the rows the next listing recovers."""
        if self._skip is None:
            log.info("events of scan %s were dropped or are unreadable", self._scan_id)
            self._skip = now_s, len(self._scan.findings)
        self.want(now_s)

    def compare_counts(self, asked_at_s: float) -> int:
        """Compare the severities of a `/live` answer with the rows; list them if they differ.

        A finding that is raised back between two polls moves no count.

        Args:
            asked_at_s: when the answer was requested.

        Returns:
            How many answers in a row differ from the rows since the last listing.
        """
        now_s = self._clock()
        if self.is_listing or self.is_wished(now_s) or asked_at_s < self._ended_at_s:
            return 0
        recount_at_s = self._scan.recount_at_s
        if not self._scan.differs_from_counts:
            self._differing = self.recounts = 0
            recount_at_s = None
        else:
            self._differing += 1
            if self._differing == SURE_ANSWERS:
                at_s = now_s
                if self.recounts:  # listings in a row that have not changed that
                    wait_s = poller.INCOMPLETE_RETRY_S * 2 ** min(self.recounts - 1, 4)
                    wait_s = min(wait_s, poller.RECOUNT_LIMIT_S)
                    recount_at_s = at_s = max(now_s + wait_s, self._allowed_at_s)
                self.recounts += 1
                self.want(at_s)
        if recount_at_s != self._scan.recount_at_s:
            self._observe(observation.CountsCompared(self._scan_id, asked_at_s, recount_at_s))
        return self._differing

    def is_wished(self, now_s: float) -> bool:
        """Return whether a listing should have started, though a pause may put it off."""
        return any(at_s <= now_s for at_s in self._wishes)

    def is_due(self, now_s: float) -> bool:
        return bool(self._hinted) or self._is_listing_due(now_s)

    async def read_due(self) -> observation.ListingEnded | None:
        """Read what is due: a few hinted rows at once, then all of them if a listing is due.

        Returns:
            How the listing ended; None if none was due.

        Raises:
            ServerError, WireError: as the API does; a listing is then due again.
        """
        await self._read_hinted()
        return await self._list_all() if self._is_listing_due(self._clock()) else None

    def _is_listing_due(self, now_s: float) -> bool:
        return self.is_wished(now_s) and (self._is_urgent or now_s >= self._allowed_at_s)

    async def _list_all(self) -> observation.ListingEnded:
        """Read every page, again if the rows do not add up; continue an interrupted listing."""
        began_s, ended = self._clock(), None
        reading = _Reading(began_s)
        if self._broken_off is not None and began_s - self._broken_off[0] < RESUME_S:
            reading = self._broken_off[1]
        self._wishes = {at_s for at_s in self._wishes if at_s > reading.began_s}
        self._is_urgent = False
        self.began_s, self.rounds = reading.began_s, 0
        self.is_listing = True
        if self._logged is None:
            log.info("listing of scan %s started", self._scan_id)
        try:
            ended = await self._rounds(reading)
            self.rounds = reading.rounds
        finally:
            now_s = self._clock()
            self.is_listing = False
            self._ended_at_s, self._differing = now_s, 0
            took_s = 0.0 if ended is None else now_s - began_s  # a break repeats nothing
            self._allowed_at_s = now_s + poller.listing_rest_s(took_s)
            self._broken_off = (now_s, reading) if ended is None else None
            if ended is None or ended.is_worth_repeating:
                self.want(now_s + poller.INCOMPLETE_RETRY_S)
        if ended.is_worth_repeating:
            at_s = max(self._allowed_at_s, self._clock() + poller.INCOMPLETE_RETRY_S)
            ended = replace(ended, retry_at_s=at_s)
        elif self._skip is not None and self._skip[0] <= ended.asked_at_s:
            known, self._skip = self._skip[1], None  # the rows that a gap had hidden
            ended = replace(ended, recovered=max(len(self._scan.findings) - known, 0))
        self._log_listing(ended, reading)
        self._observe(ended)
        if ended.is_whole and not ended.unreadable and not self._scan.is_stream_only:
            await self._settle_announced(reading)
        return ended

    def _log_listing(self, ended: observation.ListingEnded, reading: _Reading) -> None:
        """Log how a listing ended, if it differs from the one before."""
        counts = (ended.read, ended.total, ended.unreadable)
        if counts != self._logged or ended.recovered:
            self._logged = counts
            log.info(
                "listing of scan %s complete: %d of %d rows, %d unreadable, %d found again after "
                "dropped events, in %.1f s, %d pages and %d rounds",
                self._scan_id,
                *counts,
                ended.recovered,
                self._clock() - reading.began_s,
                len(reading.pages),
                reading.rounds,
            )

    async def _rounds(self, reading: _Reading) -> observation.ListingEnded:
        while True:
            await self._round(reading)
            read = len(reading.ids)
            unreadable = reading.unreadable
            total = read + unreadable if reading.total is None else reading.total
            if reading.is_full or reading.is_cut:  # the rest is beyond what is kept or read
                total = max(total, read + max(unreadable, 1))
                unreadable = total - read
            ended = observation.ListingEnded(
                self._scan_id, reading.began_s, total, read, read >= total, unreadable
            )
            reading.rounds += 1
            if not ended.is_worth_repeating or reading.rounds >= ROUNDS:
                return ended
            reading.begin_round()

    async def _settle_announced(self, reading: _Reading) -> None:
        """Request older announced findings that a whole listing lacks, and drop the missing ones.

        A row missing from a listing proves nothing (T-4); a server without the row does.
        """
        ids = reading.ids
        left = [each for each in self._scan.announced if id_on_server(each) not in ids]
        has_all = len(left) <= ANNOUNCED_READS
        try:
            for finding_id in left[:ANNOUNCED_READS]:
                try:
                    is_there = await self._read_row(finding_id)
                except errors.NotVisible:
                    is_there = False
                except errors.ABSENT:  # no single findings here: rely on the listing if it has any
                    is_there = not reading.ids
                if not is_there:
                    self._observe(
                        observation.RowMissing(self._scan_id, reading.began_s, finding_id)
                    )
        except (errors.ServerError, errors.WireError) as error:
            has_all = False
            log.info("announced findings not checked yet: %s", error)
        if not has_all:
            self.want(self._clock() + poller.INCOMPLETE_RETRY_S)

    async def _round(self, reading: _Reading) -> None:
        """Read the missing pages of this round; only the first one reports the others."""
        reading.next_page = 1
        for first in reading.next_pages(1):
            await self._read_page(reading, first)
            await self._read_hinted()  # a new critical row does not wait for a long listing
        failures: list[errors.HeimdallError] = []
        running: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                # always one page, more if nothing else waits for the places
                one = 0 if running else 1
                most = one if reading.total is None else max(self._api.free_places, one)
                for page in [] if failures else reading.next_pages(most):
                    work = self._collect_error(self._read_page(reading, page), failures)
                    running.add(group.create_task(work))
                if not running:
                    break
                _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                if failures:
                    for task in running:
                        task.cancel()
                elif self._hinted:
                    work = self._collect_error(self._read_hinted(), failures)
                    running.add(group.create_task(work))
        if failures:
            raise failures[0]

    async def _collect_error(
        self, work: Awaitable[None], failures: list[errors.HeimdallError]
    ) -> None:
        """Await the work, and collect its error for the caller that waits for all of it."""
        try:
            await work
        except errors.HeimdallError as error:
            failures.append(error)

    async def _read_page(self, reading: _Reading, page: int) -> None:
        asked_at_s = self._clock()
        listed = await self._api.findings_page(self._scan_id, page, PAGE_ROWS)
        for first in range(0, max(len(listed.findings), 1), ROWS_AT_ONCE):
            if first:
                await asyncio.sleep(0)
            rows = listed.findings[first : first + ROWS_AT_ONCE]
            self._observe(observation.FindingsListed(self._scan_id, asked_at_s, rows))
        self.pages_read += 1
        left_out: list[FindingId] = []  # because the scan is full
        if self._scan.is_full:
            left_out += [row.id for row in listed.findings if row.id not in self._scan.findings]
        reading.add_page(page, listed, asked_at_s, left_out)

    async def _read_hinted(self) -> None:
        """Read a few hinted rows one by one; leave more to a listing."""
        hinted, self._hinted = self._hinted, set()
        if len(hinted) <= SINGLE_READS:
            for finding_id in hinted:
                with suppress(*errors.ABSENT):  # the listing will show it
                    await self._read_row(finding_id)

    async def _read_row(self, finding_id: FindingId) -> bool:
        """Read one row; return whether it belongs to this scan."""
        asked_at_s = self._clock()
        finding = await self._api.finding(finding_id)
        is_own = is_about(finding.scan_id, self._scan_id)
        if is_own:
            row = replace(finding, scan_id=self._scan_id)
            self._observe(observation.FindingsListed(self._scan_id, asked_at_s, (row,)))
        return is_own
