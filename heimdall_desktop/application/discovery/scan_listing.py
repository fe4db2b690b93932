"""Lists the ids of all scans of a server, by the links of its pages, and requests them rarely.

The pages are expensive for the server: `/` and `/repos` load every scan of every repository. So
their ids are kept, and the caller says how old they may be. Nothing here ever means that a scan
is gone: a page that lists nothing may come from a database that fails.
Source: protocol.md 4.0, T-56, T-70 to T-72.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from msgspec import Struct

from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.services.page_links import PageLinks

log = logging.getLogger("heimdall.discovery")

START_S = 180.0  # the start page is requested no more often, unless by hand
EVERYTHING_S = 3600.0  # and all the pages of the repositories
NEWEST = 8  # links of the start page
OWED_S = 60.0  # the shortest wait before a failed read is retried
OVER = timedelta(hours=1)  # after this long no ended scan comes back (protocol.md 8.1)
PAGES_LIMIT = 100  # of one list, in case a server never stops giving new ids

AGAIN_AFTER_S = (1.0, 4.0)  # before each further round over what failed
LOST_IN_A_ROW = 4  # this many failures in a row end a round: each may have hung for long
BUSY_LIMIT_S = 10.0  # a longer wait that the server requests ends the sweep
FINAL = (errors.NotVisible, errors.PageUnreadable)  # stay the same, so these are not retried

Item = TypeVar("Item", bound=Hashable)
Id = TypeVar("Id", bound=str)
Pause = Callable[[float], Awaitable[object]]
Page = Callable[[int], Awaitable[PageLinks]]


class Sweep(Generic[Item]):
    """Reads items, and retries those that failed a few times, once all others are read.

    Items that still give no good response are named, so that a list without them does not pass for
    a complete one.

    Args:
        read: reads one; its errors mean that it gave no good response.
        at_once: how many are read at a time.
        is_there: the server has responded a moment ago; otherwise a first round without any
            response ends the sweep, since more rounds would only hide for long that there is
            no server.

    Attributes:
        unread: those without a good response, each with its newest error or that of the server.
    """

    def __init__(
        self,
        read: Callable[[Item], Awaitable[object]],
        *,
        at_once: int = 1,
        pause: Pause = asyncio.sleep,
        is_there: bool = True,
    ) -> None:
        self._read, self._at_once, self._pause = read, at_once, pause
        self._end: errors.HeimdallError | None = None
        self._lost = 0
        self._busy_s = 0.0
        self._is_there = is_there
        self.unread: dict[Item, errors.HeimdallError] = {}

    async def run(self, items: Iterable[Item]) -> None:
        """Read all items; those that fail are in `unread`.

        Raises:
            SignedOut: at once.
            ServerBusy: the server requests a long wait.
            ServerUnreachable: there is no server, see `is_there`.
        """
        items = dict.fromkeys(items)
        for wait_s in (None, *AGAIN_AFTER_S):
            if wait_s is not None:
                items = [each for each, why in self.unread.items() if not isinstance(why, FINAL)]
                if not items:
                    return
                await self._pause(max(wait_s, self._busy_s))
            self._lost, self._busy_s = 0, 0.0
            waiting = iter(items)
            async with asyncio.TaskGroup() as group:
                for _ in range(self._at_once):
                    group.create_task(self._work(waiting))
            newest = next(reversed(self.unread.values()), None)
            if newest is None:
                return
            # if the round was given up, the next one starts with the rest
            self.unread = dict.fromkeys(waiting, newest) | self.unread
            if self._end is not None:
                raise self._end
            if not self._is_there and isinstance(newest, errors.ServerUnreachable):
                raise newest

    async def _work(self, waiting: Iterator[Item]) -> None:
        for each in waiting:
            try:
                await self._read(each)
            except errors.HeimdallError as error:
                self.unread.pop(each, None)  # moves it to the end
                self.unread[each] = error
                self._lost = self._lost + 1 if isinstance(error, errors.ServerUnreachable) else 0
                if isinstance(error, errors.ServerBusy):
                    self._busy_s = max(self._busy_s, error.wait_s)
                if isinstance(error, errors.SignedOut) or self._busy_s > BUSY_LIMIT_S:
                    self._end = self._end or error
            else:
                self._lost, self._is_there = 0, True
                self.unread.pop(each, None)
            if self._end is not None or self._busy_s or self._lost >= LOST_IN_A_ROW:
                return


class PagedIds(Generic[Id]):
    """The ids of one list of the server, page by page.

    The first page without a new id is the end, never what a page says of a next one (T-72). A page
    that fails does not hide the one behind it, and is requested again with the next read.

    Args:
        page: reads a page by its number, starting at 1.
        gate: limits the concurrent requests of all discovery.
        limit: the most ids that are wanted; None for all.
        is_news: if given, reading stops at pages without news.

    Attributes:
        is_cut: there are more ids than its pages gave, or than are wanted.
    """

    def __init__(
        self,
        page: Page,
        ids_of: Callable[[PageLinks], Iterable[Id]],
        gate: asyncio.Semaphore,
        limit: int | None = None,
        is_news: Callable[[Id], bool] | None = None,
    ) -> None:
        self._page, self._ids_of, self._gate = page, ids_of, gate
        self._limit, self._is_news = limit, is_news
        self._pages: dict[int, tuple[Id, ...]] = {}
        self._next = 1
        self._has_end = self.is_cut = False

    @property
    def ids(self) -> list[Id]:
        """Each id once, in the server's order."""
        return self._known()[: self._limit]

    @property
    def is_whole(self) -> bool:
        return self.is_read and not self.is_cut

    @property
    def is_read(self) -> bool:
        """Whether every page of it gave a good response."""
        return self._has_end and not self.has_failed

    @property
    def has_failed(self) -> bool:
        """Whether a page of it gave no good response."""
        return len(self._pages) < self._next - 1

    def end(self) -> None:
        """Treat the ids read so far as complete."""
        self._pages = {number: self._pages.get(number, ()) for number in range(1, self._next)}
        self._has_end = True

    async def read(self) -> None:
        """Read the missing pages; two failures in a row end this attempt.

        Raises:
            ServerError: the first error.
        """
        waiting = [number for number in range(1, self._next) if number not in self._pages]
        failures: list[errors.HeimdallError] = []
        failed_in_a_row = 0
        while failed_in_a_row < 2 and (waiting or not self._has_end):
            number = waiting.pop(0) if waiting else self._next
            self._next = max(self._next, number + 1)
            try:
                async with self._gate:
                    links = await self._page(number)
            except errors.HeimdallError as error:
                failures.append(error)
                failed_in_a_row += 1
                if isinstance(error, errors.SignedOut | errors.ServerBusy | errors.NotVisible):
                    break
                continue
            failed_in_a_row, known = 0, set(self._known())
            self._pages[number] = ids = tuple(self._ids_of(links))
            new = [each for each in ids if each not in known]
            is_over_limit = self._limit is not None and len(known) + len(new) > self._limit
            self.is_cut = self.is_cut or not links.is_whole or is_over_limit
            if number >= PAGES_LIMIT and new:
                self.is_cut = self._has_end = True
            is_news = self._is_news
            if not new or is_over_limit or (is_news is not None and not any(map(is_news, new))):
                self._has_end = True
        if failures:
            raise failures[0]

    def _known(self) -> list[Id]:
        pages = (self._pages[number] for number in sorted(self._pages))
        return list(dict.fromkeys(each for page in pages for each in page))


