"""Finds scans and repositories through the links of the server's pages, and reads them.

The server has five database connections for all its users. So all readings together have at most
two requests under way, and each reads a bounded number of rows.
When a person opens or refreshes the list, it shows every running scan. That takes the pages of
all repositories. While the list stays open, it is updated from known data.
Source: protocol.md 4.0 (ways 2 and 5), T-50, T-71.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from enum import Enum, auto
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import CallOff, Reply, RequestTasks
from heimdall_desktop.application.discovery import scan_listing
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import FoundRepo, ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart, read_links
from heimdall_desktop.domain.facts.server import ServerUrl, host_name
from heimdall_desktop.presentation.board import found_scans

AT_ONCE = 2
REPOS_LIMIT = 200
SCANS_LIMIT = 100  # of one repository
NAMED_LIMIT = 8  # scans of a text that are requested before they are watched
RECENT_S = 300.0  # a person who comes back within this time sees the same pages again

Id = TypeVar("Id", bound=str)


class Reading(Enum):
    """Why a list is read. It decides how old cached pages may be."""

    BY_ITSELF = auto()
    """A list that stays open is updated automatically."""
    OPENED = auto()
    """A person has opened it."""
    BY_HAND = auto()
    """A person refreshes all of it."""


_AGES_S = {
    Reading.BY_ITSELF: scan_listing.EVERYTHING_S,
    Reading.OPENED: RECENT_S,
    Reading.BY_HAND: 0.0,
}


class Named(Struct, frozen=True):
    """The targets of links.

    Attributes:
        found: the scan of each link that leads to one.
        refused: why this account sees none.
    """

    found: Mapping[ScanLink, found_scans.FoundScan]
    refused: Mapping[ScanLink, errors.NotVisible]


ScansFound = Callable[[found_scans.ScanFinds], None]
ReposFound = Callable[[found_scans.RepoFinds], None]
NamedFound = Reply[Named]


class ScanReader:
    """Reads scans of one server for a list of them: row, snapshot, and each repository once.

    Args:
        usual: how long the stages of a scan usually take.
        only: the repository whose scans are wanted; None for all.
    """

    def __init__(
        self,
        link: ServerSession,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        usual: found_scans.Usual,
        only: FoundRepo | None = None,
    ) -> None:
        self._link, self._clock, self._now, self._usual = link, clock, now, usual
        self._only = only
        self._repos = {} if only is None else {only.repo_id: only}

    async def read(self, scan_id: ScanId) -> found_scans.FoundScan | None:
        """Return a scan; None if it belongs to another repository than wanted."""
        scan = await self._link.api.scan(scan_id)
        if self._only is not None and scan.repo_id != self._only.repo_id:
            return None
        return await self._found(scan)

    async def read_named(self, scan_id: ScanId) -> found_scans.FoundScan:
        """Return a scan that a link names; it may have only a stream."""
        scan = await self._link.prove_scan(scan_id)
        return (
            found_scans.announced_scan(scan_id, self._link.url)
            if scan is None
            else await self._found(scan)
        )

    async def read_live(
        self, scan_id: ScanId, listing: scan_listing.ScanListing
    ) -> found_scans.FoundScan | None:
        """Return a running scan; None for another, which the listing may then leave out."""
        scan = await self._link.api.scan(scan_id)
        listing.note(scan)
        return None if scan.status in TERMINAL_STATUSES else await self._found(scan)

    async def _found(self, scan: ScanRead) -> found_scans.FoundScan:
        link, live = self._link, None
        if not scan.counts:
            with suppress(*errors.ABSENT):  # not every server offers it
                live = await link.api.live(scan.scan_id)
                link.has_live = True
        repo = self._repos.get(scan.repo_id)
        if repo is None:
            try:
                repo = await link.api.found_repo(scan.repo_id)
            except errors.ABSENT:
                repo = FoundRepo(scan.repo_id, scan.repo_id)
            self._repos[scan.repo_id] = repo
        return found_scans.found_scan(
            scan, repo, live, link.url, self._clock(), self._now(), self._usual
        )


class Discovery:
    """Reads lists of scans and repositories of the server in use.

    Every request returns at once and can be cancelled. Its callback receives one value after the
    other, each with all rows found until then.

    Args:
        usual: how long the stages of a scan usually take.
        pause: waits for N seconds before a failed request is retried.
    """

    def __init__(
        self,
        accounts: Accounts,
        requests: RequestTasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        usual: found_scans.Usual,
        pause: scan_listing.Pause = asyncio.sleep,
    ) -> None:
        self._accounts = accounts
        self._requests = requests
        self._clock = clock
        self._now, self._usual, self._pause = now, usual, pause
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._listings: dict[tuple[ServerUrl, str], scan_listing.ScanListing] = {}

    # -- requests of the window --

    def request_newest(self, on_finds: ScansFound, read: Reading = Reading.BY_HAND) -> CallOff:
        """Read the newest scans of all repositories, and other running scans."""
        return self._start(partial(self._newest, read), on_finds, name="find the newest scans")

    def request_repos(self, on_finds: ReposFound) -> CallOff:
        return self._start(self._repos, on_finds, name="find repositories")

    def request_scans_of(self, repo: FoundRepo, on_finds: ScansFound) -> CallOff:
        """Read the scans of a repository, newest first."""
        read = partial(self._scans_of, repo)
        return self._start(read, on_finds, name="find the scans of a repository")

    def read_text(self, text: str) -> tuple[TextPart, ...]:
        """Return what the parts of a text name, without a request.

        A part that leads to a server that is not ours is an error.
        """
        parts: list[TextPart] = []
        for part in read_links(text):
            if part.link is None:
                parts.append(part)
                continue
            try:
                server = self._accounts.link_for(part.link).url
            except errors.LinkError as error:
                parts.append(TextPart(part.text, None, error))
            else:
                named = replace(part.link, server=server) if part.link.is_own else part.link
                parts.append(TextPart(part.text, named))
        return tuple(parts)

    def request_named(self, links: Sequence[ScanLink], on_named: NamedFound) -> CallOff:
        """Read the first of these scans, and report which of them exist; or an error."""
        read = partial(self._named, links[:NAMED_LIMIT])
        return self._requests.start(read, on_named, name="read what links lead to")

    # -- for other classes --

    def listing(self, link: ServerSession) -> scan_listing.ScanListing:
        """Return the known pages of a server for the account signed in there."""
        key = (link.url, link.account)
        if key not in self._listings:
            self._listings[key] = scan_listing.ScanListing(
                link, self._gate, self._clock, self._now, self._pause
            )
        return self._listings[key]

    # -- inside --

    def _start(
        self,
        read: Callable[
            [ServerSession, Callable[[found_scans.Finds[found_scans.Find]], None]], Awaitable[None]
        ],
        on_finds: Callable[[found_scans.Finds[found_scans.Find]], None],
        *,
        name: str,
    ) -> CallOff:
        asked_at_s = self._clock()
        is_off = False

        def report(finds: found_scans.Finds[found_scans.Find]) -> None:
            if not is_off:  # of two workers, one may be about to report
                on_finds(finds)

        def end(error: errors.HeimdallError | None) -> None:
            if error is not None:
                report(found_scans.Finds(is_done=True, error=error, asked_at_s=asked_at_s))

        async def work() -> None:
            await read(self._accounts.require_in_use(), report)

        cancel = self._requests.start(work, end, name=name)

        def call_off() -> None:
            nonlocal is_off
            is_off = True
            cancel()

        return call_off

    def _reader(self, link: ServerSession, only: FoundRepo | None = None) -> ScanReader:
        return ScanReader(link, self._clock, self._now, self._usual, only)

    async def _newest(self, read: Reading, link: ServerSession, on_finds: ScansFound) -> None:
        finds: found_scans.Finds[found_scans.FoundScan] = found_scans.Finds(
            asked_at_s=self._clock()
        )
        listing, reader = self.listing(link), self._reader(link)
        try:
            newest = await listing.newest(
                scan_listing.START_S if read is Reading.BY_ITSELF else 0.0
            )
        except errors.ServerFault as error:  # the pages of the repositories may work
            newest, finds = scan_listing.Listed(), replace(finds, error=error)
        finds = await self._read_rows(finds, newest.scan_ids, reader.read, on_finds, is_all=False)
        if finds.is_done:
            return
        try:
            everything = await listing.everything(_AGES_S[read])
            shown = set(newest.scan_ids)
            if len(shown) >= scan_listing.NEWEST and shown.isdisjoint(everything.scan_ids):
                everything = await listing.everything()  # more is new than the start page shows
        except errors.HeimdallError as error:
            on_finds(replace(finds, is_done=True, error=error))
            return
        is_whole = newest.is_whole and everything.is_whole
        has_more = not is_whole and bool(newest.scan_ids)
        finds = replace(finds, has_more=has_more, error=finds.error or everything.error)
        others = [each for each in everything.scan_ids if each not in newest.scan_ids]
        running = [each for each in others if not listing.is_over(each)]
        await self._read_rows(finds, running, partial(reader.read_live, listing=listing), on_finds)

    async def _repos(self, link: ServerSession, on_finds: ReposFound) -> None:
        asked_at_s = self._clock()
        repos = await self.listing(link).repo_ids(REPOS_LIMIT)
        error = errors.NotAllRead(errors.Reason.REPO_PAGE_UNREAD) if repos.has_failed else None
        finds: found_scans.RepoFinds = found_scans.Finds(
            has_more=not repos.is_whole, error=error, asked_at_s=asked_at_s
        )
        await self._read_rows(finds, repos.ids, link.api.found_repo, on_finds, are_repos=True)

    async def _scans_of(self, repo: FoundRepo, link: ServerSession, on_finds: ScansFound) -> None:
        asked_at_s = self._clock()
        scans = await self.listing(link).scan_ids_of(repo.repo_id, SCANS_LIMIT)
        error = errors.NotAllRead(errors.Reason.SCAN_PAGE_UNREAD) if scans.has_failed else None
        finds: found_scans.ScanFinds = found_scans.Finds(
            has_more=not scans.is_whole, error=error, asked_at_s=asked_at_s
        )
        await self._read_rows(finds, scans.ids, self._reader(link, repo).read, on_finds)

    async def _read_rows(
        self,
        finds: found_scans.Finds[found_scans.Find],
        ids: Sequence[Id],
        read: Callable[[Id], Awaitable[found_scans.Find | None]],
        on_finds: Callable[[found_scans.Finds[found_scans.Find]], None],
        *,
        is_all: bool = True,
        are_repos: bool = False,
    ) -> found_scans.Finds[found_scans.Find]:
        """Read each row, and report it after the rows of `finds`; return them all.

        Rows that can't be seen are left out. Unless `is_all`, more rows will follow; else the end
        reports how many reads failed. It ends early if the server must not be polled any longer.
        """
        found: dict[int, found_scans.Find] = {}
        places = {each: place for place, each in enumerate(ids)}
        count = 0

        def so_far(
            *, is_done: bool = False, error: errors.HeimdallError | None = None
        ) -> found_scans.Finds[found_scans.Find]:
            return replace(
                finds,
                rows=finds.rows + tuple(found[place] for place in sorted(found)),
                expected=(finds.expected or 0) + len(places),
                is_done=is_done,
                error=error or finds.error,
                read=finds.read + count,
            )

        async def read_row(each: Id) -> None:
            nonlocal count
            row = None
            with suppress(errors.NotVisible):
                async with self._gate:
                    row = await read(each)
            count += 1
            if row is not None:
                found[places[each]] = row
                on_finds(so_far())

        on_finds(so_far())
        sweep = scan_listing.Sweep(read_row, at_once=AT_ONCE, pause=self._pause)
        try:
            await sweep.run(places)
        except (errors.SignedOut, errors.ServerBusy) as end:
            on_finds(so_far(is_done=True, error=end))
            return so_far(is_done=True, error=end)
        if is_all:
            error, total = next(iter(sweep.unread.values()), None), so_far().expected or 0
            missing, has_rows = total - finds.read - count, bool(finds.rows or found)
            if missing and (error is None or has_rows):  # else it is the only error
                error = errors.NotAllRead(
                    errors.Reason.REPOS_UNREAD if are_repos else errors.Reason.SCANS_UNREAD,
                    missing=missing,
                    total=total,
                )
                error = errors.together(
                    errors.NotAllRead, [each for each in (finds.error, error) if each]
                )
            on_finds(so_far(is_done=True, error=error))
        return so_far()

    async def _named(self, links: Sequence[ScanLink]) -> Named:
        found: dict[ScanLink, found_scans.FoundScan] = {}
        refused: dict[ScanLink, errors.NotVisible] = {}
        for named in links:
            link = self._accounts.link_for(named)
            try:
                async with self._gate:
                    scan_id = await scan_id_of(link, named)
                    found[named] = await self._reader(link).read_named(scan_id)
            except errors.NotVisible as error:
                refused[named] = error
        return Named(found, refused)


async def scan_id_of(link: ServerSession, scan_link: ScanLink) -> ScanId:
    """Return the scan a link leads to; for a finding the server is queried.

    Raises:
        SignedOut: a finding's scan is needed, and there is no token to read it with.
        ServerError, WireError: as `HeimdallApi.finding`.
    """
    if scan_link.scan_id is not None:
        return scan_link.scan_id
    if not link.is_signed_in:
        raise errors.SignedOut(errors.Reason.NO_TOKEN, host=host_name(link.url))
    if scan_link.finding_id is None:
        raise AssertionError("a scan link names a scan or a finding")
    return (await link.api.finding(scan_link.finding_id)).scan_id
