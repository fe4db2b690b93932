"""Lists the ids of all scans of a server, by the links of its pages, and requests them rarely.

The pages are expensive for the server: `/` and `/repos` load every scan of every repository. So
their ids are kept, and the caller says how old they may be. Nothing here ever means that a scan
is gone: a page that lists nothing may come from a database that fails.
Source: heimdall-api.md 4.0, T-70 to T-72.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.paged_ids import Page, PagedIds
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NotAllRead,
    NotVisible,
    PageUnreadable,
    Reason,
    ServerBusy,
    ServerError,
    ServerUnreachable,
    SignedOut,
    WireError,
    together,
)
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.services.page_links import PageLinks

# Reads many items of a server one after the other, and continues past those that fail.
#
# Failed items are retried once all others are read, a few times and after growing waits. Items
# that still give no good response are named, so that a list without them does not pass for a
# complete one. Source: heimdall-api.md T-56.


AGAIN_AFTER_S = (1.0, 4.0)  # before each further round over what failed
LOST_IN_A_ROW = 4  # this many failures in a row end a round: each may have hung for long
BUSY_LIMIT_S = 10.0  # a longer wait that the server requests ends the sweep

FINAL = (NotVisible, PageUnreadable)  # responses that stay the same, so these are not retried

Item = TypeVar("Item", bound=Hashable)
Pause = Callable[[float], Awaitable[object]]


class Sweep(Generic[Item]):
    """Reads items, each as often as needed within bounds.

    Args:
        read: reads one; its errors mean that it gave no good response.
        at_once: how many are read at a time.
        pause: waits so many seconds.
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
        self._end: HeimdallError | None = None
        self._lost = 0
        self._busy_s = 0.0
        self._is_there = is_there
        self.unread: dict[Item, HeimdallError] = {}

    async def run(self, items: Iterable[Item]) -> None:
        """Read all items; those that fail are in `unread`.

        Raises:
            SignedOut: at once.
            ServerBusy: the server requests a long wait.
            ServerUnreachable: there is no server, see `is_there`.
        """
        await self._round(list(dict.fromkeys(items)))
        for wait_s in AGAIN_AFTER_S:
            items = [each for each, why in self.unread.items() if not isinstance(why, FINAL)]
            if not items:
                return
            await self._pause(max(wait_s, self._busy_s))
            await self._round(items)

    async def _round(self, items: list[Item]) -> None:
        """Read each item once."""
        self._lost, self._busy_s = 0, 0.0
        waiting = iter(items)
        async with asyncio.TaskGroup() as group:
            for _ in range(self._at_once):
                group.create_task(self._work(waiting))
        if rest := list(waiting):  # the round was given up: the next one starts with them
            self.unread = dict.fromkeys(rest, self._newest_trouble()) | self.unread
        if self._end is not None:
            raise self._end
        if not self._is_there and self.unread:
            trouble = self._newest_trouble()
            if isinstance(trouble, ServerUnreachable):
                raise trouble

    def _newest_trouble(self) -> HeimdallError:
        return next(reversed(self.unread.values()))

    async def _work(self, waiting: Iterator[Item]) -> None:
        for each in waiting:
            try:
                await self._read(each)
            except HeimdallError as error:
                self._fail(each, error)
            else:
                self._lost, self._is_there = 0, True
                self.unread.pop(each, None)
            if self._end is not None or self._busy_s or self._lost >= LOST_IN_A_ROW:
                return

    def _fail(self, item: Item, error: HeimdallError) -> None:
        self.unread.pop(item, None)  # moves it to the end
        self.unread[item] = error
        self._lost = self._lost + 1 if isinstance(error, ServerUnreachable) else 0
        if isinstance(error, ServerBusy):
            self._busy_s = max(self._busy_s, error.wait_s)
        is_long = self._busy_s > BUSY_LIMIT_S
        if self._end is None and (isinstance(error, SignedOut) or is_long):
            self._end = error


log = logging.getLogger("heimdall.discovery")

START_S = 180.0  # the start page is requested no more often, unless by hand
EVERYTHING_S = 3600.0  # and all the pages of the repositories
NEWEST = 8  # links of the start page
OWED_S = 60.0  # the shortest wait before a failed read is retried
OVER = timedelta(hours=1)  # after this long no ended scan comes back (heimdall-api.md 8.1)

Id = TypeVar("Id", bound=str)