class Listed(Struct, frozen=True):
    """Ids in the server's order.

    Attributes:
        asked_at_s: monotonic time of the request.
        is_whole: nothing was left out as far as is known.
        error: what gave no good response, so that its scans are missing; None for nothing.
    """

    scan_ids: tuple[ScanId, ...] = ()
    asked_at_s: float = float("-inf")
    is_whole: bool = False
    error: errors.NotAllRead | None = None


class ScanListing:
    """Lists one account's scans; concurrent callers share one response.

    Whatever gives no good response is owed: a later check requests it again (T-56). What is owed
    is computed from the lists that were read, and from `_due`, the rows to read again.

    Args:
        gate: limits the concurrent requests of all discovery.
    """

    def __init__(
        self,
        link: ServerSession,
        gate: asyncio.Semaphore,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._link, self._gate = link, gate
        self._clock, self._now, self._pause = clock, now, pause
        self._reading_newest, self._reading_everything = asyncio.Lock(), asyncio.Lock()
        self._newest, self._everything = Listed(), Listed()
        self._repos: PagedIds[RepoId] | None = None
        self._lists: dict[RepoId, PagedIds[ScanId]] = {}
        self._empty: set[RepoId] = set()  # listed nothing, which is retried once
        self._due: dict[ScanId, bool] = {}  # whether its row gave no good response
        self._retried_at_s = float("-inf")
        self._over: set[ScanId] = set()

    async def newest(self, max_age_s: float = 0.0) -> Listed:
        """Return the eight newest scans of the start page.

        Raises:
            ServerError: as `WebPages.start`.
        """
        wanted_at_s = self._clock() - max_age_s
        async with self._reading_newest:
            if self._newest.asked_at_s < wanted_at_s:
                asked_at_s = self._clock()
                async with self._gate:
                    links = await self._link.pages.start()
                self._newest = Listed(links.scans, asked_at_s, links.is_whole)
                if not links.is_whole:
                    log.info("couldn't list all new scans of server %d", self._link.number)
        return self._newest

    async def everything(
        self, max_age_s: float = 0.0, is_news: Callable[[ScanId], bool] | None = None
    ) -> Listed:
        """Return the scans of every repository that gave a good response.

        Args:
            max_age_s: how old a listing may be to be used again.
            is_news: if given, reading a repository stops at pages without news.

        Raises:
            ServerError: as `WebPages.repos`, if no repository could be read; or `Sweep.run`.
        """
        wanted_at_s = self._clock() - max_age_s
        async with self._reading_everything:
            if self._everything.asked_at_s >= wanted_at_s:
                if self._clock() - self._retried_at_s >= OWED_S:
                    await self._retry_pages()
                return self._everything
            asked_at_s = self._clock()
            was_complete = self._pages_error() is None
            self._repos = await self.repo_ids()
            self._empty, self._lists = set(), {}
            ids = await self._scans_of(self._repos.ids, is_news)
            listed = self._listed(ids, asked_at_s)
            if not listed.is_whole:
                log.info("couldn't list all scans of server %d", self._link.number)
            if not was_complete:
                self._due = dict.fromkeys(ids, False) | self._due
            if is_news is not None:
                known = (*ids, *self._everything.scan_ids)
                self._everything = self._listed(known, self._everything.asked_at_s)
            elif self._repos.ids:  # without one it is "nothing seen", requested again later
                self._everything = listed
        return listed

    async def owed(self) -> list[ScanId]:
        """Retry repositories that listed nothing or failed; return scans whose rows are due.

        Raises:
            ServerError: as `Sweep.run`.
        """
        async with self._reading_everything:
            ids = await self._scans_of(self._empty)
            self._empty = set()
            await self._retry_pages()
        due, self._due = self._due, {each: True for each, failed in self._due.items() if failed}
        return [*dict.fromkeys((*ids, *due))]

    @property
    def error(self) -> errors.NotAllRead | None:
        """What gave no good response so far, so that scans may be missing; None for nothing."""
        pages, count = self._pages_error(), sum(self._due.values())
        if not count:
            return pages
        rows = errors.NotAllRead(errors.Reason.OWED_SCANS_UNREAD, count=count)
        return rows if pages is None else errors.together(errors.NotAllRead, (pages, rows))

    async def repo_ids(self, limit: int | None = None) -> PagedIds[RepoId]:
        """Return all repositories, newest first.

        Raises:
            ServerError: as `WebPages.repos`, if there is none; or as `Sweep.run`.
        """
        repos = PagedIds(self._link.pages.repos, lambda page: page.repos, self._gate, limit)
        return await self._read_paged(repos)

    async def scan_ids_of(self, repo_id: RepoId, limit: int | None = None) -> PagedIds[ScanId]:
        """Return the scans of a repository, newest first.

        Raises:
            NotVisible: it does not exist, or belongs to another account.
            ServerError: as `WebPages.repo`, if there is none; or as `Sweep.run`.
        """
        page = partial(self._link.pages.repo, repo_id)
        scans = PagedIds(page, lambda links: links.scans, self._gate, limit)
        return await self._read_paged(scans)

    async def rows(self, scan_ids: Iterable[ScanId], take: Callable[[ScanRead], object]) -> None:
        """Read these scans one after the other, and pass each on.

        A scan that is not visible is left out; one that gives no good response is owed.

        Raises:
            ServerError: as `Sweep.run`.
        """

        async def read_row(scan_id: ScanId) -> None:
            try:
                async with self._gate:
                    read = await self._link.api.scan(scan_id)
            except errors.NotVisible:
                self._due.pop(scan_id, None)
                return
            self._due.pop(scan_id, None)
            self.note(read)
            take(read)

        self._due |= dict.fromkeys(wanted := list(scan_ids), True)  # also if it is interrupted
        await Sweep(read_row, pause=self._pause).run(wanted)

    def note(self, read: ScanRead) -> None:
        """Remember a scan that ended long ago: it is never read again for a listing."""
        if read.status in TERMINAL_STATUSES and self._now() - read.updated_at > OVER:
            self._over.add(read.scan_id)

    def is_over(self, scan_id: ScanId) -> bool:
        return scan_id in self._over

    async def _read_paged(self, paged: PagedIds[Id]) -> PagedIds[Id]:
        """Read a list of the server; raise its error only if nothing of it could be read."""

        async def read(_list: None) -> None:
            await paged.read()

        sweep = Sweep(read, pause=self._pause, is_there=False)
        await sweep.run([None])
        if sweep.unread and not paged.ids:
            raise sweep.unread[None]
        return paged

    async def _scans_of(
        self, repos: Iterable[RepoId], is_news: Callable[[ScanId], bool] | None = None
    ) -> tuple[ScanId, ...]:
        lists = {
            repo_id: PagedIds(
                partial(self._link.pages.repo, repo_id),
                lambda links: links.scans,
                self._gate,
                is_news=is_news,
            )
            for repo_id in repos
        }
        self._lists |= lists  # also if it is interrupted
        return await self._read_lists(lists)

    async def _read_lists(self, lists: Mapping[RepoId, PagedIds[ScanId]]) -> tuple[ScanId, ...]:
        """Read the missing parts of lists of scans; return their scans."""

        async def read_list(repo_id: RepoId) -> None:
            try:
                await lists[repo_id].read()
            except errors.NotVisible:
                lists[repo_id].end()  # deleted meanwhile
            else:
                if not lists[repo_id].ids:
                    self._empty.add(repo_id)

        sweep = Sweep(read_list, pause=self._pause)
        await sweep.run(lists)
        self._retried_at_s = self._clock()
        for repo_id, error in sweep.unread.items():
            log.info("repository %s not listed yet: %s", repo_id, error)
        return tuple(dict.fromkeys(each for one in lists.values() for each in one.ids))

    async def _retry_pages(self) -> None:
        """Read the pages that are owed; their scans are due."""
        repos = self._repos
        if self._pages_error() is None or repos is None:
            return
        owed = {repo_id: one for repo_id, one in self._lists.items() if not one.is_read}
        known = set(repos.ids)
        if repos.has_failed:
            try:
                await repos.read()
            except (errors.SignedOut, errors.ServerBusy):
                raise
            except (errors.ServerError, errors.WireError) as error:
                log.info("list of repositories not loaded yet: %s", error)
        ids = await self._read_lists(owed)
        ids += await self._scans_of(each for each in repos.ids if each not in known)
        self._due = dict.fromkeys(ids, False) | self._due
        everything = self._everything
        self._everything = self._listed((*everything.scan_ids, *ids), everything.asked_at_s)

    def _listed(self, scan_ids: Iterable[ScanId], asked_at_s: float) -> Listed:
        error, lists = self._pages_error(), (self._repos, *self._lists.values())
        is_cut = any(each.is_cut for each in lists if each is not None)
        is_whole = bool(self._repos and self._repos.ids) and not is_cut and error is None
        return Listed(tuple(dict.fromkeys(scan_ids)), asked_at_s, is_whole, error)

    def _pages_error(self) -> errors.NotAllRead | None:
        if self._repos is None:
            return None
        failures = (
            [errors.NotAllRead(errors.Reason.REPO_PAGE_UNREAD)] if self._repos.has_failed else []
        )
        missing = sum(not one.is_read for one in self._lists.values())
        if missing:
            total = len(self._repos.ids)
            failures.append(
                errors.NotAllRead(errors.Reason.REPOS_UNREAD, missing=missing, total=total)
            )
        return errors.together(errors.NotAllRead, failures) if failures else None
