"""Finds scans and repositories by the links of the server's pages, and reads what they are.

The server has five database connections for everybody, so all readings together have at most two
requests under way, and each looks at no more than a bounded number of rows.
A person who opens the list, or wants it read again, is told of every scan that runs: that takes the
pages of all repositories. While the list stays open it is brought up to date from what is known.
Source: heimdall-api.md 4.0 (ways 2 and 5), T-50, T-71.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from heimdall_desktop.application.accounts import Accounts
from heimdall_desktop.application.discovery_requests import (
    NAMED_LIMIT,
    CallOff,
    Named,
    NamedFound,
    Reading,
    ReposFound,
    ScansFound,
)
from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.request_tasks import RequestTasks
from heimdall_desktop.application.scan_listing import EVERYTHING_S, START_S, ScanListing
from heimdall_desktop.application.scan_reader import ScanReader, described, scan_id_of
from heimdall_desktop.domain.board.discovery import Find, Finds, FoundRepo, FoundScan, Usual
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    LinkError,
    NotVisible,
    SignedOut,
    WireError,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart, read_links
from heimdall_desktop.domain.facts.server import ServerUrl, host_name
from heimdall_desktop.domain.words.wording import tr

AT_ONCE = 2
REPOS_LIMIT = 200
SCANS_LIMIT = 100  # of one repository
RECENT_S = 300.0  # a person who comes back so soon sees the pages as they were

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
        self._now = now
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._listings: dict[tuple[ServerUrl, str], ScanListing] = {}

    # -- what the window asks for --

    def request_newest(self, on_finds: ScansFound, read: Reading = Reading.BY_HAND) -> CallOff:
        """Read the newest scans over all repositories, and those that run beside them."""
        return self._start(partial(self._newest, read), on_finds, name="find the newest scans")

    def request_repos(self, on_finds: ReposFound) -> CallOff:
        """Read the repositories."""
        return self._start(self._repos, on_finds, name="find repositories")

    def request_scans_of(self, repo: FoundRepo, on_finds: ScansFound) -> CallOff:
        """Read the scans of a repository, newest first."""
        read = partial(self._scans_of, repo)
        return self._start(read, on_finds, name="find the scans of a repository")

    def read_text(self, text: str) -> tuple[TextPart, ...]:
        """Return what the parts of a text name; nothing is asked for."""
        return tuple(map(self._checked, read_links(text)))

    def request_named(self, links: Sequence[ScanLink], on_named: NamedFound) -> CallOff:
        """Read the first of these scans, and tell which of them are there; or an error."""

        async def read() -> None:
            on_named(await self._named(links[:NAMED_LIMIT]))

        def tell(error: HeimdallError | None) -> None:
            if error is not None:
                on_named(error)

        return self._requests.start(read, tell, name="read what links lead to")

    # -- for colleagues --

    def listing(self, link: ServerLink) -> ScanListing:
        """Return what is known of the pages of a server for the account signed in there."""
        key = (link.url, link.account)
        if key not in self._listings:
            self._listings[key] = ScanListing(link, self._gate, self._clock, self._now)
        return self._listings[key]

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

    async def _newest(self, read: Reading, link: ServerLink, on_finds: ScansFound) -> None:
        finds: Finds[FoundScan] = Finds(asked_at_s=self._clock())
        listing, reader = self.listing(link), ScanReader(link, self._describe)
        newest = await listing.newest(START_S if read is Reading.BY_ITSELF else 0.0)
        finds = await self._read_rows(finds, newest.scan_ids, reader.read, on_finds, is_all=False)
        if finds.error is not None:
            on_finds(replace(finds, is_done=True))
            return
        everything = await listing.everything(_AGES_S[read])
        if newest.is_full and not {*newest.scan_ids} & {*everything.scan_ids}:
            everything = await listing.everything()  # more may be new than the start page shows
        others = [each for each in everything.scan_ids if each not in newest.scan_ids]

        async def read_live(scan_id: ScanId) -> FoundScan | None:
            return await reader.read_live(scan_id, listing)

        is_whole = newest.is_whole and everything.is_whole
        finds = replace(finds, has_more=not is_whole and bool(newest.scan_ids))
        waiting = [each for each in others if not listing.is_over(each)]
        await self._read_rows(finds, waiting, read_live, on_finds)

    async def _repos(self, link: ServerLink, on_finds: ReposFound) -> None:
        finds: Finds[FoundRepo] = Finds(asked_at_s=self._clock())
        ids, is_whole = await self.listing(link).repo_ids(REPOS_LIMIT)
        finds = replace(finds, has_more=not is_whole)
        await self._read_rows(finds, ids, link.api.found_repo, on_finds)

    async def _scans_of(self, repo: FoundRepo, link: ServerLink, on_finds: ScansFound) -> None:
        finds: Finds[FoundScan] = Finds(asked_at_s=self._clock())
        ids, is_whole = await self.listing(link).scan_ids_of(repo.repo_id, SCANS_LIMIT)
        finds = replace(finds, has_more=not is_whole)
        reader = ScanReader(link, self._describe, repo)
        await self._read_rows(finds, ids, reader.read, on_finds)

    async def _read_rows(
        self,
        finds: Finds[Find],
        ids: Sequence[Id],
        read: Callable[[Id], Awaitable[Find | None]],
        on_finds: Callable[[Finds[Find]], None],
        *,
        is_all: bool = True,
    ) -> Finds[Find]:
        """Read each row after those there are, and tell of it; return them all.

        What cannot be seen or understood is left out. Unless `is_all`, more is to come.
        """
        found: dict[int, Find] = {}
        troubles: list[HeimdallError] = []
        waiting = iter(enumerate(ids))
        count = 0

        def told(*, is_done: bool = False) -> Finds[Find]:
            rows = finds.rows + tuple(found[place] for place in sorted(found))
            return Finds(
                rows,
                expected=(finds.expected or 0) + len(ids),
                is_done=is_done,
                has_more=finds.has_more,
                error=troubles[0] if troubles else None,
                asked_at_s=finds.asked_at_s,
                read=finds.read + count,
            )

        async def work() -> None:
            nonlocal count
            for place, each in waiting:
                if troubles:
                    return
                row = None
                try:
                    async with self._gate:
                        row = await read(each)
                except (NotVisible, WireError):
                    pass
                except HeimdallError as error:
                    troubles.append(error)
                    return
                count += 1
                if row is not None:
                    found[place] = row
                    on_finds(told())

        on_finds(told())
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
        if is_all:
            on_finds(told(is_done=True))
        return told()

    def _checked(self, part: TextPart) -> TextPart:
        """Return a part of a text, as a mistake if it leads to a server that is none of ours."""
        if part.link is None:
            return part
        try:
            self._accounts.link_for(part.link)
        except LinkError as error:
            return TextPart(part.text, None, error)
        return part

    async def _named(self, links: Sequence[ScanLink]) -> Named:
        found: dict[ScanLink, FoundScan] = {}
        refused: dict[ScanLink, NotVisible] = {}
        for named in links:
            link = self._accounts.link_for(named)
            try:
                async with self._gate:
                    scan_id = await scan_id_of(link, named)
                    reader = ScanReader(link, self._describe)
                    found[named] = await reader.read_named(scan_id)
            except NotVisible as error:
                refused[named] = error
        return Named(found, refused)


_AGES_S = {Reading.BY_ITSELF: EVERYTHING_S, Reading.OPENED: RECENT_S, Reading.BY_HAND: 0.0}
