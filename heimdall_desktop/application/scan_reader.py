"""Reads scans for a list of them: row, snapshot and repository, each repository once."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from heimdall_desktop.application.scan_listing import ScanListing
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import (
    ABSENT,
    HeimdallError,
    NotAllWatched,
    NotVisible,
    Reason,
    SignedOut,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import FoundRepo, LiveRead, ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart
from heimdall_desktop.domain.facts.server import ServerUrl, host_name
from heimdall_desktop.presentation.board.discovery import (
    FoundScan,
    Usual,
    announced_scan,
    found_scan,
)

Describe = Callable[[ScanRead, FoundRepo, LiveRead | None, ServerUrl], FoundScan]


class ScanReader:
    """Reads scans of one server for a list of them; each repository once.

    Args:
        link: the server.
        describe: builds a find from what was read.
        only: the repository whose scans are wanted; None for all.
    """

    def __init__(
        self, link: ServerSession, describe: Describe, only: FoundRepo | None = None
    ) -> None:
        self._link, self._describe, self._only = link, describe, only
        self._repos = {} if only is None else {only.repo_id: only}

    async def read(self, scan_id: ScanId) -> FoundScan | None:
        """Return a scan; None if it belongs to another repository than wanted."""
        scan = await self._link.api.scan(scan_id)
        if self._only is not None and scan.repo_id != self._only.repo_id:
            return None
        return await self._found(scan)

    async def read_named(self, scan_id: ScanId) -> FoundScan:
        """Return a scan that a link names; it may have only a stream."""
        scan = await self._link.prove_scan(scan_id)
        return announced_scan(scan_id, self._link.url) if scan is None else await self._found(scan)

    async def read_live(self, scan_id: ScanId, listing: ScanListing) -> FoundScan | None:
        """Return a running scan; None for another, which the listing may then leave out."""
        scan = await self._link.api.scan(scan_id)
        listing.note(scan)
        return None if scan.status in TERMINAL_STATUSES else await self._found(scan)

    async def _found(self, scan: ScanRead) -> FoundScan:
        api = self._link.api
        live = None
        if not scan.counts:
            with suppress(*ABSENT):  # not every server offers it
                live = await api.live(scan.scan_id)
                self._link.has_live = True
        if scan.repo_id not in self._repos:
            try:
                self._repos[scan.repo_id] = await api.found_repo(scan.repo_id)
            except ABSENT:
                self._repos[scan.repo_id] = FoundRepo(scan.repo_id, scan.repo_id)
        repo = self._repos[scan.repo_id]
        return self._describe(scan, repo, live, self._link.url)


def described(
    scan: ScanRead,
    repo: FoundRepo,
    live: LiveRead | None,
    server: ServerUrl,
    *,
    clock: Callable[[], float],
    now: Callable[[], datetime],
    usual: Usual,
) -> FoundScan:
    """Return a scan as it is now."""
    return found_scan(scan, repo, live, server, clock(), now(), usual)


async def scan_id_of(link: ServerSession, scan_link: ScanLink) -> ScanId:
    """Return the scan a link leads to; for a finding the server is queried.

    Raises:
        SignedOut: a finding's scan is needed, and there is no token to read it with.
        ServerError, WireError: as `HeimdallApi.finding`.
    """
    if scan_link.scan_id is not None:
        return scan_link.scan_id
    if not link.is_signed_in:
        raise SignedOut(Reason.NO_TOKEN, host=host_name(link.url))
    if scan_link.finding_id is None:
        raise AssertionError("a scan link names a scan or a finding")
    return (await link.api.finding(scan_link.finding_id)).scan_id


def refusal(refused: int, named: int) -> NotVisible:
    """Return the error that this many of the scans named on the command line are not visible."""
    if named == 1:
        return NotVisible(Reason.SCAN_NOT_FOUND)
    return NotVisible(Reason.SCANS_NOT_FOUND, missing=refused, total=named)


def not_all_watched(refused: Mapping[TextPart, HeimdallError], named: int) -> NotAllWatched:
    """Return the error that some words of a text are not watched, and why.

    Args:
        refused: the words and their reasons.
        named: how many words there were.
    """
    words = tuple((part.text, error) for part, error in refused.items())
    return NotAllWatched(Reason.NOT_ALL_WATCHED, refused=words, left=len(words), named=named)
