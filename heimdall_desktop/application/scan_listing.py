"""Lists the ids of all scans of a server, by the links of its pages, and asks for these rarely.

The pages are dear to the server: `/` and `/repos` load every scan of every repository. So their
ids are kept, and whoever wants them says how old they may be. Nothing here ever means that a scan
is gone: a page that lists nothing may come from a database that fails.
Source: heimdall-api.md 4.0, T-70 to T-72.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.domain.facts.end_readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.errors import NotVisible, WireError
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.services.page_links import PageLinks

log = logging.getLogger("heimdall.discovery")

START_S = 180.0  # the start page is asked for no more often, unless by hand
EVERYTHING_S = 3600.0  # and all the pages of the repositories
NEWEST = 8  # links of the start page
PAGES_LIMIT = 100  # of one list, should a server never stop giving new ids
OVER = timedelta(hours=1)  # by then no scan that has ended comes back (heimdall-api.md 8.1)

Page = Callable[[int], Awaitable[PageLinks]]
Id = TypeVar("Id", bound=str)


@dataclass(frozen=True, slots=True)
class Listed:
    """Ids in the server's order.

    Attributes:
        asked_at_s: monotonic moment.
        is_whole: nothing was left out that we know of.
    """

    scan_ids: tuple[ScanId, ...] = ()
    asked_at_s: float = float("-inf")
    is_whole: bool = False

    @property
    def is_full(self) -> bool:
        """Whether, if it is the start page, there may be more than it has room for."""
        return len(self.scan_ids) >= NEWEST


class ScanListing:
    """Lists one account's scans; several who ask at once get one answer.

    Args:
        link: the server.
        gate: lets so many requests of all discovery through at once.
        clock: monotonic seconds.
        now: the same moment in UTC.
    """

    def __init__(
        self,
        link: ServerLink,
        gate: asyncio.Semaphore,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._link, self._gate = link, gate
        self._clock, self._now = clock, now
        self._asking_newest, self._asking_everything = asyncio.Lock(), asyncio.Lock()
        self._newest, self._everything = Listed(), Listed()
        self._empty: set[RepoId] = set()
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
        """Return the scans of every repository.

        Args:
            max_age_s: how old a listing may be to be used again.
            is_news: where given, a repository is read only as far as there is news on its pages.

        Raises:
            ServerError: as `WebPages.repos` and `WebPages.repo`.
        """
        wanted_at_s = self._clock() - max_age_s
        async with self._asking_everything:
            if self._everything.asked_at_s >= wanted_at_s:
                return self._everything
            asked_at_s = self._clock()
            repos, is_whole = await self.repo_ids()
            ids: dict[ScanId, None] = {}
            self._empty.clear()
            for repo_id in repos:
                found, is_all = await self._scans_of(repo_id, is_news)
                ids.update(dict.fromkeys(found))
                is_whole = is_whole and is_all
            listed = Listed(tuple(ids), asked_at_s, self._whole(is_whole and bool(repos)))
            if is_news is not None:
                known = dict.fromkeys((*ids, *self._everything.scan_ids))
                self._everything = replace(self._everything, scan_ids=tuple(known))
            elif repos:  # without one it is "nothing seen", asked again later
                self._everything = listed
        return listed

    async def seen_empty(self) -> list[ScanId]:
        """Ask once more for the repositories that listed nothing last time; return their scans.

        Raises:
            ServerError: as `WebPages.repo`.
        """
        empty, self._empty = self._empty, set()
        ids: list[ScanId] = []
        for repo_id in empty:
            ids += (await self._scans_of(repo_id, None))[0]
        self._empty.clear()
        return ids

    async def repo_ids(self, limit: int | None = None) -> tuple[list[RepoId], bool]:
        """Return all repositories, newest first, and whether these are all.

        Raises:
            ServerError: as `WebPages.repos`.
        """
        return await self._paged(self._link.pages.repos, lambda page: page.repos, limit)

    async def scan_ids_of(
        self, repo_id: RepoId, limit: int | None = None
    ) -> tuple[list[ScanId], bool]:
        """Return the scans of a repository, newest first, and whether these are all of them.

        Raises:
            NotVisible: it does not exist, or belongs to another account.
            ServerError: as `WebPages.repo`.
        """
        page = partial(self._link.pages.repo, repo_id)
        return await self._paged(page, lambda links: links.scans, limit)

    async def rows(self, scan_ids: Iterable[ScanId]) -> AsyncIterator[ScanRead]:
        """Read what these scans are, one after the other; what cannot be seen is left out.

        Raises:
            ServerError: as `HeimdallApi.scan`.
        """
        for scan_id in dict.fromkeys(scan_ids):
            try:
                async with self._gate:
                    read = await self._link.api.scan(scan_id)
            except (NotVisible, WireError):
                continue
            self.note(read)
            yield read

    def note(self, read: ScanRead) -> None:
        """Remember a scan that was over long ago: it is never read again for a listing."""
        if read.status in TERMINAL_STATUSES and self._now() - read.updated_at > OVER:
            self._over.add(read.scan_id)

    def is_over(self, scan_id: ScanId) -> bool:
        """Whether a scan was over long ago when it was read."""
        return scan_id in self._over

    # -- inside --

    def _whole(self, is_whole: bool) -> bool:
        if not is_whole:
            log.info("not all scans of %s could be listed", host_name(self._link.url))
        return is_whole

    async def _scans_of(
        self, repo_id: RepoId, is_news: Callable[[ScanId], bool] | None
    ) -> tuple[list[ScanId], bool]:
        try:
            page = partial(self._link.pages.repo, repo_id)
            found = await self._paged(page, lambda links: links.scans, None, is_news)
        except NotVisible:
            return [], True  # deleted meanwhile
        if not found[0]:
            self._empty.add(repo_id)
        return found

    async def _paged(
        self,
        page: Page,
        ids_of: Callable[[PageLinks], Iterable[Id]],
        limit: int | None,
        is_news: Callable[[Id], bool] | None = None,
    ) -> tuple[list[Id], bool]:
        """Return the ids of all pages, and whether these are all.

        The end is the first page without a new id, never what the page says of a next one (T-72).
        """
        ids: dict[Id, None] = {}
        is_whole = True
        for number in range(1, PAGES_LIMIT + 1):
            async with self._gate:
                links = await page(number)
            is_whole = is_whole and links.is_whole
            new = [each for each in ids_of(links) if each not in ids]
            ids.update(dict.fromkeys(new))
            if limit is not None and len(ids) > limit:
                return list(ids)[:limit], False
            if not new or (is_news is not None and not any(map(is_news, new))):
                return list(ids), is_whole
        return list(ids), False
