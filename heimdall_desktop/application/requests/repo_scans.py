"""The scans of repositories, with their findings: watched ones, kept ones, and others, read once.

A scan that is not watched comes from the history. Otherwise it is read once, as a watched one is,
and read again only on request. It stays here and never appears on the board.
Source: protocol.md 4.0, 4.4.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.requests.scan_requests import refuse_missing, require_link
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.listed_rows import LONG_BYTES, TextRoom
from heimdall_desktop.domain.facts.observation import RepoRead, ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.source_text import Feature

log = logging.getLogger("heimdall.comparison")

PAGES = 5  # of a repository's scans that are searched for a scan and those before it
LOOKED_AT = 100  # of these, whose details are read: no page has to list the newest first
READS_KEPT = 1_000  # of scans that had ended when they were read
OTHERS_KEPT = 20  # scans that are read but not watched


class RepoScans:
    """Reads scans of a repository that are not watched, and keeps those read last.

    Attributes:
        read_s: when scans that are not watched were read, by our clock.
    """

    def __init__(
        self, store: Store, accounts: Accounts, earlier: HistoryLoader, clock: Callable[[], float]
    ) -> None:
        self._store, self._accounts, self._earlier, self._clock = store, accounts, earlier, clock
        self._room = TextRoom()
        self._room.long = LONG_BYTES  # pairs are found by the short texts and a hash of the code
        self._others: dict[ScanId, Scan] = {}
        self._heads: dict[ScanId, ScanRead] = {}  # of scans that have ended
        self.read_s: dict[ScanId, float] = {}

    def scan(self, scan_id: ScanId) -> Scan | None:
        """Return a scan that is watched, or was read for a comparison."""
        return self._store.scan(scan_id) or self._others.get(scan_id)

    def require(self, scan_id: ScanId) -> Scan:
        """Return a known scan whose server lists findings, or raise why there is none."""
        scan = self.scan(scan_id)
        if scan is None or scan.repo_id is None:
            raise errors.NotVisible(errors.Reason.SCAN_NOT_WATCHED)
        refuse_missing(scan, Feature.COMPARISON)
        return scan

    async def others_of(
        self, scan: Scan, *, pages: int = PAGES, most: int = LOOKED_AT
    ) -> list[Scan]:
        """Return other scans of the repository of a scan, the newest first, most without rows.

        Args:
            scan: a known one.
            pages: how many pages of the repository's scans are searched.
            most: how many scans are read at most.
        """
        found = []
        for scan_id in (await self._ids_of(scan, pages))[:most]:
            if scan_id == scan.id:
                continue
            try:
                other = await self._read(scan_id, scan)
            except errors.NotVisible:
                continue
            if other.repo_id == scan.repo_id:
                found.append(other)
        return sorted(found, key=age, reverse=True)

    async def _ids_of(self, scan: Scan, pages: int) -> list[ScanId]:
        """Return the scans of its repository as its pages list them, then other known ones.

        Known are scans that are watched, were read, or were kept.
        """
        at: dict[ScanId, datetime] = {}
        for past in self._earlier.past.scans:
            for read in past.head if past.server == scan.server else ():
                if isinstance(read, ScanRead) and read.repo_id == scan.repo_id:
                    at[past.scan_id] = read.created_at
        for other in (*self._store, *self._others.values()):
            if other.repo_id == scan.repo_id and other.server == scan.server and other.created_at:
                at[other.id] = other.created_at
        known = sorted(at, key=lambda each: at[each], reverse=True)
        link = self._accounts.known(scan.server)
        if link is None or not link.is_signed_in or scan.repo_id is None:
            return known
        ids: dict[ScanId, None] = {}
        try:
            for page in range(1, pages + 1):
                listed = (await link.pages.repo(scan.repo_id, page)).scans
                reported = [self._store.identities.scan_id(link.url, each) for each in listed]
                is_over = not set(reported) - set(ids) or scan.id in ids
                ids |= dict.fromkeys(reported)
                if is_over or scan.id in reported[:-1]:
                    break
        except errors.HeimdallError as error:
            log.info("couldn't list the scans of a repository: %s", error)
        return [*ids, *(each for each in known if each not in ids)]

    async def _read(self, scan_id: ScanId, like: Scan) -> Scan:
        """Return a scan of another scan's repository, with its description but not its rows."""
        known = self.scan(scan_id) or await self._earlier.kept_scan(scan_id, self._room)
        if known is None:
            read = self._heads.get(scan_id) or await require_link(self._accounts, like).api.scan(
                scan_id
            )
            if read.status in TERMINAL_STATUSES and len(self._heads) < READS_KEPT:
                self._heads[scan_id] = read
            known = Scan(scan_id, like.server, is_local=like.is_local, source=like.source)
            known.share(self._room)
            known.observe(read)
            known.observe(RepoRead(scan_id, like.repo_name, like.branch))
        if self._store.scan(scan_id) is None and known.status in TERMINAL_STATUSES:
            self._keep(known)
        return known

    def _keep(self, scan: Scan) -> None:
        self._others.pop(scan.id, None)
        self._others[scan.id] = scan
        while len(self._others) > OTHERS_KEPT:
            removed = self._others.pop(next(iter(self._others)))
            removed.share(TextRoom())
            self.read_s.pop(removed.id, None)

    async def with_rows(self, scan_id: ScanId, other_id: ScanId, *, is_fresh: bool = False) -> Scan:
        """Return a scan with all its findings; read them now if it is neither watched nor read.

        One of both scans is known. `is_fresh` reads them now in any case, if the server has them.
        """
        other = self.scan(other_id)
        if other is not None and self.scan(scan_id) is None:  # it has left the board
            await self._read(scan_id, other)
        scan = self.require(scan_id)
        is_known = scan.sync_status.is_whole
        if self._store.scan(scan_id) is None and (is_fresh or not is_known):
            from heimdall_desktop.application.watching.finding_sync import FindingSync  # noqa: PLC0415 - main.LATE

            self.read_s[scan_id] = self._clock()
            link = require_link(self._accounts, scan)
            sync = FindingSync(scan, link.api, scan.observe, self._clock)
            sync.want(self._clock(), is_urgent=True)
            try:
                await sync.read_due()
                with suppress(*errors.ABSENT):  # reports files that were not scanned
                    scan.observe(await link.api.live(scan_id))
                self._keep(scan)
            except errors.NotVisible:
                if not is_known:
                    raise
        return scan


def age(scan: Scan) -> tuple[datetime, ScanId]:
    if scan.created_at is None:
        raise AssertionError("a scan whose repository is known was read")
    return scan.created_at, scan.id
