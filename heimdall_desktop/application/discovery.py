"""Finds scans and repositories by the links of the server's pages, and reads what they are.

The server has five database connections for everybody, so all readings together have at most two
requests under way, and each looks at no more than a bounded number of rows.
Source: heimdall-api.md 4.0 (ways 2 and 5), T-50.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from heimdall_desktop.application.accounts import Accounts
from heimdall_desktop.application.discovery_requests import (
    NAMED_LIMIT,
    CallOff,
    NamedFound,
    ReposFound,
    ScansFound,
)
from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.request_tasks import RequestTasks
from heimdall_desktop.application.scan_reader import ScanReader, described, refusal, scan_id_of
from heimdall_desktop.domain.board.discovery import Find, Finds, FoundRepo, FoundScan, Usual
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    LinkError,
    NotVisible,
    SignedOut,
    WireError,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.scan_link import ScanLink, scan_links
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.domain.words.wording import tr
from heimdall_desktop.services.page_links import PageLinks

AT_ONCE = 2
REPOS_LIMIT = 200
SCANS_LIMIT = 100  # of one repository
PAGES_LIMIT = 10  # should a build give only few on each

Page = Callable[[int], Awaitable[PageLinks]]
Id = TypeVar("Id", bound=str)


class Discovery:
    """Reads lists of scans and repositories; implements `DiscoveryRequests`.

    Args:
        accounts: knows the server in use.
        requests: carries out what is asked for.
        clock: monotonic seconds.
        now: the same moment in UTC.
        usual: how long the stages of a scan usually take.
    """

    def __init__(
        self,
        accounts: Accounts,
        requests: RequestTasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        usual: Usual,
    ) -> None:
        self._accounts = accounts
        self._requests = requests
        self._clock = clock
        self._describe = partial(described, clock=clock, now=now, usual=usual)
        self._gate = asyncio.Semaphore(AT_ONCE)

    # -- what the window asks for --

    def request_newest(self, on_finds: ScansFound) -> CallOff:
        """Read the newest scans over all repositories."""
        return self._start(self._newest, on_finds, name="find the newest scans")

    def request_repos(self, on_finds: ReposFound) -> CallOff:
        """Read the repositories."""
        return self._start(self._repos, on_finds, name="find repositories")

    def request_scans_of(self, repo: FoundRepo, on_finds: ScansFound) -> CallOff:
        """Read the scans of a repository, newest first."""
        read = partial(self._scans_of, repo)
        return self._start(read, on_finds, name="find the scans of a repository")

    def request_named(self, text: str, on_named: NamedFound) -> CallOff:
        """Read the first scans that ids and links in a text name; all of them, or an error."""

        async def read() -> None:
            on_named(await self._named(scan_links(text)[:NAMED_LIMIT]))

        def tell(error: HeimdallError | None) -> None:
            if error is not None:
                on_named(error)

        return self._requests.start(read, tell, name="read what links lead to")

    # -- for colleagues --

    async def newest_unknown(
        self, link: ServerLink, known: Callable[[ScanId], bool]
    ) -> list[ScanRead]:
        """Return the scans of the start page that are not known yet, read anew.

        Raises:
            ServerError, WireError: as `WebPages.start` and `HeimdallApi.scan`.
        """
        async with self._gate:
            links = await link.pages.start()
        reads = []
        for scan_id in links.scans:
            if not known(scan_id):
                async with self._gate:
                    reads.append(await link.api.scan(scan_id))
        return reads

    # -- inside --

    def _start(
        self,
        read: Callable[[ServerLink, Callable[[Finds[Find]], None]], Awaitable[None]],
        on_finds: Callable[[Finds[Find]], None],
        *,
        name: str,
    ) -> CallOff:
        asked_at_s = self._clock()
        is_off = False

        def find(finds: Finds[Find]) -> None:
            if not is_off:  # of two workers one may be about to tell
                on_finds(finds)

        def tell(error: HeimdallError | None) -> None:
            if error is not None:
                find(Finds(is_done=True, error=error, asked_at_s=asked_at_s))

        async def work() -> None:
            await read(self.link_in_use(), find)

        cancel = self._requests.start(work, tell, name=name)

        def call_off() -> None:
            nonlocal is_off
            is_off = True
            cancel()

        return call_off

    def link_in_use(self) -> ServerLink:
        """Return the server to look on.

        Raises:
            LinkError, SignedOut: there is none, or nobody is signed in there.
        """
        link = self._accounts.in_use
        if link is None:
            raise LinkError(tr("There is no server to look for scans on."), tr("Sign in first."))
        if not link.is_signed_in:
            raise SignedOut(
                tr("Nobody is signed in at {host}.").format(host=host_name(link.url)),
                tr("Sign in again."),
            )
        return link

    async def _newest(self, link: ServerLink, on_finds: ScansFound) -> None:
        finds: Finds[FoundScan] = Finds(asked_at_s=self._clock())
        async with self._gate:
            links = await link.pages.start()
        reader = ScanReader(link, self._describe)
        await self._read_rows(finds, links.scans[:SCANS_LIMIT], reader.read, on_finds)

    async def _repos(self, link: ServerLink, on_finds: ReposFound) -> None:
        finds: Finds[FoundRepo] = Finds(asked_at_s=self._clock())
        ids = await self._paged(link.pages.repos, lambda page: page.repos, REPOS_LIMIT)
        finds = replace(finds, has_more=len(ids) > REPOS_LIMIT)
        await self._read_rows(finds, ids[:REPOS_LIMIT], link.api.found_repo, on_finds)

    async def _scans_of(self, repo: FoundRepo, link: ServerLink, on_finds: ScansFound) -> None:
        finds: Finds[FoundScan] = Finds(asked_at_s=self._clock())
        page = partial(link.pages.repo, repo.repo_id)
        ids = await self._paged(page, lambda links: links.scans, SCANS_LIMIT)
        finds = replace(finds, has_more=len(ids) > SCANS_LIMIT)
        reader = ScanReader(link, self._describe, repo)
        await self._read_rows(finds, ids[:SCANS_LIMIT], reader.read, on_finds)

    async def _paged(
        self, page: Page, ids_of: Callable[[PageLinks], Iterable[Id]], limit: int
    ) -> list[Id]:
        """Return the ids of all pages, one more than the limit if there are more."""
        ids: dict[Id, None] = {}
        for number in range(1, PAGES_LIMIT + 1):
            async with self._gate:
                links = await page(number)
            before = len(ids)
            ids.update(dict.fromkeys(ids_of(links)))
            if len(ids) == before or len(ids) > limit:
                break
        return list(ids)[: limit + 1]

    async def _read_rows(
        self,
        finds: Finds[Find],
        ids: Sequence[Id],
        read: Callable[[Id], Awaitable[Find | None]],
        on_finds: Callable[[Finds[Find]], None],
    ) -> None:
        """Read each row and tell of it; what cannot be seen or understood is left out."""
        found: dict[int, Find] = {}
        troubles: list[HeimdallError] = []
        waiting = iter(enumerate(ids))

        def told(*, is_done: bool = False) -> Finds[Find]:
            rows = tuple(found[place] for place in sorted(found))
            error = troubles[0] if troubles else None
            return replace(finds, rows=rows, expected=len(ids), is_done=is_done, error=error)

        async def work() -> None:
            for place, each in waiting:
                if troubles:
                    return
                try:
                    async with self._gate:
                        row = await read(each)
                except (NotVisible, WireError):
                    continue
                except HeimdallError as error:
                    troubles.append(error)
                else:
                    if row is not None:
                        found[place] = row
                        on_finds(told())

        on_finds(told())
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
        on_finds(told(is_done=True))

    async def _named(self, links: Sequence[ScanLink]) -> tuple[FoundScan, ...]:
        found: dict[ScanId, FoundScan] = {}
        refused = 0
        for named in links:
            link = self._accounts.link_for(named)
            try:
                async with self._gate:
                    scan_id = await scan_id_of(link, named)
                    reader = ScanReader(link, self._describe)
                    scan = await reader.read(scan_id)
            except NotVisible:
                refused += 1
            else:
                if scan is not None:
                    found[scan.scan_id] = scan
        if refused:
            raise refusal(refused, len(links))
        return tuple(found.values())