class Listed(Struct, frozen=True):
    """Ids in the server's order.

    Attributes:
        asked_at_s: monotonic time of the request.
        is_whole: nothing was left out as far as is known.
        trouble: what gave no good response, so that its scans are missing; None for nothing.
    """

    scan_ids: tuple[ScanId, ...] = ()
    asked_at_s: float = float("-inf")
    is_whole: bool = False
    trouble: NotAllRead | None = None

    @property
    def is_full(self) -> bool:
        """Whether, if it is the start page, there may be more scans than it has room for."""
        return len(self.scan_ids) >= NEWEST


class ScanListing:
    """Lists one account's scans; concurrent callers share one response.

    Whatever gives no good response is owed: a later check requests it again (T-56).

    Args:
        link: the server.
        gate: limits the concurrent requests of all discovery.
        clock: monotonic seconds.
        now: the same moment in UTC.
        pause: waits so many seconds.
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
        self._asking_newest, self._asking_everything = asyncio.Lock(), asyncio.Lock()
        self._newest, self._everything = Listed(), Listed()
        self._empty: set[RepoId] = set()
        self._repos: PagedIds[RepoId] | None = None
        self._owed: dict[RepoId, PagedIds[ScanId]] = {}
        self._owed_at_s = float("-inf")
        self._is_cut = False
        self._late: dict[ScanId, None] = {}
        self._unread: dict[ScanId, None] = {}
        self._over: set[ScanId] = set()

    async def newest(self, max_age_s: float = 0.0) -> Listed:
        """Return the eight newest scans of the start page.

        Raises:
            ServerError: as `WebPages.start`.
        """
        wanted_at_s = self._clock() - max_age_s
        async with self._asking_newest:
            if self._newest.asked_at_s < wanted_at_s:
                asked_at_s = self._clock()
                async with self._gate:
                    links = await self._link.pages.start()
                self._newest = Listed(links.scans, asked_at_s, self._whole(links.is_whole))
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
        async with self._asking_everything:
            if self._everything.asked_at_s >= wanted_at_s:
                if self._clock() - self._owed_at_s >= OWED_S:
                    await self._make_up()
                return self._everything
            asked_at_s = self._clock()
            was_complete = self._trouble_of_pages() is None
            self._repos = await self.repo_ids()
            self._empty.clear()
            self._owed.clear()
            self._is_cut = self._repos.is_cut
            ids = await self._scans_of(self._repos.ids, is_news)
            trouble = self._trouble_of_pages()
            listed = Listed(ids, asked_at_s, self._whole(self._are_all(trouble)), trouble)
            if not was_complete:
                self._late |= dict.fromkeys(ids)
            if is_news is not None:
                known = dict.fromkeys((*ids, *self._everything.scan_ids))
                self._everything = replace(
                    listed, scan_ids=tuple(known), asked_at_s=self._everything.asked_at_s
                )
            elif self._repos.ids:  # without one it is "nothing seen", requested again later
                self._everything = listed
        return listed

    async def owed(self) -> list[ScanId]:
        """Retry the repositories that listed nothing last time, or gave no good response.

        Returns:
            The scans of such repositories, and those whose own rows are owed.

        Raises:
            ServerError: as `Sweep.run`.
        """
        async with self._asking_everything:
            empty, self._empty = self._empty, set()
            ids = await self._scans_of(empty)
            self._empty.clear()
            await self._make_up()
        late, self._late = self._late, {}
        return [*dict.fromkeys((*ids, *late, *self._unread))]

    @property
    def trouble(self) -> NotAllRead | None:
        """What gave no good response so far, so that scans may be missing; None for nothing."""
        pages = self._trouble_of_pages()
        if not self._unread:
            return pages
        rows = NotAllRead(Reason.OWED_SCANS_UNREAD, count=len(self._unread))
        return rows if pages is None else together(NotAllRead, (pages, rows))

    async def repo_ids(self, limit: int | None = None) -> PagedIds[RepoId]:
        """Return all repositories, newest first.

        Raises:
            ServerError: as `WebPages.repos`, if there is none; or as `Sweep.run`.
        """
        return await self._paged(self._link.pages.repos, lambda page: page.repos, limit)

    async def scan_ids_of(self, repo_id: RepoId, limit: int | None = None) -> PagedIds[ScanId]:
        """Return the scans of a repository, newest first.

        Raises:
            NotVisible: it does not exist, or belongs to another account.
            ServerError: as `WebPages.repo`, if there is none; or as `Sweep.run`.
        """
        page = partial(self._link.pages.repo, repo_id)
        return await self._paged(page, lambda links: links.scans, limit)

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
            except NotVisible:
                self._unread.pop(scan_id, None)
                return
            self._unread.pop(scan_id, None)
            self.note(read)
            take(read)

        self._unread |= dict.fromkeys(wanted := list(scan_ids))  # also if it is interrupted
        await Sweep(read_row, pause=self._pause).run(wanted)

    def note(self, read: ScanRead) -> None:
        """Remember a scan that ended long ago: it is never read again for a listing."""
        if read.status in TERMINAL_STATUSES and self._now() - read.updated_at > OVER:
            self._over.add(read.scan_id)

    def is_over(self, scan_id: ScanId) -> bool:
        """Return whether a scan had ended long ago when it was read."""
        return scan_id in self._over

    # -- inside --

    def _whole(self, is_whole: bool) -> bool:
        if not is_whole:
            log.info("couldn't list all scans of %s", host_name(self._link.url))
        return is_whole

    async def _scans_of(
        self, repos: Iterable[RepoId], is_news: Callable[[ScanId], bool] | None = None
    ) -> tuple[ScanId, ...]:
        """Return the scans of these repositories; those of failed ones are owed."""
        lists = {
            repo_id: PagedIds(
                partial(self._link.pages.repo, repo_id),
                lambda links: links.scans,
                self._gate,
                is_news=is_news,
            )
            for repo_id in repos
        }
        await self._read_lists(lists)
        return tuple(dict.fromkeys(each for one in lists.values() for each in one.ids))

    async def _read_lists(self, lists: Mapping[RepoId, PagedIds[ScanId]]) -> None:
        """Read the missing parts of lists of scans, and note what is owed of them."""

        async def read_list(repo_id: RepoId) -> None:
            try:
                await lists[repo_id].read()
            except NotVisible:
                lists[repo_id].end()  # deleted meanwhile
            else:
                if not lists[repo_id].ids:
                    self._empty.add(repo_id)

        sweep = Sweep(read_list, pause=self._pause)
        self._owed |= lists  # also if it is interrupted
        await sweep.run(lists)
        for repo_id in lists.keys() - sweep.unread.keys():
            del self._owed[repo_id]
        self._owed_at_s = self._clock()
        self._is_cut = self._is_cut or any(one.is_cut for one in lists.values())
        for repo_id, trouble in sweep.unread.items():
            log.info("repository %s not listed yet: %s", repo_id, trouble)

    async def _make_up(self) -> None:
        """Read the pages that are owed, and list their scans."""
        if self._trouble_of_pages() is None or self._repos is None:
            return
        known = set(self._repos.ids)
        lists = dict(self._owed)
        if self._repos.has_failed:
            try:
                await self._repos.read()
            except (SignedOut, ServerBusy):
                raise
            except (ServerError, WireError) as error:
                log.info("list of repositories not loaded yet: %s", error)
        await self._read_lists(lists)
        ids = await self._scans_of(each for each in self._repos.ids if each not in known)
        late = dict.fromkeys((*(each for one in lists.values() for each in one.ids), *ids))
        self._late |= late
        scan_ids = tuple(dict.fromkeys((*self._everything.scan_ids, *late)))
        trouble = self._trouble_of_pages()
        is_whole = self._are_all(trouble)
        self._everything = replace(
            self._everything, scan_ids=scan_ids, is_whole=is_whole, trouble=trouble
        )

    def _are_all(self, trouble: NotAllRead | None) -> bool:
        has_repos = self._repos is not None and bool(self._repos.ids)
        return has_repos and not self._is_cut and trouble is None

    def _trouble_of_pages(self) -> NotAllRead | None:
        troubles = []
        repos = self._repos
        if repos is not None and repos.has_failed:
            troubles.append(NotAllRead(Reason.REPO_PAGE_UNREAD))
        if repos is not None and self._owed:
            missing, total = len(self._owed), len(repos.ids)
            troubles.append(NotAllRead(Reason.REPOS_UNREAD, missing=missing, total=total))
        return together(NotAllRead, troubles) if troubles else None

    async def _paged(
        self, page: Page, ids_of: Callable[[PageLinks], Iterable[Id]], limit: int | None
    ) -> PagedIds[Id]:
        """Return a list of the server; raise its error only if nothing of it could be read."""
        paged = PagedIds(page, ids_of, self._gate, limit)

        async def read(_list: None) -> None:
            await paged.read()

        sweep = Sweep(read, pause=self._pause, is_there=False)
        await sweep.run([None])
        if sweep.unread and not paged.ids:
            raise sweep.unread[None]
        return paged
